// Where an export goes, row by row: CSV or XLSX (src/exchange), or a recorder in tests.
//
// The use case calls begin once, row for every record, note for what the reader must know (a cap
// that was reached, a peildatum), finish once. One thread at a time; not reusable after finish.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace zicht::app {

// A decimal or an amount: digits kept exactly, written as a number where the format has numbers.
struct NumberText {
  std::string digits;                   // canonical, e.g. "1250.00"
};

// Empty, text, whole number, exact decimal, civil date.
using Cell = std::variant<std::monostate, std::string, std::int64_t, NumberText, Date>;

class TableSink {
 public:
  virtual ~TableSink() = default;
  // Headings as people read them. Requires: called first, at least one column.
  virtual void begin(const std::string& title, const std::vector<std::string>& headings) = 0;
  // Requires: as many cells as headings.
  virtual void row(const std::vector<Cell>& cells) = 0;
  // A sentence under the table.
  virtual void note(const std::string& text) = 0;
  // The whole file. Errors: EX-0001 (could not be made), kResourceExhausted when too large.
  [[nodiscard]] virtual Result<std::string> finish() = 0;

  [[nodiscard]] virtual std::string content_type() const = 0;
  [[nodiscard]] virtual std::string file_extension() const = 0;
};

}  // namespace zicht::app
