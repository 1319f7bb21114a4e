#include "wire_world.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>

#include "app/testing/naive_access.h"
#include "base/ids.h"
#include "exchange/csv.h"
#include "exchange/rdf.h"
#include "exchange/xlsx.h"
#include "model/validate.h"
#include "packs/testing/folders.h"
#include "store/postgres/postgres_driver.h"
#include "store/sqlite/sqlite_driver.h"
#include "store/testing/postgres_cluster.h"

namespace zicht::wire {
namespace {

constexpr const char* kPassword = "een lang wachtwoord";

template <class T>
T sound(Result<T> result) {
  if (!result) FAIL(describe(result.error()));
  return *std::move(result);
}

void sound(const Result<void>& result) {
  if (!result) FAIL(describe(result.error()));
}

std::filesystem::path new_folder() {
  static int made = 0;
  const auto folder = std::filesystem::temp_directory_path() /
                      ("zicht-wire-" + std::to_string(getpid()) + "-" + std::to_string(++made));
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace

World::World(store::Dialect::Kind database, Worlds kind,
             std::chrono::milliseconds not_visible_time)
    : folder_(new_folder()) {
  if (database == store::Dialect::Kind::kPostgres) {
    const auto address = store::testing::PostgresCluster::shared().new_schema();
    database_ = sound(store::open_postgres(address));
  } else {
    database_ = sound(store::open_sqlite((folder_ / "store.sqlite").string()));
    log_database_ = sound(store::open_sqlite((folder_ / "read-log.sqlite").string()));
  }
  store_ = sound(store::SqlStore::open(*database_,
                                       {.keys_folder = (folder_ / "keys").string(),
                                        .checkpoint_file = {},
                                        .engine_version = "test",
                                        .writer = {}},
                                       clock_, rng_));
  read_log_ = sound(store::SqlReadLog::open(log_database_ ? *log_database_ : *database_));
  const auto make_sink = [this](std::string_view format, app::Language) {
    std::unique_ptr<app::TableSink> sink;
    if (format == "csv") sink = std::make_unique<exchange::CsvSink>();
    if (format == "xlsx") sink = std::make_unique<exchange::XlsxSink>(folder_.string());
    return sink;
  };
  services_ = std::make_unique<app::Services>(app::ServicePorts{
      *store_, store_->credentials(), store_->files(), inspector_, hasher_, feed_, clock_, rng_,
      make_sink, "test", *read_log_, store_->outbox(), sender_, *store_, {}, {}, {}, 2, {},
      exchange::rdf_text});
  const auto files = packs::testing::read_folder("tests/packs/probe");
  REQUIRE_FALSE(services_->packs.activate({files}, "system").error);
  server_ = std::make_unique<http::testing::TestServer>(
      http::ServerOptions{}, [&](http::Router& router) {
        http::ApiOptions options;
        options.not_visible_time = not_visible_time;
        http::add_api(router, {*services_, hub_, metrics_, clock_, options});
      });
  add_people();
  add_records();
  if (kind == Worlds::kWithHidden) add_hidden();
}

World::~World() {
  server_->server().stop();
  server_.reset();
  services_.reset();
  read_log_.reset();
  store_.reset();
  log_database_.reset();
  database_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string World::account(const std::string& login, const std::string& organisation,
                           const std::string& role) {
  const auto made = sound(services_->accounts.put_account({.login = login,
                                                           .name = login,
                                                           .organisation = organisation,
                                                           .person = "person-" + login,
                                                           .roles = {role},
                                                           .password = kPassword}));
  people_[login] = {made.id, "person-" + login, login, organisation, {role}};
  return made.id;
}

void World::bind(const std::string& login, const std::string& subject) {
  app::Caller& person = people_.at(login);
  sound(services_->accounts.update(people_.at("administrator"), person.account,
                                   json::object{{"subject", subject}}));
  person.subject = subject;
}

app::Caller World::caller(const std::string& login, const std::string& purpose) const {
  app::Caller found = people_.at(login);
  found.purpose = purpose;
  return found;
}

void World::add_people() {
  sound(services_->accounts.put_organisation({"north", "Aanbieder Noord"}));
  sound(services_->accounts.put_organisation({"south", "Aanbieder Zuid"}));
  sound(services_->accounts.put_organisation({"west", "Aanbieder West"}));
  for (const char* role : {"administrator", "auditor", "privacy-officer"}) {
    account(role, "north", role);
  }
  for (const char* role : {"planner", "worker", "psychologist", "cleaner", "guardian"}) {
    account(role, "north", std::string("probe/") + role);
  }
  account("mate", "south", "probe/worker");
  account("receiver", "south", "probe/planner");
  account("westerner", "west", "probe/planner");
  account("breaker", "north", "probe/worker");
  account("stranger", "north", "probe/worker");
  account("officer", "south", "probe/complaint-officer");
  for (const char* child : {"young", "middle", "old"}) account(child, "north", "probe/client");
}

std::string World::make(const app::Caller& caller, const std::string& form, json::object fields) {
  const json::object body{{"form", "probe/" + form}, {"fields", std::move(fields)}};
  const auto written = sound(services_->records.create(caller, body, {}));
  return written.document.id;
}

json::object World::file(const app::Caller& caller, const std::string& name,
                         const std::string& content) {
  const auto meta = sound(services_->files.upload(caller, name, content));
  return {{"file", meta.id}, {"name", meta.name}, {"type", meta.type}, {"size", meta.size}};
}

void World::add_records() {
  const app::Caller planner = caller("planner");
  const app::Caller psychologist = caller("psychologist", "probe/care");
  const auto child = [&](const std::string& name, const std::string& born) {
    named_[name] = make(planner, "child", {{"call_name", name}, {"born_on", born}});
  };
  child("young", "2017-06-01");
  child("middle", "2013-01-30");
  child("old", "2009-02-01");
  named_["mother"] = make(planner, "adult", {{"name", "mother"}});
  named_["team"] = make(planner, "team", {{"name", "team"},
                                          {"staff", json::array{people_.at("mate").account}}});
  named_["provider"] = make(planner, "provider", {{"name", "provider"}, {"run_by", "north"}});
  int day = 1;
  const auto tie = [&](const std::string& form, const std::string& of, const std::string& holder) {
    const std::string since = "2016-03-" + std::string(day < 10 ? "0" : "") + std::to_string(day);
    ++day;
    named_[form + "-" + std::to_string(day)] =
        make(planner, form, {{"child", named_.at(of)}, {"holder", holder}, {"since", since}});
  };
  for (const char* login : {"worker", "psychologist"}) {
    tie("assignment", "young", people_.at(login).account);
    tie("assignment", "middle", people_.at(login).account);
  }
  tie("team-assignment", "middle", named_.at("team"));
  for (const char* of : {"young", "middle", "old"}) tie("custody", of, named_.at("mother"));
  const auto note = [&](const std::string& name, const std::string& of, json::object more) {
    more["child"] = named_.at(of);
    more["happened_on"] = "2024-02-1" + std::to_string(++planted_);
    more["kind"] = "talk";
    named_[name] = make(psychologist, "note", std::move(more));
  };
  note("note", "young", {});
  note("shared", "middle", {{"other_children", json::array{named_.at("young")}}});
  for (const auto& [name, id] : named_) records_.push_back(id);
  for (const std::string& id : records_) plant(id);
  for (const char* name : {"young", "middle", "old"}) bind(name, named_.at(name));
  bind("guardian", named_.at("mother"));
  hand_over("old", "south", "receiver");
  hand_over("middle", "south", "");
  add_asker("visitor", "", "");
  for (const char* login : {"administrator", "auditor", "privacy-officer", "planner", "cleaner",
                            "guardian", "young", "middle", "old", "officer", "worker",
                            "stranger", "receiver"}) {
    add_asker(login, login, "");
  }
  for (const char* login : {"worker", "mate", "psychologist", "stranger"}) {
    add_asker(std::string(login) + " for care", login, "probe/care");
  }
  add_asker("officer for a complaint", "officer", "probe/complaint");
  sound(services_->breaks.open(caller("breaker"), named_.at("note"),
                               json::object{{"reason", "canarybreakreason"}, {"hours", 8}}, {}));
  add_asker("breaker", "breaker", std::string(model::kEmergency));
}

// The planner hands a file over; nobody may take it.
void World::hand_over(const std::string& child, const std::string& organisation,
                      const std::string& by) {
  const auto offered = sound(services_->handovers.offer(
      caller("planner"), named_.at(child),
      json::object{{"organisation", organisation}, {"reason", "canaryhandoverreason"},
                   {"basis", "Artikel 1"}},
      {}));
  if (by.empty()) return;
  const std::string id(sound(parse_json(offered)).at("id").as_string());
  sound(services_->handovers.act(caller(by), id, app::HandoverAct::kAccept, json::object{}));
}

// A child that nobody of the others knows, with a worker of its own.
void World::add_hidden() {
  const app::Caller planner = caller("planner");
  const std::string child =
      make(planner, "child", {{"call_name", "hidden"}, {"born_on", "2016-01-01"}});
  const std::string tie =
      make(planner, "assignment", {{"child", child}, {"holder", people_.at("breaker").account},
                                   {"since", "2025-01-01"}});
  const std::string note = make(caller("breaker", "probe/care"), "note",
                                {{"child", child}, {"happened_on", "2024-02-20"}});
  hidden_ = {child, tie, note};
  named_["hidden"] = child;
  hand_over("hidden", "west", "westerner");
  for (const std::string& id : hidden_) plant(id);
}

// Fills every text, and the files, of a record; days are words of their own already.
void World::plant(const std::string& id) {
  model::Record record = sound(store_->record(id, {}));
  const model::Form& form = *services_->packs.rules()->packs.find_form(record.form);
  const app::Caller& psychologist = people_.at("psychologist");
  app::RecordWrite write;
  const std::string number = std::to_string(++planted_);
  const auto word = [&](const std::string& field, const std::string& more = "") {
    std::string text = "canary" + number + "x" + field + more;
    std::erase(text, '_');
    return text;
  };
  const auto attach = [&](const model::Field& field) {
    const bool is_letter = field.is_many;
    const std::string name = word(field.id, "name"), content = word(field.id, "content");
    json::object made = file(psychologist, name + (is_letter ? ".txt" : ".pdf"),
                             (is_letter ? "" : "%PDF-1.7 ") + content);
    write.files.emplace_back(made.at("file").as_string());
    if (hidden_.empty()) files_.push_back(write.files.back());
    for (const std::string& text : {name, content}) {
      canaries_.push_back({text, id, field.sensitivity});
    }
    return made;
  };
  for (const model::Field& field : form.fields) {
    Json& value = record.fields.as_object()[field.id];
    if (field.type == model::FieldType::kText) {
      const std::string text = word(field.id);
      value = field.is_many ? Json(json::array{text}) : Json(text);
      canaries_.push_back({text, id, field.sensitivity});
    } else if (field.type == model::FieldType::kAttachment) {
      json::object made = attach(field);
      value = field.is_many ? Json(json::array{made}) : Json(made);
    } else if (field.type == model::FieldType::kDate && value.is_string()) {
      canaries_.push_back({std::string(value.as_string()), id, field.sensitivity});
    }
    if (value.is_null()) record.fields.as_object().erase(field.id);
  }
  record.title = model::title_of(form, services_->packs.rules()->packs, record.fields);
  write.expected_version = record.version++;
  write.record = record;
  write.event = {"changed", "", "canary" + number + "xreason"};
  // A reason can speak of any field: who may see all of them is told.
  model::Sensitivity most = record.audience;
  for (const model::Field& field : form.fields) most = std::max(most, field.sensitivity);
  canaries_.push_back({write.event.reason, id, most});
  app::Unit unit;
  unit.actor = psychologist.account;
  unit.purpose = "work";
  unit.records.push_back(std::move(write));
  sound(store_->append_and_wait(std::move(unit)));
  rows_[id] = std::move(record);
}

void World::add_asker(const std::string& name, const std::string& login,
                      const std::string& purpose) {
  Asker asker{name, {}, "Accept-Language: nl\r\n"};
  if (!login.empty()) {
    asker.caller = caller(login, purpose);
    asker.caller.is_receiving = sound(store_->is_receiving(asker.caller.organisation));
    const std::string body = R"({"login":")" + login + R"(","password":")" + kPassword + R"("})";
    const auto reply = client().post("/v1/session", body);
    REQUIRE(reply.status == 200);
    const std::string cookie = reply.header("set-cookie");
    const Json session = sound(parse_json(reply.body));
    asker.headers += "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\nX-Csrf-Token: " +
                     std::string(session.at("csrf_token").as_string()) + "\r\n";
    if (purpose == model::kEmergency) {
      asker.caller.opened = sound(store_->opened_by(asker.caller.account));
    }
  }
  if (!purpose.empty()) asker.headers += "Zicht-Purpose: " + purpose + "\r\n";
  askers_.push_back(std::move(asker));
}

bool World::may_see(const app::Caller& caller, const std::string& id,
                    model::Sensitivity sensitivity) const {
  const model::Record& record = rows_.at(id);
  const model::Form& form = *services_->packs.rules()->packs.find_form(record.form);
  const auto persons = model::subjects_of(form, record.id, record.fields);
  const auto known = sound(
      store_->standings(persons, {caller.account, caller.subject, caller.organisation}));
  model::About about;
  for (const std::string& person : persons) {
    const auto at = known.find(person);
    about.push_back(at == known.end() ? model::Standing() : at->second);
  }
  return app::testing::naive_sees(caller, pack(), form,
                                  {record.organisation, record.audience, sensitivity, about, id});
}

bool World::may_see_id(const app::Caller& caller, const std::string& id) const {
  if (may_see(caller, id, rows_.at(id).audience)) return true;
  for (const auto& [other, record] : rows_) {
    const model::Form& form = *services_->packs.rules()->packs.find_form(record.form);
    for (const model::Field& field : form.fields) {
      if (field.type != model::FieldType::kReference) continue;
      const auto values = model::texts_in(record.fields, field.id);
      const bool refers = std::find(values.begin(), values.end(), id) != values.end();
      if (refers && may_see(caller, other, field.sensitivity)) return true;
    }
  }
  return false;
}

}  // namespace zicht::wire
