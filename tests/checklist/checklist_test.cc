// The checklist for EU citizens at the desk, as it is shipped (packs/eu-citizens), against the law
// written out by hand (law.h). Method: 100,000 seeded people. Where a fact of somebody is not known
// the oracle looks at every way in which it can be: the model may then say one of what those lead
// to if all lead there, and otherwise that it cannot be determined and which facts are missing.
// Interviews: people who answer, or do not know, walk to the end; each end is what the law says of
// all people with these answers, and is explained with rules, sources and the version of the pack.
// Answers that contradict each other are told exactly where they do so for all that is open.
#include <doctest/doctest.h>

#include <algorithm>
#include <future>
#include <map>
#include <set>

#include "dmn/contradiction.h"
#include "dmn/testing/naive_interview.h"
#include "facts.h"
#include "model/feel_values.h"
#include "packs/models.h"
#include "packs/testing/folders.h"

namespace zicht::checklist {
namespace {

using dmn::Outcome;
using feel::Value;

constexpr std::size_t kPeople = 100'000, kParts = 4;
const std::string kOutcome = "Uitkomst";
const std::vector<std::string> kDecisions = {kOutcome, "Ontbrekend bewijs"};

// And the texts of its files.
model::PackPtr shipped(packs::Files* files = nullptr) {
  model::PackSet packs;
  for (const auto& folder : packs::testing::all_packs({"packs"})) {
    const auto loaded = packs::load(folder.files, packs);
    REQUIRE_MESSAGE(loaded.pack != nullptr, folder.name);
    if (folder.name == "eu-citizens") {
      if (files != nullptr) *files = folder.files;
      return loaded.pack;
    }
    packs.add(loaded.pack);
    packs.activate(loaded.pack->hash);
  }
  FAIL("packs/eu-citizens is not there");
  return nullptr;
}

const model::DecisionModel& checklist(const model::Pack& pack) {
  const auto* model = pack.find_model("equal-treatment");
  REQUIRE(model != nullptr);
  return *model;
}

feel::Environment nowhere() {
  feel::Environment environment;
  environment.zones = &model::no_zones();
  return environment;
}

std::string shown(const Value& value) {
  if (value.is_null()) return "null";
  if (value.kind() == feel::Kind::kString) return std::string(value.as_string());
  if (value.kind() != feel::Kind::kList) return "?";
  std::string all;
  for (const auto& one : value.as_list()) all += shown(one) + "; ";
  return all;
}

std::string described(const Answers& answers) {
  std::string all;
  for (const auto& input : inputs_of(answers)) {
    const bool is_text = input.value.kind() == feel::Kind::kString;
    all += input.name + " = " +
           (is_text                 ? shown(input.value)
            : input.value.is_true() ? "true"
                                    : "false") +
           "\n";
  }
  return all;
}

// In the order of kDecisions.
std::vector<std::string> law_of(const Person& person) {
  std::string evidence;
  for (const Evidence one : missing_evidence(person)) evidence += said(one) + "; ";
  return {said(treatment_of(person)), evidence};
}

// By decision: whatever it comes to for people who have these answers.
std::vector<std::set<std::string>> possible(const Answers& answers) {
  std::vector<std::set<std::string>> all(kDecisions.size());
  each_completion(answers, unknown(answers), [&](const Answers& whole) {
    const auto law = law_of(person_of(whole));
    for (std::size_t i = 0; i < law.size(); ++i) all[i].insert(law[i]);
  });
  return all;
}

// What is so of everybody who has these answers.
std::set<std::string> clashes_of_all(const Answers& answers) {
  std::optional<std::set<std::string>> shared;
  each_completion(answers, unknown(answers), [&](const Answers& whole) {
    std::set<std::string> here;
    for (const Clash one : clashes_of(person_of(whole))) {
      if (!shared || shared->contains(said(one))) here.insert(said(one));
    }
    shared = std::move(here);
  });
  return *shared;
}

std::set<std::string> told_clashes(const dmn::Engine& engine, const Answers& answers) {
  const auto told =
      dmn::contradictions_in(engine, inputs_of(answers), nowhere(), packs::kModelLimits);
  std::set<std::string> names;
  for (const auto& one : told.found) names.insert(one.decision);
  return told.problems.empty() && !told.error ? names : std::set<std::string>{"an error"};
}

// What one part of the people came to. Parts run beside each other, so they tell what is wrong
// instead of checking it.
struct Part {
  std::size_t people = 0, known = 0, open = 0, cautious = 0, contradicting = 0;
  std::map<std::string, std::size_t> outcomes{};
  std::vector<std::string> wrong{};

  void must(bool holds, const std::string& decision, const std::string& what,
            const Answers& answers) {
    if (!holds && wrong.size() < 5)
      wrong.push_back(decision + " " + what + "\n" + described(answers));
  }
};

// One decision about one of the people.
void hold(const dmn::Answer& answer, const std::set<std::string>& law, const Answers& answers,
          const std::string& decision, Part& part) {
  const auto told = dmn::judge_answer(answer);
  if (told.outcome != Outcome::kUnknown) {
    ++part.known;
    const auto value = shown(answer.value);
    part.must(law.size() == 1 && *law.begin() == value, decision, "says " + value, answers);
    if (decision == kOutcome) ++part.outcomes[value];
    return;
  }
  law.size() > 1 ? ++part.open : ++part.cautious;
  part.must(!told.missing.empty(), decision, "does not say what is missing", answers);
  for (const auto& fact : told.missing)
    part.must(!answers[place_of(fact)], decision, "misses " + fact, answers);
  // A table may say beside what is missing that none of its rules matched, and nothing else.
  for (const auto& error : told.errors)
    part.must(error.id == "DM-0105", decision, "fails: " + zicht::describe(error), answers);
}

Part part_of_people(const dmn::Engine& engine, std::uint64_t seed, std::size_t people) {
  Part part;
  SeededRng rng(seed);
  for (; part.people < people; ++part.people) {
    auto answers = random_answers(rng);
    if (rng.below(3) == 0) {
      for (std::uint64_t left = 1 + rng.below(4); left > 0; --left)
        answers[rng.below(answers.size())] = std::nullopt;
    }
    const auto law = possible(answers);
    const auto clashes = told_clashes(engine, answers);
    part.must(clashes == clashes_of_all(answers), "Tegenspraak", "is told otherwise", answers);
    if (!clashes.empty()) ++part.contradicting;
    const auto told = engine.evaluate_all(
        kDecisions, {.inputs = inputs_of(answers), .limits = packs::kModelLimits}, nowhere());
    for (std::size_t at = 0; at < kDecisions.size(); ++at)
      hold(told[at], law[at], answers, kDecisions[at], part);
  }
  return part;
}

TEST_CASE("checklist: 100,000 people are told what the law says of them") {
  const auto pack = shipped();
  const auto& engine = *checklist(*pack).engine;
  std::vector<std::future<Part>> parts;
  for (std::uint64_t seed = 0; seed < kParts; ++seed)
    parts.push_back(std::async(std::launch::async, [&engine, seed] {
      return part_of_people(engine, seed, kPeople / kParts);
    }));
  Part all;
  for (auto& one : parts) {
    const Part part = one.get();
    for (const auto& wrong : part.wrong) FAIL_CHECK(wrong);
    all.people += part.people;
    all.known += part.known;
    all.open += part.open;
    all.cautious += part.cautious;
    all.contradicting += part.contradicting;
    for (const auto& [outcome, times] : part.outcomes) all.outcomes[outcome] += times;
  }
  CHECK(all.people == 100'000);
  MESSAGE(all.known, " answers known, ", all.open, " open, ", all.cautious,
          " open although all that can be leads to one, ", all.contradicting,
          " people with answers that contradict each other");
  CHECK(all.contradicting > 1000);
  for (const auto& [outcome, times] : all.outcomes) {
    MESSAGE(outcome, ": ", times);
    CHECK(times > 1000);
  }
  CHECK(all.outcomes.size() == 5);
}

// Of trying out what still matters: less than the product takes, so that many can be asked. It may
// ask more by that, and comes to the same.
constexpr dmn::InterviewLimits kQuick = {.combinations = 16, .work = 100};

// Somebody in an interview: what they would say to each question, or that they do not know.
struct Walk {
  const model::DecisionModel& model;
  std::string decision;
  Rng& rng;
  std::vector<dmn::Reply> replies{};

  std::optional<Value> reply_to(const dmn::Question& question) {
    if (rng.below(8) == 0) return std::nullopt;
    if (question.type.kind() == feel::Type::Kind::kBoolean)
      return Value::boolean(rng.below(2) == 0);
    if (question.type.kind() == feel::Type::Kind::kDate)
      return Value::date({20'500 + static_cast<std::int64_t>(rng.below(1000))});
    REQUIRE_MESSAGE(!question.choices.empty(), question.name);
    return question.choices[rng.below(question.choices.size())];
  }

  // To the end, which comes before a question could be asked twice.
  dmn::Step run(const dmn::Interview& interview) {
    const std::size_t most = model.engine->inputs_of(dmn::TargetKind::kDecision, decision).size();
    for (std::size_t turn = 0; turn <= most; ++turn) {
      auto step = interview.next(replies, kQuick);
      REQUIRE(step.has_value());
      if (!step->next) return *std::move(step);
      const auto& question = step->next->question;
      for (const auto& told : replies) CHECK(told.question != question.name);
      CHECK_MESSAGE(!step->next->why.empty(), question.name);
      replies.push_back({.question = question.name, .value = reply_to(question)});
    }
    FAIL("the interview about ", decision, " does not end");
    return {};
  }

  dmn::Answer explained(const dmn::Interview& interview, const dmn::Step& end) const {
    const auto inputs = interview.inputs_of(dmn::with_stand_ins(replies, end));
    REQUIRE(inputs.has_value());
    return model.engine->evaluate(
        {.name = decision, .inputs = *inputs, .explain = dmn::ExplainLevel::kBrief}, nowhere());
  }

  // As the server takes them: a null is what the person does not know.
  packs::InterviewAnswer asked_of_pack() const {
    packs::ModelQuestion question{.decision = decision};
    for (const auto& reply : replies)
      question.inputs.push_back({.name = reply.question, .value = reply.value.value_or(Value())});
    return packs::interview_model(model, question);
  }
};

// What is worked out with something missing may have a value, such as a list with nothing in it.
Value judged(const dmn::Answer& answer) {
  return dmn::judge_answer(answer).outcome == Outcome::kUnknown ? Value() : answer.value;
}

// Explained: the decision itself is told, whatever matched says why, and laws stand beside it.
void hold_explained(const dmn::Answer& answer, const std::string& decision,
                    std::set<std::string>& matched) {
  const auto told = answer.explanation.decisions();
  REQUIRE_MESSAGE(!told.empty(), decision);
  CHECK(told.back().name == decision);
  std::size_t sources = 0;
  for (const auto& one : told) {
    CHECK_MESSAGE(!(one.value.is_null() && one.causes.empty()), one.name);
    for (const auto& source : one.sources)
      if (!source.name.empty() && source.location.rfind("https://", 0) == 0) ++sources;
    for (const auto& table : one.tables) {
      CHECK_MESSAGE((table.rules.size() == 1 || one.value.is_null()), one.name);
      for (const auto& rule : table.rules) {
        CHECK_MESSAGE(!rule.annotations.empty(), one.name, " rule ", rule.number);
        matched.insert(rule.id);
      }
    }
  }
  CHECK_MESSAGE(sources > 0, decision, " names no source");
}

// Whatever was not told may be anything: the end holds for all of it, or rests on what is missing.
void hold_law(const dmn::Step& end, const Walk& walk, std::size_t at) {
  Answers answers(facts().size());
  for (const auto& reply : walk.replies) {
    const auto& values = facts()[place_of(reply.question)].values;
    for (std::size_t i = 0; reply.value && i < values.size(); ++i) {
      if (dmn::testing::is_same_value(values[i], *reply.value))
        answers[place_of(reply.question)] = i;
    }
  }
  std::set<std::string> law;
  for (int person = 0; person < 200; ++person) {
    Answers whole = random_answers(walk.rng);
    for (std::size_t i = 0; i < whole.size(); ++i) {
      if (answers[i]) whole[i] = answers[i];
    }
    law.insert(law_of(person_of(whole)).at(at));
  }
  if (end.is_settled && !end.outcome.is_null()) {
    CHECK_MESSAGE(law == std::set<std::string>{shown(end.outcome)}, walk.decision, " ends in ",
                  shown(end.outcome), "\n", described(answers));
    return;
  }
  // It cannot be determined, and what the person did not know is why.
  CHECK_MESSAGE(law.size() > 1, walk.decision, "\n", described(answers));
  CHECK_FALSE(end.missing.empty());
  for (const auto& fact : end.missing) CHECK_FALSE(answers[place_of(fact)].has_value());
}

// Looking ahead over fifteen questions takes long without optimising.
int walks_of(const model::DecisionModel& model, const std::string& decision) {
  if (decision == kOutcome) return 5;
  if (model.engine->inputs_of(dmn::TargetKind::kDecision, decision).size() < 6) return 20;
  return 1;
}

TEST_CASE("checklist: every interview ends, as the law says, and is explained") {
  const auto pack = shipped();
  CHECK_FALSE(pack->version.empty());
  CHECK(pack->hash.size() == 64);
  SeededRng rng(7);
  for (const auto& model : pack->models) {
    std::set<std::string> matched;
    for (const auto& decision : model.engine->decisions()) {
      const auto interview = dmn::Interview::create(model.engine, decision.name, nowhere());
      REQUIRE(interview.has_value());
      const auto place = std::find(kDecisions.begin(), kDecisions.end(), decision.name);
      for (int person = 0; person < walks_of(model, decision.name); ++person) {
        Walk walk{.model = model, .decision = decision.name, .rng = rng};
        const auto end = walk.run(*interview);
        if (place != kDecisions.end())
          hold_law(end, walk, static_cast<std::size_t>(place - kDecisions.begin()));
        const auto told = walk.explained(*interview, end);
        CHECK_MESSAGE(dmn::testing::is_same_value(judged(told), end.outcome), decision.name);
        hold_explained(told, decision.name, matched);
        const bool is_large = walks_of(model, decision.name) < 20;
        if (person > 0 || (is_large && decision.name != kOutcome)) continue;
        const auto asked = walk.asked_of_pack();
        REQUIRE(asked.problems.empty());
        REQUIRE_FALSE(asked.error().has_value());
        // It concludes nothing from answers that contradict each other.
        const auto& wanted = asked.contradictions.empty() ? end.outcome : Value();
        CHECK(dmn::testing::is_same_value(judged(asked.end.answer), wanted));
      }
    }
    CHECK_FALSE(matched.empty());
  }
}

// Both of them, so that the person can say which is right.
TEST_CASE("checklist: an interview names the answers that contradict each other, and stops") {
  const auto pack = shipped();
  const std::vector<std::string> both = {"Eigen geld met verzekering",
                                         "Korter dan drie maanden hier"};
  const packs::ModelQuestion question{
      .decision = kOutcome,
      .inputs = {{.name = both[0], .value = Value::string("ja, met bewijs")},
                 {.name = both[1], .value = Value::boolean(true)},
                 {.name = "Nationaliteit", .value = Value::string("EU of EER of Zwitserland")}}};
  const auto held = packs::interview_model(checklist(*pack), question);
  REQUIRE(held.contradictions.size() == 1);
  CHECK(held.contradictions[0].decision == said(Clash::kMeansAndShort));
  CHECK(held.contradictions[0].answers == both);
  CHECK_FALSE(held.contradictions[0].may_stand);
  CHECK_FALSE(held.step.next);
  CHECK(held.end.answer.value.is_null());
}

TEST_CASE("checklist: who came back after work of long ago says so, and goes on") {
  const auto pack = shipped();
  packs::ModelQuestion question{
      .decision = kOutcome,
      .inputs = {{.name = "Nationaliteit", .value = Value::string("EU of EER of Zwitserland")},
                 {.name = "Werkte eerder hier", .value = Value::string("ja, met bewijs")},
                 {.name = "Zes maanden voorbij", .value = Value::boolean(true)},
                 {.name = "Korter dan drie maanden hier", .value = Value::boolean(true)}}};
  const auto held = packs::interview_model(checklist(*pack), question);
  REQUIRE(held.contradictions.size() == 1);
  CHECK(held.contradictions[0].may_stand);
  question.accepted = {said(Clash::kReturned)};
  const auto on = packs::interview_model(checklist(*pack), question);
  CHECK(on.contradictions.empty());
  CHECK(on.step.next);
}

std::size_t rules_in(const std::string& xml) {
  std::size_t rules = 0;
  for (auto at = xml.find("<rule "); at != std::string::npos; at = xml.find("<rule ", at + 1))
    ++rules;
  return rules;
}

TEST_CASE("checklist: every rule has its turn and says why") {
  packs::Files texts;
  const auto pack = shipped(&texts);
  const auto& model = checklist(*pack);
  std::vector<std::string> names;
  for (const auto& decision : model.engine->decisions()) names.push_back(decision.name);
  std::set<std::string> matched;
  SeededRng rng(8);
  for (int person = 0; person < 1000; ++person) {
    const dmn::Request request{.inputs = inputs_of(random_answers(rng)),
                               .limits = packs::kModelLimits,
                               .explain = dmn::ExplainLevel::kBrief};
    for (const auto& answer : model.engine->evaluate_all(names, request, nowhere())) {
      for (const auto& decision : answer.explanation.decisions()) {
        for (const auto& table : decision.tables) {
          for (const auto& rule : table.rules) {
            CHECK_MESSAGE(!rule.annotations.empty(), rule.id);
            matched.insert(rule.id);
          }
        }
      }
    }
  }
  CHECK(matched.size() == rules_in(texts.at(model.file)));
}

// Of the Union and with no ground at all; what is asked after that is left open.
Answers without_grounds() {
  Answers answers(facts().size());
  for (std::size_t at = 0; at < facts().size(); ++at) answers[at] = 0;  // "nee" of every proof
  answers[place_of("Nationaliteit")] = 1;
  answers[place_of("Korter dan drie maanden hier")] = std::nullopt;
  answers[place_of("Zoekt werk")] = std::nullopt;
  return answers;
}

TEST_CASE("checklist: why not, for the first months and for who seeks work") {
  const auto pack = shipped();
  for (const bool is_short : {true, false}) {
    for (const bool seeks : {true, false}) {
      Person person;
      person.short_stay = is_short;
      person.seeks_work = seeks;
      person.nationality = Nationality::kUnion;
      REQUIRE(treatment_of(person) == Treatment::kNotEqual);
      auto inputs = inputs_of(without_grounds());
      inputs.push_back(
          {.name = "Korter dan drie maanden hier", .value = Value::boolean(is_short)});
      inputs.push_back({.name = "Zoekt werk", .value = Value::boolean(seeks)});
      const auto told = packs::ask_model(checklist(*pack),
                                         {.decision = "Waarom niet", .inputs = inputs});
      CHECK(shown(told.answer.value) == said(refusal_of(person)));
    }
  }
}

TEST_CASE("checklist: shelter after it, for every outcome and every home") {
  const auto pack = shipped();
  const auto* model = pack->find_model("wmo-entrance");
  REQUIRE(model != nullptr);
  std::size_t held = 0;
  for (std::uint8_t treatment = 0; treatment < 5; ++treatment) {
    for (unsigned bits = 0; bits < 8; ++bits) {
      const Home home{(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0};
      const auto outcome = static_cast<Treatment>(treatment);
      const packs::ModelQuestion question{
          .decision = "Toegang",
          .inputs = {{.name = "Checklist", .value = Value::string(said(outcome))},
                     {.name = "Huiselijk geweld", .value = Value::boolean(home.violence)},
                     {.name = "Van huis weg", .value = Value::boolean(home.left_home)},
                     {.name = "Redt zich zelf", .value = Value::boolean(home.manages)}}};
      const auto told = packs::ask_model(*model, question);
      CHECK(shown(told.answer.value) == said(shelter_of(outcome, home)));
      const auto doubts =
          dmn::contradictions_in(*model->engine, question.inputs, nowhere(), packs::kModelLimits);
      CHECK(doubts.found.size() == (home.violence && !home.left_home ? 1 : 0));
      ++held;
    }
  }
  CHECK(held == 40);
}

TEST_CASE("checklist: who needs shelter now has it whatever is known of the rest") {
  const auto pack = shipped();
  const auto* model = pack->find_model("wmo-entrance");
  REQUIRE(model != nullptr);
  const auto rests = model->engine->inputs_of(dmn::TargetKind::kDecision, "Meteen opvang");
  REQUIRE(rests.size() == 1);
  const auto told = packs::ask_model(
      *model, {.decision = "Meteen opvang",
               .inputs = {{.name = rests.front().name, .value = Value::boolean(true)}}});
  CHECK(shown(told.answer.value).rfind("Regel nu tijdelijke opvang", 0) == 0);
}

}  // namespace
}  // namespace zicht::checklist
