// How a server is reached: what `zicht config check` and `zicht serve` refuse, and a certificate
// that is renewed while the server runs. Method: certificates made for the occasion in a folder.
#include "server/transport.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/clock.h"
#include "http/testing/certificates.h"
#include "server/certificate_keeper.h"
#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

using http::testing::CertificateFolder;
using testing::Desk;
using testing::has;

Instant now() { return SystemClock().now(); }

std::string problems(const Config& config) {
  std::string ids;
  for (const Error& problem : transport_problems(config, now())) ids += problem.id + " ";
  return ids;
}

Config with(const http::TlsFiles& files) {
  Config config;
  config.tls_certificate = files.certificate;
  config.tls_key = files.key;
  return config;
}

}  // namespace

TEST_CASE("transport: beyond this machine only over TLS, here or at a proxy that is named") {
  const CertificateFolder folder;
  for (const char* address : {"127.0.0.1", "127.1.2.3", "::1"}) {
    Config config;
    config.address = address;
    CHECK(problems(config).empty());
  }
  for (const char* address : {"0.0.0.0", "::", "192.0.2.1", "1.127.0.0"}) {
    CAPTURE(address);
    Config config;
    config.address = address;
    CHECK(problems(config) == "SV-0051 ");
    config.is_behind_tls = true;
    CHECK(problems(config).empty());
    config = with(folder.write("a"));
    config.address = address;
    CHECK(problems(config).empty());
    CHECK(is_over_tls(config));
  }
}

TEST_CASE("transport: a certificate and a key come together; the key may be a credential") {
  const CertificateFolder folder;
  const auto files = folder.write("a");
  CHECK(problems(with(files)).empty());
  CHECK(problems(with({.certificate = files.certificate})) == "SV-0052 ");
  CHECK(problems(with({.key = files.key})) == "SV-0052 ");
  CHECK(problems(with(folder.write("old", {.from_day = -9, .to_day = -1}))) == "HT-0044 ");
  std::filesystem::copy(files.key, folder.path() + "/zicht-tls.key");
  ::chmod((folder.path() + "/zicht-tls.key").c_str(), 0440);
  ::setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1);
  CHECK(problems(with({.certificate = files.certificate})).empty());
  ::unsetenv("CREDENTIALS_DIRECTORY");
}

TEST_CASE("command: config check and serve tell what is wrong with the certificate") {
  const Desk zicht;
  const CertificateFolder folder;
  const auto old = folder.write("old", {.from_day = -9, .to_day = -1});
  const std::string config = zicht.folder + "/zicht.conf";
  const auto with_files = [&](const http::TlsFiles& files) {
    std::ofstream(config) << "data = " << zicht.folder << "/data\ntls_certificate = "
                          << files.certificate << "\ntls_key = " << files.key << "\n";
  };
  with_files(old);
  const auto checked = zicht.plain({"config", "check", config});
  CHECK(checked.code == kBad);
  CHECK(has(checked.complained, "HT-0044"));
  const auto served = zicht.plain({"serve", "--config", config});
  CHECK(served.code == kBad);
  CHECK(has(served.complained, "HT-0044"));
  with_files(folder.write("good"));
  CHECK(zicht.plain({"config", "check", config}).code == kGood);
}

TEST_CASE("certificate: one that is renewed is taken when both files are still, a bad one is not") {
  const CertificateFolder folder;
  const auto files = folder.write("a", {.to_day = 10});
  const auto first = http::TlsIdentity::load(files, now());
  REQUIRE(first.has_value());
  int used = 0;
  CertificateKeeper keeper(files, *first, [&](const http::TlsIdentityPtr&) { ++used; });
  CHECK(keeper.days_left(now()) == 9);
  keeper.look(now());
  keeper.look(now());
  CHECK(used == 0);

  folder.write("a", {.to_day = 20});
  keeper.look(now());
  CHECK(used == 0);
  keeper.look(now());
  CHECK(used == 1);
  CHECK(keeper.days_left(now()) == 19);
  keeper.look(now());
  CHECK(used == 1);

  const auto other = folder.write("b", {.to_day = 50});
  std::filesystem::copy_file(other.certificate, files.certificate,
                             std::filesystem::copy_options::overwrite_existing);
  keeper.look(now());
  keeper.look(now());
  CHECK(used == 1);
  CHECK(keeper.failure() == "HT-0043");
  CHECK(keeper.days_left(now()) == 19);

  std::filesystem::remove(files.key);
  keeper.reload(now());
  CHECK(keeper.failure() == "HT-0041");
  CHECK(used == 1);

  std::filesystem::copy_file(other.key, files.key);
  keeper.look(now());
  keeper.look(now());
  CHECK(used == 2);
  CHECK(keeper.failure().empty());
  CHECK(keeper.days_left(now()) == 49);
  CHECK(keeper.days_left(*add_microseconds(keeper.expires(), 1)) == -1);

  keeper.reload(now());
  CHECK(used == 3);
}

TEST_CASE("transport: rates by address hold where it is known who asks") {
  Config config;
  config.address_per_minute = 600;
  config.sign_in_per_minute = 5;
  CHECK(limit_options(config).address.per_minute == 600);
  CHECK(limit_options(config).address.burst == 100);
  CHECK(limit_options(config).sign_in.burst == 1);
  config.is_behind_tls = true;
  CHECK(limit_options(config).address.per_minute == 0);
  CHECK(limit_options(config).sign_in.per_minute == 0);
  CHECK(transport_warnings(config).at(0).id == "SV-0054");
  CHECK(transport_warnings(config).at(0).severity == Severity::kWarning);
  config.trusted_proxies = "127.0.0.1, ::1";
  CHECK(transport_warnings(config).empty());
  CHECK(limit_options(config).address.per_minute == 600);
  CHECK(limit_options(config).trusted_proxies.size() == 2);
  CHECK(limit_options(config).header == http::ForwardedHeader::kXForwardedFor);
  config.forwarded_header = ForwardedBy::kForwarded;
  CHECK(limit_options(config).header == http::ForwardedHeader::kForwarded);
}

}  // namespace zicht::server
