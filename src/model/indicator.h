// What a pack counts over the records of one of its forms, and how it is told.
//
//     indicators/decisions.yaml
//       form: decision
//       where: state = "published"                (FEEL over filterable fields; absent: all rows)
//       measure: {kind: share, of: appealed_on != null}
//       dimensions: {kind: {field: kind}, year: {field: decided_on, by: year}}
//
// Counting is done by the store over many rows (model/tally.h), and in plain C++ over given rows
// (count_rows.h). An indicator says nothing of persons: forms about persons have none. Plain data,
// immutable once loaded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "model/form.h"
#include "model/rule.h"

namespace zicht::model {

// What the number is. A count: rows. A sum: of a field, over the rows that have it. A share: per
// cent of the rows of which the condition can be determined. A rate: one field per `per` of
// another, over the rows that have both.
enum class Measure : std::uint8_t { kCount, kSum, kShare, kRate };
[[nodiscard]] std::string_view name_of(Measure measure);
[[nodiscard]] std::optional<Measure> find_measure(std::string_view name);

// By what rows are grouped: the value of the field, or the calendar year or half year that its day
// falls in. An uncertain date that spans two of them falls in none.
enum class Grouping : std::uint8_t { kValue, kYear, kHalfYear };
[[nodiscard]] std::string_view name_of(Grouping grouping);
[[nodiscard]] std::optional<Grouping> find_grouping(std::string_view name);

struct Dimension {
  std::string id;
  LocalizedText title;  // of the file, or else the label of the field
  std::string field;
  Grouping by = Grouping::kValue;
};

// Of which days rows count: the calendar year or half year that the reference day lies in, or the
// one before it, which is over by then.
struct CountedPeriod {
  std::string field;  // a day of each row
  Grouping by = Grouping::kYear;
  bool is_previous = false;
};
// The days of that period, where `on` is the reference day; of a year before the first one those of
// the first. Requires: a year or a half year.
[[nodiscard]] DateInterval days_of(const CountedPeriod& period, Date on);
// The year or half year that a day falls in: "2025", "2025-H1". Requires: not kValue.
[[nodiscard]] std::string period_of(Date day, Grouping by);

// How its figures may become public. `is_already_public`: they rest on nothing but what everybody
// may see, and are counted over that. Else figures below the threshold are protected.
struct Protection {
  bool is_already_public = false;
  std::int64_t threshold = 0;  // least count that may be told; 0 when already public
  // A later edition counts what an earlier one counted too, so that their difference is a group;
  // else editions of different days have no rows in common.
  bool is_cumulative = true;
};

struct Indicator {
  std::string id;
  std::string pack;
  LocalizedText title;
  LocalizedText definition;
  std::string form;  // of the own pack
  std::optional<Rule> where;
  std::optional<CountedPeriod> period;  // absent: rows of all days
  Measure measure = Measure::kCount;
  std::optional<Rule> part;           // of a share
  std::string of;                     // field of a sum or a rate
  std::string by;                     // field of a rate
  std::int64_t per = 1;               // of a rate
  std::vector<Dimension> dimensions;  // in the order of the file
  LocalizedText unit;
  std::string source;         // of the pack
  LocalizedText perspective;  // who says so
  Protection protection;

  [[nodiscard]] std::string full_id() const { return pack + "/" + id; }
};

inline constexpr std::size_t kMostDimensions = 3;
inline constexpr std::int64_t kMostPer = 1'000'000;

// The fields of the form that it reads, each once, in no order.
[[nodiscard]] std::vector<std::string> fields_of(const Indicator& indicator);

// Rows can be counted of a period by this field: one day that is never uncertain.
[[nodiscard]] bool may_date(const Field& field);
// Rows can be grouped so by this field: a choice, reference or yes/no; one day by year or half
// year. By a field with several values a row counts in each of their groups.
[[nodiscard]] bool may_group(const Field& field, Grouping by);
// A number in one column of the table.
[[nodiscard]] bool may_sum(const Field& field);

}  // namespace zicht::model
