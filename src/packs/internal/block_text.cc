#include "packs/internal/block_text.h"

#include <string>

#include "base/text.h"

namespace zicht::packs::internal {
namespace {

constexpr std::string_view kOpensAddress = "](";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "<b>", "</b>" and "<!--"; "a < b" is a text.
bool has_markup(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if (is_letter(next) || next == '/' || next == '!') return true;
  }
  return false;
}

bool is_address(std::string_view text) {
  if (text.find_first_of(" \t\n<>(\"'\\") != std::string_view::npos) return false;
  if (text.starts_with("https://")) return text.size() > std::string_view("https://").size();
  return text.starts_with('/') && !text.starts_with("//");
}

// The words before "](" at this place: between brackets, and not empty.
bool has_words(std::string_view text, std::size_t at) {
  const std::size_t begin = text.substr(0, at).find_last_of("[]");
  return begin != std::string_view::npos && text[begin] == '[' &&
         !trim(text.substr(begin + 1, at - begin - 1)).empty();
}

}  // namespace

std::optional<LocalizedText> fault_in_block_text(std::string_view text) {
  if (code_point_length(text) > kMaxBlockText) {
    const std::string most = std::to_string(kMaxBlockText);
    return LocalizedText{"meer dan " + most + " tekens", "more than " + most + " characters"};
  }
  if (has_markup(text)) return LocalizedText{"HTML kan niet", "HTML is not possible"};
  for (std::size_t at = text.find(kOpensAddress); at != std::string_view::npos;
       at = text.find(kOpensAddress, at + 1)) {
    const std::size_t begin = at + kOpensAddress.size();
    const std::size_t end = text.find(')', begin);
    if (end == std::string_view::npos || !has_words(text, at) ||
        !is_address(text.substr(begin, end - begin))) {
      return LocalizedText{"een link is niet af, of zijn adres begint niet met https:// of /",
                           "a link is not complete, or its address begins with neither https:// "
                           "nor /"};
    }
  }
  return std::nullopt;
}

}  // namespace zicht::packs::internal
