// Text helpers. Method: tables; UTF-8 validity against an oracle that decodes by the definition,
// over all sequences of two bytes, and of three and four bytes with the edge bytes.
#include "base/text.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace zicht {
namespace {

// Decodes by the definition and encodes again: valid when the shortest encoding is what was given.
bool naive_is_valid(const std::string& text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    std::size_t size = 0;
    if (lead < 0x80) size = 1;
    if (lead >= 0xC0 && lead < 0xE0) size = 2;
    if (lead >= 0xE0 && lead < 0xF0) size = 3;
    if (lead >= 0xF0 && lead < 0xF8) size = 4;
    if (size == 0 || i + size > text.size()) return false;
    unsigned code = size == 1 ? lead : lead & ((1u << (7 - size)) - 1);
    for (std::size_t k = 1; k < size; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if (next < 0x80 || next > 0xBF) return false;
      code = code * 64 + (next - 0x80u);
    }
    const std::size_t shortest = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (shortest != size || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    i += size;
  }
  return true;
}

TEST_CASE("utf-8: every pair of bytes and every edge of three and four agree with the definition") {
  const std::vector<int> edges = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                  0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEE,
                                  0xEF, 0xF0, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF};
  const auto check = [](const std::string& text) {
    REQUIRE(is_valid_utf8(text) == naive_is_valid(text));
  };
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) check({static_cast<char>(a), static_cast<char>(b)});
  }
  for (const int a : edges) {
    for (const int b : edges) {
      for (const int c : edges) {
        check({static_cast<char>(a), static_cast<char>(b), static_cast<char>(c)});
        for (const int d : edges) {
          check({static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                 static_cast<char>(d)});
        }
      }
    }
  }
}

TEST_CASE("check_text: names what is wrong") {
  CHECK(check_text("vóór").has_value());
  CHECK(check_text("\xC3").error().id == "ZB-0013");
  CHECK(check_text(std::string_view("a\0b", 3)).error().id == "ZB-0015");
}

TEST_CASE("length and cutting count code points, not bytes") {
  CHECK(code_point_length("één 👩") == 5);
  CHECK(first_code_points("één 👩", 2) == "éé");
  CHECK(first_code_points("één", 9) == "één");
  CHECK(first_code_points("één", 0).empty());
}

TEST_CASE("trim: takes blanks from both ends only") {
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(trim(" \n").empty());
}

TEST_CASE("fold_for_search: finds what people type without accents and capitals") {
  using Words = std::vector<std::string>;
  const std::vector<std::pair<const char*, Words>> cases = {
      {"Zorg in België", {"zorg", "in", "belgie"}},
      {"Skæve Huse'24", {"skaeve", "huse", "24"}},
      {"Ĳsselmonde STRAẞE ﬁlm", {"ijsselmonde", "strasse", "film"}},
      {"cafe\u0301-crème", {"cafe", "creme"}},
      {"één-op-één", {"een", "op", "een"}},
      {"Łódź Ørsted İstanbul", {"lodz", "orsted", "istanbul"}},
      {"36 410-XVI nr. 112", {"36", "410", "xvi", "nr", "112"}},
      {"", {}},
      {"-- ..", {}}};
  for (const auto& [text, words] : cases) {
    CAPTURE(std::string(text));
    CHECK(fold_for_search(text) == words);
  }
  CHECK(fold_for_search("ab\xFF"
                        "cd") == Words{"ab", "cd"});
}

TEST_CASE("ids: kebab for packs, snake for fields, nothing else") {
  for (const char* id : {"a", "verscherpt-toezicht", "edition-2025", "a1-2b"}) {
    CHECK_MESSAGE(is_kebab_id(id), id);
  }
  for (const char* id : {"", "-a", "a-", "a--b", "A", "1a", "a_b", "a b", "é", "a/b", "../a"}) {
    CHECK_MESSAGE(!is_kebab_id(id), id);
  }
  CHECK(is_snake_id("due_date"));
  CHECK(!is_snake_id("due-date"));
  CHECK(is_snake_id(std::string(63, 'a')));
  CHECK(!is_snake_id(std::string(64, 'a')));
}

TEST_CASE("json pointer: both reserved characters are escaped") {
  CHECK(json_pointer_token("a/b~c") == "a~1b~0c");
}

}  // namespace
TEST_CASE("text: what is percent-encoded stands in an address or a header as it is") {
  CHECK(percent_encoded("a.Z-0_9") == "a.Z-0_9");
  CHECK(percent_encoded("de b\u00f3n/&=\r\n\"") == "de%20b%C3%B3n%2F%26%3D%0D%0A%22");
}

}  // namespace zicht
