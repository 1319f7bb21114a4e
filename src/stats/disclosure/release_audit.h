// The audit of a release: may these tables go out together, next to what went out before?
//
//     ZICHT_TRY(found, audit_release({first, second, now}, executor));  // judges the last
//     if (!found.is_clean()) say(found.to_json());
//
// What is sensitive is derived from the true values and the rules anew; then audit.h is asked what
// an attacker learns from everything published, with these relations:
//   - cells of several tables with the same measure column and the same codes are one cell; a
//     dimension that a table lacks stands at its total;
//   - a total and its parts, also where they stand in different tables;
//   - regions of one dimension that overlap: where the places that they share have no rows, these
//     are cells of unknown value; and what one region has more than another that lies in it is a
//     group of people, judged by the threshold rule;
//   - editions: a later count less an earlier one is a group of people too, for every two editions
//     (`editions: cumulative`); or counts of the same period are the same (`separate`, `period`).
// A contributor who is alone in cells is one over all tables and editions where his name is given.
// Where zeros are published a hidden count is known to be 1 at least. Of groups of people the range
// must reach the minimum of the rule. Known sums of two or three hidden cells matter where the
// rules would make the sum itself sensitive. Rounded tables: a sensitive count must keep a range of
// base - 1. Tables with cell keys are not judged on ranges; not_judged() names them.
//
// Findings name cells by their codes and tell no hidden value, nor the range that was found: a
// range of one point is the value. Fail closed: what contradicts itself is a finding.
// Pure, deterministic, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/executor.h"
#include "base/json.h"
#include "stats/disclosure/release.h"

namespace zicht::stats {

enum class FindingKind {
  kAltered,     // the published file is not what the table and the method give
  kShown,       // a sensitive cell is shown
  kInterval,    // a sensitive cell can be estimated too closely
  kSingleton,   // somebody who is alone in a cell can work another one out
  kSum,         // the sum of a few hidden cells follows
  kDifference,  // overlapping regions set a small group apart
  kChange,      // two editions set a small group apart
  kUndecided,   // cannot be decided, so is not clean
};

struct FoundCell {
  std::string edition{};
  std::string table{};
  std::vector<std::pair<std::string, std::string>> codes{};  // column, code
};

struct Finding {
  FindingKind kind = FindingKind::kUndecided;
  std::string detail{};            // a word of kAltered; else empty
  std::vector<FoundCell> cells{};  // kDifference, kChange: the larger or later, the other
  bool is_exact = false;           // the value follows precisely
};

class ReleaseAudit {
 public:
  [[nodiscard]] bool is_clean() const { return findings_.empty(); }
  [[nodiscard]] bool has(FindingKind kind) const;
  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }
  [[nodiscard]] std::size_t cells() const { return cells_; }
  [[nodiscard]] std::size_t sensitive() const { return sensitive_; }
  // Names of tables whose ranges are not judged.
  [[nodiscard]] const std::vector<std::string>& not_judged() const { return not_judged_; }

  // As docs/formats/release.md says.
  [[nodiscard]] Json to_json() const;
  // For people, in "nl" or "en": the verdict, then at most 20 findings of each kind.
  [[nodiscard]] std::string text(std::string_view language) const;

 private:
  friend class ReleaseAuditor;

  std::string title_{};
  std::string edition_{};
  std::vector<Finding> findings_{};
  std::vector<std::string> not_judged_{};
  std::size_t cells_ = 0;
  std::size_t sensitive_ = 0;
};

// `editions`: oldest first, the last is the one that is about to go out. Errors: SA-0045 nothing to
// audit, SA-0046 editions out of order, SA-0047 totals of two names, SA-0048 two true values of
// one cell, SA-0049 too many cells; those of tables (tables.h) and of CSV.
[[nodiscard]] Result<ReleaseAudit> audit_release(const std::vector<Release>& editions,
                                                 Executor& executor,
                                                 std::size_t max_cells = 2'000'000);

// "altered" and so on.
[[nodiscard]] std::string_view finding_name(FindingKind kind);

}  // namespace zicht::stats
