// Built-in functions with patterns: matches, replace, split.
#include <algorithm>

#include "feel/internal/builtin_tables.h"
#include "feel/internal/xpath_regex.h"

namespace zicht::feel::internal {
namespace {

using K = ParameterKind;

Value no_pattern(std::string_view function, std::string_view reason) {
  return Value::error("FE-0121",
                      {{"function", std::string(function)}, {"reason", std::string(reason)}});
}

// The compiled pattern, paid for searching `text` too: comparing a long pattern at each place of a
// long text takes their product.
const KnownRegex& compiled(CallContext& context, const Value& text, const Value& pattern,
                           const Value& flags) {
  constexpr std::uint64_t kCharactersPerStep = 256;
  const std::uint64_t product = text.as_string().size() * pattern.as_string().size();
  context.budget().spend(product / kCharactersPerStep);
  const KnownRegex& regex = context.regexes().find(
      pattern.as_string(), flags.is_null() ? "" : flags.as_string(), context.budget());
  if (regex.is_elsewhere()) context.budget().refuse_here();
  return regex;
}

// The search through `text`; null where it cannot be made here, and then the budget says so.
std::unique_ptr<RegexSearch> search_of(CallContext& context, const KnownRegex& regex,
                                       std::string_view text, RegexUse use) {
  auto search = regex.regex->search(text, use, context.budget());
  if (!search) context.budget().refuse_here();
  return search;
}

// How it ended, where that is not for lack of further matches.
std::optional<Value> failure(CallContext& context, std::string_view function,
                             RegexSearch::Step last) {
  if (context.budget().is_exhausted()) return context.budget().exhausted_value();
  if (last != RegexSearch::Step::kTooMuch) return std::nullopt;
  return Value::error("FE-0122", {{"function", std::string(function)}});
}

Value matches(CallContext& context, std::span<const Value> arguments) {
  const KnownRegex& regex = compiled(context, arguments[0], arguments[1], arguments[2]);
  if (context.budget().is_exhausted()) return context.budget().exhausted_value();
  if (!regex.problem.empty()) return no_pattern("matches", regex.problem);
  const auto search = search_of(context, regex, arguments[0].as_string(), RegexUse::kTest);
  const auto step = search ? search->next() : RegexSearch::Step::kEnd;
  return failure(context, "matches", step)
      .value_or(Value::boolean(step == RegexSearch::Step::kFound));
}

// A piece of a replacement: literal text, or a group.
struct Piece {
  std::string text{};
  int group = -1;
};

// "$1", "\$" and "\\" as XPath has them: the number is as long as there are groups for; a group
// that does not exist is empty. Nothing for another use of '$' and '\'.
std::optional<std::vector<Piece>> replacement_of(std::string_view text, const KnownRegex& regex) {
  if (regex.is_literal) return std::vector<Piece>{{std::string(text), -1}};
  std::vector<Piece> pieces;
  std::string plain;
  const auto is_digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      if (i + 1 == text.size() || (text[i + 1] != '\\' && text[i + 1] != '$')) {
        return std::nullopt;
      }
      plain += text[++i];
    } else if (text[i] == '$') {
      if (!is_digit(i + 1)) return std::nullopt;
      int group = text[++i] - '0';
      while (is_digit(i + 1) && group * 10 + (text[i + 1] - '0') <= regex.groups) {
        group = group * 10 + (text[++i] - '0');
      }
      pieces.push_back({plain, group > regex.groups ? -1 : group});
      plain.clear();
    } else {
      plain += text[i];
    }
  }
  pieces.push_back({plain, -1});
  return pieces;
}

std::string_view part_of(std::string_view text, const TextSpan& span) {
  return text.substr(span.begin, span.end - span.begin);
}

Value replace(CallContext& context, std::span<const Value> arguments) {
  const KnownRegex& regex = compiled(context, arguments[0], arguments[1], arguments[3]);
  if (context.budget().is_exhausted()) return context.budget().exhausted_value();
  if (!regex.problem.empty()) return no_pattern("replace", regex.problem);
  if (regex.matches_empty) return no_pattern("replace", "\"\"");
  const auto pieces = replacement_of(arguments[2].as_string(), regex);
  if (!pieces) return no_pattern("replace", "$ \\");
  const bool has_groups =
      std::any_of(pieces->begin(), pieces->end(), [](const Piece& one) { return one.group > 0; });
  const std::string_view text = arguments[0].as_string();
  const auto search =
      search_of(context, regex, text, has_groups ? RegexUse::kGroups : RegexUse::kPlaces);
  std::string replaced;
  std::size_t behind = 0;
  const auto add = [&](std::string_view part) {
    if (context.budget().spend_bytes(part.size())) replaced += part;
  };
  auto step = RegexSearch::Step::kEnd;
  while (search && !context.budget().is_exhausted()) {
    step = search->next();
    if (step != RegexSearch::Step::kFound) break;
    const TextSpan match = search->group(0);
    add(part_of(text, {behind, match.begin}));
    for (const Piece& piece : *pieces) {
      add(piece.text);
      if (piece.group >= 0) add(part_of(text, search->group(piece.group)));
      if (context.budget().is_exhausted()) break;
    }
    behind = match.end;
  }
  add(text.substr(behind));
  if (const std::optional<Value> failed = failure(context, "replace", step)) return *failed;
  return Value::string(replaced);
}

Value split(CallContext& context, std::span<const Value> arguments) {
  const KnownRegex& regex = compiled(context, arguments[0], arguments[1], Value());
  if (context.budget().is_exhausted()) return context.budget().exhausted_value();
  if (!regex.problem.empty()) return no_pattern("split", regex.problem);
  if (regex.matches_empty) return no_pattern("split", "\"\"");
  const std::string_view text = arguments[0].as_string();
  const auto search = search_of(context, regex, text, RegexUse::kPlaces);
  std::vector<Value> parts;
  std::size_t behind = 0;
  const auto add = [&](std::string_view part) {
    const bool is_paid = context.budget().spend_bytes(sizeof(Value) + part.size());
    if (is_paid) parts.push_back(Value::string(part));
    return is_paid;
  };
  auto step = RegexSearch::Step::kEnd;
  while (search) {
    step = search->next();
    if (step != RegexSearch::Step::kFound) break;
    const TextSpan match = search->group(0);
    if (!add(part_of(text, {behind, match.begin}))) break;
    behind = match.end;
  }
  add(text.substr(behind));
  if (const std::optional<Value> failed = failure(context, "split", step)) return *failed;
  return Value::list(std::move(parts));
}

constexpr Parameter kMatchesParameters[] = {
    {"input", K::kString}, {"pattern", K::kString}, {"flags", K::kString, true, true}};
constexpr Parameter kReplaceParameters[] = {{"input", K::kString},
                                            {"pattern", K::kString},
                                            {"replacement", K::kString},
                                            {"flags", K::kString, true, true}};
constexpr Parameter kSplitParameters[] = {{"string", K::kString}, {"delimiter", K::kString}};

constexpr Signature kMatches[] = {{kMatchesParameters, false, Type::boolean, matches}};
constexpr Signature kReplace[] = {{kReplaceParameters, false, Type::string, replace}};
constexpr Signature kSplit[] = {{kSplitParameters, false, list_type, split}};

constexpr Builtin kRegexFunctions[] = {
    {"matches", kMatches}, {"replace", kReplace}, {"split", kSplit}};

}  // namespace

std::span<const Builtin> regex_functions() { return kRegexFunctions; }

}  // namespace zicht::feel::internal
