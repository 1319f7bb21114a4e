// A data folder in a bad state, opened by the commands of `zicht` as somebody would who does not
// know: each says what is wrong and what to do, and leaves everything as it is.
// Method: an installation is brought into the state for real (a later format, a wrong, lost or half
// replaced key, a disk that may only be read, a clock that was set back); then every command that
// touches a store is given, and every byte of the folder compared, and of the tables there are in
// PostgreSQL. Two at once: two processes.
#include <doctest/doctest.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "server/status_file.h"
#include "server/terminal.h"
#include "server/testing/care_records.h"
#include "server/testing/desk.h"
#include "server/watching.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;
using testing::Desk;
using testing::has;
using testing::Run;

const std::string kSample = "tests/packs/sample";

// Every command that works on a store; what they need besides it lies in the folder of the desk.
std::vector<Words> commands(const Desk& zicht) {
  const std::string at = zicht.folder + "/";
  return {{"init"},
          {"init", "--organisation", "org", "--admin", "second"},
          {"pack", "activate", kSample},
          {"pack", "diff", kSample},
          {"register"},
          {"facts", "load"},
          {"scheduler", "run"},
          {"journal", "verify"},
          {"journal", "checkpoint"},
          {"rebuild"},
          {"rebuild", "--check"},
          {"account", "add", "anna", "Anna", "--organisation", "org", "--roles", "sample/keeper"},
          {"erase", "somebody", "--list"},
          {"erase", "somebody", "--by", "beheer", "--reason", "asked"},
          {"retention", "list"},
          {"retention", "approve", at + "due.jsonl", "--by", "beheer"},
          {"keys", "rotate", "--by", "beheer"},
          {"keys", "escrow", at + "escrow.json", "--to", at + "recipient.pub"},
          {"backup", "--to", at + "away", "--keys-to", at + "safe"},
          {"outbox", "list"},
          {"outbox", "resend", "--all"},
          {"demo", "accounts"},
          {"serve", "--port", "0"}};
}

// An installation with what the commands need.
void begin(const Desk& zicht) {
  REQUIRE(zicht({"init", "--organisation", "org", "--admin", "beheer"}).code == kGood);
  REQUIRE(zicht({"pack", "activate", kSample}).code == kGood);
  REQUIRE(zicht({"keys", "recipient", zicht.folder + "/recipient"}).code == kGood);
  REQUIRE(write_file(zicht.folder + "/due.jsonl", "", true).has_value());
}

// Every file of the data folder with its bytes. What SQLite keeps beside its files while they are
// open is theirs.
std::map<std::string, std::string> bytes_of(const std::string& folder) {
  std::map<std::string, std::string> bytes;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    const std::string name = file.path().string();
    const bool is_beside = name.ends_with("-shm") || name.ends_with("-wal");
    if (is_beside && file.file_size() == 0) continue;
    if (name.ends_with("-shm")) continue;
    std::ifstream in(name, std::ios::binary);
    bytes[name] = {std::istreambuf_iterator<char>(in), {}};
  }
  return bytes;
}

// The names of what differs.
std::vector<std::string> changed(const std::map<std::string, std::string>& before,
                                 const std::map<std::string, std::string>& after) {
  std::vector<std::string> names;
  for (const auto& [name, bytes] : before) {
    const auto found = after.find(name);
    if (found == after.end() || found->second != bytes) names.push_back(name);
  }
  for (const auto& [name, bytes] : after) {
    if (!before.contains(name)) names.push_back(name);
  }
  return names;
}

// The first column of what a query finds in the store.
class Looking {
 public:
  explicit Looking(const Desk& zicht) {
    auto database = open_database(zicht.config);
    REQUIRE(database.has_value());
    database_ = std::move(*database);
    auto connection = database_->connect(store::Access::kRead);
    REQUIRE(connection.has_value());
    connection_ = std::move(*connection);
  }
  std::vector<std::string> texts(const std::string& sql) {
    auto rows = connection_->query(sql);
    REQUIRE(rows.has_value());
    std::vector<std::string> found;
    while (rows->next()) found.emplace_back(rows->text(0));
    REQUIRE(rows->status().has_value());
    return found;
  }

 private:
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<store::Connection> connection_;
};

// All that an installation has: files, and what stands in tables elsewhere.
std::map<std::string, std::string> state_of(const Desk& zicht) {
  auto state = bytes_of(zicht.config.data);
  if (!zicht.is_postgres()) return state;
  Looking looking(zicht);
  for (const std::string& table :
       looking.texts("select table_name::text from information_schema.tables "
                     "where table_schema = current_schema()")) {
    state["table " + table] =
        looking
            .texts("select coalesce(md5(string_agg(t::text, ' ' order by t::text)), '') from " +
                   store::quote_identifier(table) + " t")
            .at(0);
  }
  REQUIRE(state.contains("table journal"));
  return state;
}

using RunCommand = std::function<Run(const Words&)>;

// Each command but those that `is_other` picks is refused with this error, and changes nothing.
void check_refused(const Desk& zicht, const std::string& id, const RunCommand& run,
                   const std::function<bool(const Words&)>& is_other) {
  const auto before = state_of(zicht);
  for (const Words& words : commands(zicht)) {
    if (is_other(words)) continue;
    CAPTURE(words[0]);
    CAPTURE(words.back());
    const Run refused = run(words);
    CAPTURE(refused.complained);
    CHECK(refused.code == kBad);
    CHECK(has(refused.complained, id));
    CHECK(changed(before, state_of(zicht)).empty());
  }
  for (const char* made : {"/escrow.json", "/away", "/safe"}) {
    const std::string path = zicht.folder + made;
    const bool is_empty = !fs::exists(path) || (fs::is_directory(path) && fs::is_empty(path));
    CHECK_MESSAGE(is_empty, made);
  }
}

void check_refused(const Desk& zicht, const std::string& id, const RunCommand& run) {
  check_refused(zicht, id, run, [](const Words&) { return false; });
}

void check_refused_but(const Desk& zicht, const std::string& id,
                       const std::function<bool(const Words&)>& is_other) {
  check_refused(zicht, id, [&zicht](const Words& words) { return zicht(words); }, is_other);
}

void check_refused(const Desk& zicht, const std::string& id) {
  check_refused_but(zicht, id, [](const Words&) { return false; });
}

void run_sql(const Desk& zicht, const std::string& sql) {
  const auto database = open_database(zicht.config);
  REQUIRE(database.has_value());
  const auto connection = (*database)->connect(store::Access::kWrite);
  REQUIRE(connection.has_value());
  const auto done = (*connection)->run_script(sql);
  if (!done) FAIL(describe(done.error()));
}

void check_sound(const Desk& zicht) {
  const Run verified = zicht({"journal", "verify"});
  CAPTURE(verified.said);
  CHECK(verified.code == kGood);
  const Run rebuilt = zicht({"rebuild", "--check"});
  CAPTURE(rebuilt.said);
  CHECK(rebuilt.code == kGood);
}

// Runs a command in a process of its own, and as somebody who may read only when `is_reader`.
class Process {
 public:
  Process(const Desk& zicht, Words words, const std::string& name, bool is_reader = false)
      : path_(zicht.folder + "/" + name) {
    words = zicht.placed(std::move(words));
    std::ofstream(path_).close();
    child_ = fork();
    REQUIRE(child_ >= 0);
    if (child_ != 0) return;
    int code = 99;
    {
      const testing::Caught err(stderr, path_);
      const testing::Caught out(stdout, path_ + ".out");
      constexpr uid_t kNobody = 65534;
      const bool is_root = geteuid() == 0;
      const bool is_ready = !is_reader || !is_root ||
                            (setgroups(0, nullptr) == 0 && setgid(kNobody) == 0 &&
                             setuid(kNobody) == 0);
      if (is_ready) code = run_command(words);
    }
    _exit(code);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  Run end() {
    int status = 0;
    REQUIRE(waitpid(child_, &status, 0) == child_);
    Run run;
    run.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    run.complained = *read_file(path_);
    run.said = *read_file(path_ + ".out");
    return run;
  }

 private:
  std::string path_;
  pid_t child_ = 0;
};

void check_later_release(const Desk& zicht) {
  begin(zicht);
  const std::string kept = zicht.folder + "/kept.json", with = zicht.folder + "/recipient";
  REQUIRE(zicht({"keys", "escrow", kept, "--to", with + ".pub"}).code == kGood);
  run_sql(zicht, "update meta set value = '99' where name = 'format'");
  check_refused(zicht, "ST-0022");
  CHECK(has(zicht({"keys", "recover", kept, "--with", with}).complained, "ST-0022"));
  // A replacement that was begun goes on without a name, and does not either.
  CHECK(has(zicht({"keys", "rotate"}).complained, "ST-0022"));
  run_sql(zicht, "update meta set value = '2' where name = 'format'");
  check_sound(zicht);
}

TEST_CASE("bad state: a store of a later release is refused by every command, and not touched") {
  testing::on_both(check_later_release);
}

void check_other_keys(const Desk& zicht) {
  const Desk other;
  begin(zicht);
  begin(other);
  const std::string keys = "/data/keys/", away = zicht.folder + "/away-key";
  fs::rename(zicht.folder + keys + "master.key", away);
  fs::copy_file(other.folder + keys + "master.key", zicht.folder + keys + "master.key");
  check_refused(zicht, "ST-0051");
  fs::rename(away, zicht.folder + keys + "master.key");
  check_sound(zicht);
}

TEST_CASE("bad state: keys of another store are refused by every command, and nothing is made") {
  testing::on_both(check_other_keys);
}

void check_lost_keys(const Desk& zicht) {
  begin(zicht);
  const std::string away = zicht.folder + "/away-key";
  for (const char* name : {"master.key", "signing.key"}) {
    const std::string key = zicht.folder + "/data/keys/" + name;
    fs::rename(key, away);
    check_refused(zicht, "ST-0050");
    fs::rename(away, key);
  }
  check_sound(zicht);
}

TEST_CASE("bad state: a lost key is named by every command, and none is made in its place") {
  testing::on_both(check_lost_keys);
}

void check_half_replaced(const Desk& zicht) {
  begin(zicht);
  // It stops at a row that opens with neither key.
  run_sql(zicht, std::string("insert into data_keys (key_id, organisation, retention, subject, "
                             "wrapped) values ('zzz', 'elsewhere', 'permanent', '', ") +
                     (zicht.is_postgres() ? "'\\x00')" : "x'00')"));
  const Words rotate{"keys", "rotate", "--by", "beheer"};
  const Run stopped = zicht(rotate);
  CAPTURE(stopped.complained);
  REQUIRE(has(stopped.complained, "ST-0021"));
  REQUIRE(fs::exists(zicht.folder + "/data/keys/master-next.key"));
  run_sql(zicht, "delete from data_keys where key_id = 'zzz'");
  check_refused_but(zicht, "ST-0052", [](const Words& words) {
    return words[0] == "keys" && words[1] == "rotate";
  });
  CHECK(zicht(rotate).code == kGood);
  CHECK_FALSE(fs::exists(zicht.folder + "/data/keys/master-next.key"));
  check_sound(zicht);
}

TEST_CASE("bad state: a half replaced key is told by every command, and one of them goes on") {
  testing::on_both(check_half_replaced);
}

TEST_CASE("bad state: a database that may only be read is told by every command") {
  auto& cluster = store::testing::PostgresCluster::shared();
  const Desk zicht(cluster.new_schema_of_plain_role());
  begin(zicht);
  const std::string role = Looking(zicht).texts("select current_user::text").at(0);
  // As a standby does.
  cluster.administer({"alter role " + role + " set default_transaction_read_only = on"});
  const auto is_backup = [](const Words& words) { return words[0] == "backup"; };
  check_refused_but(zicht, "ST-0071", is_backup);
  // A back-up only reads.
  for (const Words& words : commands(zicht)) {
    if (is_backup(words)) CHECK(zicht(words).code == kGood);
  }
  cluster.administer({"alter role " + role + " set default_transaction_read_only = off",
                      "grant create on database postgres to " + role});
  check_sound(zicht);
}

TEST_CASE("bad state: a disk that may only be read is told by every command") {
  const Desk zicht;
  begin(zicht);
  // For who is not root the modes are enough; for root somebody else runs the commands.
  const std::string data = zicht.folder + "/data";
  fs::permissions(zicht.folder, fs::perms::all);
  for (const auto& each : fs::recursive_directory_iterator(data)) {
    if (geteuid() == 0) REQUIRE(chown(each.path().c_str(), 65534, 65534) == 0);
    fs::permissions(each.path(), each.is_directory() ? fs::perms(0500) : fs::perms(0400));
  }
  if (geteuid() == 0) REQUIRE(chown(data.c_str(), 65534, 65534) == 0);
  fs::permissions(data, fs::perms(0500));
  for (const char* each : {"/recipient.pub", "/due.jsonl"}) {
    fs::permissions(zicht.folder + each, fs::perms(0644));
  }
  int number = 0;
  check_refused(zicht, "ST-0071", [&](const Words& words) {
    return Process(zicht, words, "reader-" + std::to_string(++number), true).end();
  });
  fs::permissions(data, fs::perms(0700));
  for (const auto& each : fs::recursive_directory_iterator(data)) {
    fs::permissions(each.path(), each.is_directory() ? fs::perms(0700) : fs::perms(0600));
  }
  check_sound(zicht);
}

void check_clock(const Desk& zicht) {
  begin(zicht);
  CHECK_FALSE(has(zicht({"journal", "verify"}).complained, "SV-0056"));
  const std::string& data = zicht.config.data;
  {
    // Somebody worked here in 2090.
    const auto database = open_database(zicht.config);
    REQUIRE(database.has_value());
    ManualClock clock(*Instant::parse("2090-01-01T12:00:00Z"));
    SystemRng rng;
    auto store = store::SqlStore::open(**database,
                                       {.keys_folder = data + "/keys",
                                        .checkpoint_file = data + "/checkpoints.jsonl",
                                        .engine_version = "test",
                                        .writer = {}},
                                       clock, rng);
    if (!store) FAIL(describe(store.error()));
    testing::put_worker(**store);
    const auto newest = (*store)->newest_entry();
    REQUIRE((newest.has_value() && newest->has_value()));
    CHECK((*newest)->to_string().starts_with("2090-01-01"));
    CHECK(*(*store)->take_lease("scheduler", "other", clock.now(),
                                *add_microseconds(clock.now(), 60'000'000)));
  }
  for (const Words& words : {Words{"journal", "verify"}, Words{"facts", "load"},
                             Words{"scheduler", "run"}, Words{"rebuild", "--check"}}) {
    const Run warned = zicht(words);
    CAPTURE(warned.complained);
    CHECK(warned.code == kGood);
    CHECK(has(warned.complained, "SV-0056"));
    CHECK_FALSE(has(warned.said, "ander"));
  }
  const Run added = zicht({"account", "add", "anna", "Anna", "--organisation", "org", "--roles",
                           "sample/keeper"});
  CAPTURE(added.complained);
  REQUIRE(added.code == kGood);
  check_sound(zicht);
  QuietFeed feed;
  auto installation = Installation::open({zicht.config, &feed, false});
  REQUIRE(installation.has_value());
  http::MetricsRegistry metrics;
  Alarms alarms(metrics);
  Watched watched{**installation, metrics, alarms};
  watched.checkpoint_at = steady_microseconds();
  AlarmRound(watched).look();
  CHECK(has(zicht({"status"}).said, "ALARM  clock"));
}

TEST_CASE("bad state: a clock behind the journal is told, and what is added keeps its order") {
  testing::on_both(check_clock);
}

void check_two_erase(const Desk& zicht) {
  REQUIRE(zicht({"init", "--organisation", "north", "--admin", "first"}).code == kGood);
  REQUIRE(zicht({"init", "--organisation", "north", "--admin", "second"}).code == kGood);
  REQUIRE(zicht({"pack", "activate", "tests/packs/probe"}).code == kGood);
  for (int round = 0; round < 5; ++round) {
    CAPTURE(round);
    std::string ann, bob;
    {
      QuietFeed feed;
      const auto installation = testing::opened(zicht.config, feed);
      const auto child = [&](const char* name) {
        return testing::make(installation->services(), testing::planner(), "child",
                             {{"call_name", name}, {"born_on", "2015-06-01"}});
      };
      ann = child("Ann");
      bob = child("Bob");
    }
    const auto erase = [&](const std::string& person, const char* by) {
      return Words{"erase", person, "--by", by, "--reason", "asked"};
    };
    // The same person twice, and another one meanwhile.
    Process one(zicht, erase(ann, "first"), "one"), two(zicht, erase(ann, "second"), "two"),
        three(zicht, erase(bob, "second"), "three");
    const Run first = one.end(), second = two.end(), third = three.end();
    CAPTURE(first.complained);
    CAPTURE(second.complained);
    CAPTURE(third.complained);
    const bool is_late[] = {has(first.complained, "ST-0041"), has(second.complained, "ST-0041")};
    CHECK(is_late[0] != is_late[1]);
    // What is left on the disk while another reads is wiped by giving the command again.
    for (const Run* each : {&first, &second, &third}) {
      const bool is_done = each->code == kGood || has(each->complained, "ST-0041") ||
                           has(each->complained, "ST-0003");
      CHECK(is_done);
    }
    CHECK(has(zicht(erase(bob, "first")).complained, "ST-0041"));
    QuietFeed feed;
    const auto installation = testing::opened(zicht.config, feed);
    const auto all = installation->store().envelopes(std::nullopt, 200);
    REQUIRE(all.has_value());
    int erasures = 0;
    for (const model::Envelope& each : *all) erasures += each.kind == model::kPersonErased;
    CHECK(erasures == 2 * (round + 1));
  }
  check_sound(zicht);
}

TEST_CASE("bad state: of two administrators who erase one person at once, one does it") {
  testing::on_both(check_two_erase);
}

}  // namespace
}  // namespace zicht::server
