// How the outcome of a decision came about: what went in, which rules matched, which cell stopped a
// rule, and why a null is null.
//
//     const Answer answer = engine.evaluate({..., .explain = ExplainLevel::kFull}, environment);
//     for (const DecisionTrace& decision : answer.explanation.decisions()) show(decision);
//
// The engine is pure: explaining is evaluating once more and writing down what happens. At kBrief
// an evaluation writes down no more than values and which rule matched, and the rest is told when
// somebody asks for it. Nothing here leaves out personal data; who may see an explanation is
// decided where access is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "feel/explanation.h"
#include "feel/value.h"

namespace zicht::dmn {

namespace internal {
struct Recording;
}

enum class ExplainLevel : std::uint8_t {
  kOff,
  kBrief,  // inputs, matched rules, outputs, and why a null is null
  kFull,   // and every rule and every cell, with the values of the parts of its expression
};

enum class CellVerdict : std::uint8_t { kTrue, kFalse, kUnknown };

struct CellTrace {
  CellVerdict verdict = CellVerdict::kUnknown;
  std::string text{};
  std::uint32_t line = 0;                 // in the file of the model
  std::vector<feel::NullCause> causes{};  // why it is unknown
  feel::Explanation parts{};              // how the test came out; spans are of `text`
};

struct RuleTrace {
  std::uint32_t number = 0;  // from 1, as people count
  std::string id{};
  std::uint32_t line = 0;
  bool has_matched = false;
  std::vector<CellTrace> cells{};      // kFull
  std::vector<feel::Value> outputs{};  // of a rule that matched
  std::vector<std::string> annotations{};
};

// A rule that would have matched, had these columns (from 0) been otherwise: no smaller set of them
// is enough, since a rule matches when all its cells are true.
struct NearMiss {
  std::uint32_t rule = 0;
  std::vector<std::uint32_t> columns{};
  bool operator==(const NearMiss&) const = default;
};

struct NamedValue {
  std::string name{};
  feel::Value value{};
};

struct TableTrace {
  std::string name{};
  std::string id{};
  std::uint32_t line = 0;
  std::string hit_policy{};
  std::vector<NamedValue> inputs{};  // by the label, else the text, of each column
  std::vector<RuleTrace> rules{};    // kBrief: those that matched; kFull: all
  // Of the rules that did not match, those with the fewest blocking cells; at most kMaxNearMisses.
  // Looked for when no rule matched, and at kFull.
  std::vector<NearMiss> near_misses{};
  feel::Value value{};
  bool is_cut = false;  // rules are left out: telling them takes too much

  static constexpr std::size_t kMaxNearMisses = 5;
};

// A law, guideline or person that the decision rests on.
struct SourceTrace {
  std::string name{}, type{}, location{};
};

struct DecisionTrace {
  std::string name{};
  std::string id{};
  std::string file{};
  std::uint32_t line = 0;
  std::vector<NamedValue> inputs{};  // of everything that the decision requires
  std::vector<TableTrace> tables{};  // its own, and those of the knowledge it called
  feel::Value value{};
  std::vector<feel::NullCause> causes{};  // why `value` is null
  // Missing facts that `value` rests on although it is not null by them: an unknown cell did not
  // match, an unknown condition took the second branch. Those of the decisions it requires are told
  // there.
  std::vector<feel::NullCause> passed_over{};
  bool is_cut = false;  // tables or rules are left out
  std::vector<SourceTrace> sources{};
};

// Immutable and cheap to copy; many threads may read one. Keeps the compiled model as long as it
// lives.
class Explanation {
 public:
  // Of nothing.
  Explanation() = default;
  // For the engine: the decisions that ended as number `first` up to, not including, `last`.
  Explanation(std::shared_ptr<const internal::Recording> recording, std::size_t first,
              std::size_t last)
      : recording_(std::move(recording)), first_(first), last_(last) {}

  // In the order in which the decisions were evaluated. Each call tells all of them anew, and the
  // same: keep what it gives.
  [[nodiscard]] std::vector<DecisionTrace> decisions() const;

 private:
  std::shared_ptr<const internal::Recording> recording_{};
  std::size_t first_ = 0;
  std::size_t last_ = 0;
};

// For people's eyes and for programs; functions, and numbers that are not whole, become their
// texts. Of a large value the beginning is told, with "..." where it is cut: at most kMaxShown
// parts of it and kMaxShownText bytes of each text.
inline constexpr std::size_t kMaxShown = 200;
inline constexpr std::size_t kMaxShownText = 1000;
[[nodiscard]] Json to_json(const Explanation& explanation);
[[nodiscard]] Json shown_json(const feel::Value& value);
[[nodiscard]] Json to_json(const std::vector<feel::NullCause>& causes);
// {"text","value","steps":[...]} of an expression or of tests with this text.
[[nodiscard]] Json to_json(const feel::Explanation& explanation, std::string_view text);
[[nodiscard]] Json to_json(const std::vector<SourceTrace>& sources);

// "true", "false", "unknown".
[[nodiscard]] std::string_view verdict_name(CellVerdict verdict);

}  // namespace zicht::dmn
