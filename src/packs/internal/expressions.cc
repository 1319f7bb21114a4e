#include "packs/internal/expressions.h"

#include <algorithm>

#include "base/text.h"
#include "feel/expression.h"
#include "feel/parser.h"
#include "model/compile_rules.h"

namespace zicht::packs::internal {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t offset_of(std::string_view text, const Place& place) {
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < place.line; ++line) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
  }
  for (std::uint32_t column = 1; column < place.column && at < text.size(); ++column) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

Place place_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_end = before.rfind('\n');
  const std::size_t start = line_end == std::string_view::npos ? 0 : line_end + 1;
  return {static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n')),
          static_cast<std::uint32_t>(1 + code_point_length(before.substr(start)))};
}

std::size_t past_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

// What an escape in quotes stands for begins at the character behind the sign.
std::size_t past_escape(std::string_view text, std::size_t at, char quote) {
  const bool is_escape = (quote == '\'' && text.substr(at, 2) == "''") ||
                         (quote == '"' && at < text.size() && text[at] == '\\');
  return is_escape ? at + 1 : at;
}

}  // namespace

bool may_fit(const feel::Type& given, const feel::Type& wanted) {
  using feel::Type;
  if (given.is_any() || wanted.is_any()) return true;
  if (given.kind() == Type::Kind::kList && wanted.kind() == Type::Kind::kList) {
    return may_fit(given.item(), wanted.item());
  }
  if (wanted.kind() == Type::Kind::kList) return may_fit(given, wanted.item());
  return given.kind() == wanted.kind();
}

Place place_in_scalar(std::string_view file_text, const Place& start, std::string_view scalar,
                      std::size_t offset) {
  std::size_t at = offset_of(file_text, start);
  if (at >= file_text.size()) return start;
  const char sign = file_text[at];
  if (sign == '"' || sign == '\'') ++at;
  if (sign == '|' || sign == '>') at = std::min(file_text.find('\n', at), file_text.size());
  // Blanks and line ends differ between the file and the text; all else is the same.
  for (const char c : scalar.substr(0, offset)) {
    if (is_blank(c)) continue;
    at = past_escape(file_text, past_blanks(file_text, at), sign);
    if (at >= file_text.size() || file_text[at] != c) return start;
    ++at;
  }
  if (offset < scalar.size()) at = past_blanks(file_text, at);
  return place_of(file_text, at);
}

void ExpressionCheck::report(std::string_view id, const At& at, feel::Span span,
                             const Arguments& arguments) const {
  const Place start = draft_.place(at.where.file, at.where.path);
  const auto text = draft_.pack.files.find(at.where.file);
  const Place place = text == draft_.pack.files.end()
                          ? start
                          : place_in_scalar(text->second, start, at.rule.text, span.begin);
  draft_.report.error(id, at.where.file, place, arguments);
}

std::optional<feel::Type> ExpressionCheck::compile(model::Rule& rule,
                                                   const ExpressionPlace& where) const {
  const At at{rule, where};
  const feel::Parsed parsed = feel::parse_expression(rule.text, scope_);
  // A warning of FEEL is a mistake here: what can only give null is no rule.
  for (const feel::Finding& finding : parsed.findings) {
    report(finding.id, at, finding.span, finding.arguments);
  }
  if (parsed.root != nullptr) look_at(*parsed.root, at);
  if (parsed.root == nullptr || !parsed.findings.empty()) return std::nullopt;
  if (const auto compiled = model::compile_rule(rule, form_, scope_); !compiled) {
    report(compiled.error().id, at, {}, {});
    return std::nullopt;
  }
  return rule.expression->type();
}

bool ExpressionCheck::compile_condition(model::Rule& rule, const ExpressionPlace& where) const {
  const auto type = compile(rule, where);
  if (!type) return false;
  if (type->is_any() || type->kind() == feel::Type::Kind::kBoolean) return true;
  report("PK-0150", {rule, where}, {}, {{"type", type->to_string()}});
  return false;
}

void ExpressionCheck::look_at(const feel::Node& node, const At& at) const {
  if (node.kind == feel::NodeKind::kCall) check_call(node, at);
  const bool is_equality =
      node.kind == feel::NodeKind::kBinary &&
      (node.op == feel::Operator::kEqual || node.op == feel::Operator::kNotEqual);
  if (is_equality) {
    check_code(*node.children[0], *node.children[1], at);
    check_code(*node.children[1], *node.children[0], at);
  }
  if (node.kind == feel::NodeKind::kIn) {
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      check_code(*node.children[0], *node.children[i], at);
    }
  }
  for (const feel::NodePtr& below : node.children) {
    if (below != nullptr) look_at(*below, at);
  }
}

// The same facts on the same day give the same outcome, always.
void ExpressionCheck::check_call(const feel::Node& call, const At& at) const {
  const feel::Node& callee = *call.children[0];
  if (callee.kind != feel::NodeKind::kName || scope_.find(callee.text)) return;
  for (const char* name : {"now", "random number"}) {
    if (callee.text == name) {
      report("PK-0154", at, callee.span, {{"function", callee.text + "()"}});
    }
  }
}

const model::List* ExpressionCheck::list_of(const feel::Node& name) const {
  if (name.kind != feel::NodeKind::kName) return nullptr;
  const model::Field* field = form_.find_field(name.text);
  if (field == nullptr || field->list.empty()) return nullptr;
  if (model::split_full_id(field->list)) return draft_.packs.find_list(field->list);
  if (form_.pack != draft_.pack.id) return draft_.packs.find_list(form_.pack + "/" + field->list);
  return draft_.pack.find_list(field->list);
}

void ExpressionCheck::check_code(const feel::Node& name, const feel::Node& code,
                                 const At& at) const {
  const model::List* list = list_of(name);
  if (list == nullptr) return;
  if (code.kind == feel::NodeKind::kList) {
    for (const feel::NodePtr& item : code.children) check_code(name, *item, at);
  }
  if (code.kind != feel::NodeKind::kString || list->find_code(code.text) != nullptr) return;
  report("PK-0158", at, code.span,
         {{"code", code.text}, {"list", list->id},
          {"known", suggestion(code.text, codes_of(*list))}});
}

}  // namespace zicht::packs::internal
