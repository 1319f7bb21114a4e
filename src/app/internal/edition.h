// Editions: records with a field of figures that a step freezes and another publishes.
//
//     ZICHT_TRY(fields, freeze_figures(ports, caller, found, "figures", fields));  // Transition::
//     ZICHT_TRY(fields, release_figures(ports, found, "figures", fields));         // freezes, ...
//
// Frozen are the figures of the indicators that the field names (model::EditionRule), as of its
// reference day and as known now: counted over all rows, those with a threshold protected. What was
// counted goes to a field of its own, for the audit of later editions. Released: audited beside
// every edition of the form that was released before, marked with the moment, and from then on
// unchangeable. The shape is "FrozenFigures" in docs/formats/api.md. Blocks on the store.
#pragma once

#include "app/internal/found_record.h"

namespace zicht::app::internal {

// The fields of the step with the frozen ones set. `fields` are those of the record with what the
// step brings. Errors: AP-0200, AP-0211, AP-0212, AP-0213, AP-0218, AP-0172, those of counting.
[[nodiscard]] Result<json::object> freeze_figures(const RecordService::Ports& ports,
                                                  const Caller& caller, const FoundRecord& found,
                                                  const model::Field& field, const Json& fields);

// The same for publishing. Errors: AP-0214, AP-0216, AP-0217, AP-0219.
[[nodiscard]] Result<json::object> release_figures(const RecordService::Ports& ports,
                                                   const FoundRecord& found,
                                                   const model::Field& field, const Json& fields);

// Errors: AP-0215 when it was published.
[[nodiscard]] Result<void> check_not_released(const model::Form& form, const model::Record& record);

}  // namespace zicht::app::internal
