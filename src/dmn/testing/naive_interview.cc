#include "dmn/testing/naive_interview.h"

#include <algorithm>

#include "base/check.h"
#include "feel/operators.h"

namespace zicht::dmn::testing {

using feel::Value;

bool is_same_value(const Value& a, const Value& b) {
  return a.is_null() || b.is_null() ? a.is_null() && b.is_null() : written(a) == written(b);
}

NaiveInterview::NaiveInterview(const Interview& interview, const Engine& engine,
                               std::string decision, std::vector<NaiveQuestion> questions)
    : interview_(interview),
      engine_(engine),
      decision_(std::move(decision)),
      questions_(std::move(questions)) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < questions_.size(); ++i) all.push_back(i);
  State state(questions_.size());
  each(state, all, 0, [&](const State& completion) {
    const Value outcome = evaluate(completion);
    const auto known = std::find_if(kinds_.begin(), kinds_.end(),
                                    [&](const Value& one) { return is_same_value(one, outcome); });
    outcomes_.push_back(static_cast<std::size_t>(known - kinds_.begin()));
    if (known == kinds_.end()) kinds_.push_back(outcome);
  });
}

std::vector<Reply> NaiveInterview::replies(const State& state) const {
  std::vector<Reply> replies;
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (!state[i]) continue;
    Reply reply{questions_[i].name, std::nullopt};
    if (*state[i] != kUnknown && !questions_[i].values[*state[i]].is_null())
      reply.value = questions_[i].values[*state[i]];
    replies.push_back(std::move(reply));
  }
  return replies;
}

Value NaiveInterview::evaluate(const State& state) const { return evaluate(state, {}); }

Value NaiveInterview::evaluate(const State& state, const Step& end) const {
  const auto inputs = interview_.inputs_of(with_stand_ins(replies(state), end));
  ZICHT_CHECK(inputs.has_value(), "the values of the oracle are allowed");
  const auto answer = engine_.evaluate({.name = decision_, .inputs = *inputs}, environment());
  return answer.passed_over.empty() ? answer.value : Value();
}

// The first question of the list turns slowest.
template <class See>
void NaiveInterview::each(State& state, const std::vector<std::size_t>& questions, std::size_t at,
                          const See& see) const {
  if (at == questions.size()) return see(state);
  const auto before = state[questions[at]];
  for (std::size_t i = 0; i < questions_[questions[at]].values.size(); ++i) {
    state[questions[at]] = i;
    each(state, questions, at + 1, see);
  }
  state[questions[at]] = before;
}

std::size_t NaiveInterview::known_outcome(const State& state) const {
  std::size_t index = 0;
  for (std::size_t i = 0; i < state.size(); ++i)
    index = index * questions_[i].values.size() + *state[i];
  return outcomes_[index];
}

NaiveInterview::Verdict NaiveInterview::judge(const State& given) const {
  State state = given;
  std::vector<std::size_t> open;
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (!state[i]) open.push_back(i);
    if (state[i] != kUnknown) continue;
    // The model says what it means that this is missing: that is its value.
    if (questions_[i].names_missing)
      state[i] = questions_[i].values.size() - 1;
    else
      unknown.push_back(i);
  }
  // What is certain whatever the unknown ones are: a kind of outcome, the first where it is
  // nothing.
  const auto certain = [&](State& asked) {
    std::optional<std::size_t> common;
    bool is_one = true;
    each(asked, unknown, 0, [&](const State& all) {
      const std::size_t outcome = known_outcome(all);
      is_one = is_one && common.value_or(outcome) == outcome;
      common = outcome;
    });
    return is_one ? *common : 0;
  };
  Verdict verdict{true, {}, std::vector<bool>(state.size())};
  std::optional<std::size_t> first;
  each(state, open, 0, [&](State& asked) {
    const std::size_t outcome = certain(asked);
    if (!first) first = outcome;
    verdict.is_settled = verdict.is_settled && *first == outcome;
    for (const auto question : open) {
      if (verdict.matters[question] || *asked[question] == 0) continue;
      State other = asked;
      other[question] = 0;
      verdict.matters[question] = certain(other) != outcome;
    }
  });
  verdict.outcome = verdict.is_settled ? kinds_[*first] : Value();
  return verdict;
}

namespace {

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  RandomModel make() {
    choose_inputs();
    RandomModel model;
    std::string body =
        "<itemDefinition "
        "name=\"tS\"><typeRef>string</typeRef><allowedValues><text>\"x\",\"y\",\"z\""
        "</text></allowedValues></itemDefinition><itemDefinition name=\"tP\"><itemComponent "
        "name=\"age\"><typeRef>number</typeRef></itemComponent><itemComponent name=\"own\">"
        "<typeRef>boolean</typeRef></itemComponent></itemDefinition>";
    for (const auto& [name, type] : inputs_) body += input(name, type);
    body += decision("d0", "boolean", literal(condition(3)), required({}));
    body += decision("d1", "", table(random_table({"d0"})), required({"d-d0"}));
    const bool is_text = below(2) == 0;
    body += decision("d2", "",
                     is_text ? literal("if d0 then " + outcome() + " else " + condition(2))
                             : table(random_table({"d0", "d1"})),
                     required({"d-d0", "d-d1"}));
    model.xml = definitions(body);
    model.questions = questions();
    return model;
  }

 private:
  int below(int end) { return static_cast<int>(random_() % static_cast<std::uint64_t>(end)); }
  std::string pick(const std::vector<std::string>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
  }

  void choose_inputs() {
    const std::vector<std::pair<std::string, std::string>> all = {
        {"b", "boolean"}, {"c", "boolean"}, {"n", "number"}, {"s", "tS"}, {"p", "tP"}};
    for (const auto& one : all) {
      if (below(3) > 0) inputs_.push_back(one);
    }
    if (inputs_.size() < 2) inputs_ = {all[0], all[2]};
    for (const auto& [name, type] : inputs_) {
      if (type == "number") numbers_.push_back(name);
      if (type == "boolean") booleans_.push_back(name);
      if (type == "tS") texts_.push_back(name);
      if (type == "tP") {
        numbers_.emplace_back("p.age");
        booleans_.emplace_back("p.own");
      }
    }
  }

  std::vector<std::string> required(std::vector<std::string> names) {
    for (const auto& [name, type] : inputs_) names.push_back(name);
    return names;
  }

  std::string test() {
    const int kind = below(3);
    if (kind == 0 && !numbers_.empty()) {
      const std::string name = pick(numbers_);
      return pick({name + " < 2", name + " >= 5", name + " = 2", name + " in [2..5]",
                   name + " between 2 and 5", name + " > 2", name + " * 2 > 4.7", "5 > " + name,
                   name + " in (< 2, > 5)"});
    }
    if (kind == 1 && !texts_.empty())
      return pick({"s = \"x\"", "s in (\"x\", \"y\")", "s != \"z\""});
    if (booleans_.empty()) return numbers_.empty() ? "s = \"y\"" : pick(numbers_) + " <= 5";
    const std::string name = pick(booleans_);
    return pick({name, "not(" + name + ")", name + " = false"});
  }

  std::string condition(int depth) {
    if (depth == 0 || below(4) == 0) return test();
    const std::string a = condition(depth - 1);
    const std::string b = condition(depth - 1);
    switch (below(5)) {
      case 0:
      case 1:
        return "(" + a + " and " + b + ")";
      case 2:
        return "(" + a + " or " + b + ")";
      case 3:
        return "not(" + a + ")";
      default:
        return "(if " + a + " then " + b + " else " + condition(depth - 1) + ")";
    }
  }

  std::string outcome() { return pick({"d1", "d1 = \"a\"", "true", condition(1)}); }

  std::string cell(const std::string& column) {
    if (below(3) == 0) return "-";
    if (column == "d1") return pick({"\"a\"", "not(\"a\")", "\"b\""});
    if (column == "s") return pick({"\"x\"", "\"x\", \"y\"", "not(\"z\")"});
    const bool is_number = std::find(numbers_.begin(), numbers_.end(), column) != numbers_.end();
    if (is_number) {
      if (column == "n" && below(12) == 0) {
        names_missing_ = true;
        return "null";
      }
      return pick({"< 2", ">= 2", "[2..5]", "> 5", "not(2)", "(2..5)", "<= 5", "2"});
    }
    return pick({"true", "false"});
  }

  TableText random_table(const std::vector<std::string>& decisions) {
    TableText text;
    text.policy = pick({"UNIQUE", "UNIQUE", "ANY", "FIRST", "FIRST", "PRIORITY", "COLLECT",
                        "RULE ORDER", "OUTPUT ORDER"});
    const bool is_sum = text.policy == "COLLECT" && below(2) == 0;
    if (is_sum) text.aggregation = pick({"SUM", "COUNT", "MIN", "MAX"});
    std::vector<std::string> columns = decisions;
    for (const auto* list : {&numbers_, &booleans_, &texts_})
      columns.insert(columns.end(), list->begin(), list->end());
    for (int i = 0, count = 1 + below(3); i < count; ++i) text.inputs.push_back(pick(columns));
    for (int rule = 0, count = 2 + below(4); rule < count; ++rule) {
      std::vector<std::string> cells;
      for (const auto& column : text.inputs) cells.push_back(cell(column));
      cells.push_back(is_sum ? pick({"1", "2"}) : pick({"\"a\"", "\"a\"", "\"b\""}));
      text.rules.push_back(std::move(cells));
    }
    if (!is_sum) text.output_values = "\"b\", \"a\"";
    if (below(3) > 0) text.default_output = is_sum ? "0" : "\"a\"";
    return text;
  }

  std::vector<NaiveQuestion> questions() const {
    std::vector<NaiveQuestion> made;
    const auto add = [&](const std::string& name, const std::vector<std::string>& values) {
      NaiveQuestion question{name, {}, false};
      for (const auto& one : values) question.values.push_back(value(one));
      made.push_back(std::move(question));
    };
    const std::vector<std::string> numbers = {"1", "2", "2.25", "3", "5", "6"};
    for (const auto& [name, type] : inputs_) {
      if (type == "number") add(name, numbers);
      if (type == "boolean") add(name, {"true", "false"});
      if (type == "tS") add(name, {"\"x\"", "\"y\"", "\"z\""});
      if (type != "tP") continue;
      add("p.age", numbers);
      add("p.own", {"true", "false"});
    }
    for (auto& question : made) {
      if (question.name != "n" || !names_missing_) continue;
      question.names_missing = true;
      question.values.push_back(Value::missing("n"));
    }
    return made;
  }

  std::mt19937_64 random_;
  std::vector<std::pair<std::string, std::string>> inputs_{};
  std::vector<std::string> numbers_{}, booleans_{}, texts_{};
  bool names_missing_ = false;
};

}  // namespace

RandomModel random_model(std::uint64_t seed) { return Maker(seed).make(); }

}  // namespace zicht::dmn::testing
