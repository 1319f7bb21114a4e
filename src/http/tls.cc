#include "http/tls.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/check.h"
#include "base/error_catalogue.h"

namespace zicht::http {
namespace {

// All that the guideline of the NCSC for TLS (2.1) calls good; with nothing else to choose from the
// order is the client's.
constexpr const char* kCiphers12 =
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";
constexpr const char* kCiphers13 =
    "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
constexpr const char* kGroups = "X25519:P-256:X448:P-384";
constexpr const char* kSignatures =
    "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448:RSA-PSS+SHA256:RSA-PSS+SHA384:"
    "RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512";

constexpr std::array<unsigned char, 9> kHttp11 = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
constexpr off_t kLargestKey = 64 * 1024;  // bytes

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, kHttp11.data(), kHttp11.size(), offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

// Nobody is there to type a passphrase.
int no_passphrase(char*, int, int, void*) { return -1; }

void restrict(SSL_CTX* context) {
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  // Small memory for the many connections that only wait; a write that must be tried again may
  // come from another place.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context, no_passphrase);
  const bool is_set = SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
                      SSL_CTX_set_num_tickets(context, 0) == 1 &&
                      SSL_CTX_set_cipher_list(context, kCiphers12) == 1 &&
                      SSL_CTX_set_ciphersuites(context, kCiphers13) == 1 &&
                      SSL_CTX_set1_groups_list(context, kGroups) == 1 &&
                      SSL_CTX_set1_sigalgs_list(context, kSignatures) == 1;
  ZICHT_CHECK(is_set, "this OpenSSL knows the ciphers, curves and signatures of today");
}

// Whether OpenSSL refused because of strength, not because of what it could not read.
bool is_too_weak() {
  const int reason = ERR_GET_REASON(ERR_peek_last_error());
  return reason == SSL_R_EE_KEY_TOO_SMALL || reason == SSL_R_CA_KEY_TOO_SMALL ||
         reason == SSL_R_CA_MD_TOO_WEAK;
}

Result<void> use_certificate(SSL_CTX* context, const std::string& path) {
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(context, path.c_str()) == 1) return {};
  return make_error(is_too_weak() ? "HT-0046" : "HT-0040", {{"path", path}});
}

// The bytes of the key, from a file that only its owner may read. Looked at and read through one
// descriptor, so that both are the same file.
Result<std::vector<char>> read_key(const TlsFiles& files) {
  const Error unreadable = make_error("HT-0041", {{"path", files.key}});
  const int file = ::open(files.key.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return unreadable;
  struct stat info{};
  std::vector<char> bytes;
  const bool is_file = ::fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 &&
                       info.st_size <= kLargestKey;
  const bool is_open_to_others = !files.is_key_credential && (info.st_mode & 077) != 0;
  if (is_file && !is_open_to_others) {
    bytes.resize(static_cast<std::size_t>(info.st_size));
    const ssize_t count = ::read(file, bytes.data(), bytes.size());
    bytes.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  }
  ::close(file);
  if (is_file && is_open_to_others) {
    return make_error("HT-0042", {{"path", files.key},
                                  {"mode", fmt::format("{:04o}", info.st_mode & 07777)}});
  }
  if (bytes.empty()) return unreadable;
  return bytes;
}

Result<void> use_key(SSL_CTX* context, const TlsFiles& files) {
  ZICHT_TRY(bytes, read_key(files));
  const std::unique_ptr<BIO, FreeBio> memory(
      BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  const Key key(PEM_read_bio_PrivateKey(memory.get(), nullptr, no_passphrase, nullptr));
  OPENSSL_cleanse(bytes.data(), bytes.size());
  if (!key) return make_error("HT-0041", {{"path", files.key}});
  ERR_clear_error();
  if (SSL_CTX_use_PrivateKey(context, key.get()) == 1) return {};
  if (is_too_weak()) return make_error("HT-0046", {{"path", files.key}});
  return make_error("HT-0043", {{"certificate", files.certificate}, {"key", files.key}});
}

Result<Instant> instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  const bool is_read = time != nullptr && ASN1_TIME_to_tm(time, &parts) == 1;
  // What cannot be read counts as the beginning of time, which is over.
  return Instant::from_microseconds(
      is_read ? std::int64_t{timegm(&parts)} * kMicrosecondsPerSecond : 0);
}

std::vector<X509*> all_certificates(SSL_CTX* context) {
  std::vector<X509*> all = {SSL_CTX_get0_certificate(context)};
  STACK_OF(X509)* chain = nullptr;
  SSL_CTX_get0_chain_certs(context, &chain);
  for (int i = 0; i < sk_X509_num(chain); ++i) all.push_back(sk_X509_value(chain, i));
  return all;
}

}  // namespace

void TlsIdentity::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

Result<TlsIdentityPtr> TlsIdentity::load(const TlsFiles& files, Instant now) {
  std::unique_ptr<TlsIdentity> made(new TlsIdentity());
  made->context_.reset(SSL_CTX_new(TLS_server_method()));
  ZICHT_CHECK(made->context_ != nullptr, "OpenSSL starts");
  SSL_CTX* context = made->context_.get();
  restrict(context);
  ZICHT_CHECKED(use_certificate(context, files.certificate));
  ZICHT_CHECKED(use_key(context, files));
  bool is_first = true;
  for (X509* certificate : all_certificates(context)) {
    ZICHT_TRY(begins, instant_of(X509_get0_notBefore(certificate)));
    ZICHT_TRY(ends, instant_of(X509_get0_notAfter(certificate)));
    if (begins > now) {
      return make_error("HT-0045", {{"path", files.certificate}, {"at", begins.to_string()}});
    }
    made->expires_ = is_first ? ends : std::min(made->expires_, ends);
    is_first = false;
  }
  if (made->expires_ <= now) {
    return make_error("HT-0044",
                      {{"path", files.certificate}, {"at", made->expires_.to_string()}});
  }
  return TlsIdentityPtr(std::move(made));
}

}  // namespace zicht::http
