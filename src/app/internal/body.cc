#include "app/internal/body.h"

#include <algorithm>

#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::app::internal {
namespace {

std::string pointer(std::string_view key) { return "/" + json_pointer_token(key); }

const LocalizedText kText = {"een tekst", "a text"};
const LocalizedText kObject = {"een object", "an object"};
const LocalizedText kArray = {"een lijst", "an array"};
const LocalizedText kTexts = {"een lijst van teksten", "an array of texts"};
const LocalizedText kNumber = {"een geheel getal", "a whole number"};
const LocalizedText kBoolean = {"true of false", "true or false"};
const LocalizedText kDate = {"een bestaande datum zoals 2025-01-31",
                             "an existing date such as 2025-01-31"};

}  // namespace

Body::Body(const Json& json, std::initializer_list<std::string_view> possible)
    : object_(json.if_object()) {
  if (object_ == nullptr) {
    problems_.push_back(make_problem("AP-0022", "", {{"expected", kObject}}));
    return;
  }
  std::string names;
  for (const std::string_view name : possible) {
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  for (const auto& member : *object_) {
    if (std::find(possible.begin(), possible.end(), member.key()) == possible.end()) {
      problems_.push_back(make_problem("AP-0023", pointer(member.key()), {{"possible", names}}));
    }
  }
}

const Json* Body::find(std::string_view key) const {
  return object_ == nullptr ? nullptr : object_->if_contains(key);
}

void Body::missing(std::string_view key) {
  if (object_ != nullptr) problems_.push_back(make_problem("AP-0021", pointer(key)));
}

void Body::wrong_kind(std::string_view key, const LocalizedText& expected) {
  problems_.push_back(make_problem("AP-0022", pointer(key), {{"expected", expected}}));
}

std::int64_t Body::page_size(std::int64_t most) {
  const std::int64_t size = number_if("limit").value_or(50);
  if (size < 1 || size > most) {
    add(make_problem("AP-0075", "/limit", {{"most", std::to_string(most)}}));
  }
  return size;
}

std::string Body::text(std::string_view key) {
  if (find(key) == nullptr) missing(key);
  return text_if(key).value_or("");
}

std::vector<std::string> Body::texts(std::string_view key) {
  if (find(key) == nullptr) missing(key);
  return texts_if(key).value_or(std::vector<std::string>());
}

const Json& Body::object(std::string_view key) {
  static const Json kEmpty = json::object{};
  if (find(key) == nullptr) missing(key);
  const Json* found = object_if(key);
  return found == nullptr ? kEmpty : *found;
}

Date Body::date(std::string_view key) {
  if (find(key) == nullptr) missing(key);
  return date_if(key).value_or(Date());
}

std::optional<std::string> Body::text_if(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) return {};
  if (!value->is_string()) return wrong_kind(key, kText), std::nullopt;
  std::string text(value->get_string());
  if (!check_text(text)) return wrong_kind(key, kText), std::nullopt;
  return text;
}

std::optional<std::int64_t> Body::number_if(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) return {};
  if (!value->is_int64()) return wrong_kind(key, kNumber), std::nullopt;
  return value->get_int64();
}

std::optional<bool> Body::boolean_if(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) return {};
  if (!value->is_bool()) return wrong_kind(key, kBoolean), std::nullopt;
  return value->get_bool();
}

std::optional<Date> Body::date_if(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) return {};
  if (value->is_string()) {
    if (auto date = Date::parse(std::string_view(value->get_string()))) return *date;
  }
  return wrong_kind(key, kDate), std::nullopt;
}

std::optional<std::vector<std::string>> Body::texts_if(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) return {};
  std::vector<std::string> texts;
  const auto* array = value->if_array();
  if (array == nullptr) return wrong_kind(key, kTexts), std::nullopt;
  for (const Json& item : *array) {
    if (!item.is_string()) return wrong_kind(key, kTexts), std::nullopt;
    texts.emplace_back(item.get_string());
  }
  return texts;
}

std::optional<std::vector<std::string>> Body::names_if(std::string_view key,
                                                       const std::vector<std::string>& possible) {
  auto names = texts_if(key);
  if (!names) return names;
  std::string all;
  for (const std::string& name : possible) all += (all.empty() ? "" : ", ") + name;
  for (std::size_t i = 0; i < names->size(); ++i) {
    if (std::ranges::find(possible, (*names)[i]) != possible.end()) continue;
    add(make_problem("AP-0077", "/" + std::string(key) + "/" + std::to_string(i),
                     {{"possible", all}}));
  }
  return names;
}

const Json* Body::object_if(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr || value->is_object()) return value;
  return wrong_kind(key, kObject), nullptr;
}

const Json* Body::array_if(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr || value->is_array()) return value;
  return wrong_kind(key, kArray), nullptr;
}

void Body::add(std::vector<Problem> problems) {
  for (Problem& problem : problems) problems_.push_back(std::move(problem));
}

Result<void> Body::check() const {
  if (problems_.empty()) return {};
  return body_error(problems_);
}

Error body_error(std::vector<Problem> problems) {
  Error error = make_error("AP-0020");
  error.problems = std::move(problems);
  return error;
}

}  // namespace zicht::app::internal
