// Events of other servers: what one publishes the browsers of another hear, once; what may have
// been missed becomes one `reset`. Method: two hubs, joined by lists that stand for the database.
#include "server/event_relay.h"

#include <doctest/doctest.h>

#include "base/error_catalogue.h"
#include "http/change_feed.h"

namespace zicht::server {
namespace {

using Texts = std::vector<std::string>;

// The database between two servers, as one of them sees it.
struct Wire {
  Texts sent, coming;
  bool is_down = false;
  int opened = 0;
};

class FakeChannel final : public store::NoticeChannel {
 public:
  explicit FakeChannel(Wire& wire) : wire_(wire) {}

  Result<void> send(std::string_view text) override {
    if (wire_.is_down) return make_error("ST-0003", {{"detail", "down"}});
    wire_.sent.emplace_back(text);
    return {};
  }
  Result<Texts> receive(std::chrono::milliseconds) override {
    if (wire_.is_down) return make_error("ST-0003", {{"detail", "down"}});
    return std::exchange(wire_.coming, {});
  }

 private:
  Wire& wire_;
};

struct Server {
  http::EventHub hub{{}, 1};
  Wire wire;
  EventRelay relay{hub, [this]() -> Result<std::unique_ptr<store::NoticeChannel>> {
                     if (wire.is_down) return make_error("ST-0003", {{"detail", "down"}});
                     ++wire.opened;
                     return std::make_unique<FakeChannel>(wire);
                   }};
  http::HubChangeFeed feed{hub, [this](const http::Event& event) { relay.pass_on(event); }};
  std::shared_ptr<http::EventSubscription> browser = hub.subscribe(
      [](const http::Event& event) { return event.form != "hidden/form"; }, std::nullopt, [] {});

  std::string heard() const {
    std::string out;
    REQUIRE(browser->take(out));
    return out;
  }
};

model::Record record(const std::string& form) {
  model::Record made;
  made.id = "abc";
  made.form = form;
  made.version = 3;
  made.organisation = "town";
  made.audience = model::Sensitivity::kInternal;
  made.process = "p";
  return made;
}

void carry(Server& from, Server& to) {
  for (auto& text : std::exchange(from.wire.sent, {})) to.wire.coming.push_back(text);
}

}  // namespace

TEST_CASE("relay: the browsers of another server hear of a record, once, if they may") {
  Server one, two;
  one.feed.record_changed(record("a/b"), {});
  one.feed.record_changed(record("hidden/form"), {});
  REQUIRE(one.relay.look().has_value());
  carry(one, two);
  REQUIRE(two.relay.look().has_value());
  const std::string expected =
      "id: 1\nevent: record\ndata: {\"id\":\"abc\",\"form\":\"a/b\",\"version\":3}\n\n"
      "id: 2\nevent: tasks\ndata: {}\n\n";
  CHECK(two.heard() == expected);
  CHECK(one.heard() == expected);
  REQUIRE(two.relay.look().has_value());  // nothing goes back
  CHECK(two.wire.sent.empty());
  CHECK(two.heard().empty());
}

TEST_CASE("relay: an event comes over as it was") {
  const http::Event event{.name = "record",
                          .data = "{\"a\":\"b\"}",
                          .form = "a/b",
                          .organisation = "town",
                          .handed_to = {"city", "village"},
                          .audience = model::Sensitivity::kSecret,
                          .is_for_accounts = true,
                          .between = {"city", "town"}};
  const auto notices = notices_of({event});
  REQUIRE(notices.size() == 1);
  const auto events = events_in(notices[0]);
  REQUIRE(events.has_value());
  REQUIRE(events->size() == 1);
  const http::Event& same = events->front();
  CHECK(same.name == event.name);
  CHECK(same.data == event.data);
  CHECK(same.form == event.form);
  CHECK(same.organisation == event.organisation);
  CHECK(same.handed_to == event.handed_to);
  CHECK(same.between == event.between);
  CHECK(same.audience == event.audience);
  CHECK(same.is_for_accounts == event.is_for_accounts);
}

TEST_CASE("relay: many events go in as few texts as fit") {
  const std::vector<http::Event> events(300, {.name = "record", .data = "{}", .form = "a/b"});
  const auto notices = notices_of(events);
  CHECK(notices.size() > 1);
  std::size_t count = 0;
  for (const auto& notice : notices) {
    CHECK(notice.size() <= store::kNoticeBytes);
    count += events_in(notice)->size();
  }
  CHECK(count == 300);
  CHECK(notices_of({}).empty());
}

TEST_CASE("relay: an event too long for a text is told as a reset") {
  http::Event event{.name = "record", .data = "{}", .form = "a/b"};
  for (int i = 0; i < 600; ++i) event.handed_to.insert("organisation-" + std::to_string(i));
  const auto notices = notices_of({event});
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].size() <= store::kNoticeBytes);
  CHECK(events_in(notices[0])->front().name == "reset");
}

TEST_CASE("relay: what is no list of events is a reset, not an error") {
  for (const char* notice : {"", "{}", "[1]", "[{}]", "no json",
                             R"([{"name":"a\nb","data":"{}","form":"","organisation":"",)"
                             R"("handed_to":[],"between":[],)"
                             R"("audience":"public","for_accounts":false}])",
                             R"([{"name":"a","data":"{}","form":"","organisation":"",)"
                             R"("handed_to":[1],"between":[],)"
                             R"("audience":"public","for_accounts":false}])",
                             R"([{"name":"a","data":"{}","form":"","organisation":"",)"
                             R"("audience":"public","for_accounts":false}])"}) {
    CAPTURE(notice);
    CHECK_FALSE(events_in(notice).has_value());
    Server server;
    server.wire.coming = {notice};
    REQUIRE(server.relay.look().has_value());
    CHECK(server.heard() == "id: 1\nevent: reset\ndata: {}\n\n");
  }
}

TEST_CASE("relay: after a time without the database both sides read again what they show") {
  Server server;
  REQUIRE(server.relay.look().has_value());
  server.wire.is_down = true;
  CHECK(server.relay.look().error().id == "ST-0003");
  server.feed.tasks_changed(record("a/b"));
  CHECK_FALSE(server.relay.look().has_value());
  static_cast<void>(server.heard());
  server.wire.is_down = false;
  REQUIRE(server.relay.look().has_value());
  CHECK(server.heard() == "id: 2\nevent: reset\ndata: {}\n\n");
  CHECK(server.wire.opened == 2);
  CHECK(server.wire.sent.size() == 1);  // what waited is told
}

TEST_CASE("relay: a text that could not be sent becomes a reset for the others") {
  Server server;
  REQUIRE(server.relay.look().has_value());
  server.feed.tasks_changed(record("a/b"));
  server.wire.is_down = true;
  CHECK_FALSE(server.relay.look().has_value());
  server.wire.is_down = false;
  REQUIRE(server.relay.look().has_value());
  REQUIRE(server.wire.sent.size() == 1);
  CHECK(events_in(server.wire.sent[0])->front().name == "reset");
}

TEST_CASE("relay: what piles up beyond its limit is told as a reset; packs are not told") {
  Server server;
  for (int i = 0; i < 10'001; ++i) server.feed.tasks_changed(record("a/b"));
  server.feed.packs_changed();
  REQUIRE(server.relay.look().has_value());
  REQUIRE(server.wire.sent.size() == 1);
  const auto events = events_in(server.wire.sent[0]);
  REQUIRE(events->size() == 2);
  CHECK(events->front().name == "reset");
  CHECK(events->back().name == "tasks");
}

}  // namespace zicht::server
