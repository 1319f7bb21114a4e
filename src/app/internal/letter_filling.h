// Makes a letter of a template (model/letter_template.h) from records and figures as they are now.
//
//     ZICHT_TRY(filled, fill_letter(ports, caller, rules, *pack, letter_template, wish));
//
// Only what the caller may see goes in: records in which every field that is told, asked or sorted
// by is seen. What is of another pack is left out where that is not active, does not fit the
// template or is not for the caller to see: the part, and a section in which nothing else stands.
// Blocks on the store.
#pragma once

#include <map>
#include <set>
#include <string>

#include "app/access.h"
#include "app/answer.h"
#include "app/heavy_places.h"
#include "app/letter.h"
#include "app/organisations.h"
#include "app/ports.h"
#include "app/rulebook.h"
#include "model/letter_template.h"

namespace zicht::app::internal {

struct FillingPorts {
  Store& store;
  Organisations& organisations;
  HeavyPlaces& places;
};

struct LetterWish {
  Date on;  // today
  Language language = Language::kDutch;
  std::set<std::string> left_out{};  // ids that are passed over
};

struct FilledLetter {
  Letter letter;
  std::map<std::string, model::Sensitivity> reach;  // as of KeptLetter
  std::set<std::string> named;
};

inline constexpr std::int64_t kMostRecordsOfPart = 2'000;

// Errors: AP-0261 it rests on a form or field of its pack that the caller does not see, AP-0266,
// AP-0172, ST-0073, those of the store.
[[nodiscard]] Result<FilledLetter> fill_letter(const FillingPorts& ports, const Caller& caller,
                                               const Rulebook& rules, const model::PackPtr& pack,
                                               const model::LetterTemplate& letter,
                                               const LetterWish& wish);

}  // namespace zicht::app::internal
