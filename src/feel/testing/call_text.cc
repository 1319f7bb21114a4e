#include "feel/testing/call_text.h"

#include <stdexcept>

#include "base/text.h"
#include "feel/operators.h"
#include "feel/value_json.h"

namespace zicht::feel::testing {
namespace {

class Reader {
 public:
  Reader(Calls& calls, std::string_view text) : calls_(calls), text_(text) {}

  Value all() {
    Value value = one();
    blanks();
    if (at_ != text_.size()) fail();
    return value;
  }

 private:
  [[noreturn]] void fail() {
    throw std::runtime_error("no literal at " + std::to_string(at_) + " of " + std::string(text_));
  }
  void blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(std::string_view sign) {
    blanks();
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }
  void need(std::string_view sign) {
    if (!take(sign)) fail();
  }

  std::string quoted() {
    need("\"");
    std::string plain;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] != '\\') {
        plain += text_[at_++];
        continue;
      }
      const char c = text_[at_ + 1];
      at_ += 2;
      if (c != 'n' && c != 'r' && c != '"' && c != '\\') plain += '\\';  // patterns: "\s"
      plain += c == 'n' ? '\n' : c == 'r' ? '\r' : c;
    }
    ++at_;
    return plain;
  }

  std::string name() {
    blanks();
    const std::size_t from = at_;
    while (at_ < text_.size() &&
           std::string_view("(){}[]:,.\"").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    return std::string(trim(text_.substr(from, at_ - from)));
  }

  Value number() {
    const std::size_t from = at_;
    while (at_ < text_.size() &&
           (std::string_view("-+.eE0123456789").find(text_[at_]) != std::string_view::npos) &&
           !text_.substr(at_).starts_with("..")) {
      ++at_;
    }
    const std::optional<Number> parsed = Number::parse(text_.substr(from, at_ - from));
    if (!parsed) fail();
    return Value::number(*parsed);
  }

  Value one() {
    blanks();
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    if (c == '"') return Value::string(quoted());
    if (take("@")) return value_from_at_literal(quoted(), calls_.context().zones());
    if (c == '{') return context();
    if (c == '(' && (text_[at_ + 1] == '<' || text_[at_ + 1] == '>' || text_[at_ + 1] == '=' ||
                     text_[at_ + 1] == '!')) {
      return unary();
    }
    if (c == '[' || c == '(' || c == ']') return list_or_range();
    if (c == '-' || (c >= '0' && c <= '9')) return number();
    return named();
  }

  Value context() {
    need("{");
    ContextBuilder builder;
    while (!take("}")) {
      blanks();
      const std::string key = text_[at_] == '"' ? quoted() : name();
      need(":");
      builder.set(key, one());
      take(",");
    }
    return builder.build();
  }

  Value unary() {
    need("(");
    const Range::Form form = take("<=")   ? Range::Form::kLessEqual
                             : take(">=") ? Range::Form::kGreaterEqual
                             : take("!=") ? Range::Form::kNotEqual
                             : take("<")  ? Range::Form::kLess
                             : take(">")  ? Range::Form::kGreater
                                          : (need("="), Range::Form::kEqual);
    const Value end = one();
    need(")");
    return make_unary_range(form, end);
  }

  Value list_or_range() {
    const char open = text_[at_++];
    std::vector<Value> items;
    while (!take("]")) {
      items.push_back(one());
      if (items.size() == 1 && take("..")) {
        const Value end = one();
        const bool is_closed = take("]");
        if (!is_closed && !take(")")) need("[");
        return make_interval(items.front(), open == '[', end, is_closed);
      }
      take(",");
    }
    return Value::list(std::move(items));
  }

  Value named() {
    const std::string word = name();
    if (word == "null") return {};
    if (word == "true" || word == "false") return Value::boolean(word == "true");
    if (word == "missing") return Value::missing("fact");
    if (const auto found = calls_.names.find(word); found != calls_.names.end()) {
      return found->second;
    }
    const Builtin* builtin = find_builtin(word);
    if (builtin == nullptr) fail();
    if (!take("(")) return function_value(*builtin);
    return call(*builtin);
  }

  Value call(const Builtin& builtin) {
    std::vector<Value> values;
    std::vector<std::string> names;
    while (!take(")")) {
      const std::size_t before = at_;
      const std::string parameter = name();
      if (!parameter.empty() && take(":")) {
        names.push_back(parameter);
      } else {
        at_ = before;
      }
      values.push_back(one());
      take(",");
    }
    if (names.empty()) return call_builtin(calls_.context(), builtin, values);
    std::vector<NamedArgument> arguments;
    for (std::size_t i = 0; i < names.size(); ++i) arguments.push_back({names[i], values[i]});
    return call_builtin(calls_.context(), builtin, arguments);
  }

  Calls& calls_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Calls::Calls(const Limits& limits)
    : environment_{&system_time_zones(), {}, {}, &rng_},
      budget_(limits),
      context_(environment_, budget_) {}

Value Calls::value(std::string_view text) { return Reader(*this, text).all(); }

std::string Calls::text(std::string_view text) { return described(value(text)); }

std::string described(const Value& value) {
  std::string text = literal_of(value);
  if (const Ref<const NullReason> reason = value.null_reason()) {
    for (const NullCause& cause : reason->causes()) {
      text += " " + (cause.kind == NullCause::Kind::kMissingFact ? cause.fact : cause.id);
    }
  }
  return text;
}

}  // namespace zicht::feel::testing
