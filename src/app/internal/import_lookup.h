// The records beside which an import is held: those of its form by key, and those that it refers to
// by name. Read once per import; not thread-safe.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/internal/found_record.h"
#include "packs/import_mapping.h"

namespace zicht::app::internal {

// Between parts of a key; no text of a field has it.
constexpr char kBetweenParts = '\x1F';

// A value of a key as a text that is equal for what people take for the same: names without
// capitals and accents, dates by their days.
[[nodiscard]] std::string key_part(const model::Field& field, const Json& value);

// Whose records, and how many at most.
struct Comparison {
  Store& store;
  const Rulebook& rules;
  const Caller& caller;
  std::size_t most;
};

// All records of a form that the caller sees and that have these values. Withdrawn facts are left
// out. Errors: AP-0309, those of the store.
[[nodiscard]] Result<std::vector<model::Record>> all_records(const Comparison& with,
                                                             const model::Form& form,
                                                             const json::object& fixed = {});

// Names of records, form by form as they are asked for.
class NamedRecords {
 public:
  explicit NamedRecords(const Comparison& with) : with_(with) {}

  // Ids; null: none. `match`: a field, or empty for the title. Errors: as all_records.
  Result<const std::vector<std::string>*> find(const std::string& form, const std::string& match,
                                               const std::string& name);

 private:
  using ByName = std::map<std::string, std::vector<std::string>>;
  Result<const ByName*> names_of(const std::string& form, const std::string& match);

  const Comparison with_;
  std::map<std::string, ByName> known_;  // by form and match
};

}  // namespace zicht::app::internal
