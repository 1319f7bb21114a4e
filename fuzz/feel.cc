#include "base/time_zone.h"
#include "feel/expression.h"
#include "feel/parser.h"
#include "feel/testing/random_expression.h"
#include "targets.h"

// The component has the name of the target.
namespace zicht::fuzz {
namespace {

namespace language = zicht::feel;

// Small, so that many inputs are tried; what ends here ends with more too.
constexpr language::Limits kExpressionLimits{.steps = 20'000, .bytes = 1 << 20, .depth = 64};

void check_findings(const language::Parsed& parsed, std::string_view input) {
  must(parsed.root != nullptr || !parsed.findings.empty(), "a text is read, or told what is wrong");
  for (const auto& finding : parsed.findings) {
    must(finding.span.begin <= finding.span.end, "a finding has a place");
    must(!language::to_diagnostic(finding, input).message.nl.empty(), "a finding has a text");
  }
}

}  // namespace

void feel(std::string_view input) {
  static const language::Scope scope = language::testing::random_scope();
  const language::CompileOptions options{
      .unknown_names = language::CompileOptions::UnknownNames::kNull, .source = 0};
  check_findings(language::parse_expression(input, scope), input);
  check_findings(language::parse_unary_tests(input, scope, language::Type::any()), input);
  const language::Environment environment{.zones = &system_time_zones()};
  const std::vector<language::Value> facts(scope.variables().size(), language::Value::number(3));
  if (const auto expression = language::compile(input, scope, options)) {
    language::Budget plain(kExpressionLimits);
    language::CallContext context(environment, plain);
    const language::Value value = expression->evaluate(facts, context);
    language::Budget traced(kExpressionLimits);
    language::CallContext again(environment, traced);
    const auto explanation = expression->explain(facts, again);
    must(plain.is_exhausted() == traced.is_exhausted(), "explaining takes the same steps");
    must(plain.is_exhausted() ||
             language::literal_of(value) == language::literal_of(explanation.value),
         "an explanation explains the value");
    must(!language::to_lines(explanation, input).empty(), "an explanation has lines");
  }
  if (const auto tests =
          language::compile_unary_tests(input, scope, language::Type::any(), options)) {
    language::Budget budget(kExpressionLimits);
    language::CallContext context(environment, budget);
    const language::Value hit = tests->test(language::Value::number(3), facts, context);
    must(hit.is_null() || hit.is(language::Kind::kBoolean), "a test gives true, false or null");
  }
}

}  // namespace zicht::fuzz
