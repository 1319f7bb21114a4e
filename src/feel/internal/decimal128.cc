// The only file that knows Intel's library and the encoding of its numbers (BID).
#include "feel/internal/decimal128.h"

#include <bid_conf.h>
#include <bid_functions.h>

#include <array>
#include <bit>
#include <limits>

namespace zicht::feel {

// Reads and writes the members of Number for this file.
struct NumberAccess {
  static BID_UINT128 bits(const Number& value) {
    BID_UINT128 bits;
    bits.w[0] = static_cast<BID_UINT64>(value.low_);
    bits.w[1] = static_cast<BID_UINT64>(value.high_);
    return bits;
  }
  static Number wide(std::uint64_t low, std::uint64_t high) {
    Number made;
    made.low_ = static_cast<std::int64_t>(low);
    made.high_ = static_cast<std::int64_t>(high);
    made.is_wide_ = true;
    return made;
  }
};

}  // namespace zicht::feel

namespace zicht::feel::internal {
namespace {

constexpr int kExponentShift = 49;
constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
constexpr std::uint64_t kHighCoefficient = (std::uint64_t{1} << kExponentShift) - 1;
constexpr std::uint64_t kExponentMask = 0x3fff;

constexpr std::array<Wide, 39> kPowers = [] {
  std::array<Wide, 39> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

BID_UINT128 encoded(const Parts& parts) {
  BID_UINT128 bits;
  bits.w[0] = static_cast<std::uint64_t>(parts.coefficient);
  bits.w[1] = static_cast<std::uint64_t>(parts.coefficient >> 64) |
              static_cast<std::uint64_t>(parts.exponent - kMinExponent) << kExponentShift |
              (parts.is_negative ? kSign : 0);
  return bits;
}

Parts decoded(const BID_UINT128& bits) {
  Parts parts;
  parts.is_negative = (bits.w[1] & kSign) != 0;
  parts.exponent = static_cast<int>(bits.w[1] >> kExponentShift & kExponentMask) + kMinExponent;
  parts.coefficient = static_cast<Wide>(bits.w[1] & kHighCoefficient) << 64 | bits.w[0];
  return parts;
}

BID_UINT128 bits_of(const Number& value) {
  return value.is_small() ? encoded(parts_of(value)) : NumberAccess::bits(value);
}

std::optional<Number> number_of(const BID_UINT128& bits) {
  if (bid128_isFinite(bits) == 0) return std::nullopt;
  return internal::number_of(decoded(bits));
}

// No trailing zeros: first the long steps, as a division of 128 bits is slow; none where there are
// fewer factors of two than of ten.
void strip_zeros(Parts& parts) {
  const auto twos = [&] {
    const auto low = static_cast<std::uint64_t>(parts.coefficient);
    return low == 0 ? 64 : std::countr_zero(low);
  };
  for (const int step : {16, 8, 4, 2, 1}) {
    while (twos() >= step && parts.coefficient % kPowers[static_cast<std::size_t>(step)] == 0) {
      parts.coefficient /= kPowers[static_cast<std::size_t>(step)];
      parts.exponent += step;
      if (step != 16) break;
    }
  }
}

std::optional<Number> small_of(const Parts& parts) {
  // One more below zero: otherwise -2^63 were one number in two forms.
  const Wide max =
      static_cast<Wide>(std::numeric_limits<std::int64_t>::max()) + (parts.is_negative ? 1 : 0);
  Wide coefficient = parts.coefficient;
  int scale = -parts.exponent;
  if (scale > Number::kMaxSmallScale || scale < -Number::kMaxSmallScale) return std::nullopt;
  if (coefficient > max) return std::nullopt;
  if (scale < 0) {
    coefficient *= power_of_ten(-scale);
    if (coefficient > max) return std::nullopt;
    scale = 0;
  }
  const auto magnitude = static_cast<std::uint64_t>(coefficient);
  return Number::from_normal(
      static_cast<std::int64_t>(parts.is_negative ? 0 - magnitude : magnitude),
      static_cast<std::int8_t>(scale));
}

}  // namespace

Wide power_of_ten(int n) { return kPowers[static_cast<std::size_t>(n)]; }

Parts parts_of(const Number& value) {
  if (!value.is_small()) return decoded(NumberAccess::bits(value));
  const std::int64_t coefficient = value.small_coefficient();
  const auto magnitude = static_cast<std::uint64_t>(coefficient);
  return {coefficient < 0, coefficient < 0 ? Wide{0 - magnitude} : Wide{magnitude},
          -value.small_scale()};
}

std::optional<Number> number_of(Parts parts) {
  if (parts.coefficient == 0) return Number();
  strip_zeros(parts);
  if (const std::optional<Number> small = small_of(parts)) return small;
  while (parts.exponent > kMaxExponent) {
    if (parts.coefficient >= power_of_ten(kMaxDigits - 1)) return std::nullopt;
    parts.coefficient *= 10;
    --parts.exponent;
  }
  while (parts.exponent < kMinExponent) {
    parts.coefficient /= 10;
    ++parts.exponent;
    if (parts.coefficient == 0) return Number();
  }
  const BID_UINT128 bits = encoded(parts);
  return NumberAccess::wide(bits.w[0], bits.w[1]);
}

Outcome wide(Operation operation, const Number& a, const Number& b) {
  const BID_UINT128 x = bits_of(a);
  const BID_UINT128 y = bits_of(b);
  _IDEC_flags flags = 0;
  BID_UINT128 outcome{};
  switch (operation) {
    case Operation::kAdd:
      outcome = bid128_add(x, y, BID_ROUNDING_TO_NEAREST, &flags);
      break;
    case Operation::kSubtract:
      outcome = bid128_sub(x, y, BID_ROUNDING_TO_NEAREST, &flags);
      break;
    case Operation::kMultiply:
      outcome = bid128_mul(x, y, BID_ROUNDING_TO_NEAREST, &flags);
      break;
    case Operation::kDivide:
      outcome = bid128_div(x, y, BID_ROUNDING_TO_NEAREST, &flags);
      break;
    case Operation::kRemainder:
      outcome = bid128_fmod(x, y, &flags);
      break;
    case Operation::kPower:
      outcome = bid128_pow(x, y, BID_ROUNDING_TO_NEAREST, &flags);
      break;
  }
  return {number_of(outcome), (flags & BID_INEXACT_EXCEPTION) == 0};
}

std::optional<Number> wide(UnaryOperation operation, const Number& value) {
  const BID_UINT128 x = bits_of(value);
  _IDEC_flags flags = 0;
  switch (operation) {
    case UnaryOperation::kSquareRoot:
      return number_of(bid128_sqrt(x, BID_ROUNDING_TO_NEAREST, &flags));
    case UnaryOperation::kExponential:
      return number_of(bid128_exp(x, BID_ROUNDING_TO_NEAREST, &flags));
    case UnaryOperation::kLogarithm:
      return number_of(bid128_log(x, BID_ROUNDING_TO_NEAREST, &flags));
  }
  return std::nullopt;
}

std::optional<Number> wide_from_text(const char* text) {
  _IDEC_flags flags = 0;
  // The library takes a pointer to text that it does not change.
  return number_of(bid128_from_string(const_cast<char*>(text), BID_ROUNDING_TO_NEAREST, &flags));
}

int wide_compare(const Number& a, const Number& b) {
  const BID_UINT128 x = bits_of(a);
  const BID_UINT128 y = bits_of(b);
  _IDEC_flags flags = 0;
  if (bid128_quiet_less(x, y, &flags) != 0) return -1;
  return bid128_quiet_less(y, x, &flags) != 0 ? 1 : 0;
}

}  // namespace zicht::feel::internal
