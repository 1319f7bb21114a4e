#include "model/evaluation.h"

#include "base/error_catalogue.h"
#include "base/error_json.h"
#include "model/validate.h"

namespace zicht::model {
namespace {

// What stands in the way: refused, or not to be judged yet.
json::array messages_json(const std::vector<RuleOutcome>& conditions) {
  json::array messages;
  for (const RuleOutcome& told : conditions) {
    if (told.is_yes()) continue;
    messages.push_back(json::object{{"refused", told.is_no() || !told.outcome.errors.empty()},
                                    {"text", text_json(*told.message)},
                                    {"why", why_json(told)}});
  }
  return messages;
}

json::object field_json(const FieldAssessment& each) {
  json::object made{{"shown", each.is_shown}, {"required", each.is_required}};
  if (!each.value.is_null()) made["value"] = each.value;
  if (each.misfit) made["misfit"] = text_json(each.misfit->message);
  made["messages"] = messages_json(each.valid_if);
  json::object why;
  const auto add = [&](const char* name, const std::optional<RuleOutcome>& told) {
    if (told) why[name] = why_json(*told);
  };
  add("show_if", each.show_if);
  add("required_if", each.required_if);
  add("computed", each.computed);
  made["why"] = std::move(why);
  return made;
}

}  // namespace

json::object why_json(const RuleOutcome& told) {
  json::array missing(told.outcome.missing_facts.begin(), told.outcome.missing_facts.end());
  json::array errors, facts;
  for (const Error& error : told.outcome.errors) errors.push_back(text_json(error.message));
  for (const auto& [name, value] : told.facts) {
    facts.push_back(json::object{{"name", name}, {"value", value}});
  }
  return {{"rule", told.rule->text},
          {"outcome", name_of(told.outcome.verdict)},
          {"missing", std::move(missing)},
          {"errors", std::move(errors)},
          {"facts", std::move(facts)}};
}

Result<json::object> evaluation_of(const Form& form, const PackSet& packs, const Json& given,
                                   Date today) {
  const Json fields =
      validate_fields(form, packs, given, {.on = today, .check_required = false, .before = &given})
          .fields;
  const Assessment all = assess_rules(form, packs, fields, today, true);
  if (all.is_for_server) return make_error("FE-0070");
  json::object told;
  for (const FieldAssessment& each : all.fields) told[each.field->id] = field_json(each);
  return json::object{{"fields", std::move(told)}, {"messages", messages_json(all.valid_if)}};
}

}  // namespace zicht::model
