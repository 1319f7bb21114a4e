#include "base/error.h"

#include <algorithm>

namespace zicht {

std::string_view code_name(Code code) {
  switch (code) {
    case Code::kInvalidArgument:
      return "invalid_argument";
    case Code::kNotFound:
      return "not_found";
    case Code::kConflict:
      return "conflict";
    case Code::kPermissionDenied:
      return "permission_denied";
    case Code::kFailedPrecondition:
      return "failed_precondition";
    case Code::kUnavailable:
      return "unavailable";
    case Code::kResourceExhausted:
      return "resource_exhausted";
    case Code::kInternal:
      return "internal";
    case Code::kUnauthenticated:
      return "unauthenticated";
  }
  return "internal";
}

std::string describe(const Error& error) {
  std::string line = error.id + " " + std::string(code_name(error.code)) + ": " + error.message.en;
  for (const Problem& problem : error.problems) {
    line += " [" + problem.id + " " + problem.where + ": " + problem.message.en + "]";
  }
  return line;
}

std::string location_of(const Diagnostic& diagnostic) {
  std::string place = diagnostic.file;
  if (diagnostic.line == 0) return place;
  place += ":" + std::to_string(diagnostic.line);
  if (diagnostic.column != 0) place += ":" + std::to_string(diagnostic.column);
  return place;
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

}  // namespace zicht
