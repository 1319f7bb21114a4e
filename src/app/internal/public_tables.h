// The figures of an edition as everybody reads them, as tables for stats/disclosure: what is told,
// what is said to be withheld, what adds up to what, and the threshold.
//
//     const auto tables = public_tables(figures, {"pack/visits"});
//     ZICHT_CHECKED(audit_public({before, now}));         // oldest first, the last is judged
//
// Made of the published figures alone ("FrozenFigures" in docs/formats/api.md), so that no withheld
// value is in them. A count, a sum: one table. A share: its answers, as far as number, rows and
// part tell them. A rate that is protected is told as quotients, which do not add up; one that is
// public as the two sums that it rests on. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "stats/disclosure/release.h"

namespace zicht::app::internal {

struct PublicTable {
  std::string name;         // of its files: "visits", "visits.of"
  stats::TableSpec spec;    // judged by spec.threshold, where there is one
  std::string published{};  // CSV
};

// `separate`: indicators ("pack/id") of which editions of different days have no rows in common.
// Requires: figures of the shape that the engine writes.
[[nodiscard]] std::vector<PublicTable> public_tables(const json::object& figures,
                                                     const std::set<std::string>& separate);

struct PublicEdition {
  std::string on;  // its reference day
  std::vector<PublicTable> tables;
};

// What everybody could work out of these editions together, where something is withheld at all.
// Errors: AP-0217 with what was found.
[[nodiscard]] Result<void> audit_public(const std::vector<PublicEdition>& editions);

}  // namespace zicht::app::internal
