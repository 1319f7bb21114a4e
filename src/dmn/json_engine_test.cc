// The engine in JSON. Method: small expressions, unary tests and a model, asked as a browser asks
// them; requests of another shape. That the browser's module answers the same: tests/engine.
#include "dmn/json_engine.h"

#include <doctest/doctest.h>
#include <boost/json/serialize.hpp>

#include "base/json.h"
#include "base/time_zone.h"
#include "dmn/testing/models.h"

namespace zicht::dmn {
namespace {

// Compiles and evaluates; the answer's text.
class Asked {
 public:
  std::string compile(const json::object& request) {
    return engine.compile(json::serialize(request));
  }
  std::string evaluate(json::object request, std::int64_t handle = 1) {
    request["handle"] = handle;
    return engine.evaluate(json::serialize(request));
  }
  JsonEngine engine{system_time_zones()};
};

std::string error_id(const std::string& answer) {
  const Json parsed = *parse_json(answer);
  const auto* error = parsed.get_object().if_contains("error");
  return error == nullptr ? "" : std::string(error->at("id").get_string());
}

std::string where(const std::string& answer) {
  return std::string(parse_json(answer)->at("error").at("message").at("en").get_string());
}

json::object expression(std::string_view text) {
  return {{"kind", "expression"},
          {"text", text},
          {"variables", json::array{json::object{{"name", "age"}, {"type", "number"}},
                                    json::object{{"name", "born"}, {"type", "date"}}}}};
}

TEST_CASE("json engine: an expression, its value and its outcome") {
  Asked asked;
  CHECK(asked.compile(expression("age >= 18")) == R"({"handle":1,"type":"boolean","warnings":[]})");
  CHECK(asked.evaluate({{"facts", {{"age", 17}}}}) ==
        R"({"value":false,"outcome":"no","missing":[],"errors":[]})");
  CHECK(asked.evaluate({}) ==
        R"({"value":null,"outcome":"unknown","missing":["age"],"errors":[]})");
  CHECK(asked.evaluate({{"facts", {{"age", nullptr}}}}) == asked.evaluate({}));
  const std::string wrong = asked.evaluate({{"facts", {{"age", "old"}}}});
  CHECK(wrong.find("FE-0105") != std::string::npos);
}

TEST_CASE("json engine: facts have the declared types, and numbers all their digits") {
  Asked asked;
  asked.compile(expression("born + duration(\"P1D\")"));
  asked.compile(expression("age + 0.1"));
  CHECK(asked.evaluate({{"facts", {{"born", "2025-12-31"}}}})
            .starts_with(R"({"value":"2026-01-01")"));
  CHECK(asked.engine.evaluate(R"({"handle":2,"facts":{"age":12345678901234567890.25}})")
            .starts_with(R"({"value":12345678901234567890.35)"));
}

TEST_CASE("json engine: the caller says which day it is") {
  Asked asked;
  asked.compile(expression("[today(), now()]"));
  CHECK(asked.evaluate({{"today", "2026-03-02"}, {"now", "2026-03-02T10:00:00@Europe/Amsterdam"}})
            .starts_with(R"({"value":["2026-03-02","2026-03-02T10:00:00@Europe/Amsterdam"])"));
  asked.compile(expression("today()"));
  CHECK(asked.evaluate({}, 2).find("FE-0123") != std::string::npos);
  CHECK(error_id(asked.evaluate({{"today", "tomorrow"}})) == "FE-0071");
  CHECK(error_id(asked.evaluate({{"now", "2026-03-02T25:00:00"}})) == "FE-0071");
}

TEST_CASE("json engine: explained as far as asked") {
  Asked asked;
  asked.compile(expression("age * 2 > 30"));
  const json::object facts{{"age", 17}};
  const std::string off = asked.evaluate({{"facts", facts}});
  CHECK(off.find("explanation") == std::string::npos);
  const std::string brief = asked.evaluate({{"facts", facts}, {"explain", "brief"}});
  const std::string full = asked.evaluate({{"facts", facts}, {"explain", "full"}});
  CHECK(brief.starts_with(off.substr(0, off.size() - 1)));
  CHECK(full.find(R"("text":"age * 2","value":34)") != std::string::npos);
  CHECK(brief.find(R"("text":"age * 2")") == std::string::npos);
  CHECK(brief.find(R"("text":"age","value":17)") != std::string::npos);
}

TEST_CASE("json engine: unary tests") {
  Asked asked;
  json::object tests = expression("[18..67), > 100");
  tests["kind"] = "unary_tests";
  tests["input_type"] = "number";
  CHECK(asked.compile(tests) == R"({"handle":1,"warnings":[]})");
  CHECK(asked.evaluate({{"input", 20}}).find(R"("outcome":"yes")") != std::string::npos);
  CHECK(asked.evaluate({{"input", 67}}).find(R"("outcome":"no")") != std::string::npos);
  CHECK(asked.evaluate({}).find(R"("outcome":"unknown")") != std::string::npos);
}

TEST_CASE("json engine: a model and its decisions") {
  Asked asked;
  const std::string xml = testing::definitions(
      testing::input("Age", "number") +
      testing::decision("Adult", "boolean", testing::literal("Age >= 18"), {"Age"}));
  const std::string compiled = asked.compile({{"kind", "model"}, {"text", xml}});
  CHECK(compiled.find(R"("decisions":[{"name":"Adult")") != std::string::npos);
  CHECK(asked.evaluate({{"name", "Adult"}, {"facts", {{"Age", 20}}}, {"explain", "brief"}})
            .find(R"("decision":"Adult")") != std::string::npos);
  CHECK(asked.evaluate({{"name", "Adult"}, {"facts", {{"Age", 20}}}})
            .starts_with(R"({"value":true,"outcome":"yes")"));
  CHECK(error_id(asked.evaluate({{"name", "Adlut"}})) == "DM-0050");
  CHECK(error_id(asked.compile({{"kind", "model"}, {"text", "<definitions/>"}})) == "FE-0015");
}

TEST_CASE("json engine: what does not compile says where") {
  Asked asked;
  const std::string answer = asked.compile(expression("age >= >"));
  CHECK(error_id(answer) == "FE-0015");
  CHECK(answer.find(R"("where":"1:)") != std::string::npos);
  CHECK(asked.engine.size() == 0);
  json::object unknown = expression("agee > 1");
  CHECK(error_id(asked.compile(unknown)) == "FE-0015");
  unknown["unknown_names"] = "null";
  CHECK(asked.compile(unknown).find("FE-0002") != std::string::npos);
  CHECK(asked.engine.size() == 1);
}

TEST_CASE("json engine: a request of another shape says at which place") {
  Asked asked;
  CHECK(error_id(asked.engine.compile("{")) == "ZB-0009");
  CHECK(error_id(asked.engine.compile("[]")) == "FE-0071");
  CHECK(error_id(asked.engine.evaluate(R"({"handle":"1"})")) == "FE-0071");
  CHECK(where(asked.engine.compile(R"({"kind":"rule","text":"1"})")).find("/kind") !=
        std::string::npos);
  CHECK(where(asked.engine.compile(R"({"kind":"expression"})")).find("/text") != std::string::npos);
  CHECK(where(asked.engine.compile(
                  R"({"text":"1","variables":[{"name":"a","type":{"list":"nothing"}}]})"))
            .find("/variables/0/type/list") != std::string::npos);
  CHECK(where(asked.engine.compile(R"({"kind":"model","text":"","others":[1]})")).find("/others") !=
        std::string::npos);
  asked.compile(expression("age"));
  CHECK(where(asked.evaluate({{"facts", 1}})).find("/facts") != std::string::npos);
  CHECK(where(asked.evaluate({{"explain", "much"}})).find("/explain") != std::string::npos);
}

TEST_CASE("json engine: what is released is gone, and its number is not given again") {
  Asked asked;
  asked.compile(expression("age"));
  asked.engine.release(1);
  asked.engine.release(1);
  CHECK(asked.engine.size() == 0);
  CHECK(error_id(asked.evaluate({})) == "FE-0072");
  CHECK(asked.compile(expression("age")).starts_with(R"({"handle":2)"));
}

TEST_CASE("json engine: an evaluation without end is ended") {
  Asked asked;
  asked.compile({{"text", "count(for x in 1..1000000, y in 1..1000000 return x)"}});
  CHECK(error_id(asked.evaluate({})) == "FE-0101");
}

}  // namespace
}  // namespace zicht::dmn
