#include "http/internal/worker_pool.h"

#include <cstdint>
#include <utility>

#include "base/check.h"

namespace zicht::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_limit) : queue_limit_(queue_limit) {
  ZICHT_CHECK(threads > 0 && queue_limit > 0, "a pool has threads and a queue");
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::submit(std::function<void()> job) {
  return enqueue(std::move(job), queue_limit_);
}

bool WorkerPool::submit_continuation(std::function<void()> job) {
  return enqueue(std::move(job), SIZE_MAX);
}

bool WorkerPool::enqueue(std::function<void()> job, std::size_t limit) {
  {
    const std::lock_guard lock(mutex_);
    if (is_stopping_ || jobs_.size() >= limit) return false;
    jobs_.push_back(std::move(job));
  }
  arrived_.notify_one();
  return true;
}

void WorkerPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  arrived_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::size_t WorkerPool::queued() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size();
}

void WorkerPool::run() {
  while (true) {
    std::function<void()> job;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return is_stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job();
  }
}

}  // namespace zicht::http
