// Compiling the nodes of a graph, each after what it requires.
#include <algorithm>

#include "dmn/internal/graph_builder.h"

namespace zicht::dmn::internal {

using feel::Type;
using feel::Value;

void GraphBuilder::finish(Slot& slot) {
  if (slot.kind != Slot::Kind::kImport) return;
  std::vector<std::string> names;
  for (auto& part : slot.parts) {
    finish(part);
    names.push_back(part.name);
  }
  slot.shape = feel::ContextShape::create(std::move(names));
}

Type type_of(const Graph& graph, const Slot& slot) {
  if (slot.kind == Slot::Kind::kNode) return graph.nodes[slot.node].known;
  if (slot.kind == Slot::Kind::kOutput) {
    const Type& whole = graph.nodes[slot.node].known;
    if (whole.kind() != Type::Kind::kContext)
      return whole.kind() == Type::Kind::kList ? Type::any() : whole;
    const Type* member = whole.find_member(slot.name);
    return member != nullptr ? *member : Type::any();
  }
  std::vector<Type::Member> members;
  for (const auto& part : slot.parts) members.push_back({part.name, type_of(graph, part)});
  return Type::context_of(std::move(members));
}

feel::Scope GraphBuilder::scope_of(const Node& node) {
  feel::Scope scope = types_[node.model]->scope();
  for (const auto& slot : node.slots) scope.add(slot.name, type_of(*graph_, slot));
  return scope;
}

void GraphBuilder::compile(Node& node) {
  for (auto& slot : node.slots) {
    // One element may be required twice; a context has each name once.
    std::set<std::string> seen;
    std::erase_if(slot.parts, [&](const Slot& one) { return !seen.insert(one.name).second; });
    finish(slot);
  }
  if (node.kind == NodeKind::kDecision) {
    compile_decision(node, static_cast<const Decision&>(*node.element));
  } else if (node.kind == NodeKind::kKnowledge) {
    compile_knowledge(node, static_cast<const BusinessKnowledgeModel&>(*node.element));
  } else if (node.kind == NodeKind::kService) {
    compile_service(node);
  }
}

// What the values of the decision have been conformed to: by its logic, or by the knowledge that it
// calls.
const Typed* GraphBuilder::conformed(const Node& node) const {
  const auto* call = dynamic_cast<const InvocationCode*>(node.code.get());
  if (call == nullptr) return node.code->conformed();
  const auto* callee = dynamic_cast<const NameCode*>(&call->callee());
  if (callee == nullptr || callee->slot() >= node.slots.size()) return nullptr;
  const Slot& slot = node.slots[callee->slot()];
  if (slot.kind != Slot::Kind::kNode) return nullptr;
  const Node& called = graph_->nodes[slot.node];
  return called.kind == NodeKind::kKnowledge && called.function.body ? &called.function.result
                                                                     : nullptr;
}

// Whatever gives a node its value conforms it first.
std::vector<std::optional<Typed>> GraphBuilder::known_slots(const Node& node) const {
  std::vector<std::optional<Typed>> known(node.slots.size());
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (node.slots[i].kind != Slot::Kind::kNode) continue;
    const Node& required = graph_->nodes[node.slots[i].node];
    if (required.kind == NodeKind::kInput || required.kind == NodeKind::kDecision)
      known[i] = required.type;
  }
  return known;
}

void GraphBuilder::compile_decision(Node& node, const Decision& decision) {
  Compiler compiler(*node.model, *types_[node.model], texts_, index_words_, decision.title());
  if (!decision.has_variable) compiler.use_text_outputs();
  compiler.know_slots(known_slots(node));
  const auto scope = scope_of(node);
  node.code = decision.logic ? compiler.compile(*decision.logic, scope, node.type)
                             : std::make_unique<NullCode>();
  node.frame_size = std::max(compiler.frame_size(), scope.variables().size());
  node.tables = compiler.tables();
  const Typed* const known = conformed(node);
  node.is_conformed = known != nullptr && known->is_same(node.type);
  node.depth = node.code->depth();
  for (const auto required : node.requires_)
    node.depth = std::max(node.depth, graph_->nodes[required].depth);
  if (node.type.type.is_any()) node.known = node.code->type();
}

void GraphBuilder::compile_knowledge(Node& node, const BusinessKnowledgeModel& knowledge) {
  const auto* definition =
      knowledge.logic ? std::get_if<FunctionDefinition>(&knowledge.logic->value) : nullptr;
  if (definition == nullptr) return;
  Compiler compiler(*node.model, *types_[node.model], texts_, index_words_, knowledge.title());
  compiler.know_slots(known_slots(node));
  feel::Scope scope = scope_of(node);
  // What the variable declares is the function, or (as older models have it) its result.
  Typed result = node.type;
  if (result.type.kind() == Type::Kind::kFunction) result = {result.type.result(), nullptr};
  if (!knowledge.logic->type_ref.empty())
    result = types_[node.model]->typed(knowledge.logic->type_ref, *knowledge.logic);
  if (result.type.kind() == Type::Kind::kFunction) result = {result.type.result(), nullptr};
  // Knowledge knows itself, whether it says that it requires itself or not.
  std::optional<std::size_t> own_slot;
  if (!has_slot(graph_->index_of(node), node.name)) own_slot = scope.add(node.name, Type::any());
  node.function = compiler.function(*definition, scope, node.name, result);
  if (own_slot) {
    std::vector<bool> used(*own_slot + 1);
    node.function.body->add_used_slots(used);
    if (used[*own_slot]) node.function.own_slot = own_slot;
  }
  node.tables = compiler.tables();
  node.known = node.function.type();
}

void GraphBuilder::compile_service(Node& node) {
  std::vector<Type> parameters;
  for (const auto input : node.inputs) {
    node.function.parameters.push_back(graph_->nodes[input].name);
    node.function.types.push_back(graph_->nodes[input].type);
    parameters.push_back(graph_->nodes[input].type.type);
  }
  // A decision that calls a service does not run the service's decisions itself: this depth is that
  // of the call.
  for (const auto output : node.outputs)
    node.function.depth = std::max(node.function.depth, graph_->nodes[output].depth);
  Type result;
  if (node.outputs.size() == 1) {
    result = graph_->nodes[node.outputs[0]].known;
  } else {
    std::vector<Type::Member> members;
    for (const auto output : node.outputs)
      members.push_back({graph_->nodes[output].name, graph_->nodes[output].known});
    result = Type::context_of(std::move(members));
  }
  // What is declared is the function, or its result.
  node.function.result = node.type;
  if (node.type.type.kind() == Type::Kind::kFunction)
    node.function.result = {node.type.type.result(), nullptr};
  if (!node.function.result.type.is_any()) result = node.function.result.type;
  node.function.name = node.name;
  node.known = Type::function_of(std::move(parameters), std::move(result));
}

}  // namespace zicht::dmn::internal
