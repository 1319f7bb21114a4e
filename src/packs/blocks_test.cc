// Blocks that are not rows of one form: series side by side, and an interview; and what a pack says
// of itself. Put into the invented packs tests/packs/maps and tests/packs/tables.
#include <doctest/doctest.h>

#include "packs/terms.h"
#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using testing::findings_of;

constexpr const char* kBeside = R"(  - kind: beside
    id: side
    title: {nl: Naast elkaar, en: Side by side}
    form: sight
    areas: [water]
    apart: water
    value: depth
    words: title
    date: seen
    columns: [kind]
    unit: name
    definition: name
    source: owner
    caution: kind
    told: [across]
)";
constexpr const char* kInterview = R"(  - kind: interview
    id: fee
    title: {nl: 'Wat kost het?', en: 'What does it cost?'}
    form: water
    model: fee
    decisions: [Tarief, Kosten]
    count: sight
    outcomes: [clarity]
    version: title
)";

constexpr const char* kWords = R"(  - kind: text
    id: reading
    title: {nl: 'Hoe leest u dit?', en: 'How to read this?'}
    text:
      nl: |-
        Eerste alinea, a < b.

        Tweede, met een [link](https://example.org/a?b=1) en [een andere](/cijfers).
      en: First paragraph [alone].
)";

Files with_block(const std::string& block) {
  Files files = testing::read_folder("tests/packs/maps");
  for (const auto& [path, text] : testing::read_folder("tests/packs/tables")) {
    if (path.starts_with("rules/")) files[path] = text;
  }
  files.at("desks/waters.yaml") += block;
  return files;
}

// What is found when `from` in the block is `to`.
std::string with(const std::string& block, const std::string& from, const std::string& to) {
  std::string changed = block;
  const std::size_t at = changed.find(from);
  REQUIRE(at != std::string::npos);
  return findings_of(with_block(changed.replace(at, from.size(), to)));
}

void begins(const std::string& found, const std::string& id) {
  CAPTURE(found);
  CHECK(found.find(id) == 0);
  CHECK(found.find(';') == std::string::npos);
}

TEST_CASE("blocks: series side by side name fields of their records and of what they are of") {
  CHECK(findings_of(with_block(kBeside)) == "");
  begins(with(kBeside, "areas: [water]", "areas: [kind]"), "PK-0111");
  begins(with(kBeside, "areas: [water]", "areas: [watr]"), "PK-0045");
  begins(with(kBeside, "apart: water", "apart: waters"), "PK-0111");
  begins(with(kBeside, "value: depth", "value: kind"), "PK-0111");
  begins(with(kBeside, "definition: name", "definition: title"), "PK-0045");
  begins(with(kBeside, "    definition: name\n", ""), "PK-0021");
  begins(with(kBeside, "    source: owner\n", ""), "PK-0021");
  begins(with(kBeside, "told: [across]", "told: [acros]"), "PK-0045");
}

TEST_CASE("blocks: an interview names a model, its decisions and the form that counts its use") {
  CHECK(findings_of(with_block(kInterview)) == "");
  begins(with(kInterview, "model: fee", "model: fees"), "PK-0191");
  begins(with(kInterview, "[Tarief, Kosten]", "[Tarief, Kost]"), "PK-0192");
  begins(with(kInterview, "    decisions: [Tarief, Kosten]\n", ""), "PK-0021");
  begins(with(kInterview, "count: sight", "count: site"), "PK-0041");
  begins(with(kInterview, "outcomes: [clarity]", "outcomes: [depth]"), "PK-0111");
  const std::string one = std::string(kInterview).replace(
      std::string(kInterview).find(", Kosten"), 8, "");
  begins(with(one, "outcomes: [clarity]", "outcomes: [clarity, kind]"), "PK-0263");
  begins(with(kInterview, "version: title", "version: titel"), "PK-0045");
}

TEST_CASE("blocks: an interview takes the outcome of another one of its desk as an input") {
  const std::string second = std::string(kInterview).replace(
      std::string(kInterview).find("id: fee"), 7, "id: later");
  const std::string both =
      kInterview + std::string(second).insert(second.find("    count:"),
                                              "    after: fee\n    takes: Soort\n");
  CHECK(findings_of(with_block(both)) == "");
  begins(with(both, "after: fee", "after: fees"), "PK-0030");
  begins(with(both, "after: fee", "after: later"), "PK-0030");
  begins(with(both, "takes: Soort", "takes: iets"), "PK-0195");
  begins(with(both, "    after: fee\n", ""), "PK-0021");
  begins(with(both, "    takes: Soort\n", ""), "PK-0021");
}

TEST_CASE("blocks: words alone have paragraphs and links, and nothing that a page would run") {
  CHECK(findings_of(with_block(kWords)) == "");
  const model::PackPtr pack = testing::loaded(with_block(kWords));
  const json::object& block = pack->desks.at(0).blocks.back().as_object();
  CHECK_FALSE(block.contains("form"));
  CHECK(std::string(block.at("text").at("nl").as_string()).find("b.\n\nTweede") !=
        std::string::npos);
  for (const char* wrong :
       {"<b>vet</b>", "<!-- niets", "[link](http://example.org)", "[link](//example.org)",
        "[link](javascript:x)", "[link](https://)", "[link](https://a b)", "[](/cijfers)",
        "los](/cijfers)", "[link](/cijfers", "[link]()"}) {
    CAPTURE(wrong);
    begins(with(kWords, "First paragraph [alone].", "'" + std::string(wrong) + "'"), "PK-0271");
  }
  const std::string most(4'000, 'x');
  CHECK(with(kWords, "First paragraph [alone].", most) == "");
  begins(with(kWords, "First paragraph [alone].", most + "x"), "PK-0271");
  begins(with(kWords, "      en: First paragraph [alone].\n", ""), "PK-0021");
  begins(with(kWords, "    id: reading\n", "    id: reading\n    form: sight\n"), "PK-0020");
  begins(with(kInterview, "    id: fee\n", "    id: fee\n    text: {nl: a, en: a}\n"), "PK-0020");
}

Files with_terms(const std::string& terms) {
  Files files = testing::read_folder("tests/packs/maps");
  std::string& text = files.at("pack.yaml");
  if (text.find("consents:") == std::string::npos) text += "consents: []\n";
  text += terms;
  return files;
}

TEST_CASE("packs: a pack may have its own licence, themes, and a form that every page offers") {
  const Files files =
      with_terms("licence: cc-by-4.0\nthemes: [HEAL, REGI]\nfrom_anywhere: sight\n");
  const PackTerms terms = terms_of(*testing::loaded(files));
  CHECK(terms.licence == "http://creativecommons.org/licenses/by/4.0/deed.nl");
  CHECK(terms.themes == std::vector<std::string>{"HEAL", "REGI"});
  CHECK(terms.from_anywhere == "sight");
  const PackTerms none = terms_of(*testing::loaded(testing::read_folder("tests/packs/maps")));
  CHECK((none.licence.empty() && none.themes.empty() && none.from_anywhere.empty()));
  begins(findings_of(with_terms("licence: cc-by-nd\n")), "PK-0030 pack.yaml");
  begins(findings_of(with_terms("themes: [HEAL, HEALTH]\n")), "PK-0030 pack.yaml");
  begins(findings_of(with_terms("from_anywhere: site\n")), "PK-0041 pack.yaml");
}

TEST_CASE("packs: the form that every page offers may note the page in a text field of its own") {
  const auto with = [](const std::string& field) {
    return with_terms("from_anywhere: sight\npage_field: " + field + "\n");
  };
  CHECK(findings_of(with("title")) == "");
  CHECK(terms_of(*testing::loaded(with("title"))).page_field == "title");
  begins(findings_of(with("titel")), "PK-0045 pack.yaml");
  begins(findings_of(with("seen")), "PK-0111 pack.yaml");
  begins(findings_of(with_terms("page_field: title\n")), "PK-0021 pack.yaml");
  // A form that is not there is told once.
  CHECK(findings_of(with_terms("from_anywhere: site\npage_field: title\n")).find("PK-0045") ==
        std::string::npos);
}

}  // namespace
}  // namespace zicht::packs
