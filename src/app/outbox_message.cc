#include "app/outbox_message.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "base/error_catalogue.h"
#include "base/hash.h"

namespace zicht::app {
namespace {

constexpr std::int64_t kFirstPause = 30 * kMicrosecondsPerSecond;
constexpr std::int64_t kLongestPause = 6 * kMicrosecondsPerHour;

// The texts of mails. ASCII, so that every mail server takes them as they are.
struct MailText {
  LocalizedText subject;
  LocalizedText text;                   // before the link
};
const MailText kTaskText = {
    {"Zicht: er is een taak voor u", "Zicht: there is a task for you"},
    {"Er is een nieuwe taak voor u in Zicht. Open deze link om haar te zien:",
     "There is a new task for you in Zicht. Open this link to see it:"}};
const MailText kTasksText = {
    {"Zicht: er zijn taken voor u", "Zicht: there are tasks for you"},
    {"Er zijn nieuwe taken voor u in Zicht. Open deze link om ze te zien:",
     "There are new tasks for you in Zicht. Open this link to see them:"}};
const LocalizedText kFoot = {
    "U krijgt deze mail omdat u daarom hebt gevraagd. Bij uw account zet u hem uit.",
    "You get this mail because you asked for it. You switch it off at your account."};

const std::string& in(const LocalizedText& text, const std::string& language) {
  return language == "en" ? text.en : text.nl;
}

// "zicht.example.nl" of "https://zicht.example.nl:8443/x".
std::string host_of(const std::string& url) {
  const auto scheme = url.find("://");
  const std::string rest = scheme == std::string::npos ? url : url.substr(scheme + 3);
  return rest.substr(0, rest.find_first_of(":/"));
}

// HMAC-SHA256 in hexadecimal digits.
std::string mac_of(const std::string& secret, const std::string& text) {
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> tag{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()),
                              secret.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                                text.size());
  crypto_auth_hmacsha256_final(&state, tag.data());
  return to_hex(std::as_bytes(std::span(tag)));
}

}  // namespace

std::string_view name_of(MessageKind kind) {
  switch (kind) {
    case MessageKind::kWebhook:
      return "webhook";
    case MessageKind::kTask:
      return "task";
    case MessageKind::kMail:
      return "mail";
  }
  return "";
}

std::string_view name_of(MessageState state) {
  switch (state) {
    case MessageState::kWaiting:
      return "waiting";
    case MessageState::kDead:
      return "dead";
    case MessageState::kSent:
      return "sent";
  }
  return "";
}

std::string cloud_event(const OutboxMessage& message, const OutboxOptions& options) {
  std::string out;
  JsonWriter json(out);
  json.object().member("specversion", "1.0").member("id", message.event_id);
  json.member("source", options.source);
  json.member("type", "nl.zicht.record-" + message.event + ".v1");
  json.member("subject", message.record).member("time", message.happened.to_string());
  json.member("dataref", options.public_url + "/v1/records/" + message.record);
  json.member("form", message.form).key("recordversion").number(message.version).end();
  return out;
}

std::string signature_header(const std::vector<std::string>& secrets, Instant at,
                             const std::string& body) {
  const std::string seconds =
      std::to_string(at.microseconds_since_epoch() / kMicrosecondsPerSecond);
  std::string header = "Zicht-Signature: t=" + seconds;
  for (const std::string& secret : secrets) header += ",v1=" + mac_of(secret, seconds + "." + body);
  return header;
}

std::string trial_event(const std::string& event_id, Instant at, const OutboxOptions& options) {
  std::string out;
  JsonWriter json(out);
  json.object().member("specversion", "1.0").member("id", event_id);
  json.member("source", options.source).member("type", "nl.zicht.trial.v1");
  json.member("time", at.to_string()).end();
  return out;
}

WebhookRequest webhook_request(const std::string& url, std::string event,
                               const std::vector<std::string>& secrets, Instant at) {
  WebhookRequest request;
  request.url = url;
  request.body = std::move(event);
  request.headers = {"Content-Type: application/cloudevents+json; charset=UTF-8",
                     signature_header(secrets, at, request.body)};
  return request;
}

void write_failure(JsonWriter& json, const std::string& id) {
  const CatalogueEntry* entry = id.empty() ? nullptr : find_catalogue_entry(id);
  if (entry == nullptr) return;
  json.key("error").object().member("id", id);
  json.member("message", LocalizedText{std::string(entry->nl), std::string(entry->en)});
  json.member("hint", LocalizedText{std::string(entry->hint_nl), std::string(entry->hint_en)});
  json.end();
}

Mail mail_of(const OutboxMessage& message, const std::string& language,
             const OutboxOptions& options) {
  const bool is_one = !message.record.empty();
  const MailText& words = is_one ? kTaskText : kTasksText;
  const std::string path = is_one ? "/records/" + message.record : "/mijn-werk";
  Mail mail;
  mail.message_id = message.event_id + "@" + host_of(options.public_url);
  mail.subject = in(words.subject, language);
  mail.text = in(words.text, language) + "\r\n\r\n" + options.public_url + path + "\r\n\r\n" +
              in(kFoot, language) + "\r\n";
  mail.date = message.happened;
  return mail;
}

std::int64_t backoff_microseconds(std::int64_t tries, Rng& rng) {
  ZICHT_CHECK(tries >= 1, "nothing has failed yet");
  std::int64_t pause = kFirstPause;
  for (std::int64_t i = 1; i < tries && pause < kLongestPause; ++i) pause *= 2;
  pause = std::min(pause, kLongestPause);
  const auto half = static_cast<std::uint64_t>(pause / 2);
  return static_cast<std::int64_t>(half + rng.below(half + 1));
}

}  // namespace zicht::app
