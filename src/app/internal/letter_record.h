// A record that is a letter, found for a caller: shared by the files of LettersService.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "app/internal/found_record.h"
#include "app/letters_service.h"
#include "model/letter_template.h"

namespace zicht::app::internal {

struct FoundLetter {
  FoundRecord found;
  const model::Field* field = nullptr;  // where it stands, in the form
  KeptLetter kept;
  std::shared_ptr<const model::LetterTemplate> made_of{};  // null: its pack has it no more
};

// Errors: AP-0260 for absent, invisible and no letter alike, AP-0268 for versions that are absent
// or that the caller does not see alike, AP-0272.
[[nodiscard]] Result<FoundLetter> find_letter(const LettersService::Ports& ports,
                                              const RulebookPtr& rules, const Caller& caller,
                                              const LetterVersion& which);

// Those of the records that the caller sees, with how much of each; asked of the store once. An
// erased one is seen by who would see it in every state of its form, and internal rows at least.
[[nodiscard]] Result<References> sources_seen(Store& store, const Rulebook& rules,
                                              const Caller& caller,
                                              const std::set<std::string>& ids);

// Every record that it rests on is among those that are seen, as far as is told of it.
[[nodiscard]] bool sees_all_of(const Rulebook& rules, const References& seen,
                               const KeptLetter& kept);

// "Letter" of docs/formats/api.md.
[[nodiscard]] Result<Document> letter_document(const LettersService::Ports& ports,
                                               const Caller& caller, const FoundLetter& letter);

// The letter with names in the place of accounts; to a visitor no names are told.
[[nodiscard]] Result<Letter> with_names(Store& store, const Caller& caller, Letter letter);

}  // namespace zicht::app::internal
