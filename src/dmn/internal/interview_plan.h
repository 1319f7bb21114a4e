// What an interview knows of a decision before anybody answers: the questions, what each can be
// answered with, and for each decision on the way which questions and decisions its parts look at.
//
// A question is an input, or a member of an input that is a context. Its answers are cells: values
// that no test in the model tells apart are one cell, and one value stands for it. Where something
// else than a test looks at a question (an amount in a sum, a function), there are no cells: then
// `is_partition` is false, `values` are samples, and nothing is concluded from their being the
// same.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dmn/internal/between.h"
#include "dmn/internal/graph.h"

namespace zicht::dmn::internal {

// What a part of the logic looks at: a question by its number, or after those a node of the graph.
using Unknown = std::size_t;

struct Topic {
  std::size_t node = 0;             // the input
  std::vector<std::string> path{};  // of members within it; empty = the input itself
  std::string name{};               // "Applicant.age"
  std::string label{};              // what the author calls it, if he does
  std::string description{};
  feel::Type type{};
  Domain domain{};                    // tests of allowed values
  bool is_listed = false;             // `values` are all that is allowed, by the author
  bool is_partition = false;          // `values` has one of each cell
  bool names_missing = false;         // the model says itself what it means that it is missing
  std::vector<feel::Value> values{};  // ascending, or in the order of the author
};

// A piece of the logic of a decision.
struct Part {
  enum class Kind : std::uint8_t { kText, kCode, kAnd, kOr, kNot, kIf, kTable };
  Kind kind = Kind::kCode;
  std::optional<feel::Expression> text{};      // kText
  const Code* code = nullptr;                  // kCode, kTable; of a whole text too
  const TableCode* table = nullptr;            // kTable
  std::vector<Part> parts{};                   // operands; of a table its columns
  std::vector<Unknown> uses{};                 // ascending
  std::vector<Unknown> output_uses{};          // kTable: of its outputs alone
  std::vector<const ConformCode*> conforms{};  // what the value goes through, innermost first
  std::optional<Unknown> same_as{};            // the part is that variable and nothing more
  // Evaluating it may pass over a null that says why (feel::CallContext::pass_over); of a table its
  // outputs.
  bool can_pass_over = true;
  std::vector<std::vector<std::size_t>> general{};  // kTable, by column: rules whose cell is no
                                                    // constant test
};

struct InterviewPlan {
  std::shared_ptr<const Graph> graph{};
  Session session{};
  std::size_t target = 0;
  std::vector<std::size_t> order{};  // the decisions on the way, each after what it requires
  std::vector<Topic> topics{};       // in the order of the model
  std::vector<std::vector<Unknown>> topics_of{};        // by node
  std::vector<Part> logic{};                            // by node
  std::vector<std::optional<feel::Value>> functions{};  // by node: knowledge and services
  std::vector<std::vector<bool>> reach{};               // by question: the nodes that depend on it

  [[nodiscard]] Unknown variable_of(std::size_t node) const { return topics.size() + node; }
  [[nodiscard]] bool is_topic(Unknown variable) const { return variable < topics.size(); }
  [[nodiscard]] std::size_t node_of(Unknown variable) const { return variable - topics.size(); }
};

// Requires: `target` is a decision of the graph.
[[nodiscard]] std::shared_ptr<const InterviewPlan> plan_interview(
    const std::shared_ptr<const Graph>& graph, std::size_t target, feel::CallContext& context);

// The value of an input, made of those of its questions: by variable, null where there is none.
using Assignment = std::vector<const feel::Value*>;
[[nodiscard]] feel::Value input_value(const InterviewPlan& plan, std::size_t node,
                                      const Assignment& values);

// What lies in the slots of a node, as far as it is assigned.
[[nodiscard]] std::vector<feel::Value> slots_of(const InterviewPlan& plan, const Node& node,
                                                const Assignment& values);

// The variables that a slot is made of.
void add_uses(const InterviewPlan& plan, const Slot& slot, std::vector<Unknown>& uses);

}  // namespace zicht::dmn::internal
