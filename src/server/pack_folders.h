// Packs from folders, loaded in the order in which they need each other.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/pack.h"
#include "packs/load.h"

namespace zicht::server {

struct PackFolder {
  std::string folder;
  packs::Files files;
  packs::LoadResult loaded;
};

struct PackFolders {
  std::vector<PackFolder> folders;  // those asked for, needed ones first
  model::PackSet packs;             // what could be loaded, active, with what it needs
};

// Each of `places` is a pack or a folder of packs. A pack that is needed but not among them is
// looked for beside the one that needs it, then among `active`. Errors: SV-003x of folder.h; what
// is wrong inside the packs is in the diagnostics of each.
[[nodiscard]] Result<PackFolders> load_pack_folders(const std::vector<std::string>& places,
                                                    const model::PackSet& active = {});

}  // namespace zicht::server
