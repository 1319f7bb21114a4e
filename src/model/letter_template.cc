#include "model/letter_template.h"

#include <algorithm>

#include "model/pack.h"

namespace zicht::model {
namespace {

// What stands in a sentence as a few words.
bool may_stand_in_text(const Field& field) {
  return !field.is_frozen() && field.type != FieldType::kAttachment &&
         field.type != FieldType::kGroup && field.type != FieldType::kAccount;
}

// Behind a reference: what needs no name of yet another record.
bool may_stand_behind(const Field& field) {
  return may_stand_in_text(field) && field.type != FieldType::kReference &&
         field.type != FieldType::kOrganisation;
}

}  // namespace

std::string LetterTemplate::full_name(std::string_view name) const {
  return split_full_id(name) ? std::string(name) : pack + "/" + std::string(name);
}

bool LetterTemplate::is_own(std::string_view name) const {
  const auto parts = split_full_id(name);
  return !parts || parts->first == pack;
}

LetterName split_name(std::string_view name) {
  const std::size_t point = name.find('.');
  if (point == name.npos) return {name, {}};
  return {name.substr(0, point), name.substr(point + 1)};
}

bool is_untold(const Form& form) { return form.is_about_persons() || form.subject == "person"; }

const Form* form_behind(const PackSet& packs, const Field& field) {
  if (field.type != FieldType::kReference || field.is_many) return nullptr;
  const Form* form = packs.find_form(field.form);
  return form == nullptr || is_untold(*form) ? nullptr : form;
}

std::vector<std::string> names_told_of(const PackSet& packs, const Form& form) {
  std::vector<std::string> names, behind;
  for (const Field& field : form.fields) {
    // A reference is told by the name of its record.
    const Form* named = packs.find_form(field.form);
    if (!may_stand_in_text(field) || (named != nullptr && is_untold(*named))) continue;
    names.push_back(field.id);
    const Form* next = form_behind(packs, field);
    if (next == nullptr) continue;
    for (const Field& further : next->fields) {
      if (may_stand_behind(further)) behind.push_back(field.id + "." + further.id);
    }
  }
  for (const std::string_view name : {kRecordTitle, kRecordState}) {
    if (form.find_field(name) == nullptr) names.emplace_back(name);
  }
  names.insert(names.end(), behind.begin(), behind.end());
  return names;
}

const Field* field_named(const PackSet& packs, const Form& form, std::string_view name) {
  const LetterName parts = split_name(name);
  const Field* field = form.find_field(parts.field);
  if (field == nullptr || parts.behind.empty()) return field;
  const Form* behind = form_behind(packs, *field);
  return behind == nullptr ? nullptr : behind->find_field(parts.behind);
}

const Field* letter_field(const Form& form) {
  const auto is_counted = [&form](const Field& counted) {
    return std::any_of(form.fields.begin(), form.fields.end(), [&](const Field& field) {
      return field.edition && field.edition->counted == counted.id;
    });
  };
  const auto found = std::find_if(form.fields.begin(), form.fields.end(), [&](const Field& field) {
    return field.is_frozen() && !field.edition && !is_counted(field);
  });
  return found == form.fields.end() ? nullptr : &*found;
}

std::vector<std::string> placeholders_in(std::string_view text) {
  std::vector<std::string> names;
  static_cast<void>(with_values(text, [&](std::string_view name) {
    names.emplace_back(name);
    return std::string();
  }));
  return names;
}

}  // namespace zicht::model
