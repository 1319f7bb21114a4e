// Indicators in packs: what they count, and what is refused when a pack is loaded. The pack
// tests/packs/indicators is invented for it.
#include <doctest/doctest.h>

#include "packs/run_tests.h"
#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using testing::findings_of;
using testing::loaded;

constexpr const char* kRoofs = "indicators/roofs.yaml";
constexpr const char* kGreen = "indicators/green.yaml";
constexpr const char* kLeaks = "indicators/leaks.yaml";
constexpr const char* kCases = "tests/counting.yaml";

Files indicators() { return testing::read_folder("tests/packs/indicators"); }

// What is found when `from` in that file is `to`.
std::string with(const char* file, const std::string& from, const std::string& to) {
  return findings_of(testing::replaced(indicators(), file, from, to));
}

std::vector<TestOutcome> outcomes_of(const Files& files) {
  const model::PackPtr pack = loaded(files);
  model::PackSet packs;
  packs.add(pack);
  packs.activate(pack->hash);
  return run_tests(pack, packs, calendar::Calendar());
}

TEST_CASE("indicators: a pack says what is counted, how, by what and who says so") {
  const model::PackPtr pack = loaded(indicators());
  REQUIRE(pack->indicators.size() == 5);
  const model::Indicator* roofs = pack->find_indicator("roofs");
  REQUIRE(roofs != nullptr);
  CHECK(roofs->full_id() == "indicators/roofs");
  CHECK(roofs->measure == model::Measure::kCount);
  CHECK(roofs->where->text == "leaks < 10");
  CHECK(roofs->protection.is_already_public);
  REQUIRE(roofs->dimensions.size() == 3);
  // The label of the field, where the file gives no title.
  CHECK(roofs->dimensions[0].title.en == "Shape");
  CHECK(roofs->dimensions[1].title.en == "Year of laying");
  CHECK(roofs->dimensions[2].by == model::Grouping::kHalfYear);
  CHECK(model::fields_of(*roofs) == std::vector<std::string>{"leaks", "shape", "laid_on", "seen"});
  const model::Indicator* leaks = pack->find_indicator("leaks");
  CHECK(leaks->measure == model::Measure::kRate);
  CHECK(leaks->per == 100);
  CHECK(leaks->protection.threshold == 5);
  CHECK(pack->find_indicator("nothing") == nullptr);
}

TEST_CASE("indicators: a desk shows what counts its form, by a dimension that is there") {
  constexpr const char* kDesk = "desks/roofs.yaml";
  const model::PackPtr pack = loaded(indicators());
  REQUIRE(pack->desks.size() == 1);
  const json::object& block = pack->desks[0].blocks.at(0).as_object();
  CHECK(block.at("indicator") == "indicators/roofs");
  CHECK(block.at("form") == "indicators/roof");
  const auto tells = [&](const char* from, const char* to, const char* id) {
    const std::string found = with(kDesk, from, to);
    CAPTURE(found);
    CHECK(found.find(id) != std::string::npos);
  };
  tells("indicator: roofs", "indicator: rooves", "PK-0112");
  tells("form: roof\n    indicator", "form: edition\n    indicator", "PK-0112");
  tells("by: laid", "by: made", "PK-0113");
  tells("by: laid", "where: leaks < 10", "PK-0020");
  tells("rows: shape", "rows: what", "PK-0111");
  tells("across: beside", "across: shapes", "PK-0111");
  // Rows that are there without a value are records.
  const std::string rows = "    rows: shape\n", among = "    among: leaks < 10\n";
  tells(rows.c_str(), (rows + among).c_str(), "PK-0111");
  CHECK(with(kDesk, rows, "    rows: beside\n" + among) == "");
  tells(rows.c_str(), "    rows: beside\n    among: leak < 10\n", "FE-");
  tells("one_of: [shape]", "one_of: [what]", "PK-0111");
  tells("cell: what", "cell: laid_on", "PK-0111");
  tells("    across: beside\n", "", "PK-0021");
}

TEST_CASE("indicators: codes of a list may say what they mean") {
  constexpr const char* kShapes = "lists/shape.yaml";
  const std::string flat = "flat: {label: {nl: Plat, en: Flat}";
  const auto files = testing::replaced(indicators(), kShapes, flat, flat + ", meaning: attention");
  CHECK(loaded(files)->find_list("shape")->codes[1].meaning == model::Meaning::kAttention);
  CHECK_FALSE(loaded(indicators())->find_list("shape")->codes[1].meaning.has_value());
  CHECK(with(kShapes, flat, flat + ", meaning: good").find("PK-0030") != std::string::npos);
}

TEST_CASE("indicators: tests of a pack count the rows that they give") {
  const auto outcomes = outcomes_of(indicators());
  REQUIRE(outcomes.size() == 6);
  for (const TestOutcome& outcome : outcomes) {
    for (const Difference& d : outcome.differences) {
      FAIL_CHECK(outcome.name << ": " << d.what << ": " << d.expected << ", got " << d.got);
    }
  }
}

TEST_CASE("indicators: a test that expects something else says what was counted") {
  const auto differences = [](const std::string& from, const std::string& to) {
    std::string all;
    for (const TestOutcome& outcome :
         outcomes_of(testing::replaced(indicators(), kCases, from, to))) {
      for (const Difference& d : outcome.differences) {
        all += d.what + ": " + d.expected + ", got " + d.got + "; ";
      }
    }
    return all;
  };
  CHECK(differences("number: '3'", "number: '4'") == "number: 4, got 3; ");
  CHECK(differences("undetermined: '1'", "undetermined: '0'") == "undetermined: 0, got 1; ");
  CHECK(differences("{flat: '2', round: '1'}", "{flat: '2'}") ==
        "dimension shape: flat: 2, got flat: 2, round: 1; ");
  // A row that no record could be is refused before anything is counted.
  const std::string misfit = differences("shape: round, leaks: 10", "shape: square, leaks: 10");
  CHECK(misfit.starts_with("row 4 /fields/shape: fits, got "));
}

// What the first of the tests counts on that day, when roofs have these lines too.
std::string counted_with(const std::string& lines, const std::string& on) {
  Files files = testing::replaced(indicators(), kRoofs, "measure:", lines + "\nmeasure:");
  const std::string was = "    on: 2026-01-01\n    expect:\n      number: '3'\n";
  std::string& cases = files[kCases];
  REQUIRE(cases.find(was) != std::string::npos);
  cases.replace(cases.find(was), was.size(),
                "    on: " + on + "\n    expect:\n      number: none\n");
  std::string told;
  const auto outcomes = outcomes_of(files);
  for (const Difference& d : outcomes.front().differences) {
    if (d.what == "number" || d.what == "undetermined") told += d.got + " ";
  }
  return told;
}

TEST_CASE("indicators: of one period those rows count whose day lies in it") {
  const std::string half = "period: {field: laid_on, by: half_year}";
  const std::string last_half = "period: {field: laid_on, by: half_year, which: previous}";
  // The number, and where it is not 1 how many cannot be determined.
  CHECK(counted_with(half, "2024-06-30") == "1 0 ");
  CHECK(counted_with(half, "2024-07-01") == "1 0 ");
  CHECK(counted_with(half, "2023-01-01") == "1 ");
  CHECK(counted_with(last_half, "2024-12-31") == "1 0 ");
  CHECK(counted_with(last_half, "2024-06-30") == "0 0 ");
  CHECK(counted_with("period: {field: laid_on, by: year}", "2024-01-01") == "2 0 ");
  const std::string last_year = "period: {field: laid_on, by: year, which: previous}";
  CHECK(counted_with(last_year, "2024-01-01") == "1 ");
  // No day lies before the first one.
  CHECK(counted_with(last_year, "0001-01-01") == "0 0 ");
}

TEST_CASE("indicators: a period needs a day of the rows, and how long it is") {
  const auto tells = [](const char* lines) {
    return with(kRoofs, "measure:", std::string(lines) + "\nmeasure:");
  };
  CHECK(tells("period: {field: laid_on, by: year}") == "");
  CHECK(tells("period: {field: laid_at, by: year}") == "PK-0045 indicators/roofs.yaml:8:17");
  CHECK(tells("period: {field: laid_on}") == "PK-0021 indicators/roofs.yaml:8:9");
  CHECK(tells("period: {field: laid_on, by: month}").starts_with("PK-0030 "));
  CHECK(tells("period: {field: laid_on, by: year, which: next}").starts_with("PK-0030 "));
  CHECK(tells("period: laid_on").starts_with("PK-00"));
  CHECK(findings_of(testing::replaced(
            testing::replaced(indicators(), kLeaks, "measure:",
                              "period: {field: laid_on, by: year}\nmeasure:"),
            kLeaks, "{threshold: 5}", "{threshold: 5, editions: separate}")) ==
        "PK-0277 indicators/leaks.yaml:12:38");
  // What is told to everybody rests on no day that is not.
  Files closed = testing::replaced(indicators(), "forms/roof.yaml", "  worry:",
                                   "  paid_on: {type: date, label: {nl: Betaald, en: Paid}, "
                                   "sensitivity: internal, filterable: true}\n  worry:");
  closed = testing::replaced(std::move(closed), kRoofs, "measure:",
                             "period: {field: paid_on, by: year}\nmeasure:");
  CHECK(findings_of(closed) == "PK-0225 indicators/roofs.yaml:17:13");
  for (const char* field : {"seen", "what", "leaks", "secret"}) {
    CAPTURE(field);
    const std::string lines = std::string("period: {field: ") + field + ", by: year}";
    CHECK(tells(lines.c_str()).starts_with("PK-0276 indicators/roofs.yaml:8:17"));
  }
}

TEST_CASE("indicators: a condition asks for the day as a filter does, and is tested so") {
  CHECK(counted_with("", "2024-06-30") == "3 ");
  const auto number_on = [](const std::string& day) {
    Files files = testing::replaced(indicators(), kRoofs, "where: leaks < 10",
                                    "where: leaks < 10 and laid_on <= today()");
    std::string& cases = files[kCases];
    const std::string was = "on: 2026-01-01\n    expect:\n      number: '3'";
    cases.replace(cases.find(was), was.size(), "on: " + day + "\n    expect:\n      number: none");
    const auto outcomes = outcomes_of(files);
    for (const Difference& d : outcomes.front().differences) {
      if (d.what == "number") return d.got;
    }
    return std::string("none");
  };
  CHECK(number_on("2024-07-01") == "3");
  CHECK(number_on("2024-06-30") == "2");
  CHECK(with(kRoofs, "where: leaks < 10", "where: laid_on <= today").find("FE-") !=
        std::string::npos);
}

TEST_CASE("indicators: what cannot be counted is refused at its place, all at once") {
  CHECK(with(kRoofs, "form: roof", "form: rood") == "PK-0041 indicators/roofs.yaml:6:7");
  CHECK(with(kRoofs, "source: invented", "source: nobody") == "PK-0049 indicators/roofs.yaml:14:9");
  CHECK(with(kRoofs, "{field: shape}", "{field: shade}") == "PK-0045 indicators/roofs.yaml:10:18");
  for (const char* field : {"{field: laid_on}", "{field: what}", "{field: shape, by: year}",
                            "{field: leaks}", "{field: secret}"}) {
    CAPTURE(field);
    CHECK(with(kRoofs, "{field: shape}", field).find("PK-0221 indicators/roofs.yaml:10:") == 0);
  }
  CHECK(with("indicators/shapes.yaml", "{field: shapes}", "{field: shapes, by: year}")
            .find("PK-0221 indicators/shapes.yaml:8:") == 0);
  CHECK(with(kRoofs, "measure: {kind: count}", "measure: {kind: count, of: leaks}") ==
        "PK-0220 indicators/roofs.yaml:8:28");
  CHECK(with(kRoofs, "measure: {kind: count}", "measure: {kind: sum}") ==
        "PK-0021 indicators/roofs.yaml:8:10");
  CHECK(with(kRoofs, "measure: {kind: count}", "measure: {kind: mean}")
            .find("PK-0030 indicators/roofs.yaml:8:") == 0);
  for (const char* field : {"what", "secret", "laid_on"}) {
    CAPTURE(field);
    CHECK(with(kLeaks, "by: surface", std::string("by: ") + field)
              .find("PK-0222 indicators/leaks.yaml:5:") == 0);
  }
  CHECK(with(kRoofs, "protection: already_public", "protection: none") ==
        "PK-0224 indicators/roofs.yaml:16:13");
  CHECK(with(kLeaks, "{threshold: 5}", "{threshold: 1}") == "PK-0022 indicators/leaks.yaml:11:25");
  CHECK(with(kRoofs, "where: leaks < 10", "where: what = \"a\"")
            .find("FE-0057 indicators/roofs.yaml:7:8") == 0);
  CHECK(with(kRoofs, "where: leaks < 10", "where: leaks").find("indicators/roofs.yaml:7:8") !=
        std::string::npos);
  CHECK(with(kGreen, "of: is_green", "of: is_gree").find("indicators/green.yaml:5:") !=
        std::string::npos);
  const std::string both = with(kRoofs, "{kind: count}\ndimensions:\n  shape: {field: shape}",
                                "{kind: sum, of: what}\ndimensions:\n  shape: {field: what}");
  CHECK(both.find("PK-0222") != std::string::npos);
  CHECK(both.find("PK-0221") != std::string::npos);
}

TEST_CASE("indicators: of fields with several values one at most is grouped by, in no edition") {
  constexpr const char* kAlso = "{field: laid_on, by: year}";
  CHECK(with("indicators/shapes.yaml", kAlso, "{field: shapes}") ==
        "PK-0261 indicators/shapes.yaml:9:17");
  CHECK(with("forms/edition.yaml", "[roofs, green, leaks]", "[roofs, green, leaks, shapes]")
            .starts_with("PK-0262 forms/edition.yaml:"));
}

TEST_CASE("indicators: what is already public rests on nothing that is not") {
  CHECK(with(kRoofs, "where: leaks < 10", "where: worry < 10") ==
        "PK-0225 indicators/roofs.yaml:16:13");
  Files closed = testing::replaced(indicators(), "forms/roof.yaml", "  visitor: [read]\n", "");
  CHECK(findings_of(closed) ==
        "PK-0225 indicators/green.yaml:12:13; PK-0225 indicators/roofs.yaml:16:13; "
        "PK-0225 indicators/shapes.yaml:13:13");
}

TEST_CASE("indicators: a form about persons is not counted") {
  Files files = testing::replaced(indicators(), "forms/roof.yaml", "subject: none",
                                  "subject: person\nabout: [self]");
  CHECK(findings_of(files).find("PK-0223 indicators/roofs.yaml:6:7") != std::string::npos);
}

TEST_CASE("indicators: rows are not grouped by the persons that they name") {
  Files files = testing::replaced(indicators(), "forms/roof.yaml",
                                  "label: {nl: Naast, en: Beside}, form: roof",
                                  "label: {nl: Naast, en: Beside}, form: roofer");
  std::string roofer = files.at("forms/roof.yaml");
  roofer.replace(roofer.find("form: roof"), 10, "form: roofer");
  roofer.replace(roofer.find("subject: none"), 13, "subject: person\nabout: [self]");
  files["forms/roofer.yaml"] = roofer;
  const std::string found = findings_of(files);
  CAPTURE(found);
  CHECK(found.find("PK-0223 indicators/green.yaml:8:19") != std::string::npos);
}

TEST_CASE("indicators: a test names an indicator and dimensions that exist") {
  CHECK(with(kCases, "indicator: roofs", "indicator: rooves") ==
        "PK-0226 tests/counting.yaml:4:16");
  CHECK(with(kCases, "        laid: {", "        lain: {").find("PK-0226 tests/counting.yaml:") ==
        0);
}

}  // namespace
}  // namespace zicht::packs
