#include "feel/internal/infer.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "feel/function.h"
#include "feel/scope.h"

namespace zicht::feel::internal {
namespace {

using Kind = Type::Kind;

bool is_known(const Type& type) { return type.kind() != Kind::kAny && type.kind() != Kind::kNull; }
bool is_duration(Kind kind) { return kind == Kind::kDayDuration || kind == Kind::kMonthDuration; }
bool is_moment(Kind kind) { return kind == Kind::kDate || kind == Kind::kDateTime; }

std::optional<Type> sum_type(const Type& a, const Type& b) {
  const Kind left = a.kind();
  const Kind right = b.kind();
  const bool same = left == right;
  if (same && (left == Kind::kNumber || left == Kind::kString || is_duration(left))) return a;
  if (is_moment(left) && is_duration(right)) return a;
  if (is_duration(left) && is_moment(right)) return b;
  if (left == Kind::kTime && right == Kind::kDayDuration) return a;
  if (left == Kind::kDayDuration && right == Kind::kTime) return b;
  return std::nullopt;
}

std::optional<Type> difference_type(const Type& a, const Type& b) {
  const Kind left = a.kind();
  const Kind right = b.kind();
  if (left == right && (left == Kind::kNumber || is_duration(left))) return a;
  if (is_moment(left) && is_moment(right)) return Type::day_duration();
  if (left == Kind::kTime && right == Kind::kTime) return Type::day_duration();
  if (is_moment(left) && is_duration(right)) return a;
  if (left == Kind::kTime && right == Kind::kDayDuration) return a;
  return std::nullopt;
}

std::optional<Type> product_type(const Type& a, const Type& b) {
  if (a.kind() == Kind::kNumber && (b.kind() == Kind::kNumber || is_duration(b.kind()))) return b;
  if (is_duration(a.kind()) && b.kind() == Kind::kNumber) return a;
  return std::nullopt;
}

std::optional<Type> quotient_type(const Type& a, const Type& b) {
  if (b.kind() == Kind::kNumber && (a.kind() == Kind::kNumber || is_duration(a.kind()))) return a;
  if (is_duration(a.kind()) && a.kind() == b.kind()) return Type::number();
  return std::nullopt;
}

std::optional<Type> arithmetic_type(Operator op, const Type& a, const Type& b) {
  switch (op) {
    case Operator::kAdd:
      return sum_type(a, b);
    case Operator::kSubtract:
      return difference_type(a, b);
    case Operator::kMultiply:
      return product_type(a, b);
    case Operator::kDivide:
      return quotient_type(a, b);
    default:
      if (a.kind() == Kind::kNumber && b.kind() == Kind::kNumber) return a;
      return std::nullopt;
  }
}

bool is_arithmetic(Operator op) { return op <= Operator::kPower; }
bool is_logical(Operator op) { return op == Operator::kAnd || op == Operator::kOr; }

bool has_order(Kind kind) {
  return kind != Kind::kBoolean && kind != Kind::kList && kind != Kind::kContext &&
         kind != Kind::kRange && kind != Kind::kFunction;
}

class Inference {
 public:
  Inference(Node& node, std::vector<Finding>& findings) : node_(node), findings_(findings) {}

  void run() {
    switch (node_.kind) {
      case NodeKind::kName:
      case NodeKind::kParameter:
        return;
      case NodeKind::kBinary:
        return binary();
      case NodeKind::kNegate:
        return negate();
      case NodeKind::kFilter:
        return filter();
      case NodeKind::kPath:
        return path();
      case NodeKind::kCall:
        return call();
      default:
        node_.type = simple();
    }
  }

 private:
  const Type& child(std::size_t i) const { return node_.children[i]->type; }

  bool may_warn() const { return findings_.size() < kMaxFindings; }

  void warn(std::string_view id, Arguments arguments) {
    if (!may_warn()) return;
    findings_.push_back({std::string(id), node_.span, Severity::kWarning, std::move(arguments)});
  }

  void clash(std::string_view sign) {
    warn("FE-0020", {{"operator", std::string(sign)},
                     {"left", child(0).to_string()},
                     {"right", child(1).to_string()}});
  }

  void binary() {
    const Type& a = child(0);
    const Type& b = child(1);
    const bool both_known = is_known(a) && is_known(b);
    if (is_arithmetic(node_.op)) {
      const auto type = arithmetic_type(node_.op, a, b);
      if (type) node_.type = *type;
      if (!type && both_known) clash(sign_of(node_.op));
      return;
    }
    node_.type = Type::boolean();
    if (is_logical(node_.op)) {
      const auto fits = [](const Type& type) {
        return !is_known(type) || type.kind() == Kind::kBoolean;
      };
      if (!fits(a) || !fits(b)) clash(sign_of(node_.op));
      return;
    }
    const bool equality = node_.op == Operator::kEqual || node_.op == Operator::kNotEqual;
    if (both_known && (a.kind() != b.kind() || (!equality && !has_order(a.kind())))) {
      clash(sign_of(node_.op));
    }
  }

  void negate() {
    const Kind kind = child(0).kind();
    if (kind == Kind::kNumber || is_duration(kind)) {
      node_.type = child(0);
    } else if (is_known(child(0))) {
      warn("FE-0021", {{"type", child(0).to_string()}});
    }
  }

  // A number picks one item, a condition several; of another condition nothing is known.
  void filter() {
    const Type item = item_type(child(0));
    if (child(1).kind() == Kind::kNumber) {
      node_.type = item;
    } else if (child(1).kind() == Kind::kBoolean) {
      node_.type = Type::list_of(item);
    }
  }

  void path() {
    const Type& source = child(0);
    const Type item = item_type(source);
    const std::optional<Type> found = find_member(item, node_.text);
    if (found) {
      node_.type = source.kind() == Kind::kList ? Type::list_of(*found) : *found;
    } else if (!has_unknown_members(item) && may_warn()) {
      constexpr std::size_t kMaxNames = 300;
      std::string names;
      each_member(item, [&](std::string_view name, const Type&) {
        if (names.size() > kMaxNames) return;
        names += (names.empty() ? "" : ", ") + std::string(name);
      });
      if (names.empty()) names = "-";
      if (names.size() > kMaxNames) names += ", ...";
      warn("FE-0022",
           {{"name", node_.text}, {"type", item.to_string()}, {"known", std::move(names)}});
    }
  }

  void call() {
    const Node& callee = *node_.children[0];
    const std::size_t count = node_.children.size() - 1;
    if (callee.kind == NodeKind::kName && callee.flag) {
      const Builtin& builtin = *find_builtin(callee.text);
      node_.type = result_type(builtin);
      const bool named = count > 0 && node_.children[1]->kind == NodeKind::kNamed;
      if (!named && !accepts(builtin, count)) {
        warn("FE-0023", {{"function", callee.text}, {"count", std::to_string(count)}});
      }
    } else if (callee.type.kind() == Kind::kFunction) {
      node_.type = callee.type.result();
      if (callee.type.parameters().size() != count) {
        warn("FE-0023", {{"function", callee.text}, {"count", std::to_string(count)}});
      }
    } else if (is_known(callee.type)) {
      warn("FE-0024", {{"type", callee.type.to_string()}});
    }
  }

  Type simple() const;
  Type at_literal() const;
  Type list() const;
  Type context() const;
  Type function() const;

  Node& node_;
  std::vector<Finding>& findings_;
};

// By its letters: P2D, PT1H and -P1DT3H, P1Y and P3M, 2025-01-31, 10:00:00, with a T both.
Type Inference::at_literal() const {
  const std::string_view text = node_.text;
  const auto has = [&](std::string_view any) {
    return text.find_first_of(any) != std::string_view::npos;
  };
  if (text.starts_with("P") || text.starts_with("-P")) {
    return has("DT") ? Type::day_duration() : Type::month_duration();
  }
  const std::string_view wall = text.substr(0, text.find('@'));
  if (wall.find('T') != std::string_view::npos) return Type::date_time();
  return wall.find(':') != std::string_view::npos ? Type::time() : Type::date();
}

Type Inference::list() const {
  if (node_.children.empty()) return Type::list_of(Type::any());
  Type item = child(0);
  for (const auto& each : node_.children) item = joined(item, each->type);
  return Type::list_of(item);
}

Type Inference::context() const {
  std::vector<Type::Member> members;
  std::set<std::string_view> names;
  for (const auto& each : node_.children) {
    if (names.insert(each->text).second) members.push_back({each->text, each->type});
  }
  return Type::context_of(std::move(members));
}

Type Inference::function() const {
  std::vector<Type> parameters;
  for (const auto& each : node_.children) {
    if (each->kind == NodeKind::kParameter) parameters.push_back(each->declared);
  }
  const Type result = node_.flag ? Type::any() : node_.children.back()->type;
  return Type::function_of(std::move(parameters), result);
}

Type Inference::simple() const {
  switch (node_.kind) {
    case NodeKind::kNull:
      return Type::null();
    case NodeKind::kNumber:
      return Type::number();
    case NodeKind::kString:
      return Type::string();
    case NodeKind::kAt:
      return at_literal();
    case NodeKind::kUnaryRange:
      return Type::range_of(child(0));
    case NodeKind::kRange:
      return Type::range_of(joined(child(0), child(1)));
    case NodeKind::kIf:
      return joined(child(1), child(2));
    case NodeKind::kFor:
      return Type::list_of(node_.children.back()->type);
    case NodeKind::kIterator:
      return node_.flag                        ? joined(child(0), child(1))
             : child(0).kind() == Kind::kRange ? child(0).item()
                                               : item_type(child(0));
    case NodeKind::kList:
      return list();
    case NodeKind::kContext:
      return context();
    case NodeKind::kFunction:
      return function();
    case NodeKind::kEntry:
    case NodeKind::kNamed:
      return child(0);
    default:  // and, or, between, in, some, every, instance of, tests
      return Type::boolean();
  }
}

using Properties = std::vector<Type::Member>;

const Properties& properties_of(Kind kind) {
  static const Properties date = {{"year", Type::number()},
                                  {"month", Type::number()},
                                  {"day", Type::number()},
                                  {"weekday", Type::number()}};
  static const Properties time = {{"hour", Type::number()},
                                  {"minute", Type::number()},
                                  {"second", Type::number()},
                                  {"time offset", Type::day_duration()},
                                  {"timezone", Type::string()}};
  static const Properties date_time = [] {
    Properties both = date;
    both.insert(both.end(), time.begin(), time.end());
    return both;
  }();
  static const Properties days = {{"days", Type::number()},
                                  {"hours", Type::number()},
                                  {"minutes", Type::number()},
                                  {"seconds", Type::number()}};
  static const Properties months = {{"years", Type::number()}, {"months", Type::number()}};
  static const Properties none;
  switch (kind) {
    case Kind::kDate:
      return date;
    case Kind::kTime:
      return time;
    case Kind::kDateTime:
      return date_time;
    case Kind::kDayDuration:
      return days;
    case Kind::kMonthDuration:
      return months;
    default:
      return none;
  }
}

}  // namespace

void infer_type(Node& node, std::vector<Finding>& findings) { Inference(node, findings).run(); }

Type item_type(const Type& source) { return source.kind() == Kind::kList ? source.item() : source; }

bool has_unknown_members(const Type& type) {
  return !is_known(type) || (type.kind() == Kind::kContext && type.members().empty());
}

void each_member(const Type& type,
                 const std::function<void(std::string_view, const Type&)>& visit) {
  if (type.kind() == Kind::kContext) {
    for (const auto& member : type.members()) visit(member.name, member.type);
  } else if (type.kind() == Kind::kRange) {
    visit("start", type.item());
    visit("end", type.item());
    visit("start included", Type::boolean());
    visit("end included", Type::boolean());
  } else {
    for (const auto& member : properties_of(type.kind())) visit(member.name, member.type);
    if (is_known(type) && properties_of(type.kind()).size() > 1) visit("value", Type::number());
  }
}

std::optional<Type> find_member(const Type& type, std::string_view name) {
  if (type.kind() == Kind::kContext) {
    const Type* member = type.find_member(name);
    return member == nullptr ? std::nullopt : std::optional(*member);
  }
  std::optional<Type> found;
  each_member(type, [&](std::string_view each, const Type& member) {
    if (each == name) found = member;
  });
  return found;
}

Type joined(const Type& a, const Type& b) {
  if (a == b || b.kind() == Kind::kNull) return a;
  if (a.kind() == Kind::kNull) return b;
  if (a.kind() == Kind::kList && b.kind() == Kind::kList) {
    return Type::list_of(joined(a.item(), b.item()));
  }
  return Type::any();
}

}  // namespace zicht::feel::internal
