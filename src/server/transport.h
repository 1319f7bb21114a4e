// How a server is reached: whether over TLS and by whom, and what is wrong with that.
//
//     report each of transport_problems(config, clock.now());
//     ZICHT_TRY(identity, load_identity(config, clock.now()));
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/instant.h"
#include "http/limits.h"
#include "http/tls.h"
#include "server/config.h"

namespace zicht::server {

// Whether only programs on this machine can reach the address.
[[nodiscard]] bool is_loopback(const std::string& address);

// Whether browsers reach the server over TLS, here or at a proxy in front.
[[nodiscard]] bool is_over_tls(const Config& config);

// Where the certificate and its key lie; the key may be a credential of systemd (zicht-tls.key).
// Errors: SV-0052 one without the other.
[[nodiscard]] Result<http::TlsFiles> tls_files(const Config& config);

// Null when the configuration names no certificate. Errors: SV-0052, and those of
// http::TlsIdentity::load.
[[nodiscard]] Result<http::TlsIdentityPtr> load_identity(const Config& config, Instant now);

// Which rates hold by address. Behind a proxy that is not trusted to say who asks: none, because
// everybody would count as one.
[[nodiscard]] http::LimitOptions limit_options(const Config& config);
[[nodiscard]] http::Rate account_rate(const Config& config);

// What works but should be looked at: SV-0054 behind a proxy that is not trusted to say who asks.
[[nodiscard]] std::vector<Diagnostic> transport_warnings(const Config& config);

// Everything for which `zicht serve` would not start: SV-0051 beyond this machine without TLS, and
// the errors of load_identity.
[[nodiscard]] std::vector<Error> transport_problems(const Config& config, Instant now);

}  // namespace zicht::server
