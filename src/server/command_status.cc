// zicht status: what the running server says of itself.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/error_catalogue.h"
#include "server/alarms.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/status_file.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

constexpr std::int64_t kFreshMicroseconds = std::int64_t{120} * kMicrosecondsPerSecond;

std::string text_of(const json::object& check, const char* name) {
  const json::value* found = check.if_contains(name);
  if (found == nullptr) return "";
  if (found->is_string()) return std::string(found->get_string());
  return json::serialize(*found);
}

// "ALARM  disk  1024 (2048)  Free space ..., since 2026-..."; true when it is raised.
bool say_check(const json::object& check) {
  const std::string id = text_of(check, "id");
  const bool is_raised = text_of(check, "raised") == "true";
  const LocalizedText title = alarm_title(id).value_or(LocalizedText{id, id});
  const std::string start = (is_raised ? "ALARM  " : "ok     ") + id + "  " +
                            text_of(check, "value") + " (" + text_of(check, "threshold") + ")  ";
  const std::string since = text_of(check, "since");
  say(LocalizedText{start + title.nl + (is_raised ? ", sinds " + since : ""),
                    start + title.en + (is_raised ? ", since " + since : "")});
  return is_raised;
}

}  // namespace

std::string status_path(const Config& config) { return config.data + "/status.json"; }

Result<Json> read_status(const Config& config, Instant now) {
  const Error none = make_error("SV-0053", {{"path", config.data}});
  if (!exists(status_path(config))) return none;
  ZICHT_TRY(text, read_file(status_path(config)));
  auto parsed = parse_json(text);
  if (!parsed || !parsed->is_object()) return none;
  const auto at = Instant::parse(text_of(parsed->get_object(), "at"));
  if (!at || microseconds_between(*at, now) > kFreshMicroseconds) return none;
  return parsed;
}

int run_status(const Words& words) {
  const auto arguments = understood(words, {{}, {}});
  if (!arguments) return kUsage;
  const auto config = configured(*arguments);
  if (!config) return kBad;
  const auto status = read_status(*config, SystemClock().now());
  if (!status) {
    report(status.error());
    return kBad;
  }
  bool is_raised = false;
  for (const json::value& check : status->at("checks").as_array()) {
    is_raised = say_check(check.as_object()) || is_raised;
  }
  return is_raised ? kBad : kGood;
}

}  // namespace zicht::server
