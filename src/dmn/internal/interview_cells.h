// The cells of questions: collects what the model tests each question against, and makes of it one
// value for each stretch that no test tells apart.
//
//     CellFinder cells(plan, context);
//     cells.cut(age, Value::number(18), false);        // `age < 18`
//     cells.finish();                                  // plan.topics[age].values: 17, 18, 19
#pragma once

#include <map>
#include <span>
#include <vector>

#include "dmn/internal/interview_plan.h"

namespace zicht::dmn::internal {

class CellFinder {
 public:
  // Requires: both outlive this.
  CellFinder(InterviewPlan& plan, feel::CallContext& context) : plan_(plan), context_(context) {}

  [[nodiscard]] feel::CallContext& context() { return context_; }

  // The variable is compared with a constant: a value, a range or a list; null asks whether it is
  // missing. `is_point`: only whether it is equal. False when that makes no cells.
  [[nodiscard]] bool cut(Unknown variable, const feel::Value& constant, bool is_point);
  // The same for a cell of a table.
  [[nodiscard]] bool tests(Unknown variable, const feel::UnaryTests& cell);
  // Something else looks at the variables: they have no cells.
  void look(std::span<const Unknown> variables);
  // The value of a decision is that variable.
  void same(std::size_t node, Unknown as);
  // Of which type a table takes the variable to be.
  void hint(Unknown variable, const feel::Type& type);

  // Fills the values of all questions.
  void finish();

 private:
  struct Found {
    std::vector<feel::Value> cuts{};
    std::vector<feel::Type> hints{};
    bool is_looked_at = false;
    bool names_missing = false;
    bool has_stretch = false;
  };

  void merge(const Found& from, Found& to);
  void fill(Topic& topic, Unknown variable, const Found& found);
  [[nodiscard]] feel::Type type_of(const Topic& topic, const Found& found) const;
  [[nodiscard]] std::vector<feel::Value> listed(const Topic& topic) const;
  void add_cells(Topic& topic, Unknown variable, const Found& found);
  void add_between(Topic& topic, Unknown variable, const feel::Value& low, const feel::Value& high);
  void add_samples(Topic& topic, Unknown variable);
  [[nodiscard]] bool is_allowed(const Topic& topic, Unknown variable, const feel::Value& value);

  InterviewPlan& plan_;
  feel::CallContext& context_;
  std::map<Unknown, Found> found_{};
  std::vector<std::pair<std::size_t, Unknown>> same_{};  // in the order of the graph
};

// The kind of values of a type that has cells; null for another.
[[nodiscard]] feel::Kind kind_of(const feel::Type& type);

}  // namespace zicht::dmn::internal
