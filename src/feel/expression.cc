#include "feel/expression.h"

#include <utility>

#include "feel/internal/program.h"
#include "feel/operators.h"

namespace zicht::feel {
namespace internal {
namespace {

Value run_expression(const Program& program, Frame& frame) {
  if (!frame.budget().spend(program.body.weight)) return frame.budget().exhausted_value();
  return program.body.code->eval(frame);
}

// One test that passes is enough; else null where one of them cannot be determined.
Value run_tests(const Program& program, const Value& input, Frame& frame) {
  if (!frame.budget().spend(program.body.weight)) return frame.budget().exhausted_value();
  if (program.is_any) return Value::boolean(true);
  Value outcome = Value::boolean(false);
  for (const Test& test : program.tests) {
    Value hit = passes(test, input, frame);
    if (hit.is_true()) {
      outcome = hit;
      break;
    }
    if (hit.is_null()) outcome = outcome.is_null() ? joined_null(outcome, hit) : hit;
  }
  return program.is_negated ? logical_not(outcome) : outcome;
}

// The same where every test is a text, as in most allowed values: nothing is made for it.
Value test_texts(const Program& program, const Value& input, CallContext& context) {
  const std::string_view text = input.as_string();
  if (!context.budget().spend(program.body.weight + program.tests.size() * (2 + text.size() / 64)))
    return context.budget().exhausted_value();
  for (const Test& test : program.tests) {
    if (test.constant->as_string() == text) return Value::boolean(true);
  }
  return Value::boolean(false);
}

template <class Run>
Value with_frame(const Program& program, const Value* input, std::span<const Value> facts,
                 CallContext& context, Tracer* tracer, Run&& run) {
  Locals locals(program.body.locals);
  Frame frame{.locals = locals.span(),
              .facts = facts,
              .input = input,
              .context = context,
              .tracer = tracer};
  Value value = run(frame);
  return context.budget().is_exhausted() ? context.budget().exhausted_value() : value;
}

// Runs what explains, and tells what this one passed over from what was before.
template <class Run>
Explanation with_passed_over(CallContext& context, Run&& run) {
  const std::vector<NullCause> before = context.take_passed_over();
  Explanation made = run();
  made.passed_over = context.take_passed_over();
  context.add_passed_over(before);
  context.add_passed_over(made.passed_over);
  return made;
}

// The root step is the whole text, also where its first code made a step of the same piece.
Explanation explained(Tracer& tracer, Value value, SourceSpan whole, NodeKind kind) {
  Explanation made;
  made.is_cut = tracer.is_cut();
  made.root = std::move(tracer.root());
  if (made.root.steps.size() == 1 && made.root.steps[0].span == whole) {
    Step only = std::move(made.root.steps[0]);
    made.root = std::move(only);
  } else {
    made.root.span = whole;
    made.root.kind = kind;
  }
  made.root.value = value;
  if (const auto reason = value.null_reason()) {
    made.causes.assign(reason->causes().begin(), reason->causes().end());
  }
  made.value = std::move(value);
  return made;
}

}  // namespace
}  // namespace internal

Value Expression::evaluate(std::span<const Value> facts, CallContext& context) const {
  return internal::with_frame(
      *program_, nullptr, facts, context, nullptr,
      [this](internal::Frame& frame) { return internal::run_expression(*program_, frame); });
}

Explanation Expression::explain(std::span<const Value> facts, CallContext& context,
                                ExplanationLevel level) const {
  internal::Tracer tracer(level);
  internal::Tracer* const used = level == ExplanationLevel::kOff ? nullptr : &tracer;
  return internal::with_passed_over(context, [&] {
    Value value = internal::with_frame(
        *program_, nullptr, facts, context, used,
        [this](internal::Frame& frame) { return internal::run_expression(*program_, frame); });
    return internal::explained(tracer, std::move(value), program_->whole,
                               program_->body.code->kind());
  });
}

std::string_view Expression::text() const { return program_->text; }
const Type& Expression::type() const { return program_->type; }
const std::vector<Finding>& Expression::warnings() const { return program_->warnings; }
const std::vector<std::size_t>& Expression::used_slots() const { return program_->used_slots; }
std::uint16_t Expression::depth() const { return program_->body.depth; }
const Value* Expression::constant() const { return program_->body.code->constant(); }

Value UnaryTests::test(const Value& input, std::span<const Value> facts,
                       CallContext& context) const {
  if (program_->lists_texts && input.is(Kind::kString))
    return internal::test_texts(*program_, input, context);
  return internal::with_frame(
      *program_, &input, facts, context, nullptr,
      [&](internal::Frame& frame) { return internal::run_tests(*program_, input, frame); });
}

Explanation UnaryTests::explain(const Value& input, std::span<const Value> facts,
                                CallContext& context, ExplanationLevel level) const {
  internal::Tracer tracer(level);
  internal::Tracer* const used = level == ExplanationLevel::kOff ? nullptr : &tracer;
  return internal::with_passed_over(context, [&] {
    Value value = internal::with_frame(
        *program_, &input, facts, context, used,
        [&](internal::Frame& frame) { return internal::run_tests(*program_, input, frame); });
    return internal::explained(tracer, std::move(value), program_->whole, NodeKind::kUnaryTests);
  });
}

std::string_view UnaryTests::text() const { return program_->text; }
const std::vector<Finding>& UnaryTests::warnings() const { return program_->warnings; }
const std::vector<std::size_t>& UnaryTests::used_slots() const { return program_->used_slots; }
std::uint16_t UnaryTests::depth() const { return program_->body.depth; }
bool UnaryTests::is_any() const { return program_->is_any; }
bool UnaryTests::is_negated() const { return program_->is_negated; }
bool UnaryTests::is_indexable() const { return program_->is_indexable; }
std::span<const Value> UnaryTests::constants() const { return program_->constants; }

}  // namespace zicht::feel
