// Imports as JSON and as a table of errors (docs/formats/import.md, docs/formats/api.md).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/answer.h"
#include "app/internal/import_plan.h"
#include "app/table_sink.h"

namespace zicht::app {

// A mapping that somebody can choose: of a pack, or one that the organisation keeps.
struct OfferedMapping {
  std::string name;
  LocalizedText title;
  std::string pack;  // empty: kept by the organisation
  packs::ImportMapping mapping;
  Json json;         // as it is written
  bool is_stale = false;  // the active packs do not take it any more
};

// Those of the organisation first, then those of packs; of one form, or of all. What does not fit
// the active packs any more is left out.
[[nodiscard]] std::vector<OfferedMapping> offered_mappings(const model::PackSet& packs,
                                                           const std::map<std::string, Json>& kept,
                                                           std::string_view form);
// Those of the organisation that are left out there: they can be removed and nothing else.
[[nodiscard]] std::vector<OfferedMapping> stale_mappings(const model::PackSet& packs,
                                                         const std::map<std::string, Json>& kept);
// The file has every column of the mapping.
[[nodiscard]] bool fits(const packs::ImportMapping& mapping, const ImportTable& table);

[[nodiscard]] std::string mappings_json(const std::vector<OfferedMapping>& offered);

// What is seen of a file: its columns with samples and the field that each is taken for, by name.
// `form` has the fields that the caller sees.
[[nodiscard]] std::string look_json(const ImportTable& table, std::int64_t header_row,
                                    const model::Form& form, const model::PackSet& packs,
                                    const std::vector<OfferedMapping>& offered);

// The difference: at most 500 rows, errors first, then changed, then new ones; those that stay as
// they are only count.
[[nodiscard]] std::string plan_json(const internal::ImportPlan& plan, const References& names);
// The records that the changes of those rows mention.
void gather_changed(const internal::ImportPlan& plan, Mentioned& mentioned);

// A row for each problem: line, column or field, what is wrong, what to do.
void write_error_rows(const internal::ImportPlan& plan, const packs::ImportMapping& mapping,
                      Language language, TableSink& sink);

}  // namespace zicht::app
