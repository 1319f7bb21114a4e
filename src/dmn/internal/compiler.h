// Turns the boxed expressions of one decision or knowledge model into Code.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dmn/internal/code.h"
#include "dmn/internal/table.h"
#include "dmn/internal/texts.h"
#include "dmn/internal/types.h"

namespace zicht::dmn::internal {

class Compiler {
 public:
  // `index_words` is what the indexes of tables may still take, of all that is compiled together.
  // Requires: all but `element` outlive this.
  Compiler(const Model& model, Types& types, Texts& texts, std::size_t& index_words,
           std::string element)
      : model_(model),
        types_(types),
        texts_(texts),
        index_words_(index_words),
        element_(std::move(element)) {}

  // For decisions that tools write outside the standard: see TableParts.
  void use_text_outputs() { has_text_outputs_ = true; }

  // What every value in the first slots has been conformed to, where that is known.
  void know_slots(std::vector<std::optional<Typed>> slots) { known_slots_ = std::move(slots); }

  // Never null: what cannot be compiled is told and becomes a null that says so. The value is in
  // the type that the expression declares; `wanted` is what the user of the value wants, as far as
  // that helps (the priorities of a table's outputs).
  [[nodiscard]] CodePtr compile(const Expression& expression, const feel::Scope& scope,
                                const Typed& wanted = {});
  // A function whose slots below the scope's size are captured.
  [[nodiscard]] FunctionCode function(const FunctionDefinition& definition,
                                      const feel::Scope& scope, std::string name,
                                      const Typed& result);

  // Slots that a frame needs for all that was compiled so far.
  [[nodiscard]] std::size_t frame_size() const { return frame_size_; }
  // All tables within what was compiled so far.
  [[nodiscard]] const std::vector<const TableCode*>& tables() const { return tables_; }

 private:
  [[nodiscard]] CodePtr bare(const Expression& expression, const feel::Scope& scope,
                             const Typed& wanted);
  [[nodiscard]] CodePtr optional_part(const ExpressionPtr& part, const feel::Scope& scope);
  [[nodiscard]] CodePtr text(const Text& text, const feel::Scope& scope);
  [[nodiscard]] CodePtr literal(const LiteralExpression& literal, const Expression& expression,
                                const feel::Scope& scope);
  [[nodiscard]] CodePtr context(const ContextExpression& context, const feel::Scope& scope);
  [[nodiscard]] CodePtr relation(const RelationExpression& relation, const feel::Scope& scope);
  [[nodiscard]] CodePtr list(const ListExpression& list, const feel::Scope& scope);
  [[nodiscard]] CodePtr invocation(const Invocation& invocation, const feel::Scope& scope);
  [[nodiscard]] CodePtr filter(const Filter& filter, const feel::Scope& scope);
  [[nodiscard]] CodePtr iteration(const Iteration& iteration, const feel::Scope& scope);
  [[nodiscard]] CodePtr table(const DecisionTable& table, const Expression& expression,
                              const feel::Scope& scope, const Typed& wanted);
  bool table_inputs(TableParts& parts, const DecisionTable& table, const feel::Scope& scope);
  bool table_outputs(TableParts& parts, const DecisionTable& table, const feel::Scope& scope,
                     const Typed& wanted);
  // Texts of a column that were compiled: not all where they are many, and none any more where none
  // of the first came back.
  template <class Compiled>
  class Known {
   public:
    [[nodiscard]] const Compiled* find(std::string_view text) {
      if (is_idle_) return nullptr;
      const auto found = all_.find(text);
      if (found == all_.end()) return nullptr;
      did_help_ = true;
      return &found->second;
    }
    // Requires: `text` outlives this.
    void add(std::string_view text, const Compiled& compiled) {
      if (is_idle_ || all_.size() == kMost) return;
      all_.emplace(text, compiled);
      is_idle_ = all_.size() == kMost && !did_help_;
    }

   private:
    static constexpr std::size_t kMost = 4096;
    std::unordered_map<std::string_view, Compiled> all_{};
    bool did_help_ = false;
    bool is_idle_ = false;
  };
  using KnownTests = Known<feel::UnaryTests>;
  using KnownConstants = Known<const ConstantCode*>;
  [[nodiscard]] CodePtr output_entry(const Text& written, const feel::Scope& scope,
                                     KnownConstants& known);
  [[nodiscard]] std::optional<feel::UnaryTests> input_entry(const Text& written,
                                                            const feel::Scope& scope,
                                                            const feel::Type& type,
                                                            const TextPlace& here,
                                                            KnownTests& known);
  bool table_rules(TableParts& parts, const DecisionTable& table, const feel::Scope& scope);
  [[nodiscard]] CodePtr in_type(CodePtr code, const Typed& type, const std::string& what);
  [[nodiscard]] TextPlace place(std::string part = {}) const;
  void know_slot(std::size_t slot, const Typed* conformed);
  void need(const feel::Scope& scope) {
    frame_size_ = std::max(frame_size_, scope.variables().size());
  }

  const Model& model_;
  Types& types_;
  Texts& texts_;
  std::size_t& index_words_;
  std::string element_;
  std::size_t frame_size_ = 0;
  bool has_text_outputs_ = false;
  std::vector<const TableCode*> tables_{};
  std::vector<std::optional<Typed>>
      known_slots_{};  // of those that are in scope, from the first on
};

}  // namespace zicht::dmn::internal
