// The golden table of sensitivity x relation (golden_access.test), row by row. The same rows are
// decided by the naive evaluator, so that the table, the engine and the evaluator agree.
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
  std::string form, role, relation, keeper, ages, purpose, sees;
};

std::vector<Golden> golden_rows() {
  std::ifstream file("src/app/golden_access.test");
  std::vector<Golden> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    Golden row;
    words >> row.form >> row.role >> row.relation >> row.keeper >> row.ages >> row.purpose;
    std::getline(words, row.sees);
    row.sees = trim(row.sees);
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
    if (about.empty() && row.relation.starts_with("handed")) {
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
  caller.is_receiving = row.relation.starts_with("handed");
  if (row.relation == "opened") caller.opened.insert("this-record");
  return caller;
}

TEST_CASE("access: the golden table of roles, relations, ages and purposes holds") {
  const auto loaded = packs::load(packs::testing::read_folder("tests/packs/probe"), {});
  REQUIRE(loaded.pack != nullptr);
  const model::Pack& pack = *loaded.pack;
  const auto rows = golden_rows();
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
    CHECK((seen.empty() ? "nothing" : seen.substr(1)) == row.sees);
    CHECK(seen == naive);
  }
}

}  // namespace
}  // namespace zicht::app
