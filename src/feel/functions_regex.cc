// Built-in functions with patterns: matches, replace, split.
#include "feel/internal/builtin_tables.h"
#include "feel/internal/xpath_regex.h"

namespace zicht::feel::internal {
namespace {

using K = ParameterKind;

// What ICU tells every 10,000 saved states costs so many steps.
constexpr std::uint64_t kTickSteps = 2000;

Value no_pattern(std::string_view function, std::string_view reason) {
  return Value::error("FE-0121",
                      {{"function", std::string(function)}, {"reason", std::string(reason)}});
}

// A pattern that goes through a text. Every call looks whether the limits held: those of one
// search, which ends then with FE-0122, and the budget.
class Search {
 public:
  Search(std::string_view function, const Regex& regex, std::string_view text, Budget& budget)
      : function_(function), text_(unicode_of(text)), budget_(budget) {
    matcher_.reset(regex.pattern->matcher(text_, status_));
    if (U_FAILURE(status_) != 0) return;
    matcher_->setStackLimit(kMaxStack, status_);
    matcher_->setMatchCallback(&Search::go_on, this, status_);
  }

  bool find_next() {
    ticks_ = 0;
    return U_SUCCESS(status_) != 0 && matcher_->find(status_) != 0;
  }

  std::int32_t start() { return matcher_->start(status_); }
  std::int32_t end() { return matcher_->end(status_); }
  icu::UnicodeString group(std::int32_t number) { return matcher_->group(number, status_); }
  icu::UnicodeString part(std::int32_t from, std::int32_t to) const {
    return icu::UnicodeString(text_, from, to - from);
  }
  icu::UnicodeString rest(std::int32_t from) const { return part(from, text_.length()); }

  // The error where the limits did not hold.
  std::optional<Value> failure() const {
    if (budget_.is_exhausted()) return budget_.exhausted_value();
    if (U_SUCCESS(status_) != 0) return std::nullopt;
    return Value::error("FE-0122", {{"function", std::string(function_)}});
  }

 private:
  static UBool go_on(const void* search, std::int32_t) {
    // ICU hands the pointer on as it got it: that of the search itself.
    auto* self = const_cast<Search*>(static_cast<const Search*>(search));
    return self->budget_.spend(kTickSteps) && ++self->ticks_ < kMaxTicks;
  }

  std::string_view function_;
  icu::UnicodeString text_;
  Budget& budget_;
  int ticks_ = 0;  // of the search that runs
  UErrorCode status_ = U_ZERO_ERROR;
  std::unique_ptr<icu::RegexMatcher> matcher_;
};

// The compiled pattern, paid for searching `text` too: comparing a long pattern at each place of a
// long text takes their product.
const Regex& compiled(CallContext& context, const Value& text, const Value& pattern,
                      const Value& flags) {
  constexpr std::uint64_t kCharactersPerStep = 256;
  const std::uint64_t product = text.as_string().size() * pattern.as_string().size();
  context.budget().spend(product / kCharactersPerStep);
  return context.regexes().find(pattern.as_string(), flags.is_null() ? "" : flags.as_string(),
                                context.budget());
}

Value matches(CallContext& context, std::span<const Value> arguments) {
  const Regex& regex = compiled(context, arguments[0], arguments[1], arguments[2]);
  if (context.budget().is_exhausted()) return context.budget().exhausted_value();
  if (!regex.problem.empty()) return no_pattern("matches", regex.problem);
  Search search("matches", regex, arguments[0].as_string(), context.budget());
  const bool found = search.find_next();
  return search.failure().value_or(Value::boolean(found));
}

// A piece of a replacement: literal text, or a group.
struct Piece {
  icu::UnicodeString text{};
  int group = -1;
};

// "$1", "\$" and "\\" as XPath has them: the number is as long as there are groups for; a group
// that does not exist is empty. Nothing for another use of '$' and '\'.
std::optional<std::vector<Piece>> replacement_of(std::string_view text, const Regex& regex) {
  if (regex.is_literal) return std::vector<Piece>{{unicode_of(text), -1}};
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
      pieces.push_back({unicode_of(plain), group > regex.groups ? -1 : group});
      plain.clear();
    } else {
      plain += text[i];
    }
  }
  pieces.push_back({unicode_of(plain), -1});
  return pieces;
}

Value replace(CallContext& context, std::span<const Value> arguments) {
  const Regex& regex = compiled(context, arguments[0], arguments[1], arguments[3]);
  if (context.budget().is_exhausted()) return context.budget().exhausted_value();
  if (!regex.problem.empty()) return no_pattern("replace", regex.problem);
  if (regex.matches_empty) return no_pattern("replace", "\"\"");
  const auto pieces = replacement_of(arguments[2].as_string(), regex);
  if (!pieces) return no_pattern("replace", "$ \\");
  Search search("replace", regex, arguments[0].as_string(), context.budget());
  icu::UnicodeString replaced;
  std::int32_t behind = 0;
  const auto add = [&](const icu::UnicodeString& text) {
    if (context.budget().spend_bytes(static_cast<std::uint64_t>(text.length()))) replaced += text;
  };
  while (search.find_next() && !context.budget().is_exhausted()) {
    add(search.part(behind, search.start()));
    for (const Piece& piece : *pieces) {
      add(piece.text);
      if (piece.group >= 0) add(search.group(piece.group));
      if (context.budget().is_exhausted()) break;
    }
    behind = search.end();
  }
  add(search.rest(behind));
  if (const std::optional<Value> failure = search.failure()) return *failure;
  return Value::string(utf8_of(replaced));
}

Value split(CallContext& context, std::span<const Value> arguments) {
  const Regex& regex = compiled(context, arguments[0], arguments[1], Value());
  if (context.budget().is_exhausted()) return context.budget().exhausted_value();
  if (!regex.problem.empty()) return no_pattern("split", regex.problem);
  if (regex.matches_empty) return no_pattern("split", "\"\"");
  Search search("split", regex, arguments[0].as_string(), context.budget());
  std::vector<Value> parts;
  std::int32_t behind = 0;
  const auto add = [&](const icu::UnicodeString& text) {
    const auto bytes = sizeof(Value) + static_cast<std::uint64_t>(text.length());
    const bool is_paid = context.budget().spend_bytes(bytes);
    if (is_paid) parts.push_back(Value::string(utf8_of(text)));
    return is_paid;
  };
  while (search.find_next()) {
    if (!add(search.part(behind, search.start()))) break;
    behind = search.end();
  }
  add(search.rest(behind));
  if (const std::optional<Value> failure = search.failure()) return *failure;
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

constexpr Builtin kBuiltins[] = {{"matches", kMatches}, {"replace", kReplace}, {"split", kSplit}};

}  // namespace

std::span<const Builtin> regex_functions() { return kBuiltins; }

}  // namespace zicht::feel::internal
