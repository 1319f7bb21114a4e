// Loads the fact files of the active packs as records.
//
// A fact is a record with a stable id: loading twice writes nothing, a changed fact lays its fields
// over the record (a field that the fact has no more stays), unverified files are never loaded.
// References between facts are resolved across packs; steps are replayed on their own dates, then
// time passes up to today.
#pragma once

#include <string>

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
  };
  // Errors: AP-0060 with one problem per fact that does not fit (file/fact id as place).
  [[nodiscard]] Result<Outcome> load(Date today);

 private:
  Ports ports_;
};

}  // namespace zicht::app
