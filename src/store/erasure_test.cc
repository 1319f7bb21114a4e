// An erased person is gone from tables, journal, index and log; what is left is a tombstone.
// Method: two children with notes, one of both, and an account, each text a word that occurs
// nowhere else; on both databases one child is erased, every byte on disk is searched, and a
// rebuild must find the same tables.
#include "store/erasure.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

#include "base/ids.h"
#include "store/erasure_list.h"
#include "store/testing/care_entries.h"
#include "store/testing/care_pack.h"
#include "store/testing/postgres_cluster.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::care_pack;
using testing::StoreFixture;
using testing::TestDatabase;

std::string error_of(const auto& result) {
  return result.has_value() ? "none" : result.error().id;
}

// As it is found among those that nobody changed since.
ErasedRecord listed(SqlStore& store, const model::Record& record, Instant now) {
  const auto unchanged = store.unchanged_since(record.form, now);
  REQUIRE(unchanged.has_value());
  for (const app::UnchangedRecord& each : *unchanged) {
    if (each.record.record == record.id) return each.record;
  }
  FAIL("not among the unchanged ones");
  return {};
}

struct World {
  explicit World(TestDatabase& test) : f(test) {
    // Tests share a cluster, so each world has words of its own.
    static int worlds = 0;
    tag = "world" + std::to_string(++worlds) + "x";
    REQUIRE(f.store().prepare_forms(care_pack()).has_value());
    ann = add("child", {{"name", gone("ann")},
                        {"address", gone("street")},
                        {"languages", json::array{gone("tongue")}}});
    bob = add("child", {{"name", kept("bob")}});
    hers = add("note", {{"children", json::array{ann.id}}, {"text", gone("note")}});
    both = add("note", {{"children", json::array{ann.id, bob.id}}, {"text", kept("note")}});
    open_break(hers, {ann.id}, gone("reason"));
    open_break(both, {ann.id, bob.id}, kept("reason"));
    put_entry(model::kHandoverOffered, ann.id, {ann.id},
              {{"basis", gone("law")}, {"form", ann.form}, {"forms", json::array{}},
               {"from", "2025-01-01"}, {"gives_up", true}, {"handover", tag + "keptoffer"},
               {"reason", gone("moved")}, {"receiver", "next"}});
    put_entry(model::kHandoverAccepted, ann.id, {ann.id},
              {{"handover", tag + "keptoffer"}, {"reason", gone("welcome")}});
    ann.title = gone("annabel");
    ann.fields.as_object()["name"] = ann.title;
    change(ann);
    hers.fields.as_object()["text"] = gone("again");
    change(hers);
    REQUIRE(error_of(put_account("account-2", gone("login"))) == "none");
    REQUIRE(f.store().credentials().put_credential(credential()).has_value());
    REQUIRE(f.store()
                .outbox()
                .put_mail_preference(
                    {"account-2", app::MailWish::kDaily, gone("mail") + "@mail.example", "nl"})
                .has_value());
  }

  // A word of who is erased, and one that stays.
  std::string gone(const std::string& word) { return canaries.emplace_back(tag + "gone" + word); }
  std::string kept(const std::string& word) const { return tag + "kept" + word; }

  // Somebody breaks a record, and it is looked at.
  void open_break(const model::Record& broken, std::vector<std::string> persons,
                  const std::string& reason) {
    const json::object payloads[] = {
        {{"break", broken.id},  {"form", broken.form},  {"hours", 8},
         {"reason", reason},    {"report", "reviewer"}, {"role", "worker"},
         {"what_en", "Review"}, {"what_nl", "Kijk na"}},
        {{"break", broken.id}},
        {{"break", broken.id}, {"note", reason}, {"outcome", "justified"}}};
    const std::string_view kinds[] = {model::kBreakOpened, model::kBreakEnded,
                                      model::kBreakReviewed};
    for (std::size_t i = 0; i < std::size(kinds); ++i) {
      put_entry(kinds[i], broken.id, persons, payloads[i]);
    }
  }

  void put_entry(std::string_view kind, const std::string& record,
                 std::vector<std::string> persons, json::object payload) {
    f.clock().advance_microseconds(1000);
    REQUIRE(error_of(f.store().append_and_wait(testing::entry_about(
                kind, record, std::move(persons), std::move(payload)))) == "none");
  }

  static app::Credential credential() {
    app::Credential made;
    made.account = "account-2";
    made.password_hash = "hash";
    made.totp_secret = "12345678901234567890";
    return made;
  }

  Result<app::Receipt> put_account(const std::string& id, const std::string& login) {
    app::Unit unit;
    unit.actor = "account-1";
    unit.purpose = "operate";
    model::Entry& entry = unit.entries.emplace_back();
    entry.organisation = "org";
    entry.subject = id;
    entry.kind = model::kAccountPut;
    entry.retention = "permanent";
    entry.payload = {{"account", id},           {"person", login + "person"},
                     {"login", login},          {"name", login + "name"},
                     {"organisation", "org"},   {"roles", json::array{"care/client"}},
                     {"active", true},          {"demo", false},
                     {"subject", ann.id}};
    unit.idempotency = {"key-of-" + tag + id, "request-of-" + tag + id};
    f.clock().advance_microseconds(1000);
    return f.store().append_and_wait(std::move(unit));
  }

  model::Record record(const std::string& form, json::object fields) {
    model::Record made;
    made.id = PublicId::random(f.rng()).to_string();
    made.organisation = "org";
    made.form = "care/" + form;
    made.pack_hash = care_pack().hash;
    made.version = 1;
    made.audience = model::Sensitivity::kInternal;
    made.valid_from = Date::of(2025, 1, 1);
    const Json* name = fields.if_contains("name");
    made.title = std::string((name == nullptr ? fields.at("text") : *name).get_string());
    made.fields = std::move(fields);
    return made;
  }
  model::Record add(const std::string& form, json::object fields) {
    model::Record made = record(form, std::move(fields));
    app::Unit unit = testing::unit_of(made, "created");
    unit.idempotency = {"key-of-" + tag + made.id, "request-of-" + tag + made.id};
    f.clock().advance_microseconds(1000);
    const auto put = f.store().append_and_wait(std::move(unit));
    REQUIRE(put.has_value());
    return made;
  }
  void change(model::Record& changed) {
    ++changed.version;
    f.put(changed);
  }
  ErasureOrder order(std::vector<std::string> keep = {}) const {
    return {.person = ann.id, .actor = "account-1", .reason = "asked", .keep = std::move(keep)};
  }
  void check_sound() {
    const auto verified = f.store().verify_journal();
    REQUIRE(verified.has_value());
    CHECK(verified->as_object().at("problems").as_array().empty());
    const auto compared = f.store().rebuild_check();
    REQUIRE(compared.has_value());
    CAPTURE(compared->differences);
    CHECK(compared->is_equal());
  }

  StoreFixture f;
  std::string tag;
  std::vector<std::string> canaries;
  model::Record ann, bob, hers, both;
};

}  // namespace

TEST_CASE("erasure: what is about one person alone goes, what is about others too stays") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    SqlStore& store = world.f.store();
    CHECK(error_of(store.plan_erasure("nobody")) == "ST-0043");
    CHECK(error_of(store.plan_erasure(world.hers.id)) == "ST-0043");
    const auto plan = store.plan_erasure(world.ann.id);
    REQUIRE(plan.has_value());
    CHECK(plan->records.size() == 2);
    REQUIRE(plan->shared.size() == 1);
    CHECK(plan->shared[0].record == world.both.id);
    CHECK(error_of(store.erase_person(world.order())) == "ST-0044");
    CHECK(store.record(world.ann.id, {}).has_value());

    REQUIRE(store.erase_person(world.order({world.both.id})).has_value());
    CHECK(error_of(store.erase_person(world.order({world.both.id}))) == "ST-0041");
    CHECK_FALSE(store.record(world.ann.id, {}).has_value());
    CHECK_FALSE(store.record(world.hers.id, {}).has_value());
    CHECK(store.record(world.bob.id, {}).has_value());
    const auto kept = store.history(world.both.id, 10, std::nullopt);
    REQUIRE(kept.has_value());
    CHECK(kept->front().record.fields == world.both.fields);
    world.check_sound();
    world.change(world.both);
    world.check_sound();
    REQUIRE(store.rebuild().has_value());
    world.check_sound();
  });
}

TEST_CASE("erasure: nothing is written about an erased person any more") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    REQUIRE(world.f.store().erase_person(world.order({world.both.id})).has_value());
    ++world.hers.version;
    CHECK(error_of(world.f.try_put(world.hers)) == "ST-0042");
    const auto late = world.record(
        "note", {{"children", json::array{world.ann.id}}, {"text", "late"}});
    CHECK(error_of(world.f.try_put(late)) == "ST-0040");
    const auto shared = world.record(
        "note", {{"children", json::array{world.ann.id, world.bob.id}}, {"text", "late"}});
    CHECK(world.f.try_put(shared).has_value());
    world.f.reopen();
    REQUIRE(world.f.store().prepare_forms(care_pack()).has_value());
    CHECK(world.f.store().record(shared.id, {}).has_value());
    world.check_sound();
  });
}

TEST_CASE("erasure: the account of the person goes too, and nobody signs in with what is left") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    SqlStore& store = world.f.store();
    const auto plan = store.plan_erasure(world.ann.id);
    REQUIRE(plan.has_value());
    REQUIRE(plan->accounts.size() == 1);
    CHECK(plan->accounts[0].account == "account-2");
    REQUIRE(store.erase_person(world.order({world.both.id})).has_value());
    const auto left = store.find_account("account-2");
    REQUIRE((left.has_value() && left->has_value()));
    CHECK((*left)->login == "erased:account-2");
    CHECK((*left)->name == "Gewist / Erased");
    CHECK((*left)->organisation == "org");
    CHECK_FALSE((*left)->is_active);
    CHECK((*left)->roles.empty());
    CHECK((*left)->subject.empty());
    const auto credential = store.credentials().credential("account-2");
    REQUIRE(credential.has_value());
    CHECK_FALSE(credential->has_value());
    const auto wishes = store.outbox().mail_preferences();
    REQUIRE(wishes.has_value());
    CHECK(wishes->empty());
    CHECK(error_of(world.put_account("account-2", "again")) == "ST-0045");
    world.check_sound();
    REQUIRE(store.rebuild().has_value());
    world.check_sound();
  });
}

// Which of these texts are somewhere on disk.
std::vector<std::string> found(const TestDatabase& test, const std::vector<std::string>& texts) {
  const std::string bytes = test.bytes_on_disk();
  std::vector<std::string> found;
  for (const std::string& text : texts) {
    if (bytes.find(text) != std::string::npos) found.push_back(text);
  }
  return found;
}

TEST_CASE("erasure: no byte of the person is left, in clear or under a key that is still there") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    // A refused row, and samples of columns for the planner, leave copies elsewhere.
    CHECK(error_of(world.put_account("account-3", world.tag + "gonelogin")) != "none");
    const auto connection = test.database().connect(Access::kWrite);
    REQUIRE(connection.has_value());
    REQUIRE((*connection)->run_script("analyze").has_value());
    const std::vector<std::string> in_clear{world.tag + "goneann", world.tag + "gonelogin",
                                            world.kept("bob")};
    CHECK(found(test, in_clear) == in_clear);
    REQUIRE(world.f.store().erase_person(world.order({world.both.id})).has_value());
    REQUIRE(world.f.store().wipe_removed().has_value());
    std::vector<std::string> canaries = world.canaries;
    for (const std::string& id : {world.ann.id, world.hers.id, std::string("account-2")}) {
      canaries.push_back("key-of-" + world.tag + id);
    }
    for (const std::string& left : found(test, canaries)) {
      CAPTURE(test.name());
      CAPTURE(left);
      CHECK(left.empty());
    }
    CHECK(found(test, {world.kept("bob")}).size() == 1);
    world.check_sound();
  });
}

TEST_CASE("erasure: a role that may make no schema wipes what it erased all the same") {
  TestDatabase test = TestDatabase::of_plain_role();
  CHECK_FALSE(test.database().scratch().has_value());
  World world(test);
  const std::vector<std::string> in_clear{world.tag + "goneann", world.tag + "gonelogin"};
  CHECK(found(test, in_clear) == in_clear);
  REQUIRE(world.f.store().erase_person(world.order({world.both.id})).has_value());
  REQUIRE(world.f.store().wipe_removed().has_value());
  CHECK(found(test, world.canaries).empty());
}

std::string text_of(TestDatabase& test, const std::string& sql) {
  auto connection = test.database().connect(Access::kRead);
  REQUIRE(connection.has_value());
  auto rows = (*connection)->query(sql);
  REQUIRE((rows.has_value() && rows->next()));
  return std::string(rows->text(0));
}

TEST_CASE("erasure: a role that may not wipe a table is told so before anything is destroyed") {
  TestDatabase test = TestDatabase::of_plain_role();
  World world(test);
  SqlStore& store = world.f.store();
  const std::string keys = "select string_agg(key_id || record::text, '' order by key_id, record)"
                           " from record_keys";
  const std::string before = text_of(test, keys);
  const std::string schema = text_of(test, "select current_schema()::text");
  const std::string table = schema + ".team_members";
  const auto& cluster = testing::PostgresCluster::shared();
  cluster.administer({"alter table " + table + " owner to postgres",
                      "grant all on " + table + " to " + schema,
                      "create table " + schema + ".not_ours (name text)"});
  world.f.clock().advance_microseconds(1000);
  const ErasedRecord hers = listed(store, world.hers, world.f.clock().now());
  CHECK(error_of(store.erase_person(world.order({world.both.id}))) == "ST-0081");
  CHECK(error_of(store.expire_records("account-1", {hers})) == "ST-0081");
  CHECK(text_of(test, keys) == before);
  CHECK(store.record(world.ann.id, {}).has_value());
  // A table that is nothing to Zicht may be anybody's.
  cluster.administer({"alter table " + table + " owner to " + schema});
  CHECK(store.expire_records("account-1", {hers}) == 1);
  CHECK(store.wipe_removed().has_value());
}

TEST_CASE("erasure: records whose retention ended go by themselves, a person only when alone") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    SqlStore& store = world.f.store();
    ErasureOrder alone = world.order({world.both.id});
    alone.unchanged = ErasedRecord{.record = world.ann.id,
                                   .form = world.ann.form,
                                   .organisation = world.ann.organisation,
                                   .version = world.ann.version};
    CHECK(error_of(store.erase_person(alone)) == "ST-0047");
    world.f.clock().advance_microseconds(1000);
    const Instant now = world.f.clock().now();
    CHECK(store.unchanged_since("care/child", now)->empty());
    const auto unchanged = store.unchanged_since("care/note", now);
    REQUIRE(unchanged.has_value());
    REQUIRE(unchanged->size() == 2);
    const bool is_first = (*unchanged)[0].record.record == world.hers.id;
    ErasedRecord hers = (*unchanged)[is_first ? 0 : 1].record;
    const Instant changed_at = (*unchanged)[is_first ? 0 : 1].changed_at;
    CHECK(store.unchanged_since("care/note", changed_at)->size() == 1);
    ++hers.version;
    CHECK(store.expire_records("account-1", {hers}) == 0);
    --hers.version;
    CHECK(store.expire_records("account-1", {hers}) == 1);
    CHECK(store.expire_records("account-1", {hers}) == 0);
    CHECK_FALSE(store.record(world.hers.id, {}).has_value());
    CHECK(store.record(world.ann.id, {}).has_value());
    CHECK(store.record(world.both.id, {}).has_value());
    ++world.hers.version;
    CHECK(error_of(world.f.try_put(world.hers)) == "ST-0042");
    world.check_sound();
    REQUIRE(store.wipe_removed().has_value());
    CHECK(found(test, {world.tag + "gonenote", world.tag + "goneagain"}).empty());
    REQUIRE(store.rebuild().has_value());
    world.check_sound();
  });
}

TEST_CASE("erasure: a person that changed after the look, or about whom more came, stays") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    SqlStore& store = world.f.store();
    model::Record carl = world.add("child", {{"name", "Carl"}});
    world.f.clock().advance_microseconds(1000);
    const ErasedRecord seen = listed(store, carl, world.f.clock().now());
    carl.fields.as_object()["name"] = "Karel";
    world.change(carl);
    CHECK(store.expire_person("account-1", seen) == false);
    CHECK(store.record(carl.id, {})->fields.at("name") == "Karel");
    world.f.clock().advance_microseconds(1000);
    const ErasedRecord again = listed(store, carl, world.f.clock().now());
    const model::Record note =
        world.add("note", {{"children", json::array{carl.id, world.bob.id}}, {"text", "Samen"}});
    CHECK(store.expire_person("account-1", again) == false);
    CHECK(store.record(carl.id, {}).has_value());
    CHECK(store.record(note.id, {}).has_value());
    const model::Record dora = world.add("child", {{"name", "Dora"}});
    world.f.clock().advance_microseconds(1000);
    CHECK(store.expire_person("account-1", listed(store, dora, world.f.clock().now())) == true);
    CHECK_FALSE(store.record(dora.id, {}).has_value());
    world.check_sound();
  });
}

TEST_CASE("erasure: who is there again from an older back-up is erased again from the list") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    const std::string list = world.f.erasure_list();
    // As after restoring: the list knows an erasure that the database does not.
    REQUIRE(list_erasure(list, {world.ann.id, "account-1", "2025-12-01"}).has_value());
    REQUIRE(list_erasure(list, {"made-later", "account-1", "2025-12-01"}).has_value());
    REQUIRE(world.f.store().erase_again() == 1);
    CHECK(error_of(world.f.store().plan_erasure(world.ann.id)) == "ST-0041");
    CHECK(world.f.store().record(world.both.id, {}).has_value());
    CHECK(world.f.store().erase_again() == 0);
    CHECK(found(test, world.canaries).empty());
    world.check_sound();
  });
}

TEST_CASE("erasure: a list that was cut off still says what it says, a wrong one stops") {
  TestDatabase test(Dialect::Kind::kSqlite);
  World world(test);
  const std::string list = world.f.erasure_list();
  REQUIRE(world.f.store().erase_person(world.order({world.both.id})).has_value());
  std::ofstream(list, std::ios::app) << "{\"person\":\"cut of";
  REQUIRE(list_erasure(list, {"another", "account-1", "2025-12-01"}).has_value());
  REQUIRE(list_erasure(list, {"another", "account-1", "2025-12-01"}).has_value());
  const auto listed = listed_erasures(list);
  REQUIRE(listed.has_value());
  REQUIRE(listed->size() == 2);
  CHECK((*listed)[0].person == world.ann.id);
  CHECK((*listed)[0].decided_by == "account-1");
  std::ofstream(list, std::ios::app) << "{\"person\":7}\n";
  CHECK(error_of(world.f.store().erase_again()) == "ST-0046");
  CHECK(error_of(list_erasure(test.folder() + "/nowhere/list", {})) == "ST-0046");
}

// Gives the record, as a next version of it, a file of these words; its id.
std::string add_file(World& world, model::Record& record, const std::string& words) {
  const app::FileMeta file{.id = PublicId::random(world.f.rng()).to_string(),
                           .name = words + ".txt",
                           .type = "text/plain",
                           .size = static_cast<std::int64_t>(words.size())};
  REQUIRE(world.f.store().files().put_upload(file, "account-1", words).has_value());
  ++record.version;
  app::Unit unit = testing::unit_of(record, "changed");
  unit.actor = "account-1";
  unit.records.front().files = {file.id};
  world.f.clock().advance_microseconds(1000);
  REQUIRE(world.f.store().append_and_wait(std::move(unit)).has_value());
  return file.id;
}

std::int64_t rows_of(TestDatabase& test, const std::string& table, const std::string& file) {
  auto connection = test.database().connect(Access::kRead);
  REQUIRE(connection.has_value());
  auto rows = (*connection)->query("select 1 from " + table + " where file = $1", {file});
  REQUIRE(rows.has_value());
  std::int64_t count = 0;
  while (rows->next()) ++count;
  return count;
}

TEST_CASE("erasure: the files of a person go with the records, those of others stay") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    const std::string gone = add_file(world, world.hers, "canaryletter");
    const std::string kept = add_file(world, world.both, "keepletter");
    app::FileStore& files = world.f.store().files();
    const app::FileMeta waits{.id = PublicId::random(world.f.rng()).to_string(),
                              .name = world.gone("waits") + ".txt",
                              .type = "text/plain",
                              .size = 4};
    REQUIRE(files.put_upload(waits, "account-2", "mine").has_value());
    REQUIRE(files.open(gone, world.hers.id).has_value());
    REQUIRE(world.f.store().erase_person(world.order({world.both.id})).has_value());
    REQUIRE(world.f.store().wipe_removed().has_value());
    CHECK(files.open(gone, world.hers.id).error().id == "ST-0060");
    CHECK(files.waiting("account-2")->files == 0);
    CHECK(rows_of(test, "file_pieces", waits.id) == 0);
    for (const std::string table : {"file_pieces", "file_keys"}) {
      CHECK(rows_of(test, table, gone) == 0);
      CHECK(rows_of(test, table, kept) == 1);
    }
    auto pieces = files.open(kept, world.both.id);
    REQUIRE(pieces.has_value());
    std::string piece;
    REQUIRE((*pieces)(piece).has_value());
    CHECK(piece == "keepletter");
    world.check_sound();
  });
}

TEST_CASE("erasure: an entry whose key is gone without an erasure stops a rebuild") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    auto connection = test.database().connect(Access::kWrite);
    REQUIRE(connection.has_value());
    REQUIRE((*connection)->run_script("delete from record_keys").has_value());
    world.f.reopen();
    REQUIRE(world.f.store().prepare_forms(care_pack()).has_value());
    CHECK(error_of(world.f.store().rebuild_check()) == "ST-0024");
  });
}

}  // namespace zicht::store
