#include "base/text.h"
#include "model/internal/lists.h"
#include "model/validate.h"

namespace zicht::model {
namespace {

constexpr std::size_t kMaxTitleLength = 400;

std::string window_text(const Json& value) {
  const json::object* window = value.if_object();
  if (window == nullptr) return {};
  if (const Json* words = window->if_contains("words"); words && words->is_string()) {
    return std::string(words->get_string());
  }
  const Json* first = window->if_contains("first");
  if (first == nullptr || !first->is_string()) return {};
  const auto day = Date::parse(first->get_string());
  return day ? long_text(*day).nl : std::string();
}

std::string text_of(const Field& field, const List* list, const Json& value) {
  if (field.type == FieldType::kUncertainDate) return window_text(value);
  if (value.is_bool()) return value.get_bool() ? "ja" : "nee";
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (!value.is_string()) return {};
  const std::string text(value.get_string());
  switch (field.type) {
    case FieldType::kChoice: {
      const ListCode* code = list == nullptr ? nullptr : list->find_code(text);
      return code == nullptr ? text : code->label.nl;
    }
    case FieldType::kDate: {
      const auto day = Date::parse(text);
      return day ? long_text(*day).nl : text;
    }
    case FieldType::kPeriod: {
      const auto period = Period::parse(text);
      return period ? long_text(*period).nl : text;
    }
    case FieldType::kReference:
    case FieldType::kAccount:
    case FieldType::kOrganisation:
    case FieldType::kFigures: return {};  // ids and tables tell people nothing
    default: return text;
  }
}

}  // namespace

std::string title_of(const Form& form, const PackSet& packs, const Json& fields) {
  const json::object* document = fields.if_object();
  if (document == nullptr) return {};
  const PackPtr own = packs.active(form.pack);
  std::string title;
  const auto add = [&](const Field& field, const Json& value) {
    const List* list = internal::list_of(own.get(), packs, field);
    const std::string text = text_of(field, list, value);
    if (!text.empty()) title += (title.empty() ? "" : ", ") + text;
  };
  for (const std::string& name : form.name) {
    const Field* field = form.find_field(name);
    const Json* value = document->if_contains(name);
    if (field == nullptr || value == nullptr) continue;
    if (const json::array* items = value->if_array()) {
      for (const Json& item : *items) add(*field, item);
    } else {
      add(*field, *value);
    }
  }
  return std::string(first_code_points(title, kMaxTitleLength));
}

}  // namespace zicht::model
