#include "app/present/import_json.h"

#include <algorithm>

#include "app/internal/import_values.h"
#include "app/present/json_writer.h"
#include "base/text.h"

namespace zicht::app {
namespace {

using internal::ImportPlan;
using internal::PlannedRow;
using internal::RowOutcome;

constexpr std::size_t kMostRows = 500;
constexpr std::size_t kSamples = 3;
constexpr std::size_t kSampleLength = 80;  // code points
constexpr std::size_t kLookedAt = 200;     // rows from which a notation is guessed

int importance(const PlannedRow& row) {
  switch (row.outcome) {
    case RowOutcome::kError: return 0;
    case RowOutcome::kChanged: return 1;
    case RowOutcome::kNew: return 2;
    case RowOutcome::kSame: break;
  }
  return 3;
}

// Those that are shown, the most important first, and how many are not.
struct Shown {
  std::vector<const PlannedRow*> rows;
  std::size_t left_out = 0;
};

Shown shown_rows(const ImportPlan& plan) {
  Shown shown;
  for (const PlannedRow& row : plan.rows) {
    if (row.outcome != RowOutcome::kSame) shown.rows.push_back(&row);
  }
  std::stable_sort(shown.rows.begin(), shown.rows.end(),
                   [](const auto* a, const auto* b) { return importance(*a) < importance(*b); });
  if (shown.rows.size() > kMostRows) {
    shown.left_out = shown.rows.size() - kMostRows;
    shown.rows.resize(kMostRows);
  }
  return shown;
}

void write_problem(JsonWriter& json, const Problem& problem) {
  json.member("id", problem.id).member_if("where", problem.where);
  json.member("message", problem.message).member("hint", problem.hint);
}

void write_row(JsonWriter& json, const PlannedRow& row) {
  json.object().key("line").number(row.line);
  json.member("outcome", name_of(row.outcome));
  json.member_if("record", row.record).member_if("title", row.title);
  if (!row.changes.empty()) {
    json.key("changes").array();
    for (const internal::FieldChange& change : row.changes) {
      json.object().member("field", change.field);
      if (!change.before.is_null()) json.key("before").value(change.before);
      if (!change.after.is_null()) json.key("after").value(change.after);
      json.end();
    }
    json.end();
  }
  if (!row.problems.empty()) {
    json.key("problems").array();
    for (const Problem& problem : row.problems) {
      json.object();
      write_problem(json, problem);
      json.end();
    }
    json.end();
  }
  json.end();
}

void gather_ids(const Json& value, std::set<std::string>& ids) {
  if (value.is_string()) ids.emplace(value.get_string());
  if (!value.is_array()) return;
  for (const Json& item : value.get_array()) gather_ids(item, ids);
}

void write_offered(JsonWriter& json, const OfferedMapping& offered) {
  json.object().member("name", offered.name).member("title", offered.title);
  json.member_if("pack", offered.pack).member("form", offered.mapping.form);
  if (offered.is_stale) json.key("stale").boolean(true);
  json.key("mapping").value(offered.json).end();
}

// The field that has the name of the column: its id or label.
const model::Field* named_like(const std::string& column, const model::Form& form,
                               const model::PackSet& packs, std::set<std::string>& taken) {
  const std::string name = internal::folded(column);
  for (const model::Field& field : form.fields) {
    if (!packs::is_importable(field, packs) || taken.contains(field.id)) continue;
    const bool is_it = name == internal::folded(field.id) ||
                       name == internal::folded(field.label.nl) ||
                       name == internal::folded(field.label.en);
    if (!is_it) continue;
    taken.insert(field.id);
    return &field;
  }
  return nullptr;
}

// Comma where some cell is only a number that way; a file with semicolons is most likely Dutch.
bool guess_comma(const ImportTable& table) {
  const std::size_t rows = std::min(table.rows.size(), kLookedAt);
  std::size_t commas = 0, points = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (const ImportCell& cell : table.rows[i].cells) {
      if (cell.kind != CellKind::kText) continue;
      const bool as_comma = internal::read_number(cell.text, true).has_value();
      const bool as_point = internal::read_number(cell.text, false).has_value();
      commas += as_comma && !as_point ? 1U : 0U;
      points += as_point && !as_comma ? 1U : 0U;
    }
  }
  if (commas != points) return commas > points;
  return table.separator != ",";
}

std::string_view guess_dates(const ImportTable& table) {
  const std::size_t rows = std::min(table.rows.size(), kLookedAt);
  for (std::size_t i = 0; i < rows; ++i) {
    for (const ImportCell& cell : table.rows[i].cells) {
      if (internal::read_date(cell.text, packs::DateNotation::kYearFirst)) return "year_first";
      if (internal::read_date(cell.text, packs::DateNotation::kDayFirst)) return "day_first";
    }
  }
  return "year_first";
}

void write_columns(JsonWriter& json, const ImportTable& table, const model::Form& form,
                   const model::PackSet& packs) {
  std::set<std::string> taken;
  json.key("columns").array();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    json.object().member("name", table.columns[i]).key("samples").array();
    std::size_t samples = 0;
    for (const ImportRow& row : table.rows) {
      const std::string_view text = trim(row.cells[i].text);
      if (text.empty()) continue;
      json.text(first_code_points(text, kSampleLength));
      if (++samples == kSamples) break;
    }
    json.end();
    const model::Field* field = named_like(table.columns[i], form, packs, taken);
    if (field != nullptr) json.member("field", field->id);
    json.end();
  }
  json.end();
}

void write_fields(JsonWriter& json, const model::Form& form, const model::PackSet& packs) {
  json.key("fields").array();
  for (const model::Field& field : form.fields) {
    if (packs::is_importable(field, packs)) json.text(field.id);
  }
  json.end();
}

}  // namespace

namespace {

std::vector<OfferedMapping> kept_mappings(const model::PackSet& packs,
                                          const std::map<std::string, Json>& kept) {
  std::vector<OfferedMapping> all;
  for (const auto& [name, payload] : kept) {
    const Json* json = payload.as_object().if_contains("mapping");
    if (json == nullptr) continue;
    auto read = packs::read_import_mapping(*json, packs);
    all.push_back({name, {name, name}, "", std::move(read.mapping), *json,
                   !read.problems.empty()});
  }
  return all;
}

}  // namespace

std::vector<OfferedMapping> stale_mappings(const model::PackSet& packs,
                                           const std::map<std::string, Json>& kept) {
  std::vector<OfferedMapping> stale = kept_mappings(packs, kept);
  std::erase_if(stale, [](const OfferedMapping& each) { return !each.is_stale; });
  return stale;
}

std::vector<OfferedMapping> offered_mappings(const model::PackSet& packs,
                                             const std::map<std::string, Json>& kept,
                                             std::string_view form) {
  std::vector<OfferedMapping> offered = kept_mappings(packs, kept);
  std::erase_if(offered, [](const OfferedMapping& each) { return each.is_stale; });
  for (const model::PackPtr& pack : packs.all_active()) {
    for (packs::PackImport& each : packs::imports_of(*pack, packs)) {
      if (!each.diagnostics.empty()) continue;
      LocalizedText title = each.mapping.title;
      if (title.nl.empty()) title = {each.id, each.id};
      offered.push_back({each.id, std::move(title), pack->id, std::move(each.mapping),
                         std::move(each.json)});
    }
  }
  if (form.empty()) return offered;
  std::erase_if(offered, [&](const OfferedMapping& each) { return each.mapping.form != form; });
  return offered;
}

bool fits(const packs::ImportMapping& mapping, const ImportTable& table) {
  return std::all_of(mapping.columns.begin(), mapping.columns.end(), [&](const auto& column) {
    return std::find(table.columns.begin(), table.columns.end(), column.column) !=
           table.columns.end();
  });
}

std::string mappings_json(const std::vector<OfferedMapping>& offered) {
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const OfferedMapping& each : offered) write_offered(json, each);
  json.end().end();
  return out;
}

std::string look_json(const ImportTable& table, std::int64_t header_row, const model::Form& form,
                      const model::PackSet& packs, const std::vector<OfferedMapping>& offered) {
  std::string out;
  JsonWriter json(out);
  json.object().member("form", form.full_id()).member("format", table.format);
  json.member_if("encoding", table.encoding).member_if("separator", table.separator);
  json.member_if("sheet", table.sheet).key("sheets").array();
  for (const std::string& sheet : table.sheets) json.text(sheet);
  json.end().key("header_row").number(header_row);
  json.key("rows").number(static_cast<std::int64_t>(table.rows.size()));
  json.member("numbers", guess_comma(table) ? "comma" : "point");
  json.member("dates", guess_dates(table));
  write_columns(json, table, form, packs);
  write_fields(json, form, packs);
  json.key("mappings").array();
  for (const OfferedMapping& each : offered) write_offered(json, each);
  json.end().end();
  return out;
}

std::string plan_json(const ImportPlan& plan, const References& names) {
  std::string out;
  JsonWriter json(out);
  json.object().member("plan", plan.id).member("form", plan.form.form->full_id());
  json.key("counts").object().key("new").number(plan.counts.created);
  json.key("changed").number(plan.counts.changed).key("same").number(plan.counts.same);
  json.key("errors").number(plan.counts.errors).end();
  json.key("unused_columns").array();
  for (const std::string& column : plan.unused_columns) json.text(column);
  json.end().key("questions").array();
  for (const internal::Question& question : plan.questions) {
    json.object().member("key", question.key);
    write_problem(json, question.problem);
    json.end();
  }
  const Shown shown = shown_rows(plan);
  json.end().key("rows").array();
  for (const PlannedRow* row : shown.rows) write_row(json, *row);
  json.end().key("left_out").number(static_cast<std::int64_t>(shown.left_out));
  json.key("references");
  write_references(json, names);
  json.end();
  return out;
}

void gather_changed(const ImportPlan& plan, Mentioned& mentioned) {
  for (const PlannedRow* row : shown_rows(plan).rows) {
    for (const internal::FieldChange& change : row->changes) {
      const model::Field* field = plan.form.form->find_field(change.field);
      if (field == nullptr || field->type != model::FieldType::kReference) continue;
      gather_ids(change.before, mentioned.records);
      gather_ids(change.after, mentioned.records);
    }
  }
}

void write_error_rows(const ImportPlan& plan, const packs::ImportMapping& mapping,
                      Language language, TableSink& sink) {
  const bool is_dutch = language == Language::kDutch;
  sink.begin(is_dutch ? "Fouten" : "Errors",
             is_dutch ? std::vector<std::string>{"Regel", "Kolom", "Fout", "Wat te doen"}
                      : std::vector<std::string>{"Line", "Column", "Error", "What to do"});
  constexpr std::string_view kFields = "/fields/";
  for (const PlannedRow& row : plan.rows) {
    for (const Problem& problem : row.problems) {
      std::string place = problem.where;
      if (place.starts_with(kFields)) {
        place = place.substr(kFields.size());
        place.resize(std::min(place.find('/'), place.size()));
        for (const packs::ImportColumn& column : mapping.columns) {
          if (column.field == place) place = column.column;
        }
      }
      sink.row({Cell(std::int64_t{row.line}), Cell(place),
                Cell(in_language(problem.message, language)),
                Cell(in_language(problem.hint, language))});
    }
  }
}

}  // namespace zicht::app
