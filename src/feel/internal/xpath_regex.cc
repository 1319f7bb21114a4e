#include "feel/internal/xpath_regex.h"

#include "feel/internal/xpath_pattern.h"

namespace zicht::feel::internal {
namespace {

KnownRegex compiled(const Texts& texts, std::string_view pattern, std::string_view flags_text) {
  KnownRegex regex;
  const std::optional<RegexFlags> flags = parse_flags(flags_text);
  if (!flags) {
    regex.problem = "flags";
    return regex;
  }
  static_cast<CompiledRegex&>(regex) = texts.compile(pattern, *flags);
  if (!regex.regex) return regex;
  regex.is_literal = flags->is_literal;
  // Its own: one that runs wild on nothing counts as one that matches it, nobody searches with it
  // then.
  Budget budget;
  const auto search = regex.regex->search("", RegexUse::kTest, budget);
  regex.matches_empty = search && search->next() != RegexSearch::Step::kEnd;
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

Translation translate_pattern(std::string_view pattern, const RegexFlags& flags, Dialect dialect) {
  return PatternTranslator(pattern, flags, dialect).translate();
}

const KnownRegex& RegexCache::find(std::string_view pattern, std::string_view flags,
                                   Budget& budget) {
  const std::pair key{std::string(pattern), std::string(flags)};
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  // A compiled pattern takes some kilobytes, and about a hundred bytes for each of its own.
  const std::uint64_t size = pattern.size() + flags.size();
  if (!budget.spend(200 + 10 * size) || !budget.spend_bytes(8192 + 100 * size)) return unpaid_;
  if (known_.size() == kMaxPatterns) known_.clear();
  ++compilations_;
  return known_.emplace(key, compiled(texts_, pattern, flags)).first->second;
}

}  // namespace zicht::feel::internal
