#include "model/testing/life_pack.h"

namespace zicht::model::testing {
namespace {

LocalizedText both(const std::string& text) { return {text, text}; }

Field field(const std::string& id, FieldType type) {
  Field f;
  f.id = id;
  f.type = type;
  f.label = both(id);
  return f;
}

State state(const std::string& id, const std::string& turn = "") {
  State s;
  s.id = id;
  s.label = both(id);
  s.turn = turn;
  if (!turn.empty()) s.task = both("do " + id);
  return s;
}

struct Step {
  std::string id;
  std::vector<std::string> from;
  std::string to;
};

Transition transition(const Step& step) {
  Transition t;
  t.id = step.id;
  t.label = both(step.id);
  t.from = step.from;
  t.to = step.to;
  t.roles = {"worker"};
  return t;
}

std::vector<Transition> order_transitions() {
  std::vector<Transition> all;
  all.push_back(transition({"pass", {"open"}, "passed"}));
  all.back().is_automatic = true;
  all.push_back(transition({"fulfil", {"open", "passed"}, "closed"}));
  all.back().fields = {{"met_on", Need::kRequired}, {"what", Need::kOptional}};
  all.push_back(transition({"reschedule", {"open", "passed"}, "open"}));
  all.back().fields = {{"dated", Need::kRequired}};
  all.back().reason = Need::kRequired;
  all.push_back(transition({"remark", {"open", "waiting"}, "same"}));
  all.back().reason = Need::kNone;
  all.push_back(transition({"lengthen", {"open"}, "same"}));
  all.back().fields = {{"longer", Need::kOptional}};
  all.back().extends = "comply";
  all.back().extends_by = "longer";
  all.push_back(transition({"pause", {"open"}, "same"}));
  all.back().suspends = "comply";
  all.push_back(transition({"continue", {"open"}, "same"}));
  all.back().resumes = "comply";
  all.push_back(transition({"decide", {"open", "passed"}, "decided"}));
  all.push_back(transition({"publish", {"decided"}, "published"}));
  all.back().four_eyes = {"decide"};
  all.back().not_before = Gate{"wait", true};
  all.push_back(transition({"hurry", {"decided"}, "published"}));
  all.back().not_before = Gate{"wait", false};
  all.push_back(transition({"park", {"decided"}, "waiting"}));
  all.push_back(transition({"close", {"decided", "waiting", "published", "passed"}, "closed"}));
  all.back().stops = {"react"};
  all.push_back(transition({"reopen", {"closed"}, "open"}));
  return all;
}

std::vector<DeadlineRule> order_deadlines() {
  std::vector<DeadlineRule> all(4);
  all[0].id = "comply";
  all[0].start.field = "dated";
  all[0].term_field = "term";
  all[0].regime = "objection";
  all[0].runs_in = {"open"};
  all[0].met_by = {"fulfil"};
  all[0].warn = {Period::of_days(14), Period::of_days(3)};
  all[0].missed_transition = "pass";
  all[0].escalate = {{Period::of_days(10), "chief"}};
  all[1].id = "wait";
  all[1].start.entered_state = "decided";
  all[1].term = Period::of_weeks(2);
  all[1].runs_in = {"decided"};
  all[2].id = "react";
  all[2].start.entered_state = "decided";
  all[2].term = Period::of_weeks(6);
  all[2].runs_in = {"decided", "waiting"};
  all[2].warn = {Period::of_weeks(1)};
  all[2].missed_task_role = "worker";
  all[2].escalate = {{Period::of_days(5), "chief"}, {Period::of_months(1), "chief"}};
  all[3].id = "review";
  all[3].start.field = "dated";
  all[3].runs_in = {"open", "passed"};
  for (DeadlineRule& rule : all) rule.label = both(rule.id);
  return all;
}

Process order_process() {
  Process p;
  p.id = "order";
  p.pack = "life";
  p.title = both("order");
  p.start = "open";
  p.states = {state("open", "worker"), state("passed", "worker"), state("decided", "chief"),
              state("waiting", "worker"), state("published"), state("closed")};
  p.states[4].audience = Sensitivity::kPublic;
  p.transitions = order_transitions();
  p.deadlines = order_deadlines();
  return p;
}

Process other_process() {
  Process p;
  p.id = "other";
  p.pack = "life";
  p.title = both("other");
  p.start = "begun";
  p.states = {state("begun")};
  return p;
}

Form order_form() {
  Form f;
  f.id = "order";
  f.pack = "life";
  f.title = both("Order");
  f.audience = Sensitivity::kInternal;
  f.name = {"what"};
  f.process.by_field = "kind";
  f.process.by_code = {{"plain", "order"}, {"other", "other"}};
  f.fields = {field("what", FieldType::kText), field("kind", FieldType::kChoice),
              field("dated", FieldType::kUncertainDate), field("term", FieldType::kPeriod),
              field("met_on", FieldType::kDate), field("longer", FieldType::kPeriod)};
  f.fields[0].is_required = true;
  f.fields[1].list = "kind";
  return f;
}

}  // namespace

PackPtr life_pack() {
  auto pack = std::make_shared<Pack>();
  pack->id = "life";
  pack->title = both("Life");
  pack->hash = std::string(64, '1');
  pack->roles = {{"worker", both("Worker"), Sensitivity::kInternal, true},
                 {"chief", both("Chief"), Sensitivity::kInternal, true}};
  List kinds;
  kinds.id = "kind";
  kinds.pack = "life";
  kinds.codes = {{"plain", both("Plain"), {}, {}, {}}, {"other", both("Other"), {}, {}, {}}};
  pack->lists = {kinds};
  pack->processes = {order_process(), other_process()};
  pack->forms = {order_form()};
  calendar::Regime regime;
  regime.id = "objection";
  regime.versions = {{Date::of(1994, 1, 1), {}, Period::of_weeks(6), Period::of_weeks(6), true,
                      true, "awb"}};
  pack->regimes.emplace("objection", regime);
  return pack;
}

PackSet life_packs() {
  PackSet packs;
  packs.add(life_pack());
  packs.activate(life_pack()->hash);
  return packs;
}

}  // namespace zicht::model::testing
