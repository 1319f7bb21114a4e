// Signing in: password (argon2id), one-time code (TOTP, RFC 6238), lockout, sessions.
//
// A token has 256 random bits; only its BLAKE2b hash is stored. Sessions end after 30 minutes
// without use and 12 hours in all. Wrong passwords and codes lock the account for a growing time:
// from the fifth, 1, 2, 4 ... at most 60 minutes. An unknown login costs the same work and gives
// the same answer as a wrong password. A code works once. While a password must be changed (made
// by an administrator) the caller holds no roles.
//
// Thread-safe; argon2id takes tens of milliseconds, so call it on a worker.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "app/access.h"
#include "app/answer.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "base/rng.h"

namespace zicht::app {

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
  explicit SignIn(Ports ports);

  // Errors: those of the store only; a refusal is an outcome.
  [[nodiscard]] Result<SignInOutcome> sign_in(const SignInRequest& request);
  // Absent: no such session, or it ended, or the account is not active any more.
  [[nodiscard]] Result<std::optional<SignedIn>> resolve(const std::string& token);
  [[nodiscard]] Result<void> sign_out(const std::string& token);

  // GET /v1/session; nullptr: nobody is signed in.
  [[nodiscard]] std::string session_document(const SignedIn* signed_in, Language language);

  // Constant-time comparison of the header with the session's token.
  [[nodiscard]] static bool is_csrf_token_of(const SignedIn& signed_in, std::string_view token);

  // Starts again when called twice; works only after confirm. Errors: AP-0004 visitor,
  // AP-0043 already on.
  [[nodiscard]] Result<TotpEnrolment> start_totp(const Caller& caller);
  // Errors: AP-0044 wrong code, AP-0045 not started.
  [[nodiscard]] Result<void> confirm_totp(const Caller& caller, const std::string& code);
  [[nodiscard]] Result<void> remove_totp(const Caller& caller, const std::string& code);

  // Ends all sessions of the account; sign in again. Errors: AP-0046 current one wrong (counts for
  // the lockout), AP-0047 too short (12 characters) or equal to login or name, AP-0042 locked.
  [[nodiscard]] Result<void> change_password(const Caller& caller, const std::string& current,
                                             const std::string& replacement);

 private:
  Ports ports_;
  std::string decoy_hash_;              // verified for unknown logins, so that they cost the same
  std::mutex deciding_;                 // failures and codes are counted one at a time
};

}  // namespace zicht::app
