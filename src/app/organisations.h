// Names of organisations by id, kept in memory: every record answer shows one.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "app/ports.h"

namespace zicht::app {

// Thread-safe. A name that is not known yet is read again from the store.
class Organisations {
 public:
  explicit Organisations(Store& store) : store_(store) {}

  // The id itself when the organisation has no name.
  [[nodiscard]] std::string name_of(const std::string& id);
  [[nodiscard]] Result<bool> exists(const std::string& id);
  // After an organisation was put.
  void forget();

 private:
  Result<void> read();

  Store& store_;
  std::mutex mutex_;
  std::map<std::string, std::string> names_;
};

}  // namespace zicht::app
