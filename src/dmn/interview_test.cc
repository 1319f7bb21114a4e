// Interviews on models that a person can follow by hand.
#include "dmn/interview.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "dmn/testing/models.h"

namespace zicht::dmn {
namespace {

using feel::Value;
using testing::decision;
using testing::definitions;
using testing::input;
using testing::literal;
using testing::TableText;
using testing::value;
using testing::written;

struct Asking {
  explicit Asking(const std::string& body, const std::string& name = "d")
      : model(testing::compiled(definitions(body))) {
    REQUIRE(model.engine);
    auto made = Interview::create(model.engine, name, testing::environment());
    REQUIRE(made.has_value());
    interview = *std::move(made);
  }

  // Replies as "name=value"; "name=?" is not known.
  Step step(const std::vector<std::string>& known, const InterviewLimits& limits = {}) const {
    auto made = interview->next(replies(known), limits);
    REQUIRE(made.has_value());
    return *std::move(made);
  }
  std::string next(const std::vector<std::string>& known) const {
    const Step made = step(known);
    return made.next ? made.next->question.name : "-> " + written(made.outcome);
  }
  // Of the replies and of what stands in at the end of an interview.
  std::string evaluated(const std::vector<std::string>& known, const Step& end) const {
    const auto inputs = interview->inputs_of(with_stand_ins(replies(known), end));
    REQUIRE(inputs.has_value());
    const auto answer =
        model.engine->evaluate({.name = "d", .inputs = *inputs}, testing::environment());
    return answer.passed_over.empty() ? written(answer.value) : "null";
  }
  static std::vector<Reply> replies(const std::vector<std::string>& known) {
    std::vector<Reply> made;
    for (const auto& one : known) {
      const auto at = one.find('=');
      Reply reply{one.substr(0, at), std::nullopt};
      if (one.substr(at + 1) != "?") reply.value = value(one.substr(at + 1));
      made.push_back(std::move(reply));
    }
    return made;
  }

  testing::Compiled model;
  std::optional<Interview> interview{};
};

using Names = std::vector<std::string>;

const std::string kBooleans = input("a", "boolean") + input("b", "boolean") + input("c", "boolean");

TEST_CASE("interview: asks what decides most, and stops when nothing can change the outcome") {
  const Asking asking(input("income", "number") + input("age", "number") +
                      decision("d", "string",
                               testing::table({.policy = "UNIQUE",
                                               .inputs = {"age", "income"},
                                               .rules = {{"< 18", "-", "\"young\""},
                                                         {">= 18", "< 1000", "\"yes\""},
                                                         {">= 18", ">= 1000", "\"no\""}}}),
                               {"income", "age"}));
  const Step first = asking.step({});
  REQUIRE(first.next);
  CHECK(first.is_exact);
  CHECK(first.open == Names{"income", "age"});
  CHECK(asking.next({}) == "age");
  CHECK(asking.next({"age=17"}) == "-> \"young\"");
  CHECK(asking.next({"age=18"}) == "income");
  CHECK(asking.next({"age=18", "income=10"}) == "-> \"yes\"");
  const Step end = asking.step({"age=40", "income=?"});
  CHECK(!end.next);
  CHECK(end.is_settled);  // that it cannot be determined: nothing is left to ask
  CHECK(end.outcome.is_null());
  CHECK(end.missing == Names{"income"});
}

TEST_CASE("interview: rules that leave no room always give an outcome") {
  // Whether c is known does not matter where both of its values give a rule, two decisions deep.
  const std::string inner = decision("inner", "boolean",
                                     testing::table({.policy = "UNIQUE",
                                                     .inputs = {"b", "c"},
                                                     .rules = {{"true", "-", "true"},
                                                               {"false", "true", "false"},
                                                               {"false", "false", "true"}}}),
                                     {"b", "c"});
  const Asking asking(kBooleans + inner +
                      decision("d", "string",
                               testing::table({.policy = "UNIQUE",
                                               .inputs = {"a", "inner"},
                                               .rules = {{"true", "-", "\"at once\""},
                                                         {"false", "true", "\"yes\""},
                                                         {"false", "false", "\"no\""}}}),
                               {"a", "d-inner"}));
  CHECK(asking.next({"a=true"}) == "-> \"at once\"");
  CHECK(asking.next({"a=false"}) == "b");
  CHECK(asking.next({"a=false", "b=true"}) == "-> \"yes\"");
}

TEST_CASE("interview: asks on where looking ahead takes more than evaluating may") {
  std::string inputs;
  Names names;
  for (const char* name : {"a", "b", "c", "d1", "e", "f", "g", "h"}) {
    names.emplace_back(name);
    inputs += input(name, "boolean");
  }
  const Asking asking(
      inputs + decision("d", "boolean",
                        literal("count([a, b, c, d1, e, f, g, h][item = true]) + "
                                "count(for i in 1..100 return i) > 104"),
                        names));
  const auto left_with = [&](std::uint64_t steps) {
    InterviewLimits limits;
    limits.evaluation.steps = steps;
    const auto step = asking.interview->next({}, limits);
    return step ? step->next->expected_left : -1;
  };
  CHECK(left_with(100'000'000) < 1);
  CHECK(left_with(100) == -1);  // not even what is known can be evaluated
  // In between, the first question is asked, unseen.
  std::uint64_t steps = 100;
  while (left_with(steps) < 0) steps += steps / 2;
  CHECK(left_with(steps) == 1);
}

TEST_CASE("interview: follows and, or, not and if in three values") {
  const Asking asking(kBooleans +
                      decision("d", "boolean", literal("(a or b) and not(c)"), {"a", "b", "c"}));
  CHECK(asking.next({"c=true"}) == "-> false");
  CHECK(asking.next({"a=true"}) == "c");
  CHECK(asking.next({"a=?", "b=true", "c=false"}) == "-> true");
  CHECK(asking.next({"a=?", "b=false", "c=true"}) == "-> false");
  CHECK(asking.step({"a=?", "b=false", "c=false"}).missing == Names{"a"});
  const Asking branches(kBooleans +
                        decision("d", "", literal("if a then b else c"), {"a", "b", "c"}));
  CHECK(branches.next({"a=true"}) == "b");
  CHECK(branches.next({"a=false"}) == "c");
}

TEST_CASE("interview: asks no further where what nobody knows decides anyway") {
  const Asking asking(kBooleans +
                      decision("d", "boolean", literal("(a or b) and not(a and b)"), {"a", "b"}));
  const Step step = asking.step({"a=?"});
  CHECK(!step.next);
  CHECK(step.is_settled);
  CHECK(step.outcome.is_null());
  CHECK(step.missing == Names{"a"});
}

// Both values of `a` lead to "full"; but evaluation has to pass over rules that look at it.
const std::string kFull =
    kBooleans + decision("d", "",
                         testing::table({.policy = "FIRST",
                                         .inputs = {"a", "b"},
                                         .rules = {{"true", "true", "\"full\""},
                                                   {"false", "true", "\"full\""},
                                                   {"-", "-", "\"none\""}}}),
                         {"a", "b"});

TEST_CASE("interview: ends where no answer changes the outcome, and says what stands in for one") {
  const Asking asking(kFull);
  const Step end = asking.step({"b=true"});
  CHECK(!end.next);
  CHECK(end.is_settled);
  CHECK(written(end.outcome) == "\"full\"");
  REQUIRE(end.stand_ins.size() == 1);
  CHECK(end.stand_ins[0].question.name == "a");
  CHECK(written(end.stand_ins[0].value) == "true");
  CHECK(asking.evaluated({"b=true"}, {}) == "null");
  CHECK(asking.evaluated({"b=true"}, end) == "\"full\"");
  CHECK(asking.step({"a=true", "b=true"}).stand_ins.empty());
  const Asking branches(kBooleans +
                        decision("d", "", literal("if a then b else c"), {"a", "b", "c"}));
  CHECK(branches.next({"b=true", "c=true"}) == "-> true");
  CHECK(branches.next({"b=true", "c=false"}) == "a");
}

TEST_CASE("interview: ends in an outcome where what nobody knows does not change it") {
  const Asking asking(kFull);
  const Step end = asking.step({"a=?", "b=true"});
  CHECK(!end.next);
  CHECK(end.is_settled);
  CHECK(written(end.outcome) == "\"full\"");
  CHECK(end.missing.empty());
  REQUIRE(end.stand_ins.size() == 1);
  CHECK(end.stand_ins[0].question.name == "a");
  const Step unknown = asking.step({"b=?"});
  CHECK(!unknown.next);
  CHECK(unknown.outcome.is_null());
  CHECK(unknown.missing == Names{"b"});
  // What was not asked is none of the reasons.
  REQUIRE(unknown.outcome.null_reason());
  for (const auto& cause : unknown.outcome.null_reason()->causes()) CHECK(cause.fact == "b");
}

TEST_CASE("interview: asks no further where what nobody knows decides, without combinations too") {
  const Asking asking(input("n", "number") + kBooleans +
                      decision("d", "",
                               testing::table({.policy = "FIRST",
                                               .inputs = {"a", "n", "b"},
                                               .rules = {{"true", "< 5", "true", "1"},
                                                         {"true", "-", "-", "2"},
                                                         {"false", "< 5", "true", "3"},
                                                         {"false", "-", "-", "4"}}}),
                               {"n", "a", "b"}));
  const Step end = asking.step({"a=?"}, {.combinations = 0});
  CHECK(!end.next);
  CHECK(end.is_settled);
  CHECK(end.outcome.is_null());
  CHECK(end.missing == Names{"a"});
}

// Nothing tells what `x` is: no value of it is sure to be one that the cell can judge.
TEST_CASE("interview: asks what may be of any type, although what was tried changes nothing") {
  const Asking asking(
      input("x", "") + input("b", "boolean") +
      decision("d", "",
               testing::table({.policy = "FIRST",
                               .inputs = {"x", "b"},
                               .rules = {{"? instance of number", "true", "1"}, {"-", "-", "1"}}}),
               {"x", "b"}));
  const Step step = asking.step({"b=true"});
  REQUIRE(step.next);
  CHECK(!step.is_settled);
  CHECK(step.next->question.name == "x");
  CHECK(!step.next->is_certain);
  CHECK(asking.next({"b=true", "x=3"}) == "-> 1");
}

// A list in a column of texts: no cell can judge it, and what cannot be judged may have decided.
TEST_CASE("interview: a cell that cannot judge its value leaves the outcome undetermined") {
  const Asking asking(
      input("a", "boolean") + input("b", "boolean") +
      decision("list", "",
               testing::table({.policy = "RULE ORDER", .inputs = {"a"}, .rules = {{"-", "1"}}}),
               {"a"}) +
      decision("d", "",
               testing::table({.policy = "UNIQUE",
                               .inputs = {"list", "b"},
                               .rules = {{"\"x\"", "true", "1"}, {"-", "false", "1"}},
                               .default_output = "1"}),
               {"d-list", "b"}));
  for (const InterviewLimits& limits : {InterviewLimits(), InterviewLimits{.combinations = 0}}) {
    const Step open = asking.step({}, limits);
    REQUIRE(open.next);
    CHECK(open.next->question.name == "b");
    CHECK(asking.step({"b=true"}, limits).outcome.is_null());
    CHECK(asking.step({"b=true"}, limits).is_settled);
    CHECK(written(asking.step({"b=false"}, limits).outcome) == "1");
  }
}

TEST_CASE("interview: asks the members of a context, through decisions that pass them on") {
  const std::string types =
      "<itemDefinition name=\"tPerson\"><itemComponent name=\"age\"><typeRef>number</typeRef>"
      "</itemComponent><itemComponent name=\"kind\"><typeRef>string</typeRef><allowedValues><text>"
      "\"child\", \"parent\"</text></allowedValues></itemComponent></itemDefinition>";
  const Asking asking(types + input("Person", "tPerson") +
                      decision("Age", "number", literal("Person.age"), {"Person"}) +
                      decision("d", "boolean", literal("Age >= 18 or Person.kind = \"parent\""),
                               {"d-Age", "Person"}));
  const auto questions = asking.interview->questions();
  REQUIRE(questions.size() == 2);
  CHECK(questions[0].name == "Person.age");
  CHECK(questions[0].input == "Person");
  REQUIRE(questions[1].choices.size() == 2);
  CHECK(written(questions[1].choices[1]) == "\"parent\"");
  CHECK(asking.next({"Person.age=18"}) == "-> true");
  CHECK(asking.next({"Person.age=17"}) == "Person.kind");
  CHECK(asking.step({}).is_exact);
  const auto given = asking.interview->replies_in({{"Person", value("{age: 17, kind: null}"), {}}});
  CHECK(given.problems.empty());
  REQUIRE(given.replies.size() == 2);
  CHECK(!given.replies[1].value);
  const auto inputs = asking.interview->inputs_of(given.replies);
  REQUIRE(inputs.has_value());
  CHECK(written((*inputs)[0].value.as_context().slots()[0]) == "17");
}

TEST_CASE("interview: says on which rules and decisions a question bears, and on which law") {
  const std::string law =
      "<knowledgeSource id=\"law\" name=\"Jeugdwet 2.3\"><type>law</type></knowledgeSource>";
  std::string table = decision("Band", "string",
                               testing::table({.policy = "UNIQUE",
                                               .inputs = {"age", "a"},
                                               .rules = {{"< 18", "-", "\"youth\""},
                                                         {"[18..23)", "true", "\"youth\""},
                                                         {"[18..23)", "false", "\"adult\""},
                                                         {">= 23", "-", "\"adult\""}}}),
                               {"age", "a"});
  const auto at = table.find("<decisionTable");
  table.insert(at,
               "<authorityRequirement><requiredAuthority href=\"#law\"/></authorityRequirement>");
  const Asking asking(law + input("age", "number") + input("a", "boolean") + table +
                      decision("d", "boolean", literal("Band = \"youth\""), {"d-Band"}));
  const Step step = asking.step({"age=20"});
  REQUIRE(step.next);
  CHECK(step.next->question.name == "a");
  CHECK(step.next->is_certain);
  REQUIRE(step.next->why.size() == 2);
  CHECK(step.next->why[0].decision == "Band");
  CHECK(step.next->why[0].rules == std::vector<std::uint32_t>{2, 3});
  REQUIRE(step.next->why[0].sources.size() == 1);
  CHECK(step.next->why[0].sources[0].name == "Jeugdwet 2.3");
  CHECK(step.next->why[1].decision == "d");
  CHECK(step.next->why[1].rules.empty());
}

TEST_CASE("interview: takes not known for an answer where the model names it") {
  const Asking asking(
      input("partner", "number") + input("a", "boolean") +
      decision("d", "",
               testing::table(
                   {.policy = "UNIQUE",
                    .inputs = {"partner"},
                    .rules = {{"null", "\"alone\""}, {"< 21", "\"young\""}, {">= 21", "\"old\""}}}),
               {"partner"}));
  CHECK(asking.interview->questions()[0].names_missing);
  CHECK(asking.next({"partner=?"}) == "-> \"alone\"");
  CHECK(asking.next({"partner=30"}) == "-> \"old\"");
}

TEST_CASE("interview: asks what has no cells rather than conclude") {
  const Asking asking(input("x", "number") + input("a", "boolean") +
                      decision("d", "boolean", literal("x * 12 > 30000 and a"), {"x", "a"}));
  const Step step = asking.step({});
  CHECK(!step.is_exact);
  CHECK(asking.next({"a=false"}) == "-> false");
  CHECK(asking.next({"a=true"}) == "x");
  CHECK(asking.next({"a=true", "x=3000"}) == "-> true");
  CHECK(asking.step({"a=true"}).next->is_certain);
}

TEST_CASE("interview: knows what UNIQUE does where rules overlap, and what gaps give") {
  const Asking overlap(
      input("n", "number") + input("a", "boolean") +
      decision("d", "",
               testing::table({.policy = "UNIQUE",
                               .inputs = {"n", "a"},
                               .rules = {{"< 5", "-", "1"}, {"> 3", "true", "1"}}}),
               {"n", "a"}));
  CHECK(overlap.next({"n=4"}) == "a");
  CHECK(overlap.next({"n=2"}) == "-> 1");
  CHECK(overlap.next({"n=4", "a=true"}) == "-> null");
  CHECK(overlap.next({"n=6", "a=false"}) == "-> null");
}

TEST_CASE("interview: refuses questions and values that do not exist") {
  const Asking asking(input("age", "number") +
                      decision("d", "boolean", literal("age > 5"), {"age"}));
  const auto other = asking.interview->next(Asking::replies({"agee=1"}));
  REQUIRE(!other);
  CHECK(other.error().id == "DM-0051");
  const auto wrong = asking.interview->next(Asking::replies({"age=\"old\""}));
  REQUIRE(!wrong);
  CHECK(wrong.error().id == "DM-0052");
  CHECK(wrong_answer(asking.interview->questions()[0]).id == "DM-0052");
  const auto given = asking.interview->replies_in(
      {{"agee", value("1"), {}}, {"age", value("true"), {}}, {"age", value("null"), {}}});
  REQUIRE(given.problems.size() == 2);
  CHECK(given.problems[0].id == "DM-0051");
  CHECK(given.problems[0].where == "agee");
  CHECK(given.problems[1].id == "DM-0052");
  const Asking person(
      "<itemDefinition name=\"tP\"><itemComponent name=\"kind\"><typeRef>string</typeRef>"
      "<allowedValues><text>\"child\", \"parent\"</text></allowedValues></itemComponent>"
      "</itemDefinition>" +
      input("Person", "tP") + decision("d", "", literal("Person.kind = \"child\""), {"Person"}));
  const auto other_kind =
      person.interview->replies_in({{"Person", value("{kind: \"aunt\"}"), {}}}).problems;
  REQUIRE(other_kind.size() == 1);
  CHECK(other_kind[0].id == "DM-0053");
  CHECK(other_kind[0].where == "Person.kind");
  CHECK(person.interview->replies_in({{"Person", value("1"), {}}}).problems[0].id == "DM-0052");
  const auto in_group = [&](const char* members) {
    const auto problems = person.interview->replies_in({{"Person", value(members), {}}}).problems;
    return problems.empty() ? "" : problems[0].id + " " + problems[0].where;
  };
  CHECK(in_group("{knd: \"child\"}") == "DM-0051 Person.knd");
  CHECK(in_group("{kind: {}}") == "DM-0052 Person.kind");
  CHECK(in_group("{}") == "");
  const auto none = Interview::create(asking.model.engine, "e", testing::environment());
  REQUIRE(!none);
  CHECK(none.error().id == "DM-0050");
}

TEST_CASE("interview: a large table is asked through without trying all combinations") {
  const auto model = testing::compiled(testing::big_table(1000));
  REQUIRE(model.engine);
  const auto interview = Interview::create(model.engine, "d", testing::environment());
  REQUIRE(interview.has_value());
  const auto first = interview->next({});
  REQUIRE(first.has_value());
  CHECK(!first->is_exact);
  REQUIRE(first->next);
  CHECK(first->next->question.name == "Age");
  CHECK(first->next->is_certain);
  CHECK(first->next->expected_left < 0.01);
  const auto second = interview->next(Asking::replies({"Age=1000"}));
  REQUIRE(second.has_value());
  CHECK(second->is_exact);
  REQUIRE(second->next);
  CHECK(second->next->question.name == "Risk");
}

TEST_CASE("interview: one step as JSON") {
  const Asking asking(kBooleans + decision("d", "boolean", literal("a and b"), {"a", "b"}));
  const auto open = to_json(asking.step({})).as_object();
  CHECK(!open.at("settled").as_bool());
  CHECK(open.at("next").as_object().at("name").as_string() == "a");
  CHECK(open.at("next").as_object().at("why").as_array().size() == 1);
  const auto end = to_json(asking.step({"a=?", "b=true"})).as_object();
  CHECK(end.at("next").is_null());
  CHECK(end.at("outcome").is_null());
  CHECK(end.at("missing").as_array().size() == 1);
  CHECK(end.contains("causes"));
  CHECK(end.at("stand_ins").as_array().empty());
  const auto stand_in =
      to_json(Asking(kFull).step({"b=true"})).as_object().at("stand_ins").as_array().at(0);
  CHECK(stand_in.as_object().at("name").as_string() == "a");
  CHECK(stand_in.as_object().at("value").as_bool());
}

}  // namespace
}  // namespace zicht::dmn
