// Who of a round is to be reminded: shared by what tells a round and what reminds.
//
//     const auto reminder = reminder_of(ports, caller, asked, request);
//     if (reminder == Reminder::kLate) ...
//
// Told only to who may take the step. Somebody was reminded today when the request came today into
// the state in which the step ends. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "app/internal/round_sheet.h"

namespace zicht::app::internal {

enum class Reminder {
  kLate,     // its day is past
  kWaiting,  // not ready yet, and not late
  kToday,    // reminded today
};
[[nodiscard]] std::string_view name_of(Reminder reminder);

// Absent: the round has no such step, or it cannot be taken on this request by this caller.
[[nodiscard]] std::optional<Reminder> reminder_of(const RecordService::Ports& ports,
                                                  const Caller& caller, const AskedRound& asked,
                                                  const model::Record& request);

}  // namespace zicht::app::internal
