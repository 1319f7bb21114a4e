#include "app/import_service.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <map>
#include <utility>

#include "app/engine_entries.h"
#include "app/internal/body.h"
#include "app/internal/import_plan.h"
#include "app/present/import_json.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/text.h"

namespace zicht::app {

using internal::Body;
using internal::ImportPlan;
using model::Action;

// What a body asks: the file, how it becomes records, and what was seen of it before.
struct ImportService::Asked {
  Given given;
  std::string plan;
  std::vector<std::string> confirmed;
};

namespace {

constexpr std::size_t kMostKept = 100;
constexpr std::size_t kMostName = 80;  // code points
constexpr std::size_t kShownHash = 12;

Error mapping_error(std::vector<Problem> problems) {
  for (Problem& problem : problems) problem.where = "/mapping" + problem.where;
  return internal::body_error(std::move(problems));
}

bool may_write(const Caller& caller, const ActiveForm& form) {
  return may(caller, *form.pack, *form.form, Action::kCreate) ||
         may(caller, *form.pack, *form.form, Action::kChange);
}

// A form into which this caller may import.
Result<ActiveForm> importable_form(const Rulebook& rules, const Caller& caller,
                                   const std::string& name) {
  ActiveForm form = find_active_form(rules, name);
  if (form.form == nullptr) return unknown_form(rules, name);
  if (!may(caller, *form.pack, *form.form, Action::kRead)) return make_error("AP-0003");
  if (!may_write(caller, form)) return make_error("AP-0002");
  if (caller.organisation.empty()) return make_error("AP-0008");
  if (!packs::is_importable(*form.form)) return make_error("AP-0301");
  return form;
}

// Removing asks for the right to write its form. Where that is gone or takes no imports any more,
// nobody may have that right: then whoever writes anything for the organisation may tidy up.
Result<void> check_may_remove(const Rulebook& rules, const Caller& caller,
                              const std::string& name) {
  if (caller.organisation.empty()) return make_error("AP-0008");
  const ActiveForm form = find_active_form(rules, name);
  if (form.form != nullptr && packs::is_importable(*form.form)) {
    return may_write(caller, form) ? Result<void>() : make_error("AP-0002");
  }
  for (const model::PackPtr& pack : rules.packs.all_active()) {
    for (const model::Form& each : pack->forms) {
      if (may_write(caller, {pack, &each})) return {};
    }
  }
  return make_error("AP-0002");
}

// "12-3-340-<hash>": what a plan that was accepted did.
internal::PlanCounts counts_of(std::string_view plan) {
  internal::PlanCounts counts;
  for (std::int64_t* count : {&counts.created, &counts.changed, &counts.same}) {
    const auto end = std::min(plan.find('-'), plan.size());
    std::from_chars(plan.data(), plan.data() + end, *count);
    plan.remove_prefix(std::min(end + 1, plan.size()));
  }
  return counts;
}

std::string import_id(const std::string& plan) {
  const auto last = plan.rfind('-');
  return plan.substr(last == std::string::npos ? 0 : last + 1).substr(0, kShownHash);
}

std::string accepted_json(const std::string& plan) {
  const internal::PlanCounts counts = counts_of(plan);
  return json::serialize(json::object{{"import", import_id(plan)},
                                      {"created", counts.created},
                                      {"changed", counts.changed},
                                      {"same", counts.same}});
}

TableWish wish_of(const packs::ImportMapping& mapping) {
  return {mapping.sheet, mapping.header_row};
}

bool is_first_sheet(const ImportTable& table) {
  return table.sheets.empty() || table.sheet == table.sheets.front();
}

// A file as a table, read once for each place in which the names of its columns may stand; at most
// so many, as mappings of an organisation may name as many places as there are mappings.
class TableReads {
 public:
  TableReads(const ReadImportTable& read, std::string_view content)
      : read_(read), content_(content) {}

  const Result<ImportTable>& table(const TableWish& wish) {
    const auto place = std::make_pair(wish.sheet, wish.header_row);
    const auto known = tables_.find(place);
    return known != tables_.end() ? known->second
                                  : tables_.emplace(place, read_(content_, wish)).first->second;
  }
  bool fits(const packs::ImportMapping& mapping) {
    constexpr std::size_t kMostReads = 8;
    const TableWish wish = wish_of(mapping);
    const bool is_read = tables_.contains({wish.sheet, wish.header_row});
    if (!is_read && tables_.size() >= kMostReads) return false;
    const Result<ImportTable>& read = table(wish);
    return read && app::fits(mapping, *read);
  }

 private:
  const ReadImportTable& read_;
  const std::string_view content_;
  std::map<std::pair<std::string, std::int64_t>, Result<ImportTable>> tables_;
};

// Each question that nobody confirmed; errors before them.
Result<void> check_acceptable(const ImportPlan& plan, const std::string& looked_at,
                              const std::vector<std::string>& confirmed) {
  if (plan.id != looked_at) return make_error("AP-0327");
  if (plan.counts.errors > 0) {
    return make_error("AP-0329", {{"count", std::to_string(plan.counts.errors)}});
  }
  std::vector<Problem> open;
  for (const internal::Question& question : plan.questions) {
    if (std::find(confirmed.begin(), confirmed.end(), question.key) == confirmed.end()) {
      open.push_back(question.problem);
    }
  }
  if (open.empty()) return {};
  Error error = make_error("AP-0328");
  error.problems = std::move(open);
  return error;
}

}  // namespace

Result<std::string> ImportService::content_of(const Caller& caller,
                                              const std::string& file) const {
  auto pieces = ports_.records.files.open_upload(file, caller.account);
  if (!pieces && pieces.error().code == Code::kNotFound) return make_error("AP-0300");
  if (!pieces) return pieces.error();
  std::string content, piece;
  while (true) {
    ZICHT_TRY(has_more, (*pieces)(piece));
    if (!has_more) return content;
    content += piece;
  }
}

Result<ImportService::Asked> ImportService::read_asked(
    const Caller& caller, const Json& request,
    std::initializer_list<std::string_view> possible) const {
  Body body(request, possible);
  Asked asked;
  const std::string file = body.text("file");
  asked.given.mapping = body.object("mapping");
  asked.given.year = body.number_if("year");
  asked.plan = body.text_if("plan").value_or("");
  asked.confirmed = body.texts_if("confirmed").value_or(std::vector<std::string>());
  ZICHT_CHECKED(body.check());
  ZICHT_TRY(content, content_of(caller, file));
  asked.given.content = std::move(content);
  return asked;
}

Result<ImportPlan> ImportService::plan(const Caller& caller, const Given& given) const {
  if (!ports_.read_table) return make_error("AP-0308");
  const RulebookPtr rules = ports_.records.packs.rules();
  const auto mapping = packs::read_import_mapping(given.mapping, rules->packs);
  ZICHT_TRY(form, importable_form(*rules, caller, mapping.mapping.form));
  if (!mapping.problems.empty()) return mapping_error(mapping.problems);
  ZICHT_TRY(turn, ports_.records.places.take(caller.is_visitor()));
  ZICHT_TRY(table, ports_.read_table(given.content,
                                     {mapping.mapping.sheet, mapping.mapping.header_row}));
  ZICHT_TRY(written, canonical_json(given.mapping));
  const std::string identity =
      hash_of(given.content).to_string() + written + std::to_string(given.year.value_or(0));
  return internal::make_plan(ports_.records, caller,
                             {.rules = rules,
                              .form = form,
                              .mapping = mapping.mapping,
                              .table = table,
                              .identity = identity,
                              .year = given.year,
                              .today = amsterdam_date(ports_.records.clock.now()),
                              .most_compared = ports_.most_compared});
}

Result<std::string> ImportService::rehearse_given(const Caller& caller, const Given& given) {
  ZICHT_TRY(made, plan(caller, given));
  const RulebookPtr rules = ports_.records.packs.rules();
  Mentioned mentioned;
  gather_changed(made, mentioned);
  ZICHT_TRY(names, internal::visible_names(ports_.records, *rules, caller, mentioned));
  return plan_json(made, names);
}

Result<std::string> ImportService::accept_given(const Caller& caller, const Given& given,
                                                const std::string& looked_at,
                                                const std::vector<std::string>& confirmed,
                                                const Idempotency& idempotency) {
  Store& store = ports_.records.store;
  if (!idempotency.key_hash.empty()) {
    ZICHT_TRY(earlier, store.replay_of(idempotency));
    if (earlier) return accepted_json(looked_at);
  }
  ZICHT_TRY(made, plan(caller, given));
  ZICHT_CHECKED(check_acceptable(made, looked_at, confirmed));
  const std::string from = "ingelezen: bestand " +
                           hash_of(given.content).to_string().substr(0, kShownHash) +
                           ", invoer " + import_id(made.id) + ", regel ";
  Unit unit = internal::unit_of(caller, {.idempotency = idempotency});
  for (internal::PlannedRow& row : made.rows) {
    if (!row.draft) continue;
    internal::Draft& draft = *row.draft;
    const auto passed = internal::store_fired(store, draft.base, row.version);
    if (!passed) {
      return internal::is_stale(passed.error()) ? make_error("AP-0327") : passed.error();
    }
    draft.event.reason = from + std::to_string(row.line);
    unit.records.push_back(internal::write_of(draft));
  }
  if (unit.records.empty()) return accepted_json(made.id);
  const auto receipt = store.append_and_wait(std::move(unit));
  if (!receipt) {
    return internal::is_stale(receipt.error()) ? make_error("AP-0327") : receipt.error();
  }
  for (const internal::PlannedRow& row : made.rows) {
    if (!row.draft) continue;
    internal::tell_changed(store, ports_.records.feed, *row.draft->found.form.form,
                           row.draft->after);
  }
  return accepted_json(made.id);
}

Result<std::string> ImportService::rehearse(const Caller& caller, const Json& request) {
  ZICHT_TRY(asked, read_asked(caller, request, {"file", "mapping", "year"}));
  return rehearse_given(caller, asked.given);
}

Result<std::string> ImportService::accept(const Caller& caller, const Json& request,
                                          const Idempotency& idempotency) {
  ZICHT_TRY(asked, read_asked(caller, request,
                              {"file", "mapping", "year", "plan", "confirmed"}));
  return accept_given(caller, asked.given, asked.plan, asked.confirmed, idempotency);
}

Result<ExportFile> ImportService::errors(const Caller& caller, const Json& request,
                                         Language language) {
  ZICHT_TRY(asked, read_asked(caller, request, {"file", "mapping", "year"}));
  ZICHT_TRY(made, plan(caller, asked.given));
  const std::unique_ptr<TableSink> sink = ports_.records.make_sink("csv", language);
  if (sink == nullptr) return make_error("AP-0076");
  const RulebookPtr rules = ports_.records.packs.rules();
  const auto mapping = packs::read_import_mapping(asked.given.mapping, rules->packs);
  write_error_rows(made, mapping.mapping, language, *sink);
  ZICHT_TRY(content, sink->finish());
  return ExportFile{std::move(content), sink->content_type(),
                    (language == Language::kDutch ? "fouten-" : "errors-") + import_id(made.id) +
                        "." + sink->file_extension()};
}

Result<std::string> ImportService::look(const Caller& caller, const Json& request) {
  if (!ports_.read_table) return make_error("AP-0308");
  Body body(request, {"file", "form", "sheet", "header_row"});
  const std::string file = body.text("file"), name = body.text("form");
  const auto sheet = body.text_if("sheet");
  const auto row = body.number_if("header_row");
  TableWish wish{sheet.value_or(""), row.value_or(1)};
  if (wish.header_row < 1 || wish.header_row > 1'000) {
    body.add(make_problem("EX-0066", "/header_row", {{"line", std::to_string(wish.header_row)}}));
  }
  ZICHT_CHECKED(body.check());
  const RulebookPtr rules = ports_.records.packs.rules();
  ZICHT_TRY(form, importable_form(*rules, caller, name));
  ZICHT_TRY(content, content_of(caller, file));
  ZICHT_TRY(turn, ports_.records.places.take(caller.is_visitor()));
  ZICHT_TRY(kept, ports_.records.store.kept_imports(caller.organisation));
  auto offered = offered_mappings(rules->packs, kept, name);
  TableReads reads(ports_.read_table, content);
  // Where somebody said where the names stand, they stand there; else where a mapping knows them.
  if (!sheet && !row) {
    const auto known = std::find_if(offered.begin(), offered.end(), [&](const auto& each) {
      return reads.fits(each.mapping);
    });
    if (known != offered.end()) wish = wish_of(known->mapping);
  }
  const Result<ImportTable>& table = reads.table(wish);
  if (!table) return table.error();
  std::erase_if(offered, [&](const OfferedMapping& each) {
    const TableWish own = wish_of(each.mapping);
    const bool is_same_sheet =
        own.sheet == wish.sheet || (own.sheet.empty() && is_first_sheet(*table)) ||
        own.sheet == table->sheet;
    return !is_same_sheet || own.header_row != wish.header_row || !fits(each.mapping, *table);
  });
  const model::RowScope scope = internal::writing_scope(*rules, caller, name);
  return look_json(*table, wish.header_row, visible_form(scope, *form.form), rules->packs,
                   offered);
}

Result<std::string> ImportService::mappings(const Caller& caller) {
  const RulebookPtr rules = ports_.records.packs.rules();
  ZICHT_TRY(kept, ports_.records.store.kept_imports(caller.organisation));
  std::vector<OfferedMapping> offered = offered_mappings(rules->packs, kept, "");
  std::erase_if(offered, [&](const OfferedMapping& each) {
    return !importable_form(*rules, caller, each.mapping.form);
  });
  for (OfferedMapping& each : stale_mappings(rules->packs, kept)) {
    if (check_may_remove(*rules, caller, each.mapping.form)) offered.push_back(std::move(each));
  }
  return mappings_json(offered);
}

Result<std::string> ImportService::keep(const Caller& caller, const Json& request) {
  Body body(request, {"name", "mapping", "removed"});
  const std::string name(trim(body.text("name")));
  const Json* mapping = body.object_if("mapping");
  const bool is_removed = body.boolean_if("removed").value_or(false);
  if (name.empty() || code_point_length(name) > kMostName) {
    const LocalizedText expected{"een naam van 1 tot 80 tekens", "a name of 1 to 80 characters"};
    body.add(make_problem("AP-0303", "/name", {{"expected", expected}}));
  }
  ZICHT_CHECKED(body.check());
  Store& store = ports_.records.store;
  ZICHT_TRY(kept, store.kept_imports(caller.organisation));
  const auto known = kept.find(name);
  if (is_removed && known == kept.end()) return make_error("AP-0307");
  const Json wanted = is_removed       ? known->second.at("mapping")
                      : mapping != nullptr ? *mapping
                                           : Json(json::object());
  const RulebookPtr rules = ports_.records.packs.rules();
  const auto read = packs::read_import_mapping(wanted, rules->packs);
  if (is_removed) {
    ZICHT_CHECKED(check_may_remove(*rules, caller, read.mapping.form));
  } else {
    ZICHT_CHECKED(importable_form(*rules, caller, read.mapping.form));
    if (!read.problems.empty()) return mapping_error(read.problems);
  }
  if (!is_removed && known == kept.end() && kept.size() >= kMostKept) {
    const LocalizedText expected{"een naam die al bewaard is (er zijn er 100)",
                                 "a name that is kept already (there are 100)"};
    return mapping_error({make_problem("AP-0303", "", {{"expected", expected}})});
  }
  json::object payload{{"name", name}};
  if (!is_removed) payload["mapping"] = wanted;
  const ActiveForm form = find_active_form(*rules, read.mapping.form);
  model::Entry entry =
      engine_entry(model::kImportKept, "", form.form == nullptr ? "" : form.pack->hash,
                   caller.account, std::move(payload));
  entry.organisation = caller.organisation;
  entry.purpose = kPurposeWork;
  Unit unit;
  unit.actor = caller.account;
  unit.purpose = kPurposeWork;
  unit.entries.push_back(std::move(entry));
  ZICHT_TRY(receipt, store.append_and_wait(std::move(unit)));
  return json::serialize(json::object{{"name", name}, {"kept", !is_removed && receipt.seq > 0}});
}

}  // namespace zicht::app
