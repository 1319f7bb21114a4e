// The decision models of packs, to read and to try, and their norms.
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> list_models(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().models.list(call.parameter("pack")));
}

Result<Response> list_norms(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().norms.list(call.parameter("pack")));
}

Result<Response> read_model(const ApiContext& context, const ApiCall& call) {
  return json_answer(
      context.services().models.read(call.parameter("pack"), call.parameter("model")));
}

Result<Response> evaluate_model(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().models.evaluate(call.caller, call.parameter("pack"),
                                                        call.parameter("model"), call.body));
}

Result<Response> interview_model(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().models.interview(call.caller, call.parameter("pack"),
                                                         call.parameter("model"), call.body));
}

}  // namespace

void add_model_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.pattern = "/v1/packs/{pack}/models",
                        .id = "listModels",
                        .tag = "packs",
                        .summary = "The decision models of a pack",
                        .answer = "ModelList"},
                       list_models});
  endpoints.push_back({{.pattern = "/v1/packs/{pack}/models/{model}",
                        .id = "readModel",
                        .tag = "packs",
                        .summary = "One decision model, with all its decisions and tables",
                        .answer = "DecisionModel"},
                       read_model});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/packs/{pack}/models/{model}/_evaluate",
                        .id = "evaluateModel",
                        .tag = "packs",
                        .summary = "What a decision says of values that are not stored, and why",
                        .body = "ModelEvaluate",
                        .answer = "ModelEvaluation"},
                       evaluate_model});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/packs/{pack}/models/{model}/_interview",
                        .id = "interviewModel",
                        .tag = "packs",
                        .summary = "The next question that still matters to a decision, or the end",
                        .body = "ModelInterviewAsk",
                        .answer = "ModelInterview"},
                       interview_model});
  endpoints.push_back({{.pattern = "/v1/packs/{pack}/norms",
                        .id = "listNorms",
                        .tag = "packs",
                        .summary = "The norms of a pack, with their sources and rules",
                        .answer = "NormList"},
                       list_norms});
}

}  // namespace zicht::http
