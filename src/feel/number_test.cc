// Numbers. Method: tables of named values; seeded random pairs whose fast path (int64) must give
// what decimal128 gives for the same values; rounding against its definition over a grid.
#include "feel/number.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/rng.h"
#include "feel/internal/decimal128.h"

namespace zicht::feel {
namespace {

Number number(std::string_view text) {
  const std::optional<Number> parsed = Number::parse(text);
  CAPTURE(std::string(text));
  REQUIRE(parsed.has_value());
  return *parsed;
}

std::string text(const std::optional<Number>& value) { return value ? value->to_string() : "none"; }

TEST_CASE("number: texts that are numbers have one canonical text") {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"0", "0"},
      {"-0", "0"},
      {"-0.00", "0"},
      {"007", "7"},
      {".5", "0.5"},
      {"1.50", "1.5"},
      {"-12.340", "-12.34"},
      {"1.23e4", "12300"},
      {"1.23E+4", "12300"},
      {"1.23e-4", "0.000123"},
      {"9223372036854775807", "9223372036854775807"},
      {"9223372036854775808", "9223372036854775808"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"0.000000000000000001", "0.000000000000000001"},
      {"0.0000000000000000001", "0.0000000000000000001"},
      {"1234567890123456789012345678901234", "1234567890123456789012345678901234"},
      {"12345678901234567890123456789012345", "1.234567890123456789012345678901234E34"},
      {"12345678901234567890123456789012355", "1.234567890123456789012345678901236E34"},
      {"1e400", "1E400"},
      {"1.5e-40", "1.5E-40"},
      {"9.999999999999999999999999999999999e6144", "9.999999999999999999999999999999999E6144"},
      {"1e-6176", "1E-6176"}};
  for (const auto& [given, canonical] : cases) {
    CHECK(number(given).to_string() == canonical);
    CHECK(number(number(given).to_string()) == number(given));
  }
}

TEST_CASE("number: digits beyond all precision count for rounding alone") {
  const std::string zeros(33, '0');
  const std::string many(1000, '0');
  CHECK(number("1" + zeros + ".5" + many).to_string() == "1" + zeros);
  CHECK(number("1" + zeros + ".5" + many + "1").to_string() == "1" + zeros.substr(1) + "1");
  CHECK(number("1" + zeros + ".4" + std::string(1000, '9')).to_string() == "1" + zeros);
  CHECK(number(many + "7").to_string() == "7");
  CHECK(number("0." + many + "7").to_string() == "7E-1001");
}

TEST_CASE("number: other texts are none") {
  for (const char* given : {"", "-", ".", "1.", "+1", "1,5", " 1", "1 ", "1e", "1e+", "0x1", "NaN",
                            "Infinity", "--1", "1.2.3", "1e6145", "1e99999999999"}) {
    CAPTURE(std::string(given));
    CHECK_FALSE(Number::parse(given).has_value());
  }
}

TEST_CASE("number: arithmetic rounds half to even at 34 digits") {
  struct Case {
    const char* a;
    char op;
    const char* b;
    const char* outcome;
  };
  const std::vector<Case> cases = {{"1.2345", '+', "2.234", "3.4685"},
                                   {"0.1", '+', "0.2", "0.3"},
                                   {"9223372036854775807", '+', "1", "9223372036854775808"},
                                   {"9223372036854775808", '-', "1", "9223372036854775807"},
                                   {"9.9e6144", '+', "9.9e6144", "none"},
                                   {"1e34", '+', "0.5", "1E34"},
                                   {"1.1234", '-', "-0.2345", "1.3579"},
                                   {"-9223372036854775808", '-', "1", "-9223372036854775809"},
                                   {"0.000000001", '*', "0.0000000001", "0.0000000000000000001"},
                                   {"4294967296", '*', "4294967296", "18446744073709551616"},
                                   {"1e4000", '*', "1e4000", "none"},
                                   {"1e-4000", '*', "1e-4000", "0"},
                                   {"100", '/', "10", "10"},
                                   {"1", '/', "3", "0.3333333333333333333333333333333333"},
                                   {"2", '/', "3", "0.6666666666666666666666666666666667"},
                                   {"-9223372036854775808", '/', "-1", "9223372036854775808"},
                                   {"7", '/', "0.07", "100"},
                                   {"1", '/', "0", "none"},
                                   {"0", '/', "0", "none"},
                                   {"10", '%', "-4", "-2"},
                                   {"-10", '%', "4", "2"},
                                   {"10.1", '%', "4.5", "1.1"},
                                   {"-10.1", '%', "4.5", "3.4"},
                                   {"10.1", '%', "-4.5", "-3.4"},
                                   {"-10.1", '%', "-4.5", "-1.1"},
                                   {"1e30", '%', "7", "1"},
                                   {"5", '%', "0", "none"},
                                   {"5", '^', "2", "25"},
                                   {"5", '^', "-2", "0.04"},
                                   {"-5", '^', "3", "-125"},
                                   {"1.1", '^', "10", "2.5937424601"},
                                   {"0", '^', "0", "1"},
                                   {"0", '^', "5", "0"},
                                   {"0", '^', "-1", "none"},
                                   {"2", '^', "100", "1267650600228229401496703205376"},
                                   {"2", '^', "0.5", "1.414213562373095048801688724209698"},
                                   {"-2", '^', "0.5", "none"},
                                   {"10", '^', "7000", "none"}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.a) + c.op + c.b);
    const Number a = number(c.a);
    const Number b = number(c.b);
    const std::optional<Number> outcome = c.op == '+'   ? add(a, b)
                                          : c.op == '-' ? subtract(a, b)
                                          : c.op == '*' ? multiply(a, b)
                                          : c.op == '/' ? divide(a, b)
                                          : c.op == '%' ? modulo(a, b)
                                                        : power(a, b);
    CHECK(text(outcome) == c.outcome);
  }
}

TEST_CASE("number: a power that is not exact is right to 32 digits") {
  // (1 + 0.0375/12) ** 360, the factor of a mortgage; Python's decimal with 60 digits, rounded.
  const Number rate = *add(Number(1), *divide(number("0.0375"), Number(12)));
  CHECK(text(round(*power(rate, Number(360)), 31, Rounding::kHalfEven)) ==
        "3.074818395214733959257585890969");
}

TEST_CASE("number: a power with a whole exponent is right to the last digit") {
  // Python's decimal with 80 digits, rounded to 34.
  const Number rate = number("1.003291666666666666666666666666667");
  CHECK(text(power(rate, Number(360))) == "3.264328112832004498287082049822501");
  CHECK(text(power(rate, Number(-360))) == "0.3063417540868582522523639108764134");
  CHECK(text(power(rate, Number(-1500))) == "0.007230902042762820412788356259385753");
  CHECK(text(power(negate(rate), Number(7))) == "-1.023270455532371886230843005936716");
  CHECK(text(power(negate(rate), Number(-360))) == "0.3063417540868582522523639108764134");
}

TEST_CASE("number: functions of one number") {
  CHECK(text(sqrt(Number(4))) == "2");
  CHECK(text(sqrt(number("2"))) == "1.414213562373095048801688724209698");
  CHECK(text(sqrt(Number(-1))) == "none");
  CHECK(text(exp(Number(0))) == "1");
  CHECK(text(exp(Number(1))) == "2.718281828459045235360287471352662");
  CHECK(text(exp(Number(100000))) == "none");
  CHECK(text(log(Number(1))) == "0");
  CHECK(text(log(Number(10))) == "2.302585092994045684017991454684364");
  CHECK(text(log(Number(0))) == "none");
  CHECK(text(log(Number(-1))) == "none");
  CHECK(negate(Number(INT64_MIN)).to_string() == "9223372036854775808");
  CHECK(negate(Number()).to_string() == "0");
  CHECK(abs(number("-1.5")) == number("1.5"));
}

TEST_CASE("number: rounding goes the way that its name says") {
  struct Case {
    const char* value;
    int scale;
    const char* half_even;
    const char* half_up;
    const char* half_down;
    const char* up;
    const char* down;
    const char* floor;
    const char* ceiling;
  };
  const std::vector<Case> cases = {
      {"5.5", 0, "6", "6", "5", "6", "5", "5", "6"},
      {"2.5", 0, "2", "3", "2", "3", "2", "2", "3"},
      {"-5.5", 0, "-6", "-6", "-5", "-6", "-5", "-6", "-5"},
      {"1.121", 2, "1.12", "1.12", "1.12", "1.13", "1.12", "1.12", "1.13"},
      {"-1.126", 2, "-1.13", "-1.13", "-1.13", "-1.13", "-1.12", "-1.13", "-1.12"},
      {"-0.3333", 0, "0", "0", "0", "-1", "0", "-1", "0"},
      {"1250", -2, "1200", "1300", "1200", "1300", "1200", "1200", "1300"},
      {"5", -1, "0", "10", "0", "10", "0", "0", "10"},
      {"5.5", 6176, "5.5", "5.5", "5.5", "5.5", "5.5", "5.5", "5.5"},
      {"5.5", -6111, "0", "0", "0", "1E6111", "0", "0", "1E6111"},
      {"5.5", 6177, "none", "none", "none", "none", "none", "none", "none"},
      {"5.5", -6112, "none", "none", "none", "none", "none", "none", "none"},
      {"0.3333333333333333333333333333333335", 33, "0.333333333333333333333333333333334",
       "0.333333333333333333333333333333334", "0.333333333333333333333333333333333",
       "0.333333333333333333333333333333334", "0.333333333333333333333333333333333",
       "0.333333333333333333333333333333333", "0.333333333333333333333333333333334"}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.value));
    CAPTURE(c.scale);
    const auto rounded = [&](Rounding how) { return text(round(number(c.value), c.scale, how)); };
    CHECK(rounded(Rounding::kHalfEven) == c.half_even);
    CHECK(rounded(Rounding::kHalfUp) == c.half_up);
    CHECK(rounded(Rounding::kHalfDown) == c.half_down);
    CHECK(rounded(Rounding::kUp) == c.up);
    CHECK(rounded(Rounding::kDown) == c.down);
    CHECK(rounded(Rounding::kFloor) == c.floor);
    CHECK(rounded(Rounding::kCeiling) == c.ceiling);
  }
}

// Numbers of all sizes, most of them small, many of them near the limits of the fast path.
Number random_number(SeededRng& rng) {
  const std::uint64_t digits = 1 + rng.below(19);
  std::string made = rng.below(2) == 0 ? "-" : "";
  for (std::uint64_t i = 0; i < digits; ++i) {
    made += static_cast<char>('0' + (rng.below(3) == 0 ? 9 : rng.below(10)));
  }
  if (rng.below(2) == 0) made += "e-" + std::to_string(rng.below(20));
  return number(made);
}

TEST_CASE("number: the fast path gives what decimal128 gives") {
  SeededRng rng(20261127);
  using internal::Operation;
  for (int i = 0; i < 20000; ++i) {
    const Number a = random_number(rng);
    const Number b = random_number(rng);
    CAPTURE(a.to_string());
    CAPTURE(b.to_string());
    REQUIRE(add(a, b) == internal::wide(Operation::kAdd, a, b).number);
    REQUIRE(subtract(a, b) == internal::wide(Operation::kSubtract, a, b).number);
    REQUIRE(multiply(a, b) == internal::wide(Operation::kMultiply, a, b).number);
    if (!b.is_zero()) {
      REQUIRE(divide(a, b) == internal::wide(Operation::kDivide, a, b).number);
    }
    REQUIRE(((a <=> b) < 0) == (internal::wide_compare(a, b) < 0));
    REQUIRE((a == b) == (internal::wide_compare(a, b) == 0));
    REQUIRE(number(a.to_string()) == a);
    REQUIRE(a.hash() == number(a.to_string()).hash());
  }
}

TEST_CASE("number: the smallest of 64 bits has one form") {
  const Number parsed = *Number::parse("-9223372036854775808");
  const Number computed = *subtract(*Number::parse("-9223372036854775807"), Number(1));
  CHECK(parsed == computed);
  CHECK(parsed.hash() == computed.hash());
  CHECK(computed == Number(INT64_MIN));
  CHECK(negate(computed).to_string() == "9223372036854775808");
  CHECK(negate(negate(computed)) == computed);
  CHECK(abs(computed).to_string() == "9223372036854775808");
  CHECK(multiply(computed, Number(-1))->to_string() == "9223372036854775808");
  CHECK(*Number::parse("-922337203685477580.8") == *divide(computed, Number(10)));
}

TEST_CASE("number: doubles and decimals come and go by their shortest text") {
  CHECK(text(Number::from_double(0.1)) == "0.1");
  CHECK(text(Number::from_double(-1e300)) == "-1E300");
  CHECK_FALSE(Number::from_double(1.0 / 0.0).has_value());
  CHECK(number("0.1").to_double() == 0.1);
  CHECK(number("1e400").to_double() > 1e308);
  CHECK(Number::from_decimal(*Decimal::parse("12.50")) == number("12.5"));
  CHECK(number("12.5").to_decimal()->to_string() == "12.5");
  CHECK_FALSE(number("1e40").to_decimal().has_value());
  CHECK(number("42").to_int64() == 42);
  CHECK_FALSE(number("42.5").to_int64().has_value());
  CHECK(number("1e30").is_integer());
  CHECK_FALSE(number("1e-30").is_integer());
}

}  // namespace
}  // namespace zicht::feel
