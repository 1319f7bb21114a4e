// Work in numbered parts over an Executor: the caller takes parts too and returns when all are
// done, so that it ends with every executor, also one that runs nothing until later.
#pragma once

#include <cstddef>
#include <functional>

#include "base/executor.h"

namespace zicht::stats::internal {

// Calls `part(i)` once for each i in 0..parts-1, at most `helpers` of them at a time beside the
// caller's own. `part` does not throw; parts do not share what they write.
void run_parts(Executor& executor, std::size_t parts, std::size_t helpers,
               const std::function<void(std::size_t)>& part);

}  // namespace zicht::stats::internal
