// Passes what changed on this server to the browsers of the other servers on the same database, and
// theirs to ours, so that it does not matter to which of them a browser is connected.
//
//     EventRelay relay(hub, [&] { return store::open_notice_channel(conninfo, "zicht_changes"); });
//     HubChangeFeed feed(hub, [&relay](const http::Event& event) { relay.pass_on(event); });
//     jobs.every(std::chrono::milliseconds(100), [&relay] { relay.look(); });
//
// Events are told after their entry was committed, so whoever hears of one can read it, in whatever
// order servers commit. What may have been missed while there was no connection becomes one
// `reset`, here and there: read again what you show. Events hold ids only.
//
// Thread-safety: pass_on() from any thread; look() from one at a time.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/event_hub.h"
#include "store/postgres/notice_channel.h"

namespace zicht::server {

// As texts of at most kNoticeBytes, each a JSON list of events.
std::vector<std::string> notices_of(const std::vector<http::Event>& events);

// The events in a notice; nothing when it is not one of ours (a server of another version).
std::optional<std::vector<http::Event>> events_in(std::string_view notice);

class EventRelay {
 public:
  using Open = std::function<Result<std::unique_ptr<store::NoticeChannel>>()>;

  EventRelay(http::EventHub& hub, Open open) : hub_(hub), open_(std::move(open)) {}

  // Does not wait. Events about no form are not passed on: each server finds those itself.
  void pass_on(const http::Event& event);

  // Sends what waits and hears what others sent. Errors: unavailable; the next call opens anew.
  [[nodiscard]] Result<void> look();

 private:
  // More than this waits only when the database does not answer.
  static constexpr std::size_t kWaitingLimit = 10'000;

  Result<void> exchange();

  http::EventHub& hub_;
  Open open_;
  std::unique_ptr<store::NoticeChannel> channel_;
  bool has_missed_ = false;  // theirs, while there was no connection
  std::mutex mutex_;
  std::vector<http::Event> waiting_;
  bool has_lost_ = false;  // ours
};

}  // namespace zicht::server
