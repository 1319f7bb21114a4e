#include "dmn_folders.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace zicht::dmn::testing {

namespace fs = std::filesystem;

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

std::vector<TestFolder> test_folders(const std::string& root) {
  std::map<std::string, TestFolder> folders;
  std::error_code code;
  auto walk = fs::recursive_directory_iterator(root, code);
  for (; !code && walk != fs::recursive_directory_iterator(); walk.increment(code)) {
    const auto& path = walk->path();
    if (path.extension() != ".dmn" && path.extension() != ".xml") continue;
    const auto name = fs::relative(path.parent_path(), root, code).generic_string();
    folders[name].name = name;
    folders[name].files.emplace_back(path.filename().string(), text_of_file(path.string()));
  }
  std::vector<TestFolder> found;
  for (auto& [name, folder] : folders) {
    std::sort(folder.files.begin(), folder.files.end());
    found.push_back(std::move(folder));
  }
  return found;
}

}  // namespace zicht::dmn::testing
