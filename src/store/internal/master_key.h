// Which master key a store has: its id stands in `meta`, so that another key, a lost one and one
// that is being replaced are told before anything is read or written under the wrong one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/rng.h"
#include "store/driver.h"
#include "store/keys.h"

namespace zicht::store {

// Empty: this store has none yet. Requires: the tables are there.
Result<std::string> known_master(Connection& connection);

// The keys of this store. New ones are made only where nothing was sealed yet.
// Errors: those of KeyFolder; ST-0021 when they do not open what is there.
Result<KeyFolder> open_keys(Connection& connection, const KeyPlaces& places, Rng& rng);

// The same in a write transaction, and nobody replaces that key until it ends.
Result<std::string> held_master(Connection& connection);

// The id of the master key that everything was under when it was last replaced; empty: that never
// happened, or has not ended. Noted in an open transaction.
Result<std::string> wholly_sealed_with(Connection& connection);
Result<void> note_wholly_sealed(Connection& connection, const std::string& id);

// What the secret of a second factor is bound to, which the master key seals.
std::string label_of_second_factor(std::string_view account);
// The same of the secret that a webhook signs with, and of an address for mail.
std::string label_of_webhook(std::string_view webhook);
std::string label_of_mail(std::string_view account);

}  // namespace zicht::store
