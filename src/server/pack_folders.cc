#include "server/pack_folders.h"

#include <filesystem>
#include <map>
#include <set>

#include "server/folder.h"

namespace zicht::server {
namespace {

std::string name_of_folder(const std::string& folder) {
  return std::filesystem::absolute(folder).lexically_normal().filename().string();
}

std::string without_slash(std::string folder) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  return folder;
}

// Reads packs and what they need, then loads each after its needs.
class FolderLoader {
 public:
  explicit FolderLoader(const model::PackSet& active) { outcome_.packs = active; }

  Result<void> read(const std::string& folder, bool is_asked_for) {
    const std::string name = name_of_folder(folder);
    if (is_asked_for) asked_for_.insert(name);
    if (sources_.contains(name)) return {};
    ZICHT_TRY(files, read_pack_folder(folder));
    const auto needs = packs::needs_of(files);
    sources_.emplace(name, PackFolder{folder, std::move(files), {}});
    for (const auto& need : needs) {
      const std::string beside = folder + "/../" + need;
      if (exists(beside + "/pack.yaml")) ZICHT_CHECKED(read(beside, false));
    }
    return {};
  }

  PackFolders load_all() {
    for (auto& [name, source] : sources_) load(name, source);
    return std::move(outcome_);
  }

 private:
  // A circle of needs ends here too: the second visit does nothing.
  void load(const std::string& name, PackFolder& source) {
    if (!visited_.insert(name).second) return;
    for (const auto& need : packs::needs_of(source.files)) {
      const auto found = sources_.find(need);
      if (found != sources_.end()) load(need, found->second);
    }
    source.loaded = packs::load(source.files, outcome_.packs);
    if (source.loaded.pack != nullptr) {
      outcome_.packs.add(source.loaded.pack);
      outcome_.packs.activate(source.loaded.pack->hash);
    }
    if (asked_for_.contains(name)) outcome_.folders.push_back(source);
  }

  std::map<std::string, PackFolder> sources_;
  std::set<std::string> asked_for_;
  std::set<std::string> visited_;
  PackFolders outcome_;
};

}  // namespace

Result<PackFolders> load_pack_folders(const std::vector<std::string>& places,
                                      const model::PackSet& active) {
  FolderLoader loader(active);
  for (const auto& place : places) {
    ZICHT_TRY(folders, find_pack_folders(without_slash(place)));
    for (const auto& folder : folders) ZICHT_CHECKED(loader.read(folder, true));
  }
  return loader.load_all();
}

}  // namespace zicht::server
