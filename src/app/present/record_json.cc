#include "app/present/record_json.h"

#include <algorithm>

#include "app/internal/edition.h"
#include "model/letter_template.h"

namespace zicht::app {
namespace {

using model::Need;

std::string_view name_of(Need need) {
  switch (need) {
    case Need::kRequired: return "required";
    case Need::kOptional: return "optional";
    case Need::kNone: return "none";
  }
  return "none";
}

// The version that judged the record; the active one when that version is not readable any more.
model::PackPtr judging_pack(const RecordView& view) {
  if (view.record->pack_hash == view.form->pack->hash) return view.form->pack;
  auto pack = view.rules->packs.version(view.record->pack_hash);
  return pack != nullptr ? pack : view.form->pack;
}

void write_state(JsonWriter& json, const model::Record& record, const model::State& state) {
  json.key("state").object().member("id", state.id).member("label", state.label);
  json.member("meaning", model::name_of(state.meaning));
  json.member("since", record.state_since.to_string()).end();
}

void write_turn(JsonWriter& json, const model::Pack& pack, const model::State& state) {
  if (state.turn.empty()) return;
  json.key("turn").object().member("role", state.turn);
  const model::Role* role = pack.find_role(state.turn);
  if (role != nullptr) json.member("title", role->title);
  if (state.task) json.member("what", *state.task);
  json.end();
}

bool is_asked(const RecordView& view, const model::Field& field) {
  return view.only == nullptr || view.only->contains(field.id);
}

// Figures of an edition can be long: they stand with the whole record only.
void write_fields(JsonWriter& json, const RecordView& view, bool with_figures) {
  json.key("fields").object();
  const auto& fields = view.record->fields.get_object();
  for (const model::Field& field : view.form->form->fields) {
    if (!is_asked(view, field) || (field.is_frozen() && !with_figures)) continue;
    const Json* value = fields.if_contains(field.id);
    if (value == nullptr) continue;
    if (!sees_value(*view.scope, *view.record, field, *value)) continue;
    json.key(field.id).value(*value);
  }
  json.end();
}

void write_interval(JsonWriter& json, std::string_view name, const DateInterval& days) {
  json.key(name).object().member("first", days.first.to_string());
  json.member("last", days.last.to_string()).end();
}

void write_why(JsonWriter& json, const model::Deadline& deadline) {
  json.key("why").array();
  for (const calendar::TermStep& step : deadline.why) {
    json.object().member("rule", step.rule);
    write_interval(json, "from", step.from);
    write_interval(json, "to", step.to);
    json.member_if("source", step.source).member("text", step.text).end();
  }
  json.end();
}

void write_start(JsonWriter& json, const calendar::UncertainDate& start) {
  json.key("start").object().member_if("words", start.words);
  json.member("first", start.window.first.to_string());
  json.member("last", start.window.last.to_string()).end();
}

void write_deadlines(JsonWriter& json, const RecordView& view, const model::Process& process,
                     bool is_whole) {
  json.key("deadlines").array();
  for (const model::Deadline& deadline : view.record->deadlines) {
    const model::DeadlineRule* rule = process.find_deadline(deadline.name);
    if (rule == nullptr || !sees_deadline(*view.scope, *view.form->form,
                                          view.record->organisation, *rule)) {
      continue;
    }
    json.object().member("name", deadline.name);
    if (is_whole) json.member("label", rule->label);
    json.member("status", model::name_of(deadline.status));
    json.member("first", deadline.due.first.to_string());
    json.member("last", deadline.due.last.to_string());
    if (is_whole) {
      write_start(json, deadline.start);
      write_why(json, deadline);
    }
    json.end();
  }
  json.end();
}

void write_step(JsonWriter& json, const RecordView& view, const model::Judge& judge,
                const model::Process& process, const model::Transition& step) {
  json.object().member("kind", "step").member("transition", step.id).member("label", step.label);
  json.key("fields").object();
  for (const auto& [id, need] : step.fields) {
    const model::Field* field = view.form->form->find_field(id);
    if (field == nullptr || need == Need::kNone) continue;
    if (sees_field(*view.scope, *view.record, *field)) json.member(id, name_of(need));
  }
  json.end().member("reason", name_of(step.reason));
  auto why = model::blocked(judge, *view.record, step, view.caller->person);
  if (why) {
    const model::DeadlineRule* gate =
        step.not_before ? process.find_deadline(step.not_before->deadline) : nullptr;
    const bool tells = gate == nullptr || sees_deadline(*view.scope, *view.form->form,
                                                        view.record->organisation, *gate);
    json.member("blocked", tells ? *why : gate->label);
  }
  json.end();
}

void write_actions(JsonWriter& json, const RecordView& view, Date today) {
  const model::Pack& pack = *view.form->pack;
  const model::Form& form = *view.form->form;
  const model::About about = view.about == nullptr ? model::About() : *view.about;
  const model::Judge judge = judge_of(*view.rules, *view.form, today);
  const model::Process* process = model::process_of(judge, view.record->fields);
  const bool keeps_fields = model::is_fixed(judge, *view.record);
  const bool is_settled = model::letter_field(form) != nullptr ||
                          internal::is_released(form, *view.record) ||
                          internal::is_waiting(process, form, *view.record);
  json.key("actions").array();
  for (const auto action :
       {model::Action::kChange, model::Action::kCorrect, model::Action::kHandOver}) {
    if (is_settled) break;
    if (keeps_fields && action != model::Action::kHandOver) continue;
    if (may(*view.caller, pack, form, action, *view.record, about)) {
      json.object().member("kind", model::name_of(action)).end();
    }
  }
  if (process != nullptr) {
    for (const model::Transition& step : process->transitions) {
      const bool fits = std::find(step.from.begin(), step.from.end(), view.record->state) !=
                        step.from.end();
      if (fits && may_take(*view.caller, pack, form, step, *view.record, about)) {
        write_step(json, view, judge, *process, step);
      }
    }
  }
  json.end();
}

// What a rule asks of the reader, in words: "eigen organisatie", "gezaghebber, jonger dan 16 jaar".
LocalizedText conditions_of(const RecordView& view, const model::Role& role,
                            const model::AccessRule& rule) {
  LocalizedText text;
  const auto add = [&](const LocalizedText& part) {
    text.nl += (text.nl.empty() ? "" : ", ") + part.nl;
    text.en += (text.en.empty() ? "" : ", ") + part.en;
  };
  for (const std::string& relation : rule.relations) {
    if (relation == model::kSelf) {
      add({"over zichzelf", "about oneself"});
    } else if (const model::Named* named = view.rules->packs.find_relation(relation)) {
      add(named->title);
    }
  }
  if (rule.relations.empty() && !role.sees_all_organisations) {
    LocalizedText own{"eigen organisatie", "own organisation"};
    for (const std::string& name : view.handed_to) {
      own.nl += " of " + name + " na overdracht";
      own.en += " or " + name + " by hand-over";
    }
    add(own);
  }
  if (const auto years = rule.subject_age.from) {
    add({"vanaf " + std::to_string(*years) + " jaar", "from age " + std::to_string(*years)});
  }
  if (const auto years = rule.subject_age.below) {
    add({"tot " + std::to_string(*years) + " jaar", "below age " + std::to_string(*years)});
  }
  return text;
}

// "Wie ziet dit?": everybody, or the roles that may read rows with this audience.
LocalizedText seen_by(const RecordView& view) {
  if (view.record->audience == model::Sensitivity::kPublic) return {"Iedereen", "Everybody"};
  LocalizedText text;
  for (const model::Role& role : view.form->pack->roles) {
    const auto granted = view.form->form->access.find(role.id);
    if (granted == view.form->form->access.end()) continue;
    for (const model::AccessRule& rule : granted->second) {
      if (!rule.actions.contains(model::Action::kRead) ||
          rule.clearance.value_or(role.clearance) < view.record->audience) {
        continue;
      }
      const LocalizedText asked = conditions_of(view, role, rule);
      const auto in_brackets = [](const std::string& words) {
        return words.empty() ? "" : " (" + words + ")";
      };
      text.nl += (text.nl.empty() ? "" : ", ") + role.title.nl + in_brackets(asked.nl);
      text.en += (text.en.empty() ? "" : ", ") + role.title.en + in_brackets(asked.en);
    }
  }
  if (text.nl.empty()) return {"Niemand", "Nobody"};
  return text;
}

void write_pack(JsonWriter& json, const model::Pack& pack) {
  json.key("pack").object().member("name", pack.id).member("version", pack.version);
  json.member("hash", pack.hash).end();
}

void write_organisation(JsonWriter& json, const RecordView& view) {
  json.key("organisation").object().member("id", view.record->organisation);
  json.member("name", view.organisation_name).end();
}

std::string_view title_of(const RecordView& view) {
  const bool is_seen = sees_title(*view.scope, view.record->organisation, *view.form->form);
  return is_seen ? view.record->title : view.form->form->title.nl;
}

// Null: values of this type are no ids of something with a name.
std::set<std::string>* ids_for(model::FieldType type, Mentioned& mentioned) {
  switch (type) {
    case model::FieldType::kReference: return &mentioned.records;
    case model::FieldType::kAccount: return &mentioned.accounts;
    case model::FieldType::kOrganisation: return &mentioned.organisations;
    default: return nullptr;
  }
}

}  // namespace

bool sees_deadline(const model::RowScope& scope, const model::Form& form,
                   std::string_view organisation, const model::DeadlineRule& rule) {
  const auto sees = [&](const std::string& id) {
    const model::Field* field = id.empty() ? nullptr : form.find_field(id);
    return field == nullptr || sees_field_in(scope, organisation, *field);
  };
  return sees(rule.start.field) && sees(rule.term_field);
}

void write_record(JsonWriter& json, const RecordView& view, std::optional<Date> today) {
  const model::Record& record = *view.record;
  const model::PackPtr pack = judging_pack(view);
  const model::Process* process = pack->find_process(record.process);
  const model::State* state = model::state_of(*pack, record);
  json.object().member("id", record.id).member("form", record.form);
  json.member("title", title_of(view));
  write_organisation(json, view);
  json.key("version").number(record.version);
  if (state != nullptr) {
    write_state(json, record, *state);
    write_turn(json, *pack, *state);
  }
  write_fields(json, view, true);
  json.key("references");
  write_references(json, *view.references);
  if (view.same_as != nullptr && !view.same_as->empty()) {
    json.key("same_as");
    write_references(json, *view.same_as);
  }
  if (process != nullptr) write_deadlines(json, view, *process, true);
  json.member("valid_from", record.valid_from.to_string());
  if (record.valid_to) json.member("valid_to", record.valid_to->to_string());
  json.member("recorded_at", record.recorded_at.to_string());
  write_pack(json, *pack);
  if (today) write_actions(json, view, *today);
  if (today && view.about != nullptr && is_given_up(*view.form->form, record, *view.about)) {
    json.key("given_up").boolean(true);
  }
  if (!view.handed_to.empty()) {
    json.key("handed_to").array();
    for (const std::string& name : view.handed_to) json.text(name);
    json.end();
  }
  json.member("audience", model::name_of(record.audience));
  json.member("seen_by", seen_by(view)).end();
}

void write_search_item(JsonWriter& json, const RecordView& view) {
  const model::Record& record = *view.record;
  const model::PackPtr pack = judging_pack(view);
  const model::Process* process = pack->find_process(record.process);
  const model::State* state = model::state_of(*pack, record);
  json.object().member("id", record.id).member("title", title_of(view));
  json.key("version").number(record.version);
  if (state != nullptr) {
    write_state(json, record, *state);
    write_turn(json, *pack, *state);
  }
  write_fields(json, view, false);
  if (process != nullptr) write_deadlines(json, view, *process, false);
  write_organisation(json, view);
  json.member("changed", record.recorded_at.to_string()).end();
}

void write_references(JsonWriter& json, const References& references) {
  json.object();
  for (const auto& [id, reference] : references) {
    json.key(id).object().member("title", reference.title);
    json.member_if("form", reference.form).end();
  }
  json.end();
}

void gather_mentioned(const RecordView& view, Mentioned& mentioned,
                      const std::vector<std::string>& unnamed) {
  const auto& fields = view.record->fields.get_object();
  for (const model::Field& field : view.form->form->fields) {
    std::set<std::string>* ids = ids_for(field.type, mentioned);
    if (ids == nullptr || !is_asked(view, field)) continue;
    if (std::find(unnamed.begin(), unnamed.end(), field.id) != unnamed.end()) continue;
    const Json* value = fields.if_contains(field.id);
    if (value == nullptr || !sees_field(*view.scope, *view.record, field)) continue;
    if (value->is_string()) ids->emplace(value->get_string());
    if (!value->is_array()) continue;
    for (const Json& item : value->get_array()) {
      if (item.is_string()) ids->emplace(item.get_string());
    }
  }
}

References names_of(const Mentioned& mentioned, const References& known) {
  References names;
  for (const auto* ids : {&mentioned.records, &mentioned.organisations, &mentioned.accounts}) {
    for (const std::string& id : *ids) {
      const auto name = known.find(id);
      if (name != known.end()) names.insert(*name);
    }
  }
  return names;
}

}  // namespace zicht::app
