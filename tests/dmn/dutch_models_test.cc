// Dutch decision models, read in place from ../shared (the project holds none of them; without them
// the test says so and counts nothing): each loads, and decides worked examples as the law or the
// table says. The examples were worked out by hand from the tables.
#include <doctest/doctest.h>

#include "dmn/read.h"
#include "dmn/testing/models.h"
#include "dmn_folders.h"
#include "feel/operators.h"

namespace zicht::dmn {
namespace {

using testing::written;

const std::string kFolder = "../shared/data/dmn-nl/";

struct Fact {
  std::string name, feel_text;
};

struct Example {
  std::string file, decision;
  std::vector<Fact> facts;
  std::string member;  // of the outcome; empty = the outcome itself
  std::string expected;
};

const std::vector<Fact> kSingle = {
    {"dagVanAanvraag", "\"2024-08-01\""}, {"aanvragerAlleenstaand", "true"},
    {"aanvragerHeeftKinderen", "false"},  {"aanvragerIs181920", "false"},
    {"aanvragerIsTenminste21", "true"},   {"aanvragerHeeftAOWLeeftijd", "false"},
    {"partnerIs181920", "null"},          {"partnerIsTenminste21", "null"},
    {"partnerHeeftAOWLeeftijd", "null"}};
const std::vector<Fact> kBorn = {{"dagVanAanvraag", "\"2025-03-01\""},
                                 {"geboortedatumAanvrager", "\"1957-12-01\""},
                                 {"geboortedatumPartner", "null"}};
const std::vector<Fact> kYoung = {{"dagVanAanvraag", "\"2025-03-01\""},
                                  {"geboortedatumAanvrager", "\"2005-12-01\""},
                                  {"geboortedatumPartner", "\"2008-01-01\""}};
const std::vector<Fact> kRoof = {
    {"huidige_r_waarde", "2"}, {"dak_oppervlakte_m2", "50"},
    {"lambda_w_mk", "0.035"},  {"materiaal_cost_per_m3", "100"},
    {"doel_r_waarde", "6"},    {"install_cost_per_m2_per_100mm", "10"}};

const std::vector<Example> kExamples = {
    {"ronl-tree-felling-decision",
     "TreeFellingDecision",
     {{"treeDiameter", "30"}, {"protectedArea", "true"}},
     "",
     "\"Permit\""},
    {"ronl-tree-felling-decision",
     "Tree Felling Permitted?",
     {{"treeDiameter", "45"}, {"protectedArea", "true"}},
     "",
     "\"Reject\""},
    // The table has a hole between 30 and 31.
    {"ronl-tree-felling-decision",
     "TreeFellingDecision",
     {{"treeDiameter", "30.5"}, {"protectedArea", "false"}},
     "",
     "null"},
    {"ronl-replacement-tree-decision",
     "ReplacementTreeDecision",
     {{"treeDiameter", "31"}},
     "",
     "true"},
    {"ronl-awb-completeness-check",
     "AwbCompletenessCheck",
     {{"productType", "\"TreeFellingPermit\""}, {"treeDiameter", "0"}},
     "isComplete",
     "false"},
    {"ronl-awb-completeness-check",
     "AwbCompletenessCheck",
     {{"productType", "\"Other\""}, {"treeDiameter", "null"}},
     "isComplete",
     "true"},
    {"ronl-archives-act-retention",
     "ArchivesActRetention",
     {{"productType", "\"BuildingPermit\""}, {"decisionType", "\"Granted\""}},
     "retentionClass",
     "\"B\""},
    {"ronl-archives-act-retention",
     "ArchivesActRetention",
     {{"productType", "\"Other\""}, {"decisionType", "\"Granted\""}},
     "retentionYears",
     "10"},
    {"ronl-dakisolatie-berekening-final", "bereken_isolatie_opties", kRoof, "extra_dikte_mm",
     "[140]"},
    {"ronl-dakisolatie-berekening-final", "bereken_isolatie_opties", kRoof, "subsidie", "[2185]"},
    {"ronl-RONL_SVB_Leeftijden", "SVB_LeeftijdsInformatie", kBorn, "leeftijdAanvrager", "67"},
    {"ronl-RONL_SVB_Leeftijden", "SVB_LeeftijdsInformatie", kBorn, "AOWDatumAanvrager",
     "\"2024-12-01\""},
    {"ronl-RONL_SVB_Leeftijden", "SVB_LeeftijdsInformatie", kBorn, "aanvragerHeeftAOWLeeftijd",
     "true"},
    {"ronl-RONL_SVB_Leeftijden", "SVB_LeeftijdsInformatie", kBorn, "partnerIsTenminste21", "false"},
    {"ronl-RONL_SVB_Leeftijden", "SVB_LeeftijdsInformatie", kYoung, "aanvragerIs181920", "true"},
    {"ronl-RONL_SVB_Leeftijden", "SVB_LeeftijdsInformatie", kYoung, "partnerIsJongerDan18", "true"},
    {"ronl-RONL_SZW_Bijstand", "SZW_Bijstandsnormtype", kSingle, "", "\"M\""},
    {"ronl-RONL_SZW_Bijstand", "SZW_BijstandsnormInformatie", kSingle, "bijstandsNorm", "1308.45"},
    {"sttr-demo",
     "dummy",
     {{"input-name-wietplantage", "true"}, {"input-name-aanbouwmetvergunning", "false"}},
     "",
     "\"Vergunningplicht\""},
    {"sttr-demo",
     "_Conclusie_dummy",
     {{"input-name-wietplantage", "false"}, {"input-name-aanbouwmetvergunning", "false"}},
     "",
     "\"Toestemmingsvrij\""},
    {"sttr-geo",
     "Pad 8",
     {{"_b9ff3816-1b89-4674-9eac-e0732eca75e4", "true"},
      {"_6f7053f4-b6c4-4bcc-a897-b41792f0b2a4", "false"}},
     "",
     "\"no hit\""},
    {"sttr-geo",
     "Pad 3",
     {{"_97fec18b-c8fd-4286-8aa9-ad14cdee96a9", "false"}},
     "",
     "\"Vergunningplicht\""},
    {"sttr-tree-felling",
     "ConclusieBoomKappen",
     {{"erf", "true"}, {"beschermd", "false"}, {"plan", "\"Kappen\""}, {"vormboom", "false"}},
     "",
     "\"Toestemmingsvrij\""},
    {"sttr-tree-felling",
     "ConclusieBoomKappen",
     {{"erf", "false"}, {"beschermd", "false"}, {"plan", "\"Kappen\""}, {"vormboom", "false"}},
     "",
     "\"Vergunningplicht\""},
};

bool is_absent() {
  if (!testing::text_of_file(kFolder + "sttr-demo.dmn").empty()) return false;
  MESSAGE("skipped: ../shared/data/dmn-nl is absent");
  return true;
}

TEST_CASE("Dutch models: each decides its worked examples") {
  if (is_absent()) return;
  for (const auto& example : kExamples) {
    const auto model = testing::compiled(testing::text_of_file(kFolder + example.file + ".dmn"));
    for (const auto& one : model.diagnostics)
      CHECK_MESSAGE(one.severity == Severity::kWarning, example.file, ":", one.line, " ", one.id);
    REQUIRE_MESSAGE(model.engine, example.file);
    Request request{.name = example.decision};
    for (const auto& fact : example.facts)
      request.inputs.push_back({fact.name, testing::value(fact.feel_text)});
    const auto answer = model.engine->evaluate(request, testing::environment());
    CHECK(!answer.error);
    const auto got =
        example.member.empty() ? answer.value : feel::property(answer.value, example.member);
    CHECK_MESSAGE(written(got) == example.expected, example.file, " ", example.decision, " ",
                  example.member, ": ", written(answer.value));
  }
}

TEST_CASE("Dutch models: a model whose inputs have no names is refused") {
  if (is_absent()) return;
  const auto text = testing::text_of_file(kFolder + "sttr-demo-stripped.dmn");
  const auto read = read_model({.file = "sttr-demo-stripped.dmn", .text = text});
  CHECK(!read.model);
  for (const auto& one : read.diagnostics) CHECK(one.id == "DM-0006");
}

TEST_CASE("Dutch models: the extensions of the rules of the Omgevingswet are kept") {
  if (is_absent()) return;
  const auto text = testing::text_of_file(kFolder + "sttr-demo.dmn");
  const auto read = read_model({.file = "sttr-demo.dmn", .text = text});
  REQUIRE(read.model);
  REQUIRE(read.model->extensions.size() == 2);
  CHECK(read.model->extensions[1].name == "uitvoeringsregels");
  CHECK(read.model->inputs.at(0).extensions.at(0).xml.find("#vraag-wietplantage") !=
        std::string::npos);
}

}  // namespace
}  // namespace zicht::dmn
