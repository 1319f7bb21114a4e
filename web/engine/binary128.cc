// From decimal128 to binary128, for exp, log and pow of Intel's library, which go through binary
// numbers. The library has tables of 800 kB for this; here the powers of ten are computed when they
// are needed. Both round exactly, so the outcome is the same.
#include <bid_conf.h>
#include <bid_functions.h>

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace {

using Wide = unsigned __int128;

// A natural number, lowest part first.
class Natural {
 public:
  explicit Natural(Wide value) {
    for (; value != 0; value >>= 32U) parts_.push_back(static_cast<std::uint32_t>(value));
  }

  void multiply(std::uint32_t factor) {
    std::uint64_t carry = 0;
    for (std::uint32_t& part : parts_) {
      carry += std::uint64_t{part} * factor;
      part = static_cast<std::uint32_t>(carry);
      carry >>= 32U;
    }
    if (carry != 0) parts_.push_back(static_cast<std::uint32_t>(carry));
  }

  void multiply_by_power_of_ten(int exponent) {
    for (; exponent >= 9; exponent -= 9) multiply(1'000'000'000);
    for (; exponent > 0; --exponent) multiply(10);
  }

  void shift_left(int bits) {
    parts_.insert(parts_.begin(), static_cast<std::size_t>(bits / 32), 0);
    if (bits % 32 != 0) multiply(std::uint32_t{1} << static_cast<unsigned>(bits % 32));
  }

  int bits() const {
    return parts_.empty() ? 0
                          : static_cast<int>(32 * parts_.size()) - std::countl_zero(parts_.back());
  }

  bool is_zero() const { return parts_.empty(); }
  bool bit(int index) const {
    return index >= 0 && (parts_[static_cast<std::size_t>(index / 32)] >> (index % 32) & 1U) != 0;
  }
  // Whether one of the bits below this one is set.
  bool has_bits_below(int index) const {
    for (int i = 0; i < index; ++i) {
      if (bit(i)) return true;
    }
    return false;
  }

  bool is_less(const Natural& other) const {
    if (parts_.size() != other.parts_.size()) return parts_.size() < other.parts_.size();
    for (std::size_t i = parts_.size(); i-- > 0;) {
      if (parts_[i] != other.parts_[i]) return parts_[i] < other.parts_[i];
    }
    return false;
  }

  // Requires: not less than `other`.
  void subtract(const Natural& other) {
    std::int64_t borrow = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      borrow += parts_[i];
      if (i < other.parts_.size()) borrow -= other.parts_[i];
      parts_[i] = static_cast<std::uint32_t>(borrow);
      borrow >>= 32;
    }
    while (!parts_.empty() && parts_.back() == 0) parts_.pop_back();
  }

 private:
  std::vector<std::uint32_t> parts_;
};

constexpr int kPrecision = 113;
constexpr int kLowBits = 128;
constexpr int kBias = 16383;
constexpr int kMaxExponent = 32767;  // of infinity

// high.low * 2^exponent with 1 <= high.low < 2: `high` has 113 bits, one of them before the point.
struct Binary {
  Wide high = 0;
  Wide low = 0;
  bool has_rest = false;  // something follows behind `low`
  int exponent = 0;
};

void push(Binary& number, int place, bool bit) {
  Wide& part = place < kPrecision ? number.high : number.low;
  part = part << 1U | (bit ? 1U : 0U);
}

// coefficient * 10^exponent. Requires: coefficient > 0.
Binary binary_of(Wide coefficient, int exponent) {
  Binary number;
  constexpr int kBits = kPrecision + kLowBits;
  Natural rest(coefficient);
  if (exponent >= 0) {
    rest.multiply_by_power_of_ten(exponent);
    const int bits = rest.bits();
    number.exponent = bits - 1;
    for (int i = 0; i < kBits; ++i) push(number, i, rest.bit(bits - 1 - i));
    number.has_rest = rest.has_bits_below(bits - kBits);
    return number;
  }
  Natural divisor(1);
  divisor.multiply_by_power_of_ten(-exponent);
  number.exponent = rest.bits() - divisor.bits();
  if (number.exponent > 0) divisor.shift_left(number.exponent);
  if (number.exponent < 0) rest.shift_left(-number.exponent);
  if (rest.is_less(divisor)) {
    rest.shift_left(1);
    --number.exponent;
  }
  for (int i = 0; i < kBits; ++i) {
    const bool fits = !rest.is_less(divisor);
    if (fits) rest.subtract(divisor);
    push(number, i, fits);
    rest.shift_left(1);
  }
  number.has_rest = !rest.is_zero();
  return number;
}

struct Decimal {
  bool is_negative = false;
  Wide coefficient = 0;
  int exponent = 0;
};

// Requires: a finite number in canonical form, as decimal128.cc makes them.
Decimal decimal_of(const BID_UINT128& bits) {
  constexpr std::uint64_t kCoefficient = (std::uint64_t{1} << 49U) - 1;
  return {bits.w[1] >> 63U != 0, Wide{bits.w[1] & kCoefficient} << 64U | bits.w[0],
          static_cast<int>(bits.w[1] >> 49U & 0x3fffU) - 6176};
}

// `significand` has 113 bits, or fewer for a number below the normal ones (exponent 0).
BID_UINT128 packed(bool is_negative, int exponent, Wide significand) {
  constexpr Wide kFraction = (Wide{1} << (kPrecision - 1)) - 1;
  const Wide bits = (Wide{is_negative ? 1U : 0U} << 127U) |
                    (Wide{static_cast<unsigned>(exponent)} << (kPrecision - 1)) |
                    (significand & kFraction);
  BID_UINT128 out;
  out.w[0] = static_cast<std::uint64_t>(bits);
  out.w[1] = static_cast<std::uint64_t>(bits >> 64U);
  return out;
}

// Moves the number right where it is too small for a normal exponent; its biased exponent.
int made_to_fit(Binary& number) {
  int exponent = number.exponent + kBias;
  for (; exponent < 1; ++exponent) {
    number.has_rest |= (number.low & 1U) != 0;
    number.low = number.low >> 1U | (number.high & 1U) << 127U;
    number.high >>= 1U;
    if (number.high == 0 && number.low == 0) return 1;
  }
  return exponent;
}

}  // namespace

extern "C" {

BID_UINT128 bid128_to_binary128(BID_UINT128 x, _IDEC_round, _IDEC_flags*) {
  const Decimal decimal = decimal_of(x);
  if (decimal.coefficient == 0) return packed(decimal.is_negative, 0, 0);
  Binary number = binary_of(decimal.coefficient, decimal.exponent);
  int exponent = made_to_fit(number);
  constexpr Wide kHalf = Wide{1} << 127U;
  const bool is_half = number.low == kHalf && !number.has_rest;
  if (number.low > kHalf || (number.low == kHalf && number.has_rest) ||
      (is_half && (number.high & 1U) != 0)) {
    ++number.high;
    if (number.high >> kPrecision != 0) {
      number.high >>= 1U;
      ++exponent;
    }
  }
  if (exponent >= kMaxExponent) return packed(decimal.is_negative, kMaxExponent, 0);
  const bool is_normal = number.high >> (kPrecision - 1) != 0;
  return packed(decimal.is_negative, is_normal ? exponent : 0, number.high);
}

void bid128_to_binary128_2part(BID_UINT128* high, BID_UINT128* low, BID_UINT128 x) {
  const Decimal decimal = decimal_of(x);
  *high = *low = packed(decimal.is_negative, 0, 0);
  if (decimal.coefficient == 0) return;
  Binary number = binary_of(decimal.coefficient, decimal.exponent);
  int exponent = made_to_fit(number);
  if (exponent >= kMaxExponent) {
    *high = packed(decimal.is_negative, kMaxExponent, 0);
    return;
  }
  const bool is_normal = number.high >> (kPrecision - 1) != 0;
  *high = packed(decimal.is_negative, is_normal ? exponent : 0, number.high);
  if (number.low == 0) return;
  const auto upper = static_cast<std::uint64_t>(number.low >> 64U);
  const int zeros = upper != 0 ? std::countl_zero(upper)
                               : 64 + std::countl_zero(static_cast<std::uint64_t>(number.low));
  exponent = (is_normal ? exponent : 0) - kPrecision - zeros;
  if (exponent < 0) return;
  *low = packed(decimal.is_negative, exponent, number.low << zeros >> (kLowBits - kPrecision));
}

}  // extern "C"
