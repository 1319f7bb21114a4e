// zicht letter: a letter of sentences with their sources, made into a page, a text document or a
// tagged PDF, and two versions of it compared.
#include <boost/json/serialize.hpp>

#include "app/letter.h"
#include "base/error_catalogue.h"
#include "exchange/letter_html.h"
#include "exchange/letter_odt.h"
#include "packs/yaml_json.h"
#include "server/arguments.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/office_worker.h"
#include "server/opening.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

// Absent: it cannot be read, and that was reported.
std::optional<app::Letter> letter_in(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return report(text.error()), std::nullopt;
  const auto value = packs::json_from_yaml(*text, path);
  report(value.diagnostics, "");
  if (!value.value) return {};
  auto letter = app::Letter::from_json(*value.value);
  if (!letter) return report(letter.error()), std::nullopt;
  return *std::move(letter);
}

Result<std::string> document_of(const app::Letter& letter, const std::string& path,
                                const std::string& office) {
  if (path.ends_with(".html")) return exchange::letter_html(letter);
  if (path.ends_with(".odt")) return exchange::letter_odt(letter);
  if (!path.ends_with(".pdf")) return make_error("AP-0253", {{"path", path}});
  OfficeOptions options;
  if (!office.empty()) options.program = office;
  return OfficeWorker(options).make_pdf(exchange::letter_odt(letter));
}

Result<void> make(const app::Letter& letter, const Arguments& arguments) {
  if (arguments.has("final")) ZICHT_CHECKED(app::check_has_sources(letter));
  const std::string path = arguments.option("to");
  ZICHT_CHECKED(require_new({path}));
  ZICHT_TRY(document, document_of(letter, path, arguments.option("office")));
  return write_new_files({{path, document}});
}

LocalizedText told(const app::LetterChange& change) {
  const std::string words = change.before.empty() || change.kind == app::LetterChangeKind::kAdded
                                ? "\n  + " + change.after
                                : "\n  - " + change.before;
  switch (change.kind) {
    case app::LetterChangeKind::kAdded:
      return {change.id + ": erbij" + words, change.id + ": added" + words};
    case app::LetterChangeKind::kGone:
      return {change.id + ": weg" + words, change.id + ": gone" + words};
    case app::LetterChangeKind::kSourceChanged:
      return {change.id + ": zelfde woorden, andere bron\n    " + change.after,
              change.id + ": same words, other source\n    " + change.after};
    case app::LetterChangeKind::kChanged:
      break;
  }
  const std::string both = words + "\n  + " + change.after;
  return {change.id + ": gewijzigd" + both, change.id + ": changed" + both};
}

void tell(const std::vector<app::LetterChange>& changes, bool as_json) {
  if (as_json) {
    json::array all;
    for (const app::LetterChange& change : changes) all.push_back(app::to_json(change));
    return say(json::serialize(all));
  }
  for (const app::LetterChange& change : changes) say(told(change));
  if (changes.empty()) say(LocalizedText{"Geen verschil.", "No difference."});
}

int compare(const Arguments& arguments) {
  const auto before = letter_in(arguments.words[1]);
  const auto after = letter_in(arguments.words[2]);
  if (!before || !after) return kBad;
  tell(app::compare(*before, *after), arguments.has("json"));
  return kGood;
}

}  // namespace

int run_letter(const Words& words) {
  const auto arguments = understood(words, {{"to", "office"}, {"final", "json"}, 2, 3});
  if (!arguments) return kUsage;
  const std::string& verb = arguments->words[0];
  if (verb == "compare" && arguments->words.size() == 3) return compare(*arguments);
  if (verb != "make" || arguments->words.size() != 2 || arguments->option("to").empty()) {
    say(LocalizedText{"zicht letter make BESTAND --to BESTAND, of zicht letter compare OUD NIEUW",
                      "zicht letter make FILE --to FILE, or zicht letter compare OLD NEW"});
    return kUsage;
  }
  const auto letter = letter_in(arguments->words[1]);
  if (!letter) return kBad;
  if (const auto made = make(*letter, *arguments); !made) return report(made.error()), kBad;
  return kGood;
}

}  // namespace zicht::server
