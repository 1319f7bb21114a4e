// The wide side of Number: sign, coefficient and exponent, and Intel's decimal128 behind them.
#pragma once

#include <cstdint>
#include <optional>

#include "feel/number.h"

namespace zicht::feel::internal {

__extension__ using Wide = unsigned __int128;

// (-1)^is_negative * coefficient * 10^exponent.
struct Parts {
  bool is_negative = false;
  Wide coefficient = 0;
  int exponent = 0;
};

constexpr int kMaxDigits = 34;
constexpr int kMinExponent = -6176;
constexpr int kMaxExponent = 6111;

// 10^n for n in 0..38.
Wide power_of_ten(int n);

Parts parts_of(const Number& value);

// The number in its normal form. Nothing when it is too large; digits below the smallest exponent
// are lost. Requires: coefficient < 10^34.
std::optional<Number> number_of(Parts parts);

enum class Operation : std::uint8_t { kAdd, kSubtract, kMultiply, kDivide, kRemainder, kPower };

struct Outcome {
  std::optional<Number> number{};
  bool is_exact = false;
};

// In decimal128, rounding half to even; the remainder has the sign of `a`.
Outcome wide(Operation operation, const Number& a, const Number& b);

enum class UnaryOperation : std::uint8_t { kSquareRoot, kExponential, kLogarithm };
std::optional<Number> wide(UnaryOperation operation, const Number& value);

// Requires: `text` has the shape of a finite number and ends with a zero byte.
std::optional<Number> wide_from_text(const char* text);

int wide_compare(const Number& a, const Number& b);

}  // namespace zicht::feel::internal
