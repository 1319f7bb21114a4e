#include "app/outbox.h"

#include <optional>
#include <utility>

#include "app/present/json_writer.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

constexpr std::size_t kPage = 100;

Result<void> check_caller(const Caller& caller) {
  if (!caller.has_builtin(model::kAdministrator)) return make_error("AP-0002");
  return {};
}

std::optional<MessageState> state_named(std::string_view name) {
  for (const auto state : {MessageState::kWaiting, MessageState::kDead, MessageState::kSent}) {
    if (name == name_of(state)) return state;
  }
  return std::nullopt;
}

// Where a page ended: "<instant>~<id>".
std::string place_after(const OutboxMessage& message) {
  return message.happened.to_string() + "~" + message.id;
}

Result<void> read_place(const std::string& after, OutboxFilter& filter) {
  if (after.empty()) return {};
  const auto tilde = after.find('~');
  if (tilde == std::string::npos) return make_error("AP-0128");
  const auto happened = Instant::parse(after.substr(0, tilde));
  if (!happened) return make_error("AP-0128");
  filter.after = std::pair(*happened, after.substr(tilde + 1));
  return {};
}

void write_message(JsonWriter& json, const OutboxMessage& message) {
  json.object().member("id", message.id).member("kind", name_of(message.kind));
  json.member_if("target", message.target).member_if("form", message.form);
  json.member("event", message.event).member("happened", message.happened.to_string());
  json.member("state", name_of(message.state));
  const bool has_time = message.state == MessageState::kWaiting && message.due != kAskedFor;
  if (has_time) json.member("due", message.due.to_string());
  if (message.state == MessageState::kSent) json.member("sent", message.due.to_string());
  json.key("tries").number(message.tries);
  write_failure(json, message.error);
  json.end();
}

}  // namespace

Result<std::string> Outbox::list(const Caller& caller, const std::string& state,
                                 const std::string& after) {
  ZICHT_CHECKED(check_caller(caller));
  const auto wanted = state_named(state);
  if (!wanted) return make_error("AP-0127", {{"possible", "waiting, dead, sent"}});
  // One more than a page shows whether there is a next one.
  OutboxFilter filter{.state = *wanted, .after = {}, .limit = kPage + 1};
  ZICHT_CHECKED(read_place(after, filter));
  ZICHT_TRY(counts, store_.outbox_counts());
  ZICHT_TRY(found, store_.messages(filter));
  const bool has_next = found.size() > kPage;
  if (has_next) found.pop_back();
  std::string out;
  JsonWriter json(out);
  json.object().key("waiting").number(counts.waiting).key("dead").number(counts.dead);
  if (counts.oldest) json.member("oldest", counts.oldest->to_string());
  json.key("items").array();
  for (const OutboxMessage& message : found) write_message(json, message);
  json.end();
  if (has_next) json.member("next", place_after(found.back()));
  json.end();
  return out;
}

Result<void> Outbox::resend(const Caller& caller, const std::string& id) {
  ZICHT_CHECKED(check_caller(caller));
  return resend(id);
}

Result<std::string> Outbox::resend_dead(const Caller& caller) {
  ZICHT_CHECKED(check_caller(caller));
  ZICHT_TRY(count, resend_dead());
  std::string out;
  JsonWriter json(out);
  json.object().key("resent").number(count).end();
  return out;
}

Result<void> Outbox::resend(const std::string& id) {
  ZICHT_TRY(is_there, store_.resend_message(id));
  if (!is_there) return make_error("AP-0001");
  return {};
}

Result<void> Outbox::drop(const std::string& id) {
  ZICHT_TRY(is_there, store_.drop_message(id));
  if (!is_there) return make_error("AP-0001");
  return {};
}

}  // namespace zicht::app
