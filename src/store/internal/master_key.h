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

// For a write transaction that seals something with the master key: nobody replaces that key until
// it ends. Errors: ST-0053 when it was replaced since these keys were read.
Result<void> hold_master(Connection& connection, const KeyFolder& keys);

// What the secret of a second factor is bound to, which the master key seals.
std::string label_of_second_factor(std::string_view account);
// The same of the secret that a webhook signs with, and of an address for mail.
std::string label_of_webhook(std::string_view webhook);
std::string label_of_mail(std::string_view account);

}  // namespace zicht::store
