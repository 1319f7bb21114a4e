// Reading: one record, its history and its links. Writing: record_write.cc; searching and
// exporting: record_search.cc.
#include "app/record_service.h"

#include <algorithm>

#include "app/internal/found_record.h"
#include "app/internal/identity.h"
#include "app/present/history_json.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/ids.h"

namespace zicht::app {

using internal::FoundRecord;

namespace internal {
namespace {

Result<std::vector<std::string>> handed_to_names(const RecordService::Ports& ports,
                                                 const FoundRecord& found) {
  std::vector<std::string> names;
  if (!found.form.form->is_about_persons()) return names;
  std::set<std::string> organisations;
  if (found.handed_to) {
    organisations = *found.handed_to;
  } else {
    ZICHT_TRY(known, ports.store.handed_to(found.record.id));
    organisations = std::move(known);
  }
  for (const std::string& each : organisations) {
    names.push_back(ports.organisations.name_of(each));
  }
  return names;
}

}  // namespace

model::RowScope read_scope(const Rulebook& rules, const Caller& caller,
                           std::string_view full_form) {
  const ActiveForm form = find_active_form(rules, full_form);
  if (form.form == nullptr) return model::no_scope();
  return scope_of(caller, *form.pack, *form.form);
}

model::RowScope writing_scope(const Rulebook& rules, const Caller& caller,
                              std::string_view full_form) {
  const ActiveForm form = find_active_form(rules, full_form);
  model::RowScope scope = read_scope(rules, caller, full_form);
  const auto most = std::max(
      scope.highest(), scope_of(caller, *form.pack, *form.form, model::Action::kCreate).highest());
  return {.clearance = most, .elsewhere = most, .organisation = caller.organisation};
}

model::About about_of(const model::Form& form, const model::Record& record,
                      const model::Standings& standings) {
  model::About about;
  for (const std::string& person : model::subjects_of(form, record.id, record.fields)) {
    const auto known = standings.find(person);
    about.push_back(known == standings.end() ? model::Standing() : known->second);
  }
  return about;
}

Result<model::Standings> standings_of(Store& store, const Caller& caller, const model::Form& form,
                                      const std::vector<const model::Record*>& records) {
  if (caller.is_visitor() || !form.is_about_persons()) return model::Standings();
  std::set<std::string> persons;
  for (const model::Record* record : records) {
    for (std::string& person : model::subjects_of(form, record->id, record->fields)) {
      persons.insert(std::move(person));
    }
  }
  if (persons.empty()) return model::Standings();
  return store.standings({persons.begin(), persons.end()},
                         {caller.account, caller.subject, caller.organisation});
}

namespace {

Result<void> narrow_by_standings(const Caller& caller, FoundRecord& found) {
  const model::Form& form = *found.form.form;
  const model::RowScope scope = scope_of(caller, *found.form.pack, form);
  found.scope = scope.in_row(found.record.organisation,
                             about_of(form, found.record, found.standings), found.record.id);
  if (!sees_row(found.scope, found.record)) return make_error("AP-0001");
  return {};
}

// The form of which something is asked about persons; null: nothing is.
const model::Form* form_about_persons(const Rulebook& rules, const Caller& caller,
                                      std::string_view full_form) {
  const model::Form* form = find_active_form(rules, full_form).form;
  if (form == nullptr || caller.is_visitor() || !form->is_about_persons()) return nullptr;
  return form;
}

}  // namespace

Result<void> narrow_to_row(Store& store, const Caller& caller, FoundRecord& found) {
  const model::Form& form = *found.form.form;
  ZICHT_TRY(standings, standings_of(store, caller, form, {&found.record}));
  found.standings = std::move(standings);
  return narrow_by_standings(caller, found);
}

Result<FoundRecord> find_record(Store& store, const RulebookPtr& rules, const Caller& caller,
                                const std::string& id, const model::AsOf& as_of) {
  if (!PublicId::parse(id)) return make_error("AP-0001");
  auto read =
      store.opened(id, {caller.account, caller.subject, caller.organisation},
                   [&](std::string_view form) { return form_about_persons(*rules, caller, form); });
  if (!read && read.error().code == Code::kNotFound) return make_error("AP-0001");
  if (!read) return read.error();
  FoundRecord found{.rules = rules,
                    .form = find_active_form(*rules, read->record.form),
                    .scope = {},
                    .record = std::move(read->record),
                    .standings = std::move(read->standings)};
  if (form_about_persons(*rules, caller, found.record.form) != nullptr) {
    found.handed_to = std::move(read->handed_to);
    found.links = std::move(read->links);
  }
  // Without the pack nobody knows who may see the row, so nobody does.
  if (found.form.form == nullptr) {
    Error error = unknown_form(*rules, found.record.form);
    return error.id == "AP-0003" ? make_error("AP-0001") : error;
  }
  ZICHT_CHECKED(narrow_by_standings(caller, found));
  if (as_of.is_now()) return found;
  auto earlier = store.record(id, as_of);
  if (!earlier && earlier.error().code == Code::kNotFound) return make_error("AP-0001");
  if (!earlier) return earlier.error();
  found.record = *std::move(earlier);
  ZICHT_CHECKED(narrow_to_row(store, caller, found));
  return found;
}

Result<References> visible_references(Store& store, const Rulebook& rules, const Caller& caller,
                                      const std::set<std::string>& ids) {
  if (ids.empty()) return References();
  const auto scope = [&](std::string_view form) { return read_scope(rules, caller, form); };
  ZICHT_TRY(references, store.references({ids.begin(), ids.end()}, scope));
  for (auto& [id, reference] : references) {
    const ActiveForm form = find_active_form(rules, reference.form);
    if (form.form == nullptr) continue;
    if (!sees_title(reference.clearance, *form.form)) reference.title = form.form->title.nl;
  }
  return references;
}

Result<References> visible_names(const RecordService::Ports& ports, const Rulebook& rules,
                                 const Caller& caller, const Mentioned& mentioned) {
  ZICHT_TRY(names, visible_references(ports.store, rules, caller, mentioned.records));
  for (const std::string& id : mentioned.organisations) {
    names.insert_or_assign(id, RecordReference{ports.organisations.name_of(id), ""});
  }
  if (caller.is_visitor()) return names;
  for (const std::string& id : mentioned.accounts) {
    ZICHT_TRY(account, ports.store.find_account(id));
    if (account) names.insert_or_assign(id, RecordReference{account->name, ""});
  }
  return names;
}

namespace {

Mentioned mentioned_in(const FoundRecord& found) {
  Mentioned mentioned;
  gather_mentioned({.form = &found.form,
                    .scope = &found.scope,
                    .record = &found.record,
                    .organisation_name = {}},
                   mentioned);
  return mentioned;
}

}  // namespace

Result<Document> document_of(const RecordService::Ports& ports, const Caller& caller,
                             const FoundRecord& found, std::optional<Date> today, Look* look) {
  ZICHT_TRY(names, visible_names(ports, *found.rules, caller, mentioned_in(found)));
  return document_with(ports, caller, found, names, today, look);
}

Result<Document> document_with(const RecordService::Ports& ports, const Caller& caller,
                               const FoundRecord& found, const References& names,
                               std::optional<Date> today, Look* look) {
  RecordView view{found.rules.get(), &caller, &found.form, &found.scope,
                  &found.record,     {},      nullptr};
  view.organisation_name = ports.organisations.name_of(found.record.organisation);
  const References references = names_of(mentioned_in(found), names);
  view.references = &references;
  if (look != nullptr) {
    look->set_form(*found.form.form);
    look->add(*found.form.form, found.record);
    look->add_titles(*found.rules, references);
  }
  const model::About about = about_of(*found.form.form, found.record, found.standings);
  view.about = &about;
  References same;
  if (today) {
    ZICHT_TRY(persons, same_persons(ports.store, caller, found));
    ZICHT_TRY(visible, visible_references(ports.store, *found.rules, caller, persons));
    same = std::move(visible);
    if (look != nullptr) look->add_titles(*found.rules, same);
    ZICHT_TRY(handed_to, handed_to_names(ports, found));
    view.handed_to = std::move(handed_to);
  }
  view.same_as = &same;
  Document document;
  document.version = found.record.version;
  document.id = found.record.id;
  document.json.reserve(4096);
  JsonWriter json(document.json);
  write_record(json, view, today);
  return document;
}

std::optional<std::set<std::string>> tell_changed(Store& store, ChangeFeed& feed,
                                                  const model::Form& form,
                                                  const model::Record& record) {
  std::optional<std::set<std::string>> handed_to;
  if (!form.is_about_persons()) {
    handed_to.emplace();
  } else if (auto found = store.handed_to(record.id)) {
    handed_to = *std::move(found);
  }
  feed.record_changed(record, handed_to.value_or(std::set<std::string>()));
  return handed_to;
}

Error refused_look(ReadRecorder& reads, const Caller& caller, const std::string& action,
                   const std::string& id, Error error) {
  if (error.id != "AP-0001") return error;
  const auto noted = reads.note_refused(caller, action, id);
  return noted ? error : noted.error();
}

}  // namespace internal

Idempotency idempotency_of(std::string_view account, std::string_view key, std::string_view method,
                           std::string_view path, std::string_view body) {
  Hasher key_hash;
  key_hash.add_u64(account.size()).add(account).add(key);
  Hasher request_hash;
  request_hash.add_u64(method.size()).add(method).add_u64(path.size()).add(path).add(body);
  return {key_hash.finish().to_string(), request_hash.finish().to_string()};
}

RecordService::RecordService(Ports ports) : ports_(std::move(ports)) {}

Result<Document> RecordService::read_into(const Caller& caller, const std::string& id,
                                          const model::AsOf& as_of, Look& look) {
  auto found = internal::find_record(ports_.store, ports_.packs.rules(), caller, id, as_of);
  if (!found) return internal::refused_look(ports_.reads, caller, "read", id, found.error());
  std::optional<Date> today;
  if (as_of.is_now()) today = amsterdam_date(ports_.clock.now());
  return internal::document_of(ports_, caller, *found, today, &look);
}

Result<Document> RecordService::read(const Caller& caller, const std::string& id,
                                     const model::AsOf& as_of) {
  Look look("read");
  ZICHT_TRY(document, read_into(caller, id, as_of, look));
  ZICHT_CHECKED(ports_.reads.note(caller, look));
  return document;
}

Result<UnshownDocument> RecordService::read_unshown(const Caller& caller, const std::string& id,
                                                    const model::AsOf& as_of) {
  Look look("read");
  ZICHT_TRY(document, read_into(caller, id, as_of, look));
  ZICHT_TRY(unkept, ports_.reads.unkept(caller, look));
  return UnshownDocument{std::move(document), std::move(unkept)};
}

namespace {

// What the caller sees of each version: an earlier one may be about other persons.
Result<std::vector<model::RowScope>> scopes_of(Store& store, const Caller& caller,
                                               const FoundRecord& found,
                                               const std::vector<HistoryItem>& items) {
  const model::Form& form = *found.form.form;
  std::vector<const model::Record*> versions;
  for (const HistoryItem& item : items) versions.push_back(&item.record);
  ZICHT_TRY(standings, internal::standings_of(store, caller, form, versions));
  const model::RowScope scope = internal::read_scope(*found.rules, caller, found.record.form);
  std::vector<model::RowScope> scopes;
  for (const model::Record* version : versions) {
    scopes.push_back(scope.in_row(version->organisation,
                                  internal::about_of(form, *version, standings), version->id));
  }
  return scopes;
}

}  // namespace

Result<std::string> RecordService::history(const Caller& caller, const std::string& id,
                                           std::optional<std::int64_t> before_seq) {
  constexpr std::int64_t kPage = 200;
  auto asked = internal::find_record(ports_.store, ports_.packs.rules(), caller, id, {});
  if (!asked) return internal::refused_look(ports_.reads, caller, "history", id, asked.error());
  const FoundRecord& found = *asked;
  // One more than a page: each item is compared with the one before it.
  ZICHT_TRY(items, ports_.store.history(id, kPage + 1, before_seq));
  HistoryView view{found.rules.get(), &caller, &found.form, {}, {}};
  ZICHT_TRY(scopes, scopes_of(ports_.store, caller, found, items));
  view.scopes = std::move(scopes);
  std::set<std::string> actors;
  for (const HistoryItem& item : items) actors.insert(item.envelope.actor);
  for (const std::string& actor : actors) {
    if (caller.is_visitor()) break;
    ZICHT_TRY(account, ports_.store.find_account(actor));
    if (account) view.actor_names.emplace(actor, account->name);
  }
  for (const HistoryItem& item : items) {
    const std::string& organisation = item.envelope.organisation;
    view.organisation_names.emplace(organisation, ports_.organisations.name_of(organisation));
  }
  Look look("history");
  look.set_form(*found.form.form);
  Mentioned mentioned;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const model::Record& record = items[i].record;
    if (!sees_row(view.scopes[i], record)) continue;
    look.add(*found.form.form, record);
    gather_mentioned(
        {.form = &found.form, .scope = &view.scopes[i], .record = &record, .organisation_name = {}},
        mentioned);
  }
  ZICHT_TRY(references, internal::visible_names(ports_, *found.rules, caller, mentioned));
  look.add_titles(*found.rules, references);
  view.references = &references;
  ZICHT_CHECKED(ports_.reads.note(caller, look));
  return history_json(view, items, static_cast<std::size_t>(kPage));
}

Result<std::string> RecordService::links(const Caller& caller, const std::string& id) {
  auto asked = internal::find_record(ports_.store, ports_.packs.rules(), caller, id, {});
  if (!asked) return internal::refused_look(ports_.reads, caller, "links", id, asked.error());
  const FoundRecord& found = *asked;
  Look look("links");
  look.set_form(*found.form.form);
  look.add(*found.form.form, found.record);
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const model::Link& link : found.form.form->links) {
    ZICHT_CHECKED(write_outgoing_link(json, link, caller, found, look));
  }
  for (const model::PackPtr& pack : found.rules->packs.all_active()) {
    for (const model::Form& form : pack->forms) {
      for (const model::Link& link : form.links) {
        const model::Field* field = form.find_field(link.field);
        if (field == nullptr || field->form != found.record.form) continue;
        ZICHT_CHECKED(write_incoming_link(json, link, {pack, &form}, caller, found, look));
      }
    }
  }
  json.end().end();
  ZICHT_CHECKED(ports_.reads.note(caller, look));
  return out;
}

namespace {

void write_linked(JsonWriter& json, const RecordLink& linked) {
  json.object().member("id", linked.record).member("form", linked.form);
  json.member("title", linked.title).member_if("state", linked.state).end();
}

}  // namespace

Result<void> RecordService::write_outgoing_link(JsonWriter& json, const model::Link& link,
                                                const Caller& caller, const FoundRecord& found,
                                                Look& look) {
  const model::Field* field = found.form.form->find_field(link.field);
  const Json* value = found.record.fields.as_object().if_contains(link.field);
  if (field == nullptr || value == nullptr || !sees_field(found.scope, found.record, *field)) {
    return {};
  }
  std::vector<std::string> ids;
  if (value->is_string()) ids.emplace_back(value->get_string());
  if (value->is_array()) {
    for (const Json& item : value->get_array()) ids.emplace_back(item.as_string());
  }
  json.object().member("title", link.title).member("field", link.field).member("direction", "out");
  json.key("records").array();
  for (const std::string& id : ids) {
    auto target = internal::find_record(ports_.store, found.rules, caller, id, {});
    if (!target && target.error().code == Code::kNotFound) continue;
    if (!target) return target.error();
    const auto visible = visible_part(target->scope, *target->form.form, target->record);
    look.add_title(*found.rules, id, visible.form);
    write_linked(json, {link.field, id, visible.form, visible.title, visible.state, {}});
  }
  json.end().end();
  return {};
}

Result<void> RecordService::write_incoming_link(JsonWriter& json, const model::Link& link,
                                                const ActiveForm& form, const Caller& caller,
                                                const FoundRecord& found, Look& look) {
  constexpr std::int64_t kMost = 200;
  const std::string full_form = form.form->full_id();
  model::RowScope scope = internal::read_scope(*found.rules, caller, full_form);
  const model::Field& field = *form.form->find_field(link.field);
  if (scope == model::no_scope() || !sees_field(scope, field)) return {};
  scope.narrow(sensitivity_of(field));
  ZICHT_TRY(linked, ports_.store.referring(found.record.id, full_form, link.field, scope, kMost));
  if (linked.empty()) return {};
  json.object().member("title", link.reverse).member("field", link.field);
  json.member("direction", "in").key("records").array();
  for (RecordLink& each : linked) {
    look.add_title(*found.rules, each.record, full_form);
    if (!sees_title(each.clearance, *form.form)) each.title = form.form->title.nl;
    write_linked(json, each);
  }
  json.end().end();
  return {};
}

}  // namespace zicht::app
