// The parser at work: position, scopes and findings. Members are in parser.cc (expressions and
// operators), parser_primary.cc (what an expression begins with), parser_names.cc (names, types).
//
// A member that gives a NodePtr gives null after a mistake in the syntax, and every caller passes
// the null on; the finding has been made then.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/internal/name_trie.h"
#include "feel/parser.h"

namespace zicht::feel::internal {

class Parser {
 public:
  Parser(std::string_view text, const Scope& scope);

  Parsed expression_only();
  Parsed unary_tests_only(const Type& input);

 private:
  // Names of one place inside the expression. An open one is the item of a filter whose members are
  // not known: any name can be one of them.
  struct Frame {
    NameTrie names{};
    const NameTrie* members = nullptr;  // of the item of a filter
    bool is_open = false;
  };
  struct Known {
    NameTrie::Match match{};
    bool is_open = false;  // an open frame lies nearer
  };

  // Tokens.
  [[nodiscard]] const Token& now() const { return tokens_[at_]; }
  [[nodiscard]] const Token& next(std::size_t ahead = 1) const;
  [[nodiscard]] bool is(std::string_view text) const;
  [[nodiscard]] bool is_at_end() const { return now().kind == TokenKind::kEnd; }
  bool take(std::string_view text);
  bool expect(std::string_view text);
  [[nodiscard]] std::uint32_t last_end() const;

  // Findings.
  // An error; those beyond kMaxFindings (internal/infer.h) are left out.
  void report(std::string_view id, Span span, Arguments arguments = {});
  std::nullptr_t unexpected(std::string_view expected_nl, std::string_view expected_en);
  Parsed finished(NodePtr root);

  // Nodes.
  [[nodiscard]] NodePtr make(NodeKind kind, std::uint32_t begin) const;
  NodePtr finish(NodePtr node);
  std::nullptr_t too_deep(Span span);

  // Expressions and operators.
  NodePtr expression();
  NodePtr binary(int least);
  NodePtr continue_with(NodePtr left, const Token& sign, int strength);
  NodePtr between(NodePtr value);
  NodePtr in(NodePtr value);
  bool in_brackets(Node& in);
  NodePtr unary();
  NodePtr negation();
  NodePtr instance_of(NodePtr value);
  NodePtr postfix();
  NodePtr postfix_on(NodePtr source, bool& more);
  NodePtr filter(NodePtr source);
  NodePtr path(NodePtr source);
  NodePtr call(NodePtr callee);
  bool arguments(Node& call, bool named);
  [[nodiscard]] bool is_filter_ahead() const;
  [[nodiscard]] bool is_named_ahead() const;
  NodePtr unary_test();
  bool tests(Node& parent);
  NodePtr negated_tests(std::uint32_t begin);
  NodePtr unary_range();

  // What an expression begins with.
  NodePtr primary();
  NodePtr word();
  NodePtr literal(NodeKind kind);
  NodePtr number();
  NodePtr string();
  NodePtr at_literal();
  NodePtr round_bracket();
  NodePtr square_bracket();
  NodePtr range_from(NodePtr start, std::uint32_t begin, bool is_open);
  NodePtr context();
  bool entry(Node& context, Frame& frame, std::set<std::string>& keys);
  NodePtr conditional();
  NodePtr loop(NodeKind kind);
  NodePtr iterator();
  NodePtr function();
  bool parameters(Node& function, Frame& frame);

  // Names and types.
  [[nodiscard]] Known known_name() const;
  NodePtr name();
  const NameTrie& members_of(const Type& item);
  [[nodiscard]] std::size_t plain_words() const;
  std::string name_until(std::string_view end, std::string_view other_end);
  std::string long_name(const Token* first);
  std::string member_name(const Type& source);
  void report_unknown(const std::string& name, Span span);
  [[nodiscard]] std::vector<std::string> all_names() const;
  bool type(Type& type);
  bool generic_type(std::string_view word, Type& type);
  bool function_type(Type& type);
  bool context_type(Type& type);
  bool named_type(Type& type);

  std::string_view text_;
  const Scope& scope_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  bool failed_ = false;
  std::deque<Frame> frames_;  // innermost last
  // By their identity or kind; with the type, so that no other one gets its identity.
  std::map<std::pair<Type::Kind, const void*>, std::pair<Type, NameTrie>> members_;
  NameTrie keys_;  // every key and member name of the text so far
  std::vector<Finding> findings_;
  std::size_t errors_ = 0;
};

}  // namespace zicht::feel::internal
