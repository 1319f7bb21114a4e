// What an expression begins with; see internal/parser_state.h.
#include <utility>

#include "feel/internal/infer.h"
#include "feel/internal/parser_state.h"

namespace zicht::feel::internal {

NodePtr Parser::primary() {
  switch (now().kind) {
    case TokenKind::kNumber:
      return number();
    case TokenKind::kString:
      return string();
    case TokenKind::kWord:
      return word();
    case TokenKind::kSign:
      if (is("(")) return round_bracket();
      if (is("[") || is("]")) return square_bracket();
      if (is("{")) return context();
      if (is("@")) return at_literal();
      break;
    default:
      break;
  }
  return unexpected("een waarde, naam of haakje", "a value, a name or a bracket");
}

// A name that is known goes before a keyword only where it is longer: "in stock", but not "if".
NodePtr Parser::word() {
  const std::string_view word = now().text;
  if (!is_keyword(word) || known_name().match.length > 1) return name();
  if (word == "true" || word == "false") return literal(NodeKind::kBoolean);
  if (word == "null") return literal(NodeKind::kNull);
  if (word == "if") return conditional();
  if (word == "for") return loop(NodeKind::kFor);
  if (word == "some") return loop(NodeKind::kSome);
  if (word == "every") return loop(NodeKind::kEvery);
  if (word == "function") return function();
  return unexpected("een waarde, naam of haakje", "a value, a name or a bracket");
}

NodePtr Parser::literal(NodeKind kind) {
  NodePtr node = make(kind, now().span.begin);
  node->flag = now().text == "true";
  ++at_;
  return finish(std::move(node));
}

NodePtr Parser::number() {
  NodePtr node = make(NodeKind::kNumber, now().span.begin);
  node->text = now().text;
  if (!Number::parse(node->text)) report("FE-0013", now().span);
  ++at_;
  return finish(std::move(node));
}

NodePtr Parser::string() {
  NodePtr node = make(NodeKind::kString, now().span.begin);
  if (!decode_string(now().text, node->text)) {
    if (!std::exchange(failed_, true)) report("FE-0006", now().span);
    return nullptr;
  }
  ++at_;
  return finish(std::move(node));
}

NodePtr Parser::at_literal() {
  NodePtr node = make(NodeKind::kAt, now().span.begin);
  ++at_;
  if (now().kind != TokenKind::kString) {
    return unexpected("een datum, tijd of duur tussen aanhalingstekens",
                      "a date, time or duration in quotation marks");
  }
  NodePtr text = string();
  if (text == nullptr) return nullptr;
  node->text = std::move(text->text);
  return finish(std::move(node));
}

// (a), (a..b), (< a)
NodePtr Parser::round_bracket() {
  const std::uint32_t begin = now().span.begin;
  ++at_;
  NodePtr inner = unary_test();
  if (inner == nullptr) return nullptr;
  if (is("..") && inner->kind != NodeKind::kUnaryRange) {
    return range_from(std::move(inner), begin, true);
  }
  if (!expect(")")) return nullptr;
  inner->span = {begin, last_end()};
  return inner;
}

// [a..b], ]a..b], [a, b]
NodePtr Parser::square_bracket() {
  const std::uint32_t begin = now().span.begin;
  const bool is_open = is("]");
  ++at_;
  NodePtr list = make(NodeKind::kList, begin);
  if (!is_open && take("]")) return finish(std::move(list));
  NodePtr first = expression();
  if (first == nullptr) return nullptr;
  if (is("..")) return range_from(std::move(first), begin, is_open);
  if (is_open) return unexpected("..", "..");
  list->children.push_back(std::move(first));
  while (take(",")) {
    NodePtr item = expression();
    if (item == nullptr) return nullptr;
    list->children.push_back(std::move(item));
  }
  return expect("]") ? finish(std::move(list)) : nullptr;
}

NodePtr Parser::range_from(NodePtr start, std::uint32_t begin, bool is_open) {
  NodePtr node = make(NodeKind::kRange, begin);
  node->open_start = is_open;
  if (!expect("..")) return nullptr;
  NodePtr end = expression();
  if (end == nullptr) return nullptr;
  node->open_end = is(")") || is("[");
  if (!node->open_end && !is("]")) {
    return unexpected("het einde van een bereik: ], ) of [", "the end of a range: ], ) or [");
  }
  ++at_;
  node->children.push_back(std::move(start));
  node->children.push_back(std::move(end));
  return finish(std::move(node));
}

NodePtr Parser::context() {
  NodePtr node = make(NodeKind::kContext, now().span.begin);
  ++at_;
  if (take("}")) return finish(std::move(node));
  Frame& frame = frames_.emplace_back();
  std::set<std::string> keys;
  bool good = true;
  do {
    good = entry(*node, frame, keys);
  } while (good && take(","));
  frames_.pop_back();
  return good && expect("}") ? finish(std::move(node)) : nullptr;
}

bool Parser::entry(Node& context, Frame& frame, std::set<std::string>& keys) {
  NodePtr node = make(NodeKind::kEntry, now().span.begin);
  const Span key = now().span;
  if (now().kind == TokenKind::kString) {
    NodePtr text = string();
    if (text == nullptr) return false;
    node->text = std::move(text->text);
  } else {
    node->text = name_until(":", ":");
    if (node->text.empty()) return unexpected("een sleutel", "a key"), false;
  }
  if (!expect(":")) return false;
  // A function may call itself by the name that it gets.
  if (is("function")) frame.names.add(node->text, Type::any());
  NodePtr value = expression();
  if (value == nullptr) return false;
  if (!keys.insert(node->text).second) report("FE-0011", key, {{"name", node->text}});
  frame.names.add(node->text, value->type);
  keys_.add(node->text, value->type);
  node->children.push_back(std::move(value));
  node = finish(std::move(node));
  if (node == nullptr) return false;
  context.children.push_back(std::move(node));
  return true;
}

NodePtr Parser::conditional() {
  NodePtr node = make(NodeKind::kIf, now().span.begin);
  ++at_;
  for (const std::string_view after : {"then", "else", ""}) {
    NodePtr part = expression();
    if (part == nullptr || (!after.empty() && !expect(after))) return nullptr;
    node->children.push_back(std::move(part));
  }
  return finish(std::move(node));
}

// for, some, every: later domains and the body know the earlier variables. Each variable loops
// within the one before it, so they count as depth.
NodePtr Parser::loop(NodeKind kind) {
  NodePtr node = make(kind, now().span.begin);
  ++at_;
  const std::size_t frames = frames_.size();
  Frame& frame = frames_.emplace_back();
  do {
    NodePtr each = node->children.size() < kMaxTreeDepth ? iterator() : too_deep(now().span);
    if (each == nullptr) return frames_.resize(frames), nullptr;
    frame.names.add(each->text, each->type);
    node->children.push_back(std::move(each));
  } while (take(","));
  if (kind == NodeKind::kFor) frame.names.add("partial", Type::list_of(Type::any()));
  NodePtr body = expect(kind == NodeKind::kFor ? "return" : "satisfies") ? expression() : nullptr;
  frames_.resize(frames);
  if (body == nullptr) return nullptr;
  node->children.push_back(std::move(body));
  return finish(std::move(node));
}

NodePtr Parser::iterator() {
  NodePtr node = make(NodeKind::kIterator, now().span.begin);
  node->text = name_until("in", "in");
  if (node->text.empty()) return unexpected("een naam", "a name");
  if (!expect("in")) return nullptr;
  NodePtr domain = expression();
  if (domain == nullptr) return nullptr;
  node->children.push_back(std::move(domain));
  if (take("..")) {
    node->flag = true;
    NodePtr end = expression();
    if (end == nullptr) return nullptr;
    node->children.push_back(std::move(end));
  }
  return finish(std::move(node));
}

NodePtr Parser::function() {
  NodePtr node = make(NodeKind::kFunction, now().span.begin);
  ++at_;
  if (!expect("(")) return nullptr;
  Frame& frame = frames_.emplace_back();
  NodePtr body;
  if (parameters(*node, frame)) {
    node->flag = take("external");
    body = expression();
  }
  frames_.pop_back();
  if (body == nullptr) return nullptr;
  node->children.push_back(std::move(body));
  return finish(std::move(node));
}

bool Parser::parameters(Node& function, Frame& frame) {
  if (take(")")) return true;
  std::set<std::string> names;
  do {
    NodePtr node = make(NodeKind::kParameter, now().span.begin);
    node->text = name_until(":", ")");
    if (node->text.empty()) return unexpected("een naam", "a name"), false;
    if (take(":")) node->flag = !type(node->declared);
    if (failed_) return false;
    if (!names.insert(node->text).second) report("FE-0012", node->span, {{"name", node->text}});
    frame.names.add(node->text, node->declared);
    node->type = node->declared;
    function.children.push_back(finish(std::move(node)));
  } while (take(","));
  return expect(")");
}

}  // namespace zicht::feel::internal
