// Which cells to suppress at the least weight, as far as the cuts that were found ask: the master
// programme of Benders' method, as a linear programme and as one of zeros and ones.
//
// Deterministic; one thread; prints nothing.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "stats/internal/attacks.h"

namespace zicht::stats::internal {

class SuppressionMaster {
 public:
  // Cells that are kPublished may be suppressed, at their weight.
  explicit SuppressionMaster(const LinkedCells& cells);
  SuppressionMaster(const SuppressionMaster&) = delete;
  SuppressionMaster& operator=(const SuppressionMaster&) = delete;
  ~SuppressionMaster();

  void add(const Cut& cut);
  [[nodiscard]] std::size_t cuts() const;

  // How much each cell is suppressed, 0 to 1 (1 where it is already), and the weight: no pattern
  // that meets the cuts has less.
  struct Solution {
    std::vector<double> open{};
    double bound = 0;
  };
  [[nodiscard]] std::optional<Solution> relax();

  // In zeros and ones, of less weight than `cutoff`; absent where none was found. No pattern below
  // the cutoff weighs less than the bound: kUnbounded where there is none.
  struct Whole {
    std::optional<std::vector<double>> open{};
    double bound = 0;
    int nodes = 0;
  };
  [[nodiscard]] Whole solve(int nodes, double cutoff);

 private:
  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace zicht::stats::internal
