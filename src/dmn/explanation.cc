#include "dmn/explanation.h"

#include <algorithm>

#include "feel/collections.h"
#include "feel/value_json.h"

namespace zicht::dmn {
namespace {

constexpr std::string_view kCut = "...";

// The beginning of a text, whole characters only.
std::string beginning(std::string_view text) {
  if (text.size() <= kMaxShownText) return std::string(text);
  std::size_t end = kMaxShownText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)).append(kCut);
}

// As it can be journalled: numbers that are not whole are texts, as everywhere in the product.
// `left` is how many parts may still be told.
Json shown(const feel::Value& value, std::size_t& left) {
  if (left > 0) --left;
  switch (value.kind()) {
    case feel::Kind::kNumber:
      if (const auto whole = value.as_number().to_int64()) return *whole;
      return Json(feel::text_of(value));
    case feel::Kind::kList: {
      json::array items;
      for (const auto& item : value.as_list()) {
        if (left == 0) {
          items.emplace_back(kCut);
          break;
        }
        items.push_back(shown(item, left));
      }
      return items;
    }
    case feel::Kind::kContext: {
      const auto& context = value.as_context();
      json::object entries;
      for (std::size_t i = 0; i < context.size(); ++i) {
        if (left == 0) {
          entries[kCut] = kCut;
          break;
        }
        entries[context.shape().names()[i]] = shown(context.slots()[i], left);
      }
      return entries;
    }
    case feel::Kind::kString:
      return Json(beginning(value.as_string()));
    default: {
      Json json = feel::json_of(value);
      if (json.is_string()) json = beginning(json.get_string());
      return json;
    }
  }
}

Json shown(const feel::Value& value) {
  std::size_t left = kMaxShown;
  return shown(value, left);
}

json::object step_json(const feel::Step& step, std::string_view text) {
  const auto begin = std::min<std::size_t>(step.span.begin, text.size());
  const auto end = std::min<std::size_t>(std::max(step.span.end, step.span.begin), text.size());
  json::object object;
  object["text"] = beginning(text.substr(begin, end - begin));
  object["value"] = shown(step.value);
  json::array steps;
  for (const auto& part : step.steps) steps.push_back(step_json(part, text));
  if (!steps.empty()) object["steps"] = std::move(steps);
  return object;
}

json::object cell_json(const CellTrace& cell) {
  json::object object;
  object["verdict"] = verdict_name(cell.verdict);
  object["text"] = beginning(cell.text);
  object["line"] = cell.line;
  if (!cell.causes.empty()) object["causes"] = to_json(cell.causes);
  json::array steps;
  for (const auto& step : cell.parts.root.steps) steps.push_back(step_json(step, cell.text));
  if (!steps.empty()) object["steps"] = std::move(steps);
  return object;
}

json::object rule_json(const RuleTrace& rule) {
  json::object object;
  object["rule"] = rule.number;
  if (!rule.id.empty()) object["id"] = rule.id;
  object["line"] = rule.line;
  object["matched"] = rule.has_matched;
  json::array cells;
  for (const auto& cell : rule.cells) cells.push_back(cell_json(cell));
  if (!cells.empty()) object["cells"] = std::move(cells);
  json::array outputs;
  for (const auto& output : rule.outputs) outputs.push_back(shown(output));
  if (!outputs.empty()) object["outputs"] = std::move(outputs);
  json::array annotations;
  for (const auto& one : rule.annotations) annotations.emplace_back(one);
  if (!annotations.empty()) object["annotations"] = std::move(annotations);
  return object;
}

json::object named_json(const std::vector<NamedValue>& values) {
  json::object object;
  for (const auto& [name, value] : values) object[name] = shown(value);
  return object;
}

json::object table_json(const TableTrace& table) {
  json::object object;
  object["table"] = table.name;
  object["line"] = table.line;
  object["hit_policy"] = table.hit_policy;
  object["inputs"] = named_json(table.inputs);
  json::array rules;
  for (const auto& rule : table.rules) rules.push_back(rule_json(rule));
  object["rules"] = std::move(rules);
  json::array misses;
  for (const auto& miss : table.near_misses) {
    json::array columns;
    for (const auto column : miss.columns) columns.emplace_back(table.inputs[column].name);
    misses.push_back(json::object{{"rule", miss.rule}, {"blocked_by", std::move(columns)}});
  }
  if (!misses.empty()) object["near_misses"] = std::move(misses);
  object["value"] = shown(table.value);
  if (table.is_cut) object["is_cut"] = true;
  return object;
}

json::object decision_json(const DecisionTrace& decision) {
  json::object object;
  object["decision"] = decision.name;
  object["id"] = decision.id;
  object["file"] = decision.file;
  object["line"] = decision.line;
  object["inputs"] = named_json(decision.inputs);
  json::array tables;
  for (const auto& table : decision.tables) tables.push_back(table_json(table));
  if (!tables.empty()) object["tables"] = std::move(tables);
  object["value"] = shown(decision.value);
  if (!decision.causes.empty()) object["causes"] = to_json(decision.causes);
  if (!decision.passed_over.empty()) object["passed_over"] = to_json(decision.passed_over);
  if (decision.is_cut) object["is_cut"] = true;
  if (!decision.sources.empty()) object["sources"] = to_json(decision.sources);
  return object;
}

}  // namespace

std::string_view verdict_name(CellVerdict verdict) {
  switch (verdict) {
    case CellVerdict::kTrue:
      return "true";
    case CellVerdict::kFalse:
      return "false";
    case CellVerdict::kUnknown:
      return "unknown";
  }
  return "unknown";
}

Json to_json(const std::vector<feel::NullCause>& causes) {
  json::array array;
  for (const auto& cause : causes) {
    if (cause.kind == feel::NullCause::Kind::kMissingFact) {
      array.push_back(json::object{{"missing", cause.fact}});
      continue;
    }
    const Error error = cause.to_error();
    array.push_back(json::object{
        {"id", error.id}, {"message", {{"nl", error.message.nl}, {"en", error.message.en}}}});
  }
  return array;
}

Json to_json(const feel::Explanation& explanation, std::string_view text) {
  json::object object = step_json(explanation.root, text);
  if (explanation.is_cut) object["is_cut"] = true;
  return object;
}

Json shown_json(const feel::Value& value) { return shown(value); }

Json to_json(const std::vector<SourceTrace>& sources) {
  json::array array;
  for (const auto& source : sources) {
    array.push_back(
        json::object{{"name", source.name}, {"type", source.type}, {"location", source.location}});
  }
  return array;
}

Json to_json(const Explanation& explanation) {
  json::array decisions;
  for (const auto& decision : explanation.decisions()) decisions.push_back(decision_json(decision));
  return decisions;
}

}  // namespace zicht::dmn
