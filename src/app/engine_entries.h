// Journal entries that are about the engine itself: packs and the calendar.
//
// They stand in a chain of their own, whose organisation is no tenant.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "calendar/holidays.h"
#include "model/entry.h"

namespace zicht::app {

inline constexpr std::string_view kEngineOrganisation = "zicht";
inline constexpr std::string_view kSystemActor = "system";
inline constexpr std::string_view kSchedulerActor = "scheduler";
inline constexpr std::string_view kPurposeWork = "work";
inline constexpr std::string_view kPurposeFacts = "facts";
inline constexpr std::string_view kPurposeOperate = "operate";

// An entry of the engine's chain, kept for ever. Requires: payload is an object.
[[nodiscard]] model::Entry engine_entry(std::string_view kind, const std::string& subject,
                                        const std::string& pack_hash, const std::string& actor,
                                        Json payload);

// Payload of `calendar.configured` (docs/formats/journal.md) and back. from_payload reports every
// problem: AP-0033.
[[nodiscard]] Json calendar_payload(const calendar::CalendarConfiguration& configuration);
[[nodiscard]] Result<calendar::Calendar> calendar_from_payload(const Json& payload);

}  // namespace zicht::app
