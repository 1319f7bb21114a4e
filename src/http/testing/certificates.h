// Certificates for tests, self-made and signed by themselves, with their keys.
//
//   const CertificateFolder folder;
//   const TlsFiles files = folder.write("server", {.serial = 7});
//
// For localhost and 127.0.0.1, ECDSA P-256 unless asked otherwise.
#pragma once

#include <string>

#include "http/tls.h"

namespace zicht::http::testing {

struct CertificateWish {
  long serial = 1;
  // Days from now on which it begins and ends.
  long from_day = -1;
  long to_day = 30;
  int rsa_bits = 0;  // 0: ECDSA P-256
};

// A folder of its own, gone with it.
class CertificateFolder {
 public:
  CertificateFolder();
  ~CertificateFolder();
  CertificateFolder(const CertificateFolder&) = delete;
  CertificateFolder& operator=(const CertificateFolder&) = delete;

  // Writes NAME.pem and NAME.key (mode 0600), over what is there.
  TlsFiles write(const std::string& name, const CertificateWish& wish = {}) const;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace zicht::http::testing
