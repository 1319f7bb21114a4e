// Expressions and operators; see internal/parser_state.h.
#include "feel/parser.h"

#include <array>
#include <optional>
#include <utility>

#include "base/text.h"
#include "feel/internal/infer.h"
#include "feel/internal/parser_state.h"

namespace zicht::feel {
namespace internal {
namespace {

enum Strength { kOr = 1, kAnd, kComparison, kSum, kProduct, kPower };

struct OperatorSign {
  std::string_view sign;
  Operator op;
  int strength;
};

constexpr std::array<OperatorSign, 13> kOperators = {{
    {"or", Operator::kOr, kOr},
    {"and", Operator::kAnd, kAnd},
    {"=", Operator::kEqual, kComparison},
    {"!=", Operator::kNotEqual, kComparison},
    {"<", Operator::kLess, kComparison},
    {"<=", Operator::kLessOrEqual, kComparison},
    {">", Operator::kGreater, kComparison},
    {">=", Operator::kGreaterOrEqual, kComparison},
    {"+", Operator::kAdd, kSum},
    {"-", Operator::kSubtract, kSum},
    {"*", Operator::kMultiply, kProduct},
    {"/", Operator::kDivide, kProduct},
    {"**", Operator::kPower, kPower},
}};

const OperatorSign* operator_of(const Token& token) {
  if (token.kind != TokenKind::kSign && token.kind != TokenKind::kWord) return nullptr;
  for (const auto& each : kOperators) {
    if (each.sign == token.text) return &each;
  }
  return nullptr;
}

int strength_of(const Token& token) {
  if (const auto* found = operator_of(token)) return found->strength;
  const bool is_word = token.kind == TokenKind::kWord;
  return is_word && (token.text == "between" || token.text == "in") ? kComparison : 0;
}

bool is_comparison(const Token& token) {
  const auto* found = operator_of(token);
  return found != nullptr && found->strength == kComparison;
}

}  // namespace

Parser::Parser(std::string_view text, const Scope& scope)
    : text_(text), scope_(scope), tokens_(tokens_of(text)) {}

const Token& Parser::next(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

bool Parser::is(std::string_view text) const {
  return now().text == text && (now().kind == TokenKind::kSign || now().kind == TokenKind::kWord);
}

bool Parser::take(std::string_view text) {
  if (!is(text)) return false;
  ++at_;
  return true;
}

bool Parser::expect(std::string_view text) {
  if (take(text)) return true;
  unexpected(text, text);
  return false;
}

std::uint32_t Parser::last_end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].span.end; }

void Parser::report(std::string_view id, Span span, Arguments arguments) {
  if (++errors_ > kMaxFindings && !failed_) return;
  findings_.push_back({std::string(id), span, Severity::kError, std::move(arguments)});
}

// Told once: what follows the first mistake in the syntax is guesswork.
std::nullptr_t Parser::unexpected(std::string_view expected_nl, std::string_view expected_en) {
  if (std::exchange(failed_, true)) return nullptr;
  const Token& token = now();
  if (token.kind == TokenKind::kUnclosed) {
    report("FE-0005", token.span);
  } else if (token.kind == TokenKind::kUnknown) {
    report("FE-0007", token.span);
  } else {
    const LocalizedText found = token.kind == TokenKind::kEnd
                                    ? LocalizedText{"het einde", "the end"}
                                    : LocalizedText{"\"" + std::string(token.text) + "\"",
                                                    "\"" + std::string(token.text) + "\""};
    report("FE-0001", token.span,
           {{"expected", LocalizedText{std::string(expected_nl), std::string(expected_en)}},
            {"found", found}});
  }
  return nullptr;
}

Parsed Parser::finished(NodePtr root) {
  if (failed_) root = nullptr;
  return {std::move(root), std::move(findings_)};
}

Parsed Parser::expression_only() {
  if (is_at_end()) {
    failed_ = true;
    report("FE-0009", now().span);
    return finished(nullptr);
  }
  NodePtr root = expression();
  if (root != nullptr && !is_at_end()) {
    unexpected("een operator of het einde", "an operator or the end");
  }
  return finished(std::move(root));
}

NodePtr Parser::make(NodeKind kind, std::uint32_t begin) const {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->span = {begin, begin};
  return node;
}

NodePtr Parser::finish(NodePtr node) {
  for (const auto& child : node->children) {
    if (child->depth >= node->depth) node->depth = static_cast<std::uint16_t>(child->depth + 1);
  }
  node->span.end = last_end();
  const bool is_loop = node->kind == NodeKind::kFor || node->kind == NodeKind::kSome ||
                       node->kind == NodeKind::kEvery;
  if (is_loop) node->depth = static_cast<std::uint16_t>(node->depth + node->children.size());
  if (node->depth > kMaxTreeDepth) return too_deep(node->span);
  infer_type(*node, findings_);
  return node;
}

std::nullptr_t Parser::too_deep(Span span) {
  if (!std::exchange(failed_, true)) report("FE-0003", span);
  return nullptr;
}

NodePtr Parser::expression() {
  if (nesting_ >= kMaxNesting) return too_deep(now().span);
  ++nesting_;
  NodePtr node = binary(kOr);
  --nesting_;
  return node;
}

NodePtr Parser::binary(int least) {
  NodePtr left = unary();
  while (left != nullptr) {
    const Token& sign = now();
    const int strength = strength_of(sign);
    if (strength < least || strength == 0) break;
    ++at_;
    left = continue_with(std::move(left), sign, strength);
  }
  return left;
}

NodePtr Parser::continue_with(NodePtr left, const Token& sign, int strength) {
  if (sign.text == "between") return between(std::move(left));
  if (sign.text == "in") return in(std::move(left));
  NodePtr node = make(NodeKind::kBinary, left->span.begin);
  node->op = operator_of(sign)->op;
  NodePtr right = binary(strength + 1);
  if (right == nullptr) return nullptr;
  node->children.push_back(std::move(left));
  node->children.push_back(std::move(right));
  return finish(std::move(node));
}

NodePtr Parser::between(NodePtr value) {
  NodePtr node = make(NodeKind::kBetween, value->span.begin);
  NodePtr low = binary(kSum);
  if (low == nullptr || !expect("and")) return nullptr;
  NodePtr high = binary(kSum);
  if (high == nullptr) return nullptr;
  node->children.push_back(std::move(value));
  node->children.push_back(std::move(low));
  node->children.push_back(std::move(high));
  return finish(std::move(node));
}

NodePtr Parser::in(NodePtr value) {
  NodePtr node = make(NodeKind::kIn, value->span.begin);
  node->children.push_back(std::move(value));
  if (is("(")) {
    if (!in_brackets(*node)) return nullptr;
  } else {
    NodePtr test = is_comparison(now()) ? unary_range() : binary(kSum);
    if (test == nullptr) return nullptr;
    node->children.push_back(std::move(test));
  }
  return finish(std::move(node));
}

// `(1, > 5)` are tests and `(1..5)` is a range: known at the token after the first of them.
bool Parser::in_brackets(Node& in) {
  const std::uint32_t begin = now().span.begin;
  ++at_;
  NodePtr first = unary_test();
  if (first == nullptr) return false;
  if (is("..") && first->kind != NodeKind::kUnaryRange) {
    NodePtr range = range_from(std::move(first), begin, true);
    if (range == nullptr) return false;
    in.children.push_back(std::move(range));
    return true;
  }
  in.children.push_back(std::move(first));
  return (!take(",") || tests(in)) && expect(")");
}

NodePtr Parser::unary_range() {
  NodePtr node = make(NodeKind::kUnaryRange, now().span.begin);
  node->op = operator_of(now())->op;
  ++at_;
  NodePtr end = binary(kSum);
  if (end == nullptr) return nullptr;
  node->children.push_back(std::move(end));
  return finish(std::move(node));
}

NodePtr Parser::unary_test() {
  if (!is_comparison(now()) || nesting_ >= kMaxNesting) return expression();
  ++nesting_;
  NodePtr node = unary_range();
  --nesting_;
  return node;
}

bool Parser::tests(Node& parent) {
  do {
    NodePtr test = unary_test();
    if (test == nullptr) return false;
    parent.children.push_back(std::move(test));
  } while (take(","));
  return true;
}

// `not(...)` up to the end; null without a finding when the text is something else.
NodePtr Parser::negated_tests(std::uint32_t begin) {
  NodePtr node = make(NodeKind::kUnaryTests, begin);
  node->flag = true;
  at_ += 2;
  if (!tests(*node) || !take(")") || !is_at_end()) return nullptr;
  return finish(std::move(node));
}

Parsed Parser::unary_tests_only(const Type& input) {
  if (is("-") && next().kind == TokenKind::kEnd) {
    NodePtr node = make(NodeKind::kAnyInput, now().span.begin);
    ++at_;
    return finished(finish(std::move(node)));
  }
  frames_.emplace_back().names.add("?", input);
  const std::uint32_t begin = now().span.begin;
  if (is_at_end()) return expression_only();
  if (is("not") && next().text == "(") {
    NodePtr negated = negated_tests(begin);
    if (negated != nullptr) return finished(std::move(negated));
    at_ = 0;
    failed_ = false;
    nesting_ = 0;
    frames_.resize(1);
    findings_.clear();
    errors_ = 0;
  }
  NodePtr node = make(NodeKind::kUnaryTests, begin);
  if (!tests(*node)) return finished(nullptr);
  if (!is_at_end()) return finished(unexpected("een komma of het einde", "a comma or the end"));
  return finished(finish(std::move(node)));
}

NodePtr Parser::unary() {
  NodePtr value = negation();
  while (value != nullptr && is("instance") && next().text == "of") {
    value = instance_of(std::move(value));
  }
  return value;
}

NodePtr Parser::negation() {
  if (!is("-")) return postfix();
  if (nesting_ >= kMaxNesting) return expression();
  ++nesting_;
  NodePtr node = make(NodeKind::kNegate, now().span.begin);
  ++at_;
  NodePtr operand = negation();
  --nesting_;
  if (operand == nullptr) return nullptr;
  node->children.push_back(std::move(operand));
  return finish(std::move(node));
}

NodePtr Parser::instance_of(NodePtr value) {
  NodePtr node = make(NodeKind::kInstanceOf, value->span.begin);
  at_ += 2;
  node->flag = !type(node->declared);
  if (failed_) return nullptr;
  node->children.push_back(std::move(value));
  return finish(std::move(node));
}

NodePtr Parser::postfix() {
  NodePtr node = primary();
  for (bool more = true; more && node != nullptr;) node = postfix_on(std::move(node), more);
  return node;
}

NodePtr Parser::postfix_on(NodePtr source, bool& more) {
  if (is(".")) return path(std::move(source));
  if (is("(")) return call(std::move(source));
  if (is("[") && is_filter_ahead()) return filter(std::move(source));
  more = false;
  return source;
}

// A `[` can also be the end of a range, as in ]1..5[: then no expression follows.
bool Parser::is_filter_ahead() const {
  const Token& after = next();
  switch (after.kind) {
    case TokenKind::kNumber:
    case TokenKind::kString:
    case TokenKind::kUnclosed:
      return true;
    case TokenKind::kSign:
      return std::string_view("([{-@").find(after.text) != std::string_view::npos;
    case TokenKind::kWord:
      return strength_of(after) == 0 && after.text != "then" && after.text != "else" &&
             after.text != "return" && after.text != "satisfies" && after.text != "instance";
    default:
      return false;
  }
}

NodePtr Parser::filter(NodePtr source) {
  NodePtr node = make(NodeKind::kFilter, source->span.begin);
  ++at_;
  const Type item = item_type(source->type);
  Frame& frame = frames_.emplace_back();
  frame.is_open = has_unknown_members(item);
  frame.names.add("item", item);
  frame.members = &members_of(item);
  NodePtr condition = expression();
  frames_.pop_back();
  if (condition == nullptr || !expect("]")) return nullptr;
  node->children.push_back(std::move(source));
  node->children.push_back(std::move(condition));
  return finish(std::move(node));
}

NodePtr Parser::path(NodePtr source) {
  NodePtr node = make(NodeKind::kPath, source->span.begin);
  ++at_;
  node->text = member_name(source->type);
  if (node->text.empty()) return unexpected("een naam", "a name");
  node->children.push_back(std::move(source));
  return finish(std::move(node));
}

// Named arguments begin with a name and a colon.
bool Parser::is_named_ahead() const {
  for (std::size_t i = at_; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    if (token.kind == TokenKind::kWord || token.kind == TokenKind::kNumber) continue;
    if (token.kind != TokenKind::kSign) return false;
    if (token.text == ":") return i > at_;
    if (std::string_view("+-*/'.").find(token.text) == std::string_view::npos) return false;
  }
  return false;
}

NodePtr Parser::call(NodePtr callee) {
  NodePtr node = make(NodeKind::kCall, callee->span.begin);
  ++at_;
  node->children.push_back(std::move(callee));
  if (!take(")")) {
    if (!arguments(*node, is_named_ahead()) || !expect(")")) return nullptr;
  }
  return finish(std::move(node));
}

bool Parser::arguments(Node& call, bool named) {
  do {
    NodePtr node = named ? make(NodeKind::kNamed, now().span.begin) : nullptr;
    if (named) {
      node->text = name_until(":", ":");
      if (node->text.empty()) return unexpected("een naam", "a name"), false;
      if (!expect(":")) return false;
    }
    NodePtr value = expression();
    if (value == nullptr) return false;
    if (named) {
      node->children.push_back(std::move(value));
      value = finish(std::move(node));
      if (value == nullptr) return false;
    }
    call.children.push_back(std::move(value));
  } while (take(","));
  return true;
}

}  // namespace internal

namespace {

// Texts that are not even cut into tokens.
std::optional<Parsed> refused(std::string_view text) {
  Parsed parsed;
  const auto report = [&](std::string_view id, Arguments arguments) {
    parsed.findings.push_back({std::string(id), {0, 0}, Severity::kError, std::move(arguments)});
    return std::move(parsed);
  };
  if (text.size() > kMaxTextBytes) {
    return report("FE-0004", {{"limit", std::to_string(kMaxTextBytes / 1024) + " KB"}});
  }
  if (!is_valid_utf8(text)) return report("FE-0008", {});
  return std::nullopt;
}

}  // namespace

Parsed parse_expression(std::string_view text, const Scope& scope) {
  if (auto refusal = refused(text)) return std::move(*refusal);
  return internal::Parser(text, scope).expression_only();
}

Parsed parse_unary_tests(std::string_view text, const Scope& scope, const Type& input) {
  if (auto refusal = refused(text)) return std::move(*refusal);
  return internal::Parser(text, scope).unary_tests_only(input);
}

}  // namespace zicht::feel
