// How long Zicht takes over expressions that another engine is timed with (bench/peers).
//
//     peer_feel QUESTIONS.json
//
// Each question: {"name","text","facts"}; with "rows": n there is a fact of that name, a list of n
// contexts of a fee (its number) and a label. Writes [{"name","value","compile_ns","evaluate_ns"}].
// Facts have no types, as with the other engine.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

#include "base/json.h"
#include "base/time_zone.h"
#include "feel/expression.h"
#include "feel/value_json.h"

namespace zicht {
namespace {

// Nanoseconds of processor time of one call, the median of five rounds of 20 ms.
template <class Call>
double nanoseconds_of(const Call& call) {
  const auto time_of = [&](std::size_t count) {
    const std::clock_t begin = std::clock();
    for (std::size_t i = 0; i < count; ++i) static_cast<void>(call());
    return static_cast<double>(std::clock() - begin) * 1e9 / CLOCKS_PER_SEC;
  };
  std::size_t count = 1;
  while (time_of(count) < 20e6) count *= 2;
  std::vector<double> rounds;
  for (int i = 0; i < 5; ++i) rounds.push_back(time_of(count) / static_cast<double>(count));
  std::sort(rounds.begin(), rounds.end());
  return rounds[2];
}

json::object facts_of(const json::object& question) {
  json::object facts = question.at("facts").get_object();
  if (const auto* rows = question.if_contains("rows")) {
    json::array made;
    for (std::int64_t i = 0; i < rows->get_int64(); ++i)
      made.push_back(json::object{{"fee", i}, {"label", "row"}});
    facts["rows"] = std::move(made);
  }
  return facts;
}

json::object timed(const json::object& question) {
  const std::string text(question.at("text").get_string());
  feel::Scope scope;
  std::vector<feel::Value> facts;
  for (const auto& [name, value] : facts_of(question)) {
    scope.add(std::string(name), feel::Type::any());
    facts.push_back(feel::value_of(value));
  }
  const auto expression = feel::compile(text, scope);
  if (!expression) return {{"name", question.at("name")}, {"error", expression.error().id}};
  const feel::Environment environment{.zones = &system_time_zones()};
  const auto evaluate = [&] {
    feel::Budget budget;
    feel::CallContext context(environment, budget);
    return expression->evaluate(facts, context);
  };
  return {{"name", question.at("name")},
          {"value", feel::json_of(evaluate())},
          {"compile_ns", nanoseconds_of([&] { return feel::compile(text, scope); })},
          {"evaluate_ns", nanoseconds_of(evaluate)}};
}

int run(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  const auto questions = parse_json(text.str());
  if (!questions || !questions->is_array()) {
    std::cerr << file << " is no list of questions\n";
    return 1;
  }
  json::array answers;
  for (const auto& question : questions->get_array())
    answers.push_back(timed(question.get_object()));
  std::cout << json::serialize(answers) << '\n';
  return 0;
}

}  // namespace
}  // namespace zicht

int main(int count, char** arguments) { return count == 2 ? zicht::run(arguments[1]) : 2; }
