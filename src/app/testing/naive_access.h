// The access decision again, from docs/formats/pack.md alone: each rule of each role by itself, no
// table, no scope. What the engine grants must be what this grants.
#pragma once

#include <string>
#include <vector>

#include "app/access.h"

namespace zicht::app::testing {

// One field of one row, and what the caller is to each person that the row is about.
struct NaiveRow {
  std::string organisation;
  model::Sensitivity audience = model::Sensitivity::kPublic;
  model::Sensitivity sensitivity = model::Sensitivity::kPublic;   // of the field
  model::About about{};
  std::string record{};                 // its id, for breaks
};
[[nodiscard]] bool naive_sees(const Caller& caller, const model::Pack& pack,
                              const model::Form& form, const NaiveRow& row);

// Whether the caller may change, correct, make or hand over this row (its sensitivity is no
// matter), or take a step that these roles may take.
[[nodiscard]] bool naive_may(const Caller& caller, const model::Pack& pack,
                             const model::Form& form, model::Action action, const NaiveRow& row);
[[nodiscard]] bool naive_may_take(const Caller& caller, const model::Pack& pack,
                                  const model::Form& form,
                                  const std::vector<std::string>& step_roles, const NaiveRow& row);

[[nodiscard]] bool naive_sees(const Caller& caller, const model::Pack& pack,
                              const model::Form& form, const model::Field& field,
                              const std::string& organisation, model::Sensitivity audience,
                              const model::About& about = {});

}  // namespace zicht::app::testing
