// What a pack says of a letter: its sections, and which records and figures its sentences tell.
//
//     letters/progress.yaml
//       keeps: {form: progress-letter, title: title, on: on, open: [draft], finish: make-final}
//                                                     (where a letter of it is kept, and its life)
//       sections:
//         - heading: {nl: Nagekomen, en: Kept}
//           sentences:
//             - {id: kept, each: {form: promise, where: state = "kept"}, text: {nl: "{what}", ...}}
//
// A text has placeholders between braces: of a record the ids of its fields, `title` and `state`,
// and `{round.day}` for the field `day` of the record that its field `round` names; of a figure
// those of kFigureWords. `{due|no term}` says "no term" where `due` is not filled in. A letter
// tells nothing of persons. Plain data; packs/letters.h reads it from a loaded pack,
// app/internal/letter_filling.h makes letters of it.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/form.h"

namespace zicht::model {

class PackSet;

// `number` as the indicator tells it; `rows` are counted, of which `part` of a share;
// `undetermined` of which it cannot be said; `unit`; `on` the reference day.
inline constexpr std::array<std::string_view, 6> kFigureWords = {"number",       "rows", "part",
                                                                 "undetermined", "unit", "on"};
// Of a record, beside the ids of its fields.
inline constexpr std::string_view kRecordTitle = "title";

// Of records that say the same in a field only those of the newest day. Equal days stay together,
// and records without a day only where none of them has one.
struct LetterLatest {
  std::string of;  // field; empty: of all records together
  std::string by;  // date or uncertain_date, which may be behind a reference ("round.day")
};

// Records of a form. What another pack has is looked for when a letter is made: a part about it is
// left out where that is not there, or not for the maker to see.
struct LetterRows {
  std::string form;    // of the own pack, or "pack/form"
  std::string where;   // in FEEL (model/where.h); empty: all
  std::string order;   // sortable field; empty: newest first
  bool is_descending = false;  // in that order
  std::optional<LetterLatest> latest;
};

// One sentence for each record, one about a figure, or one as it stands: exactly one of `each`,
// `figure` and `source`.
struct LetterSentence {
  std::string id;  // unique in the template
  std::optional<LetterRows> each;
  std::string figure;  // indicator, of the own pack or "pack/indicator"
  std::string source;  // of the pack: where a sentence as it stands comes from
  LocalizedText text;
  std::optional<LocalizedText> none;  // what is said when there are no records
};

struct LetterColumn {
  LocalizedText heading, text;
};

// A table with a row for each record.
struct LetterTableRule {
  std::string id;
  LocalizedText caption;
  LetterRows each;
  std::vector<LetterColumn> columns;
};

struct LetterSectionRule {
  LocalizedText heading;
  int level = 1;  // 1 or 2
  std::vector<LetterSentence> sentences;
  std::vector<LetterTableRule> tables;
};

// The form that keeps letters has one field that is a letter_field(), and these two.
struct LetterPlace {
  std::string form;
  std::string title;  // text
  std::string on;     // date: the day that the letter is about
  // Of a form with a process: the states in which a letter may be changed, and the step that makes
  // it final. Both empty: the form has no process.
  std::set<std::string> open;
  std::string finish;
};

struct LetterTemplate {
  std::string id;
  std::string pack;
  LocalizedText title;
  std::string source;  // of the pack: of what it says when there are no records
  LetterPlace keeps;
  std::vector<LetterSectionRule> sections;

  [[nodiscard]] std::string full_id() const { return pack + "/" + id; }
  // "pack/name" of a form or an indicator as it is written here.
  [[nodiscard]] std::string full_name(std::string_view name) const;
  // Whether that is of the own pack, and so always there.
  [[nodiscard]] bool is_own(std::string_view name) const;
};

// Where records of the form keep a letter: a field of figures that no step freezes and in which
// nothing is counted for another, so that nobody but the server writes it. Null: it keeps none.
[[nodiscard]] const Field* letter_field(const Form& form);

// A name between braces: a field, and where a point stands in it the field of the record behind.
struct LetterName {
  std::string_view field;
  std::string_view behind;  // empty: there is no point
};
[[nodiscard]] LetterName split_name(std::string_view name);

// Letters tell nothing of its rows: it is about persons, or said to be.
[[nodiscard]] bool is_untold(const Form& form);

// The form whose fields may be told behind this one; null: it names no single record, or the form
// is not there or is_untold. The form lives as long as `packs`.
[[nodiscard]] const Form* form_behind(const PackSet& packs, const Field& field);

// What a text may name of a row of the form: what reads as a few words, and no person.
[[nodiscard]] std::vector<std::string> names_told_of(const PackSet& packs, const Form& form);

// The field that a name leads to, behind a reference too; null: there is none.
[[nodiscard]] const Field* field_named(const PackSet& packs, const Form& form,
                                       std::string_view name);

// The names between braces, in their order, each as often as it stands there. A brace that closes
// no name is text.
[[nodiscard]] std::vector<std::string> placeholders_in(std::string_view text);

// `text` with what `value_of(name)` says in the place of each placeholder; where that is nothing,
// what the placeholder says itself, and else `unknown`.
template <class ValueOf>
[[nodiscard]] std::string with_values(std::string_view text, const ValueOf& value_of,
                                      std::string_view unknown = {}) {
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) return made.append(text.substr(at));
    made.append(text.substr(at, open - at));
    const std::string_view inner = text.substr(open + 1, close - open - 1);
    const std::size_t bar = inner.find('|');
    const std::string value = value_of(inner.substr(0, bar));
    made.append(!value.empty() ? value : bar == inner.npos ? unknown : inner.substr(bar + 1));
    at = close + 1;
  }
  return made;
}

}  // namespace zicht::model
