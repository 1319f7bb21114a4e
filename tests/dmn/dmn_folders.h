// Models and test cases that lie outside the project, for the tests here.
#pragma once

#include <string>
#include <vector>

#include "dmn/tck.h"

namespace zicht::dmn::testing {

// The folders below `root` with their .dmn and .xml files; empty when `root` is absent.
[[nodiscard]] std::vector<TestFolder> test_folders(const std::string& root);

// The text of a file; empty when it cannot be read.
[[nodiscard]] std::string text_of_file(const std::string& path);

}  // namespace zicht::dmn::testing
