// The record world with the pack of tests/packs/probe: three children of 8, 13 and 16 years, their
// mother, a worker of two of them, a team of one, and two notes.
#pragma once

#include <string>

#include "app/testing/record_world.h"
#include "packs/testing/folders.h"

namespace zicht::app::testing {

inline Caller with(Caller caller, const std::string& purpose, const std::string& subject = "") {
  caller.purpose = purpose;
  caller.subject = subject;
  return caller;
}

struct ProbeWorld : RecordWorld {
  std::string young, middle, old, mother, team, note, shared_note;

  static std::string account(int number) { return std::string(25, '0') + std::to_string(number); }
  static Caller signed_in(int number, const std::string& organisation, const std::string& role) {
    return {account(number), "person-" + std::to_string(number), role, organisation,
            {"probe/" + role}};
  }
  static Caller planner() { return signed_in(1, "north", "planner"); }
  static Caller worker() { return with(signed_in(2, "north", "worker"), "probe/care"); }
  static Caller mate() { return with(signed_in(3, "south", "worker"), "probe/care"); }
  static Caller psychologist() { return with(signed_in(4, "north", "psychologist"), "probe/care"); }
  static Caller officer() { return with(signed_in(5, "south", "complaint-officer"), ""); }
  Caller child(const std::string& subject) const {
    return with(signed_in(6, "north", "client"), "", subject);
  }
  Caller parent() const { return with(signed_in(7, "north", "guardian"), "", mother); }

  ProbeWorld() {
    const auto files = packs::testing::read_folder("tests/packs/probe");
    REQUIRE_FALSE(packs.activate({files}, "system").error);
    for (const int number : {2, 3, 9}) {
      const std::string name = "person-" + std::to_string(number);
      put_account({.id = account(number),
                   .person = name,
                   .login = name,
                   .name = "Worker " + std::to_string(number),
                   .organisation = number == 3 ? "south" : "north",
                   .roles = {"probe/worker"}});
    }
    const auto born = [&](const std::string& name, const std::string& day) {
      return make(planner(), "probe/child",
                  R"({"call_name":")" + name + R"(","born_on":")" + day + R"("})").id;
    };
    young = born("Anna", "2017-06-01");
    middle = born("Ben", "2013-01-31");
    old = born("Cas", "2009-02-01");
    mother = make(planner(), "probe/adult", R"({"name":"Moeder"})").id;
    team = make(planner(), "probe/team",
                R"({"name":"Team","staff":[")" + account(3) + R"("]})").id;
    tie("assignment", young, account(2), "2025-01-01");
    tie("assignment", middle, account(2), "2025-01-01");
    tie("team-assignment", middle, team, "2025-01-01");
    for (const std::string& of : {young, middle, old}) tie("custody", of, mother, "2017-01-01");
    note = make(worker(), "probe/note", note_about(young, "")).id;
    shared_note = make(worker(), "probe/note", note_about(middle, young)).id;
  }

  static std::string note_about(const std::string& child, const std::string& other) {
    std::string fields = R"({"child":")" + child + R"(","happened_on":"2026-01-20",)" +
                         R"("kind":"talk","text":"Een gesprek")";
    if (!other.empty()) fields += R"(,"other_children":[")" + other + R"("])";
    return fields + "}";
  }

  std::string tie(const std::string& form, const std::string& child, const std::string& holder,
                  const std::string& since, const std::string& until = "") {
    std::string fields = R"({"child":")" + child + R"(","holder":")" + holder + R"(","since":")" +
                         since + R"(")";
    if (!until.empty()) fields += R"(,"until":")" + until + R"(")";
    return make(planner(), "probe/" + form, fields + "}").id;
  }

  // Opens a record by a break; "" or the id of what refused it.
  std::string break_into(const Caller& caller, const std::string& id, std::int64_t hours = 8,
                         const std::string& reason = "Er is gevaar") {
    const json::object body{{"reason", reason}, {"hours", hours}};
    return failure(breaks.open(caller, id, body, {}));
  }
  // The caller as somebody who looks through breaks now.
  Caller looking(Caller caller) {
    caller.purpose = model::kEmergency;
    caller.opened = *store.opened_by(caller.account);
    return caller;
  }

  // The fields seen of a record, in order, or the id of the error.
  std::string seen(const Caller& caller, const std::string& id) {
    const auto document = records.read(caller, id, {});
    if (!document) return failure(document);
    std::string names;
    const Json answer = parsed(document->json);
    for (const auto& member : answer.at("fields").as_object()) {
      names += (names.empty() ? "" : " ") + std::string(member.key());
    }
    return names;
  }

  // How many records of the form a search gives, or the id of the error.
  std::string found(const Caller& caller, const std::string& form, json::object body = {}) {
    body["form"] = "probe/" + form;
    const auto page = records.search(caller, body);
    if (!page) return failure(page);
    return std::to_string(parsed(*page).at("items").as_array().size());
  }

  std::string change(const Caller& caller, const std::string& id, const std::string& fields) {
    const auto before = store.record(id, {});
    json::object body{{"fields", parsed(fields)}, {"reason", "omdat"}};
    const auto after = records.change(caller, id, body, {before->version, {}});
    return failure(after);
  }
};

}  // namespace zicht::app::testing
