#include "packs/internal/test_cases.h"

#include <algorithm>

#include "model/record.h"
#include "packs/internal/readers.h"
#include "packs/internal/values.h"

namespace zicht::packs::internal {
namespace {

// What model::refusal_name gives, and `role`, which the runner decides itself.
const std::vector<std::string> kRefusals = {
    "role",   "state",  "four_eyes", "not_before",   "fields", "reason",
    "future", "deadline", "automatic", "unknown_step", "guard", "frozen", "fixed"};

const std::vector<std::string> kNormOutcomes = {"yes", "no", "unknown", "not-applicable"};

class CaseReader {
 public:
  CaseReader(const Draft& draft, const Source& source, const Node& node)
      : draft_(draft), source_(source),
        map_(source, node, {"name", "form", "fields", "from", "steps", "on", "expect"}) {}

  // Absent when the form is unknown; other faults are reported and the case is given.
  std::optional<TestCase> read() {
    made_.place = map_.node().place;
    made_.name = map_.text("name");
    const std::string form = map_.text("form");
    if (form.empty()) return std::nullopt;
    made_.form = draft_.pack.find_form(form);
    if (made_.form == nullptr) {
      source_.error("PK-0041", map_.find("form")->place,
                    {{"name", form}, {"known", suggestion(form, ids_of(draft_.pack.forms))}});
      return std::nullopt;
    }
    if (const Node* fields = map_.need("fields")) {
      made_.fields = json_of_fields(*fields, *made_.form, draft_.pack.id);
    }
    static_cast<void>(map_.need("from"));
    made_.from = map_.date_if("from").value_or(Date::min());
    read_steps();
    static_cast<void>(map_.need("on"));
    made_.on = map_.date_if("on").value_or(Date::max());
    read_expectation();
    return std::move(made_);
  }

 private:
  void read_steps() {
    const Node* steps = map_.find("steps");
    if (steps == nullptr || !expect_sequence(source_, *steps, "steps")) return;
    for (const Node& item : steps->items) {
      const bool is_change = item.find("change") != nullptr;
      const MapReader map(source_, item,
                          is_change ? std::vector<std::string>{"change", "as", "on", "refused"}
                                    : std::vector<std::string>{"do", "as", "by", "on", "fields",
                                                               "reason", "refused"});
      TestStep step;
      step.place = item.place;
      if (!is_change) step.transition = map.text("do");
      step.role = map.text_or("as");
      step.person = map.text_or("by", "somebody");
      static_cast<void>(map.need("on"));
      step.on = map.date_if("on").value_or(made_.from);
      step.fields = read_step_fields(map, is_change ? "change" : "fields");
      step.reason = is_change ? "" : map.text_or("reason");
      step.refused = map.closed("refused", kRefusals);
      made_.steps.push_back(std::move(step));
    }
  }

  Json read_step_fields(const MapReader& map, std::string_view key) {
    const Node* fields = map.find(key);
    if (fields == nullptr || !expect_map(source_, *fields, key)) return json::object();
    return json_of_fields(*fields, *made_.form, draft_.pack.id);
  }

  void read_expectation() {
    const Node* expect = map_.need("expect");
    if (expect == nullptr) return;
    const MapReader map(source_, *expect, {"state", "deadlines", "tasks", "problems", "messages",
                                           "hidden", "values", "norms"});
    if (map.has("state")) made_.state = map.text("state");
    if (const Node* tasks = map.find("tasks"); tasks && expect_sequence(source_, *tasks, "tasks")) {
      std::vector<std::string> roles;  // one role may have two tasks
      for (const Node& item : tasks->items) roles.push_back(read_text(source_, item, "tasks"));
      std::sort(roles.begin(), roles.end());
      made_.tasks = std::move(roles);
    }
    if (map.has("problems")) {
      made_.problems = map.texts_or_none("problems");
      std::sort(made_.problems->begin(), made_.problems->end());
    }
    read_rule_expectation(map);
    read_norm_expectation(map);
    const Node* deadlines = map.find("deadlines");
    if (deadlines == nullptr || !expect_map(source_, *deadlines, "deadlines")) return;
    for (const Member& member : deadlines->members) {
      const MapReader deadline(source_, member.value, {"first", "last", "status"});
      ExpectedDeadline& expected = made_.deadlines[member.key];
      expected.first = deadline.date_if("first");
      expected.last = deadline.date_if("last");
      expected.status = deadline.closed("status", names_of<model::DeadlineStatus>(5));
    }
  }

  // What the rules of the form say. Messages are problems too.
  void read_rule_expectation(const MapReader& map) {
    const Node* messages = map.find("messages");
    if (messages != nullptr && expect_map(source_, *messages, "messages")) {
      std::vector<std::string> pointers;
      for (const Member& member : messages->members) {
        made_.messages[member.key] = read_text(source_, member.value, member.key);
        pointers.push_back(member.key);
      }
      std::sort(pointers.begin(), pointers.end());
      if (!made_.problems) made_.problems = std::move(pointers);
    }
    if (map.has("hidden")) {
      made_.hidden = map.texts_or_none("hidden");
      std::sort(made_.hidden->begin(), made_.hidden->end());
      for (const std::string& id : *made_.hidden) check_field(id, map.find("hidden")->place);
    }
    const Node* values = map.find("values");
    if (values == nullptr || !expect_map(source_, *values, "values")) return;
    const Json given = json_of_fields(*values, *made_.form, draft_.pack.id);
    for (const Member& member : values->members) {
      check_field(member.key, member.place);
      const bool is_none = member.value.is_scalar() && member.value.text == "none";
      made_.values[member.key] = is_none ? Json() : given.at(member.key);
    }
  }

  // `kept: no`, or `kept: {outcome: unknown, missing: [end]}`; missing facts say unknown.
  void read_norm_expectation(const MapReader& map) {
    const Node* norms = map.find("norms");
    if (norms == nullptr || !expect_map(source_, *norms, "norms")) return;
    for (const Member& member : norms->members) {
      check_norm(member);
      ExpectedNorm& expected = made_.norms[member.key];
      if (member.value.is_scalar()) {
        expected.outcome = map_in(*norms).closed(member.key, kNormOutcomes);
        continue;
      }
      const MapReader norm(source_, member.value, {"outcome", "missing"});
      if (norm.has("missing")) {
        expected.missing = norm.texts_or_none("missing");
        std::sort(expected.missing->begin(), expected.missing->end());
      }
      expected.outcome = norm.closed("outcome", kNormOutcomes);
      if (expected.outcome.empty()) expected.outcome = "unknown";
    }
  }

  // The members are names of norms, whatever they are.
  MapReader map_in(const Node& norms) const {
    std::vector<std::string> names;
    for (const Member& member : norms.members) names.push_back(member.key);
    return {source_, norms, std::move(names)};
  }

  void check_norm(const Member& member) {
    std::vector<std::string> known;
    for (const model::Framework& framework : draft_.pack.frameworks) {
      if (framework.form != made_.form->id) continue;
      for (const model::Norm& norm : framework.norms) known.push_back(norm.id);
    }
    if (std::find(known.begin(), known.end(), member.key) != known.end()) return;
    source_.error("PK-0195", member.place,
                  {{"what", LocalizedText{"De norm", "The norm"}}, {"name", member.key},
                   {"known", suggestion(member.key, known)}});
  }

  void check_field(const std::string& id, const Place& place) {
    if (made_.form->find_field(id) != nullptr) return;
    source_.error("PK-0045", place,
                  {{"name", id}, {"known", suggestion(id, ids_of(made_.form->fields))}});
  }

  const Draft& draft_;
  const Source& source_;
  const MapReader map_;
  TestCase made_;
};

std::optional<TestCase> read_case(const Draft& draft, const Source& source, const Node& node) {
  TestCase test;
  if (node.find("model") != nullptr) {
    test.about_model = read_model_test(draft, source, node);
    if (!test.about_model) return std::nullopt;
  } else if (node.find("indicator") != nullptr) {
    test.about_indicator = read_indicator_test(draft, source, node);
    if (!test.about_indicator) return std::nullopt;
  } else if (node.find("letter") != nullptr) {
    test.about_letter = read_letter_test(draft, source, node);
    if (!test.about_letter) return std::nullopt;
  } else {
    return CaseReader(draft, source, node).read();
  }
  const Node* name = node.find("name");
  test.name = name == nullptr ? "" : read_text(source, *name, "name");
  test.place = node.place;
  return test;
}

}  // namespace

std::vector<TestCase> read_test_cases(const Draft& draft, const Source& source, const Node& node,
                                      const std::string& stem) {
  const MapReader map(source, node, {"tests", "cases"});
  read_file_id(source, map, "tests", stem);
  std::vector<TestCase> cases;
  const Node* items = map.need("cases");
  if (items == nullptr || !expect_sequence(source, *items, "cases")) return cases;
  for (const Node& item : items->items) {
    if (!expect_map(source, item, "cases")) continue;
    auto test = read_case(draft, source, item);
    if (!test) continue;
    const bool is_new = std::none_of(cases.begin(), cases.end(),
                                     [&](const TestCase& c) { return c.name == test->name; });
    if (!is_new) source.error("PK-0032", item.place_at({"name"}), {{"id", test->name}});
    cases.push_back(*std::move(test));
  }
  return cases;
}

}  // namespace zicht::packs::internal
