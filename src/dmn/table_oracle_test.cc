// The index of tables against the naive way: random tables and inputs from fixed seeds, where every
// rule that the index lets through must be what evaluating each cell gives, in the same order.
#include <doctest/doctest.h>

#include <random>

#include "dmn/internal/graph.h"
#include "dmn/testing/models.h"
#include "feel/operators.h"

namespace zicht::dmn {
namespace {

using feel::Value;

class RandomTable {
 public:
  explicit RandomTable(std::uint64_t seed) : random_(seed) {}

  std::string cell(int kind) {
    switch (kind) {
      case 0:
        return number_cell();
      case 1:
        return pick({"\"a\"", "\"b\", \"c\"", "not(\"a\")", "-", "null", "\"d\"",
                     "not(\"b\", \"c\")", "[\"a\"..\"c\")", "string length(?) > 1"});
      case 2:
        return pick({"true", "false", "-", "not(true)", "true, false", "null", "not(null)"});
      default:
        return pick({"< date(\"2026-01-05\")", "date(\"2026-01-03\")", "-",
                     "[date(\"2026-01-02\")..date(\"2026-01-04\")]", "> date(\"2026-01-01\")",
                     "not(date(\"2026-01-03\"))"});
    }
  }

  Value input(int kind) {
    if (below(8) == 0) return below(2) == 0 ? Value() : testing::value("\"odd\"");
    switch (kind) {
      case 0:
        return testing::value(std::to_string(below(12)) + pick({"", ".5"}));
      case 1:
        return testing::value(pick({"\"a\"", "\"b\"", "\"c\"", "\"zz\"", "\"\""}));
      case 2:
        return Value::boolean(below(2) == 0);
      default:
        return testing::value("date(\"2026-01-0" + std::to_string(1 + below(6)) + "\")");
    }
  }

  int below(int end) { return static_cast<int>(random_() % static_cast<std::uint64_t>(end)); }

 private:
  std::string pick(const std::vector<std::string>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
  }
  std::string number_cell() {
    const std::string a = std::to_string(below(10));
    const std::string b = std::to_string(below(10) + 3);
    return pick({"< " + a, "<= " + a, "> " + a, ">= " + a, a, "[" + a + ".." + b + "]",
                 "(" + a + ".." + b + ")", a + ", " + b, "not(" + a + ")", "not(< " + a + ")", "-",
                 "? > " + a, "null", a + ".0", "!= " + a});
  }

  std::mt19937_64 random_;
};

void compare(const internal::TableCode& table, const std::vector<Value>& inputs,
             std::uint64_t seed) {
  const auto environment = testing::environment();
  feel::Budget budget;
  feel::CallContext context(environment, budget);
  const internal::Session session;
  std::vector<Value> slots = inputs;
  internal::Frame frame{context, session, slots};
  const auto plain = table.plain_matches(inputs, frame);
  std::vector<internal::UnknownCell> unknown;
  CHECK_MESSAGE(table.matches(inputs, frame, false, unknown) == plain, "seed ", seed);
  const auto first = table.matches(inputs, frame, true, unknown);
  CHECK_MESSAGE(first.empty() == plain.empty(), "seed ", seed);
  if (!first.empty() && !plain.empty()) CHECK_MESSAGE(first[0] == plain[0], "seed ", seed);
}

TEST_CASE("table index: gives the rules that evaluating every cell gives, on random tables") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomTable random(seed);
    const int columns = 1 + random.below(4);
    std::vector<int> kinds;
    testing::TableText text{.policy = "COLLECT"};
    std::string body;
    std::vector<std::string> names;
    for (int c = 0; c < columns; ++c) {
      kinds.push_back(random.below(4));
      names.push_back("x" + std::to_string(c));
      body += testing::input(names.back(), "Any");
    }
    text.inputs = names;
    for (int rule = 0, count = 1 + random.below(150); rule < count; ++rule) {
      std::vector<std::string> cells;
      for (const int kind : kinds) cells.push_back(random.cell(kind));
      cells.push_back(std::to_string(rule));
      text.rules.push_back(std::move(cells));
    }
    const auto model = testing::compiled(
        testing::definitions(body + testing::decision("d", "", testing::table(text), names)));
    REQUIRE(model.engine);
    const auto* node = model.engine->graph().find(internal::NodeKind::kDecision, "d");
    REQUIRE(node != nullptr);
    REQUIRE(node->tables.size() == 1);
    for (int row = 0; row < 40; ++row) {
      std::vector<Value> inputs;
      for (const int kind : kinds) inputs.push_back(random.input(kind));
      compare(*node->tables[0], inputs, seed);
    }
  }
}

// What a brief explanation tells later is what a full one told at once: the rules that matched, or
// those that nearly did.
void compare(const TableTrace& brief, const TableTrace& full, std::uint64_t seed) {
  std::vector<RuleTrace> matched;
  for (const auto& rule : full.rules) {
    if (rule.has_matched) matched.push_back(rule);
  }
  if (matched.empty()) CHECK_MESSAGE(brief.near_misses == full.near_misses, "seed ", seed);
  REQUIRE_MESSAGE(brief.rules.size() == matched.size(), "seed ", seed);
  for (std::size_t i = 0; i < matched.size(); ++i) {
    CHECK(brief.rules[i].number == matched[i].number);
    REQUIRE(brief.rules[i].outputs.size() == matched[i].outputs.size());
    for (std::size_t o = 0; o < matched[i].outputs.size(); ++o)
      CHECK(feel::is_same(brief.rules[i].outputs[o], matched[i].outputs[o]));
  }
}

TEST_CASE("explanation: brief tells of random tables what full tells") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    RandomTable random(seed);
    const std::vector<std::string> names = {"x", "y"};
    const std::vector<int> kinds = {random.below(4), random.below(4)};
    testing::TableText text{.policy = seed % 3 == 0 ? "COLLECT" : "FIRST", .inputs = names};
    for (int rule = 0, count = 1 + random.below(5); rule < count; ++rule)
      text.rules.push_back({random.cell(kinds[0]), random.cell(kinds[1]), std::to_string(rule)});
    const auto model = testing::compiled(
        testing::definitions(testing::input("x", "Any") + testing::input("y", "Any") +
                             testing::decision("d", "", testing::table(text), names)));
    REQUIRE(model.engine);
    for (int row = 0; row < 10; ++row) {
      Request request{.name = "d"};
      request.inputs = {{"x", random.input(kinds[0])}, {"y", random.input(kinds[1])}};
      request.explain = ExplainLevel::kBrief;
      const auto brief = model.engine->evaluate(request, testing::environment());
      request.explain = ExplainLevel::kFull;
      const auto full = model.engine->evaluate(request, testing::environment());
      compare(brief.explanation.decisions().at(0).tables.at(0),
              full.explanation.decisions().at(0).tables.at(0), seed);
    }
  }
}

TEST_CASE("table index: tables together take no more words than there are") {
  const testing::TableText text{
      .policy = "COLLECT", .inputs = {"x"}, .rules = {{"< 5", "1"}, {"> 7", "2"}, {"[2..9]", "3"}}};
  const auto model = testing::compiled(testing::definitions(
      testing::input("x", "number") + testing::decision("d", "", testing::table(text), {"x"})));
  REQUIRE(model.engine);
  const auto* node = model.engine->graph().find(internal::NodeKind::kDecision, "d");
  REQUIRE(node != nullptr);
  const auto& cells = node->tables[0]->parts().cells[0];
  std::size_t words = 9;  // four cuts make nine regions, each of one word
  CHECK(internal::ColumnIndex::create(cells, words).is_useful());
  CHECK(words == 0);
  const auto without = internal::ColumnIndex::create(cells, words);
  CHECK(!without.is_useful());
  CHECK(without.is_general(0));
}

}  // namespace
}  // namespace zicht::dmn
