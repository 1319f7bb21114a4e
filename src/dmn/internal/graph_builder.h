// Builds the graph: finds the models, makes a node of each element, links and compiles them.
// Nodes are named by their index: the list of nodes grows while undeclared inputs are found.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dmn/internal/compiler.h"
#include "dmn/internal/graph.h"

namespace zicht::dmn::internal {

class GraphBuilder {
 public:
  explicit GraphBuilder(std::vector<Diagnostic>& diagnostics)
      : graph_(std::make_shared<Graph>()), texts_(diagnostics) {}

  [[nodiscard]] std::shared_ptr<const Graph> build(
      const std::shared_ptr<const Model>& model,
      std::span<const std::shared_ptr<const Model>> others);

 private:
  // ---- graph_builder.cc: models, nodes, links ----
  void collect_models(const std::shared_ptr<const Model>& model,
                      std::span<const std::shared_ptr<const Model>> others);
  void make_types();
  void make_nodes(const Model& model);
  std::size_t add_node(NodeKind kind, const Model& model, const Element& element,
                       const Variable& variable);
  [[nodiscard]] const Model* find_model(const std::string& uri) const;
  [[nodiscard]] std::optional<std::size_t> resolve(std::size_t user, const Reference& reference);
  void link(std::size_t index);
  void require(std::size_t user, std::size_t required);
  void require_all(std::size_t user, const std::vector<Reference>& references);
  // The names of imports by which `user` calls the elements of a model; nothing when there are
  // none.
  [[nodiscard]] std::optional<std::vector<std::string>> import_path(const Model& user,
                                                                    const Model& used) const;
  void add_sources(std::size_t user, const std::vector<Reference>& authorities);
  [[nodiscard]] bool sort();
  void report_cycle(const std::vector<std::size_t>& path, std::size_t again);

  // ---- graph_undeclared.cc: what tools leave out ----
  void add_undeclared(std::size_t index, const Decision& decision);
  [[nodiscard]] std::vector<std::size_t> required_decisions(std::size_t index) const;
  [[nodiscard]] bool has_slot(std::size_t index, std::string_view name) const;
  [[nodiscard]] std::set<std::string> unknown_names(std::size_t index,
                                                    const Expression& logic) const;
  [[nodiscard]] std::size_t undeclared_input(const Model& model, const std::string& name);

  // ---- graph_compile.cc ----
  void compile(Node& node);
  [[nodiscard]] const Typed* conformed(const Node& node) const;
  [[nodiscard]] std::vector<std::optional<Typed>> known_slots(const Node& node) const;
  void compile_decision(Node& node, const Decision& decision);
  void compile_knowledge(Node& node, const BusinessKnowledgeModel& knowledge);
  void compile_service(Node& node);
  [[nodiscard]] feel::Scope scope_of(const Node& node);
  static void finish(Slot& slot);

  std::shared_ptr<Graph> graph_;
  Texts texts_;
  TypeNesting nesting_{};
  std::map<const Model*, std::unique_ptr<Types>> types_{};
  // For looking up: knowledge sources by namespace and id, inputs by model and name, and the names
  // of the inputs that a model declares.
  std::map<std::pair<std::string, std::string>, const KnowledgeSource*> sources_{};
  std::map<std::pair<const Model*, std::string>, std::size_t> inputs_{};
  std::set<std::pair<const Model*, std::string>> input_names_{};
  std::size_t index_words_ = kMaxIndexWords;  // that tables may still take
  bool is_broken_ = false;
};

}  // namespace zicht::dmn::internal
