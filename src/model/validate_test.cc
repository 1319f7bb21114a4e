// Documents against a form: a good document changed in one place per case, and the problems (id and
// pointer) that must follow. Every rule that a schema can state is also asked of check_shape.
#include "model/validate.h"

#include <doctest/doctest.h>

#include <string>

#include "base/json.h"
#include "model/testing/sample_form.h"

namespace zicht::model {
namespace {

const Date kDay = Date::of(2025, 6, 1);

Json parsed(std::string_view text) {
  auto value = parse_json(text);
  REQUIRE_MESSAGE(value.has_value(), std::string(text));
  return *std::move(value);
}

// The good document with one member replaced; "-" takes it out.
Json changed(std::string_view member, std::string_view value) {
  Json document = testing::sample_fields();
  if (value == "-") {
    document.as_object().erase(member);
  } else {
    document.as_object()[member] = parsed(value);
  }
  return document;
}

std::string listed(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    text += (text.empty() ? "" : " ") + problem.id + "@" + problem.where;
    CHECK_FALSE(problem.message.nl.empty());
    CHECK_FALSE(problem.hint.en.empty());
  }
  return text;
}

enum class Says { kShape, kSecond };  // which of the two phases must find it

struct Case {
  const char* member;
  const char* value;
  const char* problems;
  Says says = Says::kShape;
};

void check(const Case& c) {
  CAPTURE(c.member);
  CAPTURE(c.value);
  const PackSet packs = testing::sample_packs();
  const Form& form = *packs.find_form("probe/visit");
  const Json document = changed(c.member, c.value);
  CHECK(listed(validate_fields(form, packs, document, {.on = kDay}).problems) == c.problems);
  const std::string shape = listed(check_shape(form, packs, document));
  CHECK(shape == (c.says == Says::kShape ? c.problems : ""));
}

const Case kCases[] = {
    {"what", "-", "MO-0103@/fields/what"},
    {"what", "12", "MO-0104@/fields/what"},
    {"what", "null", "MO-0104@/fields/what"},
    {"what", R"("")", "MO-0107@/fields/what"},
    {"what", R"(" \t ")", "MO-0107@/fields/what"},
    {"what", R"("ab")", "MO-0106@/fields/what"},
    {"what", R"(" ab ")", "MO-0106@/fields/what", Says::kSecond},
    {"what", R"("éééééééééé")", ""},
    {"what", R"("ééééééééééé")", "MO-0105@/fields/what"},
    {"count", "101", "MO-0109@/fields/count"},
    {"count", "-1", "MO-0108@/fields/count"},
    {"count", "1.5", "MO-0104@/fields/count"},
    {"count", "1e2", ""},
    {"count", "18446744073709551615", "MO-0109@/fields/count"},
    {"count", "1e300", "MO-0109@/fields/count"},
    {"count", "-1e300", "MO-0108@/fields/count"},
    {"rate", "1.25", "MO-0104@/fields/rate"},
    {"rate", R"("1.2345")", "MO-0110@/fields/rate"},
    {"rate", R"("01")", "MO-0110@/fields/rate"},
    {"rate", R"("1,5")", "MO-0110@/fields/rate"},
    {"rate", R"("1.")", "MO-0110@/fields/rate"},
    {"rate", R"("-1")", ""},
    {"rate", R"("-1.001")", "MO-0108@/fields/rate", Says::kSecond},
    {"rate", R"("2.501")", "MO-0109@/fields/rate", Says::kSecond},
    {"money", R"("1.234")", "MO-0110@/fields/money"},
    {"money", R"("9999999999999999.99")", ""},
    {"money", R"("99999999999999999.99")", "MO-0110@/fields/money"},
    {"money", R"("-0.01")", "MO-0108@/fields/money", Says::kSecond},
    {"agreed", R"("true")", "MO-0104@/fields/agreed"},
    {"day", R"("2025-02-31")", "MO-0111@/fields/day"},
    {"day", R"("0000-01-01")", "MO-0111@/fields/day"},
    {"day", R"("31-01-2025")", "MO-0111@/fields/day"},
    {"due", R"("2025-01-01")", "MO-0104@/fields/due"},
    {"due", R"({"first":"2025-01-01"})", "MO-0103@/fields/due/last"},
    {"due", R"({"first":"2025-01-01","last":"2025-01-32"})", "MO-0111@/fields/due/last"},
    {"due", R"({"words":"","first":"2025-01-01","last":"2025-01-01"})",
     "MO-0107@/fields/due/words"},
    {"due", R"({"first":"2025-01-01","last":"2025-01-01","x/y":1})", "MO-0102@/fields/due/x~1y"},
    {"due", R"({"words":"w","first":"2025-01-02","last":"2025-01-01"})", "MO-0112@/fields/due",
     Says::kSecond},
    {"due", R"({"first":"2025-01-01","last":"2025-01-02"})", "MO-0113@/fields/due/words",
     Says::kSecond},
    {"due", R"({"first":"2025-01-01","last":"2025-01-01"})", ""},
    {"term", R"("P")", "MO-0114@/fields/term"},
    {"term", R"("PT1H")", "MO-0114@/fields/term"},
    {"term", R"("P1D1M")", "MO-0114@/fields/term"},
    {"reason", R"("none")", "MO-0115@/fields/reason"},
    {"reason", R"("old")", "MO-0116@/fields/reason", Says::kSecond},
    {"reasons", R"("care")", "MO-0104@/fields/reasons"},
    {"reasons", "[]", "MO-0120@/fields/reasons"},
    {"reasons", R"(["care","care"])", "MO-0121@/fields/reasons/1"},
    {"reasons", R"(["care","x"])", "MO-0115@/fields/reasons/1"},
    {"reasons", R"(["care","money","old"])", "MO-0119@/fields/reasons MO-0116@/fields/reasons/2",
     Says::kSecond},
    {"see", R"(["8f2q0c7m3e9xk4t8zv1d6w0hya"])", "MO-0117@/fields/see/0"},
    {"see", R"(["5f2q0c7m3e9xk4t8zv1d6w0hyl"])", "MO-0117@/fields/see/0"},
    {"worker", R"("5f2q0c7m3e9xk4t8zv1d6w0hya")", ""},
    {"worker", R"("anna")", "MO-0117@/fields/worker"},
    {"keeper", R"("zicht-public")", ""},
    {"keeper", R"("Zicht Public")", "MO-0129@/fields/keeper"},
    {"page", R"("http://example.org")", "MO-0118@/fields/page"},
    {"page", R"("https://")", "MO-0118@/fields/page"},
    {"page", R"("https://a:/")", "MO-0118@/fields/page"},
    {"page", R"("https://a.nl:8443/x y")", "MO-0118@/fields/page"},
    {"place", R"({"number":0})", "MO-0103@/fields/place/street MO-0108@/fields/place/number"},
    {"place", R"({"street":"x","x":1})", "MO-0102@/fields/place/x"},
    {"gone", R"("new")", "MO-0122@/fields/gone", Says::kSecond},
    {"extra", "1", "MO-0102@/fields/extra"},
};

TEST_CASE("validate: each mistake gives its problem at its place") {
  for (const Case& c : kCases) {
    if (std::string_view(c.value) == R"(["care","money","old"])") continue;  // both phases, below
    check(c);
  }
}

TEST_CASE("validate: both phases speak at once") {
  const PackSet packs = testing::sample_packs();
  const Form& form = *packs.find_form("probe/visit");
  const Json document = changed("reasons", R"(["care","money","old"])");
  CHECK(listed(validate_fields(form, packs, document, {.on = kDay}).problems) ==
        "MO-0119@/fields/reasons MO-0116@/fields/reasons/2");
  CHECK(listed(check_shape(form, packs, document)) == "MO-0119@/fields/reasons");
}

TEST_CASE("validate: a good document stays as it is") {
  const PackSet packs = testing::sample_packs();
  const auto done = validate_fields(*packs.find_form("probe/visit"), packs,
                                    testing::sample_fields(), {.on = kDay});
  CHECK(listed(done.problems).empty());
  CHECK(done.fields == testing::sample_fields());
}

TEST_CASE("validate: the canonical document is trimmed, normal and in the order of the form") {
  const PackSet packs = testing::sample_packs();
  const Json document = parsed(R"({"reason":"care","money":"7","rate":"-0.10","term":"P03M",
      "due":{"last":"2025-01-02","first":"2025-01-01","words":" begin "},"count":3.0,
      "what":" abc\n"})");
  const auto done =
      validate_fields(*packs.find_form("probe/visit"), packs, document, {.on = kDay});
  CHECK(listed(done.problems).empty());
  std::string keys;
  for (const auto& [key, value] : done.fields.as_object()) keys += std::string(key) + " ";
  CHECK(keys == "what count rate money due term reason ");
  CHECK(canonical_json(done.fields).value() ==
        R"({"count":3,"due":{"first":"2025-01-01","last":"2025-01-02","words":"begin"},)"
        R"("money":"7.00","rate":"-0.1","reason":"care","term":"P3M","what":"abc"})");
}

TEST_CASE("validate: values that are equal once canonical may not stand in one array") {
  PackSet packs;
  auto pack = std::make_shared<Pack>(*testing::sample_pack());
  pack->forms[0].fields[0].is_many = true;
  packs.add(pack);
  packs.activate(pack->hash);
  const Json document = changed("what", R"(["abc"," abc"])");
  const Form& form = pack->forms[0];
  CHECK(listed(validate_fields(form, packs, document, {.on = kDay}).problems) ==
        "MO-0121@/fields/what/1");
  CHECK(check_shape(form, packs, document).empty());
}

TEST_CASE("validate: an ended code and a retired field that were there may stay") {
  const PackSet packs = testing::sample_packs();
  const Form& form = *packs.find_form("probe/visit");
  Json before = changed("reason", R"("old")");
  before.as_object()["reasons"] = {"old"};
  before.as_object()["gone"] = "text";
  CHECK(listed(validate_fields(form, packs, before, {.on = kDay, .before = &before}).problems)
            .empty());
  const Json again = changed("gone", R"("other")");
  CHECK(listed(validate_fields(form, packs, again, {.on = kDay, .before = &before}).problems) ==
        "MO-0122@/fields/gone");
}

TEST_CASE("validate: a step checks its own fields only") {
  const PackSet packs = testing::sample_packs();
  const Form& form = *packs.find_form("probe/visit");
  const ValidateOptions step{.on = kDay, .check_required = false};
  CHECK(listed(validate_fields(form, packs, parsed(R"({"count":1})"), step).problems).empty());
  CHECK(listed(validate_fields(form, packs, parsed(R"({"count":1,"place":{}})"), step).problems) ==
        "MO-0103@/fields/place/street");
}

TEST_CASE("validate: what is no object is one problem") {
  const PackSet packs = testing::sample_packs();
  const Form& form = *packs.find_form("probe/visit");
  CHECK(listed(validate_fields(form, packs, parsed("[]"), {.on = kDay}).problems) ==
        "MO-0101@/fields");
}

TEST_CASE("validate: problems never repeat the value") {
  const PackSet packs = testing::sample_packs();
  const Form& form = *packs.find_form("probe/visit");
  for (const char* member : {"what", "page", "day", "reason", "term", "rate"}) {
    const Json document = changed(member, R"("  canary-4711-canary-4711  ")");
    for (const Problem& problem : validate_fields(form, packs, document, {.on = kDay}).problems) {
      const std::string all = problem.message.nl + problem.message.en + problem.hint.nl +
                              problem.hint.en + problem.where;
      CHECK(all.find("4711") == std::string::npos);
    }
  }
}

TEST_CASE("title: name fields as text, codes by their Dutch label") {
  const PackSet packs = testing::sample_packs();
  const Form& form = *packs.find_form("probe/visit");
  CHECK(title_of(form, packs, testing::sample_fields()) ==
        "bezoek, Zorg, 31 januari 2025, rond de zomer");
  CHECK(title_of(form, packs, parsed(R"({"due":{"first":"2025-01-02","last":"2025-01-02"}})")) ==
        "2 januari 2025");
  CHECK(title_of(form, packs, parsed("{}")).empty());
}

}  // namespace
}  // namespace zicht::model
