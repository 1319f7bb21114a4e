#include "store/testing/page_oracle.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/text.h"

namespace zicht::store::testing {
namespace {

using model::Field;
using model::FieldType;
using model::Record;

bool sees(const model::RowScope& scope, const Record& record) {
  const bool is_own =
      record.organisation == scope.organisation && record.audience <= scope.clearance;
  return is_own || (scope.elsewhere && record.audience <= *scope.elsewhere);
}

// Negative, zero, positive: the order of two values of a field.
int compare(const Field& field, const Json& a, const Json& b) {
  const auto sign = [](auto order) { return order < 0 ? -1 : order > 0 ? 1 : 0; };
  switch (field.type) {
    case FieldType::kInteger:
      return sign(a.as_int64() <=> b.as_int64());
    case FieldType::kBoolean:
      return static_cast<int>(a.as_bool()) - static_cast<int>(b.as_bool());
    case FieldType::kDecimal:
    case FieldType::kMoney:
      return sign(*Decimal::parse(std::string_view(a.as_string())) <=>
                  *Decimal::parse(std::string_view(b.as_string())));
    default:
      return sign(std::string_view(a.as_string()) <=> std::string_view(b.as_string()));
  }
}

bool in_bounds(const Field& field, const Json& value, const model::Filter& filter) {
  return (!filter.from || compare(field, value, *filter.from) >= 0) &&
         (!filter.to || compare(field, value, *filter.to) <= 0);
}

bool overlaps(const Json& window, const model::Filter& filter) {
  const auto text = [](const Json& value) { return std::string_view(value.as_string()); };
  return (!filter.from || text(window.at("last")) >= text(*filter.from)) &&
         (!filter.to || text(window.at("first")) <= text(*filter.to));
}

bool is_one_of(const Field& field, const Json& value, const std::vector<Json>& any_of) {
  return std::any_of(any_of.begin(), any_of.end(),
                     [&](const Json& each) { return compare(field, value, each) == 0; });
}

bool passes_engine(const Record& record, const model::Filter& filter) {
  std::string value = filter.field == model::kColumnState ? record.state : record.organisation;
  if (filter.field == model::kColumnTurn) {
    value.clear();
    for (const model::Task& task : record.tasks) {
      if (task.key.starts_with("state:")) value = task.role;
    }
  }
  return std::any_of(filter.any_of.begin(), filter.any_of.end(), [&](const Json& each) {
    return std::string_view(each.as_string()) == value;
  });
}

bool passes(const model::Form& form, const Record& record, const model::Filter& filter) {
  const Field* field = form.find_field(filter.field);
  if (field == nullptr) return passes_engine(record, filter);
  const Json* value = record.fields.as_object().if_contains(filter.field);
  if (value == nullptr) return false;
  if (field->type == FieldType::kUncertainDate) return overlaps(*value, filter);
  if (filter.any_of.empty()) return in_bounds(*field, *value, filter);
  if (!field->is_many) return is_one_of(*field, *value, filter.any_of);
  const json::array& items = value->as_array();
  return std::any_of(items.begin(), items.end(),
                     [&](const Json& item) { return is_one_of(*field, item, filter.any_of); });
}

bool has_words(const Record& record, const model::Query& query) {
  for (const std::string& word : fold_for_search(query.text)) {
    bool is_found = false;
    for (const std::string& field : query.text_fields) {
      const Json* value = record.fields.as_object().if_contains(field);
      if (value == nullptr) continue;
      for (const std::string& term : fold_for_search(value->as_string())) {
        is_found = is_found || term.starts_with(word);
      }
    }
    if (!is_found) return false;
  }
  return true;
}

const Json* sort_value(const model::Form& form, const Record& record, const std::string& id) {
  const Json* value = record.fields.as_object().if_contains(id);
  const bool is_window = form.find_field(id)->type == FieldType::kUncertainDate;
  return value != nullptr && is_window ? &value->at("first") : value;
}

}  // namespace

std::vector<std::string> expected_ids(const model::Form& form, const model::Query& query,
                                      const std::vector<Record>& records) {
  std::vector<const Record*> found;
  for (const Record& record : records) {
    const bool passes_all =
        std::all_of(query.filters.begin(), query.filters.end(),
                    [&](const model::Filter& filter) { return passes(form, record, filter); });
    if (sees(query.scope, record) && passes_all && has_words(record, query)) {
      found.push_back(&record);
    }
  }
  const bool is_descending = !query.sort || query.sort->is_descending;
  if (is_descending) std::reverse(found.begin(), found.end());
  if (query.sort) {
    // Records without the value come last, in either direction.
    const Field* field = form.find_field(query.sort->field);
    std::stable_sort(found.begin(), found.end(), [&](const Record* a, const Record* b) {
      const Json* left = sort_value(form, *a, field->id);
      const Json* right = sort_value(form, *b, field->id);
      if (left == nullptr || right == nullptr) return left != nullptr && right == nullptr;
      const int order = compare(*field, *left, *right);
      return is_descending ? order > 0 : order < 0;
    });
  }
  std::vector<std::string> ids;
  for (const Record* record : found) ids.push_back(record->id);
  return ids;
}

}  // namespace zicht::store::testing
