#include "http/change_feed.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/rulebook.h"

namespace zicht::http {

namespace {

// For who may read rows of this form, organisation and audience.
Event event_about(const model::Record& record, const std::set<std::string>& handed_to,
                  std::string_view name, json::object data) {
  Event event;
  event.name = name;
  event.data = json::serialize(data);
  event.form = record.form;
  event.organisation = record.organisation;
  event.handed_to = handed_to;
  event.audience = record.audience;
  return event;
}

// Whether somebody of an organisation to which the row of the event is handed over sees it.
std::optional<model::Sensitivity> clearance_for(const app::Caller& caller,
                                                const app::ActiveForm& form, const Event& event) {
  if (!event.handed_to.contains(caller.organisation)) {
    return app::scope_of(caller, *form.pack, *form.form).clearance_in(event.organisation);
  }
  app::Caller receiver = caller;
  receiver.is_receiving = true;
  const model::About about{
      {.relations = {}, .age = {}, .handed = {{event.organisation, event.form}}}};
  return app::scope_of(receiver, *form.pack, *form.form).clearance_in(event.organisation, about);
}

// Whether a hand-over of a file of this form may change what the caller sees or does.
bool is_between(const app::Caller& caller, const app::ActiveForm& form, const Event& event) {
  return event.between.contains(caller.organisation) &&
         (app::may(caller, *form.pack, *form.form, model::Action::kRead) ||
          app::may(caller, *form.pack, *form.form, model::Action::kHandOver));
}

}  // namespace

void HubChangeFeed::record_changed(const model::Record& record,
                                   const std::set<std::string>& handed_to) {
  publish(event_about(record, handed_to, "record",
                      {{"id", record.id}, {"form", record.form}, {"version", record.version}}));
  if (!record.process.empty()) tasks_changed(record);
}

void HubChangeFeed::tasks_changed(const model::Record& record) {
  Event event = event_about(record, {}, "tasks", {});
  event.is_for_accounts = true;
  publish(event);
}

void HubChangeFeed::handovers_changed(const std::string& form,
                                      const std::set<std::string>& organisations) {
  Event event;
  event.name = "handovers";
  event.data = "{}";
  event.form = form;
  event.is_for_accounts = true;
  event.between = organisations;
  publish(event);
}

void HubChangeFeed::packs_changed() {
  Event event;
  event.name = "packs";
  event.data = "{}";
  publish(event);
}

void HubChangeFeed::publish(const Event& event) {
  hub_.publish(event);
  if (pass_on_) pass_on_(event);
}

EventFilter event_filter_for(const app::PacksService& packs, app::Caller caller) {
  return [&packs, caller = std::move(caller)](const Event& event) {
    if (event.is_for_accounts && caller.is_visitor()) return false;
    if (event.form.empty()) return true;
    const app::RulebookPtr rules = packs.rules();
    const app::ActiveForm form = app::find_active_form(*rules, event.form);
    if (form.form == nullptr) return false;
    if (!event.between.empty()) return is_between(caller, form, event);
    if (!app::may(caller, *form.pack, *form.form, model::Action::kRead)) return false;
    const auto clearance = clearance_for(caller, form, event);
    return clearance && *clearance >= event.audience;
  };
}

}  // namespace zicht::http
