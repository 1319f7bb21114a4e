// What an import would do, row by row, before anything is written; and how it is told.
//
//     ZICHT_TRY(plan, make_plan(ports, caller, {rules, form, mapping, table, ...}));
//     if (plan.counts.errors == 0 && all confirmed) write(plan.rows[i].draft ...)
//
// A row is matched with the record that has the same key (among those that the caller sees), turned
// into the change or the new record that RecordService would make of it, with all of its checks,
// and compared. Blocks on the store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/import_table.h"
#include "app/internal/record_draft.h"
#include "packs/import_mapping.h"

namespace zicht::app::internal {

enum class RowOutcome { kNew, kChanged, kSame, kError };
[[nodiscard]] std::string_view name_of(RowOutcome outcome);

struct FieldChange {
  std::string field;
  Json before, after;             // null where there is none
};

struct PlannedRow {
  std::uint32_t line = 0;
  RowOutcome outcome = RowOutcome::kError;
  std::string record;             // that is there already
  std::int64_t version = 0;       // of it
  std::string title;              // of the record as it becomes
  std::vector<FieldChange> changes;
  std::vector<Problem> problems;
  std::optional<Draft> draft;     // of new and changed ones
};

// What stands out: a person confirms each by its key.
struct Question {
  std::string key;                // "changed", "factor:<field>", "year", "missing"
  Problem problem;
};

struct PlanCounts {
  std::int64_t created = 0, changed = 0, same = 0, errors = 0;
};

struct ImportPlan {
  ActiveForm form;
  std::vector<PlannedRow> rows;
  PlanCounts counts;
  std::vector<Question> questions;
  std::vector<std::string> unused_columns;
  // "<created>-<changed>-<same>-<hash>": the same while file, mapping, packs, records and what the
  // words of the file mean are.
  std::string id;
};

struct PlanWish {
  RulebookPtr rules;
  ActiveForm form;
  const packs::ImportMapping& mapping;
  const ImportTable& table;
  std::string identity;                // of file and mapping
  std::optional<std::int64_t> year;    // that is expected; absent: by the mapping
  Date today;
  std::size_t most_compared = 0;       // records of a form that are read
};

// Errors: AP-0020 with AP-0302 and AP-0306 for the mapping beside this file, AP-0309, those of the
// store.
[[nodiscard]] Result<ImportPlan> make_plan(const RecordService::Ports& ports, const Caller& caller,
                                           const PlanWish& wish);

}  // namespace zicht::app::internal
