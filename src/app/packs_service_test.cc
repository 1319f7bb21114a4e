// PacksService over the store in memory, with the sample pack and small changes of its text.
#include "app/packs_service.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "app/engine_entries.h"
#include "app/testing/counting_feed.h"
#include "app/testing/fake_store.h"
#include "app/testing/unreadable_pack.h"
#include "packs/testing/folders.h"

namespace zicht::app {
namespace {

struct World {
  ManualClock clock{*Instant::parse("2026-01-31T09:00:00Z")};
  testing::FakeStore store{clock};
  testing::CountingFeed feed;
  PacksService packs{store, feed};

  Activation activate(const PackFiles& files) { return packs.activate({files}, "system"); }
  std::string active_hash() const {
    const auto pack = packs.rules()->packs.active("sample");
    return pack == nullptr ? "" : pack->hash;
  }
};

PackFiles changed(const std::string& path, const std::string& from, const std::string& to) {
  PackFiles files = packs::testing::sample_files();
  const auto at = files.at(path).find(from);
  REQUIRE(at != std::string::npos);
  files.at(path).replace(at, from.size(), to);
  return files;
}

// The sample with a larger version number, and one more change.
PackFiles next_version(const std::string& path, const std::string& from, const std::string& to) {
  PackFiles files = changed(path, from, to);
  auto& head = files.at("pack.yaml");
  const auto at = head.find("version: ");
  REQUIRE(at != std::string::npos);
  head.replace(at, head.find('\n', at) - at, "version: 9.0.0");
  return files;
}

bool has(const std::vector<Diagnostic>& diagnostics, const std::string& file) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& one) {
    return one.file == file && one.line > 0 && one.severity == Severity::kError;
  });
}

}  // namespace

TEST_CASE("packs service: an activated pack judges at once and tells the feed") {
  World world;
  const auto outcome = world.activate(packs::testing::sample_files());
  REQUIRE_FALSE(outcome.error);
  CHECK(outcome.activated.size() == 1);
  CHECK(world.active_hash() == packs::hash_of_files(packs::testing::sample_files()));
  CHECK(world.feed.packs == 1);
}

TEST_CASE("packs service: activating the active version again writes nothing") {
  World world;
  REQUIRE_FALSE(world.activate(packs::testing::sample_files()).error);
  const auto entries = world.store.entry_count();
  const auto again = world.activate(packs::testing::sample_files());
  CHECK_FALSE(again.error);
  CHECK(again.activated.empty());
  CHECK(world.store.entry_count() == entries);
}

TEST_CASE("packs service: a broken pack changes nothing and names file and line") {
  World world;
  REQUIRE_FALSE(world.activate(packs::testing::sample_files()).error);
  const auto before = world.active_hash();
  const auto entries = world.store.entry_count();
  const auto outcome = world.activate(next_version("forms/tool.yaml", "type: text", "type: texxt"));
  REQUIRE(outcome.error);
  CHECK(outcome.error->id == "AP-0030");
  CHECK(has(outcome.diagnostics, "sample/forms/tool.yaml"));
  CHECK(world.active_hash() == before);
  CHECK(world.store.entry_count() == entries);
}

TEST_CASE("packs service: a breaking change is refused, also when only rehearsed") {
  World world;
  REQUIRE_FALSE(world.activate(packs::testing::sample_files()).error);
  const auto files =
      next_version("forms/tool.yaml", "pieces: {type: integer", "pieces: {type: decimal");
  CHECK(world.packs.rehearse({files}).error->id == "AP-0031");
  const auto outcome = world.activate(files);
  REQUIRE(outcome.error);
  CHECK(outcome.error->id == "AP-0031");
  CHECK_FALSE(outcome.diagnostics.empty());
}

TEST_CASE("packs service: yesterday's version stays readable after another is activated") {
  World world;
  REQUIRE_FALSE(world.activate(packs::testing::sample_files()).error);
  const auto before = world.active_hash();
  const auto outcome =
      world.activate(next_version("forms/tool.yaml", "nl: Naam,", "nl: Benaming,"));
  REQUIRE_FALSE(outcome.error);
  CHECK(world.active_hash() != before);
  const auto old = world.packs.rules()->packs.version(before);
  REQUIRE(old != nullptr);
  CHECK(old->find_form("tool")->find_field("name")->label.nl == "Naam");
  CHECK(world.packs.rules()
            ->packs.active("sample")
            ->find_form("tool")
            ->find_field("name")
            ->label.nl == "Benaming");
}

TEST_CASE("packs service: another server sees an activation when it looks") {
  World world;
  testing::CountingFeed feed;
  PacksService other(world.store, feed);
  REQUIRE(other.reload().has_value());
  CHECK_FALSE(*other.reload_if_changed());
  REQUIRE_FALSE(world.activate(packs::testing::sample_files()).error);
  CHECK(*other.reload_if_changed());
  CHECK(feed.packs == 1);
  CHECK(other.rules()->id == world.packs.rules()->id);
  CHECK_FALSE(*other.reload_if_changed());
}

TEST_CASE("packs service: what another server activated counts before anything is compared") {
  World world;
  testing::CountingFeed feed;
  PacksService other(world.store, feed);
  REQUIRE(other.reload().has_value());
  REQUIRE_FALSE(world.activate(packs::testing::sample_files()).error);
  const auto outcome = other.activate(
      {next_version("forms/tool.yaml", "pieces: {type: integer", "pieces: {type: decimal")},
      "system");
  REQUIRE(outcome.error);
  CHECK(outcome.error->id == "AP-0031");
}

TEST_CASE("packs service: the calendar is configured by a payload, every problem at once") {
  World world;
  REQUIRE(world.packs.reload().has_value());
  const Json good = *parse_json(
      R"({"designated":[{"date":"2026-05-04","name":{"nl":"Dag","en":"Day"},"source":"besluit"}],
          "recess":[{"first":"2026-07-03","last":"2026-08-31","source":"Kamer"}]})");
  REQUIRE(world.packs.configure_calendar(good, "system").has_value());
  CHECK_FALSE(world.packs.rules()->calendar.is_working_day(Date::of(2026, 5, 4)));
  const auto refused = world.packs.configure_calendar(
      *parse_json(R"({"designated":[{"date":"2026-02-31","name":"x"}],"recess":7})"), "system");
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().id == "AP-0033");
  CHECK(refused.error().problems.size() >= 4);
}

TEST_CASE("packs service: versions and files are for administrator and auditor only") {
  World world;
  REQUIRE_FALSE(world.activate(packs::testing::sample_files()).error);
  Caller auditor;
  auditor.account = "a";
  auditor.roles = {std::string(model::kAuditor)};
  CHECK(world.packs.versions(auditor, "sample")->find(world.active_hash()) != std::string::npos);
  CHECK(world.packs.files(auditor, "sample", world.active_hash())->find("forms/tool.yaml") !=
        std::string::npos);
  CHECK(world.packs.versions({}, "sample").error().id == "AP-0002");
  CHECK(world.packs.files({}, "sample", world.active_hash()).error().id == "AP-0002");
  CHECK(world.packs.versions(auditor, "nothing").error().id == "AP-0005");
}

TEST_CASE("packs service: an active version that cannot be read is told; other packs work") {
  World world;
  REQUIRE_FALSE(world.activate(packs::testing::sample_files()).error);
  Unit unit;
  unit.actor = "system";
  unit.entries.push_back(engine_entry(model::kPackStored, "gone", "h1", "system",
                                      json::object{{"pack", "gone"},
                                                   {"version", "1.0.0"},
                                                   {"hash", "h1"},
                                                   {"files", json::object{{"pack.yaml", "?"}}}}));
  REQUIRE(world.store.append_and_wait(unit).has_value());
  CHECK(world.packs.reload().has_value());
  unit.entries = {engine_entry(model::kPackActivated, "gone", "h1", "system",
                               json::object{{"pack", "gone"}, {"hash", "h1"}})};
  REQUIRE(world.store.append_and_wait(unit).has_value());
  REQUIRE(world.packs.reload().has_value());
  const auto rules = world.packs.rules();
  REQUIRE(rules->unreadable.size() == 1);
  CHECK(rules->unreadable[0].pack == "gone");
  CHECK(rules->unreadable[0].version == "1.0.0");
  CHECK(rules->unreadable[0].last_readable == nullptr);
  CHECK(has(rules->unreadable[0].diagnostics, "gone/pack.yaml"));
  CHECK(world.active_hash() != "");
  CHECK(unknown_form(*rules, "gone/form").id == "AP-0032");
  CHECK(unknown_form(*rules, "sample/form").id == "AP-0003");
}

TEST_CASE("packs service: the version before an unreadable one does not judge; a mended one does") {
  World world;
  REQUIRE_FALSE(world.activate(packs::testing::sample_files()).error);
  const std::string first = world.active_hash();
  testing::activate_unreadable(world.store, "sample", packs::testing::sample_files());
  REQUIRE(world.packs.reload().has_value());
  CHECK(world.active_hash() == "");
  REQUIRE(world.packs.rules()->unreadable.size() == 1);
  CHECK(world.packs.rules()->unreadable[0].last_readable->hash == first);
  CHECK(has(world.packs.rules()->unreadable[0].diagnostics, "sample/forms/later.yaml"));

  // Also the very version before it is an activation of its own again.
  REQUIRE_FALSE(world.activate(packs::testing::sample_files()).error);
  CHECK(world.active_hash() == first);
  CHECK(world.packs.rules()->unreadable.empty());
}

}  // namespace zicht::app
