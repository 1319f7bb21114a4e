#include "store/keys.h"

#include <sodium.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/error_catalogue.h"
#include "base/hash.h"

namespace zicht::store {
namespace {

static_assert(kNonceSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(SecretKey::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_PUBLICKEYBYTES == 32);
static_assert(crypto_sign_SEEDBYTES == SecretKey::kSize);

constexpr const char* kMaster = "master.key";
constexpr const char* kNext = "master-next.key";
constexpr const char* kSigning = "signing.key";

constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Error key_error(const std::string& path) {
  return make_error("ST-0020", {{"file", std::filesystem::path(path).filename()}});
}

std::string random_bytes(Rng& rng, std::size_t size) {
  std::string bytes(size, '\0');
  rng.fill(std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

enum class Guard { kOwnerAlone, kSystem };

// Absent file: nothing. A key file that others may read is refused, not used; who may read what the
// system hands over is the system's business.
Result<std::optional<SecretKey>> read_key(Files& files, const std::string& path,
                                          Guard guard = Guard::kOwnerAlone) {
  auto content = files.read(path);
  if (!content) return key_error(path);
  if (!content->is_present) return std::optional<SecretKey>();
  const bool is_guarded = guard == Guard::kSystem || content->is_private;
  if (!is_guarded || content->bytes.size() != SecretKey::kSize) return key_error(path);
  const SecretKey key = SecretKey::of(content->bytes);
  sodium_memzero(content->bytes.data(), content->bytes.size());
  return std::optional(key);
}

// Unless it is there: another process may have been first.
Result<void> make_key(const KeyPlaces& places, const char* name, Rng& rng) {
  ZICHT_TRY(found, read_key(*places.files, places.folder + "/" + name));
  if (found) return {};
  return put_key(places, name, SecretKey::random(rng));
}

}  // namespace

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

SecretKey SecretKey::random(Rng& rng) { return of(random_bytes(rng, kSize)); }

SecretKey SecretKey::of(std::string_view bytes) {
  ZICHT_CHECK(bytes.size() == kSize, "the caller has a whole key");
  SecretKey key;
  std::copy(bytes.begin(), bytes.end(), key.bytes_.begin());
  return key;
}

Nonce random_nonce(Rng& rng) {
  Nonce nonce{};
  rng.fill(std::as_writable_bytes(std::span(nonce)));
  return nonce;
}

Nonce derived_nonce(const SecretKey& key, std::string_view label) {
  Nonce nonce{};
  crypto_generichash(nonce.data(), nonce.size(), raw(label), label.size(), key.data(),
                     SecretKey::kSize);
  return nonce;
}

std::string seal(const SecretKey& key, const Nonce& nonce, std::string_view plain,
                 std::string_view associated) {
  std::string sealed(kNonceSize + plain.size() + kTagSize, '\0');
  std::copy(nonce.begin(), nonce.end(), raw(sealed));
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + kNonceSize, nullptr, raw(plain),
                                             plain.size(), raw(associated), associated.size(),
                                             nullptr, nonce.data(), key.data());
  return sealed;
}

std::optional<std::string> open_sealed(const SecretKey& key, std::string_view sealed,
                                       std::string_view associated) {
  if (sealed.size() < kNonceSize + kTagSize) return std::nullopt;
  const std::string_view cipher = sealed.substr(kNonceSize);
  std::string plain(cipher.size() - kTagSize, '\0');
  const int code = crypto_aead_xchacha20poly1305_ietf_decrypt(
      raw(plain), nullptr, nullptr, raw(cipher), cipher.size(), raw(associated),
      associated.size(), raw(sealed), key.data());
  if (code != 0) return std::nullopt;
  return plain;
}

std::string id_of(const SecretKey& master) {
  constexpr std::string_view kText = "zicht master key";
  std::array<unsigned char, 16> id{};
  crypto_generichash(id.data(), id.size(), raw(kText), kText.size(), master.data(),
                     SecretKey::kSize);
  return to_hex(std::as_bytes(std::span(id)));
}

Result<void> put_key(const KeyPlaces& places, const std::string& name, const SecretKey& key) {
  if (!make_folders(*places.files, places.folder)) return key_error(places.folder);
  const std::string path = places.folder + "/" + name;
  ZICHT_TRY(found, read_key(*places.files, path));
  if (found && found->bytes() == key.bytes()) return {};
  if (found) return make_error("ST-0056", {{"file", name}});
  if (!replace_file(*places.files, path, key.bytes(), 0600, Files::Existing::kKeep)) {
    return key_error(path);
  }
  return {};
}

Result<MasterKeys> MasterKeys::read(const KeyPlaces& places) {
  MasterKeys keys;
  if (!places.credential.empty()) {
    ZICHT_TRY(handed_over, read_key(*places.files, places.credential, Guard::kSystem));
    if (handed_over) keys.present.push_back(*handed_over);
  }
  ZICHT_TRY(kept, read_key(*places.files, places.folder + "/" + kMaster));
  if (kept) keys.present.push_back(*kept);
  ZICHT_TRY(next, read_key(*places.files, places.folder + "/" + kNext));
  if (next) keys.next = std::make_shared<const SecretKey>(*next);
  return keys;
}

Result<void> MasterKeys::make_next(const KeyPlaces& places, Rng& rng) {
  if (next) return {};
  auto made = std::make_shared<const SecretKey>(SecretKey::random(rng));
  ZICHT_CHECKED(put_key(places, kNext, *made));
  next = std::move(made);
  return {};
}

Result<void> MasterKeys::put_next_in_place(const KeyPlaces& places) {
  const std::string path = places.folder + "/" + kMaster;
  const bool is_done = places.files->rename(places.folder + "/" + kNext, path,
                                            Files::Existing::kReplace) &&
                       places.files->sync_folder(places.folder);
  if (!is_done) return key_error(path);
  return {};
}

KeyFolder::KeyFolder(const SecretKey& master, const SecretKey& signing_seed)
    : master_(master), master_id_(id_of(master)) {
  // The file holds the seed: the secret and the public key follow from it.
  crypto_sign_seed_keypair(public_.data(), signing_.data(), signing_seed.data());
}

Result<KeyFolder> KeyFolder::open(const KeyPlaces& places, const std::string& master_id) {
  ZICHT_CHECK(sodium_init() >= 0, "libsodium starts on every supported machine");
  ZICHT_TRY(keys, MasterKeys::read(places));
  if (keys.present.empty()) return make_error("ST-0050", {{"file", kMaster}});
  const auto found = std::find_if(
      keys.present.begin(), keys.present.end(),
      [&](const SecretKey& key) { return master_id.empty() || id_of(key) == master_id; });
  if (found == keys.present.end()) {
    if (keys.next && id_of(*keys.next) == master_id) return make_error("ST-0052");
    return make_error("ST-0051", {{"given", id_of(keys.present.back())}, {"known", master_id}});
  }
  return with_signing_key(places, *found);
}

Result<KeyFolder> KeyFolder::open_while_replaced(const KeyPlaces& places,
                                                 const std::string& master_id) {
  ZICHT_TRY(keys, MasterKeys::read(places));
  if (keys.next && id_of(*keys.next) == master_id) return with_signing_key(places, *keys.next);
  // It may have taken its place since the first of them was read.
  return open(places, master_id);
}

Result<KeyFolder> KeyFolder::with_signing_key(const KeyPlaces& places, const SecretKey& master) {
  ZICHT_TRY(seed, read_key(*places.files, places.folder + "/" + kSigning));
  if (!seed) return make_error("ST-0050", {{"file", kSigning}});
  return KeyFolder(master, *seed);
}

Result<KeyFolder> KeyFolder::open_or_create(const KeyPlaces& places, Rng& rng) {
  ZICHT_CHECK(sodium_init() >= 0, "libsodium starts on every supported machine");
  ZICHT_TRY(keys, MasterKeys::read(places));
  if (keys.present.empty()) ZICHT_CHECKED(make_key(places, kMaster, rng));
  ZICHT_CHECKED(make_key(places, kSigning, rng));
  ZICHT_TRY(opened, open(places, {}));
  ZICHT_CHECKED(opened.publish(places));
  return opened;
}

Result<void> KeyFolder::publish(const KeyPlaces& places) const {
  const std::string path = places.folder + "/signing.pub";
  const auto known = places.files->read(path);
  if (known && known->is_present) return {};
  const std::string text = to_hex(std::as_bytes(std::span(public_))) + "\n";
  if (!known || !replace_file(*places.files, path, text, 0644)) return key_error(path);
  return {};
}

SecretKey KeyFolder::signing_seed() const {
  SecretKey seed;
  crypto_sign_ed25519_sk_to_seed(seed.data(), signing_.data());
  return seed;
}

std::string KeyFolder::sign(std::string_view message) const {
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, raw(message), message.size(), signing_.data());
  return to_hex(std::as_bytes(std::span(signature)));
}

bool KeyFolder::is_signed(std::string_view message, std::string_view signature) const {
  std::array<unsigned char, crypto_sign_BYTES> bytes{};
  std::size_t length = 0;
  if (sodium_hex2bin(bytes.data(), bytes.size(), signature.data(), signature.size(), nullptr,
                     &length, nullptr) != 0 ||
      length != bytes.size()) {
    return false;
  }
  return crypto_sign_verify_detached(bytes.data(), raw(message), message.size(),
                                     public_.data()) == 0;
}

}  // namespace zicht::store
