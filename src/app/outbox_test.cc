// The outbox from a change of a record to what leaves, over a store, a sender and a clock of the
// test. Method: real use cases cause the messages; signatures are checked with OpenSSL, which the
// product does not use for them; the canary is a text in every field that must never leave.
#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <set>

#include "app/mail_wishes.h"
#include "app/outbox.h"
#include "app/outbox_sender.h"
#include "app/testing/fake_outbox.h"
#include "app/testing/record_world.h"
#include "app/webhooks.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

using testing::FakeOutbox;
using testing::FakeSender;
using testing::parsed;
using testing::RecordWorld;

constexpr std::int64_t kSecond = kMicrosecondsPerSecond;
const std::string kHook =
    R"({"title":"Ontvanger","url":"https://receiver.example/in","forms":["sample/tool"],)"
    R"("events":["created","changed","stepped"]})";

// The world of the record use cases, over a store that keeps messages too.
struct World {
  ManualClock clock{*Instant::parse("2026-01-31T09:00:00Z")};
  testing::FakeFileStore files{clock};
  FakeOutbox store{clock, &files};
  testing::FakeReadLog read_log;
  FakeSender sender;
  testing::CountingFeed feed;
  SeededRng rng{20260131};
  ReadRecorder reads{{read_log, store, clock, rng}};
  PacksService packs{store, feed};
  Organisations organisations{store};
  OutboxOptions options{.public_url = "https://zicht.example",
                        .source = "urn:nld:oin:00000001234567890000:systeem:zicht",
                        .can_mail = true,
                        .most_tries = 4,
                        .most_webhooks = 2};
  HeavyPlaces places{2};
  RecordService records{{store, packs, organisations, feed, clock, rng, {}, reads, files, places}};
  Webhooks webhooks{{store, store, sender, packs, clock, rng}, options};
  Outbox outbox{store, clock};
  MailWishes wishes{store, true};
  OutboxSender job{{store, store, sender, packs, clock, rng, "server-1"}, options, Lane::kWebhooks};
  OutboxSender post{{store, store, sender, packs, clock, rng, "server-1"}, options, Lane::kMail};

  World() { REQUIRE_FALSE(packs.activate({packs::testing::sample_files()}, "system").error); }

  // The secret of a new webhook.
  std::string hook(const std::string& body = kHook) {
    auto made = webhooks.create(RecordWorld::administrator(), parsed(body));
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
    return std::string(parsed(*made).at("secret").as_string());
  }

  Document tool(const std::string& name = "Trekzaag") {
    json::object body{{"form", "sample/tool"},
                      {"fields", {{"kind", "saw"}, {"name", name}}},
                      {"valid_from", "2026-01-31"}};
    auto made = records.create(RecordWorld::keeper(), body, {});
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
    return made->document;
  }

  OutboxSender::Outcome run() { return run(job); }
  OutboxSender::Outcome run(OutboxSender& sends) {
    auto outcome = sends.run_once();
    REQUIRE_MESSAGE(outcome.has_value(), (outcome ? "" : describe(outcome.error())));
    return *outcome;
  }

  // A report whose subject is this, which makes a task for lenders of the same organisation.
  Document report(const std::string& subject, const Caller& by = RecordWorld::lender()) {
    json::object body{{"form", "sample/report"},
                      {"valid_from", "2026-01-31"},
                      {"fields",
                       {{"subject", subject},
                        {"weight", "light"},
                        {"term", "P1M"},
                        {"received", {{"first", "2026-01-10"}, {"last", "2026-01-10"}}}}}};
    auto made = records.create(by, body, {});
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
    return made->document;
  }

  // An account of this caller that wants mail.
  void wants_mail(const Caller& caller, const std::string& wish) {
    json::array roles;
    for (const std::string& role : caller.roles) roles.emplace_back(role);
    model::Entry entry;
    entry.organisation = caller.organisation;
    entry.kind = std::string(model::kAccountPut);
    entry.payload = json::object{{"account", caller.account},
                                 {"person", caller.person},
                                 {"login", caller.name},
                                 {"name", caller.name},
                                 {"organisation", caller.organisation},
                                 {"roles", std::move(roles)},
                                 {"active", true},
                                 {"demo", false},
                                 {"subject", ""}};
    Unit unit;
    unit.actor = "system";
    unit.entries.push_back(std::move(entry));
    REQUIRE(store.append_and_wait(std::move(unit)).has_value());
    const json::object body{{"wish", wish}, {"address", caller.name + "@mail.example"}};
    REQUIRE(wishes.change(caller, body).has_value());
  }

  void advance(std::int64_t seconds) { clock.advance_microseconds(seconds * kSecond); }
};

std::string header_of(const WebhookRequest& request, const std::string& name) {
  for (const std::string& header : request.headers) {
    if (header.starts_with(name + ": ")) return header.substr(name.size() + 2);
  }
  return "";
}

// HMAC-SHA256 by OpenSSL, in hexadecimal digits.
std::string hmac(const std::string& secret, const std::string& text) {
  unsigned char tag[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), tag, &length);
  std::string digits;
  for (unsigned int i = 0; i < length; ++i) {
    digits += "0123456789abcdef"[tag[i] >> 4];
    digits += "0123456789abcdef"[tag[i] & 15];
  }
  return digits;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string failure(const auto& outcome) { return RecordWorld::failure(outcome); }

}  // namespace

TEST_CASE("outbox: a change of a record leaves as a signed event with a link and no field") {
  World w;
  const std::string secret = w.hook();
  const Document tool = w.tool("canary-field");
  CHECK(w.run().sent == 1);
  REQUIRE(w.sender.posts.size() == 1);
  const WebhookRequest& request = w.sender.posts[0];
  CHECK(request.url == "https://receiver.example/in");
  const json::object event = parsed(request.body).as_object();
  CHECK(event.at("specversion") == "1.0");
  CHECK(event.at("type") == "nl.zicht.record-created.v1");
  CHECK(event.at("source") == "urn:nld:oin:00000001234567890000:systeem:zicht");
  CHECK(event.at("time") == "2026-01-31T09:00:00.000000Z");
  CHECK(std::string(event.at("subject").as_string()) == tool.id);
  CHECK(std::string(event.at("dataref").as_string()) ==
        "https://zicht.example/v1/records/" + tool.id);
  CHECK(event.at("form") == "sample/tool");
  CHECK(event.at("recordversion") == 1);
  CHECK(event.size() == 9);
  for (const auto& member : event) {
    CHECK(member.key().size() <= 20);
    CHECK(member.key().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") ==
          std::string::npos);
  }
  const std::string seconds = std::to_string(w.clock.now().microseconds_since_epoch() / kSecond);
  CHECK(header_of(request, "Zicht-Signature") ==
        "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + request.body));
  CHECK(header_of(request, "Content-Type") == "application/cloudevents+json; charset=UTF-8");
  CHECK(w.sender.everything().find("canary-field") == std::string::npos);
  CHECK(w.store.all().empty());
  CHECK(w.run().sent == 0);
  const auto page = parsed(*w.outbox.list(RecordWorld::administrator(), "sent", ""));
  REQUIRE(page.at("items").as_array().size() == 1);
  CHECK(page.at("items").at(0).at("sent") == "2026-01-31T09:00:00.000000Z");
  CHECK(page.at("waiting") == 0);
  const std::string id(page.at("items").at(0).at("id").as_string());
  CHECK_MESSAGE(failure(w.outbox.resend(id)) == "AP-0001", "what was sent is not sent again");
  w.advance(8 * 24 * 3600);
  w.run();
  const auto later = parsed(*w.outbox.list(RecordWorld::administrator(), "sent", ""));
  CHECK_MESSAGE(later.at("items").as_array().empty(), "it is kept for a week");
}

TEST_CASE("outbox: what fails is tried again later and later, then waits for an administrator") {
  World w;
  w.hook();
  w.tool();
  w.sender.answers = {{DeliveryOutcome::kRefused, "EX-0013"}};
  std::int64_t longest = 30 * kSecond;
  std::set<std::string> ids;
  for (int tries = 1; tries <= 4; ++tries) {
    CHECK(w.run().failed == 1);
    CHECK(w.run().failed == 0);
    ids.insert(std::string(parsed(w.sender.posts.back().body).at("id").as_string()));
    const OutboxMessage message = w.store.all()[0];
    CHECK(message.tries == tries);
    CHECK(message.error == "EX-0013");
    const auto pause = microseconds_between(w.clock.now(), message.due);
    CHECK(pause >= longest / 2);
    CHECK(pause <= longest);
    CHECK((message.state == MessageState::kDead) == (tries == 4));
    w.clock.set(message.due);
    longest *= 2;
  }
  CHECK_MESSAGE(ids.size() == 1, "the receiver recognises what it has seen");
  CHECK(w.run().failed == 0);
  const auto page = parsed(*w.outbox.list(RecordWorld::administrator(), "dead", ""));
  CHECK(page.at("dead") == 1);
  CHECK(page.at("waiting") == 0);
  const Json& item = page.at("items").at(0);
  CHECK(item.at("error").at("id") == "EX-0013");
  CHECK(item.as_object().if_contains("record") == nullptr);
  const std::string id(item.at("id").as_string());
  w.sender.answers.clear();
  REQUIRE(w.outbox.resend(RecordWorld::administrator(), id).has_value());
  CHECK(w.run().sent == 1);
  CHECK(failure(w.outbox.resend(RecordWorld::administrator(), id)) == "AP-0001");
  REQUIRE(w.outbox.drop(id).has_value());
  CHECK(failure(w.outbox.drop(id)) == "AP-0001");
}

TEST_CASE("outbox: pauses grow to six hours and differ from one to the next") {
  SeededRng rng(7);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 50; ++i) {
    const auto pause = backoff_microseconds(40, rng);
    CHECK(pause >= 3 * kMicrosecondsPerHour);
    CHECK(pause <= 6 * kMicrosecondsPerHour);
    seen.insert(pause);
  }
  CHECK(seen.size() > 40);
}

TEST_CASE("outbox: a receiver that hangs costs one try a run, and others get theirs") {
  World w;
  w.hook();
  w.hook(R"({"title":"Tweede","url":"https://second.example/","forms":["sample/tool"],)"
         R"("events":["created"]})");
  for (int i = 0; i < 5; ++i) w.tool();
  REQUIRE(w.store.all().size() == 10);
  const std::string first = w.store.due_messages(Lane::kWebhooks, w.clock.now(), 1)->front().target;
  w.sender.answers = {{DeliveryOutcome::kUnreachable, "EX-0012"}, {}};
  const auto outcome = w.run();
  CHECK(outcome.failed == 1);
  CHECK(outcome.sent == 5);
  const auto left = w.store.all();
  REQUIRE(left.size() == 5);
  std::int64_t tries = 0;
  std::set<std::int64_t> due;
  for (const OutboxMessage& message : left) {
    CHECK(message.target == first);
    CHECK(w.clock.now() < message.due);
    CHECK(message.error == "EX-0012");
    if (message.tries == 0) due.insert(message.due.microseconds_since_epoch());
    tries += message.tries;
  }
  CHECK(tries == 1);
  CHECK_MESSAGE(due.size() == 1, "those that were not tried wait together");
  // One that comes while it is left alone is not tried either.
  const std::size_t before = w.sender.posts.size();
  w.tool();
  CHECK(w.run().sent == 1);
  CHECK(w.sender.posts.size() == before + 1);
}

TEST_CASE("outbox: a receiver that is gone for good makes a dead letter at once") {
  World w;
  w.hook();
  w.tool();
  w.sender.answers = {{DeliveryOutcome::kRejected, "EX-0015"}};
  const auto outcome = w.run();
  CHECK(outcome.died == 1);
  CHECK(w.store.all()[0].state == MessageState::kDead);
}

TEST_CASE("outbox: of two servers one sends at a time, and a lost one is waited for no longer") {
  World w;
  w.hook();
  w.tool();
  OutboxSender other({w.store, w.store, w.sender, w.packs, w.clock, w.rng, "server-2"}, w.options,
                     Lane::kWebhooks);
  w.sender.before_answer = [&] { CHECK_FALSE(w.run(other).had_lease); };
  CHECK(w.run().sent == 1);
  CHECK(w.sender.posts.size() == 1);
  w.sender.before_answer = {};
  CHECK_MESSAGE(w.run(other).had_lease, "it is given back after a run");
  // A third server took the lease and ended without a word.
  const Instant until = *add_microseconds(w.clock.now(), 180 * kSecond);
  REQUIRE(*w.store.take_lease("outbox.webhooks", "server-3", w.clock.now(), until));
  w.tool();
  CHECK_FALSE(w.run().had_lease);
  CHECK_MESSAGE(w.run(w.post).had_lease, "mail has a lease of its own");
  w.advance(181);
  CHECK(w.run().sent == 1);
}

TEST_CASE("outbox: a run that is told to stop ends after the try it is at") {
  World w;
  w.hook();
  w.tool();
  w.tool();
  w.sender.before_answer = [&] { w.job.stop(); };
  CHECK(w.run().sent == 1);
  CHECK(w.store.all().size() == 1);
}

TEST_CASE("outbox: what was caused for a webhook that is off waits for an administrator") {
  World w;
  w.hook();
  w.tool();
  const std::string id = w.store.webhooks()->front().id;
  const auto admin = RecordWorld::administrator();
  REQUIRE(w.webhooks.update(admin, id, parsed(R"({"active":false})")).has_value());
  CHECK(w.run().died == 1);
  CHECK(w.store.all()[0].error == "AP-0124");
  CHECK(w.sender.posts.empty());
  w.tool();
  CHECK_MESSAGE(w.store.all().size() == 1, "nothing new is caused");
}

TEST_CASE("webhooks: only an administrator makes them, and everything wrong is told at once") {
  World w;
  CHECK(failure(w.webhooks.list(RecordWorld::keeper())) == "AP-0002");
  CHECK(failure(w.webhooks.create(RecordWorld::keeper(), parsed(kHook))) == "AP-0002");
  CHECK(failure(w.webhooks.update(RecordWorld::auditor(), "x", parsed("{}"))) == "AP-0002");
  CHECK(failure(w.outbox.list(RecordWorld::keeper(), "waiting", "")) == "AP-0002");
  CHECK(failure(w.outbox.resend(RecordWorld::keeper(), "x")) == "AP-0002");
  const auto admin = RecordWorld::administrator();
  const auto broken = w.webhooks.create(
      admin, parsed(R"({"title":" ","url":"ftp://x","forms":["sample/none"],"events":[]})"));
  REQUIRE_FALSE(broken.has_value());
  std::vector<std::string> ids;
  for (const Problem& problem : broken.error().problems) ids.push_back(problem.id + problem.where);
  CHECK(ids == std::vector<std::string>{"AP-0022/title", "AP-0122/url", "AP-0123/forms",
                                        "AP-0123/events"});
  for (const char* url : {"https://", "https://user:pw@x.example/", "https://x.example/#a",
                          "https://:443/", "javascript:alert(1)", "https://x.example/ b"}) {
    CAPTURE(url);
    json::object body = parsed(kHook).as_object();
    body["url"] = url;
    CHECK(failure(w.webhooks.create(admin, body)) == "AP-0122");
  }
  w.hook();
  w.hook();
  CHECK(failure(w.webhooks.create(admin, parsed(kHook))) == "AP-0121");
  CHECK(failure(w.webhooks.update(admin, "none", parsed("{}"))) == "AP-0001");
  Webhooks bare({w.store, w.store, w.sender, w.packs, w.clock, w.rng}, {});
  CHECK(failure(bare.create(admin, parsed(kHook))) == "AP-0120");
}

TEST_CASE("webhooks: the secret is shown once, and a new one signs from then on") {
  World w;
  const std::string first = w.hook();
  const auto admin = RecordWorld::administrator();
  CHECK(w.webhooks.list(admin)->find(first) == std::string::npos);
  const std::string id = w.store.webhooks()->front().id;
  CHECK(failure(w.webhooks.update(admin, id, parsed(R"({"new_secret":false})"))) == "AP-0022");
  const auto changed = w.webhooks.update(admin, id, parsed(R"({"new_secret":true})"));
  REQUIRE(changed.has_value());
  const std::string second(parsed(*changed).at("secret").as_string());
  CHECK(second.size() == 64);
  CHECK(second != first);
  w.tool();
  w.run();
  const auto signed_by = [&](const std::string& secret) {
    const WebhookRequest& request = w.sender.posts.back();
    const std::string header = header_of(request, "Zicht-Signature");
    const std::string seconds = header.substr(2, header.find(',') - 2);
    return has(header, ",v1=" + hmac(secret, seconds + "." + request.body));
  };
  CHECK(signed_by(second));
  CHECK_MESSAGE(signed_by(first), "the receiver has a week to change");
  w.advance(7 * 24 * 3600);
  w.tool();
  w.run();
  CHECK(signed_by(second));
  CHECK_FALSE(signed_by(first));
}

TEST_CASE("webhooks: a trial goes at once, signed and of no record, and tells what came of it") {
  World w;
  const std::string secret = w.hook();
  const Caller administrator = RecordWorld::administrator();
  const std::string id =
      parsed(*w.webhooks.list(administrator)).at("items").at(0).at("id").as_string().c_str();
  CHECK(failure(w.webhooks.try_out(RecordWorld::keeper(), id)) == "AP-0002");
  CHECK(failure(w.webhooks.try_out(administrator, "x")) == "AP-0001");
  CHECK(w.sender.posts.empty());

  CHECK(*w.webhooks.try_out(administrator, id) == R"({"sent":true})");
  REQUIRE(w.sender.posts.size() == 1);
  const WebhookRequest& request = w.sender.posts[0];
  CHECK(request.url == "https://receiver.example/in");
  const auto event = parsed(request.body).as_object();
  CHECK(event.at("type") == "nl.zicht.trial.v1");
  CHECK(event.at("source") == "urn:nld:oin:00000001234567890000:systeem:zicht");
  CHECK(event.at("time") == "2026-01-31T09:00:00.000000Z");
  CHECK(event.at("id").as_string().size() == 32);
  CHECK(event.size() == 5);
  const std::string seconds = std::to_string(w.clock.now().microseconds_since_epoch() / kSecond);
  CHECK(header_of(request, "Zicht-Signature") ==
        "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + request.body));
  CHECK_MESSAGE(w.store.all().empty(), "nothing of it waits");

  REQUIRE(w.webhooks.update(administrator, id, json::object{{"active", false}}).has_value());
  w.sender.answers = {{DeliveryOutcome::kUnreachable, "EX-0012"}};
  const auto failed = parsed(*w.webhooks.try_out(administrator, id));
  CHECK(failed.at("sent") == false);
  CHECK(failed.at("error").at("id") == "EX-0012");
  CHECK_FALSE(failed.at("error").at("hint").at("nl").as_string().empty());
  CHECK(w.sender.posts[1].body != w.sender.posts[0].body);

  Webhooks unready{{w.store, w.store, w.sender, w.packs, w.clock, w.rng}, {}};
  CHECK(failure(unready.try_out(administrator, id)) == "AP-0120");
}

TEST_CASE("outbox: a task is mailed to who may see it and asked for it, with a link alone") {
  World w;
  w.wants_mail(RecordWorld::lender(), "at_once");
  w.wants_mail(RecordWorld::other_lender(), "at_once");
  w.wants_mail(RecordWorld::auditor(), "at_once");
  const Document report = w.report("canary-field");
  w.run(w.post);
  CHECK_MESSAGE(w.sender.mails.empty(), "tasks that come together make one mail");
  w.advance(61);
  CHECK(w.run(w.post).sent == 1);
  REQUIRE(w.sender.mails.size() == 1);
  const Mail& mail = w.sender.mails[0];
  CHECK(mail.to == "lena@mail.example");
  CHECK(has(mail.text, "https://zicht.example/records/" + report.id));
  CHECK(mail.subject == "Zicht: er is een taak voor u");
  CHECK(mail.message_id.ends_with("@zicht.example"));
  CHECK_FALSE(has(w.sender.everything(), "canary"));
  CHECK(w.run().sent == 0);
}

TEST_CASE("outbox: several tasks make one mail, or one in the morning for who wants that") {
  World w;
  w.wants_mail(RecordWorld::lender(), "at_once");
  w.report("a");
  w.report("b");
  w.run(w.post);
  w.advance(61);
  w.run(w.post);
  REQUIRE(w.sender.mails.size() == 1);
  CHECK(has(w.sender.mails[0].text, "https://zicht.example/mijn-werk"));
  w.wants_mail(RecordWorld::lender(), "daily");
  w.report("c");
  w.report("d");
  w.run(w.post);
  w.advance(3600);
  CHECK(w.run(w.post).sent == 0);
  w.clock.set(*Instant::parse("2026-02-01T06:00:01Z"));
  CHECK(w.run(w.post).sent == 1);
  REQUIRE(w.sender.mails.size() == 2);
  w.report("e");
  w.run(w.post);
  REQUIRE(w.wishes.change(RecordWorld::lender(), json::object{{"wish", "never"}}).has_value());
  CHECK_MESSAGE(w.store.all().empty(), "who wants none gets none of those that wait");
}

TEST_CASE("outbox: a mail server that hangs keeps no webhook waiting, and is left alone a while") {
  World w;
  w.hook();
  w.hook(R"({"title":"Melding","url":"https://receiver.example/","forms":["sample/report"],)"
         R"("events":["created"]})");
  w.wants_mail(RecordWorld::lender(), "at_once");
  w.report("a");
  w.run(w.post);
  w.advance(61);
  w.sender.answers = {{DeliveryOutcome::kUnreachable, "EX-0012"}};
  CHECK(w.run(w.post).failed == 1);
  w.report("b");
  w.run(w.post);
  w.advance(61);
  w.sender.answers.clear();
  CHECK(w.run().sent == 2);
  const std::size_t before = w.sender.mails.size();
  w.sender.answers = {{DeliveryOutcome::kUnreachable, "EX-0012"}};
  w.run(w.post);
  CHECK_MESSAGE(w.sender.mails.size() == before + 1, "one try, though two mails are due");
  // Whoever asks for one by itself gets a try, however long the server is left alone.
  const auto waiting = w.store.all();
  REQUIRE(waiting.size() == 2);
  w.sender.answers.clear();
  CHECK(w.run(w.post).sent == 0);
  REQUIRE(w.outbox.resend(waiting[0].id).has_value());
  CHECK(w.run(w.post).sent == 1);
}

TEST_CASE("outbox: all dead letters go again at once, and pages are in order without gaps") {
  World w;
  w.hook();
  for (int i = 0; i < 230; ++i) {
    if (i % 100 == 0) w.advance(1);
    w.tool();
  }
  const auto admin = RecordWorld::administrator();
  std::set<std::string> seen;
  std::string after, last_happened = "9";
  int pages = 0;
  do {
    const auto page = parsed(*w.outbox.list(admin, "waiting", after));
    for (const Json& item : page.at("items").as_array()) {
      CHECK(seen.emplace(item.at("id").as_string()).second);
      const std::string happened(item.at("happened").as_string());
      CHECK(happened <= last_happened);
      last_happened = happened;
    }
    const Json* next = page.as_object().if_contains("next");
    after = next == nullptr ? "" : std::string(next->as_string());
    ++pages;
  } while (!after.empty());
  CHECK(pages == 3);
  CHECK(seen.size() == 230);
  CHECK(failure(w.outbox.list(admin, "waiting", "x")) == "AP-0128");
  CHECK(failure(w.outbox.list(admin, "waiting", "x~y")) == "AP-0128");
  CHECK(failure(w.outbox.list(admin, "lost", "")) == "AP-0127");
  w.sender.answers = {{DeliveryOutcome::kRejected, "EX-0015"}};
  CHECK(w.run().died == 230);
  CHECK(failure(w.outbox.resend_dead(RecordWorld::keeper())) == "AP-0002");
  CHECK(parsed(*w.outbox.resend_dead(admin)).at("resent") == 230);
  w.sender.answers.clear();
  CHECK(w.run().sent == 230);
  CHECK(parsed(*w.outbox.resend_dead(admin)).at("resent") == 0);
}

TEST_CASE("mail wishes: an address that could end a header line is refused") {
  for (const char* address : {"naam@voorbeeld.nl", "a.b+c@sub.example.org"}) {
    CAPTURE(address);
    CHECK(is_mail_address(address));
  }
  for (const char* address : {"", "naam", "@voorbeeld.nl", "naam@", "a@b\r\nBcc: c@d", "a b@c.nl",
                              "a@b@c", ".a@b.nl", "a..b@c.nl", "a@-", "\"a\"@b.nl", "a@b,c@d"}) {
    CAPTURE(address);
    CHECK_FALSE(is_mail_address(address));
  }
  World w;
  const auto lender = RecordWorld::lender();
  CHECK(failure(w.wishes.read({})) == "AP-0004");
  CHECK(failure(w.wishes.change({}, json::object{{"wish", "never"}})) == "AP-0004");
  CHECK(failure(w.wishes.change(lender, json::object{{"wish", "daily"}})) == "AP-0125");
  CHECK(failure(w.wishes.change(lender, json::object{{"wish", "often"}})) == "AP-0127");
  MailWishes without(w.store, false);
  const json::object wanted{{"wish", "daily"}, {"address", "a@b.nl"}};
  CHECK(failure(without.change(lender, wanted)) == "AP-0126");
  CHECK(parsed(*without.read(lender)).at("possible") == false);
  REQUIRE(w.wishes.change(lender, wanted).has_value());
  CHECK(parsed(*w.wishes.read(lender)).at("address") == "a@b.nl");
}

}  // namespace zicht::app
