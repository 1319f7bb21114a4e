#include "dmn/testing/models.h"

#include <algorithm>

#include "base/check.h"
#include "base/time_zone.h"
#include "feel/expression.h"

namespace zicht::dmn::testing {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string definitions(std::string_view body, std::string_view namespace_uri) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions "
         "xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"M\" id=\"m\" "
         "namespace=\"" +
         std::string(namespace_uri) + "\">\n" + std::string(body) + "\n</definitions>\n";
}

std::string literal(std::string_view text) {
  return "<literalExpression><text>" + escaped(text) + "</text></literalExpression>";
}

std::string input(std::string_view name, std::string_view type) {
  const std::string quoted = escaped(name);
  return "<inputData id=\"i-" + quoted + "\" name=\"" + quoted + "\"><variable name=\"" + quoted +
         "\" typeRef=\"" + std::string(type) + "\"/></inputData>\n";
}

std::string decision(std::string_view name, std::string_view type, std::string_view logic,
                     const std::vector<std::string>& inputs) {
  const std::string quoted = escaped(name);
  std::string xml = "<decision id=\"d-" + quoted + "\" name=\"" + quoted + "\"><variable name=\"" +
                    quoted + "\"" + (type.empty() ? "" : " typeRef=\"" + std::string(type) + "\"") +
                    "/>";
  for (const auto& one : inputs) {
    const bool is_knowledge = one.starts_with("k-") || one.starts_with("s-");
    const bool is_decision = one.starts_with("d-");
    const std::string href = is_knowledge || is_decision ? one : "i-" + one;
    xml += is_knowledge  ? "<knowledgeRequirement><requiredKnowledge href=\"#"
           : is_decision ? "<informationRequirement><requiredDecision href=\"#"
                         : "<informationRequirement><requiredInput href=\"#";
    xml += escaped(href);
    xml += is_knowledge ? "\"/></knowledgeRequirement>" : "\"/></informationRequirement>";
  }
  return xml + std::string(logic) + "</decision>\n";
}

std::string table(const TableText& table) {
  std::string xml = "<decisionTable hitPolicy=\"" + table.policy + "\"";
  if (!table.aggregation.empty()) xml += " aggregation=\"" + table.aggregation + "\"";
  xml += ">\n";
  for (const auto& one : table.inputs)
    xml += "<input><inputExpression><text>" + escaped(one) + "</text></inputExpression></input>\n";
  xml += "<output>";
  if (!table.output_values.empty())
    xml += "<outputValues><text>" + escaped(table.output_values) + "</text></outputValues>";
  if (!table.default_output.empty())
    xml += "<defaultOutputEntry><text>" + escaped(table.default_output) +
           "</text></defaultOutputEntry>";
  xml += "</output>\n";
  for (const auto& rule : table.rules) {
    xml += "<rule>";
    for (std::size_t i = 0; i + 1 < rule.size(); ++i)
      xml += "<inputEntry><text>" + escaped(rule[i]) + "</text></inputEntry>";
    xml += "<outputEntry><text>" + escaped(rule.back()) + "</text></outputEntry></rule>\n";
  }
  return xml + "</decisionTable>";
}

std::string big_table(int rules) {
  TableText text{.policy = "FIRST", .inputs = {"Age", "Risk", "Affordable"}};
  const std::vector<std::string> risks = {"\"High\"", "\"Medium\"", "\"Low\""};
  for (int i = 0; i < rules; ++i) {
    const std::string low = std::to_string(i * 2);
    text.rules.push_back({"[" + low + ".." + std::to_string(i * 2 + 2) + ")",
                          risks[static_cast<std::size_t>(i % 3)], i % 2 == 0 ? "true" : "-",
                          "\"r" + low + "\""});
  }
  return definitions(input("Age", "number") + input("Risk", "string") +
                     input("Affordable", "boolean") +
                     decision("d", "string", table(text), {"Age", "Risk", "Affordable"}));
}

bool Compiled::has(std::string_view id) const {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [&](const Diagnostic& one) { return one.id == id; });
}

Compiled compiled(const std::string& xml, const std::vector<std::string>& others) {
  Compiled result;
  auto read = read_model({.file = "m.dmn", .text = xml});
  result.diagnostics = std::move(read.diagnostics);
  if (!read.model) return result;
  std::vector<std::shared_ptr<const Model>> models;
  for (const auto& other : others) {
    auto imported = read_model({.file = "other.dmn", .text = other});
    if (imported.model) models.push_back(std::move(imported.model));
  }
  auto outcome = Engine::compile(read.model, models);
  result.engine = std::move(outcome.engine);
  for (auto& one : outcome.diagnostics) result.diagnostics.push_back(std::move(one));
  return result;
}

feel::Environment environment() {
  const TimeZones& zones = system_time_zones();
  feel::Environment environment;
  environment.zones = &zones;
  environment.now = feel::Value::date_time(*feel::parse_date_time("2026-03-02T10:00:00Z", zones));
  environment.today = feel::Value::date(*feel::parse_date("2026-03-02"));
  return environment;
}

feel::Value value(std::string_view feel_text) {
  const auto expression = feel::compile(feel_text, feel::Scope());
  ZICHT_CHECK(expression.has_value(), "tests write good literals");
  const auto given = environment();
  feel::Budget budget;
  feel::CallContext context(given, budget);
  return expression->evaluate({}, context);
}

std::string written(const feel::Value& value) { return feel::literal_of(value); }

}  // namespace zicht::dmn::testing
