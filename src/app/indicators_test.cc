// Indicators through the use case: for whom they are, over which rows they count, and in which
// order they are told. The pack tests/packs/indicators is invented for it.
#include "app/indicators_service.h"

#include <doctest/doctest.h>

#include <string>

#include "app/testing/record_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

struct IndicatorsWorld : RecordWorld {
  IndicatorsService indicators{{store, packs, clock, places}};

  // With these lines in the indicator `roofs`.
  explicit IndicatorsWorld(const std::string& lines = "") {
    packs::Files files = packs::testing::read_folder("tests/packs/indicators");
    if (!lines.empty()) {
      files = packs::testing::replaced(std::move(files), "indicators/roofs.yaml", "measure:",
                                       lines + "\nmeasure:");
    }
    REQUIRE_FALSE(packs.activate({files}, "system").error);
  }

  static Caller keeper(const char* organisation = "north") {
    return person("kim", organisation, {"indicators/keeper"});
  }

  std::string made(std::string_view fields, const char* organisation = "north") {
    return make(keeper(organisation), "indicators/roof", std::string(fields)).id;
  }

  using RecordWorld::read;
  Json read(const Caller& caller, const char* id, const model::AsOf& as_of = {}) {
    const auto told = indicators.read(caller, {"indicators", id}, as_of);
    REQUIRE_MESSAGE(told.has_value(), (told ? "" : describe(told.error())));
    return parsed(*told);
  }

  std::string refusal(const Caller& caller, const char* id, const char* pack = "indicators") {
    const auto told = indicators.read(caller, {pack, id}, {});
    return told ? "" : told.error().id;
  }

  std::string listed(const Caller& caller) {
    std::string names;
    const Json list = parsed(indicators.list(caller));
    for (const Json& each : list.at("items").as_array()) {
      names += std::string(each.at("name").as_string()) + " ";
    }
    return names;
  }
};

// "flat=2 round=0": the values of a dimension, in order.
std::string told_values(const Json& told, std::size_t dimension) {
  std::string text;
  for (const Json& value : told.at("dimensions").at(dimension).at("values").as_array()) {
    const Json& number = value.at("number");
    text += (text.empty() ? "" : " ") + std::string(value.at("label").at("en").as_string()) + "=" +
            (number.is_null() ? "none" : std::string(number.as_string()));
  }
  return text;
}

TEST_CASE("indicators: a figure is told with its definition, source, day and who says so") {
  IndicatorsWorld world;
  world.made(R"({"what":"a","shape":"round","laid_on":"2023-03-01","leaks":1})");
  const Json told = world.read({}, "roofs");
  CHECK(told.at("name") == "indicators/roofs");
  CHECK(told.at("definition").at("en") ==
        "The number of roofs without a leak or with fewer than ten.");
  CHECK(told.at("source").at("reference") == "Verzonnen reeks 1");
  CHECK(told.at("perspective").at("nl") == "De dakdekkers");
  CHECK(told.at("unit").at("en") == "roofs");
  CHECK(told.at("where") == "leaks < 10");
  CHECK(told.at("pack").at("version") == "1.0.0");
  CHECK(told.at("on") == "2026-01-31");
  CHECK(told.at("total").at("number") == "1");
  CHECK(told.at("already_public") == true);
}

TEST_CASE("indicators: values stand in the order of list and time, whatever they count") {
  IndicatorsWorld world;
  for (const char* fields : {R"({"what":"a","shape":"round","laid_on":"2024-03-01","leaks":1})",
                             R"({"what":"b","shape":"round","laid_on":"2024-09-01","leaks":1})",
                             R"({"what":"c","shape":"slanted","laid_on":"2021-09-01","leaks":1,
            "seen":{"words":"begin 2025","first":"2025-01-01","last":"2025-02-01"}})",
                             R"({"what":"d","leaks":12})", R"({"what":"e"})"}) {
    world.made(fields);
  }
  const Json told = world.read({}, "roofs");
  // A code that ended is left out, one that nothing has is not; years between others are zero.
  CHECK(told_values(told, 0) == "Slanted=1 Flat=0 Round=2 Not known=0");
  CHECK(told_values(told, 1) == "2021=1 2022=0 2023=0 2024=2 Not known=0");
  CHECK(told_values(told, 2) == "1st half 2025=1 Not known=2");
  CHECK(told.at("total").at("undetermined") == 1);
}

TEST_CASE("indicators: of one period those rows count whose day lies in it") {
  IndicatorsWorld world("period: {field: laid_on, by: half_year, which: previous}");
  for (const char* fields : {R"({"what":"a","leaks":1,"laid_on":"2025-06-30"})",
                             R"({"what":"b","leaks":1,"laid_on":"2025-07-01"})",
                             R"({"what":"c","leaks":1,"laid_on":"2025-12-31"})",
                             R"({"what":"d","leaks":1,"laid_on":"2026-01-01"})",
                             R"({"what":"e","leaks":20,"laid_on":"2025-12-31"})",
                             R"({"what":"f","leaks":20})", R"({"what":"g","leaks":1})"}) {
    world.made(fields);
  }
  const Json told = world.read({}, "roofs");
  CHECK(told.at("total").at("number") == "2");
  CHECK(told.at("total").at("undetermined") == 1);
  CHECK(told.at("days") == json::object{{"first", "2025-07-01"}, {"last", "2025-12-31"}});
  CHECK(told.at("period") ==
        json::object{{"field", "laid_on"}, {"by", "half_year"}, {"which", "previous"}});
  // Half a year on another half year is over.
  const Json later = world.read({}, "roofs", {Date::of(2026, 7, 1), {}});
  CHECK(later.at("total").at("number") == "1");
  CHECK(later.at("days").at("first") == "2026-01-01");
}

TEST_CASE("indicators: a row with several values counts under each, and once in what is whole") {
  IndicatorsWorld world;
  for (const char* fields :
       {R"({"what":"a","shapes":["round","flat"],"is_green":true,"laid_on":"2024-03-01"})",
        R"({"what":"b","shapes":["flat"],"is_green":true})", R"({"what":"c"})"}) {
    world.made(fields);
  }
  const Json told = world.read({}, "shapes");
  CHECK(told.at("total").at("number") == "3");
  CHECK(told_values(told, 0) == "yes=2 no=0 Not known=1");
  CHECK(told_values(told, 1) == "Slanted=0 Flat=2 Round=1 Not known=1");
  CHECK(told_values(told, 2) == "2024=1 Not known=2");
  CHECK(told.at("dimensions").at(1).at("overlaps") == true);
  CHECK_FALSE(told.at("dimensions").at(0).as_object().contains("overlaps"));
}

TEST_CASE("indicators: what is public already says the same to everybody") {
  IndicatorsWorld world;
  const std::string first = world.made(R"({"what":"Zuid","is_green":true})");
  world.made(R"({"what":"Aa","is_green":false,"beside":")" + first + R"("})");
  const auto of = [&](const Caller& caller) {
    return *world.indicators.read(caller, {"indicators", "green"}, {});
  };
  CHECK(of({}) == of(IndicatorsWorld::keeper()));
  const Json told = parsed(of({}));
  CHECK(told.at("total").at("number") == "50");
  CHECK(told.at("total").at("part") == 1);
  CHECK(told_values(told, 1) == "Zuid=0 Not known=100");
}

TEST_CASE("indicators: what was closed to visitors counts for nobody, nor as it was before") {
  IndicatorsWorld world;
  Document closed = world.make(IndicatorsWorld::keeper(), "indicators/roof",
                               R"({"what":"Zuid","is_green":true})");
  world.made(R"({"what":"Aa","is_green":false,"beside":")" + closed.id + R"("})");
  const Instant before = world.clock.now();
  const auto of = [&](const Caller& caller, const model::AsOf& as_of) {
    return *world.indicators.read(caller, {"indicators", "green"}, as_of);
  };
  CHECK(parsed(of({}, {})).at("total").at("number") == "50");
  world.clock.advance_microseconds(60'000'000);
  REQUIRE(world.step(IndicatorsWorld::keeper(), closed, "demolish") == "");
  // The keeper sees it, and is told what everybody is told.
  CHECK(world.read(IndicatorsWorld::keeper(), closed.id).at("state").at("id") == "demolished");
  for (const model::AsOf& as_of :
       {model::AsOf{}, model::AsOf{.valid_on = {}, .known_at = before}}) {
    CHECK(of({}, as_of) == of(IndicatorsWorld::keeper(), as_of));
    const Json told = parsed(of({}, as_of));
    CHECK(told.at("total").at("number") == "0");
    CHECK(told.at("total").at("rows") == 1);
    CHECK(told_values(told, 1) == "Not visible to you=0");
  }
}

TEST_CASE("indicators: another is for who is signed in, over the rows that they see") {
  IndicatorsWorld world;
  world.made(R"({"what":"a","worry":2,"leaks":3,"surface":"50"})");
  world.made(R"({"what":"b","worry":40,"leaks":1,"surface":"50"})", "south");
  CHECK(world.listed({}) == "indicators/green indicators/roofs indicators/shapes ");
  CHECK(world.listed(IndicatorsWorld::keeper()) ==
        "indicators/green indicators/leaks indicators/roofs indicators/shapes indicators/worries ");
  CHECK(world.refusal({}, "worries") == "AP-0210");
  CHECK(world.refusal({}, "nothing") == "AP-0210");
  CHECK(world.refusal({}, "roofs", "nowhere") == "AP-0200");
  // Worries of others are not seen, leaks are.
  CHECK(world.read(IndicatorsWorld::keeper(), "worries").at("total").at("number") == "2");
  CHECK(world.read(IndicatorsWorld::keeper("south"), "worries").at("total").at("number") == "40");
  const Json leaks = world.read(IndicatorsWorld::keeper(), "leaks");
  CHECK(leaks.at("total").at("number") == "4");
  CHECK(leaks.at("total").at("of_total") == "4");
  CHECK(leaks.at("per") == 100);
  CHECK(leaks.at("threshold") == 5);
  const Caller nobody = RecordWorld::person("nn", "north", {});
  CHECK(world.refusal(nobody, "worries") == "AP-0211");
  CHECK(world.listed(nobody) ==
        "indicators/green indicators/leaks indicators/roofs indicators/shapes ");
}

TEST_CASE("indicators: figures are told as they were on a day, as known at a moment") {
  IndicatorsWorld world;
  const Instant before = world.clock.now();
  world.clock.advance_microseconds(60'000'000);
  world.made(R"({"what":"a","leaks":1})");
  CHECK(world.read({}, "roofs").at("total").at("number") == "1");
  const Json then = world.read({}, "roofs", {.valid_on = {}, .known_at = before});
  CHECK(then.at("total").at("number") == "0");
  CHECK(std::string_view(then.at("known_at").as_string()) == before.to_string());
  const Json earlier = world.read({}, "roofs", {.valid_on = Date::of(2020, 1, 1), .known_at = {}});
  CHECK(earlier.at("on") == "2020-01-01");
  CHECK(earlier.at("total").at("number") == "0");
}

class NotingKeeper final : public CountKeeper {
 public:
  Result<void> keep_counts(const std::vector<model::CountQuery>& asked) override {
    noted = asked;
    return {};
  }
  std::vector<model::CountQuery> noted;
};

TEST_CASE("indicators: all are asked to be kept, as they are today and as they will be tomorrow") {
  IndicatorsWorld world;
  NotingKeeper keeper;
  REQUIRE(world.indicators.keep_counts(keeper).has_value());
  REQUIRE(keeper.noted.size() == 10);
  for (const model::CountQuery& query : keeper.noted) {
    CHECK(query.form == "indicators/roof");
    CHECK(query.as_of.is_now());
  }
  // The conditions are read once for each day.
  const auto* where = keeper.noted.front().where.get();
  REQUIRE(world.indicators.keep_counts(keeper).has_value());
  CHECK(keeper.noted.front().where.get() == where);
  world.clock.advance_microseconds(kMicrosecondsPerDay);
  REQUIRE(world.indicators.keep_counts(keeper).has_value());
  CHECK(keeper.noted.size() == 10);
}

}  // namespace
}  // namespace zicht::app
