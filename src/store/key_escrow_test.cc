// What is in escrow opens for its recipient alone, and never takes the place of another key.
#include "store/key_escrow.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "store/testing/test_database.h"

namespace zicht::store {
namespace {

using testing::TestDatabase;

std::string error_of(const auto& result) {
  return result.has_value() ? "none" : result.error().id;
}

}  // namespace

TEST_CASE("escrow: the keys come back for who they were sealed to, and for nobody else") {
  const TestDatabase test(Dialect::Kind::kSqlite);
  SeededRng rng(7);
  const std::string folder = test.folder() + "/keys";
  const auto keys = KeyFolder::open_or_create({.folder = folder}, rng);
  REQUIRE(keys.has_value());
  const RecipientKeys recipient = make_recipient(rng);
  const auto text = to_escrow(*keys, recipient.public_key + "\n");
  REQUIRE(text.has_value());
  CHECK(text->find(keys->master_id()) != std::string::npos);
  const auto escrowed = from_escrow(*text, recipient.secret_key + "\n");
  REQUIRE(escrowed.has_value());
  CHECK(escrowed->master.bytes() == keys->master().bytes());
  CHECK(escrowed->master_id == keys->master_id());

  CHECK(error_of(from_escrow(*text, make_recipient(rng).secret_key)) == "ST-0055");
  CHECK(error_of(from_escrow(*text, "")) == "ST-0055");
  CHECK(error_of(from_escrow("{}", recipient.secret_key)) == "ST-0055");
  CHECK(error_of(from_escrow("no JSON", recipient.secret_key)) == "ST-0055");
  std::string changed = *text;
  char& digit = changed[changed.rfind('"') - 1];
  digit = digit == '0' ? '1' : '0';
  CHECK(error_of(from_escrow(changed, recipient.secret_key)) == "ST-0055");
  for (const std::string& open : {std::string(), std::string("no digits"), std::string(62, 'a'),
                                  std::string(64, '0')}) {
    CAPTURE(open);
    CHECK(error_of(to_escrow(*keys, open)) == "ST-0054");
  }
}

TEST_CASE("escrow: recovered keys sign and open as before, and replace no other key") {
  const TestDatabase test(Dialect::Kind::kSqlite);
  SeededRng rng(8);
  const std::string folder = test.folder() + "/keys";
  const auto keys = KeyFolder::open_or_create({.folder = folder}, rng);
  REQUIRE(keys.has_value());
  const RecipientKeys recipient = make_recipient(rng);
  const auto escrowed = from_escrow(*to_escrow(*keys, recipient.public_key), recipient.secret_key);
  REQUIRE(escrowed.has_value());
  CHECK(put_keys(*escrowed, {.folder = folder}).has_value());
  std::filesystem::remove_all(folder);
  REQUIRE(put_keys(*escrowed, {.folder = folder}).has_value());
  const auto again = KeyFolder::open({.folder = folder}, keys->master_id());
  REQUIRE(again.has_value());
  CHECK(again->is_signed("text", keys->sign("text")));
  CHECK(std::filesystem::file_size(folder + "/signing.pub") == 65);

  const std::string other = test.folder() + "/other";
  REQUIRE(KeyFolder::open_or_create({.folder = other}, rng).has_value());
  CHECK(error_of(put_keys(*escrowed, {.folder = other})) == "ST-0056");
}

}  // namespace zicht::store
