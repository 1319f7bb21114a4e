#include "app/present/rule_json.h"

#include <algorithm>

#include "model/evaluation.h"

namespace zicht::app {
namespace {

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name).array();
  for (const std::string& text : texts) json.text(text);
  json.end();
}

void write_errors(JsonWriter& json, const std::vector<Error>& errors) {
  json.key("errors").array();
  for (const Error& error : errors) json.value(error.message);
  json.end();
}

void write_judges(JsonWriter& json, const model::Pack& pack, const model::Norm& norm) {
  model::PackSet none;
  json.key("judges").array();
  for (const std::string& id : norm.judges) {
    const model::Role* role = pack.find_role(id);
    json.object().member("role", id);
    json.member("title", role != nullptr ? role->title : model::role_title(none, id)).end();
  }
  json.end();
}

// What is missing, by the labels of fields; of a decision an input may have no field behind it.
void write_missing(JsonWriter& json, const model::Form& form,
                   const std::vector<std::string>& facts) {
  json.key("missing").array();
  for (const std::string& id : model::fields_of_facts(facts)) {
    json.object().member("name", id).member("label", model::label_of_fact(form, id)).end();
  }
  json.end();
}

void write_decision(JsonWriter& json, const packs::NormOutcome& told) {
  const model::NormDecision& decision = *told.norm->decision;
  json.key("decision").object().member("model", decision.model);
  json.member("decision", decision.decision).key("inputs").array();
  for (std::size_t i = 0; i < told.inputs.size(); ++i) {
    json.object().member("name", decision.inputs[i].name).key("why");
    write_why(json, told.inputs[i].told);
    json.end();
  }
  json.end();
  write_answer(json, *told.answer);
  json.end();
}

void write_outcome(JsonWriter& json, const model::Form& form, const packs::NormOutcome& told) {
  json.key("applies").boolean(told.applies);
  if (told.applies) {
    json.member("outcome", model::name_of(told.outcome.verdict));
    write_missing(json, form, told.outcome.missing_facts);
    write_errors(json, told.outcome.errors);
  }
  json.key("why").object();
  if (told.applies_if) {
    json.key("applies_if");
    write_why(json, *told.applies_if);
  }
  if (told.rule) {
    json.key("rule");
    write_why(json, *told.rule);
  }
  if (told.answer) write_decision(json, told);
  json.end();
}

}  // namespace

void write_why(JsonWriter& json, const model::RuleOutcome& told) {
  json.value(model::why_json(told));
}

void write_answer(JsonWriter& json, const packs::ModelAnswer& answer) {
  json.member("outcome", dmn::outcome_name(answer.told.outcome));
  json.key("value").value(dmn::shown_json(answer.answer.value));
  write_texts(json, "missing", answer.told.missing);
  json.key("errors").array();
  for (const Error& error : answer.told.errors) {
    json.object().member("id", error.id).member("message", error.message);
    json.member("hint", error.hint).end();
  }
  json.end().key("explanation").value(dmn::to_json(answer.answer.explanation));
}

void write_source(JsonWriter& json, const model::Pack& pack, const std::string& id) {
  const auto source = std::find_if(pack.sources.begin(), pack.sources.end(),
                                   [&](const auto& each) { return each.id == id; });
  if (source == pack.sources.end()) return;
  json.key("source").object().member("title", source->title).member("kind", source->kind);
  json.member_if("reference", source->reference).member_if("url", source->url).end();
}

void write_pack_name(JsonWriter& json, const model::Pack& pack) {
  json.key("pack").object();
  json.member("name", pack.id).member("title", pack.title);
  json.member("version", pack.version).member("hash", pack.hash).end();
}

void write_norm_itself(JsonWriter& json, const model::Pack& pack, const model::Framework& framework,
                       const model::Norm& norm) {
  json.member("id", norm.id).member("title", norm.title).member("framework", framework.title);
  if (norm.theme) json.member("theme", *norm.theme);
  write_source(json, pack, framework.source);
  json.member_if("article", norm.article);
  if (norm.from) json.member("from", norm.from->to_string());
  if (norm.to) json.member("to", norm.to->to_string());
  write_judges(json, pack, norm);
}

void write_norm(JsonWriter& json, const model::Pack& pack, const model::Form& form,
                const packs::NormOutcome& told) {
  json.object();
  write_norm_itself(json, pack, *told.framework, *told.norm);
  json.key("withheld").boolean(told.is_withheld);
  if (!told.is_withheld) write_outcome(json, form, told);
  json.end();
}

}  // namespace zicht::app
