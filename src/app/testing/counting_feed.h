// A change feed that counts, for tests.
#pragma once

#include "app/ports.h"

namespace zicht::app::testing {

class CountingFeed final : public ChangeFeed {
 public:
  void record_changed(const model::Record&) override { ++records; }
  void packs_changed() override { ++packs; }
  void tasks_changed(const model::Record&) override { ++tasks; }

  int records = 0;
  int packs = 0;
  int tasks = 0;
};

}  // namespace zicht::app::testing
