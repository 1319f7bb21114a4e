// Tests of indicators in the test files of a pack: rows, and what is counted over them
// (docs/formats/pack.md).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "packs/internal/checks.h"
#include "packs/internal/reader.h"
#include "packs/run_tests.h"

namespace zicht::packs::internal {

struct TestRow {
  Json fields;
  std::string state;  // empty: none
};

struct IndicatorTest {
  const model::Indicator* indicator = nullptr;  // in the draft's pack
  const model::Form* form = nullptr;            // of it
  std::vector<TestRow> rows;
  Date on;
  std::optional<std::string> number;        // of all rows; "none": there is none
  std::optional<std::string> undetermined;  // how many rows cannot be determined
  // By dimension and value ("none": rows without): the number; exactly these values.
  std::map<std::string, std::map<std::string, std::string>> dimensions;
};

// A case with the key `indicator`. Absent when something is wrong that leaves nothing to run.
[[nodiscard]] std::optional<IndicatorTest> read_indicator_test(const Draft& draft,
                                                               const Source& source,
                                                               const Node& node);

// Adds to the outcome what differs.
void run_indicator_test(const IndicatorTest& test, const model::PackSet& packs,
                        TestOutcome& outcome);

}  // namespace zicht::packs::internal
