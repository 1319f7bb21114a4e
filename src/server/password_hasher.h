// Password hashing with argon2id (libsodium), as a port of app's sign-in.
//
// Each hash takes 64 MiB and tens of milliseconds, so at most `concurrency` run at a time; others
// wait their turn. Parameters are libsodium's INTERACTIVE (2 passes, 64 MiB: above the OWASP
// minimum of 19 MiB) and stand inside each hash, so that they can be raised later. Thread-safe.
#pragma once

#include <semaphore>

#include "app/ports.h"

namespace zicht::server {

class Argon2Hasher final : public app::PasswordHasher {
 public:
  // Requires: 1 <= concurrency <= 16.
  explicit Argon2Hasher(int concurrency);

  // Errors: SV-0010 (kResourceExhausted) when the memory is not there.
  Result<std::string> hash(const std::string& password) override;
  bool verify(const std::string& hash, const std::string& password) override;

 private:
  std::counting_semaphore<16> turns_;
};

}  // namespace zicht::server
