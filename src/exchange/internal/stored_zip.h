// A ZIP archive whose members are stored as they are (APPNOTE 6.3, method 0), without extra fields
// and with 1 January 1980 as their day, so that the same members give the same bytes. Pure.
#pragma once

#include <string>
#include <string_view>

namespace zicht::exchange::internal {

class StoredZip {
 public:
  // Requires: all together less than 4 GiB and 65,535 members.
  void add(std::string_view name, std::string_view content);
  [[nodiscard]] std::string finish() const;

 private:
  std::string members_, directory_;
  int count_ = 0;
};

}  // namespace zicht::exchange::internal
