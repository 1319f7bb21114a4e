// What forms and processes say in FEEL: compiled once, here, with all that is wrong told at once.
#include <algorithm>
#include <functional>

#include "model/compile_rules.h"
#include "model/feel_values.h"
#include "model/rules.h"
#include "packs/internal/expressions.h"

namespace zicht::packs::internal {
namespace {

using feel::Type;
using model::Condition;
using model::Field;
using model::FieldRules;
using model::Form;
using model::FormRules;
using model::Rule;
using model::Sensitivity;

Sensitivity sensitivity_of(const Form& form, const std::string& id) {
  const Field* field = form.find_field(id);
  return field == nullptr ? Sensitivity::kPublic : field->sensitivity;
}

std::string name_of_level(Sensitivity level) { return std::string(model::name_of(level)); }

class RuleCompiler {
 public:
  RuleCompiler(const Draft& draft, Form& form)
      : draft_(draft), form_(form), file_("forms/" + form.id + ".yaml"),
        scope_(model::names_of_rules(form)),
        guard_scope_(model::names_of_rules(form, model::RuleOf::kGuard)),
        check_(draft, form, scope_), guard_check_(draft, form, guard_scope_) {}

  void run() {
    made_ = std::make_shared<FormRules>();
    if (form_.rules != nullptr) made_->valid_if = form_.rules->valid_if;
    form_.rules.reset();
    bool has_rules = compile_conditions(made_->valid_if, {"valid_if"}, nullptr);
    for (Field& field : form_.fields) {
      if (field.rules == nullptr) continue;
      has_rules = true;
      compile_field(field);
    }
    for (const model::Process& process : draft_.pack.processes) {
      const auto users = draft_.users_of(process);
      if (std::find(users.begin(), users.end(), &form_) == users.end()) continue;
      for (const model::Transition& step : process.transitions) {
        has_rules = compile_guard(process, step) || has_rules;
        check_step_fields(process, step);
      }
    }
    if (!has_rules && !has_norms() && !has_indicators()) return;
    order_fields();
    made_->slots = form_.fields;
    form_.rules = made_;
  }

 private:
  // They are compiled by themselves (check_norms.cc), over the slots of the form.
  bool has_norms() const {
    return std::any_of(draft_.pack.frameworks.begin(), draft_.pack.frameworks.end(),
                       [&](const auto& framework) { return framework.form == form_.id; });
  }

  // Neither are these (check_indicators.cc).
  bool has_indicators() const {
    return std::any_of(draft_.pack.indicators.begin(), draft_.pack.indicators.end(),
                       [&](const auto& indicator) { return indicator.form == form_.id; });
  }

  bool compile_conditions(std::vector<Condition>& conditions, const Path& path,
                          const Field* field) {
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      Path at = path;
      at.push_back(std::to_string(i));
      at.emplace_back("rule");
      Rule& rule = conditions[i].rule;
      if (rule.text.empty() || !check_.compile_condition(rule, {file_, at})) continue;
      if (field != nullptr) check_sensitivity(rule, *field, at);
      check_one_level(rule, at);
    }
    return !conditions.empty();
  }

  void compile_field(Field& field) {
    auto rules = std::make_shared<FieldRules>(*field.rules);
    const Path path = {"fields", field.id};
    const auto at = [&](std::string_view key) {
      Path whole = path;
      whole.emplace_back(key);
      return whole;
    };
    const auto condition = [&](std::optional<Rule>& rule, std::string_view key) {
      if (!rule || rule->text.empty()) return;
      const Path where = at(key);
      if (check_.compile_condition(*rule, {file_, where})) check_sensitivity(*rule, field, where);
    };
    condition(rules->show_if, "show_if");
    condition(rules->required_if, "required_if");
    if (rules->computed && !rules->computed->text.empty()) {
      compile_computed(*rules->computed, field, at("computed"));
    }
    compile_conditions(rules->valid_if, at("valid_if"), &field);
    field.rules = std::move(rules);
  }

  void compile_computed(Rule& rule, const Field& field, const Path& path) {
    const auto type = check_.compile(rule, {file_, path});
    if (!type) return;
    const Type wanted = model::feel_type_of(field);
    const bool is_day_of_window =
        field.type == model::FieldType::kUncertainDate && may_fit(*type, Type::date());
    if (!may_fit(*type, wanted) && !is_day_of_window) {
      draft_.error("PK-0151", file_, path,
                   {{"type", type->to_string()}, {"field", field.id},
                    {"expected", wanted.to_string()}});
    }
    check_sensitivity(rule, field, path);
  }

  // Who sees what is steered may see what steers it, or it could be told from it.
  void check_sensitivity(const Rule& rule, const Field& field, const Path& path) {
    for (const std::string& input : rule.inputs) {
      const Sensitivity level = sensitivity_of(form_, input);
      if (level <= field.sensitivity) continue;
      draft_.error("PK-0152", file_, path,
                   {{"field", field.id}, {"level", name_of_level(field.sensitivity)},
                    {"input", input}, {"inputlevel", name_of_level(level)}});
    }
  }

  // A condition over fields of several levels binds only who sees the highest.
  void check_one_level(const Rule& rule, const Path& path) {
    const auto level = [&](const std::string& id) { return sensitivity_of(form_, id); };
    const auto [low, high] = std::minmax_element(
        rule.inputs.begin(), rule.inputs.end(),
        [&](const auto& a, const auto& b) { return level(a) < level(b); });
    if (low == rule.inputs.end() || level(*low) == level(*high)) return;
    draft_.warning("PK-0157", file_, path,
                   {{"input", *high}, {"level", name_of_level(level(*high))}});
  }

  // True when the step has a guard.
  bool compile_guard(const model::Process& process, const model::Transition& step) {
    if (!step.guard) return false;
    Condition guard = *step.guard;
    const std::string file = "processes/" + process.id + ".yaml";
    const Path path = {"transitions", step.id, "guard", "rule"};
    if (guard.rule.text.empty() || !guard_check_.compile_condition(guard.rule, {file, path})) {
      return true;
    }
    for (const std::string& role : step.roles) check_taker(role, guard.rule, file, path);
    made_->guards.emplace(model::guard_key(process.id, step.id), std::move(guard));
    return true;
  }

  // What a guard refuses tells of what it reads, to whoever may take the step.
  void check_taker(const std::string& role, const Rule& rule, const std::string& file,
                   const Path& path) {
    const Sensitivity sees = least_clearance(role);
    for (const std::string& input : rule.inputs) {
      if (sensitivity_of(form_, input) <= sees) continue;
      draft_.error("PK-0155", file, path, {{"role", role}, {"input", input}});
    }
  }

  // What whoever has this role surely sees of a record that the role lets them read.
  Sensitivity least_clearance(const std::string& id) const {
    const model::Role* role = draft_.pack.find_role(id);
    if (role == nullptr) return Sensitivity::kPublic;
    const auto rules = form_.access.find(id);
    if (rules == form_.access.end()) return Sensitivity::kPublic;
    std::optional<Sensitivity> least;
    for (const model::AccessRule& rule : rules->second) {
      if (!rule.actions.contains(model::Action::kRead)) continue;
      const Sensitivity sees = std::min(role->clearance, rule.clearance.value_or(role->clearance));
      least = std::min(least.value_or(sees), sees);
    }
    return least.value_or(Sensitivity::kPublic);
  }

  void check_step_fields(const model::Process& process, const model::Transition& step) {
    for (const auto& [id, need] : step.fields) {
      const Field* field = form_.find_field(id);
      if (field == nullptr) continue;
      const std::string file = "processes/" + process.id + ".yaml";
      const Path path = {"transitions", step.id, "fields", id};
      if (field->is_computed()) draft_.error("PK-0156", file, path, {{"field", id}});
      if (need == model::Need::kRequired && may_block(process, step, *field)) {
        draft_.warning("PK-0149", file, path, {{"field", id}});
      }
    }
  }

  // Whoever is to take a step that requires what is hidden may neither fill it in nor leave it out.
  // A guard that reads all that hides it is taken to say when the step is possible; the field by
  // whose code the process was chosen has that code.
  bool may_block(const model::Process& process, const model::Transition& step,
                 const Field& field) const {
    if (field.rules == nullptr || !field.rules->show_if) return false;
    const auto guard = made_->guards.find(model::guard_key(process.id, step.id));
    const auto is_read = [&](const std::string& input) {
      if (guard == made_->guards.end()) return false;
      const auto& read = guard->second.rule.inputs;
      return std::find(read.begin(), read.end(), input) != read.end();
    };
    const auto& hides = field.rules->show_if->inputs;
    return !std::all_of(hides.begin(), hides.end(), [&](const std::string& input) {
      return input == form_.process.by_field || is_read(input);
    });
  }

  // ------------------------------------------------------------ who depends on whom

  // PK-0153 for a ring of fields whose value or place depends on each other.
  void order_fields() {
    model::ComputedOrder order = model::order_of_computed(form_);
    for (const auto& ring : order.rings) report_ring(ring);
    made_->computed = std::move(order.fields);
  }

  void report_ring(const std::vector<std::string>& ring) {
    std::string names;
    for (const std::string& id : ring) names += id + " -> ";
    const Field& first = *form_.find_field(ring.front());
    draft_.error("PK-0153", file_,
                 {"fields", first.id, first.is_computed() ? "computed" : "show_if"},
                 {{"ring", names + ring.front()}});
  }

  const Draft& draft_;
  Form& form_;
  const std::string file_;
  const feel::Scope scope_, guard_scope_;
  const ExpressionCheck check_, guard_check_;
  std::shared_ptr<FormRules> made_;
};

}  // namespace

void compile_rules(const Draft& draft, model::Pack& pack) {
  for (Form& form : pack.forms) RuleCompiler(draft, form).run();
}

}  // namespace zicht::packs::internal
