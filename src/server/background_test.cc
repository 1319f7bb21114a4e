// Background by example, with counters; no test depends on how long anything takes.
#include "server/background.h"

#include <doctest/doctest.h>

#include <atomic>

namespace zicht::server {

TEST_CASE("background: a job runs again and again until it is stopped") {
  std::atomic<int> runs{0};
  Background jobs;
  jobs.every(std::chrono::milliseconds(0), [&] { ++runs; });
  while (runs < 3) std::this_thread::yield();
  jobs.stop();
  const int after = runs;
  std::this_thread::yield();
  CHECK(runs == after);
}

TEST_CASE("background: stopping does not wait for the pause") {
  std::atomic<bool> ran{false};
  Background jobs;
  jobs.every(std::chrono::hours(24), [&] { ran = true; });
  while (!ran) std::this_thread::yield();
  jobs.stop();
  CHECK(ran);
}

}  // namespace zicht::server
