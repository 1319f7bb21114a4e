// The one table of everything that can be wrong: id -> Code, text and hint in Dutch and English.
//
//     return make_error("ZB-0004", {{"text", input}});
//     diagnostics.push_back(make_diagnostic("PK-0012", place, {{"field", name}}));
//
// Each component has its own section, `base/catalogue/<component>.inc`, with lines
//
//     X("AP-0001", kNotFound, "nl message", "en message", "nl hint", "en hint")
//     RETIRED("AP-0002")
//
// Prefixes: ZB base, CA calendar, MO model, PK packs, AP app, ST store, HT http, EX exchange,
// SV server, FE feel, DM dmn, SA stats. An id is never reused: one no longer given stays listed as
// RETIRED. A message or hint may hold {placeholders} of lower-case letters, digits and '_'; the
// caller fills them all.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace zicht {

struct CatalogueEntry {
  std::string_view id;
  Code code;
  std::string_view nl;
  std::string_view en;
  std::string_view hint_nl;
  std::string_view hint_en;
  bool retired = false;
};

// All entries, sorted by id; lives as long as the program.
std::span<const CatalogueEntry> catalogue();

// The entry with this id, or null; retired ones are found too.
const CatalogueEntry* find_catalogue_entry(std::string_view id);

// One value for a {placeholder}; a LocalizedText fills each language with its own words.
struct Argument {
  Argument(std::string name_, std::string value_)
      : name(std::move(name_)), value{value_, std::move(value_)} {}
  Argument(std::string name_, LocalizedText value_)
      : name(std::move(name_)), value(std::move(value_)) {}
  std::string name;
  LocalizedText value;
};
using Arguments = std::vector<Argument>;

// Fill the texts of `id`. Requires: `id` is in the catalogue and not retired, and every placeholder
// of its message and hint has an argument. Arguments that no text uses are allowed.
Error make_error(std::string_view id, const Arguments& arguments = {});
Problem make_problem(std::string_view id, std::string where, const Arguments& arguments = {});

// Where in an authored file; the same fields as in Diagnostic.
struct FilePlace {
  std::string file{};
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};
Diagnostic make_diagnostic(std::string_view id, const FilePlace& place,
                           const Arguments& arguments = {}, Severity severity = Severity::kError);

}  // namespace zicht
