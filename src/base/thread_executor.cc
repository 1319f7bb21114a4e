#include "base/thread_executor.h"

namespace zicht {

ThreadExecutor::~ThreadExecutor() {
  // Nobody posts any more: whoever does would use an object that is being destroyed.
  for (std::thread& thread : threads_) thread.join();
}

void ThreadExecutor::post(std::function<void()> work) {
  const std::lock_guard lock(mutex_);
  threads_.emplace_back(std::move(work));
}

}  // namespace zicht
