// What of an indicator with a threshold may be told, and whether that holds beside what was told
// before: tables for stats/disclosure, made of the groups of a count.
//
//     ZICHT_TRY(made, protect_figures(indicator, groups, value_of, on));
//     made.withheld.contains({"kind", ":fire"});        // of this dimension, this value
//     ZICHT_CHECKED(audit_tables(earlier, on, made.tables));
//
// A table has a row for the total and one for each value of each dimension; of a share each in
// three: yes, no, not known. The pattern of what is hidden comes from stats/disclosure/protect.h,
// and is judged by stats/disclosure/release_audit.h, which shares no code with it. Pure.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "model/tally.h"

namespace zicht::app::internal {

// One table as it is kept with an edition ("CountedTable" in docs/formats/api.md).
struct CountedTable {
  std::string indicator;                // "pack/id"
  std::string name;                     // of the table within the edition
  std::string definition;               // tables of another one, and another day, are not compared
  std::vector<std::string> dimensions;  // columns, by the fields that they are of
  bool has_value = false;               // a sum; else a count
  std::int64_t threshold = 0;
  bool is_cumulative = true;
  std::string truth{}, published{};  // CSV

  [[nodiscard]] Json to_json() const;
  // Absent: no such table.
  [[nodiscard]] static std::optional<CountedTable> from_json(const Json& json);
};

struct ProtectedFigures {
  std::set<std::pair<std::string, std::string>> withheld;  // as FiguresView::is_withheld has them
  std::vector<CountedTable> tables;
};

// The value of a row in a dimension as FiguresView::is_withheld has it.
using ValueOf =
    std::function<std::string(std::size_t dimension, const std::optional<std::string>& value)>;

// `on`: the reference day. Errors: AP-0218 no pattern protects these figures.
[[nodiscard]] Result<ProtectedFigures> protect_figures(const model::Indicator& indicator,
                                                       const std::vector<model::Group>& groups,
                                                       const ValueOf& value_of, Date on);

// An earlier edition of the same tables, oldest first.
struct EarlierTables {
  std::string on;  // its reference day
  std::vector<CountedTable> tables;
};

// Whether these tables may go out beside the earlier ones. Errors: AP-0217 with what was found.
[[nodiscard]] Result<void> audit_tables(const std::vector<EarlierTables>& earlier,
                                        const std::string& on,
                                        const std::vector<CountedTable>& tables);

}  // namespace zicht::app::internal
