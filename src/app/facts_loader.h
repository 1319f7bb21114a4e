// Loads the fact files of the active packs as records.
//
// A fact is a record with a stable id; loading brings it to what the pack says now, and loading
// again writes nothing (docs/decisions/0011-tell-a-corrected-fact-again.md). A fact whose content
// changed is told again from its `from` on: fields, steps on their own dates, time in between, and
// what people did to the record meanwhile. A fact that the pack has no more is withdrawn. Nothing
// is erased: all of it are new versions with their reason. References between facts are resolved
// across packs; what is not verified counts as absent, a pack that is not active is left alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/accounts.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "base/rng.h"

namespace zicht::app {

class FactsLoader {
 public:
  struct Ports {
    Store& store;
    PacksService& packs;
    Accounts& accounts;
    const Clock& clock;
    Rng& rng;
  };
  explicit FactsLoader(Ports ports) : ports_(ports) {}

  struct Outcome {
    std::int64_t facts = 0;  // looked at
    std::int64_t created = 0;
    std::int64_t changed = 0;
    std::int64_t withdrawn = 0;
    struct Told {
      std::string fact;          // "pack/facts/fact-id"; of a withdrawn one "pack/fact-id"
      LocalizedText what;
    };
    std::vector<Told> told;      // one for each that changed or was withdrawn
  };
  // Errors: AP-0060 with one problem per fact that does not fit (file/fact id as place).
  [[nodiscard]] Result<Outcome> load(Date today);

 private:
  Ports ports_;
};

}  // namespace zicht::app
