// Counting by hand: random questions, and what a loop over the versions of records says to them.
//
//     BitemporalOracle oracle;
//     auto records = write_records(fixture, oracle, 60);
//     const Question asked = random_question(fixture, oracle);
//     CHECK(store.count(asked.query) == counted_by_hand(asked, oracle));
//
// It knows no SQL and keeps nothing: every question looks at every version that was written.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/tally.h"
#include "store/testing/bitemporal_oracle.h"
#include "store/testing/store_fixture.h"

namespace zicht::store::testing {

// A condition in FEEL, and what it says of the fields of a record; nothing: undetermined.
struct AskedCondition {
  const char* text;  // empty: nothing is asked
  std::function<std::optional<bool>(const json::object&)> holds;
};

struct Question {
  model::CountQuery query;
  const AskedCondition* where = nullptr;
  const AskedCondition* part = nullptr;
};

// Some fields go, so that nothing can be said of many rows.
void thin_out(Rng& rng, model::Record& record);

// Puts so many new things, each perhaps changed or corrected a few times; gives them as they were
// written last.
std::vector<model::Record> write_records(StoreFixture& fixture, BitemporalOracle& oracle,
                                         int records);

// Changes or corrects one thing that is there: `valid_from` within the year of `sample_day`.
// `others`: ids to refer to.
void change_record(StoreFixture& fixture, BitemporalOracle& oracle, model::Record& record,
                   const std::vector<std::string>& others);

// Of things: conditions, groups, sums, a moment and a scope.
// Throws std::logic_error when a condition cannot be asked of a database.
Question random_question(StoreFixture& fixture, const BitemporalOracle& oracle);

std::vector<model::Group> counted_by_hand(const Question& asked, const BitemporalOracle& oracle);

}  // namespace zicht::store::testing
