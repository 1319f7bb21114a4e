// Terms: on which day does a term end, and why.
//
//     TermRequest request{.regime = &objection};                    // six weeks, Act applies
//     ZICHT_TRY(due, due_date(Date::of(2025, 1, 31), request, calendar));
//     due.date;                                                     // the last day of the term
//     due.steps;                                                    // shown under "Waarom?"
//
// A term runs from the day after its start day and ends at local midnight at the end of its last
// day (amsterdam.h). In this order:
//   1. term       start + period; months are clamped once (31-01 + P3M = 30-04)
//   2. extension  start + (period + extension), part by part: one month extended by one is two
//   3. suspension each suspended day after the start and before the end moves the end by one day
//   4. general terms act, where the regime says so (Algemene termijnenwet, BWBR0002448):
//      art. 2  a term of three days or more holds at least two working days, else it grows
//      art. 1  an end on a Saturday, Sunday or holiday moves to the next working day
//      art. 4  not for a period of hours, over 90 days, over 12 weeks, over 3 months, or of years;
//              with an extension, the period that ends last decides
// The Act applies to terms set in a law or order, not to a term set in a decision: such a regime
// says general_terms_act = false. Terms counted backwards are not computed here.
//
// Pure functions without state. A due date with its explanation costs about 2 microseconds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/instant.h"
#include "base/period.h"
#include "calendar/holidays.h"

namespace zicht::calendar {

// What the law (or decision) said about a term during a time.
struct RegimeVersion {
  Date from{};                        // first start day it holds for
  std::optional<Date> to{};           // exclusive; absent: still in force
  std::optional<Period> term{};       // default of the request; absent: the request must give one
  std::optional<Period> extension{};  // the longest extension; absent: none possible
  bool allows_suspension = false;
  bool general_terms_act = false;  // Algemene termijnenwet applies
  std::string source{};            // id of a source of the pack, or a citation

  bool operator==(const RegimeVersion&) const = default;
};

struct Regime {
  std::string id{};
  LocalizedText title{};
  std::string law{};      // "Awb"
  std::string article{};  // "6:7"
  std::vector<RegimeVersion> versions{};

  // The version in force on that start day, or null.
  const RegimeVersion* find_version(Date start) const;

  bool operator==(const Regime&) const = default;
};

// What is wrong with a regime as a whole: no version, an end before the start, versions that
// overlap (CA-0002..CA-0004), all at once; `where` is the JSON pointer of the version.
std::vector<Problem> check_regime(const Regime& regime);

// One step of the explanation. `from` and `to` are the due window before and after the step (one
// day each for a certain start; equal when the step confirms that nothing had to move).
struct TermStep {
  std::string rule{};  // term, extension, suspension, two_working_days, next_working_day
  DateInterval from{};
  DateInterval to{};
  std::string source{};  // law and article, or empty
  LocalizedText text{};  // one sentence for people
  bool operator==(const TermStep&) const = default;
};

struct TermRequest {
  // Not owned. Null: a term set in a decision or promise; any extension and suspension is allowed
  // and the general terms act does not apply.
  const Regime* regime = nullptr;
  std::optional<Period> term{};  // absent: the regime's
  std::optional<Period> extension{};
  std::vector<DateInterval> suspensions{};  // any order; last == Date::max(): not ended yet
};

struct DueDate {
  Date date{};  // the last day; Date::max() while a suspension has no end
  std::vector<TermStep> steps{};
};

// Errors: CA-0005 no version of the regime holds on the start day, CA-0006 no term in request and
// regime, CA-0007 extension longer than the regime allows, CA-0008 suspension not allowed,
// ZB-0002 the end leaves the years 1..9999.
Result<DueDate> due_date(Date start, const TermRequest& request, const Calendar& calendar);

// A due window: the earliest and the latest day on which the term may end.
struct DueWindow {
  DateInterval days{};
  std::vector<TermStep> steps{};
};

// For a start that is only known to lie in `start`. Without suspensions a later start never gives
// an earlier end, so both ends suffice; with suspensions that touch the window, and across a change
// of the regime, every start day is looked at (cost: one term per day of the window). Errors: as
// due_date, for any start day in the window.
Result<DueWindow> due_window(const DateInterval& start, const TermRequest& request,
                             const Calendar& calendar);

// True when the general terms act covers a term described by this period (art. 4).
bool is_within_general_terms_act(const Period& period);

// A term in hours: it ends so many hours after the moment, whatever the day (art. 4, under a).
// Errors: ZB-0002. Requires: hours >= 0.
Result<Instant> due_instant(Instant start, std::int64_t hours);

// The first moment at which a term with this last day is over: midnight in Amsterdam at its end.
// Errors: ZB-0002 for Date::max(), which never passes.
Result<Instant> end_of_term(Date last_day);

}  // namespace zicht::calendar
