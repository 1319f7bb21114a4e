// Built-in functions on numbers.
#include "feel/internal/builtin_tables.h"
#include "feel/operators.h"

namespace zicht::feel::internal {
namespace {

using K = ParameterKind;

Value made(const std::optional<Number>& outcome, std::string_view function) {
  return outcome ? Value::number(*outcome) : outside(function, "number", "what has an outcome");
}

// The scale counts without its fraction: decimal(1/3, 2.5) is 0.33, as the TCK has it.
template <Rounding kRounding>
Value rounded(CallContext&, Values arguments) {
  const std::optional<std::int64_t> scale =
      arguments[1].is_null() ? std::optional<std::int64_t>(0) : whole_of(arguments[1]);
  if (!scale || *scale < Number::kMinScale || *scale > Number::kMaxScale) {
    return outside("rounding", "scale", "-6111..6176");
  }
  return made(round(arguments[0].as_number(), static_cast<int>(*scale), kRounding), "rounding");
}

Value absolute(CallContext&, Values arguments) {
  const Value& n = arguments[0];
  switch (n.kind()) {
    case Kind::kNumber:
      return Value::number(abs(n.as_number()));
    case Kind::kDayDuration:
      return n.as_day_duration().seconds < 0 ? negate(n) : n;
    default:
      return n.as_month_duration().months < 0 ? negate(n) : n;
  }
}

Value modulo_of(CallContext&, Values arguments) {
  const Number divisor = arguments[1].as_number();
  if (divisor.is_zero()) return Value::error("FE-0112");
  return made(modulo(arguments[0].as_number(), divisor), "modulo");
}

Value square_root(CallContext&, Values arguments) {
  return made(sqrt(arguments[0].as_number()), "sqrt");
}

Value logarithm(CallContext&, Values arguments) {
  return made(log(arguments[0].as_number()), "log");
}

Value exponential(CallContext&, Values arguments) {
  return made(exp(arguments[0].as_number()), "exp");
}

// Neither even nor odd: a number with a fraction.
template <bool kIsOdd>
Value parity(CallContext&, Values arguments) {
  const std::optional<Number> rest = modulo(arguments[0].as_number(), Number(2));
  return Value::boolean(rest == Number(kIsOdd ? 1 : 0));
}

// One of 10^18 numbers from 0 to below 1, all equally likely.
Value random_number(CallContext& context, Values) {
  Rng* rng = context.environment().rng;
  if (rng == nullptr) {
    return Value::error("FE-0123", {{"function", "random number"}, {"need", "Rng"}});
  }
  const auto digits = static_cast<std::int64_t>(rng->below(1'000'000'000'000'000'000));
  return Value::number(Number::from_scaled(digits, 18));
}

constexpr Parameter kValueAndScale[] = {{"n", K::kNumber}, {"scale", K::kNumber}};
constexpr Parameter kValueAndPerhapsScale[] = {{"n", K::kNumber},
                                               {"scale", K::kNumber, /*is_optional=*/true}};
constexpr Parameter kNumberParameter[] = {{"number", K::kNumber}};
constexpr Parameter kDivision[] = {{"dividend", K::kNumber}, {"divisor", K::kNumber}};
constexpr Parameter kNumberN[] = {{"n", K::kNumber}};
constexpr Parameter kDayDurationN[] = {{"n", K::kDayDuration}};
constexpr Parameter kMonthDurationN[] = {{"n", K::kMonthDuration}};

constexpr Signature kAbs[] = {{kNumberN, false, Type::number, absolute},
                              {kDayDurationN, false, Type::day_duration, absolute},
                              {kMonthDurationN, false, Type::month_duration, absolute}};
constexpr Signature kCeiling[] = {
    {kValueAndPerhapsScale, false, Type::number, rounded<Rounding::kCeiling>}};
constexpr Signature kDecimal[] = {
    {kValueAndScale, false, Type::number, rounded<Rounding::kHalfEven>}};
constexpr Signature kEven[] = {{kNumberParameter, false, Type::boolean, parity<false>}};
constexpr Signature kExp[] = {{kNumberParameter, false, Type::number, exponential}};
constexpr Signature kFloor[] = {
    {kValueAndPerhapsScale, false, Type::number, rounded<Rounding::kFloor>}};
constexpr Signature kLog[] = {{kNumberParameter, false, Type::number, logarithm}};
constexpr Signature kModulo[] = {{kDivision, false, Type::number, modulo_of}};
constexpr Signature kOdd[] = {{kNumberParameter, false, Type::boolean, parity<true>}};
constexpr Signature kRandom[] = {{{}, false, Type::number, random_number}};
constexpr Signature kRoundDown[] = {
    {kValueAndScale, false, Type::number, rounded<Rounding::kDown>}};
constexpr Signature kRoundHalfDown[] = {
    {kValueAndScale, false, Type::number, rounded<Rounding::kHalfDown>}};
constexpr Signature kRoundHalfUp[] = {
    {kValueAndScale, false, Type::number, rounded<Rounding::kHalfUp>}};
constexpr Signature kRoundUp[] = {{kValueAndScale, false, Type::number, rounded<Rounding::kUp>}};
constexpr Signature kSqrt[] = {{kNumberParameter, false, Type::number, square_root}};

constexpr Builtin kNumberFunctions[] = {{"abs", kAbs},
                                        {"ceiling", kCeiling},
                                        {"decimal", kDecimal},
                                        {"even", kEven},
                                        {"exp", kExp},
                                        {"floor", kFloor},
                                        {"log", kLog},
                                        {"modulo", kModulo},
                                        {"odd", kOdd},
                                        {"random number", kRandom},
                                        {"round down", kRoundDown},
                                        {"round half down", kRoundHalfDown},
                                        {"round half up", kRoundHalfUp},
                                        {"round up", kRoundUp},
                                        {"sqrt", kSqrt}};

}  // namespace

std::span<const Builtin> number_functions() { return kNumberFunctions; }

}  // namespace zicht::feel::internal
