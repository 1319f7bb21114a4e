#include "app/internal/letter_record.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "app/internal/letter_step.h"
#include "app/present/json_writer.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/ids.h"

namespace zicht::app::internal {
namespace {

constexpr std::int64_t kMostVersions = 200;

// Who sees so much of a row sees it in whatever state of the form it is.
model::Sensitivity most_hidden(const ActiveForm& form) {
  auto most = std::max(form.form->audience, model::Sensitivity::kInternal);
  const auto* process = form.pack->find_process(form.form->process.process);
  if (process == nullptr) return most;
  for (const model::State& state : process->states) {
    most = std::max(most, state.audience.value_or(most));
  }
  return most;
}

// Whether it is erased and may have been in a state that was not seen with this clearance. Who sees
// public rows alone is not given what is left of an erased record, so there is nothing to ask.
Result<bool> may_have_been_hidden(Store& store, const ActiveForm& form, const std::string& id,
                                  model::Sensitivity clearance) {
  if (form.form == nullptr) return true;
  if (clearance < model::Sensitivity::kInternal || clearance >= most_hidden(form)) return false;
  const auto record = store.record(id, {});
  if (record) return record->state == model::kErasedState;
  if (record.error().code == Code::kNotFound) return true;
  return record.error();
}

bool may_be_told(const Rulebook& rules, const KeptLetter& kept, const RecordReference& reference) {
  const ActiveForm form = find_active_form(rules, reference.form);
  if (form.form == nullptr || !sees_title(reference.clearance, *form.form)) return false;
  const auto reach = kept.reach.find(reference.form);
  return reach == kept.reach.end() || reach->second <= reference.clearance;
}

// What is seen of a version is decided by the state that it was in, and by who kept it then.
model::RowScope scope_at(const Caller& caller, const FoundRecord& found,
                         const model::Record& version) {
  const model::Form& form = *found.form.form;
  const model::RowScope scope = scope_of(caller, *found.form.pack, form);
  return scope.in_row(version.organisation, about_of(form, version, found.standings), version.id);
}

bool sees_version(const Caller& caller, const FoundRecord& found, const model::Record& version) {
  const model::RowScope scope = scope_at(caller, found, version);
  return sees_row(scope, version) &&
         sees_field(scope, version, *model::letter_field(*found.form.form));
}

// Puts a version in the place of the newest. One that the caller does not see is not there.
Result<void> go_back(Store& store, const Caller& caller, std::int64_t version, FoundRecord& found) {
  ZICHT_TRY(items, store.history(found.record.id, kMostVersions, {}));
  for (HistoryItem& item : items) {
    if (item.record.version != version) continue;
    if (!sees_version(caller, found, item.record)) break;
    found.scope = scope_at(caller, found, item.record);
    found.record = std::move(item.record);
    return {};
  }
  return make_error("AP-0268", {{"version", std::to_string(version)}});
}

Result<std::string> name_of_account(Store& store, const Caller& caller, const std::string& id) {
  if (caller.is_visitor() || id.empty()) return std::string();
  ZICHT_TRY(account, store.find_account(id));
  return account ? account->name : std::string();
}

void write_sources(JsonWriter& json, const std::vector<LetterSource>& sources) {
  json.key("sources").array();
  for (const LetterSource& source : sources) json.value(to_json(source));
  json.end();
}

void write_section(JsonWriter& json, const LetterSection& section) {
  json.object().member("heading", section.heading).key("level").number(section.level);
  json.key("sentences").array();
  for (const Sentence& sentence : section.sentences) {
    json.object().member("id", sentence.id).member("text", sentence.text);
    write_sources(json, sentence.sources);
    json.key("own").boolean(is_own(sentence.id));
    json.key("edited").boolean(!sentence.edited_by.empty() && !is_own(sentence.id));
    json.member_if("by", sentence.edited_by).member_if("was", sentence.was).end();
  }
  json.end().key("tables").array();
  for (const LetterTable& table : section.tables) {
    json.object().member("id", table.id).member("caption", table.caption);
    json.key("headings").array();
    for (const std::string& heading : table.headings) json.text(heading);
    json.end().key("rows").array();
    for (const auto& row : table.rows) {
      json.array();
      for (const std::string& cell : row) json.text(cell);
      json.end();
    }
    json.end();
    write_sources(json, table.sources);
    json.end();
  }
  json.end().end();
}

using Versions = std::vector<HistoryItem>;         // newest first
using Words = std::map<std::string, std::string>;  // by id

// Of these ids: a sentence as it stands in the letter, a table by its caption.
Words words_in(const Letter& letter, const std::set<std::string>& ids) {
  Words words;
  for (const LetterSection& section : letter.sections) {
    for (const Sentence& sentence : section.sentences) {
      if (ids.contains(sentence.id)) words.emplace(sentence.id, sentence.text);
    }
    for (const LetterTable& table : section.tables) {
      if (ids.contains(table.id)) words.emplace(table.id, table.caption);
    }
  }
  return words;
}

// What was left out, as the newest version before this one has it. A letter no longer rests on what
// it leaves out: the words are told to who may read the version that has them, and to nobody else.
Result<Words> words_left_out(Store& store, const Caller& caller, const FoundLetter& letter,
                             const Versions& versions) {
  const std::set<std::string>& left_out = letter.kept.left_out;
  Words told;
  for (const HistoryItem& item : versions) {
    if (told.size() == left_out.size()) break;
    if (item.record.version >= letter.found.record.version) continue;
    if (!sees_version(caller, letter.found, item.record)) continue;
    const Json* value = item.record.fields.as_object().if_contains(letter.field->id);
    if (value == nullptr) continue;
    const auto kept = KeptLetter::from_json(*value);
    if (!kept) continue;
    Words words = words_in(kept->letter, left_out);
    if (words.empty()) continue;
    const Rulebook& rules = *letter.found.rules;
    ZICHT_TRY(seen, sources_seen(store, rules, caller, kept->records()));
    if (sees_all_of(rules, seen, *kept)) told.merge(words);  // of a newer one it stays
  }
  return told;
}

void write_left_out(JsonWriter& json, const KeptLetter& kept, const Words& words) {
  json.key("left_out").array();
  for (const std::string& id : kept.left_out) {
    json.object().member("id", id);
    if (const auto found = words.find(id); found != words.end()) json.member("text", found->second);
    json.end();
  }
  json.end();
}

Result<void> write_versions(JsonWriter& json, Store& store, const Caller& caller,
                            const FoundLetter& letter, const Versions& items) {
  std::map<std::string, std::string> names;
  json.key("versions").array();
  for (const HistoryItem& item : items) {
    if (!sees_version(caller, letter.found, item.record)) continue;
    const std::string& actor = item.envelope.actor;
    if (!names.contains(actor)) {
      ZICHT_TRY(name, name_of_account(store, caller, actor));
      names.emplace(actor, std::move(name));
    }
    json.object().key("version").number(item.record.version);
    json.member("at", item.envelope.recorded_at.to_string());
    json.member_if("by", names[actor]);
    json.member_if("reason", item.event.reason).end();
  }
  json.end();
  return {};
}

}  // namespace

Result<References> sources_seen(Store& store, const Rulebook& rules, const Caller& caller,
                                const std::set<std::string>& ids) {
  if (ids.empty()) return References();
  const auto scope = [&](std::string_view form) { return read_scope(rules, caller, form); };
  ZICHT_TRY(references, store.references({ids.begin(), ids.end()}, scope));
  for (auto each = references.begin(); each != references.end();) {
    const auto& [id, reference] = *each;
    const ActiveForm form = find_active_form(rules, reference.form);
    ZICHT_TRY(is_hidden, may_have_been_hidden(store, form, id, reference.clearance));
    each = is_hidden ? references.erase(each) : std::next(each);
  }
  return references;
}

bool sees_all_of(const Rulebook& rules, const References& seen, const KeptLetter& kept) {
  const std::set<std::string> ids = kept.records();
  return std::all_of(ids.begin(), ids.end(), [&](const std::string& id) {
    const auto found = seen.find(id);
    return found != seen.end() && may_be_told(rules, kept, found->second);
  });
}

Result<FoundLetter> find_letter(const LettersService::Ports& ports, const RulebookPtr& rules,
                                const Caller& caller, const LetterVersion& which) {
  auto found = find_record(ports.store, rules, caller, which.id, {});
  if (!found && found.error().id == "AP-0001") return make_error("AP-0260");
  if (!found) return found.error();
  FoundLetter letter{*std::move(found), nullptr, {}, {}};
  const model::Form& form = *letter.found.form.form;
  letter.field = model::letter_field(form);
  if (letter.field == nullptr) return make_error("AP-0260");
  if (!sees_field(letter.found.scope, letter.found.record, *letter.field)) {
    return make_error("AP-0260");
  }
  if (which.version && *which.version != letter.found.record.version) {
    ZICHT_CHECKED(go_back(ports.store, caller, *which.version, letter.found));
  }
  const Json* value = letter.found.record.fields.as_object().if_contains(letter.field->id);
  if (value == nullptr) return make_error("AP-0260");
  ZICHT_TRY(kept, KeptLetter::from_json(*value));
  letter.kept = std::move(kept);
  ZICHT_TRY(seen, sources_seen(ports.store, *rules, caller, letter.kept.records()));
  if (!sees_all_of(*rules, seen, letter.kept)) return make_error("AP-0260");
  letter.made_of = ports.templates->find(*letter.found.form.pack, letter.kept.letter_template);
  return letter;
}

Result<Letter> with_names(Store& store, const Caller& caller, Letter letter) {
  std::map<std::string, std::string> names;
  const std::string nobody = letter.language == "en" ? "a member of staff" : "een medewerker";
  for (LetterSection& section : letter.sections) {
    for (Sentence& sentence : section.sentences) {
      if (sentence.edited_by.empty()) continue;
      auto known = names.find(sentence.edited_by);
      if (known == names.end()) {
        ZICHT_TRY(name, name_of_account(store, caller, sentence.edited_by));
        known = names.emplace(sentence.edited_by, name.empty() ? nobody : name).first;
      }
      sentence.edited_by = known->second;
    }
  }
  return letter;
}

Result<Document> letter_document(const LettersService::Ports& ports, const Caller& caller,
                                 const FoundLetter& letter) {
  const FoundRecord& found = letter.found;
  const KeptLetter& kept = letter.kept;
  ZICHT_TRY(named, with_names(ports.store, caller, kept.letter));
  ZICHT_TRY(versions, ports.store.history(found.record.id, kMostVersions, {}));
  ZICHT_TRY(left_out, words_left_out(ports.store, caller, letter, versions));
  Document document;
  document.id = found.record.id;
  document.version = found.record.version;
  JsonWriter json(document.json);
  json.object().member("id", document.id).key("version").number(document.version);
  json.member("title", named.title).member("language", named.language);
  json.member("on", named.on.to_string()).member("form", found.record.form);
  json.key("template").object().member("name", kept.letter_template);
  if (letter.made_of != nullptr) json.member("title", letter.made_of->title);
  json.end();
  json.key("organisation").object().member("id", found.record.organisation);
  json.member("name", ports.organisations.name_of(found.record.organisation)).end();
  if (kept.final_at) {
    ZICHT_TRY(by, name_of_account(ports.store, caller, kept.final_by));
    json.key("final").object().member("at", kept.final_at->to_string()).member_if("by", by).end();
  }
  const bool may_change =
      !kept.final_at && is_open_letter(letter) &&
      may(caller, *found.form.pack, *found.form.form, model::Action::kChange, found.record);
  json.key("may_change").boolean(may_change);
  json.key("sections").array();
  for (const LetterSection& section : named.sections) write_section(json, section);
  json.end();
  write_left_out(json, kept, left_out);
  ZICHT_CHECKED(write_versions(json, ports.store, caller, letter, versions));
  if (!found.record.state.empty()) {
    ZICHT_TRY(record, document_of(ports, caller, found, amsterdam_date(ports.clock.now())));
    json.key("record").raw(record.json);
    json.member_if("finish", finishing_step(letter));
  }
  json.end();
  return document;
}

}  // namespace zicht::app::internal
