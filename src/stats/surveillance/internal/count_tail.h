// Tails of counts with mean mu and variance phi mu: negative binomial with size mu / (phi - 1) and
// probability 1 / phi, Poisson where phi = 1 (Noufaily et al. 2013, section 3.4).
#pragma once

namespace zicht::stats::internal {

// P(Y >= count). Requires: mean >= 0 and finite, phi >= 1.
[[nodiscard]] double count_tail(double count, double mean, double phi);

// The lowest count c with P(Y <= c) >= 1 - alpha. Requires: as above, 0 < alpha < 1.
[[nodiscard]] double count_bound(double alpha, double mean, double phi);

// z with P(Z > z) = alpha for a standard normal Z.
[[nodiscard]] double normal_bound(double alpha);

// P(Z > z).
[[nodiscard]] double normal_tail(double z);

}  // namespace zicht::stats::internal
