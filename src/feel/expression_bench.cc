// What compiling and evaluating an expression costs. Run: PRESET=release ./run build feel_bench,
// build/release/bin/feel_bench. The naive evaluator is the plain way, for comparison.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "base/time_zone.h"
#include "feel/expression.h"
#include "feel/parser.h"
#include "feel/testing/naive.h"

namespace zicht::feel {
namespace {

constexpr const char* kExpressions[] = {
    "income * 12 + 1",
    "if income > 2000 and age between 18 and 66 then \"yes\" else \"no\"",
    "(principal * rate / 12) / (1 - (1 + rate / 12) ** -term) + fee",
    "count(rows[fee > 50]) + sum(rows.fee)",
    "for r in rows return r.fee * 2",
    "some r in rows satisfies r.fee > 98",
    "date(\"2025-01-31\") + @\"P1M\" < born",
    "string length(name) > 3 and contains(name, \"an\")",
    "{a: income, b: a * 2, c: a + b}.c",
    "age in ([0..18), [18..67), >= 67)",
};

struct Given {
  Scope scope{};
  std::vector<Value> facts{};
  testing::Facts named{};
};

Given given() {
  Given made;
  const auto add = [&](const std::string& name, const Type& type, const Value& value) {
    made.scope.add(name, type);
    made.facts.push_back(value);
    made.named[name] = value;
  };
  const auto shape = ContextShape::create({"fee", "label"});
  std::vector<Value> rows;
  for (int i = 0; i < 100; ++i) {
    rows.push_back(Value::context(shape, {Value::number(i), Value::string("row")}));
  }
  const Type row = Type::context_of({{"fee", Type::number()}, {"label", Type::string()}});
  add("income", Type::number(), Value::number(2600));
  add("age", Type::number(), Value::number(42));
  add("principal", Type::number(), Value::number(200000));
  add("rate", Type::number(), Value::number(*Number::parse("0.0375")));
  add("term", Type::number(), Value::number(360));
  add("fee", Type::number(), Value::number(100));
  add("rows", Type::list_of(row), Value::list(std::move(rows)));
  add("born", Type::date(), Value::date(CivilDate{5000}));
  add("name", Type::string(), Value::string("Jan Jansen"));
  return made;
}

void evaluate(benchmark::State& state) {
  const Given facts = given();
  const std::string text = kExpressions[state.range(0)];
  const auto compiled = compile(text, facts.scope);
  const Environment environment{.zones = &system_time_zones()};
  Budget budget({.steps = ~std::uint64_t{0}, .bytes = ~std::uint64_t{0}, .depth = 256});
  CallContext context(environment, budget);
  for (auto _ : state) benchmark::DoNotOptimize(compiled->evaluate(facts.facts, context));
  state.SetLabel(text);
}
BENCHMARK(evaluate)->DenseRange(0, std::size(kExpressions) - 1);

void walk_naively(benchmark::State& state) {
  const Given facts = given();
  const std::string text = kExpressions[state.range(0)];
  const Parsed parsed = parse_expression(text, facts.scope);
  const Environment environment{.zones = &system_time_zones()};
  Budget budget({.steps = ~std::uint64_t{0}, .bytes = ~std::uint64_t{0}, .depth = 256});
  CallContext context(environment, budget);
  for (auto _ : state) {
    benchmark::DoNotOptimize(testing::evaluate_naively(*parsed.root, facts.named, context));
  }
  state.SetLabel(text);
}
BENCHMARK(walk_naively)->DenseRange(0, std::size(kExpressions) - 1);

void compile_text(benchmark::State& state) {
  const Given facts = given();
  const std::string text = kExpressions[state.range(0)];
  for (auto _ : state) benchmark::DoNotOptimize(compile(text, facts.scope));
  state.SetLabel(text);
}
BENCHMARK(compile_text)->DenseRange(0, 3);

void explain(benchmark::State& state) {
  const Given facts = given();
  const std::string text = kExpressions[state.range(0)];
  const auto compiled = compile(text, facts.scope);
  const Environment environment{.zones = &system_time_zones()};
  Budget budget({.steps = ~std::uint64_t{0}, .bytes = ~std::uint64_t{0}, .depth = 256});
  CallContext context(environment, budget);
  for (auto _ : state) benchmark::DoNotOptimize(compiled->explain(facts.facts, context));
  state.SetLabel(text);
}
BENCHMARK(explain)->DenseRange(0, 3);

}  // namespace
}  // namespace zicht::feel

BENCHMARK_MAIN();
