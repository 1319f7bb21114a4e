#include "app/calendar_service.h"

#include "app/internal/body.h"
#include "app/present/json_writer.h"
#include "base/error_catalogue.h"
#include "base/text.h"
#include "calendar/vague.h"

namespace zicht::app {
namespace {

constexpr std::size_t kMostWords = 200;   // code points

// A date, or {"first", "last"}.
std::optional<DateInterval> read_written_on(internal::Body& body, const Json& request) {
  const Json* value = request.is_object() ? request.get_object().if_contains("written_on") : nullptr;
  if (value == nullptr || !value->is_object()) {
    return DateInterval::of_day(body.date("written_on"));
  }
  internal::Body window(*value, {"first", "last"});
  const Date first = window.date("first");
  const Date last = window.date("last");
  if (window.is_sound() && first <= last) return DateInterval{first, last};
  body.add(make_problem("AP-0073", "/written_on"));
  return {};
}

}  // namespace

Result<std::string> interpret_words(const Rulebook& rules, const Json& request) {
  internal::Body body(request, {"words", "written_on"});
  const std::string words = body.text("words");
  if (code_point_length(words) > kMostWords) body.add(make_problem("AP-0073", "/words"));
  const auto written = read_written_on(body, request);
  ZICHT_CHECKED(body.check());
  const auto found = calendar::interpret(words, *written, rules.calendar);
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
