// Reads a DMN model (1.1 to 1.5) from the text of its XML.
//
//     const auto outcome = read_model({.file = "intake.dmn", .text = xml});
//     if (!outcome.model) return report(outcome.diagnostics);
//
// The version follows from the namespace of the root; prefixes are free. All problems are told at
// once, each with file, line, the element and what to do. Reading does not look at expressions and
// does not follow imports or references: compile_model() (engine.h) does.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "dmn/model.h"

namespace zicht::dmn {

struct Source {
  std::string file{};       // as the author knows it, for messages
  std::string_view text{};  // UTF-8
};

// What a file from elsewhere may cost. A document type declaration (and so every entity of its own)
// is refused whatever the limits.
struct ReadLimits {
  std::size_t max_bytes = std::size_t{64} << 20;
  std::size_t max_depth = 200;  // elements within elements
  std::size_t max_elements = 4'000'000;
  std::size_t max_attributes = 8'000'000;  // in all; of one element at most 1,000
};

struct ReadOutcome {
  std::shared_ptr<const Model> model{};  // null when a diagnostic is an error
  std::vector<Diagnostic> diagnostics{};
};

// Errors: DM-0001 too big, DM-0002 not XML, DM-0003 a document type declaration, DM-0004 nested too
// deep or too many elements or attributes, DM-0005 not a DMN model, DM-0006 a name or reference is
// missing, DM-0007 a word that the standard does not have, DM-0008 a rule is not as wide as its
// table, DM-0009 an id or a name stands twice, DM-0010 the model gives too few parts. Warnings:
// DM-0011 an element of the standard's namespace that is not known here and is left out. Either:
// DM-0012 there are more problems than are told.
[[nodiscard]] ReadOutcome read_model(const Source& source, const ReadLimits& limits = {});

// The version for a namespace of a root element: "1.3"; empty when it is none of DMN.
[[nodiscard]] std::string_view version_of(std::string_view namespace_uri);

}  // namespace zicht::dmn
