// A DMN model made ready to decide: compiled once, evaluated often, by many threads at a time.
//
//     const auto read = read_model({.file = "intake.dmn", .text = xml});
//     const auto compiled = Engine::compile(read.model);
//     if (has_errors(compiled.diagnostics)) return report(compiled.diagnostics);
//     const Request request{.name = "Eligibility", .inputs = {{"Age", Value::number(17)}}};
//     const Answer answer = compiled.engine->evaluate(request, {.zones = &zones});
//
// Semantics are those of DMN 1.5: a decision sees what it requires and nothing else, values are
// coerced to the declared types and checked against the allowed values, services see the values
// that they are given. An evaluation is a function of the request and the environment: no clock, no
// files. A null says why it is null (feel/null_reason.h), and what an outcome rests on that was not
// given goes with it; whoever judges asks feel::judge(answer.value, answer.passed_over).
//
// Where models leave DMN, as tools do: a decision without a <variable> of its own sees all inputs
// of its model, the outputs of the tables it rests on by name, and, for a name that exists nowhere,
// an undeclared input (docs/formats/dmn.md). External functions (Java, PMML) give null with
// DM-0110.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "dmn/explanation.h"
#include "dmn/model.h"
#include "feel/budget.h"
#include "feel/function.h"
#include "feel/type.h"

namespace zicht::dmn {

namespace internal {
struct Graph;
}

enum class TargetKind { kDecision, kService, kKnowledgeModel };

struct InputValue {
  std::string name{};
  feel::Value value{};
  std::string namespace_uri{};  // empty = whichever model has an input of that name, the own first
};

struct Request {
  TargetKind kind = TargetKind::kDecision;
  std::string name{};  // or the id
  // Inputs, and decisions whose value is given, but never the one that is asked; for services the
  // inputs of the service, for knowledge models the parameters. What is not given is missing, and a
  // null says so. Names that nothing requires are left alone.
  std::vector<InputValue> inputs{};
  feel::Limits limits{};
  ExplainLevel explain = ExplainLevel::kOff;
};

struct Answer {
  feel::Value value{};
  // Missing facts that the value rests on although it is not null by them: a rule before the one
  // that matched could not be judged, a filter left an item out (feel::CallContext::pass_over).
  std::vector<feel::NullCause> passed_over{};
  // There is no such decision (DM-0050), or the budget is spent (FE-0101 … FE-0103).
  std::optional<Error> error{};
  Explanation explanation{};
};

struct ElementInfo {
  std::string name{};
  std::string id{};
  feel::Type type{};
  std::uint32_t line = 0;
};

class Engine;
struct CompileOutcome {
  // Null when the graph itself is broken: a cycle, a requirement that is not there. Where a text
  // cannot be read there is an engine, and what rests on that text is null with DM-0109; use it
  // only where that is wanted, as has_errors(diagnostics) holds then too.
  std::shared_ptr<const Engine> engine{};
  std::vector<Diagnostic> diagnostics{};
};

class Engine {
 public:
  // `others` are the models that may be imported, by their namespaces; those that are not are left
  // alone. Requires: no null among them.
  // Errors: DM-0030 a requirement that is not there, DM-0031 a cycle, DM-0032 an unknown type,
  // DM-0033 a text that cannot be read, DM-0035 another language, DM-0036 a name twice, DM-0037 a
  // boxed filter whose match is no text, DM-0039 an output without a name, DM-0040 an aggregation
  // of several outputs, DM-0041 an import without a model. Warnings: DM-0034 from FEEL, DM-0038 an
  // external function.
  [[nodiscard]] static CompileOutcome compile(
      const std::shared_ptr<const Model>& model,
      std::span<const std::shared_ptr<const Model>> others = {});

  // Of the main model, in its order.
  [[nodiscard]] std::vector<ElementInfo> decisions() const;
  [[nodiscard]] std::vector<ElementInfo> services() const;
  [[nodiscard]] std::vector<ElementInfo> knowledge_models() const;
  // By its name or id, in the main model.
  [[nodiscard]] bool has_decision(std::string_view name) const;
  // What the decision or service rests on in the end; nothing for an unknown one.
  [[nodiscard]] std::vector<ElementInfo> inputs_of(TargetKind kind, std::string_view name) const;

  // Thread-safe. Requires: environment.zones.
  [[nodiscard]] Answer evaluate(const Request& request, const feel::Environment& environment) const;

  // Decisions of one request by their names or ids, each worked out once however many of them rest
  // on it; `kind` and `name` of the request say nothing here. None of them is given. The limits are
  // those of all together, and a decision is explained in the answer that needed it first.
  // Thread-safe. Requires: environment.zones.
  [[nodiscard]] std::vector<Answer> evaluate_all(std::span<const std::string> names,
                                                 const Request& request,
                                                 const feel::Environment& environment) const;

  // For the checks of check.h.
  [[nodiscard]] const internal::Graph& graph() const { return *graph_; }

 private:
  explicit Engine(std::shared_ptr<const internal::Graph> graph) : graph_(std::move(graph)) {}

  std::shared_ptr<const internal::Graph> graph_;
};

}  // namespace zicht::dmn
