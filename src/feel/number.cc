#include "feel/number.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "base/check.h"
#include "base/json.h"
#include "feel/internal/decimal128.h"
#include "feel/internal/rounded_power.h"

namespace zicht::feel {
namespace {

using internal::Operation;
using internal::Parts;
using internal::Wide;
__extension__ using SignedWide = __int128;

constexpr std::array<std::int64_t, 19> kPowers = [] {
  std::array<std::int64_t, 19> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

std::int64_t power_of(int n) { return kPowers[static_cast<std::size_t>(n)]; }

// The normal form of coefficient / 10^scale. Requires: scale 0..18.
Number small(std::int64_t coefficient, int scale) {
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  return Number::from_normal(coefficient, static_cast<std::int8_t>(scale));
}

// Small numbers as int64 coefficients of one scale.
struct Aligned {
  std::int64_t a = 0;
  std::int64_t b = 0;
  int scale = 0;
};

std::optional<Aligned> aligned(const Number& a, const Number& b) {
  if (!a.is_small() || !b.is_small()) return std::nullopt;
  Aligned both{a.small_coefficient(), b.small_coefficient(), a.small_scale()};
  const int difference = a.small_scale() - b.small_scale();
  if (difference == 0) return both;
  std::int64_t& lower = difference > 0 ? both.b : both.a;
  if (__builtin_mul_overflow(lower, power_of(std::abs(difference)), &lower)) return std::nullopt;
  both.scale = std::max(a.small_scale(), b.small_scale());
  return both;
}

std::size_t digit_run(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return end - from;
}

struct Shape {
  std::size_t whole = 0;     // digits before the point
  std::size_t fraction = 0;  // digits after it
  bool is_negative = false;
  bool has_exponent = false;
};

// How the text is built, or nothing when it is no number.
std::optional<Shape> shape_of(std::string_view text) {
  Shape shape;
  std::size_t at = 0;
  if (text.starts_with('-')) {
    shape.is_negative = true;
    ++at;
  }
  shape.whole = digit_run(text, at);
  at += shape.whole;
  if (at < text.size() && text[at] == '.') {
    shape.fraction = digit_run(text, at + 1);
    if (shape.fraction == 0) return std::nullopt;
    at += 1 + shape.fraction;
  }
  if (shape.whole + shape.fraction == 0) return std::nullopt;
  if (at == text.size()) return shape;
  if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
  ++at;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  const std::size_t exponent = digit_run(text, at);
  // Longer exponents are beyond every number; the library reads few digits only.
  if (exponent == 0 || exponent > 9 || at + exponent != text.size()) return std::nullopt;
  shape.has_exponent = true;
  return shape;
}

// A text of the same value after rounding to 34 digits, with few digits: the library takes every
// digit behind its hundredth for a reason to round up, zeros too.
std::string shortened(std::string_view text, const Shape& shape) {
  constexpr std::size_t kKept = 40;
  std::string digits;
  std::size_t at = 0;
  for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
    const bool is_leading_zero = text[at] == '0' && digits.empty();
    if (text[at] >= '0' && text[at] <= '9' && !is_leading_zero) digits += text[at];
  }
  std::int64_t exponent = 0;
  if (shape.has_exponent) {
    const std::string_view given = text.substr(text[at + 1] == '+' ? at + 2 : at + 1);
    std::from_chars(given.data(), given.data() + given.size(), exponent);
  }
  exponent -= static_cast<std::int64_t>(shape.fraction);
  if (digits.size() > kKept) {
    const bool has_rest = digits.find_first_not_of('0', kKept) != std::string::npos;
    exponent += static_cast<std::int64_t>(digits.size() - kKept);
    digits.resize(kKept);
    if (has_rest) digits.back() = '1';  // of digit 40: no more than a sign that something follows
  }
  return (shape.is_negative ? "-" : "") + (digits.empty() ? "0" : digits) + "E" +
         std::to_string(exponent);
}

std::string digits_of(Wide coefficient) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(coefficient % 10));
    coefficient /= 10;
  } while (coefficient > 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

std::optional<Number> Number::parse(std::string_view text) {
  const std::optional<Shape> shape = shape_of(text);
  if (!shape) return std::nullopt;
  constexpr std::size_t kSafeDigits = 18;
  if (shape->has_exponent || shape->whole + shape->fraction > kSafeDigits) {
    return internal::wide_from_text(shortened(text, *shape).c_str());
  }
  std::int64_t coefficient = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') coefficient = coefficient * 10 + (c - '0');
  }
  if (shape->is_negative) coefficient = -coefficient;
  return small(coefficient, static_cast<int>(shape->fraction));
}

Number Number::from_scaled(std::int64_t coefficient, int scale) {
  ZICHT_CHECK(scale >= 0 && scale <= kMaxSmallScale, "scale 0..18");
  return small(coefficient, scale);
}

Number Number::from_decimal(const Decimal& decimal) {
  const std::optional<Number> parsed = parse(decimal.to_string());
  ZICHT_CHECK(parsed.has_value(), "the text of a Decimal is a number");
  return *parsed;
}

std::optional<Number> Number::from_double(double value) {
  if (!std::isfinite(value)) return std::nullopt;
#ifdef __cpp_lib_to_chars
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  return parse({text.data(), end.ptr});
#else
  // The library of the browser's compiler has none for doubles.
  return parse(json::serialize(Json(value)));
#endif
}

std::string Number::to_string() const {
  const Parts parts = internal::parts_of(*this);
  std::string digits = digits_of(parts.coefficient);
  const std::string sign = parts.is_negative ? "-" : "";
  const int length = static_cast<int>(digits.size());
  const int leading = length + parts.exponent;  // digits before the point
  if (parts.exponent >= 0 && leading <= internal::kMaxDigits) {
    return sign + digits + std::string(static_cast<std::size_t>(parts.exponent), '0');
  }
  if (parts.exponent < 0 && leading > 0) {
    return sign + digits.insert(static_cast<std::size_t>(leading), ".");
  }
  if (parts.exponent < 0 && leading > -internal::kMaxDigits) {
    return sign + "0." + std::string(static_cast<std::size_t>(-leading), '0') + digits;
  }
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  if (digits.size() > 1) digits.insert(1, ".");
  return sign + digits + "E" + std::to_string(leading - 1);
}

double Number::to_double() const {
  const std::string text = to_string();
#ifdef __cpp_lib_to_chars
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc::result_out_of_range) return value;
  const double magnitude =
      internal::parts_of(*this).exponent > 0 ? std::numeric_limits<double>::infinity() : 0;
  return is_negative() ? -magnitude : magnitude;
#else
  return std::strtod(text.c_str(), nullptr);
#endif
}

std::optional<std::int64_t> Number::to_int64() const {
  if (is_wide_ || scale_ != 0) return std::nullopt;
  return low_;
}

std::optional<Decimal> Number::to_decimal() const {
  if (!is_wide_) {
    const Result<Decimal> made = Decimal::from_scaled(low_, scale_);
    return made.has_value() ? std::optional(*made) : std::nullopt;
  }
  const Result<Decimal> made = Decimal::parse(to_string());
  return made.has_value() ? std::optional(*made) : std::nullopt;
}

bool Number::is_integer() const {
  return is_wide_ ? internal::parts_of(*this).exponent >= 0 : scale_ == 0;
}

bool Number::is_negative() const {
  return is_wide_ ? internal::parts_of(*this).is_negative : low_ < 0;
}

std::size_t Number::hash() const {
  const auto low = static_cast<std::uint64_t>(low_);
  const auto rest = static_cast<std::uint64_t>(high_) ^ static_cast<std::uint64_t>(scale_);
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;
  const std::uint64_t mixed = (low ^ (rest * kOdd)) * kOdd;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32));
}

std::strong_ordering Number::operator<=>(const Number& other) const {
  if (is_wide_ || other.is_wide_) return internal::wide_compare(*this, other) <=> 0;
  if (scale_ == other.scale_) return low_ <=> other.low_;
  const auto scaled = [](const Number& value, const Number& by) {
    const int up = std::max(by.scale_ - value.scale_, 0);
    return static_cast<SignedWide>(value.low_) * power_of(up);
  };
  const SignedWide mine = scaled(*this, other);
  const SignedWide theirs = scaled(other, *this);
  if (mine == theirs) return std::strong_ordering::equal;
  return mine < theirs ? std::strong_ordering::less : std::strong_ordering::greater;
}

std::optional<Number> add(const Number& a, const Number& b) {
  if (const std::optional<Aligned> both = aligned(a, b)) {
    std::int64_t sum = 0;
    if (!__builtin_add_overflow(both->a, both->b, &sum)) return small(sum, both->scale);
  }
  return internal::wide(Operation::kAdd, a, b).number;
}

std::optional<Number> subtract(const Number& a, const Number& b) {
  if (const std::optional<Aligned> both = aligned(a, b)) {
    std::int64_t difference = 0;
    if (!__builtin_sub_overflow(both->a, both->b, &difference)) {
      return small(difference, both->scale);
    }
  }
  return internal::wide(Operation::kSubtract, a, b).number;
}

std::optional<Number> multiply(const Number& a, const Number& b) {
  if (a.is_small() && b.is_small()) {
    const int scale = a.small_scale() + b.small_scale();
    std::int64_t product = 0;
    if (scale <= Number::kMaxSmallScale &&
        !__builtin_mul_overflow(a.small_coefficient(), b.small_coefficient(), &product)) {
      return small(product, scale);
    }
  }
  return internal::wide(Operation::kMultiply, a, b).number;
}

std::optional<Number> divide(const Number& a, const Number& b) {
  if (b.is_zero()) return std::nullopt;
  const std::optional<Aligned> both = aligned(a, b);
  // The smallest int64 divided by -1 overflows; it goes the long way.
  if (both && both->a != std::numeric_limits<std::int64_t>::min() && both->a % both->b == 0) {
    return Number(both->a / both->b);
  }
  return internal::wide(Operation::kDivide, a, b).number;
}

namespace {

// Whether base^exponent surely has more digits than a number can hold: what does not end in a zero
// has no power that does. Requires: base is not zero.
bool is_too_long(const Number& base, std::int64_t exponent) {
  Wide coefficient = internal::parts_of(base).coefficient;
  while (coefficient % 10 == 0) coefficient /= 10;
  int digits = 1;
  while (coefficient >= internal::power_of_ten(digits)) ++digits;
  return digits > 1 && exponent > internal::kMaxDigits / (digits - 1);
}

// base^exponent by squaring, or nothing as soon as a step is not exact.
std::optional<Number> exact_power(Number base, std::int64_t exponent) {
  if (is_too_long(base, exponent)) return std::nullopt;
  Number power(1);
  while (exponent > 0) {
    if (exponent % 2 != 0) {
      const internal::Outcome step = internal::wide(Operation::kMultiply, power, base);
      if (!step.is_exact || !step.number) return std::nullopt;
      power = *step.number;
    }
    exponent /= 2;
    if (exponent == 0) break;
    const internal::Outcome square = internal::wide(Operation::kMultiply, base, base);
    if (!square.is_exact || !square.number) return std::nullopt;
    base = *square.number;
  }
  return power;
}

}  // namespace

std::optional<Number> power(const Number& base, const Number& exponent) {
  if (exponent.is_zero()) return Number(1);
  if (base.is_zero() && exponent.is_negative()) return std::nullopt;
  if (base.is_zero()) return Number();
  const std::optional<std::int64_t> whole = exponent.to_int64();
  // The library's pow goes through logarithms: its last digits may be off.
  if (whole && *whole != std::numeric_limits<std::int64_t>::min()) {
    if (const std::optional<Number> exact = exact_power(base, std::abs(*whole))) {
      return *whole > 0 ? exact : divide(Number(1), *exact);
    }
    if (const std::optional<Number> rounded = internal::rounded_power(base, *whole)) return rounded;
  }
  return internal::wide(Operation::kPower, base, exponent).number;
}

std::optional<Number> modulo(const Number& dividend, const Number& divisor) {
  if (divisor.is_zero()) return std::nullopt;
  const std::optional<Number> remainder =
      internal::wide(Operation::kRemainder, dividend, divisor).number;
  if (!remainder || remainder->is_zero()) return remainder;
  return remainder->is_negative() == divisor.is_negative() ? remainder : add(*remainder, divisor);
}

std::optional<Number> sqrt(const Number& value) {
  if (value.is_negative()) return std::nullopt;
  return internal::wide(internal::UnaryOperation::kSquareRoot, value);
}

std::optional<Number> exp(const Number& value) {
  if (value.is_zero()) return Number(1);
  return internal::wide(internal::UnaryOperation::kExponential, value);
}

std::optional<Number> log(const Number& value) {
  if (value.is_negative() || value.is_zero()) return std::nullopt;
  return internal::wide(internal::UnaryOperation::kLogarithm, value);
}

Number negate(const Number& value) {
  Parts parts = internal::parts_of(value);
  parts.is_negative = !parts.is_negative;
  return *internal::number_of(parts);
}

Number abs(const Number& value) { return value.is_negative() ? negate(value) : value; }

namespace {

// Whether quotient has to grow by one, where `remainder` of 10^dropped was cut off.
bool rounds_up(const Parts& kept, Wide remainder, int dropped, Rounding rounding) {
  if (remainder == 0) return false;
  // From 36 digits on the half is larger than every coefficient.
  const Wide half = 5 * internal::power_of_ten(std::min(dropped, 36) - 1);
  switch (rounding) {
    case Rounding::kHalfEven:
      return remainder > half || (remainder == half && kept.coefficient % 2 != 0);
    case Rounding::kHalfUp:
      return remainder >= half;
    case Rounding::kHalfDown:
      return remainder > half;
    case Rounding::kUp:
      return true;
    case Rounding::kDown:
      return false;
    case Rounding::kFloor:
      return kept.is_negative;
    case Rounding::kCeiling:
      return !kept.is_negative;
  }
  return false;
}

}  // namespace

std::optional<Number> round(const Number& value, int scale, Rounding rounding) {
  if (scale < Number::kMinScale || scale > Number::kMaxScale) return std::nullopt;
  Parts parts = internal::parts_of(value);
  const int dropped = -scale - parts.exponent;
  if (dropped <= 0 || parts.coefficient == 0) return value;
  Wide remainder = parts.coefficient;
  parts.exponent = -scale;
  if (dropped > 38) {
    parts.coefficient = 0;
  } else {
    remainder = parts.coefficient % internal::power_of_ten(dropped);
    parts.coefficient /= internal::power_of_ten(dropped);
  }
  if (rounds_up(parts, remainder, dropped, rounding)) ++parts.coefficient;
  return internal::number_of(parts);
}

}  // namespace zicht::feel
