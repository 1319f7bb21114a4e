// Messages get in with the entry that causes them, or not at all; and what is kept of them is
// nobody's data. Method: on both databases, units through the store, then what the outbox holds.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/error_catalogue.h"
#include "store/sql_outbox_store.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using app::MailWish;
using app::Lane;
using app::MessageKind;
using app::MessageState;
using app::OutboxMessage;
using testing::kThing;
using testing::on_both;
using testing::StoreFixture;
using testing::TestDatabase;

const std::string kHook = "hook";

template <class T>
T value_of(Result<T> result) {
  if (!result.has_value()) FAIL(describe(result.error()));
  return *std::move(result);
}

void both(const std::function<void(StoreFixture&)>& run) {
  on_both([&run](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture fixture(test);
    run(fixture);
  });
}

json::array words(const std::vector<std::string>& texts) {
  json::array array;
  for (const auto& text : texts) array.emplace_back(text);
  return array;
}

void put_webhook(StoreFixture& f, const std::vector<std::string>& events, bool is_active = true,
                 const std::string& id = kHook) {
  app::Unit unit;
  unit.actor = "account-1";
  unit.purpose = "operate";
  model::Entry entry;
  entry.organisation = "org-1";
  entry.subject = id;
  entry.kind = model::kWebhookPut;
  entry.payload = json::object{{"webhook", id},
                               {"title", "Receiver"},
                               {"url", "https://receiver.example/in"},
                               {"forms", words({std::string(kThing)})},
                               {"events", words(events)},
                               {"active", is_active}};
  unit.entries.push_back(std::move(entry));
  value_of(f.store().append_and_wait(std::move(unit)));
}

// What waits.
std::vector<OutboxMessage> all(StoreFixture& f) {
  return value_of(f.store().outbox().messages({}));
}

model::Record thing(StoreFixture& f) {
  model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
  record.tasks.clear();
  record.valid_to.reset();
  return record;
}

model::Record next_of(model::Record record) {
  ++record.version;
  return record;
}

model::Task task_of(const std::string& key) {
  model::Task task;
  task.key = key;
  task.role = "keeper";
  task.what = {"Doe iets", "Do something"};
  task.opened = Date::of(2025, 12, 1);
  return task;
}

void want_mail(StoreFixture& f, const std::string& account, MailWish wish) {
  REQUIRE(f.store()
              .outbox()
              .put_mail_preference({account, wish, account + "@mail.example", "en"})
              .has_value());
}

OutboxMessage mail_to(const std::string& account, const std::string& id) {
  OutboxMessage mail;
  mail.kind = MessageKind::kMail;
  mail.id = id;
  mail.event_id = "event";
  mail.target = account;
  mail.form = kThing;
  mail.record = "some-record";
  mail.event = "task";
  return mail;
}

}  // namespace

TEST_CASE("outbox: a version of a record tells the webhooks of its form, once each") {
  both([](StoreFixture& f) {
    put_webhook(f, {"created", "stepped"});
    put_webhook(f, {"created"}, true, "other");
    const model::Record record = thing(f);
    const auto receipt = f.put(record, "created");
    f.put(next_of(record), "changed");
    f.put(next_of(next_of(record)), "fired");
    auto person = testing::random_record(f.rng(), testing::kPerson, f.pack(), {});
    person.tasks.clear();
    f.put(person, "created");
    const auto messages = all(f);
    REQUIRE(messages.size() == 3);
    std::vector<std::string> told;
    for (const auto& message : messages) {
      CHECK(message.kind == MessageKind::kWebhook);
      CHECK(message.id == message.event_id + "." + message.target);
      CHECK(message.id.size() <= 64);
      CHECK(message.record == record.id);
      CHECK(message.form == kThing);
      CHECK(message.state == MessageState::kWaiting);
      told.push_back(message.target + " " + message.event + " " + std::to_string(message.version));
    }
    std::sort(told.begin(), told.end());
    CHECK(told == std::vector<std::string>{"hook created 1", "hook stepped 3", "other created 1"});
    const auto first = std::find_if(messages.begin(), messages.end(),
                                    [](const auto& message) { return message.version == 1; });
    CHECK(first->happened == receipt.recorded_at);
    CHECK(first->due == receipt.recorded_at);
  });
}

TEST_CASE("outbox: a unit that is refused leaves no message, and one that is off hears nothing") {
  both([](StoreFixture& f) {
    put_webhook(f, {"created", "changed"});
    const model::Record record = thing(f);
    f.put(record, "created");
    CHECK(all(f).size() == 1);
    // The second record of the unit is refused, and with it the first.
    app::Unit unit = testing::unit_of(next_of(record));
    unit.records.push_back(unit.records[0]);
    CHECK_FALSE(f.store().append_and_wait(std::move(unit)).has_value());
    CHECK(all(f).size() == 1);
    put_webhook(f, {"created", "changed"}, false);
    f.put(next_of(record));
    CHECK(all(f).size() == 1);
    const auto webhooks = value_of(f.store().outbox().webhooks());
    REQUIRE(webhooks.size() == 1);
    CHECK_FALSE(webhooks[0].is_active);
    CHECK(webhooks[0].events == std::vector<std::string>{"created", "changed"});
  });
}

TEST_CASE("outbox: the same unit sent again under its key tells nobody again") {
  both([](StoreFixture& f) {
    put_webhook(f, {"created"});
    app::Unit unit = testing::unit_of(thing(f), "created");
    unit.idempotency = {"key", "request"};
    app::Unit again = unit;
    value_of(f.store().append_and_wait(std::move(unit)));
    CHECK(value_of(f.store().append_and_wait(std::move(again))).is_replay);
    CHECK(all(f).size() == 1);
  });
}

TEST_CASE("outbox: a task is told when it appears, not while it stays") {
  both([](StoreFixture& f) {
    model::Record record = thing(f);
    record.tasks = {task_of("state:a")};
    f.put(record, "created");
    CHECK_MESSAGE(all(f).empty(), "nobody wants mail");
    want_mail(f, "account-1", MailWish::kAtOnce);
    record = next_of(record);
    record.tasks.push_back(task_of("state:b"));
    f.put(record);
    f.put(next_of(record));
    const auto messages = all(f);
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].kind == MessageKind::kTask);
    CHECK(messages[0].task_key == "state:b");
    CHECK(messages[0].role == "keeper");
    // Gone and back: it appears again.
    record = next_of(next_of(record));
    record.tasks.clear();
    f.put(record);
    record = next_of(record);
    record.tasks = {task_of("state:b")};
    f.put(record);
    CHECK(all(f).size() == 2);
  });
}

TEST_CASE("outbox: a failed message waits for its time, a dead one for a person") {
  both([](StoreFixture& f) {
    auto& outbox = f.store().outbox();
    put_webhook(f, {"created"});
    f.put(thing(f), "created");
    f.put(thing(f), "created");
    const Instant now = f.clock().now();
    auto due = value_of(outbox.due_messages(Lane::kWebhooks, now, 10));
    REQUIRE(due.size() == 2);
    CHECK(due[0].due <= due[1].due);
    CHECK(value_of(outbox.due_messages(Lane::kWebhooks, now, 1)).size() == 1);
    OutboxMessage failed = due[0];
    failed.tries = 3;
    failed.error = "EX-0013";
    failed.due = *add_microseconds(now, 1);
    REQUIRE(outbox.note_try(failed).has_value());
    CHECK(value_of(outbox.due_messages(Lane::kWebhooks, now, 10)).size() == 1);
    CHECK(value_of(outbox.due_messages(Lane::kWebhooks, failed.due, 10)).size() == 2);
    failed.state = MessageState::kDead;
    REQUIRE(outbox.note_try(failed).has_value());
    CHECK(value_of(outbox.due_messages(Lane::kWebhooks, failed.due, 10)).size() == 1);
    auto counts = value_of(outbox.outbox_counts());
    CHECK(counts.waiting == 1);
    CHECK(counts.dead == 1);
    CHECK(counts.oldest == due[1].happened);
    const auto dead = value_of(outbox.messages({MessageState::kDead, {}, 10}));
    REQUIRE(dead.size() == 1);
    CHECK(dead[0].tries == 3);
    CHECK(dead[0].error == "EX-0013");
    CHECK(value_of(outbox.due_messages(Lane::kMail, failed.due, 10)).empty());
    CHECK(value_of(outbox.resend_message(failed.id)));
    const auto resent = value_of(outbox.due_messages(Lane::kWebhooks, now, 10));
    REQUIRE(resent.size() == 2);
    for (const auto& message : resent) CHECK(message.tries == 0);
    REQUIRE(outbox.note_try(failed).has_value());
    CHECK(value_of(outbox.resend_dead(now)) == 1);
    CHECK(value_of(outbox.resend_dead(now)) == 0);
    OutboxMessage sent = failed;
    sent.state = MessageState::kSent;
    sent.due = now;
    REQUIRE(outbox.note_try(sent).has_value());
    CHECK_FALSE(value_of(outbox.resend_message(sent.id)));
    CHECK(value_of(outbox.due_messages(Lane::kWebhooks, now, 10)).size() == 1);
    CHECK(value_of(outbox.messages({MessageState::kSent, {}, 1})).size() == 1);
    REQUIRE(outbox.forget_sent(now).has_value());
    CHECK(value_of(outbox.drop_message(failed.id)));
    CHECK_FALSE(value_of(outbox.drop_message(failed.id)));
    CHECK_FALSE(value_of(outbox.resend_message(failed.id)));
    REQUIRE(outbox.remove_message(due[1].id).has_value());
    counts = value_of(outbox.outbox_counts());
    CHECK(counts.waiting == 0);
    CHECK_FALSE(counts.oldest.has_value());
  });
}

TEST_CASE("outbox: pages go from new to old, and end where there is no more") {
  both([](StoreFixture& f) {
    put_webhook(f, {"created"});
    put_webhook(f, {"created"}, true, "other");
    for (int i = 0; i < 5; ++i) f.put(thing(f), "created");
    app::OutboxFilter filter{.state = MessageState::kWaiting, .after = {}, .limit = 3};
    std::vector<OutboxMessage> found;
    while (true) {
      const auto page = value_of(f.store().outbox().messages(filter));
      if (page.empty()) break;
      found.insert(found.end(), page.begin(), page.end());
      filter.after = std::pair(page.back().happened, page.back().id);
    }
    REQUIRE(found.size() == 10);
    for (std::size_t i = 1; i < found.size(); ++i) {
      const bool is_same = found[i - 1].happened == found[i].happened;
      CHECK((is_same ? found[i - 1].id < found[i].id : found[i].happened < found[i - 1].happened));
    }
  });
}

TEST_CASE("outbox: mails take the place of a task once, and several become one") {
  both([](StoreFixture& f) {
    auto& outbox = f.store().outbox();
    want_mail(f, "account-1", MailWish::kAtOnce);
    model::Record record = thing(f);
    record.tasks = {task_of("state:a"), task_of("state:b")};
    f.put(record, "created");
    const auto tasks = all(f);
    REQUIRE(tasks.size() == 2);
    REQUIRE(outbox.replace_task(tasks[0].id, {mail_to("account-1", "one")}).has_value());
    REQUIRE(outbox.replace_task(tasks[0].id, {mail_to("account-2", "late")}).has_value());
    auto messages = all(f);
    REQUIRE(messages.size() == 2);
    CHECK(messages.back().record == "some-record");
    REQUIRE(outbox.replace_task(tasks[1].id, {mail_to("account-1", "two")}).has_value());
    messages = all(f);
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].id == "one");
    CHECK_MESSAGE(messages[0].record.empty(), "it tells of all tasks now");
    want_mail(f, "account-1", MailWish::kNever);
    CHECK_MESSAGE(all(f).empty(), "who wants none gets none");
  });
}

TEST_CASE("outbox: addresses and secrets come back as they were, and lie sealed") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    auto& outbox = f.store().outbox();
    want_mail(f, "account-1", MailWish::kDaily);
    const Instant now = f.clock().now();
    REQUIRE(outbox.put_webhook_secret(kHook, "canary-secret", now).has_value());
    f.reopen();
    auto& again = f.store().outbox();
    const auto preference = value_of(again.mail_preference("account-1"));
    CHECK(preference.address == "account-1@mail.example");
    CHECK(preference.wish == MailWish::kDaily);
    CHECK(preference.language == "en");
    CHECK(value_of(again.webhook_secrets(kHook, now)) ==
          std::vector<std::string>{"canary-secret"});
    CHECK(again.webhook_secrets("none", now).error().id == "ST-0080");
    REQUIRE(again.put_webhook_secret(kHook, "canary-second", now).has_value());
    CHECK(value_of(again.webhook_secrets(kHook, now)) ==
          std::vector<std::string>{"canary-second", "canary-secret"});
    const Instant later = *add_microseconds(now, app::kOldSecretHolds);
    CHECK(value_of(again.webhook_secrets(kHook, later)) ==
          std::vector<std::string>{"canary-second"});
    CHECK(value_of(again.mail_preference("account-2")).wish == MailWish::kNever);
    const auto wishes = value_of(again.mail_preferences());
    REQUIRE(wishes.size() == 1);
    CHECK(wishes[0].address.empty());
    const std::string bytes = test.bytes_on_disk();
    CHECK(bytes.find("mail.example") == std::string::npos);
    CHECK(bytes.find("canary-se") == std::string::npos);
    want_mail(f, "account-1", MailWish::kNever);
    CHECK(value_of(f.store().outbox().mail_preferences()).empty());
  });
}

TEST_CASE("outbox: a rebuild derives the webhooks again and leaves the messages alone") {
  both([](StoreFixture& f) {
    put_webhook(f, {"created", "changed"});
    put_webhook(f, {"created"});
    put_webhook(f, {"changed"}, false, "off");
    want_mail(f, "account-1", MailWish::kAtOnce);
    model::Record record = thing(f);
    record.tasks = {task_of("state:a")};
    f.put(record, "created");
    REQUIRE(all(f).size() == 2);
    CHECK(value_of(f.store().rebuild_check()).differences.empty());
    value_of(f.store().rebuild());
    CHECK(value_of(f.store().rebuild_check()).differences.empty());
    CHECK(all(f).size() == 2);
    f.put(next_of(record));
    CHECK_MESSAGE(all(f).size() == 2, "changed was taken off");
    CHECK(value_of(f.store().outbox().mail_preference("account-1")).address ==
          "account-1@mail.example");
  });
}

}  // namespace zicht::store
