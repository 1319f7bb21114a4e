// One-time codes: the published vectors of RFC 4648 and RFC 6238, then a table of codes that are
// early, late, used or mistyped.
#include "app/totp.h"

#include <doctest/doctest.h>

namespace zicht::app {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

Instant at_second(std::int64_t second) {
  return *Instant::from_microseconds(second * kMicrosecondsPerSecond);
}

// The key of RFC 6238 Appendix B for SHA-1.
constexpr std::string_view kKey = "12345678901234567890";

TEST_CASE("totp: base 32 gives the vectors of RFC 4648, and reads back") {
  struct Row {
    const char* plain;
    const char* encoded;
  };
  const Row rows[] = {{"", ""},           {"f", "MY"},           {"fo", "MZXQ"},
                      {"foo", "MZXW6"},   {"foob", "MZXW6YQ"},   {"fooba", "MZXW6YTB"},
                      {"foobar", "MZXW6YTBOI"}};
  for (const Row& row : rows) {
    CAPTURE(row.plain);
    CHECK(base32(bytes_of(row.plain)) == row.encoded);
    const auto back = find_base32(row.encoded);
    REQUIRE(back);
    CHECK(std::string(reinterpret_cast<const char*>(back->data()), back->size()) == row.plain);
  }
  CHECK(find_base32("mzxw 6ytb oi==") == find_base32("MZXW6YTBOI"));
  CHECK_FALSE(find_base32("MZXW1"));
  CHECK_FALSE(find_base32("MZXW-6"));
}

TEST_CASE("totp: codes are the last six digits of the vectors of RFC 6238") {
  struct Row {
    std::int64_t second;
    const char* code;
  };
  const Row rows[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                      {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
  for (const Row& row : rows) {
    CAPTURE(row.second);
    CHECK(totp_code(bytes_of(kKey), totp_step(at_second(row.second))) == row.code);
  }
}

TEST_CASE("totp: a code holds one step around its own, and once") {
  const std::string secret = base32(bytes_of(kKey));
  constexpr std::int64_t kStep = 37037037;             // of second 1111111110
  const std::string code = "050471";
  struct Row {
    const char* what;
    std::int64_t second;
    std::string code;
    std::int64_t after;
    std::optional<std::int64_t> found;
  };
  const std::int64_t start = kStep * kTotpStepSeconds;
  const Row rows[] = {
      {"its first second", start, code, 0, kStep},
      {"its last second", start + 29, code, 0, kStep},
      {"one step early", start - 30, code, 0, kStep},
      {"one step late", start + 59, code, 0, kStep},
      {"two steps early", start - 31, code, 0, {}},
      {"two steps late", start + 60, code, 0, {}},
      {"used before", start, code, kStep, {}},
      {"a later one was used", start, code, kStep + 1, {}},
      {"an earlier one was used", start, code, kStep - 1, kStep},
      {"typed with a blank", start, "050 471", 0, kStep},
      {"another code", start, "050472", 0, {}},
      {"too short", start, "50471", 0, {}},
      {"too long", start, "0504711", 0, {}},
      {"no digits", start, "O5O471", 0, {}},
      {"empty", start, "", 0, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(find_totp_step(secret, row.code, at_second(row.second), row.after) == row.found);
  }
  CHECK_FALSE(find_totp_step("", "050471", at_second(start), 0));
  CHECK_FALSE(find_totp_step("not base 32!", "050471", at_second(start), 0));
}

TEST_CASE("totp: a secret has 160 bits and differs from the next") {
  SeededRng rng(7);
  const std::string secret = make_totp_secret(rng);
  CHECK(secret.size() == 32);
  CHECK(find_base32(secret)->size() == 20);
  CHECK(make_totp_secret(rng) != secret);
}

TEST_CASE("totp: the address for an app escapes the login") {
  CHECK(totp_uri({.login = "anna@voorbeeld.nl", .secret = "MZXW6YTB"}) ==
        "otpauth://totp/Zicht:anna%40voorbeeld.nl?secret=MZXW6YTB&issuer=Zicht&algorithm=SHA1"
        "&digits=6&period=30");
}

}  // namespace
}  // namespace zicht::app
