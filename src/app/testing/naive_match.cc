#include "app/testing/naive_match.h"

#include <algorithm>

#include "app/testing/naive_where.h"
#include "base/decimal.h"
#include "base/text.h"
#include "model/pack.h"

namespace zicht::app::testing {
namespace {

using model::FieldType;

// Below, equal, above: -1, 0, 1.
template <class T>
int compare(const T& a, const T& b) {
  if (a < b) return -1;
  return b < a ? 1 : 0;
}

std::string text_of(const Json& value) { return std::string(value.as_string()); }

int compare_values(FieldType type, const Json& a, const Json& b) {
  switch (type) {
    case FieldType::kInteger: return compare(a.as_int64(), b.as_int64());
    case FieldType::kBoolean: return compare(a.as_bool(), b.as_bool());
    case FieldType::kDecimal:
    case FieldType::kMoney:
      return compare(*Decimal::parse(text_of(a)), *Decimal::parse(text_of(b)));
    case FieldType::kUncertainDate: {
      const int first = compare(text_of(a.at("first")), text_of(b.at("first")));
      return first != 0 ? first : compare(text_of(a.at("last")), text_of(b.at("last")));
    }
    default: return compare(text_of(a), text_of(b));
  }
}

bool is_equal(FieldType type, const Json& a, const Json& b) {
  return compare_values(type, a, b) == 0;
}

bool within(FieldType type, const Json& value, const model::Filter& filter) {
  if (type == FieldType::kUncertainDate) {
    if (filter.from && text_of(value.at("last")) < text_of(*filter.from)) return false;
    return !filter.to || text_of(value.at("first")) <= text_of(*filter.to);
  }
  if (filter.from && compare_values(type, value, *filter.from) < 0) return false;
  return !filter.to || compare_values(type, value, *filter.to) <= 0;
}

bool any_equal(FieldType type, const Json& value, const std::vector<Json>& wanted) {
  if (value.is_array()) {
    return std::any_of(value.as_array().begin(), value.as_array().end(),
                       [&](const Json& item) { return any_equal(type, item, wanted); });
  }
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const Json& each) { return is_equal(type, value, each); });
}

bool filter_matches(const model::Filter& filter, const model::Form& form,
                    const model::Record& record) {
  const model::Field* field = form.find_field(filter.field);
  if (field == nullptr) {
    const auto column = engine_column(filter.field, record);
    if (!column) return false;
    if (!filter.any_of.empty()) return any_equal(FieldType::kText, Json(*column), filter.any_of);
    return within(FieldType::kText, Json(*column), filter);
  }
  const Json* value = record.fields.as_object().if_contains(filter.field);
  if (value == nullptr) return false;
  if (!filter.any_of.empty()) return any_equal(field->type, *value, filter.any_of);
  return within(field->type, *value, filter);
}

void add_words(const Json& value, std::vector<std::string>& words) {
  if (value.is_string()) {
    for (auto& word : fold_for_search(text_of(value))) words.push_back(std::move(word));
  } else if (value.is_array()) {
    for (const Json& item : value.as_array()) add_words(item, words);
  }
}

bool text_matches(const model::Query& query, const model::Record& record) {
  std::vector<std::string> words;
  for (const std::string& id : query.text_fields) {
    const Json* value = record.fields.as_object().if_contains(id);
    if (value != nullptr) add_words(*value, words);
  }
  for (const std::string& wanted : fold_for_search(query.text)) {
    const bool is_there = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return word.starts_with(wanted);
    });
    if (!is_there) return false;
  }
  return true;
}

}  // namespace

bool holds_value(const Json& value, const Json& wanted) {
  if (value == wanted) return true;
  return value.is_array() && std::count(value.as_array().begin(), value.as_array().end(), wanted);
}

bool matches(const model::Query& query, const model::Form& form, const model::Record& record) {
  for (const model::Filter& filter : query.filters) {
    if (!filter_matches(filter, form, record)) return false;
  }
  if (query.where != nullptr) {
    const auto holds = where_holds(*query.where, form, record);
    if (query.is_undetermined ? holds.has_value() : holds != true) return false;
  }
  return query.text.empty() || text_matches(query, record);
}

void sort_by(const model::Sort& sort, const model::Form& form,
             std::vector<model::Record>& records) {
  const model::Field* field = form.find_field(sort.field);
  const FieldType type = field != nullptr ? field->type : FieldType::kText;
  const auto key = [&](const model::Record& record) -> std::optional<Json> {
    if (field == nullptr) {
      const auto column = engine_column(sort.field, record);
      return column ? std::optional<Json>(*column) : std::nullopt;
    }
    const Json* value = record.fields.as_object().if_contains(sort.field);
    return value == nullptr ? std::nullopt : std::optional<Json>(*value);
  };
  std::stable_sort(records.begin(), records.end(),
                   [&](const model::Record& a, const model::Record& b) {
                     const auto left = key(a);
                     const auto right = key(b);
                     if (!left || !right) return left.has_value() && !right.has_value();
                     const int order = compare_values(type, *left, *right);
                     return sort.is_descending ? order > 0 : order < 0;
                   });
}

}  // namespace zicht::app::testing
