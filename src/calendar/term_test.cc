// Terms. Method: named real cases as a table; every start day of 21 years times many terms against
// an oracle that counts day by day; seeded random terms with extension, suspension and designated
// days against the same oracle; windows against a walk over all their start days.
#include "calendar/term.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/rng.h"
#include "calendar/testing/naive_term.h"
#include "calendar/uncertain.h"

namespace zicht::calendar {
namespace {

Date day(std::string_view text) { return *Date::parse(text); }
Period period(std::string_view text) { return *Period::parse(text); }

Regime regime(bool general_terms_act) {
  RegimeVersion version;
  version.from = Date::of(1900, 1, 1);
  version.extension = Period::of_years(50);
  version.allows_suspension = true;
  version.general_terms_act = general_terms_act;
  Regime made;
  made.id = "test-regime";
  made.law = "Awb";
  made.article = "6:7";
  made.versions = {version};
  return made;
}

TermRequest request_for(const Regime* regime, std::string_view term) {
  TermRequest request;
  request.regime = regime;
  request.term = period(term);
  return request;
}

struct NamedCase {
  const char* name;
  const char* start;
  const char* term;
  bool general_terms_act;
  const char* due;
};

TEST_CASE("term: named cases end on the day that the law says") {
  const std::vector<NamedCase> cases = {
      {"order of 31 January, three months, term in a decision", "2025-01-31", "P3M", false,
       "2025-04-30"},
      {"intensified supervision of nine months", "2025-04-30", "P9M", false, "2026-01-30"},
      {"six weeks end on Whit Monday", "2025-04-28", "P6W", true, "2025-06-10"},
      {"six weeks end on Whit Monday, in a decision", "2025-04-28", "P6W", false, "2025-06-09"},
      {"six weeks end on Christmas Day before a weekend", "2025-11-13", "P6W", true, "2025-12-29"},
      {"six weeks end on Good Friday", "2025-03-07", "P6W", true, "2025-04-22"},
      {"six weeks end on King's Day on Saturday", "2025-03-15", "P6W", true, "2025-04-28"},
      {"six weeks end on a working day", "2025-03-03", "P6W", true, "2025-04-14"},
      {"three days over Christmas hold two working days", "2025-12-24", "P3D", true, "2025-12-30"},
      {"two days over Christmas only move", "2025-12-24", "P2D", true, "2025-12-29"},
      {"one month from 31 January ends on a Friday", "2025-01-31", "P1M", true, "2025-02-28"},
      {"three months are covered", "2025-03-25", "P3M", true, "2025-06-25"},
      {"four months are not covered", "2025-02-09", "P4M", true, "2025-06-09"},
      {"twelve weeks are covered", "2025-03-17", "P12W", true, "2025-06-10"},
      {"thirteen weeks are not covered", "2025-03-10", "P13W", true, "2025-06-09"},
      {"ninety days are covered", "2025-03-11", "P90D", true, "2025-06-10"},
      {"ninety-one days are not covered", "2025-03-10", "P91D", true, "2025-06-09"},
      {"a year is not covered", "2024-06-09", "P1Y", true, "2025-06-09"},
      {"a year from 29 February", "2024-02-29", "P1Y", false, "2025-02-28"}};
  for (const NamedCase& c : cases) {
    CAPTURE(std::string(c.name));
    const Regime law = regime(c.general_terms_act);
    const DueDate due = *due_date(day(c.start), request_for(&law, c.term), Calendar());
    CHECK(due.date == day(c.due));
  }
}

TEST_CASE("term: every start day of 21 years agrees with counting day by day") {
  const testing::NaiveCalendar naive({});
  const Calendar calendar;
  const Regime with_act = regime(true);
  int compared = 0;
  for (const char* text : {"P1D", "P2D", "P3D", "P5D", "P14D", "P42D", "P90D", "P91D", "P1W", "P2W",
                           "P6W", "P10W", "P12W", "P13W", "P1M", "P2M", "P3M", "P4M", "P1Y"}) {
    const TermRequest acting = request_for(&with_act, text);
    const Period length = period(text);
    for (Date start = Date::of(2012, 1, 1); start.year() < 2033; start = *add_days(start, 1)) {
      const Date due = due_date(start, acting, calendar)->date;
      const Date expected = naive.due(start, {length, {}, {}, true});
      REQUIRE_MESSAGE(due == expected, start.to_string(), " + ", text);
      ++compared;
    }
  }
  CHECK(compared == 19 * 7671);
}

struct RandomTerm {
  testing::NaiveTerm naive;
  TermRequest request;
};

RandomTerm random_term(Rng& rng, Date start, const Regime* law) {
  const std::vector<const char*> lengths = {"P1D",  "P3D", "P14D", "P90D", "P2W", "P6W",
                                            "P12W", "P1M", "P3M",  "P6M",  "P1Y"};
  const auto pick = [&] { return period(lengths[rng.below(lengths.size())]); };
  RandomTerm made;
  made.naive.general_terms_act = true;
  made.naive.term = pick();
  made.request = {.regime = law, .term = made.naive.term, .extension = {}, .suspensions = {}};
  if (rng.below(2) == 0) {
    made.naive.extension = pick();
    made.request.extension = made.naive.extension;
  }
  for (std::uint64_t i = rng.below(4); i > 0; --i) {
    const Date first = *add_days(start, static_cast<std::int64_t>(rng.below(250)) - 20);
    const Date last = *add_days(first, static_cast<std::int64_t>(rng.below(60)));
    made.naive.suspensions.push_back({first, last});
  }
  made.request.suspensions = made.naive.suspensions;
  return made;
}

struct RandomWorld {
  std::vector<Date> designated;
  Calendar calendar;
};

RandomWorld random_world(Rng& rng) {
  RandomWorld world;
  CalendarConfiguration configuration;
  std::set<Date> chosen;
  for (int i = 0; i < 40; ++i) {
    chosen.insert(*add_days(Date::of(2018, 1, 1), static_cast<std::int64_t>(rng.below(4000))));
  }
  for (const Date date : chosen) {
    world.designated.push_back(date);
    configuration.designated.push_back({date, {"aangewezen", "designated"}, ""});
  }
  world.calendar = *Calendar::create(configuration);
  return world;
}

TEST_CASE(
    "term: 20,000 random terms with extension and suspension agree with the oracle (seed 1)") {
  SeededRng rng(1);
  const RandomWorld world = random_world(rng);
  const testing::NaiveCalendar naive(world.designated);
  const Regime law = regime(true);
  for (int i = 0; i < 20'000; ++i) {
    CAPTURE(i);
    const Date start = *add_days(Date::of(2018, 1, 1), static_cast<std::int64_t>(rng.below(3500)));
    const RandomTerm term = random_term(rng, start, &law);
    const Date due = due_date(start, term.request, world.calendar)->date;
    REQUIRE_MESSAGE(due == naive.due(start, term.naive), start.to_string());
  }
}

TEST_CASE("due window: equals a walk over all start days, with suspensions too (seed 2)") {
  SeededRng rng(2);
  const RandomWorld world = random_world(rng);
  const Regime law = regime(true);
  for (int i = 0; i < 600; ++i) {
    CAPTURE(i);
    const Date first = *add_days(Date::of(2018, 1, 1), static_cast<std::int64_t>(rng.below(3000)));
    const DateInterval start{first, *add_days(first, static_cast<std::int64_t>(rng.below(70)))};
    const RandomTerm term = random_term(rng, first, &law);
    DateInterval expected{Date::max(), Date::min()};
    for (Date d = start.first; d <= start.last; d = *add_days(d, 1)) {
      const Date due = due_date(d, term.request, world.calendar)->date;
      expected = {std::min(expected.first, due), std::max(expected.last, due)};
    }
    REQUIRE(due_window(start, term.request, world.calendar)->days == expected);
  }
}

TEST_CASE("term: outside the act every start day of four years ends where the period ends") {
  const Regime decision = regime(false);
  const testing::NaiveCalendar naive({});
  for (const char* text : {"P1D", "P6W", "P1M", "P3M", "P9M", "P1Y"}) {
    const Period length = period(text);
    for (Date start = Date::of(2023, 1, 1); start.year() < 2027; start = *add_days(start, 1)) {
      const Date due = due_date(start, request_for(&decision, text), Calendar())->date;
      REQUIRE_MESSAGE(due == naive.due(start, {length, {}, {}, false}), start.to_string());
    }
  }
}

TEST_CASE("term: without suspension a later start never ends earlier") {
  const Regime law = regime(true);
  for (const char* text : {"P1D", "P2D", "P3D", "P2W", "P12W", "P1M", "P3M", "P1Y"}) {
    const TermRequest request = request_for(&law, text);
    Date previous = Date::min();
    for (Date start = Date::of(2020, 1, 1); start.year() < 2030; start = *add_days(start, 1)) {
      const Date due = due_date(start, request, Calendar())->date;
      REQUIRE_MESSAGE(previous <= due, start.to_string(), " + ", text);
      previous = due;
    }
  }
}

TEST_CASE("due window: a decision of unknown day in January 2025 ends somewhere in April") {
  const UncertainDate dated{"[datum] 2025", {day("2025-01-01"), day("2025-01-31")}};
  TermRequest request;
  request.term = Period::of_months(3);
  const DueWindow due = *due_window(dated, request, Calendar());
  CHECK(due.days == DateInterval{day("2025-04-01"), day("2025-04-30")});
  REQUIRE(due.steps.size() == 1);
  CHECK(
      due.steps[0].text.nl ==
      "De termijn van 3 maanden loopt vanaf de dag na een dag van 1 tot en met 31 januari 2025 en "
      "eindigt op een dag van 1 tot en met 30 april 2025.");
}

TEST_CASE("steps: each rule that counts is told in order, with its source") {
  Regime law = regime(true);
  TermRequest request = request_for(&law, "P6W");
  request.extension = Period::of_weeks(4);
  request.suspensions = {{day("2025-05-01"), day("2025-05-07")}};
  const DueDate due = *due_date(day("2025-03-24"), request, Calendar());
  std::vector<std::string> told;
  for (const TermStep& step : due.steps) {
    told.push_back(step.rule + " " + step.to.first.to_string() + " " + step.source);
  }
  CHECK(told == std::vector<std::string>{
                    "term 2025-05-05 Awb art. 6:7", "extension 2025-06-02 Awb art. 6:7",
                    "suspension 2025-06-09 Awb art. 6:7",
                    "next_working_day 2025-06-10 Algemene termijnenwet art. 1"});
  CHECK(
      due.steps.back().text.nl ==
      "De laatste dag valt op tweede pinksterdag: de termijn eindigt op de eerstvolgende werkdag, "
      "10 juni 2025.");
  CHECK(due.date == due.steps.back().to.first);
}

TEST_CASE("steps: say why the general terms act moves nothing") {
  const Regime law = regime(true);
  const Regime decision = regime(false);
  const auto last_step = [](const Regime& r, const char* term) {
    return due_date(day("2025-03-10"), request_for(&r, term), Calendar())->steps.back();
  };
  CHECK(last_step(law, "P13W").source == "Algemene termijnenwet art. 4");
  CHECK(last_step(decision, "P13W").rule == "outside_general_terms_act");
  CHECK(last_step(law, "P1W").rule == "next_working_day");
}

TEST_CASE("suspension: without an end the due date is open, never a day") {
  const Regime law = regime(true);
  TermRequest request = request_for(&law, "P6W");
  request.suspensions = {{day("2025-04-01"), Date::max()}};
  CHECK(due_date(day("2025-03-24"), request, Calendar())->date == Date::max());
  CHECK(due_date(day("2025-01-01"), request, Calendar())->date == day("2025-02-12"));
}

TEST_CASE("extension: one month extended by one month is two months") {
  TermRequest request;
  request.term = Period::of_months(1);
  request.extension = Period::of_months(1);
  CHECK(due_date(day("2025-01-31"), request, Calendar())->date == day("2025-03-31"));
}

TEST_CASE("regime: the version in force on the start day counts, in a window each its own") {
  Regime law = regime(false);
  law.versions[0].to = day("2025-01-15");
  law.versions[0].term = Period::of_weeks(2);
  law.versions.push_back(law.versions[0]);
  law.versions[1].from = day("2025-01-15");
  law.versions[1].to = std::nullopt;
  law.versions[1].term = Period::of_weeks(1);
  TermRequest request;
  request.regime = &law;
  CHECK(due_date(day("2025-01-14"), request, Calendar())->date == day("2025-01-28"));
  CHECK(due_date(day("2025-01-15"), request, Calendar())->date == day("2025-01-22"));
  CHECK(due_window({day("2025-01-14"), day("2025-01-16")}, request, Calendar())->days ==
        DateInterval{day("2025-01-22"), day("2025-01-28")});
}

TEST_CASE("term: a request that the regime does not allow is refused with what to do") {
  Regime law = regime(true);
  law.versions[0].from = day("2020-01-01");
  law.versions[0].extension = Period::of_weeks(4);
  law.versions[0].allows_suspension = false;
  const auto id_of = [&](Date start, const TermRequest& request) {
    const auto due = due_date(start, request, Calendar());
    return due ? std::string() : due.error().id;
  };
  TermRequest request = request_for(&law, "P6W");
  CHECK(id_of(day("2019-12-31"), request) == "CA-0005");
  request.extension = Period::of_days(28);
  CHECK(id_of(day("2025-01-01"), request).empty());
  request.extension = Period::of_days(29);
  CHECK(id_of(day("2025-01-01"), request) == "CA-0007");
  request.extension = std::nullopt;
  request.suspensions = {{day("2025-01-02"), day("2025-01-03")}};
  CHECK(id_of(day("2025-01-01"), request) == "CA-0008");
  CHECK(id_of(day("2025-01-01"), TermRequest{}) == "CA-0006");
  CHECK(id_of(Date::max(), request_for(nullptr, "P1D")) == "ZB-0002");
}

TEST_CASE("regime: all mistakes in its versions are told at once") {
  Regime law = regime(false);
  CHECK(check_regime(law).empty());
  law.versions.push_back(law.versions[0]);
  law.versions[1].from = day("2020-01-01");
  law.versions[1].to = day("2019-01-01");
  std::vector<std::string> found;
  for (const Problem& p : check_regime(law)) found.push_back(p.id + p.where);
  CHECK(found == std::vector<std::string>{"CA-0003/versions/1", "CA-0004/versions/1"});
  std::swap(law.versions[0], law.versions[1]);
  law.versions[0].to = std::nullopt;
  CHECK(check_regime(law).size() == 1);
  law.versions.clear();
  CHECK(check_regime(law)[0].id == "CA-0002");
}

TEST_CASE("end of term: local midnight at the end of the last day") {
  CHECK(end_of_term(day("2025-04-30"))->to_string() == "2025-04-30T22:00:00.000000Z");
  CHECK(end_of_term(day("2025-12-31"))->to_string() == "2025-12-31T23:00:00.000000Z");
  CHECK(end_of_term(Date::max()).error().id == "ZB-0002");
}

TEST_CASE("term in hours: ends so many hours later on any day") {
  const Instant saturday = *Instant::parse("2025-03-29T20:00:00Z");
  CHECK(due_instant(saturday, 48)->to_string() == "2025-03-31T20:00:00.000000Z");
  CHECK(due_instant(saturday, INT64_MAX).error().id == "ZB-0002");
}

}  // namespace
}  // namespace zicht::calendar
