#include "server/background.h"

namespace zicht::server {

void Background::every(std::chrono::milliseconds pause, std::function<void()> job) {
  threads_.emplace_back([this, pause, job = std::move(job)] {
    std::unique_lock lock(mutex_);
    while (!is_stopping_) {
      lock.unlock();
      job();
      lock.lock();
      wake_.wait_for(lock, pause, [this] { return is_stopping_; });
    }
  });
}

void Background::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace zicht::server
