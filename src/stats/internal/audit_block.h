// Hidden cells that hang together, as an attacker sees them: what is known of each, the relations
// among them, and how far a sum of a few of them can go. For the audit alone.
//
// A range is first looked for from inside: feasible points that were found before, then a linear
// programme over some cells round the sum with all others left where they are, which goes no
// further than it must. What is found so lies in the true range, so it can show that a cell is open
// and never that it is closed. Only where it does not open, the programme over the whole block is
// solved, and that decides.
#pragma once

#include <algorithm>
#include <coin/ClpSimplex.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "stats/disclosure/linked_cells.h"

namespace zicht::stats::internal {

struct AuditRange {
  double lower = kUnbounded;
  double upper = -kUnbounded;
  void take(double value) {
    lower = std::min(lower, value);
    upper = std::max(upper, value);
  }
};

// Some factors times columns are `known`.
struct AuditRow {
  std::vector<int> columns{};
  std::vector<double> factors{};
  double known = 0;
};

using Columns = std::vector<std::size_t>;

// Not thread-safe; a copy is a block of its own, so that two can look at the same time.
class AuditBlock {
 public:
  // How some columns are chosen that may move.
  struct Ball {
    std::size_t most = 0;      // columns
    bool from_values = false;  // all others at their values; else where they were moved before
  };

  // `cells` has value, lower and upper of each column. Requires: columns of rows are there.
  AuditBlock(const std::vector<Cell>& cells, std::vector<AuditRow> rows);

  // Finds a point to begin with. False: none exists, or the solver gave up.
  [[nodiscard]] bool open();

  // Columns that were not seen to go as far as is wanted, sorted. A want of `AuditRange{}` is none.
  // Requires of this and of what looks for them: one for each column; others hold the value.
  [[nodiscard]] Columns all_left(const std::vector<AuditRange>& wants) const;

  // One round about those of `columns` that are left: many at once of those nearby, each one way,
  // from where the last programme ended.
  void walk(const std::vector<AuditRange>& wants, Columns columns);

  // Those of `columns` that are left, all at once, each one way, by one programme over all.
  void open_wholly(const std::vector<AuditRange>& wants, const Columns& columns);

  // For a copy: looks elsewhere from now on than the block that it was made of.
  void part_ways(std::uint64_t with) { state_ ^= with * 0xD1342543DE82EF95U; }

  // Knows from now on how far `other`, of the same cells, has seen columns go; or its points.
  void learn_reach(const AuditBlock& other);
  void learn_points(const AuditBlock& other);

  // Makes the points from which not_moved() begins; copies made from then on have the same.
  void prepare_mixes();

  // What the points so far leave open for the sum of columns; those in `fixed` at their values.
  [[nodiscard]] AuditRange seen(const Columns& sum, const Columns& fixed) const;

  // Those of `columns` that were not seen to leave their values while `fixed`, which are sorted,
  // have theirs: from points between all that are kept, with `fixed` brought back by moving a few
  // columns round them, or by the weights that are given to the points.
  [[nodiscard]] Columns not_moved(Columns columns, const Columns& fixed);

  // Which columns have another value in a point in which `fixed` have theirs, and as many of
  // `columns` as can be do not: by one programme over all. None where the solver gives up.
  [[nodiscard]] std::vector<bool> moved_beside(const Columns& columns, const Columns& fixed);

  // A range that `is_open` accepts and that lies in the true one, or the true one. Looks no further
  // than `want` where it need not: `is_open` accepts that. `fixed` is sorted. Absent: the solver
  // gave up.
  [[nodiscard]] std::optional<AuditRange> range(
      const Columns& sum, const Columns& fixed, const AuditRange& want,
      const std::function<bool(const AuditRange&)>& is_open);

  // A number for each column: where a sum of columns is the same in all points so far, their
  // numbers add up to 0 but for rounding. Others do so by chance only.
  [[nodiscard]] std::vector<double> fingerprints() const;

  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  [[nodiscard]] std::size_t programs() const { return programs_; }

 private:
  using Point = std::vector<double>;

  [[nodiscard]] bool fits(const Point& point) const;
  [[nodiscard]] static bool keeps(const AuditRow& row, const Point& point);
  // Columns about the middle that can move together.
  [[nodiscard]] Columns ball(const Columns& middle, std::size_t most);
  // The best value of the sum of factors times the columns of a ball round `base`; `base` moves
  // there.
  std::optional<double> move(const Columns& ball, const Point& factors, const Columns& fixed,
                             double direction, Point& base);
  // What is asked of a column that may move.
  struct Pull {
    double gain = 0;           // of going up by 1
    double most = kUnbounded;  // it may move
  };
  // Of a sum of columns, where there are any: how far it may go, up or down.
  struct Limit {
    Columns sum{};
    double by = 0;
  };
  // The change round `base` that gains most; `base` moves there. False: the solver gave up.
  bool change(const Columns& ball, const std::vector<Pull>& pulls, const Limit& limit, Point& base);
  bool aim(const Columns& ball, const Columns& sum, const Columns& fixed, double by, Point& base);
  [[nodiscard]] double left(const std::vector<AuditRange>& wants, std::size_t at, double way) const;
  [[nodiscard]] bool is_left(const std::vector<AuditRange>& wants, std::size_t at) const;
  void shuffle(Columns& columns);
  double way_left(const std::vector<AuditRange>& wants, std::size_t at);
  void pull(std::size_t at, const AuditRange& want, double way);
  void let_go(std::size_t at);
  std::optional<Point> solve_whole(double direction);
  bool push(const Columns& sum, const Columns& fixed, const Ball& kind, const AuditRange& want,
            AuditRange& found);
  [[nodiscard]] Columns rows_of(const Columns& columns) const;
  [[nodiscard]] static double sum_of(const Columns& columns, const Point& point);
  void moved_now();
  [[nodiscard]] Point mix();
  void move_all();
  [[nodiscard]] bool leaves(std::size_t at, double value) const;
  std::optional<Point> bring_back(std::size_t time, const Columns& fixed);
  [[nodiscard]] bool is_back(const Columns& fixed, const Point& point) const;
  [[nodiscard]] std::optional<Point> weights_back(const Columns& fixed);
  [[nodiscard]] double between(const Point& weights, std::size_t at) const;
  [[nodiscard]] Columns not_moved_between(Columns columns, const Columns& fixed);
  void scatter();
  void load();
  std::optional<double> whole(const Columns& sum, double direction);
  std::optional<AuditRange> whole_range(const Columns& sum, const Columns& fixed);
  void keep(const Point& point);
  double random();

  std::vector<Cell> cells_;
  std::vector<AuditRow> rows_;
  std::vector<std::vector<std::size_t>> uses_;  // rows of each column
  Point values_;
  Point now_;  // fits, and moves
  std::vector<Point> points_;
  std::vector<Point> mixes_;             // between the points, when they were first asked for
  std::vector<AuditRange> reach_;        // of each column, by all that was found
  std::vector<int> place_;               // of a column in the ball; -1: not there
  std::vector<std::size_t> rows_there_;  // of a column, in the ball that grows
  std::vector<bool> is_touched_;         // whether a row is
  bool values_fit_ = false;
  bool is_whole_ = true;  // numbers are
  bool is_loaded_ = false;
  bool is_solved_ = false;
  std::size_t kept_ = 0;  // that found no room
  std::size_t moves_ = 0;
  std::size_t programs_ = 0;
  std::uint64_t state_ = 0x9E3779B97F4A7C15U;
  ClpSimplex clp_;  // of all columns; loaded when it is asked for
};

}  // namespace zicht::stats::internal
