// Reading boxed expressions.
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "base/text.h"
#include "dmn/internal/reader.h"

namespace zicht::dmn::internal {
namespace {

template <class Enum, std::size_t kSize>
using Words = std::array<std::pair<std::string_view, Enum>, kSize>;

constexpr Words<HitPolicy, 15> kHitPolicies = {{{"", HitPolicy::kUnique},
                                                {"UNIQUE", HitPolicy::kUnique},
                                                {"ANY", HitPolicy::kAny},
                                                {"PRIORITY", HitPolicy::kPriority},
                                                {"FIRST", HitPolicy::kFirst},
                                                {"RULE ORDER", HitPolicy::kRuleOrder},
                                                {"OUTPUT ORDER", HitPolicy::kOutputOrder},
                                                {"COLLECT", HitPolicy::kCollect},
                                                {"U", HitPolicy::kUnique},
                                                {"A", HitPolicy::kAny},
                                                {"P", HitPolicy::kPriority},
                                                {"F", HitPolicy::kFirst},
                                                {"R", HitPolicy::kRuleOrder},
                                                {"O", HitPolicy::kOutputOrder},
                                                {"C", HitPolicy::kCollect}}};
constexpr Words<Aggregation, 9> kAggregations = {{{"", Aggregation::kNone},
                                                  {"SUM", Aggregation::kSum},
                                                  {"COUNT", Aggregation::kCount},
                                                  {"MIN", Aggregation::kMin},
                                                  {"MAX", Aggregation::kMax},
                                                  {"+", Aggregation::kSum},
                                                  {"#", Aggregation::kCount},
                                                  {"<", Aggregation::kMin},
                                                  {">", Aggregation::kMax}}};
constexpr Words<FunctionKind, 4> kFunctionKinds = {{{"", FunctionKind::kFeel},
                                                    {"FEEL", FunctionKind::kFeel},
                                                    {"Java", FunctionKind::kJava},
                                                    {"PMML", FunctionKind::kPmml}}};

// The value of a word; a word that the standard does not have is reported as DM-0007.
template <class Enum, std::size_t kSize>
Enum word(Reader& reader, pugi::xml_node node, const char* key, const Words<Enum, kSize>& words) {
  const std::string written = attribute(node, key);
  for (const auto& [name, value] : words) {
    if (name == written) return value;
  }
  std::string known;
  for (const auto& [name, value] : words) {
    if (!name.empty()) known.append(known.empty() ? "" : ", ").append(name);
  }
  reader.report("DM-0007", node, {{"what", key}, {"word", written}, {"known", known}});
  return words[0].second;
}

}  // namespace

bool is_expression(std::string_view name) {
  constexpr std::array<std::string_view, 12> kNames = {
      "literalExpression",  "decisionTable", "context", "relation", "list",  "invocation",
      "functionDefinition", "conditional",   "filter",  "for",      "every", "some"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

ExpressionPtr Reader::expression_in(pugi::xml_node holder) {
  ExpressionPtr found;
  for_each(holder, [&](pugi::xml_node one, std::string_view name) {
    if (!is_expression(name)) return;
    if (found) report("DM-0010", one, {{"what", std::string(local_name(holder))}});
    found = expression(one);
  });
  return found;
}

ExpressionPtr Reader::expression(pugi::xml_node node) {
  auto read = std::make_unique<Expression>();
  fill(*read, node);
  read->type_ref = type_ref(node);
  const auto name = local_name(node);
  if (name == "literalExpression") {
    read->value = LiteralExpression{text(node), attribute(node, "expressionLanguage")};
  } else if (name == "decisionTable") {
    read->value = table(node);
  } else if (name == "context") {
    read->value = context(node);
  } else if (name == "relation") {
    read->value = relation(node);
  } else if (name == "list") {
    read->value = list(node);
  } else if (name == "invocation") {
    read->value = invocation(node);
  } else if (name == "functionDefinition") {
    read->value = function(node);
  } else if (name == "conditional") {
    read->value = Conditional{expression_in(child(node, "if")), expression_in(child(node, "then")),
                              expression_in(child(node, "else"))};
  } else if (name == "filter") {
    read->value = Filter{expression_in(child(node, "in")), expression_in(child(node, "match"))};
  } else {
    read->value = iteration(node, name == "for"     ? IterationKind::kFor
                                  : name == "every" ? IterationKind::kEvery
                                                    : IterationKind::kSome);
  }
  return read;
}

DecisionTable Reader::table(pugi::xml_node node) {
  DecisionTable table;
  table.hit_policy = word(*this, node, "hitPolicy", kHitPolicies);
  table.aggregation = word(*this, node, "aggregation", kAggregations);
  table.output_label = attribute(node, "outputLabel");
  // Mostly rules: a long table is not moved while it grows.
  const auto parts = node.children();
  table.rules.reserve(static_cast<std::size_t>(std::distance(parts.begin(), parts.end())));
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (name == "input") {
      InputClause clause;
      fill(clause, one);
      const auto asked = child(one, "inputExpression");
      clause.expression = text(asked);
      clause.type_ref = type_ref(asked);
      clause.allowed_values = text(child(one, "inputValues"));
      table.inputs.push_back(std::move(clause));
    } else if (name == "output") {
      OutputClause clause;
      fill(clause, one);
      clause.type_ref = type_ref(one);
      clause.allowed_values = text(child(one, "outputValues"));
      clause.default_value = text(child(one, "defaultOutputEntry"));
      table.outputs.push_back(std::move(clause));
    } else if (name == "annotation") {
      table.annotations.push_back(attribute(one, "name"));
    } else if (name == "rule") {
      table.rules.push_back(rule(one, table));
    } else if (name != "description" && name != "extensionElements") {
      unknown(one);
    }
  });
  if (table.outputs.empty()) report("DM-0010", node, {{"what", "output"}});
  return table;
}

Rule Reader::rule(pugi::xml_node node, const DecisionTable& table) {
  Rule rule;
  fill(rule, node);
  rule.inputs.reserve(table.inputs.size());
  rule.outputs.reserve(table.outputs.size());
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (name == "inputEntry") rule.inputs.push_back(text(one));
    if (name == "outputEntry") rule.outputs.push_back(text(one));
    if (name == "annotationEntry") rule.annotations.emplace_back(trim(text_of(child(one, "text"))));
  });
  if (rule.inputs.size() != table.inputs.size() || rule.outputs.size() != table.outputs.size()) {
    report("DM-0008", node,
           {{"rule", std::to_string(table.rules.size() + 1)},
            {"inputs", std::to_string(table.inputs.size())},
            {"outputs", std::to_string(table.outputs.size())},
            {"has_inputs", std::to_string(rule.inputs.size())},
            {"has_outputs", std::to_string(rule.outputs.size())}});
  }
  return rule;
}

ContextExpression Reader::context(pugi::xml_node node) {
  ContextExpression context;
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (name != "contextEntry") return;
    ContextEntry entry;
    if (const auto variable_node = child(one, "variable")) {
      entry.has_variable = true;
      entry.variable = variable(variable_node);
    }
    entry.value = expression_in(one);
    context.entries.push_back(std::move(entry));
  });
  return context;
}

RelationExpression Reader::relation(pugi::xml_node node) {
  RelationExpression relation;
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (name == "column") relation.columns.push_back(variable(one));
    if (name != "row") return;
    relation.rows.push_back(list(one).items);
    if (relation.rows.back().size() != relation.columns.size()) {
      report("DM-0008", one,
             {{"rule", std::to_string(relation.rows.size())},
              {"inputs", "0"},
              {"outputs", std::to_string(relation.columns.size())},
              {"has_inputs", "0"},
              {"has_outputs", std::to_string(relation.rows.back().size())}});
    }
  });
  return relation;
}

ListExpression Reader::list(pugi::xml_node node) {
  ListExpression list;
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (is_expression(name)) list.items.push_back(expression(one));
  });
  return list;
}

Invocation Reader::invocation(pugi::xml_node node) {
  Invocation invocation;
  invocation.callee = expression_in(node);
  if (!invocation.callee) report("DM-0010", node, {{"what", "literalExpression"}});
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (name != "binding") return;
    invocation.bindings.push_back({variable(child(one, "parameter")), expression_in(one)});
  });
  return invocation;
}

FunctionDefinition Reader::function(pugi::xml_node node) {
  FunctionDefinition function;
  function.kind = word(*this, node, "kind", kFunctionKinds);
  for_each(node, [&](pugi::xml_node one, std::string_view name) {
    if (name == "formalParameter") function.parameters.push_back(variable(one));
  });
  function.body = expression_in(node);
  return function;
}

Iteration Reader::iteration(pugi::xml_node node, IterationKind kind) {
  Iteration iteration;
  iteration.kind = kind;
  iteration.variable = attribute(node, "iteratorVariable");
  if (iteration.variable.empty()) report("DM-0006", node, {{"what", "iteratorVariable"}});
  const auto in = child(node, "in");
  iteration.in_type_ref = type_ref(in);
  iteration.in = expression_in(in);
  iteration.body = expression_in(child(node, kind == IterationKind::kFor ? "return" : "satisfies"));
  return iteration;
}

}  // namespace zicht::dmn::internal
