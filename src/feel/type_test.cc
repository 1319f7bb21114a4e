// Types. Method: tables of values and types for conformance, instances and coercions.
#include "feel/type.h"

#include <doctest/doctest.h>

#include "feel/testing/call_text.h"

namespace zicht::feel {
namespace {

using testing::Calls;
using testing::described;

Type pair_type(Type a, Type b) {
  return Type::context_of({{"a", std::move(a)}, {"b", std::move(b)}});
}

TEST_CASE("type: names of FEEL and of DMN") {
  for (const char* name :
       {"Any", "Null", "boolean", "number", "string", "date", "time", "date and time",
        "days and time duration", "years and months duration"}) {
    REQUIRE(Type::find_named(name).has_value());
    CHECK(Type::find_named(name)->to_string() == name);
  }
  CHECK(*Type::find_named("dateTime") == Type::date_time());
  CHECK(*Type::find_named("dayTimeDuration") == Type::day_duration());
  CHECK(*Type::find_named("yearMonthDuration") == Type::month_duration());
  CHECK(Type::find_named("list")->to_string() == "list<Any>");
  CHECK(Type::find_named("context")->to_string() == "context<>");
  CHECK_FALSE(Type::find_named("tPerson").has_value());
  const Type nested = Type::list_of(pair_type(Type::number(), Type::range_of(Type::date())));
  CHECK(nested.to_string() == "list<context<a: number, b: range<date>>>");
  CHECK(nested == Type::list_of(pair_type(Type::number(), Type::range_of(Type::date()))));
  CHECK_FALSE(nested == Type::list_of(pair_type(Type::number(), Type::range_of(Type::time()))));
  CHECK(*nested.item().find_member("a") == Type::number());
  CHECK(nested.item().find_member("c") == nullptr);
}

TEST_CASE("type: conformance of types") {
  const Type wide = pair_type(Type::number(), Type::string());
  const Type narrow = Type::context_of({{"a", Type::number()}});
  const Type takes_any = Type::function_of({Type::any()}, Type::number());
  const Type takes_number = Type::function_of({Type::number()}, Type::any());
  CHECK(conforms(Type::number(), Type::any()));
  CHECK_FALSE(conforms(Type::any(), Type::number()));
  CHECK(conforms(Type::null(), Type::number()));
  CHECK(conforms(wide, narrow));
  CHECK_FALSE(conforms(narrow, wide));
  CHECK(conforms(Type::list_of(wide), Type::list_of(narrow)));
  CHECK_FALSE(conforms(Type::list_of(Type::any()), Type::list_of(Type::number())));
  CHECK(conforms(Type::range_of(Type::number()), Type::range_of(Type::any())));
  CHECK(conforms(takes_any, takes_number));
  CHECK_FALSE(conforms(takes_number, takes_any));
  CHECK(conforms(takes_number, Type::function_of({Type::number()}, Type::string())));
  CHECK_FALSE(conforms(takes_any, Type::function_of({Type::number()}, Type::string())));
  CHECK_FALSE(conforms(takes_any, Type::function_of({}, Type::any())));
}

TEST_CASE("type: null is an instance of no type but its own") {
  struct Case {
    const char* value;
    Type type;
    bool is_instance;
  };
  Calls calls;
  const std::vector<Case> cases = {
      {"null", Type::any(), false},
      {"null", Type::null(), true},
      {"123", Type::any(), true},
      {"123", Type::number(), true},
      {"123", Type::string(), false},
      {"[1, 2]", Type::list_of(Type::number()), true},
      {R"([1, "2"])", Type::list_of(Type::number()), false},
      {"[]", Type::list_of(Type::number()), true},
      {"[1]", Type::number(), false},
      {"1", Type::list_of(Type::number()), false},
      {R"({a: "x", b: "y"})", pair_type(Type::string(), Type::string()), true},
      {R"({a: "x"})", pair_type(Type::string(), Type::string()), false},
      {"{a: null}", Type::context_of({{"a", Type::string()}}), true},
      {R"({a: "1"})", Type::context_of({{"a", Type::number()}}), false},
      {"[1..3]", Type::range_of(Type::number()), true},
      {"(< 3)", Type::range_of(Type::number()), true},
      {"[1..3]", Type::range_of(Type::string()), false},
      {"abs", Type::function_of({Type::number()}, Type::any()), true},
      {"abs", Type::function_of({Type::number(), Type::number()}, Type::any()), false},
      {R"(@"P1D")", Type::day_duration(), true},
      {R"(@"P1D")", Type::month_duration(), false}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.value) + " instance of " + c.type.to_string());
    CHECK(is_instance(calls.value(c.value), c.type) == c.is_instance);
  }
}

TEST_CASE("type: coercion wraps, unwraps, moves a date to midnight, or says what is wrong") {
  struct Case {
    const char* value;
    Type type;
    const char* outcome;
  };
  Calls calls;
  const std::vector<Case> cases = {
      {"1", Type::number(), "1"},
      {"null", Type::number(), "null"},
      {"missing", Type::number(), "null fact"},
      {"[1]", Type::number(), "1"},
      {"[[1]]", Type::number(), "null FE-0105"},
      {R"(["a"])", Type::number(), "null FE-0105"},
      {"[1, 2]", Type::number(), "null FE-0105"},
      {"1", Type::list_of(Type::number()), "[1]"},
      {R"("a")", Type::list_of(Type::number()), "null FE-0105"},
      {R"(@"2021-01-01")", Type::date_time(), R"(@"2021-01-01T00:00:00Z")"},
      {R"(@"2021-01-01T10:00:00")", Type::date(), "null FE-0105"},
      {R"({a: 1})", Type::context_of({{"b", Type::number()}}), "null FE-0105"}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.value) + " to " + c.type.to_string());
    CHECK(described(coerce(calls.value(c.value), c.type, "it")) == c.outcome);
  }
  const Value wrong = coerce(calls.value("1"), Type::string(), "Name");
  CHECK(wrong.null_reason()->causes()[0].to_error().message.en ==
        "Name is number; it must be string.");
}

TEST_CASE("type: of values") {
  Calls calls;
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"null", "Null"},
      {"1", "number"},
      {"[1, 2]", "list<number>"},
      {R"([1, "a"])", "list<Any>"},
      {"[]", "list<Any>"},
      {R"({a: 1, b: ["x"]})", "context<a: number, b: list<string>>"},
      {"[1..2]", "range<number>"},
      {R"((> @"2021-01-01"))", "range<date>"},
      {"abs", "function<number>->Any"},
      {"substring", "function<string, number>->string"}};
  for (const auto& [value, type] : cases) CHECK(type_of(calls.value(value)).to_string() == type);
}

}  // namespace
}  // namespace zicht::feel
