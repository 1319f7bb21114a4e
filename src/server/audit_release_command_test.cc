// zicht audit-release as a person runs it: a folder in, a verdict and a status out; what is planted
// in the example is found, and what cannot be read is never clean.
#include <doctest/doctest.h>

#include <filesystem>

#include "server/folder.h"
#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;

constexpr const char* kExample = "docs/handboek/voorbeelden/uitgave";

std::string text_of(const std::string& path) {
  const auto text = read_file(path);
  REQUIRE_MESSAGE(text.has_value(), path);
  return *text;
}

// A copy of the example of the handbook, in which something is changed.
struct Example {
  Desk zicht;
  std::string folder = zicht.folder + "/uitgave";

  Example() { std::filesystem::copy(kExample, folder, std::filesystem::copy_options::recursive); }
  void change(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = text_of(folder + "/" + file);
    const auto at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    text.replace(at, from.size(), to);
    REQUIRE(write_file(folder + "/" + file, text, false));
  }
  auto audited() const { return zicht({"audit-release", "--release", folder, "--json"}); }
};

TEST_CASE("command audit-release: a safe release is clean, with status 0") {
  const Example example;
  const auto found = example.audited();
  CHECK(found.code == kGood);
  CHECK(has(found.said, R"("clean":true)"));
  const auto words = example.zicht({"audit-release", "--release", example.folder});
  CHECK(words.code == kGood);
  CHECK((has(words.said, "geen bezwaar") || has(words.said, "nothing against it")));
}

struct Plant {
  std::string from{};
  std::string to{};
  std::string kind{};
};

TEST_CASE("command audit-release: every breach that is planted is found, with status 1") {
  const std::vector<Plant> all = {
      {"West,16-17,hidden,", "West,16-17,published,3", "\"shown\""},
      {"West,18-22,hidden,", "West,18-22,published,21", "\"interval\""},
      {"Noord,16-17,hidden,", "Noord,16-17,published,12", "\"interval\""},
      {"Noord,totaal,published,32", "Noord,totaal,published,33", "\"altered\""},
      {"West,16-17,hidden,", "West,16-17,hidden,3", "\"hidden_value\""},
  };
  for (const Plant& one : all) {
    const Example example;
    example.change("jongeren-openbaar.csv", one.from, one.to);
    const auto found = example.audited();
    CAPTURE(one.to);
    CHECK(found.code == kBad);
    CHECK(has(found.said, R"("clean":false)"));
    CHECK(has(found.said, one.kind));
  }
}

void write_edition(const std::string& folder, int month, int people) {
  REQUIRE(make_folder(folder));
  const std::string rest = std::to_string(200 + month * 10);
  const std::string all = std::to_string(200 + month * 10 + people);
  REQUIRE(
      write_file(folder + "/release.yaml",
                 "title: Maanden\nedition: \"2025-" + std::to_string(month) +
                     "\"\ntables:\n  - {name: t, table: t.csv, spec: s.yaml, published: p.csv}\n",
                 false));
  REQUIRE(write_file(folder + "/s.yaml",
                     "dimensions: {place: {total: NL}}\nfrequency: n\n"
                     "rules: {threshold: {minimum: 5}}\n",
                     false));
  REQUIRE(write_file(folder + "/t.csv",
                     "place,n\nNL," + all + "\na," + std::to_string(people) + "\nb," + rest + "\n",
                     false));
  REQUIRE(write_file(folder + "/p.csv",
                     "place,status,n\nNL,published," + all + "\na,published," +
                         std::to_string(people) + "\nb,published," + rest + "\n",
                     false));
}

TEST_CASE("command audit-release: finds a small group between two of twelve editions") {
  for (const int small : {0, 2, 7, 12}) {
    const Desk zicht;
    std::vector<std::string> words{"audit-release", "--json", "--release"};
    words.push_back(zicht.folder + "/12");
    words.emplace_back("--history");
    int people = 40;
    for (int month = 1; month <= 12; ++month) {
      people += month == small ? 2 : 20;
      write_edition(zicht.folder + "/" + std::to_string(month), month, people);
      if (month < 12) words.push_back(zicht.folder + "/" + std::to_string(month));
    }
    const auto found = zicht(words);
    CAPTURE(small);
    CHECK(found.code == (small == 0 ? kGood : kBad));
    CHECK(has(found.said, R"("kind":"change")") == (small > 0));
    if (small > 0) continue;
    std::swap(words[5], words[6]);
    const auto unordered = zicht(words);
    CHECK(unordered.code == kUsage);
    CHECK(has(unordered.complained, "SA-0046"));
  }
}

TEST_CASE("command audit-release: what cannot be read is told in one message, with status 2") {
  const std::vector<Plant> all = {
      {"table: jongeren.csv", "table: nergens.csv", "SV-0030"},
      {"table: jongeren.csv", "table: ../jongeren.csv", "SA-0043"},
      {"spec: jongeren.yaml", "sepc: jongeren.yaml", "SA-0002"},
      {"tables:", "tables: []\nother:", "SA-0045"},
      {"    published: jongeren-openbaar.csv",
       "    published: jongeren-openbaar.csv\n  - {name: jongeren, table: jongeren.csv, spec: "
       "jongeren.yaml, published: jongeren-openbaar.csv}",
       "SA-0044"},
  };
  for (const Plant& one : all) {
    const Example example;
    example.change("release.yaml", one.from, one.to);
    const auto found = example.audited();
    CAPTURE(one.to);
    CHECK(found.code == kUsage);
    CHECK(found.said.empty());
    CHECK(has(found.complained, one.kind));
  }
  const std::vector<Plant> tables = {
      {"regio,leeftijd,aantal", "regio,aantal,leeftijd", "SA-0099"},
      {"West,16-17,3", "West,16-17,3\nWest,16-17,3", "SA-0014"},
      {"West,16-17,3", "West,16-17,4", "SA-0016"},
  };
  for (const Plant& one : tables) {
    const Example example;
    example.change("jongeren.csv", one.from, one.to);
    const auto found = example.audited();
    CAPTURE(one.to);
    CHECK(found.code == kUsage);
    CHECK(has(found.complained, one.kind));
  }
  const Desk zicht;
  CHECK(zicht({"audit-release"}).code == kUsage);
  CHECK(zicht({"audit-release", "--release", zicht.folder + "/none"}).code == kUsage);
  CHECK(zicht({"audit-release", "--realease", kExample}).code == kUsage);
}

TEST_CASE("command audit-release: a link does not lead out of the folder") {
  const Example example;
  REQUIRE(write_file(example.zicht.folder + "/outside.csv", "place,n\n", false));
  std::filesystem::remove(example.folder + "/jongeren.csv");
  std::filesystem::create_symlink(example.zicht.folder + "/outside.csv",
                                  example.folder + "/jongeren.csv");
  const auto found = example.audited();
  CHECK(found.code == kUsage);
  CHECK(has(found.complained, "SA-0043"));
}

}  // namespace
}  // namespace zicht::server
