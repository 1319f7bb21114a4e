// Test files of a pack: what is given, what is done and what must come out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "packs/internal/checks.h"
#include "packs/internal/indicator_tests.h"
#include "packs/internal/letter_tests.h"
#include "packs/internal/model_tests.h"
#include "packs/internal/reader.h"

namespace zicht::packs::internal {

struct TestStep {
  std::string transition;             // empty: `fields` are a change of the record
  std::string role;                   // empty: whoever may
  std::string person;
  Date on;
  Json fields;                        // of the step, or what changes
  std::string reason;
  std::string refused;                // the refusal that is expected; empty: it succeeds
  Place place;
};

struct ExpectedDeadline {
  std::optional<Date> first, last;
  std::string status;
};

struct ExpectedNorm {
  std::string outcome;                              // kNormOutcomes of test_cases.cc
  std::optional<std::vector<std::string>> missing;  // fields, sorted
};

struct TestCase {
  std::string name;
  const model::Form* form = nullptr;  // in the draft's pack
  Json fields;
  Date from;
  std::vector<TestStep> steps;
  Date on;
  std::optional<std::string> state;
  std::map<std::string, ExpectedDeadline> deadlines;
  std::optional<std::vector<std::string>> tasks;      // roles, sorted
  std::optional<std::vector<std::string>> problems;   // JSON pointers, sorted
  std::map<std::string, std::string> messages;        // JSON pointer -> Dutch text told there
  std::optional<std::vector<std::string>> hidden;     // fields that are not asked, sorted
  std::map<std::string, Json> values;                 // fields in the end; null: absent
  std::map<std::string, ExpectedNorm> norms;          // what they say in the end
  Place place;
  std::optional<ModelTest> about_model;               // then it has no form
  std::optional<IndicatorTest> about_indicator;       // nor then
  std::optional<LetterTest> about_letter;             // nor then
};

// Reads tests/<stem>.yaml; cases of which something is wrong are reported and left out.
[[nodiscard]] std::vector<TestCase> read_test_cases(const Draft& draft, const Source& source,
                                                    const Node& node, const std::string& stem);

}  // namespace zicht::packs::internal
