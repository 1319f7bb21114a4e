// Which rules of a table can match, without trying each one.
//
// Per column the constants of all cells cut the line of values into regions: the points themselves
// and what lies between and beyond them. Each region has a set of the rules whose cell is true
// there (a bit per rule). A row of inputs then costs one binary search and one AND per column.
// Cells that are no constant tests are in the set everywhere, and are evaluated for the rules that
// survive.
//
// The index answers exactly what evaluating the cells would (table_oracle.h in testing/ is compared
// with it): it is used for numbers, texts, dates, booleans and lengths of time; for a null and for
// every other kind of input a column is as if it had no index.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "feel/expression.h"

namespace zicht::dmn::internal {

// A set of rules.
class RuleSet {
 public:
  RuleSet() = default;
  explicit RuleSet(std::size_t size, bool full = false);
  void add(std::size_t rule) { words_[rule / 64] |= std::uint64_t{1} << (rule % 64); }
  void remove(std::size_t rule) { words_[rule / 64] &= ~(std::uint64_t{1} << (rule % 64)); }
  [[nodiscard]] bool has(std::size_t rule) const {
    return (words_[rule / 64] >> (rule % 64) & 1) != 0;
  }
  [[nodiscard]] std::span<const std::uint64_t> words() const { return words_; }
  [[nodiscard]] bool is_empty() const;
  RuleSet& operator&=(const RuleSet& other);             // Requires: of the same size
  RuleSet& operator|=(const RuleSet& other);             // Requires: of the same size
  [[nodiscard]] std::vector<std::size_t> rules() const;  // ascending
  bool operator==(const RuleSet&) const = default;

 private:
  std::vector<std::uint64_t> words_{};
};

// One stretch of values in which a cell of a column is true; an end without a value is unbounded.
struct Stretch {
  feel::Value low{}, high{};
  bool low_included = false, high_included = false;
};

// The cell as stretches of one kind of values, in no order; nothing when it is no such test.
struct CellStretches {
  feel::Kind kind = feel::Kind::kNull;
  std::vector<Stretch> stretches{};
  bool is_negated = false;
};
[[nodiscard]] std::optional<CellStretches> stretches_of(const feel::UnaryTests& cell);

// What the sets of all tables that are compiled together may take: 64 MiB.
inline constexpr std::size_t kMaxIndexWords = std::size_t{8} << 20;

class ColumnIndex {
 public:
  // Cells that are nothing always hold (`-`). Takes the words of its sets from `words_left`; where
  // they do not suffice there is nothing to look up.
  static ColumnIndex create(std::span<const std::optional<feel::UnaryTests>> cells,
                            std::size_t& words_left);

  // False when no cell is a constant test: then there is nothing to look up.
  [[nodiscard]] bool is_useful() const { return !regions_.empty(); }
  // The rules that may match, or null when the index does not know this kind of value.
  [[nodiscard]] const RuleSet* find(const feel::Value& input) const;
  // The same for what lies between two points, or beyond one where the other is null. Requires:
  // is_useful(), and no cut between them.
  [[nodiscard]] const RuleSet& between(const feel::Value& low, const feel::Value& high) const;
  [[nodiscard]] feel::Kind kind() const { return kind_; }
  [[nodiscard]] std::span<const feel::Value> cuts() const { return cuts_; }
  // Whether the cell of the rule must still be evaluated when find() had the rule in its set.
  [[nodiscard]] bool is_general(std::size_t rule) const { return general_.has(rule); }

 private:
  struct Known;
  void fill(std::span<const std::optional<feel::UnaryTests>> cells, const Known& known);

  feel::Kind kind_ = feel::Kind::kNull;
  std::vector<feel::Value> cuts_{};  // ascending; region 2i+1 is cut i, 2i lies below it
  std::vector<RuleSet> regions_{};
  RuleSet general_{};
};

// Order of two values of one kind that the index knows; booleans are ordered too.
[[nodiscard]] int order(const feel::Value& a, const feel::Value& b);
[[nodiscard]] bool is_orderable(feel::Kind kind);

}  // namespace zicht::dmn::internal
