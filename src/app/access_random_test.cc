// A million random cases: packs with random roles and rules, callers with random roles and
// purposes, rows about random persons. What the scope of a caller says of a field in a row must be
// what an evaluator grants that asks each rule by itself; and so what the caller may do with a row.
#include <doctest/doctest.h>

#include <string>

#include "app/testing/naive_access.h"
#include "base/rng.h"

namespace zicht::app {
namespace {

using model::Action;
using model::Sensitivity;

constexpr int kForms = 500;
constexpr int kCallersPerForm = 10;
constexpr int kRowsPerCaller = 50;
constexpr int kFieldsPerRow = 4;
static_assert(kForms * kCallersPerForm * kRowsPerCaller * kFieldsPerRow == 1'000'000);

const std::string kOrganisations[] = {"north", "south"};
const Action kActs[] = {Action::kCreate, Action::kChange, Action::kCorrect, Action::kHandOver};
const std::string kRelations[] = {"self", "probe/guardian", "probe/worker"};
const std::string kPurposes[] = {"probe/care", "probe/complaint", "noodtoegang"};
const std::string kRecords[] = {"first", "second", "third"};
const std::string kHandedForms[] = {"", "probe/child", "probe/note"};
const std::string kRoles[] = {"visitor", "administrator", "auditor", "worker", "client", "planner"};

template <class T, std::size_t N>
const T& one_of(Rng& rng, const T (&items)[N]) {
  return items[rng.below(N)];
}

Sensitivity any_sensitivity(Rng& rng) { return static_cast<Sensitivity>(rng.below(4)); }

int any_age(Rng& rng) { return static_cast<int>(rng.below(20)); }

model::AccessRule random_rule(Rng& rng) {
  model::AccessRule rule;
  if (rng.below(4) != 0) rule.actions.insert(Action::kRead);
  if (rng.below(3) == 0) rule.actions.insert(Action::kExport);
  while (rng.below(2) == 0) rule.actions.insert(one_of(rng, kActs));
  while (rng.below(2) == 0) rule.relations.insert(one_of(rng, kRelations));
  while (rng.below(3) == 0) rule.purposes.insert(one_of(rng, kPurposes));
  if (rng.below(3) == 0) rule.clearance = any_sensitivity(rng);
  if (rng.below(4) == 0) rule.subject_age.from = any_age(rng);
  if (rng.below(4) == 0) rule.subject_age.below = any_age(rng);
  return rule;
}

model::Pack random_pack(Rng& rng) {
  model::Pack pack;
  pack.id = "probe";
  model::Form form;
  form.id = "child";
  form.pack = "probe";
  form.subject = "person";
  form.is_person = true;
  for (const std::string& id : kRoles) {
    if (id != "visitor" && rng.below(4) != 0) {
      pack.roles.push_back({id, {}, any_sensitivity(rng), rng.below(2) == 0});
    }
    while (rng.below(2) == 0) form.access[id].push_back(random_rule(rng));
  }
  if (rng.below(2) == 0) {
    form.break_glass.emplace();
    form.break_glass->breakable = any_sensitivity(rng);
    while (rng.below(3) != 0) {
      const std::string& role = one_of(rng, kRoles);
      if (role != "visitor") form.break_glass->roles.insert(role);
    }
  }
  pack.forms.push_back(std::move(form));
  return pack;
}

Caller random_caller(Rng& rng) {
  if (rng.below(10) == 0) return {};
  Caller caller{"account", "person", "Anna", one_of(rng, kOrganisations), {}};
  if (rng.below(10) == 0) caller.organisation.clear();
  while (rng.below(3) != 0) {
    const std::string& role = one_of(rng, kRoles);
    caller.roles.push_back((rng.below(3) == 0 ? "" : "probe/") + role);
  }
  if (rng.below(2) == 0) caller.purpose = one_of(rng, kPurposes);
  while (rng.below(2) == 0) caller.opened.insert(one_of(rng, kRecords));
  caller.is_receiving = rng.below(2) == 0;
  return caller;
}

model::About random_about(Rng& rng) {
  model::About about;
  while (rng.below(5) < 3) {
    model::Standing standing;
    while (rng.below(2) == 0) standing.relations.insert(one_of(rng, kRelations));
    if (rng.below(4) != 0) standing.age = any_age(rng);
    while (rng.below(3) == 0) {
      standing.handed.insert({one_of(rng, kOrganisations), one_of(rng, kHandedForms)});
    }
    while (rng.below(4) == 0) {
      standing.given_up.insert({one_of(rng, kOrganisations), one_of(rng, kHandedForms)});
    }
    while (rng.below(3) == 0) {
      standing.told.insert({one_of(rng, kRelations), one_of(rng, kOrganisations)});
    }
    about.push_back(std::move(standing));
  }
  return about;
}

// The number of fields seen.
int check_rows(Rng& rng, const Caller& caller, const model::Pack& pack) {
  const model::Form& form = pack.forms.front();
  const model::RowScope scope = scope_of(caller, pack, form);
  int seen = 0;
  for (int row = 0; row < kRowsPerCaller; ++row) {
    testing::NaiveRow naive{one_of(rng, kOrganisations), any_sensitivity(rng), {},
                            random_about(rng), one_of(rng, kRecords)};
    const auto clearance = scope.clearance_in(naive.organisation, naive.about, naive.record);
    const bool sees_row = clearance && naive.audience <= *clearance;
    for (int field = 0; field < kFieldsPerRow; ++field) {
      naive.sensitivity = static_cast<Sensitivity>(field);
      const bool sees = sees_row && naive.sensitivity <= *clearance;
      if (sees) ++seen;
      if (sees != testing::naive_sees(caller, pack, form, naive)) return -1;
    }
  }
  return seen;
}

struct Acts {
  int allowed = 0, given_up = 0, steps = 0;
};

// Whether each act on the rows is decided as by the naive evaluator.
bool check_acts(Rng& rng, const Caller& caller, const model::Pack& pack, Acts& acts) {
  const model::Form& form = pack.forms.front();
  model::Transition step;
  while (rng.below(2) == 0) step.roles.push_back(one_of(rng, kRoles));
  for (int row = 0; row < kRowsPerCaller; ++row) {
    model::Record record;
    record.id = one_of(rng, kRecords);
    record.organisation = one_of(rng, kOrganisations);
    record.audience = any_sensitivity(rng);
    const model::About about = random_about(rng);
    const testing::NaiveRow naive{record.organisation, record.audience, {}, about, record.id};
    for (const Action action : kActs) {
      const bool is_allowed = may(caller, pack, form, action, record, about);
      if (is_allowed != testing::naive_may(caller, pack, form, action, naive)) return false;
      if (is_allowed) ++acts.allowed;
      if (!is_allowed && may(caller, pack, form, action, record, without_giving_up(about))) {
        ++acts.given_up;
      }
    }
    const bool takes = may_take(caller, pack, form, step, record, about);
    if (takes != testing::naive_may_take(caller, pack, form, step.roles, naive)) return false;
    if (takes) ++acts.steps;
  }
  return true;
}

TEST_CASE("access: what may be done with a row is decided as the naive evaluator decides it") {
  SeededRng rng(20261128);
  Acts acts;
  for (int number = 0; number < kForms; ++number) {
    const model::Pack pack = random_pack(rng);
    for (int each = 0; each < kCallersPerForm; ++each) {
      CAPTURE(number);
      CAPTURE(each);
      REQUIRE(check_acts(rng, random_caller(rng), pack, acts));
    }
  }
  CHECK(acts.allowed > 10'000);
  CHECK(acts.given_up > 1'000);
  CHECK(acts.steps > 1'000);
}

TEST_CASE("access: a million random cases are decided as the naive evaluator decides them") {
  SeededRng rng(20261127);
  int seen = 0;
  for (int number = 0; number < kForms; ++number) {
    const model::Pack pack = random_pack(rng);
    for (int each = 0; each < kCallersPerForm; ++each) {
      const Caller caller = random_caller(rng);
      const int fields = check_rows(rng, caller, pack);
      CAPTURE(number);
      CAPTURE(each);
      REQUIRE(fields >= 0);
      seen += fields;
    }
  }
  // Neither answer is rare.
  CHECK(seen > 30'000);
  CHECK(seen < 970'000);
}

}  // namespace
}  // namespace zicht::app
