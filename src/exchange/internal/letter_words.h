// The words that a letter has besides its own, in its language, and text made safe for markup.
#pragma once

#include <string>
#include <string_view>

#include "app/letter.h"

namespace zicht::exchange::internal {

struct LetterWords {
  bool is_dutch = true;

  explicit LetterWords(const app::Letter& letter) : is_dutch(letter.language != "en") {}
  [[nodiscard]] std::string on(const app::Letter& letter) const {
    return (is_dutch ? "Peildatum " : "Reference day ") + letter.on.to_string();
  }
  [[nodiscard]] std::string no_source() const {
    return is_dutch ? "[zonder bron]" : "[without source]";
  }
  [[nodiscard]] std::string edited(const app::Sentence& sentence) const {
    return (is_dutch ? "Bewerkt door " : "Edited by ") + sentence.edited_by;
  }
  [[nodiscard]] std::string sources() const { return is_dutch ? "Bronnen" : "Sources"; }
};

// For HTML and XML, in text and between double quotes. What XML 1.0 cannot hold becomes U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

// The sources of a sentence as one text.
[[nodiscard]] std::string told(const std::vector<app::LetterSource>& sources,
                               const app::Letter& letter);

}  // namespace zicht::exchange::internal
