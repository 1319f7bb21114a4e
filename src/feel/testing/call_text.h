// Values and calls of built-in functions from their FEEL texts, for tables in tests of values,
// operators and functions: what those need of FEEL, and no more.
//
//     Calls calls;
//     calls.text("substring(\"foobar\", 3)");              // "\"obar\""
//     calls.value("{a: [1, 2..]}");                        // fails the test: that is no literal
//
// Literals: null, true, false, numbers, "strings", @"temporal values", lists, contexts, ranges,
// unary tests in parentheses, and the functions of `functions`. Calls: by position or by name.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/rng.h"
#include "feel/function.h"

namespace zicht::feel::testing {

class Calls {
 public:
  explicit Calls(const Limits& limits = {});

  // Fails the test where `text` is no literal and no call of literals.
  Value value(std::string_view text);

  // The literal of the value, "null" followed by the ids of its causes where there are any:
  // "null FE-0105".
  std::string text(std::string_view text);

  CallContext& context() { return context_; }
  Budget& budget() { return budget_; }
  Environment& environment() { return environment_; }

  // Names that stand for values, such as functions of C++.
  std::map<std::string, Value, std::less<>> names{};

 private:
  SeededRng rng_{1};
  Environment environment_;
  Budget budget_;
  CallContext context_;
};

std::string described(const Value& value);

}  // namespace zicht::feel::testing
