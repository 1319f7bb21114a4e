// XPath patterns. Method: tables of patterns, flags and texts that match or do not, from the rules
// of XPath F&O 3.1 and XML Schema part 2; patterns that are none.
#include "feel/internal/xpath_regex.h"

#include <doctest/doctest.h>

#include <vector>

namespace zicht::feel::internal {
namespace {

struct Case {
  const char* pattern;
  const char* flags;
  const char* text;
  bool matches;
};

bool matches(const Case& c) {
  RegexCache cache;
  Budget budget;
  const KnownRegex& regex = cache.find(c.pattern, c.flags, budget);
  CHECK(regex.problem == "");
  if (!regex.regex) return false;
  return regex.regex->search(c.text, RegexUse::kTest, budget)->next() == RegexSearch::Step::kFound;
}

TEST_CASE("xpath pattern: what it matches") {
  const std::vector<Case> cases = {
      {"^a$", "", "a", true},
      {"^a$", "", "a\n", false},
      {"^a$", "m", "b\na\nc", true},
      {"^$", "m", "\nabcd\n", true},
      {"^$", "m", "abcd\n", false},
      {"a.b", "", "a\nb", false},
      {"a.b", "", "a\rb", false},
      {"a.b", "s", "a\nb", true},
      {"a.b", "",
       "a\xE2\x80\xA8"
       "b",
       true},
      {"^.$", "", "\xF0\x9F\x90\x8E", true},
      {"a b", "x", "ab", true},
      {"a[ ]b", "x", "a b", true},
      {R"(a\ sb)", "x", "a b", true},
      {"a.c", "q", "a.c", true},
      {"a.c", "q", "abc", false},
      {"A.C", "qi", "a.c", true},
      {"K", "i", "\xE2\x84\xAA", true},
      {"[A-Z-[OI]]", "i", "x", true},
      {"[A-Z-[OI]]", "i", "O", false},
      {"[A-Z-[OI]]", "i", "i", false},
      {"[^Q]", "i", "q", false},
      {"^[a-z-[aeiou-[e]]]+$", "", "bcde", true},
      {"^[a-z-[aeiou-[e]]]+$", "", "bcda", false},
      {"^[^a-c-[x]]$", "", "x", false},
      {"^[^a-c-[x]]$", "", "y", true},
      {"^[-a]+$", "", "a-", true},
      {"^[a-]+$", "", "a-", true},
      {R"(^[\-\]\[\^]+$)", "", "-][^", true},
      {"^[&&#~]+$", "", "&#~", true},
      {"^[a&&b]+$", "", "a&b", true},
      {R"(^\p{Lu}$)", "", "A", true},
      {R"(\p{Lu})", "i", "a", false},
      {R"(^\P{Lu}$)", "", "a", true},
      {R"(^\p{IsBasicLatin}+$)", "", "abc", true},
      {R"(^\p{IsGreek}$)", "", "\xCE\xB1", true},
      {R"([\p{IsGreek}x])", "", "x", true},
      {R"(^\P{IsBasicLatin}$)", "", "\xCE\xB1", true},
      {R"(\p{ Is BasicLatin })", "x", "a", true},
      {R"(^\s$)", "", "\xC2\xA0", false},
      {R"(^\s$)", "", "\t", true},
      {R"(^\d$)", "", "\xD9\xA3", true},
      {R"(^\w$)", "", "_", false},
      {R"(^\w$)", "", "\xC3\xA9", true},
      {R"(^\W$)", "", "-", true},
      {R"(^\i\c*$)", "", "a-1.b", true},
      {R"(^\i$)", "", "1", false},
      {R"(^[\i-[:]]$)", "", ":", false},
      {R"(^[\D]$)", "", "x", true},
      {R"(^(a)(b)\2\1$)", "", "abba", true},
      {R"(^(a)\10$)", "", "aa0", true},
      {R"(^(?:a|b){2,3}$)", "", "aba", true},
      {"^a{2}$", "", "aa", true},
      {"^a{2,}?$", "", "aaaa", true},
      {"^a+?b*?$", "", "aab", true},
      {R"(^\n\r\t\\\|\.\-\^\?\*\+\{\}\(\)\[\]\$$)", "", "\n\r\t\\|.-^?*+{}()[]$", true},
      {"a|", "", "x", true},
      {"#", "x", "#", true}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.pattern));
    CAPTURE(std::string(c.flags));
    CAPTURE(std::string(c.text));
    CHECK(matches(c) == c.matches);
  }
}

TEST_CASE("xpath pattern: what it refuses") {
  const std::vector<std::pair<const char*, const char*>> cases = {{"(", ""},
                                                                  {")", ""},
                                                                  {"[", ""},
                                                                  {"]", ""},
                                                                  {"[]", ""},
                                                                  {"[^]", ""},
                                                                  {"{", ""},
                                                                  {"}", ""},
                                                                  {"*", ""},
                                                                  {"a**", ""},
                                                                  {"a*+", ""},
                                                                  {"a{,2}", ""},
                                                                  {"a{2", ""},
                                                                  {"(?=a)", ""},
                                                                  {"(?i)a", ""},
                                                                  {"(?<n>a)", ""},
                                                                  {R"(\)", ""},
                                                                  {R"(\q)", ""},
                                                                  {R"(\x41)", ""},
                                                                  {R"(\u0041)", ""},
                                                                  {R"(\1)", ""},
                                                                  {R"((a)\2)", ""},
                                                                  {R"((a\1))", ""},
                                                                  {R"(\0)", ""},
                                                                  {R"([\1])", ""},
                                                                  {R"((a)[\1])", ""},
                                                                  {R"(\p{Xx})", ""},
                                                                  {R"(\p{IsNowhere})", ""},
                                                                  {R"(\p{Latin})", ""},
                                                                  {R"(\p{ IsBasicLatin})", ""},
                                                                  {R"(\pL)", ""},
                                                                  {"[z-a]", ""},
                                                                  {"a{3,2}", ""},
                                                                  {"a{99999999999}", ""},
                                                                  {"[a-\\d]", ""},
                                                                  {"[a[b]]", ""},
                                                                  {"[a-[b]", ""},
                                                                  {"a", "p"},
                                                                  {"a", " "},
                                                                  {"a", "X"}};
  for (const auto& [pattern, flags] : cases) {
    CAPTURE(std::string(pattern));
    RegexCache cache;
    Budget budget;
    CHECK(cache.find(pattern, flags, budget).problem != "");
    CHECK(cache.find(pattern, flags, budget).regex == nullptr);
  }
}

TEST_CASE("xpath pattern: nesting has an end") {
  RegexCache cache;
  Budget budget;
  CHECK(cache.find(std::string(1000, '(') + std::string(1000, ')'), "", budget).problem != "");
  std::string classes;
  for (int i = 0; i < 1000; ++i) classes += "[a-";
  CHECK(cache.find(classes, "", budget).problem != "");
}

TEST_CASE("xpath pattern: a cache compiles each once and stays bounded") {
  RegexCache cache;
  Budget budget;
  cache.find("a", "", budget);
  cache.find("a", "", budget);
  cache.find("a", "i", budget);
  CHECK(cache.compilations() == 2);
  for (int i = 0; i < 1000; ++i) cache.find(std::to_string(i), "", budget);
  CHECK(cache.compilations() == 1002);
  CHECK(cache.find("a", "", budget).problem == "");
  CHECK(cache.compilations() == 1003);
}

TEST_CASE("xpath pattern: one that finds nothing in nothing is told from one that does") {
  RegexCache cache;
  Budget budget;
  CHECK(cache.find("a*", "", budget).matches_empty);
  CHECK(cache.find("^", "", budget).matches_empty);
  CHECK(cache.find("", "", budget).matches_empty);
  CHECK_FALSE(cache.find("a+", "", budget).matches_empty);
}

Translation facts_of(std::string_view pattern) {
  return translate_pattern(pattern, {}, Dialect::kEcmaScript);
}

TEST_CASE("xpath pattern: the same for RegExp") {
  CHECK(facts_of("^[a-z-[aeiou]]$").pattern == "(?:^)[[a-z]--[aeiou]](?:$)");
  CHECK(facts_of("a.b-").pattern == "a[^\\n\\r]b\\u{2d}");
  CHECK(facts_of("\\i").pattern.find("\\u{10000}-\\u{EFFFF}") != std::string::npos);
  CHECK(translate_pattern("^$", {.is_multiline = true}, Dialect::kEcmaScript).pattern ==
        "(?:^|(?<=\\n)(?!$))(?=\\n|$)");
  CHECK(translate_pattern("a.c", {.is_literal = true}, Dialect::kEcmaScript).pattern ==
        "a\\u{2e}c");
}

TEST_CASE("xpath pattern: what engines do each in their own way is told") {
  CHECK(facts_of("(a?)*").repeats_nothing);
  CHECK_FALSE(facts_of("(a?)b*").repeats_nothing);
  CHECK(facts_of("((a)|b)*").has_unsteady_group);
  CHECK_FALSE(facts_of("(a)|(b)").has_unsteady_group);
  CHECK_FALSE(facts_of("((a)b)+").has_unsteady_group);
  CHECK(facts_of("(a)?\\1").refers_to_unsteady_group);
  CHECK_FALSE(facts_of("(a)\\1").refers_to_unsteady_group);
  CHECK(facts_of("(a+)+").may_run_wild);
  CHECK(facts_of("(a|aa)*").may_run_wild);
  CHECK(facts_of("a{2000}").may_run_wild);
  CHECK_FALSE(facts_of("(ab)+").may_run_wild);
  CHECK_FALSE(facts_of("(?:a|b){2,3}").may_run_wild);
  CHECK(facts_of("a*b+c?d{2}").loops == 3);
  CHECK(facts_of("\\p{IsGreek}").has_block);
  CHECK(facts_of("[\\p{Lu}]").has_category);
  CHECK(facts_of("(a)\\1").has_back_reference);
}

TEST_CASE("xpath pattern: groups lie at their bytes") {
  RegexCache cache;
  Budget budget;
  const KnownRegex& regex = cache.find("(\xC3\xA9)(x)?(\xF0\x9F\x90\x8E)", "", budget);
  const std::string text = "a\xF0\x9F\x90\x8E\xC3\xA9\xF0\x9F\x90\x8E-\xC3\xA9\xF0\x9F\x90\x8E";
  const auto search = regex.regex->search(text, RegexUse::kGroups, budget);
  REQUIRE(search->next() == RegexSearch::Step::kFound);
  CHECK(search->group(0).begin == 5);
  CHECK(search->group(3).begin == 7);
  CHECK(search->group(3).end == 11);
  CHECK(search->group(2).begin == search->group(2).end);
  REQUIRE(search->next() == RegexSearch::Step::kFound);
  CHECK(search->group(1).begin == 12);
  CHECK(search->next() == RegexSearch::Step::kEnd);
}

// A place that cannot run any pattern.
class NoTexts final : public Texts {
 public:
  std::string upper_case(std::string_view utf8) const override { return std::string(utf8); }
  std::string lower_case(std::string_view utf8) const override { return std::string(utf8); }
  CompiledRegex compile(std::string_view, const RegexFlags&) const override { return {}; }
};

TEST_CASE("xpath pattern: one that this place cannot run is told from a wrong one") {
  const NoTexts texts;
  RegexCache cache(texts);
  Budget budget;
  CHECK(cache.find("a", "", budget).is_elsewhere());
  CHECK_FALSE(cache.find("a", "wrong", budget).is_elsewhere());
}

}  // namespace
}  // namespace zicht::feel::internal
