// Passes events to browsers that listen (server-sent events): publish once, every subscriber that
// may know of it gets it.
//
//   EventHub hub;
//   hub.publish({.name = "packs", .data = "{}"});
//
// A subscriber that comes back says what it saw last; what it missed is repeated from a ring of
// the latest events. When the ring no longer reaches back that far it gets one event named
// `reset`: read again what you show. A subscriber that does not keep up is dropped and comes back
// in the same way, so that a slow browser never holds memory or other browsers.
//
// Who signed out, or became somebody else, stops listening when end_those_over() finds it.
//
// Events carry ids only, never personal data: what a browser may see is decided when it reads.
//
// Thread-safety: everything may be called from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/field.h"

namespace zicht::http {

struct Event {
  std::string name{};  // the `event:` field; no line breaks
  std::string data{};  // no line breaks (JSON on one line)

  // What decides who may know of it; an event without a form is for everybody.
  std::string form{};  // "pack/form"
  std::string organisation{};
  std::set<std::string> handed_to{};  // other organisations that may look at it as at their own
  model::Sensitivity audience = model::Sensitivity::kPublic;
  bool is_for_accounts = false;  // not for visitors
  // Not empty: for people of these alone, who may read or hand over rows of the form.
  std::set<std::string> between{};
};

// Says whether a subscriber may know of an event. Must not wait; called with locks held.
using EventFilter = std::function<bool(const Event&)>;

// An event as it stands in the ring.
struct NumberedEvent {
  std::uint64_t id = 0;
  Event event;
};

struct EventHubLimits {
  std::size_t ring = 1024;              // events kept for those who come back
  std::size_t queue_bytes = 64 * 1024;  // waiting for one subscriber before it is dropped
};

class EventSubscription;

// The value of a Last-Event-ID header; nothing when it is no number of ours.
std::optional<std::uint64_t> parse_event_id(std::string_view text);

class EventHub {
 public:
  // Ids count up from `first_id`. Without one they begin at random, so that what a browser saw of
  // an earlier run of the program is not taken for something seen of this one: it gets `reset`.
  explicit EventHub(EventHubLimits limits = {},
                    std::optional<std::uint64_t> first_id = std::nullopt);
  ~EventHub();

  // Requires: the data is one line.
  void publish(const Event& event);

  // `wake` is called, without locks held, after something was added for this subscription or it
  // was dropped, and once at the start; it must not wait. The subscription ends when the returned
  // pointer goes.
  std::shared_ptr<EventSubscription> subscribe(EventFilter filter,
                                               std::optional<std::uint64_t> last_event_id,
                                               std::function<void()> wake,
                                               std::function<bool()> is_over = {});

  // Drops the subscriptions whose `is_over` says so. That may wait: no locks are held.
  void end_those_over();

  // Who listens now; ended subscriptions are not counted.
  std::size_t subscriber_count() const;

 private:
  const EventHubLimits limits_;
  mutable std::mutex mutex_;
  std::deque<NumberedEvent> ring_;
  std::vector<std::weak_ptr<EventSubscription>> subscribers_;
  std::uint64_t last_id_;
};

// One listener. Made by EventHub::subscribe.
class EventSubscription {
 public:
  EventSubscription(EventFilter filter, std::function<void()> wake, std::size_t queue_bytes,
                    std::function<bool()> is_over);

  // Moves all waiting events into `out` in wire format. Returns false once the subscription was
  // dropped, because it did not keep up or is over; nothing comes after that.
  bool take(std::string& out);

 private:
  friend class EventHub;
  void push(const NumberedEvent& event);
  void push_reset(std::uint64_t id);
  void append(std::string_view wire);
  void drop();

  const EventFilter filter_;
  const std::function<void()> wake_;
  const std::size_t queue_bytes_;
  const std::function<bool()> is_over_;
  std::mutex mutex_;
  std::string waiting_;
  bool is_dropped_ = false;
};

}  // namespace zicht::http
