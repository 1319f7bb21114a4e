// Operators, ranges, conditions; see internal/compiler.h.
#include <utility>

#include "feel/internal/compiler.h"
#include "feel/operators.h"

namespace zicht::feel::internal {

BinaryFunction function_of(Operator op) {
  switch (op) {
    case Operator::kAdd:
      return add;
    case Operator::kSubtract:
      return subtract;
    case Operator::kMultiply:
      return multiply;
    case Operator::kDivide:
      return divide;
    case Operator::kPower:
      return power;
    case Operator::kEqual:
      return equal;
    case Operator::kNotEqual:
      return not_equal;
    case Operator::kLess:
      return less;
    case Operator::kLessOrEqual:
      return less_equal;
    case Operator::kGreater:
      return greater;
    case Operator::kGreaterOrEqual:
      return greater_equal;
    case Operator::kAnd:
      return logical_and;
    case Operator::kOr:
      return logical_or;
  }
  return nullptr;
}

namespace {

bool is_large(const Value& value) {
  return value.is(Kind::kString) || value.is(Kind::kList) || value.is(Kind::kContext) ||
         value.is(Kind::kRange);
}

// Work that grows with the operands is paid for before it is done.
bool pay(const Value& a, const Value& b, Budget& budget) {
  if (!is_large(a) || !is_large(b)) return true;
  const std::size_t bytes = a.byte_size() + b.byte_size();
  return budget.spend_bytes(bytes) && budget.spend(bytes / 64);
}

// The same of a test, which makes nothing. A list is walked over whatever is looked for in it.
bool pay_test(const Value& value, const Value& test, Budget& budget) {
  if (test.is(Kind::kList)) return budget.spend((value.byte_size() + test.byte_size()) / 16);
  if (!is_large(value) || !is_large(test)) return true;
  return budget.spend((value.byte_size() + test.byte_size()) / 64);
}

class BinaryCode final : public Code {
 public:
  BinaryCode(SourceSpan span, BinaryFunction function, CodePtr left, CodePtr right)
      : Code(NodeKind::kBinary, span),
        function_(function),
        left_(std::move(left)),
        right_(std::move(right)) {}

 protected:
  Value run(Frame& frame) const override {
    const Value left = left_->eval(frame);
    const Value right = right_->eval(frame);
    if (!pay(left, right, frame.budget())) return frame.budget().exhausted_value();
    return placed(function_(left, right));
  }

 private:
  BinaryFunction function_;
  CodePtr left_;
  CodePtr right_;
};

// and, or: the right side is not looked at where the left one decides.
class LogicalCode final : public Code {
 public:
  LogicalCode(SourceSpan span, Operator op, CodePtr left, CodePtr right)
      : Code(NodeKind::kBinary, span),
        is_and_(op == Operator::kAnd),
        left_(std::move(left)),
        right_(std::move(right)) {}

 protected:
  Value run(Frame& frame) const override {
    const Value left = left_->eval(frame);
    if (is_and_ ? left.is_false() : left.is_true()) return left;
    const Value right = right_->eval(frame);
    return placed(is_and_ ? logical_and(left, right) : logical_or(left, right));
  }

 private:
  bool is_and_;
  CodePtr left_;
  CodePtr right_;
};

class NegationCode final : public Code {
 public:
  NegationCode(SourceSpan span, CodePtr operand)
      : Code(NodeKind::kNegate, span), operand_(std::move(operand)) {}

 protected:
  Value run(Frame& frame) const override { return placed(negate(operand_->eval(frame))); }

 private:
  CodePtr operand_;
};

class BetweenCode final : public Code {
 public:
  BetweenCode(SourceSpan span, std::vector<CodePtr> parts)
      : Code(NodeKind::kBetween, span), parts_(std::move(parts)) {}

 protected:
  Value run(Frame& frame) const override {
    const Value value = parts_[0]->eval(frame);
    const Value low = parts_[1]->eval(frame);
    const Value high = parts_[2]->eval(frame);
    const bool paid = pay_test(value, low, frame.budget()) && pay_test(value, high, frame.budget());
    if (!paid) return frame.budget().exhausted_value();
    return placed(feel::between(value, low, high));
  }

 private:
  std::vector<CodePtr> parts_;
};

// One matching test is enough; else null where one of them cannot be determined.
class InCode final : public Code {
 public:
  InCode(SourceSpan span, CodePtr value, std::vector<Test> tests)
      : Code(NodeKind::kIn, span), value_(std::move(value)), tests_(std::move(tests)) {}

 protected:
  Value run(Frame& frame) const override {
    const Value value = value_->eval(frame);
    Value outcome = Value::boolean(false);
    for (const Test& test : tests_) {
      Value hit = in_test(test, value, frame);
      if (hit.is_true()) return hit;
      if (hit.is_null()) outcome = outcome.is_null() ? joined_null(outcome, hit) : hit;
    }
    return placed(outcome);
  }

 private:
  Value in_test(const Test& test, const Value& value, Frame& frame) const {
    const Value other = test.code->eval(frame);
    if (!pay_test(value, other, frame.budget())) return frame.budget().exhausted_value();
    return test.op ? function_of(*test.op)(value, other) : feel::in(value, other);
  }

  CodePtr value_;
  std::vector<Test> tests_;
};

class RangeCode final : public Code {
 public:
  RangeCode(SourceSpan span, const Node& node, CodePtr start, CodePtr end)
      : Code(NodeKind::kRange, span),
        start_(std::move(start)),
        end_(std::move(end)),
        start_included_(!node.open_start),
        end_included_(!node.open_end) {}

 protected:
  Value run(Frame& frame) const override {
    const Value start = start_->eval(frame);
    const Value end = end_->eval(frame);
    if (!pay_test(start, end, frame.budget())) return frame.budget().exhausted_value();
    return placed(make_interval(start, start_included_, end, end_included_));
  }

 private:
  CodePtr start_;
  CodePtr end_;
  bool start_included_;
  bool end_included_;
};

Range::Form form_of(Operator op) {
  switch (op) {
    case Operator::kLess:
      return Range::Form::kLess;
    case Operator::kLessOrEqual:
      return Range::Form::kLessEqual;
    case Operator::kGreater:
      return Range::Form::kGreater;
    case Operator::kGreaterOrEqual:
      return Range::Form::kGreaterEqual;
    case Operator::kNotEqual:
      return Range::Form::kNotEqual;
    default:
      return Range::Form::kEqual;
  }
}

class UnaryRangeCode final : public Code {
 public:
  UnaryRangeCode(SourceSpan span, Range::Form form, CodePtr end)
      : Code(NodeKind::kUnaryRange, span), form_(form), end_(std::move(end)) {}

 protected:
  Value run(Frame& frame) const override {
    return placed(make_unary_range(form_, end_->eval(frame)));
  }

 private:
  Range::Form form_;
  CodePtr end_;
};

class ConditionalCode final : public Code {
 public:
  ConditionalCode(SourceSpan span, std::vector<CodePtr> parts)
      : Code(NodeKind::kIf, span), parts_(std::move(parts)) {}

 protected:
  // As the standard has it, anything but true takes the second branch, null too.
  Value run(Frame& frame) const override {
    const Value condition = parts_[0]->eval(frame);
    if (condition.is_null()) frame.context.pass_over(condition);
    return parts_[condition.is_true() ? 1 : 2]->eval(frame);
  }

 private:
  std::vector<CodePtr> parts_;
};

class InstanceOfCode final : public Code {
 public:
  InstanceOfCode(SourceSpan span, CodePtr value, Type type)
      : Code(NodeKind::kInstanceOf, span), value_(std::move(value)), type_(std::move(type)) {}

 protected:
  Value run(Frame& frame) const override {
    const Value value = value_->eval(frame);
    if (!frame.budget().spend(is_large(value) ? value.byte_size() / 64 : 0)) {
      return frame.budget().exhausted_value();
    }
    if (value.is_null()) frame.context.pass_over(value);
    return Value::boolean(is_instance(value, type_));
  }

 private:
  CodePtr value_;
  Type type_;
};

bool are_constant(const std::vector<CodePtr>& codes) {
  for (const auto& code : codes) {
    if (code->constant() == nullptr) return false;
  }
  return true;
}

// The test of an operator with its end point, as a value comparison.
Value outcome_of(const Test& test, const Value& value, const Value& other) {
  if (test.op) return function_of(*test.op)(value, other);
  if (test.uses_input)
    return other.is(Kind::kBoolean) || other.is_null() ? other : feel::in(value, other);
  if (other.is(Kind::kBoolean) && test.is_condition && !value.is(Kind::kBoolean)) return other;
  if (other.is_null()) return other.null_reason() ? other : equal(value, other);
  return feel::in(value, other);
}

}  // namespace

Value passes(const Test& test, const Value& value, Frame& frame) {
  const bool is_known = test.constant != nullptr && frame.tracer == nullptr;
  // A listed text, as in most cells and allowed values.
  if (is_known && !test.op && value.is(Kind::kString) && test.constant->is(Kind::kString)) {
    if (!pay_test(value, *test.constant, frame.budget())) return frame.budget().exhausted_value();
    return Value::boolean(value.as_string() == test.constant->as_string());
  }
  const Value worked_out = is_known ? Value() : test.code->eval(frame);
  const Value& other = is_known ? *test.constant : worked_out;
  if (!pay_test(value, other, frame.budget())) return frame.budget().exhausted_value();
  Value hit = outcome_of(test, value, other);
  return hit.is_null() ? hit.at(test.code->span()) : hit;
}

CodePtr Compiler::binary(const Node& node) {
  CodePtr left = code(*node.children[0]);
  CodePtr right = code(*node.children[1]);
  const bool fold = left->constant() != nullptr && right->constant() != nullptr;
  CodePtr made;
  if (node.op == Operator::kAnd || node.op == Operator::kOr) {
    made = std::make_unique<LogicalCode>(place(node), node.op, std::move(left), std::move(right));
  } else {
    made = std::make_unique<BinaryCode>(place(node), function_of(node.op), std::move(left),
                                        std::move(right));
  }
  return fold ? folded(std::move(made)) : std::move(made);
}

CodePtr Compiler::negation(const Node& node) {
  CodePtr operand = code(*node.children[0]);
  const bool fold = operand->constant() != nullptr;
  CodePtr made = std::make_unique<NegationCode>(place(node), std::move(operand));
  return fold ? folded(std::move(made)) : std::move(made);
}

CodePtr Compiler::between(const Node& node) {
  return std::make_unique<BetweenCode>(place(node), codes(node));
}

CodePtr Compiler::in(const Node& node) {
  std::vector<Test> tests;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& child = *node.children[i];
    const bool has_operator = child.kind == NodeKind::kUnaryRange;
    Test& made = tests.emplace_back();
    if (has_operator) made.op = child.op;
    made.code = code(has_operator ? *child.children[0] : child);
  }
  return std::make_unique<InCode>(place(node), code(*node.children[0]), std::move(tests));
}

CodePtr Compiler::range(const Node& node) {
  auto ends = codes(node);
  const bool fold = are_constant(ends);
  CodePtr made =
      std::make_unique<RangeCode>(place(node), node, std::move(ends[0]), std::move(ends[1]));
  return fold ? folded(std::move(made)) : std::move(made);
}

CodePtr Compiler::unary_range(const Node& node) {
  CodePtr end = code(*node.children[0]);
  const bool fold = end->constant() != nullptr;
  CodePtr made = std::make_unique<UnaryRangeCode>(place(node), form_of(node.op), std::move(end));
  return fold ? folded(std::move(made)) : std::move(made);
}

CodePtr Compiler::conditional(const Node& node) {
  return std::make_unique<ConditionalCode>(place(node), codes(node));
}

CodePtr Compiler::instance_of(const Node& node) {
  if (node.flag) return failing(node, "FE-0010", {{"name", "?"}});
  return std::make_unique<InstanceOfCode>(place(node), code(*node.children[0]), node.declared);
}

}  // namespace zicht::feel::internal
