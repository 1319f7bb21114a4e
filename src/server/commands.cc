#include "server/commands.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>

#include "base/error_catalogue.h"
#include "server/installation.h"
#include "server/log_lines.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

struct Command {
  std::string_view name;
  std::string_view usage;
  struct {
    std::string_view nl, en;
  } summary;
  int (*run)(const Words&);
};

constexpr Command kCommands[] = {
    {"init",
     "[--config FILE] [--data DIR] [--organisation ID --name NAME] [--admin LOGIN]",
     {"maak een nieuwe installatie: configuratie, sleutels, opslag, eerste beheerder",
      "make a new installation: configuration, keys, store, first administrator"},
     run_init},
    {"config",
     "check FILE",
     {"kijk een configuratiebestand na", "check a configuration file"},
     run_config},
    {"pack",
     "check|test|diff|activate DIR...",
     {"kijk pakketten na, test ze, vergelijk ze met wat geldt, maak ze geldend",
      "check packs, test them, compare them with what is active, activate them"},
     run_pack},
    {"register",
     "[DIR...] [--document register|pre-dpia] [--format md|csv|xlsx] [--to FILE]",
     {"maak het verwerkingsregister of de pre-DPIA, van pakketten in mappen of van wat geldt",
      "make the processing register or the pre-DPIA, of packs in folders or of the active ones"},
     run_register},
    {"facts",
     "load",
     {"laad de feiten van de geldende pakketten", "load the facts of the active packs"},
     run_facts},
    {"feel",
     "EXPRESSION [--context FILE] [--explain]",
     {"bereken een uitdrukking, met feiten uit een JSON-bestand",
      "evaluate an expression, with facts from a JSON file"},
     run_feel},
    {"dmn",
     "check FILE | eval FILE --decision NAME [--input FILE] [--explain brief|full] | "
     "interview FILE --decision NAME [--input FILE] | tck DIR [--report FILE]",
     {"kijk een DMN-model na, bereken een beslissing, vraag uit wat daarvoor nodig is, of draai de "
      "testgevallen van DMN",
      "check a DMN model, evaluate a decision, ask for what it needs, or run the test cases of "
      "DMN"},
     run_dmn},
    {"detect",
     "--method NAME --counts FILE | --events FILE [--config FILE] [--out FILE] [--json] "
     "[--report FILE] [--today DATE]",
     {"zoek signalen: meer dan verwacht in een reeks of op een plek, of een afspraak vervuld",
      "look for signals: more than expected in a stream or a place, or an agreed rule met"},
     run_detect},
    {"protect",
     "--table FILE --spec FILE --out FILE [--report FILE]",
     {"verberg in een tabel wat iemand zou verraden, met een verslag",
      "hide in a table what would give somebody away, with a report"},
     run_protect},
    {"letter",
     "make FILE --to FILE.html|.odt|.pdf [--final] [--office PROGRAM] | "
     "compare OLD NEW [--json]",
     {"maak een brief waarvan elke zin zijn bron noemt, of vergelijk twee versies",
      "make a letter of which every sentence names its source, or compare two versions"},
     run_letter},
    {"import",
     "FILE --mapping FILE --by LOGIN [--form PACK/FORM] [--year YEAR] "
     "[--accept PLAN [--confirm KEY,...]]",
     {"laat zien wat een tabel zou veranderen, of neem dat over",
      "show what a table would change, or accept that"},
     run_import},
    {"audit-release",
     "--release DIR [--history DIR...] [--json]",
     {"kijk na of tabellen samen naar buiten mogen, naast wat eerder is gepubliceerd",
      "see whether tables may go out together, next to what was published before"},
     run_audit_release},
    {"editions",
     "write --out DIR",
     {"schrijf elke gepubliceerde editie als map die audit-release kan nakijken",
      "write every published edition as a folder that audit-release can check"},
     run_editions},
    {"scheduler",
     "run [--today DATE]",
     {"laat de tijd verstrijken: waarschuwingen en verlopen termijnen",
      "let time pass: warnings and missed deadlines"},
     run_scheduler},
    {"journal",
     "verify|checkpoint",
     {"controleer het journaal, of teken een ijkpunt", "verify the journal, or sign a checkpoint"},
     run_journal},
    {"rebuild",
     "[--check]",
     {"leid de tabellen opnieuw af uit het journaal, of vergelijk alleen",
      "derive the tables from the journal again, or only compare"},
     run_rebuild},
    {"account",
     "add LOGIN NAME --organisation ID --roles PACK/ROLE,...",
     {"maak een account met een eenmalig wachtwoord", "make an account with a one-time password"},
     run_account},
    {"erase",
     "PERSON --list | PERSON --by LOGIN --reason TEXT [--keep RECORD,...]",
     {"wis wat over een persoon is vastgelegd, of laat zien wat dat is",
      "erase what is recorded about a person, or show what that is"},
     run_erase},
    {"retention",
     "list [--to FILE] | approve FILE --by LOGIN",
     {"laat zien welke dossiers aan vernietiging toe zijn, of vernietig een lijst die goed is",
      "show which records are due, or destroy a list that was approved"},
     run_retention},
    {"keys",
     "rotate --by LOGIN | recipient FILE | escrow FILE --to PUBLIC | recover FILE --with SECRET",
     {"vervang de hoofdsleutel, geef de sleutels in bewaring, of haal ze terug",
      "replace the master key, put the keys in escrow, or get them back"},
     run_keys},
    {"backup",
     "--to DIR --keys-to DIR",
     {"maak een reservekopie van een draaiende installatie, de sleutels apart",
      "back up a running installation, the keys apart"},
     run_backup},
    {"restore",
     "FILE --keys FILE [--erasures FILE]",
     {"zet een reservekopie terug in een lege opslag", "restore a back-up into an empty store"},
     run_restore},
    {"outbox",
     "list [--dead | --sent] | resend ID | resend --all | drop ID",
     {"bekijk wat nog te versturen is, verstuur het opnieuw of gooi het weg",
      "see what is still to be sent, send it again or drop it"},
     run_outbox},
    {"demo",
     "accounts",
     {"maak voor elke rol een demo-account, alleen voor deze computer",
      "make a demo account for every role, for this machine only"},
     run_demo},
    {"status",
     "",
     {"laat zien wat de draaiende server van zichzelf bewaakt",
      "show what the running server watches of itself"},
     run_status},
    {"serve", "[--config FILE] [--port N]", {"start de server", "start the server"}, run_serve},
};

int help() {
  say(LocalizedText{
      "Zicht: houdt mensen, toezeggingen en termijnen in het zicht.\n\nzicht OPDRACHT",
      "Zicht: keeps people, promises and terms in sight.\n\nzicht COMMAND"});
  for (const auto& command : kCommands) {
    say("\n  zicht " + std::string(command.name) + " " + std::string(command.usage));
    const auto& [nl, en] = command.summary;
    say("      " + in_own_language({std::string(nl), std::string(en)}));
  }
  say(LocalizedText{"\nOveral: --config BESTAND (anders zicht.conf) of --data MAP.",
                    "\nEverywhere: --config FILE (else zicht.conf) or --data DIR."});
  return kGood;
}

}  // namespace

int run_command(const Words& words) {
  // Nothing that this program writes is for others, unless it says so (folder.h).
  umask(077);
  log_as_json();
  if (words.empty() || words[0] == "help" || words[0] == "--help") return help();
  if (words[0] == "version" || words[0] == "--version") {
    say("zicht " + std::string(kEngineVersion));
    return kGood;
  }
  const auto found = std::find_if(std::begin(kCommands), std::end(kCommands),
                                  [&](const Command& command) { return command.name == words[0]; });
  if (found != std::end(kCommands)) return found->run({words.begin() + 1, words.end()});
  report(make_error("SV-0022", {{"command", words[0]}}));
  return kUsage;
}

}  // namespace zicht::server
