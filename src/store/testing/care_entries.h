// Records of the care pack, and entries about them, for tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ports.h"
#include "base/rng.h"
#include "model/record.h"

namespace zicht::store::testing {

// The first version of a record of "care/FORM".
model::Record care_record(Rng& rng, const std::string& form, const std::string& organisation,
                          const std::string& title, json::object fields);

// A unit with one entry about a record of org that is about these persons; the actor is account-1.
app::Unit entry_about(std::string_view kind, const std::string& record,
                      std::vector<std::string> persons, json::object payload);

}  // namespace zicht::store::testing
