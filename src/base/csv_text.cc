#include "base/csv_text.h"

namespace zicht {
namespace {

constexpr std::string_view kFormulaStarts = "=+-@\t\r";
constexpr std::string_view kBlanks = " \t";

}  // namespace

std::string csv_safe(std::string_view text) {
  const bool is_formula = !text.empty() && kFormulaStarts.find(text[0]) != std::string_view::npos;
  return (is_formula ? "'" : "") + std::string(text);
}

std::string csv_quoted(std::string_view field) {
  const bool has_edge = !field.empty() && (kBlanks.find(field.front()) != std::string_view::npos ||
                                           kBlanks.find(field.back()) != std::string_view::npos);
  if (!has_edge && field.find_first_of(",;\"\r\n") == std::string_view::npos)
    return std::string(field);
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace zicht
