// The engine of all scans: the highest score over every cylinder that ends now, for the counts that
// were observed and for many random ones.
//
// Both scores have the shape T[c] - c a - b, with T a table over whole counts and a, b of the
// cylinder:
//     Poisson      T = c ln c + (C - c) ln(C - c), a = ln E - ln(C - E), b = C ln(C - E)
//     expectation  T = c ln c - c,                 a = ln E,             b = -E
// so that a cylinder costs one look-up. Counts of a zone are sums over its places of counts of the
// last 1, 2 ... periods, which each place adds up once; sixteen replicates are scanned together so
// that what belongs to the cylinders is read once for all of them.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "stats/surveillance/internal/quick_random.h"
#include "stats/surveillance/scan_result.h"

namespace zicht::stats::internal {

enum class ScoreKind { kPoisson, kExpectation };

struct CylinderInput {
  const ScanArea& area;
  ScanTable cases;     // whole numbers
  ScanTable expected;  // same shape
  ScoreKind kind = ScoreKind::kPoisson;
};

// Fills counts (places x periods) of one random data set and answers how many cases there are.
using Draw = std::function<void(QuickRandom&, std::vector<std::uint32_t>&)>;

[[nodiscard]] ScanFound scan_cylinders(const CylinderInput& input, const ScanOptions& options,
                                       const Draw& draw, Rng& rng, Executor& executor);

// Shapes and values, rounded down. Errors: SA-0123, SA-0110.
[[nodiscard]] Result<ScanTable> whole_cases(const ScanArea& area, const ScanTable& cases,
                                            const ScanOptions& options);

// Errors: SA-0123 for values, SA-0124 for cases where nothing is expected.
[[nodiscard]] Result<void> check_expected(const ScanArea& area, const ScanTable& cases,
                                          const ScanTable& expected);

}  // namespace zicht::stats::internal
