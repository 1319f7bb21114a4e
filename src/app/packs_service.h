// Packs in the store: which version is active, how another becomes active, what was stored.
//
//   PacksService packs(store, feed, clock);
//   ZICHT_CHECKED(packs.reload());                       // at start
//   const RulebookPtr rules = packs.rules();             // per request
//   const Activation outcome = packs.activate({files}, actor);
//
// Thread-safe: `rules` is one atomic load; activations run one at a time.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "app/access.h"
#include "app/answer.h"
#include "app/ports.h"
#include "app/rulebook.h"
#include "packs/diff.h"

namespace zicht::app {

using PackFiles = std::map<std::string, std::string>;  // path -> text

// What activating did. `diagnostics` may hold warnings on success; with `error` nothing changed.
struct Activation {
  std::optional<Error> error;  // AP-0030 broken, AP-0031 breaking change, or the store's
  std::vector<Diagnostic> diagnostics;
  std::vector<std::string> activated;  // "pack version hash" of what became active
  // What differs from the version that was active, by pack; a new pack has no entry.
  std::map<std::string, std::vector<packs::Change>> changes;
};

class PacksService {
 public:
  PacksService(Store& store, ChangeFeed& feed);

  // Reads every stored version, the activations and the calendar configuration, and swaps the
  // rulebook. A stored version that this engine cannot read any more stays out; when it is the
  // active one, its pack is in `Rulebook::unreadable` and the others work. Each version's tables
  // are prepared in the store.
  [[nodiscard]] Result<void> reload();

  // reload() when another server activated something or configured the calendar since; true: it
  // did.
  [[nodiscard]] Result<bool> reload_if_changed();

  // Never null after construction; empty before the first reload().
  [[nodiscard]] RulebookPtr rules() const { return rules_.load(); }

  // Loads these packs together (they may need each other), compares each with the version that is
  // active, stores and activates what differs. All or nothing per call up to the first failing
  // write; activating the active version again does nothing. `actor`: account id or "system".
  [[nodiscard]] Activation activate(const std::vector<PackFiles>& packs, const std::string& actor);

  // The same checks without storing anything (`zicht pack check`, `zicht pack diff`).
  [[nodiscard]] Activation rehearse(const std::vector<PackFiles>& packs) const;

  // Days that count as holidays by decree, and recess dates; payload of `calendar.configured`.
  // Errors: AP-0033 with all problems.
  [[nodiscard]] Result<void> configure_calendar(const Json& configuration,
                                                const std::string& actor);

  // GET /v1/packs: {"items": [...]}, for everybody.
  [[nodiscard]] Result<std::string> list() const;
  // Stored versions and files of one; administrator and auditor only (AP-0002).
  [[nodiscard]] Result<std::string> versions(const Caller& caller, const std::string& pack) const;
  [[nodiscard]] Result<std::string> files(const Caller& caller, const std::string& pack,
                                          const std::string& hash) const;

 private:
  Store& store_;
  ChangeFeed& feed_;
  std::atomic<RulebookPtr> rules_;
  std::mutex activating_;
  std::mutex reloading_;  // else the slower of two would bring back what is no longer active
};

}  // namespace zicht::app
