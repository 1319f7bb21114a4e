#include "server/folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error_catalogue.h"
#include "store/files.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kPackLimit = 32U << 20;

Error unreadable(const std::string& path) { return make_error("SV-0030", {{"path", path}}); }
Error unwritable(const std::string& path) { return make_error("SV-0031", {{"path", path}}); }

bool is_content(const fs::directory_entry& entry) {
  const auto extension = entry.path().extension();
  return entry.is_regular_file() && !entry.is_symlink() &&
         (extension == ".yaml" || extension == ".csv" || extension == ".dmn");
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with("."); }

// Files on their way: unless all got their names, none is left.
class WrittenFiles {
 public:
  WrittenFiles() = default;
  WrittenFiles(const WrittenFiles&) = delete;
  WrittenFiles& operator=(const WrittenFiles&) = delete;
  ~WrittenFiles() {
    std::error_code code;
    for (const std::string& path : left_) fs::remove(path, code);
  }

  Result<void> prepare(const NewFile& file) {
    const std::string beside = file.path + ".new";
    left_.push_back(beside);
    if (!store::machine_files().write_synced(beside, file.text, 0644U))
      return unwritable(file.path);
    paths_.push_back(file.path);
    return {};
  }

  Result<void> name_all() {
    for (const std::string& path : paths_) {
      if (!store::machine_files().rename(path + ".new", path, store::Files::Existing::kKeep))
        return exists(path) ? make_error("SV-0084", {{"path", path}}) : unwritable(path);
      left_.push_back(path);
    }
    left_.clear();
    for (const std::string& path : paths_) {
      const fs::path folder = fs::path(path).parent_path();
      if (!store::machine_files().sync_folder(folder.empty() ? "." : folder.string()))
        return unwritable(path);
    }
    return {};
  }

 private:
  std::vector<std::string> paths_;
  std::vector<std::string> left_;
};

}  // namespace

Result<std::map<std::string, std::string>> read_pack_folder(const std::string& folder) {
  std::map<std::string, std::string> files;
  std::error_code code;
  std::uintmax_t total = 0;
  auto walk = fs::recursive_directory_iterator(folder, code);
  for (; !code && walk != fs::recursive_directory_iterator(); walk.increment(code)) {
    if (is_hidden(walk->path())) walk.disable_recursion_pending();
    if (is_hidden(walk->path()) || !is_content(*walk)) continue;
    total += walk->file_size(code);
    if (total > kPackLimit) return make_error("SV-0032", {{"path", folder}});
    ZICHT_TRY(text, read_file(walk->path().string()));
    files.emplace(fs::relative(walk->path(), folder, code).generic_string(), std::move(text));
  }
  if (code) return unreadable(folder);
  return files;
}

Result<std::vector<std::string>> find_pack_folders(const std::string& folder) {
  if (exists(folder + "/pack.yaml")) return std::vector<std::string>{folder};
  std::vector<std::string> found;
  std::error_code code;
  auto walk = fs::directory_iterator(folder, code);
  for (; !code && walk != fs::directory_iterator(); walk.increment(code)) {
    const std::string path = walk->path().string();
    if (exists(path + "/pack.yaml")) found.push_back(path);
  }
  if (code || found.empty()) return unreadable(folder + "/pack.yaml");
  std::sort(found.begin(), found.end());
  return found;
}

Result<std::string> read_file(const std::string& path) {
  std::error_code code;
  std::ifstream file(path, std::ios::binary);
  if (!file || fs::is_directory(path, code)) return unreadable(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (file.bad()) return unreadable(path);
  return std::move(text).str();
}

Result<std::string> read_secret(const std::string& path) {
  std::error_code code;
  constexpr auto kOthers = fs::perms::group_all | fs::perms::others_all;
  const fs::perms mode = fs::status(path, code).permissions();
  if (code) return unreadable(path);
  if ((mode & kOthers) != fs::perms::none) return make_error("SV-0033", {{"path", path}});
  ZICHT_TRY(text, read_file(path));
  return text.substr(0, text.find_first_of("\r\n"));
}

Result<void> write_file(const std::string& path, std::string_view text, bool is_secret) {
  const unsigned mode = is_secret ? 0600U : 0644U;
  if (!store::replace_file(store::machine_files(), path, text, mode)) return unwritable(path);
  return {};
}

Result<void> require_new(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (!path.empty() && exists(path)) return make_error("SV-0084", {{"path", path}});
  }
  return {};
}

Result<void> write_new_files(const std::vector<NewFile>& files) {
  std::vector<std::string> paths;
  for (const NewFile& file : files) paths.push_back(file.path);
  ZICHT_CHECKED(require_new(paths));
  WrittenFiles written;
  for (const NewFile& file : files) {
    ZICHT_CHECKED(written.prepare(file));
  }
  return written.name_all();
}

Result<void> make_folder(const std::string& path) {
  std::error_code code;
  if (fs::is_directory(path, code)) return {};
  if (!store::make_folders(store::machine_files(), path)) return unwritable(path);
  return {};
}

bool exists(const std::string& path) {
  std::error_code code;
  return fs::exists(path, code);
}

}  // namespace zicht::server
