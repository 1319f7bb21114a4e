// A question for one page of records of a form, independent of SQL and HTTP.
//
// A Query is built by app after the access decision: filters and sort only name fields that the
// caller may see. RowScope is the part of the access decision that runs inside the query; the
// store may never widen it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/instant.h"
#include "model/record.h"

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

// Rows the caller may see. With `organisation` the caller's own:
//   row.organisation == organisation && row.audience <= clearance      (own rows), or
//   elsewhere && row.audience <= *elsewhere                            (everybody else's, own too)
// So one scope says exactly what several roles allow together: a role for the own organisation
// widens `clearance` only, a role for all organisations both. `elsewhere` is absent when the
// question itself touches a field that may only be seen in own rows: others' rows then stay out,
// or the answer would tell about that field. A visitor has no organisation: {public, public, ""}.
struct RowScope {
  Sensitivity clearance = Sensitivity::kPublic;
  std::optional<Sensitivity> elsewhere = Sensitivity::kPublic;    // <= clearance
  std::string organisation;

  // What may be seen of a row of this organisation; absent: nothing.
  [[nodiscard]] std::optional<Sensitivity> clearance_in(std::string_view row_organisation) const {
    const bool is_own = !organisation.empty() && row_organisation == organisation;
    return is_own ? std::optional(clearance) : elsewhere;
  }
  bool operator==(const RowScope&) const = default;
};

// As of: what held on `valid_on` as known at `known_at`. Absent: now.
struct AsOf {
  std::optional<Date> valid_on;
  std::optional<Instant> known_at;
  [[nodiscard]] bool is_now() const { return !valid_on && !known_at; }
};

struct Query {
  std::string form;                     // "pack/form"
  std::vector<Filter> filters;          // joined by and
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
