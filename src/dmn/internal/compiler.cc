#include "dmn/internal/compiler.h"

#include <algorithm>

#include "feel/parser.h"

namespace zicht::dmn::internal {

using feel::Scope;
using feel::Type;
using feel::Value;

namespace {

// What a boxed filter calls its list while the match is compiled as `list[match]`.
constexpr std::string_view kFiltered = "boxed list";

Type item_type(const Type& type) {
  return type.kind() == Type::Kind::kList || type.kind() == Type::Kind::kRange ? type.item() : type;
}

bool is_feel(std::string_view language) {
  return language.empty() || language.find("FEEL") != language.npos ||
         language.find("feel") != language.npos;
}

}  // namespace

TextPlace Compiler::place(std::string part) const {
  return {model_.file, part.empty() ? element_ : element_ + ": " + part, 0};
}

// Whoever adds slots to a scope forgets them where that scope ends.
void Compiler::know_slot(std::size_t slot, const Typed* conformed) {
  known_slots_.resize(slot + 1);
  if (conformed != nullptr) known_slots_[slot] = *conformed;
}

CodePtr Compiler::in_type(CodePtr code, const Typed& type, const std::string& what) {
  if (type.type.is_any() && !type.check) return code;
  if (const auto* known = code->conformed(); known != nullptr && known->is_same(type)) return code;
  return std::make_unique<ConformCode>(std::move(code), type, what);
}

CodePtr Compiler::compile(const Expression& expression, const Scope& scope, const Typed& wanted) {
  need(scope);
  const Typed declared = types_.typed(expression.type_ref, expression);
  CodePtr code = bare(expression, scope, expression.type_ref.empty() ? wanted : declared);
  const std::string& what = expression.title().empty() ? element_ : expression.title();
  return in_type(std::move(code), declared, what);
}

CodePtr Compiler::bare(const Expression& expression, const Scope& scope, const Typed& wanted) {
  const auto& value = expression.value;
  if (const auto* one = std::get_if<LiteralExpression>(&value))
    return literal(*one, expression, scope);
  if (const auto* one = std::get_if<DecisionTable>(&value))
    return table(*one, expression, scope, wanted);
  if (const auto* one = std::get_if<ContextExpression>(&value)) return context(*one, scope);
  if (const auto* one = std::get_if<RelationExpression>(&value)) return relation(*one, scope);
  if (const auto* one = std::get_if<ListExpression>(&value)) return list(*one, scope);
  if (const auto* one = std::get_if<Invocation>(&value)) return invocation(*one, scope);
  if (const auto* one = std::get_if<Filter>(&value)) return filter(*one, scope);
  if (const auto* one = std::get_if<Iteration>(&value)) return iteration(*one, scope);
  if (const auto* one = std::get_if<FunctionDefinition>(&value)) {
    auto code = function(*one, scope, expression.title(), {});
    if (!code.body)
      return std::make_unique<NullCode>(Value::error("DM-0110", {{"element", element_}}));
    return std::make_unique<FunctionDefinitionCode>(std::move(code));
  }
  const auto& one = std::get<Conditional>(value);
  return std::make_unique<ConditionalCode>(optional_part(one.condition, scope),
                                           optional_part(one.then_value, scope),
                                           optional_part(one.else_value, scope));
}

// A part that the author left out is null.
CodePtr Compiler::optional_part(const ExpressionPtr& part, const Scope& scope) {
  if (!part) return std::make_unique<NullCode>();
  return compile(*part, scope);
}

CodePtr Compiler::text(const Text& text, const Scope& scope) {
  need(scope);
  if (text.text.empty()) return std::make_unique<NullCode>();
  auto compiled = texts_.expression(text, scope, place());
  if (!compiled)
    return std::make_unique<NullCode>(Value::error("DM-0109", {{"element", element_}}));
  const std::size_t size = scope.variables().size();
  if (compiled->constant() != nullptr && !compiled->constant()->is_null())
    return std::make_unique<ConstantCode>(*compiled->constant(), compiled->type());
  const auto& used = compiled->used_slots();
  const bool is_name =
      used.size() == 1 &&
      feel::canonical_name(text.text) == feel::canonical_name(scope.variables()[used[0]].name);
  if (is_name) {
    std::optional<Typed> known;
    if (used[0] < known_slots_.size()) known = known_slots_[used[0]];
    return std::make_unique<NameCode>(*std::move(compiled), size, std::move(known));
  }
  return std::make_unique<Leaf>(*std::move(compiled), size);
}

CodePtr Compiler::literal(const LiteralExpression& literal, const Expression& expression,
                          const Scope& scope) {
  const std::string& language =
      literal.language.empty() ? model_.expression_language : literal.language;
  if (!is_feel(language)) {
    texts_.report("DM-0035", {model_.file, element_, expression.line}, {{"language", language}});
    return std::make_unique<NullCode>(Value::error("DM-0109", {{"element", element_}}));
  }
  return text(literal.text, scope);
}

CodePtr Compiler::context(const ContextExpression& context, const Scope& scope) {
  Scope inner = scope;
  const std::size_t first_slot = inner.variables().size();
  const std::size_t known_before = known_slots_.size();
  std::vector<ContextCode::Entry> entries;
  CodePtr result;
  for (const auto& entry : context.entries) {
    const Typed type = types_.typed(entry.variable.type_ref, entry.variable);
    CodePtr value = entry.value ? compile(*entry.value, inner, type) : std::make_unique<NullCode>();
    if (!entry.has_variable) {
      result = std::move(value);
      continue;
    }
    value = in_type(std::move(value), type, entry.variable.name);
    const bool is_twice = std::any_of(entries.begin(), entries.end(), [&](const auto& one) {
      return one.name == entry.variable.name;
    });
    if (is_twice) {
      texts_.report("DM-0036", {model_.file, element_, entry.variable.line},
                    {{"name", entry.variable.name}});
      continue;
    }
    know_slot(inner.add(entry.variable.name, value->type()), value->conformed());
    need(inner);
    entries.push_back({entry.variable.name, std::move(value)});
  }
  known_slots_.resize(known_before);
  return std::make_unique<ContextCode>(std::move(entries), first_slot, std::move(result));
}

CodePtr Compiler::relation(const RelationExpression& relation, const Scope& scope) {
  std::vector<std::string> columns;
  std::vector<Typed> types;
  for (const auto& column : relation.columns) {
    columns.push_back(column.name);
    types.push_back(types_.typed(column.type_ref, column));
  }
  std::vector<std::vector<CodePtr>> rows;
  for (const auto& row : relation.rows) {
    std::vector<CodePtr> cells;
    for (std::size_t i = 0; i < row.size(); ++i)
      cells.push_back(in_type(compile(*row[i], scope, types[i]), types[i], columns[i]));
    rows.push_back(std::move(cells));
  }
  return std::make_unique<RelationCode>(std::move(columns), std::move(rows));
}

CodePtr Compiler::list(const ListExpression& list, const Scope& scope) {
  std::vector<CodePtr> items;
  for (const auto& item : list.items) items.push_back(compile(*item, scope));
  return std::make_unique<ListCode>(std::move(items));
}

CodePtr Compiler::invocation(const Invocation& invocation, const Scope& scope) {
  std::vector<InvocationCode::Bound> bindings;
  for (const auto& one : invocation.bindings) {
    const Typed type = types_.typed(one.parameter.type_ref, one.parameter);
    CodePtr value;
    if (one.value) value = in_type(compile(*one.value, scope, type), type, one.parameter.name);
    bindings.push_back({one.parameter.name, std::move(value)});
  }
  return std::make_unique<InvocationCode>(optional_part(invocation.callee, scope),
                                          std::move(bindings));
}

// `in[match]` in FEEL: the rules of names within a filter are those of FEEL. The match stands on
// lines of its own, so that it may end in a comment and its mistakes keep their columns; it must be
// one condition, and not end the filter itself: `a] [b`.
CodePtr Compiler::filter(const Filter& filter, const Scope& scope) {
  CodePtr in = optional_part(filter.in, scope);
  const auto* match = filter.match ? std::get_if<LiteralExpression>(&filter.match->value) : nullptr;
  if (match == nullptr) {
    texts_.report("DM-0037", {model_.file, element_, filter.match ? filter.match->line : 0}, {});
    return std::make_unique<NullCode>(Value::error("DM-0109", {{"element", element_}}));
  }
  Scope inner = scope;
  const std::size_t slot = inner.add(kFiltered, in->type());
  Text whole = match->text;
  whole.text = std::string(kFiltered).append("[\n").append(whole.text).append("\n]");
  if (whole.line > 0) --whole.line;
  const auto parsed = feel::parse_expression(whole.text, inner);
  const bool is_one =
      parsed.root == nullptr || (parsed.root->kind == feel::NodeKind::kFilter &&
                                 parsed.root->children[0]->kind == feel::NodeKind::kName);
  // By itself such a match cannot be read, and the problem is told where it is.
  return std::make_unique<ThenCode>(std::move(in), slot,
                                    is_one ? text(whole, inner) : text(match->text, inner));
}

CodePtr Compiler::iteration(const Iteration& iteration, const Scope& scope) {
  CodePtr in = optional_part(iteration.in, scope);
  const Typed type = types_.typed(iteration.in_type_ref, iteration.in ? *iteration.in : Element());
  in = in_type(std::move(in), type, iteration.variable);
  // FEEL says what a domain is: a list, a range of whole numbers or days, one value.
  Scope with_domain = scope;
  const std::size_t domain_slot = with_domain.add(kFiltered, in->type());
  const Text each{"for item in " + std::string(kFiltered) + " return item", 0};
  CodePtr domain = std::make_unique<ThenCode>(std::move(in), domain_slot, text(each, with_domain));
  Scope inner = scope;
  const std::size_t slot = inner.add(iteration.variable, item_type(domain->type()));
  inner.add(iteration.kind == IterationKind::kFor ? "partial" : "", Type::list_of(Type::any()));
  need(inner);
  CodePtr body = optional_part(iteration.body, inner);
  return std::make_unique<IterationCode>(iteration.kind, std::move(domain), std::move(body), slot);
}

FunctionCode Compiler::function(const FunctionDefinition& definition, const Scope& scope,
                                std::string name, const Typed& result) {
  FunctionCode code;
  code.name = name.empty() ? element_ : std::move(name);
  code.first_slot = scope.variables().size();
  code.result = result;
  Scope inner = scope;
  const std::size_t known_before = known_slots_.size();
  for (const auto& parameter : definition.parameters) {
    code.parameters.push_back(parameter.name);
    code.types.push_back(types_.typed(parameter.type_ref, parameter));
    know_slot(inner.add(parameter.name, code.types.back().type), &code.types.back());
  }
  need(inner);
  if (definition.kind != FunctionKind::kFeel) {
    const std::uint32_t line = definition.body ? definition.body->line : 0;
    texts_.report("DM-0038", {model_.file, element_, line},
                  {{"language", definition.kind == FunctionKind::kJava ? "Java" : "PMML"}},
                  Severity::kWarning);
    code.body = std::make_unique<NullCode>(Value::error("DM-0110", {{"element", code.name}}));
  } else {
    code.body =
        definition.body ? compile(*definition.body, inner, result) : std::make_unique<NullCode>();
  }
  known_slots_.resize(known_before);
  const Typed* const known = code.body->conformed();
  code.is_conformed = known != nullptr && known->is_same(code.result);
  code.frame_size = frame_size_;
  code.depth = code.body->depth();
  return code;
}

}  // namespace zicht::dmn::internal
