// Sign-in, accounts and packs wired over fakes, with one organisation. For tests.
#pragma once

#include "app/accounts.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/sign_in.h"
#include "app/testing/fake_sign_in.h"
#include "app/testing/fake_store.h"
#include "base/rng.h"

namespace zicht::app::testing {

struct SignInWorld {
  // These packs are active. Requires: they load.
  explicit SignInWorld(const std::vector<PackFiles>& pack_files, SignInOptions options = {});

  // Of organisation "own"; with the id of the account. Requires: the roles exist.
  std::string add(const std::string& login, const std::vector<std::string>& roles,
                  const std::string& password = "right-password", bool is_demo = false);

  void advance_seconds(std::int64_t seconds) {
    clock.advance_microseconds(seconds * kMicrosecondsPerSecond);
  }

  // 2025-06-02 10:00 UTC, a Monday.
  ManualClock clock{*Instant::parse("2025-06-02T10:00:00Z")};
  SeededRng rng{2025};
  FakeStore store{clock};
  FakeCredentialStore credentials;
  FakeHasher hasher;
  SilentFeed feed;
  Organisations organisations{store};
  PacksService packs{store, feed};
  SignIn sign_in;
  Accounts accounts;
};

}  // namespace zicht::app::testing
