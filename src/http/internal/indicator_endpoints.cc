// The indicators of packs and their figures.
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> list_indicators(const ApiContext& context, const ApiCall& call) {
  return json_response(200, context.services().indicators.list(call.caller));
}

Result<Response> read_indicator(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(moment, as_of(call.request));
  return json_answer(context.services().indicators.read(
      call.caller, {call.parameter("pack"), call.parameter("indicator")}, moment));
}

}  // namespace

void add_indicator_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.pattern = "/v1/indicators",
                        .id = "listIndicators",
                        .tag = "indicators",
                        .summary = "The indicators that the caller may ask, without figures",
                        .answer = "IndicatorList"},
                       list_indicators});
  endpoints.push_back({{.pattern = "/v1/indicators/{pack}/{indicator}",
                        .id = "readIndicator",
                        .tag = "indicators",
                        .summary = "The figures of an indicator, as they are now or were",
                        .answer = "IndicatorFigures",
                        .query = {{"validOn", QueryType::kDate, "What held on this day"},
                                  {"knownAt", QueryType::kDateTime, "As known at this moment"}}},
                       read_indicator});
}

}  // namespace zicht::http
