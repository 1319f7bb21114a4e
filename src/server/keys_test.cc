// `zicht keys` as an operator runs it. The loss drill of docs/operate.md is run as it stands there.
#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>
#include <string>

#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;
using testing::Desk;
using testing::has;

// The indented lines below a heading of a page.
std::vector<std::string> steps_below(const std::string& page, const std::string& heading) {
  std::vector<std::string> steps;
  std::istringstream lines(*read_file(page));
  bool is_below = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("#")) is_below = line == heading;
    if (is_below && line.starts_with("    ")) steps.push_back(line.substr(4));
  }
  return steps;
}

// Runs one step in the folder of the desk, which `./` stands for.
void run_step(const Desk& zicht, const std::string& step) {
  CAPTURE(step);
  const auto mark = step.find("# ");
  std::istringstream text(step.substr(0, mark));
  Words words;
  for (std::string word; text >> word;) {
    words.push_back(word.starts_with("./") ? zicht.folder + word.substr(1) : word);
  }
  REQUIRE_FALSE(words.empty());
  const std::string program = words.front();
  words.erase(words.begin());
  if (program == "mkdir") {
    fs::create_directory(words.at(0));
  } else if (program == "mv") {
    fs::rename(words.at(0), words.at(1));
  } else if (program == "rm") {
    fs::remove_all(words.at(1));
  } else {
    REQUIRE(program == "zicht");
    const auto run = zicht.plain(words);
    CAPTURE(run.complained);
    if (mark == std::string::npos) {
      CHECK(run.code == kGood);
    } else {
      CHECK(run.code == kBad);
      CHECK(has(run.complained, step.substr(mark + 2)));
    }
  }
}

}  // namespace

TEST_CASE("keys: the loss drill goes as it is written down") {
  const Desk zicht;
  REQUIRE(zicht({"init", "--organisation", "org", "--admin", "beheer"}).code == kGood);
  REQUIRE(zicht({"journal", "checkpoint"}).code == kGood);
  const auto steps = steps_below("docs/operate.md", "### Loss drill");
  REQUIRE(steps.size() > 5);
  for (const std::string& step : steps) run_step(zicht, step);
  CHECK(fs::exists(zicht.folder + "/data/keys/master.key"));
}

TEST_CASE("keys: after a new master key everything opens, and an old escrow does not fit") {
  const Desk zicht;
  REQUIRE(zicht({"init", "--organisation", "org", "--admin", "beheer"}).code == kGood);
  const std::string safe = zicht.folder + "/safe", escrow = zicht.folder + "/escrow.json";
  REQUIRE(zicht({"keys", "recipient", safe}).code == kGood);
  CHECK(has(zicht({"keys", "recipient", safe}).complained, "ST-0056"));
  REQUIRE(zicht({"keys", "escrow", escrow, "--to", safe + ".pub"}).code == kGood);
  CHECK(has(zicht({"keys", "escrow", escrow, "--to", zicht.folder + "/out"}).complained,
            "ST-0054"));
  CHECK(has(zicht({"keys", "rotate"}).complained, "ST-0057"));
  CHECK(has(zicht({"keys", "rotate", "--by", "nobody"}).complained, "SV-0060"));
  const Words rotate{"keys", "rotate", "--by", "beheer"};
  REQUIRE(zicht(rotate).code == kGood);
  CHECK(zicht({"journal", "verify"}).code == kGood);
  CHECK(zicht({"rebuild", "--check"}).code == kGood);
  fs::remove_all(zicht.folder + "/data/keys");
  CHECK(has(zicht(rotate).complained, "ST-0050"));
  CHECK(has(zicht({"init"}).complained, "ST-0050"));
  CHECK(has(zicht({"keys", "recover", escrow, "--with", safe}).complained, "ST-0051"));
  CHECK(has(zicht({"keys", "recover", escrow, "--with", safe + ".pub"}).complained, "ST-0055"));
  CHECK_FALSE(fs::exists(zicht.folder + "/data/keys/master.key"));
}

TEST_CASE("keys: what is not understood says so, and where there is nothing there are no keys") {
  const Desk zicht;
  for (const Words& words : {Words{"keys", "rotate", "now"}, Words{"keys", "escrow", "file"},
                             Words{"keys", "recover", "file"}, Words{"keys", "lose"}}) {
    const auto run = zicht(words);
    CHECK(run.code == kUsage);
    CHECK(has(run.complained, "SV-0023"));
  }
  CHECK(has(zicht({"keys", "rotate"}).complained, "SV-0040"));
}

}  // namespace zicht::server
