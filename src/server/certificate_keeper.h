// Keeps the certificate of a running server fresh: looks whether its files changed, and takes the
// new ones without a connection being dropped.
//
//     CertificateKeeper keeper(files, identity, [&](auto renewed) { server.use(renewed); });
//     jobs.every(std::chrono::seconds(2), [&] { keeper.look(clock.now()); });
//     keeper.reload(clock.now());                 at SIGHUP
//
// What cannot be used is not used: the server goes on with what it has, failure() says why until a
// reload succeeds, and each is a line in the log. Thread-safe.
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "base/instant.h"
#include "http/tls.h"

namespace zicht::server {

class CertificateKeeper {
 public:
  using Use = std::function<void(http::TlsIdentityPtr)>;
  CertificateKeeper(http::TlsFiles files, http::TlsIdentityPtr identity, Use use);

  // Reloads when a file changed and both have been the same for two looks: whoever renews them
  // writes one after the other.
  void look(Instant now);
  void reload(Instant now);

  // The id of what was wrong with the last reload; empty when nothing was.
  [[nodiscard]] std::string failure() const;
  // Of what is in use now.
  [[nodiscard]] Instant expires() const;
  // Whole days left, rounded down; negative once it is over.
  [[nodiscard]] std::int64_t days_left(Instant now) const;

 private:
  // Changes whenever a file is written or replaced.
  std::string mark() const;
  void load(Instant now);

  const http::TlsFiles files_;
  const Use use_;
  mutable std::mutex mutex_;
  http::TlsIdentityPtr identity_;
  std::string failure_;
  std::string loaded_mark_;
  std::string last_mark_;
};

}  // namespace zicht::server
