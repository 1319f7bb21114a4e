// The operations as a browser meets them: sessions, tokens, keys, versions, documents, events.
// Method: the real use cases over the store in memory, behind a real server on loopback; the pack
// is the invented one in tests/packs. What each use case decides is tested in app.
#include "http/api.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "app/services.h"
#include "app/testing/fake_outbox.h"
#include "app/testing/fake_sign_in.h"
#include "app/testing/fake_files.h"
#include "app/testing/fake_read_log.h"
#include "app/testing/fake_retention.h"
#include "base/json.h"
#include "http/change_feed.h"
#include "http/testing/test_server.h"

using namespace zicht;
using namespace zicht::http;
using namespace zicht::http::testing;
namespace fs = std::filesystem;

namespace {

app::PackFiles test_pack(const std::string& name) {
  app::PackFiles files;
  const fs::path folder = fs::path("tests/packs") / name;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    files[entry.path().lexically_relative(folder).generic_string()] =
        std::string((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  }
  return files;
}

constexpr std::string_view kPassword = "correct horse battery";

const app::OutboxOptions kOutboxOptions = {
    .public_url = "https://zicht.example",
    .source = "urn:nld:oin:00000001234567890000:systeem:zicht",
    .can_mail = true};

// Everything of a server but the program around it.
class Api {
 public:
  explicit Api(bool with_pack = true, const ApiOptions& options = {},
               const ServerOptions& server = {}) {
    REQUIRE(services_.accounts.put_organisation({"library", "Bibliotheek"}).has_value());
    if (with_pack) add_pack_and_accounts();
    server_ = std::make_unique<TestServer>(server, [&](Router& router) {
      add_api(router, {services_, hub_, metrics_, clock_, options, [] { return checks(); }});
    });
  }

  TestClient client() const { return server_->client(); }

  // Activates a pack of tests/packs and makes an account in one of its roles, named after it.
  void add_pack(const std::string& pack, const std::string& role) {
    REQUIRE_FALSE(services_.packs.activate({test_pack(pack)}, "system").error.has_value());
    add_role(pack + "/" + role, role);
  }
  void add_role(const std::string& role, const std::string& login) {
    add_account(login, {role}, false);
  }

  void add_elsewhere(const std::string& role, const std::string& login) {
    REQUIRE(services_.accounts.put_organisation({"elsewhere", "Elders"}).has_value());
    add_account(login, {role}, false, "elsewhere");
  }

  void add_administrator() { add_account("admin", {"administrator"}, false); }
  void add_officer() { add_account("officer", {"privacy-officer"}, false); }

  // "GET /v1/records/{id}" and so on, of every route that is added.
  std::set<std::string> routes() {
    Router router;
    add_api(router, {services_, hub_, metrics_, clock_, ApiOptions{}});
    std::set<std::string> all;
    for (const Route& route : router.routes()) {
      all.insert(std::string(method_name(route.method)) + " " + route.pattern);
    }
    return all;
  }

  // Header lines that a signed-in browser sends.
  std::string sign_in(const std::string& login) const {
    const Reply reply = client().post("/v1/session", credentials_of(login));
    REQUIRE(reply.status == 200);
    const std::string cookie = reply.header("set-cookie");
    auto session = parse_json(reply.body);
    REQUIRE(session.has_value());
    return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\nX-Csrf-Token: " +
           std::string(session->at("csrf_token").as_string()) + "\r\n";
  }

  // One that is as it should be, one that is not.
  static std::vector<HealthCheck> checks() {
    return {{.id = "disk", .title = {"Schijf", "Disk"}, .value = 9, .threshold = 5},
            {.id = "clock",
             .title = {"Klok", "Clock"},
             .value = 7,
             .since = *Instant::parse("2025-06-01T09:00:00Z")}};
  }
  MetricsRegistry& metrics() { return metrics_; }
  app::testing::FakeRetention& retention() { return retention_; }
  app::testing::FakeSender& sender() { return sender_; }
  app::testing::FakeOutbox& store() { return store_; }
  app::testing::FakeReadLog& read_log() { return read_log_; }

  void end_streams_that_are_over() { hub_.end_those_over(); }
  std::size_t listeners() const { return hub_.subscriber_count(); }

  static std::string credentials_of(const std::string& login) {
    return R"({"login":")" + login + R"(","password":")" + std::string(kPassword) + R"("})";
  }

 private:
  void add_pack_and_accounts() {
    const app::Activation outcome = services_.packs.activate({test_pack("sample")}, "system");
    REQUIRE_FALSE(outcome.error.has_value());
    add_account("keeper", {"sample/keeper"}, false);
    add_account("demo", {"sample/lender"}, true);
  }

  void add_account(const std::string& login, const std::vector<std::string>& roles, bool is_demo,
                   const std::string& organisation = "library") {
    app::Accounts::NewAccount account;
    account.login = login;
    account.name = login;
    account.organisation = organisation;
    account.roles = roles;
    account.password = kPassword;
    account.is_demo = is_demo;
    REQUIRE(services_.accounts.put_account(account).has_value());
  }

  ManualClock clock_{*Instant::parse("2025-06-01T10:00:00Z")};
  SystemRng rng_;
  EventHub hub_;
  HubChangeFeed feed_{hub_};
  MetricsRegistry metrics_;
  app::testing::FakeFileStore files_{clock_};
  app::testing::FakeInspector inspector_;
  app::testing::FakeOutbox store_{clock_, &files_};
  app::testing::FakeSender sender_;
  app::testing::FakeRetention retention_;
  app::testing::FakeCredentialStore credentials_;
  app::testing::FakeHasher hasher_;
  app::testing::FakeReadLog read_log_;
  app::Services services_{
      app::ServicePorts{store_, credentials_, files_, inspector_, hasher_, feed_, clock_, rng_, {},
                        "test", read_log_, store_, sender_, retention_, {}, {}, kOutboxOptions}};
  std::unique_ptr<TestServer> server_;
};

std::string error_of(const Reply& reply) {
  CAPTURE(reply.body);
  CHECK(reply.header("content-type") == "application/problem+json");
  auto parsed = parse_json(reply.body);
  REQUIRE(parsed.has_value());
  const std::string type(parsed->at("type").as_string());
  return std::to_string(reply.status) + " " + type.substr(type.rfind(':') + 1);
}

// Sends without waiting for the reply.
void begin(TestClient& client, const std::string& method, const std::string& path,
           const std::string& headers, const std::string& body) {
  client.send(method + " " + path + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json" +
              "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" +
              body);
}

Reply send(TestClient& client, const std::string& method, const std::string& path,
           const std::string& headers, const std::string& body) {
  begin(client, method, path, headers, body);
  return client.read_reply();
}

const std::string kSaw = R"({"form":"sample/tool","fields":{"name":"Trekzaag","kind":"saw"}})";

std::string key(const std::string& value) { return "Idempotency-Key: " + value + "\r\n"; }

}  // namespace

TEST_CASE("session: signing in gives a cookie that scripts cannot read, signing out ends it") {
  const Api api;
  TestClient client = api.client();
  const Reply reply = client.post("/v1/session", Api::credentials_of("keeper"));
  REQUIRE(reply.status == 200);
  const std::string cookie = reply.header("set-cookie");
  CHECK(cookie.find("; HttpOnly; SameSite=Strict") != std::string::npos);
  const std::string headers = api.sign_in("keeper");
  CHECK(client.get("/v1/session", headers).body.find("\"keeper\"") != std::string::npos);
  CHECK(send(client, "DELETE", "/v1/session", headers, "").status == 204);
  CHECK(error_of(client.get("/v1/catalogue", headers)) == "401 HT-0017");
  const Reply after = client.get("/v1/session", headers);
  CHECK(after.status == 200);
  CHECK(after.body.find("\"account\":null") != std::string::npos);
  CHECK(after.header("set-cookie").find("Max-Age=0") != std::string::npos);
}

TEST_CASE("session: a wrong password, an unknown name and a malformed body are refused") {
  const Api api;
  TestClient client = api.client();
  const std::string wrong = R"({"login":"keeper","password":"wrong"})";
  const Reply refused = client.post("/v1/session", wrong);
  CHECK(error_of(refused) == "401 AP-0040");
  CHECK(refused.header("set-cookie") == "");
  CHECK(error_of(client.post("/v1/session", R"({"login":"nobody","password":"wrong"})")) ==
        "401 AP-0040");
  CHECK(error_of(client.post("/v1/session", R"({"login":1,"extra":2})")) == "400 HT-0027");
  CHECK(error_of(client.post("/v1/session", "{")) == "400 ZB-0009");
  CHECK(error_of(client.post("/v1/session", Api::credentials_of("keeper"),
                             "Origin: https://evil.example\r\n")) == "403 HT-0019");
}

TEST_CASE("session: too many wrong passwords lock the account and say for how long") {
  const Api api;
  TestClient client = api.client();
  Reply reply;
  for (int i = 0; i < 6; ++i) {
    reply = client.post("/v1/session", R"({"login":"keeper","password":"wrong"})");
  }
  CHECK(error_of(reply) == "429 AP-0042");
  CHECK(reply.header("retry-after") != "");
  CHECK(error_of(client.post("/v1/session", Api::credentials_of("keeper"))) == "429 AP-0042");
}

TEST_CASE("session: a demo account works from this machine only") {
  const Api api;
  TestClient client = api.client();
  CHECK(client.post("/v1/session", Api::credentials_of("demo")).status == 200);
  CHECK(client.post("/v1/session", Api::credentials_of("demo"),
                    "X-Forwarded-For: 203.0.113.7\r\n").status == 401);
}

TEST_CASE("guard: emergency access is a purpose while something is open, and a form says so") {
  Api api;
  api.add_pack("probe", "worker");
  TestClient client = api.client();
  const std::string headers = api.sign_in("worker");
  const std::string emergency = headers + "Zicht-Purpose: noodtoegang\r\n";
  CHECK(error_of(client.get("/v1/catalogue", emergency)) == "400 HT-0033");
  const std::string nobody = "/v1/records/" + std::string(26, '9') + "/_break";
  const std::string body = R"({"reason":"Er is gevaar","hours":8})";
  CHECK(error_of(send(client, "POST", nobody, headers + key("break-one"), body)) == "404 AP-0001");
  CHECK(error_of(send(client, "POST", nobody, headers, body)) == "400 HT-0022");
  const Reply listed = send(client, "POST", "/v1/breaks/_search", headers, "{}");
  CHECK(listed.body == R"({"items":[]})");
  const std::string end = "/v1/breaks/" + std::string(26, '9') + "/_end";
  CHECK(error_of(send(client, "POST", end, headers, "")) == "404 AP-0001");
  const std::string review = "/v1/breaks/" + std::string(26, '9') + "/_review";
  CHECK(error_of(send(client, "POST", review, headers, R"({"outcome":"justified"})")) ==
        "404 AP-0001");
}

TEST_CASE("handover: over the wire a file is offered, listed, accepted, read and given back") {
  Api api;
  api.add_pack("probe", "planner");
  api.add_elsewhere("probe/planner", "receiver");
  TestClient client = api.client();
  const std::string keeper = api.sign_in("planner"), receiver = api.sign_in("receiver");
  TestClient hears = api.client();
  hears.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n" + receiver + "\r\n");
  hears.read_until("retry");
  const auto is_told = [&hears] {
    const std::string event = "event: handovers";
    return hears.read_until(event).find(event) != std::string::npos;
  };
  const auto sound = [](const Reply& reply, int status) {
    CAPTURE(reply.body);
    REQUIRE(reply.status == status);
    auto body = parse_json(reply.body);
    REQUIRE(body.has_value());
    return *std::move(body);
  };
  const auto text = [](const Json& json, std::string_view member) {
    return std::string(json.at(member).as_string());
  };
  const std::string fields = R"({"call_name":"Anna","born_on":"2017-06-01"})";
  const Json made = sound(send(client, "POST", "/v1/records", keeper + key("child-one"),
                               R"({"form":"probe/child","fields":)" + fields + "}"), 201);
  const std::string record = "/v1/records/" + text(made, "id");
  const std::string terms =
      R"({"organisation":"elsewhere","reason":"Verhuisd","basis":"Artikel 1","gives_up":true})";
  const auto offer = [&] {
    return send(client, "POST", record + "/_handover", keeper + key("offer-one"), terms);
  };
  const Json offered = sound(offer(), 201);
  CHECK(text(offered, "state") == "offered");
  CHECK(is_told());
  const auto listed = [&](const std::string& headers, const std::string& body) {
    const Json page = sound(send(client, "POST", "/v1/handovers/_search", headers, body), 200);
    return page.at("items").as_array();
  };
  const auto waiting = listed(receiver, R"({"direction":"incoming","state":"offered"})");
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].at("id") == offered.at("id"));
  CHECK_FALSE(waiting[0].as_object().contains("person"));
  CHECK(error_of(client.get(record, receiver)) == "404 AP-0001");
  const std::string handover = "/v1/handovers/" + text(offered, "id");
  const Json accepted = sound(send(client, "POST", handover + "/_accept", receiver, "{}"), 200);
  CHECK(text(accepted, "state") == "accepted");
  CHECK(is_told());
  CHECK(text(accepted.at("person"), "title") == "Anna");
  CHECK(client.get(record, receiver).body.find("Anna") != std::string::npos);
  const std::string change = R"({"fields":)" + fields + R"(,"reason":"Zo is het"})";
  const std::string version = "If-Match: \"1\"\r\n";
  CHECK(error_of(send(client, "PUT", record, receiver + key("change-one") + version, change)) ==
        "403 AP-0002");
  CHECK(error_of(send(client, "PUT", record, keeper + key("change-two") + version, change)) ==
        "403 AP-0166");
  CHECK(sound(client.get(record, keeper), 200).at("given_up").as_bool());
  // The same request again gets its first answer.
  CHECK(text(sound(offer(), 201), "state") == "offered");
  CHECK(text(sound(send(client, "POST", handover + "/_return", receiver,
                        R"({"reason":"Weer terug"})"), 200), "state") == "returned");
  CHECK(error_of(client.get(record, receiver)) == "404 AP-0001");
  CHECK(listed(receiver, R"({"state":"accepted"})").empty());
}

TEST_CASE("handover: over the wire what is wrong is refused, and nobody else's can be answered") {
  Api api;
  api.add_pack("probe", "planner");
  TestClient client = api.client();
  const std::string headers = api.sign_in("planner");
  const std::string none(26, '9');
  const std::string offer = "/v1/records/" + none + "/_handover";
  const std::string terms = R"({"organisation":"zuid","reason":"Verhuisd","basis":"Artikel 1"})";
  CHECK(error_of(send(client, "POST", offer, headers, terms)) == "400 HT-0022");
  CHECK(error_of(send(client, "POST", offer, headers + key("offer-one"), terms)) ==
        "400 AP-0020");
  const Reply listed =
      send(client, "POST", "/v1/handovers/_search", headers, R"({"direction":"incoming"})");
  CHECK(listed.body == R"({"items":[]})");
  for (const char* act : {"accept", "refuse", "withdraw", "return"}) {
    const std::string path = "/v1/handovers/" + none + "/_" + act;
    CHECK(error_of(send(client, "POST", path, headers, R"({"reason":"Zo is het"})")) ==
          "404 AP-0001");
  }
}

TEST_CASE("retention: over the wire an administrator lists what is due, approves, and sees it") {
  Api api;
  api.add_pack("probe", "planner");
  api.add_administrator();
  const std::string id(26, '7');
  api.retention().kept.push_back({{.record = id, .form = "probe/adult", .organisation = "library",
                                   .created = 1, .version = 4},
                                  *Instant::parse("2019-01-31T09:00:00Z")});
  TestClient client = api.client();
  const std::string admin = api.sign_in("admin"), planner = api.sign_in("planner");
  const auto ask = [&](const std::string& path, const std::string& headers,
                       const std::string& body) {
    return send(client, "POST", "/v1/retention/" + path, headers, body);
  };
  CHECK(error_of(ask("_search", "", "{}")) == "401 HT-0018");
  for (const char* path : {"_search", "_erasures"}) {
    CHECK(error_of(ask(path, planner, "{}")) == "403 AP-0002");
  }
  const Reply listed = ask("_search", admin, "{}");
  CAPTURE(listed.body);
  REQUIRE(listed.status == 200);
  const auto page = parse_json(listed.body);
  CHECK(page->at("count") == 1);
  CHECK(page->at("items").as_array()[0].at("id") == Json(id));
  CHECK(error_of(ask("_approve", admin, R"({"records":[]})")) == "400 AP-0020");
  const std::string list = R"({"records":[{"record":")" + id + R"(","version":4}]})";
  CHECK(error_of(ask("_approve", planner, list)) == "403 AP-0002");
  const std::string cookie = admin.substr(0, admin.find("X-Csrf-Token"));
  CHECK(error_of(ask("_approve", cookie, list)) == "403 HT-0021");
  for (int times = 0; times < 2; ++times) {
    CHECK(ask("_approve", admin, list).body == R"({"erased":1,"left":[],"wiped":true})");
  }
  const auto told = parse_json(ask("_erasures", admin, "{}").body);
  REQUIRE(told->at("items").as_array().size() == 1);
  CHECK(told->at("items").as_array()[0].at("by").at("name") == "admin");
}

TEST_CASE("guard: a purpose opens what is for it, and one that no pack has is refused") {
  Api api;
  api.add_pack("probe", "worker");
  TestClient client = api.client();
  const std::string headers = api.sign_in("worker");
  const std::string search = R"({"form":"probe/child"})";
  const auto ask = [&](const std::string& lines) {
    return client.post("/v1/records/_search", search, lines);
  };
  CHECK(error_of(ask(headers)) == "404 AP-0003");
  CHECK(ask(headers + "Zicht-Purpose: probe/care\r\n").status == 200);
  CHECK(error_of(ask(headers + "Zicht-Purpose: probe/complaint\r\n")) == "404 AP-0003");
  CHECK(error_of(ask(headers + "Zicht-Purpose: probe/gossip\r\n")) == "400 HT-0030");
  CHECK(error_of(ask(headers + "Zicht-Purpose: care\r\n")) == "400 HT-0030");
  // A visitor has no purpose: saying one changes nothing.
  CHECK(error_of(ask("Zicht-Purpose: probe/care\r\n")) == "404 AP-0003");
}

TEST_CASE("read log: a look is noted with its trace, and told to the privacy officer alone") {
  Api api;
  api.add_pack("probe", "worker");
  api.add_officer();
  TestClient client = api.client();
  const std::string headers = api.sign_in("worker");
  const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  CHECK(client.post("/v1/records/_search", R"({"form":"probe/child"})",
                    headers + "Zicht-Purpose: probe/care\r\ntraceparent: " + trace + "\r\n")
            .status == 200);
  const std::string path = "/v1/records/" + std::string(26, '1') + "/readers";
  CHECK(error_of(client.get(path, headers)) == "404 AP-0001");
  CHECK(error_of(client.get(path)) == "401 HT-0018");
  CHECK(error_of(client.post("/v1/read-log/_search", "{}", headers)) == "403 AP-0002");
  CHECK(error_of(client.post("/v1/read-log/_export", R"({"format":"csv"})", headers)) ==
        "403 AP-0002");
  const std::string officer = api.sign_in("officer");
  const Reply found = client.post("/v1/read-log/_search", "{}", officer);
  REQUIRE(found.status == 200);
  CHECK(found.body.find(trace) != std::string::npos);
  CHECK(found.body.find("probe/care") != std::string::npos);
  CHECK(client.get(path, officer).status == 200);
  CHECK(error_of(client.post("/v1/read-log/_search", R"({"limit":"x"})", officer)) ==
        "400 AP-0020");
}

TEST_CASE("read log: a person's record leaves once the look at it is kept, and else not") {
  Api api;
  api.add_pack("probe", "planner");
  TestClient client = api.client();
  const std::string headers = api.sign_in("planner");
  const Reply made = send(client, "POST", "/v1/records", headers + key("child-one"),
                          R"({"form":"probe/child","fields":{"call_name":"Anna",)"
                          R"("born_on":"2017-06-01"}})");
  REQUIRE(made.status == 201);
  const std::string path = made.header("location");
  const auto noted = api.read_log().entries().size();
  api.read_log().be_slow();
  begin(client, "GET", path, headers, "");
  REQUIRE(eventually([&] { return api.read_log().waiting() == 1; }));
  // Others are served meanwhile; this answer has not left.
  CHECK(api.client().get("/v1/health/live").status == 200);
  CHECK(api.read_log().entries().size() == noted);
  client.patience = std::chrono::milliseconds(50);
  CHECK(client.read_until("HTTP").empty());
  client.patience = std::chrono::seconds(5);
  api.read_log().keep_waiting();
  const Reply kept = client.read_reply();
  CHECK(kept.status == 200);
  CHECK(kept.body.find("Anna") != std::string::npos);
  CHECK(api.read_log().entries().size() == noted + 1);
  api.read_log().fail(make_error("ST-0008"));
  begin(client, "GET", path, headers, "");
  REQUIRE(eventually([&] { return api.read_log().waiting() == 1; }));
  api.read_log().keep_waiting();
  const Reply unkept = client.read_reply();
  CHECK(error_of(unkept) == "503 ST-0008");
  CHECK(unkept.header("retry-after") == "2");
  CHECK(unkept.body.find("Anna") == std::string::npos);
}

TEST_CASE("guard: what a write lacks is named before anything is done") {
  const Api api;
  TestClient client = api.client();
  const std::string headers = api.sign_in("keeper");
  const std::string cookie = headers.substr(0, headers.find("X-Csrf-Token"));
  const auto create = [&](const std::string& lines) {
    return error_of(client.post("/v1/records", kSaw, lines));
  };
  CHECK(create(cookie + key("12345678")) == "403 HT-0021");
  CHECK(create(cookie + key("12345678") + "X-Csrf-Token: guess\r\n") == "403 HT-0021");
  CHECK(create(headers + key("12345678") + "Origin: null\r\n") == "403 HT-0019");
  CHECK(create(headers) == "400 HT-0022");
  CHECK(create(headers + key("short")) == "400 HT-0022");
  CHECK(create("Cookie: zicht-session=forged\r\n" + key("12345678")) == "401 HT-0017");
  CHECK(error_of(send(client, "PUT", "/v1/records/x", headers, "{}")) == "428 HT-0023");
  for (const char* version : {"3", "\"\"", "\"x\"", "\"-1\"", "W/\"3\"", "*", "\"1\", \"2\""}) {
    CAPTURE(version);
    CHECK(error_of(send(client, "PUT", "/v1/records/x",
                        headers + "If-Match: " + version + "\r\n", "{}")) == "400 HT-0024");
  }
  client.send("POST /v1/records/_search HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\n{}");
  CHECK(error_of(client.read_reply()) == "415 HT-0025");
  CHECK(error_of(client.post("/v1/tasks/_search", "{}")) == "401 HT-0018");
  CHECK(error_of(client.get("/v1/records/x?valid_on=2025-01-01")) == "400 HT-0015");
  CHECK(error_of(client.get("/v1/records/x?validOn=2025-02-31")) == "400 HT-0016");
  CHECK(error_of(client.get("/v1/records/x?validOn=2025-01-01&validOn=2025-01-01")) ==
        "400 HT-0015");
}

TEST_CASE("records: a create is answered once and again with the same key, never twice done") {
  const Api api;
  TestClient client = api.client();
  const std::string headers = api.sign_in("keeper") + key("create-saw-1");
  const Reply first = client.post("/v1/records", kSaw, headers);
  CAPTURE(first.body);
  REQUIRE(first.status == 201);
  CHECK(first.header("etag") == "\"1\"");
  const Reply again = client.post("/v1/records", kSaw, headers);
  CHECK(again.header("idempotent-replay") == "true");
  CHECK(again.header("location") == first.header("location"));
  CHECK(client.post("/v1/records", kSaw + " ", headers).status == 409);
  const Reply read = client.get(first.header("location"));
  CHECK(read.status == 200);
  CHECK(read.header("etag") == "\"1\"");
  CHECK(read.body.find("Trekzaag") != std::string::npos);
}

TEST_CASE("records: a change on a stale version gets the record as it is now") {
  const Api api;
  TestClient client = api.client();
  const std::string headers = api.sign_in("keeper");
  const Reply made = client.post("/v1/records", kSaw, headers + key("create-saw-2"));
  const std::string path = made.header("location");
  const std::string change =
      R"({"fields":{"name":"Kapzaag","kind":"saw"},"reason":"preciezer"})";
  const std::string version = "If-Match: \"1\"\r\n";
  const Reply changed = send(client, "PUT", path, headers + version, change);
  CAPTURE(changed.body);
  CHECK(changed.status == 200);
  CHECK(changed.header("etag") == "\"2\"");
  const Reply stale = send(client, "PUT", path, headers + version, change);
  CHECK(stale.status == 409);
  auto parsed = parse_json(stale.body);
  REQUIRE(parsed.has_value());
  CHECK(parsed->at("current").at("version") == 2);
}

TEST_CASE("catalogue: it is not sent again to those who have it") {
  const Api api;
  TestClient client = api.client();
  const Reply first = client.get("/v1/catalogue");
  REQUIRE(first.status == 200);
  CHECK(first.header("cache-control") == "private, no-cache");
  const std::string known = "If-None-Match: " + first.header("etag") + "\r\n";
  CHECK(client.get("/v1/catalogue", known).status == 304);
  CHECK(error_of(client.get("/v1/catalogue?pack=sample")) == "400 HT-0016");
}

TEST_CASE("health: live at once, ready when there is a pack to judge with") {
  const Api without(false);
  CHECK(without.client().get("/v1/health/live").body == R"({"status":"pass"})");
  const Reply waiting = without.client().get("/v1/health/ready");
  CHECK(error_of(waiting) == "503 HT-0026");
  CHECK(waiting.header("retry-after") != "");
  const Api with_pack;
  CHECK(with_pack.client().get("/v1/health/ready").body == R"({"status":"pass"})");
}

TEST_CASE("metrics: this machine may read them, others behind a proxy may not") {
  const Api api;
  TestClient client = api.client();
  CHECK(client.get("/metrics").header("content-type") ==
        "text/plain; version=0.0.4; charset=utf-8");
  CHECK(error_of(client.get("/metrics", "X-Forwarded-For: 203.0.113.7\r\n")) == "404 HT-0007");
}

TEST_CASE("outbox: an administrator makes a webhook, sees what it was told, and sends again") {
  Api api;
  api.add_administrator();
  TestClient client = api.client();
  const std::string hook =
      R"({"title":"Zaken","url":"https://zaken.example/","forms":["sample/tool"],)"
      R"("events":["created"]})";
  CHECK(error_of(client.post("/v1/webhooks", hook)) == "401 HT-0018");
  CHECK(error_of(client.get("/v1/outbox")) == "401 HT-0018");
  const std::string keeper = api.sign_in("keeper");
  CHECK(error_of(client.post("/v1/webhooks", hook, keeper)) == "403 AP-0002");
  CHECK(error_of(client.get("/v1/outbox", keeper)) == "403 AP-0002");
  CHECK(error_of(client.post("/v1/outbox/_resend", "", keeper)) == "403 AP-0002");
  const std::string admin = api.sign_in("admin");
  const Reply made = client.post("/v1/webhooks", hook, admin);
  CAPTURE(made.body);
  REQUIRE(made.status == 201);
  const auto webhook = parse_json(made.body);
  const std::string path = "/v1/webhooks/" + std::string(webhook->at("id").as_string());
  CHECK(webhook->at("secret").as_string().size() == 64);
  CHECK(client.get("/v1/webhooks", admin).body.find("secret") == std::string::npos);
  CHECK(send(client, "PUT", path, admin, R"({"active":true})").status == 200);
  CHECK(error_of(send(client, "PUT", "/v1/webhooks/x", admin, "{}")) == "404 AP-0001");
  CHECK(client.post(path + "/_try", "", admin).body == R"({"sent":true})");
  CHECK(error_of(client.post(path + "/_try", "", keeper)) == "403 AP-0002");
  CHECK(error_of(client.post("/v1/webhooks/x/_try", "", admin)) == "404 AP-0001");
  CHECK(client.post("/v1/records", kSaw, keeper + key("tell-saw-1")).status == 201);
  const Reply page = client.get("/v1/outbox", admin);
  REQUIRE(page.status == 200);
  const auto items = parse_json(page.body)->at("items").as_array();
  REQUIRE(items.size() == 1);
  CHECK(items[0].at("target") == webhook->at("id"));
  CHECK(page.body.find("Trekzaag") == std::string::npos);
  const std::string message = "/v1/outbox/" + std::string(items[0].at("id").as_string());
  CHECK(client.post(message + "/_resend", "", admin).status == 204);
  CHECK(error_of(client.post("/v1/outbox/x/_resend", "", admin)) == "404 AP-0001");
  CHECK(client.post("/v1/outbox/_resend", "", admin).body == R"({"resent":0})");
  CHECK(error_of(client.get("/v1/outbox?state=lost", admin)) == "400 AP-0127");
}

TEST_CASE("mail: everybody says for themselves whether and where it comes") {
  const Api api;
  TestClient client = api.client();
  CHECK(error_of(client.get("/v1/session/mail")) == "401 HT-0018");
  const std::string headers = api.sign_in("keeper");
  CHECK(client.get("/v1/session/mail", headers).body ==
        R"({"wish":"never","address":"","language":"nl","possible":true})");
  const Reply changed = send(client, "PUT", "/v1/session/mail", headers,
                             R"({"wish":"daily","address":"kees@mail.example"})");
  CHECK(changed.status == 200);
  CHECK(client.get("/v1/session/mail", headers).body.find("kees@mail") != std::string::npos);
  CHECK(error_of(send(client, "PUT", "/v1/session/mail", headers, R"({"wish":"daily"})")) ==
        "400 AP-0020");
}

TEST_CASE("openapi: every route under /v1 is described, and nothing else") {
  Api api;
  TestClient client = api.client();
  auto document = parse_json(client.get("/v1/openapi.json").body);
  REQUIRE(document.has_value());
  std::set<std::string> described;
  for (const auto& path : document->at("paths").as_object()) {
    for (const auto& operation : path.value().as_object()) {
      std::string method(operation.key());
      for (char& c : method) c = static_cast<char>(c - 'a' + 'A');
      described.insert(method + " /v1" + std::string(path.key()));
    }
  }
  std::set<std::string> routed = api.routes();
  routed.erase("GET /v1/openapi.json");  // the description itself
  routed.erase("GET /metrics");          // not for users of the API
  CHECK(described == routed);
  const auto& schemas = document->at("components").at("schemas").as_object();
  CHECK(schemas.contains("SampleToolFields"));
  CHECK_FALSE(schemas.contains("SampleReportFields"));  // visitors may not know of it
}

TEST_CASE("files: what is uploaded and taken comes back as a download that no browser shows") {
  const Api api;
  const std::string headers = api.sign_in("keeper");
  TestClient client = api.client();
  CHECK(error_of(client.post("/v1/files", "%PDF", headers)) == "400 AP-0080");
  CHECK(error_of(client.post("/v1/files", "%PDF", "File-Name: a.pdf\r\n")).starts_with("401"));
  const auto add = [&](const std::string& name, const std::string& content) {
    return error_of(client.post("/v1/files", content, headers + "File-Name: " + name + "\r\n"));
  };
  CHECK(add("..%2Fa.pdf", "%PDF") == "400 AP-0080");
  CHECK(add("a%0D%0AX-Evil:%201.pdf", "%PDF") == "400 AP-0080");
  CHECK(add("a%ZZ.pdf", "%PDF") == "400 AP-0080");
  CHECK(add("a.pdf\r\nFile-Name: b.pdf", "%PDF") == "400 AP-0080");
  CHECK(add("a.pdf", "MZ program") == "400 AP-0083");
  TestClient large = api.client();
  large.send("POST /v1/files HTTP/1.1\r\nHost: test\r\nContent-Type: application/octet-stream\r\n"
             "File-Name: a.pdf\r\nContent-Length: 26214401\r\n" + headers + "\r\n");
  CHECK(error_of(large.read_reply()) == "413 HT-0006");
  const Reply added =
      client.post("/v1/files", "%PDF-1.7 bon", headers + "File-Name: de%20b%C3%B3n.pdf\r\n");
  REQUIRE(added.status == 201);
  const std::string fields = R"({"name":"Saw","kind":"saw","photo":)" + added.body + "}";
  const Reply made = client.post(
      "/v1/records", R"({"form":"sample/tool","fields":)" + fields + R"(,"reason":"nieuw"})",
      headers + key("create-with-file"));
  CAPTURE(made.body);
  REQUIRE(made.status == 201);
  const auto file = parse_json(added.body), record = parse_json(made.body);
  const std::string path = "/v1/records/" + std::string(record->at("id").as_string()) + "/files/" +
                           std::string(file->at("file").as_string());
  const Reply got = client.get(path, headers);
  CHECK(got.status == 200);
  CHECK(got.body.find("%PDF-1.7 bon") != std::string::npos);
  CHECK(got.header("content-type") == "application/octet-stream");
  CHECK(got.header("content-disposition") == "attachment; filename*=UTF-8''de%20b%C3%B3n.pdf");
  CHECK(got.header("content-security-policy").starts_with("default-src 'none'"));
  CHECK(got.header("x-content-type-options") == "nosniff");
  CHECK(error_of(api.client().get(path)) == "404 AP-0001");
}

TEST_CASE("files: a download of a person's file asks for the purpose that its form asks for") {
  Api api;
  api.add_pack("probe", "worker");
  api.add_role("probe/planner", "planner");
  TestClient client = api.client();
  const std::string planner = api.sign_in("planner"), worker = api.sign_in("worker");
  const std::string care = worker + "Zicht-Purpose: probe/care\r\n";
  const auto member = [](const Reply& reply, const char* name) {
    CAPTURE(reply.body);
    const auto parsed = parse_json(reply.body);
    REQUIRE(parsed.has_value());
    return std::string(parsed->at(name).as_string());
  };
  const auto make = [&](const std::string& form, const std::string& fields,
                        const std::string& headers) {
    return member(client.post("/v1/records",
                              R"({"form":"probe/)" + form + R"(","fields":{)" + fields + "}}",
                              headers + key("make-a-" + form)),
                  "id");
  };
  const auto session = parse_json(client.get("/v1/session", worker).body);
  const std::string account(session->at("account").at("id").as_string());
  const std::string child = make("child", R"("call_name":"Anna")", planner);
  make("assignment",
       R"("child":")" + child + R"(","holder":")" + account + R"(","since":"2025-01-01")", planner);
  const Reply added = client.post("/v1/files", "Beste Anna", care + "File-Name: brief.txt\r\n");
  const std::string note = make("note", R"("child":")" + child +
                                            R"(","happened_on":"2025-05-01","letters":[)" +
                                            added.body + "]",
                                care);
  const std::string path = "/v1/records/" + note + "/files/" + member(added, "file");
  CHECK(client.get(path, care).body.find("Beste Anna") != std::string::npos);
  CHECK(error_of(client.get(path, worker)) == "404 AP-0001");
  CHECK(error_of(client.get(path, worker + "Zicht-Purpose: probe/complaint\r\n")) ==
        "404 AP-0001");
  CHECK(error_of(client.get(path, worker + "Zicht-Purpose: probe/gossip\r\n")) == "400 HT-0030");
  CHECK(error_of(client.get(path, planner)) == "404 AP-0001");
}

TEST_CASE("names: who fills in a form finds people by name, others are told nothing") {
  Api api;
  api.add_pack("probe", "planner");
  api.add_role("probe/worker", "worker");
  TestClient client = api.client();
  const std::string planner = api.sign_in("planner"), worker = api.sign_in("worker");
  const auto ask = [&](const std::string& headers, const std::string& field) {
    return client.post("/v1/names/_search",
                       R"({"form":"probe/assignment","field":")" + field + R"(","text":"wor"})",
                       headers);
  };
  const Reply found = ask(planner, "holder");
  CHECK(found.status == 200);
  CHECK(found.body.find(R"("name":"worker","organisation":{"id":"library")") != std::string::npos);
  CHECK(found.body.find("planner") == std::string::npos);
  CHECK(error_of(ask(planner, "since")) == "400 AP-0020");
  CHECK(error_of(ask(worker, "holder")) == "404 AP-0003");
  CHECK(error_of(ask("", "holder")) == "401 HT-0018");
}

TEST_CASE("rules: a draft is judged for who may fill in the form, without writing anything") {
  Api api;
  api.add_pack("rules", "planner");
  TestClient client = api.client();
  const std::string path = "/v1/forms/rules/plan/_evaluate";
  const std::string draft =
      R"({"fields":{"length":"short","starts":"2025-06-01","ends":"2025-05-01"}})";
  const Reply told = client.post(path, draft, api.sign_in("planner"));
  CHECK(told.status == 200);
  CHECK(told.body.find(R"("text":{"nl":"Het einde ligt voor het begin.")") != std::string::npos);
  CHECK(told.body.find(R"("reason":{"shown":false)") != std::string::npos);
  CHECK(error_of(client.post(path, draft, "")) == "404 AP-0003");
  CHECK(error_of(client.post(path, R"({"field":{}})", api.sign_in("planner"))) == "400 AP-0020");
}

TEST_CASE("models: a visitor reads the models of a pack and tries one, without writing anything") {
  Api api;
  api.add_pack("tables", "planner");
  TestClient client = api.client();
  const std::string path = "/v1/packs/tables/models";
  CHECK(client.get(path).body.find(R"("id":"fee","name":"Kosten van hulp")") != std::string::npos);
  CHECK(client.get(path + "/fee").body.find(R"("hit_policy":"unique")") != std::string::npos);
  CHECK(error_of(client.get(path + "/other")) == "404 AP-0201");
  CHECK(error_of(client.get("/v1/packs/other/models")) == "404 AP-0200");
  CHECK(client.get("/v1/packs/tables/norms").body.ends_with(R"("items":[]})"));
  const auto ask = [&](const std::string& body) {
    return client.post(path + "/fee/_evaluate", body, "");
  };
  const Reply told = ask(R"({"decision":"Tarief","inputs":{"Soort":"licht"}})");
  CHECK(told.status == 200);
  CHECK(told.body.starts_with(R"({"outcome":"value","value":"40.5","missing":[])"));
  CHECK(error_of(ask(R"({"decision":"Tarief","inputs":{"Soort":"groot"}})")) == "400 AP-0020");
  CHECK(error_of(ask(R"({"decision":"Anders","inputs":{}})")) == "404 DM-0050");
  const auto interview = [&](const std::string& body) {
    return client.post(path + "/fee/_interview", body, "");
  };
  const Reply first = interview(R"({"decision":"Tarief","inputs":{}})");
  CHECK(first.status == 200);
  CHECK(first.body.starts_with(R"({"next":{"name":"Soort","input":"Soort")"));
  const Reply end = interview(R"({"decision":"Tarief","inputs":{"Soort":"licht"}})");
  CHECK(end.body.find(R"("end":{"outcome":"value","value":"40.5")") != std::string::npos);
  CHECK(error_of(interview(R"({"decision":"Tarief","inputs":{"Soort":1}})")) == "400 AP-0020");
  CHECK(error_of(interview(R"({"decision":"Anders","inputs":{}})")) == "404 DM-0050");
}

TEST_CASE("events: who signs out stops listening, others go on") {
  Api api;
  const std::string headers = api.sign_in("keeper"), other = api.sign_in("keeper");
  TestClient gone = api.client(), stays = api.client(), visitor = api.client();
  gone.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n" + headers + "\r\n");
  stays.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n" + other + "\r\n");
  visitor.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n\r\n");
  for (TestClient* each : {&gone, &stays, &visitor}) each->read_until("retry");
  api.end_streams_that_are_over();
  TestClient client = api.client();
  REQUIRE(send(client, "DELETE", "/v1/session", headers, "").status == 204);
  api.end_streams_that_are_over();
  CHECK(gone.is_closed_by_server());
  REQUIRE(client.post("/v1/records", kSaw, other + key("create-saw")).status == 201);
  CHECK(stays.read_until("sample/tool").find("event: record") != std::string::npos);
  CHECK(visitor.read_until("sample/tool").find("event: record") != std::string::npos);
}

TEST_CASE("events: who sees the stream begin listens by then") {
  const Api api;
  for (std::size_t round = 0; round < 200; ++round) {
    {
      TestClient client = api.client();
      client.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n\r\n");
      client.read_until("retry");
      REQUIRE_MESSAGE(api.listeners() > 0, round);
    }
    while (api.listeners() > 0) std::this_thread::yield();
  }
}

TEST_CASE("events: who may see a record hears of its change, a visitor of public forms only") {
  const Api api;
  const std::string headers = api.sign_in("keeper");
  TestClient keeper = api.client();
  TestClient visitor = api.client();
  keeper.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n" + headers + "\r\n");
  visitor.send("GET /v1/events HTTP/1.1\r\nHost: t\r\n\r\n");
  CHECK(keeper.read_until("retry").find("200 OK") != std::string::npos);
  CHECK(visitor.read_until("retry").find("200 OK") != std::string::npos);
  const std::string report =
      R"({"form":"sample/report","fields":{"subject":"Kapot","weight":"light",)"
      R"("received":{"first":"2025-05-01","last":"2025-05-01"}}})";
  TestClient client = api.client();
  const Reply hidden = client.post("/v1/records", report, headers + key("create-report"));
  CAPTURE(hidden.body);
  REQUIRE(hidden.status == 201);
  REQUIRE(client.post("/v1/records", kSaw, headers + key("create-saw")).status == 201);
  CHECK(keeper.read_until("sample/tool").find("sample/report") != std::string::npos);
  const std::string heard = visitor.read_until("sample/tool");
  CHECK(heard.find("event: record") != std::string::npos);
  CHECK(heard.find("sample/report") == std::string::npos);
  CHECK(heard.find("event: tasks") == std::string::npos);
}

TEST_CASE("api: an account that asks too often gets 429, whatever address it comes from") {
  const Api api(true, {.is_behind_proxy = true, .account = {.per_minute = 1, .burst = 5}});
  const std::string keeper = api.sign_in("keeper");
  TestClient client = api.client();
  for (int i = 0; i < 5; ++i) CHECK(client.get("/v1/catalogue", keeper).status == 200);
  const Reply refused = client.get("/v1/catalogue", keeper);
  CHECK(refused.status == 429);
  CHECK(refused.header("retry-after") == "60");
  CHECK(refused.body.find("urn:zicht:error:HT-0032\"") != std::string::npos);
  CHECK(client.get("/v1/catalogue").status == 200);

  const Api near(true, {.account = {.per_minute = 1, .burst = 5}});
  const std::string same = near.sign_in("keeper");
  TestClient local = near.client();
  for (int i = 0; i < 20; ++i) CHECK(local.get("/v1/catalogue", same).status == 200);
}

// Something that a request waits for: says when one has come, and lets them go.
class Gate {
 public:
  void pass() {
    came_ = true;
    open_.wait();
  }
  bool has_come() const { return came_; }
  void open() { promise_.set_value(); }

 private:
  std::atomic<bool> came_{false};
  std::promise<void> promise_;
  std::shared_future<void> open_ = promise_.get_future().share();
};

TEST_CASE("api: trying a webhook and wiping what is due hold no worker that others need") {
  ServerOptions options;
  options.workers = 1;
  Gate sending, wiping;  // before the server, which ends first
  Api api(true, {}, options);
  api.add_pack("probe", "planner");
  api.add_administrator();
  TestClient one = api.client(), two = api.client(), other = api.client();
  const std::string admin = api.sign_in("admin");
  const Reply made = send(other, "POST", "/v1/webhooks", admin,
                          R"({"title":"Zaken","url":"https://zaken.example/",)"
                          R"("forms":["sample/tool"],"events":["created"]})");
  REQUIRE(made.status == 201);
  const std::string hook(parse_json(made.body)->at("id").as_string());
  const std::string id(26, '7');
  api.retention().kept.push_back({{.record = id, .form = "probe/adult", .organisation = "library",
                                   .created = 1, .version = 4},
                                  *Instant::parse("2019-01-31T09:00:00Z")});
  api.sender().before_answer = [&] { sending.pass(); };
  api.retention().before_wipe = [&] { wiping.pass(); };
  begin(one, "POST", "/v1/webhooks/" + hook + "/_try", admin, "");
  begin(two, "POST", "/v1/retention/_approve", admin,
        R"({"records":[{"record":")" + id + R"(","version":4}]})");
  CHECK(eventually([&] { return sending.has_come() && wiping.has_come(); }));
  CHECK(other.get("/v1/webhooks", admin).status == 200);
  sending.open();
  wiping.open();
  CHECK(one.read_reply().body == R"({"sent":true})");
  CHECK(two.read_reply().body == R"({"erased":1,"left":[],"wiped":true})");
}

TEST_CASE("api: who finds no place for a condition is told when to come again") {
  Gate asking;
  Api api;
  const std::string body = R"({"form":"sample/tool","where":"kind = \"saw\""})";
  api.store().on_page = [&](const model::Query&) { asking.pass(); };
  TestClient one = api.client(), other = api.client();
  begin(one, "POST", "/v1/records/_search", "", body);
  CHECK(eventually([&] { return asking.has_come(); }));
  const Reply refused = send(other, "POST", "/v1/records/_search", "", body);
  CHECK(error_of(refused) == "429 AP-0172");
  CHECK(refused.header("retry-after") == "1");
  asking.open();
  CHECK(one.read_reply().status == 200);
  CHECK(send(other, "POST", "/v1/records/_search", "", body).status == 200);
}

TEST_CASE("api: many searches at once are answered after one step, by one worker") {
  constexpr std::chrono::milliseconds kStep(800);
  constexpr int kMany = 12;
  ApiOptions slow;
  slow.not_visible_time = kStep;
  ServerOptions options;
  options.workers = 1;
  Api api(true, slow, options);
  const std::string keeper = api.sign_in("keeper");
  std::vector<TestClient> clients;
  for (int i = 0; i < kMany; ++i) clients.push_back(api.client());
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::steady_clock::now() - start; };
  for (int i = 0; i < kMany; ++i) {
    const bool is_hidden = i % 2 == 0;
    begin(clients[static_cast<std::size_t>(i)], is_hidden ? "GET" : "POST",
          is_hidden ? "/v1/records/unknown" : "/v1/tasks/_search", keeper, is_hidden ? "" : "{}");
  }
  // One that need not wait is not kept by those that do.
  TestClient quick = api.client();
  CHECK(quick.get("/v1/session", keeper).status == 200);
  CHECK(elapsed() < kStep);
  for (int i = 0; i < kMany; ++i) {
    const Reply reply = clients[static_cast<std::size_t>(i)].read_reply();
    CHECK(reply.status == (i % 2 == 0 ? 404 : 200));
    CHECK(elapsed() >= kStep);
  }
  CHECK(elapsed() < kMany / 2 * kStep);
}

TEST_CASE("api: letters and places of rounds that are not there answer after a step, as records") {
  constexpr std::chrono::milliseconds kStep(300);
  ApiOptions slow;
  slow.not_visible_time = kStep;
  Api api(true, slow);
  api.add_pack("rounds", "gardener");
  const auto answer = [&](const std::string& path, const std::string& headers = "") {
    const auto start = std::chrono::steady_clock::now();
    const Reply reply = api.client().get(path, headers);
    CHECK(std::chrono::steady_clock::now() - start >= kStep);
    return error_of(reply);
  };
  CHECK(answer("/v1/letters/unknown") == "404 AP-0260");
  CHECK(answer("/v1/rounds/rounds/season/unknown") == "404 AP-0281");
  // Who is signed in gets every answer about a document after whole steps.
  CHECK(answer("/v1/letters/x/document?format=docx", api.sign_in("gardener")) == "400 AP-0269");
}

TEST_CASE("api: what the server watches of itself is for administrators") {
  Api api;
  api.add_role("administrator", "chief");
  CHECK(api.client().get("/v1/health").status == 401);
  const Reply refused = api.client().get("/v1/health", api.sign_in("keeper"));
  CHECK(refused.status == 403);
  const Reply reply =
      api.client().get("/v1/health", api.sign_in("chief") + "Accept-Language: en\r\n");
  CHECK(reply.status == 200);
  CHECK(reply.body ==
        R"({"status":"warn","checks":[{"id":"disk","title":"Disk","status":"pass","value":9,)"
        R"("threshold":5},{"id":"clock","title":"Clock","status":"warn","value":7,"threshold":0,)"
        R"("since":"2025-06-01T09:00:00.000000Z"}]})");
}

TEST_CASE("api: refused tries to sign in are counted") {
  Api api;
  const Counter& refused = refused_sign_ins(api.metrics());
  CHECK(api.client().post("/v1/session", R"({"login":"keeper","password":"wrong"})").status == 401);
  CHECK(api.client().post("/v1/session", R"({"login":"nobody","password":"wrong"})").status == 401);
  CHECK(refused.value() == 2);
  api.sign_in("keeper");
  CHECK(refused.value() == 2);
}
