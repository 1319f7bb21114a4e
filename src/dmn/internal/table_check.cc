#include "dmn/internal/table_check.h"

#include <algorithm>
#include <set>

#include "feel/operators.h"

namespace zicht::dmn::internal {

using feel::Kind;
using feel::Value;

namespace {

constexpr std::size_t kMaxSteps = 200'000;

// A stretch of values of one column in which the same rules match, and one value of it.
struct Region {
  Value example{};
  RuleSet rules{};
};

// A value strictly between two, or beyond one; null when there is none.
Value between(const Value& low, const Value& high) {
  const Value& known = low.is_null() ? high : low;
  switch (known.kind()) {
    case Kind::kNumber: {
      const Value one = Value::number(1);
      if (low.is_null()) return feel::subtract(high, one);
      if (high.is_null()) return feel::add(low, one);
      return feel::divide(feel::add(low, high), Value::number(2));
    }
    case Kind::kDate: {
      const Value day = Value::duration(feel::DayDuration{feel::kSecondsPerDay, 0});
      const Value next = low.is_null() ? feel::subtract(high, day) : feel::add(low, day);
      return high.is_null() || low.is_null() || order(next, high) < 0 ? next : Value();
    }
    case Kind::kString: {
      if (low.is_null()) return {};
      const Value next = Value::string(std::string(low.as_string()) + " ?");
      return high.is_null() || order(next, high) < 0 ? next : Value();
    }
    case Kind::kDayDuration:
    case Kind::kMonthDuration:
      if (low.is_null()) return {};
      if (high.is_null()) return feel::add(low, low);
      return {};
    default:
      return {};
  }
}

bool holds(const Domain& domain, const Value& value, feel::CallContext& context) {
  return std::all_of(domain.begin(), domain.end(), [&](const feel::UnaryTests* tests) {
    return tests->test(value, {}, context).is_true();
  });
}

class TableChecker {
 public:
  TableChecker(const TableCode& table, feel::CallContext& context)
      : table_(table), parts_(table.parts()), context_(context) {}

  TableFindings check(const std::vector<Domain>& domains) {
    for (std::size_t c = 0; c < parts_.inputs.size(); ++c)
      columns_.push_back(regions_of(c, domains[c]));
    reached_.resize(parts_.rules.size());
    Example example;
    if (!parts_.rules.empty()) descend(example, RuleSet(parts_.rules.size(), true));
    if (found_.is_complete) {
      for (std::size_t rule = 0; rule < reached_.size(); ++rule) {
        if (!reached_[rule]) found_.without_effect.push_back(rule);
      }
    }
    return std::move(found_);
  }

 private:
  // Points, what lies between them, and the allowed values that are named.
  std::vector<Value> examples_of(std::size_t column, const Domain& domain) const {
    std::vector<Value> points(table_.index(column).cuts().begin(),
                              table_.index(column).cuts().end());
    const Kind kind = table_.index(column).kind();
    if (kind == Kind::kBoolean) return {Value::boolean(true), Value::boolean(false)};
    const auto add_constants = [&](const feel::UnaryTests& tests) {
      const auto known = stretches_of(tests);
      if (!known || known->kind != kind) return;
      for (const auto& stretch : known->stretches) {
        if (!stretch.low.is_null()) points.push_back(stretch.low);
        if (!stretch.high.is_null()) points.push_back(stretch.high);
      }
    };
    for (const auto* tests : domain) add_constants(*tests);
    std::sort(points.begin(), points.end(),
              [](const Value& a, const Value& b) { return order(a, b) < 0; });
    std::vector<Value> examples;
    for (std::size_t i = 0; i <= points.size(); ++i) {
      examples.push_back(
          between(i == 0 ? Value() : points[i - 1], i == points.size() ? Value() : points[i]));
      if (i < points.size()) examples.push_back(points[i]);
    }
    std::erase_if(examples, [](const Value& one) { return one.is_null(); });
    return examples;
  }

  std::vector<Region> regions_of(std::size_t column, const Domain& domain) const {
    const auto& index = table_.index(column);
    if (!index.is_useful()) return {{Value(), RuleSet(parts_.rules.size(), true)}};
    std::vector<Region> regions;
    for (const auto& example : examples_of(column, domain)) {
      if (!holds(domain, example, context_)) continue;
      const RuleSet* rules = index.find(example);
      if (rules != nullptr) regions.push_back({example, *rules});
    }
    return regions;
  }

  bool is_general(std::size_t rule) const {
    for (std::size_t c = 0; c < parts_.inputs.size(); ++c) {
      if (parts_.cells[c][rule] && table_.index(c).is_general(rule)) return true;
    }
    return false;
  }

  void descend(Example& example, const RuleSet& active) {
    if (++steps_ > kMaxSteps) {
      found_.is_complete = false;
      return;
    }
    if (active.is_empty()) {
      if (found_.gaps.size() < TableFindings::kMaxFindings) found_.gaps.push_back(whole(example));
      return;
    }
    if (example.size() == columns_.size()) return look(example, active);
    // Regions where the same rules are left are one.
    std::vector<const Region*> seen;
    std::vector<RuleSet> left;
    for (const auto& region : columns_[example.size()]) {
      RuleSet rules = active;
      rules &= region.rules;
      if (std::find(left.begin(), left.end(), rules) != left.end()) continue;
      left.push_back(std::move(rules));
      seen.push_back(&region);
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
      example.push_back(seen[i]->example);
      descend(example, left[i]);
      example.pop_back();
    }
  }

  // A gap holds whatever the other columns say: take their first values.
  Example whole(Example example) const {
    while (example.size() < columns_.size()) {
      const auto& regions = columns_[example.size()];
      example.push_back(regions.empty() ? Value() : regions[0].example);
    }
    return example;
  }

  void look(const Example& example, const RuleSet& active) {
    std::vector<std::size_t> matching;
    for (std::size_t rule = 0; rule < parts_.rules.size(); ++rule) {
      if (active.has(rule)) matching.push_back(rule);
    }
    const bool stops = parts_.hit_policy == HitPolicy::kFirst;
    for (const auto rule : matching) {
      reached_[rule] = true;
      if (stops && !is_general(rule)) break;
    }
    const bool is_any = parts_.hit_policy == HitPolicy::kAny;
    if (parts_.hit_policy != HitPolicy::kUnique && !is_any) return;
    std::erase_if(matching, [&](std::size_t rule) { return is_general(rule); });
    for (std::size_t i = 1; i < matching.size(); ++i) {
      if (is_any && have_equal_outputs(matching[0], matching[i])) continue;
      if (found_.overlaps.size() < TableFindings::kMaxFindings &&
          pairs_.insert({matching[0], matching[i]}).second)
        found_.overlaps.push_back({matching[0], matching[i], example});
    }
  }

  bool have_equal_outputs(std::size_t a, std::size_t b) const {
    const auto& first = parts_.rules[a].written->outputs;
    const auto& second = parts_.rules[b].written->outputs;
    return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                      [](const Text& x, const Text& y) { return x.text == y.text; });
  }

  const TableCode& table_;
  const TableParts& parts_;
  feel::CallContext& context_;
  std::vector<std::vector<Region>> columns_{};
  std::vector<bool> reached_{};
  std::set<std::pair<std::size_t, std::size_t>> pairs_{};
  TableFindings found_{};
  std::size_t steps_ = 0;
};

}  // namespace

TableFindings check_table(const TableCode& table, const std::vector<Domain>& domains,
                          feel::CallContext& context) {
  return TableChecker(table, context).check(domains);
}

}  // namespace zicht::dmn::internal
