// What reading, canonical writing and hashing a record costs. Run: ninja base_bench && base_bench.
// The document has the shape of a filled-in form: 40 members, some texts, lists and groups (3 KB).
#include <benchmark/benchmark.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>

#include "base/hash.h"
#include "base/json.h"

namespace zicht {
namespace {

std::string document() {
  json::object form;
  for (int i = 0; i < 40; ++i) {
    const std::string key = "field_" + std::to_string(i * 37 % 40);
    if (i % 4 == 0) {
      form[key] = {
          {"words", "voor het zomerreces"}, {"first", "2026-07-02"}, {"last", "2026-07-02"}};
    } else if (i % 4 == 1) {
      form[key] = json::array{"één", "twee", "drie", i};
    } else {
      form[key] = "Een antwoord van een regel lang, met een \"aanhaling\" en een accent: één.";
    }
  }
  return json::serialize(form);
}

void bench_parse(benchmark::State& state) {
  const std::string text = document();
  for (auto _ : state) benchmark::DoNotOptimize(parse_json(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(bench_parse);

// The library alone, without looking for doubled keys: what parse_json is compared with.
void bench_parse_boost(benchmark::State& state) {
  const std::string text = document();
  for (auto _ : state) benchmark::DoNotOptimize(json::parse(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(bench_parse_boost);

void bench_canonical(benchmark::State& state) {
  const Json value = *parse_json(document());
  std::int64_t bytes = 0;
  for (auto _ : state) bytes += static_cast<std::int64_t>(canonical_json(value)->size());
  state.SetBytesProcessed(bytes);
}
BENCHMARK(bench_canonical);

// The library's writer, which keeps the order of keys.
void bench_serialize_boost(benchmark::State& state) {
  const Json value = *parse_json(document());
  std::int64_t bytes = 0;
  for (auto _ : state) bytes += static_cast<std::int64_t>(json::serialize(value).size());
  state.SetBytesProcessed(bytes);
}
BENCHMARK(bench_serialize_boost);

void bench_hash(benchmark::State& state) {
  const std::string text = document();
  for (auto _ : state) benchmark::DoNotOptimize(hash_of(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(bench_hash);

}  // namespace
}  // namespace zicht

BENCHMARK_MAIN();
