// What the next question of an interview costs, for a FIRST table of 100 to 3,700 rules: the first
// one, where nothing is known, and the one after Age; and looking a model over beforehand.
#include <benchmark/benchmark.h>

#include "dmn/interview.h"
#include "dmn/testing/models.h"

namespace zicht::dmn {
namespace {

void prepare(benchmark::State& state) {
  const auto model = testing::compiled(testing::big_table(static_cast<int>(state.range(0))));
  const auto environment = testing::environment();
  for (auto _ : state) benchmark::DoNotOptimize(Interview::create(model.engine, "d", environment));
}
BENCHMARK(prepare)->Arg(1000)->Unit(benchmark::kMillisecond);

// range(1): how many of the questions are answered.
void next_question(benchmark::State& state) {
  const auto rules = static_cast<int>(state.range(0));
  const auto model = testing::compiled(testing::big_table(rules));
  const auto interview = Interview::create(model.engine, "d", testing::environment());
  std::vector<Reply> replies = {{"Age", feel::Value::number(rules + 1)},
                                {"Risk", feel::Value::string("Low")}};
  replies.resize(static_cast<std::size_t>(state.range(1)));
  for (auto _ : state) {
    const auto step = interview->next(replies);
    if (!step) state.SkipWithError(step.error().id.c_str());
    benchmark::DoNotOptimize(step);
  }
}
BENCHMARK(next_question)->ArgsProduct({{100, 1000, 3700}, {0, 1}})->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace zicht::dmn
