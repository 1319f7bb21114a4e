// What one may not see one cannot infer. Every field of every record holds a canary of its own;
// everybody asks everything that the use cases answer, and no answer may hold a canary that an
// independent evaluator does not grant. Then two worlds that differ only in what is hidden from
// somebody must give that somebody equal bytes.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "app/testing/naive_access.h"
#include "app/testing/record_world.h"
#include "app/testing/told.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;
using testing::told;

struct Canary {
  std::string text;                     // "canary", form, organisation, field, end of the id
  std::string form, field, organisation;
  model::Sensitivity audience;
};

// Records put straight into the store, so that fields that nobody may fill are filled too.
struct CanaryWorld : RecordWorld {
  std::vector<Canary> canaries;
  std::vector<std::string> ids;
  const model::PackPtr pack = packs.rules()->packs.active("sample");

  void plant(const std::string& form_id, const std::string& organisation, const std::string& id,
             json::object fixed) {
    const RulebookPtr rules = packs.rules();
    const ActiveForm form = find_active_form(*rules, "sample/" + form_id);
    std::vector<Canary> mine;
    for (const model::Field& field : form.form->fields) {
      if (field.type != model::FieldType::kText || field.is_many) continue;
      std::string text = "canary" + form_id + organisation + field.id + id.substr(24);
      std::erase(text, '_');
      fixed[field.id] = text;
      mine.push_back({text, form_id, field.id, organisation, {}});
    }
    auto record = model::begin(judge_of(*rules, form, Date::of(2026, 1, 31)), std::move(fixed),
                               Date::of(2026, 1, 31));
    REQUIRE(record.has_value());
    record->id = id;
    record->organisation = organisation;
    for (Canary& canary : mine) {
      canary.audience = record->audience;
      canaries.push_back(std::move(canary));
    }
    Unit unit;
    unit.actor = "account-kees";
    unit.purpose = "work";
    unit.records.push_back({*std::move(record), {"created", "", ""}, 0});
    REQUIRE(store.append_and_wait(std::move(unit)).has_value());
    ids.push_back(id);
  }

  void plant_all() {
    for (const std::string organisation : {"north", "south"}) {
      const std::string digit = organisation == "north" ? "1" : "2";
      plant("tool", organisation, std::string(25, '0') + digit, {{"kind", "saw"}});
      const json::object received{{"words", "ergens"}, {"first", "2026-01-10"},
                                  {"last", "2026-01-20"}};
      plant("report", organisation, std::string(24, '0') + "1" + digit,
            {{"weight", "light"}, {"received", received}, {"term", "P1M"},
             {"tool", std::string(25, '0') + digit}});
      plant("report", organisation, std::string(24, '0') + "2" + digit,
            {{"weight", "heavy"}, {"received", received}});
    }
  }

  bool may_see(const Caller& caller, const Canary& canary) const {
    const model::Form& form = *pack->find_form(canary.form);
    return testing::naive_sees(caller, *pack, form, *form.find_field(canary.field),
                               canary.organisation, canary.audience);
  }
};

// Everything that can be asked about one record. Writes fail on purpose: stale or refused.
void ask_about(RecordWorld& world, const Caller& caller, const std::string& id,
               std::vector<std::string>& answers) {
  answers.push_back(told(world.records.read(caller, id, {})));
  answers.push_back(told(world.records.read(caller, id, {Date::of(2026, 1, 31), {}})));
  answers.push_back(told(world.records.read(caller, id, {{}, world.clock.now()})));
  answers.push_back(told(world.records.history(caller, id, {})));
  answers.push_back(told(world.records.links(caller, id)));
  const Json fields = parsed(R"({"fields":{"name":7,"lock_code":1,"quirk":2},"reason":"x"})");
  answers.push_back(told(world.records.change(caller, id, fields, {1, {}})));
  answers.push_back(told(world.records.change(caller, id, fields, {99, {}})));
  const Json past = parsed(R"({"fields":{},"valid_from":"2020-01-01","reason":"x"})");
  answers.push_back(told(world.records.correct(caller, id, past, {1, {}})));
  for (const auto* step : {"close", "send", "publish", "lapse", "nonsense"}) {
    json::object body{{"transition", step}, {"fields", parsed(R"({"advice":7})")}};
    answers.push_back(told(world.records.step(caller, id, body, {1, {}})));
  }
}

// Every question about a form, with every field and a value that hits.
void ask_form(CanaryWorld& world, const Caller& caller, const std::string& form_id,
              std::vector<std::string>& answers) {
  const std::string form = "sample/" + form_id;
  const auto ask = [&](json::object body) {
    body["form"] = form;
    answers.push_back(told(world.records.search(caller, body)));
    body["format"] = "csv";
    answers.push_back(told(world.records.export_rows(caller, body, Language::kDutch)));
  };
  ask({});
  ask({{"valid_on", "2026-01-31"}});
  ask({{"text", "canary"}});
  for (const model::Field& field : world.pack->find_form(form_id)->fields) {
    ask({{"sort", {{"field", field.id}}}});
    ask({{"columns", json::array{field.id}}});
    for (const Canary& canary : world.canaries) {
      if (canary.form != form_id || canary.field != field.id) continue;
      json::object filter{{"field", field.id}, {"equals", canary.text}};
      ask({{"filters", json::array{filter}}});
      ask({{"text", canary.text}});
      ask({{"where", field.id + " = \"" + canary.text + "\""}});
    }
    // What is not there, and of what nothing can be said, tells as much as what is.
    ask({{"where", field.id + " = null"}});
    ask({{"where", "not(" + field.id + " = \"een\")"}});
    ask({{"where", field.id + " = \"een\""}, {"undetermined", true}});
  }
  const Json hidden = parsed(R"({"tool":"00000000000000000000000011"})");
  json::object create{{"form", form}, {"fields", hidden}};
  answers.push_back(told(world.records.create(caller, create, {})));
  answers.push_back(told(world.catalogue.schema(caller, form)));
}

std::vector<std::string> everything_asked(CanaryWorld& world, const Caller& caller,
                                          const std::vector<std::string>& ids) {
  std::vector<std::string> answers;
  for (const std::string& id : ids) ask_about(world, caller, id, answers);
  for (const auto* form : {"tool", "report"}) ask_form(world, caller, form, answers);
  answers.push_back(told(world.tasks.search(caller, json::object{})));
  answers.push_back(*world.catalogue.catalogue(caller).json);
  answers.push_back(world.catalogue.desks(caller));
  return answers;
}

std::vector<Caller> everybody() {
  Caller both = RecordWorld::lender();
  both.roles.emplace_back("auditor");
  return {RecordWorld::visitor(),       RecordWorld::lender(), RecordWorld::other_lender(),
          RecordWorld::keeper(),        RecordWorld::auditor(), RecordWorld::administrator(),
          both};
}

TEST_CASE("canary: no answer holds a byte of a field that its reader may not see") {
  CanaryWorld world;
  world.plant_all();
  int hidden = 0, shown = 0;
  for (const Caller& caller : everybody()) {
    CAPTURE(caller.name);
    for (const std::string& answer : everything_asked(world, caller, world.ids)) {
      for (const Canary& canary : world.canaries) {
        // Not even an error repeats the value that was asked for.
        const bool is_there = answer.find(canary.text) != std::string::npos;
        if (is_there && !world.may_see(caller, canary)) FAIL_CHECK(canary.text << ": " << answer);
        ++(is_there ? shown : hidden);
      }
    }
  }
  MESSAGE(shown << " canaries shown to who may see them, " << hidden << " times absent");
  CHECK(shown > 100);
}

TEST_CASE("canary: who may see a field finds it") {
  CanaryWorld world;
  world.plant_all();
  for (const Caller& caller : everybody()) {
    const auto answers = everything_asked(world, caller, world.ids);
    for (const Canary& canary : world.canaries) {
      if (!world.may_see(caller, canary)) continue;
      CAPTURE(caller.name);
      CAPTURE(canary.text);
      const bool is_there = std::any_of(answers.begin(), answers.end(), [&](const auto& answer) {
        return answer.find(canary.text) != std::string::npos;
      });
      CHECK(is_there);
    }
  }
}

// In the second world a record is there that the caller may not see, and hidden fields of the
// others hold something else.
void check_equal(const Caller& caller, const std::string& hidden_form, json::object hidden_fields,
                 const std::string& hidden_organisation) {
  CAPTURE(caller.name);
  CanaryWorld first, second;
  first.plant_all();
  second.plant_all();
  const std::string extra(26, '7');
  second.plant(hidden_form, hidden_organisation, extra, std::move(hidden_fields));
  std::vector<std::string> ids = first.ids;
  ids.push_back(extra);
  // Both are asked the same, the canaries of the hidden record included.
  first.canaries = second.canaries;
  const auto left = everything_asked(first, caller, ids);
  const auto right = everything_asked(second, caller, ids);
  REQUIRE(left.size() == right.size());
  for (std::size_t i = 0; i < left.size(); ++i) CHECK(left[i] == right[i]);
}

TEST_CASE("canary: a hidden record changes no byte of any answer") {
  const json::object received{{"words", "ergens"}, {"first", "2026-01-10"}, {"last", "2026-01-20"}};
  const json::object light{{"weight", "light"}, {"received", received}, {"term", "P1M"},
                           {"tool", std::string(25, '0') + "1"}};
  const json::object heavy{{"weight", "heavy"}, {"received", received},
                           {"tool", std::string(25, '0') + "1"}};
  check_equal(RecordWorld::visitor(), "report", light, "north");
  check_equal(RecordWorld::administrator(), "report", light, "north");
  check_equal(RecordWorld::other_lender(), "report", light, "north");
  check_equal(RecordWorld::lender(), "report", heavy, "north");
  check_equal(RecordWorld::auditor(), "report", heavy, "south");
}

TEST_CASE("canary: the content of a hidden field changes no byte of any answer") {
  for (const Caller& caller : everybody()) {
    CAPTURE(caller.name);
    CanaryWorld first, second;
    for (CanaryWorld* world : {&first, &second}) {
      json::object fixed{{"kind", "saw"}};
      world->plant("tool", "south", std::string(25, '0') + "1", fixed);
      auto record = *world->store.record(world->ids[0], {});
      // Written as version 2, so that the history has it too.
      record.version = 2;
      const bool is_second = world == &second;
      for (const model::Field& field : world->pack->find_form("tool")->fields) {
        const bool is_hidden = !testing::naive_sees(caller, *world->pack,
                                                    *world->pack->find_form("tool"), field,
                                                    "south", model::Sensitivity::kPublic);
        if (!is_hidden || field.type != model::FieldType::kText) continue;
        record.fields.as_object()[field.id] = is_second ? "een" : "twee";
        // Everybody asks for what stands there in one of the worlds.
        world->canaries.push_back({"een", "tool", field.id, "south", {}});
      }
      Unit unit;
      unit.actor = "account-kees";
      unit.records.push_back({record, {"changed", "", is_second ? "hierom" : "daarom"}, 1});
      const bool has_hidden = record.fields != world->store.record(world->ids[0], {})->fields;
      if (!has_hidden) continue;
      REQUIRE(world->store.append_and_wait(std::move(unit)).has_value());
    }
    const auto left = everything_asked(first, caller, first.ids);
    const auto right = everything_asked(second, caller, second.ids);
    REQUIRE(left.size() == right.size());
    for (std::size_t i = 0; i < left.size(); ++i) CHECK(left[i] == right[i]);
  }
}

}  // namespace
}  // namespace zicht::app
