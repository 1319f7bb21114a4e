#include "app/testing/sign_in_world.h"

#include "base/check.h"

namespace zicht::app::testing {

SignInWorld::SignInWorld(const std::vector<PackFiles>& pack_files, SignInOptions options)
    : sign_in({store, credentials, hasher, packs, organisations, clock, rng}, options),
      accounts({store, hasher, packs, organisations, sign_in, rng}) {
  ZICHT_CHECK(packs.reload().has_value(), "an empty store can be read");
  if (!pack_files.empty()) {
    ZICHT_CHECK(!packs.activate(pack_files, "system").error, "the packs of the test load");
  }
  ZICHT_CHECK(accounts.put_organisation({"own", "Eigen organisatie"}).has_value(),
              "the fake store writes");
}

std::string SignInWorld::add(const std::string& login, const std::vector<std::string>& roles,
                             const std::string& password, bool is_demo) {
  Accounts::NewAccount account;
  account.login = login;
  account.name = "Naam van " + login;
  account.organisation = "own";
  account.roles = roles;
  account.password = password;
  account.is_demo = is_demo;
  const auto made = accounts.put_account(account);
  ZICHT_CHECK(made.has_value(), "the account of the test is sound");
  return made->id;
}

}  // namespace zicht::app::testing
