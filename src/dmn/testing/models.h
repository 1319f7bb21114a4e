// Small models for tests: the XML of a body, read and compiled.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/engine.h"
#include "dmn/read.h"

namespace zicht::dmn::testing {

// A model of DMN 1.5 with this inside <definitions>, which stand on lines 1 and 2; the body begins
// on line 3.
[[nodiscard]] std::string definitions(std::string_view body,
                                      std::string_view namespace_uri = "urn:own");

// "<decision ...>": with a variable of this type ("" = none given), and the inputs it requires.
[[nodiscard]] std::string decision(std::string_view name, std::string_view type,
                                   std::string_view logic,
                                   const std::vector<std::string>& inputs = {});
[[nodiscard]] std::string input(std::string_view name, std::string_view type);
[[nodiscard]] std::string literal(std::string_view text);

// A table of one input per name of `inputs` and one output: rules are cells, the last one the
// output, as in {{"< 18", "\"child\""}}.
struct TableText {
  std::string policy = "UNIQUE";
  std::string aggregation{};
  std::vector<std::string> inputs{};
  std::vector<std::vector<std::string>> rules{};
  std::string output_values{};
  std::string default_output{};
};
[[nodiscard]] std::string table(const TableText& table);

// A model with decision "d", a FIRST table of so many rules over Age by bands, a category (Risk)
// and a flag (Affordable): the shape that other engines are measured with.
[[nodiscard]] std::string big_table(int rules);

struct Compiled {
  std::shared_ptr<const Engine> engine{};
  std::vector<Diagnostic> diagnostics{};  // of reading and of compiling
  [[nodiscard]] bool has(std::string_view id) const;
};
[[nodiscard]] Compiled compiled(const std::string& xml,
                                const std::vector<std::string>& others = {});

// Zones of the system, and a fixed moment: 2026-03-02T10:00:00Z.
[[nodiscard]] feel::Environment environment();

// A FEEL literal as a value: "12", "\"a\"", "date(\"2026-01-01\")".
[[nodiscard]] feel::Value value(std::string_view feel_text);
// The value as FEEL writes it: "12", "\"a\"", "null".
[[nodiscard]] std::string written(const feel::Value& value);

// Text in XML.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace zicht::dmn::testing
