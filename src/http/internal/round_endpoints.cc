// Rounds of packs: the operations under /v1/rounds.
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

app::SheetName edition_in(const ApiCall& call) {
  return {.pack = call.parameter("pack"),
          .round = call.parameter("round"),
          .of = call.parameter("of"),
          .who = ""};
}

app::SheetName name_in(const ApiCall& call) {
  app::SheetName name = edition_in(call);
  name.who = call.parameter("who");
  return name;
}

Result<Response> list_rounds(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().rounds.list(call.caller));
}

Result<Response> read_round(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().rounds.overview(call.caller, edition_in(call)));
}

Result<Response> read_sheet(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().rounds.sheet(call.caller, name_in(call)));
}

Result<Response> save_sheet(const ApiContext& context, const ApiCall& call) {
  return json_answer(
      context.services().rounds.save(call.caller, name_in(call), call.body, call.context));
}

Result<Response> step_sheet(const ApiContext& context, const ApiCall& call) {
  return json_answer(
      context.services().rounds.step(call.caller, name_in(call), call.body, call.context));
}

Result<Response> ask_place(const ApiContext& context, const ApiCall& call) {
  return json_answer(
      context.services().rounds.ask(call.caller, name_in(call), call.body, call.context));
}

Result<Response> remind_places(const ApiContext& context, const ApiCall& call) {
  return json_answer(
      context.services().rounds.remind(call.caller, edition_in(call), call.body, call.context));
}

void add_reads(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.pattern = "/v1/rounds",
                        .id = "listRounds",
                        .tag = "rounds",
                        .summary = "The rounds that the caller may read, with their editions",
                        .answer = "RoundList",
                        .looks_past = true},
                       list_rounds});
  endpoints.push_back({{.pattern = "/v1/rounds/{pack}/{round}/{of}",
                        .id = "readRound",
                        .tag = "rounds",
                        .summary = "How far each place is with an edition, and who was asked",
                        .answer = "RoundOverview",
                        .looks_past = true},
                       read_round});
  endpoints.push_back({{.pattern = "/v1/rounds/{pack}/{round}/{of}/{who}",
                        .id = "readRoundSheet",
                        .tag = "rounds",
                        .summary = "Every row of one place, with the time before and other views",
                        .answer = "RoundSheet",
                        .looks_past = true},
                       read_sheet});
}

Operation write(std::string_view pattern, std::string_view id, std::string_view summary,
                std::string_view body, std::string_view answer) {
  return {.method = Method::kPost,
          .pattern = pattern,
          .id = id,
          .tag = "rounds",
          .summary = summary,
          .is_write = true,
          .needs_idempotency_key = true,
          .body = body,
          .answer = answer};
}

}  // namespace

void add_round_endpoints(std::vector<Endpoint>& endpoints) {
  add_reads(endpoints);
  endpoints.push_back({write("/v1/rounds/{pack}/{round}/{of}/{who}/_save", "saveRoundSheet",
                             "Save rows of one place together, or none of them", "RoundSave",
                             "RoundSheet"),
                       save_sheet});
  endpoints.push_back({write("/v1/rounds/{pack}/{round}/{of}/{who}/_step", "stepRoundSheet",
                             "Take one step for rows of one place together, or for none",
                             "RoundStep", "RoundSheet"),
                       step_sheet});
  endpoints.push_back({write("/v1/rounds/{pack}/{round}/{of}/{who}/_ask", "askRoundPlace",
                             "Ask one place to fill in an edition", "RoundAsk", "Record"),
                       ask_place});
  endpoints.push_back({write("/v1/rounds/{pack}/{round}/{of}/_remind", "remindRoundPlaces",
                             "Remind the places that were looked at, except those reminded today",
                             "RoundRemind", "RoundReminded"),
                       remind_places});
}

}  // namespace zicht::http
