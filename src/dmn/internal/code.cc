#include "dmn/internal/code.h"

#include <algorithm>
#include <iterator>
#include <typeinfo>

#include "base/few.h"

namespace zicht::dmn::internal {

using feel::Kind;
using feel::Type;
using feel::Value;

namespace {

// The value as a list: a list as it is, another value as a list of one.
std::vector<Value> items_of(const Value& value) {
  if (!value.is(Kind::kList)) return {value};
  const auto items = value.as_list();
  return {items.begin(), items.end()};
}

Type common_type(const std::vector<CodePtr>& codes) {
  Type common = Type::null();
  for (const auto& code : codes) {
    const Type type = code->type();
    if (type.kind() == Type::Kind::kNull || type == common) continue;
    if (common.kind() != Type::Kind::kNull) return Type::any();
    common = type;
  }
  return common.kind() == Type::Kind::kNull ? Type::any() : common;
}

std::size_t deepest(const std::vector<CodePtr>& codes) {
  std::size_t depth = 0;
  for (const auto& code : codes) depth = std::max(depth, code->depth());
  return depth;
}

// What a boxed expression made is paid for as FEEL pays for its own: parts that are shared count
// each time.
Value paid(Value value, Frame& frame) {
  auto& budget = frame.context.budget();
  return budget.spend_bytes(value.byte_size()) ? value : budget.exhausted_value();
}

}  // namespace

// A function that a boxed expression or a knowledge model made.
class BoxedFunction final : public feel::Function {
 public:
  BoxedFunction(const FunctionCode& code, Session session, std::vector<Value> captured)
      : code_(&code), session_(std::move(session)), captured_(std::move(captured)) {}

  std::span<const std::string> parameter_names() const override { return code_->parameters; }
  std::string_view name() const override { return code_->name; }
  Type type() const override { return code_->type(); }
  std::uint32_t nesting() const override { return feel::deepest_nesting(captured_) + 1; }

  Value invoke(feel::CallContext& context, std::span<const Value> arguments) const override {
    FrameSlots slots(slot_count());
    std::copy(arguments.begin(), arguments.end(), arguments_in(slots.span()).begin());
    return run(context, slots.span(), {});
  }

  // Calls it as CallContext::call() does. `slots` are slot_count() nulls but for the arguments, and
  // `known` is what each of those has been conformed to, null where that is not known.
  Value call(feel::CallContext& context, std::span<Value> slots,
             std::span<const Typed* const> known) const {
    feel::Budget& budget = context.budget();
    const bool may_go_on = budget.enter() && budget.spend(1);
    Value value = may_go_on ? run(context, slots, known) : budget.exhausted_value();
    budget.leave();
    return value;
  }

  [[nodiscard]] std::size_t slot_count() const {
    return std::max(code_->frame_size, captured_.size() + code_->parameters.size());
  }
  [[nodiscard]] std::span<Value> arguments_in(std::span<Value> slots) const {
    return slots.subspan(captured_.size(), code_->parameters.size());
  }

 private:
  Value run(feel::CallContext& context, std::span<Value> slots,
            std::span<const Typed* const> known) const {
    const feel::CallDepth depth(context.budget(), code_->depth);
    if (!depth.is_good()) return context.budget().exhausted_value();
    Frame frame{context, session_, slots};
    std::copy(captured_.begin(), captured_.end(), slots.begin());
    if (code_->own_slot)
      slots[*code_->own_slot] = Value::function(feel::Ref<const feel::Function>(this));
    if (auto refused =
            fit_arguments(arguments_in(slots), code_->parameters, code_->types, context, known))
      return *std::move(refused);
    Value value = code_->body->run(frame);
    if (!code_->is_conformed)
      value = conform(std::move(value), code_->result, code_->name, context);
    return value;
  }

  const FunctionCode* code_;  // lives in the graph, which the session keeps
  Session session_;
  std::vector<Value> captured_;
};

void Leaf::add_used_slots(std::vector<bool>& used) const {
  for (const auto slot : expression_.used_slots()) {
    if (slot < used.size()) used[slot] = true;
  }
}

ContextCode::ContextCode(std::vector<Entry> entries, std::size_t first_slot, CodePtr result)
    : entries_(std::move(entries)), first_slot_(first_slot), result_(std::move(result)) {
  std::vector<std::string> names;
  for (const auto& entry : entries_) names.push_back(entry.name);
  shape_ = feel::ContextShape::create(std::move(names));
}

Value ContextCode::run(Frame& frame) const {
  for (std::size_t i = 0; i < entries_.size(); ++i)
    frame.slots[first_slot_ + i] = entries_[i].value->run(frame);
  if (result_) return result_->run(frame);
  const auto begin = frame.slots.begin() + static_cast<std::ptrdiff_t>(first_slot_);
  // Nothing looks at these slots any more.
  std::vector<Value> slots(
      std::make_move_iterator(begin),
      std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(entries_.size())));
  return paid(Value::context(shape_, std::move(slots)), frame);
}

Type ContextCode::type() const {
  if (result_) return result_->type();
  std::vector<Type::Member> members;
  for (const auto& entry : entries_) members.push_back({entry.name, entry.value->type()});
  return Type::context_of(std::move(members));
}

void ContextCode::add_used_slots(std::vector<bool>& used) const {
  for (const auto& entry : entries_) entry.value->add_used_slots(used);
  if (result_) result_->add_used_slots(used);
}

std::size_t ContextCode::depth() const {
  std::size_t depth = result_ ? result_->depth() : 0;
  for (const auto& entry : entries_) depth = std::max(depth, entry.value->depth());
  return depth + 1;
}

Value ListCode::run(Frame& frame) const {
  std::vector<Value> items;
  items.reserve(items_.size());
  for (const auto& item : items_) items.push_back(item->run(frame));
  return paid(Value::list(std::move(items)), frame);
}

Type ListCode::type() const { return Type::list_of(common_type(items_)); }

void ListCode::add_used_slots(std::vector<bool>& used) const {
  for (const auto& item : items_) item->add_used_slots(used);
}

std::size_t ListCode::depth() const { return deepest(items_) + 1; }

RelationCode::RelationCode(std::vector<std::string> columns, std::vector<std::vector<CodePtr>> rows)
    : rows_(std::move(rows)), shape_(feel::ContextShape::create(std::move(columns))) {}

Value RelationCode::run(Frame& frame) const {
  std::vector<Value> rows;
  rows.reserve(rows_.size());
  for (const auto& row : rows_) {
    std::vector<Value> cells;
    cells.reserve(row.size());
    for (const auto& cell : row) cells.push_back(cell->run(frame));
    rows.push_back(Value::context(shape_, std::move(cells)));
  }
  return paid(Value::list(std::move(rows)), frame);
}

Type RelationCode::type() const {
  std::vector<Type::Member> members;
  for (std::size_t i = 0; i < shape_->size(); ++i)
    members.push_back({shape_->names()[i], rows_.empty() ? Type::any() : rows_[0][i]->type()});
  return Type::list_of(Type::context_of(std::move(members)));
}

void RelationCode::add_used_slots(std::vector<bool>& used) const {
  for (const auto& row : rows_) {
    for (const auto& cell : row) cell->add_used_slots(used);
  }
}

std::size_t RelationCode::depth() const {
  std::size_t depth = 0;
  for (const auto& row : rows_) depth = std::max(depth, deepest(row));
  return depth + 1;
}

Value ConditionalCode::run(Frame& frame) const {
  const Value condition = condition_->run(frame);
  if (condition.is_true()) return then_->run(frame);
  if (condition.is_null()) frame.context.pass_over(condition);
  if (condition.is_false() || condition.is_null()) return else_->run(frame);
  return Value::error("DM-0106", {{"kind", std::string(kind_name(condition.kind()))}});
}

Type ConditionalCode::type() const {
  const Type type = then_->type();
  return type == else_->type() ? type : Type::any();
}

void ConditionalCode::add_used_slots(std::vector<bool>& used) const {
  condition_->add_used_slots(used);
  then_->add_used_slots(used);
  else_->add_used_slots(used);
}

std::size_t ConditionalCode::depth() const {
  return 1 + std::max({condition_->depth(), then_->depth(), else_->depth()});
}

// Mostly the names are those of the parameters, in their order.
bool InvocationCode::is_in_order(std::span<const std::string> names) const {
  return !names.empty() &&
         std::equal(names.begin(), names.end(), bindings_.begin(), bindings_.end(),
                    [](const auto& name, const Bound& one) { return name == one.parameter; });
}

Value InvocationCode::called(const BoxedFunction& function, Frame& frame) const {
  Few<const Typed*, 8> known(bindings_.size());
  FrameSlots slots(function.slot_count());
  const auto arguments = function.arguments_in(slots.span());
  for (std::size_t i = 0; i < bindings_.size(); ++i) {
    const Code* const value = bindings_[i].value.get();
    if (value == nullptr) continue;
    arguments[i] = value->run(frame);
    known[i] = value->conformed();
  }
  return function.call(frame.context, slots.span(), known.span());
}

Value InvocationCode::run(Frame& frame) const {
  const Value callee = callee_->run(frame);
  if (!callee.is(Kind::kFunction)) {
    if (callee.is_null() && callee.null_reason()) return callee;
    return Value::error("FE-0106", {{"actual", std::string(kind_name(callee.kind()))}});
  }
  const feel::Function& function = callee.as_function();
  if (typeid(function) == typeid(BoxedFunction) && is_in_order(function.parameter_names()))
    return called(static_cast<const BoxedFunction&>(function), frame);
  std::vector<feel::NamedArgument> arguments;
  arguments.reserve(bindings_.size());
  for (const auto& one : bindings_)
    arguments.push_back({one.parameter, one.value ? one.value->run(frame) : Value()});
  return feel::call_function(frame.context, function, arguments);
}

Type InvocationCode::type() const {
  const Type type = callee_->type();
  return type.kind() == Type::Kind::kFunction ? type.result() : Type::any();
}

void InvocationCode::add_used_slots(std::vector<bool>& used) const {
  callee_->add_used_slots(used);
  for (const auto& one : bindings_) {
    if (one.value) one.value->add_used_slots(used);
  }
}

std::size_t InvocationCode::depth() const {
  std::size_t depth = callee_->depth();
  for (const auto& one : bindings_) {
    if (one.value) depth = std::max(depth, one.value->depth());
  }
  return depth + 1;
}

IterationCode::IterationCode(IterationKind kind, CodePtr domain, CodePtr body, std::size_t slot)
    : kind_(kind), domain_(std::move(domain)), body_(std::move(body)), slot_(slot) {
  std::vector<bool> used(slot_ + 2);
  body_->add_used_slots(used);
  uses_partial_ = used[slot_ + 1];
}

Value IterationCode::run(Frame& frame) const {
  const Value domain = domain_->run(frame);
  if (domain.is_null()) return domain;
  const auto items = items_of(domain);
  if (!frame.context.budget().spend(items.size() + 1))
    return frame.context.budget().exhausted_value();
  if (kind_ != IterationKind::kFor) return quantified(frame, items);
  std::vector<Value> results;
  results.reserve(items.size());
  for (const auto& item : items) {
    frame.slots[slot_] = item;
    if (uses_partial_) {
      if (!frame.context.budget().spend(results.size()))
        return frame.context.budget().exhausted_value();
      frame.slots[slot_ + 1] = Value::list(results);
    }
    results.push_back(body_->run(frame));
    if (frame.context.budget().is_exhausted()) return frame.context.budget().exhausted_value();
  }
  return paid(Value::list(std::move(results)), frame);
}

// One deciding item is enough, unknown ones or not; else an unknown one makes the whole unknown. A
// condition that is no boolean for any item is a mistake whatever the others say.
Value IterationCode::quantified(Frame& frame, std::span<const Value> items) const {
  const bool deciding = kind_ == IterationKind::kSome;
  bool is_decided = false;
  std::vector<Value> unknown;
  for (const auto& item : items) {
    frame.slots[slot_] = item;
    const Value holds = body_->run(frame);
    if (!frame.context.budget().spend(1)) return frame.context.budget().exhausted_value();
    if (holds.is_null()) {
      unknown.push_back(holds);
    } else if (!holds.is(Kind::kBoolean)) {
      return Value::error("DM-0106", {{"kind", std::string(kind_name(holds.kind()))}});
    } else {
      is_decided = is_decided || holds.as_boolean() == deciding;
    }
  }
  if (is_decided || unknown.empty()) return Value::boolean(is_decided == deciding);
  return feel::joined_null(unknown);
}

Type IterationCode::type() const {
  return kind_ == IterationKind::kFor ? Type::list_of(body_->type()) : Type::boolean();
}

void IterationCode::add_used_slots(std::vector<bool>& used) const {
  domain_->add_used_slots(used);
  body_->add_used_slots(used);
}

std::size_t IterationCode::depth() const { return 1 + std::max(domain_->depth(), body_->depth()); }

Type FunctionCode::type() const {
  std::vector<Type> kinds;
  for (const auto& one : types) kinds.push_back(one.type);
  return Type::function_of(std::move(kinds),
                           result.type.is_any() && body ? body->type() : result.type);
}

Value make_function(const FunctionCode& code, const Session& session, std::vector<Value> captured) {
  captured.resize(code.first_slot);
  return Value::function(feel::make_ref<BoxedFunction>(code, session, std::move(captured)));
}

std::optional<Value> fit_arguments(std::span<Value> arguments,
                                   const std::vector<std::string>& names,
                                   const std::vector<Typed>& types, feel::CallContext& context,
                                   std::span<const Typed* const> known) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!known.empty() && known[i] != nullptr && known[i]->is_identical(types[i])) continue;
    const bool was_null = arguments[i].is_null();
    arguments[i] = conform(std::move(arguments[i]), types[i], names[i], context);
    if (!was_null && arguments[i].is_null()) return arguments[i];
  }
  return std::nullopt;
}

Value FunctionDefinitionCode::run(Frame& frame) const {
  if (!frame.context.budget().spend_bytes((code_.first_slot + 1) * sizeof(Value)))
    return frame.context.budget().exhausted_value();
  const auto end = frame.slots.begin() + static_cast<std::ptrdiff_t>(code_.first_slot);
  return make_function(code_, frame.session, {frame.slots.begin(), end});
}

}  // namespace zicht::dmn::internal
