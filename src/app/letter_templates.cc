#include "app/letter_templates.h"

#include "packs/letters.h"

namespace zicht::app {

LetterTemplates::Letters LetterTemplates::in(const model::Pack& pack) {
  const std::lock_guard lock(mutex_);
  Letters& letters = read_[pack.hash];
  if (letters == nullptr) {
    letters = std::make_shared<const std::vector<model::LetterTemplate>>(packs::letters_of(pack));
  }
  return letters;
}

std::shared_ptr<const model::LetterTemplate> LetterTemplates::find(const model::Pack& pack,
                                                                   std::string_view full_id) {
  const Letters letters = in(pack);
  for (const model::LetterTemplate& each : *letters) {
    if (each.full_id() == full_id) return {letters, &each};
  }
  return nullptr;
}

}  // namespace zicht::app
