// The one writer of a store: runs units of work from many threads, several per transaction.
//
//     ZICHT_TRY(writer, Writer::create(database));
//     writer->submit([](Connection& c) { return insert_something(c); },
//                    [](Result<void> outcome) { answer(outcome); });
//
// A commit that is safe on disk costs far more than a few rows, so the units that wait when the
// writer becomes free share one commit (group commit). A unit that fails leaves nothing behind
// and does not touch its neighbours. A unit is answered after the commit, never before.
//
// On SQLite each unit of a group of several runs in a savepoint. On PostgreSQL, and where units
// only queue rows, a group is first run without savepoints and with its writes pipelined; when any
// unit fails after it wrote something, the group is rolled back and run again with a savepoint per
// unit. So a unit may run more than once. What the units of such a group will want to know can be
// read before the first of them, for all at once.
//
// It deliberately knows nothing of journals or records.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "store/driver.h"

namespace zicht::store {

struct WriterOptions {
  // Units that may wait; more are refused.
  std::size_t queue_limit = 4096;
  // A group ends at so many units, or once it has run for so long.
  std::size_t group_limit = 256;
  std::chrono::milliseconds group_time{25};
  // How often a group is run again after a deadlock or a lost connection.
  int retries = 3;
  // Waited before the second try; the n-th waits so much longer.
  std::chrono::milliseconds retry_pause{20};
  // Units only queue rows, in any order (Connection::gather_rows).
  bool gathers_rows = false;
  // Called on the writer's thread before each transaction, and then `forget`.
  std::function<void()> begin = [] {};
  // Called on the writer's thread whenever what units remember about the open transaction does
  // not hold any more: when a transaction starts, and after any roll back.
  std::function<void()> forget = [] {};
  // Called before a group that runs without savepoints, after the units have announced themselves.
  // When it fails, the group runs without what it would have read.
  std::function<Result<void>(Connection&)> read_ahead = [](Connection&) { return Result<void>(); };
};

// Thread-safe but for construction and destruction.
class Writer {
 public:
  // Runs on the writer's thread inside a transaction; must not begin, commit or roll back. May
  // run more than once, so it may change nothing but the database and what `forget` clears.
  using Unit = std::function<Result<void>(Connection&)>;
  // Called on the writer's thread before read_ahead, to say what the unit will want to know.
  using Announce = std::function<void()>;
  // Called once on the writer's thread, after the commit or the failure. Must be quick.
  using Done = std::function<void(Result<void>)>;

  // Errors: unavailable. `database` must outlive the writer.
  static Result<std::unique_ptr<Writer>> create(Database& database, WriterOptions options = {});
  // Runs what is queued, then ends.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Queues a unit; `done` gets its outcome. Errors (then `done` is not called):
  // resource_exhausted when too many wait; unavailable when the writer is ending.
  Result<void> submit(Unit unit, Done done, Announce announce = [] {});

  // Queues a unit and waits for its outcome. Not from inside a unit. Errors: those of `submit`
  // and of the unit.
  Result<void> run(Unit unit);

  struct Counters {
    std::uint64_t units = 0;
    std::uint64_t groups = 0;   // commits
    std::uint64_t redone = 0;   // groups that were run again
    std::size_t waiting = 0;
    bool is_writable = true;    // the last group could be committed
  };
  Counters counters() const;

 private:
  struct Request {
    Unit unit;
    Done done;
    Announce announce;
    Result<void> outcome;
    std::string trace;  // whose it is (base/trace.h)
  };
  enum class Attempt { kCommitted, kRunCarefully, kRunAgain };

  Writer(Database& database, WriterOptions options, std::unique_ptr<Connection> connection);

  void loop();
  std::vector<Request> take_group();
  bool run_group(std::vector<Request>& group);
  Attempt attempt(std::vector<Request>& group, bool is_careful);
  bool read_ahead(const std::vector<Request>& group);
  Attempt run_units(std::vector<Request>& group, bool is_careful);
  bool run_alone(Request& request);
  bool run_in_savepoint(Request& request);
  void put_back(std::vector<Request>& group, std::size_t from);
  Result<void> reconnect();

  Database& database_;
  const WriterOptions options_;
  std::unique_ptr<Connection> connection_;
  std::size_t fitting_;  // units that a group had time for; writer thread
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Request> queue_;
  Counters counters_;
  bool is_ending_ = false;
  std::thread thread_;
};

}  // namespace zicht::store
