// Accounts: tables of request bodies with every problem they give at once, and what a change does
// to somebody who is signed in. Over fakes; passwords are looked for where they may not be.
#include "app/accounts.h"

#include <doctest/doctest.h>

#include <set>

#include "app/testing/sign_in_world.h"
#include "app/totp.h"
#include "packs/testing/folders.h"

namespace zicht::app {
namespace {

using testing::SignInWorld;

constexpr const char* kPassword = "right-password";

// One administrator "root", whose caller is given with it.
struct Desk {
  SignInWorld world{{packs::testing::sample_files()}};
  Caller root;

  Desk() {
    root.account = world.add("root", {"administrator"});
    root.roles = {"administrator"};
  }
  Accounts& accounts() { return world.accounts; }

  Json create(const std::string& body) {
    const auto made = accounts().create(root, *parse_json(body));
    REQUIRE(made);
    return *parse_json(*made);
  }
  Json update(const std::string& id, const std::string& body) {
    const auto changed = accounts().update(root, id, *parse_json(body));
    REQUIRE(changed);
    return *parse_json(*changed);
  }
  // The caller after signing in; absent when that is refused.
  std::optional<SignedIn> sign_in(const std::string& login, const std::string& password) {
    return world.sign_in.sign_in({login, password, "", true})->signed_in;
  }
};

std::string text(const Json& object, const char* key) {
  return std::string(object.at(key).as_string());
}

// "id where, id where": the problems, or the error alone.
template <class T>
std::string told(const Result<T>& result) {
  if (result) return "";
  std::string out;
  for (const Problem& problem : result.error().problems) {
    out += (out.empty() ? "" : ", ") + problem.id + " " + problem.where;
  }
  return out.empty() ? result.error().id : out;
}

constexpr const char* kAnna =
    R"({"login": "Anna", "name": " Anna de Vries ", "organisation": "own",
        "roles": ["sample/lender", "auditor", "auditor"]})";

TEST_CASE("accounts: only an administrator gets at them") {
  Desk desk;
  Caller auditor = desk.root;
  auditor.roles = {"auditor", "sample/administrator"};
  for (const Caller& caller : {Caller(), auditor}) {
    CHECK(told(desk.accounts().list(caller)) == "AP-0002");
    CHECK(told(desk.accounts().create(caller, *parse_json(kAnna))) == "AP-0002");
    CHECK(told(desk.accounts().update(caller, desk.root.account, json::object{})) == "AP-0002");
  }
}

TEST_CASE("accounts: a new one has a one-time password that opens nothing but a new password") {
  Desk desk;
  const Json made = desk.create(kAnna);
  CHECK(text(made, "login") == "anna");
  CHECK(text(made, "name") == "Anna de Vries");
  CHECK(text(made, "person") == text(made, "id"));
  CHECK(made.at("organisation") == Json{{"id", "own"}, {"name", "Eigen organisatie"}});
  CHECK(made.at("roles") == Json(json::array{"auditor", "sample/lender"}));
  CHECK(made.at("active").as_bool());
  CHECK_FALSE(made.at("demo").as_bool());
  const std::string password = text(made, "one_time_password");
  const auto first = desk.sign_in("anna", password);
  REQUIRE(first);
  CHECK(first->must_change_password);
  CHECK(first->caller.roles.empty());
  REQUIRE(desk.world.sign_in.change_password(first->caller, password, "anna's own secret"));
  const auto second = desk.sign_in("anna", "anna's own secret");
  REQUIRE(second);
  CHECK(second->caller.roles == std::vector<std::string>{"auditor", "sample/lender"});
  CHECK_FALSE(desk.sign_in("anna", password));
}

TEST_CASE("accounts: one-time passwords are long, readable and differ") {
  Desk desk;
  std::set<std::string> seen;
  for (int i = 0; i < 50; ++i) {
    const std::string n = std::to_string(i);
    const Json made = desk.create(R"({"login": "p)" + n +
                                  R"(", "name": "P", "organisation": "own", "roles": []})");
    const std::string password = text(made, "one_time_password");
    CHECK(password.size() == 19);
    CHECK(password.find_first_of("0O1lIo") == std::string::npos);
    seen.insert(password);
  }
  CHECK(seen.size() == 50);
}

TEST_CASE("accounts: every problem of a new one is told at once") {
  Desk desk;
  desk.create(kAnna);
  struct Row {
    const char* body;
    const char* told;
  };
  const Row rows[] = {
      {R"([])", "AP-0022 "},
      {R"({})", "AP-0021 /login, AP-0021 /name, AP-0021 /organisation, AP-0021 /roles"},
      {R"({"login": "a", "name": "  ", "organisation": "elders", "roles": ["sample/boss", "x"],
           "password": "p"})",
       "AP-0023 /password, AP-0022 /login, AP-0022 /name, AP-0052 /organisation, "
       "AP-0051 /roles/0, AP-0051 /roles/1"},
      {R"({"login": 7, "name": {}, "organisation": null, "roles": "auditor", "person": ""})",
       "AP-0022 /login, AP-0022 /name, AP-0022 /organisation, AP-0022 /roles, AP-0022 /person"},
      {R"({"login": "has blank", "name": "A", "organisation": "own", "roles": ["visitor"]})",
       "AP-0022 /login, AP-0051 /roles/0"},
      {R"({"login": "ANNA", "name": "A", "organisation": "own", "roles": ["no"]})",
       "AP-0051 /roles/0, AP-0050 /login"},
      {R"({"login": "anna", "name": "A", "organisation": "own", "roles": []})", "AP-0050"},
  };
  const auto entries = desk.world.store.entry_count();
  for (const Row& row : rows) {
    CAPTURE(row.body);
    CHECK(told(desk.accounts().create(desk.root, *parse_json(row.body))) == row.told);
  }
  CHECK(desk.world.store.entry_count() == entries);
}

TEST_CASE("accounts: a change says every problem at once and touches nothing else") {
  Desk desk;
  const std::string id = text(desk.create(kAnna), "id");
  struct Row {
    const char* body;
    const char* told;
  };
  const Row rows[] = {
      {R"({"login": "x", "name": "", "organisation": "elders", "roles": ["no"],
           "active": "yes", "reset_password": false, "reset_second_factor": false})",
       "AP-0023 /login, AP-0022 /active, AP-0022 /reset_password, "
       "AP-0022 /reset_second_factor, AP-0022 /name, "
       "AP-0052 /organisation, AP-0051 /roles/0"},
      {R"("text")", "AP-0022 "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.body);
    CHECK(told(desk.accounts().update(desk.root, id, *parse_json(row.body))) == row.told);
  }
  CHECK(told(desk.accounts().update(desk.root, "nobody", json::object{})) == "AP-0001");
  const auto entries = desk.world.store.entry_count();
  const Json same = desk.update(id, R"({"name": "Anna de Vries", "roles": ["sample/lender",
                                       "auditor"], "active": true})");
  CHECK(desk.world.store.entry_count() == entries);
  CHECK_FALSE(same.as_object().contains("one_time_password"));
  const Json changed = desk.update(id, R"({"name": "Anna Jansen"})");
  CHECK(text(changed, "name") == "Anna Jansen");
  CHECK(changed.at("roles") == same.at("roles"));
  CHECK(desk.world.store.entry_count() == entries + 1);
}

TEST_CASE("accounts: a change holds at once for somebody who is signed in") {
  Desk desk;
  const std::string id = desk.world.add("anna", {"auditor"});
  const auto outcome = desk.world.sign_in.sign_in({"anna", kPassword, "", true});
  const std::string token = outcome->token;
  const auto roles = [&] {
    const auto resolved = desk.world.sign_in.resolve(token);
    return *resolved ? (*resolved)->caller.roles : std::vector<std::string>{"signed out"};
  };
  CHECK(roles() == std::vector<std::string>{"auditor"});
  desk.update(id, R"({"roles": ["sample/keeper"]})");
  CHECK(roles() == std::vector<std::string>{"sample/keeper"});
  desk.update(id, R"({"active": false})");
  CHECK(roles() == std::vector<std::string>{"signed out"});
  CHECK_FALSE(desk.sign_in("anna", kPassword));
  desk.update(id, R"({"active": true})");
  CHECK(roles() == std::vector<std::string>{"signed out"});
  CHECK(desk.sign_in("anna", kPassword));
}

TEST_CASE("accounts: a reset password ends sessions, the lock and the second factor") {
  Desk desk;
  const std::string id = desk.world.add("anna", {});
  const auto in = desk.world.sign_in.sign_in({"anna", kPassword, "", true});
  for (int i = 0; i < 6; ++i) CHECK_FALSE(desk.sign_in("anna", "wrong"));
  const Json reset = desk.update(id, R"({"reset_password": true})");
  CHECK_FALSE(desk.world.sign_in.resolve(in->token)->has_value());
  CHECK_FALSE(desk.sign_in("anna", kPassword));
  const auto again = desk.sign_in("anna", text(reset, "one_time_password"));
  REQUIRE(again);
  CHECK(again->must_change_password);
}

TEST_CASE("accounts: a lost second factor is taken away alone, and ends sessions") {
  Desk desk;
  const std::string id = desk.world.add("anna", {});
  const auto in = desk.world.sign_in.sign_in({"anna", kPassword, "", true});
  const Caller anna = in->signed_in->caller;
  const auto enrolment = desk.world.sign_in.start_totp(anna);
  REQUIRE(enrolment);
  const std::string code =
      totp_code(*find_base32(enrolment->secret), totp_step(desk.world.clock.now()));
  REQUIRE(desk.world.sign_in.confirm_totp(anna, code));
  const auto has_code = [&] {
    const Json items = parse_json(*desk.accounts().list(desk.root))->at("items");
    return items.at(0).at("totp").as_bool();
  };
  CHECK(has_code());
  CHECK_FALSE(desk.sign_in("anna", kPassword));
  const Json changed = desk.update(id, R"({"reset_second_factor": true})");
  CHECK_FALSE(changed.as_object().contains("one_time_password"));
  CHECK_FALSE(desk.world.sign_in.resolve(in->token)->has_value());
  CHECK_FALSE(has_code());
  const auto again = desk.sign_in("anna", kPassword);
  REQUIRE(again);
  CHECK_FALSE(again->must_change_password);
}

TEST_CASE("accounts: who reset what of whom stands in the journal, or nothing is reset") {
  Desk desk;
  const std::string id = desk.world.add("anna", {});
  for (const char* body : {R"({"reset_password": true})", R"({"reset_second_factor": true})"}) {
    desk.update(id, body);
    const auto newest = desk.world.store.envelopes({}, 1);
    REQUIRE(newest);
    CHECK(newest->at(0).kind == "account.reset");
    CHECK(newest->at(0).actor == desk.root.account);
    CHECK(newest->at(0).subject == id);
  }
  const std::string password = text(desk.update(id, R"({"reset_password": true})"),
                                    "one_time_password");
  Error full;
  full.code = Code::kResourceExhausted;
  full.id = "ST-0000";
  desk.world.store.fail_next_append(full);
  CHECK(told(desk.accounts().update(desk.root, id, *parse_json(R"({"reset_password": true})"))) ==
        "ST-0000");
  CHECK(desk.sign_in("anna", password));
}

TEST_CASE("accounts: the list names every organisation, also one without accounts") {
  Desk desk;
  CHECK(desk.accounts().put_organisation({"elders", "Elders"}));
  const Json organisations = parse_json(*desk.accounts().list(desk.root))->at("organisations");
  std::string ids;
  for (const Json& organisation : organisations.as_array()) ids += text(organisation, "id") + " ";
  CHECK(ids == "elders own ");
}

TEST_CASE("accounts: somebody stays administrator") {
  Desk desk;
  for (const char* body : {R"({"active": false})", R"({"roles": []})"}) {
    CHECK(told(desk.accounts().update(desk.root, desk.root.account, *parse_json(body))) ==
          "AP-0053");
  }
  desk.update(desk.root.account, R"({"name": "Root", "roles": ["administrator", "auditor"]})");
  const std::string other = desk.world.add("other", {"administrator"});
  desk.update(desk.root.account, R"({"roles": ["auditor"]})");
  CHECK(told(desk.accounts().update(desk.root, other, *parse_json(R"({"active": false})"))) ==
        "AP-0053");
}

TEST_CASE("accounts: the list shows everybody, by login, without anything secret") {
  Desk desk;
  desk.create(kAnna);
  const auto list = desk.accounts().list(desk.root);
  REQUIRE(list);
  const Json items = parse_json(*list)->at("items");
  REQUIRE(items.as_array().size() == 2);
  CHECK(text(items.at(0), "login") == "anna");
  CHECK(text(items.at(1), "login") == "root");
  CHECK(list->find("password") == std::string::npos);
  CHECK(list->find("fake$") == std::string::npos);
}

TEST_CASE("accounts: an account is bound to the record of a person, and to nothing else") {
  Desk desk;
  REQUIRE_FALSE(desk.world.packs
                    .activate({packs::testing::read_folder("tests/packs/probe")}, "system")
                    .error);
  const auto record = [&](const std::string& form, char digit) {
    model::Record made;
    made.id = std::string(26, digit);
    made.form = form;
    made.organisation = "own";
    made.version = 1;
    made.fields = json::object{};
    Unit unit;
    unit.actor = "system";
    unit.records.push_back({made, {"created", "", ""}, 0});
    REQUIRE(desk.world.store.append_and_wait(std::move(unit)).has_value());
    return made.id;
  };
  const std::string child = record("probe/child", '1'), note = record("probe/note", '2');
  const auto with = [](const std::string& login, const std::string& subject) {
    return R"({"login":")" + login + R"(","name":"Anna","organisation":"own","roles":[],)" +
           R"("subject":")" + subject + R"("})";
  };
  const Json made = desk.create(with("anna", child));
  CHECK(text(made, "subject") == child);
  for (const std::string& wrong : {note, std::string(26, '9'), std::string("Anna")}) {
    CHECK(told(desk.accounts().create(desk.root, *parse_json(with("ben", wrong)))) ==
          "AP-0054 /subject");
  }
  const auto caller = desk.sign_in("anna", text(made, "one_time_password"))->caller;
  // With a password that somebody else made nothing opens.
  CHECK(caller.subject.empty());
  const Json unbound = desk.update(text(made, "id"), R"({"subject":""})");
  CHECK_FALSE(unbound.as_object().contains("subject"));
  CHECK_FALSE((*desk.world.store.find_account(text(made, "id")))->subject == child);
}

TEST_CASE("accounts: putting the same organisation or account again writes nothing") {
  Desk desk;
  const auto entries = [&] { return desk.world.store.entry_count(); };
  const auto before = entries();
  CHECK(desk.accounts().put_organisation({"own", "Eigen organisatie"}));
  CHECK(entries() == before);
  CHECK(desk.accounts().put_organisation({"own", "Andere naam"}));
  CHECK(desk.world.organisations.name_of("own") == "Andere naam");
  CHECK(entries() == before + 1);
  CHECK(told(desk.accounts().put_organisation({"Not an id", ""})) ==
        "AP-0022 /id, AP-0022 /name");
  Accounts::NewAccount account{"demo", "Demo", "own", "", {"sample/lender", "auditor"}, "", true};
  const auto made = desk.accounts().put_account(account);
  REQUIRE(made);
  CHECK(made->is_new);
  CHECK(made->one_time_password.size() == 19);
  const auto after = entries();
  const auto again = desk.accounts().put_account(account);
  REQUIRE(again);
  CHECK(again->id == made->id);
  CHECK_FALSE(again->is_new);
  CHECK(again->one_time_password.empty());
  CHECK(entries() == after);
  account.roles = {"auditor"};
  account.organisation = "elders";
  CHECK(told(desk.accounts().put_account(account)) == "AP-0052 /organisation");
  account.organisation = "own";
  CHECK(desk.accounts().put_account(account));
  CHECK(entries() == after + 1);
  CHECK(desk.sign_in("demo", made->one_time_password));
}

TEST_CASE("accounts: a demo account never becomes a real one, nor a real one a demo account") {
  Desk desk;
  desk.world.add("toon", {"auditor"}, kPassword, true);
  Accounts::NewAccount account{"toon", "Toon", "own", "", {"auditor"}, "", false};
  CHECK(told(desk.accounts().put_account(account)) == "AP-0050");
  account.login = "root";
  account.is_demo = true;
  CHECK(told(desk.accounts().put_account(account)) == "AP-0050");
  CHECK_FALSE((*desk.world.store.find_account_by_login("root"))->is_demo);
  CHECK((*desk.world.store.find_account_by_login("toon"))->is_demo);
}

TEST_CASE("accounts: a write that fails leaves no account, and can be tried again") {
  Desk desk;
  Error full;
  full.code = Code::kResourceExhausted;
  full.id = "ST-0000";
  desk.world.store.fail_next_append(full);
  CHECK(told(desk.accounts().create(desk.root, *parse_json(kAnna))) == "ST-0000");
  CHECK_FALSE((*desk.world.store.find_account_by_login("anna")).has_value());
  CHECK(desk.sign_in("anna", text(desk.create(kAnna), "one_time_password")));
}

}  // namespace
}  // namespace zicht::app
