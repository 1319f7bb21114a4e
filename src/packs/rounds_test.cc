// Rounds: what is read of them, and that each field suits its place. The pack tests/packs/rounds is
// invented for it.
#include "packs/rounds.h"

#include <doctest/doctest.h>

#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using testing::findings_of;
using testing::loaded;

constexpr const char* kRound = "rounds/season.yaml";

Files gardens() { return testing::read_folder("tests/packs/rounds"); }

// The findings when `from` in the round is `to`.
std::string with(const std::string& from, const std::string& to) {
  return findings_of(testing::replaced(gardens(), kRound, from, to));
}

TEST_CASE("rounds: a round says what is asked of whom, and what goes with it") {
  const auto rounds = rounds_of(*loaded(gardens()));
  REQUIRE(rounds.size() == 1);
  const Round& round = rounds[0];
  CHECK(round.full_id() == "rounds/season");
  CHECK(round.form == "rounds/harvest");
  CHECK(round.of == "season");
  CHECK(round.set.at("by") == "garden");
  CHECK(round.ask == std::vector<std::string>{"how", "why", "note"});
  CHECK(round.open.contains("draft"));
  CHECK(round.replaces == "instead_of");
  REQUIRE(round.views);
  CHECK(round.views->form == "rounds/remark");
  REQUIRE(round.requests);
  CHECK(round.requests->organisation == "club");
  REQUIRE(round.requests->follows.size() == 1);
  CHECK(round.requests->follows[0] == std::pair<std::string, std::string>("hand-in", "answer"));
}

TEST_CASE("rounds: a pack without them has none") {
  CHECK(rounds_of(*loaded(testing::read_folder("tests/packs/maps"))).empty());
}

TEST_CASE("rounds: a field that does not suit its place is told there") {
  CHECK(with("of: season\norder", "of: sesaon\norder").find("PK-0045 rounds/season.yaml:5") == 0);
  CHECK(with("who: garden\namong", "who: how\namong").find("PK-0255") != std::string::npos);
  CHECK(with("rows: crop", "rows: before").find("PK-0255") != std::string::npos);
  CHECK(with("order: day", "order: name") == "PK-0255 rounds/season.yaml:6:8");
  CHECK(with("about: [asked]", "about: [aksed]") == "PK-0045 rounds/season.yaml:11:9");
  CHECK(with("name: title\nprevious", "name: how\nprevious").find("PK-0255") == 0);
  CHECK(with("previous: before", "previous: crop").find("PK-0255") != std::string::npos);
  CHECK(with("among: kind = \"garden\"", "among: kid = \"garden\"").find("FE-") == 0);
  CHECK(with("set: {by: garden}", "set: {by: moon}").find("MO-01") == 0);
  CHECK(with("replaces: instead_of", "replaces: crop").find("PK-0255") != std::string::npos);
  CHECK(with("open: [draft]", "open: [darft]").find("PK-0046") == 0);
  // What is fixed cannot be filled in.
  CHECK(with("open: [draft]", "open: [draft, shown]").find("PK-0275 rounds/season.yaml:18") == 0);
  CHECK(with("form: harvest", "form: harvets").find("PK-0041") == 0);
  CHECK(with("beside: beside", "beside: words").find("PK-0255") == 0);
  CHECK(with("columns: [words, how]", "columns: [word]").find("PK-0045") == 0);
  CHECK(with("organisation: club", "organisation: due").find("PK-0255") == 0);
  CHECK(with("  of: season", "  of: garden").find("PK-0255") == 0);
  CHECK(with("remind: remind", "remind: remnd").find("PK-0047") == 0);
  CHECK(with("{hand-in: answer}", "{hand-inn: answer}").find("PK-0047") == 0);
  CHECK(with("{hand-in: answer}", "{hand-in: reply}").find("PK-0047") == 0);
}

TEST_CASE("rounds: a place names those that it came from by a reference to places") {
  CHECK(rounds_of(*loaded(gardens()))[0].formerly == "from");
  CHECK(with("formerly: from", "formerly: name").find("PK-0255") != std::string::npos);
  CHECK(with("formerly: from", "formerly: nothing").find("PK-0045") != std::string::npos);
}

TEST_CASE("rounds: no field is filled in twice, and no required one is forgotten") {
  CHECK(with("ask: [how, why, note]", "ask: [how, why, title]") ==
        "PK-0257 rounds/season.yaml:16:17");
  CHECK(with("ask: [how, why, note]", "ask: [why, note]\n").find("PK-0258") != std::string::npos);
  CHECK(with("set: {by: garden}\n", "") == "PK-0258 rounds/season.yaml:15:1");
  CHECK(with("keep: [how, why]", "keep: [how, before]") == "PK-0259 rounds/season.yaml:17:13");
}

TEST_CASE("rounds: no round is about persons") {
  Files files = testing::replaced(gardens(), "forms/garden.yaml", "subject: none",
                                  "subject: person\nabout: self");
  const LoadResult result = load(files, {});
  CHECK(testing::listed(result.diagnostics).find("PK-0256 rounds/season.yaml:7:6") !=
        std::string::npos);
}

}  // namespace
}  // namespace zicht::packs
