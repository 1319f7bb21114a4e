#include "store/writer.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <utility>

#include "base/error_catalogue.h"
#include "base/trace.h"
#include "store/internal/store_error.h"

namespace zicht::store {
namespace {

using Clock = std::chrono::steady_clock;


bool is_retryable(const Result<void>& outcome) {
  return !outcome.has_value() && outcome.error().code == Code::kUnavailable;
}

// A failed ZICHT_CHECK may throw (base/check.h); it must cost one unit, not the writer.
Result<void> run_guarded(const Writer::Unit& unit, Connection& connection) {
  try {
    return unit(connection);
  } catch (const std::exception&) {
    return make_error("ST-0009");
  }
}

}  // namespace

Result<std::unique_ptr<Writer>> Writer::create(Database& database, WriterOptions options) {
  ZICHT_TRY(connection, database.connect(Access::kWrite));
  return std::unique_ptr<Writer>(
      new Writer(database, std::move(options), std::move(connection)));
}

Writer::Writer(Database& database, WriterOptions options, std::unique_ptr<Connection> connection)
    : database_(database), options_(std::move(options)), connection_(std::move(connection)),
      fitting_(options_.group_limit) {
  thread_ = std::thread([this] { loop(); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Result<void> Writer::submit(Unit unit, Done done, Announce announce) {
  {
    const std::lock_guard lock(mutex_);
    if (is_ending_) return make_error("ST-0008");
    if (queue_.size() >= options_.queue_limit) return make_error("ST-0007");
    queue_.push_back({.unit = std::move(unit),
                      .done = std::move(done),
                      .announce = std::move(announce),
                      .outcome = {},
                      .trace = std::string(current_trace())});
  }
  wake_.notify_one();
  return {};
}

Result<void> Writer::run(Unit unit) {
  std::promise<Result<void>> promise;
  auto outcome = promise.get_future();
  ZICHT_CHECKED(submit(std::move(unit),
                       [&promise](Result<void> result) { promise.set_value(std::move(result)); }));
  return outcome.get();
}

Writer::Counters Writer::counters() const {
  const std::lock_guard lock(mutex_);
  Counters counters = counters_;
  counters.waiting = queue_.size();
  return counters;
}

void Writer::loop() {
  while (true) {
    auto group = take_group();
    if (group.empty()) return;
    const bool is_committed = run_group(group);
    {
      const std::lock_guard lock(mutex_);
      counters_.is_writable = is_committed;
      counters_.units += group.size();
      ++counters_.groups;
    }
    for (Request& request : group) request.done(std::move(request.outcome));
  }
}

// Empty only when the writer ends.
std::vector<Writer::Request> Writer::take_group() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return !queue_.empty() || is_ending_; });
  const auto count = std::min(queue_.size(), fitting_);
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Request> group(std::make_move_iterator(queue_.begin()),
                             std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return group;
}

// False when nothing could be committed.
bool Writer::run_group(std::vector<Request>& group) {
  bool is_careful = connection_->dialect().kind == Dialect::Kind::kSqlite && !options_.gathers_rows;
  for (int tries = 0;; ++tries) {
    const Attempt outcome = attempt(group, is_careful);
    if (outcome == Attempt::kCommitted) return true;
    is_careful = true;
    {
      const std::lock_guard lock(mutex_);
      ++counters_.redone;
    }
    if (outcome == Attempt::kRunCarefully) continue;
    if (tries >= options_.retries) break;
    // tidy-allow: another process holds the lock, and nothing here could be signalled
    std::this_thread::sleep_for(options_.retry_pause * tries);
  }
  for (Request& request : group) {
    if (request.outcome.has_value()) {
      request.outcome = store_error(Failure::kRetry, "the transaction could not be committed");
    }
  }
  return false;
}

// One transaction over the group. When it did not commit, nothing of it has happened.
Writer::Attempt Writer::attempt(std::vector<Request>& group, bool is_careful) {
  if (!connection_->is_usable()) {
    const Result<void> connected = reconnect();
    for (Request& request : group) request.outcome = connected;
    if (!connected.has_value()) return Attempt::kRunAgain;
  }
  options_.begin();
  options_.forget();
  Attempt result = Attempt::kRunAgain;
  if (connection_->begin(Access::kWrite).has_value()) {
    if (options_.gathers_rows) connection_->gather_rows();
    result = is_careful || read_ahead(group) ? run_units(group, is_careful)
                                             : Attempt::kRunCarefully;
  }
  if (result == Attempt::kCommitted) {
    const Result<void> committed = connection_->commit();
    if (committed.has_value()) return result;
    // Of a commit whose answer is lost one cannot know; running it again could write twice.
    const bool is_unknown = !connection_->is_usable();
    if (!is_careful && !is_unknown) {
      // One of the statements on their way to it has failed.
      connection_->rollback();
      options_.forget();
      return Attempt::kRunCarefully;
    }
    for (Request& request : group) {
      if (request.outcome.has_value()) request.outcome = committed;
    }
    result = is_retryable(committed) && !is_unknown ? Attempt::kRunAgain : Attempt::kCommitted;
  }
  connection_->rollback();
  options_.forget();
  return result;
}

// False when the transaction is lost with it.
bool Writer::read_ahead(const std::vector<Request>& group) {
  for (const Request& request : group) request.announce();
  const auto is_read = options_.read_ahead(*connection_);
  if (!is_read.has_value()) options_.forget();
  // Of a server that has answered once, a commit need not be feared as unknown.
  return connection_->flush().has_value() && !connection_->has_failed();
}

Writer::Attempt Writer::run_units(std::vector<Request>& group, bool is_careful) {
  const auto started = Clock::now();
  const auto deadline = started + options_.group_time;
  for (std::size_t at = 0; at < group.size(); ++at) {
    Request& request = group[at];
    const auto writes_before = connection_->writes();
    if (is_careful) {
      const bool is_sound = group.size() == 1 ? run_alone(request) : run_in_savepoint(request);
      if (!is_sound) return Attempt::kRunAgain;
    } else {
      request.outcome = run_guarded(request.unit, *connection_);
      const bool left_something =
          connection_->has_failed() || connection_->writes() != writes_before;
      if (!request.outcome.has_value() && left_something) return Attempt::kRunCarefully;
    }
    if (Clock::now() >= deadline) {
      put_back(group, at + 1);
      break;
    }
  }
  // A group that was full and quick may be larger the next time.
  if (group.size() == fitting_ && Clock::now() < started + options_.group_time / 2) {
    fitting_ = std::min(2 * fitting_, options_.group_limit);
  }
  // What is still on its way is waited for together with the commit.
  return Attempt::kCommitted;
}

// The transaction is its own: what failed is rolled back as a whole, and an empty one committed in
// its place. Saves a savepoint, whose cost grows with what is written in it. False when the
// transaction must be run again.
bool Writer::run_alone(Request& request) {
  const TraceScope scope(request.trace);
  request.outcome = run_guarded(request.unit, *connection_);
  if (request.outcome.has_value()) request.outcome = connection_->flush();
  // What fails may end the transaction by itself, and what came after it stands alone then.
  if (request.outcome.has_value()) return !connection_->has_failed();
  if (connection_->has_failed() && is_retryable(request.outcome)) return false;
  options_.forget();
  connection_->rollback();
  return connection_->begin(Access::kWrite).has_value();
}

// False when the transaction as a whole is lost.
bool Writer::run_in_savepoint(Request& request) {
  const TraceScope scope(request.trace);
  if (!connection_->savepoint().has_value()) return false;
  request.outcome = run_guarded(request.unit, *connection_);
  if (request.outcome.has_value()) request.outcome = connection_->flush();
  if (request.outcome.has_value()) return connection_->release_savepoint().has_value();
  if (connection_->has_failed() && is_retryable(request.outcome)) return false;
  options_.forget();
  return connection_->rollback_to_savepoint().has_value();
}

// The group has run long enough: its rest goes first in the next one.
void Writer::put_back(std::vector<Request>& group, std::size_t from) {
  fitting_ = from;
  const std::lock_guard lock(mutex_);
  const auto rest = group.begin() + static_cast<std::ptrdiff_t>(from);
  queue_.insert(queue_.begin(), std::make_move_iterator(rest),
                std::make_move_iterator(group.end()));
  group.erase(rest, group.end());
}

Result<void> Writer::reconnect() {
  ZICHT_TRY(made, database_.connect(Access::kWrite));
  connection_ = std::move(made);
  return {};
}

}  // namespace zicht::store
