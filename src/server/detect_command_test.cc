// zicht detect as a person runs it: files in, signals out; what is there already stays.
#include <doctest/doctest.h>

#include "server/folder.h"
#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;

std::string text_of(const std::string& path) {
  const auto text = read_file(path);
  REQUIRE_MESSAGE(text.has_value(), path);
  return *text;
}

constexpr const char* kWeeks = "docs/handboek/voorbeelden/meldingen-per-week.csv";
constexpr const char* kEvents = "docs/handboek/voorbeelden/meldingen.csv";

TEST_CASE("command detect: tells signals as CSV, as JSON and as a page") {
  const Desk zicht;
  const std::string out = zicht.folder + "/signals.csv", page = zicht.folder + "/signals.html";
  const auto told = zicht({"detect", "--method", "ears-c2", "--counts", kWeeks, "--out", out,
                           "--report", page, "--json", "--today", "2026-03-01"});
  CHECK(told.code == kGood);
  CHECK(has(told.said, R"("stream":"thema-a")"));
  CHECK(has(text_of(out), "stream,period,count,expected,bound,"));
  CHECK(has(text_of(out), ",true,"));
  CHECK(has(text_of(page), "<html lang="));
  const auto rules =
      zicht({"detect", "--method", "agreed-rules", "--events", kEvents, "--today", "2026-03-01"});
  CHECK(has(rules.said, "2026-01-05/2026-02-20"));
}

TEST_CASE("command detect: takes settings, and refuses those that nobody knows") {
  const Desk zicht;
  const std::string config = zicht.folder + "/config.yaml";
  const auto asked = [&] {
    return zicht({"detect", "--method", "ears-c2", "--counts", kWeeks, "--config", config,
                  "--today", "2026-03-01"});
  };
  REQUIRE(write_file(config, "judge_last: 3\n", false));
  CHECK(has(asked().said, "2026-02-"));
  REQUIRE(write_file(config, "judge_lst: 3\n", false));
  CHECK(has(asked().complained, "SA-0107"));
  REQUIRE(write_file(config, "judge_last: [\n", false));
  CHECK(asked().code == kBad);
}

TEST_CASE("command detect: writes over nothing, and writes nothing of what is wrong") {
  const Desk zicht;
  const std::string out = zicht.folder + "/signals.csv";
  REQUIRE(write_file(out, "mine", false));
  const auto told = zicht({"detect", "--method", "ears-c2", "--counts", kWeeks, "--out", out});
  CHECK(told.code == kBad);
  CHECK(has(told.complained, "SV-0084"));
  CHECK(text_of(out) == "mine");
  const std::string other = zicht.folder + "/other.csv";
  const auto refused = zicht({"detect", "--method", "ears-c2", "--counts", kWeeks, "--out", other,
                              "--today", "2025-01-01"});
  CHECK(has(refused.complained, "SA-0103"));
  CHECK_FALSE(exists(other));
  CHECK(has(zicht({"detect", "--method", "none", "--counts", kWeeks}).complained, "SA-0100"));
  CHECK(has(zicht({"detect", "--method", "scan"}).complained, "SA-0108"));
  CHECK(zicht({"detect", "surplus"}).code == kUsage);
}

}  // namespace
}  // namespace zicht::server
