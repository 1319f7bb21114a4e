// A compiled decision table: which rules match a row of inputs, and what comes out of them.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dmn/internal/code.h"
#include "dmn/internal/table_index.h"

namespace zicht::dmn::internal {

struct TableInput {
  std::string label{};  // or the text of the expression
  CodePtr value{};      // already in the type of the column
  Typed type{};
  std::optional<feel::UnaryTests> allowed{};
};

struct TableOutput {
  std::string name{};
  Typed type{};
  std::optional<feel::UnaryTests> allowed{};
  std::vector<feel::Value> priorities{};  // highest first
  CodePtr default_value{};                // null = none
  // Every entry is a constant of the type and the values that are allowed.
  bool is_fitted = false;
};

struct TableRule {
  const Rule* written = nullptr;
  std::vector<CodePtr> outputs{};
};

struct TableParts {
  const Expression* written = nullptr;  // lives in the model, which the graph keeps
  std::string name{};
  std::size_t scope_size = 0;
  HitPolicy hit_policy = HitPolicy::kUnique;
  Aggregation aggregation = Aggregation::kNone;
  // Outside the standard: dates and the like become texts where an output is a text.
  bool has_text_outputs = false;
  std::vector<TableInput> inputs{};
  std::vector<TableOutput> outputs{};
  std::vector<TableRule> rules{};
  // By column, then by rule; nothing = the cell always holds.
  std::vector<std::vector<std::optional<feel::UnaryTests>>> cells{};
};

// A cell that is neither true nor false, in a rule without a false one.
struct UnknownCell {
  std::size_t column = 0;
  feel::Value value{};  // null with a reason
};

// Which rules matched: mostly one, for which nothing is allocated.
class RuleList {
 public:
  void add(std::size_t rule) {
    if (size_ == few_.size()) many_.assign(few_.begin(), few_.end());
    if (size_ < few_.size()) {
      few_[size_] = rule;
    } else {
      many_.push_back(rule);
    }
    ++size_;
  }
  [[nodiscard]] std::span<const std::size_t> span() const {
    return {many_.empty() ? few_.data() : many_.data(), size_};
  }

 private:
  std::array<std::size_t, 4> few_{};
  std::vector<std::size_t> many_{};  // all of them, where they are more
  std::size_t size_ = 0;
};

class TableCode final : public Code {
 public:
  // Takes the words of its index from `index_words`; columns for which it does not suffice go
  // without.
  TableCode(TableParts parts, std::size_t& index_words);
  feel::Value run(Frame& frame) const override;
  [[nodiscard]] feel::Type type() const override;
  [[nodiscard]] const Typed* conformed() const override;
  void add_used_slots(std::vector<bool>& used) const override;
  [[nodiscard]] std::size_t depth() const override;

  // What record() wrote down, told: `matched` is the one rule that did. Rules that nearly matched
  // are looked for on the budget.
  [[nodiscard]] TableTrace tell(std::span<const feel::Value> inputs,
                                std::optional<std::size_t> matched, const feel::Value& value,
                                feel::Budget& budget) const;

  [[nodiscard]] const TableParts& parts() const { return parts_; }
  [[nodiscard]] const ColumnIndex& index(std::size_t column) const { return index_[column]; }

  // Which rules match, in their order: by the index, or (the oracle) by evaluating every cell.
  // `only_first` stops at one. A rule that might match, were more known, does not: its cells are
  // added to `unknown`, of each column at most kMaxUnknown.
  [[nodiscard]] std::vector<std::size_t> matches(std::span<const feel::Value> inputs, Frame& frame,
                                                 bool only_first,
                                                 std::vector<UnknownCell>& unknown) const;
  [[nodiscard]] std::vector<std::size_t> plain_matches(std::span<const feel::Value> inputs,
                                                       Frame& frame) const;

  // What the table gives where exactly these rules match. Requires: ascending.
  [[nodiscard]] feel::Value result_of(std::span<const std::size_t> matched, Frame& frame) const;

  static constexpr std::size_t kMaxUnknown = 16;

 private:
  [[nodiscard]] std::optional<feel::Value> evaluate_inputs(Frame& frame,
                                                           std::span<feel::Value> values) const;
  void find_matches(std::span<const feel::Value> inputs, Frame& frame, bool only_first,
                    std::vector<UnknownCell>& unknown, RuleList& matched) const;
  [[nodiscard]] bool passes(std::size_t column, std::size_t rule, const feel::Value& input,
                            Frame& frame) const;
  [[nodiscard]] bool rule_holds(std::size_t rule, std::span<const feel::Value> inputs,
                                std::span<const RuleSet* const> sets, Frame& frame,
                                std::vector<UnknownCell>& unknown) const;
  void pass_over(const std::vector<UnknownCell>& unknown, std::span<const std::size_t> matched,
                 std::span<const feel::Value> inputs, Frame& frame) const;
  [[nodiscard]] feel::Value outcome(std::span<const std::size_t> matched, Frame& frame) const;
  [[nodiscard]] feel::Value output_of(std::size_t rule, std::size_t column, Frame& frame) const;
  [[nodiscard]] std::vector<feel::Value> outputs_of(std::size_t rule, Frame& frame) const;
  [[nodiscard]] bool has_default() const;
  [[nodiscard]] bool gives_one() const;
  [[nodiscard]] feel::Value default_outputs(Frame& frame) const;
  [[nodiscard]] feel::Value no_match(std::span<const feel::Value> inputs,
                                     const std::vector<UnknownCell>& unknown) const;
  [[nodiscard]] feel::Value common(const std::vector<feel::Value>& values,
                                   std::span<const std::size_t> matched) const;
  [[nodiscard]] feel::Value aggregated(const std::vector<feel::Value>& values) const;
  [[nodiscard]] feel::Value joined(std::vector<feel::Value> outputs) const;
  void sort_by_priority(std::vector<std::vector<feel::Value>>& rows, Frame& frame) const;
  // May take the inputs.
  void record(std::span<feel::Value> inputs, std::span<const std::size_t> matched,
              const feel::Value& value, Frame& frame) const;
  [[nodiscard]] bool can_be_told_later(std::span<const std::size_t> matched,
                                       const feel::Value& value) const;
  [[nodiscard]] TableTrace trace_of(std::span<const feel::Value> inputs,
                                    const feel::Value& value) const;
  [[nodiscard]] RuleTrace trace_of(std::size_t rule, bool has_matched) const;
  void add_cells(RuleTrace& trace, std::span<const feel::Value> inputs, Frame& frame) const;
  // `is_true(column, rule)` is asked of a cell, and `may_go_on(cells)` before each rule.
  template <class IsTrue, class MayGoOn>
  [[nodiscard]] std::vector<NearMiss> near_misses(std::span<const std::size_t> matched,
                                                  const IsTrue& is_true,
                                                  const MayGoOn& may_go_on) const;

  TableParts parts_;
  feel::Ref<const feel::ContextShape> shape_;  // of a result with several outputs
  std::vector<ColumnIndex> index_;
  bool has_constant_cells_ = true;  // no cell looks at anything but the input of its column
};

// "UNIQUE", "COLLECT SUM".
[[nodiscard]] std::string policy_name(HitPolicy policy, Aggregation aggregation);

}  // namespace zicht::dmn::internal
