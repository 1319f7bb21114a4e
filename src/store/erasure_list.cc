#include "store/erasure_list.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/error_catalogue.h"
#include "base/json.h"

namespace zicht::store {
namespace {

Error list_error(const std::string& file) {
  return make_error("ST-0046", {{"file", std::filesystem::path(file).filename()}});
}

// A file that was just made has its name only once its folder is safe, too.
bool sync_folder_of(const std::string& file) {
  const std::string folder = std::filesystem::path(file).parent_path();
  const int opened = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) return false;
  const bool is_safe = ::fsync(opened) == 0;
  ::close(opened);
  return is_safe;
}

std::string text_member(const json::object& object, std::string_view key) {
  const Json* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

}  // namespace

Result<void> list_erasure(const std::string& file, const ListedErasure& erasure) {
  if (file.empty()) return {};
  ZICHT_TRY(line, canonical_json(json::object{{"at", erasure.at},
                                              {"decided_by", erasure.decided_by},
                                              {"person", erasure.person}}));
  // An end of line first: what a power cut left of an earlier line stays a line by itself.
  const std::string text = "\n" + line + "\n";
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (out < 0) return list_error(file);
  const bool is_written =
      ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(out) == 0;
  ::close(out);
  if (!is_written || !sync_folder_of(file)) return list_error(file);
  return {};
}

Result<std::vector<ListedErasure>> listed_erasures(const std::string& file) {
  std::vector<ListedErasure> listed;
  std::error_code failed;
  if (file.empty() || !std::filesystem::exists(file, failed)) return listed;
  std::ifstream in(file, std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  if (!in) return list_error(file);
  std::set<std::string> known;
  std::istringstream lines(all.str());
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    const auto value = parse_json(line);
    const json::object* members = value.has_value() ? value->if_object() : nullptr;
    // What has no end was cut off before its erasure was done.
    if (members == nullptr && !line.ends_with('}')) continue;
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
