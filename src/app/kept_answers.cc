#include "app/kept_answers.h"

#include <utility>

namespace zicht::app {
namespace {

// Of the nodes of the list and the map, and of what allocating each part costs.
constexpr std::size_t kBytesAround = 256;

}  // namespace

std::size_t KeptAnswers::Kept::bytes() const { return key.size() + answer->size() + kBytesAround; }

KeptAnswers::All KeptAnswers::move_to(const Now& now) {
  if (now == now_) return {};
  now_ = now;
  places_.clear();
  bytes_ = 0;
  return std::exchange(kept_, {});
}

KeptAnswers::Answer KeptAnswers::find(const std::string& key, const Now& now) {
  All gone;
  const std::lock_guard lock(mutex_);
  gone = move_to(now);
  const auto found = places_.find(key);
  if (found == places_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found->second);
  return found->second->answer;
}

void KeptAnswers::forget_before(const Now& now) {
  All gone;
  const std::lock_guard lock(mutex_);
  gone = move_to(now);
}

void KeptAnswers::keep(const std::string& key, const Now& now, const std::string& answer) {
  Kept made{key, std::make_shared<const std::string>(answer)};
  if (made.bytes() > most_bytes_ / 8) return;
  const std::lock_guard lock(mutex_);
  if (now != now_ || places_.contains(key)) return;
  bytes_ += made.bytes();
  kept_.push_front(std::move(made));
  places_.emplace(kept_.front().key, kept_.begin());
  while (bytes_ > most_bytes_) drop_longest_unused();
}

void KeptAnswers::drop_longest_unused() {
  bytes_ -= kept_.back().bytes();
  places_.erase(kept_.back().key);
  kept_.pop_back();
}

}  // namespace zicht::app
