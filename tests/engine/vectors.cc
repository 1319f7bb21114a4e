#include "vectors.h"

#include <algorithm>
#include <array>

#include "base/rng.h"
#include "base/time_zone.h"
#include "feel/collections.h"
#include "feel/testing/random_expression.h"
#include "feel/value_json.h"

namespace zicht::engine_tests {
namespace {

constexpr const char* kNow = "2026-03-02T10:00:00.123@Europe/Amsterdam";
constexpr const char* kToday = "2026-03-02";

Json parsed(const std::string& text) { return *parse_json(text); }

Json type_json(const feel::Type& type) {
  if (type.kind() == feel::Type::Kind::kList) return json::object{{"list", type_json(type.item())}};
  if (type.kind() != feel::Type::Kind::kContext) return Json(type.to_string());
  json::array members;
  for (const auto& [name, member] : type.members())
    members.push_back(json::object{{"name", name}, {"type", type_json(member)}});
  return json::object{{"context", std::move(members)}};
}

json::array variables_json(const feel::Scope& scope) {
  json::array variables;
  for (const auto& [name, type] : scope.variables())
    variables.push_back(json::object{{"name", name}, {"type", type_json(type)}});
  return variables;
}

json::object facts_json(feel::testing::RandomExpressions& random) {
  json::object facts;
  for (const auto& [name, value] : random.facts()) facts[name] = parsed(feel::json_text(value));
  return facts;
}

json::object ask_json(json::object facts, std::uint64_t level) {
  constexpr std::array kLevels = {"off", "brief", "full"};
  return {{"facts", std::move(facts)},
          {"now", kNow},
          {"today", kToday},
          {"explain", kLevels[level % kLevels.size()]}};
}

json::object compile_json(const char* kind, const std::string& text) {
  return {{"kind", kind}, {"text", text}, {"unknown_names", "null"}};
}

// Without facts.
void ask_alone(const std::string& text, const Ask& ask) {
  ask({compile_json("expression", text), {ask_json({}, 0)}});
}

std::string quoted(std::string_view text) { return feel::literal_of(feel::Value::string(text)); }

std::string random_number(Rng& rng) {
  const auto digits = [&](std::uint64_t count) {
    std::string text;
    for (std::uint64_t i = 0; i < count; ++i) text += static_cast<char>('0' + rng.below(10));
    return text;
  };
  const std::string whole =
      rng.below(4) == 0 ? "0" : digits(1 + rng.below(rng.below(6) == 0 ? 33 : 5));
  std::string text = rng.below(5) == 0 ? "-" + whole : whole;
  if (rng.below(2) == 0) text += "." + digits(1 + rng.below(12));
  return text;
}

// A number times a power of ten that FEEL's grammar has no exponent for.
std::string scaled_number(Rng& rng) {
  const std::uint64_t power = rng.below(rng.below(3) == 0 ? 6000 : 40);
  const std::string sign = rng.below(2) == 0 ? "" : "-";
  return "(" + random_number(rng) + " * 10 ** " + sign + std::to_string(power) + ")";
}

// Not Morocco, whose clock changes are announced, not ruled: editions of the tables differ.
constexpr std::array kZones = {"Europe/Amsterdam",
                               "Europe/Paris",
                               "Europe/London",
                               "Europe/Lisbon",
                               "America/New_York",
                               "America/Sao_Paulo",
                               "America/St_Johns",
                               "Asia/Tokyo",
                               "Asia/Kolkata",
                               "Asia/Kathmandu",
                               "Asia/Tehran",
                               "Australia/Melbourne",
                               "Australia/Lord_Howe",
                               "Pacific/Apia",
                               "Pacific/Chatham",

                               "Etc/UTC",
                               "Etc/GMT+5",
                               "UTC",
                               "US/Eastern",
                               "Asia/Calcutta",
                               "EST5EDT",
                               "europe/paris",
                               "Europe/Nowhere",
                               "GMT",
                               "CET"};

constexpr std::array kDates = {"2025-03-30", "2025-10-26", "2025-03-09", "2025-11-02", "2025-04-06",
                               "2011-12-30", "2026-07-01", "1975-06-01", "2037-12-31", "2038-07-01",
                               "2100-03-28", "9999-12-31", "1950-01-01"};

constexpr std::array kTimes = {"00:00:00", "01:30:00", "02:00:00",
                               "02:30:00", "03:00:00", "12:00:00"};

constexpr std::array kPatterns = {"^a$",
                                  "a.b",
                                  "^.$",
                                  "a b",
                                  "[A-Z-[OI]]",
                                  "[^Q]",
                                  "^[a-z-[aeiou-[e]]]+$",
                                  "^[^a-c-[x]]$",
                                  "^[-a]+$",
                                  "^[a-]+$",
                                  R"(^[\-\]\[\^]+$)",
                                  "^[&&#~]+$",
                                  R"(^\p{Lu}$)",
                                  R"(^\P{Lu}$)",
                                  R"(\p{IsGreek})",
                                  R"(^\s$)",
                                  R"(^\d$)",
                                  R"(^\w+$)",
                                  R"(^\W$)",
                                  R"(^\i\c*$)",
                                  R"(^[\i-[:]]$)",
                                  R"(^[\D]$)",
                                  R"(^(a)(b)\2\1$)",
                                  R"(^(a)\10$)",
                                  R"(^(?:a|b){2,3}$)",
                                  "^a{2}$",
                                  "^a{2,}?$",
                                  "^a+?b*?$",
                                  "a|",
                                  "#",
                                  "[1-9][0-9]{3} ?[A-Z]{2}",
                                  R"(^[^@\s]+@[^@\s]+\.[a-z]{2,}$)",
                                  R"((\d{2})-(\d{2})-(\d{4}))",
                                  "(a)|(b)",
                                  "((a)|b)*",
                                  "(a*)*",
                                  "(a?)*b",
                                  "(a|ab)(c|bcd)(d*)",
                                  R"((a)?\1b)",
                                  R"([\s,;]+)",
                                  ",",
                                  R"(\|)",
                                  "(a+)+$",
                                  "[z-a]",
                                  "a{3,2}",
                                  "(",
                                  "[",
                                  R"(\q)",
                                  "x{0}",
                                  "^",
                                  "$",
                                  "\xF0\x9F\x90\x8E",
                                  "[\xF0\x9F\x90\x8E\xC3\xA9]+",
                                  "stra\xC3\x9F"
                                  "e",
                                  "SS",
                                  "\xC3\x89",
                                  "k",
                                  ".",
                                  ".+",
                                  "[^a]",
                                  R"([^\d])",
                                  R"(\S+)",
                                  R"(\C)",
                                  "(.)(.)",
                                  "b*c"};

constexpr std::array kTexts = {"",
                               "\xEF\xBB\xBF"
                               "aBb",
                               "a",
                               "a\n",
                               "b\na\nc",
                               "\nabcd\n",
                               "a\nb",
                               "a\rb",
                               "abba",
                               "aa0",
                               "aba",
                               "aab",
                               "abcd",
                               "1234 AB",
                               "12-03-2026",
                               "jan@voorbeeld.nl",
                               "a,b;c d",
                               "-][^",
                               "a&b#",
                               "\xCE\xB1",
                               "\xF0\x9F\x90\x8E",
                               "x\xF0\x9F\x90\x8Ey\xC3\xA9",
                               "STRASSE",
                               "stra\xC3\x9F"
                               "e",
                               "\xC3\xA9",
                               "\xE2\x84\xAA",
                               "I i O o q Q",
                               "a-1.b",
                               "\t",
                               "aaaaaaaaaaaaaaaaaaaaaaaa!"};

constexpr std::array kFlags = {"", "i", "s", "m", "x", "q", "smi"};

}  // namespace

void ask_texts(const std::vector<std::string>& texts, const Ask& ask) {
  feel::testing::RandomExpressions random(7);
  const json::array variables = variables_json(feel::testing::random_scope());
  std::uint64_t level = 0;
  for (const std::string& text : texts) {
    Question question{compile_json("expression", text), {}};
    question.compile["variables"] = variables;
    question.asks.push_back(ask_json(facts_json(random), level++));
    ask(question);
    question.compile["kind"] = "unary_tests";
    question.compile["unknown_names"] = "refuse";
    question.compile["input_type"] = "number";
    question.asks[0]["input"] = 4;
    ask(question);
  }
}

void ask_random(std::uint64_t seed, int count, const Ask& ask) {
  feel::testing::RandomExpressions random(seed);
  const json::array variables = variables_json(feel::testing::random_scope());
  for (int i = 0; i < count; ++i) {
    const bool as_tests = i % 5 == 4;
    Question question{compile_json(as_tests ? "unary_tests" : "expression",
                                   as_tests ? random.next_tests() : random.next()),
                      {}};
    question.compile["variables"] = variables;
    if (as_tests) question.compile["input_type"] = "number";
    for (std::uint64_t k = 0; k < 2; ++k) {
      question.asks.push_back(ask_json(facts_json(random), static_cast<std::uint64_t>(i) + k));
      if (as_tests) question.asks.back()["input"] = i % 7;
    }
    ask(question);
  }
}

void ask_numbers(std::uint64_t seed, int count, const Ask& ask) {
  SeededRng rng(seed);
  constexpr std::array kBinary = {"+", "-", "*", "/", "**"};
  constexpr std::array kUnary = {"sqrt", "exp", "log", "floor", "abs", "string"};
  for (int i = 0; i < count; ++i) {
    const std::string a = rng.below(3) == 0 ? scaled_number(rng) : random_number(rng);
    const std::string b = rng.below(3) == 0 ? scaled_number(rng) : random_number(rng);
    const char* op = kBinary[rng.below(kBinary.size())];
    ask_alone("string(" + a + " " + op + " " + b + ")", ask);
    ask_alone(std::string("string(") + kUnary[rng.below(kUnary.size())] + "(" + a + "))", ask);
    ask_alone("string(modulo(" + a + ", " + b + "))", ask);
    ask_alone("string(decimal(" + a + ", " + std::to_string(rng.below(20)) + "))", ask);
    ask_alone("string(abs(" + random_number(rng) + ") ** " + random_number(rng).substr(0, 4) + ")",
              ask);
  }
}

void ask_zones(const Ask& ask) {
  for (const char* zone : kZones) {
    for (const char* date : kDates) {
      for (const char* time : kTimes) {
        const std::string local = std::string(date) + "T" + time;
        ask_alone("[string(date and time(\"" + local + "@" + zone +
                      "\")), string(date and time(\"" + local + "@" + zone +
                      "\") - date and time(\"" + local + "Z\"))]",
                  ask);
      }
      ask_alone("string(date and time(\"" + std::string(date) + "T00:00:00@" + zone +
                    "\") + duration(\"P1DT3H\"))",
                ask);
    }
  }
}

void ask_patterns(const Ask& ask) {
  for (const char* pattern : kPatterns) {
    for (const char* text : kTexts) {
      const std::string call = quoted(text) + ", " + quoted(pattern);
      json::array all;
      for (const char* flags : kFlags) ask_alone("matches(" + call + ", \"" + flags + "\")", ask);
      ask_alone("split(" + call + ")", ask);
      ask_alone("replace(" + call + ", \"<$0>\")", ask);
      ask_alone("replace(" + call + ", \"[$1|$2]\", \"i\")", ask);
    }
  }
  for (const char* text : kTexts) {
    ask_alone("[upper case(" + quoted(text) + "), lower case(" + quoted(text) + ")]", ask);
  }
}

void ask_kit(const std::vector<dmn::TestFolder>& folders, const Ask& ask) {
  for (const dmn::TestFolder& folder : folders) {
    const auto is_model = [](const std::string& name) { return name.ends_with(".dmn"); };
    for (const auto& [name, text] : folder.files) {
      if (is_model(name)) continue;
      const auto read = dmn::read_test_cases({.file = name, .text = text});
      if (!read.file) continue;
      Question question{{{"kind", "model"}, {"file", read.file->model}}, {}};
      json::array others;
      for (const auto& [other, model] : folder.files) {
        if (!is_model(other)) continue;
        if (other == read.file->model)
          question.compile["text"] = model;
        else
          others.emplace_back(model);
      }
      question.compile["others"] = std::move(others);
      for (const dmn::TestCase& test : read.file->cases) {
        json::object facts;
        for (const dmn::TestInput& input : test.inputs)
          facts[input.name] =
              parsed(feel::json_text(dmn::value_of(input.value, system_time_zones())));
        for (const dmn::TestResult& result : test.results) {
          json::object asked = ask_json(facts, question.asks.size());
          const bool is_decision = test.kind == dmn::TestKind::kDecision;
          asked["target"] = is_decision                                    ? "decision"
                            : test.kind == dmn::TestKind::kDecisionService ? "service"
                                                                           : "knowledge";
          asked["name"] = is_decision ? result.name : test.invocable;
          question.asks.push_back(std::move(asked));
        }
      }
      ask(question);
    }
  }
}

}  // namespace zicht::engine_tests
