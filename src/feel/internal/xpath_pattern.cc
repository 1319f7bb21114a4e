#include "feel/internal/xpath_pattern.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace zicht::feel::internal {
namespace {

constexpr int kMaxDepth = 100;  // of groups and of subtracted classes

constexpr std::string_view kCategories[] = {"L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc",
                                            "Me", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Ps",
                                            "Pe", "Pi", "Pf", "Po", "Z",  "Zs", "Zl", "Zp", "S",
                                            "Sm", "Sc", "Sk", "So", "C",  "Cc", "Cf", "Co", "Cn"};

// XML 1.0, NameStartChar and what NameChar adds to it, as items of an ICU set.
constexpr std::string_view kNameStart =
    R"(:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF)"
    R"(\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD)"
    R"(\U00010000-\U000EFFFF)";
constexpr std::string_view kNameMore = R"(\-.0-9\u00B7\u0300-\u036F\u203F-\u2040)";

// The set that a letter after a backslash means; "" where it means none. XML Schema, not Unicode.
std::string set_of(char letter) {
  switch (letter) {
    case 's':
      return R"([\t\n\r\u0020])";
    case 'd':
      return R"([\p{Nd}])";
    case 'w':
      return R"([^\p{P}\p{Z}\p{C}])";
    case 'i':
      return "[" + std::string(kNameStart) + "]";
    case 'c':
      return "[" + std::string(kNameStart) + std::string(kNameMore) + "]";
    case 'S':
      return R"([^\t\n\r\u0020])";
    case 'D':
      return R"([^\p{Nd}])";
    case 'W':
      return R"([\p{P}\p{Z}\p{C}])";
    case 'I':
      return "[^" + std::string(kNameStart) + "]";
    case 'C':
      return "[^" + std::string(kNameStart) + std::string(kNameMore) + "]";
    default:
      return "";
  }
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Flag x: blanks go, but those in a class in brackets stay.
std::string without_blanks(std::string_view pattern) {
  std::string kept;
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size() && (depth > 0 || !is_blank(pattern[i + 1]))) {
      kept += c;
      kept += pattern[++i];
      continue;
    }
    if (c == '[') ++depth;
    if (c == ']' && depth > 0) --depth;
    if (depth == 0 && is_blank(c)) continue;
    kept += c;
  }
  return kept;
}

// Names of Unicode blocks that XML Schema knew by another name.
std::string_view block_name(std::string_view name) {
  if (name == "Greek") return "GreekandCoptic";
  if (name == "CombiningMarksforSymbols") return "CombiningDiacriticalMarksforSymbols";
  if (name == "PrivateUse") return "PrivateUseArea";
  return name;
}

}  // namespace

PatternTranslator::PatternTranslator(std::string_view pattern, const RegexFlags& flags)
    : pattern_(flags.ignores_blanks ? without_blanks(pattern) : std::string(pattern)),
      flags_(flags) {}

bool PatternTranslator::take(char c) {
  if (at_end() || pattern_[at_] != c) return false;
  ++at_;
  return true;
}

bool PatternTranslator::fail(std::string_view problem) {
  if (problem_.empty()) problem_ = problem;
  return false;
}

Translation PatternTranslator::translate() {
  if (alternatives(0) && !at_end()) fail(")");
  if (!problem_.empty()) return {{}, 0, problem_};
  return {std::move(out_), groups_, {}};
}

bool PatternTranslator::alternatives(int depth) {
  if (depth > kMaxDepth) return fail("(((");
  if (!branch(depth)) return false;
  while (take('|')) {
    out_ += '|';
    if (!branch(depth)) return false;
  }
  return true;
}

bool PatternTranslator::branch(int depth) {
  while (!at_end() && peek() != '|' && peek() != ')') {
    if (!atom(depth) || !quantifier()) return false;
  }
  return true;
}

bool PatternTranslator::atom(int depth) {
  switch (peek()) {
    case '(':
      return group(depth);
    case '[':
      return character_class(depth);
    case '\\':
      return escape();
    case '.':
      ++at_;
      out_ += flags_.dot_matches_all ? R"((?s:.))" : R"([^\n\r])";
      return true;
    case '^':
      ++at_;
      // No line starts behind a newline that ends the text.
      out_ += flags_.is_multiline ? R"((?:\A|(?<=\n)(?!\z)))" : R"((?:\A))";
      return true;
    case '$':
      ++at_;
      out_ += flags_.is_multiline ? R"((?=\n|\z))" : R"((?:\z))";
      return true;
    case '?':
    case '*':
    case '+':
    case '{':
    case '}':
    case ']':
      return fail(std::string_view(&pattern_[at_], 1));
    default: {
      std::string text;
      if (!single_character(text)) return false;
      out_ += text;
      return true;
    }
  }
}

bool PatternTranslator::group(int depth) {
  ++at_;
  const bool is_capturing = !take('?');
  if (!is_capturing && !take(':')) return fail("(?");
  const auto number = static_cast<std::size_t>(groups_);
  if (is_capturing) {
    ++groups_;
    is_closed_.push_back(false);
  }
  out_ += is_capturing ? "(" : "(?:";
  if (!alternatives(depth + 1)) return false;
  if (!take(')')) return fail("(");
  if (is_capturing) is_closed_[number] = true;
  out_ += ')';
  return true;
}

bool PatternTranslator::quantifier() {
  if (peek() == '{') {
    if (!counts()) return false;
  } else if (peek() == '?' || peek() == '*' || peek() == '+') {
    out_ += pattern_[at_++];
  } else {
    return true;
  }
  if (take('?')) out_ += '?';
  // ICU would take a second sign for a possessive quantifier; XPath has none.
  const char next = peek();
  return next == '?' || next == '*' || next == '+' || next == '{' ? fail("**") : true;
}

bool PatternTranslator::counts() {
  const std::size_t start = at_++;
  const auto digits = [this] {
    const std::size_t from = at_;
    while (is_digit(peek())) ++at_;
    return at_ > from;
  };
  if (!digits()) return fail("{");
  if (take(',')) digits();
  if (!take('}')) return fail("{");
  out_ += pattern_.substr(start, at_ - start);
  return true;
}

bool PatternTranslator::escape() {
  if (at_ + 1 >= pattern_.size()) return fail("\\");
  const char letter = pattern_[at_ + 1];
  if (is_digit(letter)) return back_reference();
  if (letter == 'p' || letter == 'P') return category(false);
  if (const std::string set = set_of(letter); !set.empty()) {
    at_ += 2;
    out_ += set;
    return true;
  }
  std::string text;
  if (!single_character(text)) return false;
  out_ += text;
  return true;
}

bool PatternTranslator::back_reference() {
  ++at_;
  int number = 0;
  while (is_digit(peek())) {
    const int longer = number * 10 + (peek() - '0');
    if (number > 0 && longer > groups_) break;
    number = longer;
    ++at_;
    if (number == 0) break;
  }
  if (number == 0 || number > groups_ || !is_closed_[static_cast<std::size_t>(number - 1)]) {
    return fail("\\" + std::to_string(number));
  }
  out_ += "(?:\\" + std::to_string(number) + ")";
  return true;
}

bool PatternTranslator::category(bool is_inside_class) {
  const std::string kind = pattern_.substr(at_, 2);
  at_ += 2;
  if (!take('{')) return fail(kind);
  const std::size_t end = pattern_.find('}', at_);
  if (end == std::string::npos) return fail(kind);
  const std::string name = pattern_.substr(at_, end - at_);
  at_ = end + 1;
  const bool is_name = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '-';
  });
  const bool is_block = name.starts_with("Is") && name.size() > 2;
  const bool is_category =
      std::find(std::begin(kCategories), std::end(kCategories), name) != std::end(kCategories);
  if (!is_name || (!is_block && !is_category)) return fail(kind + "{" + name + "}");
  const std::string set =
      kind + "{" + (is_block ? "Block=" + std::string(block_name(name.substr(2))) : name) + "}";
  // Whether a character is of a category does not depend on flag i.
  out_ += is_inside_class || !flags_.ignores_case ? set : "(?-i:" + set + ")";
  return true;
}

bool PatternTranslator::character_class(int depth) {
  if (depth > kMaxDepth) return fail("[[[");
  ++at_;
  const bool is_negative = take('^');
  const std::size_t start = out_.size();
  out_ += is_negative ? "[^" : "[";
  bool may_subtract = false;
  if (!class_items(may_subtract)) return false;
  out_ += ']';
  if (may_subtract) {
    out_.insert(start, "[");
    out_ += "--";
    if (!character_class(depth + 1)) return false;
    out_ += ']';
  }
  return take(']') ? true : fail("[");
}

// Up to the closing bracket, or to the "-[" of a subtraction.
bool PatternTranslator::class_items(bool& may_subtract) {
  if (peek() == ']') return fail("[]");
  while (!at_end() && peek() != ']') {
    if (peek() == '-' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] == '[') {
      ++at_;
      may_subtract = true;
      return true;
    }
    if (!class_item()) return false;
  }
  return at_end() ? fail("[") : true;
}

bool PatternTranslator::class_item() {
  if (peek() == '[') return fail("[");
  if (peek() == '\\' && at_ + 1 < pattern_.size()) {
    const char letter = pattern_[at_ + 1];
    if (letter == 'p' || letter == 'P') return category(true);
    if (const std::string set = set_of(letter); !set.empty()) {
      at_ += 2;
      out_ += set;
      return true;
    }
  }
  const bool is_dash = peek() == '-';
  std::string first;
  if (!single_character(first)) return false;
  out_ += first;
  const char next = at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0';
  if (is_dash || peek() != '-' || next == ']' || next == '[') return true;
  ++at_;
  std::string last;
  if (!class_end_of_range(last)) return false;
  out_ += "-" + last;
  return true;
}

bool PatternTranslator::class_end_of_range(std::string& end) {
  if (peek() == '\\' && at_ + 1 < pattern_.size() && !set_of(pattern_[at_ + 1]).empty()) {
    return fail("-\\");
  }
  return single_character(end);
}

std::string PatternTranslator::code_point() {
  std::size_t size = 1;
  while (at_ + size < pattern_.size() &&
         (static_cast<unsigned char>(pattern_[at_ + size]) & 0xC0) == 0x80) {
    ++size;
  }
  const std::string text = pattern_.substr(at_, size);
  at_ += size;
  return text;
}

bool PatternTranslator::single_character(std::string& text) {
  if (take('\\')) {
    constexpr std::string_view kEscaped = "\\|.-^?*+{}()[]$";
    const char letter = peek();
    ++at_;
    if (letter == 'n' || letter == 'r' || letter == 't') {
      text = std::string("\\") + letter;
      return true;
    }
    if (kEscaped.find(letter) == std::string_view::npos) {
      return fail(std::string("\\") + letter);
    }
    text = std::string("\\") + letter;
    return true;
  }
  text = code_point();
  // Signs that mean something to ICU alone, such as '&' and '#', or a blank.
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80 && !is_letter(text.front()) && !is_digit(text.front())) {
    std::array<char, 4> hex{};
    const auto end = std::to_chars(hex.data(), hex.data() + hex.size(), first, 16);
    text = "\\x{" + std::string(hex.data(), end.ptr) + "}";
  }
  return true;
}

}  // namespace zicht::feel::internal
