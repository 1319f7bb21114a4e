// The syntax tree of a FEEL expression: what the parser gives and the compiler and the naive
// evaluator (testing/naive.h) read.
//
//     const Parsed parsed = parse_expression("1 + fee", scope);      // parser.h
//     to_text(*parsed.root);                                         // "(+ 1 fee)"
//
// One kind of node for everything: `kind` says which of the other fields mean something, as the
// table beside NodeKind has it. Names are canonical (one space between words, none around other
// signs), literals are decoded. A tree is at most kMaxTreeDepth deep, so walking it may recurse.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "feel/type.h"

namespace zicht::feel {

// A piece of the text, in bytes: [begin, end).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Span&) const = default;
};

enum class NodeKind : std::uint8_t {
  kNull,
  kBoolean,     // flag
  kNumber,      // text: digits as written
  kString,      // text: decoded
  kAt,          // text: the decoded string after @
  kName,        // text: the name
  kBinary,      // op; left, right
  kNegate,      // operand
  kBetween,     // value, low, high
  kIn,          // value, test...; a test is an expression or a kUnaryRange
  kUnaryRange,  // op; end point: `> 5`, `!= 3`; in round brackets it is a value
  kRange,       // open_start, open_end; start, end
  kIf,          // condition, then, else
  kFor,         // kIterator..., body
  kSome,        // kIterator..., condition
  kEvery,       // kIterator..., condition
  kIterator,    // text: variable; domain, or two ends when flag: `x in 1..n`
  kFilter,      // source, condition or index
  kPath,        // text: member; source
  kList,        // item...
  kContext,     // kEntry...
  kEntry,       // text: key; value
  kFunction,    // kParameter..., body; flag: external
  kParameter,   // text: name; declared
  kInstanceOf,  // declared; value
  kCall,        // callee, argument... or kNamed...
  kNamed,       // text: parameter; value
  kUnaryTests,  // flag: not(...); test...
  kAnyInput,    // the test `-`
};

enum class Operator : std::uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kPower,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kAnd,
  kOr,
};

struct Node;
using NodePtr = std::unique_ptr<Node>;

struct Node {
  NodeKind kind = NodeKind::kNull;
  Operator op = Operator::kAdd;
  bool flag = false;
  bool open_start = false;
  bool open_end = false;
  std::uint16_t depth = 1;  // of the tree below, this node included
  Span span{};
  std::string text{};
  Type declared{};  // of a parameter or of `instance of`
  Type type{};      // what the value surely is, unless it is null; Any when that is not known
  std::vector<NodePtr> children{};
};

// Deepest tree that the parser gives.
inline constexpr std::uint16_t kMaxTreeDepth = 600;

// The sign of an operator: "+", "and".
std::string_view sign_of(Operator op);

// The tree as a nested list, for tests and for reading a log: "(+ 1 (name fee))".
std::string to_text(const Node& node);

}  // namespace zicht::feel
