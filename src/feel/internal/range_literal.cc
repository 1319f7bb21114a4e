#include "feel/internal/range_literal.h"

#include "base/text.h"
#include "feel/internal/builtin_tables.h"
#include "feel/operators.h"
#include "feel/value_json.h"

namespace zicht::feel::internal {
namespace {

// The text between double quotes that all of `text` is, with its escapes undone.
std::optional<std::string> quoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') return std::nullopt;
    if (text[i] == '\\') {
      if (++i == text.size()) return std::nullopt;
      constexpr std::string_view kLetters = "nrt\"\\'";
      constexpr std::string_view kMeanings = "\n\r\t\"\\'";
      const std::size_t letter = kLetters.find(text[i]);
      if (letter == std::string_view::npos) return std::nullopt;
      plain += kMeanings[letter];
    } else {
      plain += text[i];
    }
  }
  return plain;
}

// name("text"), for the functions that make temporal values.
std::optional<Value> temporal_call(std::string_view text, const TimeZones& zones) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')') return std::nullopt;
  const std::string_view name = trim(text.substr(0, open));
  const auto argument = quoted(trim(text.substr(open + 1, text.size() - open - 2)));
  if (!argument) return std::nullopt;
  if (name == "date") return value_from_lexical(*argument, Type::date(), zones);
  if (name == "time") return value_from_lexical(*argument, Type::time(), zones);
  if (name == "date and time") return value_from_lexical(*argument, Type::date_time(), zones);
  if (name == "duration") {
    const Value days = value_from_lexical(*argument, Type::day_duration(), zones);
    return days.is_null() ? value_from_lexical(*argument, Type::month_duration(), zones) : days;
  }
  return std::nullopt;
}

std::optional<Value> literal(std::string_view text, const TimeZones& zones) {
  if (text.empty()) return std::nullopt;
  if (const std::optional<Number> number = Number::parse(text)) return Value::number(*number);
  if (const auto plain = quoted(text)) return Value::string(*plain);
  if (text.front() == '@') {
    const auto plain = quoted(trim(text.substr(1)));
    return plain ? std::optional(value_from_at_literal(*plain, zones)) : std::nullopt;
  }
  return temporal_call(text, zones);
}

// Where ".." stands outside quotes.
std::size_t dots_of(std::string_view text) {
  bool is_quoted = false;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && is_quoted) {
      ++i;
    } else if (text[i] == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && text[i] == '.' && text[i + 1] == '.') {
      return i;
    }
  }
  return std::string_view::npos;
}

}  // namespace

Value range_of_literal(std::string_view text, const TimeZones& zones) {
  const Value wrong = not_a("range", "[1..10]");
  text = trim(text);
  if (text.size() < 2) return wrong;
  const char open = text.front();
  const char close = text.back();
  const bool is_opened = open == '[' || open == '(' || open == ']';
  const bool is_closed = close == ']' || close == ')' || close == '[';
  text = text.substr(1, text.size() - 2);
  const std::size_t dots = dots_of(text);
  if (!is_opened || !is_closed || dots == std::string_view::npos) return wrong;
  const std::optional<Value> start = literal(trim(text.substr(0, dots)), zones);
  const std::optional<Value> end = literal(trim(text.substr(dots + 2)), zones);
  if (!start || !end) return wrong;
  return make_interval(*start, open == '[', *end, close == ']');
}

}  // namespace zicht::feel::internal
