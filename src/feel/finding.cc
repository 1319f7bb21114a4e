#include "feel/finding.h"

#include <algorithm>
#include <string>

namespace zicht::feel {

bool has_errors(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& each) { return each.severity == Severity::kError; });
}

LineColumn line_column(std::string_view text, std::uint32_t at) {
  LineColumn place;
  for (const char c : text.substr(0, at)) {
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

Diagnostic to_diagnostic(const Finding& finding, std::string_view text, const FilePlace& place) {
  const LineColumn within = line_column(text, finding.span.begin);
  FilePlace at{place.file, std::max(place.line, 1U) + within.line - 1, within.column};
  if (within.line == 1 && place.column > 0) at.column += place.column - 1;
  return make_diagnostic(finding.id, at, finding.arguments, finding.severity);
}

Error to_error(const std::vector<Finding>& findings, std::string_view text) {
  Error error = make_error("FE-0015");
  for (const Finding& finding : findings) {
    if (finding.severity != Severity::kError) continue;
    const LineColumn at = line_column(text, finding.span.begin);
    error.problems.push_back(make_problem(
        finding.id, std::to_string(at.line) + ":" + std::to_string(at.column), finding.arguments));
  }
  return error;
}

}  // namespace zicht::feel
