// Who keeps counts, so that asking again does not count again (app::Store::count).
#pragma once

#include <vector>

#include "base/result.h"
#include "model/tally.h"

namespace zicht::app {

// Thread-safe; blocks on the database.
class CountKeeper {
 public:
  virtual ~CountKeeper() = default;

  // Counts those of `asked` that are not kept yet, and those that took too long when they were
  // asked; and writes down what moved far enough since it was. `asked` is what is asked all the
  // time; scope, time and limit of a query are of no matter. Takes as long as it takes: to be
  // called about once a second, on a thread of its own. Errors: unavailable; those of Store::count
  // about one query, when all others are done.
  [[nodiscard]] virtual Result<void> keep_counts(const std::vector<model::CountQuery>& asked) = 0;
};

}  // namespace zicht::app
