// Period: reading, printing, adding. Method: tables, and a round trip over all small periods.
#include "base/period.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace zicht {
namespace {

TEST_CASE("period: every small period is printed and read back unchanged") {
  for (int years = 0; years < 3; ++years) {
    for (int months = 0; months < 14; ++months) {
      for (int weeks = 0; weeks < 3; ++weeks) {
        for (int days = 0; days < 3; ++days) {
          const Period period{years, months, weeks, days};
          REQUIRE(*Period::parse(period.to_string()) == period);
        }
      }
    }
  }
}

TEST_CASE("period: the ISO text is read part by part") {
  CHECK(*Period::parse("P3M") == Period::of_months(3));
  CHECK(*Period::parse("P1Y6M2W14D") == Period{1, 6, 2, 14});
  CHECK(*Period::parse("P0D") == Period{});
  CHECK(Period::of_weeks(6).to_string() == "P6W");
  CHECK(Period{}.to_string() == "P0D");
}

TEST_CASE("period: hours, fractions, signs and wrong order are refused") {
  for (const char* text : {"", "P", "3M", "P3", "PM", "P3m", "P-3M", "-P3M", "P3M1Y", "P3M3M",
                           "PT36H", "P1DT1H", "P1.5M", "P1,5M", "P3M ", "P1000000D", "P3X"}) {
    CAPTURE(std::string(text));
    const auto period = Period::parse(text);
    REQUIRE(!period.has_value());
    CHECK(period.error().id == "ZB-0004");
  }
}

TEST_CASE("period: months are added before days, and clamped once") {
  struct Case {
    const char* start;
    const char* period;
    const char* end;
  };
  for (const Case& c : std::vector<Case>{{"2025-01-31", "P3M", "2025-04-30"},
                                         {"2025-01-31", "P1M1D", "2025-03-01"},
                                         {"2024-01-31", "P1Y1M", "2025-02-28"},
                                         {"2025-04-30", "P9M", "2026-01-30"},
                                         {"2025-01-31", "P6W", "2025-03-14"},
                                         {"2025-01-31", "P0D", "2025-01-31"}}) {
    CAPTURE(std::string(c.period));
    CHECK(add_period(*Date::parse(c.start), *Period::parse(c.period))->to_string() == c.end);
  }
  CHECK(add_period(Date::of(2025, 1, 1), Period::of_years(999999)).error().id == "ZB-0002");
}

TEST_CASE("period: the long text counts in words people use") {
  CHECK(long_text(Period::of_months(3)) == LocalizedText{"3 maanden", "3 months"});
  CHECK(long_text(Period::of_weeks(1)) == LocalizedText{"1 week", "1 week"});
  CHECK(long_text(Period{1, 6, 0, 14}) ==
        LocalizedText{"1 jaar, 6 maanden en 14 dagen", "1 year, 6 months and 14 days"});
}

}  // namespace
}  // namespace zicht
