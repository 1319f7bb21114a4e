// A release: tables that go out together, each with its true values, its rules and what of it is
// published. docs/formats/release.md describes the folder; files are read by the caller.
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
  std::string table{};      // true values; paths are relative and stay within the folder
  std::string spec{};       // rules
  std::string published{};  // what goes out
};

struct ReleaseFile {
  std::string title{};
  std::string edition{};
  std::vector<ReleaseEntry> tables{};
};

struct ReleaseTable {
  std::string name{};
  CsvTable truth{};
  TableSpec spec{};
  CsvTable published{};
};

struct Release {
  std::string title{};
  std::string edition{};
  std::vector<ReleaseTable> tables{};
};

// Errors, all at once as problems of SA-0042: SA-0002 to SA-0004 of keys, SA-0043 a path that
// leaves the folder, SA-0044 two tables of one name, SA-0045 no table.
[[nodiscard]] Result<ReleaseFile> release_from_json(const Json& json);

// Whether edition `a` is older than `b`: by their parts, digits as numbers ("2025-9" < "2025-10").
[[nodiscard]] bool is_older_edition(std::string_view a, std::string_view b);

}  // namespace zicht::stats
