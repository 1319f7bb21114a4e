// What the engine is asked on both sides, server and browser: the same questions, whose answers
// must be the same to the byte.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "dmn/tck.h"

namespace zicht::engine_tests {

// One thing to compile, and what is asked of it; each question lacks its "handle".
struct Question {
  json::object compile{};
  std::vector<json::object> asks{};
};

// Gets every question of a set, one after the other. The same seed gives the same ones.
using Ask = std::function<void(const Question&)>;

// Each text as an expression, and as unary tests, over random facts.
void ask_texts(const std::vector<std::string>& texts, const Ask& ask);
// Random well-formed expressions and unary tests (feel/testing/random_expression.h).
void ask_random(std::uint64_t seed, int count, const Ask& ask);
// Arithmetic at the edges of decimal128, and what goes through binary numbers: exp, log, powers.
void ask_numbers(std::uint64_t seed, int count, const Ask& ask);
// Moments around the changes of clocks in many zones, and far from them.
void ask_zones(const Ask& ask);
// Patterns with every flag, on texts that they match and do not.
void ask_patterns(const Ask& ask);
// Each case of the compatibility kit, with the decision's value and how it came about.
void ask_kit(const std::vector<dmn::TestFolder>& folders, const Ask& ask);

}  // namespace zicht::engine_tests
