#include "dmn/json_engine.h"

#include <boost/json/serialize.hpp>
#include <variant>

#include "base/error_catalogue.h"
#include "base/error_json.h"
#include "dmn/engine.h"
#include "dmn/internal/json_request.h"
#include "dmn/read.h"
#include "feel/collections.h"
#include "feel/expression.h"
#include "feel/outcome.h"

namespace zicht::dmn {

using feel::Value;
using internal::CompileRequest;
using internal::EvaluateRequest;

class JsonEngine::Kept {
 public:
  Kept(std::variant<feel::Expression, feel::UnaryTests, std::shared_ptr<const Engine>> compiled,
       CompileRequest request)
      : compiled_(std::move(compiled)), request_(std::move(request)) {}

  // The answer as text.
  [[nodiscard]] Result<std::string> evaluate(const EvaluateRequest& request,
                                             const feel::Environment& environment) const;

 private:
  [[nodiscard]] std::vector<Value> slots_of(const Value& facts, const TimeZones& zones) const;
  [[nodiscard]] Result<std::string> decide(const Engine& engine, const EvaluateRequest& request,
                                           const feel::Environment& environment) const;

  std::variant<feel::Expression, feel::UnaryTests, std::shared_ptr<const Engine>> compiled_;
  CompileRequest request_;
};

namespace {

Value typed(const Value& given, const feel::Type& type, std::string_view name,
            const TimeZones& zones) {
  if (given.is_null()) return given;
  return feel::coerce(feel::typed_from_json(given, type, zones), type, name);
}

std::string_view outcome_name(feel::Verdict verdict) {
  return verdict == feel::Verdict::kYes ? "yes" : verdict == feel::Verdict::kNo ? "no" : "unknown";
}

// The value with all its digits, which Json would lose, and what it says as a judgement.
std::string answer_text(const Value& value, std::span<const feel::NullCause> passed_over,
                        const Json* explanation) {
  const feel::Outcome outcome = feel::judge(value, passed_over);
  json::array missing(outcome.missing_facts.begin(), outcome.missing_facts.end());
  json::array errors;
  for (const Error& error : outcome.errors)
    errors.push_back(json::object{
        {"id", error.id}, {"message", text_json(error.message)}, {"hint", text_json(error.hint)}});
  std::string text = R"({"value":)" + feel::json_text(value);
  text.append(R"(,"outcome":")").append(outcome_name(outcome.verdict));
  text += R"(","missing":)" + json::serialize(missing);
  text += R"(,"errors":)" + json::serialize(errors);
  if (explanation != nullptr) text += R"(,"explanation":)" + json::serialize(*explanation);
  return text += '}';
}

json::array elements_json(const std::vector<ElementInfo>& elements) {
  json::array array;
  for (const ElementInfo& each : elements)
    array.push_back(json::object{{"name", each.name},
                                 {"id", each.id},
                                 {"type", each.type.to_string()},
                                 {"line", each.line}});
  return array;
}

json::array warnings_json(const std::vector<feel::Finding>& findings, std::string_view text) {
  json::array warnings;
  for (const feel::Finding& finding : findings) {
    const Diagnostic diagnostic = feel::to_diagnostic(finding, text);
    warnings.push_back(told_json(
        diagnostic, std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column)));
  }
  return warnings;
}

// Every error as a problem of FE-0015, as for the text of an expression.
Error diagnostics_error(const std::vector<Diagnostic>& diagnostics) {
  Error error = make_error("FE-0015");
  for (const Diagnostic& each : diagnostics) {
    if (each.severity == Severity::kError)
      error.problems.push_back({each.id, location_of(each), each.message, each.hint});
  }
  return error;
}

struct CompiledModel {
  std::shared_ptr<const Engine> engine{};
  std::vector<Diagnostic> diagnostics{};
};

Result<CompiledModel> compile_model(const CompileRequest& request) {
  ReadOutcome read = read_model({.file = request.file, .text = request.text});
  if (!read.model) return diagnostics_error(read.diagnostics);
  std::vector<std::shared_ptr<const Model>> others;
  for (const std::string& text : request.others) {
    ReadOutcome other = read_model({.file = request.file, .text = text});
    if (!other.model) return diagnostics_error(other.diagnostics);
    others.push_back(std::move(other.model));
  }
  CompileOutcome compiled = Engine::compile(read.model, others);
  if (!compiled.engine) return diagnostics_error(compiled.diagnostics);
  read.diagnostics.insert(read.diagnostics.end(), compiled.diagnostics.begin(),
                          compiled.diagnostics.end());
  return CompiledModel{std::move(compiled.engine), std::move(read.diagnostics)};
}

}  // namespace

std::vector<Value> JsonEngine::Kept::slots_of(const Value& facts, const TimeZones& zones) const {
  std::vector<Value> slots;
  for (const auto& [name, type] : request_.scope.variables()) {
    const Value* fact = facts.as_context().find(name);
    slots.push_back(fact == nullptr ? Value() : typed(*fact, type, name, zones));
  }
  return slots;
}

Result<std::string> JsonEngine::Kept::decide(const Engine& engine, const EvaluateRequest& asked,
                                             const feel::Environment& environment) const {
  Request request{.kind = asked.target, .name = asked.name, .explain = asked.explain};
  const feel::Context& facts = asked.facts.as_context();
  std::map<std::string, feel::Type, std::less<>> types;
  for (const ElementInfo& input : engine.inputs_of(asked.target, asked.name))
    types.emplace(input.name, input.type);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const std::string& name = facts.shape().names()[i];
    const auto type = types.find(name);
    // The engine itself coerces to the declared type.
    request.inputs.push_back(
        {name, type == types.end()
                   ? facts.slots()[i]
                   : feel::typed_from_json(facts.slots()[i], type->second, *environment.zones)});
  }
  const Answer answer = engine.evaluate(request, environment);
  if (answer.error) return *answer.error;
  const Json explanation = to_json(answer.explanation);
  return answer_text(answer.value, answer.passed_over,
                     asked.explain == ExplainLevel::kOff ? nullptr : &explanation);
}

Result<std::string> JsonEngine::Kept::evaluate(const EvaluateRequest& request,
                                               const feel::Environment& environment) const {
  if (const auto* engine = std::get_if<std::shared_ptr<const Engine>>(&compiled_))
    return decide(**engine, request, environment);
  const TimeZones& zones = *environment.zones;
  const std::vector<Value> slots = slots_of(request.facts, zones);
  const auto* tests = std::get_if<feel::UnaryTests>(&compiled_);
  const Value input =
      tests == nullptr ? Value() : typed(request.input, request_.input_type, "?", zones);
  feel::Budget budget;
  feel::CallContext context(environment, budget);
  const auto level = static_cast<feel::ExplanationLevel>(request.explain);
  const auto* expression = std::get_if<feel::Expression>(&compiled_);
  if (request.explain == ExplainLevel::kOff) {
    const Value value = tests != nullptr ? tests->test(input, slots, context)
                                         : expression->evaluate(slots, context);
    if (budget.is_exhausted()) return budget.error();
    return answer_text(value, context.passed_over(), nullptr);
  }
  const feel::Explanation why = tests != nullptr ? tests->explain(input, slots, context, level)
                                                 : expression->explain(slots, context, level);
  if (budget.is_exhausted()) return budget.error();
  const Json explanation = to_json(why, request_.text);
  return answer_text(why.value, why.passed_over, &explanation);
}

JsonEngine::JsonEngine(const TimeZones& zones) : zones_(zones) {}
JsonEngine::~JsonEngine() = default;

std::string JsonEngine::compile(std::string_view request) {
  auto read = internal::read_compile_request(request);
  if (!read.has_value()) return error_answer(read.error());
  json::object answer{{"handle", last_handle_ + 1}};
  std::unique_ptr<const Kept> kept;
  const feel::CompileOptions options{
      .unknown_names = read->unknown_names_are_null ? feel::CompileOptions::UnknownNames::kNull
                                                    : feel::CompileOptions::UnknownNames::kRefuse};
  if (read->kind == CompileRequest::Kind::kModel) {
    auto model = compile_model(*read);
    if (!model.has_value()) return error_answer(model.error());
    json::array diagnostics;
    for (const Diagnostic& each : model->diagnostics)
      diagnostics.push_back(told_json(each, location_of(each)));
    answer["decisions"] = elements_json(model->engine->decisions());
    answer["services"] = elements_json(model->engine->services());
    answer["knowledge"] = elements_json(model->engine->knowledge_models());
    answer["warnings"] = std::move(diagnostics);
    kept = std::make_unique<Kept>(std::move(model->engine), std::move(*read));
  } else if (read->kind == CompileRequest::Kind::kUnaryTests) {
    auto tests = feel::compile_unary_tests(read->text, read->scope, read->input_type, options);
    if (!tests.has_value()) return error_answer(tests.error());
    answer["warnings"] = warnings_json(tests->warnings(), read->text);
    kept = std::make_unique<Kept>(std::move(*tests), std::move(*read));
  } else {
    auto expression = feel::compile(read->text, read->scope, options);
    if (!expression.has_value()) return error_answer(expression.error());
    answer["type"] = expression->type().to_string();
    answer["warnings"] = warnings_json(expression->warnings(), read->text);
    kept = std::make_unique<Kept>(std::move(*expression), std::move(*read));
  }
  kept_.emplace(++last_handle_, std::move(kept));
  return json::serialize(answer);
}

std::string JsonEngine::evaluate(std::string_view request) {
  const auto read = internal::read_evaluate_request(request, zones_);
  if (!read.has_value()) return error_answer(read.error());
  const auto found = kept_.find(read->handle);
  if (found == kept_.end())
    return error_answer(make_error("FE-0072", {{"handle", std::to_string(read->handle)}}));
  const feel::Environment environment{.zones = &zones_, .now = read->now, .today = read->today};
  const auto answer = found->second->evaluate(*read, environment);
  return answer.has_value() ? *answer : error_answer(answer.error());
}

void JsonEngine::release(std::uint32_t handle) { kept_.erase(handle); }

}  // namespace zicht::dmn
