// Work on threads: all of it is done before the executor is gone, and it runs beside its owner.
#include "base/thread_executor.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>

namespace zicht {
namespace {

TEST_CASE("thread executor: all work is done before it is destroyed") {
  std::atomic<int> done{0};
  {
    ThreadExecutor executor;
    for (int i = 0; i < 8; ++i) executor.post([&] { ++done; });
  }
  CHECK(done == 8);
}

TEST_CASE("thread executor: work runs beside who posts it") {
  std::latch both{2};
  ThreadExecutor executor;
  executor.post([&] { both.arrive_and_wait(); });
  both.arrive_and_wait();
}

}  // namespace
}  // namespace zicht
