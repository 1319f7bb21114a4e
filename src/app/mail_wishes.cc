#include "app/mail_wishes.h"

#include <algorithm>

#include "app/internal/body.h"
#include "app/present/json_writer.h"
#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::app {
namespace {

constexpr std::size_t kMostAddress = 254;
constexpr std::size_t kMostName = 64;

std::string_view name_of(MailWish wish) {
  switch (wish) {
    case MailWish::kNever:
      return "never";
    case MailWish::kAtOnce:
      return "at_once";
    case MailWish::kDaily:
      return "daily";
  }
  return "never";
}

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool consists_of(std::string_view text, std::string_view others) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_alphanumeric(c) || others.find(c) != std::string_view::npos;
  });
}

std::string document(const MailPreference& preference, bool can_mail) {
  std::string out;
  JsonWriter json(out);
  json.object().member("wish", name_of(preference.wish)).member("address", preference.address);
  json.member("language", preference.language).key("possible").boolean(can_mail).end();
  return out;
}

void refuse_choice(internal::Body& body, const std::string& where, const std::string& possible) {
  body.add(make_problem("AP-0127", where, {{"possible", possible}}));
}

}  // namespace

bool is_mail_address(const std::string& address) {
  const auto at = address.find('@');
  if (at == std::string::npos || address.size() > kMostAddress || at > kMostName) return false;
  const std::string_view name = std::string_view(address).substr(0, at);
  const std::string_view host = std::string_view(address).substr(at + 1);
  const bool has_odd_dots = address.find("..") != std::string::npos || name.starts_with('.') ||
                            name.ends_with('.') || host.starts_with('.') || host.ends_with('.') ||
                            host.starts_with('-') || host.ends_with('-');
  return consists_of(name, "!#$%&'*+/=?^_`{|}~.-") && consists_of(host, ".-") && !has_odd_dots;
}

Result<std::string> MailWishes::read(const Caller& caller) {
  if (caller.is_visitor()) return make_error("AP-0004");
  ZICHT_TRY(preference, store_.mail_preference(caller.account));
  return document(preference, can_mail_);
}

Result<std::string> MailWishes::change(const Caller& caller, const Json& request) {
  if (caller.is_visitor()) return make_error("AP-0004");
  internal::Body body(request, {"wish", "address", "language"});
  MailPreference preference;
  preference.account = caller.account;
  const std::string wish = body.text("wish");
  preference.address = std::string(trim(body.text_if("address").value_or("")));
  preference.language = body.text_if("language").value_or("nl");
  if (wish == "at_once") preference.wish = MailWish::kAtOnce;
  if (wish == "daily") preference.wish = MailWish::kDaily;
  if (wish != name_of(preference.wish) && body.is_sound()) {
    refuse_choice(body, "/wish", "at_once, daily, never");
  }
  if (preference.language != "nl" && preference.language != "en") {
    refuse_choice(body, "/language", "nl, en");
  }
  const bool is_wanted = preference.wish != MailWish::kNever;
  if (is_wanted && !is_mail_address(preference.address)) {
    body.add(make_problem("AP-0125", "/address"));
  }
  ZICHT_CHECKED(body.check());
  if (is_wanted && !can_mail_) return make_error("AP-0126");
  if (!is_wanted) preference.address.clear();
  ZICHT_CHECKED(store_.put_mail_preference(preference));
  return document(preference, can_mail_);
}

}  // namespace zicht::app
