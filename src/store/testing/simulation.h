// One run of a store on a disk that fails: everything in it follows from its seed.
//
//     const auto report = simulate({.seed = 7});
//     for (const std::string& problem : report.problems) say(problem);
//
// Units of one and of several entries, one by one and in bursts that fill the queue, with and
// without an idempotency key; credentials, leases and checkpoints between them; a clock that jumps
// back and forth. The disk refuses, writes half, fails to sync; the power goes or the process
// ends, several times in one run. After each the store is opened anew and compared with what was
// answered: what was acknowledged is there, nothing is there by half or twice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/testing/faulty_disk.h"

namespace zicht::store::testing {

struct SimulationOptions {
  std::uint64_t seed = 0;
  bool ignores_syncs = false;  // a store that does not sync: it must be found out
  bool keeps_counts = false;   // counts things all the time, and keeps what it counted
  // The faults of a run of one round; absent: three rounds, with faults drawn from the seed.
  std::optional<FaultPlan> plan = {};
};

struct SimulationReport {
  std::vector<std::string> problems;
  int acknowledged = 0;
  int unanswered = 0;   // answered with an error, of which one cannot know
  int kept_anyway = 0;  // ... and found to be there
  int replayed = 0;     // repeated with the same key, and there already
  int cuts = 0;
  int kills = 0;
  int kept_counts = 0;  // rows of kept_counts that were there after a round
  int refusals_after_sync = 0;
  std::int64_t faults = 0;
  std::int64_t changes = 0;  // of the disk while the last round worked
};

SimulationReport simulate(SimulationOptions options);

}  // namespace zicht::store::testing
