// A read log in memory, the newest last.
#pragma once

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "app/read_log.h"

namespace zicht::app::testing {

class FakeReadLog final : public ReadLog {
 public:
  Result<void> append(const ReadEntry& entry) override {
    const std::lock_guard lock(mutex_);
    if (failure_) return *failure_;
    entries_.push_back(entry);
    return {};
  }
  void append(ReadEntry entry, Done done) override {
    {
      const std::lock_guard lock(mutex_);
      if (is_slow_) {
        waiting_.emplace_back(std::move(entry), std::move(done));
        return;
      }
    }
    done(append(entry));
  }

  Result<ReadPage> find(const ReadQuery& query) override {
    const std::lock_guard lock(mutex_);
    ReadPage page;
    std::size_t skip = 0;
    for (const char c : query.cursor) skip = skip * 10 + static_cast<std::size_t>(c - '0');
    const std::size_t start = skip;
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
      if (!matches(query, *entry)) continue;
      if (skip > 0) {
        --skip;
        continue;
      }
      if (static_cast<std::int64_t>(page.entries.size()) == query.limit) {
        page.next = std::to_string(start + page.entries.size());
        break;
      }
      page.entries.push_back(*entry);
    }
    return page;
  }

  Result<std::int64_t> drop_before(Date) override { return 0; }

  [[nodiscard]] std::vector<ReadEntry> entries() const {
    const std::lock_guard lock(mutex_);
    return entries_;
  }
  void clear() {
    const std::lock_guard lock(mutex_);
    entries_.clear();
  }
  // From now on who does not wait is told by keep_waiting() alone.
  void be_slow() {
    const std::lock_guard lock(mutex_);
    is_slow_ = true;
  }
  [[nodiscard]] std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
  }
  void keep_waiting() {
    std::vector<std::pair<ReadEntry, Done>> all;
    {
      const std::lock_guard lock(mutex_);
      all = std::exchange(waiting_, {});
    }
    for (auto& [entry, done] : all) done(append(entry));
  }
  // From now on nothing can be written.
  void fail(Error error) { failure_ = std::move(error); }

 private:
  static bool matches(const ReadQuery& query, const ReadEntry& entry) {
    const auto& all = entry.subjects;
    if (!query.subject.empty() &&
        std::find(all.begin(), all.end(), query.subject) == all.end()) {
      return false;
    }
    return (query.account.empty() || query.account == entry.account) &&
           (!query.from || *query.from <= entry.at) && (!query.until || entry.at < *query.until);
  }

  mutable std::mutex mutex_;
  std::vector<ReadEntry> entries_;
  std::optional<Error> failure_;
  bool is_slow_ = false;
  std::vector<std::pair<ReadEntry, Done>> waiting_;
};

}  // namespace zicht::app::testing
