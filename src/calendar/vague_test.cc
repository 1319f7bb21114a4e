// Vague Dutch dates. Method: tables of wording, day of writing and expected window, among them the
// wording that the product's public letters use; and rules that must hold for every wording on
// every day of three years: bounded, explained in both languages, equal to the walk over a window.
#include "calendar/vague.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace zicht::calendar {
namespace {

Date day(std::string_view text) { return *Date::parse(text); }

// "2025-01-01" or "2025-01-01/2025-01-31".
DateInterval interval(std::string_view text) {
  if (text.size() == 10) return DateInterval::of_day(day(text));
  return {day(text.substr(0, 10)), day(text.substr(11))};
}

Calendar calendar_with_recess() {
  const Recess recess{interval("2026-07-03/2026-08-31"), "made up for this test"};
  return *Calendar::create({.designated = {}, .recesses = {{2026, recess}}});
}

struct Case {
  std::string words;
  std::string written;
  std::string window;
};

void check(const std::vector<Case>& cases) {
  const Calendar calendar = calendar_with_recess();
  for (const Case& c : cases) {
    CAPTURE(c.words);
    CAPTURE(c.written);
    const auto found = interpret(c.words, interval(c.written), calendar);
    REQUIRE(found.has_value());
    CHECK(found->window.first.to_string() == interval(c.window).first.to_string());
    CHECK(found->window.last.to_string() == interval(c.window).last.to_string());
  }
}

TEST_CASE("vague: wording of the public letters gets the window that was meant") {
  check({{"rond de zomer", "2026-04-15", "2026-05-01/2026-09-30"},
         {"voor het zomerreces", "2026-04-15", "2026-07-02"},
         {"rond het zomerreces", "2026-04-15", "2026-06-03/2026-09-30"},
         {"na de zomer", "2026-04-15", "2026-09-01/2026-11-30"},
         {"vanaf februari 2026", "2026-01-10", "2026-02-01/2026-02-28"},
         {"per 1 juli 2026", "2026-01-10", "2026-07-01"},
         {"in het eerste kwartaal van 2026", "2025-11-01", "2026-01-01/2026-03-31"},
         {"voor het eind van dit jaar", "2025-11-01", "2025-12-31"},
         {"tot eind 2025", "2024-06-04", "2025-12-31"},
         {"vóór het najaar", "2024-06-04", "2024-08-31"},
         {"voor het najaar", "2024-06-04", "2024-08-31"},
         {"deze zomer", "2024-06-04", "2024-06-04/2024-08-31"},
         {"dit najaar", "2024-06-04", "2024-09-01/2024-11-30"},
         {"Dit voorjaar", "2024-06-04", "2024-03-01/2024-05-31"},
         {"het najaar van 2023", "2024-06-04", "2023-09-01/2023-11-30"},
         {"eind 2025", "2024-06-04", "2025-11-01/2025-12-31"},
         {"begin 2024", "2023-12-01", "2024-01-01/2024-02-29"},
         {"medio juni", "2024-06-04", "2024-06-11/2024-06-20"},
         {"voor 1 juli", "2024-03-01", "2024-06-30"},
         {"voor 1 juli 2024", "2024-03-01", "2024-06-30"},
         {"uiterlijk 1 juli", "2024-03-01", "2024-07-01"},
         {"ergens in 2025", "2025-01-31", "2025-01-01/2025-12-31"},
         {"binnen enkele weken", "2026-04-15", "2026-04-29/2026-05-27"},
         {"over enkele weken", "2026-04-15", "2026-04-29/2026-05-27"},
         {"binnenkort", "2026-04-15", "2026-04-15/2026-07-15"},
         {"voor 1 juli a.s.", "2024-06-04", "2024-06-30"},
         {"waar mogelijk voor de zomer", "2026-04-15", "2026-05-31"},
         {"tussen 20 maart en 4 juni 2024", "2024-06-04", "2024-03-20/2024-06-04"},
         {"in de zomer", "2024-06-04", "2024-06-04/2024-08-31"},
         {"zodra deze gereed is", "2024-06-04", "2024-06-04/2025-06-04"}});
}

TEST_CASE("vague: plain dates are read as they are") {
  check({{"31 januari 2025", "2024-01-01", "2025-01-31"},
         {"31-01-2025", "2024-01-01", "2025-01-31"},
         {"1-7-2026", "2024-01-01", "2026-07-01"},
         {"2025-01-31", "2024-01-01", "2025-01-31"},
         {"op 31 Januari 2025.", "2026-01-01", "2025-01-31"},
         {"29 februari 2024", "2026-01-01", "2024-02-29"}});
  CHECK(interpret("31 januari 2025", interval("2024-01-01"), Calendar())->certain);
  CHECK(!interpret("31 januari", interval("2024-01-01"), Calendar())->certain);
  CHECK(!interpret("per 31 januari 2025", interval("2024-01-01"), Calendar())->certain);
}

TEST_CASE("vague: without a year it is the first that can still come") {
  check({{"1 juli", "2024-07-01", "2024-07-01"},
         {"1 juli", "2024-07-02", "2025-07-01"},
         {"voor 1 juli", "2024-07-01", "2025-06-30"},
         {"uiterlijk 1 juli", "2024-07-01", "2024-07-01"},
         {"29 februari", "2025-01-01", "2028-02-29"},
         {"najaar", "2024-11-30", "2024-11-30/2024-11-30"},
         {"najaar", "2024-12-01", "2025-09-01/2025-11-30"},
         {"voor de zomer", "2024-07-01", "2025-05-31"},
         {"winter", "2025-01-15", "2025-01-15/2025-02-28"},
         {"winter", "2025-03-01", "2025-12-01/2026-02-28"},
         {"juli", "2024-08-01", "2025-07-01/2025-07-31"},
         {"komende zomer", "2024-09-01", "2025-06-01/2025-08-31"},
         {"eind juni", "2024-06-25", "2024-06-25/2024-06-30"}});
}

TEST_CASE("vague: this and next keep to the calendar of the day of writing") {
  check({{"deze maand", "2024-02-10", "2024-02-10/2024-02-29"},
         {"volgende maand", "2024-12-10", "2025-01-01/2025-01-31"},
         {"dit kwartaal", "2024-05-10", "2024-05-10/2024-06-30"},
         {"volgend kwartaal", "2024-11-10", "2025-01-01/2025-03-31"},
         {"deze week", "2026-04-15", "2026-04-15/2026-04-19"},
         {"volgende week", "2026-04-19", "2026-04-20/2026-04-26"},
         {"dit jaar", "2024-02-10", "2024-02-10/2024-12-31"},
         {"nog dit jaar", "2024-02-10", "2024-02-10/2024-12-31"},
         {"in de loop van volgend jaar", "2024-02-10", "2025-01-01/2025-12-31"},
         {"eind volgend jaar", "2024-02-10", "2025-11-01/2025-12-31"},
         {"eind van het jaar", "2024-02-10", "2024-11-01/2024-12-31"},
         {"aan het eind van het kalenderjaar", "2024-02-10", "2024-11-01/2024-12-31"},
         {"eind van de maand", "2024-02-10", "2024-02-21/2024-02-29"},
         {"deze zomer", "2024-10-01", "2024-06-01/2024-08-31"},
         {"deze winter", "2025-01-15", "2025-01-15/2025-02-28"},
         {"najaar van dit jaar", "2024-12-15", "2024-09-01/2024-11-30"},
         {"zomer volgend jaar", "2024-02-10", "2025-06-01/2025-08-31"}});
}

TEST_CASE("vague: quarters, halves, parts and winters") {
  check({{"Q1 2026", "2025-01-01", "2026-01-01/2026-03-31"},
         {"2026 Q4", "2025-01-01", "2026-10-01/2026-12-31"},
         {"1e kwartaal 2026", "2025-01-01", "2026-01-01/2026-03-31"},
         {"derde kwartaal", "2025-10-01", "2026-07-01/2026-09-30"},
         {"tweede helft van 2026", "2025-01-01", "2026-07-01/2026-12-31"},
         {"eerste halfjaar 2026", "2025-01-01", "2026-01-01/2026-06-30"},
         {"medio 2026", "2025-01-01", "2026-06-01/2026-07-31"},
         {"begin juli 2026", "2025-01-01", "2026-07-01/2026-07-10"},
         {"eind van de zomer van 2026", "2025-01-01", "2026-08-01/2026-08-31"},
         {"winter 2025-2026", "2025-01-01", "2025-12-01/2026-02-28"},
         {"winter 2026", "2025-01-01", "2025-12-01/2027-02-28"},
         {"rond 1 juli 2026", "2025-01-01", "2026-06-17/2026-07-15"},
         {"na 1 juli 2026", "2025-01-01", "2026-07-02/2026-10-01"},
         {"voor eind 2025", "2025-02-01", "2025-12-31"},
         {"voor begin 2026", "2025-02-01", "2025-12-31"},
         {"tot en met 30 juni 2026", "2025-02-01", "2026-06-30"},
         {"t/m juni 2026", "2025-02-01", "2026-06-30"},
         {"met ingang van 1 januari 2027", "2025-02-01", "2027-01-01"},
         {"uiterlijk in maart 2026", "2025-02-01", "2026-03-31"}});
}

TEST_CASE("vague: counted from the day of writing") {
  check({{"binnen zes weken", "2025-01-01", "2025-02-12"},
         {"binnen 3 maanden", "2025-01-31", "2025-04-30"},
         {"binnen een jaar", "2025-01-01", "2026-01-01"},
         {"binnen een paar dagen", "2025-01-01", "2025-01-03/2025-01-08"},
         {"over enkele maanden", "2025-01-01", "2025-03-01/2025-07-01"},
         {"de komende weken", "2025-01-01", "2025-01-15/2025-02-12"},
         {"komende drie weken", "2025-01-01", "2025-01-22"},
         {"zo spoedig mogelijk", "2025-01-01", "2025-01-01/2025-04-01"},
         {"op korte termijn", "2025-01-01", "2025-01-01/2025-04-01"}});
}

TEST_CASE("vague: an unknown day of writing gives a window over all that it can mean") {
  check({{"eind van dit jaar", "2025-09-11/2026-03-31", "2025-11-01/2026-12-31"},
         {"voor het eind van dit jaar", "2025-09-11/2026-03-31", "2025-12-31/2026-12-31"},
         {"voor het zomerreces", "2026-06-01/2026-08-31", "2026-07-02/2027-06-30"},
         {"voor 1 juli 2025", "2025-01-01/2025-12-31", "2025-06-30"},
         {"Q1 2026", "2025-01-01/2025-12-31", "2026-01-01/2026-03-31"}});
}

TEST_CASE("vague: the recess of a year without dates is July and August, and that is said") {
  const Calendar calendar = calendar_with_recess();
  const auto known = interpret("zomerreces 2026", interval("2026-01-01"), calendar);
  const auto assumed = interpret("zomerreces 2027", interval("2026-01-01"), calendar);
  CHECK(known->window == interval("2026-07-03/2026-08-31"));
  CHECK(assumed->window == interval("2027-07-01/2027-08-31"));
  CHECK(assumed->interpretation.nl.find("niet ingevuld") != std::string::npos);
  CHECK(known->interpretation.nl.find("niet ingevuld") == std::string::npos);
}

TEST_CASE("vague: the interpretation tells window and rules in both languages") {
  const auto found = interpret("vóór het najaar", interval("2024-06-04"), Calendar());
  REQUIRE(found.has_value());
  CHECK(!found->certain);
  CHECK(found->interpretation.nl ==
        "Gelezen als: 31 augustus 2024. ‘Voor’ en ‘tot’: uiterlijk op de dag ervoor. Najaar: "
        "september, oktober en november (meteorologisch, KNMI). Zonder jaartal: de "
        "eerste die na het schrijven nog kan komen.");
  CHECK(found->interpretation.en.find("Read as: 31 August 2024.") != std::string::npos);
}

TEST_CASE("vague: unknown or impossible wording is not found, never guessed") {
  for (const char* words : {"",
                            " ",
                            "ooit",
                            "later",
                            "eens in de zoveel tijd",
                            "in het najaar of de winter",
                            "31-02-2025",
                            "31 februari 2025",
                            "32 januari 2025",
                            "2025-13-01",
                            "13-13-2025",
                            "voor",
                            "eind",
                            "uiterlijk",
                            "voor 1 juli 2023",
                            "uiterlijk 2023",
                            "het vijfde kwartaal",
                            "Q5 2026",
                            "in 25",
                            "juli-augustus",
                            "winter 2025-2027",
                            "tussen 1 en 5 juli",
                            "eind van de eerste helft van 2026",
                            "12026",
                            "voor de duur van 9 maanden",
                            "zonder datum",
                            "vergaderjaar 2023/24",
                            "eind van het zomerreces",
                            "eind van de week",
                            "over drie weken",
                            "binnen enkele jaren",
                            "de komende jaren",
                            "sinds het najaar van 2025",
                            "1 juli 2300",
                            "0001-01-01",
                            "de",
                            "dit",
                            "\xFF",
                            "niet voor 1 juli",
                            "vanaf het eerste moment"}) {
    CAPTURE(std::string(words));
    CHECK(!interpret(words, interval("2025-03-01"), Calendar()).has_value());
  }
  CHECK(!interpret(std::string(5'000, 'a'), interval("2025-03-01"), Calendar()).has_value());
  CHECK(!interpret("dit jaar", interval("2000-01-01/2025-01-01"), Calendar()).has_value());
}

TEST_CASE(
    "vague: on every day of three years the window is bounded, explained and not in the past") {
  const Calendar calendar = calendar_with_recess();
  for (const char* words : {"voor de zomer", "rond de zomer", "na de zomer", "dit najaar", "najaar",
                            "winter", "voor het zomerreces", "voor 1 juli", "uiterlijk 29 februari",
                            "medio juni", "eind van dit jaar", "binnenkort", "derde kwartaal"}) {
    CAPTURE(std::string(words));
    const bool may_be_past = std::string_view(words).find("dit") != std::string_view::npos;
    for (Date d = day("2024-01-01"); d < day("2027-01-01"); d = *add_days(d, 1)) {
      const auto found = interpret(words, DateInterval::of_day(d), calendar);
      REQUIRE(found.has_value());
      REQUIRE(found->window.first <= found->window.last);
      REQUIRE(found->window.length_in_days() <= 1'600);
      REQUIRE((may_be_past || found->window.last >= d));
      REQUIRE(found->interpretation.nl != found->interpretation.en);
    }
  }
}

TEST_CASE("vague: a window of writing equals the span over its days") {
  const Calendar calendar = calendar_with_recess();
  for (const char* words : {"voor de zomer", "rond het zomerreces", "winter", "1 juli",
                            "voor het eind van dit jaar", "binnen enkele weken"}) {
    CAPTURE(std::string(words));
    const DateInterval written = interval("2025-05-15/2026-02-10");
    DateInterval expected = interpret(words, DateInterval::of_day(written.first), calendar)->window;
    for (Date d = written.first; d <= written.last; d = *add_days(d, 1)) {
      expected = span_of(expected, interpret(words, DateInterval::of_day(d), calendar)->window);
    }
    CHECK(interpret(words, written, calendar)->window == expected);
  }
}

}  // namespace
}  // namespace zicht::calendar
