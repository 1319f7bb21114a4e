#include "feel/internal/lexer.h"

#include <algorithm>
#include <array>

namespace zicht::feel::internal {
namespace {

struct CodePoint {
  char32_t value = 0;
  std::uint32_t length = 1;
  bool valid = false;
};

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return {first, 1, true};
  const std::uint32_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first > 0xF4 || at + length > text.size()) return {};
  char32_t value = first & (0xFF >> (length + 1));
  for (std::uint32_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(at + i) & 0x3F);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kLeast[length] || value > 0x10FFFF) return {};
  if (value >= 0xD800 && value <= 0xDFFF) return {};
  return {value, length, true};
}

void append_utf8(std::string& out, char32_t value) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0 | (value >> 6)), put(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    put(0xE0 | (value >> 12)), put(0x80 | ((value >> 6) & 0x3F)), put(0x80 | (value & 0x3F));
  } else {
    put(0xF0 | (value >> 18)), put(0x80 | ((value >> 12) & 0x3F));
    put(0x80 | ((value >> 6) & 0x3F)), put(0x80 | (value & 0x3F));
  }
}

bool is_blank(char32_t c) {
  return c == 0x20 || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         c == 0x180E || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

struct Interval {
  char32_t first, last;
};

// "name start char" and "name part char" of the standard, beyond ASCII.
constexpr Interval kWordStart[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},
                                   {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D},
                                   {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
                                   {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
constexpr Interval kWordMore[] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

template <std::size_t n>
bool within(const Interval (&intervals)[n], char32_t c) {
  return std::any_of(std::begin(intervals), std::end(intervals),
                     [c](const Interval& each) { return c >= each.first && c <= each.last; });
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

bool starts_word(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?';
  return within(kWordStart, c) && !is_blank(c);
}

bool continues_word(char32_t c) {
  return starts_word(c) || is_digit(c) || (c >= 0x80 && within(kWordMore, c));
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    while (true) {
      const std::size_t begin = skip_blanks();
      Token token;
      token.kind = begin == std::string_view::npos ? TokenKind::kUnclosed : next();
      if (begin != std::string_view::npos) start_ = begin;
      token.span = {static_cast<std::uint32_t>(start_), static_cast<std::uint32_t>(at_)};
      token.text = text_.substr(start_, at_ - start_);
      tokens.push_back(token);
      if (token.kind == TokenKind::kEnd) return tokens;
    }
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  // Where the next token begins; npos when a comment does not end (then at_ is the end).
  std::size_t skip_blanks() {
    while (at_ < text_.size()) {
      if (peek() == '/' && peek(1) == '/') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (peek() == '/' && peek(1) == '*') {
        start_ = at_;
        const auto end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
        if (end == std::string_view::npos) return end;
      } else {
        const CodePoint c = code_point_at(text_, at_);
        if (!c.valid || !is_blank(c.value)) break;
        at_ += c.length;
      }
    }
    return at_;
  }

  TokenKind next() {
    if (at_ >= text_.size()) return TokenKind::kEnd;
    const char c = peek();
    if (is_digit(static_cast<unsigned char>(c)) ||
        (c == '.' && is_digit(static_cast<unsigned char>(peek(1))))) {
      return number();
    }
    if (c == '"') return string();
    const CodePoint point = code_point_at(text_, at_);
    if (point.valid && starts_word(point.value)) return word();
    return sign(point);
  }

  TokenKind number() {
    const auto digits = [&] {
      while (is_digit(static_cast<unsigned char>(peek()))) ++at_;
    };
    digits();
    if (peek() == '.' && is_digit(static_cast<unsigned char>(peek(1)))) ++at_, digits();
    if (peek() == 'e' || peek() == 'E') {
      const std::size_t skip = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
      if (is_digit(static_cast<unsigned char>(peek(skip)))) at_ += skip, digits();
    }
    return TokenKind::kNumber;
  }

  TokenKind string() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (peek() == '\\' && at_ + 1 < text_.size()) {
        ++at_;
      } else if (peek() == '"') {
        return ++at_, TokenKind::kString;
      }
    }
    return TokenKind::kUnclosed;
  }

  TokenKind word() {
    while (at_ < text_.size()) {
      const CodePoint c = code_point_at(text_, at_);
      if (!c.valid || !continues_word(c.value)) break;
      at_ += c.length;
    }
    return TokenKind::kWord;
  }

  TokenKind sign(const CodePoint& point) {
    constexpr std::string_view kTwo[] = {"**", "..", "<=", ">=", "!=", "->"};
    for (const auto two : kTwo) {
      if (text_.substr(at_, 2) == two) return at_ += 2, TokenKind::kSign;
    }
    constexpr std::string_view kOne = "+-*/=<>()[]{},:.@'";
    const bool known = kOne.find(text_[at_]) != std::string_view::npos;
    at_ += point.length;
    return known ? TokenKind::kSign : TokenKind::kUnknown;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
};

// The number in `digits` hexadecimal digits at `at`; false when they are not there.
bool hexadecimal(std::string_view text, std::size_t at, std::size_t digits, char32_t& value) {
  if (at + digits > text.size()) return false;
  value = 0;
  for (const char c : text.substr(at, digits)) {
    const char low = static_cast<char>(c | 0x20);
    const bool is_letter = low >= 'a' && low <= 'f';
    const int digit = c >= '0' && c <= '9' ? c - '0' : is_letter ? low - 'a' + 10 : -1;
    if (digit < 0) return false;
    value = value * 16 + static_cast<char32_t>(digit);
  }
  return true;
}

// The escape after a backslash at `at`; moves `at` past it. One that the standard does not know is
// left as it is, so that "\d+" is a pattern for digits.
bool decode_escape(std::string_view text, std::size_t& at, std::string& out) {
  constexpr std::string_view kFrom = "\"'\\nrt";
  constexpr std::string_view kTo = "\"'\\\n\r\t";
  const char kind = at < text.size() ? text[at] : '\0';
  if (const auto i = kFrom.find(kind); kind != '\0' && i != std::string_view::npos) {
    out.push_back(kTo[i]);
    return ++at, true;
  }
  const std::size_t digits = kind == 'u' ? 4 : kind == 'U' ? 6 : 0;
  char32_t value = 0;
  if (digits == 0 || !hexadecimal(text, at + 1, digits, value)) {
    out.push_back('\\');
    return true;
  }
  at += 1 + digits;
  if (value >= 0xD800 && value <= 0xDBFF) {
    char32_t low = 0;
    if (text.substr(at, 2) != "\\u" || !hexadecimal(text, at + 2, 4, low)) return false;
    if (low < 0xDC00 || low > 0xDFFF) return false;
    value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
    at += 6;
  } else if ((value >= 0xDC00 && value <= 0xDFFF) || value > 0x10FFFF) {
    return false;
  }
  append_utf8(out, value);
  return true;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) { return Lexer(text).run(); }

bool decode_string(std::string_view token, std::string& decoded) {
  const std::string_view inner = token.substr(1, token.size() - 2);
  decoded.clear();
  decoded.reserve(inner.size());
  for (std::size_t at = 0; at < inner.size();) {
    if (inner[at] != '\\') {
      decoded.push_back(inner[at++]);
    } else if (!decode_escape(inner, ++at, decoded)) {
      return false;
    }
  }
  return true;
}

bool is_keyword(std::string_view word) {
  constexpr std::string_view kWords[] = {
      "and",      "between", "else", "every",  "external", "false",     "for",  "if",   "in",
      "instance", "null",    "or",   "return", "some",     "satisfies", "then", "true", "function"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

std::string join_name(const Token* first, const Token* last) {
  const auto wordy = [](const Token& token) {
    return token.kind == TokenKind::kWord || token.kind == TokenKind::kNumber;
  };
  std::string name;
  for (const Token* token = first; token != last; ++token) {
    if (token != first && wordy(*token) && wordy(*(token - 1))) name.push_back(' ');
    name += token->text;
  }
  return name;
}

std::string canonical_name(std::string_view name) {
  const auto tokens = tokens_of(name);
  return join_name(tokens.data(), tokens.data() + tokens.size() - 1);
}

}  // namespace zicht::feel::internal
