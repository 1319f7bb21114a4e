// `zicht erase` on a whole data folder: nothing that was told about the person is left in any file
// of it, also after a back-up from before the erasure was put back.
// Method: every text of a child, of a note and of an account is a word that occurs nowhere else; it
// was searched, read and exported; then every byte of every file is searched.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "server/terminal.h"
#include "server/testing/care_records.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;
using testing::Desk;
using testing::has;
using testing::kWorker;
using testing::somebody;
using testing::worker;

// A child with a note and an account, and another child.
struct Told {
  explicit Told(const std::string& data) {
    QuietFeed feed;
    const auto installation = testing::opened(data, feed);
    services = &installation->services();
    tell();
    show();
  }

  std::string gone(const std::string& word) {
    return canaries.emplace_back("canary" + word + "gone");
  }

  std::string make(const app::Caller& caller, const std::string& form, json::object fields) {
    return testing::make(*services, caller, form, std::move(fields));
  }

  void tell() {
    const app::Caller planner = testing::planner();
    child = make(planner, "child",
                 {{"call_name", gone("call")},
                  {"family_name", gone("family")},
                  {"languages", json::array{gone("language")}},
                  {"born_on", "2015-06-01"}});
    make(planner, "child", {{"call_name", "canarykept"}});
    make(planner, "assignment",
         {{"child", child}, {"holder", kWorker}, {"since", "2024-01-01"}});
    note = make(worker(), "note",
                {{"child", child},
                 {"happened_on", "2025-01-20"},
                 {"text", gone("text")},
                 {"worry", gone("worry")}});
    const json::object account{{"login", gone("login")},
                               {"name", gone("name")},
                               {"organisation", "north"},
                               {"roles", json::array{"probe/client"}},
                               {"subject", child}};
    REQUIRE(services->accounts
                .create(somebody("account-1", std::string(model::kAdministrator)), account)
                .has_value());
  }

  void show() {
    const json::object children{{"form", "probe/child"}};
    REQUIRE(has(*services->records.search(worker(), children), "canarycallgone"));
    json::object wanted = children;
    wanted["format"] = "xlsx";
    REQUIRE(services->records.export_rows(worker(), wanted, app::Language::kDutch).has_value());
    REQUIRE(services->records.read(worker(), note, {}).has_value());
  }

  app::Services* services = nullptr;
  std::vector<std::string> canaries;
  std::string child, note;
};

// "text in file", of each that is found in a file of the folder.
std::vector<std::string> found(const std::string& folder, const std::vector<std::string>& texts) {
  std::vector<std::string> found;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    for (const std::string& text : texts) {
      if (bytes.find(text) != std::string::npos) {
        found.push_back(text + " in " + file.path().filename().string());
      }
    }
  }
  return found;
}

void begin(const Desk& zicht) {
  REQUIRE(zicht({"init", "--organisation", "north", "--admin", "beheer"}).code == kGood);
  REQUIRE(zicht({"pack", "activate", "tests/packs/probe"}).code == kGood);
}

void check_gone(const Desk& zicht, const Told& told) {
  for (const std::string& left : found(zicht.folder, told.canaries)) FAIL_CHECK(left);
  CHECK(found(zicht.folder, {"canarykept"}).size() == 1);
  CHECK(zicht({"journal", "verify"}).code == kGood);
  CHECK(zicht({"rebuild", "--check"}).code == kGood);
  for (const std::string& left : found(zicht.folder, told.canaries)) FAIL_CHECK(left);
}

}  // namespace

TEST_CASE("erase: no byte of the person is in any file, also after an older back-up is put back") {
  const Desk zicht;
  const std::string data = zicht.folder + "/data";
  begin(zicht);
  const Told told(data);
  CHECK(found(data, {"canarycallgone", "canarylogingone"}).size() == 2);
  const std::string backup = zicht.folder + "-backup";
  fs::copy(data, backup, fs::copy_options::recursive);

  const auto listed = zicht({"erase", told.child, "--list"});
  CHECK(listed.code == kGood);
  CHECK(has(listed.said, told.note));
  const Words order{"erase", told.child, "--by", "beheer", "--reason", "asked"};
  REQUIRE(zicht(order).code == kGood);
  check_gone(zicht, told);
  CHECK(has(zicht(order).complained, "ST-0041"));

  for (const char* file : {"store.sqlite", "read-log.sqlite", "checkpoints.jsonl"}) {
    fs::copy_file(backup + "/" + file, data + "/" + file, fs::copy_options::overwrite_existing);
  }
  fs::remove_all(backup);
  CHECK(found(data, {"canarycallgone"}).size() == 1);
  CHECK(zicht({"journal", "verify"}).code == kGood);
  check_gone(zicht, told);
  CHECK(has(zicht(order).complained, "ST-0041"));
}

TEST_CASE("erase: who was erased after a back-up is erased again when it is restored") {
  const Desk zicht, other, late;
  begin(zicht);
  const Told told(zicht.folder + "/data");
  const std::string away = zicht.folder + "-away", safe = zicht.folder + "-safe";
  const auto made = zicht({"backup", "--to", away, "--keys-to", safe});
  CAPTURE(made.complained);
  REQUIRE(made.code == kGood);
  const std::string store = made.said.substr(0, made.said.find('\n'));
  const std::string name = store.substr(away.size(), store.size() - away.size() - 5);
  const std::string keys = safe + name + "keys";
  // Sealed, and without the keys not to be opened.
  CHECK(found(away, told.canaries).empty());
  CHECK(found(safe, told.canaries).empty());
  REQUIRE(zicht({"erase", told.child, "--by", "beheer", "--reason", "asked"}).code == kGood);

  // Without the list the person is back: that is what the list is for.
  REQUIRE(late({"restore", store, "--keys", keys}).code == kGood);
  CHECK(found(late.folder, {"canarycallgone"}).size() == 1);
  const std::string list = zicht.folder + "/data/erasures.jsonl";
  const auto restored = other({"restore", store, "--keys", keys, "--erasures", list});
  CAPTURE(restored.complained);
  CHECK(restored.code == kGood);
  check_gone(other, told);
  CHECK(has(other({"restore", store, "--keys", keys}).complained, "SV-0081"));
  fs::remove_all(away);
  fs::remove_all(safe);
}

}  // namespace zicht::server
