#include "server/retention.h"

#include <sstream>

#include "base/error_catalogue.h"
#include "base/json.h"

namespace zicht::server {

std::string render_list(const std::vector<app::DueRecord>& due) {
  std::string text;
  for (const app::DueRecord& each : due) {
    text += *canonical_json(json::object{{"changed", each.changed.to_string()},
                                         {"due", each.due.to_string()},
                                         {"form", each.record.form},
                                         {"record", each.record.record},
                                         {"version", each.record.version}}) +
            "\n";
  }
  return text;
}

Result<std::vector<app::ListedRecord>> parse_list(std::string_view text) {
  std::vector<app::ListedRecord> list;
  std::istringstream lines{std::string(text)};
  std::int64_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto value = parse_json(line);
    const json::object* object = value.has_value() ? value->if_object() : nullptr;
    const Json* record = object == nullptr ? nullptr : object->if_contains("record");
    const Json* version = object == nullptr ? nullptr : object->if_contains("version");
    if (record == nullptr || !record->is_string() || version == nullptr || !version->is_int64()) {
      return make_error("SV-0062", {{"line", std::to_string(number)}});
    }
    list.push_back({std::string(record->get_string()), version->get_int64()});
  }
  return list;
}

}  // namespace zicht::server
