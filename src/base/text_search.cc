// Folding for search: the part of text.h that needs the tables of Unicode.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>
#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace zicht {
namespace {

// Letters that Unicode does not decompose but that people type without their stroke or ligature.
// (Case folding has already made ß into ss.)
constexpr std::array<std::pair<char32_t, std::string_view>, 9> kPlainLetters{{
    {U'æ', "ae"},
    {U'œ', "oe"},
    {U'ø', "o"},
    {U'đ', "d"},
    {U'ð', "d"},
    {U'þ', "th"},
    {U'ł', "l"},
    {U'ħ', "h"},
    {U'ı', "i"},
}};

void append_folded(char32_t c, std::string& word) {
  for (const auto& [letter, plain] : kPlainLetters) {
    if (c == letter) {
      word += plain;
      return;
    }
  }
  std::array<char, 4> bytes{};
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, c);
  word.append(bytes.data(), static_cast<std::size_t>(size));
}

// Compatibility decomposition with case folding, so that accents become separate marks.
icu::UnicodeString decomposed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* split = icu::Normalizer2::getNFKDInstance(status);
  ZICHT_CHECK(U_SUCCESS(status), "ICU carries its normalisation data");
  const auto source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const auto outcome = split->normalize(fold->normalize(source, status), status);
  ZICHT_CHECK(U_SUCCESS(status), "normalisation fails only for lack of memory");
  return outcome;
}

bool is_mark(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK; }

}  // namespace

std::vector<std::string> fold_for_search(std::string_view text) {
  constexpr std::size_t kMaxFolded = 1 << 24;  // ICU counts in 32 bits
  const icu::UnicodeString folded = decomposed(text.substr(0, kMaxFolded));
  std::vector<std::string> words;
  std::string word;
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const auto c = static_cast<char32_t>(folded.char32At(i));
    if (is_mark(c)) continue;
    if (c != 0xFFFD && u_isalnum(static_cast<UChar32>(c))) {
      append_folded(c, word);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace zicht
