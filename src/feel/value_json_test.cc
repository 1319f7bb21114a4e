// JSON and lexical forms. Method: round trips, exact digits, refused texts; a table of lexical
// forms.
#include "feel/value_json.h"

#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>

#include "feel/testing/call_text.h"

namespace zicht::feel {
namespace {

using testing::Calls;
using testing::described;

TEST_CASE("json: a value goes round with every digit") {
  for (const char* text : {"null", "true", "0", "-12.5", "1234567890123456789012345678901234",
                           "0.1234567890123456789012345678901234", R"("a\"b\n")", "[]", "{}",
                           R"([1,[2,{"a":null}],"x"])", R"({"b":1,"a":{"c d":[true,false]}})"}) {
    CAPTURE(std::string(text));
    const Result<Value> value = parse_value(text);
    REQUIRE(value.has_value());
    CHECK(json_text(*value) == text);
    CHECK(described(value_of(*parse_json(json_text(*value)))) ==
          described(value_of(json_of(*value))));
  }
  CHECK(json_text(*parse_value("1.50e1")) == "15");
  CHECK(json_text(*parse_value("1e30")) == "1000000000000000000000000000000");
}

TEST_CASE("json: other kinds become their texts") {
  Calls calls;
  const Value value = calls.value(R"({d: @"2025-01-31", t: @"P1D", r: [1..2], x: missing})");
  CHECK(json_text(value) == R"({"d":"2025-01-31","t":"P1D","r":"[1..2]","x":null})");
  CHECK(json::serialize(json_of(value)) == json_text(value));
}

TEST_CASE("json: numbers of a parsed document") {
  CHECK(described(value_of(Json(0.1))) == "0.1");
  CHECK(described(value_of(Json(std::uint64_t{18446744073709551615U}))) == "18446744073709551615");
  CHECK(described(value_of(Json(-5))) == "-5");
  CHECK(json_of(Value::number(*Number::parse("2.5"))).as_double() == 2.5);
  CHECK(json_of(Value::number(7)).as_int64() == 7);
}

TEST_CASE("json: what is refused") {
  for (const char* text : {"", "{", "[1,]", R"({"a":1,"a":2})", "NaN", "01"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(parse_value(text).has_value());
  }
  const Result<Value> huge = parse_value("[1e7000]");
  REQUIRE_FALSE(huge.has_value());
  CHECK(huge.error().id == "FE-0116");
}

TEST_CASE("json: a deep text keeps every level, a deeper one is refused") {
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '[') + "7" + std::string(levels, ']');
  };
  const Result<Value> deep = parse_value(nested(60));
  REQUIRE(deep.has_value());
  CHECK(json_text(*deep) == nested(60));
  const Result<Value> deeper = parse_value(nested(100));
  REQUIRE_FALSE(deeper.has_value());
  CHECK(deeper.error().id == "ZB-0011");
  const std::string long_key = "{\"" + std::string(2 << 20, 'k') + "\":1}";
  CHECK(json_text(*parse_value(long_key)) == long_key);
}

TEST_CASE("lexical forms of XML Schema") {
  struct Case {
    const char* text;
    Type type;
    const char* outcome;
  };
  const std::vector<Case> cases = {
      {"true", Type::boolean(), "true"},
      {"0", Type::boolean(), "false"},
      {"yes", Type::boolean(), "null FE-0117"},
      {"+1.50", Type::number(), "1.5"},
      {"1.", Type::number(), "1"},
      {"x", Type::number(), "null FE-0117"},
      {"2025-01-31", Type::date(), R"(@"2025-01-31")"},
      {"31-01-2025", Type::date(), "null FE-0117"},
      {"10:00:00Z", Type::time(), R"(@"10:00:00Z")"},
      {"10", Type::time(), "null FE-0117"},
      {"2025-01-31", Type::date_time(), R"(@"2025-01-31T00:00:00")"},
      {"2025-01-31T10:00:00", Type::date_time(), R"(@"2025-01-31T10:00:00")"},
      {"10:00:00", Type::date_time(), "null FE-0117"},
      {"P1D", Type::day_duration(), R"(@"P1D")"},
      {"P1Y", Type::day_duration(), "null FE-0117"},
      {"P1Y", Type::month_duration(), R"(@"P1Y")"},
      {"P1D", Type::month_duration(), "null FE-0117"},
      {"P1D", Type::string(), R"("P1D")"},
      {"P1D", Type::any(), R"("P1D")"}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.text) + " as " + c.type.to_string());
    CHECK(described(value_from_lexical(c.text, c.type, system_time_zones())) == c.outcome);
  }
}

TEST_CASE("values of JSON take the types that are expected, where they fit") {
  Calls calls;
  const Type person = Type::context_of({{"born", Type::date()}, {"name", Type::string()}});
  const auto typed = [&](const char* value, const Type& type) {
    return described(typed_from_json(calls.value(value), type, system_time_zones()));
  };
  CHECK(typed(R"({born: "2001-02-03", name: "2001-02-03", x: "2001-02-03"})", person) ==
        R"({born: @"2001-02-03", name: "2001-02-03", x: "2001-02-03"})");
  CHECK(typed(R"([{born: "x"}, 1])", Type::list_of(person)) == R"([{born: "x"}, 1])");
  CHECK(typed(R"(["P1D"])", Type::list_of(Type::day_duration())) == R"([@"P1D"])");
  CHECK(typed(R"("P1D")", Type::list_of(Type::day_duration())) == R"(@"P1D")");
  CHECK(typed(R"("5")", Type::any()) == R"("5")");
}

TEST_CASE("at literals are what their text is") {
  const auto read = [](const char* text) {
    return described(value_from_at_literal(text, system_time_zones()));
  };
  CHECK(read("2025-01-31") == R"(@"2025-01-31")");
  CHECK(read("2025-01-31T10:00:00@Europe/Paris") == R"(@"2025-01-31T10:00:00@Europe/Paris")");
  CHECK(read("10:00:00") == R"(@"10:00:00")");
  CHECK(read("P1D") == R"(@"P1D")");
  CHECK(read("-P1Y") == R"(@"-P1Y")");
  CHECK(read("foo") == "null FE-0117");
}

}  // namespace
}  // namespace zicht::feel
