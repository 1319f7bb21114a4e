// Whatever was done to a store, in whatever order, a rebuild gives what is there, the chain
// verifies, and what is there is what was done.
// Method: ten thousand random operations (seeded) on each database: persons and notes about one or
// several of them are created, changed and corrected, linked, split and linked no more; files of
// persons are handed over and taken back; persons are erased, notes expire, the pack is upgraded,
// the master key replaced; and twice an older back-up is put back in an empty store of the other
// kind, after persons in it were erased. Beside it stands a list of what should be there, kept by
// hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "store/backup.h"
#include "store/key_rotation.h"
#include "store/sql_read_log.h"
#include "store/testing/care_entries.h"
#include "store/testing/care_pack.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::care_pack;
using testing::StoreFixture;
using testing::TestDatabase;

constexpr std::uint64_t kSeed = 20261127;
constexpr int kOperations = 10'000;

// What should be there: the newest version of each record, and whom it was ever about.
struct Expected {
  struct Known {
    model::Record record;
    std::set<std::string> ever_about;
  };
  struct HandedOver {
    std::string person, state, form;
    bool gives_up = false;
  };
  std::map<std::string, Known> live;
  std::map<std::string, HandedOver> handovers;
  std::vector<std::string> records, persons;  // the same by number, to choose from

  void add(const std::string& id, const std::string& form) {
    records.push_back(id);
    if (form == "care/child") persons.push_back(id);
  }
  void remove(const std::string& id) {
    live.erase(id);
    std::erase(records, id);
    std::erase(persons, id);
    gone.insert(id);
  }
  std::set<std::string> erased;  // persons
  std::set<std::string> gone;    // records, persons among them
};

class MixedWorld {
 public:
  explicit MixedWorld(Dialect::Kind kind) : kind_(kind), rng_(kSeed) { begin(); }

  void run(int operations) {
    for (int at = 1; at <= operations; ++at) {
      f_->clock().advance_microseconds(1000);
      if (at == operations / 2) upgrade();
      if (at % 2500 == 1250) rotate();
      if (at % (operations / 3) == operations / 6) back_up();
      if (at % (operations / 3) == operations / 4) restore();
      act();
    }
    settle();
  }

  void check_sound() {
    settle();
    const auto report = f_->store().rebuild_check();
    REQUIRE(report.has_value());
    CAPTURE(report->differences.empty() ? std::string() : report->differences.front());
    CHECK(report->is_equal());
    const auto verified = f_->store().verify_journal();
    REQUIRE(verified.has_value());
    CHECK(verified->at("problems").as_array().empty());
    check_contents();
  }

  void rebuild() { REQUIRE(f_->store().rebuild().has_value()); }
  int restored() const { return restored_; }
  int erased() const { return erased_; }
  int expired() const { return expired_; }
  // Persons with something handed over, in all checks together.
  int accepted() const { return accepted_; }

 private:
  void begin() {
    test_ = std::make_unique<TestDatabase>(kind_);
    f_ = std::make_unique<StoreFixture>(*test_, kSeed);
    prepare();
  }

  void prepare() {
    for (int version = 1; version <= version_; ++version) {
      REQUIRE(f_->store().prepare_forms(care_pack(version)).has_value());
    }
  }

  // ------------------------------------------------------------ what is done

  void act() {
    const auto choice = rng_.below(1000);
    if (choice < 150 || expected_.persons.size() < 3) return create("child");
    if (choice < 450) return create("note");
    if (choice < 500) return create("same");
    if (choice < 880) return change();
    if (choice < 930) return hand_over();
    if (choice < 960) return put_account();
    if (choice < 975) return erase();
    if (choice < 980) return expire();
    submit(entry("organisation.put", {{"organisation", "org"}, {"name", word("name")}}));
  }

  void create(const std::string& form) {
    model::Record record;
    record.id = PublicId::random(rng_).to_string();
    record.organisation = "org";
    record.form = "care/" + form;
    record.version = 0;
    record.audience = model::Sensitivity::kInternal;
    put_version(std::move(record), {});
  }

  void change() {
    const auto& known = expected_.live.at(expected_.records[rng_.below(expected_.records.size())]);
    put_version(known.record, known.ever_about);
  }

  void put_version(model::Record record, std::set<std::string> ever_about) {
    ++record.version;
    record.pack_hash = care_pack(version_).hash;
    record.valid_from = testing::sample_day(static_cast<std::int64_t>(rng_.below(300)));
    record.valid_to.reset();
    fill(record);
    for (std::string& person : subjects(record)) ever_about.insert(std::move(person));
    // A correction of the past is no version that holds now.
    const bool is_past = record.version > 1 && rng_.below(8) == 0;
    if (is_past) record.valid_to = *add_days(record.valid_from, 20);
    submit(testing::unit_of(record, is_past ? "corrected" : "changed"));
    if (record.version == 1) expected_.add(record.id, record.form);
    Expected::Known& known = expected_.live[record.id];
    if (!is_past) known.record = record;
    known.record.version = record.version;
    known.ever_about = std::move(ever_about);
  }

  void fill(model::Record& record) {
    json::object fields;
    if (record.form == "care/child") {
      fields = {{"name", word("child")},
                {"address", word("street")},
                {"languages", json::array{word("tongue")}}};
    } else if (record.form == "care/note") {
      json::array children;
      for (const std::string& child : some_persons(1 + rng_.below(3))) children.emplace_back(child);
      fields = {{"children", std::move(children)}, {"text", word("note")}};
      if (version_ == 2) fields["remark"] = word("remark");
    } else {
      const std::vector<std::string> two = some_persons(2);
      fields = {{"one", two[0]}, {"other", two[1]}, {"text", word("evidence")}};
      static const char* const kStates[] = {"doubted", "linked", "undone", "split"};
      record.state = kStates[rng_.below(4)];
      record.state_since = record.valid_from;
    }
    record.title = std::string(fields[fields.contains("name") ? "name" : "text"].as_string());
    record.fields = std::move(fields);
  }

  // An offer, or an answer or an end, which counts only for what is open to it.
  void hand_over() {
    if (expected_.handovers.empty() || rng_.below(2) == 0) return offer();
    auto at = expected_.handovers.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(rng_.below(expected_.handovers.size())));
    Expected::HandedOver& known = at->second;
    if (known.state == "erased") return;
    static const struct {
      std::string_view kind;
      const char* state;
      bool from_offered, from_accepted;
    } kActs[] = {{model::kHandoverAccepted, "accepted", true, false},
                 {model::kHandoverAccepted, "accepted", true, false},
                 {model::kHandoverRefused, "refused", true, false},
                 {model::kHandoverWithdrawn, "withdrawn", true, true},
                 {model::kHandoverReturned, "returned", false, true}};
    const auto& act = kActs[rng_.below(std::size(kActs))];
    submit(about_person(act.kind, known.person,
                        {{"handover", at->first}, {"reason", word("reason")}}));
    const bool counts = (act.from_offered && known.state == "offered") ||
                        (act.from_accepted && known.state == "accepted");
    if (counts) known.state = act.state;
  }

  void offer() {
    const std::string id = PublicId::random(rng_).to_string();
    Expected::HandedOver made{.person = some_persons(1).front(),
                              .state = "offered",
                              .form = rng_.below(2) == 0 ? "" : "care/note",
                              .gives_up = rng_.below(2) == 0};
    json::array forms;
    if (!made.form.empty()) forms.emplace_back(made.form);
    app::Unit unit = about_person(model::kHandoverOffered, made.person,
                                  {{"basis", word("law")},
                                   {"form", "care/child"},
                                   {"forms", std::move(forms)},
                                   {"from", "2020-01-01"},
                                   {"gives_up", made.gives_up},
                                   {"handover", id},
                                   {"reason", word("reason")},
                                   {"receiver", "next"}});
    unit.idempotency = {"key of " + id, "request"};
    submit(std::move(unit));
    expected_.handovers.emplace(id, std::move(made));
  }

  void put_account() {
    const std::string id = "account-" + std::to_string(rng_.below(20));
    if (expected_.gone.contains(id)) return;
    const std::string subject = some_persons(1).front();
    submit(entry("account.put",
                 {{"account", id},
                  {"person", id + "-person"},
                  {"login", id + "-login"},
                  {"name", word("account")},
                  {"organisation", "org"},
                  {"roles", json::array{"care/client"}},
                  {"active", true},
                  {"demo", false},
                  {"subject", subject}},
                 id));
    accounts_[id] = subject;
  }

  void erase() {
    settle();
    const std::string person = some_persons(1).front();
    const auto plan = f_->store().plan_erasure(person);
    if (!plan.has_value()) FAIL(describe(plan.error()));
    ErasureOrder order{.person = person, .actor = "account-x", .reason = "asked", .keep = {}};
    for (const ErasedRecord& shared : plan->shared) order.keep.push_back(shared.record);
    const auto erased = f_->store().erase_person(order);
    if (!erased.has_value()) FAIL(describe(erased.error()));
    expect_erased(person);
    ++erased_;
  }

  void expect_erased(const std::string& person) {
    expected_.erased.insert(person);
    std::vector<std::string> ids;
    for (const auto& [id, known] : expected_.live) {
      const auto& about = known.ever_about;
      if (about.contains(person) && std::includes(expected_.erased.begin(), expected_.erased.end(),
                                                  about.begin(), about.end())) {
        ids.push_back(id);
      }
    }
    for (const std::string& id : ids) expected_.remove(id);
    for (auto& [id, known] : expected_.handovers) {
      if (known.person == person) known = {.person = "", .state = "erased", .form = ""};
    }
    for (const auto& [account, subject] : accounts_) {
      if (subject == person) expected_.gone.insert(account);
    }
  }

  // The notes that nobody changed for the longest time.
  void expire() {
    settle();
    const auto unchanged = f_->store().unchanged_since("care/note", f_->clock().now());
    REQUIRE(unchanged.has_value());
    std::vector<ErasedRecord> records;
    for (const UnchangedRecord& each : *unchanged) {
      if (records.size() < 3) records.push_back(each.record);
    }
    const auto count = f_->store().expire_records("account-x", records);
    REQUIRE(count.has_value());
    CHECK(*count == static_cast<std::int64_t>(records.size()));
    for (const ErasedRecord& each : records) {
      expected_.remove(each.record);
    }
    expired_ += static_cast<int>(records.size());
  }

  void upgrade() {
    version_ = 2;
    prepare();
  }

  // The store goes on meanwhile, with the key that another process gave it.
  void rotate() {
    settle();
    const auto rotated = rotate_master_key(test_->database(),
                                           {.places = {.folder = test_->folder() + "/keys"},
                                            .actor = "account-x",
                                            .organisation = "org",
                                            .engine_version = "test"},
                                           f_->clock(), rng_);
    if (!rotated.has_value()) FAIL(describe(rotated.error()));
  }

  // ------------------------------------------------------------ back-up

  static BackupEnds ends_of(TestDatabase& test) {
    return {.store = test.database(),
            .read_log = test.database(),
            .keys_folder = test.folder() + "/keys",
            .side_files = {}};
  }

  void back_up() {
    settle();
    if (!SqlReadLog::open(test_->database()).has_value()) FAIL("a read log");
    ++backups_;
    files_ = {test_->folder() + "/" + std::to_string(backups_) + ".store",
              test_->folder() + "/" + std::to_string(backups_) + ".keys"};
    const auto written = write_backup(ends_of(*test_),
                                      {.id = PublicId::random(rng_).to_string(),
                                       .at = f_->clock().now(),
                                       .engine_version = "test"},
                                      files_);
    if (!written.has_value()) FAIL(describe(written.error()));
    then_ = expected_;
    version_then_ = version_;
    accounts_then_ = accounts_;
  }

  // Into a store of the other kind, with the newest list of erasures.
  void restore() {
    settle();
    check_sound();
    const auto erased_since = expected_.erased;
    const auto now = f_->clock().now();
    auto from = std::move(test_);
    auto old = std::move(f_);
    kind_ = kind_ == Dialect::Kind::kSqlite ? Dialect::Kind::kPostgres : Dialect::Kind::kSqlite;
    test_ = std::make_unique<TestDatabase>(kind_);
    const auto loaded = load_backup(files_, ends_of(*test_), rng_);
    if (!loaded.has_value()) FAIL(describe(loaded.error()));
    std::filesystem::copy_file(old->erasure_list(), test_->folder() + "/erasures");
    version_ = std::max(version_, version_then_);
    begin_from(now);
    expected_ = then_;
    accounts_ = accounts_then_;
    for (const std::string& person : erased_since) {
      if (!expected_.erased.contains(person)) expect_erased_again(person);
    }
    ++restored_;
    check_sound();
  }

  void begin_from(Instant now) {
    f_ = std::make_unique<StoreFixture>(*test_, kSeed + static_cast<std::uint64_t>(backups_));
    f_->clock().advance_microseconds(now.microseconds_since_epoch() -
                                     f_->clock().now().microseconds_since_epoch());
    prepare();
    const auto derived = f_->store().upgrade();
    if (!derived.has_value()) FAIL(describe(derived.error()));
    const auto again = f_->store().erase_again();
    if (!again.has_value()) FAIL(describe(again.error()));
  }

  // One who was made after the back-up is not there to be erased.
  void expect_erased_again(const std::string& person) {
    if (expected_.live.contains(person)) expect_erased(person);
  }

  // ------------------------------------------------------------ what is there

  void check_contents() {
    for (const auto& [id, known] : expected_.live) {
      const auto found = f_->store().record(id, {});
      CAPTURE(id);
      REQUIRE(found.has_value());
      CHECK(found->fields == known.record.fields);
      CHECK(found->version == known.record.version);
    }
    for (const std::string& id : expected_.gone) CHECK_FALSE(f_->store().record(id, {}));
    check_links();
    check_handovers();
  }

  void check_handovers() {
    app::HandoverQuery all;
    all.is_of_all = true;
    all.limit = 100'000;
    const auto found = f_->store().handovers(all);
    REQUIRE(found.has_value());
    CHECK(found->size() == expected_.handovers.size());
    std::map<std::string, model::Standing> wanted;
    for (const app::Handover& each : *found) {
      CAPTURE(each.id);
      REQUIRE(expected_.handovers.contains(each.id));
      const Expected::HandedOver& known = expected_.handovers.at(each.id);
      CHECK(each.state == known.state);
      CHECK(each.person == known.person);
      if (known.state != "accepted") continue;
      const model::Handed handed{"org", known.form};
      wanted[known.person].handed.insert(handed);
      if (known.gives_up) wanted[known.person].given_up.insert(handed);
    }
    accepted_ += static_cast<int>(wanted.size());
    const auto standings = f_->store().standings(expected_.persons, {"nobody", "", "next"});
    REQUIRE(standings.has_value());
    for (const std::string& person : expected_.persons) {
      const auto at = standings->find(person);
      const model::Standing known = at == standings->end() ? model::Standing() : at->second;
      CHECK(known.handed == wanted[person].handed);
      CHECK(known.given_up == wanted[person].given_up);
    }
  }

  void check_links() {
    std::set<std::string> wanted, found;
    for (const auto& [id, known] : expected_.live) {
      const std::string& state = known.record.state;
      if (state != "linked" && state != "split") continue;
      wanted.insert(id + state + std::string(known.record.fields.at("one").as_string()) +
                    std::string(known.record.fields.at("other").as_string()));
    }
    std::vector<std::string> all = expected_.persons;
    all.insert(all.end(), expected_.erased.begin(), expected_.erased.end());
    const auto links = f_->store().person_links(all);
    REQUIRE(links.has_value());
    for (const app::PersonLink& link : *links) {
      found.insert(link.source + (link.is_split ? "split" : "linked") + link.one + link.other);
    }
    CHECK(found == wanted);
  }

  // ------------------------------------------------------------ small things

  std::vector<std::string> some_persons(std::size_t count) {
    std::vector<std::string> some;
    while (some.size() < count) {
      const std::string& one = expected_.persons[rng_.below(expected_.persons.size())];
      if (std::find(some.begin(), some.end(), one) == some.end()) some.push_back(one);
    }
    return some;
  }

  static std::vector<std::string> subjects(const model::Record& record) {
    for (const model::Form& form : care_pack().forms) {
      if (form.full_id() == record.form) {
        return model::subjects_of(form, record.id, record.fields);
      }
    }
    return {};
  }

  std::string word(const std::string& stem) { return stem + std::to_string(rng_.below(100'000)); }

  static app::Unit entry(std::string kind, json::object payload, std::string subject = {}) {
    app::Unit unit;
    unit.actor = "system";
    unit.purpose = "operate";
    model::Entry& made = unit.entries.emplace_back();
    made.organisation = "org";
    made.kind = std::move(kind);
    made.subject = std::move(subject);
    made.retention = "permanent";
    made.payload = std::move(payload);
    return unit;
  }

  static app::Unit about_person(std::string_view kind, const std::string& person,
                                json::object payload) {
    return testing::entry_about(kind, person, {person}, std::move(payload));
  }

  // Without waiting for each, as many clients would; the writer works in order.
  void submit(app::Unit unit) {
    f_->store().append(std::move(unit), [this](const Result<app::Receipt>& receipt) {
      if (receipt.has_value()) return;
      const std::lock_guard lock(mutex_);
      if (first_failure_.empty()) first_failure_ = describe(receipt.error());
    });
    if (++submitted_ % 500 == 0) settle();
  }

  void settle() {
    const auto last = f_->store().append_and_wait(
        entry("organisation.put", {{"organisation", "last"}, {"name", "Last"}}));
    REQUIRE(last.has_value());
    const std::lock_guard lock(mutex_);
    CAPTURE(first_failure_);
    REQUIRE(first_failure_.empty());
  }

  Dialect::Kind kind_;
  SeededRng rng_;
  std::unique_ptr<TestDatabase> test_;
  std::unique_ptr<StoreFixture> f_;
  Expected expected_, then_;
  std::map<std::string, std::string> accounts_, accounts_then_;  // whom each is bound to
  BackupFiles files_;
  int version_ = 1, version_then_ = 1;
  int backups_ = 0, restored_ = 0, erased_ = 0, expired_ = 0, accepted_ = 0,
      submitted_ = 0;
  std::mutex mutex_;
  std::string first_failure_;
};

void run_from(Dialect::Kind kind) {
  CAPTURE(kSeed);
  MixedWorld world(kind);
  world.run(kOperations);
  world.check_sound();
  CHECK(world.restored() >= 2);
  CHECK(world.erased() > 50);
  CHECK(world.expired() > 20);
  CHECK(world.accepted() > 50);
  world.rebuild();
  world.check_sound();
}

}  // namespace

TEST_CASE("mixed operations: ten thousand, begun on SQLite, leave what was done and no more") {
  run_from(Dialect::Kind::kSqlite);
}

TEST_CASE("mixed operations: ten thousand, begun on PostgreSQL, leave what was done and no more") {
  run_from(Dialect::Kind::kPostgres);
}

}  // namespace zicht::store
