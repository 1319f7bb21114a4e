// From a table and its specification to what may be published: the table with a status per cell,
// and a report for people.
//
//     ZICHT_TRY(done, protect_table(csv, spec));
//     write(done.csv(csv));
//     write(done.report(csv, "nl"));
//
// Fail closed: where a cell stays exposed, or less wide than asked, there is nothing to publish.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stats/disclosure/tables.h"
#include "stats/report.h"

namespace zicht::stats {

class ProtectedTable {
 public:
  // Rows as in the file: the columns of the dimensions, `status` (published, hidden,
  // rounded, or noisy by cell keys) and the value, empty where it is hidden. Neither this nor the
  // report tells why a cell is hidden: that it is sensitive itself would say that it is small. The
  // frequency of a table of amounts, largest contributions and contributors stay out: they are not
  // protected.
  [[nodiscard]] std::string csv(const CsvTable& table) const;

  // One page, in "nl" or "en". Shows no value that csv() does not show.
  [[nodiscard]] std::string report(const CsvTable& table, std::string_view language) const;

  // By how much of the least cost the pattern may cost too much; of the exact method alone.
  [[nodiscard]] std::optional<double> gap() const { return gap_; }

  // The method hides cells; others change what is shown of each.
  [[nodiscard]] bool hides() const { return changed_.empty(); }

  [[nodiscard]] const LinkedCells& cells() const { return cells_; }
  [[nodiscard]] std::size_t count(CellStatus status) const;

 private:
  friend Result<ProtectedTable> protect_table(const CsvTable& csv, const TableSpec& spec);

  [[nodiscard]] Result<void> apply(const CsvTable& csv, const Table& table);
  [[nodiscard]] Result<void> change(std::vector<double> values);
  [[nodiscard]] std::string value_column() const;
  [[nodiscard]] std::string_view status_of(std::size_t row) const;
  [[nodiscard]] std::string shown(const CsvTable& table, std::size_t row) const;
  [[nodiscard]] ReportTable rows_of(const CsvTable& table, const std::string& caption,
                                    const std::string& hidden) const;

  TableSpec spec_{};
  LinkedCells cells_{};
  std::optional<double> gap_{};
  std::vector<double> changed_{};  // what is shown, where the method changes values
};

// Errors: SA-0009 nothing to protect by (kNone, numbers that do not add up); those of
// Table::create; SA-0018 cells that no pattern protects as far as asked, SA-0061 no rounded table
// that adds up, SA-0062 too many cells for the method; by cell keys SA-0070, SA-0071, SA-0073 a key
// that is none, SA-0074 keys that do not add up.
[[nodiscard]] Result<ProtectedTable> protect_table(const CsvTable& csv, const TableSpec& spec);

}  // namespace zicht::stats
