#include "base/decimal.h"

#include <algorithm>

#include "base/error_catalogue.h"

namespace zicht {
namespace {

__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

// Requires: 0 <= exponent <= 38, the largest power in 128 bits.
Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

std::string digits_of(Wide number) {
  UnsignedWide rest =
      number < 0 ? -static_cast<UnsignedWide>(number) : static_cast<UnsignedWide>(number);
  std::string text;
  do {
    text += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  std::reverse(text.begin(), text.end());
  return text;
}

std::string text_of(Wide coefficient, int scale) {
  std::string text = digits_of(coefficient);
  const auto decimals = static_cast<std::size_t>(scale);
  if (decimals > 0) {
    if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
    text.insert(text.size() - decimals, ".");
  }
  return coefficient < 0 ? "-" + text : text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// True for "0", "12", "0.50": digits without leading zeros, and digits after a point if there is
// one.
bool has_number_shape(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return false;
  if (!std::all_of(whole.begin(), whole.end(), is_digit)) return false;
  if (point == text.size()) return true;
  const std::string_view fraction = text.substr(point + 1);
  return !fraction.empty() && std::all_of(fraction.begin(), fraction.end(), is_digit);
}

}  // namespace

Result<Decimal> Decimal::normal(Wide coefficient, int scale) {
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  const Wide limit = power_of_ten(kMaxDigits);
  if (coefficient >= limit || coefficient <= -limit) {
    return make_error("ZB-0007");
  }
  return Decimal(coefficient, scale);
}

Result<Decimal> Decimal::from_scaled(std::int64_t coefficient, int scale) {
  if (scale < 0 || scale > kMaxScale) return make_error("ZB-0007");
  return normal(coefficient, scale);
}

Decimal Decimal::from_integer(std::int64_t value) { return Decimal(value, 0); }

Result<Decimal> Decimal::parse(std::string_view text) {
  const bool is_negative = !text.empty() && text.front() == '-';
  const std::string_view number = text.substr(is_negative ? 1 : 0);
  if (!has_number_shape(number)) {
    return make_error("ZB-0006", {{"text", std::string(text.substr(0, 60))}});
  }
  const std::size_t point = number.find('.');
  std::string_view digits_end = number;
  if (point != std::string_view::npos) {
    while (digits_end.back() == '0') digits_end.remove_suffix(1);
  }
  Wide coefficient = 0;
  int scale = 0;
  int count = 0;
  for (std::size_t i = 0; i < digits_end.size(); ++i) {
    if (digits_end[i] == '.') continue;
    if (coefficient != 0 || digits_end[i] != '0') ++count;
    if (point < i) ++scale;
    if (count > kMaxDigits || scale > kMaxScale) return make_error("ZB-0007");
    coefficient = coefficient * 10 + (digits_end[i] - '0');
  }
  return normal(is_negative ? -coefficient : coefficient, scale);
}

std::string Decimal::to_string() const { return text_of(coefficient_, scale_); }

Result<Decimal::Wide> Decimal::rescaled(int scale) const {
  if (scale < scale_) return make_error("ZB-0008", {{"scale", std::to_string(scale)}});
  if (scale > kMaxScale) return make_error("ZB-0007");
  Wide product = 0;
  if (__builtin_mul_overflow(coefficient_, power_of_ten(scale - scale_), &product)) {
    return make_error("ZB-0007");
  }
  return product;
}

Result<std::string> Decimal::to_fixed(int scale) const {
  ZICHT_TRY(coefficient, rescaled(scale));
  return text_of(coefficient, scale);
}

Result<std::int64_t> Decimal::to_scaled(int scale) const {
  ZICHT_TRY(coefficient, rescaled(scale));
  if (coefficient > INT64_MAX || coefficient < INT64_MIN) return make_error("ZB-0007");
  return static_cast<std::int64_t>(coefficient);
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  // Whole parts first, then fractions at the common scale: neither can overflow.
  const Wide whole_a = coefficient_ / power_of_ten(scale_);
  const Wide whole_b = other.coefficient_ / power_of_ten(other.scale_);
  if (whole_a != whole_b) return whole_a <=> whole_b;
  const Wide fraction_a = coefficient_ % power_of_ten(scale_) * power_of_ten(kMaxScale - scale_);
  const Wide fraction_b =
      other.coefficient_ % power_of_ten(other.scale_) * power_of_ten(kMaxScale - other.scale_);
  return fraction_a <=> fraction_b;
}

Result<Decimal> add(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale_, b.scale_);
  ZICHT_TRY(left, a.rescaled(scale));
  ZICHT_TRY(right, b.rescaled(scale));
  Decimal::Wide sum = 0;
  if (__builtin_add_overflow(left, right, &sum)) return make_error("ZB-0007");
  return Decimal::normal(sum, scale);
}

Decimal negate(const Decimal& a) { return Decimal(-a.coefficient_, a.scale_); }

Result<Decimal> subtract(const Decimal& a, const Decimal& b) { return add(a, negate(b)); }

}  // namespace zicht
