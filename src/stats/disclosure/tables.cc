#include "stats/disclosure/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "base/error_catalogue.h"

namespace zicht::stats {
namespace {

constexpr std::uint32_t kNoCode = 0xFFFFFFFF;
using Codes = std::vector<std::uint32_t>;  // of one cell, a number per dimension

struct CodesHash {
  std::size_t operator()(const Codes& codes) const {
    std::size_t hash = 1469598103934665603ULL;
    for (const std::uint32_t code : codes) hash = (hash ^ code) * 1099511628211ULL;
    return hash;
  }
};

// The codes of one dimension by number, and what adds up to what.
struct Axis {
  std::vector<std::string> names{};
  std::unordered_map<std::string, std::uint32_t> number_of{};
  std::vector<std::pair<std::uint32_t, Codes>> groups{};  // total, parts

  std::uint32_t number(const std::string& name) {
    const auto [place, is_new] = number_of.emplace(name, static_cast<std::uint32_t>(names.size()));
    if (is_new) names.push_back(name);
    return place->second;
  }
};

}  // namespace

class TableReader {
 public:
  TableReader(const CsvTable& csv, const TableSpec& spec) : csv_(csv), spec_(spec) {
    table_.spec_ = spec;
  }

  Result<Table> read() {
    if (csv_.rows() == 0) return make_error("SA-0010", {{"file", csv_.file()}});
    ZICHT_CHECKED(read_axes());
    ZICHT_CHECKED(read_cells());
    ZICHT_CHECKED(read_facts());
    if (spec_.adds_up) ZICHT_CHECKED(read_totals());
    if (spec_.guards_singletons) ZICHT_CHECKED(read_singletons());
    return std::move(table_);
  }

 private:
  std::string line(std::size_t row) const { return std::to_string(csv_.line(row)); }

  Result<void> read_axes() {
    for (const Dimension& dimension : spec_.dimensions) {
      ZICHT_TRY(column, csv_.column(dimension.column));
      columns_.push_back(column);
      Axis axis;
      for (const CodeGroup& group : dimension.groups) {
        Codes parts;
        for (const std::string& part : group.parts) parts.push_back(axis.number(part));
        axis.groups.emplace_back(axis.number(group.total), std::move(parts));
      }
      if (dimension.total) axis.groups.emplace_back(axis.number(*dimension.total), Codes{});
      axes_.push_back(std::move(axis));
    }
    return {};
  }

  Result<void> read_cells() {
    for (std::size_t row = 0; row < csv_.rows(); ++row) {
      Codes codes;
      for (std::size_t d = 0; d < axes_.size(); ++d) {
        ZICHT_TRY(code, code_of(row, d));
        codes.push_back(code);
      }
      const auto [place, is_new] = cell_of_.emplace(codes, static_cast<CellId>(row));
      if (!is_new) {
        return make_error("SA-0014", {{"file", csv_.file()},
                                      {"line", line(row)},
                                      {"first", line(place->second)},
                                      {"cell", name_of(codes)}});
      }
      codes_.push_back(std::move(codes));
    }
    return {};
  }

  Result<std::uint32_t> code_of(std::size_t row, std::size_t d) {
    const std::string code(csv_.text(row, columns_[d]));
    Axis& axis = axes_[d];
    const auto known = axis.number_of.find(code);
    if (known != axis.number_of.end()) return known->second;
    if (!spec_.dimensions[d].total || code.empty()) {
      return make_error("SA-0011", {{"file", csv_.file()},
                                    {"line", line(row)},
                                    {"column", spec_.dimensions[d].column},
                                    {"code", code}});
    }
    const std::uint32_t number = axis.number(code);
    axis.groups.front().second.push_back(number);
    return number;
  }

  std::string name_of(const Codes& codes) const {
    std::string name;
    for (std::size_t d = 0; d < codes.size(); ++d) {
      name += (d > 0 ? ", " : "") + axes_[d].names[codes[d]];
    }
    return name;
  }

  Result<double> required_number(std::size_t row, std::size_t column) {
    ZICHT_TRY(number, csv_.number(row, column));
    if (number) return *number;
    return make_error(
        "SA-0012",
        {{"file", csv_.file()}, {"line", line(row)}, {"column", csv_.columns()[column]}});
  }

  Result<void> read_facts() {
    std::optional<std::size_t> frequency;
    std::optional<std::size_t> value;
    std::vector<std::size_t> largest;
    if (spec_.frequency) {
      ZICHT_TRY(column, csv_.column(*spec_.frequency));
      frequency = column;
    }
    if (spec_.value) {
      ZICHT_TRY(column, csv_.column(*spec_.value));
      value = column;
    }
    for (const std::string& name : spec_.largest) {
      ZICHT_TRY(column, csv_.column(name));
      largest.push_back(column);
    }
    for (std::size_t row = 0; row < csv_.rows(); ++row) {
      CellFacts facts;
      if (frequency) {
        ZICHT_TRY(number, required_number(row, *frequency));
        if (number < 0 || number != std::floor(number)) return bad_count(row, *frequency);
        facts.frequency = number;
      }
      facts.value = facts.frequency;
      if (value) {
        ZICHT_TRY(number, required_number(row, *value));
        facts.value = number;
      }
      ZICHT_CHECKED(read_largest(row, largest, facts));
      table_.facts_.push_back(std::move(facts));
    }
    return {};
  }

  Error bad_count(std::size_t row, std::size_t column) const {
    return make_error(
        "SA-0013",
        {{"file", csv_.file()}, {"line", line(row)}, {"column", csv_.columns()[column]}});
  }

  // Largest first, each at most the one before, together no more than the value.
  Result<void> read_largest(std::size_t row, const std::vector<std::size_t>& columns,
                            CellFacts& facts) {
    double sum = 0;
    for (const std::size_t column : columns) {
      ZICHT_TRY(number, csv_.number(row, column));
      if (!number) break;
      sum += *number;
      const bool is_ordered = facts.largest.empty() || *number <= facts.largest.back();
      if (*number < 0 || !is_ordered || sum > facts.value + spec_.tolerance) {
        return make_error(
            "SA-0017",
            {{"file", csv_.file()}, {"line", line(row)}, {"column", csv_.columns()[column]}});
      }
      facts.largest.push_back(*number);
    }
    return {};
  }

  Result<void> read_totals() {
    for (std::size_t d = 0; d < axes_.size(); ++d) {
      std::unordered_map<std::uint32_t, std::vector<const Codes*>> groups_of;
      for (const auto& [total, parts] : axes_[d].groups) groups_of[total].push_back(&parts);
      for (CellId cell = 0; cell < codes_.size(); ++cell) {
        const auto groups = groups_of.find(codes_[cell][d]);
        if (groups == groups_of.end()) continue;
        for (const Codes* const parts : groups->second) ZICHT_CHECKED(read_total(cell, d, *parts));
      }
    }
    return {};
  }

  // No relation where none of the parts is in the table.
  Result<void> read_total(CellId total, std::size_t d, const Codes& parts) {
    std::vector<CellId> cells{total};
    Codes codes = codes_[total];
    std::uint32_t missing = kNoCode;
    for (const std::uint32_t part : parts) {
      codes[d] = part;
      const auto found = cell_of_.find(codes);
      if (found == cell_of_.end()) {
        missing = part;
      } else {
        cells.push_back(found->second);
      }
    }
    if (cells.size() == 1) return {};
    if (missing != kNoCode) {
      codes[d] = missing;
      return make_error("SA-0015", {{"file", csv_.file()},
                                    {"line", line(total)},
                                    {"total", name_of(codes_[total])},
                                    {"cell", name_of(codes)}});
    }
    ZICHT_CHECKED(check_sum(cells));
    table_.totals_.push_back(std::move(cells));
    table_.dimension_of_total_.push_back(d);
    return {};
  }

  Result<void> check_sum(const std::vector<CellId>& cells) const {
    double frequencies = 0;
    double values = 0;
    for (std::size_t i = 1; i < cells.size(); ++i) {
      frequencies += table_.facts_[cells[i]].frequency;
      values += table_.facts_[cells[i]].value;
    }
    const CellFacts& total = table_.facts_[cells[0]];
    // An amount far above the tolerance carries the rounding of its own digits.
    const double slack = spec_.tolerance + 1e-12 * std::abs(total.value);
    // Where there are amounts, an organisation may count in several parts: frequencies may not.
    const bool counts = spec_.is_count() && total.frequency != frequencies;
    if (!counts && std::abs(total.value - values) <= slack) return {};
    return make_error("SA-0016", {{"file", csv_.file()},
                                  {"line", line(cells[0])},
                                  {"total", name_of(codes_[cells[0]])},
                                  {"value", fmt::format("{}", total.value)},
                                  {"sum", fmt::format("{}", values)}});
  }

  // Cells with one contributor; the same contributor where the table says so, or where a total of
  // one has a part of one.
  Result<void> read_singletons() {
    if (!spec_.frequency) return {};
    std::vector<std::uint32_t> who(codes_.size());
    std::iota(who.begin(), who.end(), 0U);
    const auto root = [&](std::uint32_t cell) {
      while (who[cell] != cell) cell = who[cell] = who[who[cell]];
      return cell;
    };
    const auto is_single = [&](CellId cell) { return table_.facts_[cell].frequency == 1; };
    for (const auto& cells : table_.totals_) {
      if (!is_single(cells[0])) continue;
      for (std::size_t i = 1; i < cells.size(); ++i) {
        if (is_single(cells[i])) who[root(cells[i])] = root(cells[0]);
      }
    }
    if (spec_.contributor) {
      ZICHT_TRY(column, csv_.column(*spec_.contributor));
      std::unordered_map<std::string, std::uint32_t> first;
      for (CellId cell = 0; cell < codes_.size(); ++cell) {
        const std::string name(csv_.text(cell, column));
        if (name.empty() || !is_single(cell)) continue;
        const auto [place, is_new] = first.emplace(name, cell);
        if (!is_new) who[root(cell)] = root(place->second);
      }
    }
    for (CellId cell = 0; cell < codes_.size(); ++cell) {
      if (is_single(cell)) table_.singletons_.push_back({cell, root(cell)});
    }
    return {};
  }

  const CsvTable& csv_;
  const TableSpec& spec_;
  Table table_;
  std::vector<std::size_t> columns_;
  std::vector<Axis> axes_;
  std::vector<Codes> codes_;
  std::unordered_map<Codes, CellId, CodesHash> cell_of_;
};

Result<Table> Table::create(const CsvTable& csv, const TableSpec& spec) {
  return TableReader(csv, spec).read();
}

namespace {

double weight_of(const CellFacts& facts, SuppressionWeight weight) {
  if (weight == SuppressionWeight::kOne) return 1;
  const double size =
      weight == SuppressionWeight::kFrequency ? facts.frequency : std::abs(facts.value);
  return std::max(size, 1e-6);
}

void require(Cell& cell, const Protection& asked) {
  const Protection all =
      stronger({cell.protect_below, cell.protect_above, cell.protect_width}, asked);
  cell.status = CellStatus::kPrimary;
  cell.protect_below = all.below;
  cell.protect_above = all.above;
  cell.protect_width = all.width;
}

}  // namespace

LinkedCells Table::linked_cells() const {
  LinkedCells cells;
  for (const CellFacts& facts : facts_) {
    Cell cell;
    cell.value = facts.value;
    cell.weight = weight_of(facts, spec_.weight);
    if (facts.value < 0) cell.lower = -kUnbounded;
    const bool is_zero = facts.value == 0 && facts.frequency == 0;
    if (is_zero && spec_.zeros == ZeroHandling::kPublish) cell.status = CellStatus::kForced;
    if (!is_zero && spec_.hidden_is_not_zero()) cell.lower = 1;
    cells.add(cell);
  }
  for (const auto& total : totals_) {
    Relation relation{{total[0], -1}};
    for (std::size_t i = 1; i < total.size(); ++i) relation.push_back({total[i], 1});
    cells.relate(std::move(relation));
  }
  if (spec_.hidden_is_not_zero()) raise_lower_bounds(cells);
  for (CellId id = 0; id < facts_.size(); ++id) judge(facts_[id], cells.cells()[id]);
  if (spec_.group) judge_groups(cells);
  return cells;
}

void Table::judge(const CellFacts& facts, Cell& cell) const {
  if (spec_.threshold) {
    const auto asked = judge_threshold(facts, *spec_.threshold, spec_.is_count());
    if (asked) require(cell, *asked);
    // Nobody can be made to think of less than everybody knows.
    cell.protect_below = std::min(cell.protect_below, cell.value - cell.lower);
  }
  if (spec_.dominance) {
    if (const auto asked = judge_dominance(facts, *spec_.dominance)) require(cell, *asked);
  }
  if (spec_.p_percent) {
    if (const auto asked = judge_p_percent(facts, *spec_.p_percent)) require(cell, *asked);
  }
}

// A total is no less than its parts are together at least; a part beside zeros that are shown is
// what the total is.
void Table::raise_lower_bounds(LinkedCells& all) const {
  std::vector<Cell>& cells = all.cells();
  bool is_raised = true;
  const auto raise = [&](CellId id, double least) {
    Cell& cell = cells[id];
    least = std::min(least, cell.value);
    if (!(least > cell.lower)) return;
    cell.lower = least;
    is_raised = true;
  };
  while (is_raised) {
    is_raised = false;
    for (const auto& total : totals_) {
      double least = 0;
      std::vector<CellId> open;
      for (std::size_t i = 1; i < total.size(); ++i) {
        const Cell& part = cells[total[i]];
        least += part.lower;
        if (part.status != CellStatus::kForced || part.value != 0) open.push_back(total[i]);
      }
      raise(total[0], least);
      if (open.size() == 1) raise(open[0], cells[total[0]].lower);
    }
  }
}

void Table::judge_groups(LinkedCells& cells) const {
  std::vector<double> parts;
  for (std::size_t i = 0; i < totals_.size(); ++i) {
    const std::string& column = spec_.dimensions[dimension_of_total_[i]].column;
    const auto& named = spec_.group_dimensions;
    if (!named.empty() && std::find(named.begin(), named.end(), column) == named.end()) continue;
    const auto& total = totals_[i];
    parts.clear();
    for (std::size_t j = 1; j < total.size(); ++j) parts.push_back(facts_[total[j]].value);
    const auto asked = judge_group(facts_[total[0]].value, parts, *spec_.group, spec_.is_count());
    for (std::size_t j = 0; j < asked.size(); ++j) {
      if (!asked[j]) continue;
      require(cells.cells()[total[j + 1]], *asked[j]);
      // Somebody might be in a category that is empty: only if empty ones may be hidden.
      for (std::size_t k = 1; k < total.size(); ++k) {
        Cell& cell = cells.cells()[total[k]];
        if (cell.status == CellStatus::kForced) cell.status = CellStatus::kPublished;
      }
    }
  }
}

}  // namespace zicht::stats
