// One evaluation of a graph: values of nodes, each worked out once, when it is asked for.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "dmn/internal/graph.h"

namespace zicht::dmn::internal {

class Run {
 public:
  // Requires: all outlive this.
  Run(const Session& session, feel::CallContext& context)
      : session_(session),
        context_(context),
        values_(session.graph->nodes.size()),
        offered_(session.graph->nodes.size()) {}

  // Gives a node its value: then it is not worked out. The value is conformed by the caller.
  void set(std::size_t node, feel::Value value) { values_[node] = std::move(value); }
  // The same, conformed to the type of the node when it is asked for. Requires: `value` outlives
  // this.
  void offer(std::size_t node, const feel::Value& value) { offered_[node] = &value; }
  [[nodiscard]] bool is_offered(std::size_t node) const { return offered_[node] != nullptr; }

  // The value of a node, and first of what it requires; without recursion, so that a long chain of
  // decisions does not exhaust the stack.
  [[nodiscard]] feel::Value value_of(std::size_t node);

  // The outputs of a service: one as it is, several as a context.
  [[nodiscard]] feel::Value outputs_of(const Node& service);

  // Missing facts that the value of a decision rests on without being null by them, by itself or
  // by what it requires, each once. Requires: value_of() was asked.
  [[nodiscard]] std::vector<feel::NullCause> passed_over(std::size_t node) const;

 private:
  [[nodiscard]] feel::Value work_out(std::size_t node);
  [[nodiscard]] feel::Value decide(const Node& node);
  [[nodiscard]] feel::Value work_out(const Node& node, Frame& frame);
  [[nodiscard]] feel::Value value_of(const Slot& slot) const;
  [[nodiscard]] std::vector<feel::Value> captured_by(const Node& node) const;

  const Session& session_;
  feel::CallContext& context_;
  std::vector<std::optional<feel::Value>> values_;
  std::vector<const feel::Value*> offered_;
  std::vector<std::size_t> stack_{};
  std::map<std::size_t, std::vector<feel::NullCause>> passed_over_{};  // by decision
};

// One output of a table of which `whole` is the value (Slot::Kind::kOutput).
[[nodiscard]] feel::Value output_in(const feel::Value& whole, std::string_view name);

}  // namespace zicht::dmn::internal
