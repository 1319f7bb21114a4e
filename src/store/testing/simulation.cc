#include "store/testing/simulation.h"

#include <cstdlib>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>

#include "store/sql_store.h"
#include "store/sqlite/sqlite_driver.h"
#include "store/testing/faulty_disk.h"
#include "store/testing/sample_pack.h"
#include "store/testing/store_fixture.h"

namespace zicht::store::testing {
namespace {

constexpr int kRounds = 3;
constexpr std::int64_t kHour = 3'600'000'000;

std::string new_folder() {
  std::string name = std::filesystem::temp_directory_path() / "zicht-sim-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
  return name;
}

class Simulation {
 public:
  explicit Simulation(SimulationOptions options)
      : options_(options), rng_(options.seed), store_rng_(options.seed + 1),
        clock_(Instant::at_utc_midnight(Date::of(2025, 12, 1))), pack_(sample_pack(1)),
        folder_(new_folder()), disk_(folder_, options.seed + 2) {}
  ~Simulation() {
    close();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  SimulationReport run() {
    const int rounds = options_.plan ? 1 : kRounds;
    for (int round = 0; round < rounds && report_.problems.empty(); ++round) {
      options_.plan ? disk_.plan(*options_.plan) : draw_faults();
      if (open()) work();
      report_.changes = disk_.changes();
      end();
      disk_.plan({});
      if (!open()) {
        problem("the store cannot be opened: " + trouble_);
        break;
      }
      check(round + 1 == rounds);
      close();
    }
    report_.faults = disk_.faults();
    return report_;
  }

 private:
  struct Sent {
    app::Unit unit;
    bool is_acknowledged = false;
    bool is_there = false;
  };

  void problem(std::string text) { report_.problems.push_back(std::move(text)); }

  void draw_faults() {
    FaultPlan plan{.ignores_syncs = options_.ignores_syncs};
    if (rng_.below(4) != 0) plan.cut_at = static_cast<std::int64_t>(rng_.below(500));
    if (rng_.below(3) == 0) plan.fails_per_1000 = rng_.below(20);
    if (rng_.below(3) == 0) plan.sync_fails_per_1000 = rng_.below(60);
    disk_.plan(plan);
  }

  bool open() {
    auto opened = open_sqlite(folder_ + "/store.sqlite",
                              {.checkpoint_pages = static_cast<int>(1 + rng_.below(200)),
                               .vfs = disk_.vfs_name()});
    if (!opened.has_value()) return fail(opened.error());
    database_ = std::move(*opened);
    // Groups end at a number of units, never at a time: the same seed gives the same groups.
    WriterOptions writer{.queue_limit = 8, .group_limit = 1 + rng_.below(8)};
    writer.group_time = std::chrono::hours(1);
    writer.retry_pause = {};
    auto store = SqlStore::open(*database_,
                                {.keys_folder = folder_ + "/keys",
                                 .checkpoint_file = folder_ + "/checkpoints",
                                 .engine_version = "test",
                                 .checkpoint_every = 1'000'000,
                                 .writer = std::move(writer),
                                 .files = &disk_},
                                clock_, store_rng_);
    if (!store.has_value()) return fail(store.error());
    store_ = std::move(*store);
    const auto prepared = store_->prepare_forms(pack_);
    return prepared.has_value() || fail(prepared.error());
  }

  bool fail(const Error& error) {
    trouble_ = describe(error);
    return false;
  }

  void close() {
    store_.reset();
    database_.reset();
  }

  // The power goes, or the process alone ends.
  void end() {
    const bool is_kill = !disk_.is_cut() && rng_.below(3) == 0;
    disk_.cut();
    close();
    if (is_kill) {
      ++report_.kills;
      return disk_.restart_after_kill();
    }
    ++report_.cuts;
    disk_.restart_after_cut();
  }

  void work() {
    const auto steps = 4 + rng_.below(8);
    for (std::uint64_t at = 0; at < steps; ++at) {
      move_clock();
      if (options_.keeps_counts) keep_counts();
      switch (rng_.below(8)) {
        case 0:
          burst();
          break;
        case 1:
          credential();
          break;
        case 2:
          lease();
          break;
        case 3:
          static_cast<void>(store_->make_checkpoint());
          break;
        default:
          send_one();
      }
    }
  }

  // A day later what was kept is written down again, however little it moved.
  void keep_counts() {
    clock_.advance_microseconds(2 * kMicrosecondsPerDay);
    static_cast<void>(store_->count(things()));
    static_cast<void>(store_->keep_counts({things()}));
  }

  static model::CountQuery things() {
    model::CountQuery query{
        .form = std::string(kThing), .of = "number", .dimensions = {{"is_new"}}, .scope = {}};
    query.scope.elsewhere = query.scope.clearance = model::Sensitivity::kSecret;
    return query;
  }

  void move_clock() {
    std::int64_t by = static_cast<std::int64_t>(rng_.below(60)) * 1'000'000;
    if (rng_.below(10) == 0) by = (static_cast<std::int64_t>(rng_.below(49)) - 24) * kHour;
    clock_.advance_microseconds(by);
  }

  // One to three entries: a record, perhaps its next version, perhaps an account.
  Sent& draw_unit() {
    const bool is_new = records_.empty() || rng_.below(2) == 0;
    model::Record record;
    if (is_new) {
      record = random_record(rng_, rng_.below(4) == 0 ? kPerson : kThing, pack_, {});
    } else {
      auto at = records_.begin();
      std::advance(at, rng_.below(records_.size()));
      record = at->second;
      change_randomly(rng_, record, pack_, {});
    }
    app::Unit unit = unit_of(record);
    if (rng_.below(3) == 0) {
      change_randomly(rng_, record, pack_, {});
      unit.records.push_back(unit_of(record).records.front());
    }
    const std::string number = std::to_string(sent_.size());
    unit.actor = "unit-" + number;
    if (rng_.below(2) == 0) unit.idempotency = {"key-" + number, "request-" + number};
    if (rng_.below(4) == 0) unit.entries.push_back(organisation_entry(number));
    // What comes after it in the same burst builds on it.
    records_[record.id] = record;
    return *sent_.emplace_back(std::make_unique<Sent>(Sent{.unit = std::move(unit)}));
  }

  static model::Entry organisation_entry(const std::string& number) {
    model::Entry entry;
    entry.organisation = "org-1";
    entry.kind = "organisation.put";
    entry.retention = "permanent";
    entry.payload = json::object{{"organisation", "o" + number}, {"name", "Name"}};
    return entry;
  }

  void take_answer(Sent& sent, const Result<app::Receipt>& receipt) {
    if (receipt.has_value()) {
      sent.is_acknowledged = true;
      ++report_.acknowledged;
      if (is_sync_lost_) problem(sent.unit.actor + " was acknowledged after a failed sync");
      return;
    }
    ++report_.unanswered;
    if (receipt.error().id != "ST-0070") return;
    is_sync_lost_ = true;
    ++report_.refusals_after_sync;
  }

  void send_one() {
    Sent& sent = draw_unit();
    take_answer(sent, store_->append_and_wait(sent.unit));
  }

  // The first unit holds the writer until the others wait, more of them than the queue takes.
  void burst() {
    const auto here = std::this_thread::get_id();
    std::promise<void> is_held, is_queued;
    auto queued = is_queued.get_future();
    std::vector<std::pair<Sent*, std::future<Result<app::Receipt>>>> answers;
    const auto send = [&](bool holds) {
      Sent& sent = draw_unit();
      auto promise = std::make_shared<std::promise<Result<app::Receipt>>>();
      answers.emplace_back(&sent, promise->get_future());
      store_->append(sent.unit, [&, promise, holds](Result<app::Receipt> receipt) {
        if (holds) is_held.set_value();
        if (holds && std::this_thread::get_id() != here) queued.wait();
        promise->set_value(std::move(receipt));
      });
    };
    send(true);
    is_held.get_future().wait();
    const auto count = 2 + rng_.below(9);
    for (std::uint64_t at = 0; at < count; ++at) send(false);
    is_queued.set_value();
    for (auto& [sent, answer] : answers) take_answer(*sent, answer.get());
  }

  void credential() {
    app::Credential credential;
    credential.account = "account";
    credential.failures = ++credentials_;
    if (store_->credentials().put_credential(credential).has_value()) {
      credential_ = credentials_;
    }
  }

  // Two servers ask; one that has it keeps the other out until its time is over, unless it took it
  // while the clock ran days ahead.
  void lease() {
    const std::string holder = rng_.below(2) == 0 ? "one" : "two";
    const Instant now = clock_.now();
    const Instant until = *Instant::from_microseconds(now.microseconds_since_epoch() + kHour);
    const auto taken = store_->take_lease("job", holder, now, until);
    if (!taken.has_value()) {
      lease_.reset();  // may be either
      return;
    }
    const bool is_kept = lease_ && lease_->second > now && lease_->first != holder &&
                         microseconds_between(until, lease_->second) <= kMicrosecondsPerDay;
    if (*taken && is_kept) problem("two hold one lease");
    if (*taken) lease_ = {holder, until};
  }

  // ---- afterwards

  void check(bool is_last) {
    is_sync_lost_ = false;
    compare();
    repeat();
    compare();
    if (options_.keeps_counts) check_counts();
    check_journal();
    if (is_last || !report_.problems.empty()) check_tables();
    const auto credential = store_->credentials().credential("account");
    const bool is_kept = credential_ == 0 || (credential.has_value() && *credential &&
                                              (*credential)->failures >= credential_);
    if (!is_kept) problem("a credential was lost");
  }

  // Every unit is there whole or not at all; those that were acknowledged are there.
  void compare() {
    const auto envelopes = store_->envelopes(std::nullopt, 100'000);
    if (!envelopes.has_value()) return problem(describe(envelopes.error()));
    std::map<std::string, std::size_t> entries;
    for (const model::Envelope& envelope : *envelopes) ++entries[envelope.actor];
    records_.clear();
    std::set<std::pair<std::string, std::int64_t>> versions;
    for (const auto& sent : sent_) {
      const app::Unit& unit = sent->unit;
      const std::size_t found = entries[unit.actor];
      const std::size_t whole = unit.records.size() + unit.entries.size();
      if (found != 0 && found != whole) problem(unit.actor + " is there by half, or doubled");
      if (found == 0 && (sent->is_acknowledged || sent->is_there)) {
        problem(unit.actor + " was acknowledged and is gone");
      }
      if (found != 0 && !sent->is_acknowledged && !sent->is_there) ++report_.kept_anyway;
      sent->is_there = found != 0;
      check_key(*sent);
      if (found == 0) continue;
      for (const auto& change : unit.records) {
        const bool is_first = versions.emplace(change.record.id, change.record.version).second;
        if (!is_first) problem(unit.actor + " wrote over what another had written");
      }
      // What was repeated came later than it was first sent: the highest version is the last.
      const model::Record& written = unit.records.back().record;
      model::Record& known = records_[written.id];
      if (known.version < written.version) known = written;
    }
    for (const auto& [id, record] : records_) check_record(record);
  }

  void check_key(const Sent& sent) {
    if (sent.unit.idempotency.key_hash.empty()) return;
    const auto replay = store_->replay_of(sent.unit.idempotency);
    if (!replay.has_value() || replay->has_value() != sent.is_there) {
      problem("the key of " + sent.unit.actor + " does not say what happened");
    }
  }

  void check_record(const model::Record& record) {
    const auto found = store_->record(record.id, {});
    const bool is_same =
        found.has_value() && model::to_payload(*found, {}) == model::to_payload(record, {});
    if (!is_same) problem("a record is not as it was written last");
  }

  // What is kept, moved on to now, against all records as they were written last.
  void check_counts() {
    std::map<std::vector<std::optional<std::string>>, std::pair<std::int64_t, std::int64_t>> all;
    for (const auto& [id, record] : records_) {
      if (record.form != kThing) continue;
      const auto& fields = record.fields.as_object();
      const Json* is_new = fields.if_contains("is_new");
      std::optional<std::string> group;
      if (is_new != nullptr) group = is_new->get_bool() ? "true" : "false";
      auto& [rows, sum] = all[{group}];
      ++rows;
      if (const Json* value = fields.if_contains("number")) sum += value->get_int64();
    }
    const auto counted = store_->count(things());
    if (!counted.has_value()) return problem(describe(counted.error()));
    if (counted->size() != all.size()) problem("a count has other groups than the records");
    for (const model::Group& group : *counted) {
      const auto& [rows, sum] = all[group.values];
      const bool is_right = group.tally.rows == rows &&
                            group.tally.of == Decimal::from_integer(sum);
      if (!is_right) problem("a count that was kept is not that of the records");
    }
    count_kept();
  }

  void count_kept() {
    const auto connection = database_->connect(Access::kRead);
    if (!connection.has_value()) return problem(describe(connection.error()));
    auto rows = (*connection)->query("select count(*) from kept_counts");
    if (rows.has_value() && rows->next()) report_.kept_counts += static_cast<int>(rows->integer(0));
  }

  // As a client does that got no answer.
  void repeat() {
    for (const auto& sent : sent_) {
      if (sent->is_acknowledged || sent->unit.idempotency.key_hash.empty()) continue;
      const auto receipt = store_->append_and_wait(sent->unit);
      if (receipt.has_value() && receipt->is_replay != sent->is_there) {
        problem(sent->unit.actor + " is written anew, or is said to be");
      }
      if (!receipt.has_value() && (sent->is_there || receipt.error().code != Code::kConflict)) {
        problem(sent->unit.actor + " cannot be repeated: " + describe(receipt.error()));
      }
      if (!receipt.has_value()) continue;
      if (receipt->is_replay) ++report_.replayed;
      sent->is_acknowledged = true;
    }
  }

  void check_journal() {
    const auto verified = store_->verify_journal();
    if (!verified.has_value()) return problem(describe(verified.error()));
    for (const Json& found : verified->at("problems").as_array()) {
      problem("journal: " + std::string(found.at("id").as_string()));
    }
  }

  void check_tables() {
    const auto rebuilt = store_->rebuild_check();
    if (!rebuilt.has_value()) return problem(describe(rebuilt.error()));
    for (const std::string& difference : rebuilt->differences) problem(difference);
  }

  const SimulationOptions options_;
  SeededRng rng_, store_rng_;
  ManualClock clock_;
  const model::Pack pack_;
  const std::string folder_;
  FaultyDisk disk_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<SqlStore> store_;
  std::string trouble_;
  std::vector<std::unique_ptr<Sent>> sent_;
  std::map<std::string, model::Record> records_;
  std::int64_t credentials_ = 0, credential_ = 0;
  std::optional<std::pair<std::string, Instant>> lease_;
  bool is_sync_lost_ = false;
  SimulationReport report_;
};

}  // namespace

SimulationReport simulate(SimulationOptions options) { return Simulation(options).run(); }

}  // namespace zicht::store::testing
