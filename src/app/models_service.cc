#include "app/models_service.h"

#include <algorithm>

#include "app/internal/body.h"
#include "app/present/rule_json.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/text.h"
#include "dmn/model_json.h"
#include "feel/value_json.h"
#include "packs/models.h"

namespace zicht::app {
namespace {

// Lives as long as the pack.
Result<const model::DecisionModel*> model_of(const model::Pack& pack, const std::string& id) {
  const auto* model = pack.find_model(id);
  if (model == nullptr) return make_error("AP-0201");
  return model;
}

void write_summary(JsonWriter& json, const model::DecisionModel& model) {
  json.object().member("id", model.id);
  const Json told = dmn::model_summary(*model.engine);
  for (const auto& member : told.get_object()) json.key(member.key()).value(member.value());
  json.end();
}

std::vector<dmn::InputValue> inputs_of(const json::object& given) {
  std::vector<dmn::InputValue> inputs;
  for (const auto& member : given) {
    inputs.push_back({std::string(member.key()), feel::value_of(member.value()), {}});
  }
  return inputs;
}

dmn::ExplainLevel level_of(internal::Body& body) {
  const std::string level = body.text_if("explain").value_or("brief");
  if (level == "full") return dmn::ExplainLevel::kFull;
  if (level == "off") return dmn::ExplainLevel::kOff;
  if (level != "brief") body.add(make_problem("AP-0202", "/explain"));
  return dmn::ExplainLevel::kBrief;
}

// Far more steps than a model that people can read takes, and still no more than a moment.
constexpr feel::Limits kMoment = {.steps = 100'000, .bytes = std::size_t{8} << 20, .depth = 64};

bool ran_out(const std::optional<Error>& error) {
  return error && error->code == Code::kResourceExhausted;
}

// Asks within a moment, and what needs longer once more, in a place among the heavy questions.
// Errors: AP-0172.
template <class Ask>
auto asked_in_turn(packs::ModelQuestion question, const Caller& caller, HeavyPlaces& places,
                   const Ask& ask) -> Result<decltype(ask(question))> {
  question.limits = kMoment;
  auto made = ask(question);
  if (!ran_out(made.error())) return made;
  ZICHT_TRY(turn, places.take(caller.is_visitor()));
  question.limits = packs::kModelLimits;
  return ask(question);
}

// What is asked of which model: the body of a question and of a step of an interview.
struct Asked {
  model::PackPtr pack{};  // keeps the model
  const model::DecisionModel* model = nullptr;
  packs::ModelQuestion question{};
};

Result<Asked> asked_in(const Rulebook& rules, const std::string& name, const std::string& id,
                       internal::Body& body, const Clock& clock) {
  ZICHT_TRY(pack, active_pack(rules, name));
  ZICHT_TRY(model, model_of(*pack, id));
  Asked asked{pack,
              model,
              {.decision = body.text("decision"),
               .inputs = {},
               .today = amsterdam_date(clock.now()),
               .explain = level_of(body)}};
  const Json& inputs = body.object("inputs");
  ZICHT_CHECKED(body.check());
  asked.question.inputs = inputs_of(inputs.get_object());
  return asked;
}

Result<void> refuse(internal::Body& body, std::vector<Problem> problems) {
  for (Problem& problem : problems) {
    problem.where = "/inputs/" + json_pointer_token(problem.where);
    body.add(std::move(problem));
  }
  return body.check();
}

void write_names(JsonWriter& json, const std::vector<std::string>& names) {
  json.array();
  for (const std::string& name : names) json.text(name);
  json.end();
}

// Only a doubt may be said to be so.
void check_accepted(const dmn::Engine& engine, const std::vector<std::string>& accepted,
                    internal::Body& body) {
  if (accepted.empty()) return;
  const auto all = dmn::contradictions_of(engine);
  for (std::size_t i = 0; i < accepted.size(); ++i) {
    const bool is_doubt = std::any_of(all.begin(), all.end(), [&](const auto& one) {
      return one.may_stand && one.decision == accepted[i];
    });
    if (!is_doubt) body.add(make_problem("AP-0203", "/accepted/" + std::to_string(i)));
  }
}

void write_contradictions(JsonWriter& json, const std::vector<dmn::Contradiction>& all) {
  json.key("contradictions").array();
  for (const auto& one : all) {
    json.object().member("decision", one.decision);
    if (!one.question.empty()) json.member("question", one.question);
    json.key("answers");
    write_names(json, one.answers);
    json.key("may_stand").boolean(one.may_stand).end();
  }
  json.end();
}

std::string answer_text(const packs::ModelAnswer& made) {
  std::string out;
  JsonWriter json(out);
  json.object();
  write_answer(json, made);
  json.end();
  return out;
}

std::string step_text(const dmn::Engine& engine, const packs::InterviewAnswer& made) {
  Json step = dmn::to_json(made.step);
  json::object& told = step.get_object();
  if (made.step.next) {
    told.at("next").get_object()["type"] = dmn::type_json(engine, made.step.next->question);
  }
  std::string out;
  JsonWriter json(out);
  json.object().key("next").value(told.at("next"));
  json.key("open");
  write_names(json, made.step.open);
  if (!made.contradictions.empty()) write_contradictions(json, made.contradictions);
  json.key("end");
  if (made.step.next || !made.contradictions.empty()) {
    json.null();
  } else {
    packs::ModelAnswer end = made.end;
    end.told.missing = made.step.missing;
    json.object();
    write_answer(json, end);
    json.end();
    json.key("stand_ins").value(told.at("stand_ins"));
  }
  json.end();
  return out;
}

}  // namespace

Result<std::string> ModelsService::list(const std::string& name) const {
  const RulebookPtr rules = packs_.rules();
  ZICHT_TRY(pack, active_pack(*rules, name));
  std::string out;
  JsonWriter json(out);
  json.object();
  write_pack_name(json, *pack);
  json.key("items").array();
  for (const auto& model : pack->models) write_summary(json, model);
  json.end().end();
  return out;
}

Result<std::string> ModelsService::read(const std::string& name, const std::string& id) const {
  const RulebookPtr rules = packs_.rules();
  ZICHT_TRY(pack, active_pack(*rules, name));
  ZICHT_TRY(model, model_of(*pack, id));
  std::string out;
  JsonWriter json(out);
  json.object().member("id", model->id);
  write_pack_name(json, *pack);
  json.key("model").value(dmn::model_json(*model->engine)).end();
  return out;
}

Result<std::string> ModelsService::evaluate(const Caller& caller, const std::string& name,
                                            const std::string& id, const Json& request) const {
  internal::Body body(request, {"decision", "inputs", "explain"});
  ZICHT_TRY(asked, asked_in(*packs_.rules(), name, id, body, clock_));
  ZICHT_TRY(made, asked_in_turn(asked.question, caller, places_, [&](const auto& question) {
              return packs::ask_model(*asked.model, question);
            }));
  ZICHT_CHECKED(refuse(body, std::move(made.problems)));
  if (made.answer.error && made.answer.error->code == Code::kNotFound) return *made.answer.error;
  return answer_text(made);
}

Result<std::string> ModelsService::interview(const Caller& caller, const std::string& name,
                                             const std::string& id, const Json& request) const {
  internal::Body body(request, {"decision", "inputs", "explain", "accepted"});
  ZICHT_TRY(asked, asked_in(*packs_.rules(), name, id, body, clock_));
  asked.question.accepted = body.texts_if("accepted").value_or(std::vector<std::string>{});
  check_accepted(*asked.model->engine, asked.question.accepted, body);
  ZICHT_CHECKED(body.check());
  ZICHT_TRY(made, asked_in_turn(asked.question, caller, places_, [&](const auto& question) {
              return packs::interview_model(*asked.model, question);
            }));
  ZICHT_CHECKED(refuse(body, std::move(made.problems)));
  if (made.failure) return *made.failure;
  return step_text(*asked.model->engine, made);
}

}  // namespace zicht::app
