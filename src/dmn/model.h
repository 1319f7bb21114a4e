// A DMN model as it was written: plain data, nothing compiled and nothing judged.
//
//     const auto read = read_model({.file = "intake.dmn", .text = xml});      // read.h
//     for (const auto& decision : read.model->decisions) use(decision.name);
//
// The versions 1.1 to 1.5 of the standard become this one shape. Expressions are the text of the
// author (engine.h compiles them); a reference to another element is the id of that element, with
// the namespace where it lives when that is another model. What the standard does not know
// (extension elements) is kept as it stands. A model is read once and then only looked at.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zicht::dmn {

// An element that the standard does not know, such as those of the rules of the Omgevingswet.
struct Extension {
  std::string namespace_uri{};
  std::string name{};  // without prefix
  std::string xml{};   // the whole element, as written
  std::uint32_t line = 0;
  bool operator==(const Extension&) const = default;
};

// What every element can have.
struct Element {
  std::string id{};
  std::string name{};
  std::string label{};
  std::string description{};
  std::uint32_t line = 0;  // from 1
  std::vector<Extension> extensions{};

  // What to call the element in a message: its name, else its label, else its id.
  [[nodiscard]] const std::string& title() const {
    return !name.empty() ? name : !label.empty() ? label : id;
  }
};

// The id of an element, and the namespace of its model; an empty namespace is the own model.
struct Reference {
  std::string namespace_uri{};
  std::string id{};
  std::uint32_t line = 0;
};

// The text of an expression and where it begins.
struct Text {
  std::string text{};
  std::uint32_t line = 0;
};

// Types are written as in DMN 1.5: "string", "tApplicant", "common.tPerson"; prefixes of
// XML namespaces are resolved. Empty = not given.
struct Variable : Element {
  std::string type_ref{};
};

struct FunctionItem {
  std::string output_type_ref{};
  std::vector<Variable> parameters{};
};

// A type. It has a type_ref, or components, or a function item.
struct ItemDefinition : Element {
  std::string type_ref{};
  bool is_collection = false;
  Text allowed_values{};   // unary tests on each value; empty = any
  Text type_constraint{};  // unary tests on the value as a whole (DMN 1.5)
  std::vector<ItemDefinition> components{};
  std::unique_ptr<FunctionItem> function{};
};

// ---- Boxed expressions ----

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

struct LiteralExpression {
  Text text{};
  std::string language{};  // empty = that of the model
};

enum class HitPolicy { kUnique, kAny, kPriority, kFirst, kRuleOrder, kOutputOrder, kCollect };
enum class Aggregation { kNone, kSum, kCount, kMin, kMax };

struct InputClause : Element {
  Text expression{};
  std::string type_ref{};
  Text allowed_values{};
};

struct OutputClause : Element {
  std::string type_ref{};
  Text allowed_values{};  // in order of priority
  Text default_value{};   // empty = none
};

struct Rule : Element {
  std::vector<Text> inputs{};
  std::vector<Text> outputs{};
  std::vector<std::string> annotations{};
};

struct DecisionTable {
  HitPolicy hit_policy = HitPolicy::kUnique;
  Aggregation aggregation = Aggregation::kNone;
  std::string output_label{};
  std::vector<InputClause> inputs{};
  std::vector<OutputClause> outputs{};
  std::vector<std::string> annotations{};  // names of the columns
  std::vector<Rule> rules{};               // each as wide as the clauses
};

// Without a variable it is the result of the context.
struct ContextEntry {
  bool has_variable = false;
  Variable variable{};
  ExpressionPtr value{};
};

struct ContextExpression {
  std::vector<ContextEntry> entries{};
};

struct RelationExpression {
  std::vector<Variable> columns{};
  std::vector<std::vector<ExpressionPtr>> rows{};
};

struct ListExpression {
  std::vector<ExpressionPtr> items{};
};

struct Binding {
  Variable parameter{};
  ExpressionPtr value{};  // null = not bound
};

struct Invocation {
  ExpressionPtr callee{};
  std::vector<Binding> bindings{};
};

enum class FunctionKind { kFeel, kJava, kPmml };

struct FunctionDefinition {
  FunctionKind kind = FunctionKind::kFeel;
  std::vector<Variable> parameters{};
  ExpressionPtr body{};  // null = none
};

struct Conditional {
  ExpressionPtr condition{}, then_value{}, else_value{};
};

struct Filter {
  ExpressionPtr in{}, match{};
};

enum class IterationKind { kFor, kEvery, kSome };

struct Iteration {
  IterationKind kind = IterationKind::kFor;
  std::string variable{};
  std::string in_type_ref{};
  ExpressionPtr in{};
  ExpressionPtr body{};  // what is returned, or must be satisfied
};

struct Expression : Element {
  std::string type_ref{};
  std::variant<LiteralExpression, DecisionTable, ContextExpression, RelationExpression,
               ListExpression, Invocation, FunctionDefinition, Conditional, Filter, Iteration>
      value{};
};

// ---- The requirement graph ----

struct InputData : Element {
  Variable variable{};
};

struct Decision : Element {
  Variable variable{};
  bool has_variable = false;  // false: the variable is made of the name of the decision
  std::string question{};
  std::string allowed_answers{};
  std::vector<Reference> required_inputs{};
  std::vector<Reference> required_decisions{};
  std::vector<Reference> required_knowledge{};
  std::vector<Reference> authorities{};
  ExpressionPtr logic{};  // null = none is given
};

struct BusinessKnowledgeModel : Element {
  Variable variable{};
  std::vector<Reference> required_knowledge{};
  std::vector<Reference> authorities{};
  ExpressionPtr logic{};  // a FunctionDefinition, or null
};

struct DecisionService : Element {
  Variable variable{};
  std::vector<Reference> output_decisions{};
  std::vector<Reference> encapsulated_decisions{};
  std::vector<Reference> input_decisions{};
  std::vector<Reference> input_data{};
};

// Where a decision comes from: a law, a guideline, a person.
struct KnowledgeSource : Element {
  std::string type{};
  std::string location{};
};

// An empty name brings the elements in under their own names.
struct Import : Element {
  std::string namespace_uri{};
  std::string location{};
  std::string type{};
};

struct Model : Element {
  std::string file{};
  std::string version{};  // "1.1" … "1.5"
  std::string namespace_uri{};
  std::string expression_language{};
  std::string exporter{};
  std::vector<Import> imports{};
  std::vector<ItemDefinition> item_definitions{};
  std::vector<InputData> inputs{};
  std::vector<Decision> decisions{};
  std::vector<BusinessKnowledgeModel> knowledge_models{};
  std::vector<DecisionService> services{};
  std::vector<KnowledgeSource> sources{};
};

}  // namespace zicht::dmn
