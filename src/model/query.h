// A question for one page of records of a form, independent of SQL and HTTP.
//
// A Query is built by app after the access decision: filters and sort only name fields that the
// caller may see. RowScope is the part of the access decision that runs inside the query; the
// store may never widen it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/instant.h"
#include "model/form.h"
#include "model/record.h"

namespace zicht::feel {
struct Predicate;
}

namespace zicht::model {

// Engine columns that can be filtered or sorted on beside a form's own fields.
inline constexpr std::string_view kColumnState = "state";
inline constexpr std::string_view kColumnTurn = "turn";
inline constexpr std::string_view kColumnOrganisation = "organisation";
inline constexpr std::string_view kColumnChanged = "changed";

// Values in the JSON shape of the field. `any_of` one of them; `from`/`to` closed bounds, for an
// uncertain date: the windows overlap. Exactly one of the two kinds is used per filter. Values for
// `changed` are instants as Instant::to_string() gives them.
struct Filter {
  std::string field;
  std::vector<Json> any_of;
  std::optional<Json> from, to;
};

// Rows without the field come last in both directions; equal rows newest first. An uncertain date
// sorts by its first, then its last day.
struct Sort {
  std::string field;
  bool is_descending = false;
};

// Rows about one person that an organisation keeps, of one form or of all: what a hand-over grants.
struct Handed {
  std::string keeper, form;                        // "pack/form"; empty: of every form
  auto operator<=>(const Handed&) const = default;
};

// A relation to a person that was recorded by another organisation than keeps the record of that
// person.
struct Told {
  std::string kind, by;                            // "pack/relation", the organisation
  auto operator<=>(const Told&) const = default;
};

// What the asker is to one person now. Only who keeps the record of a person can say who reaches
// what others wrote about them; another organisation says so of its own rows, and, for its own
// people to look at, of what is handed over to it.
struct Standing {
  std::set<std::string, std::less<>> relations;    // "pack/relation", or kSelf
  std::optional<int> age;                          // in whole years; absent: unknown
  std::set<Handed> handed{};                       // to the organisation of the asker
  std::set<Handed> given_up{};                     // whose keeper does not write in them now
  std::set<Told> told{};                           // beside `relations`

  bool operator==(const Standing&) const = default;
};
using Standings = std::map<std::string, Standing, std::less<>>;   // by the record of the person
// To each person that a row is about.
using About = std::vector<Standing>;

// Rows that are seen under conditions, all of which must hold.
struct ConditionalReach {
  Sensitivity clearance = Sensitivity::kPublic;
  bool is_own_only = false;               // rows of RowScope::organisation
  std::set<std::string> relations{};      // any of these to any person of the row; empty: no matter
  AgeRange subject_age{};                 // of every person of the row, of which there is one
  std::set<std::string> records{};        // these rows alone, of a break; empty: no matter
  // Rows of this form alone, that their keeper handed over to RowScope::organisation; empty: no
  // matter. With `relations`: to a person who was handed over, told by that organisation too.
  std::string handed_form{};

  // Of a row of `keeper`, for somebody of `organisation`.
  [[nodiscard]] bool holds(std::string_view organisation, std::string_view keeper,
                           const About& about, std::string_view record) const;
  bool operator==(const ConditionalReach&) const = default;
};

// Rows the caller may see. With `organisation` the caller's own:
//   has_own_rows && row.organisation == organisation && row.audience <= clearance, or
//   elsewhere && row.audience <= *elsewhere                            (everybody's), or
//   through.holds && row.audience <= through.clearance                    (any of these).
// So one scope says exactly what several roles allow together: a role for the own organisation
// widens `clearance` only, a role for all organisations both. `elsewhere` is absent when nobody
// else's rows are seen, or when the question itself touches a field that may only be seen in own
// rows: others' rows then stay out, or the answer would tell about that field (see narrow). Without
// `organisation` there are no own rows. A visitor: {public, public, ""}.
struct RowScope {
  Sensitivity clearance = Sensitivity::kPublic;
  std::optional<Sensitivity> elsewhere = Sensitivity::kPublic;    // <= clearance
  std::string organisation;
  std::vector<ConditionalReach> through{};
  bool has_own_rows = true;               // false: own rows are seen under conditions only
  std::string account{}, subject{};       // whose relations count, and whom that is bound to

  // What may be seen of this row of this organisation, about these persons; absent: nothing.
  [[nodiscard]] std::optional<Sensitivity> clearance_in(std::string_view row_organisation,
                                                        const About& about = {},
                                                        std::string_view record = {}) const;
  // The most that is seen in any row, and the least in any row that is reached at all.
  [[nodiscard]] Sensitivity highest() const;
  [[nodiscard]] std::optional<Sensitivity> lowest() const;
  // Leaves only the rows in which fields of this sensitivity are seen.
  void narrow(Sensitivity sensitivity);
  // Says the same of one row, without conditions.
  [[nodiscard]] RowScope in_row(std::string_view row_organisation, const About& about,
                                std::string_view record) const;

  bool operator==(const RowScope&) const = default;
};

// Whether one of these hand-overs is about rows of this keeper and form.
[[nodiscard]] bool covers(const std::set<Handed>& handed, std::string_view keeper,
                          std::string_view form);

// The scope that reaches no row.
[[nodiscard]] RowScope no_scope();

// As of: what held on `valid_on` as known at `known_at`. Absent: now.
struct AsOf {
  std::optional<Date> valid_on;
  std::optional<Instant> known_at;
  [[nodiscard]] bool is_now() const { return !valid_on && !known_at; }
};

struct Query {
  std::string form;                     // "pack/form"
  std::vector<Filter> filters;          // joined by and
  std::shared_ptr<const feel::Predicate> where{};   // rows of which it is true; null: all
  bool is_undetermined = false;         // instead those of which `where` cannot be determined
  // Of all statements of a page with `where` together; what takes longer is refused.
  std::chrono::milliseconds where_time{2'000};
  std::string text;                     // every word, as prefix, in a searchable field
  std::set<std::string> text_fields;    // searchable fields that the caller may see
  std::optional<Sort> sort;             // default: newest record first
  std::int64_t limit = 50;
  std::string cursor;                   // opaque, from Page::next; bound to the query
  RowScope scope;
  AsOf as_of;
  bool with_children = true;            // read `many` fields too (one query per field and page)
};

struct Page {
  std::vector<Record> records;
  std::string next;                     // empty: this was the last page
};

}  // namespace zicht::model
