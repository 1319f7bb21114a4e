#include <algorithm>

#include "packs/internal/readers.h"
#include "packs/internal/yaml.h"
#include "packs/terms.h"

namespace zicht::packs::internal {
namespace {

const std::vector<std::string> kSourceKinds = {"law",      "letter",  "report",  "statistics",
                                               "decision", "website", "practice"};
constexpr std::size_t kMaxUrlLength = 2000;
constexpr std::string_view kFileOfPack = "pack.yaml";
const std::vector<std::string> kPackKeys = {
    "pack", "title", "description", "version", "status", "sources", "needs", "purposes",
    "relations", "roles", "consents", "licence", "themes", "from_anywhere",
    "page_field"};

// Licences that DCAT-AP-NL 3.0 takes, by the word that a pack writes.
struct OpenLicence {
  std::string_view word, address;
};
constexpr OpenLicence kLicences[] = {
    {"cc0-1.0", "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"},
    {"cc-by-4.0", "http://creativecommons.org/licenses/by/4.0/deed.nl"},
    {"cc-by-sa-4.0", "http://creativecommons.org/licenses/by-sa/4.0/deed.nl"},
};

bool is_version(std::string_view text) {
  int parts = 1;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '.') {
      if (digits == 0) return false;
      ++parts;
      digits = 0;
    } else if (c >= '0' && c <= '9') {
      if (++digits > 6) return false;
    } else {
      return false;
    }
  }
  return parts == 3 && digits > 0;
}

model::Source read_source(const Source& source, const Member& member) {
  const MapReader map(source, member.value, {"title", "kind", "date", "reference", "url"});
  check_id(source, member.place, member.key, IdKind::kKebab);
  model::Source made;
  made.id = member.key;
  made.title = map.localized("title");
  if (map.need("kind") != nullptr) made.kind = map.closed("kind", kSourceKinds);
  made.date = map.date_if("date");
  made.reference = map.text_or("reference");
  made.url = map.text_or("url");
  const bool is_good = made.url.starts_with("https://") && made.url.size() <= kMaxUrlLength &&
                       made.url.find_first_of(" \"<>") == std::string::npos;
  if (!made.url.empty() && !is_good) source.error("PK-0034", map.find("url")->place);
  return made;
}

model::Role read_role(const Source& source, const Member& member) {
  const MapReader map(source, member.value, {"title", "clearance", "scope"});
  check_id(source, member.place, member.key, IdKind::kKebab);
  model::Role role;
  role.id = member.key;
  role.title = map.localized("title");
  if (map.need("clearance") != nullptr) {
    role.clearance = map.word_if<model::Sensitivity>("clearance", model::find_sensitivity,
                                                     names_of<model::Sensitivity>(4))
                         .value_or(model::Sensitivity::kPublic);
  }
  if (map.need("scope") != nullptr) {
    role.sees_all_organisations = map.closed("scope", {"all", "organisation"}) == "all";
  }
  if (role.id == model::kVisitor) source.error("PK-0035", member.place);
  return role;
}

model::Named read_named(const Source& source, const Member& member) {
  const MapReader map(source, member.value, {"title"});
  check_id(source, member.place, member.key, IdKind::kKebab);
  if (member.key == model::kSelf) source.error("PK-0036", member.place);
  return {member.key, map.localized("title")};
}

void read_consents(const Source& source, const MapReader& map, model::Pack& pack) {
  const Node* consents = map.find("consents");
  if (consents == nullptr || !expect_sequence(source, *consents, "consents")) return;
  for (const Node& item : consents->items) {
    pack.consents.push_back(read_localized(source, item, "consents"));
  }
}

template <class Items, class Read>
void read_members(const Source& source, const MapReader& map, std::string_view key, Items& items,
                  Read read) {
  const Node* node = map.find(key);
  if (node == nullptr || !expect_map(source, *node, key)) return;
  for (const Member& member : node->members) items.push_back(read(source, member));
}

void read_needs(const Source& source, const MapReader& map, model::Pack& pack) {
  pack.needs = map.texts_or_none("needs");
  for (std::size_t i = 0; i < pack.needs.size(); ++i) {
    const Place place = map.node().place_at({"needs", std::to_string(i)});
    check_id(source, place, pack.needs[i], IdKind::kKebab);
    if (pack.needs[i] == pack.id) source.error("PK-0051", place, {{"pack", pack.id}});
  }
}

// What its open data is given away under, where that is not what the installation says.
PackTerms read_terms(const Source& source, const MapReader& map) {
  PackTerms terms;
  if (map.has("licence")) {
    std::vector<std::string> words;
    for (const OpenLicence& licence : kLicences) words.emplace_back(licence.word);
    const std::string word = map.closed("licence", words);
    for (const OpenLicence& licence : kLicences) {
      if (licence.word == word) terms.licence = licence.address;
    }
  }
  terms.themes = map.texts_or_none("themes");
  const auto& known = data_theme_codes();
  for (std::size_t i = 0; i < terms.themes.size(); ++i) {
    if (std::find(known.begin(), known.end(), terms.themes[i]) != known.end()) continue;
    source.error("PK-0030", map.node().place_at({"themes", std::to_string(i)}),
                 {{"name", "themes"}, {"value", terms.themes[i]},
                  {"known", suggestion(terms.themes[i], known)}});
  }
  terms.from_anywhere = map.text_or("from_anywhere");
  terms.page_field = map.text_or("page_field");
  return terms;
}

}  // namespace

std::string read_file_id(const Source& source, const MapReader& map, std::string_view key,
                         const std::string& stem) {
  const std::string id = map.text(key);
  if (id.empty()) return stem;
  const Place place = map.find(key)->place;
  if (check_id(source, place, id, IdKind::kKebab) && id != stem) {
    source.error("PK-0013", place, {{"id", id}, {"stem", stem}});
  }
  return stem;
}

std::string full_id(std::string_view written, const std::string& pack) {
  if (written.find('/') != std::string_view::npos) return std::string(written);
  return pack + "/" + std::string(written);
}

model::Condition read_condition(const Source& source, const Node& node) {
  const MapReader map(source, node, {"rule", "message"});
  model::Condition made;
  made.rule.text = map.text("rule");
  made.message = map.localized("message");
  return made;
}

std::vector<model::Condition> read_conditions(const Source& source, const MapReader& map,
                                              std::string_view key) {
  std::vector<model::Condition> conditions;
  const Node* node = map.find(key);
  if (node == nullptr || !expect_sequence(source, *node, key)) return conditions;
  for (const Node& item : node->items) conditions.push_back(read_condition(source, item));
  return conditions;
}

void read_pack_file(const Source& source, const Node& node, model::Pack& pack) {
  const MapReader map(source, node, kPackKeys);
  pack.id = map.text("pack");
  if (!pack.id.empty()) check_id(source, map.find("pack")->place, pack.id, IdKind::kKebab);
  pack.title = map.localized("title");
  pack.description = map.localized("description");
  pack.version = map.text("version");
  if (!pack.version.empty() && !is_version(pack.version)) {
    source.error("PK-0033", map.find("version")->place);
  }
  if (map.need("status") != nullptr) pack.status = map.closed("status", {"draft", "live"});
  read_members(source, map, "sources", pack.sources, read_source);
  read_needs(source, map, pack);
  read_members(source, map, "purposes", pack.purposes, read_named);
  read_members(source, map, "relations", pack.relations, read_named);
  read_members(source, map, "roles", pack.roles, read_role);
  read_consents(source, map, pack);
  static_cast<void>(read_terms(source, map));
}

PackTerms terms_in(const model::Pack& pack) {
  const auto file = pack.files.find(std::string(kFileOfPack));
  if (file == pack.files.end()) return {};
  Report unheard;  // what is wrong was told when the pack was loaded
  const auto tree = parse_yaml(file->second, file->first, unheard);
  if (!tree) return {};
  const Source source{file->first, unheard};
  return read_terms(source, MapReader(source, *tree, kPackKeys));
}

}  // namespace zicht::packs::internal

namespace zicht::packs {

PackTerms terms_of(const model::Pack& pack) { return internal::terms_in(pack); }

const std::vector<std::string>& data_theme_codes() {
  static const std::vector<std::string> codes = {"AGRI", "ECON", "EDUC", "ENER", "ENVI",
                                                 "GOVE", "HEAL", "INTR", "JUST", "REGI",
                                                 "SOCI", "TECH", "TRAN"};
  return codes;
}

}  // namespace zicht::packs
