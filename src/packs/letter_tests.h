// Tests of the letters of a pack (docs/formats/pack.md): the records that are given, the day, and
// the sentences that must come out with where they come from.
//
//     for (const LetterTest& test : letter_tests_of(pack, packs)) run(test);
//
// Read here from the files of a loaded pack; a letter is filled from a store, so they are run where
// there is one (server/letter_tests.h). Plain data; pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "model/letter_template.h"
#include "model/pack.h"

namespace zicht::packs {

struct LetterTestRecord {
  std::string name;   // in the test, and of no other record there
  std::string id;     // in the store: follows from the name
  std::string form;   // "pack/form"
  std::string state;  // empty: where its process begins
  Json fields;        // references of the test are ids
};

// A sentence, or a row of a table with " | " between its cells. Sources: names of records,
// `figure(<indicator>)` and `source(<source of the pack>)`.
struct ToldPart {
  std::string text;
  std::vector<std::string> from;
  bool operator==(const ToldPart&) const = default;
};

struct LetterTest {
  std::string name;  // the sentence
  std::string file;  // relative to the pack
  std::uint32_t line = 0;
  model::LetterTemplate letter;  // of the pack of the test, or of one that was at hand
  std::string role;  // who makes it: of the pack of the letter
  std::string language = "nl";  // of the letter: nl or en
  std::vector<LetterTestRecord> records;
  Date on;
  std::map<std::string, std::vector<ToldPart>> expected;  // by part of the template
};

// In the order of the files. Requires: the pack was loaded without errors (load.h).
[[nodiscard]] std::vector<LetterTest> letter_tests_of(const model::PackPtr& pack,
                                                      const model::PackSet& packs);

}  // namespace zicht::packs
