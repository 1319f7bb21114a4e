// Compiling decision tables.
#include <algorithm>

#include "dmn/internal/compiler.h"
#include "dmn/internal/table.h"

namespace zicht::dmn::internal {

using feel::Scope;
using feel::Type;
using feel::Value;

namespace {

// The values of an output in the order of their priority: those of the column, else those that its
// type allows.
std::vector<Value> priorities_of(const TableOutput& output) {
  if (output.allowed && output.allowed->is_indexable() && !output.allowed->is_negated()) {
    const auto constants = output.allowed->constants();
    return {constants.begin(), constants.end()};
  }
  return Types::enumerated(output.type);
}

// Whether the entry is a constant that needs no fitting to the column.
bool is_fitted(const Code& entry, const TableOutput& output) {
  const auto* constant = dynamic_cast<const ConstantCode*>(&entry);
  return constant != nullptr && surely_conforms(constant->value(), output.type) &&
         (!output.allowed || surely_passes(constant->value(), *output.allowed));
}

bool is_any(const std::string& cell) { return cell.empty() || cell == "-"; }

// The type of one row of outputs: tables that give a list are declared as that list.
Typed row_type(const DecisionTable& table, const Typed& wanted) {
  const bool gives_list =
      table.hit_policy == HitPolicy::kRuleOrder || table.hit_policy == HitPolicy::kOutputOrder ||
      (table.hit_policy == HitPolicy::kCollect && table.aggregation == Aggregation::kNone);
  if (!gives_list || wanted.type.kind() != Type::Kind::kList) return wanted;
  return {wanted.type.item(), wanted.check ? wanted.check->item : nullptr};
}

}  // namespace

CodePtr Compiler::table(const DecisionTable& table, const Expression& expression,
                        const Scope& scope, const Typed& wanted) {
  TableParts parts;
  parts.written = &expression;
  parts.name = !expression.name.empty()    ? expression.name
               : !expression.label.empty() ? expression.label
                                           : element_;
  parts.scope_size = scope.variables().size();
  parts.hit_policy = table.hit_policy;
  parts.aggregation =
      table.hit_policy == HitPolicy::kCollect ? table.aggregation : Aggregation::kNone;
  parts.has_text_outputs = has_text_outputs_;
  bool good = table_inputs(parts, table, scope);
  good = table_outputs(parts, table, scope, wanted) && good;
  good = table_rules(parts, table, scope) && good;
  // One text that cannot be read could hide a rule: then the table as a whole gives null.
  if (!good) return std::make_unique<NullCode>(Value::error("DM-0109", {{"element", element_}}));
  auto code = std::make_unique<TableCode>(std::move(parts), index_words_);
  tables_.push_back(code.get());
  return code;
}

bool Compiler::table_inputs(TableParts& parts, const DecisionTable& table, const Scope& scope) {
  bool good = true;
  for (const auto& clause : table.inputs) {
    TableInput input;
    input.label = !clause.label.empty() ? clause.label : clause.expression.text;
    const Typed type = types_.typed(clause.type_ref, clause);
    input.value = in_type(text(clause.expression, scope), type, input.label);
    input.type = {input.value->type(), type.check};
    if (!is_any(clause.allowed_values.text)) {
      input.allowed =
          texts_.unary_tests(clause.allowed_values, scope, input.type.type, place(input.label));
      good = good && input.allowed;
    }
    parts.inputs.push_back(std::move(input));
  }
  return good;
}

bool Compiler::table_outputs(TableParts& parts, const DecisionTable& table, const Scope& scope,
                             const Typed& wanted) {
  const Typed row = row_type(table, wanted);
  const bool is_single = table.outputs.size() == 1;
  bool good = true;
  for (const auto& clause : table.outputs) {
    TableOutput output;
    output.name = !clause.name.empty() ? clause.name : is_single ? std::string() : clause.label;
    output.type = types_.typed(clause.type_ref, clause);
    // The type of the decision says what a single column may hold, or one of several by its name.
    if (clause.type_ref.empty() && is_single && table.aggregation == Aggregation::kNone)
      output.type = row;
    if (clause.type_ref.empty() && !is_single && row.type.kind() == Type::Kind::kContext) {
      if (const auto* member = row.type.find_member(output.name)) output.type.type = *member;
    }
    if (!is_any(clause.allowed_values.text)) {
      output.allowed =
          texts_.unary_tests(clause.allowed_values, scope, output.type.type, place(output.name));
      good = good && output.allowed;
    }
    output.priorities = priorities_of(output);
    if (output.priorities.empty() && is_single) output.priorities = Types::enumerated(row);
    if (!clause.default_value.text.empty())
      output.default_value = text(clause.default_value, scope);
    if (!is_single && output.name.empty()) {
      texts_.report("DM-0039", {model_.file, element_, clause.line}, {});
      good = false;
    }
    for (const auto& other : parts.outputs) {
      if (is_single || other.name != output.name || output.name.empty()) continue;
      texts_.report("DM-0036", {model_.file, element_, clause.line}, {{"name", output.name}});
      good = false;
    }
    parts.outputs.push_back(std::move(output));
  }
  if (!is_single && parts.aggregation != Aggregation::kNone &&
      parts.aggregation != Aggregation::kCount) {
    texts_.report("DM-0040", {model_.file, element_, parts.written->line}, {});
    good = false;
  }
  return good;
}

// Many cells of a table are the same text: those that cannot fail are compiled once for each
// column.
CodePtr Compiler::output_entry(const Text& written, const Scope& scope, KnownConstants& known) {
  if (is_any(written.text)) return std::make_unique<NullCode>();
  if (const auto* found = known.find(written.text))
    return std::make_unique<ConstantCode>((*found)->value(), (*found)->type());
  CodePtr code = text(written, scope);
  const auto* constant = dynamic_cast<const ConstantCode*>(code.get());
  if (constant != nullptr) known.add(written.text, constant);
  return code;
}

std::optional<feel::UnaryTests> Compiler::input_entry(const Text& written, const Scope& scope,
                                                      const Type& type, const TextPlace& here,
                                                      KnownTests& known) {
  if (const auto* found = known.find(written.text)) return *found;
  auto cell = texts_.unary_tests(written, scope, type, here);
  if (cell && (cell->is_indexable() || cell->is_any()) && cell->warnings().empty())
    known.add(written.text, *cell);
  return cell;
}

bool Compiler::table_rules(TableParts& parts, const DecisionTable& table, const Scope& scope) {
  bool good = true;
  parts.cells.resize(table.inputs.size());
  for (auto& column : parts.cells) column.reserve(table.rules.size());
  parts.rules.reserve(table.rules.size());
  for (auto& output : parts.outputs) output.is_fitted = true;
  std::vector<KnownTests> known_tests(table.inputs.size());
  std::vector<KnownConstants> known_constants(table.outputs.size());
  for (std::size_t r = 0; r < table.rules.size(); ++r) {
    const auto& written = table.rules[r];
    const auto here = place("#" + std::to_string(r + 1));
    TableRule rule;
    rule.written = &written;
    rule.outputs.reserve(written.outputs.size());
    for (std::size_t c = 0; c < table.inputs.size(); ++c) {
      std::optional<feel::UnaryTests> cell;
      if (!is_any(written.inputs[c].text)) {
        cell =
            input_entry(written.inputs[c], scope, parts.inputs[c].type.type, here, known_tests[c]);
        good = good && cell;
        if (cell && cell->is_any()) cell.reset();
      }
      parts.cells[c].push_back(std::move(cell));
    }
    for (std::size_t i = 0; i < written.outputs.size(); ++i) {
      rule.outputs.push_back(output_entry(written.outputs[i], scope, known_constants[i]));
      auto& output = parts.outputs[i];
      output.is_fitted = output.is_fitted && is_fitted(*rule.outputs.back(), output);
    }
    parts.rules.push_back(std::move(rule));
  }
  return good;
}

}  // namespace zicht::dmn::internal
