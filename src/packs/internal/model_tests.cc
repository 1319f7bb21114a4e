#include "packs/internal/model_tests.h"

#include <algorithm>

#include "dmn/engine.h"
#include "feel/collections.h"
#include "feel/value_json.h"
#include "model/feel_values.h"

namespace zicht::packs::internal {
namespace {

using feel::Value;

constexpr std::size_t kLongestShown = 200;  // bytes of a value in a message
constexpr std::string_view kNone = "-";

const std::vector<std::string> kOutcomes = {"yes", "no", "value", "unknown"};

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return text.empty() ? std::string(kNone) : text;
}

// A scalar of an input without a type: the kind that it looks like.
Value guessed(const std::string& text) {
  if (text == "true" || text == "false") return Value::boolean(text == "true");
  if (const auto number = feel::Number::parse(text)) return Value::number(*number);
  return Value::string(text);
}

Value value_of(const Node& node, bool is_guessed) {
  switch (node.kind) {
    case Node::Kind::kNull:
      return {};
    case Node::Kind::kScalar:
      return is_guessed ? guessed(node.text) : Value::string(node.text);
    case Node::Kind::kSequence: {
      std::vector<Value> items;
      for (const Node& item : node.items) items.push_back(value_of(item, is_guessed));
      return Value::list(std::move(items));
    }
    case Node::Kind::kMap: {
      feel::ContextBuilder made;
      for (const Member& member : node.members) {
        made.set(member.key, value_of(member.value, is_guessed));
      }
      return made.build();
    }
  }
  return {};
}

std::string text_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNull:
      return "null";
    case Node::Kind::kScalar:
      return node.text;
    case Node::Kind::kSequence: {
      std::vector<std::string> items;
      for (const Node& item : node.items) items.push_back(text_of(item));
      return "[" + (items.empty() ? "" : joined(items)) + "]";
    }
    case Node::Kind::kMap: {
      std::vector<std::string> members;
      for (const Member& member : node.members) {
        members.push_back(member.key + ": " + text_of(member.value));
      }
      return "{" + (members.empty() ? "" : joined(members)) + "}";
    }
  }
  return {};
}

// Whether what was written says this value, in the kind that the value has.
bool says(const Node& written, const Value& got) {
  if (got.is(feel::Kind::kList)) {
    const auto items = got.as_list();
    return written.is_sequence() &&
           std::equal(items.begin(), items.end(), written.items.begin(), written.items.end(),
                      [](const Value& item, const Node& node) { return says(node, item); });
  }
  if (got.is(feel::Kind::kContext)) {
    const feel::Context& context = got.as_context();
    return written.is_map() && written.members.size() == context.size() &&
           std::all_of(written.members.begin(), written.members.end(), [&](const Member& member) {
             const Value* part = context.find(member.key);
             return part != nullptr && says(member.value, *part);
           });
  }
  if (got.is_null() || !written.is_scalar())
    return got.is_null() && written.kind == Node::Kind::kNull;
  const Value wanted =
      feel::value_from_lexical(written.text, feel::type_of(got), model::no_zones());
  return feel::literal_of(wanted) == feel::literal_of(got);
}

class ModelTestReader {
 public:
  ModelTestReader(const Draft& draft, const Source& source, const Node& node)
      : draft_(draft),
        source_(source),
        map_(source, node, {"name", "model", "decision", "inputs", "on", "expect"}) {}

  std::optional<ModelTest> read() {
    if (!find_model() || !find_decision()) return std::nullopt;
    made_.question.today = map_.date_if("on");
    read_inputs();
    read_expectation();
    return std::move(made_);
  }

 private:
  bool find_model() {
    const std::string id = map_.text("model");
    made_.model = draft_.pack.find_model(id);
    if (made_.model != nullptr || id.empty()) return made_.model != nullptr;
    // A file that is there but cannot be used has told why.
    if (draft_.pack.files.contains("rules/" + id + ".dmn")) return false;
    source_.error("PK-0191", map_.find("model")->place,
                  {{"name", id}, {"known", suggestion(id, ids_of(draft_.pack.models))}});
    return false;
  }

  // A model of one decision needs no choice.
  bool find_decision() {
    const dmn::Engine& engine = *made_.model->engine;
    std::vector<std::string> names;
    for (const auto& decision : engine.decisions()) names.push_back(decision.name);
    std::string& decision = made_.question.decision;
    decision = map_.text_or("decision", names.size() == 1 ? names[0] : "");
    if (decision.empty()) {
      static_cast<void>(map_.need("decision"));
      return false;
    }
    if (engine.has_decision(decision)) return true;
    const Node* place = map_.find("decision");
    source_.error(
        "PK-0192", place == nullptr ? map_.node().place : place->place,
        {{"model", made_.model->id}, {"name", decision}, {"known", suggestion(decision, names)}});
    return false;
  }

  void read_inputs() {
    const Node* inputs = map_.find("inputs");
    if (inputs == nullptr || !expect_map(source_, *inputs, "inputs")) return;
    const dmn::Engine& engine = *made_.model->engine;
    const auto known = engine.inputs_of(dmn::TargetKind::kDecision, made_.question.decision);
    for (const Member& member : inputs->members) {
      const auto info = std::find_if(known.begin(), known.end(),
                                     [&](const auto& one) { return one.name == member.key; });
      const bool is_guessed = info != known.end() && info->type.is_any();
      made_.question.inputs.push_back({member.key, value_of(member.value, is_guessed), {}});
    }
    feel::Environment environment;
    environment.zones = &model::no_zones();
    const auto typed =
        dmn::typed_inputs(engine, made_.question.decision, made_.question.inputs, environment);
    for (const Problem& problem : typed.problems) {
      source_.report.add(problem, source_.file, inputs->place_at({problem.where}));
    }
  }

  void read_expectation() {
    const Node* expect = map_.need("expect");
    if (expect == nullptr) return;
    const MapReader map(source_, *expect, {"value", "outcome", "missing", "rules"});
    if (const Node* value = map.find("value")) made_.value = *value;
    made_.outcome = map.closed("outcome", kOutcomes);
    if (map.has("missing")) {
      made_.missing = map.texts_or_none("missing");
      std::sort(made_.missing->begin(), made_.missing->end());
      if (made_.outcome.empty()) made_.outcome = "unknown";
    }
    if (map.has("rules")) made_.rules = map.texts_or_none("rules");
    if (!made_.value && made_.outcome.empty() && !made_.rules)
      source_.error("PK-0193", expect->place);
  }

  const Draft& draft_;
  const Source& source_;
  const MapReader map_;
  ModelTest made_;
};

LocalizedText both(const std::string& text) { return {text, text}; }

// One line for each table that took part: what went in, which rules matched, what nearly did.
void tell_table(const dmn::TableTrace& table, std::vector<LocalizedText>& why) {
  std::string inputs;
  for (const auto& [name, value] : table.inputs) {
    inputs += (inputs.empty() ? "" : ", ") + name + " = " + feel::literal_of(value, kLongestShown);
  }
  std::vector<std::string> matched;
  for (const auto& rule : table.rules) {
    if (rule.has_matched) matched.push_back(std::to_string(rule.number));
  }
  const std::string head = table.name + ": " + inputs;
  if (!matched.empty()) {
    why.push_back({head + "; passende regels: " + joined(matched),
                   head + "; rules that match: " + joined(matched)});
    return;
  }
  why.push_back({head + "; geen regel past", head + "; no rule matches"});
  for (const auto& miss : table.near_misses) {
    std::vector<std::string> blocking;
    for (const auto column : miss.columns) blocking.push_back(table.inputs[column].name);
    const std::string rule = std::to_string(miss.rule);
    why.push_back({"regel " + rule + " past niet door: " + joined(blocking),
                   "rule " + rule + " does not match because of: " + joined(blocking)});
  }
}

void tell_why(const ModelAnswer& answer, std::vector<LocalizedText>& why) {
  for (const auto& decision : answer.answer.explanation.decisions()) {
    why.push_back(both(decision.name + " = " + feel::literal_of(decision.value, kLongestShown)));
    for (const auto& table : decision.tables) tell_table(table, why);
  }
  if (!answer.told.missing.empty()) {
    const std::string missing = joined(answer.told.missing);
    why.push_back({"er ontbreekt: " + missing, "missing: " + missing});
  }
  for (const Error& error : answer.told.errors) why.push_back(error.message);
}

// The numbers of the rules that match in the table of the decision itself.
std::vector<std::string> matched_rules(const ModelAnswer& answer) {
  std::vector<std::string> numbers;
  const auto& decisions = answer.answer.explanation.decisions();
  if (decisions.empty() || decisions.back().tables.empty()) return numbers;
  for (const auto& rule : decisions.back().tables.back().rules) {
    if (rule.has_matched) numbers.push_back(std::to_string(rule.number));
  }
  return numbers;
}

}  // namespace

std::optional<ModelTest> read_model_test(const Draft& draft, const Source& source,
                                         const Node& node) {
  return ModelTestReader(draft, source, node).read();
}

void run_model_test(const ModelTest& test, TestOutcome& outcome) {
  ModelQuestion question = test.question;
  question.explain = dmn::ExplainLevel::kBrief;
  ModelAnswer answer = ask_model(*test.model, question);
  const auto differ = [&](std::string what, std::string expected, std::string got) {
    outcome.differences.push_back({std::move(what), std::move(expected), std::move(got)});
  };
  for (const Problem& problem : answer.problems) differ("inputs", "fit", problem.message.en);
  if (!answer.problems.empty()) return;
  std::sort(answer.told.missing.begin(), answer.told.missing.end());
  const std::string came(dmn::outcome_name(answer.told.outcome));
  const bool is_unknown = answer.told.outcome == dmn::Outcome::kUnknown;
  if (test.outcome.empty() ? is_unknown : test.outcome != came)
    differ("outcome", test.outcome.empty() ? "value" : test.outcome, came);
  if (test.missing && *test.missing != answer.told.missing)
    differ("missing", joined(*test.missing), joined(answer.told.missing));
  if (test.value && !says(*test.value, answer.answer.value))
    differ("value", text_of(*test.value), feel::literal_of(answer.answer.value, kLongestShown));
  if (const auto matched = matched_rules(answer); test.rules && *test.rules != matched)
    differ("rules", joined(*test.rules), joined(matched));
  if (!outcome.passed()) tell_why(answer, outcome.why);
}

}  // namespace zicht::packs::internal
