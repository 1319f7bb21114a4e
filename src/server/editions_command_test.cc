// zicht editions write as an operator runs it, on both databases, and what audit-release says of
// the folders: clean as they are written, not clean where something is planted in them.
#include <doctest/doctest.h>

#include <filesystem>

#include "server/installation.h"
#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;

struct EditionsDesk {
  explicit EditionsDesk(const Desk& zicht_) : zicht(zicht_) {
    REQUIRE(zicht({"init", "--organisation", "north", "--name", "Noord"}).code == kGood);
    REQUIRE(zicht({"pack", "activate", "packs/commitments", "packs/bottlenecks"}).code == kGood);
  }

  app::Caller editor(const std::string& name) const {
    app::Caller made;
    made.account = made.person = made.name = name;
    made.organisation = "north";
    made.roles = {"bottlenecks/editor"};
    return made;
  }

  static Json parsed(const std::string& text) {
    auto read = parse_json(text);
    REQUIRE_MESSAGE(read.has_value(), text);
    return *std::move(read);
  }

  void report(app::Services& use, int count, const std::string& kind, const std::string& day) {
    for (int i = 0; i < count; ++i) {
      const Json body = parsed(
          R"({"form":"bottlenecks/bottleneck","valid_from":")" + day +
          R"(","fields":{"what":"Een verzonnen knelpunt","who":["young-homeless"],"rule_kind":")" +
          kind + R"(","frequency":"often","solver":["gemeenten"],"field_of_work":"dakloosheid",)" +
          R"("seen_on":{"first":"2024-05-01","last":"2024-05-01"},"source":"Verzonnen"}})");
      const auto made = use.records.create(editor("anna"), body.as_object(), {});
      REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
    }
  }

  void publish(app::Services& use, const std::string& day) {
    const Json body = parsed(R"({"form":"bottlenecks/bottleneck-edition","valid_from":")" + day +
                             R"(","fields":{"title":"Knelpunten","planned_for":"2030-01-01"}})");
    auto made = use.records.create(editor("anna"), body.as_object(), {});
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
    const auto step = [&](const char* who, const std::string& words) {
      made = use.records.step(editor(who), made->document.id, parsed(words).as_object(),
                              {made->document.version, {}});
      REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
    };
    step("anna", R"({"transition":"freeze","fields":{"reference_day":")" + day +
                     R"(","explanation":"Zo is het"},"reason":""})");
    step("bas", R"({"transition":"publish","fields":{},"reason":""})");
  }

  // Two editions; six and then eleven reports about a law, one about land.
  void publish_two() {
    QuietFeed feed;
    auto installation = Installation::open({.config = zicht.config, .feed = &feed});
    REQUIRE(installation.has_value());
    app::Services& use = (*installation)->services();
    report(use, 6, "law", "2024-06-01");
    report(use, 1, "land", "2024-06-01");
    report(use, 4, "money", "2024-06-01");
    publish(use, "2024-07-01");
    report(use, 5, "law", "2024-08-01");
    publish(use, "2024-12-01");
  }

  std::string folder(const std::string& name) const { return zicht.folder + "/" + name; }
  const Desk& zicht;
};

constexpr const char* kFirst = "/bottlenecks/bottleneck-edition/figures/2024-07-01";
constexpr const char* kSecond = "/bottlenecks/bottleneck-edition/figures/2024-12-01";

auto audited(const Desk& zicht, const std::string& folder) {
  return zicht.plain(
      {"audit-release", "--json", "--release", folder + kSecond, "--history", folder + kFirst});
}

void replace_in(const std::string& path, const std::string& from, const std::string& to) {
  auto text = read_file(path);
  REQUIRE(text.has_value());
  const auto at = text->find(from);
  REQUIRE_MESSAGE(at != std::string::npos, *text);
  text->replace(at, from.size(), to);
  REQUIRE(write_file(path, *text, false).has_value());
}

TEST_CASE("command editions: every published edition is written, once, and is clean") {
  testing::on_both([](const Desk& zicht) {
    EditionsDesk desk(zicht);
    const auto none = zicht({"editions", "write", "--out", desk.folder("none")});
    CHECK(none.code == kBad);
    CHECK(has(none.complained, "SV-0093"));
    CHECK_FALSE(exists(desk.folder("none")));
    desk.publish_two();
    const std::string out = desk.folder("editions");
    const auto done = zicht({"editions", "write", "--out", out + "/"});
    CAPTURE(done.complained);
    REQUIRE(done.code == kGood);
    CHECK(done.said == out + kFirst + "\n" + out + kSecond + "\n");
    const auto found = audited(zicht, out);
    CAPTURE(found.said);
    CHECK(found.code == kGood);
    CHECK(has(found.said, R"("clean":true)"));
    const auto csv = read_file(out + kFirst + "/not-placed.csv");
    REQUIRE(csv.has_value());
    CHECK(has(*csv, "land,(totaal),hidden,\r\n"));
    // What is there stays as it is.
    const auto again = zicht({"editions", "write", "--out", out});
    CHECK(again.code == kBad);
    CHECK(has(again.complained, "SV-0084"));
    std::size_t parts = 0;
    for (const auto& entry : std::filesystem::directory_iterator(zicht.folder)) {
      parts += has(entry.path().string(), ".part-") ? 1 : 0;
    }
    CHECK(parts == 0);
  });
}

TEST_CASE("command editions: what is planted in the folders is found") {
  const Desk zicht;
  EditionsDesk desk(zicht);
  desk.publish_two();
  struct Plant {
    std::string from, to, kind;
  };
  const std::vector<Plant> all = {
      {"land,(totaal),hidden,\r\n", "land,(totaal),published,1\r\n", "\"kind\":\"shown\""},
      {"land,(totaal),hidden,\r\n", "land,(totaal),hidden,1\r\n", "\"detail\":\"hidden_value\""},
  };
  for (std::size_t at = 0; at < all.size(); ++at) {
    const std::string out = desk.folder("planted" + std::to_string(at));
    REQUIRE(zicht({"editions", "write", "--out", out}).code == kGood);
    replace_in(out + kSecond + "/not-placed.csv", all[at].from, all[at].to);
    const auto found = audited(zicht, out);
    CAPTURE(found.said);
    CHECK(found.code == kBad);
    CHECK(has(found.said, all[at].kind));
  }
}

TEST_CASE("command editions: a difference of one person between two editions is found") {
  const Desk zicht;
  EditionsDesk desk(zicht);
  desk.publish_two();
  const std::string out = desk.folder("editions");
  REQUIRE(zicht({"editions", "write", "--out", out}).code == kGood);
  const std::string first = out + kFirst + "/not-placed.csv";
  // Eleven reports then and sixteen now; fifteen would have left one person between them.
  replace_in(first, "(totaal),(totaal),published,11", "(totaal),(totaal),published,15");
  replace_in(first, "(totaal),dakloosheid,published,11", "(totaal),dakloosheid,published,15");
  const auto found = audited(zicht, out);
  CAPTURE(found.said);
  CHECK(found.code == kBad);
  CHECK(has(found.said, R"("kind":"change")"));
}

TEST_CASE("command editions: says what it needs") {
  const Desk zicht;
  CHECK(zicht({"editions"}).code == kUsage);
  CHECK(zicht({"editions", "write"}).code == kUsage);
  CHECK(zicht({"editions", "read", "--out", "x"}).code == kUsage);
  CHECK(zicht({"editions", "write", "--out", zicht.folder + "/x"}).code == kBad);
}

}  // namespace
}  // namespace zicht::server
