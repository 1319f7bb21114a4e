// Keys in escrow: a copy of a store's keys, sealed so that only its recipient can open it.
//
//     const RecipientKeys recipient = make_recipient(rng);      on a machine that is kept apart
//     ZICHT_TRY(text, to_escrow(keys, recipient.public_key));    where the store is
//     ZICHT_TRY(escrowed, from_escrow(text, recipient.secret_key));
//     ZICHT_CHECKED(put_keys(escrowed, {.folder = "/var/lib/zicht/keys"}));
//
// A sealed box of libsodium (X25519, XSalsa20-Poly1305) over the master key and the seed of the
// signing key. Who holds the box alone, or the database alone, has nothing. docs/formats/keys.md.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/rng.h"
#include "store/driver.h"
#include "store/keys.h"

namespace zicht::store {

// Both in hexadecimal digits.
struct RecipientKeys {
  std::string secret_key, public_key;
};
RecipientKeys make_recipient(Rng& rng);

struct EscrowedKeys {
  std::string master_id;
  SecretKey master, signing_seed;
};

// The text of an escrow file. Errors: ST-0054 when that is no public key.
Result<std::string> to_escrow(const KeyFolder& keys, std::string_view public_key);
// Errors: ST-0055 when the text is no escrow, or of another recipient.
Result<EscrowedKeys> from_escrow(std::string_view text, std::string_view secret_key);

// Whether they are those of a store. Requires: the tables are there. Errors: ST-0051.
Result<void> check_fits(Database& database, const EscrowedKeys& keys);

// Writes the keys to a folder; files that hold the same already are left. Errors: ST-0056 when
// another key stands there, ST-0020 when it cannot be written.
Result<void> put_keys(const EscrowedKeys& keys, const KeyPlaces& places);

}  // namespace zicht::store
