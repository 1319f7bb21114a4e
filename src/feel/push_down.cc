// Conditions of a filter: what is joined, listed, looped over and called.
#include <unicode/unistr.h>

#include <algorithm>

#include "feel/internal/push_down.h"
#include "feel/parser.h"

namespace zicht::feel {
namespace internal {
namespace {

constexpr std::size_t kShownBytes = 60;
// Also somebody who is not signed in may ask it, and a text of 2,000 bytes has no use for more.
constexpr Limits kLimits = {.steps = 100'000, .bytes = std::uint64_t{1} << 20};
// So many steps a part costs for each loop around it, as for a list of so many items.
constexpr std::uint64_t kItemsOfLoop = 20;

const LocalizedText kUseComparisons = {
    "Vergelijk een veld met een vaste waarde of met een ander veld.",
    "Compare a field with a fixed value or with another field."};

LocalizedText instead_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::kIf:
      return {"Schrijf (voorwaarde and a) or (not(voorwaarde) and b).",
              "Write (condition and a) or (not(condition) and b)."};
    case NodeKind::kFor:
    case NodeKind::kFilter:
      return {"Schrijf some x in veld satisfies ..., of list contains(veld, waarde).",
              "Write some x in field satisfies ..., or list contains(field, value)."};
    case NodeKind::kCall:
      return {"Gebruik alleen not, list contains, starts with, contains, string length, count en "
              "today; hoofdletters tellen mee.",
              "Use only not, list contains, starts with, contains, string length, count and "
              "today; upper and lower case differ."};
    case NodeKind::kRange:
      return {"Schrijf veld >= begin and veld <= einde.", "Write field >= start and field <= end."};
    case NodeKind::kNamed:
      return {"Geef de argumenten op volgorde, zonder hun naam.",
              "Give the arguments in order, without their names."};
    case NodeKind::kBinary:
    case NodeKind::kNegate:
      return {"Reken met + - * en getallen, of tel een duur bij een datum op; zet de rest aan de "
              "andere kant van de vergelijking.",
              "Compute with + - * and numbers, or add a duration to a date; put the rest on the "
              "other side of the comparison."};
    default:
      return kUseComparisons;
  }
}

Operator operator_of(Range::Form form) {
  switch (form) {
    case Range::Form::kLess:
      return Operator::kLess;
    case Range::Form::kLessEqual:
      return Operator::kLessOrEqual;
    case Range::Form::kGreater:
      return Operator::kGreater;
    case Range::Form::kGreaterEqual:
      return Operator::kGreaterOrEqual;
    case Range::Form::kNotEqual:
      return Operator::kNotEqual;
    default:
      return Operator::kEqual;
  }
}

// The first text after all that start with this one, in the order of code points; nothing where
// there is none.
std::optional<std::string> after_all_with(std::string text) {
  constexpr UChar32 kLast = 0x10FFFF, kBeforeHalves = 0xD7FF, kAfterHalves = 0xE000;
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    const UChar32 last = icu::UnicodeString::fromUTF8(text.substr(at)).char32At(0);
    text.resize(at);
    if (last == kLast) continue;
    icu::UnicodeString(last == kBeforeHalves ? kAfterHalves : last + 1).toUTF8String(text);
    return text;
  }
  return std::nullopt;
}

// How many sums and products.
std::size_t sums_in(const RowTerm& term) {
  std::size_t count = 0;
  for (const RowTerm& part : term.parts) count += sums_in(part);
  const bool is_sum = term.kind == RowTerm::Kind::kAdd || term.kind == RowTerm::Kind::kMultiply;
  return is_sum ? count + 1 : count;
}

std::size_t sums_in(const Predicate& predicate) {
  std::size_t count = sums_in(predicate.left) + sums_in(predicate.right);
  for (const Predicate& part : predicate.parts) count += sums_in(part);
  return count;
}

void flatten(const Side& side, std::vector<Side>& values) {
  if (!side.constant->is(Kind::kList)) return values.push_back(side);
  for (const Value& item : side.constant->as_list()) {
    flatten({nullptr, item, side.is_of_day}, values);
  }
}

}  // namespace

Predicate truth_of(std::optional<bool> truth) {
  return {.kind = Predicate::Kind::kTruth, .truth = truth};
}

Predicate all_of(std::vector<Predicate> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  return {.kind = Predicate::Kind::kAnd, .parts = std::move(parts)};
}

Predicate any_of(std::vector<Predicate> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  if (parts.empty()) return {};
  return {.kind = Predicate::Kind::kOr, .parts = std::move(parts)};
}

Predicate negated(Predicate predicate) {
  if (predicate.kind == Predicate::Kind::kNot) {
    Predicate inner = std::move(predicate.parts.front());
    return inner;
  }
  Predicate made{.kind = Predicate::Kind::kNot};
  made.parts.push_back(std::move(predicate));
  return made;
}

PushDown::PushDown(std::string_view text, const std::vector<RowField>& fields,
                   const Environment& environment)
    : text_(text), fields_(fields), environment_(environment),
      budget_(kLimits) {}

Pushed PushDown::run() {
  if (text_.size() > kMaxFilterBytes) {
    pushed_.findings.push_back({"FE-0004", {}, Severity::kError,
                                {{"limit", std::to_string(kMaxFilterBytes)}}});
    return std::move(pushed_);
  }
  Scope scope;
  for (const RowField& field : fields_) scope.add(field.name, field.type);
  Parsed parsed = parse_expression(text_, scope);
  pushed_.findings = std::move(parsed.findings);
  if (has_errors(pushed_.findings)) return std::move(pushed_);
  Condition made = condition(*parsed.root);
  if (made && depth_of(*made) > kMaxFilterDepth) {
    pushed_.findings.push_back({"FE-0058", {}, Severity::kError,
                                {{"limit", std::to_string(kMaxFilterDepth)},
                                 {"loop", std::to_string(kDepthOfLoop)}}});
  }
  if (made && !has_errors(pushed_.findings)) pushed_.predicate = std::move(made);
  return std::move(pushed_);
}

std::string PushDown::part(const Node& node) const {
  std::string_view shown = text_.substr(node.span.begin, node.span.end - node.span.begin);
  if (shown.size() <= kShownBytes) return std::string(shown);
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0U) == 0x80U) --end;
  return std::string(shown.substr(0, end)) + "...";
}

std::nullopt_t PushDown::report(std::string_view id, const Node& at, Arguments arguments) {
  // What came of a value that was not paid for says nothing about the text.
  if (budget_.is_exhausted()) return std::nullopt;
  arguments.emplace_back("part", part(at));
  pushed_.findings.push_back({std::string(id), at.span, Severity::kError, std::move(arguments)});
  return std::nullopt;
}

void PushDown::report_exhausted(Span span) {
  const Value told = budget_.exhausted_value();
  const NullCause& cause = told.null_reason()->causes().front();
  pushed_.findings.push_back({cause.id, span, Severity::kError, cause.arguments});
}

std::nullopt_t PushDown::refuse(const Node& node, LocalizedText instead) {
  return report("FE-0050", node, {{"instead", std::move(instead)}});
}

std::nullopt_t PushDown::refuse(const Node& node) { return refuse(node, instead_of(node)); }

PushDown::Condition PushDown::counted_part(Predicate predicate) {
  if (budget_.is_exhausted()) return std::nullopt;
  std::uint64_t steps = 1 + sums_in(predicate);
  parts_ += steps;
  for (std::size_t loops = variables_.size(); loops > 0; --loops) steps *= kItemsOfLoop;
  if (!budget_.spend(steps)) {
    report_exhausted({});
    return std::nullopt;
  }
  if (parts_ <= kMaxFilterParts) return predicate;
  const auto is_told = [](const Finding& each) { return each.id == "FE-0055"; };
  if (std::none_of(pushed_.findings.begin(), pushed_.findings.end(), is_told)) {
    pushed_.findings.push_back({"FE-0055", {}, Severity::kError,
                                {{"limit", std::to_string(kMaxFilterParts)}}});
  }
  return std::nullopt;
}

PushDown::Condition PushDown::condition(const Node& node) {
  if (is_constant(node)) return truth(node);
  switch (node.kind) {
    case NodeKind::kBinary:
      return binary(node);
    case NodeKind::kBetween: {
      const Side value = side(*node.children[0]);
      const auto from =
          comparison(node, Operator::kGreaterOrEqual, value, side(*node.children[1]));
      const auto to = comparison(node, Operator::kLessOrEqual, value, side(*node.children[2]));
      if (!from || !to) return std::nullopt;
      return all_of({*from, *to});
    }
    case NodeKind::kIn:
      return in(node);
    case NodeKind::kSome:
    case NodeKind::kEvery: {
      const bool is_every = node.kind == NodeKind::kEvery;
      const auto depth = variables_.size();
      Condition made = loop(node, 0, is_every);
      variables_.resize(depth);
      return made && is_every ? negated(std::move(*made)) : made;
    }
    case NodeKind::kCall:
      return call(node);
    case NodeKind::kName:
    case NodeKind::kPath:
      if (node.type.kind() == Type::Kind::kBoolean) {
        return comparison(node, Operator::kEqual, side(node), {nullptr, Value::boolean(true)});
      }
      // A field of another type; what is no field at all cannot be pushed down anyway.
      return column(node) ? report("FE-0051", node) : std::nullopt;
    case NodeKind::kIf:
    case NodeKind::kFilter:
    case NodeKind::kFor:
    case NodeKind::kInstanceOf:
      return refuse(node);
    default:
      return report("FE-0051", node);
  }
}

PushDown::Condition PushDown::truth(const Node& node) {
  const Side value = side(node);
  if (is_null_today(value)) return counted_part(truth_of(std::nullopt));
  if (!value.constant->is(Kind::kBoolean)) return report("FE-0051", node);
  return counted_part(truth_of(value.constant->as_boolean()));
}

PushDown::Condition PushDown::binary(const Node& node) {
  if (node.op == Operator::kAnd || node.op == Operator::kOr) {
    std::vector<Predicate> parts;
    if (!gather(node, node.op, parts)) return std::nullopt;
    return node.op == Operator::kAnd ? all_of(std::move(parts)) : any_of(std::move(parts));
  }
  if (node.op < Operator::kEqual) return report("FE-0051", node);
  return comparison(node, node.op, side(*node.children[0]), side(*node.children[1]));
}

// Parts of `a and b and c`, one beside the other; all are looked at, so that all are reported.
bool PushDown::gather(const Node& node, Operator op, std::vector<Predicate>& parts) {
  bool is_good = true;
  for (const NodePtr& child : node.children) {
    if (child->kind == NodeKind::kBinary && child->op == op && !is_constant(*child)) {
      is_good = gather(*child, op, parts) && is_good;
      continue;
    }
    Condition made = condition(*child);
    is_good = is_good && made;
    if (made) parts.push_back(std::move(*made));
  }
  return is_good;
}

PushDown::Condition PushDown::in(const Node& node) {
  const Side tested = side(*node.children[0]);
  std::vector<Predicate> parts;
  std::vector<Side> values;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    if (!add_test(node, tested, *node.children[i], values, parts)) return std::nullopt;
  }
  std::vector<Side> scalars;
  for (const Side& value : values) {
    const bool is_range = value.constant->is(Kind::kRange);
    if (!is_range && !value.constant->is_null()) {
      scalars.push_back(value);
      continue;
    }
    Condition made = is_range ? in_range(node, tested, value)
                              : comparison(node, Operator::kEqual, tested, value);
    if (!made) return std::nullopt;
    parts.push_back(std::move(*made));
  }
  if (!scalars.empty()) {
    Condition made = one_of(node, tested, scalars);
    if (!made) return std::nullopt;
    parts.push_back(std::move(*made));
  }
  return any_of(std::move(parts));
}

bool PushDown::add_test(const Node& node, const Side& tested, const Node& test,
                        std::vector<Side>& values, std::vector<Predicate>& parts) {
  Condition made;
  if (test.kind == NodeKind::kUnaryRange) {
    made = comparison(test, test.op, tested, side(*test.children[0]));
  } else if (is_constant(test)) {
    flatten(side(test), values);
    return true;
  } else if (const RowField* list = list_field(test)) {
    made = some_item_equals(node, *list, tested);
  } else if (test.kind == NodeKind::kRange || test.kind == NodeKind::kList) {
    refuse(test, test.kind == NodeKind::kRange
                     ? instead_of(test)
                     : LocalizedText{"Zet de waarden tussen ronde haken: x in (a, b).",
                                     "Put the values in round brackets: x in (a, b)."});
  } else {
    made = comparison(node, Operator::kEqual, tested, side(test));
  }
  if (made) parts.push_back(std::move(*made));
  return made.has_value();
}

PushDown::Condition PushDown::in_range(const Node& node, const Side& tested, const Side& test) {
  const Range& range = test.constant->as_range();
  if (range.form() != Range::Form::kInterval) {
    return comparison(node, operator_of(range.form()), tested,
                      {nullptr, range.end(), test.is_of_day});
  }
  std::vector<Predicate> parts;
  const auto add = [&](const Value& end, Operator op) {
    if (end.is_null()) return true;
    Condition made = comparison(node, op, tested, {nullptr, end, test.is_of_day});
    if (made) parts.push_back(std::move(*made));
    return made.has_value();
  };
  const bool is_good =
      add(range.start(), range.start_included() ? Operator::kGreaterOrEqual : Operator::kGreater) &&
      add(range.end(), range.end_included() ? Operator::kLessOrEqual : Operator::kLess);
  if (!is_good || parts.empty()) return is_good ? report("FE-0054", node) : std::nullopt;
  return all_of(std::move(parts));
}

// Constants of the kind of what is tested. What no row can be equal to is left out.
PushDown::Condition PushDown::one_of(const Node& node, const Side& tested,
                                     const std::vector<Side>& values) {
  std::vector<Predicate> parts;
  for (const Side& value : values) {
    Condition made = comparison(node, Operator::kEqual, tested, value);
    if (!made) return std::nullopt;
    parts.push_back(std::move(*made));
  }
  const auto is_equal = [&parts](const Predicate& each) {
    return each.kind == Predicate::Kind::kCompare && each.op == Operator::kEqual &&
           each.left == parts.front().left && each.right.kind == RowTerm::Kind::kConstant;
  };
  if (parts.size() < 2 || !std::all_of(parts.begin(), parts.end(), is_equal)) {
    return any_of(std::move(parts));
  }
  Predicate made{.kind = Predicate::Kind::kOneOf, .left = parts.front().left};
  for (Predicate& each : parts) made.constants.push_back(std::move(each.right));
  return made;
}

// Variables may loop over the same or other lists; of an `every` the body is negated.
PushDown::Condition PushDown::loop(const Node& node, std::size_t iterator, bool is_every) {
  if (iterator + 1 == node.children.size()) {
    Condition body = condition(*node.children.back());
    return body && is_every ? negated(std::move(*body)) : body;
  }
  const Node& over = *node.children[iterator];
  const RowField* field = over.flag ? nullptr : list_field(*over.children[0]);
  if (field == nullptr) {
    return refuse(over, {"Laat some en every lopen over een veld met many: true.",
                         "Let some and every go through a field with many: true."});
  }
  if (variables_.size() >= kMaxFilterLoops) {
    return refuse(over, {"Zet hoogstens drie keer some of every in elkaar.",
                         "Put some and every within each other three times at most."});
  }
  variables_.push_back({over.text, field, variables_.size()});
  Condition body = loop(node, iterator + 1, is_every);
  if (!body) return std::nullopt;
  Predicate made{.kind = Predicate::Kind::kSome, .field = field->name};
  made.parts.push_back(std::move(*body));
  return made;
}

PushDown::Condition PushDown::some_item_equals(const Node& node, const RowField& field,
                                               const Side& wanted) {
  if (variables_.size() >= kMaxFilterLoops) {
    return refuse(node, {"Zet hoogstens drie keer some of every in elkaar.",
                         "Put some and every within each other three times at most."});
  }
  // A name that no text can write stands for the item.
  Node item;
  item.kind = NodeKind::kName;
  item.text = "\x01item";
  item.span = node.span;
  item.type = field.type.item();
  variables_.push_back({item.text, &field, variables_.size()});
  Condition body = comparison(node, Operator::kEqual, {&item, {}}, wanted);
  variables_.pop_back();
  if (!body) return std::nullopt;
  Predicate made{.kind = Predicate::Kind::kSome, .field = field.name};
  made.parts.push_back(std::move(*body));
  return made;
}

PushDown::Condition PushDown::call(const Node& node) {
  const Node& callee = *node.children[0];
  if (callee.kind != NodeKind::kName || !callee.flag) return refuse(node);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    if (node.children[i]->kind == NodeKind::kNamed) return refuse(*node.children[i]);
  }
  const std::size_t count = node.children.size() - 1;
  if (callee.text == "not" && count == 1) {
    Condition inner = condition(*node.children[1]);
    if (!inner) return std::nullopt;
    return negated(std::move(*inner));
  }
  if (count != 2) return refuse(node);
  if (callee.text == "starts with") return contains(node, true);
  if (callee.text == "contains") return contains(node, false);
  if (callee.text != "list contains") return refuse(node);
  const Side wanted = side(*node.children[2]);
  if (is_constant(*node.children[1])) {
    return in_constant_list(node, side(*node.children[1]), wanted);
  }
  const RowField* list = list_field(*node.children[1]);
  if (list == nullptr) return refuse(node);
  if (wanted.node->kind == NodeKind::kNull) return refuse(node);
  return some_item_equals(node, *list, wanted);
}

PushDown::Condition PushDown::in_constant_list(const Node& node, const Side& list,
                                               const Side& wanted) {
  if (is_null_today(list)) return never_known(node, wanted, list);
  if (!list.constant->is(Kind::kList)) return refuse(node);
  std::vector<Side> values;
  for (const Value& item : list.constant->as_list()) {
    values.push_back({nullptr, item, list.is_of_day});
    const bool is_scalar = !item.is(Kind::kList) && !item.is(Kind::kRange) &&
                           (!item.is_null() || list.is_of_day);
    if (!is_scalar) return refuse(node);
  }
  return one_of(node, wanted, values);
}

PushDown::Condition PushDown::contains(const Node& node, bool at_start) {
  const Side within = side(*node.children[1]);
  const Side wanted = side(*node.children[2]);
  const auto left = text(node, within);
  if (!left) return std::nullopt;
  if (within.constant || !wanted.constant) {
    return refuse(node, {"Geef als eerste een veld en als tweede een vaste tekst.",
                         "Give a field first, and then a fixed text."});
  }
  if (is_null_today(wanted)) return counted_part(truth_of(std::nullopt));
  const auto right = text(node, wanted);
  if (!right) return std::nullopt;
  const auto& words = std::get<std::string>(right->constant);
  if (!at_start && !words.empty()) {
    return counted_part({.kind = Predicate::Kind::kContains, .left = *left, .right = *right});
  }
  std::vector<Predicate> parts{compare_terms(*left, Operator::kGreaterOrEqual, *right)};
  if (const auto end = after_all_with(words)) {
    parts.push_back(compare_terms(*left, Operator::kLess, constant_term(*end)));
  }
  return counted_part(all_of(std::move(parts)));
}

}  // namespace internal

Pushed push_down(std::string_view text, const std::vector<RowField>& fields,
                 const Environment& environment) {
  return internal::PushDown(text, fields, environment).run();
}

}  // namespace zicht::feel
