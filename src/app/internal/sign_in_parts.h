// What the files of SignIn share.
#pragma once

#include "app/internal/lockout.h"
#include "app/ports.h"
#include "base/error.h"

namespace zicht::app::internal {

// AP-0042, naming whole minutes.
[[nodiscard]] Error locked_error(std::int64_t seconds);

// For an account that has none yet.
[[nodiscard]] inline Credential blank_credential(const std::string& account) {
  Credential credential;
  credential.account = account;
  return credential;
}

[[nodiscard]] inline Lockout lockout_of(const Credential& credential) {
  return {credential.failures, credential.locked_until};
}

}  // namespace zicht::app::internal
