// What a Value shares: strings, lists, contexts, ranges, functions.
//
//     Ref<const ContextShape> shape = ContextShape::create({"age", "name"});  // once, by a
//     compiler Value row = Value::context(shape, {age, name}); row.as_context().find("age");
//
// A context is a shape and slots. Contexts that one expression makes share their shape, so that a
// compiled path `row.age` is an index after one comparison of pointers.
#pragma once

#include <optional>
#include <unordered_map>

#include "feel/value.h"

namespace zicht::feel {

class CallContext;
class Type;

class List final : public Shared {
 public:
  explicit List(std::vector<Value> items);
  std::span<const Value> items() const { return items_; }
  std::uint32_t nesting() const { return nesting_; }
  std::size_t byte_size() const { return byte_size_; }

 private:
  std::vector<Value> items_;
  std::size_t byte_size_ = 0;
  std::uint32_t nesting_ = 1;
};

// The names of a context in the order in which they were written. Immutable.
class ContextShape final : public Shared {
 public:
  // Requires: no name twice.
  explicit ContextShape(std::vector<std::string> names);
  static Ref<const ContextShape> create(std::vector<std::string> names);

  std::span<const std::string> names() const { return names_; }
  std::size_t size() const { return names_.size(); }
  std::optional<std::uint32_t> find_slot(std::string_view name) const;
  // The same, looking first in a slot where it may be: whoever asks again and again knows one.
  std::optional<std::uint32_t> find_slot(std::string_view name, std::uint32_t likely) const {
    if (likely < names_.size() && names_[likely] == name) return likely;
    return find_slot(name);
  }

  // What the names take in memory; a text of the context has them too.
  std::size_t byte_size() const { return byte_size_; }

 private:
  std::vector<std::string> names_;
  std::size_t byte_size_ = 0;
  std::unordered_map<std::string_view, std::uint32_t> slots_;  // for shapes of more than a few
};

class Context final : public Shared {
 public:
  Context(Ref<const ContextShape> shape, std::vector<Value> slots);
  const ContextShape& shape() const { return *shape_; }
  Ref<const ContextShape> shape_ref() const { return shape_; }
  std::span<const Value> slots() const { return slots_; }
  std::size_t size() const { return slots_.size(); }
  // Null (the pointer) where there is no entry of that name.
  const Value* find(std::string_view name) const;
  std::uint32_t nesting() const { return nesting_; }
  std::size_t byte_size() const { return byte_size_; }

 private:
  Ref<const ContextShape> shape_;
  std::vector<Value> slots_;
  std::size_t byte_size_ = 0;
  std::uint32_t nesting_ = 1;
};

// Collects entries one by one. A name that is set again keeps its place and gets the new value.
class ContextBuilder {
 public:
  ContextBuilder() = default;
  explicit ContextBuilder(const Context& from);
  ContextBuilder& set(std::string_view name, Value value);
  bool has(std::string_view name) const;
  std::size_t size() const { return names_.size(); }
  Value build();

 private:
  std::vector<std::string> names_;
  std::vector<Value> slots_;
  std::unordered_map<std::string, std::size_t> places_;
};

// The deepest of the values, 0 where there is none.
std::uint32_t deepest_nesting(std::span<const Value> values);

// `[1..5)`, or the value of a unary test in parentheses, `(< 5)`, `(!= 5)`. The end that a unary
// test leaves open is null. `(< 5)` holds the same values as `(null..5)` but does not equal it.
class Range final : public Shared {
 public:
  enum class Form : std::uint8_t {
    kInterval,
    kLess,
    kLessEqual,
    kGreater,
    kGreaterEqual,
    kEqual,
    kNotEqual
  };

  // An interval. An end that is null is unbounded.
  Range(Value start, bool start_included, Value end, bool end_included);
  // A unary test. Requires: form is not kInterval.
  Range(Form form, Value end);

  Form form() const { return form_; }
  const Value& start() const { return start_; }
  const Value& end() const { return end_; }
  bool start_included() const { return start_included_; }
  bool end_included() const { return end_included_; }
  std::uint32_t nesting() const;
  std::size_t byte_size() const;

 private:
  Value start_;
  Value end_;
  Form form_ = Form::kInterval;
  bool start_included_ = false;
  bool end_included_ = false;
};

// `[start..end]` and so on, as the evaluator makes it: null with FE-0120 where the ends cannot be
// compared with each other, or where start is behind end.
Value make_interval(const Value& start, bool start_included, const Value& end, bool end_included);
// `(< 5)`: null with FE-0120 where the kind of the end has no order.
Value make_unary_range(Range::Form form, const Value& end);

// A function as a value: a closure of the evaluator, an external or a built-in function.
class Function : public Shared {
 public:
  // Names of the parameters, for calls with named arguments. Empty for a built-in function, which
  // has several lists of names: call_function() of function.h resolves those.
  virtual std::span<const std::string> parameter_names() const = 0;

  // The name that an explanation shows; empty for an anonymous one.
  virtual std::string_view name() const = 0;

  // function<number, string>->Any, as far as that is declared; by itself Any for each parameter.
  virtual Type type() const;
  // The same as text.
  virtual std::string type_text() const;

  // Whether it can be called with so many arguments: one for each parameter, but for a built-in.
  virtual bool accepts(std::size_t count) const { return parameter_names().size() == count; }

  // How deep the values nest that it keeps, and one more, as Value::nesting().
  virtual std::uint32_t nesting() const { return 1; }

  // Requires: one argument for each parameter, or for a built-in as many as one of its lists takes.
  virtual Value invoke(CallContext& context, std::span<const Value> arguments) const = 0;
};

}  // namespace zicht::feel
