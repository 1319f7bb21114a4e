// The packs that are shipped: each loads without a finding, a warning included, in the order of its
// needs, and passes its own tests; a second look when all are active checks the blocks of desks
// that show forms of packs outside `needs`.
#include <doctest/doctest.h>

#include "packs/models.h"
#include "packs/run_tests.h"
#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

TEST_CASE("packs: every shipped pack loads without a finding and passes its own tests") {
  const auto folders = testing::all_packs({"packs"});
  REQUIRE_FALSE(folders.empty());
  model::PackSet packs;
  for (const auto& folder : folders) {
    const LoadResult loaded = load(folder.files, packs);
    CHECK_MESSAGE(loaded.diagnostics.empty(), folder.name, "\n",
                  testing::listed(loaded.diagnostics));
    REQUIRE_MESSAGE(loaded.pack != nullptr, folder.name);
    CHECK_MESSAGE(loaded.pack->id == folder.name, "the folder has the name of the pack");
    packs.add(loaded.pack);
    packs.activate(loaded.pack->hash);
    CHECK_MESSAGE(check_models(*loaded.pack).empty(), folder.name, "\n",
                  testing::listed(check_models(*loaded.pack)));
    const auto outcomes = run_tests(loaded.pack, packs, calendar::Calendar());
    CHECK_MESSAGE(!outcomes.empty(), folder.name, " has no tests");
    for (const TestOutcome& outcome : outcomes) {
      for (const Difference& d : outcome.differences) {
        FAIL_CHECK(folder.name << "/" << outcome.file << ":" << outcome.line << " " << d.what
                               << ": expected " << d.expected << ", got " << d.got);
      }
    }
  }
  for (const auto& folder : folders) {
    const LoadResult again = load(folder.files, packs);
    CHECK_MESSAGE(again.diagnostics.empty(), folder.name, "\n",
                  testing::listed(again.diagnostics));
  }
}

}  // namespace
}  // namespace zicht::packs
