// zicht init, zicht config: a new installation, and its configuration file.
#include "base/error_catalogue.h"
#include "server/commands.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/terminal.h"
#include "server/transport.h"

namespace zicht::server {
namespace {

constexpr std::string_view kConfigHint = "zicht.conf";

// Writes the configuration unless it is there already, so that init can be run again.
bool write_config(const std::string& path, const Config& config) {
  if (exists(path)) return true;
  const auto written = write_file(path, render_config(config), false);
  if (written) return true;
  report(written.error());
  return false;
}

// The configuration file that is named need not be there yet: init writes it.
std::optional<Config> configured_for_init(const Arguments& arguments) {
  const std::string path = arguments.option("config");
  if (path.empty() || exists(path)) return configured(arguments);
  Config config;
  config.data = arguments.option("data", config.data);
  return config;
}

bool put_organisation(Installation& installation, const Arguments& arguments) {
  const std::string id = arguments.option("organisation");
  if (id.empty()) return true;
  const auto put =
      installation.services().accounts.put_organisation({id, arguments.option("name", id)});
  if (!put) report(put.error());
  return put.has_value();
}

bool put_administrator(Installation& installation, const Arguments& arguments) {
  const std::string login = arguments.option("admin");
  if (login.empty()) return true;
  app::Accounts::NewAccount account;
  account.login = login;
  account.name = login;
  account.organisation = arguments.option("organisation");
  account.roles = {std::string(model::kAdministrator)};
  const auto made = installation.services().accounts.put_account(account);
  if (!made) {
    report(made.error());
    return false;
  }
  if (made->is_new) {
    say(LocalizedText{"Eenmalig wachtwoord van " + login + ": ",
                      "One-time password of " + login + ": "});
    say("  " + made->one_time_password);
  }
  return true;
}

}  // namespace

int run_init(const Words& words) {
  const auto arguments = understood(words, {{"organisation", "name", "admin"}, {}});
  if (!arguments) return kUsage;
  if (arguments->options.contains("admin") && !arguments->options.contains("organisation")) {
    report(make_error("SV-0024"));
    return kUsage;
  }
  const auto config = configured_for_init(*arguments);
  if (!config) return kBad;
  if (const auto made = make_folder(config->data); !made) {
    report(made.error());
    return kBad;
  }
  const std::string path =
      arguments->option("config", config->data + "/" + std::string(kConfigHint));
  if (!write_config(path, *config)) return kBad;
  QuietFeed feed;
  const auto installation = Installation::open({*config, &feed, true});
  if (!installation) {
    report(installation.error());
    return kBad;
  }
  if (!put_organisation(**installation, *arguments)) return kBad;
  if (!put_administrator(**installation, *arguments)) return kBad;
  say(LocalizedText{"Klaar. Configuratie: " + path, "Done. Configuration: " + path});
  return kGood;
}

int run_config(const Words& words) {
  const auto arguments = understood(words, {{}, {}, 2, 2});
  if (!arguments || arguments->words[0] != "check") return kUsage;
  const auto text = read_file(arguments->words[1]);
  if (!text) {
    report(text.error());
    return kBad;
  }
  const auto parsed = parse_config(*text, arguments->words[1]);
  report(parsed.diagnostics, "");
  report(transport_warnings(parsed.config), "");
  const auto problems = transport_problems(parsed.config, SystemClock().now());
  for (const Error& problem : problems) report(problem);
  if (has_errors(parsed.diagnostics) || !problems.empty()) return kBad;
  say(LocalizedText{"De configuratie is goed.", "The configuration is good."});
  return kGood;
}

}  // namespace zicht::server
