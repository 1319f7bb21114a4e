// Events: delivery, coming back, not keeping up. Method: the hub alone, and end to end over a real
// server with a raw socket as the browser.
#include "http/event_hub.h"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <string>

#include "http/testing/test_server.h"

using namespace zicht::http;
using namespace zicht::http::testing;

namespace {

std::string taken(EventSubscription& subscription) {
  std::string out;
  return subscription.take(out) ? out : "dropped";
}

void publish(EventHub& hub, int count = 1, const std::string& form = "") {
  for (int i = 0; i < count; ++i) {
    Event event;
    event.name = "change";
    event.data = "{}";
    event.form = form;
    hub.publish(event);
  }
}

// Knows of everything but events of form "hidden".
bool is_open(const Event& event) { return event.form != "hidden"; }

std::string wire(std::uint64_t id) {
  return "id: " + std::to_string(id) + "\nevent: change\ndata: {}\n\n";
}

void add_event_route(Router& router, EventHub& hub) {
  router.add(Method::kGet, "/v1/events", {.operation_id = "events"},
             [&hub](const Request& request) {
               Response response;
               response.content_type = "text/event-stream";
               EventStreamBody body{&hub, is_open, std::nullopt};
               const auto last = request.header("Last-Event-ID");
               if (last) body.last_event_id = parse_event_id(*last);
               response.body = body;
               return response;
             });
}

}  // namespace

TEST_CASE("events: a subscriber gets the events that it may know of from now on, in order") {
  EventHub hub({}, 1);
  publish(hub);
  int woken = 0;
  const auto subscription = hub.subscribe(is_open, std::nullopt, [&] { ++woken; });
  publish(hub);
  publish(hub, 1, "hidden");
  publish(hub);
  CHECK(taken(*subscription) == wire(2) + wire(4));
  CHECK(taken(*subscription) == "");
  CHECK(woken == 3);
}

TEST_CASE("events: who comes back gets what was missed, or `reset` when that is not known") {
  EventHub hub({.ring = 3, .queue_bytes = 1000}, 1);
  publish(hub, 5);
  const auto after = [&](std::uint64_t id) {
    return taken(*hub.subscribe(is_open, id, [] {}));
  };
  CHECK(after(5) == "");
  CHECK(after(4) == wire(5));
  CHECK(after(3) == wire(4) + wire(5));
  const std::string reset = "id: 5\nevent: reset\ndata: {}\n\n";
  CHECK(after(2) == reset);   // out of the ring: something may be lost
  CHECK(after(99) == reset);  // from another run of the program
}

TEST_CASE("events: what was seen of an earlier run is not taken for something of this one") {
  EventHub earlier;
  EventHub now;
  publish(earlier, 3);
  publish(now, 3);
  const auto seen = earlier.subscribe(is_open, std::nullopt, [] {});
  publish(earlier);
  const std::string last = taken(*seen);
  const auto id = parse_event_id(last.substr(4, last.find('\n') - 4));
  REQUIRE(id.has_value());
  CHECK(taken(*now.subscribe(is_open, id, [] {})).find("event: reset") != std::string::npos);
}

TEST_CASE("events: a subscriber that does not keep up is dropped, the others are not") {
  EventHub hub({.ring = 100, .queue_bytes = 200}, 1);
  const auto slow = hub.subscribe(is_open, std::nullopt, [] {});
  const auto quick = hub.subscribe(is_open, std::nullopt, [] {});
  for (std::uint64_t id = 1; id <= 50; ++id) {
    publish(hub);
    CHECK(taken(*quick) == wire(id));
  }
  CHECK(taken(*slow) == "dropped");
  // Coming back with more missed than the queue holds must not drop it again.
  CHECK(taken(*hub.subscribe(is_open, 1, [] {})) == "id: 50\nevent: reset\ndata: {}\n\n");
}

TEST_CASE("events: an ended subscription is forgotten") {
  EventHub hub({}, 1);
  auto subscription = hub.subscribe(is_open, std::nullopt, [] {});
  CHECK(hub.subscriber_count() == 1);
  subscription.reset();
  CHECK(hub.subscriber_count() == 0);
  publish(hub);
}

TEST_CASE("events: a browser gets events and signs of life, and resumes with Last-Event-ID") {
  EventHub hub({}, 1);
  TestServer server(quick_options(), [&](Router& router) { add_event_route(router, hub); });
  TestClient client = server.client();
  client.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n\r\n");
  const Reply head = client.read_head();
  CHECK(head.status == 200);
  CHECK(head.header("content-type") == "text/event-stream");
  CHECK(head.header("cache-control") == "no-store");
  CHECK(client.read_until("retry: 3000\n\n").find("retry") != std::string::npos);
  CHECK(client.read_until(":\n\n").find(":\n\n") != std::string::npos);
  publish(hub);
  CHECK(client.read_until(wire(1)).find(wire(1)) != std::string::npos);
  publish(hub);
  TestClient again = server.client();
  again.send("GET /v1/events HTTP/1.1\r\nHost: t\r\nLast-Event-ID: 1\r\n\r\n");
  CHECK(again.read_until(wire(2)).find(wire(2)) != std::string::npos);
}

TEST_CASE("events: a browser that leaves is noticed, and a stop ends the streams") {
  EventHub hub({}, 1);
  TestServer server(quick_options(), [&](Router& router) { add_event_route(router, hub); });
  TestClient stays = server.client();
  stays.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n\r\n");
  stays.read_until("retry");
  {
    TestClient leaves = server.client();
    leaves.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n\r\n");
    leaves.read_until("retry");
  }
  CHECK(eventually([&] { return hub.subscriber_count() == 1; }));
  server.server().stop();
  CHECK(stays.is_closed_by_server());
  CHECK(hub.subscriber_count() == 0);
}

TEST_CASE("events: a stream ends after its time, so that the browser shows again who it is") {
  EventHub hub({}, 1);
  ServerOptions options = quick_options();
  options.timeouts.event_stream = std::chrono::milliseconds(200);
  TestServer server(options, [&](Router& router) { add_event_route(router, hub); });
  TestClient client = server.client();
  client.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n\r\n");
  CHECK(client.read_head().status == 200);
  CHECK(client.is_closed_by_server());
}

TEST_CASE("events: more streams than allowed are told 503") {
  EventHub hub({}, 1);
  ServerOptions options = quick_options();
  options.max_event_streams = 1;
  TestServer server(options, [&](Router& router) { add_event_route(router, hub); });
  TestClient first = server.client();
  first.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n\r\n");
  CHECK(first.read_head().status == 200);
  CHECK(server.client().get("/v1/events").status == 503);
}

TEST_CASE("events: a browser that stops reading is cut off while events go on") {
  EventHub hub({.ring = 10, .queue_bytes = 4096});
  TestServer server(quick_options(), [&](Router& router) { add_event_route(router, hub); });
  TestClient client = server.client();
  client.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n\r\n");
  client.read_until("retry");
  const std::string data = "\"" + std::string(2000, 'x') + "\"";
  Event event;
  event.name = "change";
  event.data = data;
  for (int i = 0; i < 200'000 && hub.subscriber_count() > 0; ++i) hub.publish(event);
  CHECK(eventually([&] { return hub.subscriber_count() == 0; }));
}
