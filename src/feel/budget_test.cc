// Budgets. Method: each limit passed by one, by much, and by more than 64 bits hold; functions that
// run into a limit.
#include "feel/budget.h"

#include <doctest/doctest.h>

#include "feel/testing/call_text.h"

namespace zicht::feel {
namespace {

TEST_CASE("budget: steps, bytes and depth end in an error of their own") {
  Budget steps({.steps = 10});
  CHECK(steps.spend(10));
  CHECK_FALSE(steps.is_exhausted());
  CHECK_FALSE(steps.spend(1));
  CHECK(steps.error().id == "FE-0101");
  CHECK_FALSE(steps.spend_bytes(0));
  CHECK(testing::described(steps.exhausted_value()) == "null FE-0101");

  Budget bytes({.bytes = 10});
  CHECK(bytes.spend_bytes(9));
  CHECK_FALSE(bytes.spend_bytes(UINT64_MAX));
  CHECK(bytes.error().id == "FE-0102");

  Budget depth({.depth = 2});
  CHECK(depth.enter());
  CHECK(depth.enter());
  depth.leave();
  CHECK(depth.enter());
  CHECK_FALSE(depth.enter());
  CHECK(depth.error().id == "FE-0103");
}

TEST_CASE("budget: functions stop at its limits") {
  testing::Calls few({.steps = 5});
  CHECK(few.text("reverse([1, 2, 3])") == "[3, 2, 1]");
  CHECK(few.text("sum([1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20])") == "null FE-0101");
  CHECK(few.budget().is_exhausted());
  CHECK(few.text("abs(1)") == "null FE-0101");

  testing::Calls grown({.bytes = 1'000'000});
  CHECK(grown.text(R"(replace(")" + std::string(5000, 'a') + R"(", "a", ")" +
                   std::string(5000, 'b') + R"("))") == "null FE-0102");

  testing::Calls small({.bytes = 200});
  CHECK(small.text("concatenate([1,2,3,4],[5,6,7,8],[9,10,11,12])") == "null FE-0102");
}

TEST_CASE("budget: what cannot be had here ends the evaluation") {
  Budget budget;
  budget.refuse_here();
  CHECK(budget.exhausted() == Budget::Limit::kHere);
  CHECK(budget.error().id == "FE-0070");
  CHECK_FALSE(budget.spend(1));
}

}  // namespace
}  // namespace zicht::feel
