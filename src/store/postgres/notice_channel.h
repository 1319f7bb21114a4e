// Short texts from one server to the others on the same PostgreSQL database (LISTEN and NOTIFY,
// https://www.postgresql.org/docs/15/sql-notify.html): told at once, to whoever listens now, kept
// for nobody. What must not be lost belongs in a table.
//
//     ZICHT_TRY(channel, open_notice_channel("dbname=zicht", "zicht_changes"));
//     ZICHT_CHECKED(channel->send("[]"));
//     ZICHT_TRY(texts, channel->receive(std::chrono::milliseconds(0)));
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zicht::store {

// PostgreSQL takes less than 8,000 bytes.
inline constexpr std::size_t kNoticeBytes = 7'900;

// Not thread-safe. After an error it is of no use any more: open another.
class NoticeChannel {
 public:
  virtual ~NoticeChannel() = default;

  // Requires: at most kNoticeBytes, no NUL. Waits for the database. Errors: unavailable.
  [[nodiscard]] virtual Result<void> send(std::string_view text) = 0;

  // What others sent since the last call, in the order in which it was committed. Waits for the
  // first at most so long. Errors: unavailable.
  [[nodiscard]] virtual Result<std::vector<std::string>> receive(
      std::chrono::milliseconds wait) = 0;
};

// Requires: `name` is a safe identifier (driver.h). Errors: unavailable.
Result<std::unique_ptr<NoticeChannel>> open_notice_channel(const std::string& connection_string,
                                                           std::string_view name);

}  // namespace zicht::store
