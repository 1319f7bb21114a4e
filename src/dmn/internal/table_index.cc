#include "dmn/internal/table_index.h"

#include <algorithm>
#include <bit>

#include "feel/operators.h"

namespace zicht::dmn::internal {

using feel::Kind;
using feel::Range;
using feel::Value;

namespace {

// One constant of a cell as a stretch; nothing when it is of a kind without an index.
std::optional<Stretch> stretch_of(const Value& constant) {
  if (!constant.is(Kind::kRange))
    return is_orderable(constant.kind()) ? std::optional(Stretch{constant, constant, true, true})
                                         : std::nullopt;
  const Range& range = constant.as_range();
  const bool known = (range.start().is_null() || is_orderable(range.start().kind())) &&
                     (range.end().is_null() || is_orderable(range.end().kind()));
  const bool is_boolean = range.start().is(Kind::kBoolean) || range.end().is(Kind::kBoolean);
  if (!known || (is_boolean && range.form() != Range::Form::kEqual)) return std::nullopt;
  const Value& end = range.end().is_null() ? range.start() : range.end();
  switch (range.form()) {
    case Range::Form::kInterval:
      if (range.start().is_null() || range.end().is_null()) return std::nullopt;
      return Stretch{range.start(), range.end(), range.start_included(), range.end_included()};
    case Range::Form::kLess:
      return Stretch{{}, end, false, false};
    case Range::Form::kLessEqual:
      return Stretch{{}, end, false, true};
    case Range::Form::kGreater:
      return Stretch{end, {}, false, false};
    case Range::Form::kGreaterEqual:
      return Stretch{end, {}, true, false};
    case Range::Form::kEqual:
      return Stretch{end, end, true, true};
    case Range::Form::kNotEqual:
      return std::nullopt;
  }
  return std::nullopt;
}

Kind kind_of(const Stretch& stretch) {
  return stretch.low.is_null() ? stretch.high.kind() : stretch.low.kind();
}

// Position of a value in the regions of `cuts`.
std::size_t region_of(const std::vector<Value>& cuts, const Value& value) {
  std::size_t low = 0;
  std::size_t high = cuts.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const int side = order(cuts[middle], value);
    if (side == 0) return 2 * middle + 1;
    if (side < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return 2 * low;
}

// [first, last] of the regions that a stretch covers; first > last when it is empty.
std::pair<std::size_t, std::size_t> regions_of(const std::vector<Value>& cuts,
                                               const Stretch& stretch) {
  std::size_t first = 0;
  std::size_t last = 2 * cuts.size();
  if (!stretch.low.is_null()) first = region_of(cuts, stretch.low) + (stretch.low_included ? 0 : 1);
  if (!stretch.high.is_null()) {
    const auto end = region_of(cuts, stretch.high);
    last = stretch.high_included ? end : end - 1;
  }
  return {first, last};
}

void sort_each_once(std::vector<Value>& cuts) {
  std::sort(cuts.begin(), cuts.end(),
            [](const Value& a, const Value& b) { return order(a, b) < 0; });
  cuts.erase(std::unique(cuts.begin(), cuts.end(),
                         [](const Value& a, const Value& b) { return order(a, b) == 0; }),
             cuts.end());
}

// The ends of all stretches, ascending, each once; of more than `most` only some, but more than
// that: mostly the first ones tell already that they are too many, and sorting all takes long.
std::vector<Value> cuts_of(const std::vector<Stretch>& stretches, std::size_t most) {
  std::vector<Value> cuts;
  cuts.reserve(2 * stretches.size());
  for (const auto& stretch : stretches) {
    if (!stretch.low.is_null()) cuts.push_back(stretch.low);
    if (!stretch.high.is_null()) cuts.push_back(stretch.high);
  }
  if (cuts.size() / 4 > most) {
    std::vector<Value> first(cuts.begin(), cuts.begin() + static_cast<std::ptrdiff_t>(4 * most));
    sort_each_once(first);
    if (first.size() > most) return first;
  }
  sort_each_once(cuts);
  return cuts;
}

}  // namespace

RuleSet::RuleSet(std::size_t size, bool full)
    : words_((size + 63) / 64, full ? ~std::uint64_t{0} : 0) {
  if (full && size % 64 != 0) words_.back() = (std::uint64_t{1} << (size % 64)) - 1;
}

bool RuleSet::is_empty() const {
  return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
}

RuleSet& RuleSet::operator&=(const RuleSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  return *this;
}

RuleSet& RuleSet::operator|=(const RuleSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  return *this;
}

std::vector<std::size_t> RuleSet::rules() const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    for (std::uint64_t left = words_[i]; left != 0; left &= left - 1)
      found.push_back(64 * i + static_cast<std::size_t>(std::countr_zero(left)));
  }
  return found;
}

bool is_orderable(Kind kind) {
  return kind == Kind::kBoolean || kind == Kind::kNumber || kind == Kind::kString ||
         kind == Kind::kDate || kind == Kind::kDayDuration || kind == Kind::kMonthDuration;
}

int order(const Value& a, const Value& b) {
  if (a.is(Kind::kBoolean))
    return static_cast<int>(a.as_boolean()) - static_cast<int>(b.as_boolean());
  if (a.is(Kind::kNumber) && b.is(Kind::kNumber)) {
    const auto side = a.as_number() <=> b.as_number();
    return side < 0 ? -1 : side > 0 ? 1 : 0;
  }
  return feel::compare(a, b).value_or(0);
}

namespace {

// Adds the stretches of a cell to `stretches` and gives their kind; null, with nothing added, when
// it is no test of one kind of values.
Kind add_stretches(const feel::UnaryTests& cell, std::vector<Stretch>& stretches) {
  const std::size_t before = stretches.size();
  if (!cell.is_indexable()) return Kind::kNull;
  Kind kind = Kind::kNull;
  for (const auto& constant : cell.constants()) {
    auto stretch = stretch_of(constant);
    if (!stretch || (kind != Kind::kNull && kind != kind_of(*stretch))) {
      stretches.resize(before);
      return Kind::kNull;
    }
    kind = kind_of(*stretch);
    stretches.push_back(*std::move(stretch));
  }
  return kind;
}

}  // namespace

std::optional<CellStretches> stretches_of(const feel::UnaryTests& cell) {
  CellStretches found;
  found.kind = add_stretches(cell, found.stretches);
  if (found.kind == Kind::kNull) return std::nullopt;
  found.is_negated = cell.is_negated();
  return found;
}

// The stretches of all cells of a column, one after the other: those of a rule begin at
// begins[rule] and end where those of the next one begin.
struct ColumnIndex::Known {
  std::vector<Stretch> stretches{};
  std::vector<std::size_t> begins{};

  [[nodiscard]] std::span<const Stretch> of(std::size_t rule) const {
    return std::span(stretches).subspan(begins[rule], begins[rule + 1] - begins[rule]);
  }
};

ColumnIndex ColumnIndex::create(std::span<const std::optional<feel::UnaryTests>> cells,
                                std::size_t& words_left) {
  ColumnIndex index;
  const std::size_t size = cells.size();
  index.general_ = RuleSet(size);
  Known known;
  known.begins.reserve(size + 1);
  known.stretches.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t before = known.stretches.size();
    known.begins.push_back(before);
    if (!cells[i]) continue;
    const Kind kind = add_stretches(*cells[i], known.stretches);
    if (index.kind_ == Kind::kNull) index.kind_ = kind;
    if (kind != Kind::kNull && kind == index.kind_) continue;
    known.stretches.resize(before);
    index.general_.add(i);
  }
  known.begins.push_back(known.stretches.size());
  const std::size_t words_of_set = (size + 63) / 64;
  index.cuts_ = cuts_of(known.stretches, size == 0 ? 0 : words_left / words_of_set / 2);
  const std::size_t count = 2 * index.cuts_.size() + 1;
  const std::size_t words = count * words_of_set;
  if (index.cuts_.empty() || words > words_left) {
    for (std::size_t i = 0; i < size; ++i) {
      if (cells[i]) index.general_.add(i);
    }
    return index;
  }
  words_left -= words;
  index.regions_.reserve(count);
  index.fill(cells, known);
  return index;
}

// From below to above: the set of a region is that of the one before, but for the rules whose cells
// begin or end there.
void ColumnIndex::fill(std::span<const std::optional<feel::UnaryTests>> cells, const Known& known) {
  const std::size_t count = 2 * cuts_.size() + 1;
  RuleSet now(cells.size());
  std::vector<std::vector<std::size_t>> turns(count);  // rules that begin or end, by region
  std::vector<std::pair<std::size_t, std::size_t>> covered;
  for (std::size_t rule = 0; rule < cells.size(); ++rule) {
    const bool is_known = cells[rule] && !general_.has(rule);
    if (!is_known || cells[rule]->is_negated()) now.add(rule);
    covered.clear();
    for (const auto& stretch : known.of(rule)) {
      const auto [first, last] = regions_of(cuts_, stretch);
      if (first <= last && first < count) covered.emplace_back(first, std::min(last, count - 1));
    }
    std::sort(covered.begin(), covered.end());
    for (std::size_t i = 0; i < covered.size();) {
      std::size_t end = covered[i].second + 1;
      turns[covered[i].first].push_back(rule);
      for (++i; i < covered.size() && covered[i].first <= end; ++i)
        end = std::max(end, covered[i].second + 1);
      if (end < count) turns[end].push_back(rule);
    }
  }
  for (std::size_t region = 0; region < count; ++region) {
    for (const auto rule : turns[region]) now.has(rule) ? now.remove(rule) : now.add(rule);
    regions_.push_back(now);
  }
}

const RuleSet& ColumnIndex::between(const Value& low, const Value& high) const {
  // A point of a domain is no cut: then it lies within the region that is meant.
  if (low.is_null()) return regions_.front();
  const std::size_t below = region_of(cuts_, low);
  return high.is_null() ? regions_.back() : regions_[below % 2 == 1 ? below + 1 : below];
}

const RuleSet* ColumnIndex::find(const Value& input) const {
  if (input.kind() != kind_) return nullptr;
  return &regions_[region_of(cuts_, input)];
}

}  // namespace zicht::dmn::internal
