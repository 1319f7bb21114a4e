#include "dmn/internal/interview_parts.h"

#include <algorithm>

#include "base/text.h"
#include "feel/parser.h"

namespace zicht::dmn::internal {

using feel::Operator;
using feel::Value;
using Tree = feel::Node;
using Word = feel::NodeKind;

namespace {

std::string_view slice(const Tree& tree, std::string_view text) {
  return text.substr(tree.span.begin, tree.span.end - tree.span.begin);
}

const feel::Expression* expression_of(const Code& code) {
  if (const auto* leaf = dynamic_cast<const Leaf*>(&code)) return &leaf->expression();
  if (const auto* name = dynamic_cast<const NameCode*>(&code)) return &name->leaf().expression();
  return nullptr;
}

void sort_out(std::vector<Unknown>& variables) {
  std::sort(variables.begin(), variables.end());
  variables.erase(std::unique(variables.begin(), variables.end()), variables.end());
}

void add_all(std::vector<Unknown>& to, std::span<const Unknown> from) {
  to.insert(to.end(), from.begin(), from.end());
}

bool is_comparison(Operator op) {
  return op >= Operator::kEqual && op <= Operator::kGreaterOrEqual;
}

// The name and the members of `a.b.c`; nothing for another tree.
std::optional<std::pair<std::string, std::vector<std::string>>> path_of(const Tree& tree) {
  std::vector<std::string> members;
  const Tree* at = &tree;
  for (; at->kind == Word::kPath; at = at->children[0].get()) members.push_back(at->text);
  if (at->kind != Word::kName) return std::nullopt;
  std::reverse(members.begin(), members.end());
  return std::pair(at->text, std::move(members));
}

bool is_not(const Tree& tree) {
  return tree.kind == Word::kCall && tree.children.size() == 2 &&
         tree.children[0]->kind == Word::kName && tree.children[0]->text == "not" &&
         tree.children[1]->kind != Word::kNamed;
}

// Names, constants, arithmetic, comparisons and what joins them give null for null, openly.
bool can_pass_over(const Tree& tree) {
  switch (tree.kind) {
    case Word::kIf:
    case Word::kFor:
    case Word::kSome:
    case Word::kEvery:
    case Word::kFilter:
    case Word::kFunction:
    case Word::kInstanceOf:
      return true;
    case Word::kCall:
      if (!is_not(tree)) return true;
      break;
    default:
      break;
  }
  return std::any_of(tree.children.begin(), tree.children.end(),
                     [](const auto& child) { return child && can_pass_over(*child); });
}

}  // namespace

PartMaker::PartMaker(const InterviewPlan& plan, const Node& node, CellFinder& cells)
    : plan_(plan), node_(node), cells_(cells) {
  for (const auto& slot : node.slots) scope_.add(slot.name, type_of(*plan.graph, slot));
}

Part PartMaker::make() {
  Part part = of_code(*node_.code);
  if (part.same_as) cells_.same(plan_.graph->index_of(node_), *part.same_as);
  return part;
}

Part PartMaker::of_code(const Code& code) {
  if (const auto* conform = dynamic_cast<const ConformCode*>(&code)) {
    Part part = of_code(conform->code());
    part.conforms.push_back(conform);
    return part;
  }
  if (const auto* table = dynamic_cast<const TableCode*>(&code)) return of_table(*table);
  if (const auto* one = dynamic_cast<const ConditionalCode*>(&code)) return of_conditional(*one);
  if (const auto* expression = expression_of(code)) return of_text(code, *expression);
  Part part;
  part.code = &code;
  part.uses = used_by(code);
  cells_.look(part.uses);
  return part;
}

Part PartMaker::of_conditional(const ConditionalCode& code) {
  Part part;
  part.kind = Part::Kind::kIf;
  part.code = &code;
  for (const Code* one : {&code.condition(), &code.then_value(), &code.else_value()}) {
    part.parts.push_back(of_code(*one));
    add_all(part.uses, part.parts.back().uses);
    if (part.parts.back().same_as) cells_.look(part.parts.back().uses);
  }
  sort_out(part.uses);
  return part;
}

Part PartMaker::of_table(const TableCode& table) {
  Part part;
  part.kind = Part::Kind::kTable;
  part.code = &table;
  part.table = &table;
  const auto& parts = table.parts();
  part.general.resize(parts.inputs.size());
  for (std::size_t c = 0; c < parts.inputs.size(); ++c) {
    part.parts.push_back(of_code(*parts.inputs[c].value));
    add_all(part.uses, part.parts.back().uses);
    of_column(table, c, part);
  }
  std::vector<Unknown> looked;
  part.can_pass_over = false;
  for (const auto& output : parts.outputs) {
    if (output.default_value) {
      add_all(looked, used_by(*output.default_value));
      part.can_pass_over = part.can_pass_over || may_pass_over(*output.default_value);
    }
    if (output.allowed) add_all(looked, used_in(output.allowed->used_slots()));
  }
  for (const auto& rule : parts.rules) {
    for (const auto& output : rule.outputs) {
      if (dynamic_cast<const ConstantCode*>(output.get()) != nullptr) continue;
      add_all(looked, used_by(*output));
      part.can_pass_over = part.can_pass_over || may_pass_over(*output);
    }
  }
  cells_.look(looked);
  add_all(part.uses, looked);
  sort_out(part.uses);
  sort_out(looked);
  part.output_uses = std::move(looked);
  return part;
}

void PartMaker::of_column(const TableCode& table, std::size_t column, Part& part) {
  const auto& input = table.parts().inputs[column];
  const auto subject = part.parts[column].same_as;
  if (subject) cells_.hint(*subject, input.type.type);
  const auto look = [&](const feel::UnaryTests& tests) {
    if (subject && !cells_.tests(*subject, tests)) cells_.look({&*subject, 1});
    const auto used = used_in(tests.used_slots());
    cells_.look(used);
    add_all(part.uses, used);
  };
  if (input.allowed) look(*input.allowed);
  const auto& cells = table.parts().cells[column];
  for (std::size_t rule = 0; rule < cells.size(); ++rule) {
    if (!cells[rule]) continue;
    look(*cells[rule]);
    if (!table.index(column).is_useful() || table.index(column).is_general(rule))
      part.general[column].push_back(rule);
  }
}

Part PartMaker::of_text(const Code& code, const feel::Expression& expression) {
  Part part;
  part.code = &code;
  part.uses = used_in(expression.used_slots());
  const auto parsed = feel::parse_expression(expression.text(), scope_);
  // Names of types are not known here: a text with such a name is taken as a whole.
  if (parsed.root == nullptr || feel::has_errors(parsed.findings)) {
    cells_.look(part.uses);
    return part;
  }
  part.uses = used_by(*parsed.root, expression);
  part.can_pass_over = can_pass_over(*parsed.root);
  part.kind = Part::Kind::kText;
  part.text = expression;
  part.same_as = named(*parsed.root);
  if (part.same_as) return part;
  if (!take_apart(*parsed.root, expression.text(), part)) {
    cells_.look(part.uses);
    part.parts.clear();
    part.kind = Part::Kind::kText;
  }
  return part;
}

bool PartMaker::may_pass_over(const Code& code) const {
  const auto* expression = expression_of(code);
  if (expression == nullptr) return true;
  const auto parsed = feel::parse_expression(expression->text(), scope_);
  return parsed.root == nullptr || feel::has_errors(parsed.findings) || can_pass_over(*parsed.root);
}

// False when a piece cannot be compiled by itself.
bool PartMaker::take_apart(const Tree& tree, std::string_view text, Part& part) {
  const bool is_logical =
      tree.kind == Word::kBinary && (tree.op == Operator::kAnd || tree.op == Operator::kOr);
  if (!is_logical && tree.kind != Word::kIf && !is_not(tree)) {
    note_test(tree, text, part.uses);
    return true;
  }
  part.kind = tree.kind == Word::kIf      ? Part::Kind::kIf
              : !is_logical               ? Part::Kind::kNot
              : tree.op == Operator::kAnd ? Part::Kind::kAnd
                                          : Part::Kind::kOr;
  for (std::size_t i = is_not(tree) ? 1 : 0; i < tree.children.size(); ++i) {
    Part& made = part.parts.emplace_back();
    if (!operand(*tree.children[i], text, made)) return false;
  }
  return true;
}

bool PartMaker::operand(const Tree& tree, std::string_view text, Part& part) {
  auto compiled = feel::compile(slice(tree, text), scope_);
  if (!compiled) return false;
  part.kind = Part::Kind::kText;
  part.uses = used_by(tree, *compiled);
  part.can_pass_over = can_pass_over(tree);
  part.text = *std::move(compiled);
  part.same_as = named(tree);
  return take_apart(tree, text, part);
}

void PartMaker::note_test(const Tree& tree, std::string_view text, std::span<const Unknown> uses) {
  const bool is_told =
      tree.kind == Word::kBinary ? note_comparison(tree, text) : note_in(tree, text);
  if (!is_told) cells_.look(uses);
}

bool PartMaker::note_comparison(const Tree& tree, std::string_view text) {
  if (!is_comparison(tree.op)) return false;
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    const auto subject = named(*tree.children[side]);
    if (!subject) continue;
    const auto constant = constant_of(*tree.children[1 - side], text);
    const bool is_point = tree.op == Operator::kEqual || tree.op == Operator::kNotEqual;
    return constant && cells_.cut(*subject, *constant, is_point);
  }
  return false;
}

bool PartMaker::note_in(const Tree& tree, std::string_view text) {
  if (tree.kind != Word::kIn && tree.kind != Word::kBetween) return false;
  const auto subject = named(*tree.children[0]);
  if (!subject) return false;
  for (std::size_t i = 1; i < tree.children.size(); ++i) {
    const Tree& test = *tree.children[i];
    const bool has_operator = test.kind == Word::kUnaryRange;
    const auto constant = constant_of(has_operator ? *test.children[0] : test, text);
    const bool is_point = tree.kind == Word::kIn && !has_operator;
    if (!constant || !cells_.cut(*subject, *constant, is_point)) return false;
  }
  return true;
}

// What is the same for all answers: constants, and what the day and the moment give.
std::optional<Value> PartMaker::constant_of(const Tree& tree, std::string_view text) {
  const auto compiled = feel::compile(slice(tree, text), scope_);
  if (!compiled || !compiled->used_slots().empty()) return std::nullopt;
  Value value = compiled->evaluate({}, cells_.context());
  if (value.null_reason()) return std::nullopt;
  return value;
}

std::optional<Unknown> PartMaker::named(const Tree& tree) const {
  const auto path = path_of(tree);
  if (!path) return std::nullopt;
  const auto slot = scope_.find(path->first);
  if (!slot || node_.slots[*slot].kind != Slot::Kind::kNode) return std::nullopt;
  const auto found = members_of(*slot, path->second);
  if (found.size() != 1) return std::nullopt;
  const std::size_t depth = plan_.is_topic(found[0]) ? plan_.topics[found[0]].path.size() : 0;
  return depth == path->second.size() ? std::optional(found[0]) : std::nullopt;
}

// Of a slot, what `path` within it may look at.
std::vector<Unknown> PartMaker::members_of(std::size_t slot,
                                           std::span<const std::string> path) const {
  std::vector<Unknown> uses;
  add_uses(plan_, node_.slots[slot], uses);
  if (node_.slots[slot].kind != Slot::Kind::kNode) return uses;
  std::erase_if(uses, [&](Unknown one) {
    if (!plan_.is_topic(one)) return false;
    const auto& own = plan_.topics[one].path;
    const std::size_t common = std::min(own.size(), path.size());
    return !std::equal(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(common),
                       path.begin());
  });
  return uses;
}

void PartMaker::add_uses_of(const Tree& tree, std::vector<Unknown>& uses) const {
  if (const auto path = path_of(tree)) {
    if (const auto slot = scope_.find(path->first)) add_all(uses, members_of(*slot, path->second));
    return;
  }
  for (const auto& child : tree.children) add_uses_of(*child, uses);
}

std::vector<Unknown> PartMaker::used_by(const Code& code) const {
  std::vector<bool> used(node_.slots.size());
  code.add_used_slots(used);
  std::vector<std::size_t> slots;
  for (std::size_t slot = 0; slot < used.size(); ++slot) {
    if (used[slot]) slots.push_back(slot);
  }
  return used_in(slots);
}

std::vector<Unknown> PartMaker::used_in(std::span<const std::size_t> slots) const {
  std::vector<Unknown> uses;
  for (const auto slot : slots) {
    if (slot < node_.slots.size()) add_uses(plan_, node_.slots[slot], uses);
  }
  sort_out(uses);
  return uses;
}

// By the tree, which knows members; a slot that the tree does not name counts as a whole.
std::vector<Unknown> PartMaker::used_by(const Tree& tree,
                                        const feel::Expression& expression) const {
  std::vector<Unknown> uses;
  add_uses_of(tree, uses);
  for (const auto slot : expression.used_slots()) {
    const auto whole = used_in({&slot, 1});
    const bool is_named = std::any_of(whole.begin(), whole.end(), [&](Unknown one) {
      return std::find(uses.begin(), uses.end(), one) != uses.end();
    });
    if (!is_named) add_all(uses, whole);
  }
  sort_out(uses);
  return uses;
}

}  // namespace zicht::dmn::internal
