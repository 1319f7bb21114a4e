#include "exchange/internal/letter_words.h"

namespace zicht::exchange::internal {

std::string escaped(std::string_view text) {
  std::string made;
  made.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        made += "&amp;";
        break;
      case '<':
        made += "&lt;";
        break;
      case '>':
        made += "&gt;";
        break;
      case '"':
        made += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n')
          made += "\xEF\xBF\xBD";
        else
          made += c;
    }
  }
  return made;
}

std::string told(const std::vector<app::LetterSource>& sources, const app::Letter& letter) {
  std::string text;
  for (const app::LetterSource& source : sources)
    text += (text.empty() ? "" : "; ") + app::told(source, letter.language);
  return text;
}

}  // namespace zicht::exchange::internal
