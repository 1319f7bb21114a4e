// Cost of telling a record: access and JSON together, without the database. A record of 12 fields
// is read far more often than anything else.
#include <benchmark/benchmark.h>

#include "app/present/record_json.h"
#include "packs/testing/folders.h"

namespace zicht::app {
namespace {

constexpr auto kTwelveFields = R"({
  "name": "Zaag", "kind": "saw", "also": ["drill"], "tags": ["hout", "groot"],
  "story": "Een zaag die van hand tot hand gaat.", "pieces": 3, "weight_kg": "12.5",
  "price": "1250.00", "electric": false, "bought_on": "2024-05-01",
  "made": {"words": "zomer 2020", "first": "2020-06-01", "last": "2020-08-31"}, "lease": "P3M"})";

struct Tool {
  Rulebook rules;
  ActiveForm form;
  model::Record record;

  Tool() {
    rules.packs = packs::testing::sample_packs();
    form = find_active_form(rules, "sample/tool");
    const Date today = Date::of(2026, 1, 31);
    record = *model::begin(judge_of(rules, form, today), *parse_json(kTwelveFields), today);
    record.id = "5f2q0c7m3e9xk4t8zv1d6w0hya";
    record.organisation = "north";
  }
};

void BM_tell_record(benchmark::State& state) {
  const Tool tool;
  const Caller visitor;
  const References none;
  for (auto _ : state) {
    const model::RowScope scope = scope_of(visitor, *tool.form.pack, *tool.form.form);
    std::string out;
    out.reserve(4096);
    JsonWriter json(out);
    write_record(json, {&tool.rules, &visitor, &tool.form, &scope, &tool.record, "Noord", &none},
                 Date::of(2026, 1, 31));
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(BM_tell_record);

void BM_tell_search_item(benchmark::State& state) {
  const Tool tool;
  const Caller visitor;
  const References none;
  const model::RowScope scope = scope_of(visitor, *tool.form.pack, *tool.form.form);
  for (auto _ : state) {
    std::string out;
    out.reserve(1024);
    JsonWriter json(out);
    write_search_item(json,
                      {&tool.rules, &visitor, &tool.form, &scope, &tool.record, "Noord", &none});
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(BM_tell_search_item);

}  // namespace
}  // namespace zicht::app

BENCHMARK_MAIN();
