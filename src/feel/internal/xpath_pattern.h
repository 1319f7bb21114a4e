// Reads one XPath pattern strictly and writes it for ICU.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feel/internal/xpath_regex.h"

namespace zicht::feel::internal {

class PatternTranslator {
 public:
  PatternTranslator(std::string_view pattern, const RegexFlags& flags);

  Translation translate();

 private:
  bool at_end() const { return at_ >= pattern_.size(); }
  char peek() const { return at_end() ? '\0' : pattern_[at_]; }
  bool take(char c);
  // Keeps the first problem; false, for returning at once.
  bool fail(std::string_view problem);

  bool alternatives(int depth);
  bool branch(int depth);
  bool atom(int depth);
  bool group(int depth);
  bool quantifier();
  bool counts();
  bool escape();
  bool back_reference();
  bool category(bool is_inside_class);
  bool class_escape(char letter);
  bool character_class(int depth);
  bool class_items(bool& may_subtract);
  bool class_item();
  bool class_end_of_range(std::string& end);
  // One code point of the pattern that stands for itself, or an escape of one, as ICU text.
  bool single_character(std::string& text);
  std::string code_point();

  std::string pattern_;
  RegexFlags flags_;
  std::size_t at_ = 0;
  std::string out_;
  std::string problem_;
  int groups_ = 0;               // opened so far
  std::vector<bool> is_closed_;  // of each group
};

}  // namespace zicht::feel::internal
