// Who asks while others are answered is answered in one group with all who came meanwhile.
// Method: a group is held up until so many wait; no outcome depends on how long anything takes.
#include "store/internal/together.h"

#include <doctest/doctest.h>

#include <future>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

namespace zicht::store {
namespace {

struct Question {
  int number = 0;
  int answer = 0;
};

using Questions = std::vector<Question*>;

void double_all(const Questions& asked) {
  for (Question* each : asked) each->answer = 2 * each->number;
}

// Asks 1 to `count`, all but the first while the first is being answered.
std::vector<Question> ask_during_the_first(Together<Question>& together, std::size_t count,
                                           std::promise<void>& has_begun,
                                           std::promise<void>& goes_on) {
  std::vector<Question> questions(count);
  std::vector<std::thread> threads;
  for (Question& each : questions) {
    each.number = static_cast<int>(threads.size()) + 1;
    threads.emplace_back([&together, &each] {
      try {
        together.answer(each);
      } catch (const std::runtime_error&) {
        each.answer = -1;
      }
    });
    if (threads.size() == 1) has_begun.get_future().wait();
  }
  while (together.waiting() != count - 1) std::this_thread::yield();
  goes_on.set_value();
  for (std::thread& each : threads) each.join();
  return questions;
}

TEST_CASE("together: who comes while others are answered shares the next group") {
  std::promise<void> has_begun, goes_on;
  std::vector<std::size_t> sizes;  // one group at a time
  Together<Question> together(1, [&](const Questions& asked) {
    sizes.push_back(asked.size());
    if (sizes.size() == 1) {
      has_begun.set_value();
      goes_on.get_future().wait();
    }
    double_all(asked);
  });
  for (const Question& each : ask_during_the_first(together, 6, has_begun, goes_on)) {
    CHECK(each.answer == 2 * each.number);
  }
  CHECK(sizes == std::vector<std::size_t>{1, 5});
}

TEST_CASE("together: a group whose answering throws holds nobody up") {
  std::promise<void> has_begun, goes_on;
  int groups = 0;
  Together<Question> together(1, [&](const Questions& asked) {
    if (++groups == 1) {
      has_begun.set_value();
      goes_on.get_future().wait();
    } else {
      throw std::runtime_error("a failed check");
    }
    double_all(asked);
  });
  std::multiset<int> answers;
  for (const Question& each : ask_during_the_first(together, 4, has_begun, goes_on)) {
    answers.insert(each.answer);
  }
  // One of the three threw, the others were let go without an answer.
  CHECK(answers == std::multiset<int>{-1, 0, 0, 2});
  CHECK(groups == 2);
}

TEST_CASE("together: where nobody waits, each is answered by itself while others are") {
  std::promise<void> has_begun, goes_on;
  int first_group = 0;
  Together<Question> together(Together<Question>::kEach, [&](const Questions& asked) {
    REQUIRE(asked.size() == 1);
    if (asked.front()->number == 1) {
      ++first_group;
      has_begun.set_value();
      goes_on.get_future().wait();
    }
    double_all(asked);
  });
  Question one{.number = 1}, two{.number = 2};
  std::thread first([&] { together.answer(one); });
  has_begun.get_future().wait();
  together.answer(two);
  CHECK(two.answer == 4);
  CHECK(one.answer == 0);
  goes_on.set_value();
  first.join();
  CHECK(one.answer == 2);
  CHECK(first_group == 1);
}

}  // namespace
}  // namespace zicht::store
