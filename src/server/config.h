// The one configuration file of a Zicht installation: `key = value` lines, `#` comments, typed.
//
//     # zicht.conf
//     data = /var/lib/zicht
//     store = sqlite
//     port = 8080
//
// Unknown keys, wrong types and values out of range are all reported at once, each with its line.
// Secrets are not configuration: keys live in the data folder with mode 0600, a PostgreSQL password
// comes from ~/.pgpass or a service file, and that of a mail server from a file of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace zicht::server {

enum class StoreKind { kSqlite, kPostgres };
enum class ForwardedBy { kXForwardedFor, kForwarded };
enum class MailEncryption { kRequired, kImplicit, kNone };

struct Config {
  std::string data = ".zicht";  // folder of keys, SQLite store, checkpoints
  StoreKind store = StoreKind::kSqlite;
  std::string postgres;               // libpq connection string without a password
  std::string address = "127.0.0.1";  // where to listen
  std::int64_t port = 8080;           // 0: a free one
  std::string web;                    // folder of the built web interface; empty: API only
  bool is_behind_tls = false;         // a proxy in front ends TLS: cookies are Secure
  std::string tls_certificate;        // PEM with its chain; empty: no TLS in this program
  std::string tls_key;                // PEM; empty: a credential of systemd
  std::int64_t io_threads = 1;
  std::int64_t workers = 4;
  std::int64_t body_limit_kib = 1024;
  std::int64_t file_limit_mib = 25;  // largest file that can be added to a record
  std::string office_program;         // makes PDFs; empty: soffice where it is installed
  std::int64_t office_seconds = 60;   // that a PDF may take, waiting for a turn included
  std::int64_t office_file_mib = 64;  // largest file that it may write
  std::string clamd;                 // unix socket of ClamAV's clamd; empty: files are not scanned
  std::int64_t max_connections = 10'000;
  std::int64_t address_per_minute = 6000;  // requests from one address; 0: no limit
  std::int64_t sign_in_per_minute = 60;    // tries at a password or code from one address
  std::int64_t account_per_minute = 3000;  // requests of one account
  bool limits_loopback = false;            // the rates by address hold for this machine too
  std::string trusted_proxies;             // addresses and networks whose word is taken
  ForwardedBy forwarded_header = ForwardedBy::kXForwardedFor;
  std::int64_t password_hashes = 2;          // at a time, 64 MiB each
  std::int64_t password_queue = 64;          // sign-ins that may wait for one
  std::int64_t slow_query_ms = 500;          // statements that take longer are logged; 0: none
  std::int64_t alarm_disk_mib = 2048;        // less free is an alarm
  std::int64_t alarm_log_mib = 1024;         // a larger write-ahead log is one
  std::int64_t alarm_certificate_days = 14;  // fewer days left is one
  std::int64_t alarm_sign_ins = 50;          // more refused in five minutes is one
  std::int64_t session_idle_minutes = 60;
  std::int64_t session_hours = 12;
  std::int64_t scheduler_seconds = 60;
  std::int64_t read_log_months = 60;      // how long it is kept who looked; NEN 7513: five years
  std::int64_t checkpoint_seconds = 300;  // how long an entry may stand without a signature
  std::int64_t backup_key_days = 30;      // how long the keys of a back-up are kept
  std::int64_t pack_poll_seconds = 1;     // how soon another process's activation is seen
  std::string embed_sites;                // that may show pages of /embed in a frame; empty: none
  std::string publisher_name = "Zicht";   // who publishes the open data
  std::string publisher_url;              // that names them for machines; empty: a page of Zicht
  std::string contact_email;              // for who has a question about the data; empty: the page
  std::string open_data_licence = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl";
  std::string open_data_themes = "SOCI";  // of the list of the European Union
  std::string public_url;     // where people reach this; empty: no messages to the outside
  std::string event_source;   // urn:nld:oin:<20 digits>:systeem:<name>
  std::string webhook_allow;  // what webhooks may reach besides public addresses
  std::string smtp_host;      // empty: no mail
  std::int64_t smtp_port = 587;
  MailEncryption smtp_tls = MailEncryption::kRequired;
  std::string smtp_user;
  std::string smtp_password_file;  // mode 0600; empty: the credential zicht-smtp of systemd
  std::string mail_from;
  std::string outbox_ca_file;       // certificates to trust; empty: those of the system
  std::int64_t outbox_seconds = 5;  // how often it looks what is to be sent
  std::int64_t outbox_tries = 12;   // then a message is a dead letter
  std::int64_t outbox_timeout_seconds = 15;
};

struct ConfigResult {
  Config config;
  std::vector<Diagnostic> diagnostics;  // SV-00xx; the default holds where one is reported
};

// `file` names the text in diagnostics.
[[nodiscard]] ConfigResult parse_config(std::string_view text, const std::string& file);

// The text of a configuration file that says what `config` says, with a comment on each key.
[[nodiscard]] std::string render_config(const Config& config);

}  // namespace zicht::server
