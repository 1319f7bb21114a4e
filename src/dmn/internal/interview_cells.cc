#include "dmn/internal/interview_cells.h"

#include <algorithm>

#include "base/text.h"
#include "feel/operators.h"

namespace zicht::dmn::internal {

using feel::Kind;
using feel::Type;
using feel::Value;

namespace {

// What people answer where nothing says what matters: tried, and never concluded from.
std::vector<Value> usual_values(const Type& type) {
  const Kind kind = kind_of(type);
  std::vector<Value> values;
  if (kind == Kind::kNumber) {
    for (const int one : {0, 1, 10, 100, 1000, 10'000, 100'000})
      values.push_back(Value::number(one));
  } else if (kind == Kind::kString) {
    values.push_back(Value::string("a"));
  } else if (kind == Kind::kDate) {
    for (const char* day : {"1950-01-01", "1980-01-01", "2005-01-01", "2015-01-01", "2025-01-01"})
      values.push_back(Value::date(*feel::parse_date(day)));
  } else if (kind == Kind::kDayDuration) {
    for (const int days : {0, 10, 100, 1000})
      values.push_back(Value::duration(feel::DayDuration{days * feel::kSecondsPerDay, 0}));
  } else if (kind == Kind::kMonthDuration) {
    for (const int months : {0, 6, 60, 600})
      values.push_back(Value::duration(feel::MonthDuration{months}));
  } else if (type.kind() == Type::Kind::kTime) {
    values.push_back(
        Value::time(feel::TimeOfDay{.nanos = feel::kSecondsPerDay / 2 * feel::kNanosPerSecond}));
  } else if (type.kind() == Type::Kind::kDateTime) {
    values.push_back(
        Value::date_time(feel::DateTime{.local_seconds = 20'000 * feel::kSecondsPerDay}));
  } else if (type.kind() == Type::Kind::kList) {
    values.push_back(Value::list({}));
  }
  return values;
}

}  // namespace

Kind kind_of(const Type& type) {
  switch (type.kind()) {
    case Type::Kind::kBoolean:
      return Kind::kBoolean;
    case Type::Kind::kNumber:
      return Kind::kNumber;
    case Type::Kind::kString:
      return Kind::kString;
    case Type::Kind::kDate:
      return Kind::kDate;
    case Type::Kind::kDayDuration:
      return Kind::kDayDuration;
    case Type::Kind::kMonthDuration:
      return Kind::kMonthDuration;
    default:
      return Kind::kNull;
  }
}

bool CellFinder::cut(Unknown variable, const Value& constant, bool is_point) {
  Found& found = found_[variable];
  if (constant.is_null()) {
    found.names_missing = true;
    return true;
  }
  if (constant.is(Kind::kList)) {
    const auto items = constant.as_list();
    return std::all_of(items.begin(), items.end(),
                       [&](const Value& one) { return cut(variable, one, is_point); });
  }
  if (constant.is(Kind::kRange)) {
    const auto& range = constant.as_range();
    found.has_stretch = true;
    for (const auto* end : {&range.start(), &range.end()}) {
      if (!end->is_null() && !cut(variable, *end, false)) return false;
    }
    return true;
  }
  if (!is_orderable(constant.kind())) return false;
  found.has_stretch = found.has_stretch || !is_point;
  found.cuts.push_back(constant);
  return true;
}

bool CellFinder::tests(Unknown variable, const feel::UnaryTests& cell) {
  Found& found = found_[variable];
  const auto text = trim(cell.text());
  if (text == "null" || text == "not(null)") {
    found.names_missing = true;
    return true;
  }
  if (text.find("null") != std::string_view::npos) found.names_missing = true;
  const auto known = stretches_of(cell);
  if (!known) return false;
  for (const auto& stretch : known->stretches) {
    for (const auto* end : {&stretch.low, &stretch.high}) {
      if (!end->is_null()) found.cuts.push_back(*end);
    }
    const bool is_point =
        !stretch.low.is_null() && !stretch.high.is_null() && order(stretch.low, stretch.high) == 0;
    found.has_stretch = found.has_stretch || !is_point;
  }
  return true;
}

void CellFinder::look(std::span<const Unknown> variables) {
  for (const auto one : variables) found_[one].is_looked_at = true;
}

void CellFinder::same(std::size_t node, Unknown as) { same_.emplace_back(node, as); }

void CellFinder::hint(Unknown variable, const Type& type) {
  if (kind_of(type) != Kind::kNull) found_[variable].hints.push_back(type);
}

void CellFinder::merge(const Found& from, Found& to) {
  to.cuts.insert(to.cuts.end(), from.cuts.begin(), from.cuts.end());
  to.hints.insert(to.hints.end(), from.hints.begin(), from.hints.end());
  to.is_looked_at = to.is_looked_at || from.is_looked_at;
  to.names_missing = to.names_missing || from.names_missing;
  to.has_stretch = to.has_stretch || from.has_stretch;
}

void CellFinder::finish() {
  // What others test of a decision that is just another variable, they test of that one.
  for (auto one = same_.rbegin(); one != same_.rend(); ++one)
    merge(found_[plan_.variable_of(one->first)], found_[one->second]);
  for (Unknown topic = 0; topic < plan_.topics.size(); ++topic)
    fill(plan_.topics[topic], topic, found_[topic]);
}

Type CellFinder::type_of(const Topic& topic, const Found& found) const {
  if (!topic.type.is_any()) return topic.type;
  std::vector<Type> types = found.hints;
  if (types.empty()) {
    for (const auto& cut : found.cuts) types.push_back(feel::type_of(cut));
  }
  const bool is_one =
      !types.empty() &&
      std::all_of(types.begin(), types.end(), [&](const Type& one) { return one == types[0]; });
  return is_one ? types[0] : topic.type;
}

// All values that are allowed, where the author lists them.
std::vector<Value> CellFinder::listed(const Topic& topic) const {
  for (const auto* tests : topic.domain) {
    const auto known = stretches_of(*tests);
    if (!known || known->is_negated || known->kind != kind_of(topic.type)) continue;
    std::vector<Value> values;
    for (const auto& one : known->stretches) {
      if (one.low.is_null() || one.high.is_null() || order(one.low, one.high) != 0) break;
      const bool is_new = std::none_of(values.begin(), values.end(), [&](const Value& other) {
        return order(one.low, other) == 0;
      });
      if (is_new) values.push_back(one.low);
    }
    if (values.size() == known->stretches.size()) return values;
  }
  return {};
}

void CellFinder::fill(Topic& topic, Unknown variable, const Found& found) {
  topic.type = type_of(topic, found);
  topic.names_missing = found.names_missing;
  std::vector<Value> values = listed(topic);
  topic.is_listed = !values.empty();
  if (kind_of(topic.type) == Kind::kBoolean && values.empty())
    values = {Value::boolean(true), Value::boolean(false)};
  if (!values.empty()) {
    topic.is_partition = true;
    std::erase_if(values, [&](const Value& one) { return !is_allowed(topic, variable, one); });
    topic.values = std::move(values);
  } else {
    add_cells(topic, variable, found);
    if (!topic.is_partition) add_samples(topic, variable);
  }
  topic.is_partition = topic.is_partition && !topic.values.empty();
  if (topic.names_missing) topic.values.push_back(Value::missing(topic.name));
}

void CellFinder::add_cells(Topic& topic, Unknown variable, const Found& found) {
  const Kind kind = kind_of(topic.type);
  topic.is_partition = !found.is_looked_at && kind != Kind::kNull &&
                       std::all_of(found.cuts.begin(), found.cuts.end(),
                                   [&](const Value& one) { return one.is(kind); });
  std::vector<Value> cuts;
  std::copy_if(found.cuts.begin(), found.cuts.end(), std::back_inserter(cuts),
               [&](const Value& one) { return one.is(kind); });
  if (kind == Kind::kNull) return;
  const auto points = points_of(cuts, kind, topic.domain);
  if (points.empty()) {
    for (const auto& one : usual_values(topic.type)) {
      if (topic.values.empty() && is_allowed(topic, variable, one)) topic.values.push_back(one);
    }
    return;
  }
  // Texts that are only compared for being equal have one other cell: none of those.
  const bool is_words = kind == Kind::kString && !found.has_stretch && topic.domain.empty();
  if (!is_words) add_between(topic, variable, {}, points.front());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (is_allowed(topic, variable, points[i])) topic.values.push_back(points[i]);
    if (!is_words || i + 1 == points.size())
      add_between(topic, variable, points[i], i + 1 == points.size() ? Value() : points[i + 1]);
  }
}

void CellFinder::add_between(Topic& topic, Unknown variable, const Value& low, const Value& high) {
  const auto found = between(low, high);
  if (found.is_empty) return;
  for (const auto& candidate : found.candidates) {
    const Allowed verdict = allowed(topic.domain, candidate, context_);
    if (verdict == Allowed::kNoneNearby) return;
    if (verdict == Allowed::kYes && is_allowed(topic, variable, candidate)) {
      topic.values.push_back(candidate);
      return;
    }
  }
  topic.is_partition = false;  // there may be a value here that was not found
}

void CellFinder::add_samples(Topic& topic, Unknown variable) {
  for (const auto& one : usual_values(topic.type)) {
    const bool is_new = std::none_of(topic.values.begin(), topic.values.end(),
                                     [&](const Value& other) { return feel::is_same(one, other); });
    if (is_new && is_allowed(topic, variable, one)) topic.values.push_back(one);
  }
}

bool CellFinder::is_allowed(const Topic& topic, Unknown variable, const Value& value) {
  Assignment one(plan_.topics.size() + plan_.graph->nodes.size());
  one[variable] = &value;
  const Node& input = plan_.graph->nodes[topic.node];
  const Value whole = input_value(plan_, topic.node, one);
  return !conform(whole, input.type, input.name, context_).is_null();
}

}  // namespace zicht::dmn::internal
