// Work that repeats while the server runs, each on a thread of its own.
//
//     Background jobs;
//     jobs.every(std::chrono::seconds(60), [&] { scheduler.run_once(); });
//     jobs.stop();
//
// A job runs at once, then again the given time after it ended; stop() wakes the waiting ones and
// returns when the running ones have ended. Jobs handle their own errors.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace zicht::server {

class Background {
 public:
  Background() = default;
  ~Background() { stop(); }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  void every(std::chrono::milliseconds pause, std::function<void()> job);
  void stop();

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace zicht::server
