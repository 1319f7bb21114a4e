#include "app/norms_service.h"

#include "app/present/rule_json.h"

namespace zicht::app {
namespace {

void write_form(JsonWriter& json, const model::Pack& pack, const std::string& id) {
  json.key("form").object().member("name", pack.id + "/" + id);
  json.member("title", pack.find_form(id)->title).end();
}

void write_asked_decision(JsonWriter& json, const model::NormDecision& asked) {
  json.key("decision").object().member("model", asked.model).member("decision", asked.decision);
  json.key("inputs").array();
  for (const model::NormInput& input : asked.inputs) {
    json.object().member("name", input.name).member("rule", input.rule.text).end();
  }
  json.end();
  for (const auto& [name, values] : {std::pair("meets", &asked.meets), {"breaks", &asked.breaks}}) {
    json.key(name).array();
    for (const std::string& value : *values) json.text(value);
    json.end();
  }
  json.end();
}

void write_rules(JsonWriter& json, const model::Norm& norm) {
  if (norm.applies_if) json.member("applies_if", norm.applies_if->text);
  if (norm.rule) json.member("rule", norm.rule->text);
  if (norm.decision) write_asked_decision(json, *norm.decision);
}

}  // namespace

Result<std::string> NormsService::list(const std::string& name) const {
  ZICHT_TRY(pack, active_pack(*packs_.rules(), name));
  std::string out;
  JsonWriter json(out);
  json.object();
  write_pack_name(json, *pack);
  json.key("items").array();
  for (const model::Framework& framework : pack->frameworks) {
    for (const model::Norm& norm : framework.norms) {
      json.object();
      write_norm_itself(json, *pack, framework, norm);
      write_form(json, *pack, framework.form);
      write_rules(json, norm);
      json.end();
    }
  }
  json.end().end();
  return out;
}

}  // namespace zicht::app
