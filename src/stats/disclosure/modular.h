// Suppression with intervals for tables in a hierarchy, simple part by simple part: near the
// cheapest pattern, in a time that grows with the number of parts.
//
//     const PartsSuppression done = suppress_by_parts(cells, singletons);
//     // cells: what had to be suppressed is kSecondary; done.narrow: what stays less wide than
//     asked
//
// Method: after P.P. de Wolf, "HiTaS: a heuristic approach to cell suppression in hierarchical
// tables", Inference Control in Statistical Databases, LNCS 2316, 2002. A part is a set of
// relations that share cells and stand at the same depth: how many totals a cell of the relation
// lies below. So a part has a total and its direct parts, crossed with those of other dimensions.
// Parts are done from the top down, each by exact.h on its cells alone. What was suppressed in one
// part is suppressed in all, and carried as primary: its value must not follow from another part.
// Where a part suppresses a cell of a part that was done, that part is done again, until nothing
// changes; cells are only ever added, so that it ends.
//
// What is wide in every part can be too narrow over all relations together. So at the end every
// attack is asked once more over the whole table (exact.h, which adds cells where one succeeds,
// with no search for the cheapest). Deterministic; pure; the solvers keep nothing between calls.
#pragma once

#include <span>
#include <vector>

#include "stats/disclosure/exact.h"

namespace zicht::stats {

struct PartsSuppression {
  std::size_t secondary = 0;     // cells that became kSecondary
  double cost = 0;               // their weight
  std::size_t parts = 0;         // that the relations were divided into
  std::size_t solved = 0;        // parts that were solved, those done again included
  std::size_t repaired = 0;      // cells that were suppressed at the end, over all relations
  std::vector<CellId> narrow{};  // primary cells that no pattern protects as far as asked, by id
};

// `limits` holds for each part. Requires: as suppress_optimally; the total of a relation is the
// term whose factor has the sign that no other has, and no cell is a part of itself.
PartsSuppression suppress_by_parts(LinkedCells& cells, std::span<const Singleton> singletons = {},
                                   const ExactLimits& limits = {});

}  // namespace zicht::stats
