// Differences between versions: the sample against the sample with one thing changed, and the
// change, or the breaking change, that must be told.
#include "packs/diff.h"

#include <doctest/doctest.h>

#include <string>

#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

model::PackPtr loaded(const Files& files) {
  const LoadResult result = load(files, {});
  INFO(testing::listed(result.diagnostics));
  REQUIRE(result.pack != nullptr);
  return result.pack;
}

// The difference that one replacement makes, with a raised version.
PackDiff diff_with(const std::string& file, const std::string& from, const std::string& to) {
  const Files before = testing::sample_files();
  const Files after = testing::replaced(before, "pack.yaml", "version: 1.0.0", "version: 1.0.1");
  return diff(*loaded(before), *loaded(testing::replaced(after, file, from, to)));
}

bool tells(const PackDiff& difference, ChangeKind kind, const std::string& what) {
  for (const Change& change : difference.changes) {
    if (change.kind == kind && change.what == what) return true;
  }
  return false;
}

struct Breaking {
  const char* file;
  const char* from;
  const char* to;
  const char* id;
  const char* what;
};

const Breaking kBreaking[] = {
    {"forms/tool.yaml", "  manual: {type: url, label: {nl: Handleiding, en: Manual}}\n", "",
     "PK-0202", "field tool.manual"},
    {"forms/tool.yaml", "      since: {type: integer, label: {nl: Sinds, en: Since}, min: 1500, "
     "max: 2100}\n", "", "PK-0202", "field tool.maker.since"},
    {"lists/weight.yaml", "  note: {label: {nl: Alleen ter informatie, en: For information only}}"
     "\n", "", "PK-0202", "code weight.note"},
    {"forms/tool.yaml", "shelf: {type: text", "shelf: {type: boolean", "PK-0203",
     "field tool.shelf"},
    {"forms/tool.yaml", "max: 250, scale: 3", "max: 250, scale: 2", "PK-0203",
     "field tool.weight_kg"},
    {"forms/tool.yaml", "Checked on}, many: true", "Checked on}", "PK-0204", "field tool.checks"},
    {"forms/tool.yaml", "max: 80", "max: 79", "PK-0205", "field tool.name"},
    {"forms/tool.yaml", "many: true, max_items: 3", "many: true, max_items: 2", "PK-0205",
     "field tool.also"},
    {"forms/tool.yaml", "  shelf:", "  fresh: {type: boolean, label: {nl: a, en: b}, required: "
     "true}\n  shelf:", "PK-0206", "field tool.fresh"},
    {"forms/report.yaml", "en: Outcome}, long", "en: Outcome}, required: true, long", "PK-0206",
     "field report.outcome"},
    {"lists/kind.yaml", "{nl: Zeis, en: Scythe}, from: 2000-01-01, to: 2020-01-01",
     "{nl: Zeef, en: Sieve}", "PK-0207", "code kind.scythe"},
};

TEST_CASE("diff: a change that breaks stored records is told with its file") {
  for (const Breaking& breaking : kBreaking) {
    CAPTURE(breaking.what);
    Files before = testing::sample_files();
    // Rows and tests of the old content would be refused by the new one before diff sees it.
    for (const char* folder : {"facts/", "tests/"}) {
      std::erase_if(before, [&](const auto& file) { return file.first.starts_with(folder); });
    }
    Files after = testing::replaced(before, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
    after = testing::replaced(after, breaking.file, breaking.from, breaking.to);
    const PackDiff difference = diff(*loaded(before), *loaded(after));
    REQUIRE(difference.is_breaking());
    const Diagnostic& told = difference.breaking.at(0);
    CHECK(told.id == breaking.id);
    CHECK(told.file == breaking.file);
    CHECK(told.message.en.find(breaking.what) != std::string::npos);
    CHECK(difference.breaking.size() == 1);
  }
}

TEST_CASE("diff: a form, process, state, transition or deadline that is gone breaks") {
  const model::PackPtr before = loaded(testing::sample_files());
  const auto broken_by = [&](auto change) {
    model::Pack after = *before;
    after.hash = std::string(64, '0');
    after.version = "2.0.0";
    change(after);
    const PackDiff difference = diff(*before, after);
    std::string text;
    for (const Diagnostic& d : difference.breaking) text += d.id + " " + d.message.en + "\n";
    return text;
  };
  const auto gone = [](const std::string& what) {
    return "PK-0202 Removed: " + what + ". Old records still use it.\n";
  };
  CHECK(broken_by([](model::Pack& p) { p.forms.pop_back(); }) == gone("form tool"));
  CHECK(broken_by([](model::Pack& p) { p.lists.pop_back(); }) == gone("list weight"));
  CHECK(broken_by([](model::Pack& p) { p.processes.pop_back(); }) ==
        gone("process small-report"));
  CHECK(broken_by([](model::Pack& p) { p.processes.back().states.pop_back(); }) ==
        gone("state small-report.closed"));
  CHECK(broken_by([](model::Pack& p) { p.processes.back().transitions.pop_back(); }) ==
        gone("transition small-report.reopen"));
  CHECK(broken_by([](model::Pack& p) { p.processes.back().deadlines.pop_back(); }) ==
        gone("deadline small-report.agreed"));
  CHECK(broken_by([](model::Pack& p) { p.desks.clear(); }) == "");
}

TEST_CASE("diff: labels, new codes, wider limits and retired fields do not break") {
  PackDiff difference = diff_with("lists/kind.yaml", "nl: Zaag", "nl: Handzaag");
  CHECK_FALSE(difference.is_breaking());
  CHECK(tells(difference, ChangeKind::kChanged, "code kind.saw"));
  CHECK(difference.changes.at(1).text.nl == "label: Zaag -> Handzaag");
  CHECK(difference.changes.at(1).text.en == "label: Saw -> Saw");
  difference = diff_with("lists/kind.yaml", "  drill:", "  axe: {label: {nl: Bijl, en: Axe}}\n"
                         "  drill:");
  CHECK_FALSE(difference.is_breaking());
  CHECK(tells(difference, ChangeKind::kAdded, "code kind.axe"));
  difference = diff_with("forms/tool.yaml", "max: 80", "max: 90");
  CHECK_FALSE(difference.is_breaking());
  CHECK(tells(difference, ChangeKind::kChanged, "field tool.name"));
  difference = diff_with("forms/tool.yaml", "en: Manual}}", "en: Manual}, retired: 2026-01-01}");
  CHECK(tells(difference, ChangeKind::kChanged, "field tool.manual"));
  difference = diff_with("processes/big-report.yaml", "term: P2W", "term: P3W");
  CHECK_FALSE(difference.is_breaking());
  CHECK(tells(difference, ChangeKind::kChanged, "deadline big-report.publication-wait"));
  CHECK(tells(difference, ChangeKind::kChanged, "file processes/big-report.yaml"));
  difference = diff_with("processes/small-report.yaml", "meaning: done, audience: public}",
                         "meaning: done, audience: public, fixed: true}");
  CHECK_FALSE(difference.is_breaking());
  CHECK(tells(difference, ChangeKind::kChanged, "state small-report.closed"));
}

TEST_CASE("diff: a changed content needs a version that grows") {
  const Files before = testing::sample_files();
  const Files after = testing::replaced(before, "lists/kind.yaml", "nl: Zaag", "nl: Handzaag");
  const PackDiff difference = diff(*loaded(before), *loaded(after));
  REQUIRE(difference.is_breaking());
  CHECK(difference.breaking.at(0).id == "PK-0201");
  const PackDiff same = diff(*loaded(before), *loaded(before));
  CHECK(same.changes.empty());
  CHECK_FALSE(same.is_breaking());
}

TEST_CASE("diff: versions compare as numbers") {
  CHECK(compare_versions("1.0.0", "1.0.0") == 0);
  CHECK(compare_versions("1.9.0", "1.10.0") == -1);
  CHECK(compare_versions("2.0.0", "1.99.99") == 1);
}

}  // namespace
}  // namespace zicht::packs
