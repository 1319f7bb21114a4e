// The compiled form of an expression: a tree of small objects that each compute one construct.
//
// Names are resolved to slots, literals are values, and whatever is the same for all facts has been
// computed. A frame is the working memory of one evaluation of one body: locals in an array, and
// the facts, which it borrows. Code is immutable, so any number of threads may run it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/few.h"
#include "feel/expression.h"

namespace zicht::feel::internal {

class Tracer;

struct Frame {
  std::span<Value> locals;
  std::span<const Value> facts;
  const Value* input = nullptr;  // `?`
  CallContext& context;
  Tracer* tracer = nullptr;

  Budget& budget() const { return context.budget(); }
};

class Code {
 public:
  Code(NodeKind kind, SourceSpan span) : span_(span), kind_(kind) {}
  virtual ~Code() = default;
  Code(const Code&) = delete;
  Code& operator=(const Code&) = delete;

  Value eval(Frame& frame) const {
    if (frame.tracer != nullptr) [[unlikely]]
      return traced(frame);
    return run(frame);
  }

  // The value, where it is the same always.
  [[nodiscard]] virtual const Value* constant() const { return nullptr; }

  NodeKind kind() const { return kind_; }
  const SourceSpan& span() const { return span_; }

 protected:
  virtual Value run(Frame& frame) const = 0;

  // A null with its causes placed here; any other value as it is.
  Value placed(Value value) const { return value.is_null() ? value.at(span_) : value; }
  Value error(std::string_view id, Arguments arguments = {}) const {
    return Value::error(id, std::move(arguments), span_);
  }

 private:
  Value traced(Frame& frame) const;

  SourceSpan span_;
  NodeKind kind_;
};

using CodePtr = std::unique_ptr<const Code>;

// Locals of one frame: on the stack while there are few.
using Locals = Few<Value, 12>;

// The body of a function or of the whole expression.
struct Body {
  CodePtr code{};
  std::size_t locals = 0;
  std::uint32_t weight = 1;  // steps of one evaluation without loops and calls
  std::uint16_t depth = 1;   // of the tree, for the stack that it takes
};

// One test of a cell. An operator with its end point, or else an expression.
struct Test {
  CodePtr code{};                   // of the end point, or of the expression
  const Value* constant = nullptr;  // of `code`, where it is the same always
  std::optional<Operator> op{};
  bool uses_input = false;    // mentions `?`: then the expression is the outcome
  bool is_condition = false;  // gives true or false by itself, without `?`
};

struct Program {
  std::string text{};
  Body body{};  // without code for unary tests
  Type type{};
  std::vector<Finding> warnings{};
  std::vector<std::size_t> used_slots{};

  std::vector<Test> tests{};
  bool is_any = false;
  bool is_negated = false;
  bool is_indexable = false;
  bool lists_texts = false;  // every test is a text that the value has to be, and none is negated
  std::vector<Value> constants{};

  SourceSpan whole{};
};

// true where `value` passes the test, null where that is not known.
Value passes(const Test& test, const Value& value, Frame& frame);

// Collects the steps of one evaluation.
class Tracer {
 public:
  explicit Tracer(ExplanationLevel level) : level_(level) {}

  // Whether code of this kind makes a step.
  [[nodiscard]] bool wants(NodeKind kind) const;

  // Runs `run` as one step below the one that is being made.
  template <class Run>
  Value step(NodeKind kind, SourceSpan span, Run&& run) {
    if (++steps_ > Explanation::kMaxSteps) return run();
    Step made{span, kind, {}, {}};
    Step* const above = std::exchange(current_, &made);
    made.value = run();
    current_ = above;
    Value value = made.value;
    current_->steps.push_back(std::move(made));
    return value;
  }

  [[nodiscard]] bool is_cut() const { return steps_ > Explanation::kMaxSteps; }
  Step& root() { return root_; }

 private:
  ExplanationLevel level_;
  std::size_t steps_ = 0;
  Step root_{};
  Step* current_ = &root_;
};

}  // namespace zicht::feel::internal
