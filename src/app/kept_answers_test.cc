// What is kept, by keys, and when it goes. Method: short answers, and small bounds.
#include "app/kept_answers.h"

#include <doctest/doctest.h>

#include <string>

namespace zicht::app {
namespace {

using Now = KeptAnswers::Now;

const Now kFirst{"1", nullptr}, kSecond{"2", nullptr};

std::string found(KeptAnswers& answers, const std::string& key, const Now& now = kFirst) {
  const auto answer = answers.find(key, now);
  return answer == nullptr ? "none" : *answer;
}

TEST_CASE("kept answers: hold while the store and the packs are as they were") {
  KeptAnswers answers;
  CHECK(found(answers, "a") == "none");
  answers.keep("a", kFirst, "one");
  CHECK(found(answers, "a") == "one");
  CHECK(found(answers, "b") == "none");
  CHECK(found(answers, "a", kSecond) == "none");
  // What was looked for before the change is not kept after it.
  answers.keep("a", kFirst, "one");
  CHECK(found(answers, "a", kSecond) == "none");
  answers.keep("a", kSecond, "two");
  CHECK(found(answers, "a", kSecond) == "two");
  const Now repacked{"2", std::make_shared<Rulebook>()};
  CHECK(found(answers, "a", repacked) == "none");
}

TEST_CASE("kept answers: go without being asked for, and stay where nothing changed") {
  KeptAnswers answers;
  CHECK(found(answers, "a") == "none");
  answers.keep("a", kFirst, "one");
  answers.forget_before(kFirst);
  CHECK(found(answers, "a") == "one");
  const auto held = answers.find("a", kFirst);
  std::weak_ptr<const std::string> kept = held;
  answers.forget_before(kSecond);
  CHECK(kept.use_count() == 1);
  CHECK(*held == "one");
}

TEST_CASE("kept answers: the longest unused go when there are too many, and huge ones never come") {
  KeptAnswers answers(4000);
  const std::string large(200, 'x');
  CHECK(found(answers, "0") == "none");
  for (int number = 0; number < 100; ++number) {
    answers.keep(std::to_string(number), kFirst, large);
    CHECK(found(answers, "0") == large);
  }
  CHECK(found(answers, "99") == large);
  CHECK(found(answers, "98") == large);
  CHECK(found(answers, "80") == "none");
  CHECK(found(answers, "1") == "none");
  answers.keep("huge", kFirst, std::string(500, 'x'));
  CHECK(found(answers, "huge") == "none");
  CHECK(found(answers, "99") == large);
}

}  // namespace
}  // namespace zicht::app
