// Running a pack's own tests: those of the sample pass; each kind of expectation, made wrong, fails
// with what was expected and what came out.
#include "packs/run_tests.h"

#include <doctest/doctest.h>

#include <string>

#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

std::vector<TestOutcome> outcomes_of(const Files& files) {
  const LoadResult loaded = load(files, {});
  INFO(testing::listed(loaded.diagnostics));
  REQUIRE(loaded.pack != nullptr);
  model::PackSet packs;
  packs.add(loaded.pack);
  packs.activate(loaded.pack->hash);
  return run_tests(loaded.pack, packs, calendar::Calendar());
}

std::string failures_of(const std::vector<TestOutcome>& outcomes) {
  std::string text;
  for (const TestOutcome& outcome : outcomes) {
    for (const Difference& d : outcome.differences) {
      text += outcome.file + ":" + std::to_string(outcome.line) + " " + d.what + ": " +
              d.expected + " / " + d.got + "\n";
    }
  }
  return text;
}

// The failures after one replacement in a test file of the sample.
std::string failures_with(const std::string& file, const std::string& from,
                          const std::string& to) {
  return failures_of(outcomes_of(testing::replaced(testing::sample_files(), file, from, to)));
}

TEST_CASE("run_tests: the sample's tests pass and are all there") {
  const auto outcomes = outcomes_of(testing::sample_files());
  CHECK(failures_of(outcomes) == "");
  CHECK(outcomes.size() == 10);
  CHECK(outcomes.at(0).name == "who decided may not publish");
  CHECK(outcomes.at(0).file == "tests/big-report.yaml");
  CHECK(outcomes.at(0).line == 3);
}

TEST_CASE("run_tests: each wrong expectation fails with both sides") {
  const std::string small = "tests/small-report.yaml";
  const std::string big = "tests/big-report.yaml";
  struct Wrong {
    std::string file, from, to, failure;
  };
  const Wrong cases[] = {
      {small, "state: open\n", "state: closed\n", "small-report.yaml:3 state: closed / open\n"},
      {small, "first: 2024-04-01, last: 2024-04-10", "first: 2024-04-02, last: 2024-04-10",
       ":3 deadline agreed first: 2024-04-02 / 2024-04-01\n"},
      {small, "last: 2024-04-10", "last: 2024-04-11",
       ":3 deadline agreed last: 2024-04-11 / 2024-04-10\n"},
      {small, "status: missed", "status: met", " deadline agreed status: met / missed\n"},
      {small, "deadlines: {agreed: {status: met}}", "deadlines: {react: {status: met}}",
       " deadline react: there / -\n"},
      {small, "tasks: [keeper]", "tasks: [keeper, lender]", " tasks: keeper, lender / keeper\n"},
      {small, "refused: fields", "refused: state",
       " step 1 (close): refused: state / refused: fields\n"},
      {small, ", refused: fields", "", " step 1 (close): done / refused: fields\n"},
      {small, "fields: {outcome: Vastgezet}}", "fields: {outcome: Vastgezet}, refused: state}",
       " step 1 (close): refused: state / done\n"},
      {small, "[/fields/received, /fields/weight]", "[/fields/weight]",
       " problems: /fields/weight / /fields/received, /fields/weight\n"},
      {small, "      subject: Losse trede\n      weight: light\n      tool",
       "      weight: light\n      tool", ":3 problems: - / /fields/subject\n"},
      {big, ", refused: role", "", " step 1 (send): done / refused: role\n"},
      {big, "refused: not_before", "refused: four_eyes",
       " step 3 (publish): refused: four_eyes / refused: not_before\n"},
  };
  for (const Wrong& wrong : cases) {
    CAPTURE(wrong.to);
    const std::string failures = failures_with(wrong.file, wrong.from, wrong.to);
    CHECK_MESSAGE(failures.ends_with(wrong.failure), failures);
    CHECK(failures.starts_with(wrong.file));
  }
}

TEST_CASE("run_tests: a change of the record is a step of a test, and may be refused") {
  const Files gardens = testing::read_folder("tests/packs/rounds");
  const auto failures = [&](const char* from, const char* to) {
    return failures_of(outcomes_of(testing::replaced(gardens, "tests/harvests.yaml", from, to)));
  };
  CHECK(failures_of(outcomes_of(gardens)) == "");
  CHECK(failures("on: 2026-02-05, refused: fixed", "on: 2026-02-05") ==
        "tests/harvests.yaml:9 step 7 (change): done / refused: fixed\n");
  CHECK(failures("on: 2026-02-05, refused: fixed", "on: 2026-02-05, refused: frozen") ==
        "tests/harvests.yaml:9 step 7 (change): refused: frozen / refused: fixed\n");
  CHECK(failures("as: neighbour, on", "as: gardener, on") ==
        "tests/harvests.yaml:9 step 2 (change): refused: role / done\n");
  CHECK(failures("{change: {note: Nat}, on: 2026-02-03}",
                 "{change: {note: Nat}, on: 2026-02-03, refused: fixed}") ==
        "tests/harvests.yaml:9 step 5 (change): refused: fixed / done\n");
  CHECK(failures("note: Nat}}", "note: Droog}}") ==
        "tests/harvests.yaml:9 value note: \"Droog\" / \"Nat\"\n");
}

TEST_CASE("run_tests: the day before a term ends is not the day after") {
  CHECK(failures_with("tests/small-report.yaml", "on: 2024-04-02", "on: 2024-04-01") ==
        "tests/small-report.yaml:16 state: lapsed / open\n"
        "tests/small-report.yaml:16 deadline agreed status: missed / open\n"
        "tests/small-report.yaml:16 tasks: keeper / lender, lender\n");
}

}  // namespace
}  // namespace zicht::packs
