// Reads one XPath pattern strictly and writes it for the engine of a platform.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "feel/internal/xpath_regex.h"

namespace zicht::feel::internal {

class PatternTranslator {
 public:
  PatternTranslator(std::string_view pattern, const RegexFlags& flags, Dialect dialect);

  Translation translate();

 private:
  // What is known of a part of the pattern.
  struct Shape {
    bool may_be_empty = true;  // it matches nothing too
    bool varies = false;       // it can match one text in several ways, or several texts
  };
  struct Group {
    bool is_closed = false;
    bool may_be_unset = false;  // in a branch, or under a quantifier that starts at 0
    bool may_be_stale = false;  // set in an earlier turn of a loop, and not in the last
    bool is_referred_to = false;
  };
  struct Counts {
    std::int64_t min = 1;
    std::int64_t max = 1;  // kNoMax: any number
  };
  static constexpr std::int64_t kNoMax = -1;

  bool is_icu() const { return dialect_ == Dialect::kIcu; }
  bool at_end() const { return at_ >= pattern_.size(); }
  char peek() const { return at_end() ? '\0' : pattern_[at_]; }
  bool take(char c);
  // Keeps the first problem; false, for returning at once.
  bool fail(std::string_view problem);

  bool literally();
  bool alternatives(int depth, Shape& shape);
  bool branch(int depth, Shape& shape);
  bool atom(int depth, Shape& shape);
  bool anchor();
  bool group(int depth, Shape& shape);
  bool quantifier(Shape& shape, std::size_t first_group);
  bool counts(Counts& counts);
  void repeat(const Counts& counts, Shape& shape, std::size_t first_group);
  bool escape(Shape& shape);
  bool back_reference();
  bool category(bool is_inside_class);
  bool character_class(int depth);
  bool class_items(bool& may_subtract);
  bool class_item();
  bool class_end_of_range(std::string& end);
  std::string set_of(char letter) const;
  // One code point of the pattern that stands for itself, or an escape of one, as the engine
  // writes it.
  bool single_character(std::string& text);
  std::string escaped(unsigned char ascii) const;
  std::string code_point();

  std::string pattern_;
  RegexFlags flags_;
  Dialect dialect_;
  std::size_t at_ = 0;
  std::string out_;
  Translation found_;  // what is known of the pattern so far
  std::vector<Group> groups_;
};

}  // namespace zicht::feel::internal
