// Templates of letters of packs, each pack read once.
//
//     if (const auto made_of = templates.find(pack, "pack/progress")) ...
//
// Reading the files of a pack takes milliseconds, and everything that is told of a letter asks for
// its template. What was read stays for as long as this does. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "model/letter_template.h"
#include "model/pack.h"

namespace zicht::app {

class LetterTemplates {
 public:
  using Letters = std::shared_ptr<const std::vector<model::LetterTemplate>>;

  // By id; never null.
  [[nodiscard]] Letters in(const model::Pack& pack);
  // "pack/id"; null: this pack has none of that name (any more).
  [[nodiscard]] std::shared_ptr<const model::LetterTemplate> find(const model::Pack& pack,
                                                                  std::string_view full_id);

 private:
  std::mutex mutex_;
  std::map<std::string, Letters> read_;  // by hash of the pack
};

}  // namespace zicht::app
