// The tables of a release and of those before it as one set of cells, as an attacker reads them.
// For the audit alone; release_audit.h says what is one cell and what is related.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "stats/disclosure/audit.h"
#include "stats/disclosure/release.h"
#include "stats/disclosure/tables.h"
#include "stats/internal/outside_rows.h"
#include "stats/internal/published_rows.h"

namespace zicht::stats::internal {

// The measure, then a column and a code for each dimension that is not at its total, by column.
using CellKey = std::vector<std::uint32_t>;

struct CellKeyHash {
  std::size_t operator()(const CellKey& key) const {
    std::size_t hash = 1469598103934665603ULL;
    for (const std::uint32_t part : key) hash = (hash ^ part) * 1099511628211ULL;
    return hash;
  }
};

// Names by number.
class Names {
 public:
  std::uint32_t number(const std::string& name) {
    const auto [place, is_new] = number_of_.emplace(name, names_.size());
    if (is_new) names_.push_back(name);
    return place->second;
  }
  [[nodiscard]] const std::string& name(std::uint32_t number) const { return names_[number]; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::uint32_t> number_of_;
};

enum class CellRole : std::uint8_t { kRow, kAtom, kDifference, kChange };

// What is known of a cell besides what the audit looks at.
struct ReleaseCell {
  CellRole role = CellRole::kRow;
  std::size_t edition = 0;
  std::size_t table = 0;  // of that edition, the first that has it
  std::size_t row = 0;    // of that table, for kRow
  CellKey key{};
  // Its value is not known here, nor that of a difference with it: what stands is a place-holder.
  bool is_open = false;
  CellFacts facts{};
  std::vector<CellId> between{};  // of kDifference, kChange: the larger or later, the other
};

struct TableCells {
  std::vector<std::uint32_t> columns{};
  std::vector<std::vector<std::uint32_t>> codes{};  // of each row
  std::vector<CellId> cells{};                      // of each row; empty: not in the audit
  PublishedRows published{};
};

// A total and the codes that add up to it.
// All other codes of the column in a table add up to its total: of the tables of one measure.
constexpr std::uint32_t kAnyMeasure = 0xFFFFFFFF;
struct KeyGroup {
  std::uint32_t measure = kAnyMeasure;
  std::uint32_t column = 0;
  std::uint32_t total = 0;
  std::vector<std::uint32_t> parts{};  // in order
  bool operator==(const KeyGroup&) const = default;
};

struct ReleaseEdition {
  std::vector<TableCells> tables{};
  std::unordered_map<CellKey, CellId, CellKeyHash> cell_of{};
  std::vector<KeyGroup> groups{};
  std::vector<std::pair<std::size_t, std::size_t>> undecided{};  // tables that share cells
};

struct ReleaseCells {
  LinkedCells cells{};
  std::vector<ReleaseCell> about{};  // each cell
  Publication publication{};
  std::vector<ReleaseEdition> editions{};
  Names names{};                                            // columns and codes
  std::unordered_map<std::uint32_t, std::uint32_t> root{};  // of columns: the code of the total

  // `key` with another code in a column.
  [[nodiscard]] CellKey with(const CellKey& key, std::uint32_t column, std::uint32_t code) const;
  // Absent: the column is at a total that has no code.
  [[nodiscard]] std::optional<std::uint32_t> code(const CellKey& key, std::uint32_t column) const;
  CellId add(const Cell& cell, ReleaseCell about);
};

// Cells of all tables with their bounds, what is shown, sensitive, and known to contributors.
// `is_cautious`: nothing is taken to be known of hidden amounts. Errors: those of Table::create,
// compare_published and read_outside; SA-0047, SA-0048, SA-0049.
[[nodiscard]] Result<ReleaseCells> gather_release_cells(const std::vector<Release>& editions,
                                                        std::size_t max_cells, bool is_cautious);

// Adds what follows from totals and parts, in one edition and across its tables, and groups of
// people that overlapping regions set apart (release_regions.cc).
void relate_regions(ReleaseCells& all, const std::vector<Release>& editions, std::size_t edition);

// Adds what one edition says of another (release_editions.cc). `is_cautious`: that counts grow is
// known only where true values say so.
void relate_editions(ReleaseCells& all, const std::vector<Release>& editions, bool is_cautious);

// Says what must stay uncertain of tables without true values (release_outside.cc).
void judge_outside(ReleaseCells& all, const std::vector<Release>& editions);

// The same of the difference of two cells of which one is open; absent: nothing.
[[nodiscard]] std::optional<Protection> ask_open(const TableSpec& spec, double minimum);

// Whether a range that is too narrow gives a group away whatever the values are: one that is
// somebody for certain, and for certain too few. Of hidden counts 0 to few is too narrow already.
[[nodiscard]] bool tells_outside(const TableSpec& spec, const ReleaseCell& about, const Cell& asked,
                                 double lower, double upper);

// The least number of contributors that the rules of a table allow; 0: they ask none.
[[nodiscard]] double minimum_of(const TableSpec& spec);

// What must stay uncertain of a group of people, by the threshold rule; absent: nothing.
[[nodiscard]] std::optional<Protection> judge_difference(double people, double value,
                                                         const TableSpec& spec, double minimum);

}  // namespace zicht::stats::internal
