// Secondary suppression by linear algebra: for any linked set of tables, and fast. What is
// published gives no suppressed primary cell away exactly; how closely it can still be estimated is
// another matter.
//
//     const Suppression done = suppress_exactly(cells, {});
//     // cells: what had to be suppressed is kSecondary
//     // done.exposed: primaries that no pattern can help
//
// Method: cells may be published in order of decreasing weight, each unless a primary cell would
// then be a linear combination of what is published (O. Langsrud, "Secondary Cell Suppression by
// Gaussian Elimination: An Algorithm Suitable for Handling Issues with Zeros and Singletons",
// Privacy in Statistical Databases 2024). Here the relations are solved once for the cells that
// would be published last; publishing a cell that is free then only takes it out of the rows, and a
// primary cell is in danger exactly where its row has one cell left.
//
// Tables of up to 2,000 cells are tried in 24 more orders, with weights changed by up to a half,
// and the pattern of the least weight is taken.
//
// Arithmetic is modulo the prime 2^31 - 1; the pattern is checked afterwards modulo another prime,
// where what is exposed is suppressed better. Deterministic; pure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/disclosure/linked_cells.h"

namespace zicht::stats {

// A cell with one contributor, who knows his own value. Cells of the same contributor have the same
// number.
struct Singleton {
  CellId cell = 0;
  std::uint32_t contributor = 0;
};

struct Suppression {
  std::size_t secondary = 0;      // cells that became kSecondary
  std::vector<CellId> exposed{};  // primary cells that kForced cells alone give away
};

// Sets cells to kSecondary until no primary cell follows from the cells that are kPublished or
// kForced; nor, for the contributor of a singleton, from these and what he knows, as far as one
// cell of his goes. Cells that are kSecondary already stay so. Among equal weights those are
// published first that stand among large cells. Requires: factors of relations are whole numbers
// below 2^30.
Suppression suppress_exactly(LinkedCells& cells, std::span<const Singleton> singletons);

// The suppressed cells (kPrimary, kSecondary) that follow exactly from the others, in order of id.
// `prime` is below 2^31.
[[nodiscard]] std::vector<CellId> exposed_cells(const LinkedCells& cells,
                                                std::uint32_t prime = 2'147'483'629U);

}  // namespace zicht::stats
