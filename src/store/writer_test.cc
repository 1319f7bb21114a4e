// The writer commits several units at once and keeps them apart.
// Method: units insert rows into a table with a unique column; what is in the table afterwards
// is compared with which units were told that they succeeded. Many threads, fixed seeds.
#include "store/writer.h"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <thread>

#include "base/error_catalogue.h"
#include "base/rng.h"
#include "store/testing/test_database.h"

namespace zicht::store {
namespace {

using testing::on_both;
using testing::TestDatabase;

void must(const Result<void>& result) {
  if (!result.has_value()) FAIL(describe(result.error()));
}

std::unique_ptr<Writer> make_writer(TestDatabase& test, WriterOptions options = {}) {
  auto connection = test.database().connect(Access::kWrite);
  REQUIRE(connection.has_value());
  must((*connection)->run_script("create table thing (id bigint primary key)"));
  auto writer = Writer::create(test.database(), std::move(options));
  REQUIRE(writer.has_value());
  return std::move(*writer);
}

Result<void> insert(Connection& connection, std::int64_t id) {
  return connection.queue("insert into thing (id) values ($1)", {id});
}

std::set<std::int64_t> stored(TestDatabase& test) {
  auto connection = test.database().connect(Access::kRead);
  REQUIRE(connection.has_value());
  auto rows = (*connection)->query("select id from thing");
  REQUIRE(rows.has_value());
  std::set<std::int64_t> ids;
  while (rows->next()) ids.insert(rows->integer(0));
  return ids;
}

// Holds the writer inside a unit, so that what is submitted meanwhile forms one group.
class Gate {
 public:
  explicit Gate(Writer& writer) {
    must(writer.submit(
        [this](Connection&) -> Result<void> {
          entered_.set_value();
          open_.get_future().wait();
          return {};
        },
        [this](const Result<void>&) { done_.set_value(); }));
    entered_.get_future().wait();
  }
  void open() {
    open_.set_value();
    done_.get_future().wait();
  }

 private:
  std::promise<void> entered_, open_, done_;
};

}  // namespace

TEST_CASE("writer: units that wait share a commit, and each is answered after it") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto writer = make_writer(test);
    Gate gate(*writer);
    std::vector<std::future<bool>> answers;
    for (std::int64_t id = 0; id < 100; ++id) {
      auto promise = std::make_shared<std::promise<bool>>();
      answers.push_back(promise->get_future());
      must(writer->submit([id](Connection& c) { return insert(c, id); },
                          [promise](const Result<void>& outcome) {
                            promise->set_value(outcome.has_value());
                          }));
    }
    gate.open();
    for (auto& answer : answers) CHECK(answer.get());
    CHECK(stored(test).size() == 100);
    CHECK(writer->counters().groups <= 4);
  });
}

TEST_CASE("writer: a failing unit leaves nothing and does not touch its neighbours") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto writer = make_writer(test);
    SeededRng random(20261123);
    std::set<std::int64_t> expected;
    std::vector<std::future<bool>> answers;
    std::vector<bool> outcomes;
    for (int round = 0; round < 5; ++round) {
      Gate gate(*writer);
      answers.clear();
      outcomes.clear();
      for (int unit = 0; unit < 60; ++unit) {
        const std::int64_t id = static_cast<std::int64_t>(random.below(200)) * 2;
        const bool refuses_itself = random.below(10) == 0;
        outcomes.push_back(!refuses_itself && expected.insert(id).second);
        auto promise = std::make_shared<std::promise<bool>>();
        answers.push_back(promise->get_future());
        must(writer->submit(
            [id, refuses_itself](Connection& c) -> Result<void> {
              // Two rows, so that a half unit would be seen: id + 1 is odd and never first.
              ZICHT_CHECKED(c.queue("insert into thing (id) values ($1)", {id}));
              ZICHT_CHECKED(c.queue("insert into thing (id) values ($1)", {id + 1}));
              if (refuses_itself) return make_error("ST-0002", {{"detail", "test"}});
              return {};
            },
            [promise](const Result<void>& outcome) { promise->set_value(outcome.has_value()); }));
      }
      gate.open();
      for (std::size_t at = 0; at < answers.size(); ++at) {
        CAPTURE(at);
        CHECK(answers[at].get() == outcomes[at]);
      }
    }
    std::set<std::int64_t> both;
    for (const auto id : expected) both.insert({id, id + 1});
    CHECK(stored(test) == both);
  });
}

TEST_CASE("writer: a unit that throws fails alone") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto writer = make_writer(test);
    const auto outcome = writer->run([](Connection& c) -> Result<void> {
      ZICHT_CHECKED(insert(c, 1));
      throw std::logic_error("a failed check");
    });
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().id == "ST-0009");
    must(writer->run([](Connection& c) { return insert(c, 2); }));
    CHECK(stored(test) == std::set<std::int64_t>{2});
  });
}

TEST_CASE("writer: a full queue refuses at once and loses nothing") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto writer = make_writer(test, {.queue_limit = 10});
    Gate gate(*writer);
    std::atomic<int> answered = 0;
    int refused = 0;
    for (std::int64_t id = 0; id < 25; ++id) {
      const auto queued =
          writer->submit([id](Connection& c) { return insert(c, id); },
                         [&answered](const Result<void>&) { ++answered; });
      if (queued.has_value()) continue;
      CHECK(queued.error().id == "ST-0007");
      ++refused;
    }
    gate.open();
    // The queue stays full until the writer takes what waits.
    while (writer->counters().waiting == 10) std::this_thread::yield();
    must(writer->run([](Connection&) -> Result<void> { return {}; }));
    CHECK(refused == 15);
    CHECK(answered == 10);
    CHECK(stored(test).size() == 10);
  });
}

TEST_CASE("writer: what is queued is written before it ends") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    auto writer = make_writer(test);
    std::atomic<int> answered = 0;
    for (std::int64_t id = 0; id < 500; ++id) {
      must(writer->submit([id](Connection& c) { return insert(c, id); },
                          [&answered](const Result<void>&) { ++answered; }));
    }
    writer.reset();
    CHECK(answered == 500);
    CHECK(stored(test).size() == 500);
  });
}

TEST_CASE("writer: one that is ending takes nothing more") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    auto writer = make_writer(test, {.queue_limit = 100'000'000});
    Gate gate(*writer);
    Writer& ending = *writer;
    std::thread thread([&writer] { writer.reset(); });
    Result<void> refused;
    std::atomic<int> answered = 0;
    int accepted = -1;
    do {
      refused = ending.submit([](Connection&) -> Result<void> { return {}; },
                              [&answered](const Result<void>&) { ++answered; });
      ++accepted;
      if (refused.has_value()) std::this_thread::yield();
    } while (refused.has_value());
    CHECK(refused.error().id == "ST-0008");
    gate.open();
    thread.join();
    CHECK(answered == accepted);
  });
}

TEST_CASE("writer: what units remember is forgotten when it does not hold any more") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    // A counter kept in memory, as the head of a chain is: its numbers must have no gap.
    std::int64_t next = -1;
    const auto writer = make_writer(test, {.forget = [&next] { next = -1; }});
    const auto append = [&next](Connection& c, bool fails) -> Result<void> {
      if (next < 0) {
        ZICHT_TRY(rows, c.query("select coalesce(max(id), 0) from thing"));
        rows.next();
        next = rows.integer(0);
      }
      ZICHT_CHECKED(insert(c, ++next));
      if (fails) return make_error("ST-0002", {{"detail", "test"}});
      return {};
    };
    Gate gate(*writer);
    for (int unit = 0; unit < 40; ++unit) {
      const bool fails = unit % 7 == 3;
      must(writer->submit([append, fails](Connection& c) { return append(c, fails); },
                          [](const Result<void>&) {}));
    }
    gate.open();
    must(writer->run([append](Connection& c) { return append(c, false); }));
    const auto ids = stored(test);
    CHECK(ids.size() == 35);
    CHECK(*ids.rbegin() == 35);
  });
}

TEST_CASE("writer: what a group wants to know is read once, before its units") {
  TestDatabase test(Dialect::Kind::kPostgres);
  std::set<int> announced;
  int reads = 0;
  std::vector<int> known_to_units, reads_before_units;
  bool is_failing = false;
  // Time enough for the whole group, also on a machine that does much else.
  const auto writer = make_writer(
      test, {.group_time = std::chrono::minutes(1),
             .forget = [&] { announced.clear(); },
             .read_ahead = [&](Connection& c) -> Result<void> {
               ++reads;
               if (is_failing) return make_error("ST-0002", {{"detail", "test"}});
               ZICHT_TRY(rows, c.query("select count(*) from thing"));
               return rows.status();
             }});
  const auto submit = [&](int id) {
    must(writer->submit(
        [&, id](Connection& c) -> Result<void> {
          known_to_units.push_back(static_cast<int>(announced.size()));
          reads_before_units.push_back(reads);
          return insert(c, id);
        },
        [](const Result<void>&) {}, [&, id] { announced.insert(id); }));
  };
  {
    Gate gate(*writer);
    reads = 0;
    for (int id = 0; id < 10; ++id) submit(id);
    gate.open();
  }
  must(writer->run([](Connection&) -> Result<void> { return {}; }));
  CHECK(known_to_units == std::vector<int>(10, 10));
  CHECK(reads_before_units == std::vector<int>(10, 1));
  // One that fails costs the units nothing but what it would have read; a failed unit does not
  // have the others read ahead again.
  is_failing = true;
  known_to_units.clear();
  {
    Gate gate(*writer);
    for (const int id : {20, 20, 21}) submit(id);
    gate.open();
  }
  must(writer->run([](Connection&) -> Result<void> { return {}; }));
  CHECK(std::set<int>(known_to_units.begin(), known_to_units.end()) == std::set<int>{0});
  CHECK(stored(test).size() == 12);
}

TEST_CASE("writer: two writers on one database both get their rows in") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const auto first = make_writer(test);
    const auto database = test.open_again();
    auto second = Writer::create(*database, {});
    REQUIRE(second.has_value());
    std::atomic<int> answered = 0;
    for (std::int64_t id = 0; id < 200; ++id) {
      Writer& writer = id % 2 == 0 ? *first : **second;
      must(writer.submit([id](Connection& c) { return insert(c, id); },
                         [&answered](const Result<void>& outcome) {
                           if (outcome.has_value()) ++answered;
                         }));
    }
    for (Writer* writer : {first.get(), second->get()}) {
      must(writer->run([](Connection&) -> Result<void> { return {}; }));
    }
    CHECK(answered == 200);
    CHECK(stored(test).size() == 200);
  });
}

}  // namespace zicht::store
