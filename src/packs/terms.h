// What a pack says of itself besides its content: under which licence and themes its open data goes
// out, and which form of it every page offers and where in it that page is noted. The format is
// "pack.yaml" of docs/formats/pack.md.
//
//     const PackTerms terms = terms_of(*pack);
//     const std::string& licence = terms.licence.empty() ? options.licence : terms.licence;
//
// Plain data; pure, thread-safe.
#pragma once

#include <string>
#include <vector>

#include "model/pack.h"

namespace zicht::packs {

struct PackTerms {
  std::string licence;                  // an address; empty: that of the installation
  std::vector<std::string> themes;      // of data_theme_codes(); none: those of the installation
  std::string from_anywhere;            // a form of the pack that every page offers; empty: none
  std::string page_field;               // a text field of that form: which page it was; empty: none
};

// Reads the file again: keep what it gives. Requires: the pack was loaded.
[[nodiscard]] PackTerms terms_of(const model::Pack& pack);

// Themes of data of the European Union (EU Vocabularies, Data theme), in the order of the alphabet.
[[nodiscard]] const std::vector<std::string>& data_theme_codes();

}  // namespace zicht::packs
