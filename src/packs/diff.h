// What changes between two versions of a pack, and which changes would break stored records.
//
//     const PackDiff difference = diff(*active, *candidate);
//     if (difference.is_breaking()) refuse(difference.breaking);   // retire instead of remove
//
// The rules are the last section of docs/formats/pack.md. A change is breaking when a record or a
// judgement that was made with the old version could not be read with the new one, or when an id
// comes to mean something else.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "model/pack.h"

namespace zicht::packs {

enum class ChangeKind { kAdded, kRemoved, kChanged };

struct Change {
  ChangeKind kind = ChangeKind::kChanged;
  std::string what;           // "field visit.due", "state life.open", "list reason code old"
  LocalizedText text;         // what changed, for people: "max: 400 -> 300"
};

struct PackDiff {
  std::vector<Change> changes;           // in the order of the new version, removals last
  std::vector<Diagnostic> breaking;      // PK-02xx, each with file and hint how to do it instead

  [[nodiscard]] bool is_breaking() const { return !breaking.empty(); }
};

// Requires: both loaded without errors, the same pack id. Equal contents give no changes; a changed
// content with a version that did not grow gives PK-0201.
[[nodiscard]] PackDiff diff(const model::Pack& before, const model::Pack& after);

// -1, 0, 1 as a stands before, equal to or after b. Requires: three numbers each.
[[nodiscard]] int compare_versions(std::string_view a, std::string_view b);

}  // namespace zicht::packs
