// The DMN Technology Compatibility Kit, read in place from ../shared (the project holds none of it;
// without it the test says so and counts nothing). The counts are a ratchet: they may rise, and
// then they are written here and in docs/formats/dmn.md; they may not fall.
#include <doctest/doctest.h>

#include "dmn/testing/models.h"
#include "dmn_folders.h"

namespace zicht::dmn {
namespace {

constexpr std::size_t kLevel2 = 116;
constexpr std::size_t kLevel3 = 3261;

TEST_CASE("compatibility kit: as many cases pass as before, or more") {
  const auto folders = testing::test_folders("../shared/data/dmn-tck");
  if (folders.empty()) {
    MESSAGE("skipped: ../shared/data/dmn-tck is absent");
    return;
  }
  const auto report = run_test_folders(folders, testing::environment());
  CAPTURE(report.summary());
  const auto level2 = report.levels.at("2");
  const auto level3 = report.levels.at("3");
  CHECK(level2.total == 116);
  CHECK(level3.total == 3275);
  CHECK(level2.passed >= kLevel2);
  CHECK(level3.passed >= kLevel3);
  if (level2.passed > kLevel2 || level3.passed > kLevel3)
    MESSAGE("more cases pass than the ratchet knows: ", report.summary());
  if (level2.passed < kLevel2 || level3.passed < kLevel3) {
    for (const auto& failure : report.failures) MESSAGE(failure);
  }
}

}  // namespace
}  // namespace zicht::dmn
