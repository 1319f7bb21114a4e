// Standing of a promise. Method: one table; and every day of a year for the rule that "late" never
// comes without proof.
#include "calendar/standing.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace zicht::calendar {
namespace {

Date day(const char* text) { return *Date::parse(text); }

const DateInterval kSummer{Date::of(2025, 6, 1), Date::of(2025, 8, 31)};

TEST_CASE("standing: follows from window, fulfilment, proof and day") {
  struct Case {
    const char* name;
    std::optional<DateInterval> met;
    std::optional<Date> proof;
    const char* as_of;
    Standing expected;
  };
  const auto on = [](const char* text) { return DateInterval::of_day(day(text)); };
  const std::vector<Case> cases = {
      {"before the window", {}, {}, "2025-05-31", Standing::kRunning},
      {"first day of the window", {}, {}, "2025-06-01", Standing::kDueNow},
      {"last day of the window", {}, {}, "2025-08-31", Standing::kDueNow},
      {"after the window without news", {}, {}, "2025-09-01", Standing::kPassedUnknown},
      {"after the window with proof", {}, day("2025-10-01"), "2025-10-01", Standing::kLate},
      {"proof that is not there yet",
       {},
       day("2025-10-01"),
       "2025-09-30",
       Standing::kPassedUnknown},
      {"proof from inside the window proves nothing",
       {},
       day("2025-08-31"),
       "2025-10-01",
       Standing::kPassedUnknown},
      {"met before the window", on("2025-05-01"), {}, "2025-07-01", Standing::kMet},
      {"met on the last day", on("2025-08-31"), {}, "2025-09-30", Standing::kMet},
      {"met after the window", on("2025-09-01"), {}, "2025-09-30", Standing::kMetLate},
      {"met later than asked about", on("2025-09-15"), {}, "2025-09-10", Standing::kPassedUnknown},
      {"met some day around the end gets the benefit",
       DateInterval{day("2025-08-01"), day("2025-10-01")},
       {},
       "2025-12-01",
       Standing::kMet},
      {"met late stands above proof", on("2025-11-01"), day("2025-10-01"), "2025-12-01",
       Standing::kMetLate}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.name));
    CHECK(standing({kSummer, c.met, c.proof, day(c.as_of)}) == c.expected);
  }
}

TEST_CASE("standing: without a date it runs until it is met") {
  CHECK(standing({{}, {}, {}, day("2099-01-01")}) == Standing::kRunning);
  CHECK(standing({{}, DateInterval::of_day(day("2025-01-01")), {}, day("2025-01-01")}) ==
        Standing::kMet);
}

TEST_CASE("standing: without proof it is never late, on no day") {
  for (Date d = day("2024-01-01"); d < day("2027-01-01"); d = *add_days(d, 1)) {
    REQUIRE(standing({kSummer, {}, {}, d}) != Standing::kLate);
  }
}

TEST_CASE("standing: names for JSON and words for people differ for each state") {
  CHECK(name_of(Standing::kPassedUnknown) == "passed_unknown");
  CHECK(label_of(Standing::kPassedUnknown).nl == "Termijn voorbij, uitkomst onbekend");
  CHECK(label_of(Standing::kMetLate) != label_of(Standing::kMet));
}

}  // namespace
}  // namespace zicht::calendar
