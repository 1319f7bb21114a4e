// Tells what is wrong with the server for now from what is wrong with what was asked, where many
// rows are decided about and each is told what is wrong with it.
#pragma once

#include "base/error.h"

namespace zicht::app::internal {

// Of no row: the same would be so of every other, and is not so for long.
inline bool is_trouble(const Error& error) {
  return error.code == Code::kUnavailable || error.code == Code::kInternal ||
         error.code == Code::kResourceExhausted;
}

}  // namespace zicht::app::internal
