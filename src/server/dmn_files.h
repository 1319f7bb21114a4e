// DMN models and test cases of the command line, from files.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "dmn/engine.h"
#include "dmn/tck.h"

namespace zicht::server {

struct DmnFile {
  std::shared_ptr<const dmn::Engine> engine{};  // null when the model is broken
  std::vector<Diagnostic> diagnostics{};
};

// The model, with the other models of its folder at hand for its imports.
// Errors: SV-0030 it cannot be read. What is wrong inside is among the diagnostics.
[[nodiscard]] Result<DmnFile> open_dmn(const std::string& path);

// Every folder at or below `root` that holds a model and test cases; its name is its path below
// `root`. Errors: SV-0030 when there is none, SV-0032 when they are larger than 256 MiB together.
[[nodiscard]] Result<std::vector<dmn::TestFolder>> read_test_folders(const std::string& root);

}  // namespace zicht::server
