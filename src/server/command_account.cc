// zicht account, zicht demo: people who may sign in.
#include <algorithm>
#include <map>
#include <set>

#include "base/error_catalogue.h"
#include "server/commands.h"
#include "server/opening.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

// What a demo account is made of: one role name, in every pack that declares it.
struct DemoRole {
  LocalizedText title;
  std::vector<std::string> grants;
  bool needs_second_person = false;  // a step of this role asks for four eyes
};

bool has_four_eyes(const model::Pack& pack, const std::string& role) {
  for (const auto& process : pack.processes) {
    for (const auto& transition : process.transitions) {
      const auto& roles = transition.roles;
      if (!transition.four_eyes.empty() && std::count(roles.begin(), roles.end(), role) > 0) {
        return true;
      }
    }
  }
  return false;
}

std::map<std::string, DemoRole> demo_roles(const model::PackSet& packs) {
  std::map<std::string, DemoRole> roles{
      {std::string(model::kAdministrator),
       {{"Beheerder", "Administrator"}, {std::string(model::kAdministrator)}, false}},
      {std::string(model::kAuditor),
       {{"Auditor", "Auditor"}, {std::string(model::kAuditor)}, false}},
      {std::string(model::kPrivacyOfficer),
       {{"Privacyfunctionaris", "Privacy officer"}, {std::string(model::kPrivacyOfficer)}, false}}};
  for (const auto& pack : packs.all_active()) {
    for (const auto& role : pack->roles) {
      if (model::is_builtin_role(role.id)) continue;
      auto& demo = roles[role.id];
      demo.title = role.title;
      demo.grants.push_back(pack->id + "/" + role.id);
      demo.needs_second_person |= has_four_eyes(*pack, role.id);
    }
  }
  return roles;
}

constexpr std::string_view kDemoOrganisation = "demo";

bool make_demo_account(Installation& installation, const std::string& login,
                       const std::string& name, const std::vector<std::string>& roles) {
  app::Accounts::NewAccount account;
  account.login = login;
  account.name = name;
  account.organisation = kDemoOrganisation;
  account.roles = roles;
  account.password = "zicht-demo-" + login;
  account.is_demo = true;
  const auto made = installation.services().accounts.put_account(account);
  if (!made) {
    report(made.error());
    return false;
  }
  say("  " + login + std::string(login.size() < 24 ? 24 - login.size() : 1, ' ') +
      account.password);
  return true;
}

}  // namespace

int run_account(const Words& words) {
  const auto arguments = understood(words, {{"organisation", "roles", "person"}, {}, 3, 3});
  if (!arguments || arguments->words[0] != "add") return kUsage;
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  app::Accounts::NewAccount account;
  account.login = arguments->words[1];
  account.name = arguments->words[2];
  account.organisation = arguments->option("organisation");
  account.person = arguments->option("person");
  account.roles = split_list(arguments->option("roles"));
  const auto made = installation->services().accounts.put_account(account);
  if (!made) {
    report(made.error());
    return kBad;
  }
  if (made->one_time_password.empty()) {
    say(LocalizedText{"Dit account was er al.", "This account was there already."});
  } else {
    say(LocalizedText{"Eenmalig wachtwoord: ", "One-time password: "});
    say("  " + made->one_time_password);
  }
  return kGood;
}

int run_demo(const Words& words) {
  const auto arguments = understood(words, {{}, {}, 1, 1});
  if (!arguments || arguments->words[0] != "accounts") return kUsage;
  QuietFeed feed;
  const auto installation = opened(*arguments, feed);
  if (!installation) return kBad;
  const auto organisation = installation->services().accounts.put_organisation(
      {std::string(kDemoOrganisation), "Verzonnen voorbeeld"});
  if (!organisation) {
    report(organisation.error());
    return kBad;
  }
  say(LocalizedText{"Demo-accounts (alleen vanaf deze computer), naam en wachtwoord:",
                    "Demo accounts (from this machine only), name and password:"});
  const auto rules = installation->services().packs.rules();
  for (const auto& [role, demo] : demo_roles(rules->packs)) {
    const std::string title = demo.title.nl;
    if (!make_demo_account(*installation, role, title, demo.grants)) return kBad;
    if (demo.needs_second_person &&
        !make_demo_account(*installation, role + "-2", title + " 2", demo.grants)) {
      return kBad;
    }
  }
  return kGood;
}

}  // namespace zicht::server
