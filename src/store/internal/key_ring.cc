#include "store/internal/key_ring.h"

#include <utility>

#include "base/error_catalogue.h"
#include "store/internal/master_key.h"

namespace zicht::store {

KeyRing::KeyRing(KeyFolder folder, KeyPlaces places)
    : places_(std::move(places)),
      present_(std::make_shared<const KeyFolder>(std::move(folder))) {}

KeyFolderPtr KeyRing::present() const {
  const std::lock_guard lock(mutex_);
  return present_;
}

bool KeyRing::has_former() const {
  const std::lock_guard lock(mutex_);
  return former_ != nullptr;
}

Result<KeyFolderPtr> KeyRing::hold(Connection& connection) {
  ZICHT_TRY(known, held_master(connection));
  ZICHT_CHECKED(take_over(known));
  auto keys = present();
  // Only who was left behind by an older state of the store can have another one here.
  if (keys->master_id() != known) return make_error("ST-0053");
  return keys;
}

Result<std::string> KeyRing::open(Connection& connection, std::string_view sealed,
                                  std::string_view label) {
  if (auto plain = opened(sealed, label)) return *std::move(plain);
  ZICHT_TRY(known, known_master(connection));
  ZICHT_TRY(is_new, take_over(known));
  auto plain = is_new ? opened(sealed, label) : std::nullopt;
  if (!plain) return make_error("ST-0021");
  return *std::move(plain);
}

Result<void> KeyRing::look(Connection& connection) {
  ZICHT_TRY(known, known_master(connection));
  ZICHT_CHECKED(take_over(known));
  if (!has_former()) return {};
  ZICHT_TRY(sealed, wholly_sealed_with(connection));
  const std::lock_guard lock(mutex_);
  looks_ = sealed == present_->master_id() ? looks_ + 1 : 0;
  if (looks_ >= kLooksBeforeDropping) former_.reset();
  return {};
}

Result<bool> KeyRing::take_over(const std::string& known) {
  const KeyFolderPtr before = present();
  {
    const std::lock_guard lock(mutex_);
    const bool is_known = known == present_->master_id() ||
                          (former_ != nullptr && known == former_->master_id());
    if (is_known) return false;
  }
  auto folder = KeyFolder::open_while_replaced(places_, known);
  if (!folder.has_value()) return make_error("ST-0053");
  const std::lock_guard lock(mutex_);
  // Another thread may have been first.
  if (present_ != before) return true;
  former_ = std::exchange(present_, std::make_shared<const KeyFolder>(*std::move(folder)));
  looks_ = 0;
  return true;
}

std::optional<std::string> KeyRing::opened(std::string_view sealed, std::string_view label) const {
  KeyFolderPtr present, former;
  {
    const std::lock_guard lock(mutex_);
    present = present_;
    former = former_;
  }
  auto plain = open_sealed(present->master(), sealed, label);
  if (!plain && former != nullptr) plain = open_sealed(former->master(), sealed, label);
  return plain;
}

}  // namespace zicht::store
