// What visitors were told, kept for as long as they would be told the same (decision 0062).
//
//     const KeptAnswers::Now now{mark, rules};
//     if (const auto kept = answers.find(key, now)) return *kept;
//     ... look for the answer ...
//     answers.keep(key, now, answer);
//
// Everybody who opens a public page asks the same. An answer holds while the store (Store::mark)
// and the packs are as they were before it was looked for, so it is never older than the `now` that
// it is asked for with; the key holds all else that it rests on. Asked for with another `now`,
// earlier or later, all of them go. When they take more than `most_bytes`, the longest unused go;
// what takes an eighth of that by itself is not kept. Only for what anybody may see. Thread-safe.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/rulebook.h"

namespace zicht::app {

class KeptAnswers {
 public:
  using Answer = std::shared_ptr<const std::string>;

  struct Now {
    std::string mark;
    RulebookPtr rules;
    bool operator==(const Now&) const = default;
  };

  explicit KeptAnswers(std::size_t most_bytes = std::size_t{64} << 20) : most_bytes_(most_bytes) {}

  // Null: there is none.
  [[nodiscard]] Answer find(const std::string& key, const Now& now);
  // Does nothing when another `now` was asked for meanwhile.
  void keep(const std::string& key, const Now& now, const std::string& answer);
  // Lets all of them go when they are of another `now`, though nobody asks.
  void forget_before(const Now& now);

 private:
  struct Kept {
    std::string key;
    Answer answer;
    [[nodiscard]] std::size_t bytes() const;
  };
  using All = std::list<Kept>;

  // The answers that went, for the caller to destroy without the lock.
  [[nodiscard]] All move_to(const Now& now);
  void drop_longest_unused();

  std::size_t most_bytes_;
  std::mutex mutex_;
  Now now_;
  All kept_;                                                 // the last used first
  std::unordered_map<std::string_view, All::iterator> places_;  // by key, which stands in kept_
  std::size_t bytes_ = 0;
};

}  // namespace zicht::app
