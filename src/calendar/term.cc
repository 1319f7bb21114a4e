#include "calendar/term.h"

#include <algorithm>
#include <array>

#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "calendar/internal/term_steps.h"

namespace zicht::calendar {
namespace {

using internal::Stage;
using internal::Stages;

// Clamping happens once, at the end, so periods are joined before they are added to a date.
Period joined(const Period& a, const Period& b) {
  return {a.years + b.years, a.months + b.months, a.weeks + b.weeks, a.days + b.days};
}

bool holds_on(const RegimeVersion& version, Date start) {
  return version.from <= start && (!version.to || start < *version.to);
}

// What one start day is judged with, after the checks on the request.
struct Rules {
  Period term;
  std::optional<Period> extension;
  bool act_applies = false;
};

std::vector<DateInterval> merged(std::vector<DateInterval> intervals) {
  std::sort(intervals.begin(), intervals.end(),
            [](const DateInterval& a, const DateInterval& b) { return a.first < b.first; });
  std::vector<DateInterval> out;
  for (const DateInterval& next : intervals) {
    if (next.last < next.first) continue;
    if (!out.empty() && next.first <= out.back().last) {
      out.back().last = std::max(out.back().last, next.last);
    } else {
      out.push_back(next);
    }
  }
  return out;
}

bool is_in(const std::vector<DateInterval>& intervals, Date day) {
  return std::any_of(intervals.begin(), intervals.end(),
                     [&](const DateInterval& i) { return i.contains(day); });
}

Result<void> check_extension(Date start, const Regime& regime, const RegimeVersion& version,
                             const Rules& rules) {
  if (!rules.extension) return {};
  const Period limit = version.extension.value_or(Period{});
  ZICHT_TRY(asked, add_period(start, joined(rules.term, *rules.extension)));
  ZICHT_TRY(allowed, add_period(start, joined(rules.term, limit)));
  if (asked <= allowed) return {};
  return make_error("CA-0007", {{"regime", regime.id}, {"limit", long_text(limit)}});
}

Result<Rules> rules_for(Date start, const TermRequest& request) {
  Rules rules;
  rules.extension = request.extension;
  const RegimeVersion* version = nullptr;
  if (request.regime != nullptr) {
    version = request.regime->find_version(start);
    if (version == nullptr) {
      return make_error("CA-0005", {{"regime", request.regime->id}, {"date", start.to_string()}});
    }
    if (!version->allows_suspension && !request.suspensions.empty()) {
      return make_error("CA-0008", {{"regime", request.regime->id}});
    }
  }
  const std::optional<Period> term =
      request.term || version == nullptr ? request.term : version->term;
  if (!term) return make_error("CA-0006");
  rules.term = *term;
  if (version != nullptr) {
    ZICHT_CHECKED(check_extension(start, *request.regime, *version, rules));
    rules.act_applies = version->general_terms_act &&
                        is_within_general_terms_act(rules.extension.value_or(rules.term));
  }
  return rules;
}

// Each suspended day in the run moves the end, which may draw in the next suspension.
Result<Date> after_suspensions(Date start, Date end, const std::vector<DateInterval>& suspended) {
  const Date first_day = *add_days(start, start < Date::max() ? 1 : 0);
  for (const DateInterval& interval : suspended) {
    if (interval.first > end) break;
    if (interval.last < first_day) continue;
    if (interval.last == Date::max()) return Date::max();
    const std::int64_t days = days_between(std::max(interval.first, first_day), interval.last) + 1;
    ZICHT_TRY(moved, add_days(end, days));
    end = moved;
  }
  return end;
}

// Art. 2: the second working day of the run, when that comes after `end`.
Result<Date> with_two_working_days(Date start, Date end, const Calendar& calendar,
                                   const std::vector<DateInterval>& suspended) {
  int working_days = 0;
  Date day = start;
  while (working_days < 2) {
    ZICHT_TRY(next, add_days(day, 1));
    day = next;
    if (!is_in(suspended, day) && calendar.is_working_day(day)) ++working_days;
  }
  return std::max(day, end);
}

Result<Date> next_working_day(Date day, const Calendar& calendar) {
  while (!calendar.is_working_day(day)) {
    ZICHT_TRY(next, add_days(day, 1));
    day = next;
  }
  return day;
}

bool has_three_days(const Period& period) {
  return period.years > 0 || period.months > 0 || period.weeks > 0 || period.days >= 3;
}

Result<Stages> stages_for(Date start, const TermRequest& request, const Calendar& calendar,
                          const std::vector<DateInterval>& suspended) {
  ZICHT_TRY(rules, rules_for(start, request));
  Stages stages;
  stages.act_applies = rules.act_applies;
  const Period whole = joined(rules.term, rules.extension.value_or(Period{}));
  ZICHT_TRY(term_end, add_period(start, rules.term));
  ZICHT_TRY(extended, add_period(start, whole));
  ZICHT_TRY(end, after_suspensions(start, extended, suspended));
  stages.ends[Stage::kTerm] = term_end;
  stages.ends[Stage::kExtension] = extended;
  stages.ends[Stage::kSuspension] = end;
  stages.ends[Stage::kTwoWorkingDays] = end;
  stages.ends[Stage::kNextWorkingDay] = end;
  if (!rules.act_applies || end == Date::max()) return stages;
  if (has_three_days(whole)) {
    ZICHT_TRY(grown, with_two_working_days(start, end, calendar, suspended));
    stages.ends[Stage::kTwoWorkingDays] = grown;
  }
  ZICHT_TRY(moved, next_working_day(stages.ends[Stage::kTwoWorkingDays], calendar));
  stages.ends[Stage::kNextWorkingDay] = moved;
  return stages;
}

// Without these, a later start never ends earlier and both ends of the window suffice.
bool must_try_every_day(const DateInterval& start, const TermRequest& request,
                        const std::vector<DateInterval>& suspended) {
  if (request.regime != nullptr &&
      request.regime->find_version(start.first) != request.regime->find_version(start.last)) {
    return true;
  }
  return std::any_of(suspended.begin(), suspended.end(), [&](const DateInterval& s) {
    return s.first <= start.last && s.last > start.first;
  });
}

}  // namespace

const RegimeVersion* Regime::find_version(Date start) const {
  for (const RegimeVersion& version : versions) {
    if (holds_on(version, start)) return &version;
  }
  return nullptr;
}

std::vector<Problem> check_regime(const Regime& regime) {
  std::vector<Problem> problems;
  if (regime.versions.empty()) {
    problems.push_back(make_problem("CA-0002", "/versions", {{"regime", regime.id}}));
  }
  for (std::size_t i = 0; i < regime.versions.size(); ++i) {
    const RegimeVersion& version = regime.versions[i];
    const std::string where = "/versions/" + std::to_string(i);
    const std::string from = version.from.to_string();
    if (version.to && *version.to <= version.from) {
      problems.push_back(
          make_problem("CA-0003", where,
                       {{"regime", regime.id}, {"from", from}, {"to", version.to->to_string()}}));
    }
    // Two versions overlap exactly when one of them holds on the first day of the other.
    for (const RegimeVersion& other : regime.versions) {
      const bool is_first_of_twins = other.from == version.from && &other < &version;
      if (&other == &version || !holds_on(other, version.from) || is_first_of_twins) continue;
      problems.push_back(make_problem("CA-0004", where, {{"regime", regime.id}, {"from", from}}));
    }
  }
  return problems;
}

bool is_within_general_terms_act(const Period& period) {
  if (period.years > 0 || period.months > 3) return false;
  const std::int64_t rest_days = std::int64_t{period.weeks} * 7 + period.days;
  if (period.months == 0) {
    return period.weeks == 0 ? period.days <= 90 : rest_days <= 12 * 7;
  }
  return rest_days <= (3 - period.months) * 30;
}

Result<DueWindow> due_window(const DateInterval& start, const TermRequest& request,
                             const Calendar& calendar) {
  ZICHT_CHECK(start.first <= start.last, "a window ends on or after its first day");
  const std::vector<DateInterval> suspended = merged(request.suspensions);
  ZICHT_TRY(earliest, stages_for(start.first, request, calendar, suspended));
  Stages latest = earliest;
  const bool every_day = must_try_every_day(start, request, suspended);
  for (Date day = start.first; day < start.last;) {
    day = every_day ? *add_days(day, 1) : start.last;
    ZICHT_TRY(stages, stages_for(day, request, calendar, suspended));
    for (std::size_t i = 0; i < stages.ends.size(); ++i) {
      earliest.ends[i] = std::min(earliest.ends[i], stages.ends[i]);
      latest.ends[i] = std::max(latest.ends[i], stages.ends[i]);
    }
    latest.act_applies = latest.act_applies || stages.act_applies;
  }
  const DateInterval days{earliest.ends.back(), latest.ends.back()};
  return DueWindow{days, internal::explain(start, request, calendar, earliest, latest)};
}

Result<DueDate> due_date(Date start, const TermRequest& request, const Calendar& calendar) {
  ZICHT_TRY(window, due_window(DateInterval::of_day(start), request, calendar));
  return DueDate{window.days.first, std::move(window.steps)};
}

Result<Instant> due_instant(Instant start, std::int64_t hours) {
  ZICHT_CHECK(hours >= 0, "a term in hours counts forward");
  std::int64_t microseconds = 0;
  if (__builtin_mul_overflow(hours, kMicrosecondsPerHour, &microseconds)) {
    return make_error("ZB-0002");
  }
  return add_microseconds(start, microseconds);
}

Result<Instant> end_of_term(Date last_day) {
  ZICHT_TRY(next, add_days(last_day, 1));
  return amsterdam_midnight(next);
}

}  // namespace zicht::calendar
