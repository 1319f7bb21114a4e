// Rebuilding the projections: beside what is there, to compare; or in its place.
#include "store/internal/schema.h"
#include "store/rebuild.h"
#include "store/sql_store.h"

namespace zicht::store {

Result<RebuildReport> SqlStore::rebuild_check() {
  ZICHT_TRY(scratch, database_.scratch());
  ZICHT_TRY(target, scratch->connect(Access::kWrite));
  ZICHT_TRY(reader, readers_.lease());
  RebuildReport report;
  ZICHT_CHECKED(target->begin(Access::kWrite));
  ZICHT_CHECKED(target->expect_bulk());
  ZICHT_CHECKED(create_scratch_schema(*target));
  ZICHT_TRY(entries, load_projections(*reader, *target, forms_, keys_));
  ZICHT_CHECKED(target->commit());
  report.entries = entries;
  ZICHT_CHECKED(compare_projections(*reader, *target, forms_, report));
  return report;
}

Result<std::optional<std::int64_t>> SqlStore::upgrade_projections() {
  {
    ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
    ZICHT_TRY(is_current, has_current_projections(*reader));
    if (is_current) return std::optional<std::int64_t>();
  }
  ZICHT_TRY(entries, rebuild());
  return std::optional<std::int64_t>(entries);
}

Result<std::int64_t> SqlStore::rebuild() {
  std::int64_t entries = 0;
  const auto load = [&](Connection& connection) -> Result<void> {
    ZICHT_TRY(reader, readers_.lease());
    ZICHT_CHECKED(connection.expect_bulk());
    ZICHT_CHECKED(drop_projections(connection, forms_));
    ZICHT_TRY(loaded, load_projections(*reader, connection, forms_, keys_));
    entries = loaded;
    return note_current_projections(connection);
  };
  ZICHT_CHECKED(writer_->run(load));
  return entries;
}

}  // namespace zicht::store
