// The generated JSON Schema names its form and pack version and shows no field that is too
// sensitive. Method: the sample form by hand; that engine and schema agree on documents is held by
// tests/schema, which compares them through ajv.
#include "model/json_schema.h"

#include <doctest/doctest.h>

#include "model/testing/sample_form.h"

namespace zicht::model {
namespace {

Json schema_for(Sensitivity clearance, const PackSet& packs) {
  const Form* form = packs.find_form("probe/visit");
  REQUIRE(form != nullptr);
  return json_schema(*form, packs, clearance);
}

TEST_CASE("schema: the id names pack, form and version") {
  const PackSet packs = testing::sample_packs();
  const Json schema = schema_for(Sensitivity::kSecret, packs);
  CHECK(schema.at("$id").as_string() ==
        "urn:zicht:schema:probe:visit:" + packs.active("probe")->hash);
}

TEST_CASE("schema: a field above the clearance is not there") {
  const PackSet packs = testing::sample_packs();
  const Form* form = packs.find_form("probe/visit");
  for (const auto clearance : {Sensitivity::kPublic, Sensitivity::kInternal,
                               Sensitivity::kConfidential, Sensitivity::kSecret}) {
    const Json schema = schema_for(clearance, packs);
    for (const Field& field : form->fields) {
      CAPTURE(field.id);
      CHECK(schema.at("properties").as_object().contains(field.id) ==
            (field.sensitivity <= clearance));
    }
  }
}

}  // namespace
}  // namespace zicht::model
