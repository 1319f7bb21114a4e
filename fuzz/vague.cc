#include "calendar/vague.h"

#include "targets.h"

namespace zicht::fuzz {

void vague(std::string_view input) {
  const calendar::Calendar calendar;
  const DateInterval written = DateInterval::of_day(Date::of(2025, 5, 14));
  const auto found = calendar::interpret(input, written, calendar);
  if (!found) return;
  must(found->window.first <= found->window.last, "a window ends when or after it begins");
  must(!found->interpretation.nl.empty(), "a window says which days are meant");
}

}  // namespace zicht::fuzz
