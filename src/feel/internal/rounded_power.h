// Powers with a whole exponent whose digits do not all fit: compound interest, annuities.
#pragma once

#include <cstdint>
#include <optional>

#include "feel/number.h"

namespace zicht::feel::internal {

// base^exponent by squaring in binary floating point of 128 bits, then rounded to 34 digits. The
// error is at most half of the last digit, and 1/8000 of it more for each one of the exponent.
// Nothing outside the exponents -4096..4096 and the values between about 1E-5 and 1E33: those are
// for the library. Requires: base is not zero.
std::optional<Number> rounded_power(const Number& base, std::int64_t exponent);

}  // namespace zicht::feel::internal
