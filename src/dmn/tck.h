// Runs test cases of the DMN Technology Compatibility Kit against a model.
//
//     const auto verdicts = run_test_file(*file, engine, environment);
//     report += csv_row({"compliance-level-3/0004-lending", "0004-lending-test-01"}, verdicts[0]);
//
// Values are compared as the kit's other runners do: numbers to eight digits after the point,
// texts, booleans, dates, times and lengths of time by value, lists in their order, contexts by
// their entries in any order. Where a case expects an error, null is one. Reading files is for the
// caller (the command `zicht dmn tck`).
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "dmn/engine.h"
#include "dmn/tck_cases.h"

namespace zicht::dmn {

enum class TestStatus { kSuccess, kError, kIgnored };

struct TestVerdict {
  std::string id{};  // of the case
  TestStatus status = TestStatus::kError;
  std::string detail{};  // what was expected and what came; empty when all is well
};

// `engine` null: every case is an error with `why_none` as its detail.
[[nodiscard]] std::vector<TestVerdict> run_test_file(const TestFile& file, const Engine* engine,
                                                     const feel::Environment& environment,
                                                     const std::string& why_none = "");

// The value that the file writes. A text without a type is a string.
[[nodiscard]] feel::Value value_of(const TestValue& written, const TimeZones& zones);

// Whether the kit would count them as equal.
[[nodiscard]] bool is_equal_for_tests(const feel::Value& expected, const feel::Value& got);

// A folder of the kit: models and test cases beside each other.
struct TestFolder {
  std::string name{};                                        // "compliance-level-3/0004-lending"
  std::vector<std::pair<std::string, std::string>> files{};  // name and text; .dmn and .xml
};

struct TestReport {
  struct Count {
    std::size_t passed = 0;
    std::size_t total = 0;
  };
  std::string csv{};                      // a row for each case
  std::map<std::string, Count> levels{};  // "2": of the folders under compliance-level-2
  std::map<std::string, Count> folders{};
  std::vector<std::string> failures{};  // "folder/file case: detail"

  // "level 2: 116/116, level 3: 3250/3275"
  [[nodiscard]] std::string summary() const;
};

[[nodiscard]] TestReport run_test_folders(std::span<const TestFolder> folders,
                                          const feel::Environment& environment);

struct TestPlace {
  std::string folder{};  // "compliance-level-3/0004-lending"
  std::string file{};    // "0004-lending-test-01"
};

// "folder","file","case","SUCCESS","detail" and a line end, as vendors publish their results.
[[nodiscard]] std::string csv_row(const TestPlace& place, const TestVerdict& verdict);

}  // namespace zicht::dmn
