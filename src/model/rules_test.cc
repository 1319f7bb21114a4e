// Values of fields in FEEL and back, and guards in the life of a record. The rules of packs, from
// file to verdict, are tested in src/packs (rules_test.cc, rules_oracle_test.cc).
#include "model/rules.h"

#include <doctest/doctest.h>

#include <string>

#include "model/feel_values.h"
#include "model/life.h"
#include "model/testing/life_pack.h"
#include "model/testing/rule_form.h"
#include "model/testing/sample_form.h"
#include "model/validate.h"

namespace zicht::model {
namespace {

using feel::Value;

const Date kDay = Date::of(2025, 6, 1);

TEST_CASE("feel values: every type of field has the value that the format says") {
  const Form form = testing::sample_pack()->forms.front();
  const Json fields = testing::sample_fields();
  const auto literal = [&](std::string_view id) {
    const Field& field = *form.find_field(id);
    const Value value = feel_value_of(field, fields.as_object().if_contains(id));
    CHECK(feel::conforms(value, feel_type_of(field)));
    return literal_of(value);
  };
  CHECK(literal("what") == "\"bezoek\"");
  CHECK(literal("count") == "3");
  CHECK(literal("rate") == "1.25");
  CHECK(literal("money") == "12.5");
  CHECK(literal("agreed") == "true");
  CHECK(literal("day") == "@\"2025-01-31\"");
  CHECK(literal("due") == "{first: @\"2025-06-01\", last: @\"2025-08-31\", "
                          "words: \"rond de zomer\"}");
  CHECK(literal("term") == "@\"P3M\"");
  CHECK(literal("reasons") == "[\"care\", \"money\"]");
  CHECK(literal("place") == "{street: \"Dorpsstraat\", number: 1}");
}

TEST_CASE("feel values: what is absent is missing, and a list is empty unless it is computed") {
  const Form form = testing::sample_pack()->forms.front();
  const Field& what = *form.find_field("what");
  REQUIRE(feel_value_of(what, nullptr).null_reason());
  CHECK(feel_value_of(what, nullptr).null_reason()->causes().front().fact == "what");
  Field reasons = *form.find_field("reasons");
  CHECK(literal_of(feel_value_of(reasons, nullptr)) == "[]");
  // Given, but not of its type: that is refused, and no list.
  const Json refused = nullptr;
  CHECK(feel_value_of(reasons, &refused).is_null());
  // An item of it that was refused is missing: nobody wrote it as null.
  const Json partly = json::array{"care", nullptr};
  const Value items = feel_value_of(reasons, &partly);
  REQUIRE(items.as_list().size() == 2);
  REQUIRE(items.as_list()[1].null_reason());
  CHECK(items.as_list()[1].null_reason()->causes().front().fact == "reasons");
  reasons.rules = std::make_shared<const FieldRules>(
      FieldRules{.computed = testing::rule_of(form, "reasons")});
  CHECK(feel_value_of(reasons, nullptr).is_null());
}

TEST_CASE("feel values: a computed value comes back as the field has it") {
  const Form form = testing::sample_pack()->forms.front();
  const Json fields = testing::sample_fields();
  for (const Field& field : form.fields) {
    const Json* value = fields.as_object().if_contains(field.id);
    if (value == nullptr || field.type == FieldType::kGroup) continue;
    CAPTURE(field.id);
    const auto back = json_of_feel(field, feel_value_of(field, value));
    REQUIRE(back.has_value());
    const PackSet packs = testing::sample_packs();
    const Validated checked = validate_value(form, packs, field, *back, kDay);
    CHECK(checked.problems.empty());
    CHECK(checked.fields == *value);
  }
}

TEST_CASE("feel values: what has another kind does not come back") {
  const Form form = testing::sample_pack()->forms.front();
  const auto is_there = [&](std::string_view id, const Value& value) {
    return json_of_feel(*form.find_field(id), value).has_value();
  };
  CHECK_FALSE(is_there("count", Value::number(*feel::Number::parse("1.5"))));
  CHECK_FALSE(is_there("count", Value::string("1")));
  CHECK_FALSE(is_there("what", Value::number(1)));
  CHECK_FALSE(is_there("day", Value::string("2025-01-31")));
  CHECK_FALSE(is_there("agreed", Value::string("true")));
  CHECK_FALSE(is_there("term", Value::duration(feel::DayDuration{3600, 0})));
  CHECK_FALSE(is_there("term", Value::duration(feel::MonthDuration{-1})));
  CHECK_FALSE(is_there("reasons", Value::list({Value::number(1)})));
  CHECK(is_there("reasons", Value::string("care")));
  CHECK(is_there("due", Value::date(feel::date_of(kDay))));
  // Neither months nor days: a null that says so.
  const Json mixed = "P1M2D";
  const Value value = feel_value_of(*form.find_field("term"), &mixed);
  REQUIRE(value.null_reason());
  CHECK(value.null_reason()->causes().front().id == "MO-0145");
  const Json weeks = "P2W";
  CHECK(literal_of(feel_value_of(*form.find_field("term"), &weeks)) == "@\"P14D\"");
}

TEST_CASE("rules: the sample with rules passes them all") {
  const Form form = testing::form_with_rules();
  const PackSet packs = testing::sample_packs();
  const Json fields = with_computed(form, packs, testing::sample_fields(), kDay);
  CHECK(fields.at("money").as_string() == "3.75");
  CHECK(check_rules(form, packs, fields, {.today = kDay}).empty());
}

TEST_CASE("rules: whether a field is asked may miss a fact, but not fail in silence") {
  Form form = testing::form_with_rules();
  for (Field& field : form.fields) {
    if (field.id != "rate" && field.id != "note") continue;
    FieldRules rules;
    (field.id == "rate" ? rules.required_if : rules.show_if) =
        testing::rule_of(form, "100 / count > 50");
    field.rules = std::make_shared<const FieldRules>(std::move(rules));
  }
  const auto told = [&](const Json& fields) {
    std::string out;
    for (const Problem& each : check_rules(form, testing::sample_packs(), fields, {.today = kDay}))
      out += each.id + " " + each.where + " ";
    return out;
  };
  CHECK(told(json::object{{"count", 0}, {"rate", "1.00"}}).find("MO-0146 /fields/rate") !=
        std::string::npos);
  CHECK(told(json::object{{"count", 0}, {"note", "x"}}).find("MO-0146 /fields/note") !=
        std::string::npos);
  CHECK(told(json::object{{"rate", "1.00"}}).find("MO-0146") == std::string::npos);
}

TEST_CASE("rules: an evaluation that takes too long refuses, and says so") {
  Form form = testing::sample_pack()->forms.front();
  auto rules = std::make_shared<FormRules>();
  rules->valid_if = {{testing::rule_of(form, "sum(for a in 1..9000, b in 1..9000 return a) > 1"),
                      {"te duur", "too expensive"}}};
  rules->slots = form.fields;
  form.rules = std::move(rules);
  const auto problems =
      check_rules(form, testing::sample_packs(), json::object{}, {.today = kDay});
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().id == "MO-0144");
  CHECK(problems.front().where == "/fields");
}

// The life of an order whose step `remark` has a guard.
struct Guarded {
  PackPtr pack;
  PackSet packs;
  Form form;
  calendar::Calendar calendar;

  explicit Guarded(const std::string& rule) : pack(testing::life_pack()) {
    packs = testing::life_packs();
    form = *packs.find_form("life/order");
    auto rules = std::make_shared<FormRules>();
    rules->slots = form.fields;
    rules->guards.emplace(guard_key("order", "fulfil"),
                          Condition{testing::rule_of(form, rule), {"kan niet", "cannot"}});
    form.rules = std::move(rules);
  }
  Judge judge() const { return {&packs, packs.active("life"), &form, &calendar, kDay}; }
  Record record() const {
    return *begin(judge(), {{"what", "a"}, {"kind", "plain"}}, kDay);
  }
  std::string step(const Json& fields) const {
    auto after = model::step(judge(), record(), {"fulfil", fields, "", "anna", kDay});
    return after ? after->state : after.error().id;
  }
  bool is_blocked() const {
    const Transition& fulfil = *packs.active("life")->find_process("order")->find_transition(
        "fulfil");
    return blocked(judge(), record(), fulfil, "anna").has_value();
  }
};

TEST_CASE("life: a guard decides, with what the step brings") {
  const Guarded met("met_on >= date(\"2025-01-01\") and state = \"open\" and turn = \"worker\"");
  CHECK(met.step({{"met_on", "2025-02-01"}}) == "closed");
  CHECK(met.step({{"met_on", "2024-02-01"}}) == "MO-0222");
  CHECK_FALSE(met.is_blocked());
  const Guarded term("term = duration(\"P1M\")");
  CHECK(term.step({{"met_on", "2025-02-01"}}) == "MO-0223");
  CHECK(term.is_blocked());
  const Guarded wrong("1 / (string length(kind) - 5) > 0");
  CHECK(wrong.step({{"met_on", "2025-02-01"}}) == "MO-0224");
  CHECK(wrong.is_blocked());
  // What cannot be computed is no "otherwise".
  const Guarded hidden("if 1 / (string length(kind) - 5) > 50 then false else true");
  CHECK(hidden.step({{"met_on", "2025-02-01"}}) == "MO-0224");
  CHECK(hidden.is_blocked());
  const Guarded good("kind = \"plain\"");
  CHECK_FALSE(good.is_blocked());
  CHECK(refusal_name("MO-0223") == "guard");
}

// The same with `longer` computed.
Guarded with_longer(const std::string& computed, const std::string& guard) {
  Guarded world(guard);
  for (Field& field : world.form.fields) {
    if (field.id != "longer") continue;
    field.rules = std::make_shared<const FieldRules>(
        FieldRules{.computed = testing::rule_of(world.form, computed)});
  }
  auto rules = std::make_shared<FormRules>(*world.form.rules);
  rules->computed = {"longer"};
  rules->slots = world.form.fields;
  world.form.rules = std::move(rules);
  return world;
}

TEST_CASE("life: what stands in the way is judged on the values that the step would find") {
  const auto is_blocked = [](const Guarded& world, const char* longer) {
    Record record = world.record();
    record.fields.as_object()["longer"] = longer;
    const Transition& fulfil = *world.packs.active("life")->find_process("order")->find_transition(
        "fulfil");
    return blocked(world.judge(), record, fulfil, "anna").has_value();
  };
  const std::string by_day =
      "if today >= date(\"2025-06-01\") then duration(\"P1M\") else duration(\"P2M\")";
  const Guarded now = with_longer(by_day, "longer = duration(\"P1M\")");
  CHECK_FALSE(is_blocked(now, "P2M"));
  CHECK(now.step({{"met_on", "2025-02-01"}}) == "closed");
  const Guarded before = with_longer(by_day, "longer = duration(\"P2M\")");
  CHECK(is_blocked(before, "P2M"));
  CHECK(before.step({{"met_on", "2025-02-01"}}) == "MO-0222");
  // Computed from what the step is to give: nothing is said beforehand.
  const Guarded of_step = with_longer(
      "if met_on >= date(\"2025-02-01\") then duration(\"P1M\") else duration(\"P2M\")",
      "longer = duration(\"P1M\")");
  CHECK_FALSE(is_blocked(of_step, "P2M"));
  CHECK(of_step.step({{"met_on", "2025-02-01"}}) == "closed");
  CHECK(of_step.step({{"met_on", "2025-01-31"}}) == "MO-0222");
}

TEST_CASE("life: computed values follow every act of somebody, and no time that passes") {
  const Guarded world = with_longer("term", "true");
  const Judge judge = world.judge();
  const Json fields{{"what", "a"}, {"kind", "plain"}, {"dated", {{"first", "2025-01-01"},
                    {"last", "2025-01-01"}}}, {"term", "P1M"}, {"longer", "P9M"}};
  const Record begun = *begin(judge, fields, Date::of(2025, 1, 1));
  CHECK(begun.fields.at("longer").as_string() == "P1M");
  Json changed = begun.fields;
  changed.as_object()["term"] = "P2M";
  const Record after = *change(judge, begun, changed, kDay);
  CHECK(after.fields.at("longer").as_string() == "P2M");
  Record old = begun;
  old.fields.as_object().erase("longer");
  const auto fired = pass_time(judge, old);
  REQUIRE(fired.has_value());
  REQUIRE_FALSE(fired->empty());
  CHECK_FALSE(fired->back().record.fields.as_object().contains("longer"));
}

}  // namespace
}  // namespace zicht::model
