#include "dmn/internal/table_check.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "feel/operators.h"

namespace zicht::dmn::internal {

using feel::Kind;
using feel::Value;

namespace {

// Combinations of columns, and words of sets that were looked at on the way.
constexpr std::size_t kMaxSteps = 200'000;
constexpr std::size_t kMaxWords = 50'000'000;

// A stretch of values of one column in which the same rules match, and one value of it.
struct Region {
  Value example{};
  const RuleSet* rules = nullptr;
};

// Values strictly between two points, or beyond one where the other is null.
struct Between {
  std::vector<Value> candidates{};
  bool is_empty = false;  // there surely is no such value
};

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

// What a domain says of a value. A test that cannot be judged (its text uses facts) allows it.
enum class Allowed : std::uint8_t {
  kYes,
  kNo,          // by a test that is more than constants: near values may be allowed
  kNoneNearby,  // by constants, all of which are points: no value of the same stretch is
};

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

std::size_t hash_of(const RuleSet& rules) {
  std::size_t hash = 14695981039346656037U;
  for (const auto word : rules.words()) hash = (hash ^ word) * 1099511628211U;
  return hash;
}

class TableChecker {
 public:
  TableChecker(const TableCode& table, feel::CallContext& context)
      : table_(table), parts_(table.parts()), context_(context) {}

  TableFindings check(const std::vector<Domain>& domains) {
    const std::size_t count = parts_.rules.size();
    everywhere_ = RuleSet(count, true);
    reached_.resize(count);
    for (std::size_t rule = 0; rule < count; ++rule) general_.push_back(has_general_cell(rule));
    for (std::size_t c = 0; c < parts_.inputs.size(); ++c)
      columns_.push_back(regions_of(c, domains[c]));
    if (context_.budget().is_exhausted()) {
      found_.is_complete = false;
      return std::move(found_);
    }
    Example example;
    if (count > 0) descend(example, everywhere_);
    if (found_.is_complete) {
      for (std::size_t rule = 0; rule < count; ++rule) {
        if (!reached_[rule]) found_.without_effect.push_back(rule);
      }
    }
    return std::move(found_);
  }

 private:
  // The cells' points, and those of the allowed values: ascending, each once.
  std::vector<Value> points_of(std::size_t column, const Domain& domain) const {
    const auto cuts = table_.index(column).cuts();
    std::vector<Value> points(cuts.begin(), cuts.end());
    for (const auto* tests : domain) {
      const auto known = stretches_of(*tests);
      if (!known || known->kind != table_.index(column).kind()) continue;
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

  // Points are judged as they are. Of what lies between them one allowed value stands for all;
  // where none was found although there may be one, the rules there are not said to be without
  // effect.
  std::vector<Region> regions_of(std::size_t column, const Domain& domain) {
    const auto& index = table_.index(column);
    if (!index.is_useful()) return {{Value(), &everywhere_}};
    std::vector<Region> regions;
    const auto add_point = [&](const Value& point) {
      if (allowed(domain, point, context_) == Allowed::kYes)
        regions.push_back({point, index.find(point)});
    };
    if (index.kind() == Kind::kBoolean) {
      add_point(Value::boolean(true));
      add_point(Value::boolean(false));
      return regions;
    }
    const auto points = points_of(column, domain);
    // An empty text is what people try last.
    const bool is_text = index.kind() == Kind::kString;
    if (!is_text) add_stretch(index, domain, {}, points.front(), regions);
    for (std::size_t i = 0; i < points.size(); ++i) {
      add_point(points[i]);
      add_stretch(index, domain, points[i], i + 1 == points.size() ? Value() : points[i + 1],
                  regions);
    }
    if (is_text) add_stretch(index, domain, {}, points.front(), regions);
    return regions;
  }

  void add_stretch(const ColumnIndex& index, const Domain& domain, const Value& low,
                   const Value& high, std::vector<Region>& regions) {
    const auto found = between(low, high);
    if (found.is_empty) return;
    for (const auto& candidate : found.candidates) {
      const Allowed verdict = allowed(domain, candidate, context_);
      if (verdict == Allowed::kNoneNearby) return;
      if (verdict == Allowed::kYes) {
        regions.push_back({candidate, index.find(candidate)});
        return;
      }
    }
    const RuleSet& rules = index.between(low, high);
    for (std::size_t rule = 0; rule < reached_.size(); ++rule) {
      if (rules.has(rule)) reached_[rule] = true;
    }
  }

  bool has_general_cell(std::size_t rule) const {
    for (std::size_t c = 0; c < parts_.inputs.size(); ++c) {
      if (parts_.cells[c][rule] && table_.index(c).is_general(rule)) return true;
    }
    return false;
  }

  bool may_go_on(std::size_t words) {
    words_ += words;
    if (words_ > kMaxWords) found_.is_complete = false;
    return words_ <= kMaxWords;
  }

  void descend(Example& example, const RuleSet& active) {
    if (++steps_ > kMaxSteps) found_.is_complete = false;
    if (!found_.is_complete) return;
    if (active.is_empty()) {
      if (found_.gaps.size() < TableFindings::kMaxFindings) found_.gaps.push_back(whole(example));
      return;
    }
    if (example.size() == columns_.size()) return look(example, active);
    // Regions where the same rules are left are one.
    std::vector<const Region*> seen;
    std::vector<RuleSet> left;
    std::unordered_multimap<std::size_t, std::size_t> by_hash;
    for (const auto& region : columns_[example.size()]) {
      RuleSet rules = active;
      rules &= *region.rules;
      const std::size_t hash = hash_of(rules);
      const auto [begin, end] = by_hash.equal_range(hash);
      if (!may_go_on(3 * active.words().size())) return;
      if (std::any_of(begin, end, [&](const auto& one) { return left[one.second] == rules; }))
        continue;
      by_hash.emplace(hash, left.size());
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
    if (!may_go_on(parts_.rules.size())) return;
    std::vector<std::size_t> matching;
    for (std::size_t rule = 0; rule < parts_.rules.size(); ++rule) {
      if (active.has(rule)) matching.push_back(rule);
    }
    const bool stops = parts_.hit_policy == HitPolicy::kFirst;
    for (const auto rule : matching) {
      reached_[rule] = true;
      if (stops && !general_[rule]) break;
    }
    const bool is_any = parts_.hit_policy == HitPolicy::kAny;
    if (parts_.hit_policy != HitPolicy::kUnique && !is_any) return;
    std::erase_if(matching, [&](std::size_t rule) { return general_[rule]; });
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
  RuleSet everywhere_{};
  std::vector<bool> reached_{};  // the rule counts somewhere, or may
  std::vector<bool> general_{};  // a cell of the rule is no constant test
  std::set<std::pair<std::size_t, std::size_t>> pairs_{};
  TableFindings found_{};
  std::size_t steps_ = 0;
  std::size_t words_ = 0;
};

}  // namespace

TableFindings check_table(const TableCode& table, const std::vector<Domain>& domains,
                          feel::CallContext& context) {
  return TableChecker(table, context).check(domains);
}

}  // namespace zicht::dmn::internal
