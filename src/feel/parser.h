// Reads FEEL (DMN 1.5) text into a syntax tree, with the names of a scope.
//
//     const Parsed parsed = parse_expression("if age < 18 then \"child\" else \"adult\"", scope);
//     if (parsed.root == nullptr) return to_error(parsed.findings, text);
//
// A hand-written Pratt parser that types while it reads, since what a name after a dot or inside a
// filter is depends on the type of what stands before it. All of FEEL is read; what each construct
// means is in docs/formats/feel.md. Precedence, from weak to strong: or; and; comparison, between,
// in; + -; * /; **; instance of; unary minus; filter, path, call. Operators of one strength group
// from the left, also ** (as the standard has it).
//
// Hostile text ends in a finding: too long (kMaxTextBytes) or nested too deep (kMaxNesting, or
// kMaxTreeDepth of ast.h).
#pragma once

#include <string_view>
#include <vector>

#include "feel/ast.h"
#include "feel/finding.h"
#include "feel/scope.h"

namespace zicht::feel {

inline constexpr std::size_t kMaxTextBytes = 256 * 1024;
inline constexpr int kMaxNesting = 150;

struct Parsed {
  // Null when the syntax is wrong. An unknown name or type (FE-0002, FE-0010) is an error among the
  // findings, but the tree is whole: a caller that wants null there, as DMN does, can go on.
  NodePtr root{};
  std::vector<Finding> findings{};
};

// One expression.
[[nodiscard]] Parsed parse_expression(std::string_view text, const Scope& scope);

// Unary tests, as in a cell of a decision table: `-`, `< 5, [10..20]`, `not("a", "b")`, or
// expressions with `?` for the input. The root is kAnyInput or kUnaryTests. `input` is the type of
// the value that is tested.
[[nodiscard]] Parsed parse_unary_tests(std::string_view text, const Scope& scope,
                                       const Type& input);

}  // namespace zicht::feel
