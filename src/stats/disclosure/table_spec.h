// What a table is and how it is to be protected, as people write it (docs/formats/protect.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "stats/disclosure/cell_key.h"
#include "stats/disclosure/rule_dominance.h"
#include "stats/disclosure/rule_group.h"
#include "stats/disclosure/rule_p_percent.h"
#include "stats/disclosure/rule_threshold.h"

namespace zicht::stats {

// A total and the codes that add up to it.
struct CodeGroup {
  std::string total{};
  std::vector<std::string> parts{};
};

// One way to divide: a column of the file.
struct Dimension {
  std::string column{};
  std::optional<std::string> total{};  // all other codes of the column add up to it
  std::vector<CodeGroup> groups{};     // or: each total with its parts; no loops
};

enum class ZeroHandling {
  kPublish,  // zeros are shown and never help to hide others
  kMayHide,  // zeros are shown where nothing is lost by it
};

enum class SuppressionWeight {
  kValue,      // rather suppress small values
  kFrequency,  // rather suppress cells of few
  kOne,        // rather suppress few cells
};

// What the same cell of two editions is.
enum class EditionKind {
  kCumulative,  // later counts hold the earlier ones: the difference is a group of people
  kSeparate,    // counts at a moment: only cells of the same period are the same
};

// kNone: nothing is hidden or changed, since everybody can count it already.
enum class ProtectionMethod { kLinearAlgebra, kExact, kModular, kRounding, kCellKey, kNone };

struct TableSpec {
  std::string title{};
  std::vector<Dimension> dimensions{};
  std::optional<std::string> frequency{};  // columns; at least one of frequency and value
  std::optional<std::string> value{};
  std::vector<std::string> largest{};
  std::optional<std::string> contributor{};  // who, in cells with one contributor
  double tolerance = 1e-6;                   // of a total against its parts, in the unit of value

  EditionKind editions = EditionKind::kCumulative;
  std::optional<std::string> period{};  // the dimension of time, for kSeparate
  // What is counted, in any words: cells of editions with another definition are not the same.
  std::string definition{};
  // Numbers of parts add up to that of their total; of shares, rates and means they do not.
  bool adds_up = true;

  std::optional<ThresholdRule> threshold{};
  std::optional<DominanceRule> dominance{};
  std::optional<PPercentRule> p_percent{};
  std::optional<GroupRule> group{};
  std::vector<std::string> group_dimensions{};  // none: all

  ZeroHandling zeros = ZeroHandling::kPublish;
  SuppressionWeight weight = SuppressionWeight::kValue;
  bool guards_singletons = true;
  bool protects_intervals = true;
  ProtectionMethod method = ProtectionMethod::kLinearAlgebra;
  double gap = 0.05;  // of exact and modular: good enough, as a share of the least cost
  double base = 5;    // of rounding
  std::optional<std::string> key{};  // column with the keys of cells, for kCellKey
  NoiseOptions noise{};              // for kCellKey

  // The value is the frequency itself.
  [[nodiscard]] bool is_count() const { return !value.has_value(); }

  // Nothing is worked out of its numbers: they do not add up, or are noise.
  [[nodiscard]] bool is_not_judged() const {
    return !adds_up || method == ProtectionMethod::kCellKey;
  }

  // Every zero is shown, so that a count that is hidden is known to be 1 at least. Not where group
  // disclosure is judged: zeros may be hidden then, beside the category that all are in.
  [[nodiscard]] bool hidden_is_not_zero() const {
    return is_count() && zeros == ZeroHandling::kPublish && !group;
  }
};

// Errors, all at once as problems of SA-0001: SA-0002 a key that is not known, SA-0003 one that is
// missing, SA-0004 something of another type, SA-0005 a number outside its domain, SA-0006 a word
// that is none of those possible, SA-0007 a hierarchy that loops, SA-0008 a rule or method without
// the columns that it needs, SA-0009 no rule where the method goes by rules.
[[nodiscard]] Result<TableSpec> spec_from_json(const Json& json);

// "linear-algebra" and so on.
[[nodiscard]] std::string_view method_name(ProtectionMethod method);

}  // namespace zicht::stats
