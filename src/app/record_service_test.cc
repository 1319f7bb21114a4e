// The record use cases over a store in memory: short stories with the sample pack, and a table of
// requests that are refused.
#include "app/record_service.h"

#include <doctest/doctest.h>

#include <string>

#include "app/engine_entries.h"
#include "app/testing/record_world.h"
#include "app/testing/unreadable_pack.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

std::string text_at(const Json& json, std::string_view pointer) {
  std::error_code failed;
  const Json* value = json.find_pointer(pointer, failed);
  if (value == nullptr) return "-";
  return value->is_string() ? std::string(value->as_string()) : "?";
}

constexpr auto kLight =
    R"({"subject":"Steel los","weight":"light","term":"P1M",
        "received":{"words":"rond 11 januari","first":"2026-01-10","last":"2026-01-12"}})";
constexpr auto kHeavy =
    R"({"subject":"Motor kapot","weight":"heavy",
        "received":{"first":"2026-01-10","last":"2026-01-10"}})";

TEST_CASE("records: a new record is told whole to the one who made it") {
  RecordWorld world;
  const Document made = world.make(world.lender(), "sample/report", kLight);
  const Json json = parsed(made.json);
  CHECK(made.version == 1);
  CHECK(text_at(json, "/id") == made.id);
  CHECK(text_at(json, "/form") == "sample/report");
  CHECK(text_at(json, "/organisation/name") == "Bibliotheek Noord");
  CHECK(text_at(json, "/state/id") == "open");
  CHECK(text_at(json, "/state/since") == "2026-01-31");
  CHECK(text_at(json, "/turn/role") == "lender");
  CHECK(text_at(json, "/turn/title/en") == "Lender");
  CHECK(text_at(json, "/deadlines/0/first") == "2026-02-10");
  CHECK(text_at(json, "/deadlines/0/last") == "2026-02-12");
  CHECK(text_at(json, "/deadlines/0/why/0/rule") == "term");
  CHECK(text_at(json, "/pack/version") == "1.0.0");
  CHECK(text_at(json, "/audience") == "internal");
  CHECK(text_at(json, "/seen_by/en").find("Lender (own organisation)") != std::string::npos);
  CHECK(text_at(json, "/actions/0/kind") == "change");
  CHECK(text_at(json, "/actions/1/transition") == "close");
  CHECK(text_at(json, "/actions/1/fields/outcome") == "required");
  CHECK(world.feed.records == 1);
  CHECK(world.records.read(world.lender(), made.id, {})->json == made.json);
}

TEST_CASE("records: of a pack that cannot be read, each question says so until it is mended") {
  RecordWorld world;
  const Document made = world.make(world.lender(), "sample/report", kLight);
  testing::activate_unreadable(world.store, "sample", packs::testing::sample_files());
  REQUIRE(world.packs.reload().has_value());
  const Caller caller = world.lender();
  const Json body = parsed(R"({"form":"sample/report"})");
  CHECK(world.records.read(caller, made.id, {}).error().id == "AP-0032");
  CHECK(world.records.history(caller, made.id, {}).error().id == "AP-0032");
  CHECK(world.records.search(caller, body).error().id == "AP-0032");
  CHECK(world.records.create(caller, parsed(R"({"form":"sample/report","fields":{}})"), {})
            .error().id == "AP-0032");
  CHECK(world.records.read(caller, "0123456789abcdefghjkmnpqrs", {}).error().id == "AP-0001");
  REQUIRE_FALSE(world.packs.activate({packs::testing::sample_files()}, "system").error);
  CHECK(world.records.read(caller, made.id, {})->json == made.json);
}

struct Refused {
  const char* body;
  const char* id;
  const char* where;
};

const Refused kRefused[] = {
    {R"({"form":"sample/tool","fields":{"kind":"saw"}})", "MO-0103", "/fields/name"},
    {R"({"form":"sample/tool"})", "AP-0021", "/fields"},
    {R"({"form":"sample/tool","fields":[]})", "AP-0022", "/fields"},
    {R"({"form":7,"fields":{}})", "AP-0022", "/form"},
    {R"({"form":"sample/tool","fields":{},"extra":1})", "AP-0023", "/extra"},
    {R"({"form":"sample/tool","fields":{},"valid_from":"2026-02-01"})", "AP-0024", "/valid_from"},
    {R"({"form":"sample/tool","fields":{},"valid_from":"2026-02-31"})", "AP-0022", "/valid_from"},
    {R"({"form":"sample/tool",
         "fields":{"name":"Zaag","kind":"saw","belongs_to":"00000000000000000000000000"}})",
     "AP-0027", "/fields/belongs_to"},
    {R"({"form":"sample/tool","fields":{"name":"Zaag","kind":"saw","lock_code":"1"}})", "MO-0102",
     "/fields/lock_code"},
    {R"({"form":"sample/tool","fields":{"name":"Zaag","kind":"saw","nonsense":"1"}})", "MO-0102",
     "/fields/nonsense"},
};

TEST_CASE("records: what is wrong with a request is said with its place") {
  RecordWorld world;
  const auto before = world.store.entry_count();
  for (const Refused& refused : kRefused) {
    CAPTURE(refused.body);
    const auto outcome = world.records.create(world.lender(), parsed(refused.body), {});
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().id == "AP-0020");
    REQUIRE(outcome.error().problems.size() == 1);
    CHECK(outcome.error().problems[0].id == refused.id);
    CHECK(outcome.error().problems[0].where == refused.where);
  }
  CHECK(world.store.entry_count() == before);
}

TEST_CASE("records: all problems of a request come at once") {
  RecordWorld world;
  const auto outcome = world.records.create(
      world.lender(), parsed(R"({"form":"sample/tool","extra":1,"valid_from":"soon"})"), {});
  REQUIRE_FALSE(outcome.has_value());
  CHECK(outcome.error().problems.size() == 3);
}

TEST_CASE("records: making one needs a role and an organisation") {
  RecordWorld world;
  const Json body = parsed(R"({"form":"sample/tool","fields":{"name":"Zaag","kind":"saw"}})");
  CHECK(world.failure(world.records.create(world.visitor(), body, {})) == "AP-0002");
  CHECK(world.failure(world.records.create(world.auditor(), body, {})) == "AP-0002");
  Caller homeless = world.lender();
  homeless.organisation.clear();
  CHECK(world.failure(world.records.create(homeless, body, {})) == "AP-0008");
  const Json unknown = parsed(R"({"form":"sample/nothing","fields":{}})");
  CHECK(world.failure(world.records.create(world.lender(), unknown, {})) == "AP-0003");
}

TEST_CASE("records: a change keeps the fields that its maker may not see") {
  RecordWorld world;
  const Document made = world.make(world.keeper(), "sample/tool",
                                   R"({"name":"Zaag","kind":"saw","owner":"Jo","quirk":"bijt"})");
  const Json body = parsed(R"({"fields":{"name":"Grote zaag","kind":"saw"},"reason":"Naam"})");
  const auto changed = world.records.change(world.lender(), made.id, body, {1, {}});
  REQUIRE(changed.has_value());
  REQUIRE_FALSE(changed->conflict);
  CHECK(changed->document.version == 2);
  const Json seen = world.read(world.keeper(), made.id);
  CHECK(text_at(seen, "/title") == "Grote zaag");
  CHECK(text_at(seen, "/fields/quirk") == "bijt");
  CHECK(text_at(seen, "/fields/owner") == "-");
  CHECK(text_at(world.read(world.lender(), made.id), "/fields/quirk") == "-");
}

TEST_CASE("records: rows of another organisation are not changed by a role for the own one") {
  RecordWorld world;
  const Document made = world.tool(world.keeper(), "Zaag");
  const Json body = parsed(R"({"fields":{"name":"Mijn","kind":"saw"},"reason":"x"})");
  CHECK(world.failure(world.records.change(world.other_lender(), made.id, body, {1, {}})) ==
        "AP-0002");
  CHECK(world.failure(world.records.change(world.second_keeper(), made.id, body, {1, {}})) == "");
}

TEST_CASE("records: a change needs a reason") {
  RecordWorld world;
  const Document made = world.tool(world.lender(), "Zaag");
  for (const auto* reason : {"", "   "}) {
    json::object body{{"fields", parsed(R"({"name":"Zaag","kind":"saw"})")}, {"reason", reason}};
    CHECK(world.failure(world.records.change(world.lender(), made.id, body, {1, {}})) ==
          "AP-0028");
  }
}

TEST_CASE("records: a stale version is a conflict that shows what stands there now") {
  RecordWorld world;
  const Document made = world.tool(world.lender(), "Zaag");
  const Json first = parsed(R"({"fields":{"name":"Eerste","kind":"saw"},"reason":"x"})");
  const Json second = parsed(R"({"fields":{"name":"Tweede","kind":"saw"},"reason":"x"})");
  REQUIRE(world.records.change(world.keeper(), made.id, first, {1, {}}).has_value());
  const auto before = world.store.entry_count();
  const auto late = world.records.change(world.lender(), made.id, second, {1, {}});
  REQUIRE(late.has_value());
  REQUIRE(late->conflict);
  CHECK(late->conflict->id == "AP-0010");
  CHECK(text_at(parsed(late->document.json), "/fields/name") == "Eerste");
  CHECK(late->document.version == 2);
  CHECK(world.store.entry_count() == before);
}

// As the scheduler writes it: nothing but another version, or another state.
void let_time_pass(RecordWorld& world, const std::string& id, const std::string& actor,
                   const std::string& state) {
  Unit unit;
  unit.actor = actor;
  model::Record record = *world.store.record(id, {});
  if (!state.empty()) record.state = state;
  const std::int64_t before = record.version++;
  unit.records.push_back({std::move(record), {"time", "", ""}, before});
  REQUIRE(world.store.append_and_wait(std::move(unit)).has_value());
}

TEST_CASE("records: versions that only time made are no conflict while the state is the same") {
  struct Case {
    std::string actor, state, error;
  };
  const std::string time(kSchedulerActor);
  for (const auto& one : {Case{time, "", ""}, Case{time, "elsewhere", "AP-0010"},
                          Case{"somebody", "", "AP-0010"}}) {
    CAPTURE(one.actor);
    RecordWorld world;
    const Document made = world.tool(world.lender(), "Zaag");
    let_time_pass(world, made.id, time, "");
    let_time_pass(world, made.id, one.actor, one.state);
    const Json body = parsed(R"({"fields":{"name":"Beter","kind":"saw"},"reason":"x"})");
    const auto changed = world.records.change(world.lender(), made.id, body, {1, {}});
    REQUIRE(changed.has_value());
    CHECK((changed->conflict ? changed->conflict->id : "") == one.error);
    CHECK(changed->document.version == (one.error.empty() ? 4 : 3));
  }
}

TEST_CASE("records: the same key gives the first answer again, another request is refused") {
  RecordWorld world;
  const Json body = parsed(R"({"form":"sample/tool","fields":{"name":"Zaag","kind":"saw"}})");
  const auto key = idempotency_of("a", "key-12345", "POST", "/v1/records", "body");
  const auto first = world.records.create(world.lender(), body, {0, key});
  REQUIRE(first.has_value());
  CHECK_FALSE(first->is_replay);
  const auto entries = world.store.entry_count();
  const auto again = world.records.create(world.lender(), body, {0, key});
  REQUIRE(again.has_value());
  CHECK(again->is_replay);
  CHECK(again->document.json == first->document.json);
  const auto other = idempotency_of("a", "key-12345", "POST", "/v1/records", "another body");
  CHECK(world.failure(world.records.create(world.lender(), body, {0, other})) == "ST-0011");
  CHECK(world.store.entry_count() == entries);
}

TEST_CASE("records: a step sent twice with one key is taken once") {
  RecordWorld world;
  Document made = world.make(world.lender(), "sample/report", kLight);
  const Json body = parsed(R"({"transition":"close","fields":{"outcome":"Klaar"}})");
  const auto key = idempotency_of("a", "key-12345", "POST", "/step", "body");
  const auto first = world.records.step(world.lender(), made.id, body, {1, key});
  REQUIRE(first.has_value());
  const auto entries = world.store.entry_count();
  const auto again = world.records.step(world.lender(), made.id, body, {1, key});
  REQUIRE(again.has_value());
  CHECK(again->is_replay);
  CHECK_FALSE(again->conflict);
  CHECK(again->document.json == first->document.json);
  CHECK(world.store.entry_count() == entries);
}

TEST_CASE("records: keys of different accounts and requests differ") {
  const auto key = idempotency_of("ab", "c", "POST", "/p", "body");
  CHECK(key.key_hash != idempotency_of("a", "bc", "POST", "/p", "body").key_hash);
  CHECK(key.request_hash != idempotency_of("ab", "c", "POST", "/pb", "ody").request_hash);
  CHECK(key.request_hash == idempotency_of("x", "y", "POST", "/p", "body").request_hash);
}

TEST_CASE("records: the life of a report under four eyes, with its blocked steps") {
  RecordWorld world;
  Document report = world.make(world.keeper(), "sample/report", kHeavy);
  CHECK(world.failure(world.records.read(world.lender(), report.id, {})) == "AP-0001");
  CHECK(world.step(world.keeper(), report, "send") == "");
  CHECK(world.failure(world.records.read(world.lender(), report.id, {})) == "");
  CHECK(world.step(world.lender(), report, "decide", R"({"outcome":"Ja"})") == "AP-0002");
  CHECK(world.step(world.keeper(), report, "decide") == "MO-0211");
  CHECK(world.step(world.keeper(), report, "nonsense") == "MO-0201");
  CHECK(world.step(world.keeper(), report, "decide", R"({"outcome":"Ja","term":"P1M"})") ==
        "MO-0212");
  CHECK(world.step(world.keeper(), report, "decide", R"({"outcome":"Ja"})") == "");
  const Json seen = world.read(world.keeper(), report.id);
  CHECK(text_at(seen, "/actions/2/transition") == "publish");
  CHECK(text_at(seen, "/actions/2/blocked/en").find("Decide") != std::string::npos);
  const auto closed = R"({"closed_on":"2026-01-31"})";
  CHECK(world.step(world.keeper(), report, "publish", closed) == "MO-0204");
  CHECK(world.step(world.second_keeper(), report, "publish", closed) == "MO-0205");
  CHECK(world.step(world.second_keeper(), report, "hurry", closed) == "MO-0206");
  CHECK(world.step(world.second_keeper(), report, "hurry", closed, "Spoed") == "");
  CHECK(text_at(world.read(world.keeper(), report.id), "/state/id") == "published");
}

TEST_CASE("records: time passes first, so a late step is taken from where time left the record") {
  RecordWorld world;
  Document report = world.make(world.lender(), "sample/report", kLight);
  world.clock.set(*Instant::parse("2026-03-15T12:00:00Z"));
  CHECK(world.step(world.lender(), report, "close", R"({"outcome":"Toch nog"})") == "");
  CHECK(report.version > 3);
  const auto history = world.records.history(world.keeper(), report.id, {});
  REQUIRE(history.has_value());
  const Json items = parsed(*history).at("items");
  CHECK(text_at(items, "/0/event") == "stepped");
  CHECK(text_at(items, "/0/state/old") == "lapsed");
  CHECK(text_at(items, "/1/event") == "fired");
  CHECK(text_at(items, "/1/transition") == "lapse");
  CHECK(text_at(items, "/1/actor/name") == "Zicht");
  CHECK(text_at(items, "/1/valid_from") == "2026-02-13");
}

TEST_CASE("records: a record is read as of a day, and as it was known at a moment") {
  RecordWorld world;
  const Document made = world.make(world.keeper(), "sample/tool",
                                   R"({"name":"Zaag","kind":"saw"})", "2025-06-01");
  const Instant known = world.clock.now();
  world.clock.advance_microseconds(kMicrosecondsPerHour);
  const Json body = parsed(
      R"({"fields":{"name":"Boor","kind":"drill"},"valid_from":"2025-12-01","reason":"x"})");
  REQUIRE(world.records.change(world.keeper(), made.id, body, {1, {}}).has_value());
  const auto name = [&](const model::AsOf& as_of) {
    return text_at(world.read(world.visitor(), made.id, as_of), "/fields/name");
  };
  CHECK(name({}) == "Boor");
  CHECK(name({Date::of(2025, 11, 30), {}}) == "Zaag");
  CHECK(name({Date::of(2025, 12, 1), {}}) == "Boor");
  CHECK(name({Date::of(2025, 12, 1), known}) == "Zaag");
  CHECK(world.failure(world.records.read(world.visitor(), made.id, {Date::of(2025, 5, 31), {}})) ==
        "AP-0001");
  const Json then = world.read(world.keeper(), made.id, {Date::of(2025, 11, 30), {}});
  CHECK(then.as_object().if_contains("actions") == nullptr);
}

TEST_CASE("records: a correction of the past leaves today as it is") {
  RecordWorld world;
  const Document made = world.make(world.keeper(), "sample/tool",
                                   R"({"name":"Zaag","kind":"saw","quirk":"bijt"})", "2025-06-01");
  const Json body = parsed(
      R"({"fields":{"name":"Zeag","kind":"saw"},"valid_from":"2025-07-01",
          "valid_to":"2025-08-01","reason":"x"})");
  CHECK(world.failure(world.records.correct(world.other_lender(), made.id, body, {1, {}})) ==
        "AP-0002");
  const auto corrected = world.records.correct(world.lender(), made.id, body, {1, {}});
  REQUIRE(corrected.has_value());
  CHECK(corrected->document.version == 2);
  const Json now = world.read(world.keeper(), made.id);
  CHECK(text_at(now, "/fields/name") == "Zaag");
  CHECK(now.at("version") == 2);
  const Json july = world.read(world.keeper(), made.id, {Date::of(2025, 7, 15), {}});
  CHECK(text_at(july, "/fields/name") == "Zeag");
  CHECK(text_at(july, "/fields/quirk") == "bijt");
  const Json early = parsed(R"({"fields":{},"valid_from":"2025-01-01","reason":"x"})");
  CHECK(world.failure(world.records.correct(world.lender(), made.id, early, {2, {}})) ==
        "AP-0025");
  const Json turned = parsed(
      R"({"fields":{},"valid_from":"2025-08-01","valid_to":"2025-08-01","reason":"x"})");
  CHECK(world.failure(world.records.correct(world.lender(), made.id, turned, {2, {}})) ==
        "AP-0029");
}

TEST_CASE("records: a correction does not reach over a change of state") {
  RecordWorld world;
  Document report = world.make(
      world.keeper(), "sample/report",
      R"({"subject":"Los","weight":"light","term":"P1M",
          "received":{"first":"2025-06-01","last":"2025-06-01"}})",
      "2025-06-01");
  CHECK(world.step(world.keeper(), report, "close", R"({"outcome":"Klaar"})") == "");
  json::object body{{"fields", parsed(report.json).at("fields")},
                    {"valid_from", "2025-06-15"},
                    {"valid_to", "2026-01-01"},
                    {"reason", "x"}};
  const WriteContext context{report.version, {}};
  CHECK(world.failure(world.records.correct(world.keeper(), report.id, body, context)) ==
        "AP-0026");
  body.erase("valid_to");
  CHECK(world.failure(world.records.correct(world.keeper(), report.id, body, context)) ==
        "AP-0026");
  CHECK(world.failure(world.records.change(world.keeper(), report.id, body, context)) ==
        "AP-0026");
  body["valid_from"] = "2026-01-31";
  CHECK(world.failure(world.records.change(world.keeper(), report.id, body, context)) == "");
}

TEST_CASE("records: history tells visible changes, newest first, and hides the rest") {
  RecordWorld world;
  const Document made = world.make(world.keeper(), "sample/tool",
                                   R"({"name":"Zaag","kind":"saw","quirk":"bijt"})");
  const auto change = [&](std::string_view fields, std::string_view reason, std::int64_t version) {
    json::object body{{"fields", parsed(fields)}, {"reason", reason}};
    REQUIRE(world.records.change(world.keeper(), made.id, body, {version, {}}).has_value());
  };
  change(R"({"name":"Zaag","kind":"saw","quirk":"bijt hard"})", "geheim", 1);
  change(R"({"name":"Boor","kind":"saw","quirk":"zoemt"})", "half geheim", 2);
  change(R"({"name":"Boor","kind":"drill","quirk":"zoemt"})", "soort", 3);
  const auto all = world.records.history(world.keeper(), made.id, {});
  REQUIRE(all.has_value());
  const Json seen = parsed(*all).at("items");
  REQUIRE(seen.as_array().size() == 4);
  CHECK(text_at(seen, "/0/reason") == "soort");
  CHECK(text_at(seen, "/0/changes/0/field") == "kind");
  CHECK(text_at(seen, "/0/changes/0/old") == "saw");
  CHECK(text_at(seen, "/0/changes/0/new") == "drill");
  CHECK(text_at(seen, "/0/pack/name") == "sample");
  CHECK(text_at(seen, "/3/event") == "created");
  const auto visible = world.records.history(world.visitor(), made.id, {});
  REQUIRE(visible.has_value());
  const Json told = parsed(*visible).at("items");
  REQUIRE(told.as_array().size() == 3);
  CHECK(text_at(told, "/1/changes/0/field") == "name");
  CHECK(told.at(1).at("changes").as_array().size() == 1);
  CHECK(text_at(told, "/1/reason") == "-");
  CHECK(text_at(told, "/0/actor/name") == "-");
  CHECK(text_at(told, "/0/actor/organisation") == "Bibliotheek Noord");
}

TEST_CASE("records: links are shown both ways, to those who see both ends") {
  RecordWorld world;
  const Document saw = world.tool(world.lender(), "Zaag");
  const Document blade = world.make(
      world.lender(), "sample/tool",
      R"({"name":"Zaagblad","kind":"saw","belongs_to":")" + saw.id + R"("})");
  const Document report = world.make(
      world.lender(), "sample/report",
      R"({"subject":"Bot","weight":"light","term":"P1M",
          "received":{"first":"2026-01-10","last":"2026-01-10"},"tool":")" + saw.id + R"("})");
  const Json out = parsed(*world.records.links(world.visitor(), blade.id)).at("items");
  CHECK(text_at(out, "/0/title/en") == "Belongs to");
  CHECK(text_at(out, "/0/direction") == "out");
  CHECK(text_at(out, "/0/records/0/title") == "Zaag");
  const Json in = parsed(*world.records.links(world.lender(), saw.id)).at("items");
  REQUIRE(in.as_array().size() == 2);
  CHECK(text_at(in, "/0/records/0/id") == report.id);
  CHECK(text_at(in, "/1/records/0/id") == blade.id);
  const Json outside = parsed(*world.records.links(world.visitor(), saw.id)).at("items");
  CHECK(outside.as_array().size() == 1);
  CHECK(text_at(world.read(world.visitor(), blade.id), "/references/" + saw.id + "/title") ==
        "Zaag");
}

TEST_CASE("records: a reference to what one may not see is refused as one to nothing") {
  RecordWorld world;
  const Document tool = world.tool(world.lender(), "Zaag");
  const Document report = world.make(world.lender(), "sample/report", kLight);
  const auto attempt = [&](const std::string& id) {
    const Json body = parsed(R"({"form":"sample/tool",
        "fields":{"name":"Blad","kind":"saw","belongs_to":")" + id + R"("}})");
    const auto outcome = world.records.create(world.other_lender(), body, {});
    return outcome ? std::string("") : describe(outcome.error());
  };
  CHECK(attempt(tool.id) == "");
  const std::string hidden = attempt(report.id);
  CHECK(hidden == attempt("00000000000000000000000001"));
  CHECK(hidden.find("AP-0027") != std::string::npos);
}

}  // namespace
}  // namespace zicht::app
