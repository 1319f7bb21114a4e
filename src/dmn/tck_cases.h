// Test cases in the format of the DMN Technology Compatibility Kit: what goes into a model, and
// what must come out.
//
//     const auto read = read_test_cases({.file = "0004-lending-test-01.xml", .text = xml});
//     for (const auto& test : read.file->cases) run(test);
//
// Only reading; tck.h runs them. Reading accepts what the kit's own files hold.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "dmn/read.h"

namespace zicht::dmn {

// A value as the file writes it, before it has a type of FEEL.
struct TestValue {
  enum class Kind { kNull, kScalar, kList, kComponents };
  Kind kind = Kind::kNull;
  std::string type{};  // of XML Schema, without prefix: "decimal", "dateTime"; empty = not told
  std::string text{};
  std::vector<TestValue> items{};
  std::vector<std::pair<std::string, TestValue>> components{};
  bool operator==(const TestValue&) const = default;
};

struct TestInput {
  std::string name{};
  std::string namespace_uri{};  // empty = the model under test
  TestValue value{};
};

struct TestResult {
  std::string name{};
  std::string namespace_uri{};
  bool is_error = false;  // null, or an error, is what must come out
  TestValue expected{};
};

enum class TestKind { kDecision, kKnowledgeModel, kDecisionService };

struct TestCase {
  std::string id{};
  TestKind kind = TestKind::kDecision;
  std::string invocable{};  // name of the service or knowledge model
  std::vector<TestInput> inputs{};
  std::vector<TestResult> results{};
  std::uint32_t line = 0;
};

struct TestFile {
  std::string file{};
  std::string model{};  // name of the file of the model
  std::vector<TestCase> cases{};
};

struct TestFileOutcome {
  std::shared_ptr<const TestFile> file{};  // null when a diagnostic is an error
  std::vector<Diagnostic> diagnostics{};
};

// Errors: DM-0001 … DM-0004 as read_model; DM-0020 not a file of test cases.
[[nodiscard]] TestFileOutcome read_test_cases(const Source& source, const ReadLimits& limits = {});

}  // namespace zicht::dmn
