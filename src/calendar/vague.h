// Vague dates: what Dutch wording such as "voor het zomerreces" can mean, as a window of days.
//
//     const auto found = interpret("vóór het najaar", DateInterval::of_day(Date::of(2024, 6, 4)),
//                                  calendar);
//     found->window;                     // 2024-06-04 .. 2024-08-31
//     found->interpretation.nl;          // the window and the rules behind it, for people
//
// A table of the language, not of any field of work. What is not in the table is not found: never a
// guess. The window is always bounded and is a proposal that a person confirms.
//
// What is chosen where Dutch leaves room, told in `interpretation` each time:
// - Seasons are meteorological, as the KNMI uses them: spring March-May, summer June-August, autumn
//   September-November, winter December-February. ("Winter 2026" can be either winter: both.)
// - "Voor X" and "tot X" end on the day before X begins ("voor 1 juli": 30 June), but "voor het
// eind
//   van X" ends on the last day of X. "Uiterlijk X", "tot en met X" end on the last day of X. All
//   begin on the day of writing.
// - "Begin", "medio", "eind": of a year January-March, May-August, October-December; of a month the
//   days 1-10, 11-20, 21-end; of a season or quarter its first, second, third month.
// - "Rond X" has a month on both sides, two weeks when X is a day. "Na X": the three months after
//   X. "Vanaf", "per" and "met ingang van" X begin in X: the window is X.
// - "Enkele" is two to six (days: two to seven). "Binnen enkele weken": up to six weeks after
//   writing; "over enkele weken": two to six weeks after it. "Binnenkort", "op korte termijn", "zo
//   spoedig mogelijk": up to three months; "zodra gereed": up to twelve months after writing.
// - A day, month, season or recess without a year is the first that can still come when it is
//   written. "Dit" and "deze" keep the year of writing.
// - The summer recess comes from the calendar's configuration; for a year that is missing there it
//   is taken as July and August.
// - When the day of writing is itself a window, the answer spans the answers for all its days.
#pragma once

#include <optional>
#include <string_view>

#include "base/date.h"
#include "calendar/holidays.h"

namespace zicht::calendar {

struct Interpretation {
  DateInterval window{};
  LocalizedText interpretation{};  // the days that are meant, and by which rules
  bool certain = false;            // true only for a plain date with its year
  bool operator==(const Interpretation&) const = default;
};

// Case, accents, punctuation and surplus blanks do not matter. Misses when the wording is unknown,
// when a day in it does not exist (31-02), when it ends before it can have been written ("voor 1
// juli 2023" in 2024), when the window would leave the years 1900..2199, and when `written` is
// longer than ten years.
std::optional<Interpretation> interpret(std::string_view words, const DateInterval& written,
                                        const Calendar& calendar);

}  // namespace zicht::calendar
