// From the words of a command to an opened installation: what most commands begin with.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "server/arguments.h"
#include "server/installation.h"

namespace zicht::server {

// The command's own options and flags; --config and --data come by themselves.
struct Expected {
  std::set<std::string> options;
  std::set<std::string> flags;
  std::size_t min_words = 0;
  std::size_t max_words = 0;
};

// Absent: the words are not understood, and that was reported.
[[nodiscard]] std::optional<Arguments> understood(const std::vector<std::string>& words,
                                                  Expected expected);

// By --config (else ./zicht.conf when it is there), then --data. Absent: reported.
[[nodiscard]] std::optional<Config> configured(const Arguments& arguments);

// Tells which packs cannot be read, with file and line; everything else of them works.
void report_unreadable(Installation& installation);

// Seconds by which the newest entry of the journal is later than the clock of this machine: it was
// set back, or ran ahead before. 0: by less than 5. Errors: unavailable.
[[nodiscard]] Result<std::int64_t> seconds_behind_journal(Installation& installation);

// Warns of that.
void report_clock(Installation& installation);

// The id of the account; empty: the login is not that of an active administrator, and that was
// reported.
[[nodiscard]] std::string administrator(Installation& installation, const std::string& login);

// configured() and opened, with what cannot be read, and a wrong clock, told. Null: reported.
[[nodiscard]] std::unique_ptr<Installation> opened(const Arguments& arguments,
                                                   app::ChangeFeed& feed);

}  // namespace zicht::server
