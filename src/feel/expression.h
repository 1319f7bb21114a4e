// A FEEL expression, compiled once and evaluated often.
//
//     Scope scope;
//     scope.add("income", Type::number());
//     ZICHT_TRY(rule, compile("income * 12 > 30000", scope));
//
//     const Environment environment{.zones = &zones, .now = now, .today = today};
//     Budget budget;
//     CallContext context(environment, budget);
//     const Value facts[] = {Value::number(2600)};               // by slot of the scope
//     const Value outcome = rule.evaluate(facts, context);       // true
//     if (budget.is_exhausted()) return budget.error();          // hostile or too large
//
// FEEL has no exceptions: what cannot be computed is null, and the null says why (null_reason.h):
// which facts are missing, or which error at which place of the text. Missing facts that made no
// null, as FEEL takes them for "not true" there, are context.passed_over(). Whoever judges asks
// judge(value, context.passed_over()) of outcome.h, and why explain() says.
//
// An Expression is immutable and cheap to copy; many threads may evaluate the same one. Functions
// that it makes are values that keep what they need, so they may outlive it and its facts.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feel/explanation.h"
#include "feel/finding.h"
#include "feel/function.h"
#include "feel/scope.h"

namespace zicht::feel {

namespace internal {
struct Program;
class Compiler;
}  // namespace internal

struct CompileOptions {
  enum class UnknownNames : std::uint8_t {
    kRefuse,  // compile() fails with FE-0002, and the nearest known name as hint
    kNull,    // as DMN: such a name is null with FE-0002, and that is among the warnings
  };
  UnknownNames unknown_names = UnknownNames::kRefuse;
  std::uint32_t source = 0;  // the caller's number for this text, in every SourceSpan
};

class Expression {
 public:
  // Facts by slot of the scope: a slot beyond the end is missing, and so is a null without reason;
  // both give a null that names the variable. Values that are not of the declared type do no harm,
  // but are not coerced either: coerce() (type.h) does that, once, where facts come in.
  //
  // After budget exhaustion the outcome is null; see context.budget().
  [[nodiscard]] Value evaluate(std::span<const Value> facts, CallContext& context) const;

  // The same outcome, and how it came about (explanation.h). About ten times slower.
  [[nodiscard]] Explanation explain(std::span<const Value> facts, CallContext& context,
                                    ExplanationLevel level = ExplanationLevel::kFull) const;

  [[nodiscard]] std::string_view text() const;

  // The type of every value that is not null; Any where that is not known.
  [[nodiscard]] const Type& type() const;

  // What surely gives null: FE-0020 to FE-0029, with places.
  [[nodiscard]] const std::vector<Finding>& warnings() const;

  // The slots that the text mentions, ascending.
  [[nodiscard]] const std::vector<std::size_t>& used_slots() const;

  // How deep the text nests, for whoever runs it within others (CallDepth of budget.h).
  [[nodiscard]] std::uint16_t depth() const;

  // The value, where it is the same for all facts and environments; else null (the pointer).
  [[nodiscard]] const Value* constant() const;

 private:
  friend class internal::Compiler;
  explicit Expression(std::shared_ptr<const internal::Program> program)
      : program_(std::move(program)) {}

  std::shared_ptr<const internal::Program> program_;
};

// Errors: FE-0015 with every error as a problem.
[[nodiscard]] Result<Expression> compile(std::string_view text, const Scope& scope,
                                         const CompileOptions& options = {});

// Unary tests: whether a value passes at least one of them (none, for not(...)).
//
//     ZICHT_TRY(cell, compile_unary_tests("[18..67), > 100", scope, Type::number()));
//     cell.test(age, facts, context).is_true();
//
// A test is an operator with an end point, a range, a list, a value to be equal to, or an
// expression that is true itself; `?` is the tested value. `-` passes everything, null too.
class UnaryTests {
 public:
  // true, false, or null with the reasons when that cannot be determined.
  [[nodiscard]] Value test(const Value& input, std::span<const Value> facts,
                           CallContext& context) const;

  [[nodiscard]] Explanation explain(const Value& input, std::span<const Value> facts,
                                    CallContext& context,
                                    ExplanationLevel level = ExplanationLevel::kFull) const;

  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] const std::vector<Finding>& warnings() const;
  [[nodiscard]] const std::vector<std::size_t>& used_slots() const;
  [[nodiscard]] std::uint16_t depth() const;

  // For indexes over many cells. Where is_indexable(), the input passes when it is `in`
  // (operators.h) one of constants(), each a range, a unary test as a range, or a scalar, the other
  // way round for is_negated(). `-` is is_any() and not indexable.
  [[nodiscard]] bool is_any() const;
  [[nodiscard]] bool is_negated() const;
  [[nodiscard]] bool is_indexable() const;
  [[nodiscard]] std::span<const Value> constants() const;

 private:
  friend class internal::Compiler;
  explicit UnaryTests(std::shared_ptr<const internal::Program> program)
      : program_(std::move(program)) {}

  std::shared_ptr<const internal::Program> program_;
};

// Errors: FE-0015 with every error as a problem.
[[nodiscard]] Result<UnaryTests> compile_unary_tests(std::string_view text, const Scope& scope,
                                                     const Type& input,
                                                     const CompileOptions& options = {});

}  // namespace zicht::feel
