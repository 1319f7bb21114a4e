// Decimal: an exact decimal number, such as an amount of money or a rate. Never a float.
//
//     ZICHT_TRY(price, Decimal::parse("12.50"));
//     price.to_string();                            // "12.5": canonical, no trailing zeros
//     ZICHT_TRY(shown, price.to_fixed(2));          // "12.50": a money field fixes its scale
//
// In JSON and in the journal a decimal is a string. At most 36 digits, of which at most 18 after
// the point. Adding and subtracting are exact or an error; multiplying and dividing belong to FEEL.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zicht {

class Decimal {
 public:
  static constexpr int kMaxDigits = 36;
  static constexpr int kMaxScale = 18;

  // Zero.
  constexpr Decimal() = default;

  // coefficient / 10^scale. Errors: ZB-0007 when scale is outside 0..18.
  static Result<Decimal> from_scaled(std::int64_t coefficient, int scale);
  static Decimal from_integer(std::int64_t value);

  // "-0.50", "12", "1000.001": optional minus, no leading zeros, no exponent, no blanks.
  // Errors: ZB-0006 for another shape, ZB-0007 for too many digits.
  static Result<Decimal> parse(std::string_view text);

  // The one canonical text of this value: no trailing zeros, "0" for zero, parse() reads it back.
  std::string to_string() const;

  // With exactly `scale` decimals. Errors: ZB-0008 when digits would be lost, ZB-0007.
  Result<std::string> to_fixed(int scale) const;

  // value * 10^scale, such as cents for 2. Errors: ZB-0008 when digits would be lost, ZB-0007
  // when it does not fit in 64 bits.
  Result<std::int64_t> to_scaled(int scale) const;

  int scale() const { return scale_; }  // digits after the point in to_string()
  bool is_negative() const { return coefficient_ < 0; }
  bool is_zero() const { return coefficient_ == 0; }

  bool operator==(const Decimal&) const = default;
  std::strong_ordering operator<=>(const Decimal& other) const;

  friend Result<Decimal> add(const Decimal& a, const Decimal& b);
  friend Decimal negate(const Decimal& a);

 private:
  __extension__ using Wide = __int128;
  Decimal(Wide coefficient, int scale) : coefficient_(coefficient), scale_(scale) {}
  static Result<Decimal> normal(Wide coefficient, int scale);
  Result<Wide> rescaled(int scale) const;

  // Normal form: |coefficient_| < 10^36 and no factor 10 left unless scale_ is 0.
  Wide coefficient_ = 0;
  int scale_ = 0;
};

// Errors: ZB-0007 when the exact outcome needs more than 36 digits.
Result<Decimal> add(const Decimal& a, const Decimal& b);
Result<Decimal> subtract(const Decimal& a, const Decimal& b);
Decimal negate(const Decimal& a);

}  // namespace zicht
