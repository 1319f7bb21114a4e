// Retention on a whole data folder: what is due on which day, and that approving a list destroys
// exactly what is on it and still due.
#include "server/retention.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "server/terminal.h"
#include "server/testing/care_records.h"
#include "server/testing/desk.h"
#include "server/watching.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;

// Terms of the pack: 5 years for who belongs to whom and adults, 20 for children.
struct Kept {
  explicit Kept(const Desk& zicht) {
    REQUIRE(zicht({"init", "--organisation", "north", "--admin", "beheer"}).code == kGood);
    REQUIRE(zicht({"pack", "activate", "tests/packs/probe"}).code == kGood);
    installation = testing::opened(zicht.folder + "/data", feed);
    child = make("child", {{"call_name", "Anna"}, {"family_name", "canaryfamily"}});
    adult = make("adult", {{"name", "canaryadult"}});
    tie = make("assignment",
               {{"child", child}, {"holder", testing::kWorker}, {"since", "2024-01-01"}});
  }

  std::string make(const std::string& form, json::object fields) {
    return testing::make(installation->services(), testing::planner(), form, std::move(fields));
  }

  Date in_years(int years) const { return *add_months(installation->today(), 12 * years); }

  app::RetentionService& retention() { return installation->services().retention; }

  std::vector<app::DueRecord> due(Date today) {
    auto due = retention().due(today);
    if (!due) FAIL(describe(due.error()));
    return *std::move(due);
  }
  std::set<std::string> ids(Date today) {
    std::set<std::string> ids;
    for (const app::DueRecord& each : due(today)) ids.insert(each.record.record);
    return ids;
  }
  app::Expiry approve(const std::vector<app::DueRecord>& list, Date today) {
    const auto listed = parse_list(render_list(list));
    REQUIRE(listed.has_value());
    const auto outcome = retention().erase({*listed, "account-x", today});
    if (!outcome) FAIL(describe(outcome.error()));
    return *outcome;
  }
  bool is_there(const std::string& id) { return installation->store().record(id, {}).has_value(); }

  QuietFeed feed;
  std::unique_ptr<Installation> installation;
  std::string child, adult, tie;
};

using Ids = std::set<std::string>;

app::Caller administrator() { return testing::somebody("account-z", "administrator"); }

}  // namespace

TEST_CASE("retention: a record is due on the day after its term, a person when nothing is left") {
  const Desk zicht;
  Kept kept(zicht);
  const Date last = kept.in_years(5);
  CHECK(kept.ids(last).empty());
  const Date first = *add_days(last, 1);
  CHECK(kept.ids(first) == Ids{kept.adult, kept.tie});
  CHECK(kept.due(first).front().due == first);
  CHECK(kept.due(first).front().changed == kept.installation->today());
  // The child is still named by the assignment.
  CHECK(kept.ids(kept.in_years(30)) == Ids{kept.adult, kept.tie});
}

TEST_CASE("retention: an approved list is destroyed as far as it is still due, and nothing else") {
  const Desk zicht;
  Kept kept(zicht);
  const Date today = kept.in_years(30);
  auto list = kept.due(today);
  CHECK(kept.approve(list, kept.installation->today()).erased == 0);
  REQUIRE(list.size() == 2);
  for (app::DueRecord& each : list) ++each.record.version;
  CHECK(kept.approve(list, today).left == 2);
  for (app::DueRecord& each : list) --each.record.version;

  const app::Expiry outcome = kept.approve(list, today);
  CHECK(outcome.erased == 2);
  CHECK(outcome.left == 0);
  CHECK_FALSE(kept.is_there(kept.tie));
  CHECK_FALSE(kept.is_there(kept.adult));
  CHECK(kept.is_there(kept.child));
  CHECK(kept.approve(list, today).left == 2);
  // Now nothing else is about the child.
  CHECK(kept.ids(today) == Ids{kept.child});
  CHECK(kept.approve(kept.due(today), today).erased == 1);
  CHECK(kept.ids(today).empty());
  kept.installation.reset();
  for (const char* canary : {"canaryfamily", "canaryadult"}) {
    CHECK_FALSE(has(*read_file(zicht.folder + "/data/store.sqlite"), canary));
  }
  CHECK(zicht({"journal", "verify"}).code == kGood);
  CHECK(zicht({"rebuild", "--check"}).code == kGood);
}

TEST_CASE("retention: who approves through the API destroys the same, and sees by whom it went") {
  const Desk zicht;
  Kept kept(zicht);
  const Date today = kept.in_years(6);
  auto list = kept.due(today);
  REQUIRE(list.size() == 2);
  CHECK(kept.retention().erasures(administrator(), json::object())->find("seq") ==
        std::string::npos);
  REQUIRE(kept.approve(list, today).erased == 2);
  CHECK(kept.approve(list, today).kept.empty());
  const auto told =
      parse_json(*kept.retention().erasures(administrator(), json::object{{"limit", 1}}));
  REQUIRE(told.has_value());
  const auto& items = told->at("items").as_array();
  REQUIRE(items.size() == 1);
  CHECK(items[0].at("cause") == "retention");
  CHECK(items[0].at("by").at("id") == "account-x");
  CHECK(items[0].at("records").as_array()[0].at("form") == "probe/assignment");
  const json::object more{{"before", told->at("next")}};
  const auto rest = parse_json(*kept.retention().erasures(administrator(), more));
  REQUIRE(rest->at("items").as_array().size() == 1);
  CHECK(rest->at("items").as_array()[0].at("cause") == "retention");
  CHECK(rest->at("items").as_array()[0].at("records").as_array()[0].at("form") == "probe/adult");

  // Nothing is due today, so nothing that is asked for goes.
  const json::object listed{{"record", kept.child}, {"version", 1}};
  const json::object body{{"records", json::array{listed}}};
  const auto outcome = parse_json(*kept.retention().approve(administrator(), body));
  CHECK(outcome->at("erased") == 0);
  CHECK(outcome->at("left") == json::array{kept.child});
  CHECK(kept.is_there(kept.child));
  CHECK(parse_json(*kept.retention().search(administrator(), json::object()))->at("count") == 0);

  const store::ErasureOrder order{.person = kept.child, .actor = "account-y",
                                  .reason = "Op verzoek", .keep = {}};
  REQUIRE(kept.installation->store().erase_person(order).has_value());
  const auto last = parse_json(*kept.retention().erasures(administrator(), json::object()));
  CHECK(last->at("items").as_array()[0].at("cause") == "request");
  CHECK(last->at("items").as_array()[0].at("reason") == "Op verzoek");
}

TEST_CASE("retention: a list that names a record twice destroys it once") {
  const Desk zicht;
  Kept kept(zicht);
  const Date today = kept.in_years(6);
  auto list = kept.due(today);
  REQUIRE(list.size() == 2);
  list.push_back(list.back());
  list.push_back(list.front());
  const app::Expiry outcome = kept.approve(list, today);
  CHECK(outcome.erased == 2);
  CHECK(outcome.left == 2);
  CHECK(outcome.kept.empty());
  kept.installation.reset();
  CHECK(zicht({"rebuild", "--check"}).code == kGood);
}

// Whether a session of this installation is still somebody's.
bool is_known(Installation& installation, const std::string& token) {
  const auto known = installation.services().sign_in.resolve(token);
  if (!known) FAIL(describe(known.error()));
  return known->has_value();
}

TEST_CASE("retention: the account of who is destroyed is out at once, at another server soon") {
  const Desk zicht;
  Kept kept(zicht);
  app::Services& services = kept.installation->services();
  const auto account = services.accounts.put_account({.login = "adult",
                                                      .name = "Adult",
                                                      .organisation = "north",
                                                      .person = "person-adult",
                                                      .roles = {"probe/guardian"},
                                                      .password = "correct horse battery"});
  REQUIRE(account.has_value());
  REQUIRE(services.accounts
              .update(administrator(), account->id, json::object{{"subject", kept.adult}})
              .has_value());
  const auto outcome = services.sign_in.sign_in(
      {.login = "adult", .password = "correct horse battery", .code = {}});
  REQUIRE(outcome.has_value());
  REQUIRE(outcome->signed_in.has_value());
  const std::string& token = outcome->token;
  QuietFeed quiet;
  const auto other = testing::opened(zicht.folder + "/data", quiet);
  REQUIRE(follow_keys(*other).has_value());
  REQUIRE(is_known(*kept.installation, token));
  REQUIRE(is_known(*other, token));
  const Date today = kept.in_years(6);
  REQUIRE(kept.approve(kept.due(today), today).erased == 2);
  CHECK_FALSE(is_known(*kept.installation, token));
  // What a server does every second.
  REQUIRE(follow_keys(*other).has_value());
  CHECK_FALSE(is_known(*other, token));
}

TEST_CASE("retention: the command lists to a file and wants an administrator to approve it") {
  const Desk zicht;
  const Kept kept(zicht);
  const std::string file = zicht.folder + "/due.jsonl";
  const std::string later = kept.in_years(6).to_string();
  const auto listed = zicht({"retention", "list", "--today", later, "--to", file});
  CHECK(listed.code == kGood);
  CHECK(has(listed.said, kept.tie));
  CHECK(has(listed.said, "2 "));
  CHECK(parse_list(*read_file(file))->size() == 2);
  CHECK(has(zicht({"retention", "approve", file, "--by", "nobody"}).complained, "SV-0060"));
  const auto early = zicht({"retention", "approve", file, "--by", "beheer"});
  CHECK(early.code == kGood);
  CHECK(has(early.said, "0 "));
  REQUIRE(write_file(file, "{\"record\":1}\n", true).has_value());
  CHECK(has(zicht({"retention", "approve", file, "--by", "beheer"}).complained, "SV-0062"));
  CHECK(has(zicht({"retention", "approve", file}).complained, "SV-0023"));
  CHECK(zicht({"retention", "list", "--today", "soon"}).code == kUsage);
}

}  // namespace zicht::server
