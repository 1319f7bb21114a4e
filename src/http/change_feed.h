// Passes on what use cases changed to the browsers that listen and may know of it.
#pragma once

#include <functional>
#include <utility>

#include "app/access.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "http/event_hub.h"

namespace zicht::http {

// The port that use cases tell. Publishes `record` {id, form, version}, `tasks` {} and `packs` {},
// and gives each to `pass_on`, which must not wait. Thread-safe.
class HubChangeFeed final : public app::ChangeFeed {
 public:
  using PassOn = std::function<void(const Event&)>;

  explicit HubChangeFeed(EventHub& hub, PassOn pass_on = nullptr)
      : hub_(hub), pass_on_(std::move(pass_on)) {}

  void record_changed(const model::Record& record,
                      const std::set<std::string>& handed_to) override;
  void tasks_changed(const model::Record& record) override;
  void handovers_changed(const std::string& form,
                         const std::set<std::string>& organisations) override;
  void packs_changed() override;

 private:
  void publish(const Event& event);

  EventHub& hub_;
  PassOn pass_on_;
};

// What this caller may know of, decided with the packs that are active at each event: the form may
// be read and the row lies within the scope. `packs` outlives the filter.
EventFilter event_filter_for(const app::PacksService& packs, app::Caller caller);

}  // namespace zicht::http
