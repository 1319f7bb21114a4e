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

// Absent file: an empty text. A key file that others may read is refused, not used.
Result<std::string> read_key(Files& files, const std::string& path, std::size_t size) {
  auto content = files.read(path);
  if (!content) return key_error(path);
  if (!content->is_present) return std::string();
  if (!content->is_private || content->bytes.size() != size) return key_error(path);
  return std::move(content->bytes);
}

// Gives what is there afterwards: another process may have been first.
Result<std::string> make_key(Files& files, const std::string& path, std::size_t size, Rng& rng) {
  ZICHT_TRY(found, read_key(files, path, size));
  if (!found.empty()) return found;
  std::string bytes = random_bytes(rng, size);
  const bool is_made = replace_file(files, path, bytes, 0600, Files::Existing::kKeep);
  sodium_memzero(bytes.data(), bytes.size());
  if (!is_made) return key_error(path);
  return read_key(files, path, size);
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

Result<KeyFolder> KeyFolder::open_or_create(const std::string& folder, Rng& rng, Files& files) {
  ZICHT_CHECK(sodium_init() >= 0, "libsodium starts on every supported machine");
  if (!make_folders(files, folder)) return key_error(folder);
  ZICHT_TRY(master, make_key(files, folder + "/master.key", SecretKey::kSize, rng));
  KeyFolder keys;
  keys.master_ = SecretKey::of(master);
  sodium_memzero(master.data(), master.size());

  // The file holds the seed: the secret and the public key follow from it.
  ZICHT_TRY(seed, make_key(files, folder + "/signing.key", crypto_sign_SEEDBYTES, rng));
  crypto_sign_seed_keypair(keys.public_.data(), keys.signing_.data(), raw(seed));
  sodium_memzero(seed.data(), seed.size());
  // Also after a cut between the two files.
  const std::string public_path = folder + "/signing.pub";
  const auto is_known = files.read(public_path);
  if (!is_known || is_known->is_present) return keys;
  const std::string text = to_hex(std::as_bytes(std::span(keys.public_))) + "\n";
  if (!replace_file(files, public_path, text, 0644)) return key_error(public_path);
  return keys;
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
