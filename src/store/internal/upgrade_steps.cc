#include "store/internal/upgrade_steps.h"

#include <iterator>

#include "store/internal/data_keys.h"
#include "store/internal/meta.h"
#include "store/internal/schema.h"

namespace zicht::store {
namespace {

// Format 2 counts the transactions that destroyed keys, and its journal has kinds of entries that a
// version for format 1 could not derive tables from.
Result<void> begin_counting(Connection& connection) {
  return connection.queue("insert into meta (name, value) values ($1, '0') "
                          "on conflict (name) do nothing",
                          {kGeneration});
}

constexpr UpgradeStep kSteps[] = {{.to = 2, .run = &begin_counting}};

static_assert(std::size(kSteps) == kStoreFormat - kOldestFormat, "a step for each format");

}  // namespace

std::span<const UpgradeStep> upgrade_steps() { return kSteps; }

Result<void> run_upgrade_steps(Connection& connection, std::span<const UpgradeStep> steps,
                               std::int64_t found) {
  for (const UpgradeStep& step : steps) {
    if (step.to <= found) continue;
    ZICHT_CHECKED(step.run(connection));
    ZICHT_CHECKED(set_meta_number(connection, kFormat, step.to));
  }
  return {};
}

Result<void> raise_to_present_format(Connection& connection) {
  ZICHT_TRY(format, store_format(connection));
  return run_upgrade_steps(connection, upgrade_steps(), format);
}

}  // namespace zicht::store
