#include "dmn/check.h"
#include "dmn/read.h"
#include "dmn/tck_cases.h"
#include "dmn/testing/models.h"
#include "targets.h"

// The component has the name of the target.
namespace zicht::fuzz {
namespace {

namespace models = zicht::dmn;

// Small, so that many inputs are tried; what ends here ends with more too.
constexpr feel::Limits kModelLimits{.steps = 20'000, .bytes = 1 << 20, .depth = 64};

void check_told(const std::vector<Diagnostic>& diagnostics) {
  for (const auto& one : diagnostics)
    must(!one.message.nl.empty() && !one.hint.en.empty(), "a finding says what to do");
}

void evaluate_all(const models::Engine& engine) {
  const auto environment = models::testing::environment();
  for (const auto& decision : engine.decisions()) {
    models::Request request{.name = decision.name};
    request.limits = kModelLimits;
    request.inputs = {{"x", feel::Value::number(3)}, {"y", feel::Value::string("a")}};
    const auto plain = engine.evaluate(request, environment);
    request.explain = models::ExplainLevel::kBrief;
    const auto traced = engine.evaluate(request, environment);
    must(plain.error || traced.error ||
             feel::literal_of(plain.value) == feel::literal_of(traced.value),
         "an explanation explains the value");
    static_cast<void>(models::to_json(traced.explanation));
  }
}

void take_model(std::string_view xml) {
  const auto read = models::read_model({.file = "m.dmn", .text = xml});
  check_told(read.diagnostics);
  must(read.model != nullptr || !read.diagnostics.empty(),
       "a model is read, or told what is wrong");
  if (read.model == nullptr) return;
  const auto compiled = models::Engine::compile(read.model);
  check_told(compiled.diagnostics);
  must(compiled.engine != nullptr || !compiled.diagnostics.empty(), "a broken graph is told");
  if (compiled.engine == nullptr) return;
  evaluate_all(*compiled.engine);
  check_told(models::check_model(*compiled.engine, models::testing::environment()));
}

// Each line two cells and an output, apart by 0x1D.
std::string table_of(std::string_view lines) {
  models::testing::TableText table{.policy = "FIRST", .inputs = {"x", "y"}};
  while (!lines.empty() && table.rules.size() < 50) {
    std::string_view line = take_line(lines);
    std::vector<std::string> cells(3, "-");
    for (auto& cell : cells) {
      const auto end = line.find('\x1D');
      cell = line.substr(0, end);
      line = end == line.npos ? std::string_view() : line.substr(end + 1);
    }
    table.rules.push_back(std::move(cells));
  }
  using models::testing::input;
  return models::testing::definitions(
      input("x", "number") + input("y", "string") +
      models::testing::decision("d", "", models::testing::table(table), {"x", "y"}));
}

}  // namespace

void dmn(std::string_view input) {
  if (input.starts_with("table\n")) return take_model(table_of(input.substr(6)));
  take_model(input);
  const auto cases = models::read_test_cases({.file = "t.xml", .text = input});
  check_told(cases.diagnostics);
}

}  // namespace zicht::fuzz
