// Text as a field of CSV that people may open in a spreadsheet.
//
//     line += csv_quoted(csv_safe(name)) + "," + std::to_string(count) + "\r\n";
//
// Sources: RFC 4180; OWASP, "CSV Injection". Pure.
#pragma once

#include <string>
#include <string_view>

namespace zicht {

// With an apostrophe in front where a spreadsheet would run the text as a formula: where it begins
// with = + - @, a tab or a return. Numbers are no text: they stay as they are.
[[nodiscard]] std::string csv_safe(std::string_view text);

// Between quotation marks where the field has a comma, semicolon, quotation mark or line end, or
// blanks at its edges.
[[nodiscard]] std::string csv_quoted(std::string_view field);

}  // namespace zicht
