// The read log on both databases: what was noted is found again by person, account and day, page by
// page over the months; whole months go; many at once are all there.
#include "store/sql_read_log.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "base/ids.h"
#include "base/rng.h"
#include "store/testing/test_database.h"

namespace zicht::store {
namespace {

using testing::TestDatabase;

const std::string kPersons[] = {std::string(26, '1'), std::string(26, '2'), std::string(26, '3')};

app::ReadEntry random_entry(Rng& rng) {
  app::ReadEntry entry;
  entry.id = PublicId::random(rng).to_string();
  // Over four months, some at the same moment.
  const auto day = add_days(Date::of(2025, 11, 20), static_cast<std::int64_t>(rng.below(90)));
  entry.at = Instant::at_utc_midnight(*day);
  entry.account = "account-" + std::to_string(rng.below(2));
  entry.organisation = "north";
  entry.roles = {"auditor", "probe/worker"};
  entry.purpose = rng.below(2) == 0 ? "" : "probe/care";
  entry.action = "read";
  entry.form = "probe/child";
  for (const std::string& person : kPersons) {
    if (rng.below(2) == 0) entry.subjects.push_back(person);
  }
  entry.is_refused = rng.below(3) == 0;
  entry.trace = "trace of " + entry.id;
  return entry;
}

bool is_same(const app::ReadEntry& a, const app::ReadEntry& b) {
  return a.id == b.id && a.at == b.at && a.account == b.account &&
         a.organisation == b.organisation && a.roles == b.roles && a.purpose == b.purpose &&
         a.action == b.action && a.form == b.form && a.subjects == b.subjects &&
         a.is_refused == b.is_refused && a.trace == b.trace;
}

std::vector<app::ReadEntry> all_of(SqlReadLog& log, app::ReadQuery query) {
  std::vector<app::ReadEntry> all;
  do {
    const auto page = log.find(query);
    REQUIRE(page.has_value());
    CHECK(page->entries.size() <= static_cast<std::size_t>(query.limit));
    all.insert(all.end(), page->entries.begin(), page->entries.end());
    query.cursor = page->next;
  } while (!query.cursor.empty());
  return all;
}

std::vector<app::ReadEntry> expected_of(std::vector<app::ReadEntry> all,
                                        const app::ReadQuery& query) {
  std::erase_if(all, [&](const app::ReadEntry& entry) {
    const auto& subjects = entry.subjects;
    const bool is_about =
        query.subject.empty() ||
        std::find(subjects.begin(), subjects.end(), query.subject) != subjects.end();
    const bool is_by = query.account.empty() || query.account == entry.account;
    const bool is_in = (!query.from || *query.from <= entry.at) &&
                       (!query.until || entry.at < *query.until);
    return !is_about || !is_by || !is_in;
  });
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.at != b.at ? b.at < a.at : b.id < a.id;
  });
  return all;
}

TEST_CASE("sql read log: what was noted is found by person, account and day, in order") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto log = SqlReadLog::open(test.database());
    REQUIRE(log.has_value());
    SeededRng rng(7510);
    std::vector<app::ReadEntry> all;
    for (int i = 0; i < 120; ++i) {
      all.push_back(random_entry(rng));
      REQUIRE((*log)->append(all.back()).has_value());
    }
    for (int round = 0; round < 40; ++round) {
      app::ReadQuery query;
      if (rng.below(2) == 0) query.subject = kPersons[rng.below(3)];
      if (rng.below(3) == 0) query.account = "account-1";
      if (rng.below(3) == 0) query.from = all[rng.below(all.size())].at;
      if (rng.below(3) == 0) query.until = all[rng.below(all.size())].at;
      query.limit = 1 + static_cast<std::int64_t>(rng.below(50));
      const auto found = all_of(**log, query);
      const auto expected = expected_of(all, query);
      REQUIRE(found.size() == expected.size());
      for (std::size_t i = 0; i < found.size(); ++i) CHECK(is_same(found[i], expected[i]));
    }
    CHECK((*log)->find({.subject = {}, .account = {}, .from = {}, .until = {}, .limit = 1,
                        .cursor = "none"}).error().id == "ST-0019");
  });
}

TEST_CASE("sql read log: months are dropped whole, and the log goes on") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto log = SqlReadLog::open(test.database());
    REQUIRE(log.has_value());
    SeededRng rng(5);
    app::ReadEntry entry = random_entry(rng);
    entry.subjects = {kPersons[0]};
    for (const auto* at :
         {"2025-10-31T23:59:59Z", "2025-11-01T00:00:00Z", "2025-12-15T12:00:00Z"}) {
      entry.id = PublicId::random(rng).to_string();
      entry.at = *Instant::parse(at);
      REQUIRE((*log)->append(entry).has_value());
    }
    app::ReadQuery query;
    query.subject = kPersons[0];
    CHECK(*(*log)->drop_before(Date::of(2025, 10, 1)) == 0);
    CHECK(*(*log)->drop_before(Date::of(2025, 11, 30)) == 1);
    CHECK(all_of(**log, query).size() == 2);
    CHECK(*(*log)->drop_before(Date::of(2026, 1, 1)) == 2);
    CHECK(all_of(**log, query).empty());
    entry.id = PublicId::random(rng).to_string();
    REQUIRE((*log)->append(entry).has_value());
    CHECK(all_of(**log, query).size() == 1);
  });
}

TEST_CASE("sql read log: many requests at once, over two servers, are all noted") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto other = test.open_again();
    const auto first = SqlReadLog::open(test.database());
    const auto second = SqlReadLog::open(*other);
    REQUIRE(first.has_value());
    REQUIRE(second.has_value());
    constexpr int kThreads = 4, kEach = 25;
    std::vector<std::thread> threads;
    std::atomic<int> failures = 0;
    for (int number = 0; number < kThreads; ++number) {
      threads.emplace_back([&, number] {
        SeededRng rng(static_cast<std::uint64_t>(number) + 1);
        SqlReadLog& log = number % 2 == 0 ? **first : **second;
        for (int i = 0; i < kEach; ++i) {
          if (!log.append(random_entry(rng)).has_value()) ++failures;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(failures == 0);
    CHECK(all_of(**first, {}).size() == kThreads * kEach);
  });
}

// Waits until what it counts has been told of all.
class Outcomes {
 public:
  app::ReadLog::Done expect(std::function<bool()> is_there) {
    return [this, is_there = std::move(is_there)](Result<void> outcome) {
      const bool is_found = outcome.has_value() && is_there();
      const std::lock_guard lock(mutex_);
      told_.push_back(outcome.has_value() ? is_found ? "kept" : "lost" : outcome.error().id);
      changed_.notify_all();
    };
  }
  // In the order of the alphabet.
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return told_.size() >= count; });
    std::sort(told_.begin(), told_.end());
    return told_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> told_;
};

TEST_CASE("sql read log: who does not wait is told once an entry is there for others to find") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto elsewhere = test.open_again();
    const auto log = SqlReadLog::open(test.database());
    const auto other = SqlReadLog::open(*elsewhere);
    REQUIRE(log.has_value());
    REQUIRE(other.has_value());
    constexpr std::size_t kCount = 200;
    SeededRng rng(7);
    Outcomes outcomes;
    for (std::size_t i = 0; i < kCount; ++i) {
      app::ReadEntry entry = random_entry(rng);
      entry.account = entry.id;
      app::ReadQuery query;
      query.account = entry.id;
      (*log)->append(std::move(entry), outcomes.expect([&, query] {
        const auto page = (*other)->find(query);
        return page.has_value() && page->entries.size() == 1;
      }));
    }
    CHECK(outcomes.wait_for(kCount) == std::vector<std::string>(kCount, "kept"));
    CHECK(all_of(**log, {}).size() == kCount);
  });
}

TEST_CASE("sql read log: an entry that cannot be written fails alone, whoever it came with") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto log = SqlReadLog::open(test.database());
    REQUIRE(log.has_value());
    SeededRng rng(8);
    const app::ReadEntry first = random_entry(rng);
    REQUIRE((*log)->append(first).has_value());
    constexpr std::size_t kCount = 100;
    Outcomes outcomes;
    const auto is_there = [] { return true; };
    for (std::size_t i = 0; i < kCount; ++i) {
      (*log)->append(i % 10 == 3 ? first : random_entry(rng), outcomes.expect(is_there));
    }
    auto expected = std::vector<std::string>(kCount / 10, "ST-0001");
    expected.resize(kCount, "kept");
    CHECK(outcomes.wait_for(kCount) == expected);
    CHECK(all_of(**log, {}).size() == 1 + kCount - kCount / 10);
  });
}

}  // namespace
}  // namespace zicht::store
