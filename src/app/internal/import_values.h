// A cell of a table as the value of a field: numbers, dates, codes and names as people write them.
//
//     const CellReader reader(mapping, packs, form, lookup);
//     const ReadCell read = reader.value(column, field, cell);
//     if (!read.problems.empty()) ... else if (read.value) fields[field.id] = *read.value;
//
// Gives values in the shape of the field; whether they fit (limits, dated codes) is told by the
// validation afterwards. No problem tells what stands in a cell: it names the column, not the
// value. Thread-safe where the lookup is.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/import_table.h"
#include "base/date.h"
#include "base/error_catalogue.h"
#include "packs/import_mapping.h"

namespace zicht::app::internal {

// "1.234,5" -> "1234.5", "-12" -> "-12": digits with a point at most. Thousands are apart by the
// other sign or by blanks, three digits each, or not at all. Absent for anything else.
[[nodiscard]] std::optional<std::string> read_number(std::string_view text, bool has_decimal_comma);

// "31-12-2024", "31/12/2024", "2024-12-31" (in every notation), "20241231" (year first). Absent for
// two digits of a year and for days that are not there.
[[nodiscard]] std::optional<Date> read_date(std::string_view text, packs::DateNotation notation);

// A day, or "2024", "2024-03", "2024KW01", "2024 Q1", "2024MM03", "2024JJ00": first and last day.
struct ReadPeriod {
  Date first, last;
};
[[nodiscard]] std::optional<ReadPeriod> read_period(std::string_view text,
                                                    packs::DateNotation notation);

// What people take for the same name: words without capitals and accents.
[[nodiscard]] std::string folded(std::string_view text);

struct ReadCell {
  std::optional<Json> value;      // absent: the cell is empty
  std::vector<Problem> problems;
};

// The records that have a name, by a field of their form (empty: by their title).
using LookUpRecords = std::function<Result<const std::vector<std::string>*>(
    const std::string& form, const std::string& match, const std::string& name)>;

class CellReader {
 public:
  // All outlive it.
  CellReader(const packs::ImportMapping& mapping, const model::PackSet& packs,
             const model::Form& form, const LookUpRecords& look_up)
      : mapping_(mapping), packs_(packs), form_(form), look_up_(look_up) {}

  // Errors: those of looking records up.
  [[nodiscard]] Result<ReadCell> value(const packs::ImportColumn& column,
                                       const model::Field& field, const ImportCell& cell) const;

 private:
  Result<ReadCell> item(const packs::ImportColumn& column, const model::Field& field,
                        const ImportCell& cell) const;
  [[nodiscard]] ReadCell choice(const packs::ImportColumn& column, const model::Field& field,
                                const std::string& text) const;
  Result<ReadCell> reference(const packs::ImportColumn& column, const model::Field& field,
                             const std::string& text) const;
  [[nodiscard]] ReadCell refused(std::string_view id, const packs::ImportColumn& column,
                                 const model::Field& field, Arguments arguments = {}) const;
  [[nodiscard]] bool means_nothing(std::string_view text) const;

  const packs::ImportMapping& mapping_;
  const model::PackSet& packs_;
  const model::Form& form_;
  const LookUpRecords& look_up_;
};

}  // namespace zicht::app::internal
