// Random processes with random acts: the engine must agree with a walk day by day, and looking
// every day must give the same record as looking only when something is done.
#include <doctest/doctest.h>

#include <string>

#include "base/json.h"
#include "base/rng.h"
#include "model/life.h"
#include "model/testing/life_pack.h"
#include "model/testing/naive_life.h"

namespace zicht::model {
namespace {

using testing::NaiveLife;

constexpr int kWorlds = 400;
constexpr int kDays = 200;
const Date kStart = Date::of(2025, 1, 1);

Date day_of(int offset) { return *add_days(kStart, offset); }

struct Dice {
  SeededRng rng;
  int below(int bound) { return static_cast<int>(rng.below(static_cast<std::uint64_t>(bound))); }
  bool one_in(int n) { return below(n) == 0; }
};

std::string name(int state) { return "s" + std::to_string(state); }

std::vector<std::string> some_states(Dice& dice, int count) {
  std::vector<std::string> states;
  for (int i = 0; i < count; ++i) {
    if (dice.one_in(2)) states.push_back(name(i));
  }
  if (states.empty()) states.push_back(name(dice.below(count)));
  return states;
}

DeadlineRule random_rule(Dice& dice, int index, int states) {
  DeadlineRule rule;
  rule.id = "d" + std::to_string(index);
  rule.label = {rule.id, rule.id};
  if (dice.one_in(2)) {
    rule.start.entered_state = name(dice.below(states));
    rule.term = Period::of_days(dice.below(40));
  } else {
    rule.start.field = "dated";
    if (dice.one_in(2)) rule.term_field = "term";
    if (dice.one_in(2)) rule.regime = "objection";
  }
  rule.runs_in = some_states(dice, states);
  if (dice.one_in(2)) rule.met_by = {"t" + std::to_string(dice.below(6))};
  for (int days : {14, 3}) {
    if (dice.one_in(2)) rule.warn.push_back(Period::of_days(days));
  }
  if (dice.one_in(3)) rule.missed_task_role = "worker";
  if (dice.one_in(2)) rule.escalate.push_back({Period::of_days(dice.below(20)), "chief"});
  if (dice.one_in(3)) rule.escalate.push_back({Period::of_months(1), "chief"});
  return rule;
}

// Time only moves a record to a higher state, so it cannot go round by itself.
void add_automatic(Dice& dice, Process& process, DeadlineRule& rule) {
  const int states = static_cast<int>(process.states.size());
  if (!rule.missed_task_role.empty() || dice.one_in(3)) return;
  const int from = dice.below(states - 1);
  Transition t;
  t.id = "auto-" + rule.id;
  t.from = {name(from)};
  t.to = name(from + 1 + dice.below(states - from - 1));
  t.is_automatic = true;
  rule.missed_transition = t.id;
  process.transitions.push_back(t);
}

Process random_process(Dice& dice) {
  Process process;
  process.id = "order";
  process.start = "s0";
  const int states = 2 + dice.below(4);
  for (int i = 0; i < states; ++i) {
    State state;
    state.id = name(i);
    if (!dice.one_in(4)) state.turn = dice.one_in(2) ? "worker" : "chief";
    if (dice.one_in(2)) state.task = LocalizedText{"doe", "do"};
    process.states.push_back(state);
  }
  const int rules = 1 + dice.below(3);
  for (int i = 0; i < rules; ++i) process.deadlines.push_back(random_rule(dice, i, states));
  for (int i = 0; i < 6; ++i) {
    Transition t;
    t.id = "t" + std::to_string(i);
    t.from = some_states(dice, states);
    t.to = dice.one_in(3) ? "same" : name(dice.below(states));
    const std::string about = "d" + std::to_string(dice.below(rules));
    if (dice.one_in(5)) t.stops = {about};
    if (i == 3) t.suspends = about;
    if (i == 4) t.resumes = about;
    if (i == 5) t.extends = about, t.extends_by = "longer";
    t.fields = {{"dated", Need::kOptional}, {"longer", Need::kOptional}};
    process.transitions.push_back(t);
  }
  for (DeadlineRule& rule : process.deadlines) add_automatic(dice, process, rule);
  return process;
}

Json random_dated(Dice& dice, int today) {
  const int first = today - 30 + dice.below(90);
  const int last = first + (dice.one_in(2) ? 0 : dice.below(40));
  return {{"first", day_of(first).to_string()}, {"last", day_of(last).to_string()}};
}

Json random_fields(Dice& dice, int today) {
  json::object fields{{"what", "x"}, {"kind", "plain"}};
  if (!dice.one_in(5)) fields["dated"] = random_dated(dice, today);
  if (dice.one_in(2)) fields["term"] = dice.one_in(2) ? "P20D" : "P1M";
  return fields;
}

// One record seen by three: looked at every day, looked at only for acts, and the day walker.
struct World {
  PackSet packs;
  calendar::Calendar calendar;
  Judge judge;
  Record daily, lazy;

  explicit World(const Process& process) {
    auto pack = std::make_shared<Pack>(*testing::life_pack());
    pack->processes[0] = process;
    packs.add(pack);
    packs.activate(pack->hash);
    judge = {&packs, pack, &pack->forms[0], &calendar, kStart};
  }

  void pass(Record& record) const {
    auto fired = pass_time(judge, record);
    REQUIRE(fired.has_value());
    if (!fired->empty()) record = fired->back().record;
  }
};

std::string text_of(const Record& record) {
  auto text = canonical_json(to_payload(record, {"fired", "", ""}));
  REQUIRE(text.has_value());
  return *text;
}

void check_same(const Record& record, const NaiveLife& naive) {
  CHECK(record.state == naive.state);
  CHECK(record.state_since == naive.state_since);
  CHECK(record.valid_from == naive.valid_from);
  CHECK(record.version == naive.versions);
  REQUIRE(record.deadlines.size() == naive.deadlines.size());
  for (const Deadline& d : record.deadlines) {
    REQUIRE(naive.deadlines.contains(d.name));
    const auto& other = naive.deadlines.at(d.name);
    CHECK(name_of(d.status) == other.status);
    CHECK(d.due == other.due);
    CHECK(std::set<std::string>(d.warned.begin(), d.warned.end()) == other.warned);
    CHECK(std::set<std::string>(d.escalated.begin(), d.escalated.end()) == other.escalated);
  }
  REQUIRE(record.tasks.size() == naive.tasks.size());
  for (const Task& task : record.tasks) {
    REQUIRE(naive.tasks.contains(task.key));
    CHECK(task.role == naive.tasks.at(task.key).role);
    CHECK(task.opened == naive.tasks.at(task.key).opened);
  }
}

struct Counts {
  int acts = 0, refused = 0, versions = 0;
};

// One act on all three; false: the term arithmetic refused it and the world ends here.
bool act(Dice& dice, World& world, NaiveLife& naive, int today, Counts& counts) {
  world.pass(world.lazy);
  const Date on = day_of(today - (dice.one_in(4) ? dice.below(15) : 0));
  if (dice.one_in(5)) {
    const Json fields = random_fields(dice, today);
    auto daily = change(world.judge, world.daily, fields, on);
    auto lazy = change(world.judge, world.lazy, fields, on);
    REQUIRE(daily.has_value() == lazy.has_value());
    if (!daily) return true;
    world.daily = *daily;
    world.lazy = *lazy;
    ++counts.acts;
    return naive.change(fields, on);
  }
  json::object fields;
  if (dice.one_in(3)) fields["dated"] = random_dated(dice, today);
  StepInput input{"t" + std::to_string(dice.below(6)), fields, "", "anna", on};
  if (input.transition == "t5") fields["longer"] = "P10D", input.fields = fields;
  auto daily = step(world.judge, world.daily, input);
  auto lazy = step(world.judge, world.lazy, input);
  REQUIRE(daily.has_value() == lazy.has_value());
  if (!daily) return ++counts.refused, true;
  world.daily = *daily;
  world.lazy = *lazy;
  ++counts.acts;
  const Process& process = *process_of(world.judge, world.daily.fields);
  return naive.take(*process.find_transition(input.transition), input.fields, on);
}

void live(std::uint64_t seed, Counts& counts) {
  CAPTURE(seed);
  Dice dice{SeededRng(seed)};
  World world(random_process(dice));
  const Json fields = random_fields(dice, 0);
  auto begun = begin(world.judge, fields, kStart);
  REQUIRE(begun.has_value());
  world.daily = world.lazy = *begun;
  NaiveLife naive(world.judge, fields, kStart);
  for (int today = 0; today < kDays; ++today) {
    world.judge.today = day_of(today);
    world.pass(world.daily);
    naive.walk_to(day_of(today));
    if (dice.one_in(12) && !act(dice, world, naive, today, counts)) return;
    if (dice.one_in(50)) world.pass(world.lazy);
  }
  world.pass(world.daily);
  world.pass(world.lazy);
  naive.walk_to(world.judge.today);
  CHECK(text_of(world.daily) == text_of(world.lazy));
  check_same(world.lazy, naive);
  counts.versions += static_cast<int>(world.lazy.version);
  auto again = pass_time(world.judge, world.lazy);
  REQUIRE(again.has_value());
  CHECK(again->empty());
}

TEST_CASE("life: random processes agree with a walk day by day, however often one looks") {
  Counts counts;
  for (std::uint64_t seed = 1; seed <= kWorlds; ++seed) live(seed, counts);
  MESSAGE(counts.acts << " acts, " << counts.refused << " refused, "
                      << counts.versions << " versions seen");
  CHECK(counts.acts > kWorlds);
  CHECK(counts.versions > counts.acts + kWorlds);
}

}  // namespace
}  // namespace zicht::model
