// Running a pack's own tests (tests/*.yaml) against the engine, the passing of time included.
//
//     for (const TestOutcome& t : run_tests(*pack, packs, calendar)) {
//       print(t.passed() ? "ok" : "FAILED", t.name, t.file, t.line);
//       for (const Difference& d : t.differences) print(d.what, d.expected, d.got);
//     }
//
// Each case makes one record in memory, takes its steps on their days, lets time pass between and
// after them as the scheduler would, and compares what came out on the day `on`. Nothing is stored.
// A case about a decision model asks one decision instead (models.h), one about an indicator counts
// the rows that it gives (model/count_rows.h). One about a letter needs a store and is not run here
// (letter_tests.h).
// Steps are taken by a named person in a role; a role that the transition does not list is refused
// (`refused: role`), everything else is decided by model/life.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "calendar/holidays.h"
#include "model/pack.h"

namespace zicht::packs {

struct Difference {
  std::string what;       // "state", "deadline due first", "step 2 (publish)" ...
  std::string expected;
  std::string got;
};

struct TestOutcome {
  std::string name;       // the sentence
  std::string file;       // relative to the pack
  std::uint32_t line = 0;
  std::vector<Difference> differences;
  std::vector<LocalizedText> why;   // of a decision that came out otherwise: how it came about

  [[nodiscard]] bool passed() const { return differences.empty(); }
};

// All cases of all test files, in the order of the files. `packs` holds the pack itself, active,
// and the packs it needs. Requires: the pack was loaded without errors (load.h).
[[nodiscard]] std::vector<TestOutcome> run_tests(const model::PackPtr& pack,
                                                 const model::PackSet& packs,
                                                 const calendar::Calendar& calendar);

}  // namespace zicht::packs
