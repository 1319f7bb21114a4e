// Finding: something wrong, or surely useless, at a place in the text of an expression.
//
// A text has all its findings at once, except that a mistake in the syntax ends the reading.
// Errors refuse the expression; warnings tell what can only give null, such as 1 + "a".
#pragma once

#include <string_view>
#include <vector>

#include "base/error_catalogue.h"
#include "feel/ast.h"

namespace zicht::feel {

struct Finding {
  DiagnosticId id{};
  Span span{};
  Severity severity = Severity::kError;
  Arguments arguments{};
};

[[nodiscard]] bool has_errors(const std::vector<Finding>& findings);

// Line and column (from 1, in code points) of a byte of the text.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};
[[nodiscard]] LineColumn line_column(std::string_view text, std::uint32_t at);

// For an expression that stands in a file: `place` is where its text begins. On the first line of
// the text the columns count from the column of `place`.
[[nodiscard]] Diagnostic to_diagnostic(const Finding& finding, std::string_view text,
                                       const FilePlace& place = {});

// FE-0015 with every error as a problem, whose `where` is "line:column". Requires: has_errors().
[[nodiscard]] Error to_error(const std::vector<Finding>& findings, std::string_view text);

}  // namespace zicht::feel
