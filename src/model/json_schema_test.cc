// The schema document of a form: what is in it for whom. That it means the same as check_shape is
// compared with ajv over many documents in tests/schema.
#include "model/json_schema.h"

#include <doctest/doctest.h>

#include <string>

#include "model/testing/sample_form.h"

namespace zicht::model {
namespace {

Json schema_for(Sensitivity clearance) {
  const PackSet packs = testing::sample_packs();
  return json_schema(*packs.find_form("probe/visit"), packs, clearance);
}

TEST_CASE("schema: it names its dialect, form and pack version") {
  const Json schema = schema_for(Sensitivity::kSecret);
  CHECK(schema.at("$schema").as_string() == "https://json-schema.org/draft/2020-12/schema");
  CHECK(schema.at("$id").as_string() ==
        "urn:zicht:schema:probe:visit:" + std::string(64, 'a'));
  CHECK(schema.at("title").as_string() == "Bezoek");
  CHECK(schema.at("additionalProperties").as_bool() == false);
}

TEST_CASE("schema: a field above the clearance leaves no trace") {
  const std::string open = canonical_json(schema_for(Sensitivity::kSecret)).value();
  const std::string shut = canonical_json(schema_for(Sensitivity::kInternal)).value();
  CHECK(open.find("secret") != std::string::npos);
  CHECK(shut.find("secret") == std::string::npos);
}

TEST_CASE("schema: a retired field may be there and is never required") {
  const Json schema = schema_for(Sensitivity::kSecret);
  CHECK(canonical_json(schema.at("required")).value() == R"(["what","reason"])");
  CHECK(schema.at("properties").at("gone").at("deprecated").as_bool());
}

TEST_CASE("schema: ended codes stand in it, hidden lists accept nothing") {
  const Json open = schema_for(Sensitivity::kSecret);
  CHECK(canonical_json(open.at("properties").at("reason").at("enum")).value() ==
        R"(["care","money","old"])");
  auto pack = std::make_shared<Pack>(*testing::sample_pack());
  pack->lists[0].is_verified = false;
  PackSet packs;
  packs.add(pack);
  packs.activate(pack->hash);
  const Json schema = json_schema(pack->forms[0], packs, Sensitivity::kSecret);
  const json::object& reason = schema.at("properties").at("reason").as_object();
  CHECK_FALSE(reason.contains("enum"));
  CHECK(reason.at("not").as_object().empty());
}

}  // namespace
}  // namespace zicht::model
