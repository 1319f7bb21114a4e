#include "dmn/internal/completions.h"

#include <algorithm>

#include "dmn/inputs.h"
#include "dmn/internal/run.h"

namespace zicht::dmn::internal {

using feel::Value;

namespace {

bool has(const std::vector<Unknown>& variables, Unknown one) {
  return std::find(variables.begin(), variables.end(), one) != variables.end();
}

}  // namespace

Completions::Completions(const InterviewPlan& plan, const Assignment& known,
                         feel::CallContext& context)
    : plan_(plan), known_(known), context_(context) {}

Value Completions::decide(const Assignment& answers) {
  Assignment all = answers;
  for (Unknown topic = 0; topic < plan_.topics.size(); ++topic) {
    const auto& values = plan_.topics[topic].values;
    if (all[topic] == nullptr && !values.empty()) all[topic] = &values[0];
  }
  Answer answer = run(all);
  return judge_answer(answer).outcome == Outcome::kUnknown ? Value() : std::move(answer.value);
}

Direct Completions::evaluate(const Assignment& answers) {
  const Answer answer = run(answers);
  const Told told = judge_answer(answer);
  Direct direct;
  if (told.outcome != Outcome::kUnknown) {
    direct.outcome = answer.value;
    return direct;
  }
  std::vector<Value> reasons;
  if (answer.value.null_reason()) reasons.push_back(answer.value);
  for (const auto& cause : answer.passed_over) {
    reasons.push_back(cause.kind == feel::NullCause::Kind::kError
                          ? Value::error(cause.id, cause.arguments)
                          : Value::missing(cause.fact));
  }
  if (!reasons.empty()) direct.outcome = feel::joined_null(reasons);
  for (Unknown topic = 0; topic < plan_.topics.size(); ++topic) {
    const auto& name = plan_.topics[topic].name;
    const bool is_lacking =
        (answers[topic] == nullptr || answers[topic]->is_null()) &&
        std::find(told.missing.begin(), told.missing.end(), name) != told.missing.end();
    if (is_lacking) direct.lacks.push_back(topic);
  }
  return direct;
}

Answer Completions::run(const Assignment& answers) {
  (void)context_.take_passed_over();
  Run run(plan_.session, context_);
  const std::size_t size = plan_.graph->nodes.size();
  for (std::size_t node = 0; node < size; ++node) {
    if (plan_.topics_of[node].empty()) continue;
    const Node& input = plan_.graph->nodes[node];
    run.set(node, conform(input_value(plan_, node, answers), input.type, input.name, context_));
  }
  Answer answer;
  answer.value = run.value_of(plan_.target);
  answer.passed_over = run.passed_over(plan_.target);
  (void)context_.take_passed_over();
  return answer;
}

bool Completions::has_fillers_for_all() const {
  for (Unknown topic = 0; topic < plan_.topics.size(); ++topic) {
    if (known_[topic] == nullptr && plan_.topics[topic].values.empty()) return false;
  }
  return true;
}

// Combinations of those that may be asked, and within each all of what nobody knows.
std::optional<Tried> Completions::try_all(const std::vector<Unknown>& live,
                                          const std::vector<bool>& may_be_asked, std::size_t max) {
  if (!has_fillers_for_all()) return std::nullopt;
  std::vector<Unknown> order;  // what nobody knows first: those digits turn fastest
  for (const auto one : live) {
    if (!may_be_asked[one]) order.push_back(one);
  }
  const std::size_t unknown = order.size();
  for (const auto one : live) {
    if (may_be_asked[one]) order.push_back(one);
  }
  std::size_t count = 1;
  std::size_t inner = 1;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Topic& topic = plan_.topics[order[i]];
    if (!topic.is_partition) return std::nullopt;
    count *= topic.values.size();
    if (count > max) return std::nullopt;
    if (i < unknown) inner = count;
  }
  std::vector<Value> outcomes;
  Assignment answers = known_;
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t rest = i;
    for (const auto one : order) {
      const auto& values = plan_.topics[one].values;
      answers[one] = &values[rest % values.size()];
      rest /= values.size();
    }
    outcomes.push_back(decide(answers));
  }
  Tried tried;
  tried.is_settled = true;
  std::vector<Value> certain;  // by combination of those that may be asked
  for (std::size_t i = 0; i < count; i += inner) {
    const bool is_one =
        std::all_of(outcomes.begin() + static_cast<std::ptrdiff_t>(i),
                    outcomes.begin() + static_cast<std::ptrdiff_t>(i + inner),
                    [&](const Value& one) { return is_same_outcome(one, outcomes[i]); });
    certain.push_back(is_one ? outcomes[i] : Value());
    tried.is_settled = tried.is_settled && is_same_outcome(certain.back(), certain[0]);
  }
  if (tried.is_settled) tried.outcome = certain[0];
  tried.matters.resize(live.size());
  std::size_t stride = 1;
  for (std::size_t at = 0; at < order.size(); ++at) {
    const bool is_asked = at >= unknown;
    const auto& known = is_asked ? certain : outcomes;
    const std::size_t step = is_asked ? stride / inner : stride;
    const std::size_t size = plan_.topics[order[at]].values.size();
    bool matters = false;
    for (std::size_t i = 0; i < known.size() && !matters; ++i)
      matters = !is_same_outcome(known[i], known[i - i / step % size * step]);
    const auto place = std::find(live.begin(), live.end(), order[at]) - live.begin();
    tried.matters[static_cast<std::size_t>(place)] = matters;
    stride *= size;
  }
  return tried;
}

bool Completions::differs_by(Unknown topic, Assignment& answers) {
  std::optional<Value> first;
  for (const auto& value : plan_.topics[topic].values) {
    answers[topic] = &value;
    const Value outcome = decide(answers);
    // Where samples stand for answers, what cannot be determined may be their fault.
    if (outcome.is_null() && !has_fillers_for_all()) continue;
    if (first && !is_same_outcome(*first, outcome)) return true;
    if (!first) first = outcome;
  }
  return false;
}

bool Completions::has_example(Unknown topic, Partial& partial, std::size_t max_work) {
  constexpr std::size_t kMaxTries = 16;  // answers of one other question
  const std::size_t before = partial.work();
  Assignment answers = known_;
  std::vector<Unknown> answered;
  bool is_live = true;
  while (is_live) {
    const auto live = partial.outlook().live;
    const auto other = std::find_if(live.begin(), live.end(), [&](Unknown one) {
      return one != topic && !has(answered, one) && !plan_.topics[one].values.empty();
    });
    if (other == live.end()) break;
    answered.push_back(*other);
    const auto& values = plan_.topics[*other].values;
    const std::size_t step = values.size() / kMaxTries + 1;
    is_live = false;
    for (std::size_t i = 0; i < values.size() && !is_live; i += step) {
      if (partial.work() - before > max_work) break;
      partial.set(*other, &values[i]);
      answers[*other] = &values[i];
      is_live = has(partial.outlook().live, topic);
    }
  }
  for (const auto one : answered) partial.set(one, known_[one]);
  return is_live && differs_by(topic, answers);
}

}  // namespace zicht::dmn::internal
