#include "dmn/interview.h"

#include <algorithm>

#include "base/error_catalogue.h"
#include "dmn/internal/completions.h"
#include "dmn/internal/given.h"
#include "feel/value_json.h"

namespace zicht::dmn {

using feel::Value;
using internal::Completions;
using internal::Direct;
using internal::InterviewPlan;
using internal::Node;
using internal::Outlook;
using internal::Partial;
using internal::Topic;

namespace {

// The replies by question: its value, and whether the person does not know it. A model that says
// itself what a missing value means takes "not known" for that.
struct Facts {
  std::vector<Value> values{};
  std::vector<bool> is_known{};
  std::vector<bool> is_unknown{};
};

Question question_of(const InterviewPlan& plan, const Topic& topic) {
  Question question;
  question.name = topic.name;
  question.label = topic.label;
  question.description = topic.description;
  question.input = plan.graph->nodes[topic.node].name;
  question.path = topic.path;
  question.type = topic.type;
  question.names_missing = topic.names_missing;
  for (const auto& value : topic.values) {
    if (topic.is_listed && !value.is_null()) question.choices.push_back(value);
  }
  return question;
}

// The value as the question takes it: of its type, and allowed; else why not.
std::optional<internal::Misfit> misfit_of(const InterviewPlan& plan, internal::Unknown variable,
                                          Value& value, feel::CallContext& context) {
  const Topic& topic = plan.topics[variable];
  const Node& input = plan.graph->nodes[topic.node];
  Value one = feel::coerce(value, topic.type, topic.name);
  if (one.is_null()) return internal::other_type(topic.name, topic.type);
  internal::Assignment alone(plan.topics.size() + plan.graph->nodes.size());
  alone[variable] = &one;
  const Value whole = internal::conform(internal::input_value(plan, topic.node, alone), input.type,
                                        input.name, context);
  if (whole.is_null()) {
    return internal::not_allowed(topic.name, topic.domain.empty()
                                                 ? input.type.check ? input.type.check->name : ""
                                                 : std::string(topic.domain.front()->text()));
  }
  value = std::move(one);
  return std::nullopt;
}

Result<Facts> facts_of(const InterviewPlan& plan, std::span<const Reply> replies,
                       feel::CallContext& context) {
  const std::size_t count = plan.topics.size();
  Facts facts{std::vector<Value>(count), std::vector<bool>(count), std::vector<bool>(count)};
  for (const auto& reply : replies) {
    const std::string name = feel::canonical_name(reply.question);
    bool was_found = false;
    for (internal::Unknown topic = 0; topic < count; ++topic) {
      if (plan.topics[topic].name != reply.question && plan.topics[topic].name != name) continue;
      was_found = true;
      facts.is_known[topic] = reply.value.has_value() || plan.topics[topic].names_missing;
      facts.is_unknown[topic] = !facts.is_known[topic];
      facts.values[topic] = Value::missing(plan.topics[topic].name);
      if (!reply.value) continue;
      facts.values[topic] = *reply.value;
      if (const auto misfit = misfit_of(plan, topic, facts.values[topic], context))
        return misfit->error();
    }
    if (was_found) continue;
    std::vector<std::string> names;
    for (const auto& topic : plan.topics) names.push_back(topic.name);
    return internal::no_such_input(reply.question, names).error();
  }
  return facts;
}

// One step: looks at what is known, and chooses.
class Stepper {
 public:
  Stepper(const InterviewPlan& plan, const Facts& facts, const InterviewLimits& limits,
          feel::CallContext& context)
      : plan_(plan),
        facts_(facts),
        limits_(limits),
        known_(known_values()),
        partial_(plan, context),
        completions_(plan, known_, context) {
    for (internal::Unknown topic = 0; topic < plan_.topics.size(); ++topic)
      partial_.set(topic, known_[topic]);
  }

  Step step() {
    const Outlook outlook = partial_.outlook();
    step_.undecided = outlook.open;
    const Proof proof = prove(outlook);
    if (!proof.outcome && !proof.open.empty()) {
      for (const auto topic : proof.unknown) step_.missing.push_back(plan_.topics[topic].name);
      ask(choice_of(proof.open, outlook), proof.open, outlook);
      return std::move(step_);
    }
    const Direct direct = stand_in_for_missing(proof);
    const auto lacking = lacking_in(direct, proof);
    if (!lacking.empty()) {
      ask({.topic = lacking.front(), .is_passed_over = true}, lacking, outlook);
      return std::move(step_);
    }
    end(direct, proof);
    return std::move(step_);
  }

 private:
  // What holds whatever the answers to what is open are.
  struct Proof {
    std::optional<Value> outcome{};
    std::vector<internal::Unknown> open{};  // without outcome: may still be asked, and may matter
    std::vector<internal::Unknown> unknown{};  // to the person, and may matter
  };
  struct Candidate {
    internal::Unknown topic = 0;
    double left = 1;
    bool is_certain = false;
    bool is_passed_over = false;
  };

  Proof prove(const Outlook& outlook) {
    Proof proof;
    proof.outcome = outlook.outcome;
    step_.is_exact = proof.outcome.has_value();
    if (proof.outcome) return proof;
    const auto tried =
        completions_.try_all(outlook.live, asked_of(outlook.live), limits_.combinations);
    step_.is_exact = tried.has_value();
    if (!tried) {
      if (const auto deciding = deciding_unknown(outlook); !deciding.empty()) {
        proof.outcome = Value();
        proof.unknown = deciding;
        return proof;
      }
      split(outlook.first, proof);
      if (proof.open.empty()) split(outlook.live, proof);
      return proof;
    }
    std::vector<internal::Unknown> mattering;
    for (std::size_t i = 0; i < outlook.live.size(); ++i) {
      if (tried->matters[i]) mattering.push_back(outlook.live[i]);
    }
    split(mattering, proof);
    if (tried->is_settled) proof.outcome = tried->outcome;
    return proof;
  }

  void split(const std::vector<internal::Unknown>& topics, Proof& proof) const {
    proof.unknown.clear();
    for (const auto topic : topics)
      (facts_.is_unknown[topic] ? proof.unknown : proof.open).push_back(topic);
  }

  // What nobody knows and makes the outcome undeterminable whatever is still answered: two ways in
  // which it may be that lead to different outcomes. Nothing where that is not seen.
  std::vector<internal::Unknown> deciding_unknown(const Outlook& outlook) {
    constexpr std::size_t kMostWays = 64;
    std::vector<internal::Unknown> unknown;
    std::size_t count = 1;
    for (const auto topic : outlook.live) {
      const Topic& one = plan_.topics[topic];
      if (!facts_.is_unknown[topic] || !one.is_partition) continue;
      if (count * one.values.size() > kMostWays) break;
      count *= one.values.size();
      unknown.push_back(topic);
    }
    std::vector<internal::Possible> ways;
    bool is_decided = false;
    for (std::size_t i = 0; i < count && count > 1 && !is_decided; ++i) {
      if (partial_.work() >= limits_.work) break;
      std::size_t rest = i;
      for (const auto topic : unknown) {
        const auto& values = plan_.topics[topic].values;
        partial_.set(topic, &values[rest % values.size()]);
        rest /= values.size();
      }
      ways.push_back(partial_.target());
      is_decided = std::any_of(ways.begin(), ways.end() - 1, [&](const internal::Possible& one) {
        return internal::is_never_same(one, ways.back());
      });
    }
    for (const auto topic : unknown) partial_.set(topic, nullptr);
    return is_decided ? unknown : std::vector<internal::Unknown>();
  }

  // Evaluates the answers. What is not answered is missing to evaluation, also where it changes
  // nothing: there a value stands in for it, for as few questions as will do. Where the outcome
  // cannot be determined none does for what nobody knows, as it rests on that.
  Direct stand_in_for_missing(const Proof& proof) {
    const bool has_outcome = proof.outcome && !proof.outcome->is_null();
    internal::Assignment answers = replied_values();
    const Direct plain = completions_.evaluate(answers);
    Direct direct = plain;
    std::vector<internal::Unknown> standing;
    const auto stand_in = [&](internal::Unknown topic) {
      const auto& values = plan_.topics[topic].values;
      const bool is_missing = !facts_.is_known[topic] &&
                              (has_outcome || !facts_.is_unknown[topic]) &&
                              (answers[topic] == nullptr || answers[topic]->is_null());
      if (!is_missing || values.empty()) return;
      answers[topic] = &values[0];
      standing.push_back(topic);
    };
    for (std::size_t before = ~std::size_t{0}; direct.outcome.is_null();) {
      if (before == standing.size()) break;
      before = standing.size();
      for (const auto topic : direct.lacks) stand_in(topic);
      direct = completions_.evaluate(answers);
    }
    const bool is_as_proved = has_outcome
                                  ? internal::is_same_outcome(*proof.outcome, direct.outcome)
                                  : direct.outcome.is_null();
    if (!is_as_proved) return plain;
    for (const auto topic : standing)
      step_.stand_ins.push_back({question_of(plan_, plan_.topics[topic]), *answers[topic]});
    return direct;
  }

  // Evaluation has the last word. Where it does not say what is proved, since no value is known
  // that could stand in for what is missing, that is asked.
  std::vector<internal::Unknown> lacking_in(const Direct& direct, const Proof& proof) const {
    if (!proof.outcome || internal::is_same_outcome(*proof.outcome, direct.outcome)) return {};
    std::vector<internal::Unknown> all;
    for (internal::Unknown topic = 0; topic < plan_.topics.size(); ++topic) {
      if (!facts_.is_known[topic] && !facts_.is_unknown[topic]) all.push_back(topic);
    }
    if (!direct.outcome.is_null()) return all;
    std::erase_if(all, [&](internal::Unknown topic) {
      return std::find(direct.lacks.begin(), direct.lacks.end(), topic) == direct.lacks.end();
    });
    return all;
  }

  internal::Assignment known_values() const {
    internal::Assignment known(plan_.topics.size() + plan_.graph->nodes.size());
    for (internal::Unknown topic = 0; topic < plan_.topics.size(); ++topic) {
      if (facts_.is_known[topic]) known[topic] = &facts_.values[topic];
    }
    return known;
  }

  // What is known, and what the person does not know as missing.
  internal::Assignment replied_values() const {
    internal::Assignment replied = known_;
    for (internal::Unknown topic = 0; topic < plan_.topics.size(); ++topic) {
      if (facts_.is_unknown[topic]) replied[topic] = &facts_.values[topic];
    }
    return replied;
  }

  std::vector<bool> asked_of(const std::vector<internal::Unknown>& live) const {
    std::vector<bool> may_be_asked(plan_.topics.size());
    for (const auto topic : live) may_be_asked[topic] = !facts_.is_unknown[topic];
    return may_be_asked;
  }

  // Nothing is left to ask: the outcome is that of evaluating the answers.
  void end(const Direct& direct, const Proof& proof) {
    step_.outcome = direct.outcome;
    step_.is_settled = !direct.outcome.is_null() || (proof.outcome && proof.outcome->is_null());
    if (!direct.outcome.is_null()) return;
    std::vector<internal::Unknown> missing = proof.unknown;
    if (!step_.is_settled && missing.empty()) missing = unknown_in(direct.outcome);
    for (const auto topic : missing) step_.missing.push_back(plan_.topics[topic].name);
  }

  // What the person does not know, of the causes of a null.
  std::vector<internal::Unknown> unknown_in(const Value& outcome) const {
    std::vector<internal::Unknown> found;
    const auto reason = outcome.null_reason();
    if (!reason) return found;
    const auto causes = reason->causes();
    for (internal::Unknown topic = 0; topic < plan_.topics.size(); ++topic) {
      const bool is_named = std::any_of(causes.begin(), causes.end(), [&](const auto& cause) {
        return cause.fact == plan_.topics[topic].name;
      });
      if (facts_.is_unknown[topic] && is_named) found.push_back(topic);
    }
    return found;
  }
  // Of what is undecided, the part that stays so: the mean over the cells of the question.
  double expected_left(internal::Unknown topic, const Outlook& outlook) {
    const auto& values = plan_.topics[topic].values;
    if (values.empty() || outlook.open == 0) return 1;
    const std::size_t stride = (values.size() + limits_.answers - 1) / limits_.answers;
    std::size_t left = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < values.size() && partial_.work() < limits_.work; i += stride) {
      partial_.set(topic, &values[i]);
      left += partial_.outlook().open;
      ++count;
    }
    partial_.set(topic, nullptr);
    return count == 0 ? 1 : static_cast<double>(left) / static_cast<double>(count * outlook.open);
  }

  Candidate choice_of(const std::vector<internal::Unknown>& open, const Outlook& outlook) {
    std::vector<Candidate> candidates;
    for (const auto topic : open)
      candidates.push_back({topic, expected_left(topic, outlook), step_.is_exact, false});
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.left < b.left; });
    if (step_.is_exact) return candidates.front();
    for (auto& candidate : candidates) {
      const std::size_t left = limits_.work - std::min(limits_.work, partial_.work() / 2);
      if (!completions_.has_example(candidate.topic, partial_, left)) continue;
      candidate.is_certain = true;
      return candidate;
    }
    return candidates.front();
  }

  void ask(const Candidate& chosen, const std::vector<internal::Unknown>& open,
           const Outlook& outlook) {
    for (const auto topic : open) step_.open.push_back(plan_.topics[topic].name);
    Asked asked;
    asked.question = question_of(plan_, plan_.topics[chosen.topic]);
    asked.is_certain = chosen.is_certain;
    asked.is_passed_over = chosen.is_passed_over;
    asked.expected_left = chosen.left;
    asked.why = bearings(chosen, outlook);
    step_.next = std::move(asked);
  }

  // The decisions on the ways from the question to the target, the nearest first: those that are
  // not settled, or all where the outcome is and evaluation alone wants the answer.
  std::vector<Bearing> bearings(const Candidate& asked, const Outlook& outlook) {
    std::vector<Bearing> found;
    const auto& nodes = asked.is_passed_over ? plan_.order : outlook.nodes;
    std::vector<bool> was_seen(plan_.graph->nodes.size());
    std::vector<internal::Unknown> way = {asked.topic};
    for (std::size_t i = 0; i < way.size(); ++i) {
      for (const auto node : nodes) {
        const auto looks_at = asked.is_passed_over
                                  ? std::span<const internal::Unknown>(plan_.logic[node].uses)
                                  : partial_.live_in(node);
        if (was_seen[node] || std::find(looks_at.begin(), looks_at.end(), way[i]) == looks_at.end())
          continue;
        was_seen[node] = true;
        way.push_back(plan_.variable_of(node));
        found.push_back(bearing(node, way[i]));
      }
    }
    return found;
  }

  Bearing bearing(std::size_t node, internal::Unknown on) {
    const Node& one = plan_.graph->nodes[node];
    Bearing bearing;
    bearing.decision = one.name;
    bearing.decision_question = static_cast<const Decision&>(*one.element).question;
    bearing.id = one.element->id;
    bearing.line = one.element->line;
    bearing.sources = one.sources;
    for (const auto& hanging : partial_.hanging(node, on)) {
      for (const auto rule : hanging.rules)
        bearing.rules.push_back(static_cast<std::uint32_t>(rule + 1));
    }
    return bearing;
  }

  const InterviewPlan& plan_;
  const Facts& facts_;
  const InterviewLimits& limits_;
  internal::Assignment known_;
  Partial partial_;
  Completions completions_;
  Step step_{};
};

// Replies out of inputs as people give them; of a group each member is a reply.
class ReplyReader {
 public:
  ReplyReader(const InterviewPlan& plan, feel::CallContext& context)
      : plan_(plan), context_(context) {}

  void read(const InputValue& given) {
    std::vector<std::string> names;
    for (std::size_t node = 0; node < plan_.topics_of.size(); ++node) {
      if (plan_.topics_of[node].empty()) continue;
      const Node& input = plan_.graph->nodes[node];
      if (input.name == given.name || input.name == feel::canonical_name(given.name)) {
        return read_group({plan_.topics_of[node], 0, &input.type.type, given.name}, given.value);
      }
      names.push_back(input.name);
    }
    add(internal::no_such_input(given.name, names), given.name);
  }

  [[nodiscard]] bool is_full() const { return made_.problems.size() >= internal::kMostMisfits; }
  [[nodiscard]] GivenReplies take() { return std::move(made_); }

 private:
  // The questions about one input, or about a member of it `depth` levels down.
  struct Group {
    std::span<const internal::Unknown> topics{};
    std::size_t depth = 0;
    const feel::Type* type = nullptr;
    std::string name{};
  };

  void add(const internal::Misfit& misfit, const std::string& where) {
    made_.problems.push_back(misfit.at(where));
  }

  void read_group(const Group& group, const Value& value) {
    const bool is_question = plan_.topics[group.topics.front()].path.size() == group.depth;
    if (value.is_null() || is_question) {
      for (const internal::Unknown topic : group.topics) read_value(topic, value);
    } else if (value.is(feel::Kind::kContext)) {
      read_members(group, value.as_context());
    } else {
      add(internal::other_type(group.name, *group.type), group.name);
    }
  }

  // A member that the type has and the decision does not need is none of its questions.
  void read_members(const Group& group, const feel::Context& members) {
    for (std::size_t i = 0; i < members.size() && !is_full(); ++i) {
      const std::string& own = members.shape().names()[i];
      const feel::Type* type = group.type->find_member(own);
      if (type == nullptr) {
        add_unknown_member(group, own);
        continue;
      }
      const Group inner{topics_of(group, own), group.depth + 1, type, group.name + "." + own};
      if (!inner.topics.empty()) read_group(inner, members.slots()[i]);
    }
  }

  // Those of one member lie together.
  [[nodiscard]] std::span<const internal::Unknown> topics_of(const Group& group,
                                                             const std::string& member) const {
    const auto is_of = [&](internal::Unknown topic) {
      return plan_.topics[topic].path[group.depth] == member;
    };
    const auto first = std::find_if(group.topics.begin(), group.topics.end(), is_of);
    return {first, std::find_if_not(first, group.topics.end(), is_of)};
  }

  void add_unknown_member(const Group& group, const std::string& own) {
    std::vector<std::string> names;
    for (const auto& member : group.type->members()) names.push_back(member.name);
    add(internal::no_such_input(own, names), group.name + "." + own);
  }

  void read_value(internal::Unknown variable, const Value& value) {
    const Topic& topic = plan_.topics[variable];
    Reply reply{topic.name, std::nullopt};
    if (!value.is_null()) {
      reply.value = feel::typed_from_json(value, topic.type, context_.zones());
      const auto misfit = misfit_of(plan_, variable, *reply.value, context_);
      if (misfit && !context_.budget().is_exhausted()) add(*misfit, topic.name);
    }
    made_.replies.push_back(std::move(reply));
  }

  const InterviewPlan& plan_;
  feel::CallContext& context_;
  GivenReplies made_{};
};

}  // namespace

Result<Interview> Interview::create(const std::shared_ptr<const Engine>& engine,
                                    std::string_view decision, const feel::Environment& environment,
                                    const feel::Limits& limits) {
  const auto& graph = engine->graph();
  const Node* target = graph.find_own(internal::NodeKind::kDecision, decision);
  if (target == nullptr) {
    std::string list;
    for (const auto& one : engine->decisions())
      list.append(list.empty() ? "" : ", ").append(one.name);
    return make_error("DM-0050", {{"name", std::string(decision)}, {"nearest", list}});
  }
  feel::Budget budget(limits);
  feel::CallContext context(environment, budget);
  // The plan shares the graph with the engine that owns it.
  const std::shared_ptr<const internal::Graph> shared(engine, &graph);
  auto plan = internal::plan_interview(shared, graph.index_of(*target), context);
  if (budget.is_exhausted()) return budget.error();
  return Interview(std::move(plan), environment);
}

std::vector<Question> Interview::questions() const {
  std::vector<Question> questions;
  for (const auto& topic : plan_->topics) questions.push_back(question_of(*plan_, topic));
  return questions;
}

GivenReplies Interview::replies_in(const std::vector<InputValue>& given,
                                   const feel::Limits& limits) const {
  feel::Budget budget(limits);
  feel::CallContext context(environment_, budget);
  ReplyReader reader(*plan_, context);
  for (const auto& one : given) {
    if (reader.is_full() || budget.is_exhausted()) break;
    reader.read(one);
  }
  GivenReplies made = reader.take();
  if (budget.is_exhausted()) made.error = budget.error();
  return made;
}

namespace {

Result<Step> step_within(const InterviewPlan& plan, const feel::Environment& environment,
                         std::span<const Reply> replies, const InterviewLimits& limits) {
  feel::Budget budget(limits.evaluation);
  feel::CallContext context(environment, budget);
  ZICHT_TRY(facts, facts_of(plan, replies, context));
  Step step = Stepper(plan, facts, limits, context).step();
  if (budget.is_exhausted()) return budget.error();
  return step;
}

}  // namespace

// Where looking ahead takes more than evaluating may, what can be seen without it has to do: that
// may ask more, and in another order, and is settled as surely.
Result<Step> Interview::next(std::span<const Reply> replies, const InterviewLimits& limits) const {
  auto step = step_within(*plan_, environment_, replies, limits);
  if (step || step.error().code != Code::kResourceExhausted) return step;
  InterviewLimits near = limits;
  near.combinations = 0;
  near.work = 0;
  return step_within(*plan_, environment_, replies, near);
}

std::vector<Reply> with_stand_ins(std::span<const Reply> replies, const Step& step) {
  std::vector<Reply> all(replies.begin(), replies.end());
  for (const auto& one : step.stand_ins) all.push_back({one.question.name, one.value});
  return all;
}

Error wrong_answer(const Question& question) {
  return internal::other_type(question.name, question.type).error();
}

Result<std::vector<InputValue>> Interview::inputs_of(std::span<const Reply> replies,
                                                     const feel::Limits& limits) const {
  feel::Budget budget(limits);
  feel::CallContext context(environment_, budget);
  ZICHT_TRY(facts, facts_of(*plan_, replies, context));
  internal::Assignment known(plan_->topics.size() + plan_->graph->nodes.size());
  for (internal::Unknown topic = 0; topic < plan_->topics.size(); ++topic) {
    if (facts.is_known[topic]) known[topic] = &facts.values[topic];
  }
  std::vector<InputValue> inputs;
  for (std::size_t node = 0; node < plan_->topics_of.size(); ++node) {
    if (plan_->topics_of[node].empty()) continue;
    const Node& one = plan_->graph->nodes[node];
    inputs.push_back(
        {one.name, internal::input_value(*plan_, node, known), one.model->namespace_uri});
  }
  return inputs;
}

}  // namespace zicht::dmn
