#include "app/calendar_service.h"

#include "app/internal/body.h"
#include "app/present/json_writer.h"
#include "base/error_catalogue.h"
#include "base/text.h"
#include "calendar/vague.h"

namespace zicht::app {
namespace {

constexpr std::size_t kMostWords = 400;   // code points
const LocalizedText kWordsShape = {"een tekst van hoogstens 400 tekens",
                                   "a text of at most 400 characters"};

// A date, or {"first", "last"}.
DateInterval read_written_on(internal::Body& body, const Json& request) {
  const json::object* members = request.if_object();
  const Json* value = members == nullptr ? nullptr : members->if_contains("written_on");
  if (value == nullptr || !value->is_object()) {
    return DateInterval::of_day(body.date("written_on"));
  }
  internal::Body window(*value, {"first", "last"});
  const DateInterval days{window.date("first"), window.date("last")};
  const auto checked = window.check();
  if (!checked) {
    for (Problem problem : checked.error().problems) {
      problem.where = "/written_on" + problem.where;
      body.add(std::move(problem));
    }
  } else if (days.last < days.first) {
    body.add(make_problem("ZB-0005", "/written_on", {{"first", days.first.to_string()},
                                                     {"last", days.last.to_string()}}));
  }
  return days;
}

}  // namespace

Result<std::string> interpret_words(const Rulebook& rules, const Json& request) {
  internal::Body body(request, {"words", "written_on"});
  const std::string words = body.text("words");
  if (code_point_length(words) > kMostWords) {
    body.add(make_problem("AP-0022", "/words", {{"expected", kWordsShape}}));
  }
  const DateInterval written = read_written_on(body, request);
  ZICHT_CHECKED(body.check());
  const auto found = calendar::interpret(words, written, rules.calendar);
  if (!found) return make_error("AP-0007");
  std::string out;
  JsonWriter json(out);
  json.object().member("first", found->window.first.to_string());
  json.member("last", found->window.last.to_string());
  json.key("certain").boolean(found->certain);
  json.member("interpretation", found->interpretation).end();
  return out;
}

}  // namespace zicht::app
