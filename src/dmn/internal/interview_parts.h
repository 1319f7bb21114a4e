// Takes the logic of a decision apart into pieces of which can be said what they may give while
// questions are open: tables, conditions and their operands (interview_plan.h), the rest as it is.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dmn/internal/interview_cells.h"
#include "feel/ast.h"

namespace zicht::dmn::internal {

class PartMaker {
 public:
  // Requires: all outlive this.
  PartMaker(const InterviewPlan& plan, const Node& node, CellFinder& cells);

  [[nodiscard]] Part make();

 private:
  [[nodiscard]] Part of_code(const Code& code);
  [[nodiscard]] Part of_conditional(const ConditionalCode& code);
  [[nodiscard]] Part of_table(const TableCode& table);
  void of_column(const TableCode& table, std::size_t column, Part& part);
  [[nodiscard]] Part of_text(const Code& code, const feel::Expression& expression);
  [[nodiscard]] bool take_apart(const feel::Node& tree, std::string_view text, Part& part);
  [[nodiscard]] bool operand(const feel::Node& tree, std::string_view text, Part& part);

  [[nodiscard]] bool may_pass_over(const Code& code) const;

  // What tests a question against what is the same always is a cell of it; all else looks at it.
  void note_test(const feel::Node& tree, std::string_view text, std::span<const Unknown> uses);
  [[nodiscard]] bool note_comparison(const feel::Node& tree, std::string_view text);
  [[nodiscard]] bool note_in(const feel::Node& tree, std::string_view text);
  [[nodiscard]] std::optional<feel::Value> constant_of(const feel::Node& tree,
                                                       std::string_view text);
  // The one variable that the tree names, and nothing more.
  [[nodiscard]] std::optional<Unknown> named(const feel::Node& tree) const;
  void add_uses_of(const feel::Node& tree, std::vector<Unknown>& uses) const;
  [[nodiscard]] std::vector<Unknown> members_of(std::size_t slot,
                                                std::span<const std::string> path) const;
  [[nodiscard]] std::vector<Unknown> used_by(const Code& code) const;
  [[nodiscard]] std::vector<Unknown> used_in(std::span<const std::size_t> slots) const;
  [[nodiscard]] std::vector<Unknown> used_by(const feel::Node& tree,
                                             const feel::Expression& expression) const;

  const InterviewPlan& plan_;
  const Node& node_;
  CellFinder& cells_;
  feel::Scope scope_{};
};

}  // namespace zicht::dmn::internal
