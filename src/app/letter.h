// A letter that tells what records and figures say, sentence by sentence, each with its source.
//
//     ZICHT_TRY(letter, Letter::from_json(value));       // docs/formats/letter.md
//     ZICHT_CHECKED(check_has_sources(letter));          // before it is final
//     for (const LetterChange& change : compare(before, letter)) ...
//
// Plain data without a clock or files. A sentence without source stays in a draft, marked as such.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/json.h"

namespace zicht::app {

// Where a sentence comes from. A record: `ref` names it, `version` which of its versions was read.
// An indicator: `ref` is pack/indicator, `on` its reference day. A text of a pack: `ref` names the
// source of the pack, `version` is that of the pack.
enum class SourceKind : std::uint8_t { kRecord, kIndicator, kText };
[[nodiscard]] std::string_view name_of(SourceKind kind);

struct LetterSource {
  SourceKind kind = SourceKind::kRecord;
  std::string ref;
  std::string version;
  std::string title;
  std::optional<Date> on;
  bool operator==(const LetterSource&) const = default;
};

struct Sentence {
  std::string id;  // unique in the letter, the same in every version
  std::string text;
  std::vector<LetterSource> sources;  // none: "zonder bron"
  std::string edited_by;              // who changed the words; empty: nobody
  std::string was;                    // the words before that
};

struct LetterTable {
  std::string id;
  std::string caption;
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;  // each as long as `headings`
  std::vector<LetterSource> sources;
};

struct LetterSection {
  std::string heading;
  int level = 1;  // 1 or 2, and no 2 before a 1
  std::vector<Sentence> sentences;
  std::vector<LetterTable> tables;
};

inline constexpr std::size_t kMostSentences = 5'000;  // and tables, of a letter

struct Letter {
  std::string title;
  std::string language;   // "nl" or "en"
  Date on = Date::min();  // what held on this day
  std::vector<LetterSection> sections;

  // Errors: AP-0250 names the place.
  [[nodiscard]] static Result<Letter> from_json(const Json& value);
};

// As from_json reads it.
[[nodiscard]] json::object to_json(const LetterSource& source);
[[nodiscard]] json::object to_json(const Letter& letter);

// Errors: AP-0251 with a problem (AP-0252) for each sentence and table without source.
[[nodiscard]] Result<void> check_has_sources(const Letter& letter);

enum class LetterChangeKind : std::uint8_t { kAdded, kChanged, kSourceChanged, kGone };
[[nodiscard]] std::string_view name_of(LetterChangeKind kind);

// What two versions differ in. Source changed: the same words, which now rest on something else,
// such as a later version of the record.
struct LetterChange {
  LetterChangeKind kind = LetterChangeKind::kAdded;
  std::string id;
  std::string before, after;  // the words; empty where there are none
};

// In the order of `after`; what is gone comes last, in the order of `before`.
[[nodiscard]] std::vector<LetterChange> compare(const Letter& before, const Letter& after);
[[nodiscard]] json::object to_json(const LetterChange& change);

// How a source is told to people in the language of the letter.
[[nodiscard]] std::string told(const LetterSource& source, std::string_view language);

}  // namespace zicht::app
