#include "server/transport.h"

#include <algorithm>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "server/arguments.h"
#include "server/folder.h"
#include "server/installation.h"

namespace zicht::server {
namespace {

// A page asks for a dozen things at once: at once goes what is for ten seconds on average.
http::Rate rate_of(std::int64_t per_minute) {
  return {.per_minute = per_minute, .burst = std::max<std::int64_t>(per_minute / 6, 1)};
}

}  // namespace

bool is_loopback(const std::string& address) {
  return address == "::1" || address.starts_with("127.");
}

bool is_over_tls(const Config& config) {
  return config.is_behind_tls || !config.tls_certificate.empty();
}

Result<http::TlsFiles> tls_files(const Config& config) {
  http::TlsFiles files{.certificate = config.tls_certificate, .key = config.tls_key};
  if (files.key.empty() && !files.certificate.empty()) {
    const std::string credential = credential_file("zicht-tls.key");
    files.is_key_credential = !credential.empty() && exists(credential);
    if (files.is_key_credential) files.key = credential;
  }
  if (files.certificate.empty() != files.key.empty()) return make_error("SV-0052");
  return files;
}

Result<http::TlsIdentityPtr> load_identity(const Config& config, Instant now) {
  ZICHT_TRY(files, tls_files(config));
  if (files.certificate.empty()) return http::TlsIdentityPtr();
  return http::TlsIdentity::load(files, now);
}

http::LimitOptions limit_options(const Config& config) {
  http::LimitOptions limits;
  for (const std::string& part : split_list(config.trusted_proxies)) {
    if (const auto network = http::parse_network(trim(part))) {
      limits.trusted_proxies.push_back(*network);
    }
  }
  limits.header = config.forwarded_header == ForwardedBy::kForwarded
                      ? http::ForwardedHeader::kForwarded
                      : http::ForwardedHeader::kXForwardedFor;
  if (config.is_behind_tls && limits.trusted_proxies.empty()) return limits;
  limits.counts_loopback = config.limits_loopback;
  limits.address = rate_of(config.address_per_minute);
  limits.sign_in = rate_of(config.sign_in_per_minute);
  return limits;
}

http::Rate account_rate(const Config& config) { return rate_of(config.account_per_minute); }

std::vector<Diagnostic> transport_warnings(const Config& config) {
  if (!config.is_behind_tls || !split_list(config.trusted_proxies).empty()) return {};
  return {make_diagnostic("SV-0054", {}, {}, Severity::kWarning)};
}

std::vector<Error> transport_problems(const Config& config, Instant now) {
  std::vector<Error> problems;
  if (!is_loopback(config.address) && !is_over_tls(config)) {
    problems.push_back(make_error("SV-0051", {{"address", config.address}}));
  }
  if (const auto identity = load_identity(config, now); !identity) {
    problems.push_back(identity.error());
  }
  return problems;
}

}  // namespace zicht::server
