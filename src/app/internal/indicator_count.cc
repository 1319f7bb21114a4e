#include "app/internal/indicator_count.h"

#include <set>

#include "app/internal/found_record.h"
#include "base/error_catalogue.h"
#include "model/where.h"

namespace zicht::app::internal {
namespace {

using model::Form;
using model::Indicator;

using PredicatePtr = std::shared_ptr<const feel::Predicate>;

PredicatePtr predicate_of(const std::optional<model::Rule>& rule, const Form& form, Date day) {
  if (!rule) return nullptr;
  const feel::Pushed pushed = model::read_where(rule->text, form, day);
  ZICHT_CHECK(pushed.predicate.has_value(), "the pack was checked when it was loaded");
  return std::make_shared<const feel::Predicate>(*pushed.predicate);
}

feel::Predicate compared(const std::string& field, feel::Operator op, Date day) {
  return {.kind = feel::Predicate::Kind::kCompare,
          .op = op,
          .left = {.kind = feel::RowTerm::Kind::kColumn, .field = field},
          .right = {.constant = day.to_string()}};
}

// Of the rows that count: those of its condition and of its period.
PredicatePtr rows_of(const Indicator& indicator, const Form& form, Date day) {
  PredicatePtr where = predicate_of(indicator.where, form, day);
  if (!indicator.period) return where;
  const auto [first, last] = model::days_of(*indicator.period, day);
  const std::string& field = indicator.period->field;
  feel::Predicate all{.kind = feel::Predicate::Kind::kAnd};
  if (where) all.parts.push_back(*where);
  all.parts.push_back(compared(field, feel::Operator::kGreaterOrEqual, first));
  all.parts.push_back(compared(field, feel::Operator::kLessOrEqual, last));
  return std::make_shared<const feel::Predicate>(std::move(all));
}

// The records that groups are named after.
std::set<std::string> mentioned(const Form& form, const Indicator& indicator,
                                const std::vector<model::Group>& groups) {
  std::set<std::string> ids;
  for (std::size_t at = 0; at < indicator.dimensions.size(); ++at) {
    const model::Field* field = form.find_field(indicator.dimensions[at].field);
    if (field->type != model::FieldType::kReference) continue;
    for (const model::Group& group : groups) {
      if (group.values[at]) ids.insert(*group.values[at]);
    }
  }
  return ids;
}

}  // namespace

Caller counts_as(const Caller& caller, const Indicator& indicator) {
  return indicator.protection.is_already_public ? Caller() : caller;
}

Result<model::RowScope> scope_for(const Caller& counted, const model::Pack& pack,
                                  const Indicator& indicator) {
  const Form& form = *pack.find_form(indicator.form);
  model::RowScope scope = scope_of(counted, pack, form);
  for (const std::string& name : model::fields_of(indicator)) {
    const model::Field* field = form.find_field(name);
    if (!sees_field(scope, *field)) return make_error("AP-0211");
    scope.narrow(sensitivity_of(*field));
  }
  return scope;
}

model::CountQuery count_query(const model::Pack& pack, const Indicator& indicator,
                              model::RowScope scope, Date day) {
  const Form& form = *pack.find_form(indicator.form);
  return {.form = form.full_id(),
          .where = rows_of(indicator, form, day),
          .part = predicate_of(indicator.part, form, day),
          .of = indicator.of,
          .by = indicator.by,
          .dimensions = model::group_by(indicator),
          .scope = std::move(scope)};
}

Result<IndicatorCount> count_indicator(Store& store, const Rulebook& rules, const Caller& reader,
                                       const model::Pack& pack, const Indicator& indicator,
                                       model::CountQuery query) {
  IndicatorCount made;
  ZICHT_TRY(groups, store.count(query));
  made.groups = std::move(groups);
  const Form& form = *pack.find_form(indicator.form);
  ZICHT_TRY(references,
            visible_references(store, rules, reader, mentioned(form, indicator, made.groups)));
  made.references = std::move(references);
  return made;
}

}  // namespace zicht::app::internal
