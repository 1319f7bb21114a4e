// The configuration file by table: text in, values or line-numbered diagnostics out.
#include "server/config.h"

#include <doctest/doctest.h>

namespace zicht::server {
namespace {

struct Expected {
  std::string id;
  std::uint32_t line;
};

void check(const std::string& text, const std::vector<Expected>& expected) {
  const auto result = parse_config(text, "zicht.conf");
  CAPTURE(text);
  REQUIRE(result.diagnostics.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(result.diagnostics[i].id == expected[i].id);
    CHECK(result.diagnostics[i].line == expected[i].line);
  }
}

}  // namespace

TEST_CASE("configuration: comments, empty lines and spaces are allowed") {
  const auto result = parse_config("# a\n\n  port =  9000 \nbehind_tls = yes\n", "zicht.conf");
  CHECK(result.diagnostics.empty());
  CHECK(result.config.port == 9000);
  CHECK(result.config.is_behind_tls);
}

TEST_CASE("configuration: every problem is reported with its line") {
  check("port = 70000\nprot = 80\nport\nport = 1\nstore = oracle\n",
        {{"SV-0004", 1}, {"SV-0002", 2}, {"SV-0001", 3}, {"SV-0003", 4}, {"SV-0004", 5}});
  check("store = postgres\n", {{"SV-0005", 0}});
  check("trusted_proxies = 10.0.0.0/8, example.org\nforwarded_header = x-real-ip\n"
        "sign_in_per_minute = -1\npassword_hashes = 0\n",
        {{"SV-0004", 1}, {"SV-0004", 2}, {"SV-0004", 3}, {"SV-0004", 4}});
  check("trusted_proxies =\naddress_per_minute = 0\n", {});
  check("workers = 4x\nbehind_tls = maybe\n", {{"SV-0004", 1}, {"SV-0004", 2}});
}

TEST_CASE("configuration: what goes out is told by shapes, and mail needs a sender and a link") {
  check("public_url = https://zicht.example.nl\nsmtp_host = mail\nmail_from = z@example.nl\n"
        "webhook_allow = zaken.example.nl:8443, 10.0.0.0/8\nsmtp_tls = implicit\n"
        "event_source = urn:nld:oin:00000001234567890000:systeem:zicht\n",
        {});
  check("smtp_host = mail\nmail_from = z@example.nl\n", {{"SV-0006", 0}});
  check("smtp_host = mail\npublic_url = https://x\n", {{"SV-0006", 0}});
  check("public_url = https://x/\nevent_source = urn:nld:oin:1:systeem:x\n"
        "webhook_allow = *.example.nl\nsmtp_tls = maybe\nmail_from = z\noutbox_tries = 0\n",
        {{"SV-0004", 1}, {"SV-0004", 2}, {"SV-0004", 3}, {"SV-0004", 4}, {"SV-0004", 5},
         {"SV-0004", 6}});
}

TEST_CASE("configuration: sites that may frame pages are addresses, or all") {
  check("embed_sites =\n", {});
  check("embed_sites = *\n", {});
  check("embed_sites = https://gemeente.example.nl, https://www.example.org\n", {});
  check("embed_sites = http://gemeente.example.nl\n", {{"SV-0004", 1}});
  check("embed_sites = https://a.nl; script-src *\n", {{"SV-0004", 1}});
  check("embed_sites = 'self'\n", {{"SV-0004", 1}});
}

TEST_CASE("configuration: who publishes, under which licence and about what") {
  check(
      "publisher_name = Gemeente Voorbeeld\ncontact_email = open@example.nl\n"
      "publisher_url = https://identifier.overheid.nl/tooi/id/gemeente/gm0344\n"
      "open_data_licence = https://creativecommons.org/licenses/by/4.0/deed.nl\n"
      "open_data_themes = HEAL, SOCI\n",
      {});
  check("publisher_url =\ncontact_email =\n", {});
  check(
      "publisher_name =\npublisher_url = zicht.nl\ncontact_email = open\n"
      "open_data_licence = https://example.nl/mine\nopen_data_themes = CARE\n",
      {{"SV-0004", 1}, {"SV-0004", 2}, {"SV-0004", 3}, {"SV-0004", 4}, {"SV-0004", 5}});
  check("open_data_themes =\nopen_data_licence =\npublisher_url = https://x> <y\n",
        {{"SV-0004", 1}, {"SV-0004", 2}, {"SV-0004", 3}});
}

TEST_CASE("configuration: what is rendered reads back the same") {
  Config config;
  config.store = StoreKind::kPostgres;
  config.postgres = "host=/run/postgresql dbname=zicht";
  config.port = 4711;
  config.is_behind_tls = true;
  config.trusted_proxies = "127.0.0.1, 2001:db8::/32";
  config.forwarded_header = ForwardedBy::kForwarded;
  config.limits_loopback = true;
  config.tls_certificate = "/etc/zicht/chain.pem";
  config.tls_key = "/etc/zicht/key.pem";
  const auto result = parse_config(render_config(config), "zicht.conf");
  CHECK(result.diagnostics.empty());
  CHECK(render_config(result.config) == render_config(config));
  CHECK(result.config.postgres == config.postgres);
  CHECK(result.config.tls_certificate == config.tls_certificate);
  CHECK(result.config.tls_key == config.tls_key);
  CHECK(result.config.trusted_proxies == config.trusted_proxies);
  CHECK(result.config.forwarded_header == ForwardedBy::kForwarded);
  CHECK(result.config.limits_loopback);
}

}  // namespace zicht::server
