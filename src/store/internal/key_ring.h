// The master key of an open store, also after it was replaced while the store was open.
//
//     KeyRing ring(folder, places);
//     ZICHT_TRY(plain, ring.open(connection, sealed, label));      whichever key it is under
//     ZICHT_TRY(keys, ring.hold(connection));                      in a write transaction
//     ... seal(keys->master(), ...) ...
//
// `zicht keys rotate` runs in another process, perhaps on another machine. Nothing is asked of the
// database until something does not open, or is to be sealed: then the id in `meta` tells whether
// the store has another key by now, and the folder of keys is read again. While rows are sealed
// anew both keys open; the former one is dropped a while after the last row (`look`).
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/driver.h"
#include "store/keys.h"

namespace zicht::store {

using KeyFolderPtr = std::shared_ptr<const KeyFolder>;

// Thread-safe.
class KeyRing {
 public:
  // How often `look` finds that everything is under the present key before the former one is
  // dropped: readers of an older state may still meet it.
  static constexpr int kLooksBeforeDropping = 600;

  KeyRing(KeyFolder folder, KeyPlaces places);

  // The key that is known to hold, and the signing key, which is never replaced.
  [[nodiscard]] KeyFolderPtr present() const;
  // Whether the key before it is still known.
  [[nodiscard]] bool has_former() const;

  // For a write transaction that seals something with the master key: nobody replaces that key
  // until it ends. Errors: ST-0053 when it was replaced and the new one is not here.
  Result<KeyFolderPtr> hold(Connection& connection);

  // What the master key sealed. Errors: ST-0021 when it opens with no key of this store; ST-0053.
  Result<std::string> open(Connection& connection, std::string_view sealed,
                           std::string_view label);

  // Takes over a key that the store names as its own by now, and drops the former one in time.
  // Errors: ST-0053.
  Result<void> look(Connection& connection);

 private:
  // True when there is a key that was not known before.
  Result<bool> take_over(const std::string& known);
  std::optional<std::string> opened(std::string_view sealed, std::string_view label) const;

  const KeyPlaces places_;
  mutable std::mutex mutex_;
  KeyFolderPtr present_, former_;     // guarded by mutex_; former_ is null: there is none
  int looks_ = 0;                     // guarded by mutex_
};

}  // namespace zicht::store
