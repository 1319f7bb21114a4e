// What an earlier release left on disk is opened, upgraded and verified by this one, with nothing
// of it lost.
// Method: tests/releases/<version> has the data folder of an installation of that release, a
// back-up of it, and what was in it. Each is put somewhere else, opened and compared. The same is
// done with one that this version makes; to keep that for later versions:
//
//     ZICHT_KEEP_RELEASE=0.1.0 build/dev/bin/server_test --test-case='releases: *this version*'
#include <doctest/doctest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "server/terminal.h"
#include "server/testing/care_records.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;
using testing::Desk;
using testing::kWorker;
using testing::Run;

constexpr const char* kReleases = "tests/releases";

// Runs tar with these words.
void tar(std::vector<std::string> words) {
  words.insert(words.begin(), "tar");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  REQUIRE(posix_spawnp(&child, "tar", nullptr, nullptr, arguments.data(), environ) == 0);
  int status = 1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

void good(const Run& run) {
  CAPTURE(run.complained);
  REQUIRE(run.code == kGood);
}

Json expected_of(store::SqlStore& store, const std::vector<std::string>& ids,
                 const std::string& erased) {
  json::array records;
  for (const std::string& id : ids) {
    const auto record = store.record(id, {});
    if (!record) FAIL(describe(record.error()));
    records.push_back({{"id", id},
                       {"form", record->form},
                       {"title", record->title},
                       {"version", record->version},
                       {"state", record->state},
                       {"fields", record->fields}});
  }
  return {{"records", std::move(records)}, {"erased", erased}};
}

// Persons, what is about them, who is the same as whom, facts of a pack; one person erased and the
// master key replaced.
Json fill(const Desk& zicht) {
  good(zicht({"init", "--organisation", "north", "--admin", "beheer"}));
  for (const char* pack : {"sample", "probe"}) {
    good(zicht({"pack", "activate", std::string("tests/packs/") + pack}));
  }
  good(zicht({"facts", "load"}));
  QuietFeed feed;
  std::vector<std::string> ids;
  std::string erased;
  {
    const auto installation = testing::opened(zicht.folder + "/data", feed);
    app::Services& services = installation->services();
    const auto make = [&](const app::Caller& caller, const char* form, json::object fields) {
      return ids.emplace_back(testing::make(services, caller, form, std::move(fields)));
    };
    const auto child = [&](const char* name) {
      return make(testing::planner(), "child",
                  {{"call_name", name}, {"born_on", "2015-02-28"}, {"languages", {"nl", "fr"}}});
    };
    const std::string ann = child("Anna"), bob = child("Bob"), cas = child("Cas");
    for (const std::string& each : {ann, cas}) {
      make(testing::planner(), "assignment",
           {{"child", each}, {"holder", kWorker}, {"since", "2024-01-01"}});
    }
    make(testing::worker(), "note",
         {{"child", ann},
          {"other_children", {cas}},
          {"happened_on", "2026-01-20"},
          {"text", "Een gesprek"},
          {"worry", "Geheim"}});
    make(testing::planner(), "same-person",
         {{"one", ann}, {"other", cas}, {"evidence", "Zelfde adres"}});
    const auto facts = services.store.records_of_facts();
    REQUIRE(facts.has_value());
    for (const auto& [fact, id] : *facts) ids.push_back(id);
    erased = bob;
  }
  good(zicht({"erase", erased, "--by", "beheer", "--reason", "gevraagd"}));
  good(zicht({"keys", "rotate", "--by", "beheer"}));
  std::erase(ids, erased);
  const auto installation = testing::opened(zicht.folder + "/data", feed);
  return expected_of(installation->store(), ids, erased);
}

// Everything that was in it is there, sound, and can be written to.
void check_data(const Desk& zicht, const Json& expected) {
  good(zicht({"rebuild", "--check"}));
  good(zicht({"journal", "verify"}));
  QuietFeed feed;
  const auto installation = testing::opened(zicht.folder + "/data", feed);
  std::vector<std::string> ids;
  for (const Json& record : expected.at("records").as_array()) {
    ids.emplace_back(record.at("id").as_string());
  }
  REQUIRE(ids.size() > 6);
  const std::string erased(expected.at("erased").as_string());
  CHECK(expected_of(installation->store(), ids, erased) == expected);
  CHECK_FALSE(installation->store().record(erased, {}).has_value());
  testing::make(installation->services(), testing::planner(), "child", {{"call_name", "Dirk"}});
}

// A folder with data.tar.gz, a back-up and expected.json.
void check_release(const std::string& folder) {
  const auto expected = parse_json(*read_file(folder + "/expected.json"));
  REQUIRE(expected.has_value());
  const Desk opened;
  tar({"-C", opened.folder, "-xzf", folder + "/data.tar.gz"});
  check_data(opened, *expected);
  const Desk restored;
  good(restored({"restore", folder + "/zicht.store", "--keys", folder + "/zicht.keys"}));
  check_data(restored, *expected);
}

void keep(const Desk& zicht, const Json& expected, const std::string& folder) {
  fs::create_directories(folder);
  const std::string away = zicht.folder + "/away", safe = zicht.folder + "/safe";
  good(zicht({"backup", "--to", away, "--keys-to", safe}));
  fs::copy_file(fs::directory_iterator(away)->path(), folder + "/zicht.store");
  fs::copy_file(fs::directory_iterator(safe)->path(), folder + "/zicht.keys");
  tar({"-C", zicht.folder, "--owner=0", "--group=0", "-czf", folder + "/data.tar.gz", "data"});
  const auto text = canonical_json(expected);
  REQUIRE(text.has_value());
  REQUIRE(write_file(folder + "/expected.json", *text + "\n", false).has_value());
}

}  // namespace

TEST_CASE("releases: what each left on disk opens, is upgraded, and is all there") {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(kReleases)) {
    if (!entry.is_directory()) continue;
    CAPTURE(entry.path().string());
    check_release(entry.path().string());
    ++count;
  }
  CHECK(count >= 1);
}

TEST_CASE("releases: so does what this version leaves") {
  const Desk zicht;
  const Json expected = fill(zicht);
  const char* name = std::getenv("ZICHT_KEEP_RELEASE");
  const std::string folder =
      name == nullptr ? zicht.folder + "/kept" : std::string(kReleases) + "/" + name;
  keep(zicht, expected, folder);
  check_release(folder);
}

}  // namespace zicht::server
