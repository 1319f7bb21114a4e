// Literals, names and paths; see internal/compiler.h.
#include <algorithm>
#include <atomic>
#include <utility>

#include "feel/internal/compiler.h"
#include "feel/internal/infer.h"
#include "feel/operators.h"
#include "feel/value_json.h"

namespace zicht::feel::internal {
namespace {

class ConstantCode final : public Code {
 public:
  ConstantCode(NodeKind kind, SourceSpan span, Value value)
      : Code(kind, span), value_(std::move(value)) {}
  const Value* constant() const override { return &value_; }

 protected:
  Value run(Frame&) const override { return value_; }

 private:
  Value value_;
};

// Always the same null: an unknown name, a key that stands twice.
class FailingCode final : public Code {
 public:
  FailingCode(NodeKind kind, SourceSpan span, Value value)
      : Code(kind, span), value_(std::move(value)) {}

 protected:
  Value run(Frame&) const override { return value_; }

 private:
  Value value_;
};

class LocalCode final : public Code {
 public:
  LocalCode(SourceSpan span, std::size_t local) : Code(NodeKind::kName, span), local_(local) {}

 protected:
  Value run(Frame& frame) const override { return frame.locals[local_]; }

 private:
  std::size_t local_;
};

// A fact that is not there, or is null without reason, is missing.
class FactCode final : public Code {
 public:
  FactCode(SourceSpan span, std::size_t slot, std::string name)
      : Code(NodeKind::kName, span), slot_(slot), name_(std::move(name)) {}

 protected:
  Value run(Frame& frame) const override {
    if (slot_ < frame.facts.size()) {
      const Value& value = frame.facts[slot_];
      if (!value.is_null() || value.null_reason()) return value;
    }
    return Value::missing(name_).at(span());
  }

 private:
  std::size_t slot_;
  std::string name_;
};

class InputCode final : public Code {
 public:
  explicit InputCode(SourceSpan span) : Code(NodeKind::kName, span) {}

 protected:
  Value run(Frame& frame) const override { return frame.input == nullptr ? Value() : *frame.input; }
};

// What follows a dot. Where the value comes from a fact, an entry that is not there or is null
// without reason is a missing fact with its path as name, also in each item of a list.
class PathCode final : public Code {
 public:
  PathCode(SourceSpan span, CodePtr source, std::string name, std::string fact_path)
      : Code(NodeKind::kPath, span),
        source_(std::move(source)),
        name_(std::move(name)),
        fact_path_(std::move(fact_path)) {}

 protected:
  Value run(Frame& frame) const override {
    const Value source = source_->eval(frame);
    return source.is(Kind::kList) ? of_items(source, frame) : of_item(source);
  }

 private:
  // The list of the member of each item.
  Value of_items(const Value& list, Frame& frame) const {
    std::vector<Value> members;
    members.reserve(list.as_list().size());
    for (const Value& item : list.as_list()) {
      Value member = item.is(Kind::kList) ? of_items(item, frame) : of_item(item);
      const bool paid = frame.budget().spend(1) && frame.budget().spend_bytes(member.byte_size());
      if (!paid) return frame.budget().exhausted_value();
      members.push_back(std::move(member));
    }
    return placed(Value::list(std::move(members)));
  }

  Value of_item(const Value& item) const {
    const bool may_be_missing = !fact_path_.empty() && item.is(Kind::kContext);
    if (!may_be_missing) return placed(property(item, name_));
    const Value* found = entry_of(item.as_context());
    const bool is_missing = found == nullptr || (found->is_null() && !found->null_reason());
    return is_missing ? Value::missing(fact_path_).at(span()) : *found;
  }

  // Mostly the contexts that come by have one shape: then the name lies where it lay before.
  const Value* entry_of(const Context& context) const {
    const std::uint32_t before = slot_.load(std::memory_order_relaxed);
    const auto slot = context.shape().find_slot(name_, before);
    if (!slot) return nullptr;
    if (*slot != before) slot_.store(*slot, std::memory_order_relaxed);
    return &context.slots()[*slot];
  }

  CodePtr source_;
  std::string name_;
  std::string fact_path_;
  mutable std::atomic<std::uint32_t> slot_{0};  // a guess: any value gives the same answer
};

// A name inside a filter whose items have members that are not known beforehand: the nearest item
// that has such a member or property gives the value, else what the name means outside.
class MemberOrNameCode final : public Code {
 public:
  struct Item {
    std::size_t local = 0;
    std::string fact_path{};  // of the member, where the item comes from a fact
  };
  MemberOrNameCode(SourceSpan span, std::vector<Item> items, CodePtr otherwise, std::string name)
      : Code(NodeKind::kName, span),
        items_(std::move(items)),
        otherwise_(std::move(otherwise)),
        name_(std::move(name)) {}

 protected:
  Value run(Frame& frame) const override {
    for (const Item& item : items_) {
      const auto found = find_property(frame.locals[item.local], name_);
      if (found)
        return is_absent(*found, item) ? Value::missing(item.fact_path).at(span()) : *found;
    }
    if (otherwise_ != nullptr) return otherwise_->eval(frame);
    return Value::missing(name_).at(span());
  }

 private:
  static bool is_absent(const Value& member, const Item& item) {
    return member.is_null() && !member.null_reason() && !item.fact_path.empty();
  }

  std::vector<Item> items_;  // nearest first
  CodePtr otherwise_;        // null: nothing outside has this name
  std::string name_;
};

class AtLiteralCode final : public Code {
 public:
  AtLiteralCode(SourceSpan span, std::string text)
      : Code(NodeKind::kAt, span), text_(std::move(text)) {}

 protected:
  Value run(Frame& frame) const override {
    return placed(value_from_at_literal(text_, frame.context.zones()));
  }

 private:
  std::string text_;
};

class NoZones final : public TimeZones {
 public:
  const TimeZone* find_zone(std::string_view) const override { return nullptr; }
  std::string version() const override { return ""; }
};

const Binding* find_binding(const Level& level, const std::string& name) {
  for (const Binding* each : level.candidates(name)) {
    if (!each->is_item || name == "item") return each;
  }
  return nullptr;
}

}  // namespace

std::size_t Level::bind(Binding binding) {
  const std::size_t local = binding.local;
  (binding.is_item ? items : places[binding.name]).push_back(bindings.size());
  bindings.push_back(std::move(binding));
  return local;
}

void Level::unbind(std::size_t count) {
  while (bindings.size() > count) {
    const Binding& last = bindings.back();
    (last.is_item ? items : places[last.name]).pop_back();
    bindings.pop_back();
  }
}

std::vector<const Binding*> Level::candidates(const std::string& name) const {
  const auto found = places.find(name);
  const bool is_bound = found != places.end() && !found->second.empty();
  std::vector<const Binding*> nearest;
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    if (is_bound && *item < found->second.back()) break;
    nearest.push_back(&bindings[*item]);
  }
  if (is_bound) nearest.push_back(&bindings[found->second.back()]);
  return nearest;
}

SourceSpan Compiler::place(const Node& node) const {
  return {options_.source, node.span.begin, node.span.end};
}

CodePtr Compiler::constant(const Node& node, Value value) const {
  return std::make_unique<ConstantCode>(node.kind, place(node), std::move(value));
}

CodePtr Compiler::failing(const Node& node, std::string_view id, Arguments arguments) const {
  return std::make_unique<FailingCode>(node.kind, place(node),
                                       Value::error(id, std::move(arguments), place(node)));
}

// Code without facts, locals and functions, run beforehand; kept as code where it gives null, so
// that the null says where it arose, where it passes an error over, which every run is to tell, and
// where zones are needed, which are given later.
CodePtr Compiler::folded(CodePtr code) {
  static const NoZones no_zones;
  Environment environment;
  environment.zones = &no_zones;
  Budget budget({.steps = 10'000, .bytes = 100'000, .depth = 4});
  CallContext context(environment, budget);
  Frame frame{.locals = {}, .facts = {}, .input = nullptr, .context = context, .tracer = nullptr};
  Value value = code->eval(frame);
  const bool is_whole = !value.is_null() && context.passed_over().empty();
  if (!is_whole || budget.is_exhausted()) return code;
  return std::make_unique<ConstantCode>(code->kind(), code->span(), std::move(value));
}

CodePtr Compiler::literal(const Node& node) {
  switch (node.kind) {
    case NodeKind::kBoolean:
      return constant(node, Value::boolean(node.flag));
    case NodeKind::kString:
      return constant(node, Value::string(node.text));
    case NodeKind::kNumber: {
      const auto number = Number::parse(node.text);
      return number ? constant(node, Value::number(*number)) : failing(node, "FE-0013", {});
    }
    default:
      return constant(node, Value::null({}));
  }
}

CodePtr Compiler::at_literal(const Node& node) {
  return folded(std::make_unique<AtLiteralCode>(place(node), node.text));
}

CodePtr Compiler::name(const Node& node) {
  if (node.flag) {
    const Builtin* builtin = find_builtin(node.text);
    return constant(node, function_value(*builtin));
  }
  CodePtr code = variable(level_, node, node.text);
  if (code != nullptr) return code;
  return failing(node, "FE-0002",
                 {{"name", node.text},
                  {"nearest", LocalizedText{"Geef de naam zoals hij in het model staat.",
                                            "Give the name as the model has it."}}});
}

// From the inside out. Null where no variable has this name.
CodePtr Compiler::variable(Level* level, const Node& node, const std::string& name) {
  std::vector<MemberOrNameCode::Item> open_items;
  CodePtr found;
  for (const Binding* each : level->candidates(name)) {
    const auto local = [&] {
      if (each->used != nullptr) *each->used = true;
      return std::make_unique<LocalCode>(place(node), each->local);
    };
    if (each->is_item) {
      const std::string path = each->fact_path.empty() ? "" : each->fact_path + "." + name;
      if (find_member(each->type, name)) {
        found = std::make_unique<PathCode>(place(node), local(), name, path);
        break;
      }
      if (name == "item") found = local();
      if (found != nullptr) break;
      if (each->is_open) open_items.push_back({each->local, path});
    } else if (each->name == name) {
      found = local();
      break;
    }
  }
  if (found == nullptr) found = around(level, node, name);
  if (open_items.empty()) return found;
  return std::make_unique<MemberOrNameCode>(place(node), std::move(open_items), std::move(found),
                                            name);
}

// What lies around this body: the facts, or what a function takes along.
CodePtr Compiler::around(Level* level, const Node& node, const std::string& name) {
  if (level->outer == nullptr) {
    if (name == "?") {
      uses_input_ = true;
      return std::make_unique<InputCode>(place(node));
    }
    const auto slot = scope_.find(name);
    if (!slot) return nullptr;
    used_slots_.insert(*slot);
    return std::make_unique<FactCode>(place(node), *slot, scope_.variables()[*slot].name);
  }
  for (const Capture& capture : level->captures) {
    if (capture.name == name) return std::make_unique<LocalCode>(place(node), capture.local);
  }
  CodePtr code = variable(level->outer, node, name);
  if (code == nullptr) return nullptr;
  const std::size_t local = level->locals++;
  level->captures.push_back({name, std::move(code), local});
  return std::make_unique<LocalCode>(place(node), local);
}

CodePtr Compiler::path(const Node& node) {
  CodePtr source = code(*node.children[0]);
  const bool is_constant = source->constant() != nullptr;
  CodePtr made =
      std::make_unique<PathCode>(place(node), std::move(source), node.text, fact_path(node));
  return is_constant ? folded(std::move(made)) : std::move(made);
}

// "person.income" for a path that begins at a fact; else empty.
std::string Compiler::fact_path(const Node& node) const {
  if (node.kind == NodeKind::kPath) {
    const std::string source = fact_path(*node.children[0]);
    return source.empty() ? "" : source + "." + node.text;
  }
  if (node.kind == NodeKind::kFilter) return fact_path(*node.children[0]);
  if (node.kind != NodeKind::kName || node.flag) return "";
  for (const Level* level = level_; level != nullptr; level = level->outer) {
    if (const Binding* binding = find_binding(*level, node.text)) return binding->fact_path;
  }
  const auto slot = scope_.find(node.text);
  return slot ? scope_.variables()[*slot].name : "";
}

}  // namespace zicht::feel::internal
