#include "feel/internal/name_trie.h"

#include <utility>

namespace zicht::feel::internal {

void NameTrie::add(std::string_view name, Type type, std::size_t slot) {
  const std::vector<Token> tokens = tokens_of(name);
  if (tokens.size() > kMaxTokens + 1) return;
  NameTrie* at = this;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::kEnd) break;
    auto& next = at->next_[std::string(token.text)];
    if (next == nullptr) next = std::make_unique<NameTrie>();
    at = next.get();
  }
  if (at == this) return;
  at->entry_ = std::make_unique<Entry>(Entry{std::string(name), std::move(type), slot});
}

const NameTrie::Entry* NameTrie::find(std::string_view name) const {
  const auto tokens = tokens_of(name);
  const Match match = longest(tokens.data());
  return match.length + 1 == tokens.size() ? match.entry : nullptr;
}

NameTrie::Match NameTrie::longest(const Token* first) const {
  Match match;
  const NameTrie* at = this;
  for (const Token* token = first; token->kind != TokenKind::kEnd; ++token) {
    const auto next = at->next_.find(token->text);
    if (next == at->next_.end()) break;
    at = next->second.get();
    if (at->entry_ != nullptr) {
      match = {at->entry_.get(), static_cast<std::size_t>(token - first) + 1};
    }
  }
  return match;
}

void NameTrie::each(const std::function<void(const Entry&)>& visit) const {
  if (entry_ != nullptr) visit(*entry_);
  for (const auto& [word, next] : next_) next->each(visit);
}

}  // namespace zicht::feel::internal
