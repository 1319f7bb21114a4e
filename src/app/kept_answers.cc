#include "app/kept_answers.h"

#include <utility>

namespace zicht::app {

std::optional<std::string> KeptAnswers::find(const std::string& key, const Now& now) {
  const std::lock_guard lock(mutex_);
  if (now != now_) {
    places_.clear();
    kept_.clear();
    bytes_ = 0;
    now_ = now;
  }
  const auto found = places_.find(key);
  if (found == places_.end()) return std::nullopt;
  kept_.splice(kept_.begin(), kept_, found->second);
  return found->second->answer;
}

void KeptAnswers::keep(const std::string& key, const Now& now, const std::string& answer) {
  const std::lock_guard lock(mutex_);
  if (now != now_ || places_.contains(key)) return;
  kept_.push_front({key, answer});
  places_.emplace(kept_.front().key, kept_.begin());
  bytes_ += kept_.front().bytes();
  while (bytes_ > most_bytes_) drop_longest_unused();
}

void KeptAnswers::drop_longest_unused() {
  bytes_ -= kept_.back().bytes();
  places_.erase(kept_.back().key);
  kept_.pop_back();
}

}  // namespace zicht::app
