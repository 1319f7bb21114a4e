#include "server/dmn_files.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/error_catalogue.h"
#include "dmn/read.h"
#include "server/folder.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLimit = std::uintmax_t{256} << 20;

bool is_kit_file(const fs::directory_entry& entry) {
  const auto extension = entry.path().extension();
  return entry.is_regular_file() && !entry.is_symlink() &&
         (extension == ".dmn" || extension == ".xml");
}

// The other models of the folder that can be read; what is wrong with them is not this model's.
std::vector<std::shared_ptr<const dmn::Model>> models_beside(const std::string& path) {
  std::vector<std::shared_ptr<const dmn::Model>> models;
  std::error_code code;
  const fs::path folder = fs::path(path).parent_path();
  fs::directory_iterator walk(folder.empty() ? fs::path(".") : folder, code);
  for (; !code && walk != fs::directory_iterator(); walk.increment(code)) {
    if (walk->path().extension() != ".dmn" || fs::equivalent(walk->path(), path, code)) continue;
    const auto text = read_file(walk->path().string());
    if (!text) continue;
    auto read = dmn::read_model({.file = walk->path().filename().string(), .text = *text});
    if (read.model) models.push_back(std::move(read.model));
  }
  return models;
}

}  // namespace

Result<DmnFile> open_dmn(const std::string& path) {
  ZICHT_TRY(text, read_file(path));
  DmnFile file;
  auto read = dmn::read_model({.file = path, .text = text});
  file.diagnostics = std::move(read.diagnostics);
  if (!read.model) return file;
  std::vector<std::shared_ptr<const dmn::Model>> others;
  if (!read.model->imports.empty()) others = models_beside(path);
  auto compiled = dmn::Engine::compile(read.model, others);
  file.engine = std::move(compiled.engine);
  for (auto& one : compiled.diagnostics) file.diagnostics.push_back(std::move(one));
  return file;
}

Result<std::vector<dmn::TestFolder>> read_test_folders(const std::string& root) {
  std::map<std::string, dmn::TestFolder> folders;
  std::error_code code;
  std::uintmax_t total = 0;
  auto walk = fs::recursive_directory_iterator(root, code);
  for (; !code && walk != fs::recursive_directory_iterator(); walk.increment(code)) {
    if (!is_kit_file(*walk)) continue;
    total += walk->file_size(code);
    if (total > kLimit) return make_error("SV-0032", {{"path", root}});
    ZICHT_TRY(text, read_file(walk->path().string()));
    const auto name = fs::relative(walk->path().parent_path(), root, code).generic_string();
    auto& folder = folders[name];
    folder.name = name;
    folder.files.emplace_back(walk->path().filename().string(), std::move(text));
  }
  std::vector<dmn::TestFolder> found;
  for (auto& [name, folder] : folders) {
    std::sort(folder.files.begin(), folder.files.end());
    found.push_back(std::move(folder));
  }
  if (code || found.empty()) return make_error("SV-0030", {{"path", root}});
  return found;
}

}  // namespace zicht::server
