// zicht detect: counts or events in, signals out, by one method of stats/surveillance.
#include <boost/json/serialize.hpp>

#include "base/amsterdam.h"
#include "base/clock.h"
#include "base/error_catalogue.h"
#include "base/thread_executor.h"
#include "packs/yaml_json.h"
#include "server/arguments.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/terminal.h"
#include "stats/surveillance/detect.h"

namespace zicht::server {
namespace {

Result<void> read_into(const std::string& path, std::string& text, std::string& name) {
  if (path.empty()) return {};
  ZICHT_TRY(bytes, read_file(path));
  text = std::move(bytes);
  name = path;
  return {};
}

Result<stats::DetectRequest> request_of(const Arguments& arguments) {
  stats::DetectRequest request;
  request.method = arguments.option("method");
  ZICHT_TRY(today, arguments.option("today").empty()
                       ? Result<Date>(amsterdam_date(SystemClock().now()))
                       : Date::parse(arguments.option("today")));
  request.today = today;
  ZICHT_CHECKED(read_into(arguments.option("counts"), request.counts, request.counts_file));
  ZICHT_CHECKED(read_into(arguments.option("events"), request.events, request.events_file));
  return request;
}

// False where the settings cannot be read; what is wrong was reported.
bool add_settings(const std::string& path, stats::DetectRequest& request) {
  if (path.empty()) return true;
  const auto text = read_file(path);
  if (!text) return report(text.error()), false;
  const auto settings = packs::json_from_yaml(*text, path);
  report(settings.diagnostics, "");
  if (!settings.value) return false;
  if (const auto* object = settings.value->if_object()) request.settings = *object;
  return true;
}

Result<void> tell(const stats::Detected& found, const Arguments& arguments) {
  const std::string language = in_own_language(LocalizedText{"nl", "en"});
  std::vector<NewFile> files;
  if (const auto path = arguments.option("report"); !path.empty())
    files.push_back({path, found.html(language)});
  if (const auto path = arguments.option("out"); !path.empty())
    files.push_back({path, found.csv()});
  ZICHT_CHECKED(write_new_files(files));
  if (arguments.has("json"))
    say(json::serialize(found.to_json()));
  else if (arguments.option("out").empty())
    say(found.csv());
  return {};
}

}  // namespace

int run_detect(const Words& words) {
  const auto arguments = understood(
      words, {{"counts", "events", "method", "config", "out", "report", "today"}, {"json"}, 0, 0});
  if (!arguments) return kUsage;
  if (const auto is_new = require_new({arguments->option("out"), arguments->option("report")});
      !is_new)
    return report(is_new.error()), kBad;
  auto request = request_of(*arguments);
  if (!request) return report(request.error()), kBad;
  if (!add_settings(arguments->option("config"), *request)) return kBad;
  ThreadExecutor executor;
  const auto found = stats::detect(*request, executor);
  if (!found) return report(found.error()), kBad;
  if (const auto told = tell(*found, *arguments); !told) return report(told.error()), kBad;
  return kGood;
}

}  // namespace zicht::server
