// Number: a FEEL number, an IEEE 754 decimal128 of 34 digits that rounds half to even.
//
//     Number price = *Number::parse("12.50");
//     std::optional<Number> total = multiply(price, Number(3));    // 37.5
//
// Most numbers of a form are counts and amounts: those are an int64 coefficient with 0..18 decimals
// and are computed exactly in a few instructions. Everything else is decimal128 (Intel's library),
// and the outcome is the same to the digit. There are no infinities and no NaN: an operation that
// would give one gives nothing. No number is negative zero.
//
// Normal form: small wherever the value fits, without trailing zeros; so equal numbers have equal
// members, and string(1.50) is "1.5".
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace zicht::feel {

enum class Rounding : std::uint8_t { kHalfEven, kHalfUp, kHalfDown, kUp, kDown, kFloor, kCeiling };

class Number {
 public:
  static constexpr int kMaxSmallScale = 18;
  static constexpr int kMinScale = -6111;  // of DMN: decimal(n, scale) and the rounding functions
  static constexpr int kMaxScale = 6176;

  constexpr Number() = default;
  constexpr Number(std::int64_t integer) : low_(integer) {}

  // "-1.50", ".5", "1.2e-3", "1E400": digits with one point, and an exponent. Digits beyond 34 are
  // rounded. Nothing for another shape or a magnitude of 1E6145 and above.
  static std::optional<Number> parse(std::string_view text);

  // coefficient / 10^scale. Requires: scale 0..18.
  static Number from_scaled(std::int64_t coefficient, int scale);
  // The same for parts that are in normal form already, such as those of another Number.
  static constexpr Number from_normal(std::int64_t coefficient, std::int8_t scale) {
    Number made(coefficient);
    made.scale_ = scale;
    return made;
  }
  static Number from_decimal(const Decimal& decimal);
  // The shortest decimal that reads back as the same double. Nothing for NaN and infinity.
  static std::optional<Number> from_double(double value);

  // Canonical: no trailing zeros after the point, no plus. Digits are written out between 1E-34 and
  // 1E34 ("0.0000001"); beyond that in scientific form ("1.5E-40").
  std::string to_string() const;
  double to_double() const;                      // the nearest
  std::optional<std::int64_t> to_int64() const;  // where integral and in range
  std::optional<Decimal> to_decimal() const;     // where it fits without loss

  bool is_integer() const;
  bool is_zero() const { return !is_wide_ && low_ == 0; }
  bool is_negative() const;
  bool is_small() const { return !is_wide_; }
  std::int64_t small_coefficient() const { return low_; }  // Requires: is_small()
  int small_scale() const { return scale_; }               // Requires: is_small()

  std::size_t hash() const;
  bool operator==(const Number&) const = default;
  std::strong_ordering operator<=>(const Number& other) const;

 private:
  friend struct NumberAccess;

  // Small: low_ / 10^scale_. Wide: low_ and high_ are the two words of a decimal128 (BID).
  std::int64_t low_ = 0;
  std::int64_t high_ = 0;
  std::int8_t scale_ = 0;
  bool is_wide_ = false;
};

// Nothing when the outcome is no finite number: overflow, division by zero, 0 ** -1, sqrt(-1).
std::optional<Number> add(const Number& a, const Number& b);
std::optional<Number> subtract(const Number& a, const Number& b);
std::optional<Number> multiply(const Number& a, const Number& b);
std::optional<Number> divide(const Number& a, const Number& b);
std::optional<Number> power(const Number& base, const Number& exponent);
// dividend - divisor * floor(dividend / divisor): the sign of the divisor.
std::optional<Number> modulo(const Number& dividend, const Number& divisor);
std::optional<Number> sqrt(const Number& value);
std::optional<Number> exp(const Number& value);
std::optional<Number> log(const Number& value);  // natural
Number negate(const Number& value);
Number abs(const Number& value);
// To `scale` digits after the point; a negative scale rounds tens and up. Nothing where the scale
// lies outside kMinScale..kMaxScale.
std::optional<Number> round(const Number& value, int scale, Rounding rounding);

}  // namespace zicht::feel
