// Loading a pack: files in, a checked pack or all of its problems out.
//
//     const LoadResult loaded = load(files, active_packs);
//     for (const Diagnostic& d : loaded.diagnostics) print(location_of(d), d.message, d.hint);
//     if (loaded.pack == nullptr) return;            // at least one error; keep the old version
//
// The format is docs/formats/pack.md. Pure: the caller reads folders and knows the clock.
// Everything that can be wrong is said at once, each with file (relative to the pack), line,
// column, what is wrong and how to mend it, in Dutch and English. Ids are PK-xxxx; values of facts
// that a form refuses carry the id of the validation (MO-01xx) and regimes that of the calendar
// (CA-xxxx).
//
// Limits, so that no file can exhaust the server: 2 MiB a file, 32 MiB and 2,000 files a pack, 20
// levels, 200,000 values a file (copies by YAML aliases included), 1,000 columns a form, 50,000
// rows a CSV file.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/pack.h"

namespace zicht::packs {

// Path relative to the pack's folder ("forms/visit.yaml") -> text.
using Files = std::map<std::string, std::string>;

constexpr std::size_t kMaxFileBytes = std::size_t{2} << 20;
constexpr std::size_t kMaxPackBytes = std::size_t{32} << 20;
constexpr std::size_t kMaxFiles = 2'000;

struct LoadResult {
  model::PackPtr pack;                     // null when a diagnostic is an error
  std::vector<Diagnostic> diagnostics;     // by file and line; warnings too
};

// `needed` holds the active versions of the packs that this one names under `needs`; other active
// packs in it are used to check blocks of desks that show their forms. Never throws but for lack of
// memory. Thread-safe.
[[nodiscard]] LoadResult load(const Files& files, const model::PackSet& needed);

// What identifies this content: BLAKE2b-256 over the canonical JSON of {path: text}, in hex. Files
// that are not UTF-8 hash too, so that a broken pack can be named.
[[nodiscard]] std::string hash_of_files(const Files& files);

// The name that pack.yaml gives, without checking anything else; empty when it cannot be read.
[[nodiscard]] std::string name_of(const Files& files);

// The names of the packs that these files need, without checking anything else: for loading several
// packs in the right order. Empty when pack.yaml cannot be read.
[[nodiscard]] std::vector<std::string> needs_of(const Files& files);

}  // namespace zicht::packs
