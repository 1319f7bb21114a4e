#include "dmn/internal/interview_plan.h"

#include <algorithm>

#include "dmn/internal/interview_cells.h"
#include "dmn/internal/interview_parts.h"
#include "dmn/internal/run.h"

namespace zicht::dmn::internal {

using feel::Type;
using feel::Value;

namespace {

// A context of more members, at all depths, is asked as one thing.
constexpr std::size_t kMaxMembers = 200;

void add_tests(const Check* check, std::span<const std::string> path, Domain& domain) {
  for (; check != nullptr; check = check->base.get()) {
    if (path.empty()) {
      if (check->value_tests) domain.push_back(&*check->value_tests);
      continue;
    }
    for (const auto& [name, member] : check->members) {
      if (name == path.front()) add_tests(member.get(), path.subspan(1), domain);
    }
  }
}

// The questions of one input: its members where it is a context of known ones.
class TopicMaker {
 public:
  TopicMaker(InterviewPlan& plan, std::size_t node) : plan_(plan), node_(node) {}

  void make() {
    const Node& node = plan_.graph->nodes[node_];
    std::size_t left = kMaxMembers;
    if (!has_room(node.type.type, left)) return add(node.type.type, {});
    descend(node.type.type, {});
  }

 private:
  static bool is_asked_by_member(const Type& type) {
    return type.kind() == Type::Kind::kContext && !type.members().empty();
  }

  static bool has_room(const Type& type, std::size_t& left) {
    if (!is_asked_by_member(type)) return left > 0 && left-- > 0;
    return std::all_of(type.members().begin(), type.members().end(),
                       [&](const auto& member) { return has_room(member.type, left); });
  }

  void descend(const Type& type, std::vector<std::string> path) {
    if (!is_asked_by_member(type)) return add(type, std::move(path));
    for (const auto& member : type.members()) {
      path.push_back(member.name);
      descend(member.type, path);
      path.pop_back();
    }
  }

  void add(const Type& type, std::vector<std::string> path) {
    const Node& node = plan_.graph->nodes[node_];
    Topic topic;
    topic.node = node_;
    topic.name = node.name;
    for (const auto& member : path) topic.name.append(".").append(member);
    if (path.empty()) topic.label = node.element->label;
    topic.description = node.element->description;
    topic.type = type;
    add_tests(node.type.check.get(), path, topic.domain);
    topic.path = std::move(path);
    plan_.topics_of[node_].push_back(plan_.topics.size());
    plan_.topics.push_back(std::move(topic));
  }

  InterviewPlan& plan_;
  std::size_t node_;
};

// The nodes that the target takes, services and what they take not: those see their arguments.
std::vector<bool> nodes_below(const Graph& graph, std::size_t target) {
  std::vector<bool> seen(graph.nodes.size());
  std::vector<std::size_t> left = {target};
  while (!left.empty()) {
    const std::size_t node = left.back();
    left.pop_back();
    if (seen[node]) continue;
    seen[node] = true;
    if (graph.nodes[node].kind == NodeKind::kService) continue;
    for (const auto required : graph.nodes[node].requires_) left.push_back(required);
  }
  return seen;
}

void find_reach(InterviewPlan& plan) {
  plan.reach.assign(plan.topics.size(), std::vector<bool>(plan.graph->nodes.size()));
  for (Unknown topic = 0; topic < plan.topics.size(); ++topic) {
    auto& reached = plan.reach[topic];
    for (const auto node : plan.order) {
      const auto& uses = plan.logic[node].uses;
      reached[node] = std::any_of(uses.begin(), uses.end(), [&](Unknown one) {
        return one == topic || (!plan.is_topic(one) && reached[plan.node_of(one)]);
      });
    }
  }
}

Value context_of(const InterviewPlan& plan, std::span<const Unknown> topics, std::size_t depth,
                 const Assignment& values) {
  feel::ContextBuilder builder;
  for (std::size_t i = 0; i < topics.size();) {
    const Topic& topic = plan.topics[topics[i]];
    std::size_t end = i + 1;
    while (end < topics.size() && plan.topics[topics[end]].path[depth] == topic.path[depth]) ++end;
    if (topic.path.size() > depth + 1) {
      builder.set(topic.path[depth],
                  context_of(plan, topics.subspan(i, end - i), depth + 1, values));
    } else {
      const Value* value = values[topics[i]];
      builder.set(topic.path[depth], value != nullptr ? *value : Value::missing(topic.name));
    }
    i = end;
  }
  return builder.build();
}

Value slot_value(const InterviewPlan& plan, const Slot& slot, const Assignment& values) {
  if (slot.kind == Slot::Kind::kImport) {
    std::vector<Value> parts;
    for (const auto& part : slot.parts) parts.push_back(slot_value(plan, part, values));
    return Value::context(slot.shape, std::move(parts));
  }
  const Node& node = plan.graph->nodes[slot.node];
  if (node.kind == NodeKind::kInput) return input_value(plan, slot.node, values);
  if (node.kind != NodeKind::kDecision) return plan.functions[slot.node].value_or(Value());
  const Value* value = values[plan.variable_of(slot.node)];
  if (value == nullptr) return Value::missing(node.name);
  return slot.kind == Slot::Kind::kOutput ? output_in(*value, slot.name) : *value;
}

}  // namespace

Value input_value(const InterviewPlan& plan, std::size_t node, const Assignment& values) {
  const auto& topics = plan.topics_of[node];
  if (topics.empty()) return Value::missing(plan.graph->nodes[node].name);
  if (!plan.topics[topics[0]].path.empty()) return context_of(plan, topics, 0, values);
  const Value* value = values[topics[0]];
  return value != nullptr ? *value : Value::missing(plan.topics[topics[0]].name);
}

std::vector<Value> slots_of(const InterviewPlan& plan, const Node& node, const Assignment& values) {
  std::vector<Value> slots;
  slots.reserve(std::max(node.slots.size(), node.frame_size));
  for (const auto& slot : node.slots) slots.push_back(slot_value(plan, slot, values));
  slots.resize(std::max(slots.size(), node.frame_size));
  return slots;
}

void add_uses(const InterviewPlan& plan, const Slot& slot, std::vector<Unknown>& uses) {
  if (slot.kind == Slot::Kind::kImport) {
    for (const auto& part : slot.parts) add_uses(plan, part, uses);
    return;
  }
  const NodeKind kind = plan.graph->nodes[slot.node].kind;
  const auto& topics = plan.topics_of[slot.node];
  if (kind == NodeKind::kInput) uses.insert(uses.end(), topics.begin(), topics.end());
  if (kind == NodeKind::kDecision) uses.push_back(plan.variable_of(slot.node));
}

std::shared_ptr<const InterviewPlan> plan_interview(const std::shared_ptr<const Graph>& graph,
                                                    std::size_t target,
                                                    feel::CallContext& context) {
  auto plan = std::make_shared<InterviewPlan>();
  const std::size_t size = graph->nodes.size();
  plan->graph = graph;
  plan->session.graph = graph;
  plan->target = target;
  plan->topics_of.resize(size);
  plan->logic.resize(size);
  plan->functions.resize(size);
  const auto below = nodes_below(*graph, target);
  for (std::size_t node = 0; node < size; ++node) {
    if (below[node] && graph->nodes[node].kind == NodeKind::kInput) TopicMaker(*plan, node).make();
  }
  Run run(plan->session, context);
  CellFinder cells(*plan, context);
  for (const auto node : graph->order) {
    if (!below[node]) continue;
    const NodeKind kind = graph->nodes[node].kind;
    if (kind == NodeKind::kKnowledge || kind == NodeKind::kService)
      plan->functions[node] = run.value_of(node);
    if (kind != NodeKind::kDecision) continue;
    plan->order.push_back(node);
    plan->logic[node] = PartMaker(*plan, graph->nodes[node], cells).make();
  }
  cells.finish();
  find_reach(*plan);
  return plan;
}

}  // namespace zicht::dmn::internal
