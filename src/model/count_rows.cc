#include "model/count_rows.h"

#include <map>

#include "model/rules.h"

namespace zicht::model {
namespace {

using Values = std::vector<std::optional<std::string>>;

const Json* value_in(const Json& fields, std::string_view field) {
  return fields.get_object().if_contains(field);
}

std::optional<std::string> period_in(std::string_view day, Grouping by) {
  const auto date = Date::parse(day);
  return date ? std::optional(period_of(*date, by)) : std::nullopt;
}

std::optional<std::string> value_of(const Form& form, const GroupBy& dimension,
                                    const Json& fields) {
  const Json* value = value_in(fields, dimension.field);
  if (value == nullptr) return std::nullopt;
  switch (form.find_field(dimension.field)->type) {
    case FieldType::kBoolean:
      return value->get_bool() ? "true" : "false";
    case FieldType::kDate:
      return period_in(value->get_string(), dimension.by);
    case FieldType::kUncertainDate: {
      const auto first = period_in(value->at("first").get_string(), dimension.by);
      const auto last = period_in(value->at("last").get_string(), dimension.by);
      return first == last ? first : std::nullopt;
    }
    default:
      return std::string(value->get_string());
  }
}

// The number in this field, where the row has one.
std::optional<Decimal> number_in(const Json& fields, const std::string& field) {
  const Json* value = value_in(fields, field);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return Decimal::from_integer(value->get_int64());
  const auto number = Decimal::parse(value->get_string());
  return number ? std::optional(*number) : std::nullopt;
}

Result<void> add_row(const Counted& what, const JudgedRow& row, Tally& tally) {
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

std::string period_of(Date day, Grouping by) {
  const std::string text = day.to_string();
  const std::string year = text.substr(0, 4);
  if (by == Grouping::kYear) return year;
  return year + (text.substr(5, 2) <= "06" ? "-H1" : "-H2");
}

Result<std::vector<Group>> count_judged(const Form& form, const Counted& what,
                                        const std::vector<JudgedRow>& rows) {
  std::map<Values, Tally> groups;
  for (const JudgedRow& row : rows) {
    if (row.counted == feel::Verdict::kNo) continue;
    Values values;
    for (const GroupBy& dimension : what.dimensions) {
      values.push_back(value_of(form, dimension, row.fields));
    }
    Tally& tally = groups[values];
    if (row.counted == feel::Verdict::kUndetermined) {
      ++tally.undetermined;
    } else {
      ZICHT_CHECKED(add_row(what, row, tally));
    }
  }
  std::vector<Group> all;
  for (auto& [values, tally] : groups) all.push_back({values, tally});
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
                      .counted = verdict_of(indicator.where, row, feel::Verdict::kYes),
                      .part = verdict_of(indicator.part, row, feel::Verdict::kNo)});
  }
  return count_judged(form, {group_by(indicator), indicator.of, indicator.by}, judged);
}

}  // namespace zicht::model
