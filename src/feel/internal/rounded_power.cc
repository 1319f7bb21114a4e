#include "feel/internal/rounded_power.h"

#include <bit>

#include "feel/internal/decimal128.h"

namespace zicht::feel::internal {
namespace {

constexpr std::int64_t kMaxExponentOfPower = 4096;
constexpr int kMaxPowerOfTen = 38;  // that fits 128 bits
constexpr Wide kTop = Wide{1} << 127;

// mantissa * 2^exponent, with the highest bit of the mantissa set; the rest is cut off.
struct Binary {
  Wide mantissa = kTop;
  int exponent = -127;
};

// A product of 256 bits.
struct Product {
  Wide high = 0;
  Wide low = 0;
};

Product multiplied(Wide a, Wide b) {
  constexpr Wide kLow = ~std::uint64_t{0};
  const Wide low = (a & kLow) * (b & kLow);
  const Wide left = (a >> 64) * (b & kLow);
  const Wide right = (a & kLow) * (b >> 64);
  const Wide middle = (low >> 64) + (left & kLow) + (right & kLow);
  return {(a >> 64) * (b >> 64) + (left >> 64) + (right >> 64) + (middle >> 64),
          middle << 64 | (low & kLow)};
}

Binary multiplied(const Binary& a, const Binary& b) {
  const Product product = multiplied(a.mantissa, b.mantissa);
  const int exponent = a.exponent + b.exponent;
  if (product.high >= kTop) return {product.high, exponent + 128};
  return {product.high << 1 | product.low >> 127, exponent + 127};
}

// The next 64 bits of `rest` / `divisor` behind the point; `rest` becomes what is left of it, moved
// up as much (Knuth, The Art of Computer Programming 2, 4.3.1 D). Requires: the highest bit of the
// divisor is set, and rest < divisor.
std::uint64_t next_bits(Wide& rest, Wide divisor) {
  const Wide top = divisor >> 64;
  const Wide low = static_cast<std::uint64_t>(divisor);
  Wide bits = rest >> 64 >= top ? Wide{~std::uint64_t{0}} : rest / top;
  Wide left = rest - bits * top;
  while (left >> 64 == 0 && low * bits > left << 64) {
    --bits;
    left += top;
  }
  // Above 128 bits the two sides agree, so that wrapping round does no harm.
  rest = (rest << 64) - bits * divisor;
  return static_cast<std::uint64_t>(bits);
}

// rest * 2^128 / divisor, the rest of it cut off. Requires: as for next_bits().
Wide fraction(Wide rest, Wide divisor) {
  const Wide high = next_bits(rest, divisor);
  return high << 64 | next_bits(rest, divisor);
}

int zeros_before(Wide value) {
  const auto high = static_cast<std::uint64_t>(value >> 64);
  return high != 0 ? std::countl_zero(high)
                   : 64 + std::countl_zero(static_cast<std::uint64_t>(value));
}

// Requires: neither is zero.
Binary quotient(Wide dividend, Wide divisor) {
  const int up = zeros_before(dividend);
  const int down = zeros_before(divisor);
  dividend <<= up;
  divisor <<= down;
  if (dividend < divisor) return {fraction(dividend, divisor), down - up - 128};
  return {kTop | fraction(dividend - divisor, divisor) >> 1, down - up - 127};
}

Binary inverse(const Binary& value) {
  // 2^255 / mantissa has 128 bits; of the one mantissa where it has 129 the inverse is known.
  if (value.mantissa == kTop) return {kTop, -value.exponent - 254};
  return {fraction(kTop, value.mantissa), -value.exponent - 255};
}

// value * 10^scale as a whole number, rounded. Requires: that is less than 2^127.
Wide scaled(const Binary& value, int scale) {
  const Product product = multiplied(value.mantissa, power_of_ten(scale));
  const int shift = -value.exponent;
  if (shift > 128) {
    const Wide above = product.high >> (shift - 129);
    return (above >> 1) + (above & 1);
  }
  if (shift == 128) return product.high + (product.low >> 127);
  const Wide above = product.low >> (shift - 1);
  return (product.high << (128 - shift)) + (above >> 1) + (above & 1);
}

// With 34 digits; nothing where those lie elsewhere than scaled() can tell.
std::optional<Number> number_of(const Binary& value, bool is_negative) {
  const int highest = value.exponent + 127;  // value >= 2^highest
  if (highest < -16 || highest > 109) return std::nullopt;
  int scale = kMaxDigits - 1 - (highest * 30103 - (highest < 0 ? 99999 : 0)) / 100000;
  if (scale > kMaxPowerOfTen) return std::nullopt;
  Wide digits = scaled(value, scale);
  if (digits >= power_of_ten(kMaxDigits)) digits = scaled(value, --scale);
  if (digits >= power_of_ten(kMaxDigits)) return std::nullopt;
  return number_of(Parts{is_negative, digits, -scale});
}

}  // namespace

std::optional<Number> rounded_power(const Number& base, std::int64_t exponent) {
  if (exponent < -kMaxExponentOfPower || exponent > kMaxExponentOfPower) return std::nullopt;
  const Parts parts = parts_of(base);
  if (parts.exponent > 0 || parts.exponent < -kMaxPowerOfTen) return std::nullopt;
  Binary square = quotient(parts.coefficient, power_of_ten(-parts.exponent));
  Binary power{};
  for (std::int64_t left = exponent < 0 ? -exponent : exponent; left > 0; left /= 2) {
    if (left % 2 != 0) power = multiplied(power, square);
    if (left > 1) square = multiplied(square, square);
  }
  const bool is_negative = parts.is_negative && exponent % 2 != 0;
  return number_of(exponent < 0 ? inverse(power) : power, is_negative);
}

}  // namespace zicht::feel::internal
