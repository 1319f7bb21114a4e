#include "app/rulebook.h"

#include <algorithm>

#include "base/check.h"
#include "base/error_catalogue.h"

namespace zicht::app {

ActiveForm find_active_form(const Rulebook& rules, std::string_view full_id) {
  const auto parts = model::split_full_id(full_id);
  if (!parts) return {};
  ActiveForm found;
  found.pack = rules.packs.active(parts->first);
  if (found.pack != nullptr) found.form = found.pack->find_form(parts->second);
  return found;
}

const UnreadablePack* find_unreadable(const Rulebook& rules, std::string_view pack) {
  const auto found = std::find_if(rules.unreadable.begin(), rules.unreadable.end(),
                                  [&](const auto& one) { return one.pack == pack; });
  return found == rules.unreadable.end() ? nullptr : &*found;
}

Result<model::PackPtr> active_pack(const Rulebook& rules, const std::string& name) {
  if (auto pack = rules.packs.active(name)) return pack;
  if (find_unreadable(rules, name) != nullptr) return make_error("AP-0032", {{"pack", name}});
  return make_error("AP-0200");
}

Error unknown_form(const Rulebook& rules, std::string_view full_id) {
  const auto parts = model::split_full_id(full_id);
  if (parts && find_unreadable(rules, parts->first) != nullptr) {
    return make_error("AP-0032", {{"pack", std::string(parts->first)}});
  }
  return make_error("AP-0003");
}

model::Judge judge_of(const Rulebook& rules, const ActiveForm& form, Date today) {
  ZICHT_CHECK(form.form != nullptr, "only a known form is judged");
  return {&rules.packs, form.pack, form.form, &rules.calendar, today};
}

}  // namespace zicht::app
