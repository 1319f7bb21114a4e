// The indicators of active packs: what is counted, and the figures as they are now or were.
//
//     ZICHT_TRY(page, indicators.read(caller, {"supervision", "measures"}, {.valid_on = day}));
//
// Figures are told as they are when asked, over the rows that the asker may see: of an indicator
// that is already public those that everybody may see, so that it says the same to all. Another is
// for who is signed in and may read the form; to the rest it is not there. One that rests on a
// field that the asker does not see is refused, whatever stands in it. Thread-safe; reads block.
#pragma once

#include <mutex>
#include <string>

#include <vector>

#include "app/access.h"
#include "app/count_keeper.h"
#include "app/heavy_places.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "base/clock.h"

namespace zicht::app {

struct IndicatorName {
  std::string pack, indicator;
};

class IndicatorsService {
 public:
  struct Ports {
    Store& store;
    const PacksService& packs;
    const Clock& clock;
    HeavyPlaces& places;
  };
  explicit IndicatorsService(const Ports& ports) : ports_(ports) {}

  // "IndicatorList" in docs/formats/api.md: without figures, by pack and id.
  [[nodiscard]] std::string list(const Caller& caller) const;

  // "IndicatorFigures". Errors: AP-0200 no such pack, AP-0032 one that cannot be read, AP-0210 no
  // such indicator for this caller, AP-0211 it rests on what the caller does not see, AP-0172,
  // ST-0073, ST-0096, ST-0100.
  [[nodiscard]] Result<std::string> read(const Caller& caller, const IndicatorName& name,
                                         const model::AsOf& as_of);

  // Has all indicators kept as they are now, on this day and, where a condition names the day, on
  // the next: so that it is counted already when that begins. To be called about once a second.
  // Errors: those of the keeper.
  [[nodiscard]] Result<void> keep_counts(CountKeeper& keeper);

 private:
  std::shared_ptr<const std::vector<model::CountQuery>> questions();

  Ports ports_;
  std::mutex mutex_;
  // What is asked all the time, under these rules on this day; guarded by mutex_.
  RulebookPtr asked_rules_;
  Date asked_on_;
  std::shared_ptr<const std::vector<model::CountQuery>> asked_;
};

}  // namespace zicht::app
