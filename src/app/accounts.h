// Organisations and accounts, for administrators and the command line.
#pragma once

#include <optional>
#include <string>

#include "app/access.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "app/sign_in.h"
#include "base/rng.h"

namespace zicht::app {

// Thread-safe; blocks on the store and on hashing.
class Accounts {
 public:
  struct Ports {
    Store& store;
    PasswordHasher& hasher;
    PacksService& packs;
    Organisations& organisations;
    SignIn& sign_in;                    // keeps the passwords and sessions of accounts
    Rng& rng;                           // thread-safe
  };
  explicit Accounts(Ports ports) : ports_(ports) {}

  // GET, POST and PUT /v1/accounts, administrators only (AP-0002).
  //   list   {"items": [{id, person, login, name, organisation: {id, name}, roles, active, demo}]}
  //   create {"login", "name", "organisation", "roles", "person"?} -> account + "one_time_password"
  //   update {"name"?, "organisation"?, "roles"?, "active"?, "reset_password"?: true} -> account
  // Errors: AP-0020 problems, AP-0050 login taken, AP-0001 unknown account.
  [[nodiscard]] Result<std::string> list(const Caller& caller);
  [[nodiscard]] Result<std::string> create(const Caller& caller, const Json& body);
  [[nodiscard]] Result<std::string> update(const Caller& caller, const std::string& id,
                                           const Json& body);

  // For `zicht init`, the demo and the facts loader; actor "system". An organisation or account
  // that is there already with the same content writes nothing.
  [[nodiscard]] Result<void> put_organisation(const Organisation& organisation);
  struct NewAccount {
    std::string login, name, organisation, person;   // person empty: the account is its own
    std::vector<std::string> roles;
    std::string password;                            // empty: a one-time password is made
    bool is_demo = false;
  };
  struct Made {
    std::string id;
    std::string one_time_password;                   // empty when a password was given
    bool is_new = false;
  };
  [[nodiscard]] Result<Made> put_account(const NewAccount& account);

 private:
  Ports ports_;
};

}  // namespace zicht::app
