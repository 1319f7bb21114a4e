// Regular expressions as XPath and XQuery know them (F&O 3.1, 5.6), run by ICU.
//
// The languages differ: XPath has class subtraction, blocks \p{IsGreek}, \i and \c, and none of
// ICU's possessive quantifiers, lookaround or inline flags. So a pattern is read strictly as XPath
// and written anew for ICU. Compiling and matching spend a budget, and one search stops after a
// limit of its own: a pattern comes from an author, the text perhaps from anybody.
#pragma once

#include <unicode/regex.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "feel/budget.h"

namespace zicht::feel::internal {

struct RegexFlags {
  bool dot_matches_all = false;  // s
  bool is_multiline = false;     // m
  bool ignores_case = false;     // i
  bool ignores_blanks = false;   // x
  bool is_literal = false;       // q
};

// Nothing for a letter that is no flag.
std::optional<RegexFlags> parse_flags(std::string_view flags);

// What is wrong with a pattern, in few words; or the same pattern for ICU.
struct Translation {
  std::string pattern{};  // empty with `problem` set
  int groups = 0;
  std::string problem{};
};
Translation translate_pattern(std::string_view pattern, const RegexFlags& flags);

// A compiled pattern. Not thread-safe for lack of need: each belongs to one evaluation.
struct Regex {
  std::unique_ptr<icu::RegexPattern> pattern{};  // null with `problem` set
  bool is_literal = false;
  bool matches_empty = false;  // it finds a match in ""
  int groups = 0;
  std::string problem{};
};

// One search may save so many states for a way back, then it ends with an error. ICU tells every
// 10,000; patterns that do not run wild need far fewer.
inline constexpr int kMaxTicks = 100;
inline constexpr std::int32_t kMaxStack = 1 << 20;

// Compiles each pattern once for an evaluation, and forgets all where there are too many.
class RegexCache {
 public:
  static constexpr std::size_t kMaxPatterns = 100;

  // Valid until the next call. Compiling costs steps and bytes; the pattern of an exhausted budget
  // has a problem.
  const Regex& find(std::string_view pattern, std::string_view flags, Budget& budget);

  // How often a pattern was compiled.
  std::size_t compilations() const { return compilations_; }

 private:
  std::map<std::pair<std::string, std::string>, Regex> known_;
  Regex unpaid_{.problem = "budget"};
  std::size_t compilations_ = 0;
};

icu::UnicodeString unicode_of(std::string_view utf8);
std::string utf8_of(const icu::UnicodeString& text);

}  // namespace zicht::feel::internal
