#include "store/key_escrow.h"

#include <sodium.h>

#include <array>
#include <span>

#include "base/check.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "store/internal/cursor.h"
#include "store/internal/master_key.h"
#include "store/internal/schema.h"

namespace zicht::store {
namespace {

static_assert(crypto_box_PUBLICKEYBYTES == SecretKey::kSize);
static_assert(crypto_box_SECRETKEYBYTES == SecretKey::kSize);
static_assert(crypto_box_SEEDBYTES == SecretKey::kSize);

constexpr std::string_view kFormat = "zicht-escrow-1";

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// 32 bytes of 64 hexadecimal digits, with white space around.
std::optional<std::string> key_of(std::string_view text) {
  auto bytes = text_of_hex(trim(text));
  if (!bytes || bytes->size() != SecretKey::kSize) return std::nullopt;
  return bytes;
}

std::string member(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

}  // namespace

RecipientKeys make_recipient(Rng& rng) {
  const SecretKey seed = SecretKey::random(rng);
  SecretKey secret;
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open{};
  crypto_box_seed_keypair(open.data(), secret.data(), seed.data());
  return {.secret_key = hex_of(secret.bytes()),
          .public_key = to_hex(std::as_bytes(std::span(open)))};
}

Result<std::string> to_escrow(const KeyFolder& keys, std::string_view public_key) {
  const auto recipient = key_of(public_key);
  if (!recipient) return make_error("ST-0054");
  std::string plain(keys.master().bytes());
  plain += keys.signing_seed().bytes();
  std::string sealed(crypto_box_SEALBYTES + plain.size(), '\0');
  const int code = crypto_box_seal(raw(sealed), raw(plain), plain.size(), raw(*recipient));
  sodium_memzero(plain.data(), plain.size());
  // Some 32 bytes are no point that anything can be sealed to.
  if (code != 0) return make_error("ST-0054");
  ZICHT_TRY(text, canonical_json(json::object{{"format", kFormat},
                                              {"master_key", keys.master_id()},
                                              {"recipient", hex_of(*recipient)},
                                              {"sealed", hex_of(sealed)}}));
  return text + "\n";
}

Result<EscrowedKeys> from_escrow(std::string_view text, std::string_view secret_key) {
  const auto secret = key_of(secret_key);
  const auto value = parse_json(text);
  const json::object* object = value.has_value() ? value->if_object() : nullptr;
  if (!secret || object == nullptr || member(*object, "format") != kFormat) {
    return make_error("ST-0055");
  }
  const auto sealed = text_of_hex(member(*object, "sealed"));
  std::string plain(2 * SecretKey::kSize, '\0');
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open{};
  const bool is_opened =
      sealed && sealed->size() == plain.size() + crypto_box_SEALBYTES &&
      crypto_scalarmult_base(open.data(), raw(*secret)) == 0 &&
      crypto_box_seal_open(raw(plain), raw(*sealed), sealed->size(), open.data(),
                           raw(*secret)) == 0;
  if (!is_opened) return make_error("ST-0055");
  EscrowedKeys keys;
  keys.master = SecretKey::of(std::string_view(plain).substr(0, SecretKey::kSize));
  keys.signing_seed = SecretKey::of(std::string_view(plain).substr(SecretKey::kSize));
  keys.master_id = id_of(keys.master);
  sodium_memzero(plain.data(), plain.size());
  return keys;
}

Result<void> check_fits(Database& database, const EscrowedKeys& keys) {
  ZICHT_TRY(connection, database.connect(Access::kRead));
  ZICHT_CHECKED(check_format(*connection));
  ZICHT_TRY(known, known_master(*connection));
  if (known.empty() || known == keys.master_id) return {};
  return make_error("ST-0051", {{"given", keys.master_id}, {"known", known}});
}

Result<void> put_keys(const EscrowedKeys& keys, const KeyPlaces& places) {
  ZICHT_CHECKED(put_key(places, "master.key", keys.master));
  ZICHT_CHECKED(put_key(places, "signing.key", keys.signing_seed));
  ZICHT_TRY(opened, KeyFolder::open(places, keys.master_id));
  return opened.publish(places);
}

}  // namespace zicht::store
