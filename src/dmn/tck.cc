#include "dmn/tck.h"

#include <algorithm>

#include "feel/collections.h"
#include "feel/operators.h"
#include "feel/value_json.h"

namespace zicht::dmn {

using feel::Kind;
using feel::Value;

namespace {

constexpr int kComparedDigits = 8;

Value scalar_of(const TestValue& written, const TimeZones& zones) {
  const std::string& type = written.type;
  if (type.empty() || type == "string") return Value::string(written.text);
  if (type == "duration") return feel::value_from_at_literal(written.text, zones);
  if (const auto known = feel::Type::find_named(type))
    return feel::value_from_lexical(written.text, *known, zones);
  // decimal, double, integer and the other numbers of XML Schema
  return feel::value_from_lexical(written.text, feel::Type::number(), zones);
}

bool are_equal_numbers(const feel::Number& a, const feel::Number& b) {
  const auto rounded = [](const feel::Number& number) {
    return feel::round(number, kComparedDigits, feel::Rounding::kHalfUp).value_or(number);
  };
  return a == b || rounded(a) == rounded(b);
}

bool are_equal_contexts(const feel::Context& expected, const feel::Context& got) {
  if (expected.size() != got.size()) return false;
  const auto names = expected.shape().names();
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    const Value* other = got.find(name);
    return other != nullptr && is_equal_for_tests(*expected.find(name), *other);
  });
}

std::string in_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c == '\n' || c == '\r' ? ' ' : c;
  }
  return quoted += '"';
}

std::string why_null(const Value& value) {
  const auto reason = value.null_reason();
  return reason ? " (" + describe(reason->causes()[0].to_error()) + ")" : "";
}

Request request_of(const TestCase& test, const TestResult& result, const TimeZones& zones) {
  Request request;
  request.kind = test.kind == TestKind::kDecision          ? TargetKind::kDecision
                 : test.kind == TestKind::kDecisionService ? TargetKind::kService
                                                           : TargetKind::kKnowledgeModel;
  request.name = request.kind == TargetKind::kDecision ? result.name : test.invocable;
  for (const auto& input : test.inputs)
    request.inputs.push_back({input.name, value_of(input.value, zones), input.namespace_uri});
  return request;
}

// What went wrong, or nothing.
std::string failure(const TestResult& result, const TestCase& test, const Answer& answer,
                    const TimeZones& zones) {
  Value got = answer.value;
  // A service gives one output as it is, several as a context by their names.
  if (test.results.size() > 1 && test.kind == TestKind::kDecisionService &&
      got.is(Kind::kContext)) {
    const Value* part = got.as_context().find(result.name);
    got = part != nullptr ? *part : Value();
  }
  if (result.is_error && (answer.error || got.is_null())) return {};
  if (answer.error) return describe(*answer.error);
  const Value expected = value_of(result.expected, zones);
  if (!result.is_error && is_equal_for_tests(expected, got)) return {};
  return result.name + ": expected " + feel::literal_of(expected) + ", got " +
         feel::literal_of(got) + why_null(got);
}

}  // namespace

Value value_of(const TestValue& written, const TimeZones& zones) {
  switch (written.kind) {
    case TestValue::Kind::kNull:
      return {};
    case TestValue::Kind::kScalar:
      return scalar_of(written, zones);
    case TestValue::Kind::kList: {
      std::vector<Value> items;
      for (const auto& item : written.items) items.push_back(value_of(item, zones));
      return Value::list(std::move(items));
    }
    case TestValue::Kind::kComponents: {
      feel::ContextBuilder builder;
      for (const auto& [name, value] : written.components)
        builder.set(name, value_of(value, zones));
      return builder.build();
    }
  }
  return {};
}

bool is_equal_for_tests(const Value& expected, const Value& got) {
  if (expected.kind() != got.kind()) return false;
  switch (expected.kind()) {
    case Kind::kNull:
      return true;
    case Kind::kNumber:
      return are_equal_numbers(expected.as_number(), got.as_number());
    case Kind::kContext:
      return are_equal_contexts(expected.as_context(), got.as_context());
    case Kind::kList: {
      const auto a = expected.as_list();
      const auto b = got.as_list();
      return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_equal_for_tests);
    }
    default:
      return feel::text_of(expected) == feel::text_of(got) ||
             feel::equals(expected, got).value_or(false);
  }
}

std::vector<TestVerdict> run_test_file(const TestFile& file, const Engine* engine,
                                       const feel::Environment& environment,
                                       const std::string& why_none) {
  std::vector<TestVerdict> verdicts;
  for (const auto& test : file.cases) {
    TestVerdict verdict{test.id, TestStatus::kSuccess, {}};
    if (engine == nullptr) {
      verdict = {test.id, TestStatus::kError, why_none};
    } else {
      for (const auto& result : test.results) {
        const Request request = request_of(test, result, *environment.zones);
        const Answer answer = engine->evaluate(request, environment);
        verdict.detail = failure(result, test, answer, *environment.zones);
        if (verdict.detail.empty()) continue;
        verdict.status = TestStatus::kError;
        break;
      }
    }
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

std::string csv_row(const TestPlace& place, const TestVerdict& verdict) {
  constexpr std::string_view kStatus[] = {"SUCCESS", "ERROR", "IGNORED"};
  std::string row;
  for (const std::string_view part :
       {std::string_view(place.folder), std::string_view(place.file), std::string_view(verdict.id),
        kStatus[static_cast<int>(verdict.status)], std::string_view(verdict.detail)})
    row.append(row.empty() ? "" : ",").append(in_quotes(part));
  return row += '\n';
}

}  // namespace zicht::dmn
