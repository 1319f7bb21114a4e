// zicht register: the processing register and the pre-DPIA, of packs in folders or of the active
// ones.
#include <filesystem>

#include "app/processing_service.h"
#include "base/error_catalogue.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/pack_folders.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

// Those in these folders; empty, after telling what is wrong with them.
std::vector<model::PackPtr> packs_in(const Words& places) {
  const auto loaded = load_pack_folders(places);
  if (!loaded) return report(loaded.error()), std::vector<model::PackPtr>();
  std::vector<model::PackPtr> packs;
  bool is_good = true;
  for (const PackFolder& folder : loaded->folders) {
    report(folder.loaded.diagnostics, folder.folder);
    is_good = is_good && !has_errors(folder.loaded.diagnostics);
    packs.push_back(folder.loaded.pack);
  }
  return is_good ? packs : std::vector<model::PackPtr>();
}

int write(const std::vector<model::PackPtr>& packs, const Arguments& arguments) {
  const std::string name = arguments.option("document", "register");
  const auto document = app::find_processing_document(name);
  if (!document) {
    report(make_error("SV-0022", {{"command", "register --document " + name}}));
    return kUsage;
  }
  const auto language = in_own_language({"nl", "en"}) == "nl" ? app::Language::kDutch
                                                              : app::Language::kEnglish;
  const app::TextTable table = app::processing_table(*document, packs, language);
  const std::string scratch = std::filesystem::temp_directory_path().string();
  const auto file = app::processing_file(table, name, arguments.option("format", "md"),
                                         table_sinks(scratch), language);
  if (!file) return report(file.error()), kBad;
  const std::string to = arguments.option("to");
  if (to.empty()) {
    say(file->content);
    return kGood;
  }
  const auto written = write_file(to, file->content, false);
  if (!written) return report(written.error()), kBad;
  say(to);
  return kGood;
}

}  // namespace

int run_register(const Words& words) {
  const auto arguments = understood(words, {{"document", "format", "to"}, {}, 0, 100});
  if (!arguments) return kUsage;
  if (!arguments->words.empty()) {
    const auto packs = packs_in(arguments->words);
    return packs.empty() ? kBad : write(packs, *arguments);
  }
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  return write(installation->services().packs.rules()->packs.all_active(), *arguments);
}

}  // namespace zicht::server
