// The list of letters: what one may make, and what one may read.
#include "app/internal/letter_record.h"
#include "app/letters_service.h"
#include "app/present/json_writer.h"
#include "model/life.h"
#include "packs/letters.h"

namespace zicht::app {
namespace {

constexpr std::int64_t kMostOfForm = 100;

void write_template(JsonWriter& json, const model::Pack& pack,
                    const model::LetterTemplate& letter) {
  json.object().member("name", letter.full_id()).member("title", letter.title);
  json.key("pack").object().member("name", pack.id).member("title", pack.title).end().end();
}

void write_templates(JsonWriter& json, const Rulebook& rules, const Caller& caller) {
  json.key("templates").array();
  for (const model::PackPtr& pack : rules.packs.all_active()) {
    for (const model::LetterTemplate& letter : packs::letters_of(*pack)) {
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

// The object stays open.
void begin_item(JsonWriter& json, const model::Record& record, const KeptLetter& kept,
                const std::string& organisation) {
  json.object().member("id", record.id).key("version").number(record.version);
  json.member("title", kept.letter.title).member("on", kept.letter.on.to_string());
  json.member("template", kept.letter_template);
  json.key("organisation").object().member("id", record.organisation);
  json.member("name", organisation).end();
  json.member("changed", record.recorded_at.to_string());
  json.key("final").boolean(kept.final_at.has_value());
}

}  // namespace

Result<std::string> LettersService::list(const Caller& caller) {
  const RulebookPtr rules = ports_.packs.rules();
  std::string out;
  JsonWriter json(out);
  json.object();
  write_templates(json, *rules, caller);
  json.key("items").array();
  for (const model::PackPtr& pack : rules->packs.all_active()) {
    for (const model::Form& form : pack->forms) {
      const model::Field* field = model::letter_field(form);
      if (field == nullptr || !may(caller, *pack, form, model::Action::kRead)) continue;
      model::Query query;
      query.form = form.full_id();
      query.scope = scope_of(caller, *pack, form);
      query.limit = kMostOfForm;
      ZICHT_TRY(page, ports_.store.page(query));
      for (const model::Record& record : page.records) {
        const Json* value = record.fields.as_object().if_contains(field->id);
        if (value == nullptr || !sees_field(query.scope, record, *field)) continue;
        ZICHT_TRY(kept, KeptLetter::from_json(*value));
        ZICHT_TRY(sees_all, internal::sees_all_of(ports_.store, *rules, caller, kept));
        if (!sees_all) continue;
        begin_item(json, record, kept, ports_.organisations.name_of(record.organisation));
        write_state(json, *rules, pack, record);
        json.end();
      }
    }
  }
  json.end().end();
  return out;
}

}  // namespace zicht::app
