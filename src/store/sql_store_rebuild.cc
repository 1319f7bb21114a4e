// Rebuilding the projections: beside what is there, to compare; or in its place.
#include "store/internal/kept_counts.h"
#include "store/internal/schema.h"
#include "store/internal/upgrade_steps.h"
#include "store/key_rotation.h"
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
  ZICHT_TRY(differs, differs_from_journal(*reader, keys_));
  if (differs) report.differences.emplace_back("meta: the master key is not that of keys.rotated");
  return report;
}

Result<std::optional<std::int64_t>> SqlStore::upgrade() {
  std::int64_t format = 0;
  bool is_derived = false;
  {
    ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
    ZICHT_TRY(found, store_format(*reader));
    ZICHT_TRY(is_current, has_current_projections(*reader));
    format = found;
    is_derived = is_current;
  }
  if (is_derived && format == kStoreFormat) return std::optional<std::int64_t>();
  if (!is_derived) {
    ZICHT_TRY(entries, rebuild_from(format));
    return std::optional<std::int64_t>(entries);
  }
  ZICHT_CHECKED(raise_format());
  return std::optional<std::int64_t>(0);
}

Result<void> SqlStore::raise_format() {
  {
    // Mostly there is nothing to do, and then nobody is kept waiting for a transaction that writes.
    ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
    ZICHT_TRY(format, store_format(*reader));
    if (format == kStoreFormat) return {};
  }
  return writer_->run(raise_to_present_format);
}

Result<std::int64_t> SqlStore::rebuild() { return rebuild_from(kStoreFormat); }

Result<std::int64_t> SqlStore::rebuild_from(std::int64_t format) {
  std::int64_t entries = 0;
  const auto load = [&](Connection& connection) -> Result<void> {
    ZICHT_CHECKED(run_upgrade_steps(connection, upgrade_steps(), format));
    ZICHT_TRY(reader, readers_.lease());
    ZICHT_CHECKED(connection.expect_bulk());
    ZICHT_CHECKED(drop_projections(connection, forms_));
    ZICHT_CHECKED(forget_counts(connection));
    ZICHT_TRY(loaded, load_projections(*reader, connection, forms_, keys_));
    entries = loaded;
    return note_current_projections(connection);
  };
  ZICHT_CHECKED(writer_->run(load));
  return entries;
}

}  // namespace zicht::store
