// app's MessageSender over libcurl: webhooks by HTTPS, mail by SMTP.
//
//     CurlSender sender({.allowed = list, .smtp = {.host = "mail.example.nl", ...}});
//     const app::Delivery delivery = sender.post(request);
//
// What the other side does costs at most `timeout_seconds` and 64 KiB: an answer is read up to
// there and judged by its status. No redirect is followed, no proxy of the environment is used, no
// cookie is kept. The address of a webhook is judged by AddressGuard; the mail server is the
// operator's own choice and is not. Nothing here logs or throws; errors are catalogue ids.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "app/outbox_ports.h"
#include "exchange/address_guard.h"

namespace zicht::exchange {

enum class SmtpTls : std::uint8_t {
  kRequired,  // STARTTLS, or no mail
  kImplicit,  // TLS from the first byte (port 465)
  kNone,      // for a mail server on this machine
};

struct SmtpOptions {
  std::string host;                     // empty: no mail is sent
  std::int64_t port = 587;
  SmtpTls tls = SmtpTls::kRequired;
  std::string user;                     // empty: no sign-in
  std::string password;
  std::string from;                     // address of the sender
};

struct CurlSenderOptions {
  AllowList allowed;                    // receivers of webhooks besides public ones
  SmtpOptions smtp;
  std::int64_t timeout_seconds = 15;    // of one try, at most 60
  std::string ca_file;                  // who may sign certificates; empty: as the system says
  // "name:port:address": what a name leads to, before any name server is asked. For tests.
  std::vector<std::string> resolved;
};

class CurlSender final : public app::MessageSender {
 public:
  explicit CurlSender(CurlSenderOptions options);

  app::Delivery post(const app::WebhookRequest& request) override;
  app::Delivery mail(const app::Mail& mail) override;

  // The tries that run now and those after it end at once, as unreachable. Thread-safe.
  void cancel() { is_cancelled_ = true; }

 private:
  CurlSenderOptions options_;
  AddressGuard guard_;
  std::atomic<bool> is_cancelled_{false};
};

}  // namespace zicht::exchange
