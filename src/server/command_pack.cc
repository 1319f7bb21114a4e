// zicht pack check, test, diff, activate.
#include "base/error_catalogue.h"
#include "packs/models.h"
#include "packs/run_tests.h"
#include "server/commands.h"
#include "server/letter_tests.h"
#include "server/opening.h"
#include "server/pack_folders.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

// Reports every diagnostic of every folder; true when none is an error.
bool report_all(const PackFolders& packs) {
  bool good = true;
  for (const auto& folder : packs.folders) {
    report(folder.loaded.diagnostics, folder.folder);
    good = good && !has_errors(folder.loaded.diagnostics);
  }
  return good;
}

std::vector<app::PackFiles> files_of(const PackFolders& packs) {
  std::vector<app::PackFiles> files;
  for (const auto& folder : packs.folders) files.push_back(folder.files);
  return files;
}

int check(const PackFolders& packs) {
  if (!report_all(packs)) return kBad;
  for (const auto& folder : packs.folders) {
    report(packs::check_models(*folder.loaded.pack), folder.folder);
  }
  for (const auto& folder : packs.folders) {
    say(folder.loaded.pack->id + " " + folder.loaded.pack->version + " " +
        folder.loaded.pack->hash.substr(0, 12));
  }
  say(LocalizedText{"De pakketten zijn goed.", "The packs are good."});
  return kGood;
}

void say_failure(const PackFolder& folder, const packs::TestOutcome& outcome) {
  say(folder.folder + "/" + outcome.file + ":" + std::to_string(outcome.line) + ": " +
      outcome.name);
  for (const auto& difference : outcome.differences) {
    say("    " + difference.what + ": " + in_own_language({"verwacht ", "expected "}) +
        difference.expected + in_own_language({", kreeg ", ", got "}) + difference.got);
  }
  for (const auto& line : outcome.why) say("      " + in_own_language(line));
}

int test(const PackFolders& packs) {
  if (!report_all(packs)) return kBad;
  std::size_t passed = 0;
  std::size_t failed = 0;
  const auto count = [&](const PackFolder& folder, const packs::TestOutcome& outcome) {
    (outcome.passed() ? passed : failed) += 1;
    if (!outcome.passed()) say_failure(folder, outcome);
  };
  for (const auto& folder : packs.folders) {
    for (const auto& outcome :
         packs::run_tests(folder.loaded.pack, packs.packs, calendar::Calendar())) {
      count(folder, outcome);
    }
    const auto letters = run_letter_tests(folder, packs);
    if (!letters) return report(letters.error()), kBad;
    for (const auto& outcome : *letters) count(folder, outcome);
  }
  say(std::to_string(passed) + " passed, " + std::to_string(failed) + " failed");
  return failed == 0 ? kGood : kBad;
}

// "+ field visit.due", "- list reason code old", "~ field visit.due: max: 400 -> 300".
void say_changes(const app::Activation& outcome) {
  for (const auto& [pack, changes] : outcome.changes) {
    for (const auto& change : changes) {
      const char* sign = change.kind == packs::ChangeKind::kAdded     ? "+ "
                         : change.kind == packs::ChangeKind::kRemoved ? "- "
                                                                      : "~ ";
      const std::string& text = in_own_language(change.text);
      say(sign + pack + ": " + change.what + (text.empty() ? "" : " (" + text + ")"));
    }
  }
}

// What rehearsing or activating gave, said and judged.
int conclude(const app::Activation& outcome, const LocalizedText& nothing_new) {
  say_changes(outcome);
  report(outcome.diagnostics, "");
  if (outcome.error) {
    report(*outcome.error);
    return kBad;
  }
  for (const auto& activated : outcome.activated) say(activated);
  if (outcome.activated.empty()) say(nothing_new);
  return kGood;
}

std::vector<std::string> places_of(const Arguments& arguments) {
  return {arguments.words.begin() + 1, arguments.words.end()};
}

// A pack may need one that is active already.
int with_installation(const std::string& what, const Arguments& arguments) {
  QuietFeed feed;
  const auto installation = opened(arguments, feed);
  if (!installation) return kBad;
  auto& service = installation->services().packs;
  const auto packs = load_pack_folders(places_of(arguments), service.rules()->packs);
  if (!packs) return report(packs.error()), kBad;
  if (!report_all(*packs)) return kBad;
  const auto files = files_of(*packs);
  return conclude(what == "diff" ? service.rehearse(files) : service.activate(files, "system"),
                  {"Dit geldt al.", "This is active already."});
}

}  // namespace

int run_pack(const Words& words) {
  const auto arguments = understood(words, {{}, {}, 2, 100});
  if (!arguments) return kUsage;
  const std::string what = arguments->words[0];
  if (what == "diff" || what == "activate") return with_installation(what, *arguments);
  const auto packs = load_pack_folders(places_of(*arguments));
  if (!packs) return report(packs.error()), kBad;
  if (what == "check") return check(*packs);
  if (what == "test") return test(*packs);
  report(make_error("SV-0022", {{"command", "pack " + what}}));
  return kUsage;
}

}  // namespace zicht::server
