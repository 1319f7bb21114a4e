// Passes on what use cases changed to the browsers that listen and may know of it.
#pragma once

#include "app/access.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "http/event_hub.h"

namespace zicht::http {

// The port that use cases tell. Publishes `record` {id, form, version}, `tasks` {} and `packs` {}.
// Thread-safe.
class HubChangeFeed final : public app::ChangeFeed {
 public:
  explicit HubChangeFeed(EventHub& hub) : hub_(hub) {}

  void record_changed(const model::Record& record) override;
  void tasks_changed(const model::Record& record) override;
  void packs_changed() override;

 private:
  EventHub& hub_;
};

// What this caller may know of, decided with the packs that are active at each event: the form may
// be read and the row lies within the scope. `packs` outlives the filter.
EventFilter event_filter_for(const app::PacksService& packs, app::Caller caller);

}  // namespace zicht::http
