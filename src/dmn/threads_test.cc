// One compiled model under many threads at once, as a server has it: every thread must be told what
// one thread alone is told. Method: each answer as text, explanation and all; the thread sanitizer
// (PRESET=tsan) tells of what is shared and should not be.
#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>
#include <thread>

#include "dmn/interview.h"
#include "dmn/testing/models.h"
#include "feel/function.h"

namespace zicht::dmn {
namespace {

using feel::Value;

constexpr int kThreads = 4;
constexpr int kRounds = 25;

// Tables that match, that match nothing and that cannot be judged; knowledge, patterns, loops.
std::string model() {
  const testing::TableText bands{.policy = "FIRST",
                                 .inputs = {"Age", "Code"},
                                 .rules = {{"< 18", "-", "\"child\""},
                                           {"[18..67)", "\"a\", \"b\"", "\"adult\""},
                                           {">= 67", "not(\"a\")", "\"old\""}}};
  const testing::TableText rates{.policy = "COLLECT",
                                 .aggregation = "SUM",
                                 .inputs = {"Age"},
                                 .rules = {{"> 10", "1"}, {"> Age - 1", "2.5"}, {"< 40", "10"}}};
  const std::string half =
      "<businessKnowledgeModel id=\"k-half\" name=\"half\"><variable name=\"half\"/>"
      "<encapsulatedLogic><formalParameter name=\"n\" typeRef=\"number\"/>" +
      testing::literal("n / 2") + "</encapsulatedLogic></businessKnowledgeModel>";
  return testing::definitions(
      testing::input("Age", "number") + testing::input("Code", "string") + half +
      testing::decision("Band", "string", testing::table(bands), {"Age", "Code"}) +
      testing::decision("Rate", "number", testing::table(rates), {"Age"}) +
      testing::decision("Half", "number", testing::literal("half(Age)"), {"Age", "k-half"}) +
      testing::decision("Listed", "", testing::literal("for i in 1..20 return i * Age"), {"Age"}) +
      testing::decision("All", "",
                        testing::literal("{band: Band, rate: Rate, half: Half, "
                                         "most: max(Listed), ok: matches(Code, \"^[a-z]$\")}"),
                        {"d-Band", "d-Rate", "d-Half", "d-Listed", "Code"}));
}

// Every request by its number: facts of all kinds, missing ones too, and each level.
Request request(int number) {
  Request made{.name = "All"};
  if (number % 5 != 4) made.inputs.push_back({"Age", Value::number(number * 7 % 90)});
  if (number % 7 != 6)
    made.inputs.push_back({"Code", Value::string(std::string(1, "abz"[number % 3]))});
  made.explain = number % 3 == 0   ? ExplainLevel::kFull
                 : number % 3 == 1 ? ExplainLevel::kBrief
                                   : ExplainLevel::kOff;
  return made;
}

std::string told(const Answer& answer) {
  return testing::written(answer.value) + json::serialize(to_json(answer.passed_over)) +
         json::serialize(to_json(answer.explanation));
}

// What `ask(round)` gives on one thread alone, and whether every thread is told the same.
template <class Ask>
void compare(const Ask& ask) {
  std::vector<std::string> alone;
  for (int round = 0; round < kRounds; ++round) alone.push_back(ask(round));
  std::vector<int> differing(kThreads);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kRounds; ++i) {
        const int round = (i + thread * 5) % kRounds;  // not all the same thing at a time
        if (ask(round) != alone[static_cast<std::size_t>(round)])
          ++differing[static_cast<std::size_t>(thread)];
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(differing == std::vector<int>(kThreads));
}

TEST_CASE("engine: many threads evaluate one, and are told what one thread is told") {
  const auto compiled = testing::compiled(model());
  REQUIRE(compiled.diagnostics.empty());
  compare([&](int round) {
    return told(compiled.engine->evaluate(request(round), testing::environment()));
  });
  const std::vector<std::string> names = {"Band", "Rate", "All"};
  compare([&](int round) {
    std::string all;
    for (const auto& answer :
         compiled.engine->evaluate_all(names, request(round), testing::environment()))
      all += told(answer);
    return all;
  });
}

TEST_CASE("explanation: many threads read one while its engine goes") {
  auto compiled = testing::compiled(model());
  REQUIRE(compiled.engine);
  std::vector<Answer> answers;
  for (int round = 0; round < kRounds; ++round)
    answers.push_back(compiled.engine->evaluate(request(round), testing::environment()));
  compiled.engine.reset();
  compare([&](int round) { return told(answers[static_cast<std::size_t>(round)]); });
  CHECK(told(answers[0]).find("near_misses") != std::string::npos);
}

// What knowledge, a service, a boxed function and a function of a text give that looks at a table,
// called when the evaluation that made them has finished and nothing can be written down any more.
TEST_CASE("function: one that an explained evaluation made gives the same when that has finished") {
  const testing::TableText bands{
      .policy = "FIRST", .inputs = {"n"}, .rules = {{"< 18", "\"low\""}, {"-", "\"high\""}}};
  const std::string knowledge =
      "<businessKnowledgeModel id=\"k-band\" name=\"band\"><variable name=\"band\"/>"
      "<encapsulatedLogic><formalParameter name=\"n\" typeRef=\"number\"/>" +
      testing::table(bands) + "</encapsulatedLogic></businessKnowledgeModel>";
  const std::string service =
      "<decisionService id=\"s-rated\" name=\"rated\"><variable name=\"rated\"/>"
      "<outputDecision href=\"#d-Rated\"/><inputData href=\"#i-n\"/></decisionService>";
  const auto compiled = testing::compiled(testing::definitions(
      testing::input("n", "number") + testing::input("Base", "number") + knowledge + service +
      testing::decision("Rated", "", testing::table(bands), {"n"}) +
      testing::decision("Boxed", "",
                        "<functionDefinition><formalParameter name=\"n\"/>" +
                            testing::literal("band(n + Base)") + "</functionDefinition>",
                        {"Base", "k-band"}) +
      testing::decision("All", "",
                        testing::literal("[band, rated, Boxed, function(n) rated(n + Base)]"),
                        {"Base", "k-band", "s-rated", "d-Boxed"})));
  REQUIRE(compiled.diagnostics.empty());
  const auto answer = [&](ExplainLevel level) {
    return compiled.engine->evaluate(
        {.name = "All", .inputs = {{"Base", Value::number(10)}}, .explain = level},
        testing::environment());
  };
  const auto call = [](const Value& functions, int round) {
    const auto all = functions.as_list();
    feel::Budget budget;
    const feel::Environment environment = testing::environment();
    feel::CallContext context(environment, budget);
    const std::vector<feel::NamedArgument> arguments = {{"n", Value::number(round)}};
    const auto& function = all[static_cast<std::size_t>(round) % all.size()].as_function();
    return testing::written(feel::call_function(context, function, arguments));
  };
  const Value plain = answer(ExplainLevel::kOff).value;
  for (const ExplainLevel level : {ExplainLevel::kBrief, ExplainLevel::kFull}) {
    const Answer explained = answer(level);
    REQUIRE(explained.value.is(feel::Kind::kList));
    const std::string before = told(explained);
    for (int round = 0; round < kRounds; ++round)
      CHECK(call(explained.value, round) == call(plain, round));
    CHECK(call(explained.value, 4) == "\"low\"");
    CHECK(call(explained.value, 10) == "\"high\"");
    compare([&](int round) { return call(explained.value, round); });
    CHECK(told(explained) == before);
  }
}

TEST_CASE("interview: many threads hold one about the same model") {
  const auto compiled = testing::compiled(testing::big_table(30));
  REQUIRE(compiled.engine);
  const auto interview = Interview::create(compiled.engine, "d", testing::environment());
  REQUIRE(interview.has_value());
  compare([&](int round) {
    std::vector<Reply> replies = {{"Age", Value::number(round * 3)},
                                  {"Risk", Value::string("Low")}};
    replies.resize(static_cast<std::size_t>(round % 3));
    const auto step = interview->next(replies);
    return step ? json::serialize(to_json(*step)) : step.error().id;
  });
}

}  // namespace
}  // namespace zicht::dmn
