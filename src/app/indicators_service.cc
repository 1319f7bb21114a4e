#include "app/indicators_service.h"

#include "app/internal/found_record.h"
#include "app/present/indicator_json.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "model/where.h"

namespace zicht::app {
namespace {

using model::Form;
using model::Indicator;

// A count reads every row of its form; anybody may ask as a visitor.
constexpr std::chrono::milliseconds kTime{5'000};
constexpr std::chrono::milliseconds kTimeOfVisitor{1'500};

// For whom it is counted: figures that are public already say the same to everybody.
Caller counts_as(const Caller& caller, const Indicator& indicator) {
  return indicator.protection.is_already_public ? Caller() : caller;
}

bool may_ask(const Caller& caller, const model::Pack& pack, const Indicator& indicator) {
  const Form* form = pack.find_form(indicator.form);
  if (!indicator.protection.is_already_public && caller.is_visitor()) return false;
  return form != nullptr && may(counts_as(caller, indicator), pack, *form, model::Action::kRead);
}

// The rows in which all that it rests on is seen.
Result<model::RowScope> scope_for(const Caller& caller, const model::Pack& pack,
                                  const Indicator& indicator) {
  const Form& form = *pack.find_form(indicator.form);
  model::RowScope scope = scope_of(caller, pack, form);
  for (const std::string& name : model::fields_of(indicator)) {
    const model::Field* field = form.find_field(name);
    if (!sees_field(scope, *field)) return make_error("AP-0211");
    scope.narrow(sensitivity_of(*field));
  }
  return scope;
}

std::shared_ptr<const feel::Predicate> predicate_of(const std::optional<model::Rule>& rule,
                                                    const Form& form, Date day) {
  if (!rule) return nullptr;
  const feel::Pushed pushed = model::read_where(rule->text, form, day);
  ZICHT_CHECK(pushed.predicate.has_value(), "the pack was checked when it was loaded");
  return std::make_shared<const feel::Predicate>(*pushed.predicate);
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

std::string IndicatorsService::list(const Caller& caller) const {
  const RulebookPtr rules = ports_.packs.rules();
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const model::PackPtr& pack : rules->packs.all_active()) {
    for (const Indicator& indicator : pack->indicators) {
      if (!may_ask(caller, *pack, indicator)) continue;
      // What would be refused names fields that the caller does not see.
      if (!scope_for(counts_as(caller, indicator), *pack, indicator)) continue;
      json.object();
      write_indicator(json, *pack, indicator);
      json.end();
    }
  }
  json.end().end();
  return out;
}

Result<std::string> IndicatorsService::read(const Caller& caller, const IndicatorName& name,
                                            const model::AsOf& as_of) {
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(pack, active_pack(*rules, name.pack));
  const Indicator* indicator = pack->find_indicator(name.indicator);
  if (indicator == nullptr || !may_ask(caller, *pack, *indicator)) return make_error("AP-0210");
  const Form& form = *pack->find_form(indicator->form);
  const Caller counted = counts_as(caller, *indicator);
  ZICHT_TRY(scope, scope_for(counted, *pack, *indicator));
  const Date day =
      as_of.valid_on.value_or(amsterdam_date(as_of.known_at.value_or(ports_.clock.now())));
  const model::CountQuery query{.form = form.full_id(),
                                .where = predicate_of(indicator->where, form, day),
                                .part = predicate_of(indicator->part, form, day),
                                .of = indicator->of,
                                .by = indicator->by,
                                .dimensions = model::group_by(*indicator),
                                .scope = scope,
                                .as_of = as_of,
                                .time = caller.is_visitor() ? kTimeOfVisitor : kTime};
  ZICHT_TRY(turn, ports_.places.take(caller.is_visitor()));
  ZICHT_TRY(groups, ports_.store.count(query));
  ZICHT_TRY(references, internal::visible_references(ports_.store, *rules, counted,
                                                     mentioned(form, *indicator, groups)));
  std::string out;
  JsonWriter json(out);
  json.object();
  write_indicator(json, *pack, *indicator);
  json.member("on", day.to_string());
  if (as_of.known_at) json.member("known_at", as_of.known_at->to_string());
  ZICHT_CHECKED(write_figures(json, {rules->packs, *pack, *indicator, groups, references, day}));
  json.end();
  return out;
}

}  // namespace zicht::app
