// Values. Method: named cases; every kind through its constructor and back; reasons of nulls joined
// beyond their bound; nesting up to its limit.
#include "feel/value.h"

#include <doctest/doctest.h>

#include "feel/collections.h"
#include "feel/operators.h"
#include "feel/testing/call_text.h"

namespace zicht::feel {
namespace {

using testing::Calls;
using testing::described;

TEST_CASE("value: every kind gives back what it was made of") {
  const TimeZone* paris = system_time_zones().find_zone("Europe/Paris");
  const TimeOfDay times[] = {{3'600'000'000'001, {}},
                             {1, Zone::offset(-7200)},
                             {1, Zone::offset(0)},
                             {1, Zone::of(paris)}};
  for (const TimeOfDay& time : times) {
    CHECK(Value::time(time).as_time() == time);
    const DateTime moment{-62'135'596'801, 999'999'999, time.zone};
    CHECK(Value::date_time(moment).as_date_time() == moment);
  }
  for (const char* number :
       {"0", "-1.5", "9223372036854775807", "1e400", "0.1234567890123456789"}) {
    CHECK(Value::number(*Number::parse(number)).as_number() == *Number::parse(number));
  }
  CHECK(Value::date({-400}).as_date() == CivilDate{-400});
  CHECK(Value::duration(DayDuration{-1, 5}).as_day_duration() == DayDuration{-1, 5});
  CHECK(Value::duration(MonthDuration{-13}).as_month_duration() == MonthDuration{-13});
  CHECK(Value::string("abc").as_string() == "abc");
  CHECK(Value::boolean(true).is_true());
  CHECK(Value::boolean(false).is_false());
  CHECK(Value().is_null());
  CHECK_FALSE(Value().null_reason());
}

TEST_CASE("value: copies and moves share and let go") {
  Value text = Value::string("shared");
  const Value copy = text;
  Value moved = std::move(text);
  text = Value::list({moved, copy});
  moved = moved;
  CHECK(text_of(text) == R"(["shared", "shared"])");
  text = Value::number(1);
  CHECK(copy.as_string() == "shared");
}

TEST_CASE("value: a string counts code points") {
  CHECK(Value::string("").code_points() == 0);
  CHECK(Value::string("Z\xC3\xBC rich \xF0\x9F\x90\x8E").code_points() == 9);
}

TEST_CASE("value: canonical texts") {
  Calls calls;
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"null", "null"},
      {"true", "true"},
      {"1.50", "1.5"},
      {R"("a\"b\n")", "a\"b\n"},
      {R"(["a\"b\n"])", R"(["a\"b\n"])"},
      {R"(@"2025-01-31")", "2025-01-31"},
      {R"([@"2025-01-31", @"P1D"])", R"([@"2025-01-31", @"P1D"])"},
      {R"({a: 1, "b c": "x", "1": 2, "d-e": null})", R"({a: 1, b c: "x", "1": 2, "d-e": null})"},
      {"[1..5)", "[1..5)"},
      {"(1..5]", "(1..5]"},
      {"(< 5)", "(< 5)"},
      {"(>= 5)", "(>= 5)"},
      {R"((!= "a"))", R"((!= "a"))"},
      {"[]", "[]"},
      {"{}", "{}"},
      {"abs", "function<number>->Any"}};
  for (const auto& [literal, text] : cases) CHECK(text_of(calls.value(literal)) == text);
}

TEST_CASE("null reason: a missing fact keeps its name and an error its id and place") {
  const Value missing = Value::missing("income");
  REQUIRE(missing.null_reason());
  CHECK(missing.null_reason()->causes()[0].to_error().id == "FE-0100");
  CHECK(missing.null_reason()->causes()[0].to_error().message.en == "The fact income is missing.");

  const Value placed = Value::error("FE-0112").at({1, 4, 9});
  CHECK(placed.null_reason()->causes()[0].span == SourceSpan{1, 4, 9});
  // A place that is known stays.
  CHECK(placed.at({1, 0, 20}).null_reason()->causes()[0].span == SourceSpan{1, 4, 9});
  CHECK(Value::number(1).at({1, 4, 9}).as_number() == Number(1));
  CHECK_FALSE(Value().at({1, 4, 9}).null_reason());
}

TEST_CASE("null reason: joined causes stand once and stay bounded") {
  Value all = Value::missing("a");
  all = joined_null(all, Value::missing("a"));
  CHECK(described(all) == "null a");
  all = joined_null(all, Value());
  CHECK(described(joined_null(Value(), all)) == "null a");
  for (int i = 0; i < 20; ++i) all = joined_null(all, Value::missing("f" + std::to_string(i)));
  CHECK(all.null_reason()->causes().size() == NullReason::kMaxCauses);
  CHECK(all.null_reason()->is_cut());
  CHECK(joined_null(all, Value::missing("z")).null_reason()->is_cut());
  CHECK(joined_null(all, Value::missing("f1")).null_reason().get() == all.null_reason().get());
  Value errors = Value::error("FE-0112");
  for (std::uint32_t i = 0; i < 20; ++i)
    errors = joined_null(errors, Value::error("FE-0112").at({0, i, i + 1}));
  CHECK(described(joined_null(errors, Value::missing("z"))).ends_with(" z"));
}

// A function that keeps a value.
class Keeper final : public Function {
 public:
  explicit Keeper(Value kept) : kept_(std::move(kept)) {}
  std::span<const std::string> parameter_names() const override { return {}; }
  std::string_view name() const override { return "keeper"; }
  std::uint32_t nesting() const override { return kept_.nesting() + 1; }
  Value invoke(CallContext&, std::span<const Value>) const override { return kept_; }

 private:
  Value kept_;
};

TEST_CASE("value: what nests too deeply is null") {
  Value nested = Value::number(1);
  for (std::uint32_t i = 0; i < Value::kMaxNesting; ++i) nested = Value::list({nested});
  CHECK(nested.nesting() == Value::kMaxNesting);
  CHECK(described(Value::list({nested})) == "null FE-0110");
  CHECK(described(ContextBuilder().set("a", nested).build()) == "null FE-0110");

  Value functions = Value::number(1);
  for (int i = 0; i < 150; ++i) functions = Value::function(make_ref<const Keeper>(functions));
  CHECK(functions.nesting() == 150);
  CHECK(Value::list({functions}).nesting() == 151);
  for (int i = 0; i < 51; ++i) functions = Value::function(make_ref<const Keeper>(functions));
  CHECK(described(functions) == "null FE-0110");
}

TEST_CASE("value: what is small to hold and endless to walk over is null") {
  Value doubled = Value::number(1);
  int times = 0;
  for (; !doubled.is_null() && times < 100; ++times) doubled = Value::list({doubled, doubled});
  CHECK(described(doubled) == "null FE-0118");
  CHECK(times < 25);
}

TEST_CASE("context: shapes find their slots, few and many") {
  std::vector<std::string> names;
  std::vector<Value> slots;
  for (int i = 0; i < 40; ++i) {
    names.push_back("n" + std::to_string(i));
    slots.push_back(Value::number(i));
    const auto shape = ContextShape::create(names);
    const Value context = Value::context(shape, slots);
    CHECK(context.as_context().find("n" + std::to_string(i))->as_number() == Number(i));
    CHECK(context.as_context().find("n0")->as_number() == Number(0));
    CHECK(context.as_context().find("m") == nullptr);
  }
}

TEST_CASE("context builder: a name that is set again keeps its place") {
  ContextBuilder builder;
  builder.set("a", Value::number(1)).set("b", Value::number(2)).set("a", Value::number(3));
  CHECK(builder.size() == 2);
  CHECK(text_of(builder.build()) == "{a: 3, b: 2}");
  CHECK(text_of(builder.build()) == "{}");
}

}  // namespace
}  // namespace zicht::feel
