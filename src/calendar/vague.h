// Vague dates: what Dutch wording such as "voor het zomerreces" can mean, as a window of days.
//
//     const auto found = interpret("vóór het najaar", DateInterval::of_day(Date::of(2024, 6, 4)),
//                                  calendar);
//     found->window;                     // 2024-08-31, one day
//     found->interpretation.nl;          // the window and the rules behind it, for people
//
// A table of the language, not of any field of work. What is not in the table is not found: never a
// guess. The window holds the days on which it falls due: "deze zomer" can fall due on any day of
// the summer, "voor 1 juli" falls due on 30 June. It is always bounded, and is a proposal that a
// person confirms.
//
// What is chosen where Dutch leaves room, told in `interpretation` each time:
// - Seasons are meteorological, as the KNMI uses them: spring March-May, summer June-August, autumn
//   September-November, winter December-February. ("Winter 2026" can be either winter: both.)
// - "Voor X" and "tot X" fall due on the day before X begins, but "voor het eind van X" on the last
//   day of X, as do "uiterlijk X" and "tot en met X".
// - "Begin", "medio", "eind" of a year are its first, middle and last two months; of a month the
//   days 1-10, 11-20, 21-end; of a season or quarter its first, second, third month.
// - "Rond X" has a month on both sides, two weeks when X is a day. "Na X": the three months after
//   X. "Vanaf", "per" and "met ingang van" X begin in X: the window is X.
// - "Binnen zes weken" falls due six weeks after writing. "Enkele" is two to six (days: two to
//   seven): "binnen" and "over enkele weken" fall due two to six weeks after writing. "Binnenkort",
//   "op korte termijn", "zo spoedig mogelijk": within three months; "zodra gereed": within twelve.
// - A day, month, season or recess without a year is the first that can still come when it is
//   written. "Dit" and "deze" keep the year of writing. Neither falls due before it is written:
//   "deze zomer", written on 4 June, begins on 4 June.
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
// when a day in it does not exist (31-02), when it falls due before it is written ("voor 1
// juli 2023" in 2024), when the window would leave the years 1900..2199, and when `written` is
// longer than ten years.
std::optional<Interpretation> interpret(std::string_view words, const DateInterval& written,
                                        const Calendar& calendar);

}  // namespace zicht::calendar
