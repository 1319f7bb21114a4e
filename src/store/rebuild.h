// Deriving the projections from the journal again, and comparing two sets of them.
//
// The journal is read, opened and parsed on one thread while another writes the rows; indexes are
// made afterwards. What comes out is what writing made, row by row: project_record and
// project_entry are the same code for both.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/driver.h"
#include "store/internal/data_keys.h"
#include "store/internal/form_registry.h"

namespace zicht::store {

struct RebuildReport {
  std::int64_t entries = 0;
  std::int64_t rows = 0;                  // compared
  std::vector<std::string> differences;   // the first ones, as sentences without values

  bool is_equal() const { return differences.empty(); }
};

constexpr std::size_t kDifferenceLimit = 20;

// Makes the projections' tables in `target`, which has none, in an open transaction or without
// one, and fills them from the journal that `source` reads. Gives the number of entries.
// Errors: ST-0014 for a pack version that is not known, ST-0023 to ST-0026 for damaged entries.
Result<std::int64_t> load_projections(Connection& source, Connection& target,
                                      const FormRegistry& forms, DataKeys& keys);

// Removes all projections, in an open transaction.
Result<void> drop_projections(Connection& connection, const FormRegistry& forms);

// Compares every projection table by its key; adds to `report`.
Result<void> compare_projections(Connection& live, Connection& rebuilt, const FormRegistry& forms,
                                 RebuildReport& report);

}  // namespace zicht::store
