#include "app/rulebook.h"

#include "base/check.h"

namespace zicht::app {

ActiveForm find_active_form(const Rulebook& rules, std::string_view full_id) {
  const auto parts = model::split_full_id(full_id);
  if (!parts) return {};
  ActiveForm found;
  found.pack = rules.packs.active(parts->first);
  if (found.pack != nullptr) found.form = found.pack->find_form(parts->second);
  return found;
}

model::Judge judge_of(const Rulebook& rules, const ActiveForm& form, Date today) {
  ZICHT_CHECK(form.form != nullptr, "only a known form is judged");
  return {&rules.packs, form.pack, form.form, &rules.calendar, today};
}

}  // namespace zicht::app
