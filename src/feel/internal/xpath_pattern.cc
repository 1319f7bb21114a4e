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

// XML 1.0, NameStartChar without its last range, and what NameChar adds to it, as items of a set.
constexpr std::string_view kNameStart =
    R"(:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF)"
    R"(\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD)";
constexpr std::string_view kNameMore = R"(\-.0-9\u00B7\u0300-\u036F\u203F-\u2040)";

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

// The code point that a character of a class means, be it escaped.
char32_t value_of(std::string_view text) {
  if (text.size() > 1 && text.front() == '\\') {
    switch (text[1]) {
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      default:
        return static_cast<unsigned char>(text[1]);
    }
  }
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return lead;
  char32_t value = lead & (lead >= 0xF0 ? 0x07U : lead >= 0xE0 ? 0x0FU : 0x1FU);
  for (const char c : text.substr(1)) value = value << 6U | (static_cast<unsigned char>(c) & 0x3FU);
  return value;
}

// Names of Unicode blocks that XML Schema knew by another name.
std::string_view block_name(std::string_view name) {
  if (name == "Greek") return "GreekandCoptic";
  if (name == "CombiningMarksforSymbols") return "CombiningDiacriticalMarksforSymbols";
  if (name == "PrivateUse") return "PrivateUseArea";
  return name;
}

}  // namespace

PatternTranslator::PatternTranslator(std::string_view pattern, const RegexFlags& flags,
                                     Dialect dialect)
    : pattern_(flags.ignores_blanks && !flags.is_literal ? without_blanks(pattern)
                                                         : std::string(pattern)),
      flags_(flags),
      dialect_(dialect) {}

// The set that a letter after a backslash means; "" where it means none. XML Schema, not Unicode.
std::string PatternTranslator::set_of(char letter) const {
  const bool is_negative = letter >= 'A' && letter <= 'Z';
  const std::string start = is_negative ? "[^" : "[";
  switch (is_negative ? letter - 'A' + 'a' : letter) {
    case 's':
      return start + R"(\t\n\r\u0020])";
    case 'd':
      return start + R"(\p{Nd}])";
    case 'w':  // all but these
      return std::string(is_negative ? "[" : "[^") + R"(\p{P}\p{Z}\p{C}])";
    case 'i':
    case 'c':
      return start + std::string(kNameStart) +
             (is_icu() ? R"(\U00010000-\U000EFFFF)" : R"(\u{10000}-\u{EFFFF})") +
             (letter == 'c' || letter == 'C' ? std::string(kNameMore) : "") + "]";
    default:
      return "";
  }
}

bool PatternTranslator::take(char c) {
  if (at_end() || pattern_[at_] != c) return false;
  ++at_;
  return true;
}

bool PatternTranslator::fail(std::string_view problem) {
  if (found_.problem.empty()) found_.problem = problem;
  return false;
}

Translation PatternTranslator::translate() {
  Shape shape;
  if (flags_.is_literal) {
    literally();
  } else if (alternatives(0, shape) && !at_end()) {
    fail(")");
  }
  if (!found_.problem.empty()) return {.problem = found_.problem};
  found_.pattern = std::move(out_);
  found_.groups = static_cast<int>(groups_.size());
  for (const Group& group : groups_) {
    found_.has_unsteady_group |= group.may_be_stale;
    found_.refers_to_unsteady_group |=
        group.is_referred_to && (group.may_be_unset || group.may_be_stale);
  }
  return std::move(found_);
}

// Flag q: every character stands for itself.
bool PatternTranslator::literally() {
  while (!at_end()) {
    const std::string text = code_point();
    out_ += text.size() == 1 ? escaped(static_cast<unsigned char>(text.front())) : text;
  }
  return true;
}

bool PatternTranslator::alternatives(int depth, Shape& shape) {
  if (depth > kMaxDepth) return fail("(((");
  const std::size_t first_group = groups_.size();
  if (!branch(depth, shape)) return false;
  while (take('|')) {
    out_ += '|';
    Shape other;
    if (!branch(depth, other)) return false;
    shape.may_be_empty |= other.may_be_empty;
    shape.varies = true;
    for (std::size_t i = first_group; i < groups_.size(); ++i) groups_[i].may_be_unset = true;
  }
  return true;
}

bool PatternTranslator::branch(int depth, Shape& shape) {
  while (!at_end() && peek() != '|' && peek() != ')') {
    const std::size_t first_group = groups_.size();
    Shape part;
    if (!atom(depth, part) || !quantifier(part, first_group)) return false;
    shape.may_be_empty &= part.may_be_empty;
    shape.varies |= part.varies;
  }
  return true;
}

bool PatternTranslator::atom(int depth, Shape& shape) {
  shape.may_be_empty = false;
  switch (peek()) {
    case '(':
      return group(depth, shape);
    case '[':
      return character_class(depth);
    case '\\':
      return escape(shape);
    case '.':
      ++at_;
      out_ += !flags_.dot_matches_all ? R"([^\n\r])" : is_icu() ? "(?s:.)" : "[^]";
      return true;
    case '^':
    case '$':
      shape.may_be_empty = true;
      return anchor();
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

bool PatternTranslator::anchor() {
  const std::string_view begin = is_icu() ? R"(\A)" : "^";
  const std::string_view end = is_icu() ? R"(\z)" : "$";
  const bool is_begin = pattern_[at_++] == '^';
  out_ += is_begin || !flags_.is_multiline ? "(?:" : "(?=";
  if (is_begin) {
    out_ += begin;
    // No line starts behind a newline that ends the text.
    if (flags_.is_multiline) out_.append(R"(|(?<=\n)(?!)").append(end) += ')';
  } else {
    out_.append(flags_.is_multiline ? R"(\n|)" : "").append(end);
  }
  out_ += ')';
  return true;
}

bool PatternTranslator::group(int depth, Shape& shape) {
  ++at_;
  const bool is_capturing = !take('?');
  if (!is_capturing && !take(':')) return fail("(?");
  const std::size_t number = groups_.size();
  if (is_capturing) groups_.emplace_back();
  out_ += is_capturing ? "(" : "(?:";
  shape = {};
  if (!alternatives(depth + 1, shape)) return false;
  if (!take(')')) return fail("(");
  if (is_capturing) groups_[number].is_closed = true;
  out_ += ')';
  return true;
}

bool PatternTranslator::quantifier(Shape& shape, std::size_t first_group) {
  Counts times;
  switch (peek()) {
    case '{':
      if (!counts(times)) return false;
      break;
    case '?':
      times.min = 0;
      break;
    case '*':
      times = {0, kNoMax};
      break;
    case '+':
      times.max = kNoMax;
      break;
    default:
      return true;
  }
  if (pattern_[at_] != '}') {
    out_ += pattern_[at_];
  }
  ++at_;
  repeat(times, shape, first_group);
  if (take('?')) out_ += '?';
  // An engine would take a second sign for a possessive quantifier; XPath has none.
  const char next = peek();
  return next == '?' || next == '*' || next == '+' || next == '{' ? fail("**") : true;
}

// What a quantifier makes of the part before it.
void PatternTranslator::repeat(const Counts& counts, Shape& shape, std::size_t first_group) {
  constexpr std::int64_t kFew = 8;
  constexpr std::int64_t kMany = 1000;
  const bool is_loop = counts.max == kNoMax || counts.max > 1;
  const bool is_long = counts.max == kNoMax || counts.max > kFew;
  if (is_loop && shape.may_be_empty) found_.repeats_nothing = true;
  if (is_long && shape.varies) found_.may_run_wild = true;
  if (counts.min > kMany || counts.max > kMany) found_.may_run_wild = true;
  for (std::size_t i = first_group; i < groups_.size(); ++i) {
    Group& group = groups_[i];
    if (is_loop && (shape.may_be_empty || group.may_be_unset)) group.may_be_stale = true;
    if (counts.min == 0) group.may_be_unset = true;
  }
  if (counts.min != counts.max) {
    shape.varies = true;
    ++found_.loops;
  }
  if (counts.min == 0) shape.may_be_empty = true;
}

// Up to the closing brace, which is not taken.
bool PatternTranslator::counts(Counts& counts) {
  constexpr std::int64_t kMaxCount = 0x7fffffff;  // of ICU
  const std::size_t start = at_++;
  const auto number = [this](std::int64_t& value) {
    const std::size_t from = at_;
    value = 0;
    for (; is_digit(peek()); ++at_) value = std::min(value * 10 + (peek() - '0'), kMaxCount + 1);
    return at_ > from;
  };
  if (!number(counts.min)) return fail("{");
  counts.max = counts.min;
  if (take(',') && !number(counts.max)) counts.max = kNoMax;
  if (peek() != '}') return fail("{");
  const std::string text = pattern_.substr(start, at_ + 1 - start);
  const bool is_turned = counts.max != kNoMax && counts.max < counts.min;
  if (is_turned || counts.min > kMaxCount || counts.max > kMaxCount) return fail(text);
  out_ += text;
  return true;
}

bool PatternTranslator::escape(Shape& shape) {
  if (at_ + 1 >= pattern_.size()) return fail("\\");
  const char letter = pattern_[at_ + 1];
  if (is_digit(letter)) {
    shape = {.may_be_empty = true, .varies = true};
    return back_reference();
  }
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
  const int groups = static_cast<int>(groups_.size());
  int number = 0;
  while (is_digit(peek())) {
    const int longer = number * 10 + (peek() - '0');
    if (number > 0 && longer > groups) break;
    number = longer;
    ++at_;
    if (number == 0) break;
  }
  if (number == 0 || number > groups || !groups_[static_cast<std::size_t>(number - 1)].is_closed) {
    return fail("\\" + std::to_string(number));
  }
  groups_[static_cast<std::size_t>(number - 1)].is_referred_to = true;
  found_.has_back_reference = true;
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
  found_.has_block |= is_block;
  found_.has_category = true;
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
  const std::size_t start = at_;
  std::string first;
  if (!single_character(first)) return false;
  out_ += first;
  const char next = at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0';
  if (is_dash || peek() != '-' || next == ']' || next == '[') return true;
  const std::size_t dash = at_++;
  std::string last;
  if (!class_end_of_range(last)) return false;
  const std::string begin_text = pattern_.substr(start, dash - start);
  const std::string end_text = pattern_.substr(dash + 1, at_ - dash - 1);
  if (value_of(begin_text) > value_of(end_text)) return fail(begin_text + "-" + end_text);
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
    text = escaped(static_cast<unsigned char>(letter));
    return true;
  }
  text = code_point();
  if (text.size() == 1) text = escaped(static_cast<unsigned char>(text.front()));
  return true;
}

// Signs by their number: some mean something to an engine that they do not to XPath, such as '&'
// and '#', or a blank.
std::string PatternTranslator::escaped(unsigned char ascii) const {
  const char c = static_cast<char>(ascii);
  if (is_letter(c) || is_digit(c)) return {c};
  std::array<char, 4> hex{};
  const auto end = std::to_chars(hex.data(), hex.data() + hex.size(), ascii, 16);
  return (is_icu() ? "\\x{" : "\\u{") + std::string(hex.data(), end.ptr) + "}";
}

}  // namespace zicht::feel::internal
