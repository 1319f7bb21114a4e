// zicht editions write: what was published, as folders that anybody can audit.
#include <unistd.h>
#include <filesystem>

#include "app/edition_releases.h"
#include "base/error_catalogue.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

namespace fs = std::filesystem;

// Beside the folder that is meant, until all of it stands; gone when it is not kept.
class FolderInTheMaking {
 public:
  explicit FolderInTheMaking(const std::string& path)
      : path_(path), beside_(path + ".part-" + std::to_string(::getpid())) {
    // What a process of the same number left behind when it was killed.
    clear();
  }
  FolderInTheMaking(const FolderInTheMaking&) = delete;
  FolderInTheMaking& operator=(const FolderInTheMaking&) = delete;
  ~FolderInTheMaking() { clear(); }

  Result<void> add(const app::EditionRelease& release) {
    const std::string folder = beside_ + "/" + release.folder;
    ZICHT_CHECKED(make_folder(folder));
    for (const app::ReleasedFile& file : release.files) {
      ZICHT_CHECKED(write_file(folder + "/" + file.name, file.text, false));
    }
    return {};
  }

  // A folder that somebody made meanwhile stays as it is.
  Result<void> keep() {
    std::error_code failed;
    for (const auto& entry : fs::recursive_directory_iterator(beside_, failed)) {
      if (entry.is_directory()) open_to_all(entry.path());
    }
    open_to_all(beside_);
    fs::rename(beside_, path_, failed);
    if (failed && exists(path_)) return make_error("SV-0084", {{"path", path_}});
    if (failed) return make_error("SV-0031", {{"path", path_}});
    return {};
  }

 private:
  void clear() const {
    std::error_code ignored;
    fs::remove_all(beside_, ignored);
  }
  // What is in it is public.
  static void open_to_all(const fs::path& folder) {
    std::error_code ignored;
    fs::permissions(folder, fs::perms{0755}, ignored);
  }

  std::string path_, beside_;
};

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

Result<void> write(const std::string& out, const std::vector<app::EditionRelease>& releases) {
  FolderInTheMaking folder(out);
  for (const app::EditionRelease& release : releases) ZICHT_CHECKED(folder.add(release));
  return folder.keep();
}

}  // namespace

int run_editions(const Words& words) {
  const auto arguments = understood(words, {{"out"}, {}, 1, 1});
  if (!arguments) return kUsage;
  const std::string out = without_slash(arguments->option("out"));
  if (arguments->words[0] != "write" || out.empty()) {
    report(make_error("SV-0022", {{"command", "editions " + arguments->words[0]}}));
    return kUsage;
  }
  if (const auto is_new = require_new({out}); !is_new) return report(is_new.error()), kBad;
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  const auto releases =
      app::edition_releases(installation->store(), *installation->services().packs.rules());
  if (!releases) return report(releases.error()), kBad;
  if (releases->empty()) return report(make_error("SV-0093")), kBad;
  if (const auto written = write(out, *releases); !written) return report(written.error()), kBad;
  for (const app::EditionRelease& release : *releases) say(out + "/" + release.folder);
  return kGood;
}

}  // namespace zicht::server
