#include "packs/register.h"

#include <algorithm>

namespace zicht::packs {
namespace {

json::object localized(const LocalizedText& text) { return {{"nl", text.nl}, {"en", text.en}}; }

json::object entry_of(const model::Form& form) {
  model::Sensitivity most = model::Sensitivity::kPublic;
  for (const model::Field& field : form.fields) most = std::max(most, field.sensitivity);
  json::array special;
  for (const auto each : form.basis.special) special.emplace_back(model::name_of(each));
  json::array roles;
  for (const auto& [role, rules] : form.access) {
    if (!rules.empty()) roles.emplace_back(role);
  }
  return {{"form", form.full_id()},
          {"title", localized(form.title)},
          {"subject", form.subject},
          {"law", form.basis.law},
          {"article", form.basis.article},
          {"controller", localized(form.basis.controller)},
          {"recipients", localized(form.basis.recipients)},
          {"purpose", localized(form.basis.purpose)},
          {"retention", form.basis.retention},
          {"special", std::move(special)},
          {"personal_data", form.is_about_persons()},
          {"most_sensitive", model::name_of(most)},
          {"roles", std::move(roles)}};
}

}  // namespace

Json processing_register(const model::Pack& pack) {
  json::array entries;
  for (const model::Form& form : pack.forms) entries.push_back(entry_of(form));
  return entries;
}

}  // namespace zicht::packs
