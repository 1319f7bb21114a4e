// Who is the same person as whom: what records of forms with `identity` say (model/form.h).
//
// A link opens nothing: whoever may see one record of a person may not therefore see the other. It
// is told to those who may see the record that says it, and both persons. Somebody who may not see
// a link or a split is answered as if it were not there, also when writing one.
#pragma once

#include <set>
#include <string>

#include "app/access.h"
#include "app/internal/found_record.h"
#include "app/ports.h"
#include "app/rulebook.h"

namespace zicht::app::internal {

// The other records of persons that links join to this one, over others too; at most 50. Empty
// for what is no person.
[[nodiscard]] Result<std::set<std::string>> same_persons(Store& store, const Caller& caller,
                                                         const FoundRecord& person);

// What a version of a record would say of two persons, beside what the others say.
// `before`: the version that it follows; null: none.
// Errors: AP-0140 it links who were split, AP-0141 it takes back a split, AP-0142 it names one
// person twice, AP-0143 it splits who are still linked.
[[nodiscard]] Result<void> check_identity(Store& store, const Rulebook& rules, const Caller& caller,
                                          const model::Form& form, const model::Record* before,
                                          const model::Record& after);

}  // namespace zicht::app::internal
