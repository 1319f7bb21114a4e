// What suppression by linear algebra costs, beside the limits of docs/performance.md. Tables are
// made from a seed (testing/made_tables.h).
#include <benchmark/benchmark.h>

#include <algorithm>

#include "stats/disclosure/linear_algebra.h"
#include "stats/testing/made_tables.h"

namespace zicht::stats {
namespace {

void suppress(benchmark::State& state, MadeTable (*make)(Rng&)) {
  SeededRng rng(1);
  const LinkedCells given = make(rng).table().linked_cells();
  Suppression done;
  for (auto _ : state) {
    LinkedCells cells = given;
    done = suppress_exactly(cells, {});
  }
  state.counters["cells"] = static_cast<double>(given.cells().size());
  state.counters["primary"] = static_cast<double>(
      std::count_if(given.cells().begin(), given.cells().end(),
                    [](const Cell& cell) { return cell.status == CellStatus::kPrimary; }));
  state.counters["secondary"] = static_cast<double>(done.secondary);
}
BENCHMARK_CAPTURE(suppress, municipal, make_municipal_table)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(suppress, linked_pair, make_linked_pair)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace zicht::stats

BENCHMARK_MAIN();
