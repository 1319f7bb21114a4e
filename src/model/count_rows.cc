#include "model/count_rows.h"

#include <map>
#include <utility>

#include "model/rules.h"

namespace zicht::model {
namespace {

using GroupValue = std::optional<std::string>;

// In what groups a row counts: after the first it is there again.
struct GroupKey {
  std::vector<GroupValue> values;
  bool is_again = false;

  auto operator<=>(const GroupKey&) const = default;
};

const Json* value_in(const Json& fields, std::string_view field) {
  return fields.get_object().if_contains(field);
}

std::optional<std::string> period_in(std::string_view day, Grouping by) {
  const auto date = Date::parse(day);
  return date ? std::optional(period_of(*date, by)) : std::nullopt;
}

GroupValue value_of(FieldType type, Grouping by, const Json& value) {
  switch (type) {
    case FieldType::kBoolean:
      return value.get_bool() ? "true" : "false";
    case FieldType::kDate:
      return period_in(value.get_string(), by);
    case FieldType::kUncertainDate: {
      const auto first = period_in(value.at("first").get_string(), by);
      const auto last = period_in(value.at("last").get_string(), by);
      return first == last ? first : std::nullopt;
    }
    default:
      return std::string(value.get_string());
  }
}

std::vector<GroupValue> group_values_of(const Form& form, const GroupBy& dimension,
                                        const Json& fields) {
  const Json* value = value_in(fields, dimension.field);
  if (value == nullptr) return {std::nullopt};
  const Field& field = *form.find_field(dimension.field);
  if (!field.is_many) return {value_of(field.type, dimension.by, *value)};
  std::vector<GroupValue> values;
  for (const Json& each : value->get_array()) {
    values.push_back(value_of(field.type, dimension.by, each));
  }
  return values;
}

std::vector<GroupKey> group_keys_of(const Form& form, const std::vector<GroupBy>& dimensions,
                                    const Json& fields) {
  std::vector<GroupKey> keys(1);
  for (const GroupBy& dimension : dimensions) {
    std::vector<GroupKey> longer;
    for (const GroupKey& key : keys) {
      bool is_again = key.is_again;
      for (GroupValue& value : group_values_of(form, dimension, fields)) {
        longer.push_back(key);
        longer.back().values.push_back(std::move(value));
        longer.back().is_again = std::exchange(is_again, true);
      }
    }
    keys = std::move(longer);
  }
  return keys;
}

// The number in this field, where the row has one.
std::optional<Decimal> number_in(const Json& fields, const std::string& field) {
  const Json* value = value_in(fields, field);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return Decimal::from_integer(value->get_int64());
  const auto number = Decimal::parse(value->get_string());
  return number ? std::optional(*number) : std::nullopt;
}

// Whether the row is of the period that is counted.
feel::Verdict is_in_period(const Indicator& indicator, const Json& fields, Date on) {
  if (!indicator.period) return feel::Verdict::kYes;
  const Json* value = value_in(fields, indicator.period->field);
  if (value == nullptr) return feel::Verdict::kUndetermined;
  const auto day = Date::parse(value->get_string());
  if (!day) return feel::Verdict::kUndetermined;
  const bool is_in = days_of(*indicator.period, on).contains(*day);
  return is_in ? feel::Verdict::kYes : feel::Verdict::kNo;
}

// Three-valued, as in FEEL.
feel::Verdict both(feel::Verdict a, feel::Verdict b) {
  if (a == feel::Verdict::kNo || b == feel::Verdict::kNo) return feel::Verdict::kNo;
  return a == feel::Verdict::kYes ? b : a;
}

Result<void> add_row(const Counted& what, const JudgedRow& row, Tally& tally) {
  if (row.counted == feel::Verdict::kUndetermined) {
    ++tally.undetermined;
    return {};
  }
  ++tally.rows;
  if (row.part == feel::Verdict::kYes) ++tally.part;
  if (row.part == feel::Verdict::kUndetermined) ++tally.part_undetermined;
  if (what.of.empty()) return {};
  const auto of = number_in(row.fields, what.of);
  const auto by = what.by.empty() ? Decimal() : number_in(row.fields, what.by);
  if (!of || !by) return {};
  return add_to(tally, {.valued = 1, .of = *of, .by = *by});
}

}  // namespace

Result<std::vector<Group>> count_judged(const Form& form, const Counted& what,
                                        const std::vector<JudgedRow>& rows) {
  std::map<GroupKey, Tally> groups;
  for (const JudgedRow& row : rows) {
    if (row.counted == feel::Verdict::kNo) continue;
    for (const GroupKey& key : group_keys_of(form, what.dimensions, row.fields)) {
      ZICHT_CHECKED(add_row(what, row, groups[key]));
    }
  }
  std::vector<Group> all;
  for (auto& [key, tally] : groups) all.push_back({key.values, tally, key.is_again});
  return all;
}

Result<std::vector<Group>> count_rows(const Form& form, const Indicator& indicator,
                                      const std::vector<CountedRow>& rows, Date today) {
  const auto verdict_of = [&](const std::optional<Rule>& rule, const CountedRow& row,
                              feel::Verdict without) {
    if (!rule) return without;
    const GuardFacts facts{
        .fields = row.fields, .state = row.state, .turn = row.turn, .today = today};
    return judge_rule(form, *rule, facts).outcome.verdict;
  };
  std::vector<JudgedRow> judged;
  for (const CountedRow& row : rows) {
    judged.push_back({.fields = row.fields,
                      .counted = both(verdict_of(indicator.where, row, feel::Verdict::kYes),
                                      is_in_period(indicator, row.fields, today)),
                      .part = verdict_of(indicator.part, row, feel::Verdict::kNo)});
  }
  return count_judged(form, {group_by(indicator), indicator.of, indicator.by}, judged);
}

}  // namespace zicht::model
