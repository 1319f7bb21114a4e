// UncertainDate: a date as somebody wrote it, with the days it can mean.
//
//     UncertainDate dated{"[datum] 2025", {Date::of(2025, 1, 1), Date::of(2025, 1, 31)}};
//     ZICHT_TRY(due, due_window(dated, {.term = Period::of_months(3)}, calendar));
//     due.days;                                     // 2025-04-01 .. 2025-04-30
//
// The words are kept literally; the window is what the product computes with. An exact date is a
// window of one day. An uncertain date is never silently narrowed to one day.
#pragma once

#include <string>
#include <string_view>

#include "base/date.h"
#include "calendar/term.h"

namespace zicht::calendar {

struct UncertainDate {
  std::string words{};    // as written; may be empty for a date that was entered as a date
  DateInterval window{};  // closed

  // A date without doubt; the words are its ISO form.
  static UncertainDate of_day(Date day) { return {day.to_string(), DateInterval::of_day(day)}; }

  bool is_certain() const { return window.is_one_day(); }
  bool operator==(const UncertainDate&) const = default;
};

// The due window of a term that starts on an uncertain date. Errors: as due_date.
inline Result<DueWindow> due_window(const UncertainDate& start, const TermRequest& request,
                                    const Calendar& calendar) {
  return due_window(start.window, request, calendar);
}

}  // namespace zicht::calendar
