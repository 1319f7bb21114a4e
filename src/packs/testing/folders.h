// Packs on disk for tests: reading folders and loading several in the order of their needs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "packs/load.h"

namespace zicht::packs::testing {

// All files under the folder, by path relative to it. An empty map when there is no such folder.
[[nodiscard]] Files read_folder(const std::string& folder);

// The files with the first `from` in one of them replaced. Requires: it stands there, as a test
// that changes nothing tests nothing.
[[nodiscard]] Files replaced(Files files, const std::string& file, std::string_view from,
                             std::string_view to);

// tests/packs/sample, relative to the source root (where tests run).
[[nodiscard]] Files sample_files();

// The sample pack, active. Requires: it loads without a finding.
[[nodiscard]] model::PackSet sample_packs();

// Every pack folder in the folders given ("packs", "tests/packs"), each after those it needs.
struct PackFolder {
  std::string name;
  Files files;
};
[[nodiscard]] std::vector<PackFolder> all_packs(const std::vector<std::string>& roots);

// The pack of these files, which need no other. Requires: it loads without a finding.
[[nodiscard]] model::PackPtr loaded(const Files& files);

// "PK-0020 forms/tool.yaml:3:1; …" of everything that is wrong. Requires: each says what to do.
[[nodiscard]] std::string findings_of(const Files& files);

// One finding a line: "PK-0020 forms/tool.yaml:3:1 error: text | hint".
[[nodiscard]] std::string listed(const std::vector<Diagnostic>& diagnostics);

}  // namespace zicht::packs::testing
