// The catalogue: what each caller is told about forms and fields, that equal roles share one
// document, and that a new version or another role gives another.
#include "app/catalogue_service.h"

#include <doctest/doctest.h>

#include <string>

#include "app/testing/record_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

// Keys of an object in the catalogue, joined by blanks; "-" when there is none.
std::string keys(const std::string& document, std::string_view pointer) {
  const Json json = parsed(document);
  std::error_code failed;
  const Json* value = json.find_pointer(pointer, failed);
  if (value == nullptr || !value->is_object()) return "-";
  std::string text;
  for (const auto& member : value->as_object()) {
    text += (text.empty() ? "" : " ") + std::string(member.key());
  }
  return text;
}

std::string told(RecordWorld& world, const Caller& caller) {
  return *world.catalogue.catalogue(caller).json;
}

TEST_CASE("catalogue: tells everybody of a demonstration, and of nothing where there is none") {
  RecordWorld world;
  CHECK(keys(told(world, world.visitor()), "") == "packs file_bytes");
  RecordWorld demo;
  demo.catalogue.tell_demo();
  CHECK(keys(told(demo, demo.visitor()), "") == "packs file_bytes demo");
  CHECK(keys(told(demo, demo.lender()), "") == "packs file_bytes demo");
}

TEST_CASE("catalogue: shows the forms and fields that a caller may see") {
  RecordWorld world;
  CHECK(keys(told(world, world.visitor()), "/packs/0/forms") == "tool");
  const std::string fields = keys(told(world, world.visitor()), "/packs/0/forms/tool/fields");
  CHECK(fields.find("name kind also") == 0);
  CHECK(fields.find("owner") == std::string::npos);
  CHECK(fields.find("quirk") == std::string::npos);
  const std::string all = keys(told(world, world.keeper()), "/packs/0/forms/tool/fields");
  CHECK(all.find("owner quirk") != std::string::npos);
  CHECK(all.find("lock_code") == std::string::npos);
  CHECK(keys(told(world, world.keeper()), "/packs/0/forms") == "report tool");
}

TEST_CASE("catalogue: says what may be done, and describes processes and lists") {
  RecordWorld world;
  const Json visitor = parsed(told(world, world.visitor())).at("packs").at(0);
  CHECK(visitor.at("forms").at("tool").at("may") == parsed(R"(["read","export"])"));
  CHECK(visitor.at("processes").as_object().empty());
  CHECK(visitor.at("lists").at("kind").at("codes").at("saw").at("label").at("nl") == "Zaag");
  const Json keeper = parsed(told(world, world.keeper())).at("packs").at(0);
  CHECK(keeper.at("forms").at("report").at("process").at("by") == "weight");
  const Json& big = keeper.at("processes").at("big-report");
  CHECK(big.at("states").at("heard").at("meaning") == "running");
  CHECK(big.at("transitions").at("publish").at("fields").at("closed_on") == "required");
  CHECK(big.at("deadlines").at("react").at("label").at("en") == "Reaction");
  CHECK(keeper.at("forms").at("tool").at("fields").at("price").at("min") == "0");
}

TEST_CASE("catalogue: lists that are not verified are hidden") {
  RecordWorld world;
  const model::PackPtr pack = world.packs.rules()->packs.active("sample");
  const Json lists = parsed(told(world, world.keeper())).at("packs").at(0).at("lists");
  int hidden = 0;
  for (const model::List& list : pack->lists) {
    CHECK(lists.as_object().contains(list.id) == list.is_verified);
    hidden += list.is_verified ? 0 : 1;
  }
  CHECK(hidden == 1);
}

TEST_CASE("catalogue: callers with the same roles share one document, others do not") {
  RecordWorld world;
  const auto first = world.catalogue.catalogue(world.lender());
  CHECK(world.catalogue.catalogue(world.other_lender()).json == first.json);
  CHECK(world.catalogue.catalogue(world.visitor()).etag != first.etag);
  Caller both = world.lender();
  both.roles.emplace_back("sample/keeper");
  CHECK(world.catalogue.catalogue(both).etag != first.etag);
}

TEST_CASE("catalogue: an activated version is told at once, an earlier one on request") {
  RecordWorld world;
  const auto before = world.catalogue.catalogue(world.visitor());
  const std::string hash = world.packs.rules()->packs.active("sample")->hash;
  PackFiles files = packs::testing::sample_files();
  std::string& head = files.at("pack.yaml");
  head.replace(head.find("version: 1.0.0"), 14, "version: 1.1.0");
  std::string& form = files.at("forms/tool.yaml");
  form.replace(form.find("nl: Naam, en: Name"), 18, "nl: Benaming, en: Naming");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  const auto after = world.catalogue.catalogue(world.visitor());
  CHECK(after.etag != before.etag);
  CHECK(after.json->find("Benaming") != std::string::npos);
  const auto earlier = world.catalogue.catalogue_of(world.visitor(), "sample", hash);
  REQUIRE(earlier.has_value());
  CHECK(earlier->find("Benaming") == std::string::npos);
  CHECK(world.failure(world.catalogue.catalogue_of(world.visitor(), "other", hash)) == "AP-0005");
}

TEST_CASE("catalogue: a schema has the visible fields, and forms one may not see are unknown") {
  RecordWorld world;
  const auto schema = world.catalogue.schema(world.visitor(), "sample/tool");
  REQUIRE(schema.has_value());
  CHECK(keys(*schema, "/properties").find("lock_code") == std::string::npos);
  CHECK(keys(*schema, "/properties").find("name") == 0);
  CHECK(world.failure(world.catalogue.schema(world.visitor(), "sample/report")) == "AP-0003");
  CHECK(world.failure(world.catalogue.schema(world.visitor(), "sample/nothing")) == "AP-0003");
}

TEST_CASE("catalogue: a desk leaves out blocks of forms that may not be read") {
  RecordWorld world;
  const Json items = parsed(world.catalogue.desks(world.visitor())).at("items");
  REQUIRE(items.as_array().size() == 1);
  const std::string id(items.at(0).at("id").as_string());
  const auto visitor = world.catalogue.desk(world.visitor(), "sample", id);
  const auto keeper = world.catalogue.desk(world.keeper(), "sample", id);
  REQUIRE(visitor.has_value());
  REQUIRE(keeper.has_value());
  const auto blocks = [](const std::string& desk) {
    return parsed(desk).at("blocks").as_array().size();
  };
  CHECK(blocks(*visitor) < blocks(*keeper));
  CHECK(visitor->find("sample/report") == std::string::npos);
  CHECK(world.failure(world.catalogue.desk(world.visitor(), "sample", "nothing")) == "AP-0006");
}

TEST_CASE("catalogue: a desk leaves out blocks whose filter names what a reader does not see") {
  RecordWorld world;
  PackFiles files = packs::testing::sample_files();
  std::string& head = files.at("pack.yaml");
  head.replace(head.find("version: 1.0.0"), 14, "version: 1.1.0");
  std::string& desk = files.at("desks/overview.yaml");
  desk.replace(desk.find("    columns: [name"), 0, "    where: owner = null or price > 5\n");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  const auto told = [&](const Caller& caller) {
    return *world.catalogue.desk(caller, "sample", "overview");
  };
  CHECK(told(world.keeper()).find(R"("where":"owner = null or price > 5")") != std::string::npos);
  // A visitor sees no owner: the block is as if it were not there, its filter too.
  CHECK(told(world.visitor()).find("where") == std::string::npos);
  CHECK(told(world.visitor()).find(R"("id":"tools")") == std::string::npos);
  CHECK(told(world.visitor()).find(R"("id":"money")") != std::string::npos);
}

TEST_CASE("catalogue: words alone stand on a desk with what a reader may read there") {
  RecordWorld world;
  PackFiles files = packs::testing::sample_files();
  std::string& head = files.at("pack.yaml");
  head.replace(head.find("version: 1.0.0"), 14, "version: 1.1.0");
  constexpr const char* kWords =
      "  - {kind: text, id: words, title: {nl: W, en: W}, text: {nl: Woorden, en: Words}}\n";
  files.at("desks/overview.yaml") += kWords;
  const std::string top =
      "title: {nl: T, en: T}\nlead: {nl: L, en: L}\naudience: public\norder: 1\n";
  files["desks/alone.yaml"] = "desk: alone\n" + top + "blocks:\n" + kWords;
  files["desks/closed.yaml"] = "desk: closed\n" + top + "blocks:\n" + kWords +
      "  - {kind: register, id: rows, title: {nl: M, en: R}, form: report, columns: [state]}\n";
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  const auto told = [&](const Caller& caller, const char* desk) {
    return *world.catalogue.desk(caller, "sample", desk);
  };
  CHECK(told(world.visitor(), "overview").find("Woorden") != std::string::npos);
  CHECK(told(world.visitor(), "alone").find("Woorden") != std::string::npos);
  CHECK(told(world.visitor(), "closed").find("Woorden") == std::string::npos);
  CHECK(told(world.keeper(), "closed").find("Woorden") != std::string::npos);
  CHECK(world.catalogue.desks(world.visitor()).find("closed") == std::string::npos);
}

TEST_CASE("catalogue: a map is left out where a reader does not see what chooses its places") {
  RecordWorld world;
  PackFiles files = packs::testing::read_folder("tests/packs/maps");
  const auto blocks = [&] {
    REQUIRE_FALSE(world.packs.activate({files}, "system").error);
    const std::string desk = *world.catalogue.desk(world.visitor(), "maps", "waters");
    return parsed(desk).at("blocks").as_array().size();
  };
  CHECK(blocks() == 1);
  std::string& head = files.at("pack.yaml");
  head.replace(head.find("version: 1.0.0"), 14, "version: 1.1.0");
  std::string& desk = files.at("desks/waters.yaml");
  const std::string among = "among: kind = \"pond\"";
  desk.replace(desk.find(among), among.size(), among + " and owner = null");
  CHECK(blocks() == 0);
}

}  // namespace
}  // namespace zicht::app
