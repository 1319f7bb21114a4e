// Tables to publish: rows of a file, checked, as linked cells with all their relations.
//
//     ZICHT_TRY(spec, spec_from_json(json));                  // table_spec.h
//     ZICHT_TRY(table, Table::create(csv, spec));
//     const LinkedCells cells = table.linked_cells();         // cell i is row i of the file
//
// A row is one cell: a code for each dimension, a frequency and/or a value. Several linked tables
// are one list of rows: a row that is not divided by a dimension has the code of its total there,
// and cells that two tables share stand once. Wherever a total of a hierarchy is present with its
// parts, the same codes in all other dimensions, there is a relation. A dimension may have several
// hierarchies over the same codes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "stats/csv.h"
#include "stats/disclosure/linear_algebra.h"
#include "stats/disclosure/table_spec.h"

namespace zicht::stats {

class Table {
 public:
  // Errors: SA-0090 to SA-0099 of columns and numbers; SA-0010 no rows; SA-0011 a code that no
  // hierarchy has; SA-0012 an empty frequency or value; SA-0013 a frequency that is negative or not
  // whole; SA-0014 a cell twice; SA-0015 parts missing beside their total; SA-0016 a total that is
  // not the sum of its parts; SA-0017 largest contributions that are no part of the value.
  [[nodiscard]] static Result<Table> create(const CsvTable& csv, const TableSpec& spec);

  [[nodiscard]] std::size_t size() const { return facts_.size(); }
  [[nodiscard]] const std::vector<CellFacts>& facts() const { return facts_; }
  [[nodiscard]] const std::vector<Singleton>& singletons() const { return singletons_; }

  // Total first, then its parts; by cell.
  [[nodiscard]] const std::vector<std::vector<CellId>>& totals() const { return totals_; }

  // Cells with value, weight, bounds and relations, and what the rules of the spec make of them:
  // kPrimary with its protection, kForced for zeros that are published. Amounts below zero have no
  // lower bound; counts that are hidden have 1 where everybody knows that they are no zeros
  // (TableSpec::hidden_is_not_zero), totals of such counts what their parts are together at least;
  // what everybody knows so is not asked below (a total of 2 that has two parts: nothing).
  [[nodiscard]] LinkedCells linked_cells() const;

 private:
  friend class TableReader;

  void judge(const CellFacts& facts, Cell& cell) const;
  void judge_groups(LinkedCells& cells) const;
  void raise_lower_bounds(LinkedCells& all) const;

  TableSpec spec_;
  std::vector<CellFacts> facts_;
  std::vector<Singleton> singletons_;
  std::vector<std::vector<CellId>> totals_;
  std::vector<std::size_t> dimension_of_total_;  // of each of totals_
};

}  // namespace zicht::stats
