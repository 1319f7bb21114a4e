#include "feel/predicate.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "base/json.h"

namespace zicht::feel {
namespace {

std::string text_of_constant(const RowTerm& term) {
  if (const auto* number = std::get_if<std::int64_t>(&term.constant)) {
    return std::to_string(*number);
  }
  const auto& words = std::get<std::string>(term.constant);
  return json::serialize(json::string_view(words.data(), words.size()));
}

std::string text_of_term(const RowTerm& term) {
  const auto with_parts = [&term](const char* sign) {
    std::string text = "(" + std::string(sign);
    for (const RowTerm& each : term.parts) text += " " + text_of_term(each);
    return text + ")";
  };
  switch (term.kind) {
    case RowTerm::Kind::kColumn:
      return term.member.empty() ? term.field : term.field + "." + term.member;
    case RowTerm::Kind::kItem:
      return "item" + std::to_string(term.level);
    case RowTerm::Kind::kConstant:
      return text_of_constant(term);
    case RowTerm::Kind::kAdd:
      return with_parts("+");
    case RowTerm::Kind::kMultiply:
      return with_parts("*");
    case RowTerm::Kind::kLength:
      return with_parts("length");
    case RowTerm::Kind::kCount:
      return "(count " + term.field + ")";
  }
  return {};
}

bool is_nullable(const RowTerm& term) {
  return term.kind == RowTerm::Kind::kColumn ||
         std::any_of(term.parts.begin(), term.parts.end(), is_nullable);
}

std::size_t depth_of_term(const RowTerm& term) {
  std::size_t deepest = 0;
  for (const RowTerm& part : term.parts) deepest = std::max(deepest, 1 + depth_of_term(part));
  return deepest;
}

}  // namespace

bool is_of_row(const RowTerm& term) {
  return term.kind == RowTerm::Kind::kColumn || term.kind == RowTerm::Kind::kItem ||
         term.kind == RowTerm::Kind::kCount ||
         std::any_of(term.parts.begin(), term.parts.end(), is_of_row);
}

bool may_be_unknown(const Predicate& predicate) {
  switch (predicate.kind) {
    case Predicate::Kind::kTruth:
      return !predicate.truth;
    case Predicate::Kind::kIsNull:
      return false;
    case Predicate::Kind::kCompare:
    case Predicate::Kind::kOneOf:
    case Predicate::Kind::kContains:
      return is_nullable(predicate.left) || is_nullable(predicate.right);
    case Predicate::Kind::kAnd:
    case Predicate::Kind::kOr:
    case Predicate::Kind::kNot:
    case Predicate::Kind::kSome:
      break;
  }
  return std::any_of(predicate.parts.begin(), predicate.parts.end(), may_be_unknown);
}

std::size_t depth_of(const Predicate& predicate) {
  const std::size_t own = predicate.kind == Predicate::Kind::kSome ? kDepthOfLoop : 1;
  std::size_t deepest = std::max(depth_of_term(predicate.left), depth_of_term(predicate.right));
  for (const Predicate& part : predicate.parts) deepest = std::max(deepest, own + depth_of(part));
  return deepest;
}

std::string to_text(const Predicate& predicate) {
  const auto with_parts = [&predicate](const std::string& start) {
    std::string text = "(" + start;
    for (const Predicate& each : predicate.parts) text += " " + to_text(each);
    return text + ")";
  };
  const auto binary = [&predicate](std::string_view sign) {
    return "(" + std::string(sign) + " " + text_of_term(predicate.left) + " " +
           text_of_term(predicate.right) + ")";
  };
  switch (predicate.kind) {
    case Predicate::Kind::kTruth:
      if (!predicate.truth) return "unknown";
      return *predicate.truth ? "true" : "false";
    case Predicate::Kind::kAnd:
      return with_parts("and");
    case Predicate::Kind::kOr:
      return with_parts("or");
    case Predicate::Kind::kNot:
      return with_parts("not");
    case Predicate::Kind::kIsNull:
      return "(null " + text_of_term(predicate.left) + ")";
    case Predicate::Kind::kCompare:
      return binary(sign_of(predicate.op));
    case Predicate::Kind::kContains:
      return binary("contains");
    case Predicate::Kind::kSome:
      return with_parts("some " + predicate.field);
    case Predicate::Kind::kOneOf:
      break;
  }
  std::string text = "(in " + text_of_term(predicate.left);
  for (const RowTerm& each : predicate.constants) text += " " + text_of_constant(each);
  return text + ")";
}

}  // namespace zicht::feel
