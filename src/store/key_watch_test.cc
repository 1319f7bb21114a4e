// What another process does to the keys of a store that is open is noticed by itself: a new master
// key, and the keys of who was erased.
// Method: on both databases a store that has read and written, with everything it remembers, and
// another process beside it, which erases or replaces; then the first is asked again.
#include <doctest/doctest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "store/internal/data_keys.h"
#include "store/internal/forwarding_connection.h"
#include "store/internal/store_error.h"
#include "store/key_rotation.h"
#include "store/testing/care_entries.h"
#include "store/testing/care_pack.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

namespace fs = std::filesystem;
using testing::care_pack;
using testing::StoreFixture;
using testing::TestDatabase;

std::string error_of(const auto& result) {
  return result.has_value() ? "none" : result.error().id;
}

// A child with a note and an account; and another process on the same database.
struct World {
  explicit World(TestDatabase& opened) : test(opened), f(opened) {
    prepare(f.store());
    ann = add("child", "Ann", {{"name", "Ann"}, {"address", "Street"}});
    note = add("note", "A talk", {{"children", json::array{ann.id}}, {"text", "A talk"}});
    REQUIRE(error_of(put_account("Ann")) == "none");
  }

  static void prepare(SqlStore& store) { REQUIRE(store.prepare_forms(care_pack()).has_value()); }

  model::Record add(const std::string& form, const std::string& title, json::object fields) {
    const auto made = testing::care_record(f.rng(), form, "org", title, std::move(fields));
    f.put(made, "created");
    return made;
  }

  // The account that is bound to the child.
  Result<app::Receipt> put_account(const std::string& name) {
    app::Unit unit;
    unit.actor = "account-1";
    unit.purpose = "operate";
    model::Entry& entry = unit.entries.emplace_back();
    entry.organisation = "org";
    entry.subject = "account-2";
    entry.kind = model::kAccountPut;
    entry.retention = "permanent";
    entry.payload = {{"account", "account-2"}, {"person", "account-2"},
                     {"login", "ann"},         {"name", name},
                     {"organisation", "org"},  {"roles", json::array{"care/client"}},
                     {"active", true},         {"demo", false},
                     {"subject", ann.id}};
    f.clock().advance_microseconds(1000);
    return f.store().append_and_wait(std::move(unit));
  }

  std::string keys() const { return test.folder() + "/keys"; }

  std::unique_ptr<SqlStore> open(Database& database, const std::string& folder) {
    return open(database, folder, f.rng());
  }
  std::unique_ptr<SqlStore> open(Database& database, const std::string& folder, Rng& rng) {
    return open(database, options_of(folder), rng);
  }
  static StoreOptions options_of(const std::string& folder, const std::string& list = {}) {
    return {.keys_folder = folder,
            .checkpoint_file = {},
            .erasure_list = list,
            .engine_version = "test",
            .writer = {}};
  }
  std::unique_ptr<SqlStore> open(Database& database, const StoreOptions& options, Rng& rng) {
    f.clock().advance_microseconds(1000);
    auto opened = SqlStore::open(database, options, f.clock(), rng);
    if (!opened.has_value()) FAIL(describe(opened.error()));
    prepare(**opened);
    return std::move(*opened);
  }

  void erase_elsewhere() {
    const auto database = test.open_again();
    const auto other = open(*database, keys());
    const auto erased = other->erase_person(
        {.person = ann.id, .actor = "account-1", .reason = "asked", .keep = {}});
    if (!erased.has_value()) FAIL(describe(erased.error()));
  }

  void rotate_elsewhere() {
    const auto database = test.open_again();
    const auto rotation = rotate_master_key(
        *database,
        {.places = {.folder = keys()}, .actor = "account-1", .organisation = "org",
         .engine_version = "test"},
        f.clock(), f.rng());
    if (!rotation.has_value()) FAIL(describe(rotation.error()));
  }

  void check_sound() {
    const auto compared = f.store().rebuild_check();
    REQUIRE(compared.has_value());
    CAPTURE(compared->differences);
    CHECK(compared->is_equal());
    const auto verified = f.store().verify_journal();
    REQUIRE(verified.has_value());
    CHECK(verified->as_object().at("problems").as_array().empty());
  }

  TestDatabase& test;
  StoreFixture f;
  model::Record ann, note;
};

}  // namespace

TEST_CASE("key watch: who was erased by another process is not told any more, remembered or not") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    SqlStore& store = world.f.store();
    CHECK(store.watch_keys() == false);
    REQUIRE(store.history(world.note.id, 10, std::nullopt).has_value());
    REQUIRE(store.record(world.ann.id, {}).has_value());
    CHECK(store.remembered_keys() > 0);
    world.erase_elsewhere();
    CHECK_FALSE(store.record(world.ann.id, {}).has_value());
    // The entries are there; what they say is not, from the first question on.
    CHECK(error_of(store.history(world.note.id, 10, std::nullopt)) == "ST-0024");
    CHECK(store.watch_keys() == true);
    CHECK(store.watch_keys() == false);
    world.check_sound();
  });
}

TEST_CASE("key watch: keys that were destroyed elsewhere are not in memory after a look") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    SqlStore& store = world.f.store();
    REQUIRE(store.watch_keys().has_value());
    REQUIRE(store.history(world.note.id, 10, std::nullopt).has_value());
    CHECK(store.remembered_keys() > 0);
    world.erase_elsewhere();
    CHECK(store.remembered_keys() > 0);
    CHECK(store.watch_keys() == true);
    CHECK(store.remembered_keys() == 0);
  });
}

TEST_CASE("key watch: the reader of an earlier state leaves no destroyed key behind") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    const auto late = test.database().connect(Access::kRead);
    REQUIRE(late.has_value());
    std::string id;
    REQUIRE((*late)->begin(Access::kRead).has_value());
    {
      auto rows = (*late)->query("select key_id from data_keys where subject = $1",
                                 {world.ann.id});
      REQUIRE((rows.has_value() && rows->next()));
      id = rows->text(0);
    }
    world.erase_elsewhere();
    auto folder = KeyFolder::open({.folder = world.keys()}, {});
    REQUIRE(folder.has_value());
    KeyRing ring(*std::move(folder), {.folder = world.keys()});
    DataKeys keys(ring, world.f.rng());
    const auto now = test.database().connect(Access::kRead);
    REQUIRE(now.has_value());
    const auto looked = keys.look(**now);
    REQUIRE(looked.has_value());
    CHECK(*looked == 1);
    // It sees the key, as it must, and nobody after it does.
    const auto seen = keys.find(**late, id);
    REQUIRE(seen.has_value());
    CHECK(*seen != nullptr);
    CHECK(keys.remembered() == 0);
    const auto gone = keys.find(**now, id);
    REQUIRE(gone.has_value());
    CHECK(*gone == nullptr);
    CHECK(keys.look(**late) == 0);
    CHECK(keys.find(**now, id)->get() == nullptr);
  });
}

TEST_CASE("key watch: nothing is sealed with a key that another process destroyed") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    // The second time the key is remembered.
    REQUIRE(error_of(world.put_account("Ann B")) == "none");
    REQUIRE(error_of(world.put_account("Ann C")) == "none");
    world.erase_elsewhere();
    CHECK(error_of(world.put_account("Ann D")) == "ST-0045");
    ++world.note.version;
    CHECK(error_of(world.f.try_put(world.note)) == "ST-0042");
    world.check_sound();
  });
}

TEST_CASE("key watch: an erasure that fails half way makes nobody miss the next one") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    SqlStore& store = world.f.store();
    REQUIRE(store.watch_keys().has_value());
    REQUIRE(error_of(world.put_account("Ann B")) == "none");
    // The list of erasures is a folder: what was raised in that transaction never was.
    fs::remove(world.f.erasure_list());
    fs::create_directory(world.f.erasure_list());
    CHECK(error_of(store.erase_person(
              {.person = world.ann.id, .actor = "account-1", .reason = "x", .keep = {}})) ==
          "ST-0046");
    CHECK(store.watch_keys() == false);
    REQUIRE(error_of(world.put_account("Ann C")) == "none");
    world.erase_elsewhere();
    CHECK(error_of(world.put_account("Ann D")) == "ST-0045");
    CHECK(store.watch_keys() == true);
    fs::remove(world.f.erasure_list());
    world.check_sound();
  });
}

TEST_CASE("key watch: of two servers that erase one person at once, one does it") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    const auto database = test.open_again();
    SeededRng rng(7);  // each writer has its own
    const auto other = world.open(*database, world.keys(), rng);
    std::string outcomes[2];
    SqlStore* const stores[] = {&world.f.store(), other.get()};
    std::vector<std::thread> threads;
    for (const int which : {0, 1}) {
      threads.emplace_back([&, which] {
        outcomes[which] = error_of(stores[which]->erase_person(
            {.person = world.ann.id,
             .actor = which == 0 ? "account-1" : "account-3",
             .reason = "asked",
             .keep = {}}));
      });
    }
    for (std::thread& thread : threads) thread.join();
    const bool is_first = outcomes[0] == "none";
    CHECK(outcomes[is_first ? 0 : 1] == "none");
    CHECK(outcomes[is_first ? 1 : 0] == "ST-0041");
    for (SqlStore* store : stores) {
      CHECK_FALSE(store->record(world.ann.id, {}).has_value());
      CHECK(error_of(store->history(world.note.id, 10, std::nullopt)) == "ST-0024");
    }
    world.check_sound();
  });
}

// A database whose next commit fails as after a deadlock, and on which something happens then.
class FailingOnce final : public ForwardingDatabase {
 public:
  using ForwardingDatabase::ForwardingDatabase;

  Result<std::unique_ptr<Connection>> connect(Access access) override {
    ZICHT_TRY(connection, inner().connect(access));
    return std::make_unique<Failing>(std::move(connection), meanwhile_);
  }
  void fail_next(std::function<void()> meanwhile) { meanwhile_ = std::move(meanwhile); }

 private:
  class Failing final : public ForwardingConnection {
   public:
    Failing(std::unique_ptr<Connection> inner, std::function<void()>& meanwhile)
        : ForwardingConnection(std::move(inner)), meanwhile_(meanwhile) {}

    Result<void> commit() override {
      if (!meanwhile_) return ForwardingConnection::commit();
      rollback();
      std::exchange(meanwhile_, {})();
      return store_error(Failure::kRetry, "a deadlock");
    }

   private:
    std::function<void()>& meanwhile_;
  };

  std::function<void()> meanwhile_;
};

TEST_CASE("key watch: an erasure that another server finished from the list was done") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    const StoreOptions options = World::options_of(world.keys(), test.folder() + "/listed");
    const auto database = test.open_again();
    SeededRng rngs[] = {SeededRng(7), SeededRng(8)};
    const auto other = world.open(*database, options, rngs[0]);
    FailingOnce failing(test.database());
    const auto store = world.open(failing, options, rngs[1]);
    // The transaction that listed it is lost; the other reads the list before it is run again.
    failing.fail_next([&] { CHECK(other->erase_again() == 1); });
    const ErasureOrder order{
        .person = world.ann.id, .actor = "account-1", .reason = "asked", .keep = {}};
    const auto erased = store->erase_person(order);
    REQUIRE(error_of(erased) == "none");
    CHECK(erased->person == world.ann.id);
    CHECK_FALSE(store->record(world.ann.id, {}).has_value());
    CHECK(error_of(store->erase_person(order)) == "ST-0041");
    CHECK(store->erasures(std::nullopt, 10)->size() == 1);
    world.check_sound();
  });
}

TEST_CASE("key watch: a new master key is taken over, and the former one is dropped in time") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    app::Credential credential;
    credential.account = "account-1";
    credential.password_hash = "hash";
    credential.totp_secret = "12345678901234567890";
    auto& credentials = world.f.store().credentials();
    REQUIRE(credentials.put_credential(credential).has_value());
    world.rotate_elsewhere();
    // Nothing had been remembered of it.
    const auto read = credentials.credential("account-1");
    REQUIRE((read.has_value() && read->has_value()));
    CHECK((*read)->totp_secret == "12345678901234567890");
    CHECK(error_of(credentials.put_credential(credential)) == "none");
    world.add("child", "Bob", {{"name", "Bob"}});
    world.rotate_elsewhere();
    CHECK(world.f.store().watch_keys() == false);
    world.add("child", "Cas", {{"name", "Cas"}});
    world.check_sound();
    world.f.reopen();
    World::prepare(world.f.store());
    world.check_sound();

    auto folder = KeyFolder::open({.folder = world.keys()}, {});
    REQUIRE(folder.has_value());
    const std::string before = folder->master_id();
    KeyRing ring(*std::move(folder), {.folder = world.keys()});
    world.rotate_elsewhere();
    const auto connection = test.database().connect(Access::kRead);
    REQUIRE(connection.has_value());
    CHECK_FALSE(ring.has_former());
    for (int looks = 1; looks < KeyRing::kLooksBeforeDropping; ++looks) {
      REQUIRE(ring.look(**connection).has_value());
    }
    CHECK(ring.has_former());
    REQUIRE(ring.look(**connection).has_value());
    CHECK_FALSE(ring.has_former());
    CHECK(ring.present()->master_id() != before);
  });
}

TEST_CASE("key watch: a server with its own copy of the keys waits for the new one, and goes on") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    const std::string copy = test.folder() + "/copy";
    fs::copy(world.keys(), copy);
    const auto database = test.open_again();
    const auto other = world.open(*database, copy);
    REQUIRE(other->record(world.ann.id, {}).has_value());
    world.rotate_elsewhere();
    const auto add = [&] {
      world.f.clock().advance_microseconds(1000);
      const auto made =
          testing::care_record(world.f.rng(), "child", "org", "Bob", {{"name", "Bob"}});
      return error_of(other->append_and_wait(testing::unit_of(made, "created")));
    };
    CHECK(add() == "ST-0053");
    CHECK(error_of(other->watch_keys()) == "ST-0053");
    // What it had read before it goes on to read.
    CHECK(other->record(world.ann.id, {})->fields == world.ann.fields);
    fs::copy_file(world.keys() + "/master.key", copy + "/master.key",
                  fs::copy_options::overwrite_existing);
    CHECK(add() == "none");
    CHECK(error_of(other->watch_keys()) == "none");
    world.check_sound();
  });
}

TEST_CASE("key watch: both keys open while one takes the place of the other") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    auto& outbox = world.f.store().outbox();
    for (const char* account : {"account-1", "account-2", "account-3"}) {
      REQUIRE(outbox.put_mail_preference({account, app::MailWish::kDaily, "a@mail.example", "nl"})
                  .has_value());
    }
    // It stops at a row that opens with neither key, in the middle of the addresses.
    const auto connection = test.database().connect(Access::kWrite);
    REQUIRE(connection.has_value());
    std::string sealed;
    {
      auto rows = (*connection)->query("select sealed from mail_preferences "
                                       "where account = 'account-2'");
      REQUIRE((rows.has_value() && rows->next()));
      sealed = rows->text(0);
    }
    const auto put = [&](const std::string& text) {
      REQUIRE((*connection)
                  ->execute("update mail_preferences set sealed = $1 where account = 'account-2'",
                            {text})
                  .has_value());
    };
    put(std::string(sealed.size(), '0'));
    const RotationOrder order{.places = {.folder = world.keys()}, .actor = "account-1",
                              .organisation = "org", .engine_version = "test", .batch = 1};
    CHECK(error_of(rotate_master_key(test.database(), order, world.f.clock(), world.f.rng())) ==
          "ST-0021");
    put(sealed);
    // The first is under the new key, the others are under the old one.
    for (const char* account : {"account-1", "account-2", "account-3"}) {
      const auto preference = outbox.mail_preference(account);
      REQUIRE(preference.has_value());
      CHECK(preference->address == "a@mail.example");
    }
    CHECK(error_of(outbox.put_mail_preference(
              {"account-3", app::MailWish::kDaily, "b@mail.example", "nl"})) == "none");
    world.add("child", "Bob", {{"name", "Bob"}});
    REQUIRE(rotate_master_key(test.database(), order, world.f.clock(), world.f.rng())
                .has_value());
    CHECK(outbox.mail_preference("account-3")->address == "b@mail.example");
    world.check_sound();
  });
}

}  // namespace zicht::store
