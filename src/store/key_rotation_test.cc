// A new master key seals everything that the old one sealed, may stop anywhere and go on, and a
// key that is lost, wrong or half replaced is told as such.
// Method: on both databases a store with persons and a second factor; keys and rows are damaged,
// moved and put back between the steps.
#include "store/key_rotation.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "store/internal/forwarding_connection.h"
#include "store/internal/store_error.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

namespace fs = std::filesystem;
using testing::kPerson;
using testing::StoreFixture;
using testing::TestDatabase;

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string error_of(const auto& result) {
  return result.has_value() ? "none" : result.error().id;
}

struct World {
  explicit World(TestDatabase& opened) : test(opened), f(opened) {
    for (int number = 0; number < 5; ++number) add();
    app::Credential credential;
    credential.account = "account-1";
    credential.password_hash = "hash";
    credential.totp_secret = "12345678901234567890";
    REQUIRE(f.store().credentials().put_credential(credential).has_value());
    auto& outbox = f.store().outbox();
    for (const std::string hook : {"hook-1", "hook-2", "hook-3"}) {
      REQUIRE(outbox.put_webhook_secret(hook, "old of " + hook, f.clock().now()).has_value());
      REQUIRE(outbox.put_webhook_secret(hook, "new of " + hook, f.clock().now()).has_value());
    }
    REQUIRE(outbox.put_mail_preference({"account-1", app::MailWish::kDaily, "a@mail.example", "nl"})
                .has_value());
    for (const std::string file : {"file-1", "file-2", "file-3"}) {
      REQUIRE(upload(file).has_value());
    }
  }

  // A file that waits for a record.
  Result<void> upload(const std::string& file) {
    const app::FileMeta meta{
        .id = file, .name = file + ".txt", .type = "text/plain", .size = 4};
    return f.store().files().put_upload(meta, "account-1", "text");
  }

  RotationOrder order(const KeyPlaces& at) const {
    return {.places = at, .actor = "account-1", .organisation = "org", .engine_version = "test",
            .batch = 2};
  }
  KeyPlaces places() const { return {.folder = test.folder() + "/keys"}; }
  std::string file(const std::string& name) const { return places().folder + "/" + name; }

  Result<app::Receipt> try_add() {
    return f.try_put(testing::random_record(f.rng(), kPerson, f.pack(), {}), "created");
  }
  void add() { REQUIRE(try_add().has_value()); }

  Result<KeyRotation> rotate() {
    return rotate_master_key(test.database(), order(places()), f.clock(), f.rng());
  }

  // Opens the store as another server would.
  std::string opening(const KeyPlaces& at) {
    return error_of(SqlStore::open(test.database(),
                                   {.keys_folder = at.folder,
                                    .master_credential = at.credential,
                                    .checkpoint_file = {},
                                    .engine_version = "test",
                                    .writer = {}},
                                   f.clock(), f.rng()));
  }
  std::string opening() { return opening(places()); }

  // The entries that tell of a new master key.
  std::vector<model::Envelope> told() {
    const auto all = f.store().envelopes(std::nullopt, 100);
    REQUIRE(all.has_value());
    std::vector<model::Envelope> told;
    for (const model::Envelope& each : *all) {
      if (each.kind == model::kKeysRotated) told.push_back(each);
    }
    return told;
  }

  void check_sound() {
    f.reopen();
    const auto compared = f.store().rebuild_check();
    REQUIRE(compared.has_value());
    CAPTURE(compared->differences);
    CHECK(compared->is_equal());
    const auto verified = f.store().verify_journal();
    REQUIRE(verified.has_value());
    CHECK(verified->as_object().at("problems").as_array().empty());
    const auto credential = f.store().credentials().credential("account-1");
    REQUIRE((credential.has_value() && credential->has_value()));
    CHECK((*credential)->totp_secret == "12345678901234567890");
    const auto secrets = f.store().outbox().webhook_secrets("hook-3", f.clock().now());
    REQUIRE(secrets.has_value());
    CHECK(*secrets == std::vector<std::string>{"new of hook-3", "old of hook-3"});
    const auto wish = f.store().outbox().mail_preference("account-1");
    REQUIRE(wish.has_value());
    CHECK(wish->address == "a@mail.example");
    const auto waits = f.store().files().upload("file-3", "account-1");
    REQUIRE((waits.has_value() && waits->has_value()));
    CHECK((*waits)->name == "file-3.txt");
    add();
  }

  TestDatabase& test;
  StoreFixture f;
};

}  // namespace

TEST_CASE("rotation: everything opens with the new master key alone") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    const std::string before = contents(world.file("master.key"));
    const auto rotation = world.rotate();
    REQUIRE(rotation.has_value());
    CHECK_FALSE(rotation->is_resumed);
    CHECK(rotation->sealed_anew >= 9);
    CHECK(contents(world.file("master.key")).size() == SecretKey::kSize);
    CHECK(contents(world.file("master.key")) != before);
    CHECK_FALSE(fs::exists(world.file("master-next.key")));
    // A store that was open meanwhile goes on with the new key.
    CHECK(error_of(world.try_add()) == "none");
    CHECK(error_of(world.upload("file-4")) == "none");
    auto& outbox = world.f.store().outbox();
    CHECK(error_of(outbox.put_webhook_secret("hook-4", "x", world.f.clock().now())) == "none");
    CHECK(error_of(outbox.put_mail_preference(
              {"account-2", app::MailWish::kDaily, "b@mail.example", "nl"})) == "none");
    world.check_sound();
    const auto again = world.rotate();
    REQUIRE(again.has_value());
    CHECK(again->master_id != rotation->master_id);
    world.check_sound();
  });
}

TEST_CASE("rotation: the journal tells who did it, and a rebuild finds another key than it names") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    CHECK(error_of(rotate_master_key(test.database(), {.places = world.places()},
                                     world.f.clock(), world.f.rng())) == "ST-0057");
    CHECK_FALSE(fs::exists(world.file("master-next.key")));
    world.f.clock().advance_microseconds(1000);
    const Instant now = world.f.clock().now();
    REQUIRE(world.rotate().has_value());
    const auto told = world.told();
    REQUIRE(told.size() == 1);
    CHECK(told[0].actor == "account-1");
    CHECK(told[0].organisation == "org");
    CHECK(told[0].recorded_at == now);
    world.check_sound();
    const auto connection = test.database().connect(Access::kWrite);
    REQUIRE(connection.has_value());
    // As a key that somebody put there without telling would be.
    REQUIRE((*connection)
                ->run_script("update meta set value = 'another' where name = 'master_key'")
                .has_value());
    const auto compared = world.f.store().rebuild_check();
    REQUIRE(compared.has_value());
    CHECK(compared->differences ==
          std::vector<std::string>{"meta: the master key is not that of keys.rotated"});
  });
}

TEST_CASE("rotation: one that stopped half way is told, and goes on") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    const auto connection = test.database().connect(Access::kWrite);
    REQUIRE(connection.has_value());
    std::string id, wrapped;
    {
      auto rows = (*connection)->query("select key_id, wrapped from data_keys "
                                       "order by key_id desc limit 1");
      REQUIRE((rows.has_value() && rows->next()));
      id = rows->text(0);
      wrapped = rows->text(1);
    }
    const auto put = [&](const std::string& bytes) {
      REQUIRE((*connection)
                  ->execute("update data_keys set wrapped = $1 where key_id = $2",
                            {Param::blob(bytes), id})
                  .has_value());
    };
    put("damaged");
    CHECK(error_of(world.rotate()) == "ST-0021");
    CHECK(world.opening() == "ST-0052");
    CHECK(error_of(world.rotate()) == "ST-0021");
    put(wrapped);
    // Nobody need be named to go on: who began it stands in the journal.
    const auto rest = rotate_master_key(test.database(), {.places = world.places()},
                                        world.f.clock(), world.f.rng());
    REQUIRE(rest.has_value());
    CHECK(rest->is_resumed);
    CHECK(world.told().size() == 1);
    // The key that was damaged and all that comes after the data keys: a second factor, three
    // uploads, three webhooks with two secrets each, an address.
    CHECK(rest->sealed_anew >= 12);
    CHECK(rest->sealed_anew < 14);
    world.check_sound();
  });
}

// A database at which some commits meet a deadlock, which rolls them back.
class BusyDatabase final : public ForwardingDatabase {
 public:
  // The first `good` commits go well, and the `refused` after them do not.
  BusyDatabase(Database& inner, int good, int refused)
      : ForwardingDatabase(inner), good_(good), refused_(refused) {}

  Result<std::unique_ptr<Connection>> connect(Access access) override {
    ZICHT_TRY(made, inner().connect(access));
    return std::make_unique<BusyConnection>(std::move(made), *this);
  }
  int refused() const { return refused_; }

 private:
  class BusyConnection final : public ForwardingConnection {
   public:
    BusyConnection(std::unique_ptr<Connection> inner, BusyDatabase& database)
        : ForwardingConnection(std::move(inner)), database_(database) {}

    Result<void> commit() override {
      if (database_.good_-- > 0 || database_.refused_ == 0) return ForwardingConnection::commit();
      --database_.refused_;
      rollback();
      return store_error(Failure::kRetry, "a deadlock");
    }

   private:
    BusyDatabase& database_;
  };

  int good_, refused_;
};

TEST_CASE("rotation: a deadlock that passes is waited for, one that does not is told") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    RotationOrder order = world.order(world.places());
    order.retry_pause = std::chrono::milliseconds(1);
    // The new key is named, a first batch is sealed, and then it is busy.
    BusyDatabase passing(test.database(), 2, 4);
    const auto rotation = rotate_master_key(passing, order, world.f.clock(), world.f.rng());
    REQUIRE(error_of(rotation) == "none");
    CHECK(passing.refused() == 0);
    CHECK(rotation->sealed_anew >= 9);
    world.check_sound();

    BusyDatabase lasting(test.database(), 2, 1000);
    CHECK(error_of(rotate_master_key(lasting, order, world.f.clock(), world.f.rng())) ==
          "ST-0003");
    CHECK(lasting.refused() > 900);
    CHECK(world.opening() == "ST-0052");
    const auto rest = world.rotate();
    REQUIRE(rest.has_value());
    CHECK(rest->is_resumed);
    // The first batch stayed; check_sound has added a person with a key.
    CHECK(rest->sealed_anew == rotation->sealed_anew + 1 - order.batch);
    world.check_sound();
  });
}

TEST_CASE("rotation: it can stop before the first and after the last row") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    auto keys = MasterKeys::read(world.places());
    REQUIRE(keys.has_value());
    REQUIRE(keys->make_next(world.places(), world.f.rng()).has_value());
    const std::string next = contents(world.file("master-next.key"));
    CHECK(world.opening() == "none");
    const std::string old = contents(world.file("master.key"));
    const auto rotation = world.rotate();
    REQUIRE(rotation.has_value());
    CHECK_FALSE(rotation->is_resumed);
    CHECK(contents(world.file("master.key")) == next);

    fs::rename(world.file("master.key"), world.file("master-next.key"));
    REQUIRE(put_key(world.places(), "master.key", SecretKey::of(old)).has_value());
    CHECK(world.opening() == "ST-0052");
    const auto finished = world.rotate();
    REQUIRE(finished.has_value());
    CHECK(finished->is_resumed);
    CHECK(finished->sealed_anew == 0);
    world.check_sound();
  });
}

TEST_CASE("rotation: a lost or wrong key is told, and no other is made in its place") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    const std::string lost = test.folder() + "/lost";
    for (const char* name : {"master.key", "signing.key"}) {
      fs::rename(world.file(name), lost);
      CHECK(world.opening() == "ST-0050");
      CHECK_FALSE(fs::exists(world.file(name)));
      CHECK(error_of(world.rotate()) == "ST-0050");
      CHECK_FALSE(fs::exists(world.file("master-next.key")));
      fs::rename(lost, world.file(name));
    }
    CHECK(world.opening({.folder = test.folder() + "/nowhere"}) == "ST-0050");
    CHECK_FALSE(fs::exists(test.folder() + "/nowhere"));
    fs::rename(world.file("master.key"), lost);
    REQUIRE(put_key(world.places(), "master.key", SecretKey::random(world.f.rng()))
                .has_value());
    CHECK(world.opening() == "ST-0051");
    CHECK(error_of(world.rotate()) == "ST-0051");
    // A store of before it knew its key: what is sealed tells.
    const auto connection = test.database().connect(Access::kWrite);
    REQUIRE(connection.has_value());
    REQUIRE((*connection)->run_script("delete from meta where name = 'master_key'").has_value());
    CHECK(world.opening() == "ST-0021");
    fs::rename(lost, world.file("master.key"));
    CHECK(world.opening() == "none");
    world.check_sound();
  });
}

TEST_CASE("rotation: the master key may be handed over by the system, and the right one is taken") {
  TestDatabase test(Dialect::Kind::kSqlite);
  World world(test);
  KeyPlaces places = world.places();
  places.credential = test.folder() + "/zicht-master.key";
  fs::rename(world.file("master.key"), places.credential);
  REQUIRE(chmod(places.credential.c_str(), 0440) == 0);  // as systemd does, for one user
  CHECK(world.opening() == "ST-0050");
  CHECK(world.opening(places) == "none");
  const auto rotation =
      rotate_master_key(test.database(), world.order(places), world.f.clock(), world.f.rng());
  REQUIRE(rotation.has_value());
  CHECK(fs::exists(world.file("master.key")));
  CHECK(world.opening(places) == "none");
  world.check_sound();

  const TestDatabase other(Dialect::Kind::kSqlite);
  SeededRng rng(1);
  const KeyPlaces fresh{.folder = other.folder() + "/keys", .credential = places.credential};
  const auto made = KeyFolder::open_or_create(fresh, rng);
  REQUIRE(made.has_value());
  CHECK(made->master().bytes() == contents(places.credential));
  CHECK_FALSE(fs::exists(fresh.folder + "/master.key"));
}

}  // namespace zicht::store
