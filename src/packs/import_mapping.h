// How a table becomes records: the mapping of an import (docs/formats/import.md).
//
//     const ReadMapping read = read_import_mapping(json, packs);
//     if (!read.problems.empty()) return refused(read.problems);
//     for (const PackImport& each : imports_of(*pack, packs)) offer(each.mapping);
//
// One shape for all: a file `imports/<id>.yaml` of a pack, what the API is given, and what an
// organisation keeps. Pure and thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/pack.h"

namespace zicht::packs {

enum class DateNotation { kYearFirst, kDayFirst, kMonthFirst };

struct ImportColumn {
  std::string column;                         // its name in the file
  std::string field;
  std::string match;                          // reference: field of its form; empty: its title
  std::string split = ";";                    // many: between the items of a cell
  bool clears = false;                        // an empty cell empties the field; else it stays
  std::map<std::string, std::string> values;  // a text of the file -> the one that is meant
};

// What asks for a confirmation.
struct ImportAsk {
  std::int64_t changed_percent = 25;  // of the records that the file has too
  std::int64_t factor = 10;           // between a number and the one before
  std::string year_field;             // of which the year is expected; empty: none
  std::int64_t year_lag = 1;          // the expected year is so many before this one
};

struct ImportMapping {
  std::string form;              // "pack/form"
  LocalizedText title;
  std::string sheet;             // empty: the first
  std::int64_t header_row = 1;
  bool has_decimal_comma = true;
  DateNotation dates = DateNotation::kYearFirst;
  std::vector<std::string> no_value;  // texts that mean: nothing is known
  std::vector<ImportColumn> columns;
  json::object fixed;            // field -> value in its shape; a reference also as fact(pack/id)
  std::vector<std::string> key;  // fields that say which record a row is
  ImportAsk ask;
};

struct ReadMapping {
  ImportMapping mapping;
  std::vector<Problem> problems;  // AP-0302 to AP-0305 and those of values, `where` a JSON pointer
};

// `form` that is not active is a problem. `own`: the pack whose form needs no "pack/" before it.
[[nodiscard]] ReadMapping read_import_mapping(const Json& json, const model::PackSet& packs,
                                              std::string_view own = {});

// A field that a cell can fill: seen by somebody, given by somebody, and of no person.
[[nodiscard]] bool is_importable(const model::Field& field, const model::PackSet& packs);
// Records of this form are about no person, and say nothing of who is who.
[[nodiscard]] bool is_importable(const model::Form& form);

// The file of a pack that has this mapping, with what is wrong with it.
struct PackImport {
  std::string id, file;
  ImportMapping mapping;
  Json json;                            // the same as it is written, its form in full
  std::vector<Diagnostic> diagnostics;  // errors; none: it can be used
};
// Those of `imports/` by id. `packs` has the pack and what it needs, active.
[[nodiscard]] std::vector<PackImport> imports_of(const model::Pack& pack,
                                                 const model::PackSet& packs);

}  // namespace zicht::packs
