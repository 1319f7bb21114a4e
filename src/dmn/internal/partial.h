// What a decision may give while some questions are open, and which of them still matter, without
// trying their answers together.
//
//     Partial partial(plan, context);
//     partial.set(age, &seventeen);                     // an answer; null takes it back
//     const Outlook outlook = partial.outlook();
//     if (outlook.outcome) return *outlook.outcome;     // whatever the open ones are
//     for (const Unknown topic : outlook.live) ask(topic);
//
// Each decision has the set of values that it may have: of a table by the rules that may and those
// that must match, of `and`, `or`, `not` and `if` by three-valued logic, of any other text by
// trying the few combinations of what it looks at; where those are too many it may be anything. The
// sets are never too small, so what is said to be settled is. They can be too large where one
// question reaches an outcome along several ways.
//
// As in evaluating, an outcome rests on every decision that it requires, in the end: where one may
// pass over a null that says why, the outcome is not settled, whether that decision counts or not.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "dmn/internal/interview_plan.h"

namespace zicht::dmn::internal {

// The values that something may have. A null that says why and one that an author wrote are two:
// what rests on the one cannot be determined, and the other is a value like any.
struct Possible {
  bool is_any = false;
  std::span<const feel::Value> shared{};  // those of an open question
  std::vector<feel::Value> own{};

  [[nodiscard]] std::span<const feel::Value> values() const {
    return shared.empty() ? std::span<const feel::Value>(own) : shared;
  }
  [[nodiscard]] bool is_single() const { return !is_any && values().size() == 1; }
  // Adds a value once; beyond kMaxValues it may be anything.
  void add(const feel::Value& value);

  static constexpr std::size_t kMaxValues = 64;
};

// Whether two outcomes are one: nulls are, whatever their reasons.
[[nodiscard]] bool is_same_outcome(const feel::Value& a, const feel::Value& b);

// Whether no value that can be determined is in both.
[[nodiscard]] bool is_never_same(const Possible& a, const Possible& b);

// Stands for whatever cannot be determined: a null that says so.
[[nodiscard]] const feel::Value& undetermined();

struct Outlook {
  std::optional<feel::Value> outcome{};  // where it can be only one
  std::vector<Unknown> live{};           // questions that may still matter, ascending
  std::vector<Unknown> first{};          // of those, the ones by which the value may differ
  std::vector<std::size_t> nodes{};      // the decisions that are not settled, from the target on
  std::size_t open = 0;  // rules that may or may not match, and unsettled parts of other logic
};

// Rules of a decision's tables that hang on a variable.
struct Hanging {
  const TableCode* table = nullptr;
  std::vector<std::size_t> rules{};  // from 0
};

class Partial {
 public:
  // Requires: both outlive this.
  Partial(const InterviewPlan& plan, feel::CallContext& context);

  // Requires: `value`, unless null, outlives this or the next set() of the question.
  void set(Unknown topic, const feel::Value* value);
  [[nodiscard]] Outlook outlook() const;
  // The values that the outcome may have, where it can be determined.
  [[nodiscard]] const Possible& target() const { return seen_[plan_.target].possible; }

  // Which undecided rules of an unsettled decision hang on what it looks at.
  [[nodiscard]] std::vector<Hanging> hanging(std::size_t node, Unknown on);
  // What an unsettled decision looks at that is open.
  [[nodiscard]] std::span<const Unknown> live_in(std::size_t node) const {
    return seen_[node].live;
  }

  // Decisions looked at so far.
  [[nodiscard]] std::size_t work() const { return work_; }

 private:
  // Combinations of what one text looks at that are tried.
  static constexpr std::size_t kMaxCombinations = 256;
  // Combinations of what the columns of a table look at, for whether a rule matches each of them.
  static constexpr std::size_t kMaxCovered = 1024;
  // Tests of cells beyond constants for all values of one column.
  static constexpr std::size_t kMaxTests = 20'000;

  struct Seen {
    Possible possible{};
    std::vector<Unknown> live{};
    std::size_t open = 0;
    bool may_pass_over = false;  // a null that says why: then the target cannot be determined

    [[nodiscard]] bool is_settled() const { return possible.is_single() && !may_pass_over; }
  };
  // The rules of which one cell matches a value: those that may, and those that surely do.
  struct Hit {
    RuleSet may{}, must{};
  };
  struct Column {
    Seen seen{};
    RuleSet may{}, must{};
    bool may_be_unknown = false;  // a cell may be: the value is null, or no cell can judge it
    bool may_be_refused = false;
  };
  struct Table {
    std::vector<Column> columns{};
    std::vector<std::size_t> active{};     // rules that may have a say
    std::vector<std::size_t> must{};       // of those, the ones that surely match
    std::vector<std::size_t> undecided{};  // and the others
    std::vector<bool> is_live{};           // by column
  };

  [[nodiscard]] const Possible& possible(Unknown variable) const;
  void see_node(std::size_t node);
  void look_from(std::vector<std::size_t> left, std::vector<bool>& was_seen,
                 Outlook& outlook) const;
  [[nodiscard]] Seen see(const Part& part, const Node& node);
  [[nodiscard]] Seen see_operator(const Part& part, const Node& node);
  [[nodiscard]] Seen see_if(const Part& part, const Node& node);
  [[nodiscard]] std::optional<std::size_t> combinations(const Part& part) const;
  [[nodiscard]] Seen try_all(const Part& part, const Node& node, std::size_t count);
  [[nodiscard]] feel::Value run(const Part& part, const Node& node, Seen& seen);
  [[nodiscard]] Seen anything(const Part& part) const;

  [[nodiscard]] Seen see_table(const Part& part, const Node& node);
  [[nodiscard]] Table table_of(const Part& part, const Node& node);
  [[nodiscard]] Column column_of(const Part& part, std::size_t column, const Node& node,
                                 std::vector<feel::Value>& slots);
  void add_value(const Part& part, std::size_t column, const feel::Value& value,
                 std::vector<feel::Value>& slots, bool tests_all, Column& to,
                 std::vector<Hit>* each);
  [[nodiscard]] Possible outcomes(const Part& part, const Table& table, const Node& node,
                                  bool& may_pass_over);
  void add_outcomes(const Part& part, const Table& table, const Node& node, Frame& frame,
                    Possible& possible);
  [[nodiscard]] std::vector<Hit> hits_of(const Part& part, const Table& table, std::size_t column,
                                         std::vector<feel::Value>& slots);
  [[nodiscard]] bool is_covered(const Part& part, const Table& table, const Node& node);
  [[nodiscard]] bool may_overlap(const Part& part, const Table& table, const Node& node);
  [[nodiscard]] std::vector<feel::Value> known_slots(const Node& node);
  [[nodiscard]] bool is_known(std::span<const Unknown> variables) const;
  void fit(Possible& possible, const Part& part);

  const InterviewPlan& plan_;
  feel::CallContext& context_;
  std::vector<const feel::Value*> set_{};  // by question
  std::vector<Possible> topics_{};
  std::vector<Seen> seen_{};               // by node
  Assignment values_{};                    // of the combination that is tried
  std::map<const Part*, Column> whole_{};  // columns that are one open question
  std::size_t work_ = 0;
};

}  // namespace zicht::dmn::internal
