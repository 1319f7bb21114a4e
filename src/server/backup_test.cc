// `zicht backup` and `zicht restore` as an administrator would use them: what is asked wrongly is
// said, what was broken off is no installation, and keys that are too old go.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;
using testing::Desk;
using testing::has;

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

// An installation at a desk, and a back-up of it.
struct BackedUp {
  explicit BackedUp(const Desk& desk) : zicht(desk) {
    REQUIRE(zicht({"init", "--organisation", "demo", "--admin", "beheer"}).code == kGood);
    REQUIRE(zicht({"pack", "activate", "tests/packs/sample"}).code == kGood);
    const auto made = zicht({"backup", "--to", away, "--keys-to", safe});
    CAPTURE(made.complained);
    REQUIRE(made.code == kGood);
    store = away + "/" + names_in(away).front();
    keys = safe + "/" + names_in(safe).front();
  }

  const Desk& zicht;
  std::string away = zicht.folder + "/away", safe = zicht.folder + "/safe";
  std::string store, keys;
};

void check_restored(const Desk& zicht) {
  const BackedUp from(zicht);
  CHECK((fs::status(from.keys).permissions() & fs::perms(077)) == fs::perms::none);
  CHECK((fs::status(from.store).permissions() & fs::perms(077)) == fs::perms::none);
  const Desk to = testing::another(zicht);
  const auto restored = to({"restore", from.store, "--keys", from.keys});
  CAPTURE(restored.complained);
  REQUIRE(restored.code == kGood);
  CHECK(to({"rebuild", "--check"}).code == kGood);
  CHECK(to({"journal", "verify"}).code == kGood);
  CHECK(to({"pack", "diff", "tests/packs/sample"}).code == kGood);
  // The administrator is known, with what it signs in with.
  CHECK_FALSE(has(to({"init", "--organisation", "demo", "--admin", "beheer"}).said, "wachtwoord"));
  CHECK(text_of(to.folder + "/data/keys/master.key") ==
        text_of(from.zicht.folder + "/data/keys/master.key"));
}

void check_wrongly_asked(const Desk& zicht) {
  const BackedUp from(zicht);
  const Desk to = testing::another(zicht);
  CHECK(has(from.zicht({"backup"}).complained, "SV-0080"));
  CHECK(has(from.zicht({"backup", "--to", from.away, "--keys-to", from.away + "/."}).complained,
            "SV-0080"));
  CHECK(has(to({"backup", "--to", from.away, "--keys-to", from.safe}).complained, "SV-0040"));
  CHECK(has(to({"restore", from.store}).complained, "SV-0082"));
  CHECK(has(to({"restore", from.store, "--keys", from.away + "/none"}).complained, "ST-0090"));
  CHECK(has(from.zicht({"restore", from.store, "--keys", from.keys}).complained, "SV-0081"));
  const std::string cut = from.zicht.folder + "/cut";
  put(cut, text_of(from.store).substr(0, 2000));
  CHECK(has(to({"restore", cut, "--keys", from.keys}).complained, "ST-0091"));
  CHECK_FALSE(fs::exists(to.folder + "/data"));
  // Nothing of what was cut off is in the way.
  CHECK(to({"restore", from.store, "--keys", from.keys}).code == kGood);
}

}  // namespace

TEST_CASE("backup: it comes back in an empty folder, and all that was there is there") {
  testing::on_both(check_restored);
}

TEST_CASE("backup: what is asked wrongly is said, and nothing is made") {
  testing::on_both(check_wrongly_asked);
}

TEST_CASE("backup: a restore that fails halfway leaves no installation, and can be done again") {
  const Desk zicht, to, third;
  const BackedUp from(zicht);
  const std::string data = to.folder + "/data";
  fs::create_directories(data);
  const BackedUp other(third);
  CHECK(has(to({"restore", from.store, "--keys", other.keys}).complained, "ST-0093"));
  const std::string config = to.folder + "/zicht.conf";
  put(config, "data = " + data + "\nstore = postgres\npostgres = host=/nowhere\n");
  CHECK(to.plain({"restore", from.store, "--keys", from.keys, "--config", config}).code == kBad);
  CHECK(has(to({"restore", from.store, "--keys", from.keys, "--erasures", "/nowhere"}).complained,
            "SV-0030"));
  CHECK(has(to({"journal", "verify"}).complained, "SV-0040"));
  CHECK(names_in(data).empty());
  CHECK(to({"restore", from.store, "--keys", from.keys}).code == kGood);
}

TEST_CASE("backup: keys that were kept long enough go, and nothing else does") {
  const Desk zicht;
  const BackedUp from(zicht);
  const std::string others[] = {"zicht-20990101T000000Z.keys", "zicht-20200101T000000Z.store",
                                "my-20200101T000000Z.keys", "zicht-old.keys"};
  const Desk place;
  const std::string safe = place.folder + "/safe", old = safe + "/zicht-20200101T000000Z.keys";
  fs::create_directories(safe);
  for (const std::string& each : others) put(safe + "/" + each, "x");
  put(old, "x");
  REQUIRE(from.zicht({"backup", "--to", place.folder + "/away", "--keys-to", safe}).code == kGood);
  CHECK_FALSE(fs::exists(old));
  for (const std::string& each : others) CHECK(fs::exists(safe + "/" + each));
  CHECK(names_in(safe).size() == std::size(others) + 1);
}

}  // namespace zicht::server
