#include "store/keys.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
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

// Absent file: an empty text. A key file that others may read is refused, not used.
Result<std::string> read_key(const std::string& path, std::size_t size) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    if (errno == ENOENT) return std::string();
    return key_error(path);
  }
  std::string bytes(size + 1, '\0');
  struct stat status {};
  const bool is_private = ::fstat(file, &status) == 0 && (status.st_mode & 077) == 0;
  const ssize_t length = ::read(file, bytes.data(), bytes.size());
  ::close(file);
  if (!is_private || length != static_cast<ssize_t>(size)) return key_error(path);
  bytes.resize(size);
  return bytes;
}

Result<void> write_key(const std::string& path, std::string_view bytes, mode_t mode) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return key_error(path);
  const ssize_t length = ::write(file, bytes.data(), bytes.size());
  const bool is_safe = ::fsync(file) == 0;
  ::close(file);
  if (length != static_cast<ssize_t>(bytes.size()) || !is_safe) return key_error(path);
  return {};
}

std::string random_bytes(Rng& rng, std::size_t size) {
  std::string bytes(size, '\0');
  rng.fill(std::as_writable_bytes(std::span(bytes)));
  return bytes;
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

Result<KeyFolder> KeyFolder::open_or_create(const std::string& folder, Rng& rng) {
  ZICHT_CHECK(sodium_init() >= 0, "libsodium starts on every supported machine");
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (!failed) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
  if (failed) return key_error(folder);

  const std::string master_path = folder + "/master.key";
  const std::string signing_path = folder + "/signing.key";
  ZICHT_TRY(master, read_key(master_path, SecretKey::kSize));
  if (master.empty()) {
    master = random_bytes(rng, SecretKey::kSize);
    ZICHT_CHECKED(write_key(master_path, master, 0600));
  }
  KeyFolder keys;
  keys.master_ = SecretKey::of(master);
  sodium_memzero(master.data(), master.size());

  // The file holds the seed: the secret and the public key follow from it.
  ZICHT_TRY(seed, read_key(signing_path, crypto_sign_SEEDBYTES));
  const bool is_new = seed.empty();
  if (is_new) {
    seed = random_bytes(rng, crypto_sign_SEEDBYTES);
    ZICHT_CHECKED(write_key(signing_path, seed, 0600));
  }
  crypto_sign_seed_keypair(keys.public_.data(), keys.signing_.data(), raw(seed));
  sodium_memzero(seed.data(), seed.size());
  if (is_new) {
    const std::string text = to_hex(std::as_bytes(std::span(keys.public_))) + "\n";
    ZICHT_CHECKED(write_key(folder + "/signing.pub", text, 0644));
  }
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
