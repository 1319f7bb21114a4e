// Retention as people see it: what is on the list and in which order, whose titles are told, who
// approves, and what the answer says. Method: the probe pack over fakes; that what is approved is
// destroyed is tested on the real store (server/retention_test.cc).
#include "app/retention_service.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "app/testing/fake_retention.h"
#include "app/testing/probe_world.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::ProbeWorld;

struct RetentionWorld : ProbeWorld {
  testing::FakeRetention kept;
  int forgotten = 0;                    // how often those signed in are looked up again
  RetentionService retention{
      {store, kept, packs, organisations, clock, reads, [this] { ++forgotten; }}};
  static Caller privacy_officer() { return person("fg", "north", {"privacy-officer"}); }

  // Nobody changed it since then.
  void unchanged(const std::string& id, const std::string& form, const std::string& day,
                 std::int64_t version = 1) {
    kept.kept.push_back({{.record = id, .form = "probe/" + form, .organisation = "north",
                          .created = 1, .version = version},
                         *Instant::parse(day + "T12:00:00Z")});
  }
  json::object list(const Caller& caller, json::object body = {}) {
    const auto page = retention.search(caller, body);
    REQUIRE_MESSAGE(page.has_value(), (page ? "" : describe(page.error())));
    return parsed(*page).as_object();
  }
  json::object approve(json::array list_of) {
    const json::object body{{"records", std::move(list_of)}};
    const auto outcome = retention.approve(administrator(), body);
    REQUIRE_MESSAGE(outcome.has_value(), (outcome ? "" : describe(outcome.error())));
    return parsed(*outcome).as_object();
  }
  static json::object one(const std::string& record, std::int64_t version = 1) {
    return {{"record", record}, {"version", version}};
  }
  std::string refused(const json::object& body) {
    return failure(retention.approve(administrator(), body));
  }
};

std::string ids(const json::object& page) {
  std::string ids;
  for (const Json& item : page.at("items").as_array()) {
    ids += (ids.empty() ? "" : " ") + std::string(item.at("id").as_string());
  }
  return ids;
}

}  // namespace

TEST_CASE("retention: the list says why something is due, longest due first, a page at a time") {
  RetentionWorld world;
  world.unchanged("bb", "assignment", "2020-01-10");
  world.unchanged("aa", "adult", "2020-01-10", 3);
  world.unchanged("cc", "assignment", "2019-05-01");
  world.unchanged("dd", "assignment", "2021-01-31");    // due tomorrow
  const auto whole = world.list(RetentionWorld::administrator());
  CHECK(ids(whole) == "cc aa bb");
  CHECK(whole.at("count") == 3);
  CHECK(whole.at("may") == json::array{"erase"});
  CHECK_FALSE(whole.contains("next"));
  const json::object first = whole.at("items").as_array()[1].as_object();
  CHECK(first.at("form") == "probe/adult");
  CHECK(first.at("person") == true);
  CHECK(first.at("version") == 3);
  CHECK(first.at("changed") == "2020-01-10");
  CHECK(first.at("due") == "2025-01-11");
  CHECK(first.at("retention") == "P5Y");
  CHECK(first.at("organisation").at("name") == "Bibliotheek Noord");
  CHECK_FALSE(first.at("law").as_string().empty());

  const auto page = world.list(RetentionWorld::administrator(), {{"limit", 2}});
  CHECK(ids(page) == "cc aa");
  CHECK(page.at("count") == 3);
  const auto rest =
      world.list(RetentionWorld::administrator(), {{"limit", 2}, {"after", page.at("next")}});
  CHECK(ids(rest) == "bb");
  CHECK_FALSE(rest.contains("next"));
}

TEST_CASE("retention: a title is told where access shows it, and the look is noted") {
  RetentionWorld world;
  world.unchanged(world.mother, "adult", "2020-01-10");
  const auto plain = world.list(RetentionWorld::administrator());
  CHECK_FALSE(plain.at("items").as_array()[0].as_object().contains("title"));
  Caller both = ProbeWorld::planner();
  both.roles.emplace_back("administrator");
  const auto seen = world.list(both);
  CHECK(seen.at("items").as_array()[0].at("title") == "Moeder");
  REQUIRE_FALSE(world.read_log.entries().empty());
  const ReadEntry noted = world.read_log.entries().back();
  CHECK(noted.action == "retention");
  CHECK(noted.account == both.account);
  CHECK(noted.subjects == std::vector<std::string>{world.mother});
}

TEST_CASE("retention: who is signed in is looked up again when a person went, not for a record") {
  RetentionWorld world;
  world.unchanged("aa", "adult", "2020-01-10");
  world.unchanged("bb", "assignment", "2020-01-10");
  world.approve({RetentionWorld::one("bb")});
  CHECK(world.forgotten == 0);
  world.approve({RetentionWorld::one("aa", 2)});
  CHECK(world.forgotten == 0);
  world.approve({RetentionWorld::one("aa")});
  CHECK(world.forgotten == 1);
}

TEST_CASE("retention: privacy officers look, administrators approve, nobody else does either") {
  RetentionWorld world;
  world.unchanged("aa", "adult", "2020-01-10");
  const auto page = world.list(RetentionWorld::privacy_officer());
  CHECK(ids(page) == "aa");
  CHECK(page.at("may").as_array().empty());
  const json::object body{{"records", json::array{RetentionWorld::one("aa")}}};
  const auto by_officer = world.retention.approve(RetentionWorld::privacy_officer(), body);
  CHECK(RetentionWorld::failure(by_officer) == "AP-0002");
  for (const Caller& other : {ProbeWorld::planner(), Caller()}) {
    CHECK(RetentionWorld::failure(world.retention.search(other, json::object())) == "AP-0002");
    CHECK(RetentionWorld::failure(world.retention.approve(other, body)) == "AP-0002");
    CHECK(RetentionWorld::failure(world.retention.erasures(other, json::object())) == "AP-0002");
  }
  CHECK(world.kept.gone.empty());
}

TEST_CASE("retention: what is still due and unchanged goes, and the same request answers alike") {
  RetentionWorld world;
  world.unchanged("aa", "adult", "2020-01-10");
  world.unchanged("bb", "assignment", "2020-01-10", 2);
  world.unchanged("cc", "assignment", "2025-01-10");
  const json::array list{RetentionWorld::one("aa"), RetentionWorld::one("aa"),
                         RetentionWorld::one("bb"), RetentionWorld::one("cc"),
                         RetentionWorld::one("dd")};
  const auto outcome = world.approve(list);
  CHECK(outcome.at("erased") == 1);
  CHECK(outcome.at("left") == json::array{"bb", "cc", "dd"});
  CHECK(outcome.at("wiped") == true);
  CHECK(world.kept.gone == std::set<std::string>{"aa"});
  CHECK(world.approve(list) == outcome);
  CHECK(world.kept.wipes == 2);
  CHECK(world.approve({RetentionWorld::one("bb", 2)}).at("erased") == 1);

  world.kept.wipe_failure = make_error("AP-0005");
  const auto busy = world.approve(list);
  CHECK(busy.at("erased") == 2);
  CHECK(busy.at("wiped") == false);
  CHECK(world.approve({RetentionWorld::one("dd")}).at("wiped") == true);
}

TEST_CASE("retention: what was destroyed is told with who decided it, by retention or on request") {
  RetentionWorld world;
  world.unchanged("aa", "adult", "2020-01-10");
  world.unchanged("bb", "assignment", "2020-01-10");
  world.approve({RetentionWorld::one("aa"), RetentionWorld::one("bb")});
  Erasure request = world.kept.told.front();
  request.seq = 9;
  request.decided_by = ProbeWorld::account(2);
  request.reason = "Op verzoek";
  request.accounts = 1;
  world.kept.told.push_back(request);
  const auto page = parsed(*world.retention.erasures(RetentionWorld::privacy_officer(),
                                                     json::object{{"limit", 2}}));
  const auto& items = page.at("items").as_array();
  REQUIRE(items.size() == 2);
  CHECK(items[0].at("cause") == "request");
  CHECK(items[0].at("reason") == "Op verzoek");
  CHECK(items[0].at("by").at("name") == "Worker 2");
  CHECK(items[0].at("accounts") == 1);
  CHECK(items[1].at("cause") == "retention");
  CHECK_FALSE(items[1].as_object().contains("reason"));
  CHECK(items[1].at("records").as_array()[0].at("count") == 1);
  CHECK(items[1].at("records").as_array()[0].as_object().contains("form_title"));
  const json::object more{{"before", page.at("next")}};
  const auto rest = parsed(*world.retention.erasures(RetentionWorld::administrator(), more));
  CHECK(rest.at("items").as_array().size() == 1);
  CHECK_FALSE(rest.as_object().contains("next"));
}

TEST_CASE("retention: what is wrong with a request is told by its place") {
  RetentionWorld world;
  const auto where = [](const Result<std::string>& answer) {
    REQUIRE_FALSE(answer.has_value());
    std::string places;
    for (const Problem& each : answer.error().problems) places += each.id + each.where + " ";
    return places;
  };
  const Caller caller = RetentionWorld::administrator();
  CHECK(where(world.retention.search(caller, json::object{{"limit", 0}, {"after", "x~y"}})) ==
        "AP-0075/limit AP-0180/after ");
  CHECK(where(world.retention.approve(caller, json::object{{"records", json::array()}})) ==
        "AP-0181/records ");
  const json::array wrong{RetentionWorld::one("aa"), RetentionWorld::one("aa", 0), "bb"};
  CHECK(where(world.retention.approve(caller, json::object{{"records", wrong}})) ==
        "AP-0182/records/1 AP-0182/records/2 ");
  json::array many(1001, RetentionWorld::one("aa"));
  CHECK(world.refused({{"records", many}}) == "AP-0181");
  CHECK(where(world.retention.erasures(caller, json::object{{"limit", 201}})) == "AP-0075/limit ");
}

}  // namespace zicht::app
