// What is read of the files of a pack, read once for each version of it.
//
//     ReadOnce<packs::Round> rounds{packs::rounds_of};
//     if (const auto round = rounds.find(*pack, "pack/half-year")) ...
//
// Reading the files of a pack takes milliseconds, and every answer asks for what is in them. What
// was read stays for as long as this does. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "model/pack.h"

namespace zicht::app {

// `Item` has full_id(): "pack/id".
template <typename Item>
class ReadOnce {
 public:
  using Items = std::shared_ptr<const std::vector<Item>>;
  using Reader = std::vector<Item> (*)(const model::Pack&);

  explicit ReadOnce(Reader read) : read_(read) {}

  // In the order of the reader; never null.
  [[nodiscard]] Items in(const model::Pack& pack) {
    const std::lock_guard lock(mutex_);
    Items& items = items_[pack.hash];
    if (items == nullptr) items = std::make_shared<const std::vector<Item>>(read_(pack));
    return items;
  }

  // "pack/id"; null: this pack has none of that name (any more).
  [[nodiscard]] std::shared_ptr<const Item> find(const model::Pack& pack,
                                                 std::string_view full_id) {
    const Items items = in(pack);
    for (const Item& each : *items) {
      if (each.full_id() == full_id) return {items, &each};
    }
    return nullptr;
  }

 private:
  Reader read_;
  std::mutex mutex_;
  std::map<std::string, Items> items_;  // by hash of the pack
};

}  // namespace zicht::app
