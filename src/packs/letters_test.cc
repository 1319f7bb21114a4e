// Letters in packs: what their sentences tell, and what is refused when a pack is loaded. The pack
// tests/packs/letters is invented for it.
#include <doctest/doctest.h>

#include "packs/letters.h"
#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using testing::findings_of;
using testing::loaded;

constexpr const char* kLetter = "letters/fences.yaml";
constexpr const char* kReport = "forms/report.yaml";

Files letters() { return testing::read_folder("tests/packs/letters"); }

TEST_CASE("letters: a pack says which records and figures a letter tells") {
  const model::PackPtr pack = loaded(letters());
  const auto letter = find_letter(*pack, "fences");
  REQUIRE(letter);
  CHECK(letter->full_id() == "letters/fences");
  CHECK(letter->keeps.form == "report");
  REQUIRE(letter->sections.size() == 2);
  CHECK(letter->sections[0].sentences[1].figure == "painted");
  const model::LetterSectionRule& painted = letter->sections[1];
  CHECK(painted.level == 2);
  REQUIRE(painted.sentences[0].each);
  CHECK(painted.sentences[0].each->where == "state = \"painted\"");
  CHECK(painted.sentences[0].each->order == "painted_on");
  CHECK(painted.tables[0].columns[1].heading.en == "State");
  CHECK_FALSE(find_letter(*pack, "nothing"));
  CHECK(letters_of(*pack).size() == 1);
  CHECK(model::letter_field(*pack->find_form("report"))->id == "content");
  CHECK(model::letter_field(*pack->find_form("fence")) == nullptr);
}

TEST_CASE("letters: names between braces are found, and nothing else") {
  CHECK(model::placeholders_in("{a} and {b}, {a}") == std::vector<std::string>{"a", "b", "a"});
  CHECK(model::placeholders_in("no { brace").empty());
  CHECK(model::with_values("{a}-{b", [](std::string_view name) { return std::string(name); }) ==
        "a-{b");
  CHECK(model::placeholders_in("{a|no a}") == std::vector<std::string>{"a"});
  const auto nothing = [](std::string_view) { return std::string(); };
  CHECK(model::with_values("{a|no a}, {b}, {c|}", nothing, "?") == "no a, ?, ");
}

TEST_CASE("letters: what a letter asks for must be there, and be told to everybody it is for") {
  const auto tells = [](const char* file, const char* from, const char* to, const char* id) {
    const std::string found = findings_of(testing::replaced(letters(), file, from, to));
    CAPTURE(from);
    CAPTURE(found);
    CHECK(found.find(std::string(id) + " " + file) != std::string::npos);
  };
  tells(kLetter, "{part} van", "{parts} van", "PK-0251");
  tells(kLetter, "is {colour}, naast", "is {color}, naast", "PK-0251");
  tells(kLetter, "{nl: Over hekken., en", "{nl: 'Over {what}.', en", "PK-0251");
  tells(kLetter, "{nl: Er is niets geverfd., en", "{nl: '{what}', en", "PK-0251");
  tells(kLetter, "text: {nl: '{title}'", "text: {nl: '{titel}'", "PK-0251");
  tells(kLetter, "figure: painted", "figure: paint", "PK-0227");
  tells(kLetter, "figure: painted", "figure: length", "PK-0252");
  tells(kLetter, "{form: fence, order: metres}", "{form: person}", "PK-0253");
  tells(kLetter, "{form: fence, order: metres}", "{form: wall}", "PK-0041");
  tells(kLetter, "{form: fence, order: metres}", "{form: fence, order: what}", "PK-0254");
  tells(kLetter, "{form: fence, order: metres}", "{form: fence, order: length}", "PK-0045");
  tells(kLetter, "where: state = \"painted\"", "where: gate = true", "FE-0057");
  tells(kLetter, "figure: painted", "source: invented", "PK-0251");
  tells(kLetter, "        figure: painted\n", "", "PK-0254");
  tells(kLetter, "        figure: painted\n", "        figure: painted\n        source: invented\n",
        "PK-0254");
  tells(kLetter, "- id: share", "- id: about", "PK-0032");
  tells(kLetter, "source: invented\nkeeps", "source: imagined\nkeeps", "PK-0049");
  tells(kLetter, "keeps: {form: report", "keeps: {form: fence", "PK-0250");
  tells(kLetter, "title: title, on: on}", "title: on, on: on}", "PK-0250");
  tells(kLetter, "title: title, on: on}", "title: title, on: title}", "PK-0250");
  tells(kReport, "content: {type: figures", "content: {type: figures, many: true", "PK-0061");
  const std::string found =
      findings_of(testing::replaced(letters(), kReport, "content: {type: figures",
                                    "more: {type: text, required: true, "
                                    "label: {nl: Meer, en: More}}\n  content: {type: figures"));
  CHECK(found.find("PK-0250") != std::string::npos);
}

}  // namespace
}  // namespace zicht::packs
