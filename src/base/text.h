// Text: checks and small helpers on UTF-8 that several components need.
//
//     fold_for_search("Zorg in België");       // {"zorg", "in", "belgie"}
//
// Everything in the product is UTF-8 in std::string. No normalisation to NFC is done on what people
// type: it is stored as typed and folded for search.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zicht {

// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view text);

// Errors: ZB-0013 when not is_valid_utf8, ZB-0015 when it holds U+0000 (PostgreSQL refuses it).
Result<void> check_text(std::string_view text);

// Number of code points. Requires: valid UTF-8 (else an undercount, never a read out of bounds).
std::size_t code_point_length(std::string_view text);

// At most `length` code points, never cutting one in two.
std::string_view first_code_points(std::string_view text, std::size_t length);

// Without ASCII blanks (space, tab, line ends) at both ends.
std::string_view trim(std::string_view text);

// The words of a text as a search index keeps them: case folded, diacritics stripped, split at
// everything that is no letter and no digit. Same outcome for composed and decomposed input.
// "Skæve Huse'24" gives {"skaeve", "huse", "24"}. Invalid UTF-8 splits words.
std::vector<std::string> fold_for_search(std::string_view text);

// kebab-case id of a pack, list or record type: "verscherpt-toezicht"; starts with a letter, no
// double or trailing dash, at most 63 bytes.
bool is_kebab_id(std::string_view text);

// snake_case id of a field: "due_date"; the same rules with '_'. Safe as a column name.
bool is_snake_id(std::string_view text);

constexpr std::size_t kMaxIdBytes = 63;

// One step of a JSON pointer (RFC 6901): '~' and '/' escaped.
std::string json_pointer_token(std::string_view key);

// For a part of an address or a header: bytes other than A-Z a-z 0-9 - . _ as %XX (RFC 3986, 2.1).
std::string percent_encoded(std::string_view text);

}  // namespace zicht
