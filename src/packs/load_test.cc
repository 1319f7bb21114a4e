// Loading: the sample pack as a whole (what became of its parts), limits on size and depth, packs
// that need packs, and seeded mutations of every file: whatever happens to a file, loading ends in
// a pack or in findings with a place, never in a crash.
#include "packs/load.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "base/rng.h"
#include "packs/register.h"
#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using testing::listed;
using testing::sample_files;

TEST_CASE("load: the sample pack has no findings and all its parts") {
  const LoadResult loaded = load(sample_files(), {});
  CHECK(listed(loaded.diagnostics) == "");
  REQUIRE(loaded.pack != nullptr);
  const model::Pack& pack = *loaded.pack;
  CHECK(pack.id == "sample");
  CHECK(pack.version == "1.0.0");
  CHECK(pack.find_role("keeper")->clearance == model::Sensitivity::kConfidential);
  CHECK_FALSE(pack.find_role("lender")->sees_all_organisations);
  CHECK(pack.regimes.at("complaint-term").versions.at(0).term == Period::of_weeks(6));
  CHECK(pack.find_list("kind")->find_code("scythe")->to == Date::of(2020, 1, 1));
  CHECK_FALSE(pack.find_list("region")->is_verified);
  CHECK(pack.desks.at(0).blocks.size() == 5);
  CHECK(pack.desks.at(0).blocks.at(0).at("form").as_string() == "sample/tool");
}

TEST_CASE("load: what is wrong with a filter is told at its place in the file") {
  const auto told = [](const std::string& written) {
    Files files = sample_files();
    std::string& desk = files.at("desks/overview.yaml");
    desk.replace(desk.find("    columns: [name"), 0, "    where: " + written + "\n");
    const LoadResult loaded = load(files, {});
    const std::string all = listed(loaded.diagnostics);
    return all.substr(0, all.find(" error"));
  };
  CHECK(told("price > 3").empty());
  // Whatever the year in which it is checked.
  CHECK(told("bought_on < date(today().year, 2, 29)").empty());
  CHECK(told("bought_on < date(2025, 2, 29)") == "FE-0054 desks/overview.yaml:11:24");
  CHECK(told("'price > 3 and story = null'") == "FE-0057 desks/overview.yaml:11:27");
  CHECK(told("price > 3 and story = null") == "FE-0057 desks/overview.yaml:11:26");
  CHECK(told("|\n      price > 3 and\n      story = null") ==
        "FE-0057 desks/overview.yaml:13:7");
  CHECK(told(">\n      price > 3 and\n      story = null") ==
        "FE-0057 desks/overview.yaml:13:7");
  CHECK(told("'name != \"it''s\" and story = null'") == "FE-0057 desks/overview.yaml:11:33");
}

TEST_CASE("load: fields keep what the file says") {
  const LoadResult loaded = load(sample_files(), {});
  REQUIRE(loaded.pack != nullptr);
  const model::Form& tool = *loaded.pack->find_form("tool");
  const model::Field& weight = *tool.find_field("weight_kg");
  CHECK(weight.scale == 3);
  CHECK(weight.max == 250'000);
  CHECK(tool.find_field("price")->min == 0);
  CHECK(tool.find_field("belongs_to")->form == "sample/tool");
  CHECK(tool.find_field("maker")->fields.size() == 3);
  CHECK(tool.find_field("shelf")->retired == Date::of(2024, 1, 1));
  CHECK(tool.find_field("also")->max_items == 3);
  REQUIRE(tool.access.at("visitor").size() == 1);
  CHECK(tool.access.at("visitor").front().actions ==
        std::set<model::Action>{model::Action::kRead, model::Action::kExport});
  const model::Form& report = *loaded.pack->find_form("report");
  CHECK(report.process.process_for("heavy") == "big-report");
  CHECK(report.process.process_for("note").empty());
}

TEST_CASE("load: forms about persons keep whom they are about and who may see them") {
  const LoadResult loaded = load(testing::read_folder("tests/packs/probe"), {});
  CHECK(listed(loaded.diagnostics) == "");
  REQUIRE(loaded.pack != nullptr);
  const model::Pack& pack = *loaded.pack;
  CHECK(pack.find_purpose("care")->title.nl == "Hulp verlenen");
  const model::Form& child = *pack.find_form("child");
  CHECK(child.is_person);
  CHECK(child.about.empty());
  CHECK(child.born == "born_on");
  const model::Form& note = *pack.find_form("note");
  CHECK_FALSE(note.is_person);
  CHECK(note.about == std::vector<std::string>{"child", "other_children"});
  const model::AccessRule& officer = note.access.at("complaint-officer").at(0);
  CHECK(officer.purposes == std::set<std::string>{"probe/complaint"});
  CHECK(officer.clearance == model::Sensitivity::kInternal);
  const model::AccessRule& young = child.access.at("guardian").at(1);
  CHECK(young.relations == std::set<std::string>{"probe/guardian"});
  CHECK(young.subject_age == model::AgeRange{12, 16});
  CHECK(young.is_conditional());
  CHECK_FALSE(child.access.at("planner").at(0).is_conditional());
  const model::RelationRule& custody = *pack.find_form("custody")->relation;
  CHECK(custody.kind == "probe/guardian");
  CHECK(custody.holder == "holder");
  CHECK(pack.find_form("team")->members == "staff");
}

TEST_CASE("load: processes keep what the file says") {
  const LoadResult loaded = load(sample_files(), {});
  REQUIRE(loaded.pack != nullptr);
  const model::Process& big = *loaded.pack->find_process("big-report");
  const model::Transition& publish = *big.find_transition("publish");
  CHECK(publish.four_eyes == std::vector<std::string>{"decide"});
  CHECK(publish.not_before->is_hard);
  CHECK_FALSE(big.find_transition("hurry")->not_before->is_hard);
  CHECK(big.find_transition("prolong")->extends_by == "extension");
  const model::DeadlineRule& react = *big.find_deadline("react");
  CHECK(react.start.entered_state == "heard");
  CHECK(react.missed_task_role == "keeper");
  CHECK(react.escalate.size() == 2);
  const model::Process& small = *loaded.pack->find_process("small-report");
  CHECK(small.find_transition("lapse")->is_automatic);
  CHECK(small.find_transition("close")->fields.at("outcome") == model::Need::kRequired);
  CHECK(small.find_deadline("agreed")->missed_transition == "lapse");
  CHECK(small.find_deadline("agreed")->warn.size() == 2);
}

TEST_CASE("load: facts of YAML and CSV are alike") {
  const LoadResult loaded = load(sample_files(), {});
  REQUIRE(loaded.pack != nullptr);
  const auto file = std::find_if(loaded.pack->facts.begin(), loaded.pack->facts.end(),
                                 [](const model::FactFile& f) { return f.id == "small-tools"; });
  REQUIRE(file != loaded.pack->facts.end());
  REQUIRE(file->facts.size() == 2);
  const model::Fact& drill = file->facts.at(1);
  CHECK(drill.from == Date::of(2024, 3, 1));
  CHECK(canonical_json(drill.fields).value() ==
        R"~({"also":["saw","drill"],"belongs_to":"fact(sample/long-ladder)","kind":"drill",)~"
        R"~("name":"Boor \"Piet\"","pieces":3})~");
  CHECK(canonical_json(file->facts.at(0).fields.at("made")).value() ==
        R"({"first":"2019-05-01","last":"2019-05-01"})");
}

TEST_CASE("load: the hash is that of the files, whatever their order, and moves with any byte") {
  const Files files = sample_files();
  const std::string hash = hash_of_files(files);
  CHECK(load(files, {}).pack->hash == hash);
  CHECK(hash_of_files(load(files, {}).pack->files) == hash);
  Files changed = files;
  changed["README.md"] += " ";
  CHECK(hash_of_files(changed) != hash);
  CHECK(hash_of_files({{"a", "b"}}) != hash_of_files({{"ab", ""}}));
}

TEST_CASE("load: a pack without pack.yaml and an empty pack are told so") {
  Files files = sample_files();
  files.erase("pack.yaml");
  CHECK(listed(load(files, {}).diagnostics).find("PK-0001 pack.yaml error") != std::string::npos);
  CHECK(listed(load({}, {}).diagnostics).find("PK-0001") != std::string::npos);
}

TEST_CASE("load: too big is told before anything is read") {
  Files files = sample_files();
  files["facts/big.csv"] = std::string(kMaxFileBytes + 1, 'x');
  const LoadResult loaded = load(files, {});
  CHECK(loaded.pack == nullptr);
  CHECK(listed(loaded.diagnostics).starts_with("PK-0002 facts/big.csv error"));
  CHECK(loaded.diagnostics.size() == 1);
  Files many;
  for (std::size_t i = 0; i <= kMaxFiles; ++i) many["lists/l" + std::to_string(i) + ".yaml"] = "";
  CHECK(listed(load(many, {}).diagnostics).starts_with("PK-0002"));
}

TEST_CASE("load: a folder with too many files and a form with too many columns are told so") {
  Files files = sample_files();
  for (int i = 0; i < 501; ++i) files["tests/t" + std::to_string(i) + ".yaml"] = "tests: x";
  CHECK(listed(load(files, {}).diagnostics).find("PK-0014 tests/") != std::string::npos);
  files = sample_files();
  std::string& form = files["forms/tool.yaml"];
  for (int i = 0; i < 1001; ++i) {
    form += "  extra" + std::to_string(i) + ": {type: boolean, label: {nl: a, en: b}}\n";
  }
  CHECK(listed(load(files, {}).diagnostics).find("PK-0014 forms/tool.yaml") != std::string::npos);
}

TEST_CASE("load: a text that is too long for people is told so") {
  Files files = sample_files();
  std::string& text = files["lists/kind.yaml"];
  text.replace(text.find("Zaag"), 4, std::string(1001, 'z'));
  CHECK(listed(load(files, {}).diagnostics).starts_with("PK-0025 lists/kind.yaml:5"));
}

TEST_CASE("load: aliases copy, and an alias bomb is stopped") {
  Files files = sample_files();
  std::string& tests = files["tests/small-report.yaml"];
  const std::string fields = "fields:\n      subject: Losse trede\n      weight: light\n      tool";
  tests.replace(tests.find(fields), 7, "fields: &report");
  tests += "  - {name: the same again, form: report, fields: *report, from: 2024-03-01, "
           "on: 2024-03-02, expect: {state: open}}\n";
  CHECK(listed(load(files, {}).diagnostics) == "");

  std::string bomb = "list: bomb\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 15; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 0; k < 9; ++k) bomb += ", " + before;
    bomb += "]\n";
  }
  CHECK(listed(load({{"lists/bomb.yaml", bomb}}, {}).diagnostics).find("PK-0011") !=
        std::string::npos);
  const std::string wide = "list: wide\na: &a " + std::string(1 << 20, 'x') +
                           "\nb: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n";
  CHECK(listed(load({{"lists/wide.yaml", wide}}, {}).diagnostics).find("PK-0011") !=
        std::string::npos);
}

TEST_CASE("load: a line of many values is read to the limit and no further") {
  std::string line = "list: long\na: [";
  for (int i = 0; i < 250'000; ++i) line += "x, ";
  const LoadResult loaded = load({{"lists/long.yaml", line + "y]\n"}}, {});
  CHECK(listed(loaded.diagnostics).find("PK-0011 lists/long.yaml:2:") != std::string::npos);
}

TEST_CASE("load: more findings than anybody reads are cut off with a word") {
  Files files = sample_files();
  std::string rows = "id,kind\n";
  for (int i = 0; i < 2000; ++i) rows += "r" + std::to_string(i) + ",nothing\n";
  files["facts/small-tools.csv"] = rows;
  const LoadResult loaded = load(files, {});
  CHECK(loaded.diagnostics.size() == 1001);
  CHECK(listed(loaded.diagnostics).find("PK-0015") != std::string::npos);
}

// A second pack that needs the sample: its form refers to the sample's, its facts to its facts.
Files friend_files() {
  Files files;
  files["pack.yaml"] = R"(pack: friend
title: {nl: Vriend, en: Friend}
description: {nl: Verzonnen, en: Invented}
version: 1.0.0
status: draft
needs: [sample]
)";
  files["forms/loan.yaml"] = R"(form: loan
title: {nl: Lening, en: Loan}
plural: {nl: Leningen, en: Loans}
description: {nl: Wie wat leent, en: Who borrows what}
subject: none
basis:
  law: Huisregels
  article: '5'
  controller: {nl: a, en: a}
  recipients: {nl: a, en: a}
  purpose: {nl: a, en: a}
  retention: P1Y
audience: internal
name: [kind]
access: {administrator: [read]}
fields:
  kind: {type: choice, label: {nl: Soort, en: Kind}, list: sample/kind, required: true}
  tool: {type: reference, label: {nl: Gereedschap, en: Tool}, form: sample/tool}
)";
  files["facts/loans.yaml"] = R"(facts: loans
form: loan
organisation: {id: tool-library, name: Bibliotheek}
records:
  - {id: first-loan, fields: {kind: saw, tool: fact(sample/long-ladder)}}
)";
  return files;
}

TEST_CASE("load: a pack uses lists, forms and facts of a pack that it needs") {
  const LoadResult loaded = load(friend_files(), testing::sample_packs());
  CHECK(listed(loaded.diagnostics) == "");
  CHECK(needs_of(friend_files()) == std::vector<std::string>{"sample"});
}

TEST_CASE("load: without the needed pack only that is told") {
  const LoadResult loaded = load(friend_files(), {});
  CHECK(loaded.diagnostics.size() == 1);
  CHECK(listed(loaded.diagnostics).starts_with("PK-0050 pack.yaml:6:9"));
}

TEST_CASE("load: what the needed pack lacks is told") {
  Files files = friend_files();
  std::string& form = files["forms/loan.yaml"];
  form.replace(form.find("sample/kind"), 11, "sample/kinds");
  CHECK(listed(load(files, testing::sample_packs()).diagnostics).starts_with("PK-0040"));
  files = friend_files();
  std::string& facts = files["facts/loans.yaml"];
  facts.replace(facts.find("long-ladder"), 11, "lang-ladder");
  const std::string told = listed(load(files, testing::sample_packs()).diagnostics);
  CHECK(told.starts_with("PK-0121 facts/loans.yaml:5"));
  CHECK(told.find("\"sample/long-ladder\"") != std::string::npos);
}

TEST_CASE("register: every form stands in it with its basis") {
  const Json entries = processing_register(*load(sample_files(), {}).pack);
  REQUIRE(entries.as_array().size() == 2);
  const json::object& report = entries.at(0).as_object();
  CHECK(report.at("form").as_string() == "sample/report");
  CHECK(report.at("retention").as_string() == "P5Y");
  CHECK(report.at("most_sensitive").as_string() == "confidential");
  CHECK(report.at("controller").at("en").as_string() == "The library");
  CHECK(report.at("personal_data").as_bool() == false);
}

// ------------------------------------------------------------ mutations

std::string random_piece(Rng& rng) {
  static const char* const kPieces[] = {
      "{",  "}",    "[",   "]",  ":",    "\n",   "\n  ", "- ",  "\"", "'",     "&a ", "*a",
      "!!", "---\n", "\t", "#",  ", ",   "null", "true", "0",   "-1", "\xC3", "\xF0\x9F\x98\x80",
      "?",  "|\n",  ">",   "%Y", "same", "fact(", "9999999999999999999999", "2024-02-30", "\r\n"};
  return kPieces[rng.below(std::size(kPieces))];
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
    lines.push_back(text.substr(at, end + 1 - at));
    at = end + 1;
  }
  return lines;
}

void mutate_lines(std::string& text, Rng& rng) {
  std::vector<std::string> lines = lines_of(text);
  if (lines.empty()) return;
  const auto a = static_cast<std::ptrdiff_t>(rng.below(lines.size()));
  const auto b = static_cast<std::ptrdiff_t>(rng.below(lines.size()));
  switch (rng.below(4)) {
    case 0: lines.erase(lines.begin() + a); break;
    case 1: std::swap(lines[static_cast<std::size_t>(a)], lines[static_cast<std::size_t>(b)]);
      break;
    case 2: lines.insert(lines.begin() + a, lines[static_cast<std::size_t>(b)]); break;
    default: lines[static_cast<std::size_t>(a)].insert(0, "  "); break;
  }
  text.clear();
  for (const std::string& line : lines) text += line;
}

void mutate(std::string& text, Rng& rng) {
  if (text.empty()) return;
  const std::size_t at = rng.below(text.size());
  switch (rng.below(5)) {
    case 0: text[at] = static_cast<char>(rng.below(256)); break;
    case 1: text.insert(at, random_piece(rng)); break;
    case 2: text.erase(at, 1 + rng.below(8)); break;
    case 3: text.resize(at); break;
    default: mutate_lines(text, rng); break;
  }
}

TEST_CASE("load: whatever happens to a file, there is a pack or a finding with a place") {
  constexpr std::uint64_t kSeed = 20260415;
  CAPTURE(kSeed);
  SeededRng rng(kSeed);
  const Files original = sample_files();
  int refused = 0;
  int good = 0;
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    Files files = original;
    auto file = files.begin();
    std::advance(file, static_cast<std::ptrdiff_t>(rng.below(files.size())));
    const std::uint64_t times = 1 + rng.below(3);
    for (std::uint64_t i = 0; i < times; ++i) mutate(file->second, rng);
    const LoadResult loaded = load(files, {});
    ++(loaded.pack == nullptr ? refused : good);
    if (loaded.pack != nullptr) continue;
    REQUIRE(has_errors(loaded.diagnostics));
    for (const Diagnostic& d : loaded.diagnostics) {
      // Not UTF-8 and a cut-off list are the only findings without a line.
      REQUIRE((d.line > 0 || d.id == "PK-0003" || d.id == "PK-0015"));
    }
  }
  CHECK(refused > 100);
  CHECK(good > 20);
}

}  // namespace
}  // namespace zicht::packs
