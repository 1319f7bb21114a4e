// Editions in packs: fields of figures, and the steps that freeze and release them. The pack
// tests/packs/indicators is invented for it.
#include <doctest/doctest.h>

#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using testing::findings_of;
using testing::loaded;

constexpr const char* kForm = "forms/edition.yaml";
constexpr const char* kProcess = "processes/edition-life.yaml";

Files pack_files() { return testing::read_folder("tests/packs/indicators"); }

// What is found when `from` in that file is `to`.
std::string with(const char* file, const std::string& from, const std::string& to) {
  return findings_of(testing::replaced(pack_files(), file, from, to));
}

bool tells(const std::string& findings, const char* id) {
  const bool is_there = findings.find(id) != std::string::npos;
  if (!is_there) MESSAGE(findings);
  return is_there;
}

TEST_CASE("editions: a form says which figures are frozen, as of which day") {
  const model::PackPtr pack = loaded(pack_files());
  const model::Form* form = pack->find_form("edition");
  REQUIRE(form != nullptr);
  const model::Field* figures = form->find_field("figures");
  REQUIRE(figures != nullptr);
  CHECK(figures->is_frozen());
  REQUIRE(figures->edition.has_value());
  CHECK(figures->edition->indicators == std::vector<std::string>{"roofs", "green", "leaks"});
  CHECK(figures->edition->on == "reference_day");
  CHECK(figures->edition->counted == "counted");
  CHECK(figures->edition->corrects == "corrected");
  CHECK_FALSE(form->find_field("counted")->edition.has_value());
  const model::Process* process = pack->find_process("edition-life");
  REQUIRE(process != nullptr);
  CHECK(process->find_transition("count")->freezes == "figures");
  CHECK(process->find_transition("publish")->releases == "figures");
  CHECK(pack->find_indicator("leaks")->protection.is_cumulative);
}

TEST_CASE("editions: an indicator says whether editions count the same rows") {
  const auto files = testing::replaced(pack_files(), "indicators/leaks.yaml", "{threshold: 5}",
                                       "{threshold: 5, editions: separate}");
  CHECK_FALSE(loaded(files)->find_indicator("leaks")->protection.is_cumulative);
  CHECK(tells(with("indicators/leaks.yaml", "{threshold: 5}", "{threshold: 5, editions: each}"),
              "PK-0030"));
}

TEST_CASE("editions: what a field of figures names must be there, and suit") {
  CHECK(tells(with(kForm, "[roofs, green", "[rooves, green"), "PK-0227"));
  CHECK(tells(with(kForm, "[roofs, green, leaks]", "[]"), "PK-0021"));
  CHECK(tells(with(kForm, "on: reference_day", "on: title"), "PK-0228"));
  CHECK(tells(with(kForm, "on: reference_day", "on: no_day"), "PK-0045"));
  CHECK(tells(with(kForm, "    counted: counted\n", ""), "PK-0229"));
  CHECK(tells(with(kForm, "counted: counted", "counted: title"), "PK-0229"));
  CHECK(tells(with(kForm, "What was counted}, sensitivity: internal", "What was counted}"),
              "PK-0229"));
  CHECK(tells(with(kForm, "corrects: corrected", "corrects: title"), "PK-0230"));
  CHECK(tells(with(kForm, "corrects: corrected", "corrects: corrected\n    required: true"),
              "PK-0061"));
  CHECK(
      tells(with(kForm, "{type: text, label: {nl: Titel", "{type: text, on: x, label: {nl: Titel"),
            "PK-0061"));
}

TEST_CASE("editions: what would tell by a difference is not in one edition, nor in two places") {
  CHECK(tells(with(kForm, "green, leaks]", "leaks, worries]"), "PK-0237"));
  const std::string second =
      "  again: {type: figures, label: {nl: Nog eens, en: Once more}, "
      "indicators: [leaks], on: reference_day, counted: counted}\n";
  CHECK(tells(with(kForm, "  counted: {type", second + "  counted: {type"), "PK-0239"));
  // Another indicator over the same rows, in a field and a place of its own.
  const std::string other =
      "  again: {type: figures, label: {nl: Nog eens, en: Once more}, "
      "indicators: [worries], on: reference_day, counted: behind}\n"
      "  behind: {type: figures, label: {nl: Erachter, en: Behind}, sensitivity: internal}\n";
  CHECK(tells(with(kForm, "  counted: {type", other + "  counted: {type"), "PK-0264"));
  CHECK(tells(with("indicators/leaks.yaml", "  green: {field: is_green}",
                   "  laid: {field: laid_on, by: year}\n  half: {field: laid_on, by: half_year}"),
              "PK-0236"));
}

TEST_CASE("editions: two forms do not publish protected figures over the same rows") {
  Files files = pack_files();
  std::string form = files.at(kForm);
  const auto put = [&form](const std::string& from, const std::string& to) {
    const auto at = form.find(from);
    REQUIRE(at != std::string::npos);
    form.replace(at, from.size(), to);
  };
  put("form: edition\n", "form: second\n");
  put("form: edition,", "form: second,");
  put("[roofs, green, leaks]", "[roofs, green, worries]");
  files["forms/second.yaml"] = form;
  CHECK(tells(findings_of(files), "PK-0264"));
  // What is public already may stand in both.
  const auto at = files["forms/second.yaml"].find(", worries]");
  files["forms/second.yaml"].erase(at, std::string(", worries").size());
  CHECK(findings_of(files).find("PK-0264") == std::string::npos);
}

TEST_CASE("editions: facts are no editions") {
  Files files = pack_files();
  files["facts/first.yaml"] =
      "facts: first\nform: edition\nsource: invented\nverified: true\nrecords:\n"
      "  - id: one\n    from: 2026-01-01\n    fields: {title: Een}\n";
  CHECK(tells(findings_of(files), "PK-0240"));
}

TEST_CASE("editions: a field of figures that nothing fills, or publishes, is refused") {
  CHECK(tells(with(kProcess, "    freezes: figures\n", ""), "PK-0231"));
  CHECK(tells(with(kProcess, "    releases: figures\n", ""), "PK-0238"));
}

TEST_CASE("editions: steps freeze a day that they ask for, and two people look") {
  CHECK(tells(with(kProcess, "freezes: figures", "freezes: counted"), "PK-0232"));
  CHECK(tells(with(kProcess, "releases: figures", "releases: title"), "PK-0232"));
  CHECK(tells(with(kProcess, "    four_eyes: [count]\n", ""), "PK-0233"));
  // One step that does both, and a second way to freeze that is not named.
  CHECK(tells(with(kProcess, "releases: figures", "freezes: figures\n    releases: figures"),
              "PK-0233"));
  CHECK(tells(with(kProcess, "    to: draft\n    roles: [editor]\n",
                   "    to: draft\n    roles: [editor]\n    fields: {reference_day: required}\n"
                   "    freezes: figures\n"),
              "PK-0233"));
  CHECK(tells(with(kProcess, "explanation: optional", "figures: optional"), "PK-0234"));
  CHECK(tells(with(kProcess, "reference_day: required", "reference_day: optional"), "PK-0235"));
  CHECK(tells(with(kForm, "name: [title]", "name: [figures]"), "PK-0066"));
}

}  // namespace
}  // namespace zicht::packs
