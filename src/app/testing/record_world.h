// A world for tests of the record use cases: the sample pack active in a store in memory, two
// organisations, somebody in every role, and a clock that stands still.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "app/break_service.h"
#include "app/catalogue_service.h"
#include "app/handover_service.h"
#include "app/readers_service.h"
#include "app/record_service.h"
#include "app/task_service.h"
#include "app/testing/counting_feed.h"
#include "app/testing/fake_files.h"
#include "app/testing/fake_read_log.h"
#include "app/testing/fake_store.h"
#include "base/rng.h"
#include "packs/testing/folders.h"

namespace zicht::app::testing {

// Keeps what was written to it as lines of text.
class RecordingSink final : public TableSink {
 public:
  explicit RecordingSink(std::string& out) : out_(out) {}
  void begin(const std::string& title, const std::vector<std::string>& headings) override {
    out_ = title + "\n";
    for (const std::string& heading : headings) out_ += heading + "|";
    out_ += "\n";
  }
  void row(const std::vector<Cell>& cells) override {
    for (const Cell& cell : cells) out_ += text_of(cell) + "|";
    out_ += "\n";
  }
  void note(const std::string& text) override { out_ += text + "\n"; }
  Result<std::string> finish() override { return out_; }
  std::string content_type() const override { return "text/csv"; }
  std::string file_extension() const override { return "csv"; }

 private:
  static std::string text_of(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (const auto* digits = std::get_if<NumberText>(&cell)) return digits->digits;
    if (const auto* date = std::get_if<Date>(&cell)) return date->to_string();
    return "";
  }
  std::string& out_;
};

inline Json parsed(std::string_view text) {
  auto value = parse_json(text);
  REQUIRE_MESSAGE(value.has_value(), std::string(text));
  return *std::move(value);
}

struct RecordWorld {
  ManualClock clock{*Instant::parse("2026-01-31T09:00:00Z")};
  FakeFileStore file_store{clock};
  FakeStore store{clock, &file_store};
  CountingFeed feed;
  SeededRng rng{20260131};
  PacksService packs{store, feed};
  Organisations organisations{store};
  std::string table;
  FakeReadLog read_log;
  ReadRecorder reads{{read_log, store, clock, rng}};
  HeavyPlaces places{2};
  RecordService records{{store, packs, organisations, feed, clock, rng,
                         [this](std::string_view format, Language) {
                           std::unique_ptr<TableSink> sink;
                           if (format == "csv") sink = std::make_unique<RecordingSink>(table);
                           return sink;
                         },
                         reads, file_store, places}};
  TaskService tasks{store, packs, clock, reads};
  ReadersService readers{
      {read_log, reads, store, packs, organisations, [this](std::string_view format, Language) {
         std::unique_ptr<TableSink> sink;
         if (format == "csv") sink = std::make_unique<RecordingSink>(table);
         return sink;
       }}};
  BreakService breaks{{store, packs, organisations, feed, clock, rng, reads}};
  HandoverService handovers{{store, packs, organisations, feed, clock, rng, reads}};
  CatalogueService catalogue{packs, {}};

  RecordWorld() {
    REQUIRE_FALSE(packs.activate({packs::testing::sample_files()}, "system").error);
    put_organisation("north", "Bibliotheek Noord");
    put_organisation("south", "Bibliotheek Zuid");
  }

  void put_account(const Account& account) {
    json::array roles;
    for (const std::string& role : account.roles) roles.emplace_back(role);
    Unit unit;
    unit.actor = "system";
    model::Entry entry;
    entry.organisation = account.organisation;
    entry.kind = std::string(model::kAccountPut);
    entry.payload = json::object{{"account", account.id},
                                 {"person", account.person},
                                 {"login", account.login},
                                 {"name", account.name},
                                 {"organisation", account.organisation},
                                 {"roles", std::move(roles)},
                                 {"active", account.is_active},
                                 {"demo", account.is_demo},
                                 {"subject", account.subject}};
    unit.entries.push_back(std::move(entry));
    REQUIRE(store.append_and_wait(std::move(unit)).has_value());
  }

  void put_organisation(const std::string& id, const std::string& name) {
    Unit unit;
    unit.actor = "system";
    model::Entry entry;
    entry.organisation = "zicht";
    entry.kind = std::string(model::kOrganisationPut);
    entry.payload = json::object{{"organisation", id}, {"name", name}};
    unit.entries.push_back(std::move(entry));
    REQUIRE(store.append_and_wait(std::move(unit)).has_value());
  }

  static Caller visitor() { return {}; }
  static Caller person(const std::string& name, const std::string& organisation,
                       std::vector<std::string> roles) {
    return {"account-" + name, name, name, organisation, std::move(roles)};
  }
  static Caller lender() { return person("lena", "north", {"sample/lender"}); }
  static Caller other_lender() { return person("luuk", "south", {"sample/lender"}); }
  static Caller keeper() { return person("kees", "north", {"sample/keeper"}); }
  static Caller second_keeper() { return person("kim", "south", {"sample/keeper"}); }
  static Caller auditor() { return person("aad", "south", {"auditor"}); }
  static Caller administrator() { return person("ada", "north", {"administrator"}); }

  // Makes a record as this caller. Requires: it succeeds.
  Document make(const Caller& caller, const std::string& form, std::string_view fields,
                std::string_view from = "2026-01-31") {
    json::object body{{"form", form}, {"fields", parsed(fields)}, {"valid_from", from}};
    auto made = records.create(caller, body, {});
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : describe(made.error())));
    return made->document;
  }

  Document tool(const Caller& caller, const std::string& name) {
    return make(caller, "sample/tool", R"({"kind":"saw","name":")" + name + R"("})");
  }

  // "" on success, else the id of the error (of its only problem when there is one).
  template <class T>
  static std::string failure(const Result<T>& outcome) {
    if (outcome) return "";
    if (outcome.error().problems.size() == 1) return outcome.error().problems[0].id;
    return outcome.error().id;
  }

  Json read(const Caller& caller, const std::string& id, const model::AsOf& as_of = {}) {
    auto document = records.read(caller, id, as_of);
    REQUIRE_MESSAGE(document.has_value(), (document ? "" : describe(document.error())));
    return parsed(document->json);
  }

  // Takes a step; "" or the id of what refused it.
  std::string step(const Caller& caller, Document& document, const std::string& transition,
                   std::string_view fields = "{}", const std::string& reason = "") {
    json::object body{{"transition", transition}, {"fields", parsed(fields)}, {"reason", reason}};
    auto after = records.step(caller, document.id, body, {document.version, {}});
    if (!after) return failure(after);
    REQUIRE_FALSE(after->conflict);
    document = after->document;
    return "";
  }
};

}  // namespace zicht::app::testing
