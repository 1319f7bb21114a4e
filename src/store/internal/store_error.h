// The one place where failures of a database become errors of the house.
#pragma once

#include <string_view>

#include "base/result.h"

namespace zicht::store {

// What went wrong, as far as the caller's next step depends on it.
enum class Failure {
  kUnique,       // a unique key exists already
  kRefused,      // another constraint, or a trigger
  kRetry,        // busy, deadlock, serialization
  kUnreachable,  // cannot open, connect, or lost
  kFull,         // disk or quota
  kReadOnly,     // disk, file or server
  kDisk,         // reading or writing failed
  kTooLong,      // took longer than a statement may
  kInternal,     // wrong SQL, damaged file
};

// `detail` names tables and constraints, never values.
Error store_error(Failure failure, std::string_view detail);

}  // namespace zicht::store
