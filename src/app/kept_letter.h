// A letter as it is kept in the field of a record: its sentences, where they came from, and what
// people did to them.
//
//     ZICHT_TRY(kept, KeptLetter::from_json(value));
//     ZICHT_CHECKED(apply_edits(kept, edits, editing));   // edits of docs/formats/letter.md
//     kept.letter = refilled(kept, fresh);                  // the newest, with what people wrote
//
// Plain data. A sentence that somebody wrote has an id that starts with "own/"; the others have
// the id of their part of the template, and for a record "part/record". Pure.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/letter.h"
#include "base/instant.h"
#include "model/field.h"

namespace zicht::app {

struct KeptLetter {
  std::string letter_template;     // "pack/id"
  Letter letter;                   // `edited_by` of its sentences is the id of an account
  std::set<std::string> left_out;  // ids of sentences and tables of the template
  // How much one must see of the records of a form to be told its sentences: by "pack/form".
  std::map<std::string, model::Sensitivity> reach;
  std::set<std::string> named;      // records that sentences name beside their sources
  std::optional<Instant> final_at;  // from then on nothing changes
  std::string final_by;             // account

  // Errors: AP-0272.
  [[nodiscard]] static Result<KeptLetter> from_json(const Json& value);
  [[nodiscard]] json::object to_json() const;

  // The records that it rests on: of sources, and those that are named.
  [[nodiscard]] std::set<std::string> records() const;
};

[[nodiscard]] bool is_own(std::string_view sentence_id);

// What editing asks from outside.
struct Editing {
  std::string account;                   // who edits
  std::function<std::string()> make_id;  // unique
  std::function<Result<LetterSource>(const Json&)> source_of;
};

// Applies a list of edits in their order; all or none is kept by the caller. Errors: AP-0263 no
// such sentence, AP-0264 an edit that cannot be read, those of `source_of`.
[[nodiscard]] Result<void> apply_edits(KeptLetter& kept, const Json& edits, const Editing& editing);

// `fresh` with what people did to `kept`: sentences that somebody worded keep their words and get
// the newer source, what was written by somebody stays behind the sentence that it followed.
[[nodiscard]] Letter refilled(const KeptLetter& kept, Letter fresh);

}  // namespace zicht::app
