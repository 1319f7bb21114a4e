// The tables of the engine itself. Those of forms: form_table.h.
//
// Three kinds: the journal; projections, which `rebuild` makes again from it; and what is kept
// beside it (keys, credentials, sessions, leases, checkpoints), which cannot be derived.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/driver.h"

namespace zicht::store {

// Raised when an older version of Zicht could not work with what this one writes, or keep it whole.
// A store of a format from kOldestFormat on is brought to this one by steps (upgrade_steps.h).
constexpr std::int64_t kStoreFormat = 2;
constexpr std::int64_t kOldestFormat = 1;
// Raised by every change of what is derived from the journal: tables, columns, or what stands in
// them. A store whose projections are of another version makes them again when it is opened.
constexpr std::int64_t kProjectionsVersion = 4;

// A table that rebuild makes, and what its rows are ordered by when two stores are compared.
struct ProjectionTable {
  std::string_view name;
  std::string_view columns;  // definition, in dialect-neutral words (see schema.cc)
  std::string_view key;      // primary key columns
};

std::span<const ProjectionTable> projection_tables();

// Makes what is not there yet, in one transaction; what it adds to a store of an older format does
// not disturb the version of Zicht that made it.
// Errors: ST-0022 when the database holds a store of a format that is not known: then nothing was
// made.
Result<void> create_schema(Connection& connection);

// For who works on a store without making its tables. Errors: ST-0022.
Result<void> check_format(Connection& connection);

// The format of the store that is there; 0: there is none.
Result<std::int64_t> store_format(Connection& connection);

// The tables of the projections alone, in an open transaction.
Result<void> create_projections(Connection& connection);
// Whether what is derived was made as this version does it; and notes that it was.
Result<bool> has_current_projections(Connection& connection);
Result<void> note_current_projections(Connection& connection);
// Nothing is derived yet, although there are entries.
Result<void> note_absent_projections(Connection& connection);
// All that load_projections needs in an empty database.
Result<void> create_scratch_schema(Connection& connection);
// Their indexes, and those of `create_schema` on projections; after loading is quicker.
Result<void> create_projection_indexes(Connection& connection);

// `definition` with its types in the words of the dialect: `int`, `text`, `blob` as whole words.
std::string in_dialect(const Dialect& dialect, std::string_view definition);

}  // namespace zicht::store
