#include "store/erasure_list.h"

#include <filesystem>
#include <set>

#include "base/error_catalogue.h"
#include "base/json.h"

namespace zicht::store {
namespace {

Error list_error(const std::string& file) {
  return make_error("ST-0046", {{"file", std::filesystem::path(file).filename()}});
}

std::string text_member(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

}  // namespace

Result<void> list_erasure(const std::string& file, const ListedErasure& erasure, Files& files) {
  if (file.empty()) return {};
  ZICHT_TRY(line, canonical_json(json::object{{"at", erasure.at},
                                              {"decided_by", erasure.decided_by},
                                              {"person", erasure.person}}));
  if (!add_lines(files, file, {line})) return list_error(file);
  return {};
}

Result<std::vector<ListedErasure>> listed_erasures(const std::string& file, Files& files) {
  std::vector<ListedErasure> listed;
  if (file.empty()) return listed;
  const auto lines = read_lines(files, file);
  if (!lines) return list_error(file);
  std::set<std::string> known;
  for (const std::string& line : *lines) {
    const auto value = parse_json(line);
    const json::object* members = value.has_value() ? value->if_object() : nullptr;
    if (members == nullptr) return list_error(file);
    ListedErasure erasure{.person = text_member(*members, "person"),
                          .decided_by = text_member(*members, "decided_by"),
                          .at = text_member(*members, "at")};
    if (erasure.person.empty()) return list_error(file);
    if (known.insert(erasure.person).second) listed.push_back(std::move(erasure));
  }
  return listed;
}

}  // namespace zicht::store
