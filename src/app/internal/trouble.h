// Tells what is wrong with the server for now from what is wrong with what was asked, where many
// rows are decided about and each is told what is wrong with it.
#pragma once

#include "base/error.h"

namespace zicht::app::internal {

// The server or the database fails or is full, so the next row would not do better.
inline bool is_trouble(const Error& error) {
  return error.code == Code::kUnavailable || error.code == Code::kInternal ||
         error.code == Code::kResourceExhausted;
}

}  // namespace zicht::app::internal
