#include "dmn/engine.h"

#include <algorithm>

#include "base/error_catalogue.h"
#include "base/few.h"
#include "dmn/internal/graph.h"
#include "dmn/internal/run.h"

namespace zicht::dmn {

using feel::Value;
using internal::Node;
using internal::NodeKind;

namespace {

NodeKind node_kind(TargetKind kind) {
  return kind == TargetKind::kDecision  ? NodeKind::kDecision
         : kind == TargetKind::kService ? NodeKind::kService
                                        : NodeKind::kKnowledge;
}

std::vector<ElementInfo> infos(const internal::Graph& graph, NodeKind kind) {
  std::vector<ElementInfo> found;
  for (const auto& node : graph.nodes) {
    if (node.kind == kind && node.model == graph.models[0].get())
      found.push_back({node.name, node.element->id, node.known, node.element->line});
  }
  return found;
}

Error unknown_target(const internal::Graph& graph, TargetKind kind, const std::string& name) {
  std::vector<std::string> known;
  for (const auto& info : infos(graph, node_kind(kind))) known.push_back(info.name);
  std::string list;
  for (const auto& one : known) list.append(list.empty() ? "" : ", ").append(one);
  const std::string nearest = feel::nearest_name(name, known);
  return make_error("DM-0050", {{"name", name}, {"nearest", nearest.empty() ? list : nearest}});
}

internal::Session session_of(const std::shared_ptr<const internal::Graph>& graph,
                             const Request& request) {
  internal::Session session{graph, nullptr};
  if (request.explain != ExplainLevel::kOff)
    session.recorder = std::make_shared<internal::Recorder>(request.explain, graph->decision_count);
  return session;
}

// Offers the nodes that an input names its value: those of the main model, else those of the
// others. `takes` says of a node whether it may be given.
template <class Takes>
void give(internal::Run& run, const internal::Graph& graph, const InputValue& input,
          const Takes& takes) {
  bool was_found = false;
  for (const bool in_main : {true, false}) {
    for (const auto index : graph.named(input.name)) {
      const Node& node = graph.nodes[index];
      if (node.kind != NodeKind::kInput && node.kind != NodeKind::kDecision) continue;
      // An id names an input too, but never hides a decision of the same model.
      if (node.kind == NodeKind::kDecision && node.name != input.name &&
          node.name != feel::canonical_name(input.name))
        continue;
      const std::string& uri = node.model->namespace_uri;
      if (input.namespace_uri.empty() ? (node.model == graph.models[0].get()) != in_main
                                      : uri != input.namespace_uri)
        continue;
      was_found = true;
      if (takes(index)) run.offer(index, input.value);
    }
    if (was_found) return;
  }
}

Value call_service(internal::Run& run, const internal::Graph& graph, const Node& service,
                   const Request& request, feel::CallContext& context) {
  const auto& inputs = service.inputs;  // a service sees these and nothing else
  for (const auto& input : request.inputs) {
    give(run, graph, input, [&](std::size_t node) {
      return std::find(inputs.begin(), inputs.end(), node) != inputs.end();
    });
  }
  for (const auto input : inputs) {
    if (!run.is_offered(input)) run.set(input, Value::missing(graph.nodes[input].name));
  }
  return internal::conform(run.outputs_of(service), service.function.result, service.name, context);
}

Value call_knowledge(internal::Run& run, const internal::Graph& graph, const Node& node,
                     const Request& request, feel::CallContext& context) {
  const Value function = run.value_of(graph.index_of(node));
  if (!function.is(feel::Kind::kFunction)) return function;
  std::vector<feel::NamedArgument> arguments;
  for (const auto& parameter : node.function.parameters) {
    const auto given =
        std::find_if(request.inputs.begin(), request.inputs.end(), [&](const InputValue& one) {
          return feel::canonical_name(one.name) == feel::canonical_name(parameter);
        });
    arguments.push_back(
        {parameter, given == request.inputs.end() ? Value::missing(parameter) : given->value});
  }
  return feel::call_function(context, function.as_function(), arguments);
}

}  // namespace

CompileOutcome Engine::compile(const std::shared_ptr<const Model>& model,
                               std::span<const std::shared_ptr<const Model>> others) {
  CompileOutcome outcome;
  auto graph = internal::build_graph(model, others, outcome.diagnostics);
  if (!graph) return outcome;
  // The constructor is private, out of the reach of make_shared.
  outcome.engine.reset(new Engine(std::move(graph)));  // tidy-allow: owned at once
  return outcome;
}

std::vector<ElementInfo> Engine::decisions() const { return infos(*graph_, NodeKind::kDecision); }
std::vector<ElementInfo> Engine::services() const { return infos(*graph_, NodeKind::kService); }
std::vector<ElementInfo> Engine::knowledge_models() const {
  return infos(*graph_, NodeKind::kKnowledge);
}

bool Engine::has_decision(std::string_view name) const {
  return graph_->find_own(NodeKind::kDecision, name) != nullptr;
}

std::vector<ElementInfo> Engine::inputs_of(TargetKind kind, std::string_view name) const {
  const Node* target = graph_->find_own(node_kind(kind), name);
  std::vector<ElementInfo> found;
  if (target == nullptr) return found;
  std::vector<bool> seen(graph_->nodes.size());
  std::vector<std::size_t> left = {graph_->index_of(*target)};
  while (!left.empty()) {
    const std::size_t index = left.back();
    left.pop_back();
    if (seen[index]) continue;
    seen[index] = true;
    const auto& required = graph_->nodes[index].requires_;
    left.insert(left.end(), required.rbegin(), required.rend());
    const Node& node = graph_->nodes[index];
    if (node.kind == NodeKind::kInput)
      found.push_back({node.name, node.element->id, node.type.type, node.element->line});
  }
  return found;
}

Answer Engine::evaluate(const Request& request, const feel::Environment& environment) const {
  if (request.kind == TargetKind::kDecision)
    return evaluate_all({&request.name, 1}, request, environment)[0];
  Answer answer;
  const Node* target = graph_->find_own(node_kind(request.kind), request.name);
  if (target == nullptr) {
    answer.error = unknown_target(*graph_, request.kind, request.name);
    return answer;
  }
  feel::Budget budget(request.limits);
  feel::CallContext context(environment, budget);
  const internal::Session session = session_of(graph_, request);
  internal::Run run(session, context);
  answer.value = target->kind == NodeKind::kKnowledge
                     ? call_knowledge(run, *graph_, *target, request, context)
                     : call_service(run, *graph_, *target, request, context);
  answer.passed_over = context.take_passed_over();
  if (budget.is_exhausted()) answer.error = budget.error();
  if (session.recorder) {
    const std::size_t count = session.recorder->count();
    answer.explanation = {session.recorder->finish(graph_), 0, count};
  }
  return answer;
}

std::vector<Answer> Engine::evaluate_all(std::span<const std::string> names, const Request& request,
                                         const feel::Environment& environment) const {
  feel::Budget budget(request.limits);
  feel::CallContext context(environment, budget);
  const internal::Session session = session_of(graph_, request);
  internal::Run run(session, context);
  std::vector<const Node*> targets;
  targets.reserve(names.size());
  for (const auto& name : names) targets.push_back(graph_->find_own(NodeKind::kDecision, name));
  // What is asked for is never given, by whatever spelling of its name.
  for (const auto& input : request.inputs) {
    give(run, *graph_, input, [&](std::size_t node) {
      return std::find(targets.begin(), targets.end(), &graph_->nodes[node]) == targets.end();
    });
  }
  std::vector<Answer> answers(names.size());
  Few<std::size_t, 16> told(names.size());  // decisions that had ended after each answer
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i] == nullptr) {
      answers[i].error = unknown_target(*graph_, TargetKind::kDecision, names[i]);
    } else {
      const std::size_t node = graph_->index_of(*targets[i]);
      answers[i].value = run.value_of(node);
      answers[i].passed_over = run.passed_over(node);
      if (budget.is_exhausted()) answers[i].error = budget.error();
    }
    if (session.recorder) told[i] = session.recorder->count();
  }
  if (!session.recorder) return answers;
  const auto recording = session.recorder->finish(graph_);
  for (std::size_t i = 0; i < answers.size(); ++i)
    answers[i].explanation = {recording, i == 0 ? 0 : told[i - 1], told[i]};
  return answers;
}

}  // namespace zicht::dmn
