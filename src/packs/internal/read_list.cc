#include "packs/internal/readers.h"

namespace zicht::packs::internal {
namespace {

model::ListCode read_code(const Source& source, const Member& member) {
  const MapReader map(source, member.value, {"label", "from", "to", "note", "meaning"});
  check_id(source, member.place, member.key, IdKind::kCode);
  model::ListCode code;
  code.code = member.key;
  code.label = map.localized("label");
  code.from = map.date_if("from");
  code.to = map.date_if("to");
  code.note = map.localized_if("note");
  code.meaning =
      map.word_if<model::Meaning>("meaning", model::find_meaning, names_of<model::Meaning>(7));
  if (code.from && code.to && *code.to <= *code.from) {
    source.error("PK-0101", map.find("to")->place);
  }
  return code;
}

calendar::RegimeVersion read_version(const Source& source, const Node& node) {
  const MapReader map(source, node,
                      {"from", "to", "term", "extension", "suspension", "general_terms_act",
                       "source"});
  calendar::RegimeVersion version;
  static_cast<void>(map.need("from"));
  version.from = map.date_if("from").value_or(Date::min());
  version.to = map.date_if("to");
  version.term = map.period_if("term");
  version.extension = map.period_if("extension");
  version.allows_suspension = map.boolean_or("suspension", false);
  version.general_terms_act = map.boolean_or("general_terms_act", false);
  version.source = map.text_or("source");
  return version;
}

}  // namespace

model::List read_list(const Source& source, const Node& node, const std::string& stem,
                      const std::string& pack) {
  const MapReader map(source, node, {"list", "title", "source", "verified", "reason", "codes"});
  model::List list;
  list.id = read_file_id(source, map, "list", stem);
  list.pack = pack;
  list.title = map.localized("title");
  list.source = map.text_or("source");
  list.is_verified = map.boolean_or("verified", true);
  list.reason = map.localized_if("reason");
  if (!list.is_verified && !list.reason) {
    source.error("PK-0100", node.place_at({"verified"}));
  }
  const Node* codes = map.need("codes");
  if (codes == nullptr || !expect_map(source, *codes, "codes")) return list;
  for (const Member& member : codes->members) list.codes.push_back(read_code(source, member));
  return list;
}

calendar::Regime read_regime(const Source& source, const Node& node, const std::string& stem) {
  const MapReader map(source, node, {"regime", "title", "source", "versions"});
  calendar::Regime regime;
  regime.id = read_file_id(source, map, "regime", stem);
  regime.title = map.localized("title");
  if (const Node* law = map.need("source"); law != nullptr) {
    const MapReader origin(source, *law, {"law", "article"});
    regime.law = origin.text("law");
    regime.article = origin.text("article");
  }
  const Node* versions = map.need("versions");
  if (versions == nullptr || !expect_sequence(source, *versions, "versions")) return regime;
  for (const Node& item : versions->items) {
    regime.versions.push_back(read_version(source, item));
  }
  for (const Problem& problem : calendar::check_regime(regime)) {
    // The pointer is /versions/<n>/... and mirrors the file.
    std::vector<std::string> path;
    for (std::size_t at = 0; at < problem.where.size();) {
      const std::size_t end = std::min(problem.where.find('/', at + 1), problem.where.size());
      path.push_back(problem.where.substr(at + 1, end - at - 1));
      at = end;
    }
    source.report.add(problem, source.file, node.place_at(path));
  }
  return regime;
}

}  // namespace zicht::packs::internal
