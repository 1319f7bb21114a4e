// What suppression costs, by linear algebra alone and with intervals, beside the limits of
// docs/performance.md. Tables are made from a seed (testing/made_tables.h).
#include <benchmark/benchmark.h>

#include <algorithm>

#include "base/thread_executor.h"
#include "stats/disclosure/exact.h"
#include "stats/disclosure/intervals.h"
#include "stats/disclosure/linear_algebra.h"
#include "stats/disclosure/release_audit.h"
#include "stats/testing/made_tables.h"
#include "stats/testing/published_tables.h"

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

void suppress_cheapest(benchmark::State& state) {
  const auto given = testing::turnover_table();
  if (!given) return state.SkipWithError("../shared/data/stats is absent");
  OptimalSuppression done;
  for (auto _ : state) {
    LinkedCells cells = *given;
    done = suppress_optimally(cells, {}, {.gap = 0.05});
  }
  state.counters["secondary"] = static_cast<double>(done.secondary);
  state.counters["lower_bound"] = done.lower_bound;
  state.counters["gap"] = done.gap();
}
BENCHMARK(suppress_cheapest)->Unit(benchmark::kMillisecond)->Iterations(1);

// As `zicht protect` does it: exact disclosure first, then intervals.
void widen(benchmark::State& state, MadeTable (*make)(Rng&)) {
  SeededRng rng(1);
  const Table table = make(rng).table();
  const LinkedCells given = table.linked_cells();
  Suppression exact;
  Widening done;
  for (auto _ : state) {
    LinkedCells cells = given;
    exact = suppress_exactly(cells, table.singletons());
    done = widen_intervals(cells);
  }
  state.counters["cells"] = static_cast<double>(given.cells().size());
  state.counters["secondary"] = static_cast<double>(exact.secondary + done.secondary);
  state.counters["programmes"] = static_cast<double>(done.programmes);
  state.counters["narrow"] = static_cast<double>(done.narrow.size());
}
BENCHMARK_CAPTURE(widen, municipal, make_municipal_table)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(widen, linked_pair, make_linked_pair)->Unit(benchmark::kMillisecond);

// What is published of a table, as CSV.
std::string published_rows(const CsvTable& truth, const LinkedCells& cells) {
  std::vector<std::string> fields = truth.columns();
  fields.insert(fields.end() - 1, "status");
  std::string published;
  append_csv_row(published, fields);
  for (std::size_t row = 0; row < truth.rows(); ++row) {
    const CellStatus status = cells.cells()[row].status;
    const bool is_shown = status == CellStatus::kPublished || status == CellStatus::kForced;
    for (std::size_t i = 0; i + 2 < fields.size(); ++i) fields[i] = truth.text(row, i);
    fields[fields.size() - 2] = is_shown ? "published" : "hidden";
    fields.back() = is_shown ? truth.text(row, fields.size() - 2) : "";
    append_csv_row(published, fields);
  }
  return published;
}

// The audit of a release of what was widened: every cell, every sum of a few, all relations.
void audit_widened(benchmark::State& state, MadeTable (*make)(Rng&)) {
  SeededRng rng(1);
  const MadeTable made = make(rng);
  const Table table = made.table();
  LinkedCells cells = table.linked_cells();
  suppress_exactly(cells, table.singletons());
  widen_intervals(cells);
  auto truth = CsvTable::parse(made.csv);
  const std::string published = published_rows(*truth, cells);
  Release release{.title = "made", .edition = "1"};
  release.tables.push_back({.name = "made",
                            .truth = *std::move(truth),
                            .spec = made.spec,
                            .published = *CsvTable::parse(published)});
  std::size_t findings = 0;
  ThreadExecutor executor;
  for (auto _ : state) findings = audit_release({release}, executor)->findings().size();
  state.counters["cells"] = static_cast<double>(table.size());
  state.counters["findings"] = static_cast<double>(findings);
}
BENCHMARK_CAPTURE(audit_widened, municipal, make_municipal_table)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(audit_widened, linked_pair, make_linked_pair)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace zicht::stats

BENCHMARK_MAIN();
