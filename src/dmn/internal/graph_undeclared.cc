// What some tools leave out of a model: variables of decisions, requirements of inputs, inputs. The
// tables of such models name process variables and the outputs of other tables directly.
#include <algorithm>

#include "dmn/internal/graph_builder.h"
#include "feel/parser.h"

namespace zicht::dmn::internal {

namespace {

// Decisions of which a tool's decision sees the outputs: at most so many, the nearest.
constexpr std::size_t kMaxRequired = 200;

}  // namespace

bool GraphBuilder::has_slot(std::size_t index, std::string_view name) const {
  const auto& slots = graph_->nodes[index].slots;
  return std::any_of(slots.begin(), slots.end(),
                     [&](const Slot& slot) { return slot.name == name; });
}

// All decisions that it requires, at any distance, nearest first. Others may not be linked yet, so
// this follows what is written.
std::vector<std::size_t> GraphBuilder::required_decisions(std::size_t index) const {
  std::vector<std::size_t> found = {index};
  std::set<std::size_t> seen = {index};
  for (std::size_t i = 0; i < found.size() && found.size() <= kMaxRequired; ++i) {
    const Node& node = graph_->nodes[found[i]];
    for (const auto& reference : static_cast<const Decision&>(*node.element).required_decisions) {
      const std::string& uri =
          reference.namespace_uri.empty() ? node.model->namespace_uri : reference.namespace_uri;
      const auto other = graph_->by_id.find({uri, reference.id});
      if (other == graph_->by_id.end() ||
          graph_->nodes[other->second].kind != NodeKind::kDecision ||
          !seen.insert(other->second).second)
        continue;
      found.push_back(other->second);
    }
  }
  found.erase(found.begin());
  return found;
}

void GraphBuilder::add_undeclared(std::size_t index, const Decision& decision) {
  const Model& model = *graph_->nodes[index].model;
  for (const auto other : required_decisions(index)) {
    const auto& logic = static_cast<const Decision&>(*graph_->nodes[other].element).logic;
    const auto* table = logic ? std::get_if<DecisionTable>(&logic->value) : nullptr;
    if (table == nullptr) continue;
    graph_->nodes[index].requires_.push_back(other);
    for (const auto& output : table->outputs) {
      const std::string name = feel::canonical_name(output.name);
      if (name.empty() || has_slot(index, name)) continue;
      graph_->nodes[index].slots.push_back(
          {.kind = Slot::Kind::kOutput, .name = name, .node = other});
    }
  }
  if (!decision.logic) return;
  for (const auto& name : unknown_names(index, *decision.logic)) {
    const auto found = inputs_.find({&model, name});
    require(index, found != inputs_.end() ? found->second : undeclared_input(model, name));
  }
}

std::size_t GraphBuilder::undeclared_input(const Model& model, const std::string& name) {
  graph_->undeclared.push_back({});
  graph_->undeclared.back().name = name;
  return add_node(NodeKind::kInput, model, graph_->undeclared.back(), {});
}

// The names in the logic that the scope does not know.
std::set<std::string> GraphBuilder::unknown_names(std::size_t index,
                                                  const Expression& logic) const {
  const Node& node = graph_->nodes[index];
  feel::Scope scope;
  for (const auto& slot : node.slots) scope.add(slot.name, feel::Type::any());
  // Inputs of the model may have blanks in their names: known while reading, declared when used.
  std::set<std::string> inputs;
  std::set<std::string> names;
  const auto collect = [&](const feel::Parsed& parsed) {
    for (const auto& finding : parsed.findings) {
      if (finding.id != "FE-0002") continue;
      for (const auto& argument : finding.arguments) {
        if (argument.name == "name") names.insert(argument.value.en);
      }
    }
  };
  const auto expression = [&](const Text& text) {
    if (!text.text.empty()) collect(feel::parse_expression(text.text, scope));
  };
  if (const auto* literal = std::get_if<LiteralExpression>(&logic.value)) expression(literal->text);
  const auto* table = std::get_if<DecisionTable>(&logic.value);
  if (table == nullptr) return names;
  for (const auto& input : table->inputs) {
    const std::string name = feel::canonical_name(input.expression.text);
    const bool is_input = input_names_.contains({node.model, name});
    if (is_input && !has_slot(index, name)) {
      names.insert(name);
      scope.add(name, feel::Type::any());
    } else {
      expression(input.expression);
    }
  }
  for (const auto& rule : table->rules) {
    for (const auto& cell : rule.inputs) {
      if (!cell.text.empty()) collect(feel::parse_unary_tests(cell.text, scope, feel::Type::any()));
    }
    for (const auto& output : rule.outputs) expression(output);
  }
  return names;
}

}  // namespace zicht::dmn::internal
