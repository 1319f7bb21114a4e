#include "app/webhooks.h"

#include <algorithm>
#include <array>
#include <set>

#include "app/engine_entries.h"
#include "app/internal/body.h"
#include "app/present/json_writer.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/ids.h"
#include "base/text.h"

namespace zicht::app {
namespace {

constexpr std::size_t kMostTitle = 100;
constexpr std::size_t kMostUrl = 500;
constexpr std::array kEvents = {kToldCreated, kToldChanged, kToldStepped};

const LocalizedText kTitleShape = {"een naam van 1 tot 100 tekens",
                                   "a name of 1 to 100 characters"};
const LocalizedText kTrue = {"true, of niets", "true, or nothing"};

Result<void> check_caller(const Caller& caller) {
  if (!caller.has_builtin(model::kAdministrator)) return make_error("AP-0002");
  return {};
}

// https://host..., without a name and password before the host and without a fragment. Whether the
// host may be called is decided when it is called, by its addresses of then.
bool is_callable(const std::string& url) {
  if (url.size() > kMostUrl) return false;
  const bool is_plain = std::all_of(url.begin(), url.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '\\' && c != '"' && c != '<' && c != '>';
  });
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  if (!is_plain || !is_web || url.find('#') != std::string::npos) return false;
  const std::string rest = url.substr(url.find("://") + 3);
  const std::string authority = rest.substr(0, rest.find_first_of("/?"));
  return !authority.empty() && authority.front() != ':' &&
         authority.find('@') == std::string::npos;
}

std::vector<std::string> possible_forms(const Rulebook& rules) {
  std::vector<std::string> forms;
  for (const model::PackPtr& pack : rules.packs.all_active()) {
    for (const model::Form& form : pack->forms) forms.push_back(form.full_id());
  }
  std::sort(forms.begin(), forms.end());
  return forms;
}

std::vector<std::string> in_order(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

// At least one, and each of these.
template <class Possible>
void check_words(internal::Body& body, std::string_view key,
                 const std::vector<std::string>& words, const Possible& possible) {
  std::string names;
  for (const auto& name : possible) names += (names.empty() ? "" : ", ") + std::string(name);
  const bool is_sound = !words.empty() && std::all_of(words.begin(), words.end(), [&](auto& word) {
    return std::find(possible.begin(), possible.end(), word) != possible.end();
  });
  if (is_sound) return;
  body.add(make_problem("AP-0123", "/" + std::string(key), {{"possible", names}}));
}

void check(internal::Body& body, const Webhook& webhook, const std::vector<std::string>& forms) {
  const bool is_title = !trim(webhook.title).empty() && check_text(webhook.title).has_value() &&
                        code_point_length(webhook.title) <= kMostTitle;
  if (!is_title) body.add(make_problem("AP-0022", "/title", {{"expected", kTitleShape}}));
  if (!is_callable(webhook.url)) body.add(make_problem("AP-0122", "/url"));
  check_words(body, "forms", webhook.forms, forms);
  check_words(body, "events", webhook.events, kEvents);
}

Json words(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

// Open, so that the secret can follow.
void write_webhook(JsonWriter& json, const Webhook& webhook) {
  json.object().member("id", webhook.id).member("title", webhook.title);
  json.member("url", webhook.url).key("forms").value(words(webhook.forms));
  json.key("events").value(words(webhook.events)).key("active").boolean(webhook.is_active);
}

std::string document(const Webhook& webhook, const std::string& secret) {
  std::string out;
  JsonWriter json(out);
  write_webhook(json, webhook);
  json.member_if("secret", secret).end();
  return out;
}

}  // namespace

Result<std::string> Webhooks::list(const Caller& caller) {
  ZICHT_CHECKED(check_caller(caller));
  ZICHT_TRY(webhooks, ports_.outbox.webhooks());
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const Webhook& webhook : webhooks) {
    write_webhook(json, webhook);
    json.end();
  }
  json.end().key("forms").value(words(possible_forms(*ports_.packs.rules())));
  json.key("events").array();
  for (const auto event : kEvents) json.text(event);
  json.end().end();
  return out;
}

Result<std::string> Webhooks::create(const Caller& caller, const Json& request) {
  ZICHT_CHECKED(check_caller(caller));
  if (options_.public_url.empty() || options_.source.empty()) return make_error("AP-0120");
  internal::Body body(request, {"title", "url", "forms", "events"});
  Webhook webhook;
  webhook.title = std::string(trim(body.text("title")));
  webhook.url = body.text("url");
  webhook.forms = in_order(body.texts("forms"));
  webhook.events = in_order(body.texts("events"));
  if (body.is_sound()) check(body, webhook, possible_forms(*ports_.packs.rules()));
  ZICHT_CHECKED(body.check());
  const std::lock_guard lock(writing_);
  ZICHT_TRY(others, ports_.outbox.webhooks());
  if (static_cast<std::int64_t>(others.size()) >= options_.most_webhooks) {
    return make_error("AP-0121", {{"limit", std::to_string(options_.most_webhooks)}});
  }
  webhook.id = PublicId::random(ports_.rng).to_string();
  webhook.organisation = caller.organisation;
  // First the secret: nothing may be sent that cannot be signed.
  ZICHT_TRY(secret, give_secret(webhook.id));
  ZICHT_CHECKED(write(webhook, caller.account));
  return document(webhook, secret);
}

Result<std::string> Webhooks::update(const Caller& caller, const std::string& id,
                                     const Json& request) {
  ZICHT_CHECKED(check_caller(caller));
  internal::Body body(request, {"title", "url", "forms", "events", "active", "new_secret"});
  const std::lock_guard lock(writing_);
  ZICHT_TRY(found, find(id));
  Webhook webhook = found;
  if (const auto title = body.text_if("title")) webhook.title = std::string(trim(*title));
  if (const auto url = body.text_if("url")) webhook.url = *url;
  if (auto forms = body.texts_if("forms")) webhook.forms = in_order(*std::move(forms));
  if (auto events = body.texts_if("events")) webhook.events = in_order(*std::move(events));
  webhook.is_active = body.boolean_if("active").value_or(webhook.is_active);
  const auto new_secret = body.boolean_if("new_secret");
  if (new_secret && !*new_secret) {
    body.add(make_problem("AP-0022", "/new_secret", {{"expected", kTrue}}));
  }
  // A form that its pack has no more may stay: switching off must always be possible.
  auto forms = possible_forms(*ports_.packs.rules());
  forms.insert(forms.end(), found.forms.begin(), found.forms.end());
  if (body.is_sound()) check(body, webhook, forms);
  ZICHT_CHECKED(body.check());
  std::string secret;
  if (new_secret) {
    ZICHT_TRY(made, give_secret(id));
    secret = std::move(made);
  }
  ZICHT_CHECKED(write(webhook, caller.account));
  return document(webhook, secret);
}

Result<std::string> Webhooks::try_out(const Caller& caller, const std::string& id) {
  ZICHT_CHECKED(check_caller(caller));
  if (options_.public_url.empty() || options_.source.empty()) return make_error("AP-0120");
  ZICHT_TRY(webhook, find(id));
  const Instant now = ports_.clock.now();
  ZICHT_TRY(secrets, ports_.outbox.webhook_secrets(id, now));
  const std::string event_id =
      hash_of(PublicId::random(ports_.rng).to_string()).to_string().substr(0, kEventIdDigits);
  const Delivery delivery = ports_.sender.post(
      webhook_request(webhook.url, trial_event(event_id, now, options_), secrets, now));
  std::string out;
  JsonWriter json(out);
  json.object().key("sent").boolean(delivery.outcome == DeliveryOutcome::kSent);
  write_failure(json, delivery.error);
  json.end();
  return out;
}

Result<Webhook> Webhooks::find(const std::string& id) {
  ZICHT_TRY(all, ports_.outbox.webhooks());
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Webhook& webhook) { return webhook.id == id; });
  if (found == all.end()) return make_error("AP-0001");
  return *found;
}

Result<void> Webhooks::write(const Webhook& webhook, const std::string& actor) {
  model::Entry entry =
      engine_entry(model::kWebhookPut, webhook.id, "", actor,
                   json::object{{"webhook", webhook.id},
                                {"title", webhook.title},
                                {"url", webhook.url},
                                {"forms", words(webhook.forms)},
                                {"events", words(webhook.events)},
                                {"active", webhook.is_active}});
  entry.organisation = webhook.organisation;
  Unit unit;
  unit.actor = entry.actor;
  unit.purpose = entry.purpose;
  unit.entries.push_back(std::move(entry));
  ZICHT_TRY(receipt, ports_.store.append_and_wait(std::move(unit)));
  static_cast<void>(receipt);
  return {};
}

// 256 random bits in hexadecimal digits.
Result<std::string> Webhooks::give_secret(const std::string& webhook) {
  std::array<std::byte, 32> bytes{};
  ports_.rng.fill(bytes);
  std::string secret = to_hex(bytes);
  ZICHT_CHECKED(ports_.outbox.put_webhook_secret(webhook, secret, ports_.clock.now()));
  return secret;
}

}  // namespace zicht::app
