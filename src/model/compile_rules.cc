#include "model/compile_rules.h"

#include <algorithm>
#include <set>

#include "model/feel_values.h"

namespace zicht::model {
namespace {

// Visits computed fields behind those that they read, and those that steer where they are asked.
class ComputedSorter {
 public:
  explicit ComputedSorter(const Form& form) : form_(form) {}

  ComputedOrder run() {
    for (const Field& field : form_.fields) visit(field);
    return std::move(made_);
  }

 private:
  void visit(const Field& field) {
    const auto on_way = std::find(way_.begin(), way_.end(), field.id);
    if (on_way != way_.end()) {
      made_.rings.emplace_back(on_way, way_.end());
      return;
    }
    if (field.rules == nullptr || !visited_.insert(field.id).second) return;
    way_.push_back(field.id);
    for (const auto* rule : {&field.rules->computed, &field.rules->show_if}) {
      if (!*rule) continue;
      for (const std::string& input : (*rule)->inputs) visit(*form_.find_field(input));
    }
    way_.pop_back();
    if (field.is_computed() && field.rules->computed->expression) {
      made_.fields.push_back(field.id);
    }
  }

  const Form& form_;
  ComputedOrder made_;
  std::vector<std::string> way_;
  std::set<std::string> visited_;
};

}  // namespace

feel::Scope names_of_rules(const Form& form, RuleOf what) {
  feel::Scope names;
  for (const Field& field : form.fields) names.add(field.id, feel_type_of(field));
  const auto add = [&](std::string_view name, const feel::Type& type, bool is_known) {
    names.add(is_known && form.find_field(name) == nullptr ? name : "", type);
  };
  add(kToday, feel::Type::date(), what != RuleOf::kFilter);
  add(kRecordState, feel::Type::string(), what != RuleOf::kFields);
  add(kRecordTurn, feel::Type::string(), what != RuleOf::kFields);
  return names;
}

Result<void> compile_rule(Rule& rule, const Form& form, const feel::Scope& names) {
  ZICHT_TRY(compiled, feel::compile(rule.text, names));
  rule.inputs.clear();
  for (const std::size_t slot : compiled.used_slots()) {
    if (slot < form.fields.size()) rule.inputs.push_back(form.fields[slot].id);
  }
  rule.expression = std::move(compiled);
  return {};
}

ComputedOrder order_of_computed(const Form& form) { return ComputedSorter(form).run(); }

}  // namespace zicht::model
