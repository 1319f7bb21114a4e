// Words in all registers at once: what is found in which, by whom, and what is no question.
#include "app/overall_search.h"

#include <doctest/doctest.h>

#include "app/testing/record_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

struct Shelf : RecordWorld {
  Shelf() {
    saw = make(lender(), "sample/tool", R"({"kind":"saw","name":"Zaag met dop","owner":"Jo"})");
    make(other_lender(), "sample/tool", R"({"kind":"saw","name":"Dopsleutel","owner":"Jo"})");
    make(keeper(), "sample/report",
         R"({"subject":"Dop kwijt","weight":"light","term":"P1M",
             "received":{"first":"2026-01-10","last":"2026-01-10"}})");
  }

  // "form: title, title; form: title", or the ids of the problems with their places.
  std::string found(const Caller& caller, const std::string& text) {
    const auto answer = search_everywhere(records, packs, caller, json::object{{"text", text}});
    return told(answer);
  }
  static std::string told(const Result<std::string>& answer) {
    std::string out;
    if (!answer) {
      for (const Problem& problem : answer.error().problems) out += problem.id + problem.where;
      return out;
    }
    const Json json = parsed(*answer);
    for (const Json& group : json.at("groups").as_array()) {
      out += std::string(group.at("form").as_string()) + ":";
      for (const Json& item : group.at("page").at("items").as_array()) {
        out += " " + std::string(item.at("title").as_string());
      }
      out += ";";
    }
    return out;
  }

  Document saw;
};

TEST_CASE("overall search: words are found in every register that the caller reads") {
  Shelf world;
  CHECK(world.found(world.keeper(), "dop") ==
        "sample/report: Dop kwijt, 10 januari 2026;sample/tool: Dopsleutel Zaag met dop;");
  CHECK(world.found(world.keeper(), "kwijt") == "sample/report: Dop kwijt, 10 januari 2026;");
  CHECK(world.found(world.keeper(), "zaag DOP") == "sample/tool: Zaag met dop;");
  CHECK(world.found(world.keeper(), "nergens") == "");
}

TEST_CASE("overall search: what a register hides it hides here too") {
  Shelf world;
  CHECK(world.found(world.visitor(), "dop") == "sample/tool: Dopsleutel Zaag met dop;");
  CHECK(world.found(world.visitor(), "kwijt") == "");
  CHECK(world.found(world.visitor(), "jo") == "");
  CHECK(world.found(world.keeper(), "jo") == "sample/tool: Dopsleutel Zaag met dop;");
}

TEST_CASE("overall search: a register gives its first rows and says that there are more") {
  RecordWorld world;
  for (int i = 0; i < 7; ++i) world.tool(world.lender(), "Schep " + std::to_string(i));
  const auto answer =
      search_everywhere(world.records, world.packs, world.visitor(), parsed(R"({"text":"schep"})"));
  REQUIRE(answer.has_value());
  const Json json = parsed(*answer);
  const Json& page = json.at("groups").at(0).at("page");
  CHECK(page.at("items").as_array().size() == 6);
  CHECK(page.as_object().contains("next"));
}

TEST_CASE("overall search: a question without a word is refused") {
  Shelf world;
  CHECK(world.found(world.visitor(), "") == "AP-0022/text");
  CHECK(world.found(world.visitor(), " . - ") == "AP-0022/text");
  const auto told = [&](std::string_view body) {
    return Shelf::told(search_everywhere(world.records, world.packs, world.visitor(),
                                         parsed(body)));
  };
  CHECK(told("{}") == "AP-0021/text");
  CHECK(told(R"({"text":["a"]})") == "AP-0022/text");
  CHECK(told(R"({"text":"a","form":"sample/tool"})") == "AP-0023/form");
}

}  // namespace
}  // namespace zicht::app
