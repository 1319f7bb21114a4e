// A release: tables that go out together, each with its rules, what of it is published and, where
// who publishes audits it, its true values. docs/formats/release.md describes the folder; files are
// read by the caller.
//
//     ZICHT_TRY(file, release_from_json(json));        // what release.yaml says
//     Release release{.edition = file.edition, .tables = ...};   // with the files that it names
//     ZICHT_TRY(found, audit_release({earlier, release}, executor));       // release_audit.h
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "stats/csv.h"
#include "stats/disclosure/table_spec.h"

namespace zicht::stats {

struct ReleaseEntry {
  std::string name{};
  std::string table{};      // true values, empty: not given; paths stay within the folder
  std::string spec{};       // rules
  std::string published{};  // what goes out
};

struct ReleaseFile {
  std::string title{};
  std::string edition{};
  std::string day{};
  std::vector<ReleaseEntry> tables{};
};

struct ReleaseTable {
  std::string name{};
  CsvTable truth{};  // is_outside: as published
  TableSpec spec{};
  CsvTable published{};
  // Judged from what is published alone, as everybody can.
  bool is_outside = false;
};

struct Release {
  std::string title{};
  std::string edition{};
  std::string day{};  // that the tables are about; empty: not said
  std::vector<ReleaseTable> tables{};
};

// Errors, all at once as problems of SA-0042: SA-0002 to SA-0004 of keys, SA-0043 a path that
// leaves the folder, SA-0003 also true values of some tables only, SA-0044 two tables of one name,
// SA-0045 no table.
[[nodiscard]] Result<ReleaseFile> release_from_json(const Json& json);

// Whether edition `a` is older than `b`: by their parts, digits as numbers ("2025-9" < "2025-10").
[[nodiscard]] bool is_older_edition(std::string_view a, std::string_view b);

}  // namespace zicht::stats
