// What a published file says of each row of the table that it was made of, and where it says
// something that it may not. For the audit alone.
#pragma once

#include <string_view>
#include <vector>

#include "stats/csv.h"
#include "stats/disclosure/table_spec.h"

namespace zicht::stats::internal {

// What is wrong with a row or a file.
enum class Alteration {
  kMissing,      // a cell of the table is not there
  kExtra,        // a cell that the table does not have
  kTwice,        // a cell that was there already
  kValue,        // another value than may be shown
  kHiddenValue,  // a value where it says hidden
  kStatus,       // a status that is not known, or that the method does not give
  kColumn,       // a column that may not go out
};

struct PublishedRow {
  bool is_shown = false;  // with its true value
  double lower = 0;       // what else is known, where the method changes values
  double upper = kUnbounded;
};

struct AlteredRow {
  Alteration what = Alteration::kMissing;
  std::size_t row = 0;  // of the table; of the published file for kExtra and kTwice; none: kColumn
  std::size_t column = 0;  // of the published file, for kColumn
};

struct PublishedRows {
  std::vector<PublishedRow> rows{};  // of the table
  std::vector<AlteredRow> altered{};
};

// The column that is published.
[[nodiscard]] const std::string& measure_of(const TableSpec& spec);

// Errors: SA-0098 a column that is not there, SA-0099 a value that is no number. `facts` has one
// for each row of `truth`.
[[nodiscard]] Result<PublishedRows> compare_published(const CsvTable& truth, const TableSpec& spec,
                                                      const std::vector<CellFacts>& facts,
                                                      const CsvTable& published);

}  // namespace zicht::stats::internal
