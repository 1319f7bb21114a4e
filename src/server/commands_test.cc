// The commands of `zicht` as a person runs them: words in; exit code, what is said and what is left
// on disk out. Each test has a folder of its own (testing/desk.h).
#include "server/commands.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "app/testing/unreadable_pack.h"
#include "server/folder.h"
#include "server/installation.h"
#include "server/password_hasher.h"
#include "server/terminal.h"
#include "server/testing/desk.h"
#include "store/sqlite/sqlite_driver.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;
using testing::Desk;
using testing::has;

const std::string kSample = "tests/packs/sample";

}  // namespace

TEST_CASE("command: from nothing to loaded facts, twice the same, right and equal to the journal") {
  const Desk zicht;
  const auto made = zicht({"init", "--organisation", "org", "--name", "Org", "--admin", "beheer"});
  CHECK(made.code == kGood);
  CHECK(has(made.said, "beheer"));
  CHECK(fs::status(zicht.folder + "/data/keys/master.key").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(zicht({"pack", "activate", kSample}).code == kGood);
  CHECK(zicht({"pack", "diff", kSample}).code == kGood);
  const auto loaded = zicht({"facts", "load"});
  CHECK(loaded.code == kGood);
  CHECK_FALSE(has(loaded.said, " 0 new"));
  CHECK(has(zicht({"facts", "load"}).said, " 0 n"));
  CHECK(zicht({"scheduler", "run", "--today", "2030-01-01"}).code == kGood);
  CHECK(zicht({"journal", "checkpoint"}).code == kGood);
  CHECK(zicht({"journal", "verify"}).code == kGood);
  CHECK(zicht({"rebuild", "--check"}).code == kGood);
  CHECK(zicht({"rebuild"}).code == kGood);
  CHECK(zicht({"rebuild", "--check"}).code == kGood);
}

TEST_CASE("command: a pack by itself finds what it needs among the active ones") {
  const Desk zicht;
  REQUIRE(zicht({"init"}).code == kGood);
  const std::string alone = zicht.folder + "/friend";
  REQUIRE(fs::create_directory(alone));
  REQUIRE(write_file(alone + "/pack.yaml",
                     "pack: friend\ntitle: {nl: Vriend, en: Friend}\n"
                     "description: {nl: Verzonnen, en: Invented}\nversion: 1.0.0\nstatus: draft\n"
                     "needs: [sample]\n",
                     false)
              .has_value());
  CHECK(has(zicht({"pack", "activate", alone}).complained, "PK-0050"));
  REQUIRE(zicht({"pack", "activate", kSample}).code == kGood);
  CHECK(zicht({"pack", "diff", alone}).code == kGood);
  CHECK(zicht({"pack", "activate", alone}).code == kGood);
}

TEST_CASE("command: pack test makes the letters of its tests, and tells what differs") {
  const Desk zicht;
  const std::string copy = zicht.folder + "/letters";
  fs::copy("tests/packs/letters", copy, fs::copy_options::recursive);
  const auto good = zicht.plain({"pack", "test", copy});
  CHECK_MESSAGE(good.code == kGood, good.said, good.complained);
  CHECK(has(good.said, "2 passed, 0 failed"));
  std::string text = *read_file(copy + "/tests/letters.yaml");
  const auto change = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    REQUIRE(write_file(copy + "/tests/letters.yaml", text, false).has_value());
  };
  change("There is no fence.", "There is a fence.");
  change("from: [south]", "from: [gate]");
  change("state: painted, fields: {what: Poort", "state: paintd, fields: {what: Poort");
  const auto bad = zicht.plain({"pack", "test", copy});
  CHECK(bad.code == kBad);
  CHECK(has(bad.said, "0 passed, 2 failed"));
  CHECK(has(bad.said, "tests/letters.yaml"));
  CHECK(has(bad.said, "\"There is no fence.\" from source(invented)"));
  CHECK(has(bad.said, "record gate"));
  // Nothing is left of the stores in which they were made.
  for (const auto& entry : fs::directory_iterator(fs::temp_directory_path())) {
    CHECK_FALSE(entry.path().filename().string().starts_with("zicht-test-"));
  }
}

TEST_CASE("command: erase asks who decides and why, and knows persons and administrators only") {
  const Desk zicht;
  REQUIRE(zicht({"init", "--organisation", "org", "--name", "Org", "--admin", "beheer"}).code ==
          kGood);
  const auto unsaid = zicht({"erase", "somebody"});
  CHECK(unsaid.code == kUsage);
  CHECK(has(unsaid.complained, "SV-0061"));
  const auto by_nobody = zicht({"erase", "somebody", "--by", "nobody", "--reason", "asked"});
  CHECK(by_nobody.code == kBad);
  CHECK(has(by_nobody.complained, "SV-0060"));
  const auto of_nobody = zicht({"erase", "somebody", "--by", "beheer", "--reason", "asked"});
  CHECK(of_nobody.code == kBad);
  CHECK(has(of_nobody.complained, "ST-0043"));
  CHECK(has(zicht({"erase", "somebody", "--list"}).complained, "ST-0043"));
}

TEST_CASE("command: init again keeps what is there and tells no password twice") {
  const Desk zicht;
  const Words words{"init", "--organisation", "org", "--admin", "beheer"};
  const auto first = zicht(words);
  const auto key = *read_file(zicht.folder + "/data/keys/master.key");
  const auto again = zicht(words);
  CHECK(again.code == kGood);
  CHECK(*read_file(zicht.folder + "/data/keys/master.key") == key);
  CHECK(first.said.size() > again.said.size());
}

TEST_CASE("command: init writes the configuration file that it is given a name for") {
  const Desk zicht;
  const std::string path = zicht.folder + "/new.conf";
  REQUIRE(zicht({"init", "--config", path}).code == kGood);
  CHECK(has(*read_file(path), zicht.folder + "/data"));
  CHECK(zicht.plain({"pack", "activate", kSample, "--config", path}).code == kGood);
}

TEST_CASE("command: demo accounts are one per role, and one more where two persons are needed") {
  const Desk zicht;
  REQUIRE(zicht({"init"}).code == kGood);
  REQUIRE(zicht({"pack", "activate", kSample}).code == kGood);
  const auto accounts = zicht({"demo", "accounts"});
  CHECK(accounts.code == kGood);
  for (const char* login : {"administrator", "auditor", "keeper", "keeper-2", "lender"}) {
    CHECK(has(accounts.said, std::string("zicht-demo-") + login));
  }
  CHECK(zicht({"account", "add", "anna", "Anna", "--organisation", "demo", "--roles",
               "sample/keeper"})
            .code == kGood);
  CHECK(zicht({"account", "add", "bert", "Bert", "--organisation", "demo", "--roles",
               "sample/no-such-role"})
            .code == kBad);
}

TEST_CASE("command: a server with demo accounts does not listen beyond this machine") {
  const Desk zicht;
  REQUIRE(zicht({"init"}).code == kGood);
  REQUIRE(zicht({"demo", "accounts"}).code == kGood);
  const std::string path = zicht.folder + "/zicht.conf";
  const std::string text = "address = 0.0.0.0\nport = 0\nbehind_tls = yes\ndata = " +
                           zicht.folder + "/data\n";
  REQUIRE(write_file(path, text, false).has_value());
  const auto run = zicht.plain({"serve", "--config", path});
  CHECK(run.code == kBad);
  CHECK(has(run.complained, "SV-0050"));
}

TEST_CASE("command: a broken pack is told with its file and line, and the old one stays") {
  const Desk zicht;
  REQUIRE(zicht({"init"}).code == kGood);
  const std::string copy = zicht.folder + "/sample";
  fs::copy(kSample, copy, fs::copy_options::recursive);
  REQUIRE(zicht({"pack", "activate", copy}).code == kGood);
  auto text = *read_file(copy + "/forms/tool.yaml");
  text.replace(text.find("type: text"), 10, "type: tekst");
  REQUIRE(write_file(copy + "/forms/tool.yaml", text, false).has_value());
  for (const char* act : {"check", "test", "diff", "activate"}) {
    const auto run = zicht({"pack", act, copy});
    CHECK(run.code == kBad);
    CHECK(has(run.complained, "forms/tool.yaml:"));
  }
  CHECK(zicht({"facts", "load"}).code == kGood);
}

TEST_CASE("command: a changed pack is told change by change, and needs a higher version") {
  const Desk zicht;
  REQUIRE(zicht({"init"}).code == kGood);
  const std::string copy = zicht.folder + "/sample";
  fs::copy(kSample, copy, fs::copy_options::recursive);
  REQUIRE(zicht({"pack", "activate", copy}).code == kGood);
  const auto replace = [&](const std::string& file, const std::string& from,
                           const std::string& to) {
    auto text = *read_file(copy + file);
    text.replace(text.find(from), from.size(), to);
    REQUIRE(write_file(copy + file, text, false).has_value());
  };
  replace("/forms/tool.yaml", "nl: Naam,", "nl: Benaming,");
  const auto same_version = zicht({"pack", "diff", copy});
  CHECK(same_version.code == kBad);
  CHECK(has(same_version.complained, "pack.yaml:"));
  CHECK(has(same_version.complained, "PK-0201"));
  CHECK(has(same_version.complained, "AP-0030"));
  CHECK_FALSE(has(same_version.complained, "AP-0031"));
  replace("/pack.yaml", "version: 1.", "version: 2.");
  const auto diff = zicht({"pack", "diff", copy});
  CHECK(diff.code == kGood);
  CHECK(has(diff.said, "field tool.name"));
  CHECK(zicht({"pack", "activate", copy}).code == kGood);
}

TEST_CASE("command: words that are not understood say what there is") {
  const Desk zicht;
  const auto check = [&](const Words& words, const std::string& id) {
    const auto run = zicht.plain(words);
    CHECK(run.code == kUsage);
    CHECK(has(run.complained, id));
  };
  check({"packs"}, "SV-0022");
  check({"pack", "chek", kSample}, "SV-0022");
  check({"journal", "read"}, "SV-0022");
  check({"facts"}, "SV-0023");
  check({"init", "--admin", "beheer"}, "SV-0024");
  check({"serve", "--prt", "80"}, "SV-0020");
  CHECK(has(zicht.plain({"help"}).said, "zicht serve"));
}

TEST_CASE("command: without an installation every command says so and makes nothing") {
  const Desk zicht;
  for (const Words& words : {Words{"facts", "load"}, Words{"journal", "verify"}, Words{"rebuild"},
                             Words{"demo", "accounts"}, Words{"pack", "activate", kSample}}) {
    const auto run = zicht(words);
    CHECK(run.code == kBad);
    CHECK(has(run.complained, "SV-0040"));
  }
  CHECK_FALSE(exists(zicht.folder + "/data"));
}

TEST_CASE("command: a configuration file is checked line by line") {
  const Desk zicht;
  const std::string path = zicht.folder + "/zicht.conf";
  REQUIRE(write_file(path, "port = 80\nweb =\n", false).has_value());
  CHECK(zicht.plain({"config", "check", path}).code == kGood);
  REQUIRE(write_file(path, "port = tachtig\n", false).has_value());
  const auto run = zicht.plain({"config", "check", path});
  CHECK(run.code == kBad);
  CHECK(has(run.complained, path + ":1"));
}

// Version 9.0.0 of the sample becomes active as something that no engine can read.
void activate_unreadable(const std::string& data) {
  QuietFeed feed;
  Config config;
  config.data = data;
  auto installation = Installation::open({config, &feed, false});
  REQUIRE(installation.has_value());
  app::testing::activate_unreadable((*installation)->store(), "sample",
                                    *read_pack_folder(kSample));
}

TEST_CASE("command: a pack version that cannot be read is told by each and mended by activating") {
  const Desk zicht;
  REQUIRE(zicht({"init", "--organisation", "org"}).code == kGood);
  REQUIRE(zicht({"pack", "activate", kSample}).code == kGood);
  REQUIRE(zicht({"facts", "load"}).code == kGood);
  activate_unreadable(zicht.folder + "/data");

  for (const Words& words : {Words{"facts", "load"}, Words{"journal", "verify"},
                             Words{"journal", "checkpoint"}, Words{"scheduler", "run"},
                             Words{"pack", "diff", kSample}}) {
    CAPTURE(words[0]);
    const auto run = zicht(words);
    CHECK(run.code == kGood);
    CHECK(has(run.complained, "AP-0032"));
    CHECK(has(run.complained, "sample/forms/later.yaml:1"));
  }
  CHECK(zicht({"rebuild", "--check"}).code == kBad);
  CHECK(zicht({"pack", "activate", kSample}).code == kGood);
  const auto loaded = zicht({"facts", "load"});
  CHECK(has(loaded.said, " 0 withdrawn"));
  CHECK_FALSE(has(loaded.complained, "AP-0032"));
  CHECK(zicht({"rebuild", "--check"}).code == kGood);
}

TEST_CASE("command: a store of an older format is raised before it is written to, whatever packs") {
  const Desk zicht;
  REQUIRE(zicht({"init", "--organisation", "org"}).code == kGood);
  REQUIRE(zicht({"pack", "activate", kSample}).code == kGood);
  activate_unreadable(zicht.folder + "/data");
  const auto database = store::open_sqlite(zicht.folder + "/data/store.sqlite");
  REQUIRE(database.has_value());
  const auto connection = (*database)->connect(store::Access::kWrite);
  REQUIRE(connection.has_value());
  REQUIRE((*connection)
              ->run_script("update meta set value = '1' where name = 'format'; "
                           "update meta set value = '3' where name = 'projections'")
              .has_value());
  const auto run = zicht({"journal", "checkpoint"});
  CHECK(run.code == kGood);
  CHECK(has(run.complained, "AP-0032"));
  const auto number = [&](const char* name) {
    auto rows = (*connection)->query("select value from meta where name = $1", {name});
    REQUIRE((rows.has_value() && rows->next()));
    return std::string(rows->text(0));
  };
  CHECK(number("format") == "2");
  CHECK(number("projections") == "3");
  // As soon as the pack can be read, what is derived follows.
  REQUIRE(zicht({"pack", "activate", kSample}).code == kGood);
  CHECK(zicht({"rebuild", "--check"}).code == kGood);
  CHECK(number("projections") != "3");
}

TEST_CASE("command: a journal that was changed is found") {
  const Desk zicht;
  REQUIRE(zicht({"init", "--organisation", "org"}).code == kGood);
  const std::string checkpoints = zicht.folder + "/data/checkpoints.jsonl";
  REQUIRE(zicht({"journal", "checkpoint"}).code == kGood);
  auto text = *read_file(checkpoints);
  const auto at = text.find("\"hash\":\"") + 8;
  text[at] = text[at] == '0' ? '1' : '0';
  REQUIRE(write_file(checkpoints, text, true).has_value());
  CHECK(zicht({"journal", "verify"}).code == kBad);
  fs::remove(checkpoints);
  const auto gone = zicht({"journal", "verify"});
  CHECK(gone.code == kBad);
  CHECK(has(gone.said, "ST-0037"));
  CHECK(zicht({"journal", "checkpoint"}).code == kGood);
  CHECK(zicht({"journal", "verify"}).code == kGood);
}

TEST_CASE("password hasher: without memory it says so instead of failing hard") {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    // Below the 64 MiB that one hash takes, above what the process holds already.
    std::size_t pages = 0;
    if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
      if (std::fscanf(file, "%zu", &pages) != 1) _exit(3);
      std::fclose(file);
    }
    const rlim_t held = pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
    const rlimit limit{held + (16U << 20), held + (16U << 20)};
    if (setrlimit(RLIMIT_AS, &limit) != 0) _exit(4);
    const auto hash = Argon2Hasher(1).hash("geheim");
    _exit(!hash && hash.error().id == "SV-0010" ? 0 : 5);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

}  // namespace zicht::server
