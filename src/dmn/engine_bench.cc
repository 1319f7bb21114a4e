// What a decision costs: a FIRST table of 100 to 10,000 rules, matched in the middle and not at
// all, by the index and (for 1,000 rules) by evaluating every cell; loading such a table, up to
// 20 MB of it; and all decisions of the lending model of the compatibility kit, which is read in
// place, compared with its answers first, and skipped where it is absent. Both are measured without
// an explanation and with a brief one, which may take 30 % more.
#include <benchmark/benchmark.h>

#include <fstream>
#include <sstream>

#include "dmn/internal/graph.h"
#include "dmn/tck.h"
#include "dmn/testing/models.h"

namespace zicht::dmn {
namespace {

using feel::Value;

constexpr int kRulesOf20Mb = 96'000;

// Age by bands, a category, a flag: the shape that other engines are measured with.
std::string big_table(int rules) { return testing::big_table(rules); }

Request row(int rules, bool matches) {
  const int rule = rules / 2;
  const char* risk = rule % 3 == 0 ? "High" : rule % 3 == 1 ? "Medium" : "Low";
  return {.name = "d",
          .inputs = {{"Age", Value::number(matches ? rule * 2 + 1 : -1)},
                     {"Risk", Value::string(risk)},
                     {"Affordable", Value::boolean(true)}}};
}

void first_table(benchmark::State& state, ExplainLevel explain) {
  const auto rules = static_cast<int>(state.range(0));
  const auto model = testing::compiled(big_table(rules));
  const auto environment = testing::environment();
  Request request = row(rules, state.range(1) != 0);
  request.explain = explain;
  for (auto _ : state) benchmark::DoNotOptimize(model.engine->evaluate(request, environment));
}
BENCHMARK_CAPTURE(first_table, off, ExplainLevel::kOff)
    ->ArgsProduct({{100, 1000, 3700, 10000}, {0, 1}});
BENCHMARK_CAPTURE(first_table, brief, ExplainLevel::kBrief)->ArgsProduct({{1000}, {0, 1}});

void every_cell(benchmark::State& state) {
  const auto model = testing::compiled(big_table(1000));
  const auto environment = testing::environment();
  const auto* node = model.engine->graph().find(internal::NodeKind::kDecision, "d");
  feel::Budget budget({.steps = ~std::uint64_t{0}});
  feel::CallContext context(environment, budget);
  const internal::Session session;
  std::vector<Value> inputs;
  for (const auto& input : row(1000, true).inputs) inputs.push_back(input.value);
  internal::Frame frame{context, session, inputs};
  for (auto _ : state) benchmark::DoNotOptimize(node->tables[0]->plain_matches(inputs, frame));
}
BENCHMARK(every_cell);

void load_table(benchmark::State& state) {
  const std::string xml = big_table(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(testing::compiled(xml));
  state.counters["MB"] = static_cast<double>(xml.size()) / 1e6;
}
// The last is a little over 20 MB, which may take a second.
BENCHMARK(load_table)->Arg(1000)->Arg(10000)->Arg(kRulesOf20Mb)->Unit(benchmark::kMillisecond);

std::string lending_file(const std::string& name) {
  std::ifstream file("../shared/data/dmn-tck/compliance-level-3/0004-lending/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

// The model, the inputs of its first test case, and the names of all its decisions.
struct Lending {
  testing::Compiled model = testing::compiled(lending_file("0004-lending.dmn"));
  feel::Environment environment = testing::environment();
  Request request{};
  std::vector<std::string> names{};

  // False where the kit is absent; then the state says so.
  bool load(benchmark::State& state) {
    const std::string cases = lending_file("0004-lending-test-01.xml");
    const auto read = read_test_cases({.file = "lending", .text = cases});
    if (!model.engine || !read.file) {
      state.SkipWithError("../shared/data/dmn-tck is absent");
      return false;
    }
    for (const auto& input : read.file->cases[0].inputs)
      request.inputs.push_back({input.name, value_of(input.value, *environment.zones)});
    for (const auto& decision : model.engine->decisions()) names.push_back(decision.name);
    for (const auto& result : read.file->cases[0].results) {
      request.name = result.name;
      const Answer answer = model.engine->evaluate(request, environment);
      if (is_equal_for_tests(value_of(result.expected, *environment.zones), answer.value)) continue;
      state.SkipWithError("the answers are not those of the kit");
      return false;
    }
    state.counters["decisions"] = static_cast<double>(names.size());
    return true;
  }
};

// Every decision of the model, each worked out from the inputs again.
void lending(benchmark::State& state) {
  Lending lending;
  if (!lending.load(state)) return;
  for (auto _ : state) {
    for (const auto& name : lending.names) {
      lending.request.name = name;
      benchmark::DoNotOptimize(
          lending.model.engine->evaluate(lending.request, lending.environment));
    }
  }
}
BENCHMARK(lending)->Unit(benchmark::kMicrosecond);

// The same decisions in one request, each worked out once.
void lending_at_once(benchmark::State& state, ExplainLevel explain) {
  Lending lending;
  if (!lending.load(state)) return;
  lending.request.explain = explain;
  const Engine& engine = *lending.model.engine;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        engine.evaluate_all(lending.names, lending.request, lending.environment));
  }
}
BENCHMARK_CAPTURE(lending_at_once, off, ExplainLevel::kOff)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(lending_at_once, brief, ExplainLevel::kBrief)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace zicht::dmn

BENCHMARK_MAIN();
