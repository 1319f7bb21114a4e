// Built-in functions on strings, by code point. Those with patterns: functions_regex.cc.
#include <cstring>

#include "feel/internal/builtin_tables.h"
#include "feel/operators.h"
#include "feel/texts.h"

namespace zicht::feel::internal {
namespace {

using K = ParameterKind;

// The first place of `part`, in time that grows with the sum of both: find() of string_view takes
// the product.
std::size_t place_of(std::string_view text, std::string_view part) {
  if (part.empty()) return 0;
  const void* found = memmem(text.data(), text.size(), part.data(), part.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// Where the code point with this index starts; the end of the text beyond the last one.
std::size_t byte_of(std::string_view text, std::int64_t code_point) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (starts_code_point(text[at]) && code_point-- == 0) break;
  }
  return at;
}

Value substring(CallContext&, Values arguments) {
  const std::string_view text = arguments[0].as_string();
  const auto size = static_cast<std::int64_t>(arguments[0].code_points());
  const std::optional<std::int64_t> position = whole_of(arguments[1]);
  if (!position || *position == 0 || *position > size || *position < -size) {
    return outside("substring", "start position", "the string");
  }
  const std::int64_t start = *position > 0 ? *position - 1 : size + *position;
  std::int64_t length = size - start;
  if (!arguments[2].is_null()) {
    const std::optional<std::int64_t> wanted = whole_of(arguments[2]);
    if (!wanted || *wanted < 1) return outside("substring", "length", "1..");
    length = std::min(length, *wanted);
  }
  const std::size_t from = byte_of(text, start);
  const std::string_view rest = text.substr(from);
  return Value::string(rest.substr(0, byte_of(rest, length)));
}

Value string_length(CallContext&, Values arguments) {
  return Value::number(static_cast<std::int64_t>(arguments[0].code_points()));
}

Value upper_case(CallContext&, Values arguments) {
  return Value::string(system_texts().upper_case(arguments[0].as_string()));
}

Value lower_case(CallContext&, Values arguments) {
  return Value::string(system_texts().lower_case(arguments[0].as_string()));
}

Value substring_before(CallContext&, Values arguments) {
  const std::string_view text = arguments[0].as_string();
  const std::size_t at = place_of(text, arguments[1].as_string());
  return Value::string(at == std::string_view::npos ? "" : text.substr(0, at));
}

Value substring_after(CallContext&, Values arguments) {
  const std::string_view text = arguments[0].as_string();
  const std::string_view match = arguments[1].as_string();
  const std::size_t at = place_of(text, match);
  return Value::string(at == std::string_view::npos ? "" : text.substr(at + match.size()));
}

Value contains_text(CallContext&, Values arguments) {
  return Value::boolean(place_of(arguments[0].as_string(), arguments[1].as_string()) !=
                        std::string_view::npos);
}

Value starts_with(CallContext&, Values arguments) {
  return Value::boolean(arguments[0].as_string().starts_with(arguments[1].as_string()));
}

Value ends_with(CallContext&, Values arguments) {
  return Value::boolean(arguments[0].as_string().ends_with(arguments[1].as_string()));
}

// Nulls among the strings are left out, missing facts too.
Value string_join(CallContext& context, Values arguments) {
  const std::string_view delimiter = arguments[1].is_null() ? "" : arguments[1].as_string();
  std::string text;
  bool is_first = true;
  for (const Value& item : arguments[0].as_list()) {
    if (item.is_null()) context.pass_over(item);
    if (item.is_null()) continue;
    if (!item.is(Kind::kString)) return outside("string join", "list", "strings");
    if (!context.budget().spend_bytes(delimiter.size() + item.as_string().size())) {
      return context.budget().exhausted_value();
    }
    if (!is_first) text += delimiter;
    text += item.as_string();
    is_first = false;
  }
  return Value::string(text);
}

constexpr Parameter kString[] = {{"string", K::kString}};
constexpr Parameter kStringAndMatch[] = {{"string", K::kString}, {"match", K::kString}};
constexpr Parameter kSubstringParameters[] = {
    {"string", K::kString}, {"start position", K::kNumber}, {"length", K::kNumber, true}};
constexpr Parameter kJoinParameters[] = {{"list", K::kList},
                                         {"delimiter", K::kString, true, /*is_nullable=*/true}};

constexpr Signature kContains[] = {{kStringAndMatch, false, Type::boolean, contains_text}};
constexpr Signature kEndsWith[] = {{kStringAndMatch, false, Type::boolean, ends_with}};
constexpr Signature kLowerCase[] = {{kString, false, Type::string, lower_case}};
constexpr Signature kStartsWith[] = {{kStringAndMatch, false, Type::boolean, starts_with}};
constexpr Signature kStringJoin[] = {{kJoinParameters, false, Type::string, string_join}};
constexpr Signature kStringLength[] = {{kString, false, Type::number, string_length}};
constexpr Signature kSubstring[] = {{kSubstringParameters, false, Type::string, substring}};
constexpr Signature kAfter[] = {{kStringAndMatch, false, Type::string, substring_after}};
constexpr Signature kBefore[] = {{kStringAndMatch, false, Type::string, substring_before}};
constexpr Signature kUpperCase[] = {{kString, false, Type::string, upper_case}};

constexpr Builtin kStringFunctions[] = {
    {"contains", kContains},      {"ends with", kEndsWith},     {"lower case", kLowerCase},
    {"starts with", kStartsWith}, {"string join", kStringJoin}, {"string length", kStringLength},
    {"substring", kSubstring},    {"substring after", kAfter},  {"substring before", kBefore},
    {"upper case", kUpperCase}};

}  // namespace

std::span<const Builtin> string_functions() { return kStringFunctions; }

}  // namespace zicht::feel::internal
