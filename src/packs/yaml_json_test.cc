// YAML as JSON: each kind of scalar by example; broken files by their diagnostics.
#include "packs/yaml_json.h"

#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>

namespace zicht::packs {
namespace {

TEST_CASE("yaml: scalars become what JSON has for them, codes keep their zeros") {
  const auto read = json_from_yaml(
      "a: 12\nb: -0.5\nc: 0363\nd: '12'\ne: true\nf: \"true\"\ng: ~\nh:\ni: [x, 1e3, .5, 1.2.3]\n"
      "j: {k: null, l: 2026-01-31}\nm: |\n  7\n",
      "x.yaml");
  CHECK(read.diagnostics.empty());
  REQUIRE(read.value.has_value());
  CHECK(json::serialize(*read.value) ==
        R"({"a":12,"b":-5E-1,"c":"0363","d":"12","e":true,"f":"true","g":null,"h":null,)"
        R"("i":["x",1E3,".5","1.2.3"],"j":{"k":null,"l":"2026-01-31"},"m":"7\n"})");
}

TEST_CASE("yaml: JSON is read as well") {
  const auto read = json_from_yaml(R"({"a": [1, "2", {"b": false}]})", "x.json");
  REQUIRE(read.value.has_value());
  CHECK(json::serialize(*read.value) == R"({"a":[1,"2",{"b":false}]})");
}

TEST_CASE("yaml: a broken file gives its place and no value") {
  const auto read = json_from_yaml("a: 1\nb: {c: 2\n", "x.yaml");
  CHECK_FALSE(read.value.has_value());
  REQUIRE(read.diagnostics.size() == 1);
  CHECK(read.diagnostics[0].id == "PK-0004");
  CHECK(read.diagnostics[0].file == "x.yaml");
  const auto twice = json_from_yaml("a: 1\na: 2\n", "x.yaml");
  CHECK_FALSE(twice.value.has_value());
  CHECK(twice.diagnostics[0].id == "PK-0005");
  CHECK_FALSE(json_from_yaml("- 1\n", "x.yaml").value.has_value());
}

}  // namespace
}  // namespace zicht::packs
