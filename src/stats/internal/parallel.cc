#include "stats/internal/parallel.h"

#include <algorithm>
#include <atomic>
#include <memory>

namespace zicht::stats::internal {
namespace {

struct Shared {
  const std::function<void(std::size_t)>* part = nullptr;  // not read once all parts are taken
  std::size_t parts = 0;
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> done{0};

  void work() {
    for (std::size_t i = next.fetch_add(1); i < parts; i = next.fetch_add(1)) {
      (*part)(i);
      if (done.fetch_add(1) + 1 == parts) done.notify_all();
    }
  }
};

}  // namespace

void run_parts(Executor& executor, std::size_t parts, std::size_t helpers,
               const std::function<void(std::size_t)>& part) {
  auto shared = std::make_shared<Shared>();
  shared->part = &part;
  shared->parts = parts;
  for (std::size_t i = 0; i < std::min(helpers, parts); ++i)
    executor.post([shared] { shared->work(); });
  shared->work();
  for (std::size_t done = shared->done.load(); done < parts; done = shared->done.load())
    shared->done.wait(done);
}

}  // namespace zicht::stats::internal
