// The requirement graph of a model and of all that it imports, every node compiled.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dmn/internal/code.h"
#include "dmn/internal/table.h"
#include "dmn/internal/texts.h"
#include "dmn/model.h"

namespace zicht::dmn::internal {

enum class NodeKind { kInput, kDecision, kKnowledge, kService };

// What lies in one slot of a node's frame.
struct Slot {
  enum class Kind {
    kNode,    // the value of a node
    kImport,  // a context of what is required of an imported model
    kOutput,  // one output of a table of a required decision (outside the standard)
  };
  Kind kind = Kind::kNode;
  std::string name{};
  std::size_t node = 0;
  std::vector<Slot> parts{};                    // kImport, in the order of the shape
  feel::Ref<const feel::ContextShape> shape{};  // kImport
};

struct Node {
  NodeKind kind = NodeKind::kInput;
  const Model* model = nullptr;
  const Element* element = nullptr;
  std::string name{};  // of the variable, as expressions write it
  Typed type{};
  feel::Type known{};                    // `type`, or what the logic surely gives
  std::vector<std::size_t> requires_{};  // direct, all kinds
  std::vector<Slot> slots{};
  CodePtr code{};             // of a decision
  bool is_conformed = false;  // the values of `code` are conformed to `type`
  FunctionCode function{};    // of knowledge
  std::size_t frame_size = 0;
  std::size_t depth = 0;                   // of the deepest decision that it takes to work it out
  std::vector<const TableCode*> tables{};  // within code or function
  std::vector<std::size_t> outputs{};      // of a service
  std::vector<std::size_t> inputs{};       // of a service: input data, then input decisions
  std::vector<SourceTrace> sources{};
};

struct Graph {
  std::vector<std::shared_ptr<const Model>> models{};  // the main one first
  std::vector<Node> nodes{};
  std::size_t decision_count = 0;    // of the nodes
  std::vector<std::size_t> order{};  // each after what it requires
  std::map<std::pair<std::string, std::string>, std::size_t> by_id{};  // namespace, id
  std::deque<InputData> undeclared{};  // inputs that a tool left undeclared

  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>()(name);
    }
  };
  std::unordered_map<std::string, std::vector<std::size_t>, NameHash, std::equal_to<>>
      by_name{};  // or id

  // By name or id: in the main model, then in the others. Null when there is none.
  [[nodiscard]] const Node* find(NodeKind kind, std::string_view name) const;
  // In the main model alone, as what is asked for must be.
  [[nodiscard]] const Node* find_own(NodeKind kind, std::string_view name) const;
  // All nodes of that name or id, in any model, in their order.
  [[nodiscard]] std::span<const std::size_t> named(std::string_view name) const;
  [[nodiscard]] std::size_t index_of(const Node& node) const {
    return static_cast<std::size_t>(&node - nodes.data());
  }
};

// What a slot surely holds. Requires: the nodes that it is made of are compiled.
[[nodiscard]] feel::Type type_of(const Graph& graph, const Slot& slot);

// Null when the graph is broken.
[[nodiscard]] std::shared_ptr<const Graph> build_graph(
    const std::shared_ptr<const Model>& model, std::span<const std::shared_ptr<const Model>> others,
    std::vector<Diagnostic>& diagnostics);

}  // namespace zicht::dmn::internal
