// Function definitions and calls; see internal/compiler.h.
#include <algorithm>
#include <utility>

#include "feel/internal/compiler.h"
#include "feel/operators.h"

namespace zicht::feel::internal {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// What all closures of one definition share.
struct Definition {
  Body body{};
  std::vector<std::string> parameters{};
  std::vector<Type> types{};
  std::vector<std::size_t> captured{};  // the local of each capture
  std::size_t first_parameter = 0;      // local
  std::size_t self = kNone;             // local of the function itself
  std::string name{};
  Type type{};
  bool is_external = false;
  SourceSpan span{};
};

class Closure final : public Function {
 public:
  Closure(std::shared_ptr<const Definition> definition, std::vector<Value> captures)
      : definition_(std::move(definition)),
        captures_(std::move(captures)),
        nesting_(deepest_nesting(captures_) + 1) {}

  std::span<const std::string> parameter_names() const override { return definition_->parameters; }
  std::string_view name() const override { return definition_->name; }
  Type type() const override { return definition_->type; }
  std::uint32_t nesting() const override { return nesting_; }

  Value invoke(CallContext& context, std::span<const Value> arguments) const override {
    return run(context, arguments, nullptr);
  }

  Value run(CallContext& context, std::span<const Value> arguments, Tracer* tracer) const {
    const Definition& definition = *definition_;
    if (definition.is_external) {
      return Value::error("FE-0033", {{"name", definition.name.empty() ? "-" : definition.name}},
                          definition.span);
    }
    const CallDepth depth(context.budget(), definition.body.depth);
    if (!depth.is_good() || !context.budget().spend(definition.body.weight)) {
      return context.budget().exhausted_value();
    }
    Locals locals(definition.body.locals);
    Frame frame{.locals = locals.span(),
                .facts = {},
                .input = nullptr,
                .context = context,
                .tracer = tracer};
    for (std::size_t i = 0; i < captures_.size(); ++i) {
      frame.locals[definition.captured[i]] = captures_[i];
    }
    if (definition.self != kNone) {
      frame.locals[definition.self] = Value::function(Ref<const Function>(this));
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const bool is_typed = !definition.types[i].is_any();
      if (is_typed && !context.budget().spend(arguments[i].byte_size() / 64)) {
        return context.budget().exhausted_value();
      }
      Value argument = coerce(arguments[i], definition.types[i], definition.parameters[i]);
      if (argument.is_null() && !arguments[i].is_null()) return argument.at(definition.span);
      frame.locals[definition.first_parameter + i] = std::move(argument);
    }
    return definition.body.code->eval(frame);
  }

 private:
  std::shared_ptr<const Definition> definition_;
  std::vector<Value> captures_;
  std::uint32_t nesting_;
};

class FunctionCode final : public Code {
 public:
  FunctionCode(SourceSpan span, std::shared_ptr<const Definition> definition,
               std::vector<CodePtr> captures)
      : Code(NodeKind::kFunction, span),
        definition_(std::move(definition)),
        captures_(std::move(captures)) {}

 protected:
  Value run(Frame& frame) const override {
    std::vector<Value> captured;
    captured.reserve(captures_.size());
    for (const auto& capture : captures_) captured.push_back(capture->eval(frame));
    if (!frame.budget().spend_bytes(captured.size() * sizeof(Value) + sizeof(Closure))) {
      return frame.budget().exhausted_value();
    }
    return placed(Value::function(make_ref<const Closure>(definition_, std::move(captured))));
  }

 private:
  std::shared_ptr<const Definition> definition_;
  std::vector<CodePtr> captures_;
};

// Arguments, on the stack while there are few.
class EvaluatedArguments {
 public:
  EvaluatedArguments(const std::vector<CodePtr>& codes, Frame& frame) : values_(codes.size()) {
    for (std::size_t i = 0; i < codes.size(); ++i) span()[i] = codes[i]->eval(frame);
  }
  std::span<Value> span() { return values_.span(); }

 private:
  Locals values_;
};

class BuiltinCallCode final : public Code {
 public:
  BuiltinCallCode(SourceSpan span, const Builtin& builtin, std::vector<CodePtr> arguments)
      : Code(NodeKind::kCall, span), builtin_(builtin), arguments_(std::move(arguments)) {}

 protected:
  Value run(Frame& frame) const override {
    if (!frame.budget().spend(1)) return frame.budget().exhausted_value();
    EvaluatedArguments arguments(arguments_, frame);
    return placed(call_builtin(frame.context, builtin_, arguments.span()));
  }

 private:
  const Builtin& builtin_;
  std::vector<CodePtr> arguments_;
};

// What is called is computed: a closure, an external or a built-in function that became a value.
class CallCode final : public Code {
 public:
  CallCode(SourceSpan span, CodePtr callee, std::vector<CodePtr> arguments)
      : Code(NodeKind::kCall, span), callee_(std::move(callee)), arguments_(std::move(arguments)) {}

 protected:
  Value run(Frame& frame) const override {
    const Value callee = callee_->eval(frame);
    if (callee.is_null() && callee.null_reason()) return callee;
    EvaluatedArguments arguments(arguments_, frame);
    const auto* closure = frame.tracer != nullptr && callee.is(Kind::kFunction)
                              ? dynamic_cast<const Closure*>(&callee.as_function())
                              : nullptr;
    const bool fits = closure != nullptr && closure->parameter_names().size() == arguments_.size();
    if (!fits) return placed(frame.context.call(callee, arguments.span()));
    const bool entered = frame.budget().enter() && frame.budget().spend(1);
    Value value = entered ? closure->run(frame.context, arguments.span(), frame.tracer)
                          : frame.budget().exhausted_value();
    frame.budget().leave();
    return placed(value);
  }

 private:
  CodePtr callee_;
  std::vector<CodePtr> arguments_;
};

class NamedCallCode final : public Code {
 public:
  NamedCallCode(SourceSpan span, const Builtin* builtin, CodePtr callee,
                std::vector<std::string> names, std::vector<CodePtr> arguments)
      : Code(NodeKind::kCall, span),
        builtin_(builtin),
        callee_(std::move(callee)),
        names_(std::move(names)),
        arguments_(std::move(arguments)) {}

 protected:
  Value run(Frame& frame) const override {
    if (!frame.budget().spend(1)) return frame.budget().exhausted_value();
    const Value callee = callee_ == nullptr ? Value() : callee_->eval(frame);
    std::vector<NamedArgument> arguments;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      arguments.push_back({names_[i], arguments_[i]->eval(frame)});
    }
    if (builtin_ != nullptr) return placed(call_builtin(frame.context, *builtin_, arguments));
    if (!callee.is(Kind::kFunction)) return placed(frame.context.call(callee, {}));
    return placed(call_function(frame.context, callee.as_function(), arguments));
  }

 private:
  const Builtin* builtin_;
  CodePtr callee_;  // null for a built-in function
  std::vector<std::string> names_;
  std::vector<CodePtr> arguments_;
};

// Whether a call with constants may be computed beforehand: its outcome is the same always. Those
// with patterns would be, but each may take a whole budget of compiling.
bool is_foldable(std::string_view builtin) {
  return builtin != "now" && builtin != "today" && builtin != "random number" &&
         builtin != "matches" && builtin != "replace" && builtin != "split";
}

}  // namespace

CodePtr Compiler::function(const Node& node) {
  auto definition = std::make_shared<Definition>();
  Level level;
  level.outer = level_;
  definition->name = std::exchange(self_name_, "");
  definition->type = node.type;
  definition->span = place(node);
  definition->is_external = node.flag;
  const auto bind = [&](const std::string& name) {
    Binding binding;
    binding.name = name;
    binding.local = level.locals++;
    return level.bind(std::move(binding));
  };
  if (!definition->name.empty()) definition->self = bind(definition->name);
  definition->first_parameter = level.locals;
  for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
    definition->parameters.push_back(node.children[i]->text);
    definition->types.push_back(node.children[i]->declared);
    bind(node.children[i]->text);
  }
  if (!node.flag) definition->body = body(*node.children.back(), level);
  std::vector<CodePtr> captures;
  for (Capture& capture : level.captures) {
    captures.push_back(std::move(capture.code));
    definition->captured.push_back(capture.local);
  }
  return std::make_unique<FunctionCode>(place(node), std::move(definition), std::move(captures));
}

CodePtr Compiler::call(const Node& node) {
  const Node& callee = *node.children[0];
  const Builtin* builtin =
      callee.kind == NodeKind::kName && callee.flag ? find_builtin(callee.text) : nullptr;
  const bool is_named = node.children.size() > 1 && node.children[1]->kind == NodeKind::kNamed;
  std::vector<std::string> names;
  std::vector<CodePtr> arguments;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& argument = *node.children[i];
    if (is_named) names.push_back(argument.text);
    arguments.push_back(code(is_named ? *argument.children[0] : argument));
  }
  const bool fold = builtin != nullptr && is_foldable(builtin->name) && !arguments.empty() &&
                    std::all_of(arguments.begin(), arguments.end(),
                                [](const CodePtr& each) { return each->constant() != nullptr; });
  CodePtr made;
  if (is_named) {
    made = std::make_unique<NamedCallCode>(place(node), builtin,
                                           builtin == nullptr ? code(callee) : nullptr,
                                           std::move(names), std::move(arguments));
  } else if (builtin != nullptr) {
    made = std::make_unique<BuiltinCallCode>(place(node), *builtin, std::move(arguments));
  } else {
    made = std::make_unique<CallCode>(place(node), code(callee), std::move(arguments));
  }
  return fold ? folded(std::move(made)) : std::move(made);
}

}  // namespace zicht::feel::internal
