// What a question in JSON costs, for the comparison with the same questions to the browser's module
// (tests/engine/speed.mjs): one comparison, a condition over a list, a small table.
#include "dmn/json_engine.h"

#include <benchmark/benchmark.h>

#include "base/time_zone.h"

namespace zicht::dmn {
namespace {

void ask(benchmark::State& state, const char* compile, const char* evaluate) {
  JsonEngine engine(system_time_zones());
  benchmark::DoNotOptimize(engine.compile(compile));
  for (auto _ : state) benchmark::DoNotOptimize(engine.evaluate(evaluate));
}

void comparison(benchmark::State& state) {
  ask(state, R"({"text":"age >= 18","variables":[{"name":"age","type":"number"}]})",
      R"({"handle":1,"facts":{"age":17}})");
}
BENCHMARK(comparison);

void list_of_hundred(benchmark::State& state) {
  ask(state, R"({"text":"sum(for i in 1..100 return i * n) > 10",
                 "variables":[{"name":"n","type":"number"}]})",
      R"({"handle":1,"facts":{"n":0.5}})");
}
BENCHMARK(list_of_hundred);

void pattern(benchmark::State& state) {
  ask(state, R"json({"text":"matches(code, \"^[1-9][0-9]{3} ?[A-Z]{2}$\")",
                     "variables":[{"name":"code","type":"string"}]})json",
      R"({"handle":1,"facts":{"code":"1234 AB"}})");
}
BENCHMARK(pattern);

}  // namespace
}  // namespace zicht::dmn
