// Decimal. Method: tables, and an oracle in plain 64-bit integers over seeded random numbers small
// enough for it.
#include "base/decimal.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/rng.h"

namespace zicht {
namespace {

Decimal number(std::string_view text) { return *Decimal::parse(text); }

TEST_CASE("decimal: each value has one canonical text") {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"12.50", "12.5"},
      {"0", "0"},
      {"-0", "0"},
      {"0.00", "0"},
      {"100", "100"},
      {"100.0", "100"},
      {"-0.050", "-0.05"},
      {"1000.001", "1000.001"},
      {"0.000000000000000001", "0.000000000000000001"},
      {"1.0000000000000000000000", "1"},
      {"999999999999999999999999999999999999", "999999999999999999999999999999999999"}};
  for (const auto& [text, canonical] : cases) {
    CAPTURE(std::string(text));
    CHECK(number(text).to_string() == canonical);
    CHECK(number(canonical) == number(text));
  }
}

TEST_CASE("decimal: what is no plain number is refused") {
  for (const char* text : {"", "-", ".", "1.", ".5", "+1", "01", "00", "1e3", "1,5", " 1", "1 ",
                           "1.2.3", "--1", "0x1", "1_000", "NaN", "1.-5"}) {
    CAPTURE(std::string(text));
    const auto decimal = Decimal::parse(text);
    REQUIRE(!decimal.has_value());
    CHECK(decimal.error().id == "ZB-0006");
  }
  for (const char* text : {"1000000000000000000000000000000000000", "0.1234567890123456789"}) {
    CAPTURE(std::string(text));
    CHECK(Decimal::parse(text).error().id == "ZB-0007");
  }
}

TEST_CASE("decimal: order and sums agree with whole numbers on 20,000 random pairs (seed 11)") {
  SeededRng rng(11);
  for (int i = 0; i < 20'000; ++i) {
    const auto a = static_cast<std::int64_t>(rng.below(2'000'001)) - 1'000'000;
    const auto b = static_cast<std::int64_t>(rng.below(2'001)) - 1'000;
    const Decimal x = *Decimal::from_scaled(a, 3);
    const Decimal y = *Decimal::from_scaled(b, 1);
    const std::int64_t y_thousandths = b * 100;
    REQUIRE((x <=> y) == (a <=> y_thousandths));
    REQUIRE(*add(x, y)->to_scaled(3) == a + y_thousandths);
    REQUIRE(*subtract(x, y)->to_scaled(3) == a - y_thousandths);
  }
}

TEST_CASE("decimal: numbers of very different size compare without overflow") {
  const Decimal huge = number("999999999999999999999999999999999999");
  const Decimal tiny = number("0.000000000000000001");
  CHECK(tiny < huge);
  CHECK(negate(huge) < negate(tiny));
  CHECK(number("1.5") < number("1.500000000000000001"));
}

TEST_CASE("decimal: a sum that needs too many digits is an error") {
  const Decimal huge = number("999999999999999999999999999999999999");
  CHECK(add(huge, number("1")).error().id == "ZB-0007");
  CHECK(add(huge, number("0.000000000000000001")).error().id == "ZB-0007");
  CHECK(*add(huge, negate(huge)) == Decimal());
}

TEST_CASE("decimal: a fixed scale shows zeros and never drops digits") {
  CHECK(*number("12.5").to_fixed(2) == "12.50");
  CHECK(*number("-0.05").to_fixed(2) == "-0.05");
  CHECK(*number("3").to_fixed(0) == "3");
  CHECK(number("12.345").to_fixed(2).error().id == "ZB-0008");
  CHECK(*number("176000000.01").to_scaled(2) == 17'600'000'001);
  CHECK(number("92233720368547758.08").to_scaled(2).error().id == "ZB-0007");
  CHECK(*number("92233720368547758.07").to_scaled(2) == INT64_MAX);
  CHECK(Decimal::from_integer(INT64_MIN).to_string() == "-9223372036854775808");
}

}  // namespace
}  // namespace zicht
