#include "app/present/catalogue_json.h"

#include <algorithm>
#include <functional>
#include <set>

#include "app/file_types.h"
#include "base/decimal.h"
#include "model/letter_template.h"
#include "model/rule.h"
#include "model/where.h"
#include "packs/norms.h"
#include "packs/terms.h"

namespace zicht::app {
namespace {

using model::Field;
using model::Need;

std::string_view name_of(Need need) {
  if (need == Need::kRequired) return "required";
  return need == Need::kOptional ? "optional" : "none";
}

void write_limit(JsonWriter& json, const Field& field, std::string_view name,
                 const std::optional<std::int64_t>& limit) {
  if (!limit) return;
  if (field.type == model::FieldType::kDecimal || field.type == model::FieldType::kMoney) {
    const int scale = field.type == model::FieldType::kMoney ? 2 : field.scale;
    const auto number = Decimal::from_scaled(*limit, scale);
    if (number) json.member(name, number->to_string());
    return;
  }
  json.key(name).number(*limit);
}

// Opens an object and leaves it open.
JsonWriter& write_rule(JsonWriter& json, const model::Rule& rule) {
  json.object().member("rule", rule.text).key("inputs").array();
  for (const std::string& input : rule.inputs) json.text(input);
  return json.end();
}

// Those of which the reader sees every field that they read.
void write_conditions(JsonWriter& json, const std::vector<model::Condition>& conditions,
                      const std::function<bool(const model::Rule&)>& is_seen) {
  json.key("valid_if").array();
  for (const model::Condition& condition : conditions) {
    if (!is_seen(condition.rule)) continue;
    write_rule(json, condition.rule).member("message", condition.message).end();
  }
  json.end();
}

// What a rule reads is no more sensitive than its field (`pack check`), so who sees this sees that.
void write_rules(JsonWriter& json, const model::FieldRules& rules) {
  const auto write = [&](std::string_view name, const std::optional<model::Rule>& rule) {
    if (!rule) return;
    json.key(name);
    write_rule(json, *rule).end();
  };
  write("show_if", rules.show_if);
  write("required_if", rules.required_if);
  write("computed", rules.computed);
  if (!rules.valid_if.empty()) {
    write_conditions(json, rules.valid_if, [](const model::Rule&) { return true; });
  }
}

void write_edition(JsonWriter& json, const model::EditionRule& rule, const std::string& pack) {
  json.key("indicators").array();
  for (const std::string& indicator : rule.indicators) json.text(pack + "/" + indicator);
  json.end().member("on", rule.on);
}

void write_field(JsonWriter& json, const Field& field, const std::string& pack) {
  json.key(field.id).object().member("type", model::name_of(field.type));
  json.member("label", field.label);
  if (field.hint) json.member("hint", *field.hint);
  json.member_if("list", field.list).member_if("form", field.form);
  if (field.type == model::FieldType::kGroup) {
    json.key("fields").object();
    for (const Field& inner : field.fields) write_field(json, inner, pack);
    json.end();
  }
  if (field.type == model::FieldType::kAttachment) {
    json.key("accept").array();
    for (const std::string& ending : endings_of(field.accept)) json.text(ending);
    json.end();
  }
  if (field.edition) write_edition(json, *field.edition, pack);
  json.key("required").boolean(field.is_required).key("many").boolean(field.is_many);
  json.key("long").boolean(field.is_long);
  write_limit(json, field, "min", field.min);
  if (field.type == model::FieldType::kText) {
    json.key("max").number(field.text_limit());
  } else {
    write_limit(json, field, "max", field.max);
  }
  if (field.is_many) json.key("max_items").number(field.max_items);
  if (field.type == model::FieldType::kDecimal) json.key("scale").number(field.scale);
  json.member("sensitivity", model::name_of(field.sensitivity));
  json.key("filterable").boolean(field.is_filterable).key("sortable").boolean(field.is_sortable);
  json.key("searchable").boolean(field.is_searchable);
  if (field.retired) json.member("retired", field.retired->to_string());
  if (field.rules != nullptr) write_rules(json, *field.rules);
  json.end();
}

void write_basis(JsonWriter& json, const model::Basis& basis) {
  json.key("basis").object().member("law", basis.law).member("article", basis.article);
  json.member("controller", basis.controller).member("recipients", basis.recipients);
  json.member("purpose", basis.purpose).member("retention", basis.retention).end();
}

bool is_visible(const model::Pack& pack, const model::Form& form, const Caller& caller) {
  return may(caller, pack, form, model::Action::kRead) ||
         may(caller, pack, form, model::Action::kCreate);
}

// What somebody's roles could be here for: a rule that asks for a purpose allows nothing without.
void write_purposes(JsonWriter& json, const model::Pack& pack, const Caller& caller) {
  std::set<std::string> asked;
  for (const model::Form& form : pack.forms) asked.merge(purposes_of(caller, pack, form));
  if (asked.empty()) return;
  json.key("purposes").object();
  for (const model::Named& purpose : pack.purposes) {
    const std::string full_id = pack.id + "/" + purpose.id;
    if (asked.contains(full_id)) json.member(full_id, purpose.title);
  }
  json.end();
}

// Which forms somebody may break into, also where nothing of them is seen yet.
void write_break_rules(JsonWriter& json, const model::Pack& pack, const Caller& caller) {
  bool is_first = true;
  for (const model::Form& form : pack.forms) {
    if (!may_break(caller, pack, form)) continue;
    if (is_first) json.key("break_glass").object();
    is_first = false;
    json.key(form.full_id()).object().member("title", form.title);
    json.key("hours").number(form.break_glass->hours);
    json.member("breakable", model::name_of(form.break_glass->breakable));
    const model::Role* told = pack.find_role(form.break_glass->report);
    json.member("report", told != nullptr
                              ? told->title
                              : model::role_title(model::PackSet(), form.break_glass->report));
    json.end();
  }
  if (!is_first) json.end();
}

void write_links(JsonWriter& json, const model::Form& form, const model::RowScope& scope) {
  json.key("links").array();
  for (const model::Link& link : form.links) {
    const Field* field = form.find_field(link.field);
    if (field == nullptr || !sees_field(scope, *field)) continue;
    json.object().member("field", link.field).member("title", link.title);
    json.member("reverse", link.reverse).end();
  }
  json.end();
}

void write_process_choice(JsonWriter& json, const model::Form& form) {
  const model::ProcessChoice& choice = form.process;
  if (choice.by_field.empty()) {
    json.member_if("process", choice.process);
    return;
  }
  json.key("process").object().member("by", choice.by_field).key("map").object();
  for (const auto& [code, process] : choice.by_code) json.member(code, process);
  json.end().end();
}

void write_form(JsonWriter& json, const model::Pack& pack, const model::Form& form,
                const Caller& caller) {
  const model::RowScope scope = scope_of(caller, pack, form);
  const model::RowScope filled_in = scope_of(caller, pack, form, model::Action::kCreate);
  json.key(form.id).object().member("title", form.title).member("plural", form.plural);
  json.member("description", form.description).member("subject", form.subject);
  if (form.is_person) json.key("person").boolean(true);
  write_basis(json, form.basis);
  json.member("audience", model::name_of(form.audience));
  json.key("name").array();
  for (const std::string& field : form.name) json.text(field);
  json.end();
  write_links(json, form, scope);
  json.key("may").array();
  for (const auto action : {model::Action::kRead, model::Action::kCreate, model::Action::kChange,
                            model::Action::kCorrect, model::Action::kExport,
                            model::Action::kHandOver}) {
    const bool is_write = action != model::Action::kRead && action != model::Action::kExport;
    if (is_write && model::letter_field(form) != nullptr) continue;
    if (may(caller, pack, form, action)) json.text(model::name_of(action));
  }
  json.end().key("fields").object();
  for (const Field& field : form.fields) {
    if (is_named(scope, filled_in, field)) write_field(json, field, form.pack);
  }
  json.end();
  if (form.rules != nullptr) {
    write_conditions(json, form.rules->valid_if, [&](const model::Rule& rule) {
      return std::all_of(rule.inputs.begin(), rule.inputs.end(), [&](const std::string& id) {
        const Field* field = form.find_field(id);
        return field != nullptr && (sees_field(scope, *field) || sees_field(filled_in, *field));
      });
    });
  }
  write_process_choice(json, form);
  if (model::letter_field(form) != nullptr) json.key("letters").boolean(true);
  if (packs::has_norms(pack, form)) json.key("norms").boolean(true);
  json.end();
}

void write_list(JsonWriter& json, const model::List& list) {
  json.key(list.id).object().member("title", list.title).member_if("source", list.source);
  json.key("codes").object();
  for (const model::ListCode& code : list.codes) {
    json.key(code.code).object().member("label", code.label);
    if (code.from) json.member("from", code.from->to_string());
    if (code.to) json.member("to", code.to->to_string());
    if (code.note) json.member("note", *code.note);
    if (code.meaning) json.member("meaning", model::name_of(*code.meaning));
    json.end();
  }
  json.end().end();
}

void write_state(JsonWriter& json, const model::State& state) {
  json.key(state.id).object().member("label", state.label);
  json.member("meaning", model::name_of(state.meaning)).member_if("turn", state.turn);
  if (state.task) json.member("task", *state.task);
  if (state.is_fixed) json.key("fixed").boolean(true);
  json.end();
}

void write_transition(JsonWriter& json, const model::Transition& step) {
  json.key(step.id).object().member("label", step.label);
  json.key("from").array();
  for (const std::string& from : step.from) json.text(from);
  json.end().member("to", step.to).key("roles").array();
  for (const std::string& role : step.roles) json.text(role);
  json.end().key("fields").object();
  for (const auto& [field, need] : step.fields) json.member(field, name_of(need));
  json.end().member("reason", name_of(step.reason));
  json.key("automatic").boolean(step.is_automatic).end();
}

void write_deadline(JsonWriter& json, const model::DeadlineRule& rule) {
  json.key(rule.id).object().member("label", rule.label).member_if("regime", rule.regime);
  json.key("runs_in").array();
  for (const std::string& state : rule.runs_in) json.text(state);
  json.end().end();
}

void write_process(JsonWriter& json, const model::Process& process) {
  json.key(process.id).object().member("title", process.title).member("start", process.start);
  json.key("states").object();
  for (const model::State& state : process.states) write_state(json, state);
  json.end().key("transitions").object();
  for (const model::Transition& step : process.transitions) write_transition(json, step);
  json.end().key("deadlines").object();
  for (const model::DeadlineRule& rule : process.deadlines) write_deadline(json, rule);
  json.end().end();
}

// Processes and lists of forms that somebody sees; a list may serve other packs, so all that are
// verified are told.
std::set<std::string> processes_of(const model::Pack& pack, const Caller& caller) {
  std::set<std::string> ids;
  for (const model::Form& form : pack.forms) {
    if (!is_visible(pack, form, caller)) continue;
    ids.insert(form.process.process);
    for (const auto& [code, process] : form.process.by_code) ids.insert(process);
  }
  return ids;
}

void write_roles(JsonWriter& json, const model::Pack& pack) {
  json.key("roles").object();
  for (const model::Role& role : pack.roles) {
    json.key(role.id).object().member("title", role.title).end();
  }
  json.end().key("sources").object();
  for (const model::Source& source : pack.sources) {
    json.key(source.id).object().member("title", source.title).member("kind", source.kind);
    json.member_if("reference", source.reference).member_if("url", source.url);
    if (source.date) json.member("date", source.date->to_string());
    json.end();
  }
  json.end();
}

// What a block shows tells about the fields of its `where`: all of them must be visible.
bool may_ask(const Json* text, const model::RowScope& scope, const model::Form& form) {
  if (text == nullptr) return true;
  if (!text->is_string()) return false;
  const feel::Pushed where = model::check_where(text->get_string(), form);
  if (!where.predicate) return false;
  return std::all_of(where.fields.begin(), where.fields.end(), [&](const std::string& name) {
    const Field* field = form.find_field(name);
    return field == nullptr || sees_field(scope, *field);
  });
}

// A map is of places that the caller may read, chosen by what the caller sees; so are the rows of a
// grid that says which there are.
bool may_see_places(const json::object& block, const model::Form& form, const model::PackSet& packs,
                    const Caller& caller) {
  const Json* name = block.if_contains("places");
  if (name == nullptr) name = block.if_contains("apart");
  if (name == nullptr && block.contains("among")) name = block.if_contains("rows");
  if (name == nullptr) return true;
  const Field* field = name->is_string() ? form.find_field(name->get_string()) : nullptr;
  const model::Form* places = field == nullptr ? nullptr : packs.find_form(field->form);
  const model::PackPtr pack = places == nullptr ? nullptr : packs.active(places->pack);
  return pack != nullptr && may(caller, *pack, *places, model::Action::kRead) &&
         may_ask(block.if_contains("among"), scope_of(caller, *pack, *places), *places);
}

bool may_read_block(const json::object& block, const model::PackSet& packs, const Caller& caller) {
  const Json* name = block.if_contains("form");
  if (name == nullptr || !name->is_string()) return false;
  const auto parts = model::split_full_id(std::string_view(name->get_string()));
  if (!parts) return false;
  const model::PackPtr pack = packs.active(parts->first);
  const model::Form* form = pack == nullptr ? nullptr : pack->find_form(parts->second);
  return form != nullptr && may(caller, *pack, *form, model::Action::kRead) &&
         may_ask(block.if_contains("where"), scope_of(caller, *pack, *form), *form) &&
         may_see_places(block, *form, packs, caller);
}

// The form that every page offers, and its field for that page where the caller may see or fill it.
void write_offer(JsonWriter& json, const model::Pack& pack, const Caller& caller) {
  const packs::PackTerms terms = packs::terms_of(pack);
  if (terms.from_anywhere.empty()) return;
  json.member("from_anywhere", terms.from_anywhere);
  const model::Form* form = pack.find_form(terms.from_anywhere);
  const Field* field = form == nullptr ? nullptr : form->find_field(terms.page_field);
  if (field == nullptr) return;
  if (sees_field(scope_of(caller, pack, *form), *field) ||
      sees_field(scope_of(caller, pack, *form, model::Action::kCreate), *field)) {
    json.member("page_field", field->id);
  }
}

}  // namespace

void write_pack_metadata(JsonWriter& json, const model::Pack& pack, const Caller& caller) {
  json.member("name", pack.id).member("title", pack.title).member("version", pack.version);
  json.member("hash", pack.hash);
  write_offer(json, pack, caller);
  write_roles(json, pack);
  write_purposes(json, pack, caller);
  write_break_rules(json, pack, caller);
  json.key("forms").object();
  for (const model::Form& form : pack.forms) {
    if (is_visible(pack, form, caller)) write_form(json, pack, form, caller);
  }
  json.end().key("lists").object();
  for (const model::List& list : pack.lists) {
    if (list.is_verified) write_list(json, list);
  }
  json.end().key("processes").object();
  const auto processes = processes_of(pack, caller);
  for (const model::Process& process : pack.processes) {
    if (processes.contains(process.id)) write_process(json, process);
  }
  json.end();
}

bool sees_desk(const model::Desk& desk, const model::Pack& pack, const Caller& caller) {
  const auto held = roles_in(caller, pack);
  return std::any_of(held.begin(), held.end(), [&](const model::Role& role) {
    return desk.audience <= role.clearance;
  });
}

std::vector<const Json*> readable_blocks(const model::Desk& desk, const model::PackSet& packs,
                                         const Caller& caller) {
  std::vector<const Json*> blocks;
  bool has_form = false, is_read = false;  // some block is of a form; one of those is told
  for (const Json& block : desk.blocks) {
    const json::object& members = block.as_object();
    const bool is_words = !members.contains("form");
    has_form = has_form || !is_words;
    if (!is_words && !may_read_block(members, packs, caller)) continue;
    is_read = is_read || !is_words;
    blocks.push_back(&block);
  }
  if (has_form && !is_read) blocks.clear();  // words say how to read what is not there
  return blocks;
}

void write_desk(JsonWriter& json, const model::Desk& desk, const std::vector<const Json*>& blocks) {
  json.object().member("title", desk.title).member("lead", desk.lead);
  json.key("order").number(desk.order).key("blocks").array();
  for (const Json* block : blocks) json.value(*block);
  json.end().end();
}

}  // namespace zicht::app
