#include "server/installation.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include <boost/json/serialize.hpp>

#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/json.h"
#include "base/text.h"
#include "exchange/csv.h"
#include "exchange/file_inspector.h"
#include "exchange/import_table.h"
#include "exchange/letter_html.h"
#include "exchange/letter_odt.h"
#include "exchange/rdf.h"
#include "exchange/xlsx.h"
#include "server/arguments.h"
#include "server/folder.h"
#include "store/postgres/postgres_driver.h"
#include "store/slow_queries.h"
#include "store/sqlite/sqlite_driver.h"

namespace zicht::server {
namespace {

std::string host_name() {
  char host[256] = "server";
  gethostname(host, sizeof host - 1);
  return host;
}

// Holder of leases: unique among the servers of one database.
std::string server_name() { return host_name() + "-" + std::to_string(getpid()); }

// Any of what a store leaves there: lost keys are told as such, not as a folder without a store.
bool has_store(const std::string& data) {
  for (const char* name : {"/keys", "/store.sqlite", "/checkpoints.jsonl"}) {
    if (exists(data + name)) return true;
  }
  return false;
}

void log_slow(const store::SlowQuery& query) {
  spdlog::warn(R"("slow_query":{},"ms":{:.1f},"request":"{}")", json::serialize(Json(query.sql)),
               query.milliseconds, query.request);
}

}  // namespace

app::MakeTableSink table_sinks(const std::string& folder) {
  return [folder](std::string_view format, app::Language) -> std::unique_ptr<app::TableSink> {
    if (format == "csv") return std::make_unique<exchange::CsvSink>();
    if (format == "xlsx") return std::make_unique<exchange::XlsxSink>(folder);
    return nullptr;
  };
}

Result<std::unique_ptr<store::Database>> open_database(const Config& config) {
  if (config.store == StoreKind::kPostgres) return store::open_postgres(config.postgres);
  return store::open_sqlite(config.data + "/store.sqlite");
}

Result<std::unique_ptr<store::Database>> open_read_log_database(const Config& config) {
  if (config.store == StoreKind::kPostgres) return std::unique_ptr<store::Database>();
  return store::open_sqlite(config.data + "/read-log.sqlite");
}

std::string credential_file(const std::string& name) {
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
  return credentials == nullptr ? "" : std::string(credentials) + "/" + name;
}

store::KeyPlaces key_places(const Config& config) {
  return {.folder = config.data + "/keys", .credential = credential_file("zicht-master.key")};
}

Result<std::unique_ptr<store::Database>> open_store_database(const Config& config) {
  if (!has_store(config.data)) return make_error("SV-0040", {{"path", config.data}});
  return open_database(config);
}

namespace {

app::OutboxOptions outbox_options(const Config& config) {
  app::OutboxOptions options;
  options.public_url = config.public_url;
  options.source = config.event_source;
  options.can_mail = !config.smtp_host.empty();
  options.most_tries = config.outbox_tries;
  return options;
}

app::OpenDataOptions open_data_options(const Config& config) {
  app::OpenDataOptions options;
  options.base = config.public_url;
  options.publisher = config.publisher_name;
  options.publisher_address = config.publisher_url;
  options.contact_email = config.contact_email;
  options.licence = config.open_data_licence;
  options.themes.clear();
  for (const std::string& theme : split_list(config.open_data_themes)) {
    options.themes.emplace_back(trim(theme));
  }
  return options;
}

Result<std::string> smtp_password(const Config& config) {
  if (!config.smtp_password_file.empty()) return read_secret(config.smtp_password_file);
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
  if (credentials == nullptr) return read_secret(config.data + "/zicht-smtp");
  // systemd keeps others out of its folder; the mode of a file in it may say otherwise.
  ZICHT_TRY(text, read_file(std::string(credentials) + "/zicht-smtp"));
  return text.substr(0, text.find_first_of("\r\n"));
}

exchange::SmtpTls encryption_of(const Config& config) {
  if (config.smtp_tls == MailEncryption::kImplicit) return exchange::SmtpTls::kImplicit;
  return config.smtp_tls == MailEncryption::kNone ? exchange::SmtpTls::kNone
                                                  : exchange::SmtpTls::kRequired;
}

// One at least; the other threads stay free for what takes no time. Of a single place see
// app/heavy_places.h.
std::size_t half_of(std::int64_t workers) {
  return static_cast<std::size_t>(std::max<std::int64_t>(1, workers / 2));
}

}  // namespace

Result<std::unique_ptr<Installation>> Installation::open(Options options) {
  const std::string data = options.config.data;
  if (!options.may_create && !has_store(data)) {
    return make_error("SV-0040", {{"path", data}});
  }
  std::unique_ptr<Installation> made(new Installation(std::move(options.config)));
  ZICHT_CHECKED(made->open_store(options.slow_query_ms));
  ZICHT_CHECKED(made->open_read_log());
  ZICHT_TRY(inspector, exchange::FileInspector::create({.clamd_socket = made->config_.clamd}));
  made->inspector_ = std::move(inspector);
  ZICHT_CHECKED(made->make_sender(options.sends));
  made->services_ = std::make_unique<app::Services>(app::ServicePorts{
      *made->store_,
      made->store_->credentials(),
      made->store_->files(),
      *made->inspector_,
      made->hasher_,
      *options.feed,
      made->clock_,
      made->rng_,
      table_sinks(data),
      server_name(),
      *made->read_log_,
      made->store_->outbox(),
      *made->sender_,
      *made->store_,
      {.idle_minutes = made->config_.session_idle_minutes, .hours = made->config_.session_hours},
      {.file_bytes = made->config_.file_limit_mib << 20},
      outbox_options(made->config_),
      half_of(made->config_.workers),
      {},
      exchange::rdf_text,
      open_data_options(made->config_),
      exchange::read_import_table,
      {exchange::letter_html, exchange::letter_odt, &made->office_}});
  ZICHT_CHECKED(made->services_->packs.reload());
  // Records of a pack that cannot be read could not be derived; the next opening tries again. What
  // is written meanwhile is of this format all the same.
  if (made->services_->packs.rules()->unreadable.empty()) {
    ZICHT_TRY(upgraded, made->store_->upgrade());
    made->upgraded_entries_ = upgraded;
  } else {
    ZICHT_CHECKED(made->store_->raise_format());
  }
  // What it erases is found in the projections.
  ZICHT_CHECKED(made->store_->erase_again());
  return made;
}

Result<void> Installation::open_store(std::int64_t slow_query_ms) {
  ZICHT_TRY(database, open_database(config_));
  database_ = std::move(database);
  if (slow_query_ms > 0) {
    watched_ = store::tell_slow(*database_, std::chrono::milliseconds(slow_query_ms), log_slow);
  }
  store::StoreOptions options;
  const auto keys = key_places(config_);
  options.keys_folder = keys.folder;
  options.master_credential = keys.credential;
  options.checkpoint_file = config_.data + "/checkpoints.jsonl";
  options.erasure_list = config_.data + "/erasures.jsonl";
  if (config_.store == StoreKind::kPostgres) options.server = host_name();
  options.engine_version = kEngineVersion;
  store::Database& database_or_watched = watched_ ? *watched_ : *database_;
  ZICHT_TRY(opened, store::SqlStore::open(database_or_watched, std::move(options), clock_, rng_));
  store_ = std::move(opened);
  return {};
}

Result<void> Installation::open_read_log() {
  ZICHT_TRY(database, open_read_log_database(config_));
  read_log_database_ = std::move(database);
  ZICHT_TRY(log, store::SqlReadLog::open(read_log_database_ ? *read_log_database_ : *database_));
  read_log_ = std::move(log);
  return {};
}

Result<void> Installation::make_sender(bool sends) {
  exchange::CurlSenderOptions options;
  // The configuration was read by the same function, so it is a list.
  options.allowed =
      exchange::AllowList::parse(config_.webhook_allow).value_or(exchange::AllowList());
  options.timeout_seconds = config_.outbox_timeout_seconds;
  options.ca_file = config_.outbox_ca_file;
  options.smtp = {.host = config_.smtp_host,
                  .port = config_.smtp_port,
                  .tls = encryption_of(config_),
                  .user = config_.smtp_user,
                  .password = {},
                  .from = config_.mail_from};
  if (sends && !config_.smtp_user.empty()) {
    ZICHT_TRY(password, smtp_password(config_));
    options.smtp.password = std::move(password);
  }
  sender_ = std::make_unique<exchange::CurlSender>(std::move(options));
  return {};
}

Date Installation::today() const { return amsterdam_date(clock_.now()); }

}  // namespace zicht::server
