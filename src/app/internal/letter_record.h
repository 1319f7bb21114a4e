// A record that is a letter, found for a caller: shared by the files of LettersService.
#pragma once

#include <vector>

#include "app/internal/found_record.h"
#include "app/letters_service.h"
#include "model/letter_template.h"

namespace zicht::app::internal {

struct FoundLetter {
  FoundRecord found;
  const model::Field* field = nullptr;  // where it stands, in the form
  KeptLetter kept;
};

// Errors: AP-0260 for absent, invisible and no letter alike, AP-0268 for versions that are absent
// or that the caller does not see alike, AP-0272.
[[nodiscard]] Result<FoundLetter> find_letter(const LettersService::Ports& ports,
                                              const RulebookPtr& rules, const Caller& caller,
                                              const LetterVersion& which);

// Every record that it rests on is seen by the caller, as far as is told of it. An erased one is
// seen by who would see it in every state that its form has, and internal rows at least.
[[nodiscard]] Result<bool> sees_all_of(Store& store, const Rulebook& rules, const Caller& caller,
                                       const KeptLetter& kept);

// "Letter" of docs/formats/api.md.
[[nodiscard]] Result<Document> letter_document(const LettersService::Ports& ports,
                                               const Caller& caller, const FoundLetter& letter);

// The letter with names in the place of accounts; to a visitor no names are told.
[[nodiscard]] Result<Letter> with_names(Store& store, const Caller& caller, Letter letter);

// The active template of a letter; absent when there is none any more.
[[nodiscard]] std::optional<model::LetterTemplate> find_template(const model::Pack& pack,
                                                                 const std::string& full_id);

}  // namespace zicht::app::internal
