#include "http/testing/certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/check.h"

namespace zicht::http::testing {
namespace {

constexpr long kSecondsPerDay = 24L * 3600;

X509* self_signed(EVP_PKEY* key, const CertificateWish& wish) {
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), wish.serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), wish.from_day * kSecondsPerDay);
  X509_gmtime_adj(X509_getm_notAfter(certificate), wish.to_day * kSecondsPerDay);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name,
                                              "DNS:localhost,IP:127.0.0.1");
  X509_add_ext(certificate, names, -1);
  X509_EXTENSION_free(names);
  X509_sign(certificate, key, EVP_sha256());
  return certificate;
}

template <class Write>
void write_pem(const std::string& path, Write write) {
  std::FILE* file = std::fopen(path.c_str(), "we");
  ZICHT_CHECK(file != nullptr && write(file) == 1, "the folder of a test can be written");
  std::fclose(file);
}

}  // namespace

CertificateFolder::CertificateFolder() {
  path_ = std::filesystem::temp_directory_path() / "zicht-certificates-XXXXXX";
  ZICHT_CHECK(mkdtemp(path_.data()) != nullptr, "there is room for the folder of a test");
}

CertificateFolder::~CertificateFolder() { std::filesystem::remove_all(path_); }

TlsFiles CertificateFolder::write(const std::string& name, const CertificateWish& wish) const {
  EVP_PKEY* key = wish.rsa_bits > 0 ? EVP_RSA_gen(static_cast<unsigned>(wish.rsa_bits))
                                    : EVP_EC_gen("P-256");
  X509* certificate = self_signed(key, wish);
  const TlsFiles files{.certificate = path_ + "/" + name + ".pem",
                       .key = path_ + "/" + name + ".key"};
  write_pem(files.certificate,
            [&](std::FILE* file) { return PEM_write_X509(file, certificate); });
  write_pem(files.key, [&](std::FILE* file) {
    ::chmod(files.key.c_str(), 0600);
    return PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
  X509_free(certificate);
  EVP_PKEY_free(key);
  return files;
}

}  // namespace zicht::http::testing
