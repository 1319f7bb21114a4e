// YAML as JSON: for specifications and settings that people write, read by a component that knows
// no YAML.
//
//     const YamlAsJson spec = json_from_yaml(text, "table.yaml");
//     if (!spec.value) return report(spec.diagnostics);
//
// The same subset as the files of packs: one document, a map at the top, no tags, every key once,
// at most 20 levels. JSON is YAML too. Without quotation marks true and false become booleans,
// null, ~ and nothing become null, and what JSON would read as a number becomes one: 12, -0.5,
// 1e-3, but not 0363, which stays a text with its zero. Everything else is a text. Pure and
// thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace zicht::packs {

struct YamlAsJson {
  std::optional<Json> value{};            // absent where a diagnostic is an error
  std::vector<Diagnostic> diagnostics{};  // PK-0003 to PK-0012, with line and column in `file`
};

[[nodiscard]] YamlAsJson json_from_yaml(std::string_view text, const std::string& file);

}  // namespace zicht::packs
