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
    const auto points = points_of(index.cuts(), index.kind(), domain);
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
