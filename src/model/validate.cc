#include "model/validate.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <set>

#include "base/check.h"
#include "base/decimal.h"
#include "base/error_catalogue.h"
#include "base/text.h"
#include "model/internal/lists.h"
#include "model/internal/shape.h"

namespace zicht::model {
namespace {

// Where we are in the document; lives on the stack and is only spelled out for a problem.
struct Path {
  const Path* parent = nullptr;
  std::string_view key;
  std::ptrdiff_t index = -1;

  std::string pointer() const {
    if (parent == nullptr) return "/" + std::string(key);
    return parent->pointer() + "/" + (index < 0 ? json_pointer_token(key) : std::to_string(index));
  }
};

LocalizedText expected_kind(const Field& field, bool is_array) {
  if (is_array) return {"een reeks van waarden", "an array of values"};
  switch (field.type) {
    case FieldType::kText: return {"een tekst", "a text"};
    case FieldType::kInteger: return {"een geheel getal", "a whole number"};
    case FieldType::kDecimal:
    case FieldType::kMoney: return {"een getal als tekst, zoals \"12.50\"",
                                    "a number as text, such as \"12.50\""};
    case FieldType::kBoolean: return {"true of false", "true or false"};
    case FieldType::kDate: return {"een datum als tekst, zoals \"2025-01-31\"",
                                   "a date as text, such as \"2025-01-31\""};
    case FieldType::kUncertainDate: return {"een object met \"words\", \"first\" en \"last\"",
                                            "an object with \"words\", \"first\" and \"last\""};
    case FieldType::kPeriod: return {"een termijn als tekst, zoals \"P3M\"",
                                     "a period as text, such as \"P3M\""};
    case FieldType::kChoice: return {"een code uit de lijst", "a code from the list"};
    case FieldType::kReference: return {"het kenmerk van een gegeven", "the id of a record"};
    case FieldType::kUrl: return {"een webadres", "a web address"};
    case FieldType::kGroup: return {"een object met velden", "an object with fields"};
    case FieldType::kAttachment: return {"een object met file, name, type en size",
                                         "an object with file, name, type and size"};
    case FieldType::kFigures: return {"wat er stond", "what stood there"};
    case FieldType::kAccount: return {"het kenmerk van een account", "the id of an account"};
    case FieldType::kOrganisation: return {"het kenmerk van een organisatie",
                                           "the id of an organisation"};
  }
  return {};
}

std::string known_names(const std::vector<Field>& fields) {
  std::string names;
  for (const Field& field : fields) names += (names.empty() ? "" : ", ") + field.id;
  return names;
}

std::string scaled_text(std::int64_t value, int scale) {
  const auto decimal = Decimal::from_scaled(value, scale);
  return decimal ? decimal->to_string() : std::to_string(value);
}

// Walks a document beside its form and builds the canonical document. Without `options` it looks
// at the shape alone and leaves texts as they are.
class Checker {
 public:
  Checker(const Form& form, const PackSet& packs, const ValidateOptions* options)
      : form_(form), packs_(packs), options_(options), own_(packs.active(form.pack)) {}

  Json document(const Json& fields) {
    const Path root{nullptr, "fields"};
    if (!fields.is_object()) {
      problem("MO-0101", root);
      return json::object();
    }
    const bool needs_all = options_ == nullptr || options_->check_required;
    return object(form_.fields, fields.get_object(), root, before_of_document(), needs_all);
  }

  Json value(const Field& field, const Json& value) {
    const Path root{nullptr, "fields"};
    return whole_value(field, value, Path{&root, field.id}, nullptr);
  }

  std::vector<Problem> take_problems() { return std::move(problems_); }

 private:
  const json::object* before_of_document() const {
    if (options_ == nullptr || options_->before == nullptr) return nullptr;
    return options_->before->if_object();
  }

  void problem(std::string_view id, const Path& path, const Arguments& arguments = {}) {
    problems_.push_back(make_problem(id, path.pointer(), arguments));
  }
  void problem(std::string_view id, const Path& path, const Field& field,
               Arguments arguments = {}) {
    arguments.emplace_back("label", field.label);
    problem(id, path, arguments);
  }
  Json wrong_kind(const Field& field, const Path& path, bool is_array = false) {
    problem("MO-0104", path, field, {{"expected", expected_kind(field, is_array)}});
    return nullptr;
  }

  Json object(const std::vector<Field>& fields, const json::object& in, const Path& path,
              const json::object* before, bool needs_all) {
    json::object out;
    out.reserve(in.size());
    std::size_t matched = 0;
    for (const Field& field : fields) {
      const Json* value = in.if_contains(field.id);
      const Path at{&path, field.id};
      if (value == nullptr) {
        if (needs_all && field.is_always_required()) problem("MO-0103", at, field);
        continue;
      }
      ++matched;
      const Json* old = before == nullptr ? nullptr : before->if_contains(field.id);
      out.emplace(field.id, whole_value(field, *value, at, old));
    }
    if (matched != in.size()) unknown_members(fields, in, path);
    return out;
  }

  void unknown_members(const std::vector<Field>& fields, const json::object& in,
                       const Path& path) {
    for (const auto& member : in) {
      const std::string_view key = member.key();
      const bool is_known = std::any_of(fields.begin(), fields.end(),
                                        [&](const Field& field) { return field.id == key; });
      if (is_known) continue;
      const Path at{&path, key};
      problem("MO-0102", at, {{"field", std::string(key)}, {"known", known_names(fields)}});
    }
  }

  Json whole_value(const Field& field, const Json& value, const Path& path, const Json* old) {
    Json canonical = field.is_many ? array(field, value, path, old)
                                   : item(field, value, path, old);
    if (options_ != nullptr && field.retired && *field.retired <= options_->on &&
        (old == nullptr || *old != canonical)) {
      problem("MO-0122", path, field, {{"date", long_text(*field.retired)}});
    }
    return canonical;
  }

  Json array(const Field& field, const Json& value, const Path& path, const Json* old) {
    const json::array* in = value.if_array();
    if (in == nullptr) return wrong_kind(field, path, true);
    if (in->empty()) problem("MO-0120", path, field);
    if (static_cast<std::int64_t>(in->size()) > field.max_items) {
      problem("MO-0119", path, field, {{"limit", std::to_string(field.max_items)}});
    }
    json::array out;
    out.reserve(in->size());
    std::set<std::string> seen;
    for (const Json& element : *in) {
      const Path at{&path, {}, static_cast<std::ptrdiff_t>(out.size())};
      Json canonical = item(field, element, at, old);
      if (!canonical.is_null() && !seen.insert(json::serialize(canonical)).second) {
        problem("MO-0121", at, field);
      }
      out.push_back(std::move(canonical));
    }
    return out;
  }

  // One value, not the array of a `many` field. Null after a problem.
  Json item(const Field& field, const Json& value, const Path& path, const Json* old) {
    switch (field.type) {
      case FieldType::kText: return text(field, value, path);
      case FieldType::kInteger: return integer(field, value, path);
      case FieldType::kDecimal: return decimal(field, value, path, field.scale);
      case FieldType::kMoney: return decimal(field, value, path, internal::kMoneyScale);
      case FieldType::kBoolean: return value.is_bool() ? value : wrong_kind(field, path);
      case FieldType::kDate: return date(field, value, path);
      case FieldType::kUncertainDate: return uncertain_date(field, value, path);
      case FieldType::kPeriod: return period(field, value, path);
      case FieldType::kChoice: return choice(field, value, path, old);
      case FieldType::kReference:
      case FieldType::kAccount:
        return matching(field, value, path, internal::is_public_id, "MO-0117");
      case FieldType::kOrganisation:
        return matching(field, value, path, internal::is_organisation_id, "MO-0129");
      case FieldType::kUrl: return url(field, value, path);
      case FieldType::kGroup:
      case FieldType::kAttachment: return group(field, value, path, old);
      case FieldType::kFigures: return as_it_was(field, value, path, old);
    }
    return nullptr;
  }

  // What a step froze: whoever sends the whole document sends it as it was.
  Json as_it_was(const Field& field, const Json& value, const Path& path, const Json* old) {
    if (!value.is_object()) return wrong_kind(field, path);
    if (options_ == nullptr || (old != nullptr && *old == value)) return value;
    return problem("MO-0130", path, field), nullptr;
  }

  Json text(const Field& field, const Json& value, const Path& path) {
    const json::string* in = value.if_string();
    if (in == nullptr) return wrong_kind(field, path);
    return limited_text(field, *in, path, field.min.value_or(1), field.text_limit());
  }

  // Bytes bound code points on both sides, so that most texts are never counted.
  Json limited_text(const Field& field, std::string_view in, const Path& path, std::int64_t min,
                    std::int64_t max) {
    if (!internal::has_content(in)) return problem("MO-0107", path, field), nullptr;
    const std::string_view kept = options_ == nullptr ? in : trim(in);
    const auto bytes = static_cast<std::int64_t>(kept.size());
    if (in.size() > static_cast<std::size_t>(max) &&
        static_cast<std::int64_t>(code_point_length(in)) > max) {
      return problem("MO-0105", path, field, {{"limit", std::to_string(max)}}), nullptr;
    }
    if (bytes < 4 * min && static_cast<std::int64_t>(code_point_length(kept)) < min) {
      return problem("MO-0106", path, field, {{"limit", std::to_string(min)}}), nullptr;
    }
    return json::string(kept);
  }

  Json integer(const Field& field, const Json& value, const Path& path) {
    const auto whole = whole_number(value);
    if (!whole) {
      return value.is_number() && !value.is_double() ? too_large(field, path)
                                                     : wrong_kind(field, path);
    }
    const std::int64_t min = field.min.value_or(-internal::kMaxInteger);
    const std::int64_t max = field.max.value_or(internal::kMaxInteger);
    if (*whole < min) {
      return problem("MO-0108", path, field, {{"limit", std::to_string(min)}}), nullptr;
    }
    return *whole > max ? too_large(field, path) : Json(*whole);
  }

  Json too_large(const Field& field, const Path& path) {
    const std::int64_t max = field.max.value_or(internal::kMaxInteger);
    problem("MO-0109", path, field, {{"limit", std::to_string(max)}});
    return nullptr;
  }

  // 12.0 and 1e2 are whole numbers in JSON Schema too.
  static std::optional<std::int64_t> whole_number(const Json& value) {
    if (value.is_int64()) return value.get_int64();
    if (!value.is_double()) return std::nullopt;
    const double number = value.get_double();
    if (std::trunc(number) != number) return std::nullopt;
    constexpr double kBeyond = 9.1e15;  // above kMaxInteger, and safe to convert
    return static_cast<std::int64_t>(std::clamp(number, -kBeyond, kBeyond));
  }

  Json decimal(const Field& field, const Json& value, const Path& path, int scale) {
    const json::string* in = value.if_string();
    if (in == nullptr) return wrong_kind(field, path);
    if (!internal::is_decimal_text(*in, scale)) {
      return problem("MO-0110", path, field, {{"scale", std::to_string(scale)}}), nullptr;
    }
    if (options_ == nullptr) return value;
    const auto number = Decimal::parse(*in);
    const auto scaled = number ? number->to_scaled(scale) : Result<std::int64_t>(number.error());
    if (!scaled) {
      return problem("MO-0110", path, field, {{"scale", std::to_string(scale)}}), nullptr;
    }
    if (field.min && *scaled < *field.min) {
      return problem("MO-0108", path, field, {{"limit", scaled_text(*field.min, scale)}}), nullptr;
    }
    if (field.max && *scaled > *field.max) {
      return problem("MO-0109", path, field, {{"limit", scaled_text(*field.max, scale)}}), nullptr;
    }
    if (field.type == FieldType::kDecimal) return json::string(number->to_string());
    const auto fixed = number->to_fixed(scale);
    ZICHT_CHECK(fixed.has_value(), "a number that fits its scale prints in it");
    return json::string(*fixed);
  }

  // The day, or nothing after a problem.
  std::optional<Date> day(const Field& field, const Json& value, const Path& path) {
    const json::string* in = value.if_string();
    if (in == nullptr) return wrong_kind(field, path), std::nullopt;
    const auto parsed = Date::parse(*in);
    if (!parsed) return problem("MO-0111", path, field), std::nullopt;
    return *parsed;
  }

  Json date(const Field& field, const Json& value, const Path& path) {
    return day(field, value, path) ? value : Json(nullptr);
  }

  Json uncertain_date(const Field& field, const Json& value, const Path& path) {
    const json::object* in = value.if_object();
    if (in == nullptr) return wrong_kind(field, path);
    std::size_t matched = 0;
    const Json words = words_of(field, *in, path, matched);
    const auto first = end_of_window(field, *in, path, "first", matched);
    const auto last = end_of_window(field, *in, path, "last", matched);
    if (matched != in->size()) unknown_window_members(*in, path);
    if (!first || !last) return nullptr;
    if (options_ == nullptr) return value;
    if (*last < *first) return problem("MO-0112", path, field), nullptr;
    if (words.is_null() && *first != *last) {
      return problem("MO-0113", Path{&path, "words"}, field), nullptr;
    }
    json::object out;
    out.reserve(3);
    if (!words.is_null()) out.emplace("words", words);
    out.emplace("first", first->to_string());
    out.emplace("last", last->to_string());
    return out;
  }

  Json words_of(const Field& field, const json::object& in, const Path& path,
                std::size_t& matched) {
    const Json* value = in.if_contains("words");
    if (value == nullptr) return nullptr;
    ++matched;
    const Path at{&path, "words"};
    if (!value->is_string()) {
      Field words;
      words.label = field.label;
      return wrong_kind(words, at);
    }
    return limited_text(field, value->get_string(), at, 1, internal::kMaxWordsLength);
  }

  std::optional<Date> end_of_window(const Field& field, const json::object& in, const Path& path,
                                    std::string_view name, std::size_t& matched) {
    const Json* value = in.if_contains(name);
    const Path at{&path, name};
    if (value == nullptr) return problem("MO-0103", at, field), std::nullopt;
    ++matched;
    return day(field, *value, at);
  }

  void unknown_window_members(const json::object& in, const Path& path) {
    for (const auto& [key, value] : in) {
      if (key == "words" || key == "first" || key == "last") continue;
      problem("MO-0102", Path{&path, std::string_view(key)},
              {{"field", std::string(key)}, {"known", "words, first, last"}});
    }
  }

  Json period(const Field& field, const Json& value, const Path& path) {
    const json::string* in = value.if_string();
    if (in == nullptr) return wrong_kind(field, path);
    const auto parsed = Period::parse(*in);
    if (!parsed) return problem("MO-0114", path, field), nullptr;
    return options_ == nullptr ? value : Json(json::string(parsed->to_string()));
  }

  Json choice(const Field& field, const Json& value, const Path& path, const Json* old) {
    const json::string* in = value.if_string();
    if (in == nullptr) return wrong_kind(field, path);
    const List* list = internal::list_of(own_.get(), packs_, field);
    const ListCode* code = list == nullptr ? nullptr : list->find_code(*in);
    if (code == nullptr) return problem("MO-0115", path, field), nullptr;
    if (options_ == nullptr || was_there(value, old)) return value;
    if ((code->from && options_->on < *code->from) || (code->to && options_->on >= *code->to)) {
      return problem("MO-0116", path, field, {{"date", long_text(options_->on)}}), nullptr;
    }
    return value;
  }

  static bool was_there(const Json& value, const Json* old) {
    if (old == nullptr) return false;
    if (const json::array* items = old->if_array()) {
      return std::find(items->begin(), items->end(), value) != items->end();
    }
    return *old == value;
  }

  Json matching(const Field& field, const Json& value, const Path& path,
                bool (*is_good)(std::string_view), std::string_view id) {
    const json::string* in = value.if_string();
    if (in == nullptr) return wrong_kind(field, path);
    if (!is_good(*in)) return problem(id, path, field), nullptr;
    return value;
  }

  Json url(const Field& field, const Json& value, const Path& path) {
    const json::string* in = value.if_string();
    if (in != nullptr && in->size() > internal::kMaxUrlLength) {
      return problem("MO-0118", path, field), nullptr;
    }
    return matching(field, value, path, internal::is_url, "MO-0118");
  }

  // Fields of a group are required within each group that is there, in a step too.
  Json group(const Field& field, const Json& value, const Path& path, const Json* old) {
    const json::object* in = value.if_object();
    if (in == nullptr) return wrong_kind(field, path);
    return object(field.fields, *in, path, old == nullptr ? nullptr : old->if_object(), true);
  }

  const Form& form_;
  const PackSet& packs_;
  const ValidateOptions* options_;
  const PackPtr own_;
  std::vector<Problem> problems_;
};

}  // namespace

Validated validate_fields(const Form& form, const PackSet& packs, const Json& fields,
                          const ValidateOptions& options) {
  Checker checker(form, packs, &options);
  Json canonical = checker.document(fields);
  return {std::move(canonical), checker.take_problems()};
}

Validated validate_value(const Form& form, const PackSet& packs, const Field& field,
                         const Json& value, Date on) {
  const ValidateOptions options{.on = on};
  Checker checker(form, packs, &options);
  Json canonical = checker.value(field, value);
  return {std::move(canonical), checker.take_problems()};
}

std::vector<Problem> check_shape(const Form& form, const PackSet& packs, const Json& fields) {
  Checker checker(form, packs, nullptr);
  static_cast<void>(checker.document(fields));
  return checker.take_problems();
}

}  // namespace zicht::model
