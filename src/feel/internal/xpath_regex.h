// Patterns of XPath on their way to a platform's engine: flags, translation, and a cache.
//
// The languages differ: XPath has class subtraction, blocks \p{IsGreek}, \i and \c, and none of the
// possessive quantifiers, lookaround or inline flags of others. So a pattern is read strictly as
// XPath and written anew for the engine that runs it. Compiling and matching spend a budget, and
// one search stops after a limit of its own: a pattern comes from an author, the text perhaps from
// anybody.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "feel/texts.h"

namespace zicht::feel::internal {

// Nothing for a letter that is no flag.
std::optional<RegexFlags> parse_flags(std::string_view flags);

enum class Dialect : std::uint8_t {
  kIcu,
  kEcmaScript,  // with the flag `v`; and `i` where case is ignored, no other
};

// What is wrong with a pattern, in few words; or the same pattern for an engine. The engines agree
// on what matches, but not on all that follows from the order in which they try.
struct Translation {
  std::string pattern{};  // empty with `problem` set
  int groups = 0;
  std::string problem{};
  bool has_block = false;                 // \p{IsGreek}
  bool has_category = false;              // \p{Lu}
  bool has_back_reference = false;        // \1
  bool refers_to_unsteady_group = false;  // (a)?\1: to a group that may be unset or stale
  bool has_unsteady_group = false;        // ((a)|b)*: the group may be of an earlier turn
  bool repeats_nothing = false;           // (a?)*: the engines end their matches elsewhere
  bool may_run_wild = false;              // (a+)*: takes time without end where nothing limits it
  int loops = 0;                          // quantifiers that leave a choice
};
Translation translate_pattern(std::string_view pattern, const RegexFlags& flags, Dialect dialect);

// A pattern and what is known of it.
struct KnownRegex : CompiledRegex {
  bool is_literal = false;
  bool matches_empty = false;  // it finds a match in ""
  // Neither a regex nor a problem.
  [[nodiscard]] bool is_elsewhere() const { return !regex && problem.empty(); }
};

// Compiles each pattern once for an evaluation, and forgets all where there are too many.
class RegexCache {
 public:
  static constexpr std::size_t kMaxPatterns = 100;

  explicit RegexCache(const Texts& texts = system_texts()) : texts_(texts) {}

  // Valid until the next call. Compiling costs steps and bytes; the pattern of an exhausted budget
  // has a problem.
  const KnownRegex& find(std::string_view pattern, std::string_view flags, Budget& budget);

  // How often a pattern was compiled.
  std::size_t compilations() const { return compilations_; }

 private:
  const Texts& texts_;
  std::map<std::pair<std::string, std::string>, KnownRegex> known_;
  KnownRegex unpaid_ = [] {
    KnownRegex regex;
    regex.problem = "budget";
    return regex;
  }();
  std::size_t compilations_ = 0;
};

}  // namespace zicht::feel::internal
