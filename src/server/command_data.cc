// zicht facts, scheduler, journal, rebuild: what keeps the data right.
#include "base/error_catalogue.h"
#include "server/commands.h"
#include "server/opening.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

std::string counted(std::int64_t number, const LocalizedText& what) {
  return std::to_string(number) + " " + in_own_language(what);
}

int check_rebuild(Installation& installation) {
  const auto outcome = installation.store().rebuild_check();
  if (!outcome) {
    report(outcome.error());
    return kBad;
  }
  say(counted(outcome->entries, {"stukken in het journaal", "journal entries"}) + ", " +
      counted(outcome->rows, {"rijen vergeleken", "rows compared"}));
  for (const auto& difference : outcome->differences) say("  " + difference);
  if (!outcome->is_equal()) return kBad;
  say(LocalizedText{"De tabellen zijn gelijk aan het journaal.", "The tables equal the journal."});
  return kGood;
}

int rebuild(Installation& installation) {
  const auto entries = installation.store().rebuild();
  if (!entries) {
    report(entries.error());
    return kBad;
  }
  say(LocalizedText{"De tabellen zijn opnieuw gemaakt.", "The tables were made again."});
  return kGood;
}

}  // namespace

int run_facts(const Words& words) {
  const auto arguments = understood(words, {{}, {}, 1, 1});
  if (!arguments || arguments->words[0] != "load") return kUsage;
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  const auto outcome = installation->services().facts.load(installation->today());
  if (!outcome) {
    report(outcome.error());
    return kBad;
  }
  say(counted(outcome->facts, {"feiten", "facts"}) + ", " +
      counted(outcome->created, {"nieuw", "new"}) + ", " +
      counted(outcome->changed, {"gewijzigd", "changed"}) + ", " +
      counted(outcome->withdrawn, {"ingetrokken", "withdrawn"}));
  for (const auto& [fact, what] : outcome->told) {
    say(LocalizedText{fact + ": " + what.nl, fact + ": " + what.en});
  }
  return kGood;
}

int run_scheduler(const Words& words) {
  const auto arguments = understood(words, {{"today"}, {}, 1, 1});
  if (!arguments || arguments->words[0] != "run") return kUsage;
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  const auto today = Date::parse(arguments->option("today", installation->today().to_string()));
  if (!today) {
    report(today.error());
    return kUsage;
  }
  const auto outcome = installation->services().scheduler.run_once(*today);
  if (!outcome) {
    report(outcome.error());
    return kBad;
  }
  if (!outcome->had_lease) {
    say(LocalizedText{"Een andere server doet dit al; er is niets gedaan. Probeer het later.",
                      "Another server is doing this already; nothing was done. Try again later."});
    return kGood;
  }
  say(counted(outcome->records, {"dossiers gewijzigd", "records changed"}) + ", " +
      counted(outcome->failures, {"niet te beoordelen", "could not be judged"}));
  return outcome->failures == 0 ? kGood : kBad;
}

int run_journal(const Words& words) {
  const auto arguments = understood(words, {{}, {}, 1, 1});
  if (!arguments) return kUsage;
  const std::string what = arguments->words[0];
  if (what != "verify" && what != "checkpoint") {
    report(make_error("SV-0022", {{"command", "journal " + what}}));
    return kUsage;
  }
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  if (what == "verify") {
    return conclude(installation->store().verify_journal(),
                    {"Het journaal klopt.", "The journal is right."});
  }
  const auto made = installation->store().mend_checkpoint_file();
  if (!made) report(made.error());
  return made ? kGood : kBad;
}

int run_rebuild(const Words& words) {
  const auto arguments = understood(words, {{}, {"check"}});
  if (!arguments) return kUsage;
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  // The tables of a pack that cannot be read would come out with less than the journal holds.
  if (!installation->services().packs.rules()->unreadable.empty()) return kBad;
  return arguments->has("check") ? check_rebuild(*installation) : rebuild(*installation);
}

}  // namespace zicht::server
