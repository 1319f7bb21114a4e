// Loading: the sample pack as a whole, and one small broken thing at a time in it with the finding
// (id, file and line) that must come out. The line is found by its text, so that the sample may
// grow.
#include "packs/load.h"

#include <doctest/doctest.h>

#include <string>

#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using testing::listed;
using testing::sample_files;

TEST_CASE("load: the sample pack has no findings") {
  const LoadResult loaded = load(sample_files(), {});
  CHECK(listed(loaded.diagnostics) == "");
  REQUIRE(loaded.pack != nullptr);
}

}  // namespace
}  // namespace zicht::packs
