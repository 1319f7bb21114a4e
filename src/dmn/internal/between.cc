#include "dmn/internal/between.h"

#include <algorithm>

#include "feel/operators.h"

namespace zicht::dmn::internal {

using feel::Kind;
using feel::Value;

namespace {

Value floor_of(const Value& number) {
  const auto whole = feel::round(number.as_number(), 0, feel::Rounding::kFloor);
  return whole ? Value::number(*whole) : Value();
}

// Whole ones too: a column may allow no others.
std::vector<Value> numbers_between(const Value& low, const Value& high) {
  const Value one = Value::number(1);
  if (low.is_null()) {
    const Value whole = floor_of(high);
    return {feel::subtract(high, one), whole, feel::subtract(whole, one)};
  }
  const Value next = feel::add(floor_of(low), one);
  if (high.is_null()) return {feel::add(low, one), next};
  return {feel::divide(feel::add(low, high), Value::number(2)), next, floor_of(high),
          feel::subtract(floor_of(high), one)};
}

std::vector<Value> texts_between(const Value& low) {
  const std::string start(low.is_null() ? std::string_view() : low.as_string());
  std::vector<Value> candidates;
  if (low.is_null()) candidates.push_back(Value::string(""));
  for (const char* more : {" ?", " ", "!", "0", "A", "a"})
    candidates.push_back(Value::string(start + more));
  return candidates;
}

// One `step` from an end; `step` is the smallest where the values are whole.
std::vector<Value> steps_between(const Value& low, const Value& high, const Value& step) {
  return {low.is_null() ? feel::subtract(high, step) : feel::add(low, step)};
}

std::vector<Value> durations_between(const Value& low, const Value& high) {
  const Value day = Value::duration(feel::DayDuration{feel::kSecondsPerDay, 0});
  if (low.is_null() || high.is_null()) return steps_between(low, high, day);
  const Value two = Value::number(2);
  return {feel::add(low, feel::divide(feel::subtract(high, low), two)), feel::add(low, day)};
}

}  // namespace

Between between(const Value& low, const Value& high) {
  Between found;
  const Kind kind = low.is_null() ? high.kind() : low.kind();
  const bool is_whole = kind == Kind::kDate || kind == Kind::kMonthDuration;
  if (kind == Kind::kNumber) {
    found.candidates = numbers_between(low, high);
  } else if (kind == Kind::kString) {
    found.candidates = texts_between(low);
    found.is_empty = low.is_null() && high.as_string().empty();
  } else if (kind == Kind::kDayDuration) {
    found.candidates = durations_between(low, high);
  } else if (kind == Kind::kDate) {
    const Value day = Value::duration(feel::DayDuration{feel::kSecondsPerDay, 0});
    found.candidates = steps_between(low, high, day);
  } else if (kind == Kind::kMonthDuration) {
    found.candidates = steps_between(low, high, Value::duration(feel::MonthDuration{1}));
  }
  std::erase_if(found.candidates, [&](const Value& one) {
    return one.kind() != kind || (!low.is_null() && order(low, one) >= 0) ||
           (!high.is_null() && order(one, high) >= 0);
  });
  found.is_empty = found.is_empty || (is_whole && found.candidates.empty());
  return found;
}

Allowed allowed(const Domain& domain, const Value& value, feel::CallContext& context) {
  Allowed verdict = Allowed::kYes;
  for (const auto* tests : domain) {
    if (!tests->test(value, {}, context).is_false()) continue;
    const auto known = stretches_of(*tests);
    if (known && known->kind == value.kind()) return Allowed::kNoneNearby;
    verdict = Allowed::kNo;
  }
  return verdict;
}

std::vector<Value> points_of(std::span<const Value> cuts, Kind kind, const Domain& domain) {
  std::vector<Value> points(cuts.begin(), cuts.end());
  for (const auto* tests : domain) {
    const auto known = stretches_of(*tests);
    if (!known || known->kind != kind) continue;
    for (const auto& stretch : known->stretches) {
      if (!stretch.low.is_null()) points.push_back(stretch.low);
      if (!stretch.high.is_null()) points.push_back(stretch.high);
    }
  }
  std::sort(points.begin(), points.end(),
            [](const Value& a, const Value& b) { return order(a, b) < 0; });
  points.erase(std::unique(points.begin(), points.end(),
                           [](const Value& a, const Value& b) { return order(a, b) == 0; }),
               points.end());
  return points;
}

}  // namespace zicht::dmn::internal
