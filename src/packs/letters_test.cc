// Letters in packs: what their sentences tell, and what is refused when a pack is loaded. The pack
// tests/packs/letters is invented for it.
#include <doctest/doctest.h>

#include "packs/letter_tests.h"
#include "packs/letters.h"
#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using testing::findings_of;
using testing::loaded;

constexpr const char* kLetter = "letters/fences.yaml";
constexpr const char* kCharter = "letters/charter.yaml";
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
  CHECK(letters_of(*pack).size() == 2);
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
  CHECK(findings_of(testing::replaced(letters(), kLetter, "where: state = \"painted\"",
                                      "where: painted_on.last < today()")) == "");
  const std::string found =
      findings_of(testing::replaced(letters(), kReport, "content: {type: figures",
                                    "more: {type: text, required: true, "
                                    "label: {nl: Meer, en: More}}\n  content: {type: figures"));
  CHECK(found.find("PK-0250") != std::string::npos);
}

TEST_CASE("letters: a letter with a process says when it is open and which step makes it final") {
  const auto letter = find_letter(*loaded(letters()), "charter");
  REQUIRE(letter);
  CHECK(letter->keeps.open == std::set<std::string>{"draft"});
  CHECK(letter->keeps.finish == "make-final");
  const auto tells = [](const char* from, const char* to, const char* id) {
    const std::string found = findings_of(testing::replaced(letters(), kCharter, from, to));
    CAPTURE(to);
    CAPTURE(found);
    CHECK(found.find(std::string(id) + " " + kCharter) != std::string::npos);
  };
  tells("open: [draft]", "open: [drafty]", "PK-0046");
  tells("finish: make-final", "finish: finalise", "PK-0047");
  tells(", open: [draft], finish: make-final", "", "PK-0250");
  tells("open: [draft]", "open: [signed]", "PK-0250");          // a new letter would be closed
  tells("open: [draft]", "open: [draft, final]", "PK-0250");    // and a final one open
  tells("finish: make-final", "finish: take-back", "PK-0250");
  // What is open is not fixed too.
  const std::string fixed = findings_of(testing::replaced(
      letters(), "processes/charter-life.yaml", "meaning: draft, audience: public}",
      "meaning: draft, audience: public, fixed: true}"));
  CHECK(fixed.find(std::string("PK-0275 ") + kCharter) != std::string::npos);
  // Where there is no process, none of its states can be named.
  const std::string found = findings_of(testing::replaced(
      letters(), kLetter, "on: on}", "on: on, open: [draft], finish: make-final}"));
  CHECK(found.find("PK-0250") != std::string::npos);
}

// With a letter that tells of the pack `rounds`, which the pack of the letter does not need.
Files letters_of_harvests() {
  Files files = letters();
  files["letters/harvests.yaml"] = testing::read_folder("tests/letters").at("harvests.yaml");
  return files;
}

// What is found in it while the pack `rounds` is at hand.
std::string findings_beside_rounds(const Files& files) {
  const model::PackPtr rounds = loaded(testing::read_folder("tests/packs/rounds"));
  model::PackSet packs;
  packs.add(rounds);
  packs.activate(rounds->hash);
  return testing::listed(load(files, packs).diagnostics);
}

TEST_CASE("letters: a letter may tell of a pack that is not needed, and is not at hand") {
  const model::PackPtr pack = loaded(letters_of_harvests());
  const auto letter = find_letter(*pack, "harvests");
  REQUIRE(letter);
  const model::LetterRows& rows = *letter->sections[2].sentences[0].each;
  CHECK(rows.form == "rounds/harvest");
  REQUIRE(rows.latest);
  CHECK(rows.latest->of == "crop");
  CHECK(rows.latest->by == "season.day");
  CHECK_FALSE(letter->is_own(rows.form));
  CHECK(letter->is_own("letters/fence"));
  CHECK(letter->is_own("fence"));
  CHECK(letter->full_name("fence") == "letters/fence");
  CHECK(letter->sections[4].sentences[0].each->is_descending);
  CHECK(findings_beside_rounds(letters_of_harvests()) == "");
}

TEST_CASE("letters: what a letter tells of another pack is looked at when that is at hand") {
  const char* file = "letters/harvests.yaml";
  const auto tells = [&](const char* from, const char* to, const char* id) {
    const Files files = testing::replaced(letters_of_harvests(), file, from, to);
    const std::string found = findings_beside_rounds(files);
    CAPTURE(to);
    CAPTURE(found);
    CHECK(found.find(std::string(id) + " " + file) != std::string::npos);
  };
  tells("form: rounds/harvest", "form: rounds/harvests", "PK-0041");
  tells("laatste seizoen is {name}", "laatste seizoen is {title}, {day.name}", "PK-0251");
  tells("{crop.asked|niets}", "{crop.ask|niets}", "PK-0251");
  tells("{crop.asked|niets}", "{by.asked|niets}", "PK-0251");
  tells("{crop}: {how}. Gevraagd", "{crop}: {howl}. Gevraagd", "PK-0251");
  tells("state = \"shown\"", "state = \"shown\" and how = \"badly\"", "FE-0057");
  tells("{of: crop, by: season.day}", "{of: crops, by: season.day}", "PK-0045");
  tells("{of: crop, by: season.day}", "{of: crop, by: season.days}", "PK-0251");
  tells("{of: crop, by: season.day}", "{of: crop, by: season.name}", "PK-0254");
  tells("{of: crop, by: season.day}", "{of: crop}", "PK-0021");
  tells("latest: {by: day}", "order: day", "PK-0254");
  tells("order: metres, descending: true", "descending: true", "PK-0254");
  // It also stands alone: its first section is about what is always there.
  tells("      - {id: about, source: invented, text: {nl: Over oogst., en: On harvest.}}\n",
        "      - {id: about, each: {form: rounds/crop}, text: {nl: '{name}', en: '{name}'}}\n",
        "PK-0254");
}

TEST_CASE("letters: figures of another pack are looked at when that is at hand") {
  const auto told = [](const char* figure) {
    Files files = letters_of_harvests();
    const std::string to = std::string("figure: ") + figure;
    return findings_of(testing::replaced(files, kLetter, "figure: painted", to));
  };
  CHECK(told("rounds/none") == "");
  CHECK(told("letters/painted") == "");
  CHECK(told("letters/paint").find("PK-0227") != std::string::npos);
}

TEST_CASE("letters: tests of a pack give records and a day, and say what comes out") {
  const model::PackPtr pack = loaded(letters());
  model::PackSet packs;
  packs.add(pack);
  packs.activate(pack->hash);
  const std::vector<LetterTest> tests = letter_tests_of(pack, packs);
  REQUIRE(tests.size() == 2);
  CHECK(tests[0].letter.id == "fences");
  CHECK(tests[0].role == "writer");
  CHECK(tests[0].on == Date::of(2026, 1, 31));
  REQUIRE(tests[0].records.size() == 3);
  // A reference to another record of the test is its id.
  CHECK(tests[0].records[1].fields.at("beside").as_string() == tests[0].records[0].id);
  CHECK(tests[0].expected.at("about") ==
        std::vector<ToldPart>{{"Over hekken.", {"source(invented)"}}});
  CHECK(tests[1].language == "en");
  const auto tells = [](const char* from, const char* to) {
    const std::string found =
        findings_of(testing::replaced(letters(), "tests/letters.yaml", from, to));
    CAPTURE(to);
    CAPTURE(found);
    CHECK(found.find("PK-0260 tests/letters.yaml") != std::string::npos);
  };
  tells("letter: fences", "letter: walls");
  tells("as: writer", "as: painter");
  tells("form: fence, state", "form: wall, state");
  tells("{id: bare,", "{id: gate,");
  tells("      about:", "      around:");
  tells("from: [south]", "from: [north]");
}

TEST_CASE("letters: a pack tests that a letter of another pack tells of its records") {
  const model::PackPtr pack = loaded(letters_of_harvests());
  model::PackSet packs;
  packs.add(pack);
  packs.activate(pack->hash);
  Files files = testing::read_folder("tests/packs/rounds");
  files["tests/letter.yaml"] = R"(tests: letter
cases:
  - name: the newest season is told
    letter: letters/harvests
    as: writer
    records:
      - {id: gate, form: letters/fence, fields: {what: Poort}}
      - id: spring
        form: season
        fields: {name: Voorjaar, day: {first: 2025-03-01, last: 2025-03-01}}
    on: 2026-01-31
    expect:
      seasons:
        - {text: Het laatste seizoen is Voorjaar., from: [spring]}
)";
  const LoadResult rounds = load(files, packs);
  REQUIRE_MESSAGE(rounds.diagnostics.empty(), testing::listed(rounds.diagnostics));
  packs.add(rounds.pack);
  packs.activate(rounds.pack->hash);
  const std::vector<LetterTest> tests = letter_tests_of(rounds.pack, packs);
  REQUIRE(tests.size() == 1);
  CHECK(tests[0].letter.full_id() == "letters/harvests");
  CHECK(tests[0].records[0].form == "letters/fence");
  CHECK(tests[0].records[1].form == "rounds/season");
  // Of a pack that is not at hand there is no letter.
  CHECK(findings_of(files).find("PK-0260 tests/letter.yaml") != std::string::npos);
}

}  // namespace
}  // namespace zicht::packs
