// Records as JSON for one caller ("Record" and the items of "_search" in docs/formats/api.md).
//
// Only what the scope sees is written: fields, titles of referenced records, deadlines whose start
// and term are visible, steps that one may take.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/access.h"
#include "app/ports.h"
#include "app/present/json_writer.h"
#include "app/rulebook.h"

namespace zicht::app {

// By id; of records, and without a form of accounts and organisations.
using References = std::map<std::string, RecordReference>;

// One row for one caller. All pointers are to values that outlive it. Requires: sees_row.
struct RecordView {
  const Rulebook* rules = nullptr;
  const Caller* caller = nullptr;
  const ActiveForm* form = nullptr;     // decides what is seen
  const model::RowScope* scope = nullptr;
  const model::Record* record = nullptr;
  std::string organisation_name;
  const References* references = nullptr;
  const model::About* about = nullptr;  // of the caller, for what may be done with the row
  const References* same_as = nullptr;  // of a person: other records of the same one
  std::vector<std::string> handed_to{};  // names of organisations that look at it as at their own
  const std::set<std::string>* only = nullptr;  // fields that are asked for; null: all
};

// The whole record. `today`: with the steps that the caller may take; absent (as of an earlier
// moment): without.
void write_record(JsonWriter& json, const RecordView& view, std::optional<Date> today);

// The shorter shape of a search.
void write_search_item(JsonWriter& json, const RecordView& view);

void write_references(JsonWriter& json, const References& references);

// What the visible fields of rows name: ids of records, accounts and organisations.
struct Mentioned {
  std::set<std::string> records, accounts, organisations;
};

// Adds what this row mentions, but for what it mentions by the fields `unnamed`.
void gather_mentioned(const RecordView& view, Mentioned& mentioned,
                      const std::vector<std::string>& unnamed = {});
// Those of `known` that are mentioned.
[[nodiscard]] References names_of(const Mentioned& mentioned, const References& known);

// False when the window hangs on a field that is not visible in this row.
[[nodiscard]] bool sees_deadline(const model::RowScope& scope, const model::Form& form,
                                 std::string_view organisation, const model::DeadlineRule& rule);

}  // namespace zicht::app
