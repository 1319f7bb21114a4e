// The part of SignIn that changes what somebody signs in with: password and second factor.
#include "app/internal/session_cache.h"
#include "app/internal/sign_in_parts.h"
#include "app/sign_in.h"
#include "app/totp.h"
#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::app {
namespace {

constexpr std::size_t kLeastPassword = 12;

bool is_same_text(const std::string& a, const std::string& b) {
  return fold_for_search(a) == fold_for_search(b);
}

Result<void> check_replacement(const Account& account, const std::string& current,
                               const std::string& replacement) {
  const bool is_sound = code_point_length(replacement) >= kLeastPassword &&
                        replacement != current && !is_same_text(replacement, account.login) &&
                        !is_same_text(replacement, account.name);
  if (!is_sound) return make_error("AP-0047");
  return {};
}

void clear_totp(Credential& credential) {
  credential.totp_secret.clear();
  credential.totp_confirmed = false;
  credential.last_totp_step = 0;
}

}  // namespace

namespace internal {

Error locked_error(std::int64_t seconds) {
  return make_error("AP-0042", {{"minutes", std::to_string((seconds + 59) / 60)}});
}

}  // namespace internal

Result<SignIn::Who> SignIn::who_is(const Caller& caller) {
  if (caller.is_visitor()) return make_error("AP-0004");
  ZICHT_TRY(account, ports_.store.find_account(caller.account));
  if (!account) return make_error("AP-0004");
  return Who{std::move(account), ""};
}

Result<Credential> SignIn::open_credential(const Who& who) {
  ZICHT_TRY(credential, credential_of(who));
  const auto seconds = seconds_locked(internal::lockout_of(credential), ports_.clock.now());
  if (seconds > 0) return internal::locked_error(seconds);
  return credential;
}

// ---------------------------------------------------------------- second factor

Result<TotpEnrolment> SignIn::start_totp(const Caller& caller) {
  ZICHT_TRY(who, who_is(caller));
  const std::lock_guard lock(deciding_);
  ZICHT_TRY(credential, credential_of(who));
  if (credential.totp_confirmed) return make_error("AP-0043");
  credential.totp_secret = make_totp_secret(ports_.rng);
  credential.last_totp_step = 0;
  ZICHT_CHECKED(ports_.credentials.put_credential(credential));
  return TotpEnrolment{credential.totp_secret,
                       totp_uri({.login = who.account->login, .secret = credential.totp_secret})};
}

// Wrong codes are not counted: whoever confirms has just been shown the secret.
Result<void> SignIn::confirm_totp(const Caller& caller, const std::string& code) {
  ZICHT_TRY(who, who_is(caller));
  const std::lock_guard lock(deciding_);
  ZICHT_TRY(credential, credential_of(who));
  if (credential.totp_confirmed) return make_error("AP-0043");
  if (credential.totp_secret.empty()) return make_error("AP-0045");
  const auto step = find_totp_step(credential.totp_secret, code, ports_.clock.now(),
                                   credential.last_totp_step);
  if (!step) return make_error("AP-0044");
  credential.totp_confirmed = true;
  credential.last_totp_step = *step;
  ZICHT_CHECKED(ports_.credentials.put_credential(credential));
  sessions_->forget_account(caller.account);
  return {};
}

Result<void> SignIn::remove_totp(const Caller& caller, const std::string& code) {
  ZICHT_TRY(who, who_is(caller));
  const std::lock_guard lock(deciding_);
  ZICHT_TRY(credential, open_credential(who));
  if (!credential.totp_confirmed) return make_error("AP-0045");
  const auto step = find_totp_step(credential.totp_secret, code, ports_.clock.now(),
                                   credential.last_totp_step);
  if (!step) {
    ZICHT_CHECKED(count_failure(who, credential));
    return make_error("AP-0044");
  }
  clear_totp(credential);
  ZICHT_CHECKED(ports_.credentials.put_credential(credential));
  sessions_->forget_account(caller.account);
  return {};
}

// ---------------------------------------------------------------- password

Result<void> SignIn::change_password(const Caller& caller, const std::string& current,
                                     const std::string& replacement) {
  ZICHT_TRY(who, who_is(caller));
  ZICHT_CHECKED(check_replacement(*who.account, current, replacement));
  Credential before;
  {
    const std::lock_guard lock(deciding_);
    ZICHT_TRY(credential, open_credential(who));
    before = std::move(credential);
  }
  const bool is_right = ports_.hasher.verify(before.password_hash, current);
  std::string hash;
  if (is_right) {
    ZICHT_TRY(made, ports_.hasher.hash(replacement));
    hash = std::move(made);
  }
  const std::lock_guard lock(deciding_);
  ZICHT_TRY(credential, open_credential(who));
  if (!is_right || credential.password_hash != before.password_hash) {
    ZICHT_CHECKED(count_failure(who, credential));
    return make_error("AP-0046");
  }
  credential.password_hash = hash;
  credential.must_change = false;
  credential.failures = 0;
  ZICHT_CHECKED(ports_.credentials.put_credential(credential));
  return end_sessions_of(caller.account);
}

Result<void> SignIn::put_password(const std::string& account, const std::string& hash,
                                  PasswordKind kind) {
  const std::lock_guard lock(deciding_);
  ZICHT_TRY(found, ports_.credentials.credential(account));
  Credential credential = found.value_or(internal::blank_credential(account));
  credential.password_hash = hash;
  credential.must_change = kind == PasswordKind::kTemporary;
  credential.failures = 0;
  credential.locked_until.reset();
  if (credential.must_change) clear_totp(credential);
  ZICHT_CHECKED(ports_.credentials.put_credential(credential));
  return end_sessions_of(account);
}

Result<void> SignIn::forget_totp(const std::string& account) {
  const std::lock_guard lock(deciding_);
  ZICHT_TRY(found, ports_.credentials.credential(account));
  if (found) {
    clear_totp(*found);
    ZICHT_CHECKED(ports_.credentials.put_credential(*found));
  }
  return end_sessions_of(account);
}

Result<bool> SignIn::has_password(const std::string& account) {
  ZICHT_TRY(found, ports_.credentials.credential(account));
  return found.has_value();
}

}  // namespace zicht::app
