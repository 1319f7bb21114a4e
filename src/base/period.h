// Period: a length of calendar time, written as in ISO 8601 ("P3M", "P2W", "P1Y6M14D").
//
//     ZICHT_TRY(term, Period::parse("P3M"));
//     ZICHT_TRY(end, add_period(Date::of(2025, 1, 31), term));   // 2025-04-30
//
// The parts are kept as written: P1M is not P30D and P4W prints as P4W. There are no hours, no
// fractions and no negative lengths. Terms in hours and rules about working days are in calendar/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.h"

namespace zicht {

struct Period {
  std::int32_t years = 0;
  std::int32_t months = 0;
  std::int32_t weeks = 0;
  std::int32_t days = 0;

  // Each part 0..999999, at least one part, in the order Y M W D. Errors: ZB-0004.
  static Result<Period> parse(std::string_view text);

  static constexpr Period of_days(std::int32_t days) { return {0, 0, 0, days}; }
  static constexpr Period of_weeks(std::int32_t weeks) { return {0, 0, weeks, 0}; }
  static constexpr Period of_months(std::int32_t months) { return {0, months, 0, 0}; }
  static constexpr Period of_years(std::int32_t years) { return {years, 0, 0, 0}; }

  constexpr bool is_zero() const { return years == 0 && months == 0 && weeks == 0 && days == 0; }

  // "P3M"; an empty period is "P0D". parse(to_string()) gives the same parts.
  std::string to_string() const;

  constexpr bool operator==(const Period&) const = default;
};

// Years and months first (clamped to the length of the month, once), then weeks and days.
// Errors: ZB-0002 when the outcome leaves the years 1..9999.
Result<Date> add_period(Date date, const Period& period);

// "3 maanden", "1 jaar en 14 dagen" / "3 months", "1 year and 14 days".
LocalizedText long_text(const Period& period);

}  // namespace zicht
