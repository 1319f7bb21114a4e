// Questions of many threads that are answered together: who comes while others are being answered
// waits, and one of those who wait then asks for all of them. So a busy database is asked few times
// for much, and one that is idle is asked at once.
//
//     Together<Question> together(1, [&](const std::vector<Question*>& asked) { ... });
//     Question mine{...};
//     together.answer(mine);
//
// What answers a group starts after each of its questions was asked: nobody is told what was true
// only before. It deliberately knows nothing of databases.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace zicht::store {

// Thread-safe but for construction and destruction.
template <class Question>
class Together {
 public:
  // Called on the thread of one of those who ask, while the others wait.
  using Answer = std::function<void(const std::vector<Question*>& asked)>;

  // For `at_once`: each is answered by itself, and nobody waits for anybody.
  static constexpr std::size_t kEach = 0;

  // At most `at_once` groups are being answered at the same time.
  Together(std::size_t at_once, Answer answer)
      : at_once_(at_once), answer_(std::move(answer)) {}

  // Returns once `question` was in a group that was answered. When the answering throws, so does
  // this for one of the group; the others find their question as it was left.
  void answer(Question& question) {
    if (at_once_ == kEach) return answer_({&question});
    Place mine{.question = &question};
    std::unique_lock lock(mutex_);
    waiting_.push_back(&mine);
    mine.wake.wait(lock, [&] {
      return mine.is_answered || (!mine.is_taken && running_ < at_once_);
    });
    if (mine.is_answered) return;
    const Taken taken(*this);
    lock.unlock();
    answer_(taken.questions());
  }

  // How many wait for a group to begin.
  std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
  }

 private:
  struct Place {
    Question* question;
    bool is_taken = false, is_answered = false;
    std::condition_variable wake{};
  };

  // A group, from when it is taken until its questions are answered.
  class Taken {
   public:
    // Requires: the lock is held.
    explicit Taken(Together& together)
        : together_(together), places_(std::exchange(together.waiting_, {})) {
      ++together_.running_;
      for (Place* each : places_) {
        each->is_taken = true;
        questions_.push_back(each->question);
      }
    }
    // A place is gone as soon as its thread goes on, which the lock holds up.
    ~Taken() {
      const std::lock_guard lock(together_.mutex_);
      --together_.running_;
      for (Place* each : places_) {
        each->is_answered = true;
        each->wake.notify_one();
      }
      if (!together_.waiting_.empty()) together_.waiting_.front()->wake.notify_one();
    }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;

    const std::vector<Question*>& questions() const { return questions_; }

   private:
    Together& together_;
    const std::vector<Place*> places_;
    std::vector<Question*> questions_;
  };

  const std::size_t at_once_;
  const Answer answer_;
  mutable std::mutex mutex_;
  std::vector<Place*> waiting_;  // guarded by mutex_
  std::size_t running_ = 0;      // guarded by mutex_
};

}  // namespace zicht::store
