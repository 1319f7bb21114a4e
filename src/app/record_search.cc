// Searching and exporting records.
#include <boost/json/serialize.hpp>

#include "app/internal/body.h"
#include "app/internal/found_record.h"
#include "app/internal/read_query.h"
#include "app/present/table_rows.h"
#include "app/record_service.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

using internal::Body;

constexpr std::int64_t kMostRows = 100'000;
constexpr std::size_t kMostChosen = 1'000;

// A form that the caller may ask about; errors: AP-0003 for unknown and invisible alike, AP-0032
// while its pack cannot be read.
struct Asked {
  ActiveForm form;
  model::RowScope scope;
};

// What of a row is told: these fields, without these all; and those that may go without names.
struct Told {
  std::optional<std::set<std::string>> fields;
  std::vector<std::string> unnamed;
};

// A page with what is seen of each row.
struct SeenPage {
  model::Page page;
  std::vector<model::RowScope> scopes;
};

Result<Asked> asked_form(const Rulebook& rules, const Caller& caller, const std::string& name) {
  Asked asked{find_active_form(rules, name), {}};
  if (asked.form.form == nullptr) return unknown_form(rules, name);
  if (!may(caller, *asked.form.pack, *asked.form.form, model::Action::kRead)) {
    return make_error("AP-0003");
  }
  asked.scope = scope_of(caller, *asked.form.pack, *asked.form.form);
  return asked;
}

Result<std::vector<model::RowScope>> scopes_of(Store& store, const Caller& caller,
                                               const Asked& asked, const model::Page& page) {
  std::vector<model::RowScope> scopes;
  if (asked.scope.through.empty()) {
    scopes.assign(page.records.size(), asked.scope);
    return scopes;
  }
  std::vector<const model::Record*> rows;
  for (const model::Record& record : page.records) rows.push_back(&record);
  ZICHT_TRY(standings, internal::standings_of(store, caller, *asked.form.form, rows));
  for (const model::Record* row : rows) {
    scopes.push_back(asked.scope.in_row(
        row->organisation, internal::about_of(*asked.form.form, *row, standings), row->id));
  }
  return scopes;
}

// As of an earlier moment: only records that the caller may still see now.
Result<void> keep_visible_now(Store& store, const Rulebook& rules, const Caller& caller,
                              model::Page& page) {
  std::set<std::string> ids;
  for (const model::Record& record : page.records) ids.insert(record.id);
  ZICHT_TRY(visible, internal::visible_references(store, rules, caller, ids));
  std::erase_if(page.records,
                [&](const model::Record& record) { return !visible.contains(record.id); });
  return {};
}

Result<SeenPage> read_page(Store& store, const Rulebook& rules, const Caller& caller,
                           const Asked& asked, const model::Query& query) {
  SeenPage seen;
  ZICHT_TRY(page, store.page(query));
  if (!query.as_of.is_now()) ZICHT_CHECKED(keep_visible_now(store, rules, caller, page));
  ZICHT_TRY(scopes, scopes_of(store, caller, asked, page));
  seen.page.next = std::move(page.next);
  for (std::size_t i = 0; i < page.records.size(); ++i) {
    // An earlier version may have been about persons to whom the caller is nothing.
    if (!sees_row(scopes[i], page.records[i])) continue;
    seen.page.records.push_back(std::move(page.records[i]));
    seen.scopes.push_back(std::move(scopes[i]));
  }
  return seen;
}

Result<References> references_of(const RecordService::Ports& ports, const Rulebook& rules,
                                 const Caller& caller, const Asked& asked, const SeenPage& seen,
                                 const Told& told = {}) {
  Mentioned mentioned;
  for (std::size_t i = 0; i < seen.scopes.size(); ++i) {
    gather_mentioned({.rules = &rules,
                      .caller = &caller,
                      .form = &asked.form,
                      .scope = &seen.scopes[i],
                      .record = &seen.page.records[i],
                      .organisation_name = {},
                      .only = told.fields ? &*told.fields : nullptr},
                     mentioned, told.unnamed);
  }
  return internal::visible_names(ports, rules, caller, mentioned);
}

// Who has nothing but what every visitor has.
bool is_anybody(const Caller& caller) {
  return caller.is_visitor() && caller.organisation.empty() && caller.roles.empty() &&
         caller.subject.empty() && caller.purpose.empty() && caller.opened.empty() &&
         !caller.is_receiving;
}

// The fields of which a row may be asked to tell: those that the catalogue names to the caller.
std::vector<std::string> named_fields(const Caller& caller, const Asked& asked) {
  const model::Form& form = *asked.form.form;
  const auto filled_in = scope_of(caller, *asked.form.pack, form, model::Action::kCreate);
  std::vector<std::string> names;
  for (const model::Field& field : form.fields) {
    if (is_named(asked.scope, filled_in, field)) names.push_back(field.id);
  }
  return names;
}

Told read_told(Body& body, const json::object& request, const Caller& caller, const Asked& asked) {
  Told told;
  if (!request.contains("fields") && !request.contains("unnamed")) return told;
  const std::vector<std::string> possible = named_fields(caller, asked);
  if (const auto fields = body.names_if("fields", possible)) {
    told.fields.emplace(fields->begin(), fields->end());
  }
  told.unnamed = body.names_if("unnamed", possible).value_or(std::vector<std::string>());
  return told;
}

// What an answer to anybody rests on, beside the store and the packs.
std::string key_of(const Json& request, Date today) {
  return today.to_string() + " " + json::serialize(request);
}

model::Query query_of(Body& body, const Rulebook& rules, const Caller& caller, const Asked& asked,
                      Date day, const WhereLimits& limits) {
  model::Query query =
      internal::read_query(body, rules.packs, *asked.form.form, asked.scope, day);
  query.where_time = caller.is_visitor() ? limits.of_visitors_page : limits.of_page;
  return query;
}

// A place among those that ask with a condition, where the query does. Errors: AP-0172.
Result<HeavyPlaces::Turn> turn_for(const model::Query& query, const Caller& caller,
                                   HeavyPlaces& places) {
  if (query.where == nullptr) return HeavyPlaces::Turn();
  return places.take(caller.is_visitor());
}

Result<SeenPage> read_in_turn(Store& store, const Rulebook& rules, const Caller& caller,
                              const Asked& asked, const model::Query& query, HeavyPlaces& places) {
  ZICHT_TRY(turn, turn_for(query, caller, places));
  return read_page(store, rules, caller, asked, query);
}

// Only these rows of the search, in its order; absent: all. Who chose them saw them in that order,
// so reading stops as soon as the last one is found.
std::optional<std::set<std::string>> read_chosen(Body& body) {
  const auto ids = body.texts_if("ids");
  if (!ids) return std::nullopt;
  if (ids->empty() || ids->size() > kMostChosen) body.add(make_problem("AP-0078", "/ids"));
  return std::set<std::string>(ids->begin(), ids->end());
}

// One row that is shown, with the titles in it.
void note_row(Look& look, const Rulebook& rules, const Caller& caller, const Asked& asked,
              const SeenPage& seen, std::size_t row, const References& references) {
  const model::Record& record = seen.page.records[row];
  look.add(*asked.form.form, record);
  Mentioned named;
  gather_mentioned({.rules = &rules,
                    .caller = &caller,
                    .form = &asked.form,
                    .scope = &seen.scopes[row],
                    .record = &record,
                    .organisation_name = {}},
                   named);
  for (const std::string& id : named.records) {
    const auto reference = references.find(id);
    if (reference != references.end()) look.add_title(rules, id, reference->second.form);
  }
}

// Looks of visitors are not noted.
Result<void> note_page(ReadRecorder& reads, const Rulebook& rules, const Caller& caller,
                       const Asked& asked, const SeenPage& seen, const References& references) {
  if (caller.is_visitor()) return {};
  Look look("search");
  look.set_form(*asked.form.form);
  for (std::size_t i = 0; i < seen.scopes.size(); ++i) {
    note_row(look, rules, caller, asked, seen, i, references);
  }
  return reads.note(caller, look);
}

}  // namespace

Result<std::string> RecordService::search(const Caller& caller, const Json& request) {
  if (!is_anybody(caller)) return search_store(caller, request);
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(mark, ports_.store.mark());
  const KeptAnswers::Now now{std::move(mark), rules};
  const std::string key = key_of(request, amsterdam_date(ports_.clock.now()));
  if (const auto kept = answers_.find(key, now)) return *kept;
  auto answer = search_store(caller, request);
  if (answer) answers_.keep(key, now, *answer);
  return answer;
}

Result<void> RecordService::forget_changed() {
  ZICHT_TRY(mark, ports_.store.mark());
  answers_.forget_before({std::move(mark), ports_.packs.rules()});
  return {};
}

Result<std::string> RecordService::search_store(const Caller& caller, const Json& request) {
  const RulebookPtr rules = ports_.packs.rules();
  Body body(request, {"form", "filters", "where", "undetermined", "text", "sort", "limit", "cursor",
                      "valid_on", "known_at", "fields", "unnamed"});
  const std::string name = body.text("form");
  if (name.empty()) ZICHT_CHECKED(body.check());
  ZICHT_TRY(asked, asked_form(*rules, caller, name));
  const Told told = read_told(body, request.as_object(), caller, asked);
  const Date day = internal::day_of_where(request, amsterdam_date(ports_.clock.now()));
  const model::Query query = query_of(body, *rules, caller, asked, day, ports_.where);
  ZICHT_CHECKED(body.check());
  ZICHT_TRY(seen, read_in_turn(ports_.store, *rules, caller, asked, query, ports_.places));
  const model::Page& page = seen.page;
  ZICHT_TRY(references, references_of(ports_, *rules, caller, asked, seen, told));
  ZICHT_CHECKED(note_page(ports_.reads, *rules, caller, asked, seen, references));
  std::string out;
  out.reserve(1024 * (page.records.size() + 1));
  JsonWriter json(out);
  json.object().key("items").array();
  for (std::size_t i = 0; i < seen.scopes.size(); ++i) {
    const model::Record& record = page.records[i];
    write_search_item(json, {.rules = rules.get(),
                             .caller = &caller,
                             .form = &asked.form,
                             .scope = &seen.scopes[i],
                             .record = &record,
                             .organisation_name = ports_.organisations.name_of(record.organisation),
                             .references = &references,
                             .only = told.fields ? &*told.fields : nullptr});
  }
  json.end().key("references");
  write_references(json, references);
  json.member_if("next", internal::cursor_of(query, day, page.next)).end();
  return out;
}

Result<ExportFile> RecordService::export_rows(const Caller& caller, const Json& request,
                                              Language language, ExportNotes notes) {
  const RulebookPtr rules = ports_.packs.rules();
  Body body(request, {"form", "filters", "where", "undetermined", "text", "sort", "limit", "cursor",
                      "valid_on", "known_at", "format", "columns", "ids"});
  const std::string name = body.text("form");
  const std::string format = body.text("format");
  if (name.empty()) ZICHT_CHECKED(body.check());
  ZICHT_TRY(asked, asked_form(*rules, caller, name));
  const model::Form& form = *asked.form.form;
  if (!may(caller, *asked.form.pack, form, model::Action::kExport)) return make_error("AP-0002");
  asked.scope = scope_of(caller, *asked.form.pack, form, model::Action::kExport);
  const Date today = amsterdam_date(ports_.clock.now());
  model::Query query = query_of(body, *rules, caller, asked, today, ports_.where);
  query.limit = 200;
  query.cursor.clear();
  std::optional<std::set<std::string>> chosen = read_chosen(body);
  const std::unique_ptr<TableSink> sink = ports_.make_sink(format, language);
  if (sink == nullptr) body.add(make_problem("AP-0076", "/format"));
  const auto columns = read_columns(body, form, asked.scope, language);
  ZICHT_CHECKED(body.check());
  TableRows rows(*rules, asked.form, columns, language);
  sink->begin(in_language(form.plural, language), rows.headings());
  Look look("export");
  look.set_form(form);
  ZICHT_TRY(turn, turn_for(query, caller, ports_.places));
  const auto until =
      std::chrono::steady_clock::now() +
      (caller.is_visitor() ? ports_.where.of_visitors_export : ports_.where.of_export);
  std::int64_t count = 0;
  bool is_cut = false;
  do {
    const bool is_over = std::chrono::steady_clock::now() >= until;
    if (query.where != nullptr && is_over) return make_error("ST-0073");
    ZICHT_TRY(seen, read_page(ports_.store, *rules, caller, asked, query));
    ZICHT_TRY(references, references_of(ports_, *rules, caller, asked, seen));
    for (std::size_t i = 0; i < seen.scopes.size(); ++i) {
      const model::Record& record = seen.page.records[i];
      if (chosen && chosen->erase(record.id) == 0) continue;
      if (count++ == kMostRows) break;
      note_row(look, *rules, caller, asked, seen, i, references);
      sink->row(rows.cells(record, seen.scopes[i], references,
                           ports_.organisations.name_of(record.organisation)));
    }
    query.cursor = chosen && chosen->empty() ? "" : seen.page.next;
    is_cut = count >= kMostRows && !seen.page.next.empty();
  } while (!query.cursor.empty() && !is_cut);
  if (notes == ExportNotes::kAll || is_cut) {
    for (const LocalizedText& note : rows.notes(today, is_cut ? kMostRows : 0)) {
      sink->note(in_language(note, language));
    }
  }
  ZICHT_TRY(content, sink->finish());
  ZICHT_CHECKED(ports_.reads.note(caller, look));
  return ExportFile{std::move(content), sink->content_type(),
                    form.id + "-" + today.to_string() + "." + sink->file_extension()};
}

}  // namespace zicht::app
