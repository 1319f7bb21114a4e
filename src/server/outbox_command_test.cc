// zicht outbox as an operator runs it: a message that use cases caused is listed, given up, sent
// again and dropped, and nothing of its record is said.
#include <doctest/doctest.h>

#include "server/installation.h"
#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;

app::Caller caller_with(const std::string& role) {
  return {"account", "person", "Naam", "org", {role}};
}

Json value_of(const std::string& text) {
  auto value = parse_json(text);
  REQUIRE(value.has_value());
  return *std::move(value);
}

// Makes a webhook and a record that it hears of; gives the id of the message.
std::string cause_message(const Desk& zicht) {
  QuietFeed feed;
  Config config;
  config.data = zicht.folder + "/data";
  config.public_url = "https://zicht.example";
  config.event_source = "urn:nld:oin:00000001234567890000:systeem:zicht";
  const auto opened = Installation::open({.config = config, .feed = &feed});
  REQUIRE(opened.has_value());
  app::Services& services = (*opened)->services();
  const auto hook = services.webhooks.create(
      caller_with("administrator"),
      value_of(R"({"title":"Zaken","url":"https://zaken.example/","forms":["sample/tool"],)"
               R"("events":["created"]})"));
  REQUIRE(hook.has_value());
  const auto made = services.records.create(
      caller_with("sample/keeper"),
      value_of(R"({"form":"sample/tool","fields":{"kind":"saw","name":"canary"},)"
               R"("valid_from":"2026-01-31"})"),
      {});
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
  const auto messages = services.outbox.messages({});
  REQUIRE((messages.has_value() && messages->size() == 1));
  app::OutboxMessage message = messages->front();
  message.state = app::MessageState::kDead;
  message.tries = 12;
  message.error = "EX-0013";
  REQUIRE((*opened)->store().outbox().note_try(message).has_value());
  return message.id;
}

}  // namespace

TEST_CASE("command: the outbox is listed, sent again and dropped by ids alone") {
  const Desk zicht;
  REQUIRE(zicht({"init", "--organisation", "org", "--name", "Org"}).code == kGood);
  REQUIRE(zicht({"pack", "activate", "tests/packs/sample"}).code == kGood);
  const std::string id = cause_message(zicht);
  const auto dead = zicht({"outbox", "list", "--dead"});
  CHECK(dead.code == kGood);
  CHECK(has(dead.said, id));
  CHECK(has(dead.said, "EX-0013"));
  CHECK_FALSE(has(dead.said, "canary"));
  CHECK_FALSE(has(zicht({"outbox", "list", "--sent"}).said, id));
  CHECK(has(zicht({"outbox", "resend", "--all"}).said, "1"));
  CHECK_FALSE(has(zicht({"outbox", "list", "--dead"}).said, id));
  CHECK(has(zicht({"outbox", "list"}).said, id));
  CHECK(zicht({"outbox", "resend", id}).code == kGood);
  CHECK(zicht({"outbox", "drop", id}).code == kGood);
  CHECK(has(zicht({"outbox", "drop", id}).complained, "AP-0001"));
  CHECK(has(zicht({"outbox", "resend", id}).complained, "AP-0001"));
  for (const Words& words :
       {Words{"outbox"}, Words{"outbox", "lose"}, Words{"outbox", "resend"},
        Words{"outbox", "resend", id, "--all"}, Words{"outbox", "drop", "--all"},
        Words{"outbox", "list", id}, Words{"outbox", "resend", "--all", "--dead"}}) {
    CHECK(zicht(words).code == kUsage);
  }
}

}  // namespace zicht::server
