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
  const Regex& regex = cache.find(c.pattern, c.flags, budget);
  CHECK(regex.problem == "");
  if (!regex.pattern) return false;
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text = unicode_of(c.text);
  const std::unique_ptr<icu::RegexMatcher> matcher(regex.pattern->matcher(text, status));
  return matcher->find() != 0;
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
    CHECK(cache.find(pattern, flags, budget).pattern == nullptr);
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

}  // namespace
}  // namespace zicht::feel::internal
