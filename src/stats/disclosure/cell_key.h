// Cell key method: counts of people with a little noise, for tables that people put together
// themselves. The same people give the same noise in every table, so that asking again, or asking
// for two tables and their difference, tells nothing more.
//
//     ZICHT_TRY(noise, NoiseTable::create({.largest = 5, .variance = 2}));
//     CellKeys cell;                                        // of one cell of a table
//     for (person in cell) cell.add(record_key(person, secret));
//     show(noise.shown(cell));
//
// Formula: every record has a key, uniform and secret; the key of a cell is the sum of the keys of
// its records, without its whole part, which is uniform as well and the same wherever these records
// come together. A row of the table for each true count i says how likely each noise d is: the
// distribution of greatest entropy over the d that are possible with
//     sum p(d) = 1,  sum d p(d) = 0 (unbiased),  sum d^2 p(d) = variance,
// so p(d) = exp(a + b d + c d^2); possible are -largest <= d <= largest with i + d = 0 or i + d >
// hidden_up_to. A count of 0 stays 0. The key of the cell picks d from the row by its cumulative
// probabilities. From i = largest + hidden_up_to on every row is the same.
//
// Source: G. Thompson, S. Broadfoot and D. Elazar, "Methodology for the automatic
// confidentialisation of statistical outputs from remote servers at the Australian Bureau of
// Statistics" (UNECE 2013); S. Giessing, "Computational issues in the design of transition
// probabilities and disclosure risk estimation for additive noise" (PSD 2016) for the greatest
// entropy.
//
// Totals do not equal the sum of their parts: each has noise of its own. Rows are unbiased to
// 1e-12. Deterministic; pure; const members are thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace zicht::stats {

// Uniform in [0,1), in units of 2^-64.
using RecordKey = std::uint64_t;

// The key of a record by its id. `secret` is kept as a key is: who has it can take noise away.
[[nodiscard]] RecordKey record_key(std::string_view record, const Hash& secret);

// The records of one cell: how many, and the key of the cell. Cells without a record in common may
// be put together.
class CellKeys {
 public:
  void add(RecordKey key) {
    ++count_;
    key_ += key;
  }
  void add(const CellKeys& other) {
    count_ += other.count_;
    key_ += other.key_;
  }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::uint64_t key() const { return key_; }

 private:
  std::uint64_t count_ = 0;
  std::uint64_t key_ = 0;  // the whole part falls off by itself
};

struct NoiseOptions {
  int largest = 5;       // 1 to 50
  double variance = 2;   // > 0
  int hidden_up_to = 0;  // counts of 1 up to this are never shown; 0 to 10
};

class NoiseTable {
 public:
  // Errors: SA-0070 an option outside its domain; SA-0071 no row has that variance: it says for
  // which count, and what is possible there.
  [[nodiscard]] static Result<NoiseTable> create(const NoiseOptions& options);

  // The noise of a cell: shown() - count. shown() is 0 or more than hidden_up_to.
  [[nodiscard]] int noise(std::uint64_t count, std::uint64_t key) const;
  [[nodiscard]] std::uint64_t shown(const CellKeys& cell) const;

  // Probabilities of -largest ... largest for a true count.
  [[nodiscard]] std::span<const double> row(std::uint64_t count) const;

 private:
  explicit NoiseTable(int largest) : largest_(largest) {}

  int largest_;
  std::vector<std::vector<double>> rows_;  // by count; the last one is for all that are larger
  std::vector<std::vector<double>> cumulated_;
};

}  // namespace zicht::stats
