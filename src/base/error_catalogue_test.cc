// The catalogue of errors, as a whole. Method: rules checked over every entry of every component;
// a failing check is seen through a handler that throws.
#include "base/error_catalogue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>

#include "base/check.h"
#include "base/result.h"
#include "base/text.h"

namespace zicht {
namespace {

struct ThrowOnFailedCheck {
  ThrowOnFailedCheck() {
    before = set_check_handler([](const CheckFailure& f) { throw std::logic_error(f.why); });
  }
  ~ThrowOnFailedCheck() { set_check_handler(before); }
  CheckHandler before;
};

// The names between braces; "{ task: ... }" is an example of YAML, not a placeholder.
std::set<std::string> placeholders_of(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t at = 0; (at = text.find('{', at)) != std::string_view::npos; ++at) {
    const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at + 1);
    if (end != std::string_view::npos && end > at + 1 && text[end] == '}') {
      names.emplace(text.substr(at + 1, end - at - 1));
    }
  }
  return names;
}

// "{known}": a hint that the caller writes whole, in both languages.
bool is_one_placeholder(std::string_view text) {
  return text.size() > 2 && text.front() == '{' && text.find('}') == text.size() - 1;
}

TEST_CASE("catalogue: every id has the shape of its component and stands there once") {
  const std::set<std::string> prefixes = {"ZB", "CA", "MO", "PK", "AP", "ST",
                                          "HT", "EX", "SV", "SA", "FE", "DM"};
  std::set<std::string_view> seen;
  for (const CatalogueEntry& entry : catalogue()) {
    CAPTURE(std::string(entry.id));
    REQUIRE(entry.id.size() == 7);
    CHECK(prefixes.contains(std::string(entry.id.substr(0, 2))));
    CHECK(entry.id[2] == '-');
    CHECK(std::all_of(entry.id.begin() + 3, entry.id.end(),
                      [](char c) { return c >= '0' && c <= '9'; }));
    CHECK(seen.insert(entry.id).second);
  }
}

TEST_CASE("catalogue: every id in use says what is wrong and what to do in both languages") {
  for (const CatalogueEntry& entry : catalogue()) {
    if (entry.retired) continue;
    CAPTURE(std::string(entry.id));
    for (const std::string_view text : {entry.nl, entry.en, entry.hint_nl, entry.hint_en}) {
      CHECK((text.size() >= 8 || is_one_placeholder(text)));
      CHECK(is_valid_utf8(text));
      CHECK(trim(text) == text);
    }
    // What the author of a pack says comes in both languages itself.
    CHECK((entry.nl != entry.en || is_one_placeholder(entry.nl)));
    CHECK((entry.hint_nl != entry.hint_en || is_one_placeholder(entry.hint_nl)));
    CHECK(placeholders_of(entry.nl) == placeholders_of(entry.en));
    CHECK(placeholders_of(entry.hint_nl) == placeholders_of(entry.hint_en));
  }
}

TEST_CASE("make_error: the texts are filled in both languages") {
  const Error error = make_error("ZB-0005", {{"first", "B"}, {"last", "A"}});
  CHECK(error.code == Code::kInvalidArgument);
  CHECK(error.id == "ZB-0005");
  CHECK(error.message.nl == "De periode eindigt (A) voordat zij begint (B).");
  CHECK(error.message.en == "The interval ends (A) before it starts (B).");
  CHECK(!error.hint.nl.empty());
  const Error localized = make_error("ZB-0001", {{"text", LocalizedText{"gisteren", "yesterday"}}});
  CHECK(localized.message ==
        LocalizedText{"\"gisteren\" is geen datum.", "\"yesterday\" is not a date."});
}

TEST_CASE("make_error: a value with braces is not filled again") {
  CHECK(make_error("ZB-0001", {{"text", "{text}"}}).message.en == "\"{text}\" is not a date.");
}

TEST_CASE("make_error: an unknown id or an unfilled placeholder is a bug") {
  const ThrowOnFailedCheck guard;
  CHECK_THROWS_AS(make_error("ZB-9999"), std::logic_error);
  CHECK_THROWS_AS(make_error("ZB-0001"), std::logic_error);
}

TEST_CASE("make_diagnostic: carries the place and prints it") {
  const Diagnostic d =
      make_diagnostic("ZB-0004", {"forms/measure.yaml", 12, 3}, {{"text", "PT1H"}});
  CHECK(location_of(d) == "forms/measure.yaml:12:3");
  CHECK(location_of(make_diagnostic("ZB-0002", {"pack.yaml"})) == "pack.yaml");
  CHECK(has_errors({d}));
  CHECK(!has_errors({make_diagnostic("ZB-0002", {}, {}, Severity::kWarning)}));
}

TEST_CASE("describe: one line names id, code and every problem") {
  Error error = make_error("ZB-0002");
  error.problems.push_back(make_problem("ZB-0001", "/due", {{"text", "x"}}));
  CHECK(describe(error) ==
        "ZB-0002 invalid_argument: The date falls outside the years 1 to 9999. "
        "[ZB-0001 /due: \"x\" is not a date.]");
}

Result<int> half(int number) {
  if (number % 2 != 0) return make_error("ZB-0002");
  return number / 2;
}

Result<void> check_quarter(int number) {
  ZICHT_TRY(first, half(number));
  ZICHT_TRY(second, half(first));
  static_cast<void>(second);
  return {};
}

Result<std::string> quarter_text(int number) {
  ZICHT_CHECKED(check_quarter(number));
  return std::to_string(number / 4);
}

TEST_CASE("result: errors pass through to the caller, values stay") {
  CHECK(*quarter_text(8) == "2");
  CHECK(quarter_text(6).error().id == "ZB-0002");
  CHECK(quarter_text(7).error().id == "ZB-0002");
}

TEST_CASE("result: reading what is not there is a bug") {
  const ThrowOnFailedCheck guard;
  CHECK_THROWS_AS(*half(1), std::logic_error);
  CHECK_THROWS_AS(static_cast<void>(half(2).error()), std::logic_error);
}

}  // namespace
}  // namespace zicht
