#include "server/work_folder.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/error_catalogue.h"

namespace zicht::server {

namespace fs = std::filesystem;

Result<WorkFolder> WorkFolder::create(std::string_view purpose) {
  std::error_code code;
  const fs::path place = fs::temp_directory_path(code);
  std::string pattern = (place / ("zicht-" + std::string(purpose) + "-XXXXXX")).string();
  if (code || mkdtemp(pattern.data()) == nullptr) {
    return make_error("SV-0031", {{"path", pattern}});
  }
  return WorkFolder(std::move(pattern));
}

WorkFolder::WorkFolder(std::string path) : path_(std::move(path)) {}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, "")) {}

WorkFolder::~WorkFolder() {
  std::error_code code;
  if (!path_.empty()) fs::remove_all(path_, code);
}

}  // namespace zicht::server
