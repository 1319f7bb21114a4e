// Keys are private files; what is sealed opens with the same key, data and bytes only.
// Method: round trips, then one thing changed at a time; files with wrong modes and sizes.
#include "store/keys.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/rng.h"
#include "store/testing/test_database.h"

namespace zicht::store {
namespace {

using testing::TestDatabase;

constexpr std::uint64_t kSeed = 5;

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("keys: the same folder gives the same keys, in files of the owner alone") {
  const TestDatabase test(Dialect::Kind::kSqlite);
  SeededRng rng(kSeed);
  const std::string folder = test.folder() + "/deep/keys";
  const auto made = KeyFolder::open_or_create({.folder = folder}, rng);
  REQUIRE(made.has_value());
  const auto again = KeyFolder::open_or_create({.folder = folder}, rng);
  REQUIRE(again.has_value());
  CHECK(made->master().bytes() == again->master().bytes());
  CHECK(again->is_signed("text", made->sign("text")));
  CHECK(mode_of(folder) == 0700);
  CHECK(mode_of(folder + "/master.key") == 0600);
  CHECK(mode_of(folder + "/signing.key") == 0600);
  CHECK(contents(folder + "/signing.pub").size() == 65);
}

TEST_CASE("keys: a file that others may read, or that is damaged, is refused") {
  const TestDatabase test(Dialect::Kind::kSqlite);
  SeededRng rng(kSeed);
  const std::string folder = test.folder() + "/keys";
  REQUIRE(KeyFolder::open_or_create({.folder = folder}, rng).has_value());
  const auto check_refused = [&] {
    const auto opened = KeyFolder::open_or_create({.folder = folder}, rng);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().id == "ST-0020");
  };
  chmod((folder + "/master.key").c_str(), 0640);
  check_refused();
  chmod((folder + "/master.key").c_str(), 0600);
  CHECK(KeyFolder::open_or_create({.folder = folder}, rng).has_value());
  std::ofstream(folder + "/signing.key", std::ios::app) << "x";
  check_refused();
  std::filesystem::resize_file(folder + "/signing.key", 31);
  check_refused();
}

TEST_CASE("keys: a seal opens with the same key, data and bytes only") {
  SeededRng rng(kSeed);
  const SecretKey key = SecretKey::random(rng);
  const std::string sealed = seal(key, random_nonce(rng), "plain", "about");
  CHECK(open_sealed(key, sealed, "about") == "plain");
  CHECK(sealed.find("plain") == std::string::npos);
  CHECK_FALSE(open_sealed(SecretKey::random(rng), sealed, "about").has_value());
  CHECK_FALSE(open_sealed(key, sealed, "other").has_value());
  CHECK_FALSE(open_sealed(key, sealed.substr(1), "about").has_value());
  CHECK_FALSE(open_sealed(key, "short", "about").has_value());
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    CHECK_FALSE(open_sealed(key, changed, "about").has_value());
  }
  CHECK(open_sealed(key, seal(key, random_nonce(rng), "", ""), "") == "");
}

TEST_CASE("keys: a derived nonce depends on key and label, and on nothing else") {
  SeededRng rng(kSeed);
  const SecretKey key = SecretKey::random(rng);
  CHECK(derived_nonce(key, "row:1") == derived_nonce(key, "row:1"));
  CHECK(derived_nonce(key, "row:1") != derived_nonce(key, "row:2"));
  CHECK(derived_nonce(key, "row:1") != derived_nonce(SecretKey::random(rng), "row:1"));
}

TEST_CASE("keys: a signature is of that text and that key") {
  const TestDatabase test(Dialect::Kind::kSqlite);
  SeededRng rng(kSeed);
  const auto ours = KeyFolder::open_or_create({.folder = test.folder() + "/a"}, rng);
  const auto theirs = KeyFolder::open_or_create({.folder = test.folder() + "/b"}, rng);
  const std::string signature = ours->sign("text");
  CHECK(ours->is_signed("text", signature));
  CHECK_FALSE(ours->is_signed("texts", signature));
  CHECK_FALSE(theirs->is_signed("text", signature));
  CHECK_FALSE(ours->is_signed("text", signature.substr(2)));
  CHECK_FALSE(ours->is_signed("text", "no digits"));
}

}  // namespace zicht::store
