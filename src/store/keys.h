// The keys of a store: the master key that wraps data keys, and the signing key of checkpoints.
//
//     ZICHT_TRY(keys, KeyFolder::open_or_create({.folder = "/var/lib/zicht/keys"}, rng));
//     const SecretKey key = SecretKey::random(rng);
//     const auto wrapped = seal(keys.master(), random_nonce(rng), key.bytes(), "about what");
//
// Both lie in a folder outside the database, in files of mode 0600 (`master.key`, `signing.key`,
// and `signing.pub` for who verifies elsewhere). Without the master key the journal cannot be
// read; without the signing key no checkpoint can be forged. Who copies the database alone has
// neither. Sealing is XChaCha20-Poly1305, signing Ed25519, both of libsodium. The system may hand
// the master key over instead (a credential of systemd). Files: docs/formats/keys.md.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// What a master key is known by: 32 hexadecimal digits that tell nothing of it.
std::string id_of(const SecretKey& master);

// Where the keys of a store lie.
struct KeyPlaces {
  std::string folder;
  // A file in which the system hands the master key over; empty, or not there: it does not.
  std::string credential{};
  Files* files = &machine_files();
};

// Writes a key to a file of the folder, safe on disk with its name; one that holds the same is
// left. Errors: ST-0056 when it holds another, ST-0020 when it cannot be read or written.
Result<void> put_key(const KeyPlaces& places, const std::string& name, const SecretKey& key);

// The master keys that lie around: more than one while it is being replaced (key_rotation.h).
struct MasterKeys {
  std::vector<SecretKey> present;     // handed over, and in `master.key`
  std::shared_ptr<const SecretKey> next;  // in `master-next.key`; null: there is none

  // Errors: ST-0020.
  static Result<MasterKeys> read(const KeyPlaces& places);
  // Makes `next`, safe on disk, unless it is there.
  Result<void> make_next(const KeyPlaces& places, Rng& rng);
  // `next` becomes `master.key`, and what that was is gone. Requires: it was made.
  static Result<void> put_next_in_place(const KeyPlaces& places);
};

// Thread-safe once opened.
class KeyFolder {
 public:
  // Reads the keys of the store whose master key has this id; empty: of one that does not know it.
  // Errors: ST-0020 when a file cannot be read, is damaged, or is open to others than its owner;
  // ST-0050 when a key is not there; ST-0051 when the master key is another; ST-0052 when its
  // replacement was not finished.
  static Result<KeyFolder> open(const KeyPlaces& places, const std::string& master_id);
  // The same for who has the store open already: a key that is still to take its place will do.
  static Result<KeyFolder> open_while_replaced(const KeyPlaces& places,
                                               const std::string& master_id);
  // The same for a store in which nothing was sealed yet: what is not there is made, and safe on
  // disk, with its name, before it is given.
  static Result<KeyFolder> open_or_create(const KeyPlaces& places, Rng& rng);

  const SecretKey& master() const { return master_; }
  const std::string& master_id() const { return master_id_; }
  // What the signing key follows from.
  SecretKey signing_seed() const;
  // Writes `signing.pub` unless it is there. Errors: ST-0020.
  Result<void> publish(const KeyPlaces& places) const;

  // Ed25519 signature in hexadecimal digits.
  std::string sign(std::string_view message) const;
  bool is_signed(std::string_view message, std::string_view signature) const;

 private:
  KeyFolder(const SecretKey& master, const SecretKey& signing_seed);
  static Result<KeyFolder> with_signing_key(const KeyPlaces& places, const SecretKey& master);

  SecretKey master_;
  std::string master_id_;
  std::array<unsigned char, 64> signing_{};
  std::array<unsigned char, 32> public_{};
};

}  // namespace zicht::store
