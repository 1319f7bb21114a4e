// Organisations and accounts, for administrators and the command line.
#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

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
  //   list   {"items": [{id, person, login, name, organisation: {id, name}, roles, active, demo,
  //          totp, subject?}], "organisations": [{id, name}]}: also those without an account
  //   create {"login", "name", "organisation", "roles", "person"?, "subject"?} -> account
  //          + "one_time_password"
  //   update {"name"?, "organisation"?, "roles"?, "active"?, "subject"?, "reset_password"?: true,
  //          "reset_second_factor"?: true} -> account + "one_time_password" after a reset of the
  //          password, which also takes the second factor away
  // Who reset what of whom stands in the journal (account.reset).
  // `subject` binds the account to the record of the person who uses it ("" unbinds): the relation
  // `self`, and relations that person has to others.
  // A one-time password is in this one answer and nowhere else; it must be changed before anything
  // else may be done. Logins are kept in lower case. A change holds at once on this server.
  // Errors: AP-0020 problems (roles AP-0051, organisation AP-0052, login taken AP-0050, no
  // record of a person AP-0054, among others), AP-0050 when that is all, AP-0053 nobody would be
  // administrator, AP-0001 unknown account.
  [[nodiscard]] Result<std::string> list(const Caller& caller);
  [[nodiscard]] Result<std::string> create(const Caller& caller, const Json& body);
  [[nodiscard]] Result<std::string> update(const Caller& caller, const std::string& id,
                                           const Json& body);

  // For `zicht init`, the demo and the facts loader; actor "system". An organisation or account
  // that is there already with the same content writes nothing; one with other content becomes as
  // given, but keeps its id, person, password and whether it is active. Errors: AP-0020; AP-0050
  // when the login is that of a demo account and this is none, or the other way round.
  [[nodiscard]] Result<void> put_organisation(const Organisation& organisation);
  struct NewAccount {
    std::string login, name, organisation, person;   // person empty: the account is its own
    std::vector<std::string> roles;
    std::string password;                            // empty: a one-time password is made
    bool is_demo = false;
  };
  struct Made {
    std::string id;
    std::string one_time_password;                   // empty when none was made
    bool is_new = false;
  };
  [[nodiscard]] Result<Made> put_account(const NewAccount& account);

 private:
  Result<void> write(const Account& account, const std::string& actor);
  Result<bool> is_record_of_person(const std::string& id);
  Result<void> append(std::string_view kind, const Account& account, const std::string& actor,
                      Json payload);
  Result<std::string> give_one_time_password(const std::string& account);
  Result<void> check_administrator_left(const Account& changed);
  // What is wrong with these members ("login", "name" ...) of an account.
  Result<std::vector<Problem>> problems_of(const Account& account,
                                           const std::set<std::string_view>& members);
  [[nodiscard]] std::string document(const Account& account, const std::string& password);

  Ports ports_;
  std::mutex writing_;                  // who is there is looked up and changed in one go
};

}  // namespace zicht::app
