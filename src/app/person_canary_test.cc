// What one may not see of persons one cannot infer. Every text of every record of the probe pack is
// a word of its own, put straight into the store; everybody asks everything, and no answer holds a
// word that the naive evaluator does not grant. Then two worlds that differ in a hidden child, with
// a note and a guardian, give equal bytes.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "app/testing/naive_access.h"
#include "app/testing/probe_world.h"
#include "app/testing/told.h"
#include "model/validate.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::ProbeWorld;
using testing::RecordWorld;
using testing::with;
using testing::told;

struct Canary {
  std::string text, record;
  model::Sensitivity sensitivity;
};

struct CanaryWorld : ProbeWorld {
  std::vector<Canary> canaries;
  std::vector<std::string> ids;

  CanaryWorld() {
    int number = 0;
    for (const std::string& id : {young, middle, old, mother, team, note, shared_note}) {
      plant(id, number++);
    }
    REQUIRE(break_into(breaker(), note) == "");
    const json::object terms{{"organisation", "south"}, {"reason", "x"}, {"basis", "x"}};
    const auto offered = handovers.offer(planner(), old, terms, {});
    REQUIRE(offered.has_value());
    const std::string id(parsed(*offered).at("id").as_string());
    REQUIRE(handovers.act(receiver(), id, HandoverAct::kAccept, json::object{}).has_value());
    REQUIRE(handovers.offer(planner(), young, terms, {}).has_value());
  }

  // Fills every text of a record.
  void plant(const std::string& id, int number) {
    model::Record record = *store.record(id, {});
    const model::Form* form = packs.rules()->packs.find_form(record.form);
    for (const model::Field& field : form->fields) {
      if (field.type != model::FieldType::kText || field.is_many) continue;
      std::string text = "canary" + std::to_string(number) + field.id;
      std::erase(text, '_');
      record.fields.as_object()[field.id] = text;
      canaries.push_back({text, id, field.sensitivity});
    }
    record.title = model::title_of(*form, packs.rules()->packs, record.fields);
    const std::int64_t before = record.version++;
    Unit unit;
    unit.actor = "account-x";
    unit.purpose = "work";
    unit.records.push_back({record, {"changed", "", "omdat"}, before});
    REQUIRE(store.append_and_wait(std::move(unit)).has_value());
    ids.push_back(id);
  }

  bool may_see(const Caller& caller, const Canary& canary) {
    const model::Record record = *store.record(canary.record, {});
    const model::PackPtr pack = packs.rules()->packs.active("probe");
    const model::Form& form = *packs.rules()->packs.find_form(record.form);
    const auto persons = model::subjects_of(form, record.id, record.fields);
    const auto known = *store.standings(
        persons, {caller.account, caller.subject, caller.organisation});
    model::About about;
    for (const std::string& person : persons) about.push_back(known.at(person));
    return testing::naive_sees(caller, *pack, form,
                               {record.organisation, record.audience, canary.sensitivity, about,
                                record.id});
  }

  // A worker of nobody, who broke the note about the youngest child.
  static Caller breaker() { return signed_in(9, "north", "worker"); }

  // A planner of the organisation to which the oldest child was handed over, and the youngest is
  // offered.
  static Caller receiver() {
    Caller caller = signed_in(21, "south", "planner");
    caller.name = "receiver";
    return caller;
  }

  std::vector<Caller> everybody() {
    Caller both = worker();
    both.roles.emplace_back("probe/psychologist");
    std::vector<Caller> all{RecordWorld::visitor(), worker(), mate(), psychologist(), both,
                            officer(), with(officer(), "probe/complaint"), with(worker(), ""),
                            child(young), child(middle), child(old), parent(), planner(),
                            looking(breaker()), breaker(), signed_in(8, "north", "cleaner"),
                            receiver(), RecordWorld::auditor(), RecordWorld::administrator(),
                            RecordWorld::person("fg", "north", {"privacy-officer"})};
    for (Caller& each : all) each.is_receiving = *store.is_receiving(each.organisation);
    return all;
  }
};

// Writes fail on purpose: stale or refused.
void ask_about(CanaryWorld& world, const Caller& caller, const std::string& id,
               std::vector<std::string>& answers) {
  answers.push_back(told(world.records.read(caller, id, {})));
  answers.push_back(told(world.records.read(caller, id, {Date::of(2026, 1, 31), {}})));
  answers.push_back(told(world.records.history(caller, id, {})));
  answers.push_back(told(world.records.links(caller, id)));
  answers.push_back(told(world.records.norms(caller, id)));
  const Json fields = parsed(R"({"fields":{"call_name":7,"worry":1},"reason":"x"})");
  answers.push_back(told(world.records.change(caller, id, fields, {2, {}})));
  answers.push_back(told(world.records.change(caller, id, fields, {99, {}})));
  const Json past = parsed(R"({"fields":{},"valid_from":"2020-01-01","reason":"x"})");
  answers.push_back(told(world.records.correct(caller, id, past, {2, {}})));
  const json::object step{{"transition", "close"}, {"fields", parsed(R"({"closed_on":7})")}};
  answers.push_back(told(world.records.step(caller, id, step, {2, {}})));
  for (const auto* form : {"note", "custody", "assignment"}) {
    const json::object about{{"child", id}, {"holder", id}, {"happened_on", 7}};
    const json::object made{{"form", std::string("probe/") + form}, {"fields", about}};
    answers.push_back(told(world.records.create(caller, made, {})));
  }
}

void ask_form(CanaryWorld& world, const Caller& caller, const model::Form& form,
              const std::vector<std::string>& ids, std::vector<std::string>& answers) {
  const auto ask = [&](json::object body) {
    body["form"] = form.full_id();
    answers.push_back(told(world.records.search(caller, body)));
    body["format"] = "csv";
    answers.push_back(told(world.records.export_rows(caller, body, Language::kDutch)));
  };
  ask({});
  ask({{"limit", 1}});
  ask({{"valid_on", "2026-01-31"}});
  ask({{"text", "canary"}});
  for (const model::Field& field : form.fields) {
    ask({{"sort", {{"field", field.id}}}});
    ask({{"columns", json::array{field.id}}});
    std::vector<std::string> values = ids;
    for (const Canary& canary : world.canaries) values.push_back(canary.text);
    for (const std::string& value : values) {
      ask({{"filters", json::array{json::object{{"field", field.id}, {"equals", value}}}}});
    }
  }
  for (const Canary& canary : world.canaries) ask({{"text", canary.text}});
  answers.push_back(told(world.catalogue.schema(caller, form.full_id())));
}

std::vector<std::string> everything_asked(CanaryWorld& world, const Caller& caller,
                                          const std::vector<std::string>& ids) {
  std::vector<std::string> answers;
  for (const std::string& id : ids) ask_about(world, caller, id, answers);
  const model::PackPtr pack = world.packs.rules()->packs.active("probe");
  for (const model::Form& form : pack->forms) ask_form(world, caller, form, ids, answers);
  answers.push_back(told(world.tasks.search(caller, json::object{})));
  answers.push_back(told(world.breaks.search(caller, json::object{})));
  answers.push_back(told(world.handovers.search(caller, json::object{})));
  answers.push_back(*world.catalogue.catalogue(caller).json);
  answers.push_back(world.catalogue.desks(caller));
  return answers;
}

TEST_CASE("person canary: no answer holds a word of a person that its reader may not see") {
  CanaryWorld world;
  int hidden = 0, shown = 0;
  for (const Caller& caller : world.everybody()) {
    CAPTURE(caller.name);
    CAPTURE(caller.purpose);
    for (const std::string& answer : everything_asked(world, caller, world.ids)) {
      for (const Canary& canary : world.canaries) {
        const bool is_there = answer.find(canary.text) != std::string::npos;
        if (is_there && !world.may_see(caller, canary)) FAIL_CHECK(canary.text << ": " << answer);
        ++(is_there ? shown : hidden);
      }
    }
  }
  CHECK(shown > 500);
  CHECK(hidden > 50'000);
}

TEST_CASE("person canary: who may see a field of a person finds it") {
  CanaryWorld world;
  for (const Caller& caller : world.everybody()) {
    const auto answers = everything_asked(world, caller, world.ids);
    for (const Canary& canary : world.canaries) {
      if (!world.may_see(caller, canary)) continue;
      CAPTURE(caller.name);
      CAPTURE(canary.text);
      CHECK(std::any_of(answers.begin(), answers.end(), [&](const std::string& answer) {
        return answer.find(canary.text) != std::string::npos;
      }));
    }
  }
}

TEST_CASE("person canary: a hidden child changes no byte of any answer") {
  CanaryWorld first, second;
  REQUIRE(first.ids == second.ids);
  const std::string hidden =
      second.make(second.planner(), "probe/child", R"({"call_name":"Eva","born_on":"2016-01-01"})")
          .id;
  second.tie("assignment", hidden, ProbeWorld::account(9), "2025-01-01");
  const Caller other = with(ProbeWorld::signed_in(9, "north", "worker"), "probe/care");
  const std::string note = second.make(other, "probe/note", ProbeWorld::note_about(hidden, "")).id;
  second.plant(hidden, 8);
  second.plant(note, 9);
  // Both are asked the same.
  first.canaries = second.canaries;
  for (const Caller& caller : first.everybody()) {
    const bool sees_it = caller.name == "planner" || caller.purpose == "probe/complaint";
    if (sees_it) continue;
    CAPTURE(caller.name);
    const auto left = everything_asked(first, caller, second.ids);
    const auto right = everything_asked(second, caller, second.ids);
    REQUIRE(left.size() == right.size());
    for (std::size_t i = 0; i < left.size(); ++i) CHECK(left[i] == right[i]);
  }
}

}  // namespace
}  // namespace zicht::app
