// Letters read from JSON, with what is refused and where; what may be final; versions compared.
#include "app/letter.h"

#include <doctest/doctest.h>

namespace zicht::app {
namespace {

Json parsed(const std::string& text) {
  const auto value = parse_json(text);
  REQUIRE(value.has_value());
  return *value;
}

std::string sentence(const std::string& id, const std::string& text, int version) {
  return R"({"id":")" + id + R"(","text":")" + text +
         R"(","sources":[{"kind":"record","ref":"p/f/)" + id + R"(","version":)" +
         std::to_string(version) + "}]}";
}

std::string letter_with(const std::string& sentences, const std::string& more = "") {
  return R"({"letter":"Brief","language":"nl","on":"2026-01-31",)"
         R"("sections":[{"heading":"Deel","sentences":[)" +
         sentences + "]" + more + "}]}";
}

Letter read(const std::string& text) {
  const auto letter = Letter::from_json(parsed(text));
  REQUIRE_MESSAGE(letter.has_value(), describe(letter.error()));
  return *letter;
}

// The place that the error names.
std::string refused(const std::string& text) {
  const auto letter = Letter::from_json(parsed(text));
  REQUIRE_FALSE(letter.has_value());
  CHECK(letter.error().id == "AP-0250");
  return letter.error().message.en;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("letter: is read with every source that it names") {
  const Letter letter = read(
      letter_with(sentence("a", "Een.", 3),
                  R"(,"tables":[{"id":"t","caption":"T","headings":["A","B"],"rows":[["x",1]],)"
                  R"("sources":[{"kind":"indicator","ref":"p/i","on":"2026-01-01"}]}])"));
  CHECK(letter.on == Date::of(2026, 1, 31));
  const LetterSection& section = letter.sections.at(0);
  CHECK(section.sentences.at(0).sources.at(0).version == "3");
  CHECK(told(section.sentences.at(0).sources.at(0), "nl") == "p/f/a, versie 3");
  CHECK(section.tables.at(0).rows.at(0).at(1) == "1");
  CHECK(told(section.tables.at(0).sources.at(0), "en") == "p/i, reference day 2026-01-01");
  CHECK(check_has_sources(letter).has_value());
}

TEST_CASE("letter: names the place of what cannot be read") {
  CHECK(has(refused("[]"), "/"));
  CHECK(has(refused(R"({"letter":"B","language":"de","on":"2026-01-31","sections":[]})"),
            "/language"));
  CHECK(has(refused(R"({"letter":"B","language":"nl","on":"morgen","sections":[]})"), "/on"));
  CHECK(has(refused(R"({"letter":"B","language":"nl","on":"2026-01-31","sections":[]})"),
            "/sections"));
  CHECK(has(refused(letter_with(R"({"id":"a","txt":"Een."})")), "/sections/0/sentences/0/txt"));
  CHECK(has(refused(letter_with(R"({"id":"a","text":"Een.","sources":[{"kind":"guess"}]})")),
            "/sections/0/sentences/0/sources/0/kind"));
  CHECK(has(refused(letter_with(
                R"({"id":"a","text":"Een.","sources":[{"kind":"record","ref":"p/f/a"}]})")),
            "sources/0/version"));
  CHECK(has(refused(letter_with(
                R"({"id":"a","text":"Een.","sources":[{"kind":"indicator","ref":"p/i"}]})")),
            "sources/0/on"));
  CHECK(has(refused(letter_with(sentence("a", "Een.", 1) + "," + sentence("a", "Twee.", 1))),
            "twice the id a"));
  CHECK(has(refused(letter_with("", R"(,"level":2)")), "/sections/0/level"));
  CHECK(has(refused(letter_with(
                "", R"(,"tables":[{"id":"t","caption":"T","headings":["A"],"rows":[["x","y"]]}])")),
            "/sections/0/tables/0/rows/0"));
}

TEST_CASE("letter: a sentence without source keeps it from being final") {
  const Letter letter =
      read(letter_with(sentence("a", "Een.", 1) + R"(,{"id":"b","text":"Los."})",
                       R"(,"tables":[{"id":"t","caption":"T","headings":["A"]}])"));
  const auto checked = check_has_sources(letter);
  REQUIRE_FALSE(checked.has_value());
  CHECK(checked.error().id == "AP-0251");
  REQUIRE(checked.error().problems.size() == 2);
  CHECK(checked.error().problems[0].id == "AP-0252");
  CHECK(checked.error().problems[0].where == "b");
  CHECK(checked.error().problems[0].message.nl.starts_with("Zin of tabel 2 onder"));
  CHECK(checked.error().problems[1].where == "t");
}

TEST_CASE("letter: versions are compared by sentence") {
  const Letter before =
      read(letter_with(sentence("a", "Een.", 1) + "," + sentence("b", "Twee.", 1) + "," +
                       sentence("c", "Drie.", 1) + "," + sentence("e", "Vijf.", 1)));
  const Letter after =
      read(letter_with(sentence("d", "Vier.", 1) + "," + sentence("e", "Vijf.", 1) + "," +
                       sentence("b", "Twee.", 2) + "," + sentence("a", "Eén.", 1)));
  const auto changes = compare(before, after);
  REQUIRE(changes.size() == 4);
  CHECK(changes[0].kind == LetterChangeKind::kAdded);
  CHECK(changes[0].after == "Vier.");
  CHECK(changes[1].kind == LetterChangeKind::kSourceChanged);
  CHECK(changes[1].id == "b");
  CHECK(changes[2].kind == LetterChangeKind::kChanged);
  CHECK(changes[2].before == "Een.");
  CHECK(changes[3].kind == LetterChangeKind::kGone);
  CHECK(changes[3].before == "Drie.");
  CHECK(to_json(changes[3]).at("change") == "gone");
  CHECK(compare(before, before).empty());
}

}  // namespace
}  // namespace zicht::app
