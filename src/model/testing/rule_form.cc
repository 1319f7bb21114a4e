#include "model/testing/rule_form.h"

#include "base/check.h"
#include "model/compile_rules.h"
#include "model/testing/sample_form.h"

namespace zicht::model::testing {
namespace {

Field& field_of(Form& form, std::string_view id) {
  for (Field& field : form.fields) {
    if (field.id == id) return field;
  }
  ZICHT_CHECK(false, "the sample has the field");
}

}  // namespace

Rule rule_of(const Form& form, const std::string& text) {
  Rule rule{text, {}, {}};
  const auto compiled = compile_rule(rule, form, names_of_rules(form, RuleOf::kGuard));
  ZICHT_CHECK(compiled.has_value(), "the rules of the sample are right");
  return rule;
}

Form form_with_rules() {
  Form form = sample_pack()->forms.front();
  const auto give = [&](std::string_view id, FieldRules rules) {
    field_of(form, id).rules = std::make_shared<const FieldRules>(std::move(rules));
  };
  give("note", {.show_if = rule_of(form, "reason = \"money\"")});
  give("rate", {.required_if = rule_of(form, "count > 2")});
  give("day", {.valid_if = {{rule_of(form, "day <= due.last"), {"te laat", "too late"}}}});
  give("due", {.valid_if = {{rule_of(form, "due.first <= due.last"), {"andersom", "reversed"}}}});
  give("money", {.computed = rule_of(form, "decimal(count * rate, 2)")});
  auto rules = std::make_shared<FormRules>();
  rules->valid_if = {{rule_of(form, "agreed or count < 10"), {"te veel", "too many"}}};
  rules->computed = {"money"};
  rules->slots = form.fields;
  form.rules = std::move(rules);
  return form;
}

}  // namespace zicht::model::testing
