#include "feel/internal/xpath_regex.h"

#include "feel/internal/xpath_pattern.h"

namespace zicht::feel::internal {
namespace {

std::uint32_t icu_flags(const RegexFlags& flags) {
  std::uint32_t bits = 0;
  if (flags.ignores_case) bits |= UREGEX_CASE_INSENSITIVE;
  if (flags.is_literal) bits |= UREGEX_LITERAL;
  return bits;
}

Regex compiled(std::string_view pattern, std::string_view flags_text) {
  Regex regex;
  const std::optional<RegexFlags> flags = parse_flags(flags_text);
  if (!flags) {
    regex.problem = "flags";
    return regex;
  }
  Translation translation = translate_pattern(pattern, *flags);
  if (!translation.problem.empty()) {
    regex.problem = translation.problem;
    return regex;
  }
  regex.is_literal = flags->is_literal;
  regex.groups = translation.groups;
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  regex.pattern.reset(icu::RegexPattern::compile(unicode_of(translation.pattern), icu_flags(*flags),
                                                 where, status));
  if (U_FAILURE(status) != 0) {
    regex.pattern.reset();
    regex.problem = u_errorName(status);
    return regex;
  }
  const icu::UnicodeString empty;
  const std::unique_ptr<icu::RegexMatcher> matcher(regex.pattern->matcher(empty, status));
  if (U_SUCCESS(status) != 0) matcher->setTimeLimit(kMaxTicks, status);
  if (U_SUCCESS(status) != 0) matcher->setStackLimit(kMaxStack, status);
  // One that runs wild on nothing counts as one that matches it: nobody searches with it then.
  regex.matches_empty = U_SUCCESS(status) == 0 || matcher->find(status) != 0 || U_FAILURE(status);
  return regex;
}

}  // namespace

std::optional<RegexFlags> parse_flags(std::string_view flags) {
  RegexFlags parsed;
  for (const char c : flags) {
    switch (c) {
      case 's':
        parsed.dot_matches_all = true;
        break;
      case 'm':
        parsed.is_multiline = true;
        break;
      case 'i':
        parsed.ignores_case = true;
        break;
      case 'x':
        parsed.ignores_blanks = true;
        break;
      case 'q':
        parsed.is_literal = true;
        break;
      default:
        return std::nullopt;
    }
  }
  return parsed;
}

Translation translate_pattern(std::string_view pattern, const RegexFlags& flags) {
  if (flags.is_literal) return {std::string(pattern), 0, {}};
  return PatternTranslator(pattern, flags).translate();
}

const Regex& RegexCache::find(std::string_view pattern, std::string_view flags, Budget& budget) {
  const std::pair key{std::string(pattern), std::string(flags)};
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  // A compiled pattern takes some kilobytes, and about a hundred bytes for each of its own.
  const std::uint64_t size = pattern.size() + flags.size();
  if (!budget.spend(200 + 10 * size) || !budget.spend_bytes(8192 + 100 * size)) return unpaid_;
  if (known_.size() == kMaxPatterns) known_.clear();
  ++compilations_;
  return known_.emplace(key, compiled(pattern, flags)).first->second;
}

icu::UnicodeString unicode_of(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

std::string utf8_of(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

}  // namespace zicht::feel::internal
