// What one may not see does not come over the wire. Everybody asks everything that the OpenAPI
// document knows, of a running server with a word of its own in every field: no answer, header,
// event, metric or log line holds a word that the naive evaluator does not grant. And two worlds
// that differ in a hidden child, with a note and a worker of its own, give equal bytes. All of it
// on both databases.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "wire_requests.h"

namespace zicht::wire {
namespace {

using http::testing::Reply;

using Kind = store::Dialect::Kind;

void on_both(void (*check)(Kind)) {
  for (const bool is_postgres : {false, true}) {
    CAPTURE(is_postgres);
    check(is_postgres ? Kind::kPostgres : Kind::kSqlite);
  }
}

constexpr int kLeastShown = 500;
constexpr int kLeastHidden = 100'000;

std::string all_of(const Reply& reply) {
  std::string text = std::to_string(reply.status) + "\n";
  for (const auto& [name, value] : reply.headers) text += name + ": " + value + "\n";
  return text + "\n" + reply.body;
}

// The text of a workbook, which travels packed.
std::string unpacked(const std::string& workbook) {
  const auto file = std::filesystem::temp_directory_path() / "zicht-wire-workbook.xlsx";
  std::ofstream(file, std::ios::binary) << workbook;
  const std::string command =
      "python3 -c \"import sys,zipfile\nz=zipfile.ZipFile('" + file.string() +
      "')\nfor n in z.namelist(): sys.stdout.buffer.write(z.read(n))\"";
  // tidy-allow: the command is fixed but for a path of our own
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  std::string piece(1 << 16, '\0');
  while (const std::size_t got = fread(piece.data(), 1, piece.size(), pipe)) {
    text.append(piece, 0, got);
  }
  CHECK(pclose(pipe) == 0);
  std::filesystem::remove(file);
  return text;
}

bool is_workbook(const Reply& reply) { return reply.body.starts_with("PK\x03\x04"); }

bool holds(const std::string& text, const std::string& word) {
  return text.find(word) != std::string::npos;
}

// Who watches over others sees ids, and reasons of breaks, where that is the point.
bool watches(const Asker& asker, const Request& request) {
  static const std::map<std::string, std::set<std::string>> kWatched = {
      {"readJournal", {"auditor", "administrator"}},
      {"listAccounts", {"administrator"}},
      {"changeAccount", {"administrator"}},
      {"searchReadLog", {"privacy-officer"}},
      {"exportReadLog", {"privacy-officer"}},
      {"searchBreaks", {"privacy-officer", "breaker"}},
      {"searchHandovers", {"privacy-officer"}}};
  const auto watched = kWatched.find(request.operation);
  return watched != kWatched.end() && watched->second.contains(asker.name);
}

struct Tally {
  int shown = 0, hidden = 0;
};

void check_words(const World& world, const Asker& asker, const std::string& question,
                 const std::string& answer, Tally& tally) {
  for (const Canary& canary : world.canaries()) {
    if (!holds(answer, canary.text)) {
      ++tally.hidden;
      continue;
    }
    ++tally.shown;
    if (holds(question, canary.text)) continue;   // the asker said it first
    if (world.may_see(asker.caller, canary.record, canary.sensitivity)) continue;
    FAIL_CHECK(asker.name << " saw " << canary.text << " by " << question);
  }
}

void check_ids(const World& world, const Asker& asker, const Request& request,
               const std::string& question, const std::string& answer) {
  for (const std::string& id : world.records()) {
    if (!holds(answer, id) || holds(question, id)) continue;
    if (world.may_see_id(asker.caller, id) || watches(asker, request)) continue;
    const bool is_own = asker.caller.subject == id;
    if (is_own && request.operation == "readSession") continue;
    FAIL_CHECK(asker.name << " saw the id of " << world.row(id).form << " by " << question);
  }
}

void check_answers(Kind kind) {
  World world(kind);
  const auto operations = operations_of(world);
  const auto requests = all_requests(world, world.records(), operations);
  Tally tally;
  for (const Asker& asker : world.askers()) {
    auto client = world.client();
    for (const Request& request : requests) {
      const Reply reply = send(client, asker, request);
      const std::string question = request.method + " " + request.path + " " + request.body;
      if (reply.status == 0 || reply.status >= 500) FAIL_CHECK(question << ": " << reply.body);
      std::string answer = all_of(reply);
      if (is_workbook(reply)) answer += unpacked(reply.body);
      check_words(world, asker, question, answer, tally);
      check_ids(world, asker, request, question, answer);
      const bool hands_over = asker.name == "planner" || asker.name == "receiver";
      if (holds(answer, "canaryhandoverreason") && !hands_over && !watches(asker, request)) {
        FAIL_CHECK(asker.name << " saw why a file was handed over by " << question);
      }
      if (!holds(answer, "canarybreakreason") || watches(asker, request)) continue;
      const bool is_told = asker.caller.purpose == "probe/complaint";
      if (!is_told) FAIL_CHECK(asker.name << " saw why by " << question);
    }
  }
  CHECK(tally.shown > kLeastShown);
  CHECK(tally.hidden > kLeastHidden);
  // Nothing of it is left beside the answers.
  const auto client_metrics = world.client().get("/metrics");
  REQUIRE(client_metrics.status == 200);
  std::string beside = client_metrics.body;
  for (const std::string& line : world.server().log().lines()) beside += line + "\n";
  for (const Canary& canary : world.canaries()) CHECK_FALSE(holds(beside, canary.text));
  for (const std::string& id : world.records()) CHECK_FALSE(holds(beside, id));
}

void check_found(Kind kind) {
  World world(kind);
  const auto requests = all_requests(world, world.records(), operations_of(world));
  for (const Asker& asker : world.askers()) {
    std::string all;
    auto client = world.client();
    for (const Request& request : requests) {
      const bool is_read = request.operation == "readRecord" ||
                           request.operation == "readHistory" ||
                           request.operation == "downloadFile";
      if (is_read) all += send(client, asker, request).body;
    }
    for (const Canary& canary : world.canaries()) {
      // A version in which nothing changed that a form has is not told, nor why it was made.
      if (canary.text.ends_with("reason")) continue;
      if (!world.may_see(asker.caller, canary.record, canary.sensitivity)) continue;
      CAPTURE(asker.name);
      CAPTURE(canary.text);
      CHECK(holds(all, canary.text));
    }
  }
}

void check_stream(Kind kind) {
  World world(kind);
  for (const Asker& asker : world.askers()) {
    CAPTURE(asker.name);
    auto client = world.client();
    client.send("GET /v1/events HTTP/1.1\r\nHost: test\r\n" + asker.headers + "\r\n");
    REQUIRE(client.read_head().status == 200);
    client.patience = std::chrono::milliseconds(500);
    std::string told;
    // The stream may begin a moment after its head.
    const bool is_told = http::testing::eventually([&] {
      for (const std::string& id : world.records()) {
        const auto handed_to = world.services().store.handed_to(id);
        REQUIRE(handed_to.has_value());
        world.feed().record_changed(world.row(id), *handed_to);
      }
      world.feed().packs_changed();
      told += client.read_until("event: packs");
      return holds(told, "event: packs");
    });
    REQUIRE(is_told);
    Tally tally;
    check_words(world, asker, "GET /v1/events", told, tally);
    for (const std::string& id : world.records()) {
      const bool may_see = world.may_see(asker.caller, id, world.row(id).audience);
      if (holds(told, id)) CHECK(may_see);
      // What was handed over is told of as what is one's own.
      if (asker.name == "receiver" && may_see) CHECK(holds(told, id));
    }
  }
}

void check_cleaner(Kind kind) {
  World world(kind);
  const auto requests = all_requests(world, world.records(), operations_of(world));
  const auto asker = std::find_if(world.askers().begin(), world.askers().end(),
                                  [](const Asker& each) { return each.name == "cleaner"; });
  auto client = world.client();
  for (const Request& request : requests) {
    const Reply reply = send(client, *asker, request);
    for (const Canary& canary : world.canaries()) {
      const bool is_public = canary.sensitivity == model::Sensitivity::kPublic;
      if (is_public || !holds(reply.body, canary.text)) continue;
      CHECK(holds(request.path + request.body, canary.text));
    }
  }
}

// Without what is never the same twice.
std::string lasting(const Reply& reply) {
  std::string text = std::to_string(reply.status) + "\n";
  for (const auto& [name, value] : reply.headers) {
    if (name != "request-id" && name != "date") text += name + ": " + value + "\n";
  }
  constexpr std::string_view kIncident = "urn:zicht:incident:";
  std::string body = reply.body;
  const auto at = body.find(kIncident);
  if (at != std::string::npos) body.erase(at, kIncident.size() + 32);
  return text + "\n" + body;
}

void check_hidden_child(Kind kind) {
  World plain(kind), other(kind, Worlds::kWithHidden);
  REQUIRE(plain.records() == other.records());
  std::vector<std::string> ids = plain.records();
  ids.insert(ids.end(), other.hidden().begin(), other.hidden().end());
  const auto operations = operations_of(plain);
  const auto requests = all_requests(plain, ids, operations);
  // Whose task or right it is to know of the child, or of everything.
  const std::set<std::string> knowing = {"planner", "administrator", "auditor",
                                         "privacy-officer", "officer for a complaint"};
  for (std::size_t i = 0; i < plain.askers().size(); ++i) {
    const Asker &left = plain.askers()[i], &right = other.askers()[i];
    REQUIRE(left.headers == right.headers);
    if (knowing.contains(left.name)) continue;
    auto to_plain = plain.client(), to_other = other.client();
    for (const Request& request : requests) {
      if (request.is_of_chance) continue;
      const std::string one = lasting(send(to_plain, left, request));
      const std::string two = lasting(send(to_other, right, request));
      if (one == two) continue;
      FAIL_CHECK(left.name << " " << request.method << " " << request.path << " "
                           << request.body << "\n" << one << "\n---\n" << two);
    }
  }
}

TEST_CASE("wire: every search waits for the end of a step (http/step_test.cc)") {
  constexpr std::chrono::milliseconds kStep(40);
  World world(Kind::kSqlite, Worlds::kPlain, kStep);
  const auto asker = std::find_if(world.askers().begin(), world.askers().end(),
                                  [](const Asker& each) { return each.name == "cleaner"; });
  auto client = world.client();
  const std::pair<const char*, const char*> searches[] = {
      {"/v1/records/_search", R"({"form":"probe/note"})"},
      {"/v1/_search", R"({"text":"canary"})"},
      {"/v1/names/_search", R"({"form":"probe/note","field":"child"})"},
      {"/v1/records/_export", R"({"form":"probe/note","format":"csv"})"},
      {"/v1/tasks/_search", "{}"}};
  for (const auto& [path, body] : searches) {
    CAPTURE(path);
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(send(client, *asker, {"", "POST", path, body}).status != 0);
    CHECK(std::chrono::steady_clock::now() - start >= kStep);
  }
}

// Every file that the catalogue names comes, whoever asks, and the same to all.
void check_open_data(Kind kind) {
  const World world(kind);
  const auto document = parse_json(world.client().get("/v1/open-data/catalogue").body);
  REQUIRE(document.has_value());
  std::set<std::string> files;
  for (const Json& node : document->at("@graph").as_array()) {
    const Json* urls = node.as_object().if_contains("dcat:downloadURL");
    if (urls != nullptr) files.emplace(urls->at(0).at("@id").as_string());
  }
  CHECK(files.size() > 3);
  for (const std::string& path : files) {
    CAPTURE(path);
    std::set<std::string> answers;
    for (const Asker& asker : world.askers()) {
      auto client = world.client();
      const Reply reply = send(client, asker, {"", "GET", path, ""});
      CHECK(reply.status == 200);
      if (!is_workbook(reply)) answers.insert(reply.body);
    }
    CHECK(answers.size() <= 1);
  }
  // By header as by name; and what is not said is JSON.
  auto client = world.client();
  const Reply named = world.client().get("/v1/open-data/catalogue?format=turtle");
  const Asker visitor{"", {}, "Accept: application/json;q=0.5, text/turtle\r\n"};
  const Reply asked = send(client, visitor, {"", "GET", "/v1/open-data/catalogue", ""});
  CHECK(asked.body == named.body);
  CHECK(asked.body.starts_with("@prefix "));
  const Asker browser{"", {}, "Accept: text/turtle;q=0.5, application/json\r\n"};
  CHECK(send(client, browser, {"", "GET", "/v1/open-data/catalogue", ""}).body.starts_with("{"));
  CHECK(world.client().get("/v1/open-data/catalogue?format=xml").status == 400);
  CHECK(world.client().get("/v1/open-data/registers/probe/provider?format=json").status == 400);
}

TEST_CASE("wire: open data comes as the catalogue says, the same to everybody") {
  on_both(check_open_data);
}

TEST_CASE("wire: no answer holds a word or an id that its asker may not see") {
  on_both(check_answers);
}

TEST_CASE("wire: who may see a word finds it") {
  on_both(check_found);
}

TEST_CASE("wire: the stream of changes tells of rows that are seen without a relation only") {
  on_both(check_stream);
}

TEST_CASE("wire: the cleaner, who may see nothing of persons, sees nothing") {
  on_both(check_cleaner);
}

TEST_CASE("wire: a hidden child changes no byte of any answer") {
  on_both(check_hidden_child);
}

}  // namespace
}  // namespace zicht::wire
