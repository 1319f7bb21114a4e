#include "app/indicators_service.h"

#include "app/internal/indicator_count.h"
#include "app/present/indicator_json.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

using internal::counts_as;
using internal::scope_for;
using model::Form;
using model::Indicator;

// A count reads every row of its form; anybody may ask as a visitor.
constexpr std::chrono::milliseconds kTime{5'000};
constexpr std::chrono::milliseconds kTimeOfVisitor{1'500};

bool may_ask(const Caller& caller, const model::Pack& pack, const Indicator& indicator) {
  const Form* form = pack.find_form(indicator.form);
  if (!indicator.protection.is_already_public && caller.is_visitor()) return false;
  return form != nullptr && may(counts_as(caller, indicator), pack, *form, model::Action::kRead);
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
  const Caller counted = counts_as(caller, *indicator);
  ZICHT_TRY(scope, scope_for(counted, *pack, *indicator));
  const Date day =
      as_of.valid_on.value_or(amsterdam_date(as_of.known_at.value_or(ports_.clock.now())));
  model::CountQuery query = internal::count_query(*pack, *indicator, scope, day);
  query.as_of = as_of;
  query.time = caller.is_visitor() ? kTimeOfVisitor : kTime;
  ZICHT_TRY(turn, ports_.places.take(caller.is_visitor()));
  ZICHT_TRY(count, internal::count_indicator(ports_.store, *rules, counted, *pack, *indicator,
                                             std::move(query)));
  std::string out;
  JsonWriter json(out);
  json.object();
  write_indicator(json, *pack, *indicator);
  json.member("on", day.to_string());
  if (as_of.known_at) json.member("known_at", as_of.known_at->to_string());
  ZICHT_CHECKED(
      write_figures(json, {rules->packs, *pack, *indicator, count.groups, count.references, day}));
  json.end();
  return out;
}

std::shared_ptr<const std::vector<model::CountQuery>> IndicatorsService::questions() {
  const RulebookPtr rules = ports_.packs.rules();
  const Date today = amsterdam_date(ports_.clock.now());
  const std::lock_guard lock(mutex_);
  if (asked_ != nullptr && asked_rules_ == rules && asked_on_ == today) return asked_;
  const auto tomorrow = add_days(today, 1);
  std::vector<model::CountQuery> all;
  for (const model::PackPtr& pack : rules->packs.all_active()) {
    for (const Indicator& indicator : pack->indicators) {
      all.push_back(internal::count_query(*pack, indicator, {}, today));
      if (tomorrow) all.push_back(internal::count_query(*pack, indicator, {}, *tomorrow));
    }
  }
  asked_rules_ = rules;
  asked_on_ = today;
  asked_ = std::make_shared<const std::vector<model::CountQuery>>(std::move(all));
  return asked_;
}

Result<void> IndicatorsService::keep_counts(CountKeeper& keeper) {
  return keeper.keep_counts(*questions());
}

}  // namespace zicht::app
