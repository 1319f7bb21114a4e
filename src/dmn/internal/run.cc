#include "dmn/internal/run.h"

#include <algorithm>
#include <set>

#include "feel/operators.h"

namespace zicht::dmn::internal {

using feel::Value;

namespace {

// A decision service as FEEL calls it: its decisions see the arguments and nothing of the caller.
class ServiceFunction final : public feel::Function {
 public:
  ServiceFunction(std::size_t node, Session session) : node_(node), session_(std::move(session)) {}

  std::span<const std::string> parameter_names() const override {
    return node().function.parameters;
  }
  std::string_view name() const override { return node().name; }
  feel::Type type() const override { return node().known; }

  Value invoke(feel::CallContext& context, std::span<const Value> arguments) const override {
    const Node& service = node();
    const feel::CallDepth depth(context.budget(), service.function.depth);
    if (!depth.is_good()) return context.budget().exhausted_value();
    std::vector<Value> fitted(arguments.begin(), arguments.end());
    if (auto refused =
            fit_arguments(fitted, service.function.parameters, service.function.types, context))
      return *std::move(refused);
    Run run(session_, context);
    for (std::size_t i = 0; i < fitted.size(); ++i)
      run.set(service.inputs[i], std::move(fitted[i]));
    return conform(run.outputs_of(service), service.function.result, service.name, context);
  }

 private:
  const Node& node() const { return session_.graph->nodes[node_]; }

  std::size_t node_;
  Session session_;
};

}  // namespace

Value output_in(const Value& whole, std::string_view name) {
  return whole.is(feel::Kind::kContext) || whole.is(feel::Kind::kList) ? feel::property(whole, name)
                                                                       : whole;
}

Value Run::value_of(std::size_t node) {
  stack_.assign(1, node);
  while (!stack_.empty()) {
    const std::size_t current = stack_.back();
    const Node& one = session_.graph->nodes[current];
    if (!values_[current] && offered_[current] != nullptr)
      values_[current] = conform(*offered_[current], one.type, one.name, context_);
    if (values_[current]) {
      stack_.pop_back();
      continue;
    }
    const std::size_t before = stack_.size();
    // A service asks for its decisions when it is called, with other inputs.
    if (one.kind != NodeKind::kService) {
      for (const auto required : one.requires_) {
        if (!values_[required]) stack_.push_back(required);
      }
    }
    if (stack_.size() != before) continue;
    values_[current] = work_out(current);
    stack_.pop_back();
  }
  return *values_[node];
}

std::vector<feel::NullCause> Run::passed_over(std::size_t node) const {
  std::vector<feel::NullCause> found;
  if (passed_over_.empty()) return found;
  std::set<std::size_t> seen = {node};
  std::vector<std::size_t> left = {node};
  while (!left.empty()) {
    const std::size_t current = left.back();
    left.pop_back();
    if (const auto own = passed_over_.find(current); own != passed_over_.end()) {
      for (const auto& cause : own->second) {
        const bool is_known = std::any_of(found.begin(), found.end(),
                                          [&](const auto& one) { return one.is_same(cause); });
        if (!is_known) found.push_back(cause);
      }
    }
    // What was given rests on nothing here.
    if (offered_[current] != nullptr) continue;
    for (const auto required : session_.graph->nodes[current].requires_) {
      if (seen.insert(required).second) left.push_back(required);
    }
  }
  return found;
}

Value Run::work_out(std::size_t node) {
  const Node& one = session_.graph->nodes[node];
  if (context_.budget().is_exhausted()) return context_.budget().exhausted_value();
  switch (one.kind) {
    case NodeKind::kInput:
      return Value::missing(one.name);
    case NodeKind::kDecision:
      return decide(one);
    case NodeKind::kService:
      return Value::function(feel::make_ref<ServiceFunction>(node, session_));
    case NodeKind::kKnowledge:
      return one.function.body ? make_function(one.function, session_, captured_by(one)) : Value();
  }
  return {};
}

Value Run::decide(const Node& node) {
  FrameSlots slots(std::max(node.slots.size(), node.frame_size));
  Frame frame{context_, session_, slots.span()};
  for (std::size_t i = 0; i < node.slots.size(); ++i) frame.slots[i] = value_of(node.slots[i]);
  if (session_.recorder) session_.recorder->begin(node, frame.slots.first(node.slots.size()));
  const auto before = context_.take_passed_over();
  Value value = work_out(node, frame);
  const auto own = context_.take_passed_over();
  context_.add_passed_over(before);
  if (!own.empty()) {
    context_.add_passed_over(own);
    passed_over_.emplace(session_.graph->index_of(node), own);
  }
  if (session_.recorder) session_.recorder->end(value, own);
  return value;
}

Value Run::work_out(const Node& node, Frame& frame) {
  Value value = node.code->run(frame);
  if (!node.is_conformed) value = conform(std::move(value), node.type, node.name, context_);
  return value;
}

Value Run::value_of(const Slot& slot) const {
  if (slot.kind == Slot::Kind::kNode) return *values_[slot.node];
  if (slot.kind == Slot::Kind::kOutput) return output_in(*values_[slot.node], slot.name);
  std::vector<Value> parts;
  parts.reserve(slot.parts.size());
  for (const auto& part : slot.parts) parts.push_back(value_of(part));
  return Value::context(slot.shape, std::move(parts));
}

std::vector<Value> Run::captured_by(const Node& node) const {
  std::vector<Value> slots;
  slots.reserve(std::max(node.slots.size(), node.function.first_slot));
  for (const auto& slot : node.slots) slots.push_back(value_of(slot));
  return slots;
}

Value Run::outputs_of(const Node& service) {
  if (service.outputs.size() == 1) return value_of(service.outputs[0]);
  feel::ContextBuilder builder;
  for (const auto output : service.outputs)
    builder.set(session_.graph->nodes[output].name, value_of(output));
  return builder.build();
}

}  // namespace zicht::dmn::internal
