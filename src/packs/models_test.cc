// Decision models in packs: what is loaded and refused, and what a question gives. The pack
// tests/packs/tables is invented for it.
#include "packs/models.h"

#include <doctest/doctest.h>

#include "packs/run_tests.h"
#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using feel::Value;

constexpr const char* kFee = "rules/fee.dmn";
constexpr const char* kTests = "tests/fees.yaml";

Files tables() { return testing::read_folder("tests/packs/tables"); }

Files tables_with(const std::string& file, const std::string& from, const std::string& to) {
  return testing::replaced(tables(), file, from, to);
}

model::PackPtr loaded(const Files& files) {
  const LoadResult result = load(files, {});
  INFO(testing::listed(result.diagnostics));
  REQUIRE(result.pack != nullptr);
  return result.pack;
}

std::vector<TestOutcome> outcomes_of(const Files& files) {
  const auto pack = loaded(files);
  model::PackSet packs;
  packs.add(pack);
  packs.activate(pack->hash);
  return run_tests(pack, packs, calendar::Calendar());
}

ModelAnswer ask(const std::string& decision, const std::vector<dmn::InputValue>& inputs,
                std::optional<Date> today = std::nullopt) {
  const auto pack = loaded(tables());
  return ask_model(*pack->find_model("fee"),
                   {.decision = decision, .inputs = inputs, .today = today});
}

// "PK-0193 DM-0033" of the errors.
std::string errors_of(const Files& files) {
  std::string ids;
  const LoadResult result = load(files, {});
  for (const Diagnostic& one : result.diagnostics) {
    if (one.severity == Severity::kError) ids += (ids.empty() ? "" : " ") + one.id;
  }
  CHECK((result.pack == nullptr) == !ids.empty());
  return ids;
}

TEST_CASE("models: every file of rules is compiled, imports between them included") {
  const auto pack = loaded(tables());
  REQUIRE(pack->models.size() == 2);
  CHECK(pack->models[0].id == "fee");
  CHECK(pack->models[0].file == kFee);
  CHECK(pack->find_model("shared") != nullptr);
  CHECK(pack->find_model("unknown") == nullptr);
}

TEST_CASE("models: the hash of a pack covers its models") {
  Files files = tables_with(kFee, "40.5", "40.6");
  CHECK(loaded(files)->hash != loaded(tables())->hash);
}

TEST_CASE("models: each mistake in a model is told in its file and refuses the pack") {
  const LoadResult result = load(tables_with(kFee, "Tarief * Uren", "Tarief * * Uren"), {});
  CHECK(result.pack == nullptr);
  REQUIRE_FALSE(result.diagnostics.empty());
  const Diagnostic& told = result.diagnostics[0];
  CHECK(told.id == "DM-0033");
  CHECK(told.file == kFee);
  CHECK(told.line == 46);
  CHECK(told.column > 0);
  CHECK(told.message.nl.find("Kosten") != std::string::npos);
  CHECK_FALSE(told.hint.en.empty());
  CHECK(errors_of(tables_with(kFee, "<definitions", "<!DOCTYPE x><definitions")) == "DM-0003");
  CHECK(errors_of(tables_with(kFee, "#d-rate\"/>", "#d-other\"/>")).starts_with("DM-0030"));
}

TEST_CASE("models: an import of a model that the pack does not have is refused") {
  Files files = tables();
  files.erase("rules/shared.dmn");
  CHECK(errors_of(files).find("DM-0041") != std::string::npos);
}

TEST_CASE("models: two models of one namespace are refused") {
  CHECK(
      errors_of(tables_with("rules/shared.dmn", "urn:zicht:tables:shared", "urn:zicht:tables:fee"))
          .find("PK-0190") != std::string::npos);
}

TEST_CASE("models: the name of a file is an id, and models lie in rules alone") {
  Files files = tables();
  files["rules/Too Much.dmn"] = files.at("rules/shared.dmn");
  CHECK(errors_of(files).find("PK-0031") != std::string::npos);
  files = tables();
  files["forms/fee.dmn"] = files.at(kFee);
  files["rules/inner/fee.dmn"] = files.at(kFee);
  CHECK(errors_of(files) == "PK-0016 PK-0016");
}

TEST_CASE("models: what is doubtful is a warning with an example") {
  CHECK(check_models(*loaded(tables())).size() == 1);
  const Diagnostic gap = check_models(*loaded(tables()))[0];
  CHECK(gap.id == "DM-0060");
  CHECK(gap.severity == Severity::kWarning);
  CHECK(gap.message.nl.find("zwaar") != std::string::npos);
  const auto unused = check_models(*loaded(tables_with(
      kFee, "<knowledgeSource",
      R"(<inputData id="i-x" name="Over"><variable name="Over"/></inputData><knowledgeSource)")));
  CHECK(std::any_of(unused.begin(), unused.end(),
                    [](const Diagnostic& one) { return one.id == "DM-0063"; }));
}

TEST_CASE("models: inputs that do not fit are told by name, and nothing is evaluated") {
  const auto wrong = ask("Tarief", {{"Soort", Value::string("middel")},
                                    {"Uren per week", Value::string("veel")},
                                    {"Uur", Value::number(1)}});
  REQUIRE(wrong.problems.size() == 3);
  CHECK(wrong.problems[0].id == "DM-0053");
  CHECK(wrong.problems[0].where == "Soort");
  CHECK(wrong.problems[0].hint.nl.find("\"licht\", \"zwaar\"") != std::string::npos);
  CHECK(wrong.problems[1].id == "DM-0052");
  CHECK(wrong.problems[1].message.nl == "Uren per week: dit is niet een getal.");
  CHECK(wrong.problems[2].id == "DM-0051");
  CHECK(wrong.answer.value.is_null());
  CHECK(ask("Kan het nog", {{"Dagdelen", Value::string("nacht")}}).problems[0].id == "DM-0053");
}

TEST_CASE("models: texts become numbers, dates and lists as the model wants them") {
  const auto answer = ask("Kosten", {{"Soort", Value::string("licht")},
                                     {"Uren per week", Value::string("2.5")},
                                     {"Begin", Value::string("2026-03-31")},
                                     {"Vandaag", Value::string("2026-03-01")}});
  CHECK(answer.problems.empty());
  CHECK(feel::literal_of(answer.answer.value) == "{Basis: 101.25, Extra: 0}");
  CHECK(answer.told.outcome == dmn::Outcome::kValue);
}

TEST_CASE("models: an unknown decision and a spent budget are told") {
  const auto unknown = ask("Tariff", {});
  REQUIRE(unknown.answer.error);
  CHECK(unknown.answer.error->id == "DM-0050");
  CHECK(unknown.told.outcome == dmn::Outcome::kUnknown);
  const auto pack = loaded(tables_with(kFee, "Tarief * Uren per week",
                                       "count(for a in 1..5000, b in 1..5000 return a)"));
  const auto spent = ask_model(*pack->find_model("fee"), {.decision = "Kosten"});
  REQUIRE(spent.answer.error);
  CHECK(spent.told.outcome == dmn::Outcome::kUnknown);
  CHECK(spent.told.errors.at(0).id.starts_with("FE-010"));
}

TEST_CASE("models: today is the day of the question, else it cannot be determined") {
  const auto pack = loaded(tables_with(kFee, "Persoon.Leeftijd &lt; 18 and count(Dagdelen) &gt; 0",
                                       "today() &lt;= @\"2026-03-02\""));
  const auto& fee = *pack->find_model("fee");
  ModelQuestion question{.decision = "Kan het nog", .today = *Date::parse("2026-03-02")};
  CHECK(ask_model(fee, question).told.outcome == dmn::Outcome::kYes);
  question.today = *Date::parse("2026-03-03");
  CHECK(ask_model(fee, question).told.outcome == dmn::Outcome::kNo);
  question.today = std::nullopt;
  CHECK(ask_model(fee, question).told.outcome == dmn::Outcome::kUnknown);
}

// Marks a decision that says of hours and a day whether they can stand beside each other.
Files tables_with_contradiction(const std::string& mark, const std::string& type = "boolean") {
  const std::string logic =
      type == "boolean" ? R"(Soort = "licht" and Uren per week &gt; 30)" : "Uren per week";
  const std::string decision =
      R"(<decision id="d-strange" name="Vreemd"><extensionElements><z:)" + mark +
      R"( xmlns:z="urn:zicht:dmn"/></extensionElements>)"
      R"(<question>Licht, en zo veel uren?</question>)"
      R"(<variable name="Vreemd" typeRef=")" +
      type +
      R"("/><informationRequirement id="o1"><requiredInput href="#i-kind"/>)"
      R"(</informationRequirement><informationRequirement id="o2">)"
      R"(<requiredInput href="#i-hours"/></informationRequirement>)"
      R"(<literalExpression id="o3"><text>)" +
      logic + R"(</text></literalExpression></decision>)";
  const std::string before = R"(<decision id="d-rate")";
  return tables_with(kFee, before, decision + before);
}

InterviewAnswer interviewed(const Files& files, ModelQuestion question) {
  const auto pack = loaded(files);
  return interview_model(*pack->find_model("fee"), std::move(question));
}

TEST_CASE("models: an interview holds back what rests on answers that contradict each other") {
  const Files files = tables_with_contradiction("contradiction");
  const ModelQuestion asked{.decision = "Tarief",
                            .inputs = {{"Soort", Value::string("licht")},
                                       {"Uren per week", Value::number(31)}}};
  const auto held = interviewed(files, asked);
  REQUIRE(held.contradictions.size() == 1);
  CHECK(held.contradictions[0].question == "Licht, en zo veel uren?");
  CHECK(held.contradictions[0].answers == std::vector<std::string>{"Soort", "Uren per week"});
  CHECK_FALSE(held.step.next);
  CHECK(held.end.answer.value.is_null());
  ModelQuestion accepted = asked;
  accepted.accepted = {"Vreemd"};
  CHECK(interviewed(files, accepted).contradictions.size() == 1);
  const auto doubtful = tables_with_contradiction("doubt");
  CHECK(interviewed(doubtful, asked).contradictions.size() == 1);
  CHECK(interviewed(doubtful, accepted).contradictions.empty());
  CHECK(feel::literal_of(interviewed(doubtful, accepted).end.answer.value) == "40.5");
}

TEST_CASE("models: contradictions look at answers to other decisions, and at nothing unknown") {
  const Files files = tables_with_contradiction("contradiction");
  ModelQuestion other{.decision = "Kan het nog",
                      .inputs = {{"Soort", Value::string("licht")},
                                 {"Uren per week", Value::number(31)}}};
  const auto untouched = interviewed(files, other);
  CHECK(untouched.problems.empty());
  CHECK(untouched.contradictions.empty());
  REQUIRE(untouched.step.next);
  other.inputs[1].value = Value::string("veel");
  CHECK(interviewed(files, other).problems.at(0).id == "DM-0052");
  other.inputs.push_back({"Uur", Value::number(1)});
  CHECK(interviewed(files, other).problems.at(1).id == "DM-0051");
  const ModelQuestion open{.decision = "Tarief",
                           .inputs = {{"Soort", Value::string("licht")}, {"Uren per week", {}}}};
  CHECK(interviewed(files, open).contradictions.empty());
}

TEST_CASE("models: a contradiction that cannot be yes is refused") {
  CHECK(errors_of(tables_with_contradiction("doubt", "number")) == "PK-0265");
}

TEST_CASE("run_tests: the tests of models pass") {
  for (const TestOutcome& outcome : outcomes_of(tables())) {
    std::string told;
    for (const auto& d : outcome.differences)
      told += d.what + ": " + d.expected + " / " + d.got + "; ";
    for (const auto& line : outcome.why) told += line.en + "; ";
    CHECK_MESSAGE(outcome.passed(), outcome.name, ": ", told);
  }
  CHECK(outcomes_of(tables()).size() == 8);
}

TEST_CASE("run_tests: each wrong expectation of a model fails with both sides and why") {
  struct Wrong {
    std::string from, to, difference, why;
  };
  const Wrong cases[] = {
      {"value: 40.50", "value: 41", "value: 41 / 40.5", "rules that match: 1"},
      {"rules: [1]", "rules: [2]", "rules: 2 / 1", "Tarief = 40.5"},
      {"outcome: value", "outcome: no", "outcome: no / value", "Tarief = 40.5"},
      {"missing: [Uren per week]", "missing: [Soort]", "missing: Soort / Uren per week",
       "missing: Uren per week"},
      {"{missing: [Uren per week]}", "{value: 80}", "outcome: value / unknown", "no rule matches"},
      {"missing: [], rules: []", "missing: [], rules: [3]", "rules: 3 / -",
       "rule 3 does not match because of: Uren"},
      {"{Basis: 700, Extra: 25}", "{Basis: 700}", "value: {Basis: 700} / {Basis: 700, Extra: 25}",
       "Kosten = "},
      {"[2, 6]", "[6, 2]", "value: [6, 2] / [2, 6]", "Overzicht = [2, 6]"},
      {"{outcome: yes}", "{outcome: no}", "outcome: no / yes", "Kan het nog = true"},
  };
  for (const Wrong& wrong : cases) {
    CAPTURE(wrong.to);
    std::string differences;
    std::string why;
    for (const TestOutcome& outcome : outcomes_of(tables_with(kTests, wrong.from, wrong.to))) {
      for (const auto& d : outcome.differences)
        differences += d.what + ": " + d.expected + " / " + d.got + "\n";
      for (const auto& line : outcome.why) why += line.en + "\n";
    }
    CHECK_MESSAGE(differences.find(wrong.difference) != std::string::npos, differences);
    CHECK_MESSAGE(why.find(wrong.why) != std::string::npos, why);
  }
}

TEST_CASE("run_tests: a test of a model that cannot be run is refused when the pack is loaded") {
  CHECK(errors_of(tables_with(kTests, "model: fee", "model: fees")) == "PK-0191");
  CHECK(errors_of(tables_with(kTests, "decision: Tarief", "decision: Tarieven")) == "PK-0192");
  CHECK(errors_of(tables_with(kTests, "    decision: Tarief\n", "")) == "PK-0021");
  CHECK(errors_of(tables_with(kTests, "{value: 40.50, outcome: value, rules: [1]}",
                              "{missing: }")) == "PK-0193");
  CHECK(errors_of(tables_with(kTests, "{Soort: licht}", "{Soort: groot}")) == "DM-0053");
  CHECK(errors_of(tables_with(kTests, "{Soort: licht}", "{Sort: licht}")) == "DM-0051");
  CHECK(errors_of(tables_with(kTests, "Uren per week: 41", "Uren per week: veel")) == "DM-0052");
}

}  // namespace
}  // namespace zicht::packs
