#include "stats/internal/audit_block.h"

#include <cmath>
#include <coin/CoinPackedMatrix.hpp>
#include <queue>
#include <tuple>

namespace zicht::stats::internal {
namespace {

constexpr std::size_t kPoints = 128;       // kept of one block, as many as PointSet has
constexpr std::size_t kRounds = 12;        // of moves all over the block, to begin with
constexpr std::size_t kScatterBall = 600;  // columns
constexpr std::size_t kMovesKept = 24;     // of one column, in which little else moves
constexpr std::size_t kMovesAPoint = 100;  // until a point is kept

// Columns that may move while all others are at rest: where those were moved before, or at their
// values, where they have not taken the room.
constexpr AuditBlock::Ball kBalls[] = {
    {.most = 48, .from_values = false},    {.most = 48, .from_values = true},
    {.most = 160, .from_values = false},   {.most = 160, .from_values = true},
    {.most = 600, .from_values = false},   {.most = 600, .from_values = true},
    {.most = 2'500, .from_values = false}, {.most = 2'500, .from_values = true},
};

double slack(double size) { return 1e-6 * std::max(1.0, size); }

bool is_whole(double number) { return !std::isfinite(number) || number == std::round(number); }

// Rows for CLP.
struct Rows {
  std::vector<CoinBigIndex> starts{0};
  std::vector<int> columns{};
  std::vector<double> factors{};
  std::vector<double> known{};

  void end(double right) {
    starts.push_back(static_cast<CoinBigIndex>(columns.size()));
    known.push_back(right);
  }
  void load(ClpSimplex& clp, const std::vector<double>& lower, const std::vector<double>& upper,
            const std::vector<double>& objective) const {
    const CoinPackedMatrix matrix(false, static_cast<int>(lower.size()),
                                  static_cast<int>(known.size()), starts.back(), factors.data(),
                                  columns.data(), starts.data(), nullptr);
    clp.setLogLevel(0);
    clp.loadProblem(matrix, lower.data(), upper.data(), objective.data(), known.data(),
                    known.data());
  }
};

}  // namespace

AuditBlock::AuditBlock(const std::vector<Cell>& cells, std::vector<AuditRow> rows)
    : cells_(cells),
      rows_(std::move(rows)),
      uses_(cells.size()),
      moved_(cells.size()),
      reach_(cells.size()),
      place_(cells.size(), -1),
      rows_there_(cells.size(), 0),
      moved_with_(cells.size()) {
  is_touched_.assign(rows_.size(), false);
  for (const Cell& cell : cells_) {
    values_.push_back(cell.value);
    is_whole_ = is_whole_ && is_whole(cell.lower) && is_whole(cell.upper);
  }
  for (std::size_t at = 0; at < rows_.size(); ++at) {
    is_whole_ = is_whole_ && is_whole(rows_[at].known);
    for (const int column : rows_[at].columns)
      uses_[static_cast<std::size_t>(column)].push_back(at);
    for (const double factor : rows_[at].factors) is_whole_ = is_whole_ && is_whole(factor);
  }
}

bool AuditBlock::fits(const Point& point) const {
  for (std::size_t at = 0; at < point.size(); ++at) {
    const double spare = slack(std::abs(point[at]));
    if (point[at] < cells_[at].lower - spare || point[at] > cells_[at].upper + spare) return false;
  }
  return std::ranges::all_of(rows_, [&](const AuditRow& row) {
    double off = -row.known;
    double size = std::abs(row.known);
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
      const double term = row.factors[i] * point[static_cast<std::size_t>(row.columns[i])];
      off += term;
      size += std::abs(term);
    }
    return std::abs(off) <= slack(size);
  });
}

bool AuditBlock::open() {
  values_fit_ = fits(values_);
  if (values_fit_) {
    now_ = values_;
    keep(now_);
  } else {
    const auto found = whole({}, 1);
    if (!found || points_.empty()) return false;
    now_ = points_.back();
  }
  scatter();
  return true;
}

double AuditBlock::random() {
  state_ = state_ * 6364136223846793005U + 1442695040888963407U;
  return static_cast<double>(state_ >> 11U) * 0x1p-52 - 1;
}

// Moves in directions that have nothing to do with one another, all over the block.
void AuditBlock::scatter() {
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::vector<bool> is_done(size());
    for (std::size_t start = 0; start < size(); ++start) {
      if (is_done[start]) continue;
      const Columns round_it = ball({start}, kScatterBall);
      Point factors;
      for (const std::size_t at : round_it) {
        is_done[at] = true;
        factors.push_back(random());
      }
      (void)move(round_it, factors, {}, 1, now_);
    }
    keep(now_);
  }
}

void AuditBlock::keep(const Point& point) {
  if (!fits(point)) {
    // Rounding adds up while a point moves: begin again from one that is sound.
    now_ = points_.empty() ? values_ : points_.front();
    return;
  }
  for (std::size_t at = 0; at < size(); ++at) reach_[at].take(point[at]);
  if (points_.size() >= kPoints) return;
  const std::size_t number = points_.size();
  for (std::size_t at = 0; at < size(); ++at) {
    // More than a tolerance away, so that it tells of another value.
    const double spare = slack(std::abs(values_[at]));
    if (std::abs(point[at] - values_[at]) <= spare) continue;
    moved_[at][number / 64] |= std::uint64_t{1} << (number % 64);
  }
  points_.push_back(point);
}

AuditRange AuditBlock::seen(const Columns& sum, const Columns& fixed) const {
  if (sum.size() == 1 && fixed.empty()) return reach_[sum[0]];
  AuditRange range;
  for (const Point& point : points_) {
    const bool is_so = std::ranges::all_of(fixed, [&](std::size_t at) {
      return std::abs(point[at] - values_[at]) <= 1e-9 * std::max(1.0, std::abs(values_[at]));
    });
    if (!is_so) continue;
    double value = 0;
    for (const std::size_t at : sum) value += point[at];
    range.take(value);
  }
  return range;
}

PointSet AuditBlock::at_rest(const Columns& columns) const {
  PointSet points{~std::uint64_t{0}, ~std::uint64_t{0}};
  for (const std::size_t at : columns) {
    for (std::size_t word = 0; word < points.size(); ++word) points[word] &= ~moved_[at][word];
  }
  return points;
}

std::vector<double> AuditBlock::fingerprints() const {
  std::vector<double> prints(size());
  std::uint64_t state = 88172645463325252U;
  for (std::size_t i = 1; i < points_.size(); ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const double factor = static_cast<double>(state >> 11U) * 0x1p-52 - 1;
    for (std::size_t at = 0; at < size(); ++at) {
      prints[at] += factor * (points_[i][at] - points_[0][at]);
    }
  }
  return prints;
}

// Grows from the middle by columns whose rows are there already, so that much can move inside it;
// of those with as many rows missing the one with most room to go down.
Columns AuditBlock::ball(const Columns& middle, std::size_t most) {
  using Key = std::tuple<std::size_t, double, std::size_t>;  // rows missing, room, column
  std::priority_queue<Key, std::vector<Key>, std::greater<>> next;
  Columns found;
  std::vector<std::size_t> touched;
  const auto add = [&](std::size_t at) {
    if (place_[at] >= 0) return;
    place_[at] = 0;
    found.push_back(at);
    for (const std::size_t row : uses_[at]) {
      if (is_touched_[row]) continue;
      is_touched_[row] = true;
      touched.push_back(row);
      for (const int column : rows_[row].columns) {
        const auto other = static_cast<std::size_t>(column);
        ++rows_there_[other];
        const double room = cells_[other].value - cells_[other].lower;
        next.emplace(uses_[other].size() - rows_there_[other], -room, other);
      }
    }
  };
  for (const std::size_t at : middle) add(at);
  while (found.size() < most && !next.empty()) {
    const std::size_t at = std::get<2>(next.top());
    next.pop();
    add(at);
  }
  for (const std::size_t row : touched) {
    is_touched_[row] = false;
    for (const int column : rows_[row].columns) rows_there_[static_cast<std::size_t>(column)] = 0;
  }
  for (const std::size_t at : found) place_[at] = -1;
  return found;
}

std::optional<double> AuditBlock::move(const Columns& ball, const Point& factors,
                                       const Columns& fixed, double direction, Point& base) {
  std::vector<double> lower;
  std::vector<double> upper;
  for (std::size_t i = 0; i < ball.size(); ++i) {
    place_[ball[i]] = static_cast<int>(i);
    const bool stays = std::ranges::count(fixed, ball[i]) > 0;
    lower.push_back(stays ? base[ball[i]] : cells_[ball[i]].lower);
    upper.push_back(stays ? base[ball[i]] : cells_[ball[i]].upper);
  }
  Columns touched;
  for (const std::size_t at : ball) {
    touched.insert(touched.end(), uses_[at].begin(), uses_[at].end());
  }
  std::ranges::sort(touched);
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  Rows rows;
  for (const std::size_t at : touched) {
    double right = rows_[at].known;
    for (std::size_t i = 0; i < rows_[at].columns.size(); ++i) {
      const auto column = static_cast<std::size_t>(rows_[at].columns[i]);
      if (place_[column] < 0) {
        right -= rows_[at].factors[i] * base[column];
      } else {
        rows.columns.push_back(place_[column]);
        rows.factors.push_back(rows_[at].factors[i]);
      }
    }
    rows.end(right);
  }
  for (const std::size_t at : ball) place_[at] = -1;
  ClpSimplex clp;
  rows.load(clp, lower, upper, factors);
  clp.setOptimizationDirection(direction);
  ++programs_;
  clp.primal();
  if (clp.status() == 2) return -direction * kUnbounded;
  if (clp.status() != 0) return std::nullopt;
  double value = 0;
  for (std::size_t i = 0; i < ball.size(); ++i) {
    double to = clp.primalColumnSolution()[i];
    if (is_whole_ && std::abs(to - std::round(to)) < 1e-6) to = std::round(to);
    base[ball[i]] = to;
    value += factors[i] * to;
    reach_[ball[i]].take(to);
  }
  return value;
}

// Looks how far the sum goes with most cells at rest. False: that tells nothing.
bool AuditBlock::push(const Columns& sum, const Columns& fixed, const Ball& kind,
                      AuditRange& found) {
  if (kind.from_values && !values_fit_) return false;
  const Columns round_it = ball(sum, kind.most);
  Point factors(round_it.size(), 0);
  std::fill(factors.begin(), factors.begin() + static_cast<std::ptrdiff_t>(sum.size()), 1);
  for (const double direction : {-1.0, 1.0}) {
    Point base = kind.from_values ? values_ : now_;
    const auto value = move(round_it, factors, fixed, direction, base);
    if (!value) return false;
    found.take(*value);
    if (std::isinf(*value)) continue;
    if (kind.from_values) {
      note_moved(round_it, base);
      continue;
    }
    now_ = std::move(base);
    if (++moves_ % kMovesAPoint == 0) keep(now_);
  }
  return true;
}

// Of a point that differs from the values in a few columns, those.
void AuditBlock::note_moved(const Columns& ball, const Point& point) {
  std::vector<std::size_t> moved;
  for (const std::size_t at : ball) {
    const double spare = slack(std::abs(values_[at]));
    if (std::abs(point[at] - values_[at]) > spare) moved.push_back(at);
  }
  std::ranges::sort(moved);
  for (const std::size_t at : moved) {
    if (moved_with_[at].size() < kMovesKept) moved_with_[at].push_back(few_moved_.size());
  }
  few_moved_.push_back(std::move(moved));
}

bool AuditBlock::moves_beside(std::size_t column, const Columns& fixed) const {
  return std::ranges::any_of(moved_with_[column], [&](std::size_t number) {
    return std::ranges::none_of(
        fixed, [&](std::size_t at) { return std::ranges::binary_search(few_moved_[number], at); });
  });
}

std::optional<AuditRange> AuditBlock::range(const Columns& sum, const Columns& fixed,
                                            const std::function<bool(const AuditRange&)>& is_open) {
  AuditRange found = seen(sum, fixed);
  if (is_open(found)) return found;
  for (const Ball& one : kBalls) {
    if (size() <= one.most) break;
    if (!one.from_values && !fixed.empty()) continue;
    if (push(sum, fixed, one, found) && is_open(found)) return found;
  }
  return whole_range(sum, fixed);
}

void AuditBlock::load() {
  if (is_loaded_) return;
  is_loaded_ = true;
  Rows rows;
  for (const AuditRow& row : rows_) {
    rows.columns.insert(rows.columns.end(), row.columns.begin(), row.columns.end());
    rows.factors.insert(rows.factors.end(), row.factors.begin(), row.factors.end());
    rows.end(row.known);
  }
  std::vector<double> lower;
  std::vector<double> upper;
  for (const Cell& cell : cells_) {
    lower.push_back(cell.lower);
    upper.push_back(cell.upper);
  }
  rows.load(clp_, lower, upper, Point(size(), 0));
}

std::optional<AuditRange> AuditBlock::whole_range(const Columns& sum, const Columns& fixed) {
  load();
  for (const std::size_t at : fixed) {
    clp_.setColumnBounds(static_cast<int>(at), values_[at], values_[at]);
  }
  AuditRange out;
  const auto lower = whole(sum, 1);
  const auto upper = lower ? whole(sum, -1) : std::nullopt;
  for (const std::size_t at : fixed) {
    clp_.setColumnBounds(static_cast<int>(at), cells_[at].lower, cells_[at].upper);
  }
  if (!upper) return std::nullopt;
  out.lower = *lower;
  out.upper = *upper;
  return out;
}

std::optional<double> AuditBlock::whole(const Columns& sum, double direction) {
  load();
  for (const std::size_t at : sum) clp_.setObjectiveCoefficient(static_cast<int>(at), 1);
  clp_.setOptimizationDirection(direction);
  ++programs_;
  clp_.primal();
  double value = 0;
  for (const std::size_t at : sum) {
    value += clp_.primalColumnSolution()[at];
    clp_.setObjectiveCoefficient(static_cast<int>(at), 0);
  }
  if (clp_.status() == 2) return -direction * kUnbounded;
  if (clp_.status() != 0) return std::nullopt;
  const double* const solution = clp_.primalColumnSolution();
  Point point(solution, solution + size());
  if (is_whole_) {
    for (double& one : point) {
      if (std::abs(one - std::round(one)) < 1e-6) one = std::round(one);
    }
  }
  keep(point);
  return value;
}

}  // namespace zicht::stats::internal
