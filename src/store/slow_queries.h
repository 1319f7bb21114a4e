// A database whose slow statements are told: a layer over any other, which times what goes through.
//
//     const auto watched = tell_slow(*database, std::chrono::milliseconds(500), tell);
//
// Told are the text of the statement, which has its values as $1, $2 and never in itself, the
// milliseconds, and the request that it was for (base/trace.h). The time of a query is that of
// finding its rows, those that are read later too. PostgreSQL runs queued statements together:
// their time is that of the statement that waited for them.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>

#include "store/driver.h"

namespace zicht::store {

struct SlowQuery {
  std::string_view sql;      // literal texts in it are left out
  double milliseconds = 0;
  std::string_view request;  // empty: of no request
};

// Called on the thread of the statement, after it; must be quick.
using TellSlow = std::function<void(const SlowQuery&)>;

// `database` must outlive it.
std::unique_ptr<Database> tell_slow(Database& database, std::chrono::milliseconds limit,
                                    TellSlow tell);

// The text with '…' instead of each literal text: none should be there, none may be told.
std::string without_literals(std::string_view sql);

}  // namespace zicht::store
