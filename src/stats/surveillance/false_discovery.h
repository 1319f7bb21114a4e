// False discovery control: of all streams that stand out today, how many may be chance?
//
//     const auto q = adjusted_p_values(p_values);       // a signal where q <= 0.1
//
// Source: Benjamini and Hochberg (1995), JRSS B 57:289-300: with p(1) <= ... <= p(n),
//     q(i) = min over j >= i of min(1, n p(j) / j)
// Keeping q <= level holds the expected share of false signals to `level`, for streams that are
// independent or depend on each other positively. Streams that could not be judged take no part.
//
// Domain: p in [0, 1]; NaN stays NaN and does not count in n. Empty: empty. One: itself. Exact up
// to rounding; worked example of the paper in the test. Cost: n log n. Pure, thread-safe.
#pragma once

#include <vector>

namespace zicht::stats {

// In the order given. Requires: each is NaN or within [0, 1].
[[nodiscard]] std::vector<double> adjusted_p_values(const std::vector<double>& p_values);

}  // namespace zicht::stats
