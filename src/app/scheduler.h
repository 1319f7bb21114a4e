// Passing time: warnings, missed deadlines and escalations of the records that are due.
#pragma once

#include <set>
#include <string>

#include "app/packs_service.h"
#include "app/ports.h"

namespace zicht::app {

class Scheduler {
 public:
  // `holder` names this server in the lease.
  Scheduler(Store& store, const PacksService& packs, ChangeFeed& feed, const Clock& clock,
            std::string holder)
      : store_(store), packs_(packs), feed_(feed), clock_(clock), holder_(std::move(holder)) {}

  struct Outcome {
    bool had_lease = false;      // another server is at it: nothing was done
    std::int64_t records = 0;    // records that changed
    std::int64_t versions = 0;   // versions written
    std::int64_t conflicts = 0;  // somebody else changed them: next run
    std::int64_t failures = 0;   // records that cannot be judged (logged by id)
  };
  // One run over everything that is due on `today`. Running again on the same day does nothing.
  [[nodiscard]] Result<Outcome> run_once(Date today);
  // The civil day in Amsterdam now.
  [[nodiscard]] Result<Outcome> run_once();

 private:
  // False: the record stays due (conflict, failure, or nothing to do), counted in `outcome`.
  bool judge(const std::string& id, Date today, Outcome& outcome);
  // Versions written for one record.
  Result<std::int64_t> let_time_pass(const std::string& id, Date today);

  Store& store_;
  const PacksService& packs_;
  ChangeFeed& feed_;
  const Clock& clock_;
  std::string holder_;
};

}  // namespace zicht::app
