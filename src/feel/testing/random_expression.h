// Random well-formed expressions, for comparing the compiler with its oracle and for benches.
//
//     RandomExpressions random(seed);
//     const std::string text = random.next();         // over the names of random_scope()
//
// The same seed gives the same texts. Most are well typed, so that they compute something; some are
// not, so that they give null. For tests.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/rng.h"
#include "feel/scope.h"
#include "feel/value.h"

namespace zicht::feel::testing {

// Names with spaces and signs, of all kinds; `anything` has no type, so that what follows it is
// only known when it is evaluated.
Scope random_scope();

class RandomExpressions {
 public:
  explicit RandomExpressions(std::uint64_t seed) : rng_(seed) {}

  std::string next();

  // As in the cell of a table, for a number.
  std::string next_tests();

  // A value for each name of random_scope(); about one in eight is null or is not given.
  std::map<std::string, Value> facts();

 private:
  enum class Want { kNumber, kBoolean, kString, kDate, kNumbers, kRows, kContext, kAnything };

  std::string of(Want want, int depth);
  std::string number(int depth);
  std::string boolean(int depth);
  std::string string(int depth);
  std::string date(int depth);
  std::string numbers(int depth);
  std::string rows(int depth);
  std::string context(int depth);
  std::string condition_on_item(int depth);
  std::string leaf(Want want);
  std::string variable();

  std::uint64_t below(std::uint64_t bound) { return rng_.below(bound); }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  Value row();

  SeededRng rng_;
  std::vector<std::string> numbers_in_scope_{};  // variables of loops and keys around
  int names_ = 0;
};

}  // namespace zicht::feel::testing
