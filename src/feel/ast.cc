#include "feel/ast.h"

#include <array>

namespace zicht::feel {
namespace {

std::string_view word_of(NodeKind kind) {
  constexpr std::array<std::string_view, 28> kWords = {
      "null",  "boolean",  "number",    "string",      "at",    "name",  "binary",
      "-",     "between",  "in",        "unary",       "range", "if",    "for",
      "some",  "every",    "each",      "filter",      "path",  "list",  "context",
      "entry", "function", "parameter", "instance of", "call",  "named", "tests"};
  const auto at = static_cast<std::size_t>(kind);
  return at < kWords.size() ? kWords[at] : "any input";
}

void append(std::string& out, const Node& node) {
  switch (node.kind) {
    case NodeKind::kNull:
    case NodeKind::kAnyInput:
      out += word_of(node.kind);
      return;
    case NodeKind::kBoolean:
      out += node.flag ? "true" : "false";
      return;
    case NodeKind::kNumber:
    case NodeKind::kName:
      out += node.text.find(' ') == std::string::npos ? node.text : "|" + node.text + "|";
      return;
    case NodeKind::kString:
    case NodeKind::kAt:
      out += (node.kind == NodeKind::kAt ? "@\"" : "\"") + node.text + "\"";
      return;
    default:
      break;
  }
  const bool has_sign = node.kind == NodeKind::kBinary || node.kind == NodeKind::kUnaryRange;
  out += "(";
  out += has_sign ? sign_of(node.op) : word_of(node.kind);
  if (node.kind == NodeKind::kRange) {
    out += node.open_start ? " (" : " [";
    out += node.open_end ? ")" : "]";
  }
  if (node.kind == NodeKind::kUnaryTests && node.flag) out += " not";
  if (node.kind == NodeKind::kFunction && node.flag) out += " external";
  if (!node.text.empty()) out += " |" + node.text + "|";
  if (node.kind == NodeKind::kInstanceOf || !node.declared.is_any()) {
    out += " <" + node.declared.to_string() + ">";
  }
  for (const auto& child : node.children) {
    out += " ";
    append(out, *child);
  }
  out += ")";
}

}  // namespace

std::string_view sign_of(Operator op) {
  constexpr std::array<std::string_view, 13> kSigns = {
      "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or"};
  return kSigns[static_cast<std::size_t>(op)];
}

std::string to_text(const Node& node) {
  std::string out;
  append(out, node);
  return out;
}

}  // namespace zicht::feel
