// What the server shows of itself over TLS: a certificate with its chain, and the key to it.
//
//   ZICHT_TRY(identity, TlsIdentity::load({.certificate = "/etc/zicht/chain.pem",
//                                          .key = "/etc/zicht/key.pem"}, clock.now()));
//   ServerOptions options{.tls = identity};
//   ...
//   server->use(renewed);   // new connections; those that are open keep what they began with
//
// What is spoken is fixed: TLS 1.2 and 1.3, ephemeral elliptic-curve key exchange, AEAD ciphers,
// no compression, no renegotiation, no early data, and no session tickets: a ticket would be sealed
// with a key that outlives its session. Of the protocols that a client offers (ALPN) http/1.1 is
// taken; one that offers others only is refused.
//
// Not done here: client certificates, several names with a certificate each (SNI), OCSP stapling.
//
// Immutable, and safe to use from any thread.
#pragma once

#include <memory>
#include <string>

#include "base/instant.h"
#include "base/result.h"

struct ssl_ctx_st;

namespace zicht::http {

struct TlsFiles {
  std::string certificate = {};    // PEM: that of the server, then those that lead to a root
  std::string key = {};            // PEM, without a passphrase
  bool is_key_credential = false;  // handed over by systemd, which guards it itself
};

class TlsIdentity;
using TlsIdentityPtr = std::shared_ptr<const TlsIdentity>;

class TlsIdentity {
 public:
  // Reads both files. Errors: HT-0040 the certificate cannot be read, HT-0041 the key cannot,
  // HT-0042 others than its owner may read the key, HT-0043 they do not belong together, HT-0044
  // expired, HT-0045 not valid yet, HT-0046 weaker than TLS allows today.
  static Result<TlsIdentityPtr> load(const TlsFiles& files, Instant now);

  TlsIdentity(const TlsIdentity&) = delete;
  TlsIdentity& operator=(const TlsIdentity&) = delete;

  // The first moment at which a certificate of the chain is not valid any more.
  Instant expires() const { return expires_; }

  // Of OpenSSL, for the connections.
  ssl_ctx_st* context() const { return context_.get(); }

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  TlsIdentity() = default;

  std::unique_ptr<ssl_ctx_st, Free> context_;
  Instant expires_;
};

}  // namespace zicht::http
