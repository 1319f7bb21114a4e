// Ids, hashes and random sources. Method: published test vectors, round trips over seeded values,
// and tables of refused texts.
#include "base/ids.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "base/clock.h"
#include "base/executor.h"
#include "base/hash.h"

namespace zicht {
namespace {

TEST_CASE("public id: 5,000 random ids differ, print as 26 characters and read back (seed 3)") {
  SeededRng rng(3);
  std::set<std::string> seen;
  for (int i = 0; i < 5'000; ++i) {
    const PublicId id = PublicId::random(rng);
    const std::string text = id.to_string();
    REQUIRE(text.size() == PublicId::kTextLength);
    REQUIRE(*PublicId::parse(text) == id);
    REQUIRE(seen.insert(text).second);
  }
}

TEST_CASE("public id: text order is byte order") {
  SeededRng rng(4);
  for (int i = 0; i < 1'000; ++i) {
    const PublicId a = PublicId::random(rng);
    const PublicId b = PublicId::random(rng);
    REQUIRE((a < b) == (a.to_string() < b.to_string()));
  }
}

TEST_CASE("public id: the extremes print as their digits") {
  CHECK(PublicId().to_string() == "00000000000000000000000000");
  std::array<std::byte, 16> ones{};
  ones.fill(std::byte{0xFF});
  CHECK(PublicId(ones).to_string() == "7zzzzzzzzzzzzzzzzzzzzzzzzz");
}

TEST_CASE("public id: other spellings are refused") {
  for (const char* text : {"", "0", "8zzzzzzzzzzzzzzzzzzzzzzzzz", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
                           "7zzzzzzzzzzzzzzzzzzzzzzzzi", "7zzzzzzzzzzzzzzzzzzzzzzzzzz",
                           "7zzzzzzzzzzzzzzzzzzzzzzzz-", "../../../../../etc/passwd0"}) {
    CAPTURE(std::string(text));
    CHECK(PublicId::parse(text).error().id == "ZB-0016");
  }
}

TEST_CASE("hash: BLAKE2b-256 gives the published values") {
  // Value for the empty input and "abc" as printed by b2sum -l 256 (GNU coreutils 9.1).
  CHECK(hash_of("").to_string() ==
        "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  CHECK(hash_of("abc").to_string() ==
        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("hash: pieces give the hash of the whole, a length does not vanish") {
  CHECK(Hasher().add("a").add("bc").finish() == hash_of("abc"));
  CHECK(Hasher().add_u64(1).finish() == hash_of(std::string_view("\0\0\0\0\0\0\0\1", 8)));
}

TEST_CASE("hash: text is read back, other text is refused") {
  const Hash hash = hash_of("abc");
  CHECK(*Hash::parse(hash.to_string()) == hash);
  CHECK(*Hash::from_bytes(hash.bytes()) == hash);
  CHECK(Hash::parse("abc").error().id == "ZB-0017");
  CHECK(Hash::parse(std::string(63, 'a') + "G").error().id == "ZB-0017");
  CHECK(Hash::from_bytes(hash.bytes().first(31)).error().id == "ZB-0017");
}

TEST_CASE("rng: the same seed gives the same bytes, and below() reaches every number") {
  SeededRng a(9);
  SeededRng b(9);
  CHECK(a.next() == b.next());
  CHECK(SeededRng(9).next() != SeededRng(10).next());
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(a.below(6));
  CHECK(seen == std::set<std::uint64_t>{0, 1, 2, 3, 4, 5});
  SystemRng system;
  CHECK(system.next() != system.next());
}

// Gives the bytes that a test chose, then zeros.
class ScriptedRng final : public Rng {
 public:
  explicit ScriptedRng(std::size_t high_bytes) : high_bytes_(high_bytes) {}
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& b : bytes) {
      b = high_bytes_ > 0 ? std::byte{0xFF} : std::byte{0};
      if (high_bytes_ > 0) --high_bytes_;
    }
  }

 private:
  std::size_t high_bytes_;
};

TEST_CASE("rng: a draw past the last whole multiple of the bound is drawn again") {
  ScriptedRng rng(8);  // 2^64 - 1 first, which would favour small numbers, then 0
  CHECK(rng.below(10) == 0);
  ScriptedRng twice(16);
  CHECK(twice.below(10) == 0);
}

TEST_CASE("clock: the manual one moves only when told") {
  ManualClock clock(*Instant::parse("2025-01-31T09:30:00Z"));
  CHECK(clock.now() == clock.now());
  clock.advance_microseconds(kMicrosecondsPerDay);
  CHECK(clock.now().to_string() == "2025-02-01T09:30:00.000000Z");
  CHECK(SystemClock().now() > *Instant::parse("2024-01-01T00:00:00Z"));
}

TEST_CASE("executor: the inline one runs work before it returns") {
  InlineExecutor executor;
  int runs = 0;
  executor.post([&] { ++runs; });
  CHECK(runs == 1);
}

}  // namespace
}  // namespace zicht
