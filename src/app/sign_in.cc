#include "app/sign_in.h"

#include <sodium.h>

#include <array>

#include "app/internal/session_cache.h"
#include "app/internal/sign_in_parts.h"
#include "app/present/json_writer.h"
#include "app/totp.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/text.h"

namespace zicht::app {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kMostUnknownLogins = 10'000;
constexpr std::int64_t kMicrosecondsPerMinute = 60 * kMicrosecondsPerSecond;

// 256 random bits as 64 hexadecimal digits.
std::string random_token(Rng& rng) {
  std::array<std::byte, kTokenBytes> bytes{};
  rng.fill(bytes);
  return to_hex(bytes);
}

bool is_token(std::string_view text) {
  return text.size() == 2 * kTokenBytes &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

SignedIn signed_in_as(const Account& account, const Credential& credential,
                      const std::string& csrf_token) {
  SignedIn signed_in;
  signed_in.caller = {account.id, account.person, account.name, account.organisation,
                      account.roles};
  // Whoever made the password knows it: nothing may be done with it but choosing another.
  signed_in.caller.subject = account.subject;
  if (credential.must_change) {
    signed_in.caller.roles.clear();
    signed_in.caller.subject.clear();
  }
  signed_in.csrf_token = csrf_token;
  signed_in.has_totp = credential.totp_confirmed;
  signed_in.must_change_password = credential.must_change;
  signed_in.is_demo = account.is_demo;
  return signed_in;
}

SignInOutcome refused(Error error) {
  SignInOutcome outcome;
  outcome.refused = std::move(error);
  return outcome;
}

SignInOutcome refused_locked(std::int64_t seconds) {
  SignInOutcome outcome = refused(internal::locked_error(seconds));
  outcome.retry_after_seconds = seconds;
  return outcome;
}

void write_roles(JsonWriter& json, const Rulebook& rules, const Caller& caller) {
  json.key("roles").array();
  for (const std::string& role : caller.roles) {
    json.object().member("id", role).member("title", model::role_title(rules.packs, role)).end();
  }
  json.end();
}

}  // namespace

SignIn::SignIn(Ports ports, SignInOptions options)
    : ports_(ports),
      options_(options),
      sessions_(std::make_unique<internal::SessionCache>()) {}

SignIn::~SignIn() = default;

std::string SignIn::normal_login(std::string_view typed) {
  std::string login(trim(typed));
  for (char& c : login) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return login;
}

// ---------------------------------------------------------------- signing in

Result<SignInOutcome> SignIn::sign_in(const SignInRequest& request) {
  ZICHT_TRY(decoy, decoy_hash());
  ZICHT_TRY(who, find_who(request));
  Credential before;
  {
    const std::lock_guard lock(deciding_);
    ZICHT_TRY(credential, credential_of(who));
    const auto seconds = seconds_locked(internal::lockout_of(credential), ports_.clock.now());
    if (seconds > 0) return refused_locked(seconds);
    before = std::move(credential);
  }
  // Before it is known whether anybody has this login, so that the answer takes as long.
  const bool is_right = ports_.hasher.verify(
      before.password_hash.empty() ? decoy : before.password_hash, request.password);
  const std::lock_guard lock(deciding_);
  ZICHT_TRY(credential, credential_of(who));
  // Others may have failed meanwhile: many guesses at once are no way around the lock.
  const auto seconds = seconds_locked(internal::lockout_of(credential), ports_.clock.now());
  if (seconds > 0) return refused_locked(seconds);
  const bool is_current = credential.password_hash == before.password_hash;
  if (!who.account || !is_right || !is_current) return refuse_wrong(who, credential);
  return admit(who, std::move(credential), request.code);
}

// Made at the first sign-in rather than at the start: commands do without it.
Result<std::string> SignIn::decoy_hash() {
  const std::lock_guard lock(deciding_);
  if (decoy_hash_.empty()) {
    ZICHT_TRY(made, ports_.hasher.hash(random_token(ports_.rng)));
    decoy_hash_ = std::move(made);
  }
  return decoy_hash_;
}

Result<SignIn::Who> SignIn::find_who(const SignInRequest& request) {
  const std::string login = normal_login(request.login);
  // Hashed: people type their password here by mistake.
  Who who{std::nullopt, hash_of(login).to_string()};
  ZICHT_TRY(account, ports_.store.find_account_by_login(login));
  const bool may_try =
      account && account->is_active && (!account->is_demo || request.peer_is_loopback);
  if (may_try) who.account = std::move(account);
  return who;
}

Result<Credential> SignIn::credential_of(const Who& who) {
  const std::string id = who.account ? who.account->id : std::string();
  ZICHT_TRY(found, ports_.credentials.credential(id));
  if (who.account) return found.value_or(internal::blank_credential(id));
  Credential nobody;
  if (const auto known = unknown_.find(who.key); known != unknown_.end()) {
    nobody.failures = known->second.failures;
    nobody.locked_until = known->second.locked_until;
  }
  return nobody;
}

// For unknown logins it writes too, one row that nobody reads: that takes as long.
Result<void> SignIn::put_credential_of(const Who& who, const Credential& credential) {
  if (!who.account) {
    if (unknown_.size() >= kMostUnknownLogins) unknown_.clear();
    unknown_[who.key] = internal::lockout_of(credential);
  }
  return ports_.credentials.put_credential(credential);
}

Result<void> SignIn::count_failure(const Who& who, Credential credential) {
  const auto after = with_failure(internal::lockout_of(credential), ports_.clock.now());
  credential.failures = after.failures;
  credential.locked_until = after.locked_until;
  return put_credential_of(who, credential);
}

Result<SignInOutcome> SignIn::refuse_wrong(const Who& who, const Credential& credential) {
  ZICHT_CHECKED(count_failure(who, credential));
  return refused(make_error("AP-0040"));
}

Result<SignInOutcome> SignIn::admit(const Who& who, Credential credential,
                                    const std::string& code) {
  if (credential.totp_confirmed) {
    if (trim(code).empty()) return refused(make_error("AP-0041"));
    const auto step = find_totp_step(credential.totp_secret, code, ports_.clock.now(),
                                     credential.last_totp_step);
    if (!step) return refuse_wrong(who, credential);
    credential.last_totp_step = *step;
  }
  if (credential.totp_confirmed || credential.failures > 0) {
    credential.failures = 0;
    credential.locked_until.reset();
    ZICHT_CHECKED(ports_.credentials.put_credential(credential));
  }
  return open_session(*who.account, credential);
}

Result<SignInOutcome> SignIn::open_session(const Account& account, const Credential& credential) {
  const Instant now = ports_.clock.now();
  ZICHT_TRY(expires, add_microseconds(now, options_.hours * kMicrosecondsPerHour));
  SignInOutcome outcome;
  outcome.token = random_token(ports_.rng);
  outcome.expires = expires;
  Session session;
  session.token_hash = hash_of(outcome.token).to_string();
  session.account = account.id;
  session.csrf_token = random_token(ports_.rng);
  session.created = now;
  session.last_seen = now;
  session.expires = expires;
  ZICHT_CHECKED(ports_.credentials.put_session(session));
  outcome.signed_in = signed_in_as(account, credential, session.csrf_token);
  return outcome;
}

// ---------------------------------------------------------------- sessions

Result<std::optional<SignedIn>> SignIn::resolve(const std::string& token) {
  if (!is_token(token)) return std::optional<SignedIn>();
  const std::string hash = hash_of(token).to_string();
  const Instant now = ports_.clock.now();
  if (auto known = sessions_->find(hash, now)) return known;
  const auto generation = sessions_->generation();
  ZICHT_TRY(session, ports_.credentials.session(hash));
  if (!session) return std::optional<SignedIn>();
  if (has_ended(*session, now)) {
    ZICHT_CHECKED(sign_out(token));
    return std::optional<SignedIn>();
  }
  ZICHT_TRY(signed_in, read_signed_in(*session));
  if (!signed_in) return std::optional<SignedIn>();
  ZICHT_TRY(is_there, touch(*session, now));
  if (!is_there) return std::optional<SignedIn>();
  sessions_->put(hash, {*signed_in, session->expires, now}, generation);
  return signed_in;
}

Result<bool> SignIn::still_is(const std::string& token, const Caller& caller) {
  if (!is_token(token)) return false;
  const std::string hash = hash_of(token).to_string();
  const Instant now = ports_.clock.now();
  std::optional<SignedIn> known = sessions_->find(hash, now);
  if (!known) {
    ZICHT_TRY(session, ports_.credentials.session(hash));
    if (!session || has_ended(*session, now)) return false;
    ZICHT_TRY(signed_in, read_signed_in(*session));
    known = std::move(signed_in);
  }
  return known && known->caller.account == caller.account && known->caller.roles == caller.roles &&
         known->caller.organisation == caller.organisation &&
         known->caller.subject == caller.subject;
}

Result<void> SignIn::remove_ended_sessions() {
  const Instant now = ports_.clock.now();
  ZICHT_TRY(used_after, add_microseconds(now, -options_.idle_minutes * kMicrosecondsPerMinute));
  return ports_.credentials.remove_sessions_ended(now, used_after);
}

bool SignIn::has_ended(const Session& session, Instant now) const {
  const auto idle = microseconds_between(session.last_seen, now);
  return now >= session.expires || idle >= options_.idle_minutes * kMicrosecondsPerMinute;
}

Result<std::optional<SignedIn>> SignIn::read_signed_in(const Session& session) {
  ZICHT_TRY(account, ports_.store.find_account(session.account));
  ZICHT_TRY(credential, ports_.credentials.credential(session.account));
  if (!account || !account->is_active || !credential) return std::optional<SignedIn>();
  return std::optional(signed_in_as(*account, *credential, session.csrf_token));
}

// At most one write a minute. False: the session was ended since it was read.
Result<bool> SignIn::touch(const Session& session, Instant now) {
  if (microseconds_between(session.last_seen, now) < kMicrosecondsPerMinute) return true;
  const std::lock_guard lock(ending_);
  ZICHT_TRY(held, ports_.credentials.session(session.token_hash));
  if (!held) return false;
  if (held->last_seen >= now) return true;
  held->last_seen = now;
  // Reading goes on while the store cannot be written; the session ends earlier at worst.
  static_cast<void>(ports_.credentials.put_session(*held));
  return true;
}

Result<void> SignIn::sign_out(const std::string& token) {
  if (!is_token(token)) return {};
  const std::string hash = hash_of(token).to_string();
  const std::lock_guard lock(ending_);
  ZICHT_CHECKED(ports_.credentials.remove_session(hash));
  sessions_->forget(hash);
  return {};
}

Result<void> SignIn::end_sessions_of(const std::string& account) {
  const std::lock_guard lock(ending_);
  ZICHT_CHECKED(ports_.credentials.remove_sessions_of(account));
  sessions_->forget_account(account);
  return {};
}

void SignIn::forget_account(const std::string& account) { sessions_->forget_account(account); }

void SignIn::forget_all_accounts() { sessions_->forget_all(); }

bool SignIn::is_csrf_token_of(const SignedIn& signed_in, std::string_view token) {
  const std::string& own = signed_in.csrf_token;
  return !own.empty() && own.size() == token.size() &&
         sodium_memcmp(own.data(), token.data(), own.size()) == 0;
}

std::string SignIn::session_document(const SignedIn* signed_in, Language language) {
  std::string out;
  JsonWriter json(out);
  json.object().key("account");
  if (signed_in == nullptr) {
    json.null();
  } else {
    const Caller& caller = signed_in->caller;
    json.object().member("id", caller.account).member("name", caller.name);
    json.key("organisation").object().member("id", caller.organisation);
    json.member("name", ports_.organisations.name_of(caller.organisation)).end();
    write_roles(json, *ports_.packs.rules(), caller);
    json.key("totp").boolean(signed_in->has_totp);
    json.key("must_change_password").boolean(signed_in->must_change_password);
    json.member_if("subject", caller.subject).end();
    json.member("csrf_token", signed_in->csrf_token);
    json.key("demo").boolean(signed_in->is_demo);
  }
  json.member("language", language == Language::kDutch ? "nl" : "en").end();
  return out;
}

}  // namespace zicht::app
