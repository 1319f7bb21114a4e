#include "app/present/field_text.h"

#include "app/internal/text_in.h"
#include "base/date.h"
#include "base/period.h"

namespace zicht::app {
namespace {

using internal::text_in;
using model::Field;
using model::FieldType;

std::string window_text(const json::object& window, Language language) {
  std::string words = text_in(window, "words");
  if (!words.empty()) return words;
  const auto first = Date::parse(text_in(window, "first"));
  const auto last = Date::parse(text_in(window, "last"));
  if (!first || !last) return "";
  return in_language(long_text(DateInterval{*first, *last}), language);
}

std::string name_in(const References& references, const std::string& id) {
  const auto found = references.find(id);
  return found == references.end() ? "" : found->second.title;
}

std::string label_of(const Rulebook& rules, const ActiveForm& form, const Field& field,
                     const std::string& code, Language language) {
  const model::List* list = model::split_full_id(field.list) ? rules.packs.find_list(field.list)
                                                             : form.pack->find_list(field.list);
  const model::ListCode* found = list == nullptr ? nullptr : list->find_code(code);
  return found == nullptr ? code : in_language(found->label, language);
}

std::string joined(const json::array& items, const auto& text_of) {
  std::string made;
  for (const Json& item : items) {
    const std::string text = text_of(item);
    if (!text.empty()) made += (made.empty() ? "" : ", ") + text;
  }
  return made;
}

}  // namespace

std::string number_text(std::string_view decimal, Language language) {
  const bool is_dutch = language == Language::kDutch;
  const std::size_t point = decimal.find('.');
  const std::string_view whole = decimal.substr(0, point);
  const std::size_t sign = whole.starts_with('-') ? 1 : 0;
  std::string made;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > sign && (whole.size() - i) % 3 == 0) made += is_dutch ? '.' : ',';
    made += whole[i];
  }
  if (point != decimal.npos) {
    made += is_dutch ? ',' : '.';
    made += decimal.substr(point + 1);
  }
  return made;
}

std::string field_text(const Rulebook& rules, const ActiveForm& form, const Field& field,
                       const Json& value, const References& references, Language language) {
  if (const json::array* items = value.if_array()) {
    return joined(*items, [&](const Json& item) {
      return field_text(rules, form, field, item, references, language);
    });
  }
  if (value.is_bool()) {
    return in_language(value.get_bool() ? LocalizedText{"ja", "yes"} : LocalizedText{"nee", "no"},
                       language);
  }
  if (value.is_int64()) return number_text(std::to_string(value.get_int64()), language);
  if (value.is_object()) {
    return field.type == FieldType::kUncertainDate ? window_text(value.get_object(), language) : "";
  }
  if (!value.is_string()) return "";
  const std::string text(value.get_string());
  switch (field.type) {
    case FieldType::kDate: {
      const auto day = Date::parse(text);
      return day ? in_language(long_text(*day), language) : "";
    }
    case FieldType::kPeriod: {
      const auto period = Period::parse(text);
      return period ? in_language(long_text(*period), language) : "";
    }
    case FieldType::kDecimal:
    case FieldType::kMoney:
      return number_text(text, language);
    case FieldType::kReference:
    case FieldType::kOrganisation:
      return name_in(references, text);
    case FieldType::kChoice:
      return label_of(rules, form, field, text, language);
    case FieldType::kText:
    case FieldType::kUrl:
      return text;
    default:
      return "";
  }
}

}  // namespace zicht::app
