#include "store/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace zicht::store {
namespace {

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

int open_folder(const std::string& path) {
  return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

class MachineFiles final : public Files {
 public:
  std::optional<Content> read(const std::string& path) override {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return errno == ENOENT ? std::optional(Content{}) : std::nullopt;
    struct stat status {};
    bool is_good = ::fstat(file, &status) == 0;
    Content content{.is_present = true, .is_private = (status.st_mode & 077) == 0, .bytes = {}};
    std::string buffer(1 << 16, '\0');
    while (is_good) {
      const ssize_t length = ::read(file, buffer.data(), buffer.size());
      is_good = length >= 0;
      if (length <= 0) break;
      content.bytes.append(buffer, 0, static_cast<std::size_t>(length));
    }
    ::close(file);
    return is_good ? std::optional(std::move(content)) : std::nullopt;
  }

  bool make_folder(const std::string& path) override {
    const bool is_there = ::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST;
    std::error_code code;
    return is_there && std::filesystem::is_directory(path, code) &&
           ::chmod(path.c_str(), 0700) == 0;
  }

  bool write_synced(const std::string& path, std::string_view bytes, unsigned mode) override {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (file < 0) return false;
    const bool is_good =
        ::fchmod(file, mode) == 0 && write_all(file, bytes) && ::fsync(file) == 0;
    return ::close(file) == 0 && is_good;
  }

  bool rename(const std::string& from, const std::string& to, Existing existing) override {
    const unsigned flags = existing == Existing::kKeep ? RENAME_NOREPLACE : 0U;
    return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0;
  }

  bool sync_folder(const std::string& path) override {
    const int folder = open_folder(path);
    if (folder < 0) return false;
    const bool is_good = ::fsync(folder) == 0;
    ::close(folder);
    return is_good;
  }

  std::shared_ptr<void> lock_folder(const std::string& path) override {
    const int folder = open_folder(path);
    if (folder < 0) return nullptr;
    static_cast<void>(::flock(folder, LOCK_EX));
    return {this, [folder](void*) { ::close(folder); }};
  }
};

}  // namespace

Files& machine_files() {
  static MachineFiles files;
  return files;
}

bool replace_file(Files& files, const std::string& path, std::string_view bytes, unsigned mode,
                  Files::Existing existing) {
  const std::string beside = path + ".new";
  return files.write_synced(beside, bytes, mode) && files.rename(beside, path, existing) &&
         files.sync_folder(folder_of(path));
}

std::optional<std::vector<std::string>> read_lines(Files& files, const std::string& path) {
  const auto content = files.read(path);
  if (!content) return std::nullopt;
  std::vector<std::string> lines;
  std::string_view rest = content->bytes;
  for (auto end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
    lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return lines;
}

std::optional<std::int64_t> add_lines(Files& files, const std::string& path,
                                      const std::vector<std::string>& lines) {
  const auto lock = files.lock_folder(folder_of(path));
  const auto before = files.read(path);
  if (!before) return std::nullopt;
  std::string text = before->bytes.substr(0, before->bytes.rfind('\n') + 1);
  const std::int64_t count = std::count(text.begin(), text.end(), '\n');
  for (const std::string& line : lines) text += line + "\n";
  if (!replace_file(files, path, text, 0600)) return std::nullopt;
  return count;
}

bool make_folders(Files& files, const std::string& path) {
  const std::filesystem::path folder(path);
  std::error_code code;
  const auto above = folder.parent_path();
  if (!above.empty() && above != folder && !std::filesystem::is_directory(above, code) &&
      !make_folders(files, above.string())) {
    return false;
  }
  return files.make_folder(path) && files.sync_folder(folder_of(path));
}

}  // namespace zicht::store
