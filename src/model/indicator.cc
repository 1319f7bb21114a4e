#include "model/indicator.h"

#include <algorithm>
#include <array>

namespace zicht::model {
namespace {

constexpr std::array<std::string_view, 4> kMeasures = {"count", "sum", "share", "rate"};
constexpr std::array<std::string_view, 3> kGroupings = {"value", "year", "half_year"};

template <class Enum, std::size_t N>
std::optional<Enum> find_in(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

// Of a year that no day can have: the first one that can.
DateInterval year_of(int year) {
  const int shown = std::max(year, Date::min().year());
  return {Date::of(shown, 1, 1), Date::of(shown, 12, 31)};
}

DateInterval half_year_of(int year, bool is_first) {
  const DateInterval all = year_of(year);
  if (is_first) return {all.first, Date::of(all.first.year(), 6, 30)};
  return {Date::of(all.first.year(), 7, 1), all.last};
}

// Kept where a database can count it: others are sealed.
bool is_readable(const Field& field) { return field.sensitivity < Sensitivity::kConfidential; }

}  // namespace

std::string_view name_of(Measure measure) { return kMeasures[static_cast<std::size_t>(measure)]; }

std::optional<Measure> find_measure(std::string_view name) {
  return find_in<Measure>(kMeasures, name);
}

std::string_view name_of(Grouping grouping) {
  return kGroupings[static_cast<std::size_t>(grouping)];
}

std::optional<Grouping> find_grouping(std::string_view name) {
  return find_in<Grouping>(kGroupings, name);
}

DateInterval days_of(const CountedPeriod& period, Date on) {
  const int year = on.year();
  if (period.by == Grouping::kYear) return year_of(period.is_previous ? year - 1 : year);
  const bool is_first = on.month() <= 6;
  if (!period.is_previous) return half_year_of(year, is_first);
  return half_year_of(is_first ? year - 1 : year, !is_first);
}

std::string period_of(Date day, Grouping by) {
  const std::string text = day.to_string();
  const std::string year = text.substr(0, 4);
  if (by == Grouping::kYear) return year;
  return year + (text.substr(5, 2) <= "06" ? "-H1" : "-H2");
}

std::vector<std::string> fields_of(const Indicator& indicator) {
  std::vector<std::string> fields;
  const auto add = [&fields](const std::string& field) {
    const bool is_new = std::find(fields.begin(), fields.end(), field) == fields.end();
    if (!field.empty() && is_new) fields.push_back(field);
  };
  for (const auto* rule : {&indicator.where, &indicator.part}) {
    if (!*rule) continue;
    for (const std::string& input : (*rule)->inputs) add(input);
  }
  if (indicator.period) add(indicator.period->field);
  add(indicator.of);
  add(indicator.by);
  for (const Dimension& dimension : indicator.dimensions) add(dimension.field);
  return fields;
}

bool may_date(const Field& field) {
  return field.type == FieldType::kDate && !field.is_many && field.is_filterable &&
         is_readable(field);
}

bool may_group(const Field& field, Grouping by) {
  if (!is_readable(field)) return false;
  switch (field.type) {
    case FieldType::kChoice:
    case FieldType::kReference:
    case FieldType::kBoolean:
      return by == Grouping::kValue;
    case FieldType::kDate:
    case FieldType::kUncertainDate:
      return by != Grouping::kValue && !field.is_many;
    default:
      return false;
  }
}

bool may_sum(const Field& field) {
  const bool is_number = field.type == FieldType::kInteger || field.type == FieldType::kDecimal ||
                         field.type == FieldType::kMoney;
  return is_number && !field.is_many && is_readable(field);
}

}  // namespace zicht::model
