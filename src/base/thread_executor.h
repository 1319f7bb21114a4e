// ThreadExecutor: work on threads of its own, for commands that have the machine to themselves.
//
//     ThreadExecutor executor;
//     ZICHT_TRY(found, stats::detect(request, executor));
//
// Every piece of work has a thread: post few and large ones. The destructor waits for all of them.
#pragma once

#include <mutex>
#include <thread>
#include <vector>

#include "base/executor.h"

namespace zicht {

class ThreadExecutor final : public Executor {
 public:
  ThreadExecutor() = default;
  ThreadExecutor(const ThreadExecutor&) = delete;
  ThreadExecutor& operator=(const ThreadExecutor&) = delete;
  ~ThreadExecutor() override;

  void post(std::function<void()> work) override;

 private:
  std::mutex mutex_;
  std::vector<std::thread> threads_;
};

}  // namespace zicht
