// The life of a record by example: each case is a short story (create, steps, days going by) and
// what must be seen at its end. Random stories: life_oracle_test.cc.
#include "model/life.h"

#include <doctest/doctest.h>

#include <string>

#include "base/json.h"
#include "model/testing/life_pack.h"

namespace zicht::model {
namespace {

Date day(std::string_view text) { return *Date::parse(text); }

Json parsed(std::string_view text) { return *parse_json(text); }

// One record and its judge; every act must succeed unless `refusal` is asked.
struct Story {
  PackSet packs = testing::life_packs();
  calendar::Calendar calendar;
  Judge judge;
  Record record;

  explicit Story(std::string_view fields, std::string_view from = "2025-01-31") {
    const PackPtr pack = packs.active("life");
    judge = {&packs, pack, &pack->forms[0], &calendar, day(from)};
    auto begun = begin(judge, parsed(fields), day(from));
    REQUIRE(begun.has_value());
    record = *begun;
  }

  // From now on this version of the pack judges.
  void use(Pack pack) {
    const auto shared = std::make_shared<const Pack>(std::move(pack));
    packs.add(shared);
    packs.activate(shared->hash);
    judge.pack = shared;
    judge.form = &shared->forms[0];
  }

  int wait_until(std::string_view date) {
    judge.today = day(date);
    auto fired = pass_time(judge, record);
    REQUIRE(fired.has_value());
    if (!fired->empty()) record = fired->back().record;
    return static_cast<int>(fired->size());
  }

  // Empty on success, else the name of the refusal.
  std::string act(const StepInput& input) {
    wait_until(std::max(judge.today, input.on).to_string());
    auto after = step(judge, record, input);
    if (!after) return std::string(refusal_name(after.error().id));
    record = *after;
    return "";
  }
  std::string act(const std::string& transition, std::string_view on,
                  std::string_view fields = "{}", const std::string& reason = "",
                  const std::string& person = "anna") {
    return act({transition, parsed(fields), reason, person, day(on)});
  }

  // "status first last" of a deadline, or "-".
  std::string deadline(std::string_view name) const {
    for (const Deadline& d : record.deadlines) {
      if (d.name == name) {
        return std::string(name_of(d.status)) + " " + d.due.first.to_string() + " " +
               d.due.last.to_string();
      }
    }
    return "-";
  }

  // "key@role" of every task, in order.
  std::string tasks() const {
    std::string text;
    for (const Task& t : record.tasks) text += (text.empty() ? "" : " ") + t.key + "@" + t.role;
    return text;
  }
};

constexpr auto kThreeMonths =
    R"({"what":"a","kind":"plain","dated":{"first":"2025-01-01","last":"2025-01-31"},)"
    R"("term":"P3M"})";
constexpr auto kDay =
    R"({"what":"a","kind":"plain","dated":{"first":"2025-02-10","last":"2025-02-10"}})";

TEST_CASE("life: a new record enters the start state with its deadlines and first task") {
  const Story story(kThreeMonths);
  CHECK(story.record.version == 1);
  CHECK(story.record.state == "open");
  CHECK(story.record.title == "a");
  CHECK(story.record.audience == Sensitivity::kInternal);
  CHECK(story.record.pack_hash == story.judge.pack->hash);
  CHECK(story.deadline("comply") == "open 2025-04-01 2025-04-30");
  CHECK(story.deadline("review") == "open 2025-01-01 2025-01-31");
  CHECK(story.deadline("wait") == "-");
  CHECK(story.tasks() == "state:open@worker");
  REQUIRE(story.record.tasks[0].due.has_value());
  CHECK(story.record.tasks[0].due->last == day("2025-01-31"));
}

TEST_CASE("life: without the start field there is no deadline until it is filled in") {
  Story story(R"({"what":"a","kind":"plain"})");
  CHECK(story.deadline("comply") == "-");
  auto after = change(story.judge, story.record, parsed(kDay), day("2025-02-01"));
  REQUIRE(after.has_value());
  story.record = *after;
  CHECK(story.record.version == 2);
  CHECK(story.deadline("comply") == "open 2025-03-24 2025-03-24");
}

TEST_CASE("life: a form whose code has no process has no state and no deadlines") {
  const Story story(R"({"what":"a"})");
  CHECK(story.record.state.empty());
  CHECK(story.record.process.empty());
  CHECK(story.record.deadlines.empty());
}

TEST_CASE("life: another kind moves the record to the other process's start") {
  Story story(kThreeMonths);
  auto after = change(story.judge, story.record, parsed(R"({"what":"a","kind":"other"})"),
                      day("2025-02-01"));
  REQUIRE(after.has_value());
  CHECK(after->process == "other");
  CHECK(after->state == "begun");
  CHECK(after->state_since == day("2025-02-01"));
  CHECK(after->deadlines.empty());
  CHECK(after->tasks.empty());
}

TEST_CASE("life: warnings come before the first day, the miss after the last day") {
  Story story(kThreeMonths);
  story.wait_until("2025-03-17");
  CHECK(story.tasks() == "state:open@worker");
  CHECK(story.wait_until("2025-03-18") == 1);
  CHECK(story.tasks() == "state:open@worker deadline:comply:warn:P14D@worker");
  CHECK(story.wait_until("2025-03-29") == 1);
  CHECK(story.tasks() == "state:open@worker deadline:comply:warn:P3D@worker");
  CHECK(story.wait_until("2025-04-30") == 0);
  CHECK(story.record.state == "open");
  CHECK(story.wait_until("2025-05-01") == 1);
  CHECK(story.record.state == "passed");
  CHECK(story.record.state_since == day("2025-05-01"));
  CHECK(story.record.valid_from == day("2025-05-01"));
  CHECK(story.deadline("comply") == "missed 2025-04-01 2025-04-30");
  CHECK(story.tasks() == "state:passed@worker");
}

TEST_CASE("life: looking late gives the miss its own day, and escalates after it") {
  Story story(kThreeMonths);
  story.wait_until("2026-01-01");
  CHECK(story.record.state_since == day("2025-05-01"));
  CHECK(story.record.valid_from == day("2025-05-11"));
  CHECK(story.tasks() == "state:passed@worker deadline:comply:escalate:P10D:chief@chief");
  CHECK(story.record.tasks[1].opened == day("2025-05-11"));
}

TEST_CASE("life: an automatic miss is fired with its transition, once") {
  Story story(kThreeMonths);
  story.judge.today = day("2025-05-01");
  auto fired = pass_time(story.judge, story.record);
  REQUIRE(fired.has_value());
  REQUIRE(!fired->empty());
  CHECK(fired->back().event.event == "fired");
  CHECK(fired->back().event.transition == "pass");
  CHECK(fired->back().record.version == 1 + static_cast<int>(fired->size()));
  auto again = pass_time(story.judge, fired->back().record);
  REQUIRE(again.has_value());
  CHECK(again->empty());
}

TEST_CASE("life: meeting a deadline ends its warnings and keeps its window") {
  Story story(kThreeMonths);
  story.wait_until("2025-03-29");
  CHECK(story.act("fulfil", "2025-04-02", R"({"met_on":"2025-04-02"})") == "");
  CHECK(story.record.state == "closed");
  CHECK(story.deadline("comply") == "met 2025-04-01 2025-04-30");
  CHECK(story.deadline("review") == "stopped 2025-01-01 2025-01-31");
  CHECK(story.tasks() == "");
  CHECK(story.record.fields.at("met_on") == "2025-04-02");
  CHECK(story.wait_until("2027-01-01") == 0);
}

TEST_CASE("life: a step recorded later may hold on an earlier day") {
  Story story(kThreeMonths);
  story.wait_until("2025-05-05");
  CHECK(story.act("fulfil", "2025-04-02", R"({"met_on":"2025-04-02"})") == "");
  CHECK(story.record.valid_from == day("2025-04-02"));
  CHECK(story.record.state_since == day("2025-04-02"));
  CHECK(story.deadline("comply") == "met 2025-04-01 2025-04-30");
}

TEST_CASE("life: rescheduling opens the deadline again with the new window") {
  Story story(kThreeMonths);
  story.wait_until("2025-06-01");
  const auto later = R"({"dated":{"first":"2025-06-01","last":"2025-06-01"}})";
  CHECK(story.act("reschedule", "2025-06-01", later) == "reason");
  CHECK(story.act("reschedule", "2025-06-01", later, "Uitstel") == "");
  CHECK(story.record.state == "open");
  CHECK(story.deadline("comply") == "open 2025-09-01 2025-09-01");
  CHECK(story.record.deadlines[0].warned.empty());
}

TEST_CASE("life: extension and suspension move the window as the regime allows") {
  Story story(kDay);
  CHECK(story.deadline("comply") == "open 2025-03-24 2025-03-24");
  CHECK(story.act("lengthen", "2025-02-20", R"({"longer":"P9W"})") == "deadline");
  CHECK(story.act("lengthen", "2025-02-20", R"({"longer":"P2W"})") == "");
  CHECK(story.deadline("comply") == "open 2025-04-07 2025-04-07");
  CHECK(story.act("continue", "2025-02-20") == "deadline");
  CHECK(story.act("pause", "2025-02-24") == "");
  CHECK(story.deadline("comply") == "suspended 2025-04-07 2025-04-07");
  story.wait_until("2025-06-01");
  CHECK(story.deadline("comply") == "suspended 2025-04-07 2025-04-07");
  CHECK(story.act("continue", "2025-03-06") == "");
  CHECK(story.deadline("comply") == "open 2025-04-17 2025-04-17");
}

TEST_CASE("life: an extension without its field is as long as the regime allows") {
  Story story(kDay);
  CHECK(story.act("lengthen", "2025-02-20") == "");
  CHECK(story.deadline("comply") == "open 2025-05-06 2025-05-06");
}

TEST_CASE("life: a hard gate opens on the day after the window, a soft one for a reason") {
  Story story(kDay);
  CHECK(story.act("decide", "2025-02-12", "{}", "", "anna") == "");
  CHECK(story.deadline("wait") == "open 2025-02-26 2025-02-26");
  CHECK(story.act("publish", "2025-02-26", "{}", "", "bob") == "not_before");
  CHECK(story.act("hurry", "2025-02-26", "{}", "", "bob") == "reason");
  const Record before = story.record;
  CHECK(story.act("hurry", "2025-02-26", "{}", "Spoed", "bob") == "");
  story.record = before;
  CHECK(story.act("publish", "2025-02-27", "{}", "", "bob") == "");
  CHECK(story.record.state == "published");
  CHECK(story.record.audience == Sensitivity::kPublic);
}

TEST_CASE("life: four eyes are two persons, also when the first decides again") {
  Story story(kDay);
  CHECK(story.act("decide", "2025-02-12", "{}", "", "anna") == "");
  story.wait_until("2025-03-01");
  CHECK(story.act("publish", "2025-03-01", "{}", "", "anna") == "four_eyes");
  const auto why = blocked(story.judge, story.record,
                           *story.judge.pack->processes[0].find_transition("publish"), "anna");
  REQUIRE(why.has_value());
  CHECK(why->en.find("decide") != std::string::npos);
  CHECK_FALSE(blocked(story.judge, story.record,
                      *story.judge.pack->processes[0].find_transition("publish"), "bob"));
  CHECK(story.act("publish", "2025-03-01", "{}", "", "bob") == "");
}

TEST_CASE("life: a missed task and its escalations stay until somebody moves the record on") {
  Story story(kDay);
  CHECK(story.act("decide", "2025-02-12") == "");
  CHECK(story.act("park", "2025-02-12") == "");
  CHECK(story.deadline("react") == "open 2025-03-26 2025-03-26");
  story.wait_until("2025-03-19");
  CHECK(story.tasks() == "state:waiting@worker deadline:react:warn:P1W@worker");
  story.wait_until("2025-06-01");
  CHECK(story.tasks() ==
        "state:waiting@worker deadline:react:missed@worker "
        "deadline:react:escalate:P5D:chief@chief deadline:react:escalate:P1M:chief@chief");
  CHECK(story.act("close", "2025-06-02") == "");
  CHECK(story.deadline("react") == "stopped 2025-03-26 2025-03-26");
  CHECK(story.tasks() == "");
}

struct Refused {
  const char* transition;
  const char* on;
  const char* fields;
  const char* reason;
  const char* refusal;
};

const Refused kRefused[] = {
    {"fulfil", "2025-02-10", "{}", "", "fields"},
    {"fulfil", "2025-02-10", R"({"met_on":"2025-02-10","term":"P1M"})", "", "fields"},
    {"publish", "2025-02-10", "{}", "", "state"},
    {"pass", "2025-02-10", "{}", "", "automatic"},
    {"nowhere", "2025-02-10", "{}", "", "unknown_step"},
    {"remark", "2025-02-10", "{}", "because", "reason"},
    {"continue", "2025-02-10", "{}", "", "deadline"},
};

TEST_CASE("life: a step that does not fit is refused and says what to do") {
  for (const Refused& c : kRefused) {
    CAPTURE(c.transition);
    Story story(kThreeMonths);
    CHECK(story.act(c.transition, c.on, c.fields, c.reason) == c.refusal);
  }
  Story story(kThreeMonths);
  auto future =
      step(story.judge, story.record, {"decide", parsed("{}"), "", "anna", day("2025-02-01")});
  REQUIRE_FALSE(future.has_value());
  CHECK(future.error().id == "MO-0213");
  Story fields(kThreeMonths);
  auto wrong = step(fields.judge, fields.record,
                    {"fulfil", parsed(R"({"term":"P1M"})"), "", "anna", day("2025-01-31")});
  REQUIRE_FALSE(wrong.has_value());
  REQUIRE(wrong.error().problems.size() == 2);
  CHECK(wrong.error().problems[0].where == "/fields/met_on");
  CHECK(wrong.error().problems[1].where == "/fields/term");
}

struct Told {
  const char* transition;
  const char* reason;
  const char* id;
};

const Told kTold[] = {
    {"pass", "", "MO-0202"},      {"publish", "", "MO-0203"}, {"reschedule", "", "MO-0208"},
    {"remark", "why", "MO-0209"}, {"fulfil", "", "MO-0210"},  {"lengthen", "", "MO-0214"},
    {"continue", "", "MO-0218"},
};

std::string refused_id(const Story& story, const std::string& transition,
                       const std::string& reason = "") {
  auto after = step(story.judge, story.record,
                    {transition, parsed("{}"), reason, "anna", story.judge.today});
  return after ? "" : after.error().id;
}

TEST_CASE("life: each refusal has an id of its own") {
  // Without a start day no deadline runs.
  const Story story(R"({"what":"a","kind":"plain"})");
  for (const Told& told : kTold) {
    CAPTURE(told.transition);
    CHECK(refused_id(story, told.transition, told.reason) == told.id);
  }
}

TEST_CASE("life: a regime without extension or suspension refuses both") {
  Story story(kDay);
  auto strict = std::make_shared<Pack>(*story.judge.pack);
  strict->regimes.at("objection").versions[0].extension.reset();
  strict->regimes.at("objection").versions[0].allows_suspension = false;
  story.judge.pack = strict;
  CHECK(refused_id(story, "lengthen") == "MO-0215");
  CHECK(refused_id(story, "pause") == "MO-0217");
}

TEST_CASE("life: a gate without its deadline stays closed") {
  Story story(R"({"what":"a","kind":"plain"})");
  auto gated = std::make_shared<Pack>(*story.judge.pack);
  for (Transition& transition : gated->processes[0].transitions) {
    if (transition.id == "decide") transition.not_before = Gate{"comply", true};
  }
  story.judge.pack = gated;
  CHECK(refused_id(story, "decide") == "MO-0207");
}

TEST_CASE("life: resuming before the suspension began is refused") {
  Story story(kDay);
  CHECK(story.act("pause", "2025-02-24") == "");
  auto early =
      step(story.judge, story.record, {"continue", parsed("{}"), "", "anna", day("2025-02-20")});
  REQUIRE_FALSE(early.has_value());
  CHECK(early.error().id == "MO-0216");
}

TEST_CASE("life: merging keeps what the step does not set") {
  const Json both = merged(parsed(R"({"a":1,"b":2})"), parsed(R"({"b":3,"c":4})"));
  CHECK(both == parsed(R"({"a":1,"b":3,"c":4})"));
}

}  // namespace
TEST_CASE("life: what a second person must see, and where a gate's term starts, is frozen") {
  Pack pack = *testing::life_packs().active("life");
  Process& process = pack.processes[0];
  for (Transition& transition : process.transitions) {
    if (transition.id == "decide") transition.fields = {{"met_on", Need::kRequired}};
  }
  for (DeadlineRule& rule : process.deadlines) {
    if (rule.id == "wait") rule.start = {"dated", ""};
  }
  Story story(kDay);
  story.use(std::move(pack));
  const auto changed = [&](const char* field, const char* value) {
    Json fields = story.record.fields;
    fields.as_object()[field] = parsed(value);
    return change(story.judge, story.record, fields, story.judge.today);
  };
  constexpr auto kOtherDay = R"({"first":"2025-02-01","last":"2025-02-01"})";
  CHECK(changed("dated", kOtherDay).has_value());
  REQUIRE(story.act("decide", "2025-02-12", R"({"met_on":"2025-02-12"})") == "");
  CHECK(changed("what", "\"b\"").has_value());
  for (const auto& [field, value] : {std::pair{"met_on", "\"2025-02-01\""}, {"dated", kOtherDay}}) {
    const auto refused = changed(field, value);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().id == "MO-0220");
    CHECK(refused.error().problems.at(0).where == std::string("/fields/") + field);
  }
  REQUIRE(story.act("publish", "2025-03-01", "{}", "", "bob") == "");
  CHECK(changed("met_on", "\"2025-02-01\"").has_value());
}

TEST_CASE("life: a fixed state keeps the fields as they are, and says which steps lead out of it") {
  Pack pack = *testing::life_packs().active("life");
  for (State& state : pack.processes[0].states) {
    state.is_fixed = state.id == "decided" || state.id == "published" || state.id == "closed";
  }
  for (Transition& transition : pack.processes[0].transitions) {
    if (transition.id == "park") transition.fields = {{"what", Need::kRequired}};
  }
  Story story(kDay);
  story.use(std::move(pack));
  const auto changed = [&](const Json& fields) {
    return change(story.judge, story.record, fields, story.judge.today);
  };
  Json other = story.record.fields;
  other.as_object()["what"] = "b";
  CHECK_FALSE(is_fixed(story.judge, story.record));
  CHECK(changed(other).has_value());

  REQUIRE(story.act("decide", "2025-02-12") == "");
  CHECK(is_fixed(story.judge, story.record));
  // Also when nothing differs: there is no other day to give it either.
  for (const Json& fields : {other, story.record.fields}) {
    const auto refused = changed(fields);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().id == "MO-0225");
    CHECK(refusal_name(refused.error().id) == "fixed");
    CHECK(refused.error().message.en == "In \"decided\" the fields stay as they are.");
    // Of publish, hurry, park and close only park leads to a state in which they can be changed.
    CHECK(refused.error().hint.en == "First take a step that leads out of it: \"park\".");
  }
  // A history that is told again was made when nothing stood in its way.
  CHECK(change_again(story.judge, story.record, other, story.judge.today).has_value());
  // What a step asks for is given with it.
  REQUIRE(story.act("park", "2025-02-13", R"({"what":"c"})") == "");
  CHECK(story.record.fields.at("what") == "c");
  CHECK(changed(other).has_value());
}

TEST_CASE("life: where every way out of a fixed state leads to another, all of them are named") {
  Pack pack = *testing::life_packs().active("life");
  Process& process = pack.processes[0];
  for (State& state : process.states) state.is_fixed = state.id != "open";
  std::erase_if(process.transitions, [](const Transition& each) { return each.id == "reopen"; });
  Story story(kDay);
  story.use(std::move(pack));
  const auto refused = [&] {
    const auto changed = change(story.judge, story.record, story.record.fields, story.judge.today);
    return changed ? Error{} : changed.error();
  };
  REQUIRE(story.act("decide", "2025-02-12") == "");
  CHECK(refused().hint.en == "First take a step that leads out of it: \"publish\", \"hurry\", "
                             "\"park\", \"close\".");
  REQUIRE(story.act("close", "2025-02-13") == "");
  CHECK(refused().id == "MO-0226");
  // A withdrawal changes no field and goes on.
  CHECK(withdraw(story.judge, story.record, day("2025-02-14")).state == kFactWithdrawn);
}

TEST_CASE("life: the task of a state to which a missed term led is due when that term was") {
  Pack pack = *testing::life_packs().active("life");
  std::erase_if(pack.processes[0].deadlines,
                [](const DeadlineRule& rule) { return rule.id == "review"; });
  Story story(kDay);
  story.use(std::move(pack));
  story.record = *begin(story.judge, parsed(kDay), day("2025-01-31"));
  story.wait_until("2025-12-31");
  REQUIRE(story.record.state == "passed");
  const Deadline& missed = story.record.deadlines.at(0);
  REQUIRE(missed.status == DeadlineStatus::kMissed);
  const auto task = std::find_if(story.record.tasks.begin(), story.record.tasks.end(),
                                 [](const Task& t) { return t.key == "state:passed"; });
  REQUIRE(task != story.record.tasks.end());
  CHECK(task->due == missed.due);
}

TEST_CASE("life: the record of a withdrawn fact stands still and is out of sight") {
  Story story(kDay);
  Record before = story.record;
  const Record gone = withdraw(story.judge, before, day("2025-01-01"));
  CHECK(gone.version == before.version + 1);
  CHECK(gone.fields == before.fields);
  CHECK(gone.valid_from == day("2025-01-01"));
  CHECK(gone.deadlines.empty());
  CHECK(gone.tasks.empty());
  CHECK(gone.audience == Sensitivity::kInternal);
  const State* state = state_of(*story.judge.pack, gone);
  REQUIRE(state != nullptr);
  CHECK(state->meaning == Meaning::kEnded);
  CHECK(state_of(*story.judge.pack, before)->id == before.state);

  story.record = gone;
  CHECK(story.wait_until("2030-01-01") == 0);
  CHECK(story.act("fulfil", "2030-01-01") == "withdrawn");
  const auto changed = change(story.judge, gone, gone.fields, story.judge.today);
  REQUIRE_FALSE(changed.has_value());
  CHECK(changed.error().id == "MO-0221");
  const Transition& any = story.judge.pack->processes[0].transitions[0];
  CHECK(blocked(story.judge, gone, any, "anna")->en ==
        "The source of this fact has withdrawn it.");
}

// Pack check refuses such a process; an engine that meets one all the same must not hang.
TEST_CASE("life: time that would go round for ever ends in an error") {
  Pack pack = *testing::life_packs().active("life");
  for (Process& process : pack.processes) {
    process.states = {State{"ping", {"p", "p"}, Meaning::kRunning, {}, false, "", {}},
                      State{"pong", {"q", "q"}, Meaning::kRunning, {}, false, "", {}}};
    process.start = "ping";
    process.transitions.clear();
    process.deadlines.clear();
    for (const auto& [from, to] : {std::pair{"ping", "pong"}, {"pong", "ping"}}) {
      Transition transition;
      transition.id = std::string("to-") + to;
      transition.from = {from};
      transition.to = to;
      transition.is_automatic = true;
      process.transitions.push_back(transition);
      DeadlineRule rule;
      rule.id = std::string("in-") + from;
      rule.start.entered_state = from;
      rule.term = Period::of_days(1);
      rule.runs_in = {from};
      rule.missed_transition = transition.id;
      process.deadlines.push_back(rule);
    }
  }
  const auto shared = std::make_shared<const Pack>(std::move(pack));
  PackSet packs;
  packs.add(shared);
  packs.activate(shared->hash);
  const calendar::Calendar calendar;
  Judge judge{&packs, shared, &shared->forms[0], &calendar, day("2000-01-01")};
  const auto record = begin(judge, parsed(kDay), day("2000-01-01"));
  REQUIRE(record.has_value());
  judge.today = day("2030-01-01");
  const auto fired = pass_time(judge, *record);
  REQUIRE_FALSE(fired.has_value());
  CHECK(fired.error().id == "MO-0219");
}

}  // namespace zicht::model
