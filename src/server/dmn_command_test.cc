// zicht dmn as a person runs it: a model in, findings, values and reasons out.
#include <doctest/doctest.h>

#include <iostream>
#include <sstream>

#include "server/folder.h"
#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;

constexpr std::string_view kModel = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
<inputData id="age" name="Age"><variable name="Age" typeRef="number"/></inputData>
<decision id="kind" name="Kind"><variable name="Kind" typeRef="string"/>
<informationRequirement><requiredInput href="#age"/></informationRequirement>
<decisionTable><input><inputExpression><text>Age</text></inputExpression></input><output/>
<rule><inputEntry><text>&lt; 18</text></inputEntry>
<outputEntry><text>"child"</text></outputEntry></rule>
<rule><inputEntry><text>&gt; 18</text></inputEntry>
<outputEntry><text>"adult"</text></outputEntry></rule>
</decisionTable></decision></definitions>)";

struct Files {
  explicit Files(const Desk& zicht)
      : model(zicht.folder + "/m.dmn"), input(zicht.folder + "/input.json") {
    REQUIRE(write_file(model, kModel, false));
    REQUIRE(write_file(input, R"({"Age": 17})", false));
  }
  std::string model, input;
};

TEST_CASE("command dmn: evaluates a decision, and tells how it came about") {
  const Desk zicht;
  const Files files(zicht);
  const auto plain =
      zicht({"dmn", "eval", files.model, "--decision", "Kind", "--input", files.input});
  CHECK(plain.code == kGood);
  CHECK(plain.said == "\"child\"\n");
  const auto why = zicht({"dmn", "eval", files.model, "--decision", "Kind", "--input", files.input,
                          "--explain", "full"});
  CHECK(has(why.said, "\"blocked_by\":[\"Age\"]"));
  const auto missing = zicht({"dmn", "eval", files.model, "--decision", "Kind"});
  CHECK(has(missing.said, "null"));
  CHECK(has(missing.complained, "Age"));
  CHECK(has(zicht({"dmn", "eval", files.model, "--decision", "Knid"}).complained, "DM-0050"));
  CHECK(zicht({"dmn", "eval", files.model, "--explain", "much"}).code == kUsage);
}

TEST_CASE("command dmn: checks a model, with an example of what is missing") {
  const Desk zicht;
  const Files files(zicht);
  const auto found = zicht({"dmn", "check", files.model});
  CHECK(found.code == kGood);
  CHECK(has(found.complained, "DM-0060"));
  CHECK(has(found.complained, "Age = 18"));
  REQUIRE(write_file(files.model, "<definitions/>", false));
  const auto broken = zicht({"dmn", "check", files.model});
  CHECK(broken.code == kBad);
  CHECK(has(broken.complained, "DM-0005"));
  CHECK(has(zicht({"dmn", "check", files.model + "x"}).complained, "SV-0030"));
}

TEST_CASE("command dmn: asks what a decision needs, one step at a time") {
  const Desk zicht;
  const Files files(zicht);
  const std::string none = zicht.folder + "/none.json";
  REQUIRE(write_file(none, "{}", false));
  const auto ask = [&](const std::string& replies) {
    return zicht({"dmn", "interview", files.model, "--decision", "Kind", "--input", replies});
  };
  CHECK(has(ask(none).said, R"("name":"Age")"));
  CHECK(has(ask(none).said, R"("rules":[1,2])"));
  const auto end = ask(files.input);
  CHECK(end.code == kGood);
  CHECK(has(end.said, R"("settled":true)"));
  CHECK(has(end.said, R"("outcome":"child")"));
  REQUIRE(write_file(none, R"({"Age": null})", false));
  CHECK(has(ask(none).said, R"("missing":["Age"])"));
  REQUIRE(write_file(none, R"({"Age": "old"})", false));
  CHECK(has(ask(none).complained, "DM-0052"));
  REQUIRE(write_file(none, R"({"Agee": 1})", false));
  CHECK(has(ask(none).complained, "DM-0051"));
  REQUIRE(write_file(none, "[]", false));
  CHECK(has(ask(none).complained, "FE-0040"));
  CHECK(ask(zicht.folder + "/absent.json").code == kBad);
  CHECK(has(zicht({"dmn", "interview", files.model, "--decision", "Knid"}).complained, "DM-0050"));
}

// The dialogue, with this typed.
auto hold_with(const Desk& zicht, const std::string& model, const std::string& typed) {
  std::istringstream lines(typed);
  auto* const before = std::cin.rdbuf(lines.rdbuf());
  const auto held = zicht({"dmn", "interview", model, "--decision", "Kind"});
  std::cin.rdbuf(before);
  std::cin.clear();
  return held;
}

TEST_CASE("command dmn: holds an interview at the terminal") {
  const Desk zicht;
  const Files files(zicht);
  const auto hold = [&](const std::string& typed) { return hold_with(zicht, files.model, typed); };
  const auto told = hold("!\n<\nmany\n17\n");
  CHECK(told.code == kGood);
  CHECK(has(told.said, "Kind (r"));
  CHECK(has(told.said, "\"child\""));
  CHECK(has(told.complained, "DM-0052"));
  const auto unknown = hold("?\n");
  CHECK(unknown.code == kGood);
  CHECK(has(unknown.said, "- Age"));
  CHECK(hold("").code == kBad);
}

// kModel with a decision beside it that is marked.
std::string model_with(const std::string& mark) {
  const std::string decision =
      R"(<decision id="odd" name="Odd"><extensionElements><z:)" + mark +
      R"( xmlns:z="urn:zicht:dmn"/></extensionElements><question>So old?</question>)"
      R"(<variable name="Odd" typeRef="boolean"/>)"
      R"(<informationRequirement><requiredInput href="#age"/></informationRequirement>)"
      R"(<literalExpression><text>Age &gt; 150</text></literalExpression></decision>)";
  std::string text(kModel);
  return text.insert(text.find("<decision "), decision);
}

TEST_CASE("command dmn: an answer that contradicts is asked again, a doubt may stay") {
  const Desk zicht;
  const Files files(zicht);
  const std::string old = zicht.folder + "/old.json";
  REQUIRE(write_file(old, R"({"Age": 200})", false));
  const auto step = [&] {
    return zicht({"dmn", "interview", files.model, "--decision", "Kind", "--input", old});
  };
  REQUIRE(write_file(files.model, model_with("contradiction"), false));
  CHECK(step().code == kBad);
  CHECK(has(step().complained, "DM-0054"));
  CHECK(has(step().complained, "So old?"));
  const auto again = hold_with(zicht, files.model, "200\n17\n");
  CHECK(again.code == kGood);
  CHECK(has(again.complained, "DM-0054"));
  CHECK(has(again.said, "\"child\""));
  REQUIRE(write_file(files.model, model_with("doubt"), false));
  CHECK(step().code == kGood);
  CHECK(has(hold_with(zicht, files.model, "200\nyes\n").said, "\"adult\""));
  CHECK(has(hold_with(zicht, files.model, "200\nno\n17\n").said, "\"child\""));
}

TEST_CASE("command dmn: runs test cases and writes a row for each") {
  const Desk zicht;
  const Files files(zicht);
  const std::string cases =
      R"(<testCases><modelName>m.dmn</modelName><testCase id="1"><inputNode name="Age"><value )"
      R"(type="xsd:decimal">20</value></inputNode><resultNode name="Kind"><expected><value>adult)"
      R"(</value></expected></resultNode></testCase><testCase id="2"><resultNode name="Kind">)"
      R"(<expected><value>child</value></expected></resultNode></testCase></testCases>)";
  const std::string folder = zicht.folder + "/compliance-level-2";
  REQUIRE(make_folder(folder));
  REQUIRE(write_file(folder + "/m.dmn", kModel, false));
  REQUIRE(write_file(folder + "/m-test.xml", cases, false));
  const std::string rows = zicht.folder + "/rows.csv";
  const auto ran = zicht({"dmn", "tck", zicht.folder, "--report", rows});
  CHECK(has(ran.said, "level 2: 1/2"));
  const auto written = read_file(rows);
  REQUIRE(written);
  CHECK(has(*written, "\"compliance-level-2\",\"m-test\",\"1\",\"SUCCESS\",\"\"\n"));
  CHECK(has(*written, "\"2\",\"ERROR\",\"Kind: expected \"\"child\"\", got null"));
  CHECK(has(zicht({"dmn", "tck", zicht.folder + "/none"}).complained, "SV-0030"));
}

}  // namespace
}  // namespace zicht::server
