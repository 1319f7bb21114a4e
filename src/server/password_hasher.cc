#include "server/password_hasher.h"

#include <sodium.h>

#include "base/check.h"
#include "base/error_catalogue.h"

namespace zicht::server {
namespace {

class Turn {
 public:
  explicit Turn(std::counting_semaphore<16>& turns) : turns_(turns) { turns_.acquire(); }
  ~Turn() { turns_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::counting_semaphore<16>& turns_;
};

}  // namespace

Argon2Hasher::Argon2Hasher(int concurrency) : turns_(concurrency) {
  ZICHT_CHECK(concurrency >= 1 && concurrency <= 16, "1..16 hashes at a time");
  ZICHT_CHECK(sodium_init() >= 0, "libsodium starts");
}

Result<std::string> Argon2Hasher::hash(const std::string& password) {
  const Turn turn(turns_);
  char text[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str(text, password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return make_error("SV-0010");
  }
  return std::string(text);
}

bool Argon2Hasher::verify(const std::string& hash, const std::string& password) {
  if (hash.size() >= crypto_pwhash_STRBYTES) return false;
  const Turn turn(turns_);
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace zicht::server
