// JSON reading and canonical writing. Method: tables of accepted and refused texts; an oracle that
// sorts recursively through std::map; random documents (seeded) whose members are shuffled must
// give the same canonical text, and that text must read back to the same value.
#include "base/json.h"

#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>
#include <map>
#include <string>

#include "base/rng.h"

namespace zicht {
namespace {

std::string canonical(std::string_view text) { return *canonical_json(*parse_json(text)); }

TEST_CASE("json: what is not one strict value is refused with its own id") {
  struct Case {
    std::string text;
    const char* id;
  };
  const std::vector<Case> cases = {
      {"", "ZB-0009"},
      {"{", "ZB-0009"},
      {"{} x", "ZB-0009"},
      {"[1,]", "ZB-0009"},
      {"{\"a\":1,}", "ZB-0009"},
      {"// c\n1", "ZB-0009"},
      {"01", "ZB-0009"},
      {"'a'", "ZB-0009"},
      {"NaN", "ZB-0009"},
      {"\"\t\"", "ZB-0009"},
      {"\"\\ud800\"", "ZB-0009"},
      {"\xEF\xBB\xBF{}", "ZB-0009"},
      {"{\"a\":1,\"a\":1}", "ZB-0012"},
      {"{\"a\":{\"b\":{\"x\":[],\"c\":2,\"x\":{\"y\":1}}}}", "ZB-0012"},
      {"{\"\\u0061\":1,\"a\":2}", "ZB-0012"},
      {"\"\xC3\"", "ZB-0013"},
      {"\"a\xFF\"", "ZB-0013"},
      {"\"\\u0000\"", "ZB-0015"},
      {"{\"a\\u0000\":1}", "ZB-0015"},
      {std::string(65, '[') + std::string(65, ']'), "ZB-0011"},
      {std::string(1'000'000, '['), "ZB-0011"}};
  for (const Case& c : cases) {
    CAPTURE(c.text.substr(0, 60));
    const auto value = parse_json(c.text);
    REQUIRE(!value.has_value());
    CHECK(value.error().id == c.id);
  }
}

TEST_CASE("json: limits count bytes and levels exactly") {
  CHECK(parse_json("[1]", {.max_bytes = 3}).has_value());
  CHECK(parse_json("[1]", {.max_bytes = 2}).error().id == "ZB-0010");
  CHECK(parse_json("[[1]]", {.max_depth = 2}).has_value());
  CHECK(parse_json("[[[1]]]", {.max_depth = 2}).error().id == "ZB-0011");
}

TEST_CASE("json: a mistake is placed by line and column, a doubled key by name") {
  CHECK(parse_json("{\n \"é\": x}").error().message.en.find("line 2, column 7") !=
        std::string::npos);
  CHECK(parse_json("{\"a\":{\"due\":1,\"due\":2}}").error().message.en.find("\"due\"") !=
        std::string::npos);
}

TEST_CASE("canonical json: one text per value") {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {" { \"b\" : 1 , \"a\" : [ true , null , \"x\" ] } ", "{\"a\":[true,null,\"x\"],\"b\":1}"},
      {"{\"é\":1,\"z\":2,\"Z\":3,\"\":4}", "{\"\":4,\"Z\":3,\"z\":2,\"é\":1}"},
      {"\"\\u00e9\\/\\\"\\\\\\u001f\\n\\b\\f\\r\\t\\u007f\"",
       "\"é/\\\"\\\\\\u001f\\n\\b\\f\\r\\t\x7f\""},
      {"-0", "0"},
      {"[18446744073709551615,-9223372036854775808]",
       "[18446744073709551615,-9223372036854775808]"},
      {"[]", "[]"},
      {"{}", "{}"}};
  for (const auto& [text, expected] : cases) {
    CAPTURE(std::string(text));
    CHECK(canonical(text) == expected);
  }
}

TEST_CASE("canonical json: a number with a fraction is refused and placed") {
  const auto refused = canonical_json(*parse_json("{\"a\":[1,{\"b/c\":1.5}]}"));
  REQUIRE(!refused.has_value());
  CHECK(refused.error().id == "ZB-0014");
  CHECK(refused.error().message.en.find("/a/1/b~1c") != std::string::npos);
  CHECK(canonical_json(*parse_json("1e2")).error().id == "ZB-0014");
  CHECK(canonical_json(*parse_json("18446744073709551616")).error().id == "ZB-0014");
}

TEST_CASE("canonical json: a value deeper than 256 levels is refused, not overrun") {
  json::value deep = 1;
  for (int i = 0; i < 300; ++i) deep = json::array{std::move(deep)};
  CHECK(canonical_json(deep).error().id == "ZB-0011");
}

std::string naive_canonical(const json::value& value) {
  if (const auto* array = value.if_array()) {
    std::string out = "[";
    for (const auto& item : *array) out += (out.size() > 1 ? "," : "") + naive_canonical(item);
    return out + "]";
  }
  if (const auto* object = value.if_object()) {
    std::map<std::string, std::string> members;
    for (const auto& m : *object) members[std::string(m.key())] = naive_canonical(m.value());
    std::string out = "{";
    for (const auto& [key, text] : members) {
      out += (out.size() > 1 ? "," : "") + json::serialize(json::string(key)) + ":" + text;
    }
    return out + "}";
  }
  return json::serialize(value);
}

json::value random_value(Rng& rng, int depth) {
  const std::uint64_t kind = rng.below(depth == 0 ? 4 : 6);
  if (kind == 0) return static_cast<std::int64_t>(rng.next());
  if (kind == 1) return rng.next();
  if (kind == 2) return rng.below(2) == 0;
  if (kind == 3) return json::string(rng.below(2) == 0 ? "tekst \"é\" \\ \n" : "a");
  if (kind == 4) {
    json::array array;
    for (std::uint64_t i = rng.below(5); i > 0; --i) array.push_back(random_value(rng, depth - 1));
    return array;
  }
  json::object object;
  for (std::uint64_t i = rng.below(30); i > 0; --i) {
    object["k" + std::to_string(rng.below(100))] = random_value(rng, depth - 1);
  }
  return object;
}

json::value shuffled(const json::value& value, Rng& rng) {
  if (const auto* array = value.if_array()) {
    json::array out;
    for (const auto& item : *array) out.push_back(shuffled(item, rng));
    return out;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return value;
  std::vector<const json::key_value_pair*> members;
  for (const auto& member : *object) members.push_back(&member);
  for (std::size_t i = members.size(); i > 1; --i) std::swap(members[i - 1], members[rng.below(i)]);
  json::object out;
  for (const auto* member : members) out[member->key()] = shuffled(member->value(), rng);
  return out;
}

TEST_CASE("canonical json: 500 random documents agree with the naive writer (seed 5)") {
  SeededRng rng(5);
  for (int i = 0; i < 500; ++i) {
    const json::value value = random_value(rng, 3);
    const std::string text = *canonical_json(value);
    REQUIRE(text == naive_canonical(value));
    REQUIRE(*canonical_json(shuffled(value, rng)) == text);
    REQUIRE(*canonical_json(*parse_json(text)) == text);
  }
}

}  // namespace
}  // namespace zicht
