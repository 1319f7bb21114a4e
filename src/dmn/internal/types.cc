#include "dmn/internal/types.h"

#include <algorithm>
#include <array>
#include <utility>

#include "feel/collections.h"
#include "feel/operators.h"

namespace zicht::dmn::internal {
namespace {

using feel::Type;
using feel::Value;

constexpr int kMaxImportDepth = 8;
// Names of types that the expressions of a model know; models that import each other have endless
// ones.
constexpr std::size_t kMaxScopeTypes = 50'000;

// Spellings that tools write besides those of the standard.
std::optional<Type> find_other_spelling(std::string_view name) {
  constexpr std::array<std::string_view, 5> kNumbers = {"integer", "long", "double", "decimal",
                                                        "float"};
  if (std::find(kNumbers.begin(), kNumbers.end(), name) != kNumbers.end()) return Type::number();
  if (name == "List" || name == "list") return Type::list_of(Type::any());
  if (name == "Context") return Type::context_of({});
  return std::nullopt;
}

Value both(const Value& a, const Value& b) {
  if (a.is_false() || b.is_true()) return a;
  return a.is_null() && b.is_null() ? feel::joined_null(a, b) : b;
}

// Whether the check allows the value, which has the right type: null with the reason when that is
// not known. Null is always allowed: a value that is not there is no wrong value, unless the tests
// say otherwise.
Value allows(const Check& check, const Value& value, feel::CallContext& context) {
  Value all = Value::boolean(true);
  if (value.is_null()) return all;
  if (check.base) all = allows(*check.base, value, context);
  if (!all.is_false() && check.value_tests) {
    const Value one = check.value_tests->test(value, {}, context);
    all = both(all, one.is_null() && !one.null_reason() ? Value::boolean(false) : one);
  }
  if (value.is(feel::Kind::kList) && check.item) {
    for (const auto& item : value.as_list()) {
      if (all.is_false()) break;
      all = both(all, allows(*check.item, item, context));
    }
  }
  if (value.is(feel::Kind::kContext)) {
    for (const auto& [name, member] : check.members) {
      const Value* found = value.as_context().find(name);
      if (found != nullptr && !all.is_false()) all = both(all, allows(*member, *found, context));
    }
  }
  return all;
}

bool is_empty(const Check& check) {
  return !check.value_tests && check.members.empty() && !check.item && !check.base;
}

}  // namespace

Value conform(Value value, const Typed& wanted, std::string_view what, feel::CallContext& context) {
  const bool is_scalar = feel::is_scalar_of(value, wanted.type);
  if (!wanted.check && (wanted.type.is_any() || is_scalar)) return value;
  // A function is taken by the number of its parameters: what an author leaves out of its types
  // (most do) says nothing against it.
  if (wanted.type.kind() == Type::Kind::kFunction && value.is(feel::Kind::kFunction) &&
      value.as_function().accepts(wanted.type.parameters().size()))
    return value;
  if (!is_scalar) {
    // Both walk over the value, which may be large.
    if (!context.budget().spend(value.byte_size() / 64)) return context.budget().exhausted_value();
    if (!feel::conforms(value, wanted.type)) value = feel::coerce(value, wanted.type, what);
    if (!wanted.check) return value;
  }
  Value allowed = allows(*wanted.check, value, context);
  if (allowed.is_true()) return value;
  if (allowed.is_null()) return allowed;
  return Value::error("DM-0101", {{"what", std::string(what)}, {"type", wanted.check->name}});
}

bool surely_passes(const Value& value, const feel::UnaryTests& tests) {
  if (!tests.is_indexable() || tests.is_negated()) return tests.is_any();
  const auto constants = tests.constants();
  return std::any_of(constants.begin(), constants.end(),
                     [&](const Value& one) { return feel::in(value, one).is_true(); });
}

bool surely_conforms(const Value& value, const Typed& wanted) {
  if (value.is_null()) return true;
  if (!feel::conforms(value, wanted.type)) return false;
  for (const Check* check = wanted.check.get(); check != nullptr; check = check->base.get()) {
    if (check->item || !check->members.empty()) return false;
    if (check->value_tests && !surely_passes(value, *check->value_tests)) return false;
  }
  return true;
}

Types::Types(const Model& model, Texts& texts, TypeNesting& nesting)
    : model_(model), texts_(texts), nesting_(nesting) {
  for (const auto& item : model.item_definitions) items_.emplace(item.name, &item);
}

void Types::add_import(std::string name, Types* imported) {
  imports_.emplace_back(std::move(name), imported);
}

Typed Types::typed(const std::string& type_ref, const Element& user) {
  if (type_ref.empty()) return {};
  if (auto found = find(type_ref)) return *std::move(found);
  const std::string nearest = texts_.nearest(type_ref, [this] { return names(); });
  texts_.report("DM-0032", {model_.file, user.title(), user.line},
                {{"type", type_ref}, {"nearest", nearest.empty() ? "Any" : nearest}});
  return {};
}

std::optional<Typed> Types::find(std::string_view type_ref, int imports) {
  if (const auto defined = defined_.find(type_ref); defined != defined_.end())
    return defined->second;
  if (in_progress_.contains(type_ref)) return Typed{};  // a type within itself: no end, so Any
  if (const auto item = items_.find(type_ref); item != items_.end()) {
    in_progress_.emplace(type_ref);
    Typed typed = define(*item->second);
    in_progress_.erase(in_progress_.find(type_ref));
    defined_.emplace(type_ref, typed);
    return typed;
  }
  for (const auto& [name, types] : imports_) {
    if (imports == kMaxImportDepth) break;
    if (name.empty()) {
      if (types->items_.contains(type_ref)) return types->find(type_ref, imports + 1);
    } else if (type_ref.size() > name.size() + 1 && type_ref.starts_with(name) &&
               type_ref[name.size()] == '.') {
      return types->find(type_ref.substr(name.size() + 1), imports + 1);
    }
  }
  auto type = Type::find_named(type_ref);
  if (!type) type = find_other_spelling(type_ref);
  if (!type) return std::nullopt;
  return Typed{*type, nullptr};
}

// The shape without isCollection; what the parts allow goes into `check`.
Typed Types::shape_of(const ItemDefinition& item, Check& check) {
  if (item.function) {
    const Typed result = typed(item.function->output_type_ref, item);
    std::size_t depth = result.depth;
    std::vector<Type> parameters;
    for (const auto& one : item.function->parameters) {
      const Typed parameter = typed(one.type_ref, item);
      depth = std::max(depth, parameter.depth);
      parameters.push_back(parameter.type);
    }
    return {Type::function_of(std::move(parameters), result.type), nullptr, depth};
  }
  if (item.components.empty()) return typed(item.type_ref, item);
  std::vector<Type::Member> members;
  std::size_t depth = 0;
  for (const auto& component : item.components) {
    Typed member = define(component);
    depth = std::max(depth, member.depth);
    if (member.check) check.members.emplace_back(component.name, member.check);
    members.push_back({component.name, member.type});
  }
  return {Type::context_of(std::move(members)), nullptr, depth};
}

Typed Types::too_deep(const ItemDefinition& item) {
  if (!std::exchange(nesting_.is_told, true)) {
    texts_.report("DM-0042", {model_.file, item.title(), item.line},
                  {{"limit", std::to_string(kMaxDepth)}});
  }
  return {};
}

Typed Types::define(const ItemDefinition& item) {
  if (nesting_.levels == kMaxDepth) return too_deep(item);
  ++nesting_.levels;
  Typed made = defined(item);
  --nesting_.levels;
  return made.depth > kMaxDepth ? too_deep(item) : made;
}

Typed Types::defined(const ItemDefinition& item) {
  auto one = std::make_shared<Check>();  // on a value; of a collection: on each item
  one->name = item.name;
  Typed shape = shape_of(item, *one);
  one->base = shape.check;
  const std::size_t depth = shape.depth + 1;
  const TextPlace place{model_.file, item.title(), item.line};
  const auto tests = [&](const Text& text, const Type& type) {
    return texts_.unary_tests(text, feel::Scope(), type, place);
  };
  if (!item.allowed_values.text.empty()) one->value_tests = tests(item.allowed_values, shape.type);
  if (!item.is_collection) {
    if (!item.type_constraint.text.empty()) {
      auto whole = std::make_shared<Check>();
      whole->name = item.name;
      whole->value_tests = tests(item.type_constraint, shape.type);
      if (!is_empty(*one)) whole->base = one;
      return {shape.type, whole, depth};
    }
    return {shape.type, is_empty(*one) ? nullptr : one, depth};
  }
  auto whole = std::make_shared<Check>();
  whole->name = item.name;
  if (!is_empty(*one)) whole->item = one;
  const Type list = Type::list_of(shape.type);
  if (!item.type_constraint.text.empty()) whole->value_tests = tests(item.type_constraint, list);
  return {list, is_empty(*whole) ? nullptr : whole, depth};
}

const feel::Scope& Types::scope() {
  if (!scope_) {
    scope_.emplace();
    std::size_t left = kMaxScopeTypes;
    add_scope_types(*scope_, "", 0, left);
  }
  return *scope_;
}

void Types::add_scope_types(feel::Scope& scope, const std::string& prefix, int depth,
                            std::size_t& left) {
  if (depth > kMaxImportDepth) return;
  for (const auto& [name, item] : items_) {
    if (left == 0) return;
    --left;
    if (const auto typed = find(name)) scope.add_type(prefix + name, typed->type);
  }
  for (const auto& [name, types] : imports_) {
    if (left == 0) return;
    --left;
    types->add_scope_types(scope, name.empty() ? prefix : prefix + name + ".", depth + 1, left);
  }
}

std::vector<std::string> Types::names() {
  std::vector<std::string> names = {"string", "number",        "boolean", "date",
                                    "time",   "date and time", "Any"};
  for (const auto& [name, item] : items_) names.push_back(name);
  return names;
}

std::vector<Value> Types::enumerated(const Typed& typed) {
  for (const Check* check = typed.check.get(); check != nullptr; check = check->base.get()) {
    if (!check->value_tests || !check->value_tests->is_indexable() ||
        check->value_tests->is_negated())
      continue;
    const auto constants = check->value_tests->constants();
    return {constants.begin(), constants.end()};
  }
  return {};
}

}  // namespace zicht::dmn::internal
