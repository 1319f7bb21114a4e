// My work: a table of callers and the tasks that each sees, the order, pages and the count, over a
// store in memory with the sample pack.
#include "app/task_service.h"

#include <doctest/doctest.h>

#include "app/testing/fake_read_log.h"
#include "app/testing/sign_in_world.h"
#include "packs/testing/folders.h"

namespace zicht::app {
namespace {

using model::Sensitivity;

struct Row {
  std::string key;                      // of the task; the record is "record-<key>"
  std::string organisation;
  Sensitivity audience = Sensitivity::kInternal;
  std::string role;
  std::string due_last;                 // empty: no due window
};

struct Desk {
  testing::SignInWorld world{{packs::testing::sample_files()}};
  testing::FakeReadLog read_log;
  ReadRecorder reads{{read_log, world.store, world.clock, world.rng}};
  TaskService tasks{world.store, world.packs, world.clock, reads};

  void add(const Row& row) {
    RecordWrite write;
    model::Record& record = write.record;
    record.id = "record-" + row.key;
    record.form = "sample/report";
    record.organisation = row.organisation;
    record.version = 1;
    record.fields = json::object{};
    record.title = "Titel " + row.key;
    record.audience = row.audience;
    record.process = "big-report";
    record.state = "heard";
    record.valid_from = Date::of(2025, 5, 1);
    model::Task task{row.key, row.role, {"Doe " + row.key, "Do " + row.key}, {},
                     Date::of(2025, 5, 1)};
    if (!row.due_last.empty()) {
      const Date last = *Date::parse(row.due_last);
      task.due = DateInterval{*add_days(last, -2), last};
    }
    record.tasks = {task};
    write.event.event = "created";
    Unit unit;
    unit.actor = "system";
    unit.purpose = "work";
    unit.records = {write};
    REQUIRE(world.store.append_and_wait(unit));
  }

  Json search(const Caller& caller, const std::string& body = "{}") {
    const auto answer = tasks.search(caller, *parse_json(body));
    REQUIRE(answer);
    return *parse_json(*answer);
  }
  std::string failure(const Caller& caller, const std::string& body) {
    const auto answer = tasks.search(caller, *parse_json(body));
    REQUIRE_FALSE(answer);
    std::string out = answer.error().id;
    for (const Problem& problem : answer.error().problems) {
      out += " " + problem.id + " " + problem.where;
    }
    return out;
  }
};

Caller with(std::vector<std::string> roles, const std::string& organisation = "own") {
  return {"account", "person", "Anna", organisation, std::move(roles)};
}

std::string keys(const Json& answer) {
  std::string out;
  for (const Json& item : answer.at("items").as_array()) {
    out += (out.empty() ? "" : " ") + std::string(item.at("key").as_string());
  }
  return out;
}

TEST_CASE("my work: everybody sees the tasks of roles held, in rows that may be seen, due first") {
  Desk desk;
  const Row rows[] = {
      {"undated", "own", Sensitivity::kInternal, "lender", ""},
      {"late", "own", Sensitivity::kInternal, "lender", "2025-06-20"},
      {"soon", "own", Sensitivity::kPublic, "lender", "2025-06-10"},
      {"elsewhere", "other", Sensitivity::kInternal, "lender", "2025-06-11"},
      {"shown", "other", Sensitivity::kPublic, "lender", "2025-06-12"},
      {"closed", "own", Sensitivity::kConfidential, "lender", "2025-06-13"},
      {"kept", "other", Sensitivity::kConfidential, "keeper", "2025-06-14"},
      {"audited", "own", Sensitivity::kInternal, "auditor", "2025-06-15"},
      {"escalated", "own", Sensitivity::kPublic, "administrator", "2025-06-16"},
  };
  for (const Row& row : rows) desk.add(row);
  struct Seen {
    Caller caller;
    const char* keys;
  };
  const Seen seen[] = {
      {with({}), ""},
      {with({"sample/lender"}), "soon shown late undated"},
      {with({"sample/lender"}, "other"), "soon elsewhere shown"},
      {with({"sample/keeper"}), "kept"},
      {with({"sample/lender", "sample/keeper"}),
       "soon elsewhere shown closed kept late undated"},
      {with({"auditor"}), "audited"},
      {with({"administrator"}), ""},      // may not read the form
      {with({"other/lender"}), ""},
      {with({"lender"}), ""},
  };
  for (const Seen& one : seen) {
    CAPTURE(one.keys);
    CHECK(keys(desk.search(one.caller)) == one.keys);
  }
}

TEST_CASE("my work: an item says what, about which record, by when") {
  Desk desk;
  desk.add({"a", "own", Sensitivity::kInternal, "lender", "2025-06-10"});
  const auto answer = desk.tasks.search(with({"sample/lender"}), json::object{});
  CHECK(*answer ==
        R"({"items":[{"key":"a","record":{"id":"record-a","form":"sample/report",)"
        R"("title":"Titel a","state":"heard"},"role":"lender",)"
        R"("what":{"nl":"Doe a","en":"Do a"},"due":{"first":"2025-06-08","last":"2025-06-10"},)"
        R"("opened":"2025-05-01","overdue":false}],"count_hint":1})");
}

TEST_CASE("my work: a task is overdue from the day after its window, in Amsterdam") {
  Desk desk;
  desk.add({"a", "own", Sensitivity::kInternal, "lender", "2025-06-02"});
  desk.add({"b", "own", Sensitivity::kInternal, "lender", ""});
  struct Moment {
    const char* now;
    bool is_overdue;
  };
  const Moment moments[] = {{"2025-06-02T10:00:00Z", false},
                            {"2025-06-02T21:59:59Z", false},
                            {"2025-06-02T22:00:00Z", true}};
  for (const Moment& moment : moments) {
    CAPTURE(moment.now);
    desk.world.clock.set(*Instant::parse(moment.now));
    const Json answer = desk.search(with({"sample/lender"}));
    CHECK(answer.at("items").at(0).at("overdue").as_bool() == moment.is_overdue);
    CHECK_FALSE(answer.at("items").at(1).at("overdue").as_bool());
    CHECK_FALSE(answer.at("items").at(1).as_object().contains("due"));
  }
}

TEST_CASE("my work: pages give every task once, and count up to 99") {
  for (const int count : {0, 1, 50, 51, 98, 99, 100, 120}) {
    CAPTURE(count);
    Desk desk;
    for (int i = 0; i < count; ++i) {
      desk.add({std::to_string(i), "own", Sensitivity::kInternal, "lender", ""});
    }
    for (const std::string limit : {"", "\"limit\": 200, ", "\"limit\": 7, "}) {
      CAPTURE(limit);
      int found = 0;
      std::string cursor;
      do {
        const std::string body = "{" + limit + "\"cursor\": \"" + cursor + "\"}";
        const Json page = desk.search(with({"sample/lender"}), body);
        CHECK(page.at("count_hint").as_int64() == std::min(count, 99));
        for (const Json& item : page.at("items").as_array()) {
          CHECK(item.at("key") == Json(std::to_string(found++)));
        }
        const Json* next = page.as_object().if_contains("next");
        cursor = next == nullptr ? "" : std::string(next->as_string());
      } while (!cursor.empty());
      CHECK(found == count);
    }
  }
}

TEST_CASE("my work: a visitor signs in first, and a wrong body gives every problem") {
  Desk desk;
  CHECK(desk.failure({}, "{}") == "AP-0004");
  const Caller anna = with({"sample/lender"});
  CHECK(desk.failure(anna, "[]") == "AP-0020 AP-0022 ");
  CHECK(desk.failure(anna, R"({"limit": 0, "cursor": 7, "sort": "due"})") ==
        "AP-0020 AP-0023 /sort AP-0022 /cursor AP-0075 /limit");
  CHECK(desk.failure(anna, R"({"limit": 201})") == "AP-0020 AP-0075 /limit");
  CHECK(desk.failure(anna, R"({"limit": "many"})") == "AP-0020 AP-0022 /limit");
}

}  // namespace
}  // namespace zicht::app
