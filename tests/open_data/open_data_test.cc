// The catalogue of open data: what DCAT-AP-NL 3.0 demands of each class is there, both ways of
// writing it say the same, and nothing is named that everybody may not take.
// Method: both texts are read by code of its own (read_rdf.h); what is demanded stands in a table.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "open_world.h"
#include "packs/terms.h"
#include "read_rdf.h"

namespace zicht::open_data {
namespace {

const std::string kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const std::string kDcat = "http://www.w3.org/ns/dcat#", kDct = "http://purl.org/dc/terms/";

std::string full(const std::string& name) {
  static const std::map<std::string, std::string> prefixes = {
      {"rdf", kRdf},
      {"dcat", kDcat},
      {"dct", kDct},
      {"foaf", "http://xmlns.com/foaf/0.1/"},
      {"skos", "http://www.w3.org/2004/02/skos/core#"},
      {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
      {"vcard", "http://www.w3.org/2006/vcard/ns#"}};
  const auto colon = name.find(':');
  return "<" + prefixes.at(name.substr(0, colon)) + name.substr(colon + 1) + ">";
}

std::vector<std::string> objects(const Triples& triples, const std::string& subject,
                                 const std::string& property) {
  std::vector<std::string> found;
  for (const auto& [s, p, o] : triples) {
    if (s == subject && p == full(property)) found.push_back(o);
  }
  return found;
}

std::vector<std::string> of_class(const Triples& triples, const std::string& name) {
  std::vector<std::string> found;
  for (const auto& [s, p, o] : triples) {
    if (p == full("rdf:type") && o == full(name)) found.push_back(s);
  }
  return found;
}

struct Demand {
  const char *of, *property;
  bool is_single;  // at most one value
};

// Source: the SHACL shapes with a minCount of DCAT-AP 3.0.1 (SEMIC, "AP") and of DCAT-AP-NL 3.0
// (Geonovum, shapes/dcat-ap-nl-SHACL.ttl, "NL"), and the maxCounts of the latter.
constexpr Demand kDemands[] = {
    {"dcat:Catalog", "dct:title", false},                    // AP
    {"dcat:Catalog", "dct:description", false},              // AP
    {"dcat:Catalog", "dct:publisher", true},                 // AP
    {"dcat:Catalog", "dcat:contactPoint", true},             // NL
    {"dcat:Catalog", "dcat:dataset", false},                 // NL
    {"dcat:Dataset", "dct:title", false},                    // AP
    {"dcat:Dataset", "dct:description", false},              // AP
    {"dcat:Dataset", "dct:accessRights", true},              // NL
    {"dcat:Dataset", "dcat:contactPoint", false},            // NL
    {"dcat:Dataset", "dct:creator", false},                  // NL
    {"dcat:Dataset", "dct:identifier", true},                // NL
    {"dcat:Dataset", "dct:publisher", true},                 // NL
    {"dcat:Dataset", "dcat:theme", false},                   // NL
    {"dcat:DatasetSeries", "dct:title", false},              // AP
    {"dcat:DatasetSeries", "dct:description", false},        // AP
    {"dcat:Distribution", "dcat:accessURL", true},           // AP
    {"dcat:Distribution", "dct:license", true},              // NL
    {"dcat:DataService", "dct:title", false},                // AP
    {"dcat:DataService", "dcat:endpointURL", true},          // AP
    {"dcat:DataService", "dct:description", false},          // NL
    {"dcat:DataService", "dct:accessRights", true},          // NL
    {"dcat:DataService", "dcat:contactPoint", false},        // NL
    {"dcat:DataService", "dcat:endpointDescription", true},  // NL
    {"dcat:DataService", "dct:identifier", true},            // NL
    {"dcat:DataService", "dct:license", true},               // NL
    {"dcat:DataService", "dct:publisher", true},             // NL
    {"dcat:DataService", "dcat:theme", false},               // NL
    {"foaf:Agent", "foaf:name", false},                      // AP
    {"skos:Concept", "skos:prefLabel", false},               // AP
    {"skos:ConceptScheme", "dct:title", false},              // AP
    // Of no shape: the words of the profile on contact points ask for a name and a way.
    {"vcard:Kind", "vcard:fn", false},
    {"vcard:Kind", "vcard:hasURL", false},
};

struct Range {
  const char *property, *range;
};

// What a property points at is told in the same document and is of this class (the ranges of the
// same shapes), so that a reader need not fetch anything.
constexpr Range kRanges[] = {
    {"dct:publisher", "foaf:Agent"},
    {"dct:creator", "foaf:Agent"},
    {"dcat:contactPoint", "vcard:Kind"},
    {"dcat:dataset", "dcat:Dataset"},
    {"dcat:distribution", "dcat:Distribution"},
    {"dcat:service", "dcat:DataService"},
    {"dcat:accessService", "dcat:DataService"},
    {"dcat:servesDataset", "dcat:Dataset"},
    {"dcat:inSeries", "dcat:DatasetSeries"},
    {"dcat:prev", "dcat:Dataset"},
    {"dct:temporal", "dct:PeriodOfTime"},
    {"dcat:theme", "skos:Concept"},
    {"dct:license", "dct:LicenseDocument"},
    {"dct:accessRights", "dct:RightsStatement"},
    {"dct:language", "dct:LinguisticSystem"},
    {"dct:spatial", "dct:Location"},
    {"dct:format", "dct:MediaTypeOrExtent"},
    {"dcat:mediaType", "dct:MediaType"},
    {"dct:conformsTo", "dct:Standard"},
    {"dcat:landingPage", "foaf:Document"},
    {"dcat:accessURL", "rdfs:Resource"},
};

void check_demands(const Triples& triples) {
  for (const Demand& demand : kDemands) {
    CAPTURE(demand.of);
    CAPTURE(demand.property);
    const auto all = of_class(triples, demand.of);
    CHECK_FALSE(all.empty());
    for (const std::string& one : all) {
      CAPTURE(one);
      const auto values = objects(triples, one, demand.property);
      CHECK_FALSE(values.empty());
      if (demand.is_single) CHECK(values.size() == 1);
      for (const std::string& value : values) CHECK_FALSE(value.starts_with("\"\""));
    }
  }
}

void check_ranges(const Triples& triples) {
  std::size_t checked = 0;
  for (const Range& range : kRanges) {
    CAPTURE(range.property);
    const auto all = of_class(triples, range.range);
    for (const auto& [s, p, o] : triples) {
      if (p != full(range.property)) continue;
      CAPTURE(o);
      CHECK(std::find(all.begin(), all.end(), o) != all.end());
      ++checked;
    }
  }
  CHECK(checked > 100);
}

OpenWorld& filled(OpenWorld& world) {
  world.tool(world.lender(), "zaag");
  world.roofs(30, kFlatRoof);
  world.roofs(20, kRoundRoof);
  world.published("Editie een", "2026-01-30");
  world.published("Editie twee", "2026-01-31");
  return world;
}

bool names(const Triples& triples, const std::string& part) {
  return std::any_of(triples.begin(), triples.end(), [&](const Triple& triple) {
    const auto& [s, p, o] = triple;
    return s.find(part) != std::string::npos || o.find(part) != std::string::npos;
  });
}

TEST_CASE("open data: JSON-LD and Turtle say the same, statement for statement") {
  OpenWorld world;
  filled(world);
  const Triples turtle = read_turtle(world.catalogue(app::RdfFormat::kTurtle));
  CHECK(turtle.size() > 200);
  CHECK(turtle == read_json_ld(world.catalogue(app::RdfFormat::kJsonLd)));
}

TEST_CASE("open data: what DCAT-AP-NL demands is there, also where nothing was configured") {
  OpenWorld plain;
  const Triples triples = read_turtle(filled(plain).catalogue(app::RdfFormat::kTurtle));
  check_demands(triples);
  check_ranges(triples);
  OpenWorld told({.base = "https://zicht.example.nl",
                  .publisher = "Gemeente \"Voorbeeld\"",
                  .publisher_address = "https://identifier.overheid.nl/tooi/id/gemeente/gm0344",
                  .contact_email = "open@example.nl",
                  .licence = "http://creativecommons.org/licenses/by/4.0/deed.nl",
                  .themes = {"HEAL", "SOCI"}});
  const Triples whole = read_turtle(filled(told).catalogue(app::RdfFormat::kTurtle));
  check_demands(whole);
  check_ranges(whole);
  CHECK(whole == read_json_ld(told.catalogue(app::RdfFormat::kJsonLd)));
  CHECK(names(whole, "<mailto:open@example.nl>"));
  CHECK(names(whole, "Gemeente \"Voorbeeld\""));
  const auto publishers = of_class(whole, "foaf:Agent");
  CHECK(publishers ==
        std::vector<std::string>{"<https://identifier.overheid.nl/tooi/id/gemeente/gm0344>"});
  for (const auto& [s, p, o] : whole) {
    CHECK(s.starts_with("<http"));
    if (o.starts_with("<")) CHECK(o.find(':') != std::string::npos);
  }
}

TEST_CASE("open data: a pack that has its own licence and themes goes out under these") {
  std::vector<std::string> known;
  for (const app::DataTheme& theme : app::kDataThemes) known.emplace_back(theme.code);
  CHECK(known == packs::data_theme_codes());
  OpenWorld world;
  packs::Files files = packs::testing::replaced(packs::testing::sample_files(), "pack.yaml",
                                                "version: 1", "version: 9");
  files.at("pack.yaml") += "licence: cc-by-sa-4.0\nthemes: [REGI, HEAL]\n";
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  const Triples triples = read_turtle(filled(world).catalogue(app::RdfFormat::kTurtle));
  check_demands(triples);
  check_ranges(triples);
  CHECK(triples == read_json_ld(world.catalogue(app::RdfFormat::kJsonLd)));
  const std::string theme = "<http://publications.europa.eu/resource/authority/data-theme/";
  std::set<bool> kinds;
  for (const std::string& dataset : of_class(triples, "dcat:Dataset")) {
    const bool is_own = dataset.find("/sample/") != std::string::npos;
    kinds.insert(is_own);
    CAPTURE(dataset);
    const auto themes = objects(triples, dataset, "dcat:theme");
    CHECK(std::set(themes.begin(), themes.end()) ==
          (is_own ? std::set{theme + "HEAL>", theme + "REGI>"} : std::set{theme + "SOCI>"}));
    for (const std::string& file : objects(triples, dataset, "dcat:distribution")) {
      const auto licences = objects(triples, file, "dct:license");
      REQUIRE(licences.size() == 1);
      CHECK((licences[0].find("/by-sa/4.0/") != std::string::npos) == is_own);
    }
  }
  CHECK(kinds.size() == 2);
}

TEST_CASE("open data: an empty register is a dataset too, and has no day of change") {
  OpenWorld world;
  const Triples triples = read_turtle(world.catalogue(app::RdfFormat::kTurtle));
  const std::string tools = "</v1/open-data/registers/sample/tool#dataset>";
  const auto datasets = of_class(triples, "dcat:Dataset");
  CHECK(std::find(datasets.begin(), datasets.end(), tools) != datasets.end());
  CHECK(objects(triples, tools, "dct:modified").empty());
  CHECK(of_class(triples, "dcat:DatasetSeries").empty());
}

TEST_CASE("open data: editions are a series, and what is not published is not there") {
  OpenWorld world;
  filled(world);
  const auto draft = world.draft("Concept zonder cijfers");
  const auto waiting = world.counted("Nog te controleren", "2026-01-29");
  const Triples triples = read_turtle(world.catalogue(app::RdfFormat::kTurtle));
  CHECK_FALSE(names(triples, draft.id));
  CHECK_FALSE(names(triples, waiting.id));
  CHECK_FALSE(names(triples, "Nog te controleren"));
  const std::string series = "</v1/open-data/series/indicators/edition#series>";
  CHECK(of_class(triples, "dcat:DatasetSeries") == std::vector<std::string>{series});
  std::vector<std::string> members;
  for (const auto& [s, p, o] : triples) {
    if (p == full("dcat:inSeries")) members.push_back(s);
  }
  REQUIRE(members.size() == 2);
  // The second is after the first, and has its day.
  std::size_t followed = 0;
  for (const std::string& member : members) {
    const auto previous = objects(triples, member, "dcat:prev");
    const auto period = objects(triples, member, "dct:temporal");
    REQUIRE(period.size() == 1);
    const auto day = objects(triples, period[0], "dcat:startDate");
    REQUIRE(day.size() == 1);
    CHECK(day[0].starts_with(previous.empty() ? "\"2026-01-30\"" : "\"2026-01-31\""));
    followed += previous.size();
  }
  CHECK(followed == 1);
}

TEST_CASE("open data: only what everybody may take is there, not what they may look at") {
  OpenWorld world;
  filled(world);
  const Triples triples = read_turtle(world.catalogue(app::RdfFormat::kTurtle));
  std::set<std::string> registers;
  for (const std::string& each : of_class(triples, "dcat:Dataset")) {
    if (each.find("/registers/") != std::string::npos) registers.insert(each);
  }
  // Visitors may read roofs and not export them; loans are nothing of theirs.
  CHECK(registers == std::set<std::string>{"</v1/open-data/registers/sample/tool#dataset>"});
  CHECK(names(triples, "/v1/open-data/indicators/indicators/roofs"));
  CHECK(names(triples, "/v1/open-data/indicators/indicators/green"));
  CHECK_FALSE(names(triples, "/v1/open-data/indicators/indicators/leaks"));  // protected
  CHECK_FALSE(names(triples, "/v1/open-data/indicators/indicators/worries"));
}

TEST_CASE("open data: nothing about persons is named, however public a form calls itself") {
  OpenWorld world;
  REQUIRE_FALSE(
      world.packs.activate({packs::testing::read_folder("tests/packs/probe")}, "system").error);
  const Triples triples = read_turtle(world.catalogue(app::RdfFormat::kTurtle));
  CHECK(names(triples, "/v1/open-data/registers/probe/provider#dataset"));
  for (const model::Form& form : world.packs.rules()->packs.active("probe")->forms) {
    if (form.id == "provider") continue;
    CAPTURE(form.id);
    CHECK_FALSE(names(triples, "/" + form.full_id() + "#"));
  }
}

TEST_CASE("open data: the catalogue is made again after ten seconds or another pack, not before") {
  OpenWorld world;
  const std::string before = world.catalogue(app::RdfFormat::kTurtle);
  world.tool(world.lender(), "zaag");
  CHECK(world.catalogue(app::RdfFormat::kTurtle) == before);
  world.clock.set(*add_microseconds(world.clock.now(), 10'000'000));
  CHECK(world.catalogue(app::RdfFormat::kTurtle) != before);
  const std::string after = world.catalogue(app::RdfFormat::kJsonLd);
  REQUIRE_FALSE(
      world.packs.activate({packs::testing::read_folder("tests/packs/probe")}, "system").error);
  CHECK(world.catalogue(app::RdfFormat::kJsonLd) != after);
}

TEST_CASE("open data: signs of the two notations in texts and addresses are kept") {
  const std::string odd = "een \"aanhaling\", een \\ en\n\tnog; @nl . <x> ^^ {} \x01 \x7f é";
  app::RdfNode node{"/a?b=<c>&d=\"{}|^`\\", {"dcat:Dataset"}};
  node.add_words("dct:title", {odd, odd});
  node.add("dct:identifier", app::rdf_text(odd));
  node.add("dct:issued", app::rdf_typed("2026-01-31", "xsd:date"));
  const app::RdfGraph graph = {node, {"/nothing", {}}};
  const auto turtle = exchange::rdf_text(graph, app::RdfFormat::kTurtle);
  const Triples triples = read_turtle(turtle);
  CHECK(triples == read_json_ld(exchange::rdf_text(graph, app::RdfFormat::kJsonLd)));
  CHECK(triples.size() == 5);
  const std::string subject = "<" + node.address + ">";
  CHECK(objects(triples, subject, "dct:identifier") == std::vector<std::string>{"\"" + odd + "\""});
  CHECK(read_turtle("@prefix a: <b> .\n<s> a a:c ; a:d <e> , <f> .").size() == 3);
}

}  // namespace
}  // namespace zicht::open_data
