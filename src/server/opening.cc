#include "server/opening.h"

#include <algorithm>

#include "base/error_catalogue.h"
#include "model/pack.h"
#include "server/folder.h"
#include "server/terminal.h"

namespace zicht::server {

std::optional<Arguments> understood(const std::vector<std::string>& words, Expected expected) {
  expected.options.insert({"config", "data"});
  auto arguments = parse_arguments(words, expected.options, expected.flags);
  if (!arguments) {
    report(arguments.error());
    return std::nullopt;
  }
  const std::size_t count = arguments->words.size();
  if (count < expected.min_words || count > expected.max_words) {
    report(make_error("SV-0023"));
    return std::nullopt;
  }
  return std::move(*arguments);
}

std::optional<Config> configured(const Arguments& arguments) {
  const bool is_named = arguments.options.contains("config");
  const std::string path = arguments.option("config", "zicht.conf");
  Config config;
  if (is_named || exists(path)) {
    const auto text = read_file(path);
    if (!text) {
      report(text.error());
      return std::nullopt;
    }
    auto parsed = parse_config(*text, path);
    report(parsed.diagnostics, "");
    if (has_errors(parsed.diagnostics)) return std::nullopt;
    config = std::move(parsed.config);
  }
  config.data = arguments.option("data", config.data);
  return config;
}

void report_unreadable(Installation& installation) {
  const app::RulebookPtr rules = installation.services().packs.rules();
  for (const auto& one : rules->unreadable) {
    report(one.diagnostics, "");
    report(make_error("AP-0032", {{"pack", one.pack + " " + one.version}}));
  }
}

Result<std::int64_t> seconds_behind_journal(Installation& installation) {
  constexpr std::int64_t kLeastSeconds = 5;
  ZICHT_TRY(newest, installation.store().newest_entry());
  if (!newest) return 0;
  const std::int64_t seconds =
      microseconds_between(installation.clock().now(), *newest) / kMicrosecondsPerSecond;
  return seconds < kLeastSeconds ? 0 : seconds;
}

void report_clock(Installation& installation) {
  const auto seconds = seconds_behind_journal(installation);
  if (!seconds) return report(seconds.error());
  if (*seconds == 0) return;
  report({make_diagnostic("SV-0056", {},
                          {{"now", installation.clock().now().to_string()},
                           {"seconds", std::to_string(*seconds)}},
                          Severity::kWarning)},
         "");
}

std::unique_ptr<Installation> opened(const Arguments& arguments, app::ChangeFeed& feed) {
  const auto config = configured(arguments);
  if (!config) return nullptr;
  auto installation = Installation::open({*config, &feed, false});
  if (installation) {
    report_unreadable(**installation);
    report_clock(**installation);
    return std::move(*installation);
  }
  report(installation.error());
  return nullptr;
}

std::string administrator(Installation& installation, const std::string& login) {
  const auto account = installation.store().find_account_by_login(login);
  if (!account) {
    report(account.error());
    return {};
  }
  const auto& found = *account;
  if (found && found->is_active &&
      std::count(found->roles.begin(), found->roles.end(), model::kAdministrator) > 0) {
    return found->id;
  }
  report(make_error("SV-0060"));
  return {};
}

}  // namespace zicht::server
