// What boxed expressions compile to: a tree of Code over a Frame of values.
//
// A name is a slot: the slots of a frame are those of the feel::Scope in which a text was compiled,
// so that a leaf hands its frame to FEEL as it is. An inner scope (entries of a context, variables
// of an iteration) adds slots at the end; every Code knows at compile time which ones are its own,
// and compiling tells how many slots a frame needs at most.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/few.h"
#include "dmn/internal/recorder.h"
#include "dmn/internal/types.h"
#include "feel/expression.h"

namespace zicht::dmn::internal {

struct Graph;

// What outlives a frame: functions that code makes keep it.
struct Session {
  std::shared_ptr<const Graph> graph{};
  std::shared_ptr<Recorder> recorder{};  // null = nothing is recorded
};

// Whoever makes a frame keeps its slots, on the stack while there are few.
struct Frame {
  feel::CallContext& context;
  const Session& session;
  std::span<feel::Value> slots;
};
using FrameSlots = Few<feel::Value, 16>;

class Code {
 public:
  Code() = default;
  Code(const Code&) = delete;
  Code& operator=(const Code&) = delete;
  virtual ~Code() = default;
  virtual feel::Value run(Frame& frame) const = 0;
  // Of every value that is not null; Any where that is not known.
  [[nodiscard]] virtual feel::Type type() const { return {}; }
  // What every value that is not null has been conformed to; null where that is not known.
  [[nodiscard]] virtual const Typed* conformed() const { return nullptr; }
  // Adds the slots below `limit` that the code looks at.
  virtual void add_used_slots(std::vector<bool>& used) const = 0;
  // How much of the stack running it takes, in levels of a FEEL text (feel::CallDepth).
  [[nodiscard]] virtual std::size_t depth() const = 0;
};
using CodePtr = std::unique_ptr<const Code>;

// A compiled FEEL text in a frame.
class Leaf final : public Code {
 public:
  Leaf(feel::Expression expression, std::size_t scope_size)
      : expression_(std::move(expression)), scope_size_(scope_size) {}
  feel::Value run(Frame& frame) const override {
    return expression_.evaluate({frame.slots.data(), scope_size_}, frame.context);
  }
  [[nodiscard]] feel::Type type() const override { return expression_.type(); }
  void add_used_slots(std::vector<bool>& used) const override;
  [[nodiscard]] std::size_t depth() const override { return expression_.depth() + 2; }
  [[nodiscard]] const feel::Expression& expression() const { return expression_; }

 private:
  feel::Expression expression_;
  std::size_t scope_size_;
};

// A text that is one value always: nothing is evaluated.
class ConstantCode final : public Code {
 public:
  ConstantCode(feel::Value value, feel::Type type)
      : value_(std::move(value)), type_(std::move(type)) {}
  [[nodiscard]] const feel::Value& value() const { return value_; }
  feel::Value run(Frame& frame) const override {
    return frame.context.budget().spend(1) ? value_ : frame.context.budget().exhausted_value();
  }
  [[nodiscard]] feel::Type type() const override { return type_; }
  void add_used_slots(std::vector<bool>&) const override {}
  [[nodiscard]] std::size_t depth() const override { return 1; }

 private:
  feel::Value value_;
  feel::Type type_;
};

// A text that is one name: the value in its slot, but for a null, of which FEEL tells the reason.
class NameCode final : public Code {
 public:
  // `conformed` is what every value in the slot has been conformed to; nothing = not known.
  NameCode(feel::Expression expression, std::size_t scope_size, std::optional<Typed> conformed)
      : slot_(expression.used_slots().front()),
        leaf_(std::move(expression), scope_size),
        conformed_(std::move(conformed)) {}
  [[nodiscard]] std::size_t slot() const { return slot_; }
  feel::Value run(Frame& frame) const override {
    const feel::Value& value = frame.slots[slot_];
    return value.is_null() || !frame.context.budget().spend(1) ? leaf_.run(frame) : value;
  }
  [[nodiscard]] feel::Type type() const override { return leaf_.type(); }
  [[nodiscard]] const Typed* conformed() const override {
    return conformed_ ? &*conformed_ : nullptr;
  }
  void add_used_slots(std::vector<bool>& used) const override { leaf_.add_used_slots(used); }
  [[nodiscard]] std::size_t depth() const override { return leaf_.depth(); }
  [[nodiscard]] const Leaf& leaf() const { return leaf_; }

 private:
  std::size_t slot_;
  Leaf leaf_;
  std::optional<Typed> conformed_;
};

// Always the same null: what could not be compiled, and what is not there.
class NullCode final : public Code {
 public:
  explicit NullCode(feel::Value value = {}) : value_(std::move(value)) {}
  feel::Value run(Frame&) const override { return value_; }
  [[nodiscard]] feel::Type type() const override { return feel::Type::null(); }
  void add_used_slots(std::vector<bool>&) const override {}
  [[nodiscard]] std::size_t depth() const override { return 1; }

 private:
  feel::Value value_;
};

// Another code's value in a wanted type.
class ConformCode final : public Code {
 public:
  ConformCode(CodePtr code, Typed wanted, std::string what)
      : code_(std::move(code)), wanted_(std::move(wanted)), what_(std::move(what)) {}
  feel::Value run(Frame& frame) const override {
    return conform(code_->run(frame), wanted_, what_, frame.context);
  }
  [[nodiscard]] feel::Type type() const override { return wanted_.type; }
  [[nodiscard]] const Typed* conformed() const override { return &wanted_; }
  void add_used_slots(std::vector<bool>& used) const override { code_->add_used_slots(used); }
  [[nodiscard]] std::size_t depth() const override { return code_->depth() + 1; }
  [[nodiscard]] const Code& code() const { return *code_; }
  // What the code gave, in the wanted type.
  [[nodiscard]] feel::Value fitted(const feel::Value& value, feel::CallContext& context) const {
    return conform(value, wanted_, what_, context);
  }

 private:
  CodePtr code_;
  Typed wanted_;
  std::string what_;
};

class ContextCode final : public Code {
 public:
  struct Entry {
    std::string name;
    CodePtr value;
  };
  // Entry i lies in slot first_slot + i. With a result the value is that, else the context.
  ContextCode(std::vector<Entry> entries, std::size_t first_slot, CodePtr result);
  feel::Value run(Frame& frame) const override;
  [[nodiscard]] feel::Type type() const override;
  void add_used_slots(std::vector<bool>& used) const override;
  [[nodiscard]] std::size_t depth() const override;

 private:
  std::vector<Entry> entries_;
  std::size_t first_slot_;
  CodePtr result_;
  feel::Ref<const feel::ContextShape> shape_;
};

class ListCode final : public Code {
 public:
  explicit ListCode(std::vector<CodePtr> items) : items_(std::move(items)) {}
  feel::Value run(Frame& frame) const override;
  [[nodiscard]] feel::Type type() const override;
  void add_used_slots(std::vector<bool>& used) const override;
  [[nodiscard]] std::size_t depth() const override;

 private:
  std::vector<CodePtr> items_;
};

class RelationCode final : public Code {
 public:
  RelationCode(std::vector<std::string> columns, std::vector<std::vector<CodePtr>> rows);
  feel::Value run(Frame& frame) const override;
  [[nodiscard]] feel::Type type() const override;
  void add_used_slots(std::vector<bool>& used) const override;
  [[nodiscard]] std::size_t depth() const override;

 private:
  std::vector<std::vector<CodePtr>> rows_;
  feel::Ref<const feel::ContextShape> shape_;
};

class ConditionalCode final : public Code {
 public:
  ConditionalCode(CodePtr condition, CodePtr then_value, CodePtr else_value)
      : condition_(std::move(condition)),
        then_(std::move(then_value)),
        else_(std::move(else_value)) {}
  feel::Value run(Frame& frame) const override;
  [[nodiscard]] feel::Type type() const override;
  void add_used_slots(std::vector<bool>& used) const override;
  [[nodiscard]] std::size_t depth() const override;
  [[nodiscard]] const Code& condition() const { return *condition_; }
  [[nodiscard]] const Code& then_value() const { return *then_; }
  [[nodiscard]] const Code& else_value() const { return *else_; }

 private:
  CodePtr condition_, then_, else_;
};

class BoxedFunction;

class InvocationCode final : public Code {
 public:
  struct Bound {
    std::string parameter;
    CodePtr value;  // null = null
  };
  InvocationCode(CodePtr callee, std::vector<Bound> bindings)
      : callee_(std::move(callee)), bindings_(std::move(bindings)) {}
  [[nodiscard]] const Code& callee() const { return *callee_; }
  feel::Value run(Frame& frame) const override;
  [[nodiscard]] feel::Type type() const override;
  void add_used_slots(std::vector<bool>& used) const override;
  [[nodiscard]] std::size_t depth() const override;

 private:
  [[nodiscard]] bool is_in_order(std::span<const std::string> names) const;
  // Requires: is_in_order() of its parameters.
  [[nodiscard]] feel::Value called(const BoxedFunction& function, Frame& frame) const;

  CodePtr callee_;
  std::vector<Bound> bindings_;
};

// Boxed for, every, some: `domain` as a list; each item in slot `slot`, and in the slot after it
// what `for` gave so far (`partial`).
class IterationCode final : public Code {
 public:
  IterationCode(IterationKind kind, CodePtr domain, CodePtr body, std::size_t slot);
  feel::Value run(Frame& frame) const override;
  [[nodiscard]] feel::Type type() const override;
  void add_used_slots(std::vector<bool>& used) const override;
  [[nodiscard]] std::size_t depth() const override;

 private:
  feel::Value quantified(Frame& frame, std::span<const feel::Value> items) const;

  IterationKind kind_;
  CodePtr domain_, body_;
  std::size_t slot_;
  bool uses_partial_ = false;
};

// Runs `first` into a slot, then a text that looks at that slot: a boxed filter.
class ThenCode final : public Code {
 public:
  ThenCode(CodePtr first, std::size_t slot, CodePtr then)
      : first_(std::move(first)), slot_(slot), then_(std::move(then)) {}
  feel::Value run(Frame& frame) const override {
    frame.slots[slot_] = first_->run(frame);
    return then_->run(frame);
  }
  [[nodiscard]] feel::Type type() const override { return then_->type(); }
  void add_used_slots(std::vector<bool>& used) const override {
    first_->add_used_slots(used);
    then_->add_used_slots(used);
  }
  [[nodiscard]] std::size_t depth() const override {
    return 1 + std::max(first_->depth(), then_->depth());
  }

 private:
  CodePtr first_;
  std::size_t slot_;
  CodePtr then_;
};

// What a function needs when it is called; parameters lie in the slots from first_slot on.
struct FunctionCode {
  std::string name{};
  std::vector<std::string> parameters{};
  std::vector<Typed> types{};
  std::size_t first_slot = 0;
  std::size_t frame_size = 0;
  Typed result{};
  bool is_conformed = false;  // the values of `body` are conformed to `result`
  CodePtr body{};
  std::size_t depth = 1;                  // of the body; of a service, of its deepest decision
  std::optional<std::size_t> own_slot{};  // where the function finds itself, to call itself

  [[nodiscard]] feel::Type type() const;
};

// A function value: the code, and a copy of what was in the slots below first_slot.
[[nodiscard]] feel::Value make_function(const FunctionCode& code, const Session& session,
                                        std::vector<feel::Value> captured);

// Arguments in the types of the parameters. Null (the outcome) when one that is not null does not
// fit: then the function is not called. `known` is what arguments have been conformed to already.
[[nodiscard]] std::optional<feel::Value> fit_arguments(std::span<feel::Value> arguments,
                                                       const std::vector<std::string>& names,
                                                       const std::vector<Typed>& types,
                                                       feel::CallContext& context,
                                                       std::span<const Typed* const> known = {});

class FunctionDefinitionCode final : public Code {
 public:
  explicit FunctionDefinitionCode(FunctionCode code) : code_(std::move(code)) {}
  feel::Value run(Frame& frame) const override;
  [[nodiscard]] feel::Type type() const override { return code_.type(); }
  void add_used_slots(std::vector<bool>& used) const override { code_.body->add_used_slots(used); }
  [[nodiscard]] std::size_t depth() const override { return 1; }

 private:
  FunctionCode code_;
};

}  // namespace zicht::dmn::internal
