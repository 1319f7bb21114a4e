#include "dmn/internal/graph_builder.h"

#include <algorithm>
#include <functional>

namespace zicht::dmn::internal {
namespace {

constexpr std::size_t kMaxImportDepth = 8;

}  // namespace

std::shared_ptr<const Graph> build_graph(const std::shared_ptr<const Model>& model,
                                         std::span<const std::shared_ptr<const Model>> others,
                                         std::vector<Diagnostic>& diagnostics) {
  return GraphBuilder(diagnostics).build(model, others);
}

std::span<const std::size_t> Graph::named(std::string_view name) const {
  auto found = by_name.find(name);
  if (found == by_name.end()) found = by_name.find(feel::canonical_name(name));
  return found == by_name.end() ? std::span<const std::size_t>() : found->second;
}

const Node* Graph::find_own(NodeKind kind, std::string_view name) const {
  const Node* node = find(kind, name);
  return node != nullptr && node->model == models[0].get() ? node : nullptr;
}

const Node* Graph::find(NodeKind kind, std::string_view name) const {
  const Node* elsewhere = nullptr;
  for (const auto index : named(name)) {
    const Node& node = nodes[index];
    if (node.kind != kind) continue;
    if (node.model == models[0].get()) return &node;
    if (elsewhere == nullptr) elsewhere = &node;
  }
  return elsewhere;
}

std::shared_ptr<const Graph> GraphBuilder::build(
    const std::shared_ptr<const Model>& model,
    std::span<const std::shared_ptr<const Model>> others) {
  collect_models(model, others);
  make_types();
  for (const auto& one : graph_->models) make_nodes(*one);
  for (std::size_t i = 0, count = graph_->nodes.size(); i < count; ++i) link(i);
  if (is_broken_ || !sort()) return nullptr;
  for (const auto index : graph_->order) compile(graph_->nodes[index]);
  for (std::size_t i = 0; i < graph_->nodes.size(); ++i) {
    const Node& node = graph_->nodes[i];
    for (const auto& name : std::set<std::string>{node.name, node.element->name, node.element->id})
      graph_->by_name[name].push_back(i);
  }
  return graph_;
}

// The main model and everything that it imports, at any depth, each once.
void GraphBuilder::collect_models(const std::shared_ptr<const Model>& model,
                                  std::span<const std::shared_ptr<const Model>> others) {
  graph_->models.push_back(model);
  for (std::size_t i = 0; i < graph_->models.size(); ++i) {
    const auto current = graph_->models[i];
    for (const auto& import : current->imports) {
      if (!import.type.empty() && import.type.find("DMN") == import.type.npos) continue;
      if (find_model(import.namespace_uri) != nullptr) continue;
      const auto found = std::find_if(others.begin(), others.end(), [&](const auto& one) {
        return one->namespace_uri == import.namespace_uri;
      });
      if (found != others.end()) {
        graph_->models.push_back(*found);
        continue;
      }
      texts_.report("DM-0041", {current->file, import.title(), import.line},
                    {{"namespace", import.namespace_uri}, {"location", import.location}});
    }
  }
}

const Model* GraphBuilder::find_model(const std::string& uri) const {
  for (const auto& model : graph_->models) {
    if (model->namespace_uri == uri) return model.get();
  }
  return nullptr;
}

void GraphBuilder::make_types() {
  for (const auto& model : graph_->models)
    types_[model.get()] = std::make_unique<Types>(*model, texts_, nesting_);
  for (const auto& model : graph_->models) {
    for (const auto& import : model->imports) {
      if (const Model* used = find_model(import.namespace_uri); used && used != model.get())
        types_[model.get()]->add_import(import.name, types_[used].get());
    }
  }
}

std::size_t GraphBuilder::add_node(NodeKind kind, const Model& model, const Element& element,
                                   const Variable& variable) {
  Node node;
  node.kind = kind;
  node.model = &model;
  node.element = &element;
  node.name = feel::canonical_name(variable.name.empty() ? element.name : variable.name);
  node.type = types_[&model]->typed(variable.type_ref, element);
  node.known = node.type.type;
  graph_->nodes.push_back(std::move(node));
  const std::size_t index = graph_->nodes.size() - 1;
  if (kind == NodeKind::kDecision) ++graph_->decision_count;
  if (kind == NodeKind::kInput) inputs_[{&model, graph_->nodes[index].name}] = index;
  if (!element.id.empty()) graph_->by_id[{model.namespace_uri, element.id}] = index;
  return index;
}

void GraphBuilder::make_nodes(const Model& model) {
  for (const auto& source : model.sources)
    sources_.emplace(std::pair(model.namespace_uri, source.id), &source);
  for (const auto& one : model.inputs) input_names_.emplace(&model, feel::canonical_name(one.name));
  for (const auto& one : model.inputs) add_node(NodeKind::kInput, model, one, one.variable);
  for (const auto& one : model.decisions) add_node(NodeKind::kDecision, model, one, one.variable);
  for (const auto& one : model.knowledge_models)
    add_node(NodeKind::kKnowledge, model, one, one.variable);
  for (const auto& one : model.services) add_node(NodeKind::kService, model, one, one.variable);
}

std::optional<std::size_t> GraphBuilder::resolve(std::size_t user, const Reference& reference) {
  const Node& node = graph_->nodes[user];
  const std::string& uri =
      reference.namespace_uri.empty() ? node.model->namespace_uri : reference.namespace_uri;
  if (const auto found = graph_->by_id.find({uri, reference.id}); found != graph_->by_id.end())
    return found->second;
  const std::string nearest = texts_.nearest(reference.id, [&] {
    std::vector<std::string> known;
    for (const auto& [key, index] : graph_->by_id) known.push_back(key.second);
    return known;
  });
  texts_.report("DM-0030", {node.model->file, node.element->title(), reference.line},
                {{"id", reference.id}, {"nearest", nearest.empty() ? "-" : nearest}});
  is_broken_ = true;
  return std::nullopt;
}

void GraphBuilder::require_all(std::size_t user, const std::vector<Reference>& references) {
  for (const auto& reference : references) {
    if (const auto required = resolve(user, reference)) require(user, *required);
  }
}

std::optional<std::vector<std::string>> GraphBuilder::import_path(const Model& user,
                                                                  const Model& used) const {
  if (&user == &used) return std::vector<std::string>{};
  struct Step {
    const Model* model;
    std::vector<std::string> names;
  };
  std::vector<Step> steps = {{&user, {}}};
  for (std::size_t i = 0; i < steps.size() && steps[i].names.size() < kMaxImportDepth; ++i) {
    for (const auto& import : steps[i].model->imports) {
      const Model* next = find_model(import.namespace_uri);
      if (next == nullptr || steps.size() > 1000) continue;
      auto names = steps[i].names;
      if (!import.name.empty()) names.push_back(feel::canonical_name(import.name));
      if (next == &used) return names;
      steps.push_back({next, std::move(names)});
    }
  }
  return std::nullopt;
}

// A name of the own model is a slot; one of an import is a part of the import's slot.
void GraphBuilder::require(std::size_t user, std::size_t required) {
  Node& node = graph_->nodes[user];
  const Node& other = graph_->nodes[required];
  node.requires_.push_back(required);
  std::vector<Slot>* parts = &node.slots;
  for (const auto& name :
       import_path(*node.model, *other.model).value_or(std::vector<std::string>{})) {
    auto found = std::find_if(parts->begin(), parts->end(), [&](const Slot& slot) {
      return slot.kind == Slot::Kind::kImport && slot.name == name;
    });
    if (found == parts->end()) {
      parts->push_back({.kind = Slot::Kind::kImport, .name = name});
      found = std::prev(parts->end());
    }
    parts = &found->parts;
  }
  parts->push_back({.kind = Slot::Kind::kNode, .name = other.name, .node = required});
}

void GraphBuilder::link(std::size_t index) {
  const Element* element = graph_->nodes[index].element;
  if (graph_->nodes[index].kind == NodeKind::kDecision) {
    const auto& decision = static_cast<const Decision&>(*element);
    require_all(index, decision.required_inputs);
    require_all(index, decision.required_decisions);
    require_all(index, decision.required_knowledge);
    add_sources(index, decision.authorities);
    if (!decision.has_variable) add_undeclared(index, decision);
  } else if (graph_->nodes[index].kind == NodeKind::kKnowledge) {
    const auto& knowledge = static_cast<const BusinessKnowledgeModel&>(*element);
    for (const auto& reference : knowledge.required_knowledge) {
      const auto required = resolve(index, reference);
      if (required && *required != index) require(index, *required);
    }
  } else if (graph_->nodes[index].kind == NodeKind::kService) {
    const auto& service = static_cast<const DecisionService&>(*element);
    const auto resolved = [&](const std::vector<Reference>& references,
                              std::vector<std::size_t> Node::*into) {
      for (const auto& reference : references) {
        if (const auto required = resolve(index, reference))
          (graph_->nodes[index].*into).push_back(*required);
      }
    };
    resolved(service.output_decisions, &Node::outputs);
    resolved(service.input_data, &Node::inputs);
    resolved(service.input_decisions, &Node::inputs);
    auto& node = graph_->nodes[index];
    node.requires_ = node.outputs;
    node.requires_.insert(node.requires_.end(), node.inputs.begin(), node.inputs.end());
  }
}

void GraphBuilder::add_sources(std::size_t user, const std::vector<Reference>& authorities) {
  Node& node = graph_->nodes[user];
  for (const auto& reference : authorities) {
    const std::string& uri =
        reference.namespace_uri.empty() ? node.model->namespace_uri : reference.namespace_uri;
    const auto found = sources_.find({uri, reference.id});
    if (found == sources_.end()) continue;
    const KnowledgeSource& source = *found->second;
    node.sources.push_back({source.name, source.type, source.location});
  }
}

// Each node after what it requires, without recursion; false when there is a cycle.
bool GraphBuilder::sort() {
  enum class State : std::uint8_t { kNew, kOpen, kDone };
  std::vector<State> states(graph_->nodes.size(), State::kNew);
  std::vector<std::size_t> path;
  std::vector<std::size_t> next(graph_->nodes.size(), 0);
  for (std::size_t start = 0; start < graph_->nodes.size(); ++start) {
    if (states[start] != State::kNew) continue;
    path = {start};
    states[start] = State::kOpen;
    while (!path.empty()) {
      const std::size_t current = path.back();
      const auto& required = graph_->nodes[current].requires_;
      if (next[current] == required.size()) {
        states[current] = State::kDone;
        graph_->order.push_back(current);
        path.pop_back();
        continue;
      }
      const std::size_t one = required[next[current]++];
      if (states[one] == State::kOpen) return report_cycle(path, one), false;
      if (states[one] == State::kDone) continue;
      states[one] = State::kOpen;
      path.push_back(one);
    }
  }
  return true;
}

void GraphBuilder::report_cycle(const std::vector<std::size_t>& path, std::size_t again) {
  std::string names;
  for (auto at = std::find(path.begin(), path.end(), again); at != path.end(); ++at)
    names.append(graph_->nodes[*at].name).append(" -> ");
  const Node& node = graph_->nodes[again];
  texts_.report("DM-0031", {node.model->file, node.element->title(), node.element->line},
                {{"cycle", names + node.name}});
}

}  // namespace zicht::dmn::internal
