#include "packs/testing/folders.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/check.h"

namespace zicht::packs::testing {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Moves what only needs packs in `known` from `open` to `ordered`; true when something moved.
bool move_ready(std::vector<PackFolder>& open, std::vector<PackFolder>& ordered,
                std::set<std::string>& known) {
  std::vector<PackFolder> waiting;
  const std::size_t before = ordered.size();
  for (PackFolder& folder : open) {
    bool is_ready = true;
    for (const std::string& need : needs_of(folder.files)) is_ready &= known.contains(need);
    if (is_ready) {
      known.insert(folder.name);
      ordered.push_back(std::move(folder));
    } else {
      waiting.push_back(std::move(folder));
    }
  }
  open = std::move(waiting);
  return ordered.size() != before;
}

}  // namespace

Files read_folder(const std::string& folder) {
  Files files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files[std::filesystem::relative(entry.path(), folder).generic_string()] = text_of(entry.path());
  }
  return files;
}

Files replaced(Files files, const std::string& file, std::string_view from, std::string_view to) {
  std::string& text = files.at(file);
  const std::size_t at = text.find(from);
  ZICHT_CHECK(at != std::string::npos, "what a test replaces stands in the file");
  text.replace(at, from.size(), to);
  return files;
}

Files sample_files() { return read_folder("tests/packs/sample"); }

model::PackPtr loaded(const Files& files) {
  LoadResult result = load(files, {});
  std::fputs(listed(result.diagnostics).c_str(), stderr);
  ZICHT_CHECK(result.diagnostics.empty(), "the pack loads without a finding");
  return std::move(result.pack);
}

std::string findings_of(const Files& files) {
  std::string all;
  for (const Diagnostic& one : load(files, {}).diagnostics) {
    ZICHT_CHECK(!one.hint.nl.empty(), "a finding says what to do");
    all += (all.empty() ? "" : "; ") + one.id + " " + location_of(one);
  }
  return all;
}

model::PackSet sample_packs() {
  const model::PackPtr pack = loaded(sample_files());
  model::PackSet packs;
  packs.add(pack);
  packs.activate(pack->hash);
  return packs;
}

std::vector<PackFolder> all_packs(const std::vector<std::string>& roots) {
  std::vector<PackFolder> open;
  for (const std::string& root : roots) {
    if (!std::filesystem::is_directory(root)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
      if (!entry.is_directory()) continue;
      open.push_back({entry.path().filename().string(), read_folder(entry.path().string())});
    }
  }
  std::vector<PackFolder> ordered;
  std::set<std::string> known;
  while (move_ready(open, ordered, known)) {
  }
  for (PackFolder& folder : open) ordered.push_back(std::move(folder));  // needs that are nowhere
  return ordered;
}

std::string listed(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) {
    text += d.id + " " + location_of(d) +
            (d.severity == Severity::kError ? " error: " : " warning: ") + d.message.en + " | " +
            d.hint.en + "\n";
  }
  return text;
}

}  // namespace zicht::packs::testing
