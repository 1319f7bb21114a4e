// What visitors were told, kept for as long as they would be told the same.
//
//     const KeptAnswers::Now now{mark, rules};
//     if (auto kept = answers.find(key, now)) return *std::move(kept);
//     ... find the answer ...
//     answers.keep(key, now, answer);
//
// Everybody who opens a public page asks the same. An answer holds while the store (Store::mark)
// and the packs are as they were when it was looked for; of the rest that it rests on, the key
// speaks. When either changed all of them go, and the longest unused when they are more than
// `most_bytes`. An answer is never older than the `now` that it is asked for with. Only for what
// anybody may see. Thread-safe (decision 0062).
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/rulebook.h"

namespace zicht::app {

class KeptAnswers {
 public:
  struct Now {
    std::string mark;
    RulebookPtr rules;
    bool operator==(const Now&) const = default;
  };

  explicit KeptAnswers(std::size_t most_bytes = std::size_t{64} << 20) : most_bytes_(most_bytes) {}

  [[nodiscard]] std::optional<std::string> find(const std::string& key, const Now& now);
  // Does nothing when another `now` was asked for meanwhile.
  void keep(const std::string& key, const Now& now, const std::string& answer);

 private:
  struct Kept {
    std::string key, answer;
    [[nodiscard]] std::size_t bytes() const { return key.size() + answer.size(); }
  };
  using Place = std::list<Kept>::iterator;

  void drop_longest_unused();

  std::size_t most_bytes_;
  std::mutex mutex_;
  Now now_;
  std::list<Kept> kept_;                                // the last used first
  std::unordered_map<std::string_view, Place> places_;  // by key, which stands in kept_
  std::size_t bytes_ = 0;
};

}  // namespace zicht::app
