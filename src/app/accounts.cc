#include "app/accounts.h"

#include <algorithm>
#include <set>

#include "app/engine_entries.h"
#include "app/internal/body.h"
#include "app/present/json_writer.h"
#include "base/error_catalogue.h"
#include "base/ids.h"
#include "base/text.h"

namespace zicht::app {
namespace {

constexpr std::size_t kMostNameLength = 200;

const LocalizedText kLoginShape = {
    "een gebruikersnaam van 2 tot 100 tekens: letters, cijfers en . _ - @ +",
    "a login of 2 to 100 characters: letters, digits and . _ - @ +"};
const LocalizedText kNameShape = {"een naam van 1 tot 200 tekens", "a name of 1 to 200 characters"};
const LocalizedText kPersonShape = {"een kenmerk van 1 tot 200 tekens",
                                    "an id of 1 to 200 characters"};
// What an administrator takes away for somebody who lost it.
struct Reset {
  bool password = false;                // and with it the second factor
  bool second_factor = false;
  [[nodiscard]] bool is_asked() const { return password || second_factor; }
};

const LocalizedText kTrue = {"true, of niets", "true, or nothing"};
const LocalizedText kKebab = {"een kenmerk van kleine letters, cijfers en streepjes",
                              "an id of lower-case letters, digits and dashes"};

bool is_login(std::string_view login) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("._-@+").find(c) != std::string_view::npos;
  };
  return login.size() >= 2 && login.size() <= 100 && std::all_of(login.begin(), login.end(), fits);
}

bool is_name(std::string_view name) {
  return !trim(name).empty() && check_text(name) && code_point_length(name) <= kMostNameLength;
}

Problem expected(std::string where, const LocalizedText& what) {
  return make_problem("AP-0022", std::move(where), {{"expected", what}});
}

std::set<std::string> possible_roles(const Rulebook& rules) {
  std::set<std::string> roles = {std::string(model::kAdministrator), std::string(model::kAuditor),
                                 std::string(model::kPrivacyOfficer)};
  for (const model::PackPtr& pack : rules.packs.all_active()) {
    for (const model::Role& role : pack->roles) {
      if (!model::is_builtin_role(role.id)) roles.insert(pack->id + "/" + role.id);
    }
  }
  return roles;
}

void check_roles(const Rulebook& rules, const std::vector<std::string>& roles,
                 std::vector<Problem>& problems) {
  const auto possible = possible_roles(rules);
  std::string names;
  for (const std::string& name : possible) names += (names.empty() ? "" : ", ") + name;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (possible.contains(roles[i])) continue;
    const std::string shown(first_code_points(roles[i], 60));
    problems.push_back(make_problem("AP-0051", "/roles/" + std::to_string(i),
                                    {{"role", shown}, {"possible", names}}));
  }
}

std::vector<std::string> in_order(std::vector<std::string> roles) {
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  return roles;
}

bool is_administrator(const Account& account) {
  return account.is_active && std::find(account.roles.begin(), account.roles.end(),
                                        model::kAdministrator) != account.roles.end();
}

bool is_same(const Account& a, const Account& b) {
  return a.person == b.person && a.login == b.login && a.name == b.name &&
         a.organisation == b.organisation && a.roles == b.roles && a.is_active == b.is_active &&
         a.is_demo == b.is_demo && a.subject == b.subject;
}

Json payload_of(const Account& account) {
  json::array roles;
  for (const std::string& role : account.roles) roles.emplace_back(role);
  json::object payload{{"account", account.id},
                       {"person", account.person},
                       {"login", account.login},
                       {"name", account.name},
                       {"organisation", account.organisation},
                       {"roles", std::move(roles)},
                       {"active", account.is_active},
                       {"demo", account.is_demo}};
  if (!account.subject.empty()) payload.emplace("subject", account.subject);
  return payload;
}

Unit unit_of(model::Entry entry) {
  Unit unit;
  unit.actor = entry.actor;
  unit.purpose = entry.purpose;
  unit.entries.push_back(std::move(entry));
  return unit;
}

model::Entry entry_of(std::string_view kind, const std::string& organisation,
                      const std::string& subject, const std::string& actor, Json payload) {
  model::Entry entry = engine_entry(kind, subject, "", actor, std::move(payload));
  entry.organisation = organisation;
  return entry;
}

Json payload_of(const Account& account, const Reset& reset) {
  return json::object{{"account", account.id},
                      {"password", reset.password},
                      {"second_factor", true}};
}

// `name`: true, or left out.
bool read_true(internal::Body& body, std::string_view name) {
  const auto value = body.boolean_if(name);
  if (value && !*value) body.add(expected("/" + std::string(name), kTrue));
  return value.value_or(false);
}

// Four groups of four from 31 characters that nobody confuses: 79 bits.
std::string one_time_password(Rng& rng) {
  constexpr std::string_view kReadable = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (int i = 0; i < 16; ++i) {
    if (i > 0 && i % 4 == 0) password += '-';
    password += kReadable[rng.below(kReadable.size())];
  }
  return password;
}

// Open, so that more can follow.
void write_account(JsonWriter& json, const Account& account,
                   const std::string& organisation_name) {
  json.object().member("id", account.id).member("person", account.person);
  json.member("login", account.login).member("name", account.name);
  json.key("organisation").object().member("id", account.organisation);
  json.member("name", organisation_name).end();
  json.key("roles").array();
  for (const std::string& role : account.roles) json.text(role);
  json.end();
  json.key("active").boolean(account.is_active).key("demo").boolean(account.is_demo);
  json.member_if("subject", account.subject);
}

// What is wrong with the shape of a request and with its content; each member is named once.
Result<void> refuse(const internal::Body& body, std::vector<Problem> more) {
  const auto checked = body.check();
  std::vector<Problem> problems = checked ? std::vector<Problem>() : checked.error().problems;
  std::set<std::string> named;
  for (const Problem& problem : problems) named.insert(problem.where);
  for (Problem& problem : more) {
    const bool is_named = named.contains(problem.where) || named.contains("");
    if (!is_named) problems.push_back(std::move(problem));
  }
  if (problems.empty()) return {};
  if (problems.size() == 1 && problems[0].id == "AP-0050") return make_error("AP-0050");
  return internal::body_error(std::move(problems));
}

Result<void> check_caller(const Caller& caller) {
  if (!caller.has_builtin(model::kAdministrator)) return make_error("AP-0002");
  return {};
}

const std::set<std::string_view> kAllMembers = {"login", "name", "organisation", "roles",
                                                "person", "subject"};

}  // namespace

// ---------------------------------------------------------------- for administrators

Result<std::string> Accounts::list(const Caller& caller) {
  ZICHT_CHECKED(check_caller(caller));
  ZICHT_TRY(accounts, ports_.store.accounts());
  ZICHT_TRY(organisations, ports_.store.organisations());
  ZICHT_TRY(with_code, ports_.sign_in.accounts_with_code());
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const Account& account : accounts) {
    write_account(json, account, ports_.organisations.name_of(account.organisation));
    json.key("totp").boolean(with_code.contains(account.id)).end();
  }
  json.end().key("organisations").array();
  for (const Organisation& organisation : organisations) {
    json.object().member("id", organisation.id).member("name", organisation.name).end();
  }
  json.end().end();
  return out;
}

Result<std::string> Accounts::create(const Caller& caller, const Json& request) {
  ZICHT_CHECKED(check_caller(caller));
  internal::Body body(request, {"login", "name", "organisation", "roles", "person", "subject"});
  Account account;
  account.id = PublicId::random(ports_.rng).to_string();
  account.login = SignIn::normal_login(body.text("login"));
  account.name = std::string(trim(body.text("name")));
  account.organisation = body.text("organisation");
  account.roles = body.texts("roles");
  account.person = body.text_if("person").value_or(account.id);
  account.subject = body.text_if("subject").value_or("");
  const std::lock_guard lock(writing_);
  ZICHT_TRY(problems, problems_of(account, kAllMembers));
  ZICHT_TRY(taken, ports_.store.find_account_by_login(account.login));
  if (taken) problems.push_back(make_problem("AP-0050", "/login"));
  ZICHT_CHECKED(refuse(body, std::move(problems)));
  account.roles = in_order(std::move(account.roles));
  // First the password: an account without one would be of no use to anybody.
  ZICHT_TRY(password, give_one_time_password(account.id));
  ZICHT_CHECKED(write(account, caller.account));
  return document(account, password);
}

Result<std::string> Accounts::update(const Caller& caller, const std::string& id,
                                     const Json& request) {
  ZICHT_CHECKED(check_caller(caller));
  internal::Body body(request, {"name", "organisation", "roles", "active", "reset_password",
                                "reset_second_factor", "subject"});
  const std::lock_guard lock(writing_);
  ZICHT_TRY(found, ports_.store.find_account(id));
  if (!found) return make_error("AP-0001");
  Account account = *found;
  std::set<std::string_view> given;
  if (auto name = body.text_if("name")) {
    account.name = std::string(trim(*name));
    given.insert("name");
  }
  if (auto organisation = body.text_if("organisation")) {
    account.organisation = *std::move(organisation);
    given.insert("organisation");
  }
  if (auto roles = body.texts_if("roles")) {
    account.roles = *std::move(roles);
    given.insert("roles");
  }
  if (auto subject = body.text_if("subject")) {
    account.subject = *std::move(subject);
    given.insert("subject");
  }
  account.is_active = body.boolean_if("active").value_or(account.is_active);
  Reset reset;
  reset.password = read_true(body, "reset_password");
  reset.second_factor = read_true(body, "reset_second_factor");
  ZICHT_TRY(problems, problems_of(account, given));
  ZICHT_CHECKED(refuse(body, std::move(problems)));
  account.roles = in_order(std::move(account.roles));
  if (is_administrator(*found) && !is_administrator(account)) {
    ZICHT_CHECKED(check_administrator_left(account));
  }
  if (!is_same(*found, account)) ZICHT_CHECKED(write(account, caller.account));
  if (!account.is_active) ZICHT_CHECKED(ports_.sign_in.end_sessions_of(account.id));
  std::string password;
  if (reset.is_asked()) {
    // First the journal: nothing is taken away without a trace of who did it.
    ZICHT_CHECKED(append(model::kAccountReset, account, caller.account,
                         payload_of(account, reset)));
    if (!reset.password) ZICHT_CHECKED(ports_.sign_in.forget_totp(account.id));
  }
  if (reset.password) {
    ZICHT_TRY(made, give_one_time_password(account.id));
    password = std::move(made);
  }
  return document(account, password);
}

Result<void> Accounts::check_administrator_left(const Account& changed) {
  ZICHT_TRY(accounts, ports_.store.accounts());
  const bool is_left = std::any_of(accounts.begin(), accounts.end(), [&](const Account& account) {
    return account.id != changed.id && is_administrator(account);
  });
  if (!is_left) return make_error("AP-0053");
  return {};
}

// ---------------------------------------------------------------- for commands and facts

Result<void> Accounts::put_organisation(const Organisation& organisation) {
  std::vector<Problem> problems;
  if (!is_kebab_id(organisation.id)) problems.push_back(expected("/id", kKebab));
  if (!is_name(organisation.name)) problems.push_back(expected("/name", kNameShape));
  if (!problems.empty()) return internal::body_error(std::move(problems));
  const std::lock_guard lock(writing_);
  ZICHT_TRY(exists, ports_.organisations.exists(organisation.id));
  if (exists && ports_.organisations.name_of(organisation.id) == organisation.name) return {};
  ZICHT_TRY(receipt, ports_.store.append_and_wait(unit_of(entry_of(
                         model::kOrganisationPut, organisation.id, organisation.id,
                         std::string(kSystemActor),
                         json::object{{"organisation", organisation.id},
                                      {"name", organisation.name}}))));
  static_cast<void>(receipt);
  ports_.organisations.forget();
  return {};
}

Result<Accounts::Made> Accounts::put_account(const NewAccount& given) {
  const std::lock_guard lock(writing_);
  const std::string login = SignIn::normal_login(given.login);
  ZICHT_TRY(found, ports_.store.find_account_by_login(login));
  // The password of a demo account is known to everybody: neither may become the other.
  if (found && found->is_demo != given.is_demo) return make_error("AP-0050");
  Account account = found.value_or(Account());
  if (!found) account.id = PublicId::random(ports_.rng).to_string();
  account.login = login;
  account.name = given.name;
  account.organisation = given.organisation;
  account.roles = given.roles;
  account.is_demo = given.is_demo;
  if (!given.person.empty()) account.person = given.person;
  if (account.person.empty()) account.person = account.id;
  ZICHT_TRY(problems, problems_of(account, kAllMembers));
  if (!problems.empty()) return internal::body_error(std::move(problems));
  account.roles = in_order(std::move(account.roles));
  Made made{account.id, "", !found.has_value()};
  ZICHT_TRY(has_password, ports_.sign_in.has_password(account.id));
  if (!has_password && given.password.empty()) {
    ZICHT_TRY(password, give_one_time_password(account.id));
    made.one_time_password = std::move(password);
  } else if (!has_password) {
    ZICHT_TRY(hash, ports_.hasher.hash(given.password));
    ZICHT_CHECKED(ports_.sign_in.put_password(account.id, hash, SignIn::PasswordKind::kChosen));
  }
  if (!found || !is_same(*found, account)) {
    ZICHT_CHECKED(write(account, std::string(kSystemActor)));
  }
  return made;
}

// ---------------------------------------------------------------- together

Result<std::vector<Problem>> Accounts::problems_of(const Account& account,
                                                   const std::set<std::string_view>& members) {
  std::vector<Problem> problems;
  if (members.contains("login") && !is_login(account.login)) {
    problems.push_back(expected("/login", kLoginShape));
  }
  if (members.contains("name") && !is_name(account.name)) {
    problems.push_back(expected("/name", kNameShape));
  }
  if (members.contains("person") && !is_name(account.person)) {
    problems.push_back(expected("/person", kPersonShape));
  }
  if (members.contains("subject") && !account.subject.empty()) {
    ZICHT_TRY(is_person, is_record_of_person(account.subject));
    if (!is_person) problems.push_back(make_problem("AP-0054", "/subject"));
  }
  if (members.contains("organisation")) {
    ZICHT_TRY(exists, ports_.organisations.exists(account.organisation));
    if (!exists) problems.push_back(make_problem("AP-0052", "/organisation"));
  }
  if (members.contains("roles")) check_roles(*ports_.packs.rules(), account.roles, problems);
  return problems;
}

// Whether it exists is all that an administrator learns, who must have been given the id.
Result<bool> Accounts::is_record_of_person(const std::string& id) {
  if (!PublicId::parse(id)) return false;
  auto record = ports_.store.record(id, {});
  if (!record && record.error().code == Code::kNotFound) return false;
  if (!record) return record.error();
  const model::Form* form = ports_.packs.rules()->packs.find_form(record->form);
  return form != nullptr && form->is_person;
}

Result<void> Accounts::write(const Account& account, const std::string& actor) {
  ZICHT_CHECKED(append(model::kAccountPut, account, actor, payload_of(account)));
  ports_.sign_in.forget_account(account.id);
  return {};
}

Result<void> Accounts::append(std::string_view kind, const Account& account,
                              const std::string& actor, Json payload) {
  ZICHT_TRY(receipt, ports_.store.append_and_wait(unit_of(
                         entry_of(kind, account.organisation, account.id, actor,
                                  std::move(payload)))));
  static_cast<void>(receipt);
  return {};
}

Result<std::string> Accounts::give_one_time_password(const std::string& account) {
  std::string password = one_time_password(ports_.rng);
  ZICHT_TRY(hash, ports_.hasher.hash(password));
  ZICHT_CHECKED(ports_.sign_in.put_password(account, hash, SignIn::PasswordKind::kTemporary));
  return password;
}

std::string Accounts::document(const Account& account, const std::string& password) {
  std::string out;
  JsonWriter json(out);
  write_account(json, account, ports_.organisations.name_of(account.organisation));
  json.member_if("one_time_password", password).end();
  return out;
}

}  // namespace zicht::app
