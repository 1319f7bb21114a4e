#include "model/form.h"

#include "model/internal/names.h"

namespace zicht::model {
namespace {

constexpr std::array<std::string_view, 6> kActionNames = {"read",    "create", "change",
                                                          "correct", "export", "hand_over"};

constexpr std::array<std::string_view, 10> kSpecialNames = {
    "origin",     "politics", "religion", "union",    "genetics",
    "biometrics", "health",   "sex-life", "criminal", "national-number"};

}  // namespace

std::string_view name_of(SpecialData special) {
  return internal::name_in(kSpecialNames, special);
}

std::optional<SpecialData> find_special_data(std::string_view name) {
  return internal::find_in<SpecialData>(kSpecialNames, name);
}

std::string_view name_of(Action action) { return internal::name_in(kActionNames, action); }

std::optional<Action> find_action(std::string_view name) {
  return internal::find_in<Action>(kActionNames, name);
}

LocalizedText emergency_title() { return {"Noodtoegang", "Emergency access"}; }

std::string ProcessChoice::process_for(std::string_view code) const {
  if (by_field.empty()) return process;
  const auto found = by_code.find(std::string(code));
  return found == by_code.end() ? std::string() : found->second;
}

const Field* Form::find_field(std::string_view field_id) const {
  return internal::find_by_id(fields, field_id);
}

}  // namespace zicht::model
