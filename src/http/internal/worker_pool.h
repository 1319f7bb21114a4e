// A fixed number of threads that run handlers, with a bounded queue in front.
//
// The bound is the point: when work comes in faster than it is done, callers learn it at once
// (submit returns false, the server answers 503) instead of everybody waiting ever longer.
//
// Thread-safety: submit may be called from any thread, from jobs too.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace zicht::http {

class WorkerPool {
 public:
  // Requires: both at least 1.
  WorkerPool(std::size_t threads, std::size_t queue_limit);
  // Runs what is queued, then joins.
  ~WorkerPool();

  // False when the queue is full or the pool stops; the job is then not run.
  // Requires: the job does not throw.
  bool submit(std::function<void()> job);

  // The same for the continuation of work that was let in before: the bound does not count.
  bool submit_continuation(std::function<void()> job);

  // Takes no more jobs, finishes those queued and joins. May be called more than once.
  void stop();

  std::size_t queued() const;

 private:
  bool enqueue(std::function<void()> job, std::size_t limit);
  void run();

  const std::size_t queue_limit_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> jobs_;
  bool is_stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace zicht::http
