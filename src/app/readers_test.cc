// Who has looked: every question about persons by every way, what stands in the log for it, what
// the person is told of it, and that nothing is told when the log cannot be written. Over fakes;
// the table names what one look must leave behind.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "app/testing/probe_world.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::ProbeWorld;
using testing::RecordWorld;
using testing::with;

Caller privacy_officer() { return RecordWorld::person("fg", "north", {"privacy-officer"}); }

// "action form persons outcome" of the only entry; "-" without one.
std::string noted(ProbeWorld& world, const std::function<void()>& look) {
  world.read_log.clear();
  look();
  const auto entries = world.read_log.entries();
  if (entries.empty()) return "-";
  REQUIRE(entries.size() == 1);
  const ReadEntry& entry = entries.front();
  std::string text = entry.action + " " + (entry.form.empty() ? "-" : entry.form);
  for (const std::string& subject : entry.subjects) {
    text += subject == world.young    ? " young"
            : subject == world.middle ? " middle"
            : subject == world.old    ? " old"
            : subject == world.mother ? " mother"
                                      : " ?";
  }
  return text + (entry.is_refused ? " refused" : "");
}

// As a set of words: the persons stand in the order of their ids.
bool is_noted(ProbeWorld& world, const std::string& expected, const std::function<void()>& look) {
  const std::string found = noted(world, look);
  const auto words = [](const std::string& text) {
    std::multiset<std::string> all;
    std::string word;
    for (const char c : text + " ") {
      if (c != ' ') {
        word += c;
      } else {
        all.insert(std::exchange(word, ""));
      }
    }
    return all;
  };
  CAPTURE(found);
  CAPTURE(expected);
  CHECK(words(found) == words(expected));
  return words(found) == words(expected);
}

TEST_CASE("read log: every way of looking leaves one entry with all persons in the answer") {
  ProbeWorld world;
  const Caller worker = world.worker();
  const auto search = [&](const Caller& caller, const std::string& form) {
    return [&world, caller, form] {
      static_cast<void>(world.records.search(caller, json::object{{"form", form}}));
    };
  };
  is_noted(world, "read probe/child young",
           [&] { static_cast<void>(world.records.read(worker, world.young, {})); });
  is_noted(world, "read probe/note middle young",
           [&] { static_cast<void>(world.records.read(worker, world.shared_note, {})); });
  is_noted(world, "history probe/note young",
           [&] { static_cast<void>(world.records.history(worker, world.note, {})); });
  is_noted(world, "links probe/child young",
           [&] { static_cast<void>(world.records.links(worker, world.young)); });
  is_noted(world, "norms probe/child young",
           [&] { static_cast<void>(world.records.norms(worker, world.young)); });
  is_noted(world, "norms - old refused",
           [&] { static_cast<void>(world.records.norms(worker, world.old)); });
  is_noted(world, "search probe/child young middle", search(worker, "probe/child"));
  is_noted(world, "search probe/note young middle", search(worker, "probe/note"));
  is_noted(world, "search probe/child", search(world.child("nobody"), "probe/child"));
  is_noted(world, "tasks - young middle",
           [&] { static_cast<void>(world.tasks.search(worker, json::object{})); });
  is_noted(world, "export probe/child young middle", [&] {
    json::object body{{"form", "probe/child"}, {"format", "csv"}};
    static_cast<void>(world.records.export_rows(world.psychologist(), body, Language::kDutch));
    Caller both = worker;
    both.roles.emplace_back("probe/psychologist");
    static_cast<void>(world.records.export_rows(both, body, Language::kDutch));
    const auto entries = world.read_log.entries();
    world.read_log.clear();
    REQUIRE(world.read_log.append(entries.back()).has_value());
  });
  // A refused look and one at nothing leave the same traces, but for the person.
  is_noted(world, "read - old refused",
           [&] { static_cast<void>(world.records.read(worker, world.old, {})); });
  is_noted(world, "read - refused", [&] {
    static_cast<void>(world.records.read(worker, std::string(26, '9'), {}));
  });
  is_noted(world, "change - old refused", [&] {
    static_cast<void>(world.records.change(worker, world.old, json::object{}, {1, {}}));
  });
  // A conflict shows the record as it is.
  is_noted(world, "read probe/child young", [&] {
    static_cast<void>(world.records.change(worker, world.young, json::object{}, {9, {}}));
  });
  is_noted(world, "-", search(RecordWorld::visitor(), "probe/provider"));
  is_noted(world, "-", search(worker, "probe/provider"));
}

TEST_CASE("read log: an entry says who looked, in which roles, for what and by which request") {
  ProbeWorld world;
  Caller worker = world.worker();
  worker.trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  worker.roles = {"auditor", "probe/worker", "sample/lender"};
  REQUIRE(world.records.read(worker, world.young, {}).has_value());
  const ReadEntry entry = world.read_log.entries().back();
  CHECK(entry.account == worker.account);
  CHECK(entry.organisation == "north");
  CHECK(entry.roles == std::vector<std::string>{"auditor", "probe/worker"});
  CHECK(entry.purpose == "probe/care");
  CHECK(entry.trace == worker.trace);
  CHECK(entry.at == world.clock.now());
  CHECK(entry.id.size() == 26);
}

TEST_CASE("read log: what cannot be noted is not shown") {
  ProbeWorld world;
  world.read_log.fail(make_error("ST-0008"));
  const std::string id(26, '9');
  CHECK(RecordWorld::failure(world.records.read(world.worker(), world.young, {})) == "ST-0008");
  CHECK(RecordWorld::failure(world.records.norms(world.worker(), world.young)) == "ST-0008");
  CHECK(RecordWorld::failure(world.records.read(world.worker(), id, {})) == "ST-0008");
  CHECK(RecordWorld::failure(world.tasks.search(world.worker(), json::object{})) == "ST-0008");
  const json::object body{{"form", "probe/child"}};
  CHECK(RecordWorld::failure(world.records.search(world.worker(), body)) == "ST-0008");
  // What is about nobody is still there.
  const json::object public_body{{"form", "probe/provider"}};
  CHECK(RecordWorld::failure(world.records.search(world.worker(), public_body)) == "");
}

TEST_CASE("read log: a record that is not shown yet is noted when it is to be kept") {
  ProbeWorld world;
  const auto unshown = [&](const std::string& id) {
    auto found = world.records.read_unshown(world.worker(), id, {});
    REQUIRE(found.has_value());
    return *std::move(found);
  };
  world.read_log.clear();
  const auto read = world.records.read(world.worker(), world.young, {});
  auto held = unshown(world.young);
  CHECK(held.document.json == read->json);
  REQUIRE(held.look.has_to_be_kept());
  CHECK(world.read_log.entries().size() == 1);
  std::vector<std::string> told;
  const auto tell = [&](Result<void> kept) { told.push_back(kept ? "kept" : kept.error().id); };
  std::move(held.look).keep(tell);
  CHECK_FALSE(held.look.has_to_be_kept());
  REQUIRE(world.read_log.entries().size() == 2);
  const ReadEntry waited = world.read_log.entries()[0], kept = world.read_log.entries()[1];
  CHECK(waited.subjects == kept.subjects);
  CHECK(waited.action == kept.action);
  CHECK(waited.form == kept.form);
  CHECK(waited.roles == kept.roles);
  auto failing = unshown(world.young);
  world.read_log.fail(make_error("ST-0008"));
  std::move(failing.look).keep(tell);
  CHECK(told == std::vector<std::string>{"kept", "ST-0008"});
  // A refused look is noted by whoever refuses it.
  CHECK(RecordWorld::failure(world.records.read_unshown(world.worker(), world.old, {})) ==
        "ST-0008");
}

TEST_CASE("readers: a person sees organisation, role, purpose and day, and no names of staff") {
  ProbeWorld world;
  world.read_log.clear();
  for (int i = 0; i < 3; ++i) {
    REQUIRE(world.records.read(world.worker(), world.middle, {}).has_value());
  }
  world.clock.set(*Instant::parse("2026-02-01T23:30:00Z"));
  REQUIRE(world.records.read(world.mate(), world.middle, {}).has_value());
  CHECK_FALSE(world.records.read(world.officer(), world.middle, {}).has_value());
  const Caller self = world.child(world.middle);
  const auto told = world.readers.readers(self, world.middle, "");
  REQUIRE(told.has_value());
  const Json answer = parsed(*told);
  const auto& items = answer.at("items").as_array();
  REQUIRE(items.size() == 2);
  // After midnight in Amsterdam it is the next day.
  CHECK(items[0].at("day").as_string() == "2026-02-02");
  CHECK(items[0].at("organisation").at("id").as_string() == "south");
  CHECK(items[1].at("times").as_int64() == 3);
  CHECK(items[1].at("roles").at(0).at("title").at("nl").as_string() == "Begeleider");
  CHECK(items[1].at("purpose").at("title").at("nl").as_string() == "Hulp verlenen");
  CHECK(told->find(world.worker().account) == std::string::npos);
  CHECK(told->find("\"name\":\"worker\"") == std::string::npos);
  // Looking at it is a look.
  CHECK(world.read_log.entries().back().action == "readers");
}

TEST_CASE("readers: nobody else is told, whether the person exists or not") {
  ProbeWorld world;
  const std::string nobody(26, '9');
  for (const Caller& caller : {world.worker(), world.parent(), world.child(world.old),
                               RecordWorld::auditor(), RecordWorld::administrator()}) {
    CAPTURE(caller.name);
    CHECK(RecordWorld::failure(world.readers.readers(caller, world.middle, "")) == "AP-0001");
    CHECK(RecordWorld::failure(world.readers.readers(caller, nobody, "")) == "AP-0001");
    CHECK(RecordWorld::failure(world.readers.search(caller, json::object{})) == "AP-0002");
    const json::object body{{"format", "csv"}};
    CHECK(RecordWorld::failure(world.readers.export_rows(caller, body, Language::kDutch)) ==
          "AP-0002");
  }
}

TEST_CASE("readers: a privacy officer searches all, and exports it") {
  ProbeWorld world;
  world.read_log.clear();
  REQUIRE(world.records.read(world.worker(), world.middle, {}).has_value());
  REQUIRE_FALSE(world.records.read(world.mate(), world.young, {}).has_value());
  const auto count = [&](json::object body) {
    const auto page = world.readers.search(privacy_officer(), body);
    REQUIRE_MESSAGE(page.has_value(), (page ? "" : describe(page.error())));
    return parsed(*page).at("items").as_array().size();
  };
  CHECK(count({{"subject", world.middle}}) == 1);
  CHECK(count({{"account", world.mate().account}}) == 1);
  CHECK(count({{"account", world.mate().account}, {"to", "2026-01-30"}}) == 0);
  CHECK(count({{"account", world.mate().account}, {"from", "2026-01-31"}, {"to", "2026-01-31"}}) ==
        1);
  const auto page = world.readers.search(privacy_officer(), json::object{{"subject", world.young}});
  CHECK(parsed(*page).at("items").at(0).at("outcome").as_string() == "refused");
  CHECK(RecordWorld::failure(world.readers.search(privacy_officer(), json::object{{"limit", 0}})) ==
        "AP-0075");
  const json::object body{{"subject", world.middle}, {"format", "csv"}};
  const auto file = world.readers.export_rows(privacy_officer(), body, Language::kDutch);
  REQUIRE(file.has_value());
  CHECK(file->content.find("probe/worker|probe/care|read|probe/child|" + world.middle + "|ok|") !=
        std::string::npos);
  const json::object wrong{{"format", "doc"}};
  CHECK(RecordWorld::failure(
            world.readers.export_rows(privacy_officer(), wrong, Language::kDutch)) == "AP-0076");
}

}  // namespace
}  // namespace zicht::app
