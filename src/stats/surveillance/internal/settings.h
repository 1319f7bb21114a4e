// Checks a setting of a method. Errors: SA-0110, naming setting and domain.
#pragma once

#include <string>
#include <string_view>

#include "base/error_catalogue.h"
#include "base/result.h"

namespace zicht::stats::internal {

// `domain` is in signs, such as "0 < alpha < 1", so that it needs no translation.
inline Result<void> require_setting(bool is_good, std::string_view name, std::string_view domain) {
  if (is_good) return {};
  return make_error("SA-0110", {{"name", std::string(name)}, {"domain", std::string(domain)}});
}

}  // namespace zicht::stats::internal
