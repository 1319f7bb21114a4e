#include "server/config.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <set>

#include "app/mail_wishes.h"
#include "app/open_data_service.h"
#include "base/error_catalogue.h"
#include "base/text.h"
#include "exchange/address_guard.h"
#include "http/limits.h"
#include "server/arguments.h"

namespace zicht::server {
namespace {

// One setting: how it is read (false: not what was expected) and written.
struct Setting {
  std::string_view key;
  std::string_view comment;
  std::string_view expected;
  std::function<bool(Config&, const std::string&)> read;
  std::function<std::string(const Config&)> write;
};

Setting text(std::string_view key, std::string_view comment, std::string Config::*member) {
  return {key, comment, "text",
          [member](Config& config, const std::string& value) {
            config.*member = value;
            return true;
          },
          [member](const Config& config) { return config.*member; }};
}

// Empty, or a text of this shape.
Setting shaped(std::string_view key, std::string_view comment, std::string Config::*member,
               std::string_view expected, bool (*fits)(const std::string&)) {
  Setting setting = text(key, comment, member);
  setting.expected = expected;
  setting.read = [member, fits](Config& config, const std::string& value) {
    config.*member = value;
    return value.empty() || fits(value);
  };
  return setting;
}

bool is_base_url(const std::string& url) {
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  return is_web && url.back() != '/' && url.find_first_of(" ?#@\"") == std::string::npos;
}

// Sites as Content-Security-Policy has them: nothing that could end the list or the header.
bool is_site_list(const std::string& list) {
  constexpr std::string_view kStart = "https://";
  constexpr const char* kHost = "abcdefghijklmnopqrstuvwxyz0123456789.-:";
  const auto sites = split_list(list);
  return std::all_of(sites.begin(), sites.end(), [&](const std::string& text) {
    const std::string site(trim(text));
    return site == "*" || (site.starts_with(kStart) && site.size() > kStart.size() &&
                           site.find_first_not_of(kHost, kStart.size()) == std::string::npos);
  });
}

// urn:nld:oin:<20 digits>:systeem:<name>, the source of the NL GOV profile of CloudEvents.
bool is_event_source(const std::string& urn) {
  constexpr std::string_view kStart = "urn:nld:oin:", kMiddle = ":systeem:";
  constexpr std::size_t kDigits = 20;
  if (!urn.starts_with(kStart) || urn.size() <= kStart.size() + kDigits + kMiddle.size()) {
    return false;
  }
  const std::string digits = urn.substr(kStart.size(), kDigits);
  const std::string name = urn.substr(kStart.size() + kDigits + kMiddle.size());
  return urn.compare(kStart.size() + kDigits, kMiddle.size(), kMiddle) == 0 &&
         digits.find_first_not_of("0123456789") == std::string::npos &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '.' || c == '_';
         });
}

bool is_allow_list(const std::string& list) { return exchange::AllowList::parse(list).has_value(); }

// What may stand between < and > in Turtle, with a scheme in front.
bool is_web_address(const std::string& url) {
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  return is_web && url.find_first_of(" <>\"{}|^`\\") == std::string::npos &&
         std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 127; });
}

// DCAT-AP-NL 3.0 takes licences of Creative Commons, or the word of its own list that there is
// none.
bool is_licence(const std::string& url) {
  const std::string_view all = url;
  const std::string_view rest = all.substr(std::min(all.find("://"), all.size()));
  return is_web_address(url) && (rest.starts_with("://creativecommons.org/") ||
                                 rest.starts_with("://definities.geostandaarden.nl/dcat-ap-nl/"));
}

bool is_theme_list(const std::string& list) {
  const auto themes = split_list(list);
  const auto is_known = [](const std::string& text) {
    const auto& all = app::kDataThemes;
    return std::any_of(all.begin(), all.end(),
                       [&](const app::DataTheme& theme) { return theme.code == trim(text); });
  };
  return !themes.empty() && std::all_of(themes.begin(), themes.end(), is_known);
}

// A text that may not be empty.
Setting said(std::string_view key, std::string_view comment, std::string Config::*member,
             std::string_view expected, bool (*fits)(const std::string&)) {
  Setting setting = shaped(key, comment, member, expected, fits);
  setting.read = [member, fits](Config& config, const std::string& value) {
    if (value.empty() || !fits(value)) return false;
    config.*member = value;
    return true;
  };
  return setting;
}

struct Range {
  std::int64_t min, max;
  std::string_view words;
};

Setting whole(std::string_view key, std::string_view comment, std::int64_t Config::*member,
              Range range) {
  return {key, comment, range.words,
          [=](Config& config, const std::string& value) {
            std::int64_t number = 0;
            const char* end = value.data() + value.size();
            const auto [stop, error] = std::from_chars(value.data(), end, number);
            if (error != std::errc{} || stop != end) return false;
            if (number < range.min || number > range.max) return false;
            config.*member = number;
            return true;
          },
          [member](const Config& config) { return std::to_string(config.*member); }};
}

Setting yes_no(std::string_view key, std::string_view comment, bool Config::*member) {
  return {key, comment, "yes, no",
          [member](Config& config, const std::string& value) {
            config.*member = value == "yes";
            return value == "yes" || value == "no";
          },
          [member](const Config& config) { return std::string(config.*member ? "yes" : "no"); }};
}

Setting store_kind() {
  return {"store", "sqlite (one server, no other program needed) or postgres", "sqlite, postgres",
          [](Config& config, const std::string& value) {
            config.store = value == "postgres" ? StoreKind::kPostgres : StoreKind::kSqlite;
            return value == "postgres" || value == "sqlite";
          },
          [](const Config& config) {
            return std::string(config.store == StoreKind::kPostgres ? "postgres" : "sqlite");
          }};
}

Setting forwarded_header() {
  constexpr std::string_view kX = "x-forwarded-for", kStandard = "forwarded";
  return {"forwarded_header", "in which header trusted_proxies tell who asks",
          "x-forwarded-for, forwarded",
          [=](Config& config, const std::string& value) {
            config.forwarded_header =
                value == kStandard ? ForwardedBy::kForwarded : ForwardedBy::kXForwardedFor;
            return value == kX || value == kStandard;
          },
          [=](const Config& config) {
            return std::string(config.forwarded_header == ForwardedBy::kForwarded ? kStandard : kX);
          }};
}

// Commas between them; what is none of them is told by its own words.
Setting proxies() {
  return {"trusted_proxies", "proxies that are believed about who asks: 10.0.0.0/8, ::1; or none",
          "10.0.0.0/8, ::1",
          [](Config& config, const std::string& value) {
            config.trusted_proxies = value;
            const auto parts = split_list(value);
            return std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
              return http::parse_network(trim(part)).has_value();
            });
          },
          [](const Config& config) { return config.trusted_proxies; }};
}

std::vector<Setting> limit_settings() {
  using C = Config;
  constexpr Range kRate = {0, 1'000'000, "0..1000000"};
  return {
      whole("address_per_minute", "requests from one address (IPv6: /64); 0: no limit",
            &C::address_per_minute, kRate),
      whole("sign_in_per_minute", "tries to sign in from one address; 0: no limit",
            &C::sign_in_per_minute, kRate),
      whole("account_per_minute", "requests of one account; 0: no limit", &C::account_per_minute,
            kRate),
      yes_no("limit_loopback", "yes: the limits by address hold for this machine itself too",
             &C::limits_loopback),
      proxies(),
      forwarded_header(),
      whole("password_hashes", "passwords checked at a time, 64 MiB each", &C::password_hashes,
            {1, 16, "1..16"}),
      whole("password_queue", "sign-ins that may wait for their turn", &C::password_queue,
            {1, 10'000, "1..10000"}),
  };
}

std::vector<Setting> watch_settings() {
  using C = Config;
  return {
      whole("slow_query_ms", "statements that take longer are logged; 0: none", &C::slow_query_ms,
            {0, 3'600'000, "0..3600000"}),
      whole("alarm_disk_mib", "less free space for the data is an alarm", &C::alarm_disk_mib,
            {0, 1 << 30, "0..1073741824"}),
      whole("alarm_log_mib", "a larger write-ahead log of SQLite is an alarm", &C::alarm_log_mib,
            {1, 1 << 30, "1..1073741824"}),
      whole("alarm_certificate_days", "a certificate that is good for fewer days is an alarm",
            &C::alarm_certificate_days, {0, 365, "0..365"}),
      whole("alarm_sign_ins", "more refused sign-ins in five minutes are an alarm",
            &C::alarm_sign_ins, {1, 1'000'000, "1..1000000"}),
  };
}

Setting mail_encryption() {
  static const std::map<std::string, MailEncryption, std::less<>> names = {
      {"required", MailEncryption::kRequired},
      {"implicit", MailEncryption::kImplicit},
      {"none", MailEncryption::kNone}};
  return {"smtp_tls", "required (STARTTLS), implicit (port 465) or none (on this machine only)",
          "required, implicit, none",
          [](Config& config, const std::string& value) {
            const auto found = names.find(value);
            if (found != names.end()) config.smtp_tls = found->second;
            return found != names.end();
          },
          [](const Config& config) {
            const auto is_it = [&](const auto& name) { return name.second == config.smtp_tls; };
            return std::find_if(names.begin(), names.end(), is_it)->first;
          }};
}

std::vector<Setting> outbox_settings() {
  using C = Config;
  return {
      shaped("public_url", "address at which people reach this; empty: nothing is sent out",
             &C::public_url, "https://zicht.example.nl", is_base_url),
      shaped("event_source", "who says so in messages to other systems", &C::event_source,
             "urn:nld:oin:00000001234567890000:systeem:zicht", is_event_source),
      shaped("webhook_allow", "hosts and address blocks inside that webhooks may reach",
             &C::webhook_allow, "zaken.intern.example.nl, 10.1.2.0/24", is_allow_list),
      text("smtp_host", "mail server; empty: no mail", &C::smtp_host),
      whole("smtp_port", "its port", &C::smtp_port, {1, 65535, "1..65535"}),
      mail_encryption(),
      text("smtp_user", "name to sign in with; empty: without", &C::smtp_user),
      text("smtp_password_file", "file of mode 0600; empty: systemd credential zicht-smtp",
           &C::smtp_password_file),
      shaped("mail_from", "sender of mails", &C::mail_from, "zicht@example.nl",
             app::is_mail_address),
      text("outbox_ca_file", "whose certificates are trusted; empty: those of the system",
           &C::outbox_ca_file),
      whole("outbox_seconds", "how often is looked what is to be sent", &C::outbox_seconds,
            {1, 3600, "1..3600"}),
      whole("outbox_tries", "tries before a message waits for an administrator", &C::outbox_tries,
            {1, 100, "1..100"}),
      whole("outbox_timeout_seconds", "how long one try may take", &C::outbox_timeout_seconds,
            {1, 60, "1..60"}),
  };
}

// A program by its whole path: a name would be another program for another user.
bool is_program_path(const std::string& path) {
  return path.starts_with('/') && path.find('\0') == std::string::npos;
}

std::vector<Setting> office_settings() {
  using C = Config;
  return {
      shaped("office_program", "makes PDFs of letters; empty: soffice where it is installed",
             &C::office_program, "/usr/bin/soffice", is_program_path),
      whole("office_seconds", "how long a PDF may take", &C::office_seconds, {5, 600, "5..600"}),
      whole("office_file_mib", "largest file that it may write", &C::office_file_mib,
            {1, 1024, "1..1024"}),
  };
}

std::vector<Setting> open_data_settings() {
  using C = Config;
  return {
      said("publisher_name", "who publishes the open data", &C::publisher_name,
           "Gemeente Voorbeeld", [](const std::string& name) { return name.size() <= 200; }),
      shaped("publisher_url", "their address in a list of organisations; empty: a page of Zicht",
             &C::publisher_url, "https://identifier.overheid.nl/tooi/id/gemeente/gm0344",
             is_web_address),
      shaped("contact_email", "for questions about open data; empty: the page about it",
             &C::contact_email, "opendata@example.nl", app::is_mail_address),
      said("open_data_licence", "under which it may be used", &C::open_data_licence,
           "http://creativecommons.org/publicdomain/zero/1.0/deed.nl", is_licence),
      said("open_data_themes", "what it is about, in codes of the European Union",
           &C::open_data_themes, "SOCI, HEAL", is_theme_list),
  };
}

std::vector<Setting> make_settings() {
  using C = Config;
  return {
      text("data", "folder of the keys, the embedded store and the checkpoints", &C::data),
      store_kind(),
      text("postgres", "libpq connection string, without a password", &C::postgres),
      text("address", "where to listen; 127.0.0.1 is this machine only", &C::address),
      whole("port", "0 takes a free one", &C::port, {0, 65535, "0..65535"}),
      text("web", "folder of the built web interface; empty: API only", &C::web),
      shaped("embed_sites", "sites that may frame pages of /embed, or * for all; empty: none",
             &C::embed_sites, "https://gemeente.example.nl, https://www.example.org or *",
             is_site_list),
      yes_no("behind_tls", "yes: a proxy in front ends TLS", &C::is_behind_tls),
      text("tls_certificate", "PEM file: certificate, then its chain; empty: no TLS in here",
           &C::tls_certificate),
      text("tls_key", "PEM file of its key, mode 0600; empty: the credential zicht-tls.key",
           &C::tls_key),
      whole("io_threads", "threads that talk to connections", &C::io_threads, {1, 64, "1..64"}),
      whole("workers", "threads that do the work", &C::workers, {1, 256, "1..256"}),
      whole("body_limit_kib", "largest request", &C::body_limit_kib, {1, 1 << 20, "1..1048576"}),
      whole("file_limit_mib", "largest file that can be added to a record", &C::file_limit_mib,
            {1, 1024, "1..1024"}),
      text("clamd", "unix socket of ClamAV's clamd; empty: files are not scanned", &C::clamd),
      whole("max_connections", "connections at a time", &C::max_connections,
            {1, 1'000'000, "1..1000000"}),
      whole("session_idle_minutes", "sign-in ends after this long without use",
            &C::session_idle_minutes, {1, 1440, "1..1440"}),
      whole("session_hours", "sign-in ends after this long", &C::session_hours, {1, 168, "1..168"}),
      whole("scheduler_seconds", "how often deadlines are looked at", &C::scheduler_seconds,
            {1, 3600, "1..3600"}),
      whole("backup_key_days", "days that zicht backup keeps the keys of earlier back-ups",
            &C::backup_key_days, {1, 3660, "1..3660"}),
      whole("read_log_months", "how long it is kept who looked at whose data", &C::read_log_months,
            {1, 600, "1..600"}),
      whole("checkpoint_seconds", "how often new entries are signed", &C::checkpoint_seconds,
            {1, 3600, "1..3600"}),
      whole("pack_poll_seconds", "how soon an activation elsewhere is seen", &C::pack_poll_seconds,
            {1, 3600, "1..3600"}),
  };
}

const std::vector<Setting>& settings() {
  static const std::vector<Setting> all = [] {
    auto made = make_settings();
    for (const auto& more :
         {limit_settings(), watch_settings(), office_settings(), open_data_settings(),
          outbox_settings()}) {
      made.insert(made.end(), more.begin(), more.end());
    }
    return made;
  }();
  return all;
}

const Setting* find_setting(std::string_view key) {
  const auto& all = settings();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Setting& s) { return s.key == key; });
  return found == all.end() ? nullptr : &*found;
}

std::string all_keys() {
  std::string keys;
  for (const auto& setting : settings()) {
    keys += (keys.empty() ? "" : ", ") + std::string(setting.key);
  }
  return keys;
}

// One line into the config, or what is wrong with it.
void read_line(std::string_view line, const FilePlace& place, std::set<std::string>& seen,
               ConfigResult& result) {
  const auto report = [&](std::string_view id, const zicht::Arguments& arguments) {
    result.diagnostics.push_back(make_diagnostic(id, place, arguments));
  };
  const auto equals = line.find('=');
  if (equals == std::string_view::npos) return report("SV-0001", {{"line", std::string(line)}});
  const std::string key(trim(line.substr(0, equals)));
  const std::string value(trim(line.substr(equals + 1)));
  const Setting* setting = find_setting(key);
  if (setting == nullptr) return report("SV-0002", {{"key", key}, {"keys", all_keys()}});
  if (!seen.insert(key).second) return report("SV-0003", {{"key", key}});
  if (!setting->read(result.config, value)) {
    report("SV-0004", {{"key", key}, {"expected", std::string(setting->expected)}});
  }
}

}  // namespace

ConfigResult parse_config(std::string_view text, const std::string& file) {
  ConfigResult result;
  std::set<std::string> seen;
  std::uint32_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    read_line(line, FilePlace{file, number, 1}, seen, result);
  }
  if (result.config.store == StoreKind::kPostgres && result.config.postgres.empty()) {
    result.diagnostics.push_back(make_diagnostic("SV-0005", FilePlace{file, 0, 0}, {}));
  }
  const bool is_mail_whole = !result.config.mail_from.empty() && !result.config.public_url.empty();
  if (!result.config.smtp_host.empty() && !is_mail_whole) {
    result.diagnostics.push_back(make_diagnostic("SV-0006", FilePlace{file, 0, 0}, {}));
  }
  return result;
}

std::string render_config(const Config& config) {
  std::string out = "# Zicht: configuration. `zicht config check FILE` reads it.\n";
  for (const auto& setting : settings()) {
    out += "\n# " + std::string(setting.comment) + "\n";
    out += std::string(setting.key) + " = " + setting.write(config) + "\n";
  }
  return out;
}

}  // namespace zicht::server
