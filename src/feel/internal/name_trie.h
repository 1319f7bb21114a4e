// The names that are known in one place, for the longest match over a row of tokens.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "feel/internal/lexer.h"

namespace zicht::feel::internal {

class NameTrie {
 public:
  struct Entry {
    std::string name;  // as it was added
    Type type{};
    std::size_t slot = 0;  // of a variable of a Scope
  };
  struct Match {
    const Entry* entry = nullptr;  // null: no name begins here
    std::size_t length = 0;        // in tokens
  };

  // The most tokens of a name: a trie is that deep, and walks over it recurse.
  static constexpr std::size_t kMaxTokens = 64;

  // A name without tokens (blank) or with more than kMaxTokens is not added; one with the same
  // tokens takes the place.
  void add(std::string_view name, Type type, std::size_t slot = 0);

  // The longest name that the tokens at `first` begin with. The row ends with a kEnd.
  [[nodiscard]] Match longest(const Token* first) const;

  // The entry of exactly these tokens; null where there is none.
  [[nodiscard]] const Entry* find(std::string_view name) const;

  void each(const std::function<void(const Entry&)>& visit) const;

 private:
  std::map<std::string, std::unique_ptr<NameTrie>, std::less<>> next_;
  std::unique_ptr<Entry> entry_;
};

}  // namespace zicht::feel::internal
