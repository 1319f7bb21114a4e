#include "dmn/inputs.h"

#include <algorithm>

#include "dmn/internal/given.h"
#include "dmn/internal/graph.h"
#include "dmn/internal/types.h"
#include "feel/collections.h"
#include "feel/nested_nulls.h"
#include "feel/scope.h"
#include "feel/value_json.h"

namespace zicht::dmn {
namespace {

using feel::Type;
using feel::Value;
using internal::Node;
using internal::NodeKind;

// What people must give, in their words.
LocalizedText expected_words(const Type& type) {
  switch (type.kind()) {
    case Type::Kind::kBoolean:
      return {"ja of nee (true of false)", "yes or no (true or false)"};
    case Type::Kind::kNumber:
      return {"een getal", "a number"};
    case Type::Kind::kString:
      return {"een tekst", "a text"};
    case Type::Kind::kDate:
      return {"een datum als 2025-01-31", "a date such as 2025-01-31"};
    case Type::Kind::kTime:
      return {"een tijd als 10:00:00", "a time such as 10:00:00"};
    case Type::Kind::kDateTime:
      return {"een datum en tijd als 2025-01-31T10:00:00",
              "a date and time such as 2025-01-31T10:00:00"};
    case Type::Kind::kDayDuration:
      return {"een duur als P14D", "a duration such as P14D"};
    case Type::Kind::kMonthDuration:
      return {"een duur als P1Y2M", "a duration such as P1Y2M"};
    default:
      return {type.to_string(), type.to_string()};
  }
}

std::string allowed_text(const internal::Typed& type) {
  for (const auto* check = type.check.get(); check != nullptr; check = check->base.get()) {
    if (check->value_tests) return std::string(check->value_tests->text());
    if (check->item && check->item->value_tests)
      return std::string(check->item->value_tests->text());
  }
  return type.check ? type.check->name : "";
}

// Members that were left out or are null are missing facts of this name: they are not known, which
// is no other type.
Value with_members(const Value& value, const Type& type, const std::string& name) {
  if (value.is_null()) return Value::missing(name);
  if (value.is(feel::Kind::kList) && type.kind() == Type::Kind::kList) {
    std::vector<Value> items;
    for (const auto& item : value.as_list()) items.push_back(with_members(item, type.item(), name));
    return Value::list(std::move(items));
  }
  if (!value.is(feel::Kind::kContext) || type.kind() != Type::Kind::kContext) return value;
  const feel::Context& context = value.as_context();
  feel::ContextBuilder made;
  for (std::size_t i = 0; i < context.size(); ++i) {
    const std::string& own = context.shape().names()[i];
    const Type* member = type.find_member(own);
    const Value& slot = context.slots()[i];
    made.set(own, member == nullptr ? slot : with_members(slot, *member, name + "." + own));
  }
  for (const auto& member : type.members()) {
    if (context.find(member.name) == nullptr)
      made.set(member.name, with_members(Value(), member.type, name + "." + member.name));
  }
  return made.build();
}

// The inputs that the decision needs in the end, and decisions whose value may stand in.
class InputReader {
 public:
  InputReader(const Engine& engine, const std::string& decision,
              const feel::Environment& environment, feel::Budget& budget)
      : graph_(engine.graph()), environment_(environment), budget_(budget) {
    const auto infos = engine.inputs_of(TargetKind::kDecision, decision);
    for (const auto& info : infos) names_.push_back(info.name);
  }

  void read(const InputValue& given, TypedInputs& made) const {
    const Node* node = find(given.name);
    if (node == nullptr)
      return made.problems.push_back(internal::no_such_input(given.name, names_).at(given.name));
    if (given.value.is_null()) return;
    const Value typed =
        with_members(feel::typed_from_json(given.value, node->type.type, *environment_.zones),
                     node->type.type, given.name);
    if (!feel::conforms(typed, node->type.type) &&
        feel::coerce(typed, node->type.type, given.name).is_null()) {
      return made.problems.push_back(
          internal::other_type(given.name, node->type.type).at(given.name));
    }
    feel::CallContext context(environment_, budget_);
    const bool is_misfit = internal::conform(typed, node->type, given.name, context).is_null();
    if (budget_.is_exhausted()) return;
    if (is_misfit) {
      return made.problems.push_back(
          internal::not_allowed(given.name, allowed_text(node->type)).at(given.name));
    }
    made.inputs.push_back({given.name, typed, {}});
  }

 private:
  const Node* find(const std::string& name) const {
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) return nullptr;
    return graph_.find(NodeKind::kInput, name);
  }

  const internal::Graph& graph_;
  const feel::Environment& environment_;
  feel::Budget& budget_;
  std::vector<std::string> names_{};
};

template <class T>
void add_once(std::vector<T>& known, T one) {
  if (std::find(known.begin(), known.end(), one) == known.end()) known.push_back(std::move(one));
}

void add_causes(std::span<const feel::NullCause> causes, Told& told) {
  for (const auto& cause : causes) {
    if (cause.kind == feel::NullCause::Kind::kMissingFact)
      add_once(told.missing, cause.fact);
    else
      add_once(told.errors, cause.to_error());
  }
}

}  // namespace

namespace internal {

Misfit no_such_input(const std::string& name, const std::vector<std::string>& known) {
  std::string list = feel::nearest_name(name, known);
  if (list.empty()) {
    for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
  }
  return {"DM-0051", {{"input", name}, {"known", list.empty() ? "-" : list}}};
}

Misfit other_type(const std::string& name, const Type& wanted) {
  return {"DM-0052", {{"input", name}, {"expected", expected_words(wanted)}}};
}

Misfit not_allowed(const std::string& name, std::string allowed) {
  return {"DM-0053", {{"input", name}, {"allowed", std::move(allowed)}}};
}

}  // namespace internal

TypedInputs typed_inputs(const Engine& engine, const std::string& decision,
                         const std::vector<InputValue>& given, const feel::Environment& environment,
                         const feel::Limits& limits) {
  TypedInputs made;
  feel::Budget budget(limits);
  const InputReader reader(engine, decision, environment, budget);
  for (const auto& one : given) {
    if (made.problems.size() >= internal::kMostMisfits || budget.is_exhausted()) break;
    reader.read(one, made);
  }
  if (budget.is_exhausted()) made.error = budget.error();
  return made;
}

Told judge_answer(const Answer& answer) {
  Told told;
  if (answer.error) {
    told.errors.push_back(*answer.error);
    return told;
  }
  add_causes(feel::causes_within(answer.value), told);
  add_causes(answer.passed_over, told);
  if (answer.value.is_null() || !told.missing.empty() || !told.errors.empty()) return told;
  told.outcome = answer.value.is_true()    ? Outcome::kYes
                 : answer.value.is_false() ? Outcome::kNo
                                           : Outcome::kValue;
  return told;
}

std::string_view outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kYes:
      return "yes";
    case Outcome::kNo:
      return "no";
    case Outcome::kValue:
      return "value";
    case Outcome::kUnknown:
      return "unknown";
  }
  return "unknown";
}

}  // namespace zicht::dmn
