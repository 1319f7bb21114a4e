// Explanation: how the value of an expression came about, for "Waarom?".
//
//     const Explanation why = rule.explain(facts, context);          // expression.h
//     why.value;                                                     // what evaluate() gives
//     for (const Step& step : why.root.steps) ...                    // its parts, with places
//     for (const NullCause& cause : why.causes) ...                  // when it is null
//
// Explaining evaluates once more and records: the engine is pure, so the same facts give the same
// value, and evaluation by itself records nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "feel/ast.h"
#include "feel/value.h"

namespace zicht::feel {

enum class ExplanationLevel : std::uint8_t {
  kOff,    // the value and, when it is null, the causes
  kBrief,  // and every variable, member and function result that was looked at
  kFull,   // and every part of the expression that was evaluated
};

// One part of the expression that was evaluated. A part that was not needed (the branch not taken,
// what comes after `false and`) is no step. Literals are none either: the text shows their value.
struct Step {
  SourceSpan span{};  // of another source inside a function that was made elsewhere
  NodeKind kind = NodeKind::kNull;
  Value value{};
  std::vector<Step> steps{};  // in the order in which they were evaluated
};

struct Explanation {
  // At most this many steps are kept; is_cut says that there were more.
  static constexpr std::size_t kMaxSteps = 5000;

  Value value{};
  Step root{};
  std::vector<NullCause> causes{};  // why `value` is null: missing facts, errors
  // Missing facts and errors that `value` rests on although it is not null by them: each counted as
  // "not true", in a filter or as a condition (CallContext::pass_over).
  std::vector<NullCause> passed_over{};
  bool is_cut = false;
};

// Lines of text, indented by depth: "income * 12 = 31200". `text` is that of the expression. Values
// of more than kMaxShown bytes are cut (literal_of in value.h), and so are pieces of the text.
inline constexpr std::size_t kMaxShown = 200;
[[nodiscard]] std::string to_lines(const Explanation& explanation, std::string_view text);

}  // namespace zicht::feel
