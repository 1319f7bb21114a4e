#include "feel/function.h"

#include <algorithm>

#include "base/check.h"
#include "feel/internal/builtin_tables.h"
#include "feel/internal/xpath_regex.h"

namespace zicht::feel {

namespace internal {

Value outside(std::string_view function, std::string_view argument, std::string_view domain) {
  return Value::error("FE-0107", {{"function", std::string(function)},
                                  {"argument", std::string(argument)},
                                  {"domain", std::string(domain)}});
}

Value not_a(std::string_view type, std::string_view example) {
  return Value::error("FE-0117", {{"type", std::string(type)}, {"example", std::string(example)}});
}

std::optional<std::int64_t> whole_of(const Value& number) {
  const std::optional<Number> cut = round(number.as_number(), 0, Rounding::kDown);
  return cut ? cut->to_int64() : std::nullopt;
}

}  // namespace internal

namespace {

// The one kind of value that a parameter takes; nothing where it takes several.
std::optional<Kind> only_kind(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::kAny:
    case ParameterKind::kNonNull:
    case ParameterKind::kDateOrTime:
      return std::nullopt;
    case ParameterKind::kNumber:
      return Kind::kNumber;
    case ParameterKind::kString:
      return Kind::kString;
    case ParameterKind::kTime:
      return Kind::kTime;
    case ParameterKind::kDayDuration:
      return Kind::kDayDuration;
    case ParameterKind::kMonthDuration:
      return Kind::kMonthDuration;
    case ParameterKind::kList:
      return Kind::kList;
    case ParameterKind::kContext:
      return Kind::kContext;
    case ParameterKind::kRange:
      return Kind::kRange;
    case ParameterKind::kFunction:
      return Kind::kFunction;
  }
  return std::nullopt;
}

std::string_view name_of(ParameterKind kind) {
  if (const std::optional<Kind> only = only_kind(kind)) return kind_name(*only);
  return kind == ParameterKind::kDateOrTime ? "date or date and time" : "Any";
}

bool fits(const Value& value, ParameterKind kind) {
  if (const std::optional<Kind> only = only_kind(kind)) return value.is(*only);
  if (kind == ParameterKind::kDateOrTime) return value.is(Kind::kDate) || value.is(Kind::kDateTime);
  return kind == ParameterKind::kAny || !value.is_null();
}

// The value as the parameter wants it, by the coercions of DMN 1.5, 10.3.2.9.4; else nothing.
std::optional<Value> coerced(const Value& value, ParameterKind kind) {
  if (fits(value, kind)) return value;
  if (value.is_null()) return std::nullopt;
  if (kind == ParameterKind::kList) return Value::list({value});
  if (value.is(Kind::kList) && value.as_list().size() == 1 && fits(value.as_list().front(), kind)) {
    return value.as_list().front();
  }
  return std::nullopt;
}

std::size_t required_count(const Signature& signature) {
  const auto is_required = [](const Parameter& p) { return !p.is_optional; };
  return static_cast<std::size_t>(
      std::count_if(signature.parameters.begin(), signature.parameters.end(), is_required));
}

bool takes(const Signature& signature, std::size_t count) {
  return count >= required_count(signature) &&
         (signature.is_variadic || count <= signature.parameters.size());
}

const Parameter& parameter_at(const Signature& signature, std::size_t index) {
  return signature.parameters[std::min(index, signature.parameters.size() - 1)];
}

// An argument that does not fit: which one, for the error.
struct Misfit {
  const Parameter* parameter = nullptr;
  Value value{};
};

// The arguments as the signature wants them; nothing, and the misfit, where they do not fit.
std::optional<std::vector<Value>> prepared(const Signature& signature,
                                           std::span<const Value> arguments, bool may_coerce,
                                           Misfit& misfit) {
  std::vector<Value> ready;
  ready.reserve(std::max(arguments.size(), signature.parameters.size()));
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Parameter& parameter = parameter_at(signature, i);
    const bool fits_as_it_is =
        (arguments[i].is_null() && parameter.is_nullable) || fits(arguments[i], parameter.kind);
    std::optional<Value> value;
    if (fits_as_it_is) {
      value = arguments[i];
    } else if (may_coerce) {
      value = coerced(arguments[i], parameter.kind);
    }
    if (!value) {
      misfit = {&parameter, arguments[i]};
      return std::nullopt;
    }
    ready.push_back(*std::move(value));
  }
  ready.resize(std::max(ready.size(), signature.parameters.size()));
  return ready;
}

std::string names_of(const Signature& signature) {
  std::string text = "(";
  for (const Parameter& parameter : signature.parameters) {
    if (text.size() > 1) text += ", ";
    text += parameter.name;
    if (parameter.is_optional) text += '?';
  }
  return text + (signature.is_variadic ? ", ...)" : ")");
}

std::string known_parameters(const Builtin& builtin) {
  std::string text;
  for (const Signature& signature : builtin.signatures) {
    if (!text.empty()) text += " | ";
    text += names_of(signature);
  }
  return text;
}

Value no_signature(const Builtin& builtin, const std::string& arguments) {
  return Value::error("FE-0104", {{"function", std::string(builtin.name)},
                                  {"arguments", arguments},
                                  {"known", known_parameters(builtin)}});
}

Value no_fit(const Builtin& builtin, const Misfit& misfit) {
  if (misfit.value.null_reason()) return misfit.value;
  return Value::error("FE-0105", {{"what", std::string(builtin.name) + "(" +
                                               std::string(misfit.parameter->name) + ")"},
                                  {"actual", std::string(kind_name(misfit.value.kind()))},
                                  {"expected", std::string(name_of(misfit.parameter->kind))}});
}

// About what a walk over the arguments costs; functions that do more spend the rest themselves.
std::uint64_t steps_for(std::span<const Value> arguments) {
  constexpr std::uint64_t kBytesPerStep = 64;
  std::uint64_t steps = 1 + arguments.size();
  for (const Value& argument : arguments) steps += argument.byte_size() / kBytesPerStep;
  return steps;
}

Value invoked(CallContext& context, const Signature& signature, std::span<const Value> arguments) {
  Budget& budget = context.budget();
  if (!budget.spend(steps_for(arguments))) return budget.exhausted_value();
  Value outcome = signature.call(context, arguments);
  if (!budget.spend_bytes(outcome.byte_size())) return budget.exhausted_value();
  return outcome;
}

// A single null is no list of one null: count(null) is null.
bool is_lone_null(const Signature& signature, std::span<const Value> arguments) {
  return signature.is_variadic && signature.parameters.front().kind == ParameterKind::kAny &&
         arguments.size() == 1 && arguments.front().is_null();
}

// The built-in as a value.
class BuiltinFunction final : public Function {
 public:
  explicit BuiltinFunction(const Builtin& builtin) : builtin_(&builtin) {}

  std::span<const std::string> parameter_names() const override { return {}; }
  std::string_view name() const override { return builtin_->name; }
  bool accepts(std::size_t count) const override { return feel::accepts(*builtin_, count); }
  const Builtin& builtin() const { return *builtin_; }

  Type type() const override {
    std::vector<Type> parameters;
    for (const Parameter& parameter : builtin_->signatures.front().parameters) {
      if (parameter.is_optional) continue;
      const std::optional<Type> named = Type::find_named(name_of(parameter.kind));
      parameters.push_back(named.value_or(Type::any()));
    }
    return Type::function_of(std::move(parameters), result_type(*builtin_));
  }

  Value invoke(CallContext& context, std::span<const Value> arguments) const override {
    return call_builtin(context, *builtin_, arguments);
  }

 private:
  const Builtin* builtin_;
};

std::vector<Builtin> sorted_builtins() {
  std::vector<Builtin> all;
  for (const std::span<const Builtin> table :
       {internal::context_functions(), internal::conversion_functions(), internal::list_functions(),
        internal::number_functions(), internal::range_functions(), internal::regex_functions(),
        internal::statistic_functions(), internal::string_functions(),
        internal::temporal_functions()}) {
    all.insert(all.end(), table.begin(), table.end());
  }
  std::sort(all.begin(), all.end(),
            [](const Builtin& a, const Builtin& b) { return a.name < b.name; });
  return all;
}

std::optional<std::size_t> index_of(const Signature& signature, std::string_view name) {
  for (std::size_t i = 0; i < signature.parameters.size(); ++i) {
    if (signature.parameters[i].name == name) return i;
  }
  return std::nullopt;
}

// The arguments in the order of the parameters; nothing where a name is unknown, stands twice, or a
// parameter that is required is not named. What is left out between others is null.
std::optional<std::vector<Value>> positioned(const Signature& signature,
                                             std::span<const NamedArgument> arguments) {
  std::vector<Value> values(signature.parameters.size());
  std::vector<bool> is_given(signature.parameters.size());
  for (const NamedArgument& argument : arguments) {
    const std::optional<std::size_t> index = index_of(signature, argument.name);
    if (!index || is_given[*index]) return std::nullopt;
    is_given[*index] = true;
    values[*index] = argument.value;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_given[i] && !signature.parameters[i].is_optional) return std::nullopt;
  }
  while (!is_given.empty() && !is_given.back()) {
    is_given.pop_back();
    values.pop_back();
  }
  return values;
}

std::string names_of(std::span<const NamedArgument> arguments) {
  std::string text;
  for (const NamedArgument& argument : arguments) {
    if (!text.empty()) text += ", ";
    text += argument.name;
  }
  return text;
}

Value no_call(const Function& function, const std::string& arguments) {
  std::string known;
  for (const std::string& name : function.parameter_names()) {
    known += (known.empty() ? "" : ", ") + name;
  }
  return Value::error("FE-0104", {{"function", std::string(function.name())},
                                  {"arguments", arguments},
                                  {"known", "(" + known + ")"}});
}

// The first of `signatures` that the arguments fit, as they are or else coerced, is called.
Value resolved(CallContext& context, const Builtin& builtin, std::span<const Value> arguments) {
  Misfit misfit;
  for (const bool may_coerce : {false, true}) {
    for (const Signature& signature : builtin.signatures) {
      if (!takes(signature, arguments.size()) || is_lone_null(signature, arguments)) continue;
      const auto ready = prepared(signature, arguments, may_coerce, misfit);
      if (ready) return invoked(context, signature, *ready);
    }
  }
  if (misfit.parameter != nullptr) return no_fit(builtin, misfit);
  return no_signature(builtin, std::to_string(arguments.size()));
}

}  // namespace

CallContext::CallContext(const Environment& environment, Budget& budget)
    : environment_(&environment), budget_(&budget) {
  ZICHT_CHECK(environment.zones != nullptr, "an environment has time zones");
}

void CallContext::pass_over(const Value& value) {
  if (const auto reason = value.null_reason()) add_passed_over(reason->causes());
}

void CallContext::add_passed_over(std::span<const NullCause> causes) {
  const auto is_error = [](const NullCause& c) { return c.kind == NullCause::Kind::kError; };
  for (const NullCause& cause : causes) {
    // What is missing is never lost among errors.
    auto in_its_place = passed_over_.rend();
    if (passed_over_.size() == kMaxPassedOver) {
      if (is_error(cause)) continue;
      in_its_place = std::find_if(passed_over_.rbegin(), passed_over_.rend(), is_error);
      if (in_its_place == passed_over_.rend()) continue;
    }
    const auto is_same = [&](const NullCause& known) { return known.is_same(cause); };
    if (std::any_of(passed_over_.begin(), passed_over_.end(), is_same)) continue;
    if (in_its_place != passed_over_.rend()) {
      passed_over_.erase(std::next(in_its_place).base());
    }
    passed_over_.push_back(cause);
  }
}

internal::RegexCache& CallContext::regexes() {
  if (!regexes_) regexes_ = std::make_shared<internal::RegexCache>();
  return *regexes_;
}

Value CallContext::call(const Value& function, std::span<const Value> arguments) {
  if (!function.is(Kind::kFunction)) {
    if (function.null_reason()) return function;
    return Value::error("FE-0106", {{"actual", std::string(kind_name(function.kind()))}});
  }
  const Function& callee = function.as_function();
  if (!callee.accepts(arguments.size())) {
    return no_call(callee, std::to_string(arguments.size()));
  }
  const bool may_go_on = budget_->enter() && budget_->spend(1);
  Value outcome = may_go_on ? callee.invoke(*this, arguments) : budget_->exhausted_value();
  budget_->leave();
  return outcome;
}

std::span<const Builtin> builtins() {
  static const std::vector<Builtin> kAll = sorted_builtins();
  return kAll;
}

const Builtin* find_builtin(std::string_view name) {
  const std::span<const Builtin> all = builtins();
  const auto found =
      std::lower_bound(all.begin(), all.end(), name,
                       [](const Builtin& b, std::string_view n) { return b.name < n; });
  return found != all.end() && found->name == name ? &*found : nullptr;
}

Type result_type(const Builtin& builtin) {
  const Type first = builtin.signatures.front().result();
  const bool all_same = std::all_of(builtin.signatures.begin(), builtin.signatures.end(),
                                    [&](const Signature& s) { return s.result() == first; });
  return all_same ? first : Type::any();
}

bool accepts(const Builtin& builtin, std::size_t count) {
  return std::any_of(builtin.signatures.begin(), builtin.signatures.end(),
                     [&](const Signature& s) { return takes(s, count); });
}

Value call_builtin(CallContext& context, const Builtin& builtin, std::span<const Value> arguments) {
  return resolved(context, builtin, arguments);
}

Value call_builtin(CallContext& context, const Builtin& builtin,
                   std::span<const NamedArgument> arguments) {
  Misfit misfit;
  for (const bool may_coerce : {false, true}) {
    for (const Signature& signature : builtin.signatures) {
      const std::optional<std::vector<Value>> values = positioned(signature, arguments);
      if (!values) continue;
      const auto ready = prepared(signature, *values, may_coerce, misfit);
      if (ready) return invoked(context, signature, *ready);
    }
  }
  if (misfit.parameter != nullptr) return no_fit(builtin, misfit);
  return no_signature(builtin, names_of(arguments));
}

Value call_function(CallContext& context, const Function& function,
                    std::span<const NamedArgument> arguments) {
  if (const auto* builtin = dynamic_cast<const BuiltinFunction*>(&function)) {
    return call_builtin(context, builtin->builtin(), arguments);
  }
  const std::span<const std::string> names = function.parameter_names();
  std::vector<Value> values(names.size());
  for (const NamedArgument& argument : arguments) {
    const auto found = std::find(names.begin(), names.end(), argument.name);
    if (found == names.end()) {
      return no_call(function, names_of(arguments));
    }
    values[static_cast<std::size_t>(found - names.begin())] = argument.value;
  }
  return context.call(Value::function(Ref<const Function>(&function)), values);
}

Value function_value(const Builtin& builtin) {
  return Value::function(make_ref<const BuiltinFunction>(builtin));
}

}  // namespace zicht::feel
