// Names and types; see internal/parser_state.h.
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "feel/function.h"
#include "feel/internal/infer.h"
#include "feel/internal/parser_state.h"

namespace zicht::feel::internal {
namespace {

const NameTrie& builtin_names() {
  static const NameTrie names = [] {
    NameTrie trie;
    for (const Builtin& builtin : builtins()) trie.add(builtin.name, Type::any());
    return trie;
  }();
  return names;
}

bool is_name_sign(const Token& token) {
  constexpr std::string_view kSigns[] = {"+", "-", "*", "/", ".", "'", "**"};
  return token.kind == TokenKind::kUnknown ||
         (token.kind == TokenKind::kSign &&
          std::find(std::begin(kSigns), std::end(kSigns), token.text) != std::end(kSigns));
}

}  // namespace

// The longest name wins; of two equally long ones the nearer.
Parser::Known Parser::known_name() const {
  Known known;
  bool is_open = false;
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    for (const NameTrie* names : {frame->members, &std::as_const(frame->names)}) {
      if (names == nullptr) continue;
      const auto match = names->longest(&now());
      if (match.length > known.match.length) known = {match, is_open};
    }
    is_open = is_open || frame->is_open;
  }
  for (const NameTrie* names : {&scope_.names(), &builtin_names()}) {
    const auto match = names->longest(&now());
    if (match.length > known.match.length) known = {match, is_open};
  }
  if (known.match.length == 0) known.is_open = is_open;
  return known;
}

// How many tokens from here are words in a row: they can only be one name.
std::size_t Parser::plain_words() const {
  std::size_t count = 0;
  for (const Token* token = &now();; ++token, ++count) {
    const bool is_word = token->kind == TokenKind::kWord && !is_keyword(token->text);
    if (!is_word && (token->kind != TokenKind::kNumber || count == 0)) return count;
  }
}

NodePtr Parser::name() {
  const Known known = known_name();
  const std::size_t words = plain_words();
  NodePtr node = make(NodeKind::kName, now().span.begin);
  if (known.match.length >= words) {
    node->text = known.match.entry->name;
    node->type = known.is_open ? Type::any() : known.match.entry->type;
    node->flag = builtin_names().longest(&now()).entry == known.match.entry;
    at_ += known.match.length;
    return finish(std::move(node));
  }
  node->text = join_name(&now(), &now() + words);
  at_ += words;
  if (!known.is_open) report_unknown(node->text, {node->span.begin, last_end()});
  return finish(std::move(node));
}

const NameTrie& Parser::members_of(const Type& item) {
  const auto [place, is_new] = members_.try_emplace({item.kind(), item.identity()});
  auto& type = place->second.first;
  auto& names = place->second.second;
  if (is_new) {
    type = item;
    each_member(item, [&](std::string_view name, const Type& each) { names.add(name, each); });
  }
  return names;
}

std::vector<std::string> Parser::all_names() const {
  std::set<std::string> names;
  const auto keep = [&](const NameTrie::Entry& entry) { names.insert(entry.name); };
  for (const Frame& frame : frames_) {
    frame.names.each(keep);
    if (frame.members != nullptr) frame.members->each(keep);
  }
  scope_.names().each(keep);
  builtin_names().each(keep);
  return {names.begin(), names.end()};
}

void Parser::report_unknown(const std::string& name, Span span) {
  // Looking for a name that is alike takes a walk over all: the first few are enough.
  constexpr std::size_t kMostNearest = 10;
  const std::string nearest = errors_ < kMostNearest ? nearest_name(name, all_names()) : "";
  const LocalizedText hint =
      nearest.empty()
          ? LocalizedText{"Geef de naam zoals hij in het model staat.",
                          "Give the name as the model has it."}
          : LocalizedText{"Bedoelt u \"" + nearest + "\"?", "Do you mean \"" + nearest + "\"?"};
  report("FE-0002", span, {{"name", name}, {"nearest", hint}});
}

// A name that is being given, not looked up: of any tokens that names have, up to one of two ends.
// Empty where none stands here.
std::string Parser::name_until(std::string_view end, std::string_view other_end) {
  const Token* const first = &now();
  while (!is_at_end() && !is(end) && !is(other_end)) {
    const bool fits = now().kind == TokenKind::kWord || is_name_sign(now()) ||
                      (now().kind == TokenKind::kNumber && &now() != first);
    if (!fits) break;
    ++at_;
    if (static_cast<std::size_t>(&now() - first) > NameTrie::kMaxTokens) return long_name(first);
  }
  return join_name(first, &now());
}

// Nothing, and the finding that says why; the caller then finds no name.
std::string Parser::long_name(const Token* first) {
  if (!std::exchange(failed_, true)) {
    report("FE-0014", {first->span.begin, last_end()},
           {{"limit", std::to_string(NameTrie::kMaxTokens)}});
  }
  return "";
}

// The longest of the members that the type has, the names seen before, and the words that follow.
std::string Parser::member_name(const Type& source) {
  const NameTrie::Match own = members_of(item_type(source)).longest(&now());
  const std::size_t words =
      now().kind == TokenKind::kWord ? std::max<std::size_t>(plain_words(), 1) : 0;
  NameTrie::Match seen;
  const NameTrie* const known[] = {&keys_, &scope_.members()};
  for (const NameTrie* names : known) {
    const auto match = names->longest(&now());
    if (has_unknown_members(item_type(source)) && match.length > seen.length) seen = match;
  }
  std::string name;
  std::size_t length = std::max(own.length, seen.length);
  if (length >= words && length > 0) {
    name = own.length >= seen.length ? own.entry->name : seen.entry->name;
  } else {
    length = words;
    name = join_name(&now(), &now() + words);
  }
  at_ += length;
  return name;
}

// False where the type is not known, which is told; then `type` is Any.
bool Parser::type(Type& type) {
  if (nesting_ >= kMaxNesting) return expression() != nullptr;
  ++nesting_;
  bool known = false;
  if (now().kind != TokenKind::kWord) {
    unexpected("de naam van een type", "the name of a type");
  } else if (is("function") || next().text == "<") {
    known = generic_type(now().text, type);
  } else {
    known = named_type(type);
  }
  --nesting_;
  return known;
}

bool Parser::generic_type(std::string_view word, Type& type) {
  ++at_;
  if (word == "function") return function_type(type);
  if (word == "context") return context_type(type);
  if (word != "list" && word != "range") {
    return unexpected("list, range, context of function", "list, range, context or function"),
           false;
  }
  Type item;
  const bool known = expect("<") && this->type(item);
  if (failed_ || !expect(">")) return false;
  type = word == "list" ? Type::list_of(item) : Type::range_of(item);
  return known;
}

bool Parser::function_type(Type& type) {
  std::vector<Type> parameters;
  bool known = true;
  if (!is("<")) {
    type = Type::function_of({}, Type::any());
    return unexpected("<", "<"), false;
  }
  ++at_;
  while (!is(">") && !failed_) {
    known = this->type(parameters.emplace_back()) && known;
    if (!take(",")) break;
  }
  Type result;
  if (failed_ || !expect(">") || !expect("->")) return false;
  known = this->type(result) && known;
  type = Type::function_of(std::move(parameters), std::move(result));
  return known;
}

bool Parser::context_type(Type& type) {
  std::vector<Type::Member> members;
  bool known = expect("<");
  while (!is(">") && !failed_) {
    Type::Member& member = members.emplace_back();
    member.name = name_until(":", ">");
    if (member.name.empty() || !expect(":")) {
      return unexpected("een naam en een dubbele punt", "a name and a colon"), false;
    }
    known = this->type(member.type) && known;
    if (!take(",")) break;
  }
  if (failed_ || !expect(">")) return false;
  type = Type::context_of(std::move(members));
  return known;
}

// A type of the model first, then one of FEEL: the longest name, such as "date and time".
bool Parser::named_type(Type& type) {
  const std::uint32_t begin = now().span.begin;
  const auto own = scope_.types().longest(&now());
  constexpr std::size_t kLongest = 5;  // "years and months duration" has four words
  for (std::size_t length = kLongest; length > own.length; --length) {
    if (at_ + length >= tokens_.size()) continue;
    const std::string name = join_name(&now(), &now() + length);
    if (const auto found = Type::find_named(name)) {
      type = *found;
      at_ += length;
      return true;
    }
  }
  if (own.length > 0) {
    type = own.entry->type;
    at_ += own.length;
    return true;
  }
  const std::size_t words = std::max<std::size_t>(plain_words(), 1);
  const std::string name = join_name(&now(), &now() + words);
  at_ += words;
  report("FE-0010", {begin, last_end()}, {{"name", name}});
  return false;
}

}  // namespace zicht::feel::internal
