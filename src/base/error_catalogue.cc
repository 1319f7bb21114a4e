#include "base/error_catalogue.h"

#include <algorithm>

#include "base/check.h"

namespace zicht {
namespace {

std::vector<CatalogueEntry> sorted_catalogue() {
#define X(id, code, nl, en, hint_nl, hint_en) {id, Code::code, nl, en, hint_nl, hint_en},
#define RETIRED(id) {id, Code::kInternal, "", "", "", "", true},
  std::vector<CatalogueEntry> entries = {
#include "base/catalogue/base.inc"
#include "base/catalogue/dmn.inc"
#include "base/catalogue/feel.inc"
#include "base/catalogue/model.inc"
#ifndef ZICHT_ENGINE_ALONE  // the engine in a browser tells nothing of the others
#include "base/catalogue/app.inc"
#include "base/catalogue/calendar.inc"
#include "base/catalogue/exchange.inc"
#include "base/catalogue/http.inc"
#include "base/catalogue/packs.inc"
#include "base/catalogue/stats.inc"
#include "base/catalogue/server.inc"
#include "base/catalogue/store.inc"
#endif
  };
#undef RETIRED
#undef X
  const auto by_id = [](const CatalogueEntry& a, const CatalogueEntry& b) { return a.id < b.id; };
  std::sort(entries.begin(), entries.end(), by_id);
  return entries;
}

bool is_placeholder_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// The length of the placeholder name that starts at `at` and is closed by '}', else 0.
std::size_t placeholder_length(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_placeholder_char(text[end])) ++end;
  return end < text.size() && text[end] == '}' ? end - at : 0;
}

std::string fill(std::string_view text, const Arguments& arguments,
                 std::string LocalizedText::*language) {
  std::string filled;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t length = text[i] == '{' ? placeholder_length(text, i + 1) : 0;
    if (length == 0) {
      filled += text[i];
      continue;
    }
    const std::string_view name = text.substr(i + 1, length);
    const auto argument = std::find_if(arguments.begin(), arguments.end(),
                                       [&](const Argument& a) { return a.name == name; });
    ZICHT_CHECK(argument != arguments.end(), "the caller fills every placeholder");
    filled += argument->value.*language;
    i += length + 1;
  }
  return filled;
}

const CatalogueEntry& usable_entry(std::string_view id) {
  const CatalogueEntry* entry = find_catalogue_entry(id);
  ZICHT_CHECK(entry != nullptr, "an error id stands in the catalogue");
  ZICHT_CHECK(!entry->retired, "a retired error id is not given any more");
  return *entry;
}

LocalizedText message_of(const CatalogueEntry& entry, const Arguments& arguments) {
  return {fill(entry.nl, arguments, &LocalizedText::nl),
          fill(entry.en, arguments, &LocalizedText::en)};
}

LocalizedText hint_of(const CatalogueEntry& entry, const Arguments& arguments) {
  return {fill(entry.hint_nl, arguments, &LocalizedText::nl),
          fill(entry.hint_en, arguments, &LocalizedText::en)};
}

}  // namespace

std::span<const CatalogueEntry> catalogue() {
  static const std::vector<CatalogueEntry> entries = sorted_catalogue();
  return entries;
}

const CatalogueEntry* find_catalogue_entry(std::string_view id) {
  const auto entries = catalogue();
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), id,
                       [](const CatalogueEntry& e, std::string_view key) { return e.id < key; });
  return found != entries.end() && found->id == id ? &*found : nullptr;
}

Error make_error(std::string_view id, const Arguments& arguments) {
  const CatalogueEntry& entry = usable_entry(id);
  return {entry.code, std::string(id), message_of(entry, arguments), hint_of(entry, arguments), {}};
}

Problem make_problem(std::string_view id, std::string where, const Arguments& arguments) {
  const CatalogueEntry& entry = usable_entry(id);
  return {std::string(id), std::move(where), message_of(entry, arguments),
          hint_of(entry, arguments)};
}

Diagnostic make_diagnostic(std::string_view id, const FilePlace& place, const Arguments& arguments,
                           Severity severity) {
  const CatalogueEntry& entry = usable_entry(id);
  return {std::string(id),
          severity,
          place.file,
          place.line,
          place.column,
          message_of(entry, arguments),
          hint_of(entry, arguments)};
}

}  // namespace zicht
