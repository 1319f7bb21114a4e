// Published editions as folders: what is in them, that nothing that is withheld is, and that the
// audit from outside, of the folders alone, agrees with the one that publishes on random editions.
#include "app/edition_releases.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "app/internal/protected_figures.h"
#include "app/internal/public_tables.h"
#include "app/testing/record_world.h"
#include "base/executor.h"
#include "base/rng.h"
#include "packs/yaml_json.h"
#include "stats/disclosure/release_audit.h"

namespace zicht::app {
namespace {

using internal::CountedTable;
using testing::RecordWorld;

constexpr const char* kFlatRoof =
    R"({"what":"dak","shape":"flat","is_green":true,"leaks":1,"surface":"10"})";
constexpr const char* kRoundRoof =
    R"({"what":"dak","shape":"round","is_green":false,"leaks":2,"surface":"10"})";

constexpr const char* kCounted =
    "measure: {kind: count}\ndimensions:\n  shape: {field: shape}\n"
    "  green: {field: is_green}\n";
constexpr const char* kShared =
    "measure: {kind: share, of: leaks > 1}\ndimensions:\n"
    "  shape: {field: shape}\n  green: {field: is_green}\n";

// The pack of tests/packs/indicators, whose indicator `leaks` is protected; here it measures
// something else where that is said.
struct ReleasesWorld : RecordWorld {
  explicit ReleasesWorld(const std::string& measure = "") {
    packs::Files files = packs::testing::read_folder("tests/packs/indicators");
    std::string& leaks = files["indicators/leaks.yaml"];
    const auto from = leaks.find("measure:"), to = leaks.find("unit:");
    REQUIRE(from != std::string::npos);
    if (!measure.empty()) leaks.replace(from, to - from, measure);
    REQUIRE_FALSE(packs.activate({files}, "system").error);
  }

  static Caller editor(const char* name = "eva") {
    return person(name, "north", {"indicators/editor"});
  }
  static Caller keeper() { return person("kim", "north", {"indicators/keeper"}); }

  void roofs(int count, const char* fields) {
    for (int i = 0; i < count; ++i) make(keeper(), "indicators/roof", fields);
  }

  Document frozen(const std::string& day, const std::string& more = "") {
    Document edition = make(editor(), "indicators/edition", R"({"title":"Editie")" + more + "}");
    last_error = step(editor(), edition, "count",
                      R"({"reference_day":")" + day + R"(","explanation":"Zo is het"})");
    return edition;
  }
  std::string publish(Document& edition) { return step(editor("ed"), edition, "publish"); }

  Document published(const std::string& day, const std::string& more = "") {
    Document edition = frozen(day, more);
    REQUIRE(last_error == "");
    REQUIRE(publish(edition) == "");
    return edition;
  }

  std::vector<EditionRelease> releases() {
    auto made = edition_releases(store, *packs.rules());
    REQUIRE(made.has_value());
    return *std::move(made);
  }
  Json fields(const Document& edition) { return store.record(edition.id, {})->fields; }

  std::string last_error;
};

std::string text_in(const EditionRelease& release, const std::string& name) {
  for (const ReleasedFile& file : release.files) {
    if (file.name == name) return file.text;
  }
  FAIL("no file " << name);
  return "";
}

Json yaml_in(const std::string& text) {
  auto read = packs::json_from_yaml(text, "file.yaml");
  REQUIRE_MESSAGE(read.value.has_value(), text);
  return *std::move(read.value);
}

stats::CsvTable csv_in(const std::string& text) {
  auto csv = stats::CsvTable::parse(text);
  REQUIRE_MESSAGE(csv.has_value(), text);
  return *std::move(csv);
}

// As the command reads the folder.
stats::Release read(const EditionRelease& release) {
  const auto file = stats::release_from_json(yaml_in(text_in(release, "release.yaml")));
  REQUIRE(file.has_value());
  stats::Release made{.title = file->title, .edition = file->edition, .day = file->day};
  for (const stats::ReleaseEntry& entry : file->tables) {
    CHECK(entry.table.empty());
    const auto csv = csv_in(text_in(release, entry.published));
    const auto spec = stats::spec_from_json(yaml_in(text_in(release, entry.spec)));
    REQUIRE_MESSAGE(spec.has_value(), describe(spec.error()));
    made.tables.push_back(
        {.name = entry.name, .truth = csv, .spec = *spec, .published = csv, .is_outside = true});
  }
  return made;
}

stats::ReleaseAudit audited(const std::vector<stats::Release>& releases) {
  InlineExecutor here;
  auto found = stats::audit_release(releases, here);
  REQUIRE_MESSAGE(found.has_value(), describe(found.error()));
  return *std::move(found);
}

std::vector<stats::Release> read_all(const std::vector<EditionRelease>& releases) {
  std::vector<stats::Release> all;
  for (const EditionRelease& each : releases) all.push_back(read(each));
  return all;
}

TEST_CASE("edition releases: a folder for each published edition, clean with those before it") {
  ReleasesWorld world(kCounted);
  world.roofs(9, kFlatRoof);
  world.roofs(9, kRoundRoof);
  world.roofs(2, R"({"what":"dak","shape":"flat","leaks":3})");
  CHECK(world.releases().empty());
  static_cast<void>(world.frozen("2025-12-31"));
  CHECK(world.releases().empty());
  world.clock.set(*Instant::parse("2026-06-30T09:00:00Z"));
  const Document first = world.published("2026-01-31");
  for (int i = 0; i < 8; ++i) {
    world.make(ReleasesWorld::keeper(), "indicators/roof", kRoundRoof, "2026-03-01");
  }
  world.published("2026-06-30");
  world.published("2026-01-31", R"(,"difference":"x","corrected":")" + first.id + "\"");

  const auto releases = world.releases();
  REQUIRE(releases.size() == 3);
  CHECK(releases[0].folder == "indicators/edition/figures/2026-01-31");
  CHECK(releases[1].folder == "indicators/edition/figures/2026-01-31-2");
  CHECK(releases[2].folder == "indicators/edition/figures/2026-06-30");
  const auto all = read_all(releases);
  const auto found = audited(all);
  CAPTURE(found.text("en"));
  CHECK(found.is_clean());
  REQUIRE(all[2].tables.size() == 3);
  CHECK(text_in(releases[0], "roofs.csv").find("flat,(totaal),(totaal),published,11") !=
        std::string::npos);
  // Of two nobody knows whether they are green; and of nine it follows, so they are hidden too.
  const std::string leaks = text_in(releases[0], "leaks.csv");
  CHECK(leaks.find("(totaal),(totaal),published,20") != std::string::npos);
  CHECK(leaks.find("(totaal),(Niet bekend),hidden,\r\n") != std::string::npos);
  CHECK(std::count(leaks.begin(), leaks.end(), '\n') == 8);
}

TEST_CASE("edition releases: one row more than in the period before is nobody set apart") {
  ReleasesWorld world("period: {field: laid_on, by: half_year, which: previous}\n" +
                      std::string(kCounted));
  world.roofs(18, R"({"what":"dak","shape":"flat","leaks":1,"laid_on":"2025-12-31"})");
  world.roofs(19, R"({"what":"dak","shape":"flat","leaks":1,"laid_on":"2026-01-01"})");
  world.clock.set(*Instant::parse("2026-08-01T09:00:00Z"));
  world.published("2026-06-30");
  const Document second = world.published("2026-07-01");
  const auto releases = world.releases();
  REQUIRE(releases.size() == 2);
  CHECK(text_in(releases[0], "leaks.csv").find("flat,(totaal),published,18") != std::string::npos);
  CHECK(text_in(releases[1], "leaks.csv").find("flat,(totaal),published,19") != std::string::npos);
  const auto found = audited(read_all(releases));
  CAPTURE(found.text("en"));
  CHECK(found.is_clean());
  // What the edition before counted stands beside it, with its days: the question is the same.
  const Json figures = world.fields(second).at("figures");
  for (const Json& each : figures.at("indicators").as_array()) {
    if (each.at("name") != "indicators/leaks") continue;
    CHECK(each.at("total").at("before") == "18");
    CHECK(each.at("before_days") == json::object{{"first", "2025-07-01"}, {"last", "2025-12-31"}});
    CHECK(each.at("days") == json::object{{"first", "2026-01-01"}, {"last", "2026-06-30"}});
  }
}

TEST_CASE("edition releases: two editions of one period are held together, whatever it is called") {
  const auto counted_as = [](const char* which, int rows, const char* day) {
    ReleasesWorld world("period: {field: laid_on, by: half_year, which: " + std::string(which) +
                        "}\n" + kCounted);
    world.roofs(rows, R"({"what":"dak","shape":"flat","leaks":1,"laid_on":"2026-01-31"})");
    world.clock.set(*Instant::parse("2026-08-01T09:00:00Z"));
    world.published(day);
    return read(world.releases().front());
  };
  const auto june = counted_as("current", 18, "2026-06-30");
  const auto july = counted_as("previous", 18, "2026-07-01");
  const auto one_more = counted_as("previous", 19, "2026-07-02");
  CHECK(audited({june, july}).is_clean());
  CHECK_FALSE(audited({july, one_more}).is_clean());
  CHECK_FALSE(audited({june, one_more}).is_clean());
}

TEST_CASE("edition releases: what is withheld is in no file, nor what was counted") {
  for (const char* measure : {"", kCounted, kShared,
                              "measure: {kind: sum, of: surface}\ndimensions:\n"
                              "  shape: {field: shape}\n  green: {field: is_green}\n"}) {
    ReleasesWorld world(measure);
    world.roofs(9, kFlatRoof);
    world.roofs(2, kRoundRoof);
    world.roofs(7, R"({"what":"dak","leaks":3,"surface":"10"})");
    world.published("2026-01-31");
    const auto releases = world.releases();
    REQUIRE(releases.size() == 1);
    CHECK(audited(read_all(releases)).is_clean());
    const std::string csv = text_in(releases[0], "leaks.csv");
    CAPTURE(csv);
    CHECK(csv.find("hidden,\r\n") != std::string::npos);
    for (const char* row : {"round,(totaal),published", "false,published", "false,ja,published"}) {
      CHECK(csv.find(row) == std::string::npos);
    }
    for (const ReleasedFile& file : releases[0].files) {
      CHECK(file.text.find("_rows") == std::string::npos);
      CHECK(file.text.find("truth") == std::string::npos);
    }
  }
}

TEST_CASE("edition releases: a hidden cell that is shown after all is found from outside") {
  ReleasesWorld world(kCounted);
  world.roofs(9, kFlatRoof);
  world.roofs(2, kRoundRoof);
  world.roofs(7, R"({"what":"dak","leaks":3})");
  world.published("2026-01-31");
  EditionRelease release = world.releases().front();
  REQUIRE(audited({read(release)}).is_clean());
  for (ReleasedFile& file : release.files) {
    const auto at =
        file.name == "leaks.csv" ? file.text.find("round,(totaal),hidden,\r\n") : std::string::npos;
    if (at != std::string::npos) file.text.replace(at, 24, "round,(totaal),published,2\r\n");
  }
  CHECK(audited({read(release)}).has(stats::FindingKind::kShown));
}

// ---------------------------------------------------------------- two judges

// The same tables with what was counted, as who publishes can write them.
stats::Release with_truth(const Json& fields, std::size_t number) {
  stats::Release release{.title = "t",
                         .edition = std::to_string(number),
                         .day = std::string(fields.at("figures").at("on").as_string())};
  for (const Json& each : fields.at("counted").at("tables").as_array()) {
    const auto table = CountedTable::from_json(each);
    REQUIRE(table.has_value());
    std::string spec = "{\"dimensions\": {";
    for (const std::string& column : table->dimensions) {
      spec += (spec.back() == '{' ? "\"" : ", \"") + column + "\": {\"total\": \"total\"}";
    }
    spec += "}, \"frequency\": \"_rows\", \"rules\": {\"threshold\": {\"minimum\": 5}}}";
    auto read = stats::spec_from_json(yaml_in(spec));
    REQUIRE_MESSAGE(read.has_value(), spec);
    release.tables.push_back({.name = table->name,
                              .truth = csv_in(table->truth),
                              .spec = *std::move(read),
                              .published = csv_in(table->published)});
  }
  return release;
}

stats::Release from_outside(const Json& fields, std::size_t number) {
  const json::object& figures = fields.at("figures").as_object();
  stats::Release release{.title = "t",
                         .edition = std::to_string(number),
                         .day = std::string(figures.at("on").as_string())};
  for (const internal::PublicTable& table : internal::public_tables(figures, {})) {
    const auto csv = csv_in(table.published);
    release.tables.push_back({.name = table.name,
                              .truth = csv,
                              .spec = table.spec,
                              .published = csv,
                              .is_outside = true});
  }
  return release;
}

struct Agreement {
  int clean = 0, refused = 0, unseen_from_outside = 0;
};

void add_random_roofs(ReleasesWorld& world, SeededRng& rng, std::uint64_t most,
                      const std::string& from) {
  constexpr const char* kKinds[] = {kFlatRoof, kRoundRoof,
                                    R"({"what":"dak","shape":"flat","is_green":false,"leaks":3})",
                                    R"({"what":"dak","leaks":0})"};
  for (const char* kind : kKinds) {
    const auto count = rng.below(most);
    for (std::uint64_t i = 0; i < count; ++i) {
      world.make(ReleasesWorld::keeper(), "indicators/roof", kind, from);
    }
  }
}

// Three editions, of which the later ones count a few more.
void try_editions(std::uint64_t seed, const char* measure, Agreement& all) {
  SeededRng rng(seed);
  ReleasesWorld world(measure);
  world.clock.set(*Instant::parse("2026-06-30T09:00:00Z"));
  add_random_roofs(world, rng, 12, "2026-01-01");
  std::vector<stats::Release> true_ones, outside;
  for (const char* day : {"2026-01-31", "2026-03-31", "2026-05-31"}) {
    Document edition = world.frozen(day);
    if (world.last_error == "AP-0218" || world.last_error == "AP-0217") return;
    REQUIRE(world.last_error == "");
    const Json fields = world.fields(edition);
    true_ones.push_back(with_truth(fields, true_ones.size() + 1));
    outside.push_back(from_outside(fields, outside.size() + 1));
    const std::string error = world.publish(edition);
    const bool is_clean_inside = audited(true_ones).is_clean();
    const bool is_clean_outside = audited(outside).is_clean();
    CAPTURE(seed);
    CAPTURE(day);
    // Written as a release, the tables are judged as they were when somebody published them.
    CHECK((error == "") == (is_clean_inside && is_clean_outside));
    if (error != "") CHECK(error == "AP-0217");
    all.clean += error == "" ? 1 : 0;
    all.refused += error == "" ? 0 : 1;
    all.unseen_from_outside += error != "" && is_clean_outside ? 1 : 0;
    if (error != "") return;
    add_random_roofs(world, rng, 9, std::string(day).substr(0, 8) + "28");
  }
}

TEST_CASE("edition releases: what is refused is not clean as a release, what is published is") {
  Agreement counts, shares;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    try_editions(seed, kCounted, counts);
    try_editions(seed, kShared, shares);
  }
  MESSAGE("counts: " << counts.clean << " clean, " << counts.refused << " refused, "
                     << counts.unseen_from_outside << " not seen from outside");
  MESSAGE("shares: " << shares.clean << " clean, " << shares.refused << " refused, "
                     << shares.unseen_from_outside << " not seen from outside");
  CHECK(counts.clean >= 20);
  CHECK(counts.refused >= 20);
  // Who is alone in a cell knows more than everybody does; that is all.
  CHECK(counts.unseen_from_outside * 4 <= counts.refused);
  CHECK(shares.clean >= 10);
}

TEST_CASE("edition releases: one that sets one person apart is refused, and so is its folder") {
  ReleasesWorld world(kCounted);
  world.roofs(9, kFlatRoof);
  world.roofs(9, kRoundRoof);
  world.clock.set(*Instant::parse("2026-06-30T09:00:00Z"));
  const Document first = world.published("2026-01-31");
  world.make(ReleasesWorld::keeper(), "indicators/roof", kRoundRoof, "2026-03-01");
  Document second = world.frozen("2026-06-30");
  REQUIRE(world.last_error == "");
  CHECK(world.publish(second) == "AP-0217");
  CHECK(world.releases().size() == 1);
  const Json before = world.fields(first), now = world.fields(second);
  CHECK(audited({from_outside(before, 1), from_outside(now, 2)}).has(stats::FindingKind::kChange));
  CHECK(audited({with_truth(before, 1), with_truth(now, 2)}).has(stats::FindingKind::kChange));
}

}  // namespace
}  // namespace zicht::app
