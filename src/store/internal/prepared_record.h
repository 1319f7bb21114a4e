// A version of a record with everything worked out that its rows need: done before the writer's
// turn (or on the decoding thread of a rebuild), so that the writer only binds and runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/record.h"
#include "store/internal/cells.h"
#include "store/internal/form_registry.h"
#include "store/internal/person_rows.h"

namespace zicht::store {

struct SearchTerm {
  std::string term;   // a folded word
  std::string field;
  auto operator<=>(const SearchTerm&) const = default;
};

struct ChildItem {
  std::size_t field;  // index in FormTable::fields
  std::int64_t position;
  Cell value;
};

struct PreparedRecord {
  FormVersionPtr version;
  model::Record record;              // without `fields`: those are in document and sealed_fields
  std::vector<Cell> cells;           // of the columns of the fields, in the order of the table
  std::vector<ChildItem> children;
  std::vector<SearchTerm> terms;     // sorted, each once
  std::string document;              // canonical JSON of the payload without sealed fields
  std::string sealed_fields;         // canonical JSON of the sealed ones; empty: none
  std::string turn;                  // role at turn, or empty
  PersonRows persons;                // whom it is about, and who is related to whom by it
  std::optional<Date> next_look;     // earliest day on which the scheduler must look again
};

// `payload` is that of a record.put, `record` what from_payload made of it.
// Errors: ST-0013 when a value is not in the shape of its field, ST-0014 for an unknown version.
Result<PreparedRecord> prepare_record(const FormRegistry& forms, Json payload,
                                      model::Record record);

}  // namespace zicht::store
