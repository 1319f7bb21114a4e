// A change feed that counts, for tests.
#pragma once

#include <set>
#include <string>

#include "app/ports.h"

namespace zicht::app::testing {

class CountingFeed final : public ChangeFeed {
 public:
  void record_changed(const model::Record&, const std::set<std::string>& handed_to) override {
    ++records;
    told = handed_to;
  }
  void packs_changed() override { ++packs; }
  void tasks_changed(const model::Record&) override { ++tasks; }
  void handovers_changed(const std::string&,
                         const std::set<std::string>& organisations) override {
    ++handovers;
    between = organisations;
  }

  int records = 0;
  int packs = 0;
  int tasks = 0;
  int handovers = 0;
  std::set<std::string> told;           // of the last record: to whom it is handed over
  std::set<std::string> between;        // of the last hand-over
};

}  // namespace zicht::app::testing
