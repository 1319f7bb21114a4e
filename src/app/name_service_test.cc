// Names to choose from in fields of accounts and organisations, over the probe pack: who is told
// what, and that a record takes only accounts and organisations that are there, and shows names.
#include "app/name_service.h"

#include <doctest/doctest.h>

#include "app/testing/probe_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::ProbeWorld;
using testing::RecordWorld;

struct NameWorld : ProbeWorld {
  NameService names{store, packs, organisations};

  NameWorld() {
    put_account({.id = std::string(25, '1') + "1",
                 .person = "jan",
                 .login = "jan",
                 .name = "Jan de Groot",
                 .organisation = "south",
                 .roles = {"probe/worker"}});
    put_account({.id = std::string(25, '1') + "2",
                 .person = "jana",
                 .login = "jana",
                 .name = "Jana Groen",
                 .organisation = "north",
                 .roles = {"probe/worker"},
                 .is_active = false});
    put_account({.id = std::string(25, '1') + "3",
                 .person = "jane",
                 .login = "jane",
                 .name = "Jane Cliënt",
                 .organisation = "north",
                 .roles = {"probe/client"},
                 .subject = young});
    put_account({.id = std::string(25, '1') + "4",
                 .person = "jans",
                 .login = "jans",
                 .name = "Jans Elders",
                 .organisation = "north",
                 .roles = {"sample/lender"}});
  }
  // "name of organisation, ..." or the id of the error.
  std::string told(const Caller& caller, json::object body) {
    const auto found = names.search(caller, body);
    if (!found) return failure(found);
    std::string text;
    const Json answer = parsed(*found);
    for (const Json& item : answer.at("items").as_array()) {
      text += (text.empty() ? "" : ", ") + std::string(item.at("name").as_string());
      const Json* organisation = item.as_object().if_contains("organisation");
      if (organisation != nullptr) {
        text += " of " + std::string(organisation->at("name").as_string());
      }
    }
    return text;
  }
};

json::object asked(const std::string& form, const std::string& field,
                   const std::string& text = "") {
  json::object body{{"form", "probe/" + form}, {"field", field}};
  if (!text.empty()) body["text"] = text;
  return body;
}

TEST_CASE("names: active staff of the pack is told by the begin of every word, nobody else") {
  NameWorld world;
  const Caller planner = world.planner();
  CHECK(world.told(planner, asked("assignment", "holder", "jan")) ==
        "Jan de Groot of Bibliotheek Zuid");
  CHECK(world.told(planner, asked("assignment", "holder", "GRO ja")) ==
        "Jan de Groot of Bibliotheek Zuid");
  CHECK(world.told(planner, asked("assignment", "holder", "root")) == "");
  CHECK(world.told(planner, asked("team", "staff", "jan")) == "Jan de Groot of Bibliotheek Zuid");
  CHECK(world.told(planner, asked("assignment", "holder")).find("Jan de Groot") !=
        std::string::npos);
  CHECK(world.told(planner, asked("provider", "run_by", "biblio")) ==
        "Bibliotheek Noord, Bibliotheek Zuid");
}

TEST_CASE("names: nobody is told who may not fill in such a field") {
  NameWorld world;
  CHECK(world.told(RecordWorld::visitor(), asked("assignment", "holder")) == "AP-0004");
  for (const Caller& caller : {world.worker(), world.psychologist(), world.child(world.young),
                               RecordWorld::administrator(), RecordWorld::auditor()}) {
    CAPTURE(caller.name);
    CHECK(world.told(caller, asked("assignment", "holder")) == "AP-0003");
  }
  const Caller planner = world.planner();
  CHECK(world.told(planner, asked("nowhere", "holder")) == "AP-0003");
  CHECK(world.told(planner, asked("note", "holder")) == "AP-0003");
  CHECK(world.told(planner, asked("assignment", "child")) == "AP-0089");
  CHECK(world.told(planner, asked("assignment", "nothing")) == "AP-0089");
  CHECK(world.told(planner, asked("provider", "warning")) == "AP-0089");
  json::object strange = asked("assignment", "holder");
  strange["more"] = 1;
  CHECK(world.told(planner, strange) != "");
}

TEST_CASE("names: a record takes only accounts and organisations that are there") {
  NameWorld world;
  const auto problem_of = [&](const std::string& form, const std::string& fields) {
    const json::object body{{"form", "probe/" + form}, {"fields", parsed(fields)}};
    return RecordWorld::failure(world.records.create(world.planner(), body, {}));
  };
  const auto team = [&](const std::string& staff) {
    return problem_of("team", R"({"name":"Team","staff":[)" + staff + "]}");
  };
  const std::string jan = "\"" + std::string(25, '1') + "1\"";
  CHECK(team(jan) == "");
  CHECK(team("\"" + std::string(26, '2') + "\"") == "AP-0087");
  CHECK(team("\"" + std::string(25, '1') + "2\"") == "AP-0087");  // not active any more
  CHECK(problem_of("provider", R"({"name":"Zorg","run_by":"north"})") == "");
  CHECK(problem_of("provider", R"({"name":"Zorg","run_by":"nowhere"})") == "AP-0088");
}

TEST_CASE("names: who left stays where they stand, and answers show names in place of ids") {
  NameWorld world;
  const std::string jan = std::string(25, '1') + "1";
  const auto made = world.make(world.planner(), "probe/team",
                               R"({"name":"Team","staff":[")" + jan + R"("]})");
  Account gone{.id = jan,
               .person = "jan",
               .login = "jan",
               .name = "Jan de Groot",
               .organisation = "south",
               .roles = {"probe/worker"},
               .is_active = false};
  world.put_account(gone);
  CHECK(world.change(world.planner(), made.id,
                     R"({"name":"Nieuw","staff":[")" + jan + R"("]})") == "");
  const auto name_in = [&](const Json& answer) {
    return std::string(answer.at("references").at(jan).at("title").as_string());
  };
  CHECK(name_in(world.read(world.planner(), made.id)) == "Jan de Groot");
  CHECK(name_in(parsed(*world.records.history(world.planner(), made.id, {}))) == "Jan de Groot");
  const json::object search{{"form", "probe/team"}};
  CHECK(name_in(parsed(*world.records.search(world.planner(), search))) == "Jan de Groot");
  const auto provider =
      world.make(world.planner(), "probe/provider", R"({"name":"Zorg","run_by":"south"})");
  const Json seen = world.read(RecordWorld::visitor(), provider.id);
  CHECK(seen.at("references").at("south").at("title").as_string() == "Bibliotheek Zuid");
  CHECK(seen.at("references").at("south").as_object().if_contains("form") == nullptr);
}

TEST_CASE("names: a file of rows has names") {
  NameWorld world;
  world.make(world.planner(), "probe/provider", R"({"name":"Zorg","run_by":"south"})");
  const json::object body{{"form", "probe/provider"}, {"format", "csv"}};
  REQUIRE(world.records.export_rows(world.planner(), body, Language::kDutch).has_value());
  CHECK(world.table.find("Zorg|Bibliotheek Zuid|") != std::string::npos);
}

}  // namespace
}  // namespace zicht::app
