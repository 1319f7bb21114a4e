// What a write would make of a record, decided and not yet written: shared by what writes one
// record (record_write.cc) and what writes several together (rounds_write.cc).
//
//     ZICHT_TRY(draft, draft_change(ports, caller, std::move(found), body));
//     ZICHT_CHECKED(store_fired(ports.store, draft.base, draft.found.record.version));
//     ... append a unit with write_of(draft) ...
//
// Access, rules and process are asked here; the store's writer only compares versions. Errors: as
// RecordService says. Blocks on the store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/internal/edition.h"
#include "app/internal/found_record.h"
#include "model/life.h"

namespace zicht::app::internal {

// The record after what time did to it, so that the act and the scheduler see the same one. The
// events are stored as the scheduler's own.
struct Base {
  model::Record record;
  std::vector<model::Fired> fired;
};

struct Draft {
  FoundRecord found;
  Base base;
  model::Record after;
  model::RecordEvent event;
  std::optional<ReleaseTurn> turn{};    // held until it is written
};

// As time left it.
[[nodiscard]] Result<Base> base_of(const model::Judge& judge, const model::Record& record);

// Of a record that is made: who keeps it, and its id.
struct Origin {
  std::string organisation, id;
};

// Bodies as in api.md. `found`: at the version that the caller expects.
[[nodiscard]] Result<Draft> draft_create(const RecordService::Ports& ports, const Caller& caller,
                                         const Json& request, const Origin& origin);
[[nodiscard]] Result<Draft> draft_change(const RecordService::Ports& ports, const Caller& caller,
                                         FoundRecord found, const Json& request);
[[nodiscard]] Result<Draft> draft_correction(const RecordService::Ports& ports,
                                             const Caller& caller, FoundRecord found,
                                             const Json& request);
[[nodiscard]] Result<Draft> draft_step(const RecordService::Ports& ports, const Caller& caller,
                                       FoundRecord found, const Json& request);

// What time did before, written first. `version`: that of the record before it.
[[nodiscard]] Result<void> store_fired(Store& store, const Base& base, std::int64_t version);

[[nodiscard]] RecordWrite write_of(const Draft& draft);
// Without records.
[[nodiscard]] Unit unit_of(const Caller& caller, const WriteContext& context);

// The store says that the record is at another version.
[[nodiscard]] bool is_stale(const Error& error);

// Whether who saw this version saw the record as it is now: at that version, or at later ones that
// only the scheduler made and that left its state (a warning, the end of a waiting time). What is
// written lets time pass as well, so nobody has to look at that first.
[[nodiscard]] Result<bool> is_as_seen(Store& store, const model::Record& now,
                                      std::int64_t version);
[[nodiscard]] Date today_of(const RecordService::Ports& ports);

}  // namespace zicht::app::internal
