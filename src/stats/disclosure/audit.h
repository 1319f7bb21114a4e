// The audit of a publication before it goes out: what can be worked out from everything shown?
// It shares no code with the methods that suppress, so that one fault cannot hide the other.
//
//     const AuditResult result = audit(cells, {.shown = shown, .protect = primaries});
//     if (!result.clean()) ...             // do not publish; result.breaches says why
//
// All relations count: those of one table, of overlapping regions (region = sum of places) and of
// editions (now - before - new = 0); the caller puts them in one LinkedCells. Examined:
//   kShown      a protected cell is shown.
//   kInterval   the interval of a protected cell does not reach value - protect_below or value +
//               protect_above, is narrower than protect_width, or is one point.
//   kSingleton  one contributor, who is alone in cells of his own and knows them all, learns a
//               protected cell exactly.
//   kSum        two to `sum_cells` hidden cells of one relation have a known sum.
//   kUndecided  the values contradict each other or the solver gave up: fail closed.
//
// Formula: linear programs over My = 0 and the bounds; source: Fischetti and Salazar-Gonzalez
// (2001), section 2. Guaranteed: whatever is not reported was shown to be open by feasible points:
// fillings of the hidden cells that keep all relations and bounds, found by programs over a few
// cells, many cells at once first, or over all of them (internal/audit_block.h); and whatever is
// reported, by the program over all cells that hang together. Of sums those are asked for whose
// cells add up to the same in all points so far, which is found by sorting in n^2 steps for pairs
// of n hidden cells of a relation, and in n^3 / 6 additions at worst for three; at most 20 sums of
// one relation are reported, and none with a cell that is known exactly by itself.
// Values are real numbers: what wholeness adds is seen only where the relations are a network.
// Tolerance: 1e-6, relative to the value above 1. Empty publication: clean. NaN, a range that does
// not hold the value, or an id that is not there: kUndecided. Pure and deterministic; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/executor.h"
#include "stats/disclosure/linked_cells.h"

namespace zicht::stats {

struct Publication {
  std::vector<bool> shown{};      // one for each cell
  std::vector<CellId> protect{};  // whose value must stay uncertain
  // Hidden cells whose value is not known here: one that follows exactly is told as kInterval.
  std::vector<CellId> unknown{};
  // For each contributor who is alone in cells, all of those.
  std::vector<std::vector<CellId>> singletons{};
  std::size_t sum_cells = 3;  // 2 or 3; less: sums are not examined
  bool all_sums = false;      // of all hidden cells; else of those to protect
  // Whether it matters that the sum of these cells is known; absent: it always does.
  std::function<bool(const std::vector<CellId>&)> matters{};
};

enum class BreachKind : std::uint8_t { kShown, kInterval, kSingleton, kSum, kUndecided };

struct Breach {
  BreachKind kind = BreachKind::kUndecided;
  std::vector<CellId> cells{};  // the cell, or the cells of the sum
  double lower = 0;             // what the attacker finds; no use for kUndecided
  double upper = 0;
  CellId knower = 0;  // kSingleton only: the first of his cells
};

struct AuditResult {
  std::vector<Breach> breaches{};
  std::size_t programs = 0;  // linear programs solved
  [[nodiscard]] bool clean() const { return breaches.empty(); }
};

// What is found does not depend on the executor, which helps with one piece of work at a time.
[[nodiscard]] AuditResult audit(const LinkedCells& cells, const Publication& publication,
                                Executor& executor);

// On this thread alone.
[[nodiscard]] inline AuditResult audit(const LinkedCells& cells, const Publication& publication) {
  InlineExecutor here;
  return audit(cells, publication, here);
}

}  // namespace zicht::stats
