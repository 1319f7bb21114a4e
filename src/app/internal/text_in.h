// Reading what the engine wrote itself: a text under a key, or nothing where it is not one.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace zicht::app::internal {

[[nodiscard]] inline std::string text_in(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

}  // namespace zicht::app::internal
