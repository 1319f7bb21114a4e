// Executor: where work may run later or elsewhere. Pure components never start threads themselves.
#pragma once

#include <functional>

namespace zicht {

class Executor {
 public:
  virtual ~Executor() = default;

  // Runs `work` once, now or later, on this thread or another. `work` does not throw and owns
  // what it uses. Thread-safe.
  virtual void post(std::function<void()> work) = 0;
};

// Runs the work before post() returns: for tests and small commands.
class InlineExecutor final : public Executor {
 public:
  void post(std::function<void()> work) override { work(); }
};

}  // namespace zicht
