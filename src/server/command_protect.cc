// zicht protect: a table and what is sensitive in it in, what may be published out.
#include <cmath>

#include "base/error_catalogue.h"
#include "packs/yaml_json.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/terminal.h"
#include "stats/disclosure/protect.h"

namespace zicht::server {
namespace {

Result<stats::CsvTable> read_table(const std::string& path) {
  ZICHT_TRY(text, read_file(path));
  return stats::CsvTable::parse(text, {.file = path});
}

// Absent: what is wrong was reported.
std::optional<stats::TableSpec> read_spec(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return report(text.error()), std::nullopt;
  const auto json = packs::json_from_yaml(*text, path);
  report(json.diagnostics, "");
  if (!json.value) return std::nullopt;
  auto spec = stats::spec_from_json(*json.value);
  if (!spec) return report(spec.error()), std::nullopt;
  return *std::move(spec);
}

LocalizedText told(const std::string& out, const stats::ProtectedTable& done) {
  if (!done.hides()) {
    return {out + ": elk getal is veranderd; geen cel is verborgen.",
            out + ": every number was changed; no cell is hidden."};
  }
  const std::string primary = std::to_string(done.count(stats::CellStatus::kPrimary));
  const std::string secondary = std::to_string(done.count(stats::CellStatus::kSecondary));
  LocalizedText text{
      out + ": " + primary + " cellen zijn gevoelig, " + secondary + " andere zijn mee verborgen.",
      out + ": " + primary + " cells are sensitive, " + secondary +
          " others are hidden with them."};
  if (done.gap()) {
    const std::string percent = std::to_string(std::lround(std::ceil(100 * *done.gap())));
    text.nl += " Het kan hoogstens " + percent + " % goedkoper.";
    text.en += " It can be at most " + percent + " % cheaper.";
  }
  return text;
}

}  // namespace

int run_protect(const Words& words) {
  const auto arguments = understood(words, {{"table", "spec", "out", "report"}, {}, 0, 0});
  if (!arguments) return kUsage;
  const std::string out = arguments->option("out");
  const std::string page = arguments->option("report");
  if (arguments->option("table").empty() || arguments->option("spec").empty() || out.empty()) {
    report(make_error("SV-0022", {{"command", "protect"}}));
    return kUsage;
  }
  if (const auto is_new = require_new({out, page}); !is_new) return report(is_new.error()), kBad;
  const auto spec = read_spec(arguments->option("spec"));
  if (!spec) return kBad;
  const auto table = read_table(arguments->option("table"));
  if (!table) return report(table.error()), kBad;
  const auto done = stats::protect_table(*table, *spec);
  if (!done) return report(done.error()), kBad;
  std::vector<NewFile> files{{out, done->csv(*table)}};
  if (!page.empty())
    files.push_back({page, done->report(*table, in_own_language(LocalizedText{"nl", "en"}))});
  if (const auto written = write_new_files(files); !written) return report(written.error()), kBad;
  say(told(out, *done));
  return kGood;
}

}  // namespace zicht::server
