// Predicate: a FEEL condition over the columns of one row, in a form that a database can answer.
//
//     const std::vector<RowField> fields = {{.name = "amount", .type = Type::number(), .scale = 2},
//                                           {.name = "due", .type = Type::date()}};
//     const Pushed pushed = push_down("amount > 100 and due < today()", fields, environment);
//     if (!pushed.predicate) return to_error(pushed.findings, text);
//     render(*pushed.predicate, sql);                       // src/store
//
// Not all of FEEL can be pushed down: only what SQLite, PostgreSQL and FEEL answer alike on every
// row. docs/formats/feel.md has that profile. What lies outside it is refused with a finding at
// its place that says what to write instead (FE-0050 to FE-0059); nothing is approximated.
//
// A predicate is true, false or unknown of a row, as FEEL's own condition is true, false or null
// of it: a missing value makes a comparison unknown, `= null` alone asks for it, and `and`, `or`
// and `not` are three-valued, in FEEL as in SQL. A filter keeps the rows of which it is true; of
// how many it is unknown can be asked apart, so that no row is lost in silence.
//
// What is the same for all rows (`today() + @"P14D"`) is computed here, so a predicate holds for
// the day of its environment. What has no value on any day is refused; what has none on this one
// (`date(today().year, 2, 29)`) is null, as it is to FEEL. Numbers are integers, times a power of
// ten where they have decimals; what could leave 64 bits on the way is refused, so that no database
// overflows or rounds.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "feel/finding.h"
#include "feel/function.h"

namespace zicht::feel {

inline constexpr std::size_t kMaxFilterBytes = 2000;
inline constexpr std::size_t kMaxFilterParts = 200;  // comparisons, listed values, + - and *
inline constexpr std::size_t kMaxFilterLoops = 3;    // some and every within each other
// Conditions and sums within each other, where a loop counts for as much as it takes of the stack
// of SQLite's parser, which holds 100 words: 26 levels fill it.
inline constexpr std::size_t kMaxFilterDepth = 20;
inline constexpr std::size_t kDepthOfLoop = 5;

// One field of the rows, as the text may name it.
struct RowField {
  enum class Refusal : std::uint8_t {
    kNone,
    kSealed,
    kNotFilterable,
    kUnknownWhenEmpty,  // a list of which no items are kept where it is not known either
  };

  std::string name{};
  // boolean, number, string or date; a list of one of these (never null: empty where the row has
  // no items); a context of such, whose members are columns. Of any other type only whether it is
  // null can be asked.
  Type type{};
  int scale = 0;  // a number is kept as an integer, times 10^scale
  std::int64_t min = std::numeric_limits<std::int64_t>::min();  // of those integers
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  Refusal refusal = Refusal::kNone;  // why no filter may name it
};

// A value of one row.
struct RowTerm {
  enum class Kind : std::uint8_t {
    kColumn,    // field, and member of one that is a context
    kItem,      // of the list that kSome number `level` goes through; 0 is the outermost
    kConstant,  // a number as above, 0 or 1 for a boolean, a text, a date as YYYY-MM-DD
    kAdd,       // two parts; 64 bits are enough, whatever the row
    kMultiply,  // the same
    kLength,    // code points of the one part
    kCount,     // items of `field`
  };
  Kind kind = Kind::kConstant;
  std::string field{};
  std::string member{};
  std::size_t level = 0;
  std::variant<std::int64_t, std::string> constant{};
  std::vector<RowTerm> parts{};
  bool operator==(const RowTerm&) const = default;
};

struct Predicate {
  enum class Kind : std::uint8_t {
    kTruth,     // of every row: `truth`; unknown where that is empty
    kAnd,       // parts, two or more
    kOr,        // parts, two or more
    kNot,       // the one part
    kIsNull,    // left, which is of the row; true or false, never unknown
    kCompare,   // left, op, right; numbers with numbers, texts by code point; one is of the row
    kOneOf,     // left is equal to one of the constants
    kContains,  // left, a text, has the constant `right` within it, which is not empty
    kSome,      // one of the items of `field` meets the one part; like `or` over the items
  };
  Kind kind = Kind::kTruth;
  std::optional<bool> truth = false;
  Operator op = Operator::kEqual;
  RowTerm left{};
  RowTerm right{};
  std::string field{};
  std::vector<RowTerm> constants{};
  std::vector<Predicate> parts{};
  bool operator==(const Predicate&) const = default;
};

struct Pushed {
  std::optional<Predicate> predicate{};  // absent: has_errors(findings)
  std::vector<Finding> findings{};
  std::set<std::string> fields{};  // every field that the text names
};

// `environment.today` is the day of the filter; now() has no value where the environment has none.
[[nodiscard]] Pushed push_down(std::string_view text, const std::vector<RowField>& fields,
                               const Environment& environment);

// Whether it names what differs from row to row, and is not computed of constants alone.
[[nodiscard]] bool is_of_row(const RowTerm& term);

// Whether there can be rows of which it is unknown.
[[nodiscard]] bool may_be_unknown(const Predicate& predicate);

// How deep conditions and what they compute lie within each other; a comparison of columns is 0.
[[nodiscard]] std::size_t depth_of(const Predicate& predicate);

// As a nested list: "(and (<= amount 9999) (null due))". Equal predicates have equal texts, and
// different ones different texts.
[[nodiscard]] std::string to_text(const Predicate& predicate);

}  // namespace zicht::feel
