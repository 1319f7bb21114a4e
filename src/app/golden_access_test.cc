// The golden tables of sensitivity x relation (golden_access.test) and of acts (golden_acts.test),
// row by row. The same rows are decided by the naive evaluator, so that the table, the engine and
// the evaluator agree.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "app/testing/naive_access.h"
#include "base/text.h"
#include "packs/load.h"
#include "packs/testing/folders.h"

namespace zicht::app {
namespace {

using model::Sensitivity;

struct Golden {
  std::string form, role, relation, keeper, ages, purpose, given, answer;
};

std::vector<Golden> golden_rows(const std::string& name, bool has_given) {
  std::ifstream file("src/app/" + name);
  std::vector<Golden> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    Golden row;
    words >> row.form >> row.role >> row.relation >> row.keeper >> row.ages >> row.purpose;
    if (has_given) words >> row.given;
    std::getline(words, row.answer);
    row.answer = trim(row.answer);
    rows.push_back(std::move(row));
  }
  return rows;
}

// The first person is the one with the relation.
model::About about_of(const Golden& row) {
  model::About about;
  std::istringstream ages(row.ages);
  for (std::string age; row.ages != "none" && std::getline(ages, age, ',');) {
    model::Standing standing;
    if (age != "unknown") standing.age = std::stoi(age);  // tidy-allow: written in this repository
    if (about.empty() && row.given == "given-up") standing.given_up.insert({row.keeper, ""});
    if (about.empty() && row.relation.starts_with("told")) {
      standing.told.insert({"probe/worker", row.relation == "told-keeper" ? "other" : "own"});
      if (row.relation == "told-handed") standing.handed.insert({"other", ""});
    } else if (about.empty() && row.relation.starts_with("handed")) {
      standing.handed.insert({row.relation == "handed-third" ? "third" : "other",
                              row.relation == "handed-note" ? "probe/note" : ""});
    } else if (about.empty() && row.relation != "-" && row.relation != "opened") {
      standing.relations.insert(row.relation == "self" ? "self" : "probe/" + row.relation);
    }
    about.push_back(std::move(standing));
  }
  return about;
}

Caller caller_of(const Golden& row) {
  if (row.role == "visitor") return {};
  Caller caller{"account", "person", "Anna", "own", {}};
  caller.roles.push_back(model::is_builtin_role(row.role) ? row.role : "probe/" + row.role);
  if (row.purpose == model::kEmergency) {
    caller.purpose = row.purpose;
  } else if (row.purpose != "-") {
    caller.purpose = "probe/" + row.purpose;
  }
  caller.is_receiving = row.relation.find("handed") != std::string::npos;
  if (row.relation == "opened") caller.opened.insert("this-record");
  return caller;
}

model::PackPtr probe() {
  const auto loaded = packs::load(packs::testing::read_folder("tests/packs/probe"), {});
  REQUIRE(loaded.pack != nullptr);
  return loaded.pack;
}

TEST_CASE("access: the golden table of roles, relations, ages and purposes holds") {
  const model::PackPtr loaded = probe();
  const model::Pack& pack = *loaded;
  const auto rows = golden_rows("golden_access.test", false);
  CHECK(rows.size() > 50);
  for (const Golden& row : rows) {
    CAPTURE(row.form);
    CAPTURE(row.role);
    CAPTURE(row.relation);
    CAPTURE(row.ages);
    CAPTURE(row.purpose);
    const model::Form* form = pack.find_form(row.form);
    REQUIRE(form != nullptr);
    const Caller caller = caller_of(row);
    const model::About about = about_of(row);
    const auto clearance =
        scope_of(caller, pack, *form).clearance_in(row.keeper, about, "this-record");
    std::string seen, naive;
    for (const auto sensitivity : {Sensitivity::kPublic, Sensitivity::kInternal,
                                   Sensitivity::kConfidential, Sensitivity::kSecret}) {
      const std::string name = " " + std::string(model::name_of(sensitivity));
      if (clearance && form->audience <= *clearance && sensitivity <= *clearance) seen += name;
      const testing::NaiveRow naive_row{row.keeper, form->audience, sensitivity, about,
                                        "this-record"};
      if (testing::naive_sees(caller, pack, *form, naive_row)) {
        naive += name;
      }
    }
    CHECK((seen.empty() ? "nothing" : seen.substr(1)) == row.answer);
    CHECK(seen == naive);
  }
}

TEST_CASE("access: the golden table of acts holds") {
  const model::PackPtr loaded = probe();
  const model::Pack& pack = *loaded;
  const auto rows = golden_rows("golden_acts.test", true);
  CHECK(rows.size() > 20);
  for (const Golden& row : rows) {
    CAPTURE(row.form);
    CAPTURE(row.role);
    CAPTURE(row.relation);
    CAPTURE(row.keeper);
    CAPTURE(row.given);
    const model::Form* form = pack.find_form(row.form);
    REQUIRE(form != nullptr);
    const Caller caller = caller_of(row);
    model::Record record;
    record.id = "this-record";
    record.organisation = row.keeper;
    record.audience = form->audience;
    const model::About about = about_of(row);
    const testing::NaiveRow naive_row{row.keeper, form->audience, {}, about, record.id};
    std::string does, naive;
    for (const auto action : {model::Action::kCreate, model::Action::kChange,
                              model::Action::kCorrect, model::Action::kHandOver}) {
      const std::string name = " " + std::string(model::name_of(action));
      if (may(caller, pack, *form, action, record, about)) does += name;
      if (testing::naive_may(caller, pack, *form, action, naive_row)) naive += name;
    }
    const model::Process* process = pack.find_process(form->process.process);
    for (const model::Transition& step :
         process == nullptr ? std::vector<model::Transition>() : process->transitions) {
      if (may_take(caller, pack, *form, step, record, about)) does += " step";
      if (testing::naive_may_take(caller, pack, *form, step.roles, naive_row)) naive += " step";
    }
    CHECK((does.empty() ? "nothing" : does.substr(1)) == row.answer);
    CHECK(does == naive);
  }
}

}  // namespace
}  // namespace zicht::app
