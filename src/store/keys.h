// The keys of a store: the master key that wraps data keys, and the signing key of checkpoints.
//
//     ZICHT_TRY(keys, KeyFolder::open_or_create("/var/lib/zicht/keys", rng));
//     const SecretKey key = SecretKey::random(rng);
//     const auto wrapped = seal(keys.master(), random_nonce(rng), key.bytes(), "about what");
//
// Both lie in a folder outside the database, in files of mode 0600 (`master.key`, `signing.key`,
// and `signing.pub` for who verifies elsewhere). Without the master key the journal cannot be
// read; without the signing key no checkpoint can be forged. Who copies the database alone has
// neither. Sealing is XChaCha20-Poly1305, signing Ed25519, both of libsodium.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/rng.h"
#include "store/files.h"

namespace zicht::store {

// 32 secret bytes, wiped when they go.
class SecretKey {
 public:
  static constexpr std::size_t kSize = 32;

  SecretKey() = default;
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();

  static SecretKey random(Rng& rng);
  // Requires: kSize bytes.
  static SecretKey of(std::string_view bytes);

  std::string_view bytes() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  const unsigned char* data() const { return bytes_.data(); }
  unsigned char* data() { return bytes_.data(); }

 private:
  std::array<unsigned char, kSize> bytes_{};
};

constexpr std::size_t kNonceSize = 24;
using Nonce = std::array<unsigned char, kNonceSize>;

Nonce random_nonce(Rng& rng);

// The nonce that belongs to `label` under `key`: the same each time, so that a rebuild gives the
// same bytes. Requires: never two different plain texts under one label.
Nonce derived_nonce(const SecretKey& key, std::string_view label);

// Nonce and cipher text of `plain`, bound to `associated`: it opens with the same only.
std::string seal(const SecretKey& key, const Nonce& nonce, std::string_view plain,
                 std::string_view associated);

// Absent when the key, the associated data or any byte is not the same as when it was sealed.
std::optional<std::string> open_sealed(const SecretKey& key, std::string_view sealed,
                                       std::string_view associated);

// Thread-safe once opened.
class KeyFolder {
 public:
  // Reads the keys, or makes them where the folder has none.
  // Errors: ST-0020 when a file cannot be read or written, is damaged, or is open to others than
  // its owner. A key that was made is safe on disk, with its name, before it is given.
  static Result<KeyFolder> open_or_create(const std::string& folder, Rng& rng,
                                          Files& files = machine_files());

  const SecretKey& master() const { return master_; }

  // Ed25519 signature in hexadecimal digits.
  std::string sign(std::string_view message) const;
  bool is_signed(std::string_view message, std::string_view signature) const;

 private:
  KeyFolder() = default;

  SecretKey master_;
  std::array<unsigned char, 64> signing_{};
  std::array<unsigned char, 32> public_{};
};

}  // namespace zicht::store
