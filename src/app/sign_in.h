// Signing in: password (argon2id), one-time code (TOTP, RFC 6238), lockout, sessions.
//
// A token has 256 random bits; only its BLAKE2b hash is stored. Sessions end some time without use
// and some time in all (SignInOptions). Wrong passwords and codes lock the account for a growing
// time: from the fifth, 1, 2, 4 ... at most 60 minutes. A login that is unknown, not active, or a
// demo account from elsewhere costs the same work, gives the same answers and locks the same way
// as a wrong password. A code works once. While a password must be changed (made by an
// administrator) the caller holds no roles.
//
// Who a session belongs to is kept in memory for five seconds. On this server a sign-out, a change
// of the account and an erasure of its person hold at once; another server or command sees them
// within that time, and an erasure about a second after it (forget_all_accounts).
//
// Thread-safe; argon2id takes tens of milliseconds, so call it on a worker.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "app/access.h"
#include "app/answer.h"
#include "app/internal/lockout.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "base/rng.h"

namespace zicht::app {

namespace internal {
class SessionCache;
}  // namespace internal

struct SignInOptions {
  std::int64_t idle_minutes = 30;       // judged to the minute: use is written once a minute
  std::int64_t hours = 12;              // in all, for sessions that begin from now on
};

struct SignedIn {
  Caller caller;
  std::string csrf_token;
  bool has_totp = false;
  bool must_change_password = false;
  bool is_demo = false;
};

struct SignInRequest {
  std::string login, password, code;    // code: six digits, or empty
  bool peer_is_loopback = false;        // demo accounts work from loopback only
};

// Exactly one of `signed_in` and `refused`.
struct SignInOutcome {
  std::optional<SignedIn> signed_in;
  std::string token;                    // for the cookie; nowhere else
  Instant expires;
  std::optional<Error> refused;         // AP-0040 wrong, AP-0041 code needed, AP-0042 locked
  std::int64_t retry_after_seconds = 0; // with AP-0042
};

struct TotpEnrolment {
  std::string secret;                   // base32, for typing
  std::string uri;                      // otpauth://totp/..., for a QR code
};

class SignIn {
 public:
  struct Ports {
    Store& store;
    CredentialStore& credentials;
    PasswordHasher& hasher;
    PacksService& packs;
    Organisations& organisations;
    const Clock& clock;
    Rng& rng;                           // thread-safe
  };
  explicit SignIn(Ports ports, SignInOptions options = {});
  ~SignIn();
  SignIn(const SignIn&) = delete;
  SignIn& operator=(const SignIn&) = delete;

  // How logins are kept and compared: without blanks around them, ASCII letters in lower case.
  [[nodiscard]] static std::string normal_login(std::string_view typed);

  // Errors: those of the store only; a refusal is an outcome.
  [[nodiscard]] Result<SignInOutcome> sign_in(const SignInRequest& request);
  // Absent: no such session, or it ended, or the account is not active any more.
  [[nodiscard]] Result<std::optional<SignedIn>> resolve(const std::string& token);
  [[nodiscard]] Result<void> sign_out(const std::string& token);

  // GET /v1/session; nullptr: nobody is signed in. `account` also says `must_change_password`;
  // `demo` stands beside it.
  [[nodiscard]] std::string session_document(const SignedIn* signed_in, Language language);

  // Whether the session still gives this caller the same rights. Does not count as use of it.
  [[nodiscard]] Result<bool> still_is(const std::string& token, const Caller& caller);
  // Removes what is left of sessions that ended by themselves.
  [[nodiscard]] Result<void> remove_ended_sessions();
  // Constant-time comparison of the header with the session's token.
  [[nodiscard]] static bool is_csrf_token_of(const SignedIn& signed_in, std::string_view token);

  // Starts again when called twice; works only after confirm. Errors: AP-0004 visitor,
  // AP-0043 already on.
  [[nodiscard]] Result<TotpEnrolment> start_totp(const Caller& caller);
  // Errors: AP-0043 already on, AP-0044 wrong code, AP-0045 not started. In remove_totp wrong codes
  // count for the lockout: AP-0042.
  [[nodiscard]] Result<void> confirm_totp(const Caller& caller, const std::string& code);
  [[nodiscard]] Result<void> remove_totp(const Caller& caller, const std::string& code);

  // Ends all sessions of the account; sign in again. Errors: AP-0046 current one wrong (counts for
  // the lockout), AP-0047 too short (12 characters) or equal to login, name or the current one,
  // AP-0042 locked.
  [[nodiscard]] Result<void> change_password(const Caller& caller, const std::string& current,
                                             const std::string& replacement);

  // What Accounts does to the sign-in of an account. `hash` from the hasher. A temporary password
  // must be changed and takes the second factor away, which also helps after a lost phone. Ends
  // all sessions and the lockout.
  enum class PasswordKind { kTemporary, kChosen };
  [[nodiscard]] Result<void> put_password(const std::string& account, const std::string& hash,
                                          PasswordKind kind);
  // Takes the second factor away, as after a lost phone, and ends all sessions.
  [[nodiscard]] Result<void> forget_totp(const std::string& account);
  [[nodiscard]] Result<bool> has_password(const std::string& account);
  [[nodiscard]] Result<std::set<std::string>> accounts_with_code() {
    return ports_.credentials.accounts_with_code();
  }
  [[nodiscard]] Result<void> end_sessions_of(const std::string& account);
  // After name, roles or organisation changed.
  void forget_account(const std::string& account);
  // After accounts were erased, here or by another process: everybody is read again.
  void forget_all_accounts();

 private:
  // Whom a typed login names; without `account` nobody who may sign in, told apart by `key`.
  struct Who {
    std::optional<Account> account;
    std::string key;
  };
  Result<std::string> decoy_hash();
  Result<Who> find_who(const SignInRequest& request);

  // With deciding_ held:
  Result<Credential> credential_of(const Who& who);
  Result<void> put_credential_of(const Who& who, const Credential& credential);
  Result<void> count_failure(const Who& who, Credential credential);
  Result<SignInOutcome> refuse_wrong(const Who& who, const Credential& credential);
  Result<SignInOutcome> admit(const Who& who, Credential credential, const std::string& code);
  Result<SignInOutcome> open_session(const Account& account, const Credential& credential);
  // Not locked: AP-0042.
  Result<Credential> open_credential(const Who& who);

  Result<Who> who_is(const Caller& caller);
  Result<std::optional<SignedIn>> read_signed_in(const Session& session);
  Result<bool> touch(const Session& session, Instant now);
  [[nodiscard]] bool has_ended(const Session& session, Instant now) const;

  Ports ports_;
  SignInOptions options_;
  std::string decoy_hash_;              // verified for unknown logins, so that they cost the same
  std::map<std::string, internal::Lockout> unknown_;   // failures of unknown logins, by key
  // Failures, codes, passwords and new sessions are decided one at a time; the slow hashing is not
  // under it. Taken before `ending_`.
  std::mutex deciding_;
  std::mutex ending_;                   // a session that ended is not written again by its last use
  std::unique_ptr<internal::SessionCache> sessions_;
};

}  // namespace zicht::app
