// What retention needs, kept in memory: tests say what nobody changed since when, and see what was
// destroyed. Records are found in no other fake: a title is there only when the test made it.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/retention_ports.h"

namespace zicht::app::testing {

class FakeRetention final : public RetentionStore {
 public:
  Result<std::vector<UnchangedRecord>> unchanged_since(const std::string& form,
                                                       Instant moment) override {
    std::vector<UnchangedRecord> found;
    for (const UnchangedRecord& each : kept) {
      if (each.record.form == form && each.changed_at < moment) found.push_back(each);
    }
    return found;
  }

  Result<std::int64_t> expire_records(const std::string& actor,
                                      const std::vector<ErasedRecord>& records) override {
    std::int64_t count = 0;
    for (const ErasedRecord& each : records) count += take(actor, each.record, false) ? 1 : 0;
    return count;
  }

  Result<bool> expire_person(const std::string& actor, const ErasedRecord& person) override {
    return take(actor, person.record, true);
  }

  Result<std::set<std::string>> erased_of(const std::vector<std::string>& ids) override {
    std::set<std::string> erased;
    for (const std::string& id : ids) {
      if (gone.contains(id)) erased.insert(id);
    }
    return erased;
  }

  Result<std::vector<Erasure>> erasures(std::optional<std::int64_t> before_seq,
                                        std::int64_t limit) override {
    std::vector<Erasure> found;
    for (auto each = told.rbegin(); each != told.rend(); ++each) {
      const bool is_older = !before_seq || each->seq < *before_seq;
      if (is_older && static_cast<std::int64_t>(found.size()) < limit) found.push_back(*each);
    }
    return found;
  }

  Result<void> wipe_removed() override {
    ++wipes;
    if (before_wipe) before_wipe();
    if (wipe_failure) return *wipe_failure;
    return {};
  }

  std::vector<UnchangedRecord> kept;
  std::vector<Erasure> told;            // oldest first
  std::set<std::string> gone;
  std::int64_t wipes = 0;
  std::function<void()> before_wipe;    // what happens while it wipes
  std::optional<Error> wipe_failure;

 private:
  bool take(const std::string& actor, const std::string& id, bool is_person) {
    const auto found = std::find_if(kept.begin(), kept.end(), [&](const UnchangedRecord& each) {
      return each.record.record == id;
    });
    if (found == kept.end()) return false;
    Erasure erasure;
    erasure.seq = static_cast<std::int64_t>(told.size()) + 1;
    erasure.at = found->changed_at;
    erasure.decided_by = actor;
    erasure.organisation = found->record.organisation;
    erasure.is_of_person = is_person;
    if (is_person) erasure.reason = kRetentionEnded;
    erasure.records[found->record.form] = 1;
    told.push_back(std::move(erasure));
    gone.insert(id);
    kept.erase(found);
    return true;
  }
};

}  // namespace zicht::app::testing
