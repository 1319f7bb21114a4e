// The built-in functions of FEEL: names, parameters, and how they are called.
//
//     const Builtin* builtin = find_builtin("string length");
//     Value length = call_builtin(context, *builtin, std::vector{Value::string("abc")});
//
// A name has one or more signatures; a call is resolved by the number of its arguments, or by their
// names, and then by the kinds of the values. A call that fits none gives null with FE-0104 (number
// or names of arguments) or FE-0105 (kind of an argument).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/rng.h"
#include "feel/budget.h"
#include "feel/collections.h"
#include "feel/type.h"

namespace zicht::feel {

namespace internal {
class RegexCache;
}

// What an evaluation is given from outside: the same environment and the same facts give the same
// outcome, always.
struct Environment {
  const TimeZones* zones = nullptr;  // Requires: not null
  Value now{};                       // a date and time; null where the caller gives none
  Value today{};                     // a date
  Rng* rng = nullptr;                // for random number(); null: that gives an error
};

class CallContext {
 public:
  // Requires: both outlive this.
  CallContext(const Environment& environment, Budget& budget);

  const Environment& environment() const { return *environment_; }
  const TimeZones& zones() const { return *environment_->zones; }
  Budget& budget() const { return *budget_; }

  // Calls `function`, one level deeper: null with FE-0106 where it is no function, FE-0104 where
  // the number of arguments does not fit.
  Value call(const Value& function, std::span<const Value> arguments);

  // `value` is null and counts as "not true", as the standard has it: a filter leaves the item out,
  // `if` takes its second branch, a table goes on to its next rule. The outcome then rests on facts
  // that were not given, or on something that could not be computed, without being null itself;
  // why `value` is null is kept here. The null that an author writes has no reason and leaves none.
  void pass_over(const Value& value);

  // The missing facts and errors that were passed over so far, each once at each place; of more
  // than kMaxPassedOver the first, facts before errors. Whoever judges looks at them: judge() of
  // outcome.h.
  std::span<const NullCause> passed_over() const { return passed_over_; }

  // The same, and forgets them; add_passed_over() puts them back. For whoever tells the parts of an
  // evaluation apart.
  std::vector<NullCause> take_passed_over() { return std::exchange(passed_over_, {}); }
  void add_passed_over(std::span<const NullCause> causes);

  static constexpr std::size_t kMaxPassedOver = 64;

  // The patterns that this evaluation has compiled so far.
  internal::RegexCache& regexes();

 private:
  const Environment* environment_;
  Budget* budget_;
  std::vector<NullCause> passed_over_;
  std::shared_ptr<internal::RegexCache> regexes_;
};

enum class ParameterKind : std::uint8_t {
  kAny,      // null too
  kNonNull,  // anything but null
  kNumber,
  kString,
  kDateOrTime,  // date or date and time
  kTime,
  kDayDuration,
  kMonthDuration,
  kList,  // another value counts as a list of one
  kContext,
  kRange,
  kFunction,
};

struct Parameter {
  std::string_view name;
  ParameterKind kind = ParameterKind::kAny;
  bool is_optional = false;  // may be left out; the implementation gets null
  bool is_nullable = false;  // may be null
};

struct Signature {
  using Implementation = Value (*)(CallContext&, std::span<const Value> arguments);

  std::span<const Parameter> parameters;
  bool is_variadic = false;  // the last parameter may be repeated
  Type (*result)() = nullptr;
  // Gets one argument for each parameter, null for one that was left out; for a variadic one all.
  Implementation call = nullptr;
};

struct Builtin {
  std::string_view name;
  std::span<const Signature> signatures;
};

// All built-in functions, sorted by name; lives as long as the program.
std::span<const Builtin> builtins();
// Null where there is none of that name.
const Builtin* find_builtin(std::string_view name);
// What the function gives; Any where its signatures differ.
Type result_type(const Builtin& builtin);
// Whether some signature takes `count` arguments.
bool accepts(const Builtin& builtin, std::size_t count);

struct NamedArgument {
  std::string_view name;
  Value value;
};

Value call_builtin(CallContext& context, const Builtin& builtin, std::span<const Value> arguments);
Value call_builtin(CallContext& context, const Builtin& builtin,
                   std::span<const NamedArgument> arguments);

// A function value with named arguments; parameters that are not named are null.
Value call_function(CallContext& context, const Function& function,
                    std::span<const NamedArgument> arguments);

// The built-in as a value, such as `sort(list, precedes: f)` takes it.
Value function_value(const Builtin& builtin);

}  // namespace zicht::feel
