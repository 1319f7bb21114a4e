// CSV text as a table: a header row, then rows of as many fields, each with its line in the file.
//
//     ZICHT_TRY(table, CsvTable::parse(text, {.file = "counts.csv"}));
//     ZICHT_TRY(place, table.column("place"));
//     ZICHT_TRY(count, table.number(row, column));       // absent where the field is empty
//
// UTF-8, with a byte order mark or without. Fields are divided by commas, or by semicolons or tabs
// where the header row has more of those; with semicolons numbers have a decimal comma or point.
// Blanks round a field that is not quoted are no part of it; blank lines are skipped. Numbers have
// no thousands separators. Const after parsing, and then thread-safe.
//
// Source of the format: RFC 4180. Errors name file and line: SA-0090 to SA-0099.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zicht::stats {

struct CsvOptions {
  std::string file = "csv";  // as the reader knows it; for errors
  std::size_t max_bytes = std::size_t{512} << 20;
  std::size_t max_rows = 5'000'000;
  std::size_t max_columns = 1'000;
};

class CsvTable {
 public:
  // Errors: SA-0090 no header row, SA-0091 not UTF-8, SA-0092 more bytes or rows than the options
  // allow, SA-0093 more columns, SA-0094 a column twice, SA-0095 a column without a name, SA-0096 a
  // row with too few or too many fields, SA-0097 a quotation mark that is open or stray.
  [[nodiscard]] static Result<CsvTable> parse(std::string_view text,
                                              const CsvOptions& options = {});

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return lines_.size(); }  // without the header
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] char separator() const { return separator_; }

  // The place of a column. Errors: SA-0098, naming the columns that are there.
  [[nodiscard]] Result<std::size_t> column(std::string_view name) const;
  [[nodiscard]] std::optional<std::size_t> find_column(std::string_view name) const;

  // Requires, here and below: row < rows() and column < columns().size().
  [[nodiscard]] std::string_view text(std::size_t row, std::size_t column) const;

  // Finite, or absent where the field is empty. Errors: SA-0099 for anything else, NaN and infinity
  // included.
  [[nodiscard]] Result<std::optional<double>> number(std::size_t row, std::size_t column) const;

  // Line in the file where the row begins, from 1.
  [[nodiscard]] std::uint32_t line(std::size_t row) const { return lines_[row]; }

 private:
  friend class CsvReader;

  std::string file_;
  std::vector<std::string> columns_;
  char separator_ = ',';
  std::string bytes_;              // all fields, one after another
  std::vector<std::size_t> ends_;  // of each field in bytes_
  std::vector<std::uint32_t> lines_;
};

// Adds one row to `out`, divided by commas and ended by CRLF. A field that is no number and that a
// spreadsheet would run is made harmless (base/csv_text.h).
void append_csv_row(std::string& out, const std::vector<std::string>& fields);

}  // namespace zicht::stats
