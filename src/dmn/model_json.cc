#include "dmn/model_json.h"

#include <algorithm>
#include <set>

#include "dmn/contradiction.h"
#include "dmn/internal/graph.h"
#include "dmn/internal/types.h"
#include "feel/collections.h"

namespace zicht::dmn {
namespace {

using internal::Check;
using internal::Node;
using internal::NodeKind;

// Of one type: a small model can make types of millions of parts.
constexpr std::size_t kMaxTypeParts = 200;
constexpr std::size_t kMaxChoices = 200;

void set_if(json::object& object, std::string_view key, std::string_view text) {
  if (!text.empty()) object[key] = text;
}

void describe(json::object& object, const Element& element) {
  set_if(object, "id", element.id);
  set_if(object, "label", element.label);
  set_if(object, "description", element.description);
  if (element.line > 0) object["line"] = element.line;
}

// ---- Types ----

// The tests of a check and of those that it is made of, the nearest first.
std::vector<const feel::UnaryTests*> tests_of(const Check* check) {
  std::vector<const feel::UnaryTests*> tests;
  for (; check != nullptr; check = check->base.get()) {
    if (check->value_tests) tests.push_back(&*check->value_tests);
  }
  return tests;
}

// What may be chosen, where the nearest tests are a list of single values.
json::array choices_of(const feel::UnaryTests& tests) {
  json::array choices;
  if (!tests.is_indexable() || tests.is_negated()) return choices;
  for (const auto& one : tests.constants()) {
    const bool is_single = one.is(feel::Kind::kString) || one.is(feel::Kind::kNumber) ||
                           one.is(feel::Kind::kBoolean) || one.is(feel::Kind::kDate);
    if (!is_single || choices.size() == kMaxChoices) return {};
    choices.push_back(Json(feel::text_of(one)));
  }
  return choices;
}

const Check* member_check(const Check* check, std::string_view name) {
  for (; check != nullptr; check = check->base.get()) {
    for (const auto& [member, inner] : check->members) {
      if (member == name) return inner.get();
    }
  }
  return nullptr;
}

const Check* item_check(const Check* check) {
  for (; check != nullptr; check = check->base.get()) {
    if (check->item) return check->item.get();
  }
  return nullptr;
}

std::string_view kind_word(feel::Type::Kind kind) {
  using Kind = feel::Type::Kind;
  switch (kind) {
    case Kind::kBoolean:
      return "boolean";
    case Kind::kNumber:
      return "number";
    case Kind::kString:
      return "string";
    case Kind::kDate:
      return "date";
    case Kind::kTime:
      return "time";
    case Kind::kDateTime:
      return "date and time";
    case Kind::kDayDuration:
      return "days and time duration";
    case Kind::kMonthDuration:
      return "years and months duration";
    case Kind::kList:
      return "list";
    case Kind::kContext:
      return "context";
    case Kind::kRange:
      return "range";
    case Kind::kFunction:
      return "function";
    default:
      return "any";
  }
}

json::object type_json(const feel::Type& type, const Check* check, std::size_t& left) {
  json::object object{{"kind", kind_word(type.kind())}, {"text", type.to_string()}};
  if (left == 0) return object;
  --left;
  const auto tests = tests_of(check);
  if (!tests.empty()) {
    object["allowed"] = tests.front()->text();
    if (auto choices = choices_of(*tests.front()); !choices.empty())
      object["choices"] = std::move(choices);
  }
  if (type.kind() == feel::Type::Kind::kList)
    object["item"] = type_json(type.item(), item_check(check), left);
  if (type.kind() == feel::Type::Kind::kContext) {
    json::array members;
    for (const auto& member : type.members()) {
      auto one = type_json(member.type, member_check(check, member.name), left);
      one["name"] = member.name;
      members.push_back(std::move(one));
    }
    object["members"] = std::move(members);
  }
  return object;
}

json::object type_json(const internal::Typed& typed, const feel::Type& known) {
  std::size_t left = kMaxTypeParts;
  return type_json(typed.type.is_any() ? known : typed.type, typed.check.get(), left);
}

// ---- Expressions ----

Json expression_json(const Expression& expression);

Json expression_json(const ExpressionPtr& expression) {
  return expression ? expression_json(*expression) : Json();
}

std::string_view policy_word(HitPolicy policy) {
  switch (policy) {
    case HitPolicy::kUnique:
      return "unique";
    case HitPolicy::kAny:
      return "any";
    case HitPolicy::kPriority:
      return "priority";
    case HitPolicy::kFirst:
      return "first";
    case HitPolicy::kRuleOrder:
      return "rule order";
    case HitPolicy::kOutputOrder:
      return "output order";
    case HitPolicy::kCollect:
      return "collect";
  }
  return "unique";
}

std::string_view aggregation_word(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::kNone:
      return "";
    case Aggregation::kSum:
      return " sum";
    case Aggregation::kCount:
      return " count";
    case Aggregation::kMin:
      return " min";
    case Aggregation::kMax:
      return " max";
  }
  return "";
}

json::array texts_json(const std::vector<Text>& texts) {
  json::array array;
  for (const auto& one : texts) array.emplace_back(one.text);
  return array;
}

json::array strings_json(const std::vector<std::string>& strings) {
  json::array array;
  for (const auto& one : strings) array.emplace_back(one);
  return array;
}

json::object table_json(const DecisionTable& table) {
  json::array inputs;
  for (const auto& clause : table.inputs) {
    json::object one{{"expression", clause.expression.text}};
    describe(one, clause);
    set_if(one, "type", clause.type_ref);
    set_if(one, "allowed", clause.allowed_values.text);
    inputs.push_back(std::move(one));
  }
  json::array outputs;
  for (const auto& clause : table.outputs) {
    json::object one;
    describe(one, clause);
    set_if(one, "name", clause.name);
    set_if(one, "type", clause.type_ref);
    set_if(one, "allowed", clause.allowed_values.text);
    set_if(one, "default", clause.default_value.text);
    outputs.push_back(std::move(one));
  }
  json::array rules;
  for (const auto& rule : table.rules) {
    json::object one{{"inputs", texts_json(rule.inputs)}, {"outputs", texts_json(rule.outputs)}};
    describe(one, rule);
    if (!rule.annotations.empty()) one["annotations"] = strings_json(rule.annotations);
    rules.push_back(std::move(one));
  }
  json::object object{{"kind", "table"},
                      {"hit_policy", hit_policy_name(table)},
                      {"inputs", std::move(inputs)},
                      {"outputs", std::move(outputs)},
                      {"annotations", strings_json(table.annotations)},
                      {"rules", std::move(rules)}};
  set_if(object, "output_label", table.output_label);
  return object;
}

json::object context_json(const ContextExpression& context) {
  json::array entries;
  for (const auto& entry : context.entries) {
    json::object one{{"value", expression_json(entry.value)}};
    if (entry.has_variable) {
      one["name"] = entry.variable.name;
      set_if(one, "type", entry.variable.type_ref);
    }
    entries.push_back(std::move(one));
  }
  return {{"kind", "context"}, {"entries", std::move(entries)}};
}

json::object relation_json(const RelationExpression& relation) {
  json::array columns;
  for (const auto& column : relation.columns) columns.emplace_back(column.name);
  json::array rows;
  for (const auto& row : relation.rows) {
    json::array cells;
    for (const auto& cell : row) cells.push_back(expression_json(cell));
    rows.push_back(std::move(cells));
  }
  return {{"kind", "relation"}, {"columns", std::move(columns)}, {"rows", std::move(rows)}};
}

json::object invocation_json(const Invocation& invocation) {
  json::array bindings;
  for (const auto& binding : invocation.bindings) {
    bindings.push_back(
        json::object{{"name", binding.parameter.name}, {"value", expression_json(binding.value)}});
  }
  return {{"kind", "invocation"},
          {"callee", expression_json(invocation.callee)},
          {"bindings", std::move(bindings)}};
}

json::object function_json(const FunctionDefinition& function) {
  json::array parameters;
  for (const auto& parameter : function.parameters) {
    json::object one{{"name", parameter.name}};
    set_if(one, "type", parameter.type_ref);
    parameters.push_back(std::move(one));
  }
  return {{"kind", "function"},
          {"is_external", function.kind != FunctionKind::kFeel},
          {"parameters", std::move(parameters)},
          {"body", expression_json(function.body)}};
}

json::object iteration_json(const Iteration& iteration) {
  const char* kind = iteration.kind == IterationKind::kFor     ? "for"
                     : iteration.kind == IterationKind::kEvery ? "every"
                                                               : "some";
  return {{"kind", kind},
          {"variable", iteration.variable},
          {"in", expression_json(iteration.in)},
          {"body", expression_json(iteration.body)}};
}

struct ExpressionWriter {
  json::object operator()(const LiteralExpression& one) const {
    return {{"kind", "literal"}, {"text", one.text.text}};
  }
  json::object operator()(const DecisionTable& one) const { return table_json(one); }
  json::object operator()(const ContextExpression& one) const { return context_json(one); }
  json::object operator()(const RelationExpression& one) const { return relation_json(one); }
  json::object operator()(const ListExpression& one) const {
    json::array items;
    for (const auto& item : one.items) items.push_back(expression_json(item));
    return {{"kind", "list"}, {"items", std::move(items)}};
  }
  json::object operator()(const Invocation& one) const { return invocation_json(one); }
  json::object operator()(const FunctionDefinition& one) const { return function_json(one); }
  json::object operator()(const Conditional& one) const {
    return {{"kind", "conditional"},
            {"if", expression_json(one.condition)},
            {"then", expression_json(one.then_value)},
            {"else", expression_json(one.else_value)}};
  }
  json::object operator()(const Filter& one) const {
    return {
        {"kind", "filter"}, {"in", expression_json(one.in)}, {"match", expression_json(one.match)}};
  }
  json::object operator()(const Iteration& one) const { return iteration_json(one); }
};

Json expression_json(const Expression& expression) {
  json::object object = std::visit(ExpressionWriter(), expression.value);
  describe(object, expression);
  return object;
}

// ---- The graph ----

std::string_view node_word(NodeKind kind) {
  switch (kind) {
    case NodeKind::kInput:
      return "input";
    case NodeKind::kDecision:
      return "decision";
    case NodeKind::kKnowledge:
      return "knowledge";
    case NodeKind::kService:
      return "service";
  }
  return "input";
}

json::array required_json(const internal::Graph& graph, const Node& node) {
  json::array array;
  for (const auto index : node.requires_) {
    const Node& one = graph.nodes[index];
    json::object object{{"kind", node_word(one.kind)}, {"name", one.name}};
    if (one.model != graph.models[0].get()) object["file"] = one.model->file;
    array.push_back(std::move(object));
  }
  return array;
}

json::array sources_json(const std::vector<SourceTrace>& sources) {
  json::array array;
  for (const auto& source : sources) {
    json::object one{{"name", source.name}};
    set_if(one, "type", source.type);
    set_if(one, "location", source.location);
    array.push_back(std::move(one));
  }
  return array;
}

json::object node_json(const Engine& engine, const Node& node) {
  const internal::Graph& graph = engine.graph();
  json::object object{{"name", node.name}, {"type", type_json(node.type, node.known)}};
  describe(object, *node.element);
  if (node.kind == NodeKind::kInput) return object;
  object["requires"] = required_json(graph, node);
  if (auto sources = sources_json(node.sources); !sources.empty())
    object["sources"] = std::move(sources);
  return object;
}

json::object decision_json(const Engine& engine, const Node& node) {
  const auto& decision = static_cast<const Decision&>(*node.element);
  json::object object = node_json(engine, node);
  set_if(object, "question", decision.question);
  set_if(object, "answers", decision.allowed_answers);
  json::array needs;
  for (const auto& input : engine.inputs_of(TargetKind::kDecision, node.name))
    needs.emplace_back(input.name);
  object["needs"] = std::move(needs);
  for (const auto& one : contradictions_of(engine))
    if (one.decision == node.name) object["contradiction"] = true;
  object["logic"] = expression_json(decision.logic);
  return object;
}

// The inputs of the model itself, then what its decisions need of others.
// Those of the model, then those of others that its decisions rest on.
std::vector<const Node*> listed_inputs(const Engine& engine) {
  const internal::Graph& graph = engine.graph();
  std::set<std::string, std::less<>> needed;
  for (const auto& decision : engine.decisions()) {
    for (const auto& input : engine.inputs_of(TargetKind::kDecision, decision.name))
      needed.insert(input.name);
  }
  std::vector<const Node*> inputs;
  std::set<std::string, std::less<>> told;
  for (const bool in_main : {true, false}) {
    for (const auto& node : graph.nodes) {
      if (node.kind != NodeKind::kInput || (node.model == graph.models[0].get()) != in_main)
        continue;
      if ((!in_main && !needed.contains(node.name)) || !told.insert(node.name).second) continue;
      inputs.push_back(&node);
    }
  }
  return inputs;
}

json::object item_json(const ItemDefinition& item) {
  json::object object{{"name", item.name}, {"is_list", item.is_collection}};
  describe(object, item);
  set_if(object, "type", item.type_ref);
  set_if(object, "allowed", item.allowed_values.text);
  set_if(object, "constraint", item.type_constraint.text);
  json::array members;
  for (const auto& component : item.components) members.push_back(item_json(component));
  if (!members.empty()) object["members"] = std::move(members);
  return object;
}

}  // namespace

Json type_json(const Engine& engine, const Question& question) {
  const Node* input = engine.graph().find(NodeKind::kInput, question.input);
  const Check* check = input->type.check.get();
  for (const auto& member : question.path) check = member_check(check, member);
  std::size_t left = kMaxTypeParts;
  return type_json(question.type, check, left);
}

std::string hit_policy_name(const DecisionTable& table) {
  std::string name(policy_word(table.hit_policy));
  if (table.hit_policy == HitPolicy::kCollect) name += aggregation_word(table.aggregation);
  return name;
}

Json model_summary(const Engine& engine) {
  const Model& model = *engine.graph().models[0];
  json::object object{{"name", model.title()}};
  set_if(object, "description", model.description);
  json::array decisions;
  for (const auto& decision : engine.decisions()) decisions.emplace_back(decision.name);
  object["decisions"] = std::move(decisions);
  json::array inputs;
  for (const Node* input : listed_inputs(engine)) inputs.emplace_back(input->name);
  object["inputs"] = std::move(inputs);
  return object;
}

Json model_json(const Engine& engine) {
  const internal::Graph& graph = engine.graph();
  const Model& model = *graph.models[0];
  json::array decisions;
  json::array knowledge;
  json::array services;
  for (const auto& node : graph.nodes) {
    if (node.model != &model) continue;
    if (node.kind == NodeKind::kDecision) decisions.push_back(decision_json(engine, node));
    if (node.kind == NodeKind::kKnowledge) {
      json::object one = node_json(engine, node);
      one["logic"] =
          expression_json(static_cast<const BusinessKnowledgeModel&>(*node.element).logic);
      knowledge.push_back(std::move(one));
    }
    if (node.kind == NodeKind::kService) services.push_back(node_json(engine, node));
  }
  json::array inputs;
  for (const Node* input : listed_inputs(engine)) inputs.push_back(node_json(engine, *input));
  json::array types;
  for (const auto& item : model.item_definitions) types.push_back(item_json(item));
  json::array sources;
  for (const auto& source : model.sources) {
    json::object one{{"name", source.name}};
    describe(one, source);
    set_if(one, "type", source.type);
    set_if(one, "location", source.location);
    sources.push_back(std::move(one));
  }
  json::object object{{"name", model.title()},
                      {"file", model.file},
                      {"dmn", model.version},
                      {"inputs", std::move(inputs)},
                      {"decisions", std::move(decisions)},
                      {"knowledge", std::move(knowledge)},
                      {"services", std::move(services)},
                      {"types", std::move(types)},
                      {"sources", std::move(sources)}};
  describe(object, model);
  return object;
}

}  // namespace zicht::dmn
