// Searches answer at the end of a step: whole steps after they began, never at once, and the next
// step when they took as long as one.
#include "http/internal/step.h"

#include <doctest/doctest.h>

namespace zicht::http {

TEST_CASE("step: an answer waits for the end of the step that is running") {
  using std::chrono::microseconds;
  using std::chrono::milliseconds;
  const std::chrono::steady_clock::time_point start(std::chrono::hours(7));
  const milliseconds step(5);
  const auto after = [&](microseconds taken) {
    return end_of_step(start, start + taken, step) - start;
  };
  CHECK(after(microseconds(0)) == milliseconds(5));
  CHECK(after(microseconds(1)) == milliseconds(5));
  CHECK(after(microseconds(4'999)) == milliseconds(5));
  CHECK(after(microseconds(5'000)) == milliseconds(10));
  CHECK(after(microseconds(5'001)) == milliseconds(10));
  CHECK(after(microseconds(23'400)) == milliseconds(25));
}

}  // namespace zicht::http
