#include "stats/internal/audit_block.h"

#include <cmath>
#include <coin/CoinPackedMatrix.hpp>
#include <queue>
#include <tuple>

namespace zicht::stats::internal {
namespace {

constexpr std::size_t kPoints = 128;      // kept of one block
constexpr std::size_t kRounds = 3;        // of moves all over the block, to begin with
constexpr std::size_t kScatterBall = 48;  // columns
constexpr std::size_t kWalk = 1'000;      // columns that are opened at the same time
// Columns that may move while some are brought back, each time from another point.
constexpr std::size_t kReturns[] = {80, 80, 160, 600, 600};
constexpr double kNear = .1;             // of the way from the values to a point between all
constexpr std::size_t kTimesBack = 2;    // for one set of columns
constexpr std::size_t kMovesAPoint = 6;  // until a point is kept

// Columns that may move while all others are at rest: where those were moved before, or at their
// values, where they have not taken the room.
constexpr AuditBlock::Ball kBalls[] = {
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
  std::vector<double> least{};
  std::vector<double> most{};

  void end(double right) {
    end_at_most(right);
    least.back() = right;
  }
  void end_at_most(double right) {
    starts.push_back(static_cast<CoinBigIndex>(columns.size()));
    least.push_back(-kUnbounded);
    most.push_back(right);
  }
  // Of what goes up and down in two columns.
  void add_change(int place, double factor) {
    columns.insert(columns.end(), {2 * place, 2 * place + 1});
    factors.insert(factors.end(), {factor, -factor});
  }
  void load(ClpSimplex& clp, const std::vector<double>& lower, const std::vector<double>& upper,
            const std::vector<double>& objective) const {
    const CoinPackedMatrix matrix(false, static_cast<int>(lower.size()),
                                  static_cast<int>(most.size()), starts.back(), factors.data(),
                                  columns.data(), starts.data(), nullptr);
    clp.setLogLevel(0);
    clp.loadProblem(matrix, lower.data(), upper.data(), objective.data(), least.data(),
                    most.data());
  }
};

}  // namespace

AuditBlock::AuditBlock(const std::vector<Cell>& cells, std::vector<AuditRow> rows)
    : cells_(cells),
      rows_(std::move(rows)),
      uses_(cells.size()),
      reach_(cells.size()),
      place_(cells.size(), -1),
      rows_there_(cells.size(), 0) {
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
  return std::ranges::all_of(rows_, [&](const AuditRow& row) { return keeps(row, point); });
}

bool AuditBlock::keeps(const AuditRow& row, const Point& point) {
  double off = -row.known;
  double size = std::abs(row.known);
  for (std::size_t i = 0; i < row.columns.size(); ++i) {
    const double term = row.factors[i] * point[static_cast<std::size_t>(row.columns[i])];
    off += term;
    size += std::abs(term);
  }
  return std::abs(off) <= slack(size);
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
  if (points_.size() >= kPoints) {
    // No room: a point between it and one that is kept, in which moves what moves in either.
    Point& into = points_[1 + kept_++ % (kPoints - 1)];
    for (std::size_t at = 0; at < size(); ++at) into[at] += .38 * (point[at] - into[at]);
    return;
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

// A point between the values and all that are kept, so that whatever moves in one of them moves in
// it; near the values, where there is room.
AuditBlock::Point AuditBlock::mix() {
  std::vector<double> weights;
  double all = 0;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    weights.push_back(std::pow(std::abs(random()), 2));
    all += weights.back();
  }
  Point point = values_;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const double part = kNear * weights[i] / all;
    for (std::size_t at = 0; at < size(); ++at) point[at] += part * (points_[i][at] - values_[at]);
  }
  return point;
}

// Looks for points in which those move that were seen to, but in no point that is kept.
void AuditBlock::move_all() {
  for (std::size_t before = size() + 1;;) {
    const Point point = mix();
    Columns columns;
    for (std::size_t at = 0; at < size(); ++at) {
      const bool is_open = reach_[at].upper - reach_[at].lower > slack(std::abs(values_[at]));
      if (is_open && !leaves(at, point[at])) columns.push_back(at);
    }
    if (columns.empty() || columns.size() >= before) break;
    before = columns.size();
    load();
    for (const std::size_t at : columns) {
      const bool is_up = reach_[at].upper - values_[at] > values_[at] - reach_[at].lower;
      pull(at, reach_[at], is_up ? 1 : -1);
    }
    (void)solve_whole(-1);
    for (const std::size_t at : columns) let_go(at);
  }
}

// More than a tolerance, so that it tells of another value.
bool AuditBlock::leaves(std::size_t at, double value) const {
  return std::abs(value - values_[at]) > slack(std::abs(values_[at]));
}

void AuditBlock::prepare_mixes() {
  if (!values_fit_ || !mixes_.empty()) return;
  move_all();
  for (std::size_t time = 0; time < std::size(kReturns); ++time) mixes_.push_back(mix());
}

// Begins where all moves, so that what is brought back leaves most others where they are.
Columns AuditBlock::not_moved(Columns columns, const Columns& fixed) {
  if (!values_fit_) return columns;
  prepare_mixes();
  std::size_t back = 0;
  for (std::size_t time = 0; time < std::size(kReturns); ++time) {
    if (columns.empty() || back == kTimesBack) break;
    const auto point = bring_back(time, fixed);
    if (!point) continue;
    ++back;
    std::erase_if(columns, [&](std::size_t at) { return leaves(at, (*point)[at]); });
  }
  if (!columns.empty()) columns = not_moved_between(std::move(columns), fixed);
  return columns;
}

std::vector<bool> AuditBlock::moved_beside(const Columns& columns, const Columns& fixed) {
  std::vector<bool> moved(size(), false);
  if (!values_fit_) return moved;
  load();
  for (const std::size_t at : columns) {
    const double by = std::max(1.0, 1e-3 * std::abs(values_[at]));
    const bool up = cells_[at].upper > values_[at];
    const bool down = cells_[at].lower < values_[at];
    pull(at, {values_[at] - by, values_[at] + by}, up && (!down || random() > 0) ? 1 : -1);
  }
  for (const std::size_t at : fixed) {
    clp_.setColumnBounds(static_cast<int>(at), values_[at], values_[at]);
  }
  const auto point = solve_whole(-1);
  for (const std::size_t at : columns) let_go(at);
  for (const std::size_t at : fixed) let_go(at);
  if (!point || !fits(*point) || !is_back(fixed, *point)) return moved;
  for (std::size_t at = 0; at < size(); ++at) moved[at] = leaves(at, (*point)[at]);
  return moved;
}

bool AuditBlock::is_back(const Columns& fixed, const Point& point) const {
  return std::ranges::all_of(fixed, [&](std::size_t at) {
    return std::abs(point[at] - values_[at]) <= 1e-9 * std::max(1.0, std::abs(values_[at]));
  });
}

// A point in which `fixed` have their values.
std::optional<AuditBlock::Point> AuditBlock::bring_back(std::size_t time, const Columns& fixed) {
  Point point = mixes_[time];
  const Columns ball = this->ball(fixed, fixed.size() + kReturns[time]);
  std::vector<Pull> pulls(ball.size());
  for (std::size_t i = 0; i < fixed.size(); ++i) {  // the ball begins with them
    const double by = values_[ball[i]] - point[ball[i]];
    pulls[i] = {.gain = by > 0 ? 1.0 : -1.0, .most = std::abs(by)};
  }
  const auto is_kept = [&](std::size_t row) { return keeps(rows_[row], point); };
  if (!change(ball, pulls, {}, point) || !is_back(fixed, point) ||
      !std::ranges::all_of(rows_of(ball), is_kept)) {
    return std::nullopt;
  }
  return point;
}

// Weights of the points that are kept, with which `fixed` have their values between them: of as
// many points as can be, each with a limit of its own, so that moves do not cancel out.
std::optional<AuditBlock::Point> AuditBlock::weights_back(const Columns& fixed) {
  Rows rows;
  for (const std::size_t at : fixed) {
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const double by = points_[i][at] - values_[at];
      if (by == 0) continue;
      rows.columns.push_back(static_cast<int>(i));
      rows.factors.push_back(by);
    }
    rows.end(0);
  }
  Point most;
  for (std::size_t i = 0; i < points_.size(); ++i) most.push_back(1 + random() / 2);  // .5 to 1.5
  ClpSimplex clp;
  rows.load(clp, Point(points_.size(), 0), most, Point(points_.size(), 1));
  clp.setOptimizationDirection(-1);
  ++programs_;
  clp.primal();
  if (clp.status() != 0) return std::nullopt;
  const double* const solution = clp.primalColumnSolution();
  Point weights(solution, solution + points_.size());
  double all = 0;
  for (double& one : weights) all += one = std::max(0.0, one);
  if (all <= 0) return std::nullopt;
  for (double& one : weights) one /= all;
  return weights;
}

// With `weights` for the points.
double AuditBlock::between(const Point& weights, std::size_t at) const {
  double by = 0;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    by += weights[i] * (points_[i][at] - values_[at]);
  }
  return values_[at] + by;
}

// Relations and bounds hold between points in which they hold.
Columns AuditBlock::not_moved_between(Columns columns, const Columns& fixed) {
  const auto weights = weights_back(fixed);
  if (!weights) return columns;
  const bool is_back = std::ranges::none_of(fixed, [&](std::size_t at) {
    const double off = std::abs(between(*weights, at) - values_[at]);
    return off > 1e-9 * std::max(1.0, std::abs(values_[at]));
  });
  if (!is_back) return columns;
  std::erase_if(columns, [&](std::size_t at) { return leaves(at, between(*weights, at)); });
  return columns;
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
// of those with as many rows missing any, so that another time it is another one.
Columns AuditBlock::ball(const Columns& middle, std::size_t most) {
  using Key = std::tuple<std::size_t, double, std::size_t>;  // rows missing, chance, column
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
        next.emplace(uses_[other].size() - rows_there_[other], random(), other);
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

// In which any of them stands.
Columns AuditBlock::rows_of(const Columns& columns) const {
  Columns rows;
  for (const std::size_t at : columns) {
    rows.insert(rows.end(), uses_[at].begin(), uses_[at].end());
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
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
  Rows rows;
  for (const std::size_t at : rows_of(ball)) {
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

// Each column may go up and down from where it is, so that a solution is there to begin with.
bool AuditBlock::change(const Columns& ball, const std::vector<Pull>& pulls, const Limit& limit,
                        Point& base) {
  std::vector<double> room;
  std::vector<double> gain;
  for (std::size_t i = 0; i < ball.size(); ++i) {
    const std::size_t at = ball[i];
    place_[at] = static_cast<int>(i);
    const double most = pulls[i].most;
    room.push_back(std::min(most, std::max(0.0, cells_[at].upper - base[at])));
    room.push_back(std::min(most, std::max(0.0, base[at] - cells_[at].lower)));
    gain.push_back(pulls[i].gain);
    gain.push_back(-pulls[i].gain);
  }
  Rows rows;
  for (const std::size_t at : rows_of(ball)) {
    for (std::size_t i = 0; i < rows_[at].columns.size(); ++i) {
      const int place = place_[static_cast<std::size_t>(rows_[at].columns[i])];
      if (place >= 0) rows.add_change(place, rows_[at].factors[i]);
    }
    rows.end(0);
  }
  for (const std::size_t at : limit.sum) rows.add_change(place_[at], limit.by > 0 ? 1 : -1);
  if (!limit.sum.empty()) rows.end_at_most(std::abs(limit.by));
  for (const std::size_t at : ball) place_[at] = -1;
  ClpSimplex clp;
  rows.load(clp, std::vector<double>(room.size(), 0), room, gain);
  clp.setOptimizationDirection(-1);
  ++programs_;
  clp.primal();
  if (clp.status() != 0) return false;
  for (std::size_t i = 0; i < ball.size(); ++i) {
    const double* const moved = clp.primalColumnSolution() + 2 * i;
    double to = base[ball[i]] + moved[0] - moved[1];
    if (is_whole_ && std::abs(to - std::round(to)) < 1e-6) to = std::round(to);
    base[ball[i]] = to;
    reach_[ball[i]].take(to);
  }
  return true;
}

// Moves a sum by `by`, or as near to that as the ball allows.
bool AuditBlock::aim(const Columns& ball, const Columns& sum, const Columns& fixed, double by,
                     Point& base) {
  std::vector<Pull> pulls(ball.size());
  for (std::size_t i = 0; i < ball.size(); ++i) {
    if (std::ranges::count(sum, ball[i]) > 0) pulls[i].gain = by > 0 ? 1 : -1;
    if (std::ranges::binary_search(fixed, ball[i])) pulls[i].most = 0;
  }
  return change(ball, pulls, {.sum = sum, .by = by}, base);
}

// How far a column is from having gone as far as is wanted this way; 0: it has.
double AuditBlock::left(const std::vector<AuditRange>& wants, std::size_t at, double way) const {
  const double by = way > 0 ? wants[at].upper - values_[at] : values_[at] - wants[at].lower;
  const double got = way > 0 ? reach_[at].upper - values_[at] : values_[at] - reach_[at].lower;
  return by > got ? by : 0;
}

bool AuditBlock::is_left(const std::vector<AuditRange>& wants, std::size_t at) const {
  return left(wants, at, 1) > 0 || left(wants, at, -1) > 0;
}

Columns AuditBlock::all_left(const std::vector<AuditRange>& wants) const {
  Columns found;
  for (std::size_t at = 0; at < size(); ++at) {
    if (is_left(wants, at)) found.push_back(at);
  }
  return found;
}

void AuditBlock::shuffle(Columns& columns) {
  for (std::size_t i = columns.size(); i > 1; --i) {
    const auto other = static_cast<std::size_t>((random() + 1) / 2 * static_cast<double>(i));
    std::swap(columns[i - 1], columns[std::min(other, i - 1)]);
  }
}

void AuditBlock::open_wholly(const std::vector<AuditRange>& wants, const Columns& columns) {
  load();
  for (const std::size_t at : columns) {
    if (is_left(wants, at)) pull(at, wants[at], way_left(wants, at));
  }
  (void)solve_whole(-1);
  for (const std::size_t at : columns) let_go(at);
}

void AuditBlock::learn_reach(const AuditBlock& other) {
  for (std::size_t at = 0; at < size(); ++at) {
    reach_[at].take(other.reach_[at].lower);
    reach_[at].take(other.reach_[at].upper);
  }
}

void AuditBlock::learn_points(const AuditBlock& other) {
  const std::vector<Point> before = points_;
  for (std::size_t i = 0; i < other.points_.size(); ++i) {
    if (i >= before.size() || other.points_[i] != before[i]) keep(other.points_[i]);
  }
}

// Which way a column is left; where it is both ways, one by chance.
double AuditBlock::way_left(const std::vector<AuditRange>& wants, std::size_t at) {
  const bool up = left(wants, at, 1) > 0;
  const bool down = left(wants, at, -1) > 0;
  return up && (!down || random() > 0) ? 1 : -1;
}

// In the programme over all columns: as far as is wanted and no further.
void AuditBlock::pull(std::size_t at, const AuditRange& want, double way) {
  const Cell& cell = cells_[at];
  const double by = way > 0 ? want.upper - cell.value : cell.value - want.lower;
  clp_.setObjectiveCoefficient(static_cast<int>(at), way * (1.5 + random()) / by);
  clp_.setColumnBounds(static_cast<int>(at),
                       way > 0 ? cell.lower : std::max(cell.lower, want.lower),
                       way > 0 ? std::min(cell.upper, want.upper) : cell.upper);
}

void AuditBlock::let_go(std::size_t at) {
  clp_.setObjectiveCoefficient(static_cast<int>(at), 0);
  clp_.setColumnBounds(static_cast<int>(at), cells_[at].lower, cells_[at].upper);
}

// What others moved to makes room.
void AuditBlock::walk(const std::vector<AuditRange>& wants, Columns columns) {
  shuffle(columns);
  std::vector<bool> is_asked(size());
  for (const std::size_t middle : columns) {
    if (is_asked[middle] || !is_left(wants, middle)) continue;
    const Columns ball = this->ball({middle}, kWalk);
    std::vector<Pull> pulls(ball.size());
    for (std::size_t i = 0; i < ball.size(); ++i) {
      const std::size_t at = ball[i];
      if (!is_left(wants, at)) continue;
      is_asked[at] = true;
      const double way = way_left(wants, at);
      const double by = std::abs((way > 0 ? wants[at].upper : wants[at].lower) - now_[at]);
      if (by > 0) pulls[i] = {.gain = way * (i == 0 ? 2 : 1) / by, .most = by};
    }
    if (change(ball, pulls, {}, now_)) moved_now();
  }
  keep(now_);
}

double AuditBlock::sum_of(const Columns& columns, const Point& point) {
  double sum = 0;
  for (const std::size_t at : columns) sum += point[at];
  return sum;
}

// Looks whether the sum goes as far as is wanted with most cells at rest. False: that tells
// nothing.
bool AuditBlock::push(const Columns& sum, const Columns& fixed, const Ball& kind,
                      const AuditRange& want, AuditRange& found) {
  if (kind.from_values && !values_fit_) return false;
  const Columns round_it = ball(sum, kind.most);
  for (const double to : {want.lower, want.upper}) {
    if (found.lower <= to && found.upper >= to) continue;
    Point base = kind.from_values ? values_ : now_;
    const double by = to - sum_of(sum, base);
    if (by != 0 && !aim(round_it, sum, fixed, by, base)) return false;
    found.take(sum_of(sum, base));
    if (kind.from_values) continue;
    now_ = std::move(base);
    moved_now();
  }
  return true;
}

void AuditBlock::moved_now() {
  if (++moves_ % kMovesAPoint == 0) keep(now_);
}

std::optional<AuditRange> AuditBlock::range(const Columns& sum, const Columns& fixed,
                                            const AuditRange& want,
                                            const std::function<bool(const AuditRange&)>& is_open) {
  AuditRange found = seen(sum, fixed);
  if (is_open(found)) return found;
  for (const Ball& one : kBalls) {
    if (size() <= one.most) break;
    if (!one.from_values && !fixed.empty()) continue;
    if (push(sum, fixed, one, want, found) && is_open(found)) return found;
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

// Over all columns. The first time from the last point, which takes a tenth of the time that it
// takes from none. Absent: there is no best point, or the solver gave up; clp_ says which.
std::optional<AuditBlock::Point> AuditBlock::solve_whole(double direction) {
  clp_.setOptimizationDirection(direction);
  ++programs_;
  const bool goes_on = is_solved_ || now_.empty();
  if (!goes_on) clp_.setColSolution(now_.data());
  clp_.primal(goes_on ? 0 : 1);
  is_solved_ = true;
  if (clp_.status() != 0) return std::nullopt;
  const double* const solution = clp_.primalColumnSolution();
  Point point(solution, solution + size());
  if (is_whole_) {
    for (double& one : point) {
      if (std::abs(one - std::round(one)) < 1e-6) one = std::round(one);
    }
  }
  keep(point);
  return point;
}

std::optional<double> AuditBlock::whole(const Columns& sum, double direction) {
  load();
  for (const std::size_t at : sum) clp_.setObjectiveCoefficient(static_cast<int>(at), 1);
  (void)solve_whole(direction);
  double value = 0;
  for (const std::size_t at : sum) {
    value += clp_.primalColumnSolution()[at];
    clp_.setObjectiveCoefficient(static_cast<int>(at), 0);
  }
  if (clp_.status() == 2) return -direction * kUnbounded;
  if (clp_.status() != 0) return std::nullopt;
  return value;
}

}  // namespace zicht::stats::internal
