#include "server/event_relay.h"

#include <boost/json/serialize.hpp>

#include "base/json.h"
#include "model/field.h"

namespace zicht::server {
namespace {

json::array list_of(const std::set<std::string>& names) {
  return json::array(names.begin(), names.end());
}

json::object document_of(const http::Event& event) {
  return {{"name", event.name},
          {"data", event.data},
          {"form", event.form},
          {"organisation", event.organisation},
          {"handed_to", list_of(event.handed_to)},
          {"between", list_of(event.between)},
          {"audience", std::string(model::name_of(event.audience))},
          {"for_accounts", event.is_for_accounts}};
}

std::optional<std::string> text_in(const json::object& document, std::string_view key) {
  const Json* value = document.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::optional<std::set<std::string>> names_in(const json::object& document, std::string_view key) {
  const Json* value = document.if_contains(key);
  if (value == nullptr || !value->is_array()) return std::nullopt;
  std::set<std::string> names;
  for (const Json& name : value->get_array()) {
    if (!name.is_string()) return std::nullopt;
    names.emplace(name.get_string());
  }
  return names;
}

std::optional<http::Event> event_of(const Json& document) {
  if (!document.is_object()) return std::nullopt;
  const json::object& object = document.get_object();
  const auto name = text_in(object, "name"), data = text_in(object, "data");
  const auto form = text_in(object, "form"), organisation = text_in(object, "organisation");
  const auto audience = model::find_sensitivity(text_in(object, "audience").value_or(""));
  const Json* for_accounts = object.if_contains("for_accounts");
  const auto handed_to = names_in(object, "handed_to"), between = names_in(object, "between");
  if (!name || !data || !form || !organisation || !audience) return std::nullopt;
  if (!handed_to || !between) return std::nullopt;
  if (for_accounts == nullptr || !for_accounts->is_bool()) return std::nullopt;
  if ((*name + *data).find_first_of("\r\n") != std::string::npos) return std::nullopt;
  return http::Event{.name = *name,
                     .data = *data,
                     .form = *form,
                     .organisation = *organisation,
                     .handed_to = *handed_to,
                     .audience = *audience,
                     .is_for_accounts = for_accounts->get_bool(),
                     .between = *between};
}

http::Event reset() { return {.name = "reset", .data = "{}"}; }

}  // namespace

std::vector<std::string> notices_of(const std::vector<http::Event>& events) {
  std::vector<std::string> notices;
  std::string notice;
  const auto close = [&] {
    if (!notice.empty()) notices.push_back(notice + "]");
    notice.clear();
  };
  for (const http::Event& event : events) {
    std::string one = json::serialize(document_of(event));
    // Handed over to so many that it fits in no text: then everybody reads again.
    if (one.size() + 2 > store::kNoticeBytes) one = json::serialize(document_of(reset()));
    if (notice.size() + one.size() + 2 > store::kNoticeBytes) close();
    notice += (notice.empty() ? "[" : ",") + one;
  }
  close();
  return notices;
}

std::optional<std::vector<http::Event>> events_in(std::string_view notice) {
  const auto document = parse_json(notice);
  if (!document || !document->is_array()) return std::nullopt;
  std::vector<http::Event> events;
  for (const Json& one : document->get_array()) {
    auto event = event_of(one);
    if (!event) return std::nullopt;
    events.push_back(*std::move(event));
  }
  return events;
}

void EventRelay::pass_on(const http::Event& event) {
  if (event.form.empty()) return;
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= kWaitingLimit) {
    waiting_.clear();
    has_lost_ = true;
  }
  waiting_.push_back(event);
}

Result<void> EventRelay::look() {
  auto outcome = exchange();
  if (outcome) return outcome;
  channel_.reset();
  has_missed_ = true;
  return outcome;
}

Result<void> EventRelay::exchange() {
  if (!channel_) {
    ZICHT_TRY(opened, open_());
    channel_ = std::move(opened);
    if (has_missed_) hub_.publish(reset());
    has_missed_ = false;
  }
  std::vector<http::Event> events;
  {
    const std::lock_guard lock(mutex_);
    events.swap(waiting_);
    if (has_lost_) events.insert(events.begin(), reset());
    has_lost_ = false;
  }
  for (const std::string& notice : notices_of(events)) {
    if (auto sent = channel_->send(notice); !sent) {
      const std::lock_guard lock(mutex_);
      has_lost_ = true;
      return sent;
    }
  }
  ZICHT_TRY(notices, channel_->receive(std::chrono::milliseconds(0)));
  for (const std::string& notice : notices) {
    const auto heard = events_in(notice);
    for (const auto& event : heard.value_or(std::vector{reset()})) hub_.publish(event);
  }
  return {};
}

}  // namespace zicht::server
