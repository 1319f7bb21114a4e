// Answers that wait, so that their time does not tell what was passed over.
#pragma once

#include <chrono>

namespace zicht::http {

// The end of the step that is running at `now`, of steps that begin at `start`: always later than
// `now`. How many rows a search passed over then shows only where that takes it past the end of a
// step. Requires: a step of more than nothing, `now` not before `start`.
inline std::chrono::steady_clock::time_point end_of_step(
    std::chrono::steady_clock::time_point start, std::chrono::steady_clock::time_point now,
    std::chrono::milliseconds step) {
  return start + ((now - start) / step + 1) * std::chrono::steady_clock::duration(step);
}

}  // namespace zicht::http
