#include "http/event_hub.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "base/rng.h"

namespace zicht::http {
namespace {

std::string wire_format(std::uint64_t id, std::string_view name, std::string_view data) {
  std::string wire = "id: " + std::to_string(id) + "\n";
  wire.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
  return wire;
}

// Far from 0 and small enough for every reader of numbers.
std::uint64_t random_start() {
  constexpr std::uint64_t kSpan = std::uint64_t{1} << 48;
  return kSpan + SystemRng().below(kSpan);
}

}  // namespace

std::optional<std::uint64_t> parse_event_id(std::string_view text) {
  std::uint64_t id = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc() || stop != end) return std::nullopt;
  return id;
}

EventHub::EventHub(EventHubLimits limits, std::optional<std::uint64_t> first_id)
    : limits_(limits), last_id_(first_id ? *first_id - 1 : random_start()) {}
EventHub::~EventHub() = default;

void EventHub::publish(const Event& event) {
  ZICHT_CHECK(event.data.find_first_of("\r\n") == std::string::npos, "event data is one line");
  std::vector<std::shared_ptr<EventSubscription>> listeners;
  {
    const std::lock_guard lock(mutex_);
    ring_.push_back({++last_id_, event});
    if (ring_.size() > limits_.ring) ring_.pop_front();
    std::erase_if(subscribers_, [&](const std::weak_ptr<EventSubscription>& weak) {
      auto subscription = weak.lock();
      if (!subscription) return true;
      if (subscription->filter_(event)) listeners.push_back(std::move(subscription));
      return false;
    });
    // Pushed under the hub's lock, so that two publishers cannot deliver in the wrong order.
    for (const auto& listener : listeners) listener->push(ring_.back());
  }
  for (const auto& listener : listeners) listener->wake_();
}

std::shared_ptr<EventSubscription> EventHub::subscribe(EventFilter filter,
                                                       std::optional<std::uint64_t> last_event_id,
                                                       std::function<void()> wake,
                                                       std::function<bool()> is_over) {
  auto subscription = std::make_shared<EventSubscription>(
      std::move(filter), std::move(wake), limits_.queue_bytes, std::move(is_over));
  {
    const std::lock_guard lock(mutex_);
    subscribers_.push_back(subscription);
    if (last_event_id && *last_event_id != last_id_) {
      // The ring answers only when it holds the very event that was seen last: then nothing
      // between was lost, and the id comes from this run of the program.
      const auto seen =
          std::find_if(ring_.begin(), ring_.end(),
                       [&](const auto& event) { return event.id == *last_event_id; });
      if (seen == ring_.end()) {
        subscription->push_reset(last_id_);
      } else {
        for (auto event = std::next(seen); event != ring_.end(); ++event) {
          if (subscription->filter_(event->event)) subscription->push(*event);
        }
        // What was missed does not fit in the queue: dropping would only repeat this for ever.
        if (subscription->is_dropped_) {
          subscription->is_dropped_ = false;
          subscription->push_reset(last_id_);
        }
      }
    }
  }
  subscription->wake_();
  return subscription;
}

void EventHub::end_those_over() {
  std::vector<std::shared_ptr<EventSubscription>> asked;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& weak : subscribers_) {
      auto subscription = weak.lock();
      if (subscription && subscription->is_over_) asked.push_back(std::move(subscription));
    }
  }
  for (const auto& subscription : asked) {
    if (!subscription->is_over_()) continue;
    subscription->drop();
    subscription->wake_();
  }
}

std::size_t EventHub::subscriber_count() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(subscribers_.begin(), subscribers_.end(),
                    [](const auto& subscriber) { return !subscriber.expired(); }));
}

EventSubscription::EventSubscription(EventFilter filter, std::function<void()> wake,
                                     std::size_t queue_bytes, std::function<bool()> is_over)
    : filter_(std::move(filter)), wake_(std::move(wake)), queue_bytes_(queue_bytes),
      is_over_(std::move(is_over)) {}

void EventSubscription::push(const NumberedEvent& event) {
  append(wire_format(event.id, event.event.name, event.event.data));
}

void EventSubscription::push_reset(std::uint64_t id) {
  append(wire_format(id, "reset", "{}"));
}

void EventSubscription::append(std::string_view wire) {
  const std::lock_guard lock(mutex_);
  if (is_dropped_) return;
  if (waiting_.size() + wire.size() > queue_bytes_) {
    is_dropped_ = true;
    waiting_.clear();
    return;
  }
  waiting_.append(wire);
}

void EventSubscription::drop() {
  const std::lock_guard lock(mutex_);
  is_dropped_ = true;
  waiting_.clear();
}

bool EventSubscription::take(std::string& out) {
  const std::lock_guard lock(mutex_);
  out.append(waiting_);
  waiting_.clear();
  return !is_dropped_;
}

}  // namespace zicht::http
