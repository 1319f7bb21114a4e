// Texts: the port through which pure code reaches what a platform knows of letters and patterns.
//
//     const Texts& texts = system_texts();
//     texts.upper_case("straße");                                     // "STRASSE"
//     const auto compiled = texts.compile("^[1-9][0-9]{3}", {});
//     const auto search = compiled.regex->search("1234 AB", RegexUse::kTest, budget);
//     search->next() == RegexSearch::Step::kFound;
//
// A server has ICU (icu_texts.cc), a browser its own RegExp. Patterns are those of XPath and XQuery
// (F&O 3.1, 5.6); an adapter gives the answer that they prescribe or says that it cannot: then the
// evaluation ends with FE-0070, as only the other place can judge. Each platform links one adapter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "feel/budget.h"

namespace zicht::feel {

struct RegexFlags {
  bool dot_matches_all = false;  // s
  bool is_multiline = false;     // m
  bool ignores_case = false;     // i
  bool ignores_blanks = false;   // x
  bool is_literal = false;       // q
};

// Bytes [begin, end) of a text.
struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// What the caller is going to look at.
enum class RegexUse : std::uint8_t {
  kTest,    // whether there is a match
  kPlaces,  // where the matches are
  kGroups,  // and where the groups within them
};

// The matches in one text, one after the other.
class RegexSearch {
 public:
  enum class Step : std::uint8_t {
    kFound,
    kEnd,
    kTooMuch,  // the search took more than one may take, or more than the budget
  };

  virtual ~RegexSearch() = default;
  virtual Step next() = 0;
  // Of the match that was found last; group 0 is all of it. One that took no part is empty.
  [[nodiscard]] virtual TextSpan group(int number) const = 0;
};

// A compiled pattern. Not thread-safe for lack of need: each belongs to one evaluation.
class Regex {
 public:
  virtual ~Regex() = default;

  // Null where this platform cannot answer as XPath prescribes. Requires: `text` and `budget`
  // outlive the search.
  [[nodiscard]] virtual std::unique_ptr<RegexSearch> search(std::string_view text, RegexUse use,
                                                            Budget& budget) const = 0;
};

struct CompiledRegex {
  std::unique_ptr<const Regex> regex{};
  int groups = 0;
  std::string problem{};  // what is wrong with the pattern, in few words
  // No regex and no problem: this platform cannot run the pattern as XPath prescribes.
};

class Texts {
 public:
  virtual ~Texts() = default;

  // By the full mapping of Unicode, of no language in particular.
  [[nodiscard]] virtual std::string upper_case(std::string_view utf8) const = 0;
  [[nodiscard]] virtual std::string lower_case(std::string_view utf8) const = 0;

  [[nodiscard]] virtual CompiledRegex compile(std::string_view pattern,
                                              const RegexFlags& flags) const = 0;
};

// Of the platform, for the life of the program. Thread-safe.
const Texts& system_texts();

}  // namespace zicht::feel
