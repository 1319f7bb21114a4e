// zicht audit-release: a folder that is about to be published in, what speaks against it out.
#include <boost/json/serialize.hpp>

#include <filesystem>

#include "base/error_catalogue.h"
#include "base/thread_executor.h"
#include "packs/yaml_json.h"
#include "server/arguments.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/terminal.h"
#include "stats/disclosure/release_audit.h"

namespace zicht::server {
namespace {

// A link could lead out of the folder where its path does not.
Result<std::string> read_within(const std::string& folder, const std::string& path) {
  std::error_code failed;
  const auto root = std::filesystem::canonical(folder, failed);
  if (failed) return make_error("SV-0030", {{"path", folder}});
  const auto whole = std::filesystem::canonical(root / path, failed);
  if (failed) return make_error("SV-0030", {{"path", folder + "/" + path}});
  const auto within = whole.lexically_relative(root);
  if (within.empty() || *within.begin() == "..") return make_error("SA-0043", {{"path", path}});
  return read_file(whole.string());
}

// Absent, here and below: what is wrong was reported.
std::optional<Json> read_yaml(const std::string& folder, const std::string& path) {
  const auto text = read_within(folder, path);
  if (!text) return report(text.error()), std::nullopt;
  auto read = packs::json_from_yaml(*text, folder + "/" + path);
  report(read.diagnostics, "");
  return std::move(read.value);
}

std::optional<stats::CsvTable> read_csv(const std::string& folder, const std::string& path) {
  const auto text = read_within(folder, path);
  if (!text) return report(text.error()), std::nullopt;
  auto table = stats::CsvTable::parse(*text, {.file = folder + "/" + path});
  if (!table) return report(table.error()), std::nullopt;
  return *std::move(table);
}

std::optional<stats::ReleaseTable> read_table(const std::string& folder,
                                              const stats::ReleaseEntry& entry) {
  const auto rules = read_yaml(folder, entry.spec);
  if (!rules) return std::nullopt;
  auto spec = stats::spec_from_json(*rules);
  if (!spec) return report(spec.error()), std::nullopt;
  const bool is_outside = entry.table.empty();
  auto truth = read_csv(folder, is_outside ? entry.published : entry.table);
  auto published = truth ? read_csv(folder, entry.published) : std::nullopt;
  if (!published) return std::nullopt;
  return stats::ReleaseTable{.name = entry.name,
                             .truth = *std::move(truth),
                             .spec = *std::move(spec),
                             .published = *std::move(published),
                             .is_outside = is_outside};
}

std::optional<stats::Release> read_release(const std::string& folder) {
  const auto json = read_yaml(folder, "release.yaml");
  if (!json) return std::nullopt;
  const auto file = stats::release_from_json(*json);
  if (!file) return report(file.error()), std::nullopt;
  stats::Release release{.title = file->title, .edition = file->edition, .day = file->day};
  for (const stats::ReleaseEntry& entry : file->tables) {
    auto table = read_table(folder, entry);
    if (!table) return std::nullopt;
    release.tables.push_back(*std::move(table));
  }
  return release;
}

// `--history` takes all folders that follow it.
struct Folders {
  Words others{};
  Words history{};
};

Folders apart(const Words& words) {
  Folders all;
  bool is_history = false;
  for (const std::string& word : words) {
    const bool is_option = word.rfind("--", 0) == 0;
    if (word == "--history") {
      is_history = true;
    } else if (word.rfind("--history=", 0) == 0) {
      all.history.push_back(word.substr(10));
    } else if (is_history && !is_option) {
      all.history.push_back(word);
    } else {
      is_history = false;
      all.others.push_back(word);
    }
  }
  return all;
}

}  // namespace

int run_audit_release(const Words& words) {
  Folders folders = apart(words);
  const auto arguments = understood(folders.others, {{"release", "history"}, {"json"}, 0, 0});
  if (!arguments) return kUsage;
  if (arguments->option("release").empty()) {
    report(make_error("SV-0023"));
    return kUsage;
  }
  folders.history.push_back(arguments->option("release"));
  std::vector<stats::Release> editions;
  for (const std::string& folder : folders.history) {
    auto release = read_release(folder);
    if (!release) return kUsage;
    editions.push_back(*std::move(release));
  }
  ThreadExecutor executor;
  const auto found = stats::audit_release(editions, executor);
  if (!found) return report(found.error()), kUsage;
  if (arguments->has("json")) {
    say(json::serialize(found->to_json()));
  } else {
    std::string text = found->text(in_own_language(LocalizedText{"nl", "en"}));
    text.pop_back();  // the last line ends by itself
    say(text);
  }
  return found->is_clean() ? kGood : kBad;
}

}  // namespace zicht::server
