// Which files are taken: media types by content, the kinds that packs speak of, and the endings
// that a name may have for each.
//
// Left out on purpose: everything that runs (programs, scripts, HTML, SVG) and archives, in which
// that could hide. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zicht::app {

struct FileType {
  std::string_view media_type;
  std::string_view kind;                // of model::kFileKinds
  std::string_view endings;             // "jpg jpeg", lower case, separated by a blank
};

// Null for a type that is not taken.
[[nodiscard]] const FileType* find_file_type(std::string_view media_type);

// The name ends in one of the type's endings ("Brief.PDF" is a pdf).
[[nodiscard]] bool has_ending_of(std::string_view name, const FileType& type);

// The endings that a name may have in a field that accepts these kinds; empty: all kinds.
[[nodiscard]] std::vector<std::string> endings_of(const std::vector<std::string>& kinds);

// All endings, for an error that says what is possible: "pdf, docx, ...".
[[nodiscard]] std::string_view all_endings();

}  // namespace zicht::app
