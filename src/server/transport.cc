#include "server/transport.h"

#include "base/error_catalogue.h"
#include "server/folder.h"
#include "server/installation.h"

namespace zicht::server {

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
