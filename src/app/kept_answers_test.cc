// What is kept, by keys, and when it goes. Method: answers of a few bytes, small limits.
#include "app/kept_answers.h"

#include <doctest/doctest.h>

#include <string>

namespace zicht::app {
namespace {

using Now = KeptAnswers::Now;

TEST_CASE("kept answers: hold while the store and the packs are as they were") {
  KeptAnswers answers;
  const Now first{"1", nullptr}, second{"2", nullptr};
  CHECK_FALSE(answers.find("a", first).has_value());
  answers.keep("a", first, "one");
  CHECK(answers.find("a", first) == "one");
  CHECK_FALSE(answers.find("b", first).has_value());
  CHECK_FALSE(answers.find("a", second).has_value());
  // What was looked for before the change is not kept after it.
  answers.keep("a", first, "one");
  CHECK_FALSE(answers.find("a", second).has_value());
  answers.keep("a", second, "two");
  CHECK(answers.find("a", second) == "two");
  const Now repacked{"2", std::make_shared<Rulebook>()};
  CHECK_FALSE(answers.find("a", repacked).has_value());
}

TEST_CASE("kept answers: those that were not used for longest go when there are too many") {
  KeptAnswers answers(10);
  const Now now{"1", nullptr};
  CHECK_FALSE(answers.find("a", now).has_value());
  answers.keep("a", now, "1234");
  answers.keep("b", now, "1234");
  CHECK(answers.find("a", now) == "1234");
  answers.keep("c", now, "1234");
  CHECK(answers.find("a", now) == "1234");
  CHECK_FALSE(answers.find("b", now).has_value());
  CHECK(answers.find("c", now) == "1234");
  answers.keep("d", now, std::string(11, 'x'));
  for (const char* key : {"a", "b", "c", "d"}) CHECK_FALSE(answers.find(key, now).has_value());
  answers.keep("a", now, "1234");
  CHECK(answers.find("a", now) == "1234");
}

}  // namespace
}  // namespace zicht::app
