// Counting rows of a form in groups: what the store is asked, and what it answers.
//
//     ZICHT_TRY(counts, store.count({.form = "pack/form", .dimensions = {{"kind"}}, ...}));
//     for (const Group& group : counts) show(group.values[0], group.tally.rows);
//
// Tallies add up: what holds of all groups is the sum of theirs, but for groups of rows that were
// counted already under another of their values (Group::is_again). A condition says yes, no, or
// that it cannot be determined; rows of the last kind are counted apart, never as a no.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "model/indicator.h"
#include "model/query.h"

namespace zicht::model {

struct Tally {
  std::int64_t rows = 0;               // that are counted: `where` says yes
  std::int64_t undetermined = 0;       // of which `where` cannot be determined
  std::int64_t part = 0;               // of `rows`: of a share, those of which it says yes
  std::int64_t part_undetermined = 0;  // of `rows`
  std::int64_t valued = 0;             // of `rows`: those with the fields of a sum or a rate
  Decimal of, by;                      // their sums, over those rows

  bool operator==(const Tally&) const = default;
};

// Errors: ZB-0007 when a sum has more than 36 digits.
[[nodiscard]] Result<void> add_to(Tally& total, const Tally& more);

// The values of the dimensions, in their order: a code, the id of a record, "true", "2025",
// "2025-H1"; absent where the row has none, or spans several.
struct Group {
  std::vector<std::optional<std::string>> values;
  Tally tally;
  // A row with several values in the field that it is grouped by counts in the group of each. In
  // all but one of them it is there again.
  bool is_again = false;

  bool operator==(const Group&) const = default;
};

// Of everything: each row once. Errors: as add_to.
[[nodiscard]] Result<Tally> total_of(const std::vector<Group>& groups);
// Whether the rows of the group count in the dimension by this field (of one value, or of several).
[[nodiscard]] bool counts_in(const Group& group, const Field& field);

struct GroupBy {
  std::string field;
  Grouping by = Grouping::kValue;
};

[[nodiscard]] std::vector<GroupBy> group_by(const Indicator& indicator);

struct CountQuery {
  std::string form;                                // "pack/form"
  std::shared_ptr<const feel::Predicate> where{};  // null: every row
  std::shared_ptr<const feel::Predicate> part{};   // of a share; null: none
  std::string of{}, by{};                          // fields to add up; empty: none
  std::vector<GroupBy> dimensions{};              // of fields with several values one at most
  RowScope scope;
  AsOf as_of{};  // of an earlier moment only rows count that the scope reaches now too
  std::chrono::milliseconds time{5'000};  // what takes longer is refused
  std::int64_t most_groups = 20'000;      // and what gives more groups
};

// The number that the indicator tells of these rows, as a decimal; absent where there is none: a
// share of nothing, a sum or rate of fields that no row has. Shares and rates have one digit after
// the point, rounded half up.
[[nodiscard]] std::optional<std::string> number_of(const Indicator& indicator, const Tally& tally);

}  // namespace zicht::model
