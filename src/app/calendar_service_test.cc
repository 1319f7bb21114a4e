// Words to a window: a table of bodies with what they give, every problem of a body at once.
#include "app/calendar_service.h"

#include <doctest/doctest.h>

namespace zicht::app {
namespace {

// "first last certain", the error alone, or "id where, id where".
std::string told(const std::string& body) {
  const Rulebook rules{{}, *calendar::Calendar::create({}), {}, ""};
  const auto answer = interpret_words(rules, *parse_json(body));
  if (answer) {
    const Json json = *parse_json(*answer);
    CHECK_FALSE(json.at("interpretation").at("nl").as_string().empty());
    CHECK_FALSE(json.at("interpretation").at("en").as_string().empty());
    return std::string(json.at("first").as_string()) + " " +
           std::string(json.at("last").as_string()) +
           (json.at("certain").as_bool() ? " certain" : "");
  }
  std::string out;
  for (const Problem& problem : answer.error().problems) {
    out += (out.empty() ? "" : ", ") + problem.id + " " + problem.where;
  }
  return out.empty() ? answer.error().id : out;
}

TEST_CASE("calendar service: words with a day or a window give a window or every problem") {
  struct Row {
    const char* body;
    const char* told;
  };
  const Row rows[] = {
      {R"({"words": "1 juli 2026", "written_on": "2026-01-31"})", "2026-07-01 2026-07-01 certain"},
      {R"({"words": "medio 2026", "written_on": "2026-01-31"})", "2026-06-01 2026-07-31"},
      {R"({"words": "binnen zes weken", "written_on": {"first": "2026-01-01",
           "last": "2026-01-31"}})",
       "2026-02-12 2026-03-14"},
      {R"({"words": "als de kersen bloeien", "written_on": "2026-01-31"})", "AP-0007"},
      {R"({"words": "", "written_on": "2026-01-31"})", "AP-0007"},
      {R"([])", "AP-0022 "},
      {R"({})", "AP-0021 /words, AP-0021 /written_on"},
      {R"({"words": 7, "written_on": "31-01-2026", "language": "nl"})",
       "AP-0023 /language, AP-0022 /words, AP-0022 /written_on"},
      {R"({"words": "medio 2026", "written_on": "2026-02-31"})", "AP-0022 /written_on"},
      {R"({"words": 7, "written_on": {"first": "x", "until": "2026-01-31"}})",
       "AP-0022 /words, AP-0023 /written_on/until, AP-0022 /written_on/first, "
       "AP-0021 /written_on/last"},
      {R"({"words": "medio 2026", "written_on": {"first": "2026-02-01", "last": "2026-01-31"}})",
       "ZB-0005 /written_on"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.body);
    CHECK(told(row.body) == row.told);
  }
}

TEST_CASE("calendar service: words have at most 400 characters") {
  const auto body = [](std::size_t count) {
    std::string words;
    for (std::size_t i = 0; i < count; ++i) words += "é";
    return R"({"words": ")" + words + R"(", "written_on": "2026-01-31"})";
  };
  CHECK(told(body(400)) == "AP-0007");
  CHECK(told(body(401)) == "AP-0022 /words");
}

}  // namespace
}  // namespace zicht::app
