#include <algorithm>

#include "packs/internal/readers.h"

namespace zicht::packs::internal {
namespace {

using model::Norm;
using model::NormDecision;

constexpr std::size_t kMostNorms = 100;  // in one file: each is judged when a record is looked at

std::optional<model::Rule> read_rule(const Source& source, const MapReader& map,
                                     std::string_view key) {
  const Node* node = map.find(key);
  if (node == nullptr) return std::nullopt;
  return model::Rule{read_text(source, *node, key), {}, {}};
}

// A value that says both yes and no would let a norm pass.
void check_values(const Source& source, const Node& node, const NormDecision& decision) {
  for (const std::string& value : decision.breaks) {
    const auto& meets = decision.meets;
    if (std::find(meets.begin(), meets.end(), value) == meets.end()) continue;
    source.error("PK-0198", node.place_at({"breaks"}),
                 {{"why", LocalizedText{"\"" + value + "\" staat onder meets en onder breaks",
                                        "\"" + value + "\" is under meets and under breaks"}}});
  }
}

NormDecision read_decision(const Source& source, const Node& node) {
  const MapReader map(source, node, {"model", "decision", "inputs", "meets", "breaks"});
  NormDecision decision;
  decision.model = map.text("model");
  decision.decision = map.text_or("decision");
  const Node* inputs = map.find("inputs");
  if (inputs != nullptr && expect_map(source, *inputs, "inputs")) {
    for (const Member& member : inputs->members) {
      decision.inputs.push_back(
          {member.key, {read_text(source, member.value, member.key), {}, {}}});
    }
  }
  decision.meets = map.texts_or_none("meets");
  decision.breaks = map.texts_or_none("breaks");
  check_values(source, node, decision);
  return decision;
}

Norm read_norm(const Source& source, const Member& member) {
  const MapReader map(source, member.value, {"title", "theme", "article", "from", "to",
                                             "judges", "applies_if", "rule", "decision"});
  check_id(source, member.place, member.key, IdKind::kKebab);
  Norm norm;
  norm.id = member.key;
  norm.title = map.localized("title");
  norm.theme = map.localized_if("theme");
  norm.article = map.text_or("article");
  norm.from = map.date_if("from");
  norm.to = map.date_if("to");
  if (norm.from && norm.to && *norm.to <= *norm.from) {
    source.error("PK-0101", map.find("to")->place);
  }
  if (map.need("judges") != nullptr) norm.judges = map.texts_or_none("judges");
  norm.applies_if = read_rule(source, map, "applies_if");
  norm.rule = read_rule(source, map, "rule");
  if (const Node* decision = map.find("decision")) {
    norm.decision = read_decision(source, *decision);
  }
  if (norm.rule.has_value() == norm.decision.has_value()) {
    source.error("PK-0194", member.place, {{"norm", norm.id}});
  }
  return norm;
}

}  // namespace

model::Framework read_framework(const Source& source, const Node& node, const std::string& stem) {
  const MapReader map(source, node, {"framework", "title", "source", "form", "norms"});
  model::Framework framework;
  framework.id = read_file_id(source, map, "framework", stem);
  framework.title = map.localized("title");
  framework.source = map.text("source");
  framework.form = map.text("form");
  const Node* norms = map.need("norms");
  if (norms == nullptr || !expect_map(source, *norms, "norms")) return framework;
  if (norms->members.size() > kMostNorms) {
    source.error("PK-0014", norms->place,
                 {{"what", LocalizedText{"normen in een bestand", "norms in a file"}},
                  {"limit", std::to_string(kMostNorms)}});
  }
  for (const Member& member : norms->members) {
    framework.norms.push_back(read_norm(source, member));
  }
  return framework;
}

}  // namespace zicht::packs::internal
