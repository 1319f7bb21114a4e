// The value of a field as people read it in a sentence: labels for codes, names for records, days
// and numbers as one writes them. Pure.
#pragma once

#include <string>
#include <string_view>

#include "app/answer.h"
#include "app/present/record_json.h"
#include "app/rulebook.h"

namespace zicht::app {

// Empty where people can read nothing of it. Several values are joined by ", ". Names of records
// and organisations come from `references`; one that is not there is left out.
[[nodiscard]] std::string field_text(const Rulebook& rules, const ActiveForm& form,
                                     const model::Field& field, const Json& value,
                                     const References& references, Language language);

// "1234.5" as 1.234,5 in Dutch and as 1,234.5 in English.
[[nodiscard]] std::string number_text(std::string_view decimal, Language language);

}  // namespace zicht::app
