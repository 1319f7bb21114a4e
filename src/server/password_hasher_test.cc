// Argon2Hasher against itself and against a hash that the argon2 command line tool would accept.
#include "server/password_hasher.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

namespace zicht::server {

TEST_CASE("password hasher: the right password is accepted and another is not") {
  Argon2Hasher hasher(2);
  const std::string hash = *hasher.hash("correct paard batterij");
  CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  CHECK(hasher.verify(hash, "correct paard batterij"));
  CHECK_FALSE(hasher.verify(hash, "correct paard batteri"));
  CHECK_FALSE(hasher.verify(hash, ""));
}

TEST_CASE("password hasher: the same password never gives the same hash") {
  Argon2Hasher hasher(1);
  CHECK(*hasher.hash("geheim") != *hasher.hash("geheim"));
}

TEST_CASE("password hasher: a broken or overlong hash is refused, not read") {
  Argon2Hasher hasher(1);
  CHECK_FALSE(hasher.verify("", "geheim"));
  CHECK_FALSE(hasher.verify("$argon2id$v=19$", "geheim"));
  CHECK_FALSE(hasher.verify(std::string(4000, '$'), "geheim"));
}

TEST_CASE("password hasher: more callers than turns all get their answer") {
  Argon2Hasher hasher(1);
  const std::string hash = *hasher.hash("geheim");
  std::vector<std::thread> callers;
  std::vector<char> right(4, 0);
  for (std::size_t i = 0; i < right.size(); ++i) {
    callers.emplace_back([&, i] { right[i] = hasher.verify(hash, "geheim") ? 1 : 0; });
  }
  for (auto& caller : callers) caller.join();
  CHECK(right == std::vector<char>(4, 1));
}

}  // namespace zicht::server
