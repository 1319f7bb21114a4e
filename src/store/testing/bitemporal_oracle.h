// What held when, worked out the slow way: a list of versions, looked through day by day.
//
// The store closes rows and cuts them in pieces; this keeps every version as it came and asks for
// the last one known that covers the day. It has no index, no interval arithmetic and no SQL.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/instant.h"
#include "model/record.h"

namespace zicht::store::testing {

class BitemporalOracle {
 public:
  // A version as it was written, with the time that the store gave it.
  void add(const model::Record& record, Instant recorded_at) {
    versions_[record.id].push_back({record, recorded_at});
  }

  // The version that held on the day, as known at the time; null when none did.
  const model::Record* find(const std::string& id, Date valid_on, Instant known_at) const {
    const model::Record* answer = nullptr;
    const auto record = versions_.find(id);
    if (record == versions_.end()) return nullptr;
    for (const Version& version : record->second) {
      if (version.recorded_at > known_at) break;
      const bool has_begun = version.record.valid_from <= valid_on;
      const bool has_ended = version.record.valid_to && *version.record.valid_to <= valid_on;
      if (has_begun && !has_ended) answer = &version.record;
    }
    return answer;
  }

  // All that is known now about the day on which everything written so far holds.
  const model::Record* find_now(const std::string& id) const {
    const auto record = versions_.find(id);
    if (record == versions_.end()) return nullptr;
    const model::Record* answer = nullptr;
    for (const Version& version : record->second) {
      if (!version.record.valid_to) answer = &version.record;
    }
    return answer;
  }

  std::vector<Instant> times_of(const std::string& id) const {
    std::vector<Instant> times;
    for (const Version& version : versions_.at(id)) times.push_back(version.recorded_at);
    return times;
  }

  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const auto& [id, versions] : versions_) all.push_back(id);
    return all;
  }

 private:
  struct Version {
    model::Record record;
    Instant recorded_at;
  };
  std::map<std::string, std::vector<Version>> versions_;
};

}  // namespace zicht::store::testing
