#include "exchange/curl_sender.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>

#include "base/date.h"

namespace zicht::exchange {
namespace {

using app::Delivery;
using app::DeliveryOutcome;

constexpr std::size_t kMostAnswer = std::size_t{64} << 10;
constexpr long kConnectSeconds = 5;

struct HandleEnd {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListEnd {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, HandleEnd>;

class List {
 public:
  void add(const std::string& line) {
    list_.reset(curl_slist_append(list_.release(), line.c_str()));
  }
  curl_slist* get() const { return list_.get(); }

 private:
  std::unique_ptr<curl_slist, ListEnd> list_;
};

// What callbacks of one try share.
struct Try {
  const AddressGuard* guard = nullptr;  // null: any address
  CallTarget target;
  bool was_refused = false;             // the guard said no
  std::size_t received = 0;
  bool was_cut = false;                 // the answer was longer than is read
  const std::atomic<bool>* is_cancelled = nullptr;
  std::string_view upload;
};

// The socket is made for the address that the guard saw, so nothing can come between the two.
curl_socket_t open_socket(void* context, curlsocktype, curl_sockaddr* address) {
  auto& current = *static_cast<Try*>(context);
  if (current.guard != nullptr && !current.guard->may_call(current.target, address->addr)) {
    current.was_refused = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take_bytes(char*, std::size_t size, std::size_t count, void* context) {
  auto& current = *static_cast<Try*>(context);
  current.received += size * count;
  current.was_cut = current.received > kMostAnswer;
  return current.was_cut ? 0 : size * count;
}

std::size_t give_bytes(char* buffer, std::size_t size, std::size_t count, void* context) {
  auto& current = *static_cast<Try*>(context);
  const std::size_t length = std::min(size * count, current.upload.size());
  std::memcpy(buffer, current.upload.data(), length);
  current.upload.remove_prefix(length);
  return length;
}

int look_whether_cancelled(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return *static_cast<Try*>(context)->is_cancelled ? 1 : 0;
}

// What every try has, whatever it sends.
void set_limits(CURL* handle, Try& current, const CurlSenderOptions& options) {
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(options.timeout_seconds));
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options.ca_file.c_str());
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &current);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_bytes);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &current);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_bytes);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &current);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, look_whether_cancelled);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &current);
}

struct UrlEnd {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return "";
  std::string copy(text);
  curl_free(text);
  return copy;
}

// Read by the library that will call it, so that the two cannot read it differently.
std::optional<CallTarget> target_of(const std::string& text) {
  const std::unique_ptr<CURLU, UrlEnd> url(curl_url());
  if (url == nullptr) return std::nullopt;
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return std::nullopt;
  CallTarget target{.host = part_of(url.get(), CURLUPART_HOST),
                    .port = 0,
                    .is_encrypted = part_of(url.get(), CURLUPART_SCHEME) == "https"};
  const std::string port = part_of(url.get(), CURLUPART_PORT);
  std::from_chars(port.data(), port.data() + port.size(), target.port);
  return target;
}

Delivery sent() { return {}; }
Delivery refused(std::string id) { return {DeliveryOutcome::kRefused, std::move(id)}; }
Delivery unreachable(std::string id) { return {DeliveryOutcome::kUnreachable, std::move(id)}; }
Delivery rejected(std::string id) { return {DeliveryOutcome::kRejected, std::move(id)}; }

long status_of(CURL* handle) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

bool is_about_encryption(CURLcode code) {
  return code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION ||
         code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CIPHER ||
         code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR;
}

// Nothing came that could be judged.
Delivery without_answer(CURLcode code, const Try& current) {
  if (current.was_refused) return refused("EX-0010");
  if (code == CURLE_OPERATION_TIMEDOUT) return unreachable("EX-0012");
  return unreachable(is_about_encryption(code) ? "EX-0016" : "EX-0011");
}

Delivery judged_answer(CURLcode code, long status, const Try& current) {
  // A status that came counts, also when what follows it was cut off or did not come.
  const bool has_answer = code == CURLE_OK || current.was_cut || code == CURLE_OPERATION_TIMEDOUT ||
                          code == CURLE_RECV_ERROR || code == CURLE_PARTIAL_FILE;
  if (!has_answer || status < 200) return without_answer(code, current);
  if (status < 300) return sent();
  if (status < 400) return refused("EX-0014");
  return status == 410 ? rejected("EX-0015") : refused("EX-0013");
}

Delivery judged_mail(CURLcode code, long status, const Try& current) {
  if (code == CURLE_OK) return sent();
  if (code == CURLE_USE_SSL_FAILED) return unreachable("EX-0019");
  if (code == CURLE_LOGIN_DENIED) return unreachable("EX-0020");
  const bool is_told = code != CURLE_OPERATION_TIMEDOUT && code != CURLE_ABORTED_BY_CALLBACK;
  if (is_told && status >= 500) return rejected("EX-0018");
  if (is_told && status >= 400) return refused("EX-0017");
  return without_answer(code, current);
}

// "Sat, 31 Jan 2026 09:30:00 +0000" (RFC 5322).
std::string mail_date(Instant at) {
  static constexpr std::array kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Date date = at.utc_date();
  const std::string time = at.to_string().substr(11, 8);
  return fmt::format("{}, {:02} {} {:04} {} +0000",
                     kDays[static_cast<std::size_t>(static_cast<int>(date.weekday()) - 1)],
                     date.day(), kMonths[static_cast<std::size_t>(date.month() - 1)], date.year(),
                     time);
}

std::string mail_bytes(const app::Mail& mail, const std::string& from) {
  return "Date: " + mail_date(mail.date) + "\r\nFrom: <" + from + ">\r\nTo: <" + mail.to +
         ">\r\nMessage-ID: <" + mail.message_id + ">\r\nSubject: " + mail.subject +
         "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
         "Content-Type: text/plain; charset=us-ascii\r\n\r\n" +
         mail.text;
}

}  // namespace

CurlSender::CurlSender(CurlSenderOptions options)
    : options_(std::move(options)), guard_(options_.allowed) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
}

Delivery CurlSender::post(const app::WebhookRequest& request) {
  const Handle handle(curl_easy_init());
  const auto target = target_of(request.url);
  if (handle == nullptr || !target) return unreachable("EX-0011");
  Try current;
  current.guard = &guard_;
  current.target = *target;
  current.is_cancelled = &is_cancelled_;
  set_limits(handle.get(), current, options_);
  List headers, resolved;
  for (const std::string& header : request.headers) headers.add(header);
  // No waiting for "100 Continue" from receivers that do not know it.
  headers.add("Expect:");
  headers.add("User-Agent: Zicht");
  for (const std::string& each : options_.resolved) resolved.add(each);
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle.get(), CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_RESOLVE, resolved.get());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, request.body.c_str());
  const CURLcode code = curl_easy_perform(handle.get());
  return judged_answer(code, status_of(handle.get()), current);
}

Delivery CurlSender::mail(const app::Mail& mail) {
  const SmtpOptions& smtp = options_.smtp;
  const Handle handle(curl_easy_init());
  if (smtp.host.empty() || handle == nullptr) return unreachable("EX-0011");
  Try current;
  current.is_cancelled = &is_cancelled_;
  set_limits(handle.get(), current, options_);
  const std::string text = mail_bytes(mail, smtp.from);
  current.upload = text;
  const bool is_implicit = smtp.tls == SmtpTls::kImplicit;
  const auto at = smtp.from.find('@');
  const std::string own_name = at == std::string::npos ? "zicht" : smtp.from.substr(at + 1);
  const std::string url = (is_implicit ? "smtps://" : "smtp://") + smtp.host + ":" +
                          std::to_string(smtp.port) + "/" + own_name;
  const std::string from = "<" + smtp.from + ">";
  List recipients;
  recipients.add("<" + mail.to + ">");
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  const auto encryption = smtp.tls == SmtpTls::kNone ? CURLUSESSL_NONE : CURLUSESSL_ALL;
  curl_easy_setopt(handle.get(), CURLOPT_USE_SSL, static_cast<long>(encryption));
  if (!smtp.user.empty()) {
    curl_easy_setopt(handle.get(), CURLOPT_USERNAME, smtp.user.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_PASSWORD, smtp.password.c_str());
  }
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, give_bytes);
  curl_easy_setopt(handle.get(), CURLOPT_READDATA, &current);
  const CURLcode code = curl_easy_perform(handle.get());
  return judged_mail(code, status_of(handle.get()), current);
}

}  // namespace zicht::exchange
