// zicht feel: evaluate one FEEL expression.
#include "base/error_catalogue.h"
#include "feel/expression.h"
#include "feel/value_json.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/here_and_now.h"
#include "server/opening.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

// The names of the file's object, with the types of their values.
struct FactsFile {
  feel::Scope scope{};
  std::vector<feel::Value> facts{};
};

Result<FactsFile> facts_of(const std::string& path) {
  FactsFile made;
  if (path.empty()) return made;
  ZICHT_TRY(text, read_file(path));
  ZICHT_TRY(value, feel::parse_value(text));
  if (!value.is(feel::Kind::kContext)) return make_error("FE-0040", {{"path", path}});
  const feel::Context& context = value.as_context();
  for (std::size_t i = 0; i < context.size(); ++i) {
    const feel::Value& fact = context.slots()[i];
    const feel::Type type = fact.is_null() ? feel::Type::any() : feel::type_of(fact);
    made.scope.add(context.shape().names()[i], type);
    made.facts.push_back(fact);
  }
  return made;
}

// Why it is null, and which facts are missing although it is not.
void say_causes(const feel::Explanation& explanation) {
  for (const feel::NullCause& cause : explanation.causes) report(cause.to_error());
  for (const feel::NullCause& cause : explanation.passed_over) report(cause.to_error());
}

int evaluate(const std::string& text, const FactsFile& given, bool explain) {
  const auto compiled = feel::compile(text, given.scope);
  if (!compiled) return report(compiled.error()), kBad;
  std::vector<Diagnostic> warnings;
  for (const auto& finding : compiled->warnings()) {
    warnings.push_back(feel::to_diagnostic(finding, text));
  }
  report(warnings, "");
  const HereAndNow here;
  feel::Budget budget;
  feel::CallContext context(here.environment(), budget);
  const feel::Explanation explanation = compiled->explain(
      given.facts, context,
      explain ? feel::ExplanationLevel::kFull : feel::ExplanationLevel::kOff);
  if (budget.is_exhausted()) return report(budget.error()), kBad;
  std::string told = feel::to_lines(explanation, text);
  if (explain) told.pop_back();  // say() ends the last line
  say(explain ? told : feel::literal_of(explanation.value));
  say_causes(explanation);
  return kGood;
}

}  // namespace

int run_feel(const Words& words) {
  const auto arguments = understood(words, {{"context"}, {"explain"}, 1, 1});
  if (!arguments) return kUsage;
  const auto given = facts_of(arguments->option("context"));
  if (!given) return report(given.error()), kBad;
  return evaluate(arguments->words[0], *given, arguments->has("explain"));
}

}  // namespace zicht::server
