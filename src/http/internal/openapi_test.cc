// The OpenAPI document of a table and a form made for the test. That the real one keeps the design
// rules is checked by Spectral in tests/api; that it names every route, in api_test.cc.
#include "http/internal/openapi.h"

#include <doctest/doctest.h>

#include <string>

#include "base/json.h"

using namespace zicht;
using namespace zicht::http;

namespace {

Json document_of(const Operation& operation, const std::vector<FormSchema>& forms = {}) {
  auto parsed = parse_json(openapi_document({{operation, {}}}, forms, ApiOptions{}));
  REQUIRE(parsed.has_value());
  return *parsed;
}

}  // namespace

TEST_CASE("openapi: an operation is described by what its row of the table says") {
  const Json document = document_of({.method = Method::kPost,
                                     .pattern = "/v1/records/{id}/_step",
                                     .id = "stepRecord",
                                     .tag = "records",
                                     .summary = "Take a step",
                                     .is_write = true,
                                     .needs_idempotency_key = true,
                                     .needs_if_match = true,
                                     .body = "RecordStep",
                                     .answer = "Record"});
  const Json& operation = document.at("paths").at("/records/{id}/_step").at("post");
  std::string names;
  for (const Json& parameter : operation.at("parameters").as_array()) {
    names += std::string(parameter.at("name").as_string()) + " ";
  }
  CHECK(names == "id Idempotency-Key Zicht-Purpose If-Match X-Csrf-Token ");
  std::string statuses;
  for (const auto& response : operation.at("responses").as_object()) {
    statuses += std::string(response.key()) + " ";
  }
  CHECK(statuses == "200 400 401 403 404 409 413 415 428 429 500 503 ");
  CHECK(operation.at("responses").at("200").at("headers").as_object().contains("ETag"));
  CHECK(operation.at("requestBody").at("content").at("application/json").at("schema").at("$ref") ==
        "#/components/schemas/RecordStep");
}

TEST_CASE("openapi: a form becomes a component and an alternative of a create") {
  const std::string schema =
      R"({"$schema":"s","$id":"i","type":"object","properties":{"a":{"type":"object",)"
      R"("properties":{"first":{"type":"string"},"last":{"type":"string"}}}}})";
  const Json document = document_of({.method = Method::kGet,
                                     .pattern = "/v1/x",
                                     .id = "x",
                                     .tag = "x",
                                     .summary = "X",
                                     .answer = "Items"},
                                    {{"some-pack/a-form", schema}});
  const auto& schemas = document.at("components").at("schemas").as_object();
  const Json& fields = schemas.at("SomePackAFormFields");
  CHECK_FALSE(fields.as_object().contains("$id"));
  CHECK_FALSE(fields.as_object().contains("$schema"));
  CHECK(fields.at("properties").at("a").at("format") == "date");
  const Json& create = schemas.at("RecordCreate").at("oneOf").at(0).at("properties");
  CHECK(create.at("form").at("const") == "some-pack/a-form");
  CHECK(create.at("fields").at("$ref") == "#/components/schemas/SomePackAFormFields");
}
