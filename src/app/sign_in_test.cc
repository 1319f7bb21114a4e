// Signing in: tables of attempts against a clock that stands still, over fakes that count. That an
// unknown login is not told from a known one is seen by walking both side by side; that secrets
// stay inside by looking for them in every answer and in what is kept.
#include "app/sign_in.h"

#include <doctest/doctest.h>

#include <thread>

#include "app/testing/sign_in_world.h"
#include "app/totp.h"
#include "packs/testing/folders.h"

namespace zicht::app {
namespace {

using testing::SignInWorld;

constexpr const char* kPassword = "right-password";

SignInOutcome attempt(SignInWorld& world, const std::string& login, const std::string& password,
                      const std::string& code = "", bool is_local = true) {
  auto outcome = world.sign_in.sign_in({login, password, code, is_local});
  REQUIRE(outcome);
  CHECK(outcome->signed_in.has_value() != outcome->refused.has_value());
  return *std::move(outcome);
}

// "in", or the id of the refusal.
std::string told(const SignInOutcome& outcome) {
  return outcome.refused ? outcome.refused->id : "in";
}

// Signs in and gives the token. Requires: it works.
std::string token_of(SignInWorld& world, const std::string& login,
                     const std::string& password = kPassword) {
  const auto outcome = attempt(world, login, password);
  REQUIRE(outcome.signed_in);
  return outcome.token;
}

bool is_open(SignInWorld& world, const std::string& token) {
  const auto resolved = world.sign_in.resolve(token);
  REQUIRE(resolved);
  return resolved->has_value();
}

template <class T>
std::string error_of(const Result<T>& result) {
  return result ? "" : result.error().id;
}

std::string code_at(const std::string& secret, Instant at) {
  return totp_code(*find_base32(secret), totp_step(at));
}

// Switches the second factor on and gives its secret; its first code is used then.
std::string enrol(SignInWorld& world, const Caller& caller) {
  const auto enrolment = world.sign_in.start_totp(caller);
  REQUIRE(enrolment);
  REQUIRE(world.sign_in.confirm_totp(caller, code_at(enrolment->secret, world.clock.now())));
  return enrolment->secret;
}

Caller caller_of(const std::string& account) {
  Caller caller;
  caller.account = account;
  return caller;
}

TEST_CASE("sign-in: who gets in, by login, password and place") {
  SignInWorld world({});
  world.add("anna", {"auditor"});
  world.add("demo", {"auditor"}, kPassword, true);
  struct Row {
    const char* login;
    const char* password;
    bool is_local;
    const char* told;
  };
  const Row rows[] = {
      {"anna", "right-password", false, "in"},   {" Anna ", "right-password", true, "in"},
      {"anna", "Right-password", true, "AP-0040"}, {"anna", "", true, "AP-0040"},
      {"bert", "right-password", true, "AP-0040"}, {"", "", true, "AP-0040"},
      {"demo", "right-password", true, "in"},    {"demo", "right-password", false, "AP-0040"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.login);
    CAPTURE(row.password);
    CHECK(told(attempt(world, row.login, row.password, "", row.is_local)) == row.told);
  }
}

TEST_CASE("sign-in: the caller carries what the account says") {
  SignInWorld world({packs::testing::sample_files()});
  const auto id = world.add("anna", {"sample/keeper", "administrator"});
  const auto outcome = attempt(world, "anna", kPassword);
  REQUIRE(outcome.signed_in);
  const Caller& caller = outcome.signed_in->caller;
  CHECK(caller.account == id);
  CHECK(caller.person == id);
  CHECK(caller.name == "Naam van anna");
  CHECK(caller.organisation == "own");
  CHECK(caller.roles == std::vector<std::string>{"administrator", "sample/keeper"});
  CHECK(outcome.token.size() == 64);
  CHECK(outcome.signed_in->csrf_token.size() == 64);
  CHECK(outcome.token != outcome.signed_in->csrf_token);
  CHECK(microseconds_between(world.clock.now(), outcome.expires) == 12 * kMicrosecondsPerHour);
  CHECK(world.sign_in.session_document(&*outcome.signed_in, Language::kEnglish) ==
        R"({"account":{"id":")" + id +
            R"(","name":"Naam van anna","organisation":{"id":"own","name":"Eigen organisatie"},)"
            R"("roles":[{"id":"administrator","title":{"nl":"Beheerder","en":"Administrator"}},)"
            R"({"id":"sample/keeper","title":{"nl":"Beheerder van het gereedschap",)"
            R"("en":"Keeper of the tools"}}],"totp":false,"must_change_password":false},)"
            R"("csrf_token":")" +
            outcome.signed_in->csrf_token + R"(","demo":false,"language":"en"})");
  CHECK(world.sign_in.session_document(nullptr, Language::kDutch) ==
        R"({"account":null,"language":"nl"})");
}

TEST_CASE("sign-in: failures lock from the fifth on, longer each time, and the right one resets") {
  SignInWorld world({});
  world.add("anna", {});
  for (int i = 0; i < 5; ++i) CHECK(told(attempt(world, "anna", "wrong")) == "AP-0040");
  for (const std::int64_t minutes : {1, 2, 4, 8, 16, 32, 60, 60}) {
    CAPTURE(minutes);
    const auto locked = attempt(world, "anna", kPassword);
    CHECK(told(locked) == "AP-0042");
    CHECK(locked.retry_after_seconds == minutes * 60);
    world.advance_seconds(minutes * 60 - 1);
    CHECK(attempt(world, "anna", kPassword).retry_after_seconds == 1);
    world.advance_seconds(1);
    CHECK(told(attempt(world, "anna", "wrong")) == "AP-0040");
  }
  world.advance_seconds(3600);
  CHECK(told(attempt(world, "anna", kPassword)) == "in");
  for (int i = 0; i < 4; ++i) CHECK(told(attempt(world, "anna", "wrong")) == "AP-0040");
  CHECK(told(attempt(world, "anna", kPassword)) == "in");
}

TEST_CASE("sign-in: an unknown login answers, works and locks as a known one") {
  SignInWorld world({});
  world.add("anna", {});
  attempt(world, "anna", "wrong");                      // pays for the decoy
  attempt(world, "bert", "wrong");
  for (int i = 0; i < 20; ++i) {
    CAPTURE(i);
    struct Seen {
      std::string told;
      std::int64_t retry, verified, reads, writes;
      bool operator==(const Seen&) const = default;
    };
    const auto see = [&](const std::string& login) {
      const auto counts = world.credentials.counts();
      const auto verified = world.hasher.verified();
      const auto outcome = attempt(world, login, "wrong");
      const auto after = world.credentials.counts();
      return Seen{told(outcome), outcome.retry_after_seconds, world.hasher.verified() - verified,
                  after.credential_reads - counts.credential_reads,
                  after.credential_writes - counts.credential_writes};
    };
    CHECK(see("anna") == see("bert"));
    world.advance_seconds(45);
  }
}

TEST_CASE("sign-in: a locked account costs no hashing, and others are not locked with it") {
  SignInWorld world({});
  world.add("anna", {});
  world.add("carla", {});
  for (int i = 0; i < 5; ++i) attempt(world, "anna", "wrong");
  const auto before = world.hasher.verified();
  CHECK(told(attempt(world, "anna", kPassword)) == "AP-0042");
  CHECK(world.hasher.verified() == before);
  CHECK(told(attempt(world, "carla", kPassword)) == "in");
}

TEST_CASE("sign-in: guesses at the same time are counted one by one") {
  SignInWorld world({});
  const auto id = world.add("anna", {});
  attempt(world, "carla", "wrong");
  std::vector<std::thread> guessers;
  for (int i = 0; i < 8; ++i) {
    guessers.emplace_back([&] {
      for (int k = 0; k < 4; ++k) {
        static_cast<void>(world.sign_in.sign_in({"anna", "no", "", true}));
      }
    });
  }
  for (auto& guesser : guessers) guesser.join();
  CHECK((*world.credentials.credential(id))->failures == 5);
  CHECK(told(attempt(world, "anna", kPassword)) == "AP-0042");
}

TEST_CASE("sign-in: with a second factor a code is needed, and works once") {
  SignInWorld world({});
  const auto id = world.add("anna", {});
  const std::string secret = enrol(world, caller_of(id));
  const std::string first = code_at(secret, world.clock.now());
  CHECK(told(attempt(world, "anna", kPassword)) == "AP-0041");
  CHECK(told(attempt(world, "anna", kPassword, first)) == "AP-0040");   // used to confirm
  world.advance_seconds(30);
  const std::string second = code_at(secret, world.clock.now());
  CHECK(told(attempt(world, "anna", "wrong", second)) == "AP-0040");
  CHECK(told(attempt(world, "anna", kPassword, second)) == "in");
  CHECK(told(attempt(world, "anna", kPassword, second)) == "AP-0040");
  world.advance_seconds(3600);
  CHECK(attempt(world, "anna", kPassword, code_at(secret, world.clock.now())).signed_in->has_totp);
}

TEST_CASE("sign-in: wrong codes lock as wrong passwords do") {
  SignInWorld world({});
  const auto id = world.add("anna", {});
  enrol(world, caller_of(id));
  for (int i = 0; i < 5; ++i) {
    CHECK(told(attempt(world, "anna", kPassword, "12345")) == "AP-0040");
  }
  CHECK(told(attempt(world, "anna", kPassword, "12345")) == "AP-0042");
}

TEST_CASE("second factor: the steps of switching it on and off, in and out of order") {
  SignInWorld world({});
  const Caller anna = caller_of(world.add("anna", {}));
  SignIn& sign_in = world.sign_in;
  CHECK(error_of(sign_in.start_totp({})) == "AP-0004");
  CHECK(error_of(sign_in.confirm_totp({}, "123456")) == "AP-0004");
  CHECK(error_of(sign_in.remove_totp(caller_of("nobody"), "123456")) == "AP-0004");
  CHECK(error_of(sign_in.confirm_totp(anna, "123456")) == "AP-0045");
  CHECK(error_of(sign_in.remove_totp(anna, "123456")) == "AP-0045");
  const auto abandoned = sign_in.start_totp(anna);
  const auto enrolment = sign_in.start_totp(anna);
  REQUIRE(enrolment);
  CHECK(enrolment->secret != abandoned->secret);
  CHECK(enrolment->uri == totp_uri({"anna", enrolment->secret}));
  const Instant now = world.clock.now();
  CHECK(error_of(sign_in.confirm_totp(anna, code_at(abandoned->secret, now))) == "AP-0044");
  CHECK(told(attempt(world, "anna", kPassword)) == "in");
  CHECK(error_of(sign_in.confirm_totp(anna, code_at(enrolment->secret, now))).empty());
  CHECK(error_of(sign_in.confirm_totp(anna, code_at(enrolment->secret, now))) == "AP-0043");
  CHECK(error_of(sign_in.start_totp(anna)) == "AP-0043");
  CHECK(error_of(sign_in.remove_totp(anna, code_at(enrolment->secret, now))) == "AP-0044");
  world.advance_seconds(30);
  CHECK(error_of(sign_in.remove_totp(anna, code_at(enrolment->secret, world.clock.now())))
            .empty());
  CHECK(told(attempt(world, "anna", kPassword)) == "in");
}

TEST_CASE("second factor: guessing a code to switch it off locks the account") {
  SignInWorld world({});
  const Caller anna = caller_of(world.add("anna", {}));
  enrol(world, anna);
  for (int i = 0; i < 5; ++i) {
    CHECK(error_of(world.sign_in.remove_totp(anna, "12345")) == "AP-0044");
  }
  CHECK(error_of(world.sign_in.remove_totp(anna, "12345")) == "AP-0042");
  CHECK(told(attempt(world, "anna", kPassword)) == "AP-0042");
}

TEST_CASE("session: ends after its idle time and after its whole time") {
  SignInWorld world({}, {.idle_minutes = 30, .hours = 2});
  world.add("anna", {});
  const std::string idle = token_of(world, "anna");
  world.advance_seconds(30 * 60 - 1);
  CHECK(is_open(world, idle));
  world.advance_seconds(30 * 60);
  CHECK_FALSE(is_open(world, idle));
  CHECK(world.credentials.session_count() == 0);
  const std::string busy = token_of(world, "anna");
  for (int minute = 1; minute < 120; ++minute) {
    world.advance_seconds(60);
    REQUIRE(is_open(world, busy));
  }
  world.advance_seconds(60);
  CHECK_FALSE(is_open(world, busy));
}

TEST_CASE("session: only its own token opens it") {
  SignInWorld world({});
  world.add("anna", {});
  const std::string token = token_of(world, "anna");
  std::string other = token;
  other[0] = other[0] == '0' ? '1' : '0';
  for (const std::string& forged : {std::string(), other, token.substr(1), token + "0",
                                    std::string(64, 'g'), std::string(64, '\0')}) {
    CHECK_FALSE(is_open(world, forged));
  }
  CHECK(is_open(world, token));
}

TEST_CASE("session: many requests read it once in five seconds and write it once in a minute") {
  SignInWorld world({});
  world.add("anna", {});
  const std::string token = token_of(world, "anna");
  const auto before = world.credentials.counts();
  for (int i = 0; i < 1000; ++i) REQUIRE(is_open(world, token));
  CHECK(world.credentials.counts().session_reads == before.session_reads + 1);
  for (int second = 0; second < 600; ++second) {
    world.advance_seconds(1);
    REQUIRE(is_open(world, token));
  }
  CHECK(world.credentials.counts().session_writes - before.session_writes <= 10);
  CHECK(world.credentials.counts().session_reads - before.session_reads <= 131);
}

TEST_CASE("session: asking whether somebody is still signed in is no use of the session") {
  SignInWorld world({}, {.idle_minutes = 30, .hours = 2});
  world.add("anna", {});
  const std::string token = token_of(world, "anna");
  const auto signed_in = *world.sign_in.resolve(token);
  REQUIRE(signed_in.has_value());
  const Caller& anna = signed_in->caller;
  Caller promoted = anna;
  promoted.roles.push_back("administrator");
  CHECK(world.sign_in.still_is(token, anna) == true);
  CHECK(world.sign_in.still_is(token, promoted) == false);
  CHECK(world.sign_in.still_is("nonsense", anna) == false);
  for (int minute = 1; minute < 30; ++minute) {
    world.advance_seconds(60);
    CHECK(world.sign_in.still_is(token, anna) == true);
  }
  CHECK(world.sign_in.remove_ended_sessions());
  CHECK(world.credentials.session_count() == 1);
  world.advance_seconds(60);
  CHECK(world.sign_in.still_is(token, anna) == false);
  CHECK(world.credentials.session_count() == 1);
  CHECK(world.sign_in.remove_ended_sessions());
  CHECK(world.credentials.session_count() == 0);
}

TEST_CASE("session: signing out ends this one at once, and no other") {
  SignInWorld world({});
  world.add("anna", {});
  const std::string one = token_of(world, "anna");
  const std::string other = token_of(world, "anna");
  CHECK(is_open(world, one));
  CHECK(world.sign_in.sign_out(one));
  CHECK(world.sign_in.sign_out(one));
  CHECK(world.sign_in.sign_out("nonsense"));
  CHECK_FALSE(is_open(world, one));
  CHECK(is_open(world, other));
}

TEST_CASE("session: the token for writes is compared whole") {
  SignedIn signed_in;
  signed_in.csrf_token = "0123456789abcdef";
  CHECK(SignIn::is_csrf_token_of(signed_in, "0123456789abcdef"));
  for (const char* wrong : {"", "0123456789abcde", "0123456789abcdee", "0123456789abcdef0"}) {
    CHECK_FALSE(SignIn::is_csrf_token_of(signed_in, wrong));
  }
  signed_in.csrf_token.clear();
  CHECK_FALSE(SignIn::is_csrf_token_of(signed_in, ""));
}

TEST_CASE("password: what may replace it") {
  SignInWorld world({});
  const Caller anna = caller_of(world.add("anna.van.voorbeeld", {}));
  struct Row {
    const char* current;
    const char* replacement;
    const char* error;
  };
  const Row rows[] = {
      {"right-password", "short-one-1", "AP-0047"},
      {"right-password", "ééééééééééé", "AP-0047"},          // 22 bytes, 11 characters
      {"right-password", "right-password", "AP-0047"},
      {"right-password", "Anna.van.Voorbeeld", "AP-0047"},
      {"right-password", "naam van anna van voorbeeld", "AP-0047"},
      {"wrong-password", "another-password", "AP-0046"},
      {"right-password", "éééééééééééé", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.replacement);
    CHECK(error_of(world.sign_in.change_password(anna, row.current, row.replacement)) ==
          row.error);
  }
  CHECK(error_of(world.sign_in.change_password({}, "a", "another-password")) == "AP-0004");
  CHECK(told(attempt(world, "anna.van.voorbeeld", "éééééééééééé")) == "in");
  CHECK(told(attempt(world, "anna.van.voorbeeld", kPassword)) == "AP-0040");
}

TEST_CASE("password: changing it ends every session; guessing the current one locks") {
  SignInWorld world({});
  const Caller anna = caller_of(world.add("anna", {}));
  const std::string one = token_of(world, "anna");
  const std::string other = token_of(world, "anna");
  CHECK(is_open(world, one));
  CHECK(is_open(world, other));
  CHECK(world.sign_in.change_password(anna, kPassword, "another-password"));
  CHECK_FALSE(is_open(world, one));
  CHECK_FALSE(is_open(world, other));
  for (int i = 0; i < 5; ++i) {
    CHECK(error_of(world.sign_in.change_password(anna, "guess", "third-password")) == "AP-0046");
  }
  CHECK(error_of(world.sign_in.change_password(anna, "another-password", "third-password")) ==
        "AP-0042");
}

TEST_CASE("canary: no password, code, token or secret is in an error, a document or the store") {
  SignInWorld world({});
  const Caller anna = caller_of(world.add("anna", {}, "canary-password-1"));
  const std::string secret = enrol(world, anna);
  world.advance_seconds(60);
  const std::string code = code_at(secret, world.clock.now());
  const auto in = attempt(world, "anna", "canary-password-1", code);
  REQUIRE(in.signed_in);
  std::string answers = world.sign_in.session_document(&*in.signed_in, Language::kDutch);
  const auto tell = [&](const Error& error) { answers += describe(error) + error.hint.nl; };
  tell(*attempt(world, "anna", "canary-password-2").refused);
  tell(*attempt(world, "canary-password-1", "x").refused);
  tell(*attempt(world, "anna", "canary-password-1", code).refused);
  tell(world.sign_in.remove_totp(anna, code).error());
  tell(world.sign_in.start_totp(anna).error());
  tell(world.sign_in.change_password(anna, "canary-password-1", "canary-3").error());
  tell(world.sign_in.change_password(anna, "canary-password-2", "canary-password-4").error());
  for (const std::string& canary : {std::string("canary"), code, in.token, secret}) {
    CAPTURE(canary);
    CHECK(answers.find(canary) == std::string::npos);
  }
  const std::string kept = world.credentials.dump();
  CHECK(kept.find("canary") == std::string::npos);
  CHECK(kept.find(in.token) == std::string::npos);
}

}  // namespace
}  // namespace zicht::app
