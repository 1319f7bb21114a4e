// Cost of what stands on the path of every write and of every rebuilt entry.
#include <benchmark/benchmark.h>

#include "base/json.h"
#include "model/record.h"
#include "model/rules.h"
#include "model/testing/rule_form.h"
#include "model/testing/sample_form.h"
#include "model/validate.h"

namespace zicht::model {
namespace {

// Eight fields of mixed types, as a typical record has.
Json eight_fields() {
  Json fields = testing::sample_fields();
  for (const char* key : {"see", "page", "place", "term", "agreed"}) {
    fields.as_object().erase(key);
  }
  return fields;
}

void BM_validate_eight_fields(benchmark::State& state) {
  const PackSet packs = testing::sample_packs();
  const Form& form = *packs.find_form("probe/visit");
  const Json fields = eight_fields();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        validate_fields(form, packs, fields, {.on = Date::of(2025, 6, 1)}));
  }
}
BENCHMARK(BM_validate_eight_fields);

// Beside validation: one computed field and five conditions, all met.
void BM_rules_of_eight_fields(benchmark::State& state) {
  const PackSet packs = testing::sample_packs();
  const Form form = testing::form_with_rules();
  const Json fields = eight_fields();
  for (auto _ : state) {
    benchmark::DoNotOptimize(check_rules(form, packs, fields, {.today = Date::of(2025, 6, 1)}));
    benchmark::DoNotOptimize(with_computed(form, packs, fields, Date::of(2025, 6, 1)));
  }
}
BENCHMARK(BM_rules_of_eight_fields);

void BM_payload_from_text(benchmark::State& state) {
  Record record;
  record.id = "5f2q0c7m3e9xk4t8zv1d6w0hya";
  record.form = "probe/visit";
  record.version = 1;
  record.fields = eight_fields();
  record.state = "running";
  record.tasks = {{"state:running", "editor", {"Doe", "Do"}, {}, Date::of(2025, 1, 2)}};
  const std::string text = canonical_json(to_payload(record, {"created", "", ""})).value();
  for (auto _ : state) {
    auto parsed = parse_json(text);
    benchmark::DoNotOptimize(from_payload(*parsed));
  }
}
BENCHMARK(BM_payload_from_text);

void BM_payload_to_text(benchmark::State& state) {
  Record record;
  record.id = "5f2q0c7m3e9xk4t8zv1d6w0hya";
  record.form = "probe/visit";
  record.version = 1;
  record.fields = eight_fields();
  for (auto _ : state) {
    benchmark::DoNotOptimize(canonical_json(to_payload(record, {"created", "", ""})));
  }
}
BENCHMARK(BM_payload_to_text);

}  // namespace
}  // namespace zicht::model

BENCHMARK_MAIN();
