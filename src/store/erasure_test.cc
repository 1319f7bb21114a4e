// An erased person is gone from tables, journal, index and log; what is left is a tombstone.
// Method: two children with notes, one of both, each text a word that occurs nowhere else; on both
// databases one child is erased, the bytes of the data folder are searched (SQLite), and a rebuild
// must find the same tables.
#include "store/erasure.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/ids.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::StoreFixture;
using testing::TestDatabase;

model::Field text_field(const std::string& id, model::Sensitivity sensitivity) {
  model::Field field;
  field.id = id;
  field.type = model::FieldType::kText;
  field.sensitivity = sensitivity;
  field.is_searchable = field.is_filterable = sensitivity == model::Sensitivity::kInternal;
  return field;
}

model::Pack care_pack() {
  model::Form child;
  child.id = "child";
  child.pack = "care";
  child.subject = "person";
  child.is_person = true;
  child.basis.retention = "P20Y";
  model::Field languages = text_field("languages", model::Sensitivity::kInternal);
  languages.is_many = true;
  child.fields = {text_field("name", model::Sensitivity::kInternal),
                  text_field("address", model::Sensitivity::kSecret), languages};
  model::Form note = child;
  note.id = "note";
  note.is_person = false;
  note.about = {"children"};
  model::Field children;
  children.id = "children";
  children.type = model::FieldType::kReference;
  children.is_many = children.is_filterable = true;
  note.fields = {children, text_field("text", model::Sensitivity::kInternal)};
  model::Pack pack;
  pack.id = "care";
  pack.version = "1.0.0";
  pack.hash = std::string(64, 'd');
  pack.forms = {child, note};
  return pack;
}

struct World {
  explicit World(TestDatabase& test) : f(test) {
    REQUIRE(f.store().prepare_forms(care_pack()).has_value());
    ann = add("child", {{"name", "Canaryann"},
                        {"address", "Canarystreet"},
                        {"languages", json::array{"canarytongue"}}});
    bob = add("child", {{"name", "Keepbob"}});
    hers = add("note", {{"children", json::array{ann.id}}, {"text", "canarynote"}});
    both = add("note", {{"children", json::array{ann.id, bob.id}}, {"text", "keepnote"}});
    ann.fields.as_object()["name"] = "Canaryannabel";
    ann.title = "Canaryannabel";
    change(ann);
    hers.fields.as_object()["text"] = "canaryagain";
    change(hers);
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
    unit.idempotency = {"key-of-" + made.id, "request-of-" + made.id};
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
  model::Record ann, bob, hers, both;
};

std::string error_of(const auto& result) {
  return result.has_value() ? "none" : result.error().id;
}

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
    CHECK(kept->front().record.fields.at("text") == "keepnote");
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

TEST_CASE("erasure: no byte of the person is left, in clear or under a key that is still there") {
  testing::on_both([](TestDatabase& test) {
    World world(test);
    const bool is_sqlite = test.database().dialect().kind == Dialect::Kind::kSqlite;
    const auto has = [&](std::string_view canary) {
      return test.bytes_on_disk().find(canary) != std::string::npos;
    };
    if (is_sqlite) CHECK(has("Canaryann"));
    REQUIRE(world.f.store().erase_person(world.order({world.both.id})).has_value());
    REQUIRE(world.f.store().wipe_removed().has_value());
    for (const std::string& canary :
         {std::string("anary"), "key-of-" + world.ann.id, "key-of-" + world.hers.id}) {
      CAPTURE(canary);
      CHECK_FALSE(has(canary));
    }
    if (is_sqlite) CHECK(has("eepbob"));
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
