// Tests of decision models in the test files of a pack: what goes into a decision, and what must
// come out (docs/formats/pack.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "packs/internal/checks.h"
#include "packs/internal/reader.h"
#include "packs/models.h"
#include "packs/run_tests.h"

namespace zicht::packs::internal {

struct ModelTest {
  const model::DecisionModel* model = nullptr;  // in the draft's pack
  ModelQuestion question;
  std::optional<Node> value;
  std::string outcome;                              // empty: any that is not "unknown"
  std::optional<std::vector<std::string>> missing;  // sorted
  std::optional<std::vector<std::string>> rules;    // numbers of rules that match, from 1
};

// A case with the key `model`. Absent when something is wrong that leaves nothing to run.
[[nodiscard]] std::optional<ModelTest> read_model_test(const Draft& draft, const Source& source,
                                                       const Node& node);

// Adds to the outcome what differs, and then why it came out so.
void run_model_test(const ModelTest& test, TestOutcome& outcome);

}  // namespace zicht::packs::internal
