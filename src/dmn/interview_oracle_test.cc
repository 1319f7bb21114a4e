// Interviews against the naive way: random small models, and Dutch ones where they are at hand, in
// which every completion of what is open is evaluated at every step.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "dmn/testing/naive_interview.h"

namespace zicht::dmn {
namespace {

using feel::Value;
using testing::NaiveInterview;

// More of them by ZICHT_INTERVIEW_SEEDS.
std::uint64_t seeds() {
  const char* wanted = std::getenv("ZICHT_INTERVIEW_SEEDS");  // tidy-allow: length of one test run
  return wanted == nullptr ? 100 : std::strtoull(wanted, nullptr, 10);
}

struct Count {
  std::size_t interviews = 0;
  std::size_t asked = 0;
  std::size_t too_many = 0;     // asked although the outcome was settled
  std::size_t irrelevant = 0;   // asked although another question would have mattered
  std::size_t certain = 0;      // asked with an example that it matters
  std::size_t passed_over = 0;  // asked although no answer changes anything
};

std::size_t place_of(const NaiveInterview& naive, const std::string& name) {
  const auto& questions = naive.questions();
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (questions[i].name == name) return i;
  }
  FAIL("the oracle does not know ", name);
  return 0;
}

void check_end(const NaiveInterview& naive, const NaiveInterview::State& state,
               const NaiveInterview::State& truth, const Step& step, const std::string& what) {
  // Evaluating the answers, what stands in, and all else missing: the same outcome, always.
  CHECK_MESSAGE(testing::is_same_value(step.outcome, naive.evaluate(state, step)), what);
  const auto verdict = naive.judge(state);
  const bool knows_all =
      std::find(state.begin(), state.end(), NaiveInterview::kUnknown) == state.end();
  for (const auto& one : step.stand_ins) {
    const auto& answer = state[place_of(naive, one.question.name)];
    CHECK_MESSAGE((!answer || *answer == NaiveInterview::kUnknown), what);
    // Of what nobody knows only where it changes nothing.
    CHECK_MESSAGE((!answer || !step.outcome.is_null()), what);
  }
  if (naive.evaluate(state).is_null() == step.outcome.is_null() && !step.outcome.is_null())
    CHECK_MESSAGE(step.stand_ins.empty(), what);
  // What nobody knows changes nothing: that is seen.
  if (verdict.is_settled && step.is_exact)
    CHECK_MESSAGE(testing::is_same_value(step.outcome, verdict.outcome), what);
  if (knows_all || !step.outcome.is_null()) {
    CHECK_MESSAGE(step.is_settled, what);
    CHECK_MESSAGE(verdict.is_settled, what);
    CHECK_MESSAGE(testing::is_same_value(step.outcome, verdict.outcome), what);
  }
  if (knows_all) {
    // What was not asked is as it is.
    CHECK_MESSAGE(testing::is_same_value(step.outcome, naive.evaluate(truth)), what);
    return;
  }
  if (!step.outcome.is_null()) {
    // Nor does what nobody knows change it.
    CHECK_MESSAGE(testing::is_same_value(step.outcome, naive.evaluate(truth)), what);
    return;
  }
  if (step.is_settled) {
    CHECK_MESSAGE(verdict.is_settled, what);
    CHECK_MESSAGE(verdict.outcome.is_null(), what);
    return;
  }
  for (std::size_t i = 0; i < state.size(); ++i) CHECK_MESSAGE(!verdict.matters[i], what);
  CHECK_MESSAGE(!step.missing.empty(), what);
}

// One interview with a person who knows `truth`, or not.
void interview(const Interview& subject, const NaiveInterview& naive,
               const NaiveInterview::State& truth, const NaiveInterview::State& told,
               const InterviewLimits& limits, const std::string& what, Count& count) {
  ++count.interviews;
  NaiveInterview::State state(truth.size());
  for (std::size_t turn = 0; turn <= truth.size(); ++turn) {
    const auto step = subject.next(naive.replies(state), limits);
    REQUIRE_MESSAGE(step.has_value(), what);
    if (!step->next) return check_end(naive, state, truth, *step, what);
    const auto verdict = naive.judge(state);
    const std::size_t place = place_of(naive, step->next->question.name);
    REQUIRE_MESSAGE(!state[place], what);
    CHECK_MESSAGE(!step->is_settled, what);
    CHECK_MESSAGE(!step->next->why.empty(), what);
    ++count.asked;
    if (step->next->is_passed_over) {
      ++count.passed_over;
      // Without the answer evaluation does not say what is proved.
      CHECK_MESSAGE(!testing::is_same_value(naive.evaluate(state), verdict.outcome), what);
      CHECK_MESSAGE(!step->next->is_certain, what);
      state[place] = told[place];
      continue;
    }
    if (verdict.is_settled) ++count.too_many;
    if (!verdict.is_settled && !verdict.matters[place]) ++count.irrelevant;
    if (step->is_exact) CHECK_MESSAGE(!verdict.is_settled, what);
    if (step->is_exact) CHECK_MESSAGE(step->next->is_certain, what);
    // An example is one of a person who knows the rest: what nobody knows may hide it.
    const bool has_unknown =
        std::find(state.begin(), state.end(), NaiveInterview::kUnknown) != state.end();
    if (step->next->is_certain && (step->is_exact || !has_unknown)) {
      ++count.certain;
      CHECK_MESSAGE(verdict.matters[place], what, " ", step->next->question.name);
    }
    state[place] = told[place];
  }
  FAIL("the interview does not end: ", what);
}

void compare(std::uint64_t seed, const InterviewLimits& limits, Count& count) {
  const auto random = testing::random_model(seed);
  const auto model = testing::compiled(random.xml);
  const std::string what = "seed " + std::to_string(seed);
  REQUIRE_MESSAGE(model.engine, what);
  const auto made = Interview::create(model.engine, "d2", testing::environment());
  REQUIRE_MESSAGE(made.has_value(), what);
  const NaiveInterview naive(*made, *model.engine, "d2", random.questions);
  std::mt19937_64 dice(seed);
  for (int round = 0; round < 6; ++round) {
    NaiveInterview::State truth;
    NaiveInterview::State told;
    for (const auto& question : naive.questions()) {
      truth.emplace_back(dice() % question.values.size());
      told.push_back(dice() % 6 == 0 ? std::optional(NaiveInterview::kUnknown) : truth.back());
    }
    // The first rounds know everything.
    interview(*made, naive, truth, round < 3 ? truth : told, limits,
              what + " round " + std::to_string(round), count);
  }
}

TEST_CASE("interview: is exact on random models where all completions can be tried") {
  Count count;
  for (std::uint64_t seed = 1; seed <= seeds(); ++seed) compare(seed, {}, count);
  MESSAGE("interviews ", count.interviews, ", asked ", count.asked, ", passed over ",
          count.passed_over, ", too many ", count.too_many, ", irrelevant ", count.irrelevant);
  CHECK(count.irrelevant == 0);
  CHECK(count.passed_over == 0);
  CHECK(count.too_many * 20 < count.asked);  // by sums and the like alone
}

TEST_CASE("interview: never says settled wrongly where completions are not tried") {
  Count count;
  for (std::uint64_t seed = 1; seed <= seeds(); ++seed) compare(seed, {.combinations = 0}, count);
  MESSAGE("interviews ", count.interviews, ", asked ", count.asked, ", passed over ",
          count.passed_over, ", too many ", count.too_many, ", irrelevant ", count.irrelevant,
          ", certain ", count.certain);
  CHECK(count.irrelevant == 0);
  CHECK(count.passed_over == 0);
  CHECK(count.too_many * 5 < count.asked);
  CHECK(count.certain * 4 > count.asked * 3);
}

}  // namespace
}  // namespace zicht::dmn
