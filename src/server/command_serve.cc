// zicht serve: everything wired and running until it is told to stop.
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "http/change_feed.h"
#include "http/failed_check.h"
#include "http/api.h"
#include "http/server.h"
#include "http/static_files.h"
#include "server/alarms.h"
#include "server/background.h"
#include "server/certificate_keeper.h"
#include "server/commands.h"
#include "server/event_relay.h"
#include "server/folder.h"
#include "server/office_worker.h"
#include "server/opening.h"
#include "server/status_file.h"
#include "server/terminal.h"
#include "server/transport.h"
#include "server/watching.h"

namespace zicht::server {
namespace {

// What lives in the store and is not needed any more.
void start_cleaning(Background& jobs, Installation& installation) {
  constexpr std::int64_t kKeysAreKeptMicroseconds = std::int64_t{30} * 24 * 3600 * 1'000'000;
  jobs.every(std::chrono::hours(1), [&installation] {
    run_logged("read log", [&]() -> Result<void> {
      const auto months = installation.config().read_log_months;
      ZICHT_TRY(day, add_months(installation.today(), -months));
      ZICHT_CHECKED(installation.read_log().drop_before(day));
      return {};
    });
    run_logged("sessions", [&] { return installation.services().sign_in.remove_ended_sessions(); });
    run_logged("files", [&]() -> Result<void> {
      ZICHT_CHECKED(installation.services().files.sweep());
      return {};
    });
  });
  jobs.every(std::chrono::hours(24), [&installation] {
    run_logged("keys of requests", [&]() -> Result<void> {
      const Instant now = installation.clock().now();
      ZICHT_TRY(before, add_microseconds(now, -kKeysAreKeptMicroseconds));
      return installation.store().forget_keys(before);
    });
  });
}

void start_jobs(Background& jobs, Watched& watched) {
  Installation& installation = watched.installation;
  auto& services = installation.services();
  const auto& config = installation.config();
  jobs.every(std::chrono::seconds(config.scheduler_seconds), [&services] {
    run_logged("scheduler", [&]() -> Result<void> {
      ZICHT_CHECKED(services.scheduler.run_once());
      return {};
    });
  });
  start_cleaning(jobs, installation);
  jobs.every(std::chrono::seconds(config.checkpoint_seconds), [&] {
    const bool is_made =
        run_logged("checkpoint", [&] { return watched.installation.store().make_checkpoint(); });
    if (is_made) watched.checkpoint_at = steady_microseconds();
  });
  jobs.every(std::chrono::seconds(1), [&installation] {
    run_logged("keys", [&] { return follow_keys(installation); });
  });
  jobs.every(std::chrono::seconds(1), [&installation] {
    run_logged("counts", [&] {
      return installation.services().indicators.keep_counts(installation.store());
    });
  });
  jobs.every(std::chrono::seconds(1), [&services] {
    run_logged("answers", [&] { return services.records.forget_changed(); });
  });
  jobs.every(std::chrono::seconds(config.pack_poll_seconds), [&services] {
    run_logged("packs", [&]() -> Result<void> {
      ZICHT_CHECKED(services.packs.reload_if_changed());
      return {};
    });
  });
}

// Sends what is due, mail and webhooks each on a thread, and tells how it stands. Nothing here
// names a receiver.
void start_outbox(Background& jobs, Watched& watched) {
  Installation& installation = watched.installation;
  http::MetricsRegistry& metrics = watched.metrics;
  auto& waiting = metrics.gauge("zicht_outbox_waiting", "Messages that wait to be sent.");
  auto& dead = metrics.gauge("zicht_outbox_dead", "Messages that were given up.");
  auto& age = metrics.gauge("zicht_outbox_oldest_seconds", "Age of the oldest that waits.");
  auto& sent = metrics.counter("zicht_outbox_sent_total", "Messages that were sent.");
  auto& failed = metrics.counter("zicht_outbox_failed_total", "Tries that failed.");
  const std::chrono::seconds pause(installation.config().outbox_seconds);
  auto& services = installation.services();
  for (app::OutboxSender* sender : {&services.webhook_sender, &services.mail_sender}) {
    jobs.every(pause, [sender, &sent, &failed] {
      run_logged("outbox", [&]() -> Result<void> {
        ZICHT_TRY(outcome, sender->run_once());
        sent.add(static_cast<std::uint64_t>(outcome.sent));
        failed.add(static_cast<std::uint64_t>(outcome.failed));
        return {};
      });
    });
  }
  jobs.every(pause, [&watched, &services, &waiting, &dead, &age] {
    run_logged("outbox", [&]() -> Result<void> {
      ZICHT_TRY(counts, services.outbox.counts());
      waiting.set(counts.waiting);
      dead.set(counts.dead);
      const Instant now = watched.installation.clock().now();
      watched.alarms.judge("outbox", counts.dead > 0, counts.dead, 0, now);
      age.set(microseconds_between(counts.oldest.value_or(now), now) / kMicrosecondsPerSecond);
      return {};
    });
  });
}

// While the database does not answer, it is asked (and that is logged) once a second.
void start_relay(Background& jobs, EventRelay& relay) {
  jobs.every(std::chrono::milliseconds(100), [&relay, rounds_to_skip = 0]() mutable {
    if (rounds_to_skip-- > 0) return;
    const bool is_good = run_logged("changes", [&relay] { return relay.look(); });
    rounds_to_skip = is_good ? 0 : 9;
  });
}

// As Content-Security-Policy writes them: with blanks between.
std::string ancestors_of(const Config& config) {
  std::string sites;
  for (const std::string& site : split_list(config.embed_sites)) {
    sites += (sites.empty() ? "" : " ") + std::string(trim(site));
  }
  return sites;
}

http::ServerOptions server_options(const Config& config, http::TlsIdentityPtr identity) {
  http::ServerOptions options;
  options.address = config.address;
  options.port = static_cast<std::uint16_t>(config.port);
  options.io_threads = static_cast<std::size_t>(config.io_threads);
  options.workers = static_cast<std::size_t>(config.workers);
  options.max_connections = static_cast<std::size_t>(config.max_connections);
  options.security.is_https = is_over_tls(config);
  options.security.embed_ancestors = ancestors_of(config);
  options.tls = std::move(identity);
  options.limits = limit_options(config);
  options.password_workers = static_cast<std::size_t>(config.password_hashes);
  options.password_queue = static_cast<std::size_t>(config.password_queue);
  return options;
}

// The web interface, when there is one. Errors: those of reading its folder.
Result<void> add_files(http::Router& router, const std::string& folder) {
  if (folder.empty()) return {};
  ZICHT_TRY(loaded, http::StaticFiles::load(folder));
  const auto files = std::make_shared<const http::StaticFiles>(std::move(loaded));
  router.set_fallback([files](const http::Request& request) { return files->serve(request); });
  return {};
}

// Blocks until the process is told to stop; SIGHUP means reload, unless the terminal that it was
// started from is gone. The signals were blocked before any thread began, so that only this one
// takes them.
template <class Reload>
void wait_for_stop(const sigset_t& signals, Reload reload) {
  const bool had_terminal = isatty(STDIN_FILENO) != 0;
  int received = 0;
  while (sigwait(&signals, &received) == 0 && received == SIGHUP) {
    if (had_terminal && isatty(STDIN_FILENO) == 0) return;
    reload();
  }
}

sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGHUP);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

// Demo passwords are public: with such accounts nobody else's machine may reach the server, and it
// tells everybody that it is a demonstration.
Result<void> check_demo_accounts(Installation& installation) {
  ZICHT_TRY(accounts, installation.store().accounts());
  const bool is_demo = std::any_of(accounts.begin(), accounts.end(), [](const auto& account) {
    return account.is_demo && account.is_active;
  });
  if (!is_demo) return {};
  const std::string& address = installation.config().address;
  if (!is_loopback(address)) return make_error("SV-0050", {{"address", address}});
  installation.services().catalogue.tell_demo();
  return {};
}

http::ApiOptions api_options(const Config& config) {
  http::ApiOptions options;
  options.is_https = is_over_tls(config);
  options.is_behind_proxy = config.is_behind_tls;
  options.account = account_rate(config);
  options.body_limit = static_cast<std::size_t>(config.body_limit_kib) * 1024;
  options.file_limit = static_cast<std::size_t>(config.file_limit_mib) << 20;
  return options;
}

void say_address(const Config& config, std::uint16_t port) {
  const bool is_numeric_6 = config.address.find(':') != std::string::npos;
  const std::string host = is_numeric_6 ? "[" + config.address + "]" : config.address;
  say((config.tls_certificate.empty() ? "http://" : "https://") + host + ":" +
      std::to_string(port));
}

// Takes the certificate anew whenever it is told to, or sees that its files changed.
std::unique_ptr<CertificateKeeper> keep_certificate(const Config& config,
                                                    const http::TlsIdentityPtr& identity,
                                                    http::Server& server) {
  if (!identity) return nullptr;
  return std::make_unique<CertificateKeeper>(
      *tls_files(config), identity,
      [&server](http::TlsIdentityPtr renewed) { server.use(std::move(renewed)); });
}

// A PDF that nobody asked for yet would tell too late that the program is not there.
Result<void> check_office(const Config& config) {
  if (config.office_program.empty()) return {};
  return OfficeWorker(office_options(config)).check_program();
}

Result<void> serve(const Config& config, const sigset_t& signals) {
  http::EventHub hub;
  EventRelay relay(
      hub, [&config] { return store::open_notice_channel(config.postgres, "zicht_changes"); });
  const bool may_be_several = config.store == StoreKind::kPostgres;
  http::HubChangeFeed feed(hub, [&relay, may_be_several](const http::Event& event) {
    if (may_be_several) relay.pass_on(event);
  });
  http::MetricsRegistry metrics;
  const auto log = http::make_stderr_log();
  http::survive_failed_checks();
  ZICHT_CHECKED(check_office(config));
  ZICHT_TRY(identity, load_identity(config, SystemClock().now()));
  Alarms alarms(metrics);
  ZICHT_TRY(
      installation,
      Installation::open(
          {.config = config, .feed = &feed, .slow_query_ms = config.slow_query_ms, .sends = true}));
  if (const auto entries = installation->upgraded_entries()) {
    spdlog::info(R"("job":"upgrade","entries":{})", *entries);
  }
  report_unreadable(*installation);
  report_clock(*installation);
  ZICHT_CHECKED(check_demo_accounts(*installation));
  http::Router router;
  http::add_api(router, {installation->services(), hub, metrics, installation->clock(),
                         api_options(config), [&alarms] { return alarms.checks(); }});
  ZICHT_CHECKED(add_files(router, config.web));
  ZICHT_TRY(server, http::Server::start(server_options(config, identity), std::move(router),
                                        metrics, *log));
  const auto keeper = keep_certificate(config, identity, *server);
  Watched watched{*installation, metrics, alarms, keeper.get()};
  Background jobs;
  start_watching(jobs, watched);
  start_jobs(jobs, watched);
  jobs.every(std::chrono::seconds(2), [&hub] { hub.end_those_over(); });
  start_outbox(jobs, watched);
  if (may_be_several) start_relay(jobs, relay);
  say_address(config, server->port());
  wait_for_stop(signals, [&] {
    if (keeper) keeper->reload(installation->clock().now());
  });
  server->stop();
  // A receiver that hangs must not keep the server from ending.
  installation->services().webhook_sender.stop();
  installation->services().mail_sender.stop();
  installation->sender().cancel();
  jobs.stop();
  std::remove(status_path(config).c_str());
  return {};
}

}  // namespace

int run_serve(const Words& words) {
  const auto arguments = understood(words, {{"port", "web"}, {}});
  if (!arguments) return kUsage;
  auto config = configured(*arguments);
  if (!config) return kBad;
  const sigset_t signals = block_signals();
  if (arguments->options.contains("port")) {
    const auto parsed = parse_config("port = " + arguments->option("port"), "--port");
    report(parsed.diagnostics, "");
    if (has_errors(parsed.diagnostics)) return kUsage;
    config->port = parsed.config.port;
  }
  config->web = arguments->option("web", config->web);
  report(transport_warnings(*config), "");
  if (const auto problems = transport_problems(*config, SystemClock().now()); !problems.empty()) {
    for (const Error& problem : problems) report(problem);
    return kBad;
  }
  const auto served = serve(*config, signals);
  if (served) return kGood;
  report(served.error());
  return kBad;
}

}  // namespace zicht::server
