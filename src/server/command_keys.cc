// zicht keys: a new master key, and a copy of the keys in escrow, and back.
#include "base/error_catalogue.h"
#include "base/rng.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/terminal.h"
#include "store/key_escrow.h"
#include "store/key_rotation.h"

namespace zicht::server {
namespace {

int failed(const Error& error) {
  report(error);
  return kBad;
}

// Fills in who replaces the key. One that was begun before goes on without: its store does not
// open, and who began it was noted. False: that login is not good, and it was reported.
bool name_actor(const Config& config, const std::string& login, store::RotationOrder& order) {
  if (login.empty()) return true;
  QuietFeed feed;
  const auto installation = Installation::open({config, &feed, false});
  if (!installation) {
    if (installation.error().id == "ST-0052") return true;
    report(installation.error());
    return false;
  }
  order.actor = administrator(**installation, login);
  if (order.actor.empty()) return false;
  const auto account = (*installation)->store().find_account(order.actor);
  if (!account) report(account.error());
  if (!account || !*account) return false;
  order.organisation = (*account)->organisation;
  return true;
}

int rotate(const Arguments& arguments) {
  const auto config = configured(arguments);
  if (!config) return kBad;
  const auto database = open_store_database(*config);
  if (!database) return failed(database.error());
  store::RotationOrder order{.places = key_places(*config),
                             .engine_version = std::string(kEngineVersion)};
  if (!name_actor(*config, arguments.option("by"), order)) return kBad;
  SystemClock clock;
  SystemRng rng;
  const auto rotation = store::rotate_master_key(**database, order, clock, rng);
  if (!rotation) return failed(rotation.error());
  if (rotation->is_resumed) {
    say(LocalizedText{"Een eerdere vervanging is afgemaakt.",
                      "An earlier replacement was finished."});
  }
  const std::string count = std::to_string(rotation->sealed_anew);
  say(LocalizedText{"Nieuwe hoofdsleutel " + rotation->master_id + "; " + count +
                        " sleutels opnieuw verzegeld.",
                    "New master key " + rotation->master_id + "; " + count +
                        " keys were sealed anew."});
  say(LocalizedText{"Servers op deze map nemen hem vanzelf over; zet keys/master.key ook bij "
                    "servers op een andere machine. Maak een nieuwe kopie in bewaring: zicht keys "
                    "escrow. De oude past niet meer.",
                    "Servers on this folder take it over by themselves; put keys/master.key at "
                    "servers on another machine too. Make a new copy in escrow: zicht keys escrow. "
                    "The old one does not fit any more."});
  return kGood;
}

// Nothing that is there is overwritten: it may be the only key that opens an escrow.
int make_recipient(const std::string& file) {
  const std::string open = file + ".pub";
  for (const std::string& path : {file, open}) {
    if (exists(path)) return failed(make_error("ST-0056", {{"file", path}}));
  }
  SystemRng rng;
  const auto keys = store::make_recipient(rng);
  const auto secret = write_file(file, keys.secret_key + "\n", true);
  if (!secret) return failed(secret.error());
  const auto published = write_file(open, keys.public_key + "\n", false);
  if (!published) return failed(published.error());
  say(LocalizedText{"Bewaar " + file + " apart van de server. " + open + " mag iedereen hebben.",
                    "Keep " + file + " apart from the server. Anybody may have " + open + "."});
  return kGood;
}

int escrow(const Arguments& arguments, const std::string& file) {
  const auto recipient = read_file(arguments.option("to"));
  if (!recipient) return failed(recipient.error());
  QuietFeed feed;
  const auto installation = opened(arguments, feed);
  if (!installation) return kBad;
  const auto text = installation->store().escrow(*recipient);
  if (!text) return failed(text.error());
  const auto written = write_file(file, *text, true);
  if (!written) return failed(written.error());
  say(LocalizedText{"De sleutels staan verzegeld in " + file + ".",
                    "The keys are in " + file + ", sealed."});
  return kGood;
}

Result<void> check_fits(const Config& config, const store::EscrowedKeys& keys) {
  ZICHT_TRY(database, open_store_database(config));
  return store::check_fits(*database, keys);
}

int recover(const Arguments& arguments, const std::string& file) {
  const auto text = read_file(file);
  if (!text) return failed(text.error());
  const auto secret = read_file(arguments.option("with"));
  if (!secret) return failed(secret.error());
  const auto keys = store::from_escrow(*text, *secret);
  if (!keys) return failed(keys.error());
  const auto config = configured(arguments);
  if (!config) return kBad;
  const auto fits = check_fits(*config, *keys);
  if (!fits) return failed(fits.error());
  const auto put = store::put_keys(*keys, key_places(*config));
  if (!put) return failed(put.error());
  say(LocalizedText{"De sleutels staan er weer; hoofdsleutel " + keys->master_id + ".",
                    "The keys are there again; master key " + keys->master_id + "."});
  return kGood;
}

}  // namespace

int run_keys(const Words& words) {
  const auto arguments = understood(words, {{"to", "with", "by"}, {}, 1, 2});
  if (!arguments) return kUsage;
  const std::string what = arguments->words[0];
  const bool has_file = arguments->words.size() == 2;
  if (what == "rotate" && !has_file) return rotate(*arguments);
  if (what == "recipient" && has_file) return make_recipient(arguments->words[1]);
  if (what == "escrow" && has_file && arguments->options.contains("to")) {
    return escrow(*arguments, arguments->words[1]);
  }
  if (what == "recover" && has_file && arguments->options.contains("with")) {
    return recover(*arguments, arguments->words[1]);
  }
  report(make_error("SV-0023"));
  return kUsage;
}

}  // namespace zicht::server
