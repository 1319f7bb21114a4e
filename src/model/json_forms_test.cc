// The rules of forms in JSON: what is compiled, told and refused. Method: a form as the catalogue
// tells it; that every form's answer is the server's is compared in tests/engine and src/app.
#include "model/json_forms.h"

#include <doctest/doctest.h>

#include "base/json.h"

namespace zicht::model {
namespace {

constexpr const char* kLabel = R"("label":{"nl":"Veld","en":"Field"})";

// A form of these members of `form`, and no lists but `kind`.
std::string form_of(const std::string& members) {
  return R"({"name":"care/plan","form":{)" + members +
         R"(},"lists":{"care/kind":{"title":{},"codes":{"a":{"to":"2026-01-01"},"b":{}}}}})";
}

std::string field(const std::string& id, const std::string& more) {
  return "\"" + id + "\":{" + kLabel + "," + more + "}";
}

const std::string kPlan = form_of(
    R"("title":{},"fields":{)" + field("starts", R"("type":"date","required":true)") + "," +
    field("kind", R"("type":"choice","list":"kind")") + "," +
    field("price", R"("type":"money","min":"0","max":"12.50")") + "," +
    field("ends", R"("type":"date","required":false,
                     "required_if":{"rule":"kind = \"b\"","inputs":["kind"]},
                     "valid_if":[{"rule":"ends >= starts","inputs":["starts","ends"],
                                  "message":{"nl":"te vroeg","en":"too early"}}])") + "," +
    field("why", R"("type":"text","required":true,
                    "show_if":{"rule":"late","inputs":["late"]})") + "," +
    field("late", R"("type":"boolean",
                     "computed":{"rule":"ends > today","inputs":["ends"]})") + "," +
    field("code", R"("type":"choice","list":"kind",
                     "computed":{"rule":"if late then \"a\" else \"b\"","inputs":["late"]})") +
    R"(},"valid_if":[])");

std::string error_in(const std::string& answer) {
  const auto parsed = parse_json(answer);
  REQUIRE_MESSAGE(parsed.has_value(), answer);
  const Json* error = parsed->get_object().if_contains("error");
  return error == nullptr ? "" : std::string(error->at("id").get_string());
}

std::string place_in(const std::string& answer) {
  const auto parsed = parse_json(answer);
  return std::string(parsed->at("error").at("message").at("en").get_string());
}

struct Compiled {
  JsonForms forms;
  std::string handle;

  explicit Compiled(const std::string& form) {
    const std::string answer = forms.compile(form);
    REQUIRE_MESSAGE(error_in(answer) == "", answer);
    handle = std::to_string(parse_json(answer)->at("handle").get_int64());
  }

  std::string ask(const std::string& fields, const std::string& today = "2026-03-10") {
    return forms.evaluate(R"({"handle":)" + handle + R"(,"today":")" + today + R"(","fields":)" +
                          fields + "}");
  }
  Json told(const std::string& fields) {
    const std::string answer = ask(fields);
    REQUIRE_MESSAGE(error_in(answer) == "", answer);
    return parse_json(answer)->at("fields");
  }
};

}  // namespace

TEST_CASE("forms in JSON: an answer says what is shown, required, computed and refused, and why") {
  Compiled plan(kPlan);
  const Json early = plan.told(R"({"starts":"2026-03-02","kind":"b","ends":"2026-03-01"})");
  CHECK(early.at("ends").at("required") == true);
  CHECK(early.at("ends").at("messages").at(0).at("refused") == true);
  CHECK(early.at("ends").at("messages").at(0).at("text").at("nl") == "te vroeg");
  CHECK(early.at("late").at("value") == false);
  CHECK(early.at("why").at("shown") == false);
  CHECK(early.at("why").at("required") == false);
  CHECK(early.at("why").at("why").at("show_if").at("facts").at(0).at("name") == "late");
  const Json open = plan.told("{}");
  CHECK(open.at("late").at("why").at("computed").at("missing").at(0) == "ends");
  CHECK_FALSE(open.get_object().contains("starts"));
}

TEST_CASE("forms in JSON: the day and the lists count as on a server") {
  Compiled plan(kPlan);
  const std::string later = R"({"ends":"2026-03-11"})";
  CHECK(parse_json(plan.ask(later, "2026-03-10"))->at("fields").at("late").at("value") == true);
  CHECK(parse_json(plan.ask(later, "2026-03-11"))->at("fields").at("late").at("value") == false);
  // A computed code that ended does not fit; one that was chosen may stand.
  const Json told = plan.told(later);
  CHECK(told.at("code").get_object().contains("misfit"));
  CHECK(plan.told(R"({"kind":"a"})").at("ends").at("why").at("required_if").at("outcome") == "no");
  CHECK(plan.told(R"({"kind":"c"})").at("ends").at("why").at("required_if").at("outcome") ==
        "unknown");
}

TEST_CASE("forms in JSON: a form that cannot be judged here is left to the server") {
  JsonForms forms;
  const auto compile = [&](const std::string& rule) {
    return error_in(forms.compile(form_of(
        R"("fields":{)" + field("a", R"("type":"text","show_if":{"rule":")" + rule + R"("})") +
        "," + field("b", R"("type":"text")") + "}")));
  };
  CHECK(compile("hidden = 1") == "FE-0073");
  CHECK(compile("b =") == "FE-0073");
  CHECK(compile(R"(b = \"x\")") == "");
  // Fields that wait for each other.
  CHECK(error_in(forms.compile(form_of(
            R"("fields":{)" + field("a", R"("type":"integer","computed":{"rule":"b"})") + "," +
            field("b", R"("type":"integer","computed":{"rule":"a"})") + "}"))) == "FE-0073");
  CHECK(forms.size() == 1);
}

TEST_CASE("forms in JSON: another shape is told at its place") {
  JsonForms forms;
  const auto refused = [&](const std::string& request, const std::string& where) {
    const std::string answer = forms.compile(request);
    CHECK_MESSAGE(error_in(answer) == "FE-0071", answer);
    CHECK_MESSAGE(place_in(answer).ends_with(" at " + where + "."), place_in(answer));
  };
  refused("[]", "/name");
  refused(R"({"name":"plan","form":{"fields":{}}})", "/name");
  refused(R"({"name":"care/plan"})", "/form/fields");
  refused(form_of(R"("fields":{"a":{"type":"text"}})"), "/form/fields/a/label/nl");
  refused(form_of(R"("fields":{)" + field("a", R"("type":"colour")") + "}"),
          "/form/fields/a/type");
  refused(form_of(R"("fields":{)" + field("a", R"("type":"money","max":12)") + "}"),
          "/form/fields/a/max");
  refused(form_of(R"("fields":{)" + field("a", R"("type":"text","max":"12")") + "}"),
          "/form/fields/a/max");
  refused(form_of(R"("fields":{)" + field("a", R"("type":"text","retired":"soon")") + "}"),
          "/form/fields/a/retired");
  refused(form_of(R"("fields":{)" + field("a", R"("type":"text","show_if":"b")") + "}"),
          "/form/fields/a/show_if/rule");
  refused(form_of(R"("fields":{},"valid_if":[{"rule":"true"}])"), "/form/valid_if/0/message/nl");
  refused(form_of(R"("fields":{},"valid_if":{})"), "/form/valid_if");
  refused(R"({"name":"care/plan","form":{"fields":{}},"lists":{"kind":{}}})", "/lists/kind");
  refused(R"({"name":"care/plan","form":{"fields":{}},"lists":{"care/kind":{}}})",
          "/lists/care/kind/codes");
  CHECK(error_in(forms.compile("{")) == "ZB-0009");
  CHECK(forms.size() == 0);
}

TEST_CASE("forms in JSON: a question of another shape, or about nothing, is refused") {
  Compiled plan(kPlan);
  CHECK(error_in(plan.forms.evaluate("{")) == "ZB-0009");
  CHECK(error_in(plan.forms.evaluate("[]")) == "FE-0071");
  CHECK(error_in(plan.ask("[]")) == "FE-0071");
  CHECK(error_in(plan.ask("{}", "today")) == "FE-0071");
  CHECK(error_in(plan.forms.evaluate(R"({"handle":-1,"today":"2026-03-10","fields":{}})")) ==
        "FE-0071");
  CHECK(error_in(plan.forms.evaluate(R"({"handle":9,"today":"2026-03-10","fields":{}})")) ==
        "FE-0072");
  plan.forms.release(1);
  plan.forms.release(1);
  CHECK(plan.forms.size() == 0);
  CHECK(error_in(plan.ask("{}")) == "FE-0072");
}

}  // namespace zicht::model
