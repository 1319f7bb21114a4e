#include "base/check.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace zicht {
namespace {

std::atomic<CheckHandler> current_handler{nullptr};

}  // namespace

CheckHandler set_check_handler(CheckHandler handler) { return current_handler.exchange(handler); }

namespace internal {

void check_failed(const CheckFailure& failure) {
  if (CheckHandler handler = current_handler.load()) handler(failure);
  std::fprintf(stderr, "%s:%d: check failed: %s (%s)\n", failure.file, failure.line,
               failure.condition, failure.why);
  std::abort();
}

}  // namespace internal
}  // namespace zicht
