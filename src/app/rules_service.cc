#include "app/rules_service.h"

#include "app/internal/body.h"
#include "app/internal/found_record.h"
#include "app/present/rule_json.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "model/rules.h"
#include "model/validate.h"

namespace zicht::app {
namespace {

using model::RuleOutcome;

// What stands in the way: refused, or not to be judged yet.
void write_messages(JsonWriter& json, const std::vector<RuleOutcome>& conditions) {
  json.key("messages").array();
  for (const RuleOutcome& told : conditions) {
    if (told.is_yes()) continue;
    json.object().key("refused").boolean(told.is_no() || !told.outcome.errors.empty());
    json.member("text", *told.message).key("why");
    write_why(json, told);
    json.end();
  }
  json.end();
}

void write_reasons(JsonWriter& json, const model::FieldAssessment& each) {
  json.key("why").object();
  const auto write = [&](std::string_view name, const std::optional<RuleOutcome>& told) {
    if (!told) return;
    json.key(name);
    write_why(json, *told);
  };
  write("show_if", each.show_if);
  write("required_if", each.required_if);
  write("computed", each.computed);
  json.end();
}

void write_field(JsonWriter& json, const model::FieldAssessment& each) {
  json.key(each.field->id).object();
  json.key("shown").boolean(each.is_shown).key("required").boolean(each.is_required);
  if (!each.value.is_null()) json.key("value").value(each.value);
  if (each.misfit) json.member("misfit", each.misfit->message);
  write_messages(json, each.valid_if);
  write_reasons(json, each);
  json.end();
}

}  // namespace

Result<std::string> RulesService::evaluate(const Caller& caller, const std::string& full_form,
                                           const Json& request) const {
  const RulebookPtr rules = packs_.rules();
  const ActiveForm form = find_active_form(*rules, full_form);
  if (form.form == nullptr) return unknown_form(*rules, full_form);
  if (!may_fill_in(caller, *form.pack, *form.form)) return make_error("AP-0003");
  internal::Body body(request, {"fields"});
  const Json& given = body.object("fields");
  ZICHT_CHECKED(body.check());
  const Date today = amsterdam_date(clock_.now());
  const model::Form visible =
      visible_form(internal::writing_scope(*rules, caller, full_form), *form.form);
  // A code that ended may stand in the record that is being changed.
  const Json fields =
      model::validate_fields(visible, rules->packs, given,
                             {.on = today, .check_required = false, .before = &given}).fields;
  const auto all = model::assess_rules(visible, rules->packs, fields, today, true);
  std::string out;
  JsonWriter json(out);
  json.object().key("fields").object();
  for (const model::FieldAssessment& each : all.fields) write_field(json, each);
  json.end();
  write_messages(json, all.valid_if);
  json.end();
  return out;
}

}  // namespace zicht::app
