#include "app/present/table_rows.h"

#include <algorithm>

#include "base/amsterdam.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

using model::Field;
using model::FieldType;

struct EngineColumn {
  std::string_view name;
  LocalizedText label;
};

const EngineColumn kEngineColumns[] = {
    {model::kColumnState, {"Stand", "State"}},
    {model::kColumnTurn, {"Wie is aan zet?", "Whose turn?"}},
    {model::kColumnOrganisation, {"Organisatie", "Organisation"}},
    {model::kColumnChanged, {"Gewijzigd", "Changed"}},
};

const EngineColumn* find_engine_column(std::string_view name) {
  const auto found = std::find_if(std::begin(kEngineColumns), std::end(kEngineColumns),
                                  [&](const EngineColumn& c) { return c.name == name; });
  return found == std::end(kEngineColumns) ? nullptr : found;
}

std::string text_member(const Json& object, std::string_view key) {
  const Json* value = object.is_object() ? object.get_object().if_contains(key) : nullptr;
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

Cell date_cell(const std::string& text) {
  const auto date = Date::parse(text);
  return date ? Cell(*date) : Cell();
}

const model::List* find_list(const Rulebook& rules, const model::Pack& pack, const Field& field) {
  if (model::split_full_id(field.list)) return rules.packs.find_list(field.list);
  return pack.find_list(field.list);
}

}  // namespace

std::vector<std::string> read_columns(internal::Body& body, const model::Form& form,
                                      const model::RowScope& scope, Language) {
  std::vector<std::string> possible;
  for (const Field& field : form.fields) {
    if (sees_field(scope, field) && !field.is_frozen()) possible.push_back(field.id);
  }
  for (const EngineColumn& column : kEngineColumns) possible.emplace_back(column.name);
  auto asked = body.names_if("columns", possible);
  return !asked || asked->empty() ? possible : *std::move(asked);
}

std::vector<std::string> TableRows::headings() const {
  std::vector<std::string> out;
  for (const std::string& name : columns_) {
    if (const EngineColumn* column = find_engine_column(name)) {
      out.push_back(in_language(column->label, language_));
      continue;
    }
    const Field& field = *form_.form->find_field(name);
    const std::string label = in_language(field.label, language_);
    out.push_back(label);
    if (field.type != FieldType::kUncertainDate || field.is_many) continue;
    out.push_back(label + in_language({" (eerste dag)", " (first day)"}, language_));
    out.push_back(label + in_language({" (laatste dag)", " (last day)"}, language_));
  }
  return out;
}

std::string TableRows::engine_text(std::string_view column, const model::Record& record,
                                   const std::string& organisation_name) const {
  if (column == model::kColumnOrganisation) return organisation_name;
  const model::State* state = model::state_of(*form_.pack, record);
  if (state == nullptr) return "";
  if (column == model::kColumnState) return in_language(state->label, language_);
  const model::Role* role = form_.pack->find_role(state->turn);
  return role != nullptr ? in_language(role->title, language_) : state->turn;
}

std::vector<Cell> TableRows::cells(const model::Record& record, const model::RowScope& scope,
                                   const References& references,
                                   const std::string& organisation_name) const {
  std::vector<Cell> out;
  for (const std::string& name : columns_) {
    if (name == model::kColumnChanged) {
      out.emplace_back(amsterdam_date(record.recorded_at));
    } else if (find_engine_column(name) != nullptr) {
      std::string text = engine_text(name, record, organisation_name);
      out.push_back(text.empty() ? Cell() : Cell(std::move(text)));
    } else {
      const Field& field = *form_.form->find_field(name);
      add_field(record, field, sees_field(scope, record, field), references, out);
    }
  }
  return out;
}

void TableRows::add_field(const model::Record& record, const Field& field, bool may_see,
                          const References& references, std::vector<Cell>& cells) const {
  const Json* value = record.fields.as_object().if_contains(field.id);
  const bool is_seen = value != nullptr && may_see;
  if (field.type == FieldType::kUncertainDate && !field.is_many) {
    std::string words = is_seen ? text_member(*value, "words") : "";
    cells.push_back(words.empty() ? Cell() : Cell(std::move(words)));
    cells.push_back(is_seen ? date_cell(text_member(*value, "first")) : Cell());
    cells.push_back(is_seen ? date_cell(text_member(*value, "last")) : Cell());
    return;
  }
  if (!is_seen) return cells.emplace_back(), void();
  if (value->is_int64()) return cells.emplace_back(value->get_int64()), void();
  if (value->is_string() && field.type == FieldType::kDate) {
    return cells.push_back(date_cell(std::string(value->get_string())));
  }
  if (value->is_string() &&
      (field.type == FieldType::kDecimal || field.type == FieldType::kMoney)) {
    return cells.emplace_back(NumberText{std::string(value->get_string())}), void();
  }
  cells.emplace_back(text_of(field, *value, references));
}

std::string TableRows::text_of(const Field& field, const Json& value,
                               const References& references) const {
  if (value.is_array()) {
    std::string joined;
    for (const Json& item : value.get_array()) {
      const std::string text = text_of(field, item, references);
      if (!text.empty()) joined += (joined.empty() ? "" : "; ") + text;
    }
    return joined;
  }
  if (value.is_bool()) {
    const bool yes = value.get_bool();
    return in_language(yes ? LocalizedText{"ja", "yes"} : LocalizedText{"nee", "no"}, language_);
  }
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_object() && field.type == FieldType::kUncertainDate) {
    const std::string words = text_member(value, "words");
    const std::string window = text_member(value, "first") + "/" + text_member(value, "last");
    return words.empty() ? window : words + " (" + window + ")";
  }
  if (value.is_object()) {
    std::string joined;
    for (const Field& inner : field.fields) {
      const Json* part = value.get_object().if_contains(inner.id);
      if (part == nullptr) continue;
      joined += (joined.empty() ? "" : ", ") + in_language(inner.label, language_) + ": " +
                text_of(inner, *part, references);
    }
    return joined;
  }
  if (!value.is_string()) return "";
  const std::string text(value.get_string());
  const auto named = references.find(text);
  if (field.type == FieldType::kReference) {
    return named == references.end() ? "" : named->second.title;
  }
  if (field.type == FieldType::kAccount || field.type == FieldType::kOrganisation) {
    return named == references.end() ? text : named->second.title;
  }
  if (field.type == FieldType::kPeriod) {
    const auto period = Period::parse(text);
    return period ? in_language(long_text(*period), language_) : text;
  }
  if (field.type != FieldType::kChoice) return text;
  const model::List* list = find_list(rules_, *form_.pack, field);
  const model::ListCode* code = list == nullptr ? nullptr : list->find_code(text);
  return code == nullptr ? text : in_language(code->label, language_);
}

std::vector<LocalizedText> TableRows::notes(Date today, std::int64_t cap) const {
  const LocalizedText day = long_text(today);
  std::vector<LocalizedText> out;
  out.push_back({"Peildatum: " + day.nl + ".", "Reference date: " + day.en + "."});
  if (cap > 0) {
    const std::string rows = std::to_string(cap);
    out.push_back({"Dit bestand stopt bij " + rows + " rijen; filter om de rest te krijgen.",
                   "This file stops at " + rows + " rows; filter to get the rest."});
  }
  return out;
}

}  // namespace zicht::app
