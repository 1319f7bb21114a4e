// Published editions as folders for `zicht audit-release`, so that anybody can check them.
//
//     ZICHT_TRY(folders, edition_releases(store, *packs.rules()));
//     for (const EditionRelease& one : folders) write(one.folder, one.files);
//
// Written is what a visitor reads in the published figures, as docs/formats/release.md says of
// tables without true values; what is withheld is nowhere in it.
#pragma once

#include <string>
#include <vector>

#include "app/ports.h"
#include "app/rulebook.h"

namespace zicht::app {

struct ReleasedFile {
  std::string name, text;
};

struct EditionRelease {
  std::string folder;  // "pack/form/field/2026-01-31"; the second of a day ends in "-2"
  std::vector<ReleasedFile> files;
};

// Of all active packs: by pack and form, then by reference day and moment of publishing. Blocks on
// the store. Errors: those of the store.
[[nodiscard]] Result<std::vector<EditionRelease>> edition_releases(Store& store,
                                                                   const Rulebook& rules);

}  // namespace zicht::app
