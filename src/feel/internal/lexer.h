// Cuts FEEL text into tokens. Knows nothing of names: a name is a row of tokens that the parser
// puts together with the scope (scope.h), so `a-b` is three tokens here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feel/ast.h"

namespace zicht::feel::internal {

enum class TokenKind : std::uint8_t {
  kEnd,
  kWord,      // letters, digits, '_', '?': also keywords
  kNumber,    // 12, 1.5, .5, 1e3
  kString,    // with its quotation marks
  kSign,      // operator or bracket, the longest that fits
  kUnclosed,  // a string or comment without an end
  kUnknown,   // a character that FEEL does not know, such as # (it can still be part of a name)
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Span span{};
  std::string_view text{};  // of the source; empty at the end
};

// All tokens, without blanks and comments, and one kEnd. `text` must outlive them. Bytes that are
// not UTF-8 are kUnknown, one by one.
std::vector<Token> tokens_of(std::string_view text);

// A string token without quotation marks and with \" \' \\ \n \r \t \uXXXX \UXXXXXX replaced; other
// escapes stay as they are. False when one names half a surrogate pair or no character.
bool decode_string(std::string_view token, std::string& decoded);

// True for the words that FEEL keeps for itself (if, then, and ...). Built-in names are none.
bool is_keyword(std::string_view word);

// A name as it is compared and shown: tokens joined, one space between two words.
std::string canonical_name(std::string_view name);
std::string join_name(const Token* first, const Token* last);

}  // namespace zicht::feel::internal
