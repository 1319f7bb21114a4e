// The list of letters: what one may make, and what one may read.
#include <set>
#include <vector>

#include "app/internal/letter_record.h"
#include "app/letters_service.h"
#include "app/present/json_writer.h"
#include "model/life.h"

namespace zicht::app {
namespace {

constexpr std::int64_t kMostOfForm = 100;

void write_template(JsonWriter& json, const model::Pack& pack,
                    const model::LetterTemplate& letter) {
  json.object().member("name", letter.full_id()).member("title", letter.title);
  json.key("pack").object().member("name", pack.id).member("title", pack.title).end().end();
}

void write_templates(JsonWriter& json, const LettersService::Ports& ports, const Rulebook& rules,
                     const Caller& caller) {
  json.key("templates").array();
  for (const model::PackPtr& pack : rules.packs.all_active()) {
    const auto letters = ports.templates->in(*pack);
    for (const model::LetterTemplate& letter : *letters) {
      const model::Form* form = pack->find_form(letter.keeps.form);
      if (form == nullptr || !may(caller, *pack, *form, model::Action::kCreate)) continue;
      write_template(json, *pack, letter);
    }
  }
  json.end();
}

// Where letters of this kind have a process, in the words of the version that judged this one.
void write_state(JsonWriter& json, const Rulebook& rules, const model::PackPtr& active,
                 const model::Record& record) {
  const model::PackPtr judged = rules.packs.version(record.pack_hash);
  const model::State* state = model::state_of(judged != nullptr ? *judged : *active, record);
  if (state == nullptr) return;
  json.key("state").object().member("id", state->id).member("label", state->label);
  json.member("meaning", model::name_of(state->meaning)).end();
}

struct ListedLetter {
  model::Record record;  // without its fields
  KeptLetter kept;
  model::PackPtr pack;
};

void write_item(JsonWriter& json, const Rulebook& rules, const ListedLetter& letter,
                const std::string& organisation) {
  const auto& [record, kept, pack] = letter;
  json.object().member("id", record.id).key("version").number(record.version);
  json.member("title", kept.letter.title).member("on", kept.letter.on.to_string());
  json.member("template", kept.letter_template);
  json.key("organisation").object().member("id", record.organisation);
  json.member("name", organisation).end();
  json.member("changed", record.recorded_at.to_string());
  json.key("final").boolean(kept.final_at.has_value());
  write_state(json, rules, pack, record);
  json.end();
}

// The newest of each form whose record the caller sees.
Result<std::vector<ListedLetter>> newest_letters(Store& store, const Rulebook& rules,
                                                 const Caller& caller) {
  std::vector<ListedLetter> letters;
  for (const model::PackPtr& pack : rules.packs.all_active()) {
    for (const model::Form& form : pack->forms) {
      const model::Field* field = model::letter_field(form);
      if (field == nullptr || !may(caller, *pack, form, model::Action::kRead)) continue;
      model::Query query;
      query.form = form.full_id();
      query.scope = scope_of(caller, *pack, form);
      query.limit = kMostOfForm;
      ZICHT_TRY(page, store.page(query));
      for (model::Record& record : page.records) {
        const Json* value = record.fields.as_object().if_contains(field->id);
        if (value == nullptr || !sees_field(query.scope, record, *field)) continue;
        ZICHT_TRY(kept, KeptLetter::from_json(*value));
        record.fields = json::object{};
        letters.push_back({std::move(record), std::move(kept), pack});
      }
    }
  }
  return letters;
}

}  // namespace

Result<std::string> LettersService::list(const Caller& caller) {
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(letters, newest_letters(ports_.store, *rules, caller));
  std::set<std::string> sources;
  for (const ListedLetter& letter : letters) sources.merge(letter.kept.records());
  ZICHT_TRY(seen, internal::sources_seen(ports_.store, *rules, caller, sources));
  std::string out;
  JsonWriter json(out);
  json.object();
  write_templates(json, ports_, *rules, caller);
  json.key("items").array();
  for (const ListedLetter& letter : letters) {
    if (!internal::sees_all_of(*rules, seen, letter.kept)) continue;
    write_item(json, *rules, letter, ports_.organisations.name_of(letter.record.organisation));
  }
  json.end().end();
  return out;
}

}  // namespace zicht::app
