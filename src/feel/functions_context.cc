// Built-in functions on contexts.
#include "feel/internal/builtin_tables.h"
#include "feel/operators.h"

namespace zicht::feel::internal {
namespace {

using K = ParameterKind;

Value get_value(CallContext&, Values arguments) {
  return property(arguments[0], arguments[1].as_string());
}

Value get_entries(CallContext&, Values arguments) {
  const Context& context = arguments[0].as_context();
  const Ref<const ContextShape> shape = ContextShape::create({"key", "value"});
  std::vector<Value> entries;
  entries.reserve(context.size());
  for (std::size_t i = 0; i < context.size(); ++i) {
    const Value key = Value::string(context.shape().names()[i]);
    entries.push_back(Value::context(shape, {key, context.slots()[i]}));
  }
  return Value::list(std::move(entries));
}

// From entries {key, value}; each key once. Null with FE-0107 for anything else.
Value context_from(CallContext&, Values arguments) {
  ContextBuilder builder;
  for (const Value& entry : arguments[0].as_list()) {
    const Value* key = entry.is(Kind::kContext) ? entry.as_context().find("key") : nullptr;
    const Value* value = entry.is(Kind::kContext) ? entry.as_context().find("value") : nullptr;
    if (key == nullptr || value == nullptr || !key->is(Kind::kString) ||
        builder.has(key->as_string())) {
      if (entry.null_reason()) return entry;
      return outside("context", "entries", "{key, value}");
    }
    builder.set(key->as_string(), *value);
  }
  return builder.build();
}

Value context_put(CallContext&, Values arguments) {
  ContextBuilder builder(arguments[0].as_context());
  return builder.set(arguments[1].as_string(), arguments[2]).build();
}

// Puts at the end of a path of keys; every step but the last is there and is a context.
Value put_along(const Value& context, std::span<const Value> keys, const Value& value) {
  if (!context.is(Kind::kContext) || keys.empty() || !keys.front().is(Kind::kString)) {
    return outside("context put", "keys", "the context");
  }
  const std::string_view key = keys.front().as_string();
  Value inner = value;
  if (keys.size() > 1) {
    const Value* next = context.as_context().find(key);
    inner = put_along(next != nullptr ? *next : Value(), keys.subspan(1), value);
    if (inner.is_null()) return inner;
  }
  return ContextBuilder(context.as_context()).set(key, inner).build();
}

Value context_put_path(CallContext&, Values arguments) {
  // Deeper paths than a context can have do not exist; the limit keeps the walk short.
  if (arguments[1].as_list().size() > Value::kMaxNesting) {
    return outside("context put", "keys", "the context");
  }
  return put_along(arguments[0], arguments[1].as_list(), arguments[2]);
}

// Later contexts win.
Value context_merge(CallContext&, Values arguments) {
  ContextBuilder builder;
  for (const Value& one : arguments[0].as_list()) {
    if (one.null_reason()) return one;
    if (!one.is(Kind::kContext)) return outside("context merge", "contexts", "contexts");
    const Context& context = one.as_context();
    for (std::size_t i = 0; i < context.size(); ++i) {
      builder.set(context.shape().names()[i], context.slots()[i]);
    }
  }
  return builder.build();
}

constexpr Parameter kMapAndKey[] = {{"m", K::kContext}, {"key", K::kString}};
constexpr Parameter kMap[] = {{"m", K::kContext}};
constexpr Parameter kEntries[] = {{"entries", K::kList}};
constexpr Parameter kPutKey[] = {{"context", K::kContext}, {"key", K::kString}, {"value", K::kAny}};
constexpr Parameter kPutKeys[] = {{"context", K::kContext}, {"keys", K::kList}, {"value", K::kAny}};
constexpr Parameter kContexts[] = {{"contexts", K::kList}};

constexpr Signature kContext[] = {{kEntries, false, context_type, context_from}};
constexpr Signature kContextMerge[] = {{kContexts, false, context_type, context_merge}};
constexpr Signature kContextPut[] = {{kPutKey, false, context_type, context_put},
                                     {kPutKeys, false, context_type, context_put_path}};
constexpr Signature kGetEntries[] = {{kMap, false, list_type, get_entries}};
constexpr Signature kGetValue[] = {{kMapAndKey, false, Type::any, get_value}};

constexpr Builtin kContextFunctions[] = {{"context", kContext},
                                         {"context merge", kContextMerge},
                                         {"context put", kContextPut},
                                         {"get entries", kGetEntries},
                                         {"get value", kGetValue}};

}  // namespace

std::span<const Builtin> context_functions() { return kContextFunctions; }

}  // namespace zicht::feel::internal
