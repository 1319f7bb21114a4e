// Oracle for the compiler: evaluates the syntax tree as it stands, with names looked up in maps at
// the moment that they are met.
//
// Slow and plain, and without anything of the compiler: no slots, no folding, no types. Operators
// and built-in functions are those of the product, which have oracles and tables of their own. Its
// nulls have causes but no places. For tests.
#pragma once

#include <map>
#include <string>

#include "feel/ast.h"
#include "feel/function.h"

namespace zicht::feel::testing {

using Facts = std::map<std::string, Value>;

// Requires: `root` was parsed with the names of `facts` in scope. Functions in the outcome refer to
// `root`, so it must outlive them.
Value evaluate_naively(const Node& root, const Facts& facts, CallContext& context);

// The same for unary tests, whose root is kUnaryTests or kAnyInput.
Value test_naively(const Node& root, const Value& input, const Facts& facts, CallContext& context);

}  // namespace zicht::feel::testing
