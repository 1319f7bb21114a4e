// Taking a transition whose conditions are met; shared by people's steps and by time.
#pragma once

#include "model/life.h"

namespace zicht::model::internal {

// The record after the transition, with `fields` as its whole fields document.
[[nodiscard]] Result<Record> take(const Judge& judge, const Process& process, const Record& before,
                                  const Transition& transition, Json fields, Date on);

}  // namespace zicht::model::internal
