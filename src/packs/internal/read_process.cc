#include <algorithm>

#include "packs/internal/readers.h"

namespace zicht::packs::internal {
namespace {

using model::Need;

// "field(due)" with name "field" -> "due"; empty when it is something else.
std::string argument_of(std::string_view text, std::string_view name) {
  if (!text.starts_with(name)) return {};
  text.remove_prefix(name.size());
  if (text.size() < 3 || text.front() != '(' || text.back() != ')') return {};
  return std::string(text.substr(1, text.size() - 2));
}

std::optional<Need> find_need(std::string_view word) {
  if (word == "required") return Need::kRequired;
  if (word == "optional") return Need::kOptional;
  if (word == "none") return Need::kNone;
  return std::nullopt;
}

model::State read_state(const Source& source, const Member& member) {
  const MapReader map(source, member.value,
                      {"label", "meaning", "audience", "turn", "task", "fixed"});
  check_id(source, member.place, member.key, IdKind::kKebab);
  model::State state;
  state.id = member.key;
  state.label = map.localized("label");
  if (map.need("meaning") != nullptr) {
    state.meaning =
        map.word_if<model::Meaning>("meaning", model::find_meaning, names_of<model::Meaning>(7))
            .value_or(model::Meaning::kRunning);
  }
  state.audience = map.word_if<model::Sensitivity>("audience", model::find_sensitivity,
                                                   names_of<model::Sensitivity>(4));
  state.turn = map.text_or("turn");
  state.task = map.localized_if("task");
  state.is_fixed = map.boolean_or("fixed", false);
  if (state.task && state.turn.empty()) source.error("PK-0091", map.find("task")->place);
  return state;
}

void read_step_fields(const Source& source, const MapReader& map, model::Transition& made) {
  const Node* fields = map.find("fields");
  if (fields == nullptr || !expect_map(source, *fields, "fields")) return;
  for (const Member& member : fields->members) {
    const auto need = read_word<Need>(source, member.value, member.key, find_need,
                                      {"required", "optional"});
    made.fields[member.key] = need.value_or(Need::kOptional);
  }
}

void read_gate(const Source& source, const MapReader& map, model::Transition& made) {
  const Node* node = map.find("not_before");
  if (node == nullptr) return;
  const MapReader gate(source, *node, {"deadline", "gate"});
  made.not_before = model::Gate{gate.text("deadline"), true};
  if (gate.need("gate") != nullptr) {
    made.not_before->is_hard = gate.closed("gate", {"hard", "soft"}) != "soft";
  }
}

void read_extension(const Source& source, const MapReader& map, model::Transition& made) {
  const Node* node = map.find("extends");
  if (node == nullptr) return;
  const MapReader extension(source, *node, {"deadline", "by"});
  made.extends = extension.text("deadline");
  made.extends_by = extension.text("by");
}

// The scheduler has no hands: nothing a person does may be asked of an automatic transition.
void check_automatic(const Source& source, const MapReader& map, const model::Transition& made) {
  if (!made.is_automatic) {
    if (made.roles.empty()) source.error("PK-0087", map.node().place, {{"transition", made.id}});
    return;
  }
  for (const char* key : {"roles", "fields", "four_eyes", "not_before", "reason", "guard",
                          "freezes", "releases"}) {
    const Node* value = map.find(key);
    if (value == nullptr || (value->is_scalar() && value->text == "none")) continue;
    source.error("PK-0088", map.node().place_at({key}), {{"key", std::string(key)}});
  }
}

model::Transition read_transition(const Source& source, const Member& member) {
  const MapReader map(source, member.value,
                      {"label", "from", "to", "roles", "fields", "reason", "four_eyes",
                       "not_before", "stops", "extends", "suspends", "resumes", "automatic",
                       "guard", "freezes", "releases"});
  check_id(source, member.place, member.key, IdKind::kKebab);
  model::Transition made;
  made.id = member.key;
  made.label = map.localized("label");
  if (map.need("from") != nullptr) made.from = map.texts_or_none("from");
  made.to = map.text("to");
  made.roles = map.texts_or_none("roles");
  read_step_fields(source, map, made);
  made.reason = map.word_if<Need>("reason", find_need, {"required", "optional", "none"})
                    .value_or(Need::kOptional);
  made.four_eyes = map.texts_or_none("four_eyes");
  read_gate(source, map, made);
  made.stops = map.texts_or_none("stops");
  read_extension(source, map, made);
  made.suspends = map.text_or("suspends");
  made.resumes = map.text_or("resumes");
  made.is_automatic = map.boolean_or("automatic", false);
  if (const Node* guard = map.find("guard")) made.guard = read_condition(source, *guard);
  made.freezes = map.text_or("freezes");
  made.releases = map.text_or("releases");
  check_automatic(source, map, made);
  return made;
}

void read_start(const Source& source, const MapReader& map, model::DeadlineRule& rule) {
  const Node* node = map.find("start");
  if (node == nullptr) {
    source.error("PK-0083", map.node().place, {{"deadline", rule.id}});
    return;
  }
  const std::string text = read_text(source, *node, "start");
  rule.start.field = argument_of(text, "field");
  rule.start.entered_state = argument_of(text, "entered");
  if (!text.empty() && rule.start.field.empty() && rule.start.entered_state.empty()) {
    source.error("PK-0083", node->place, {{"deadline", rule.id}});
  }
}

void read_term(const Source& source, const MapReader& map, model::DeadlineRule& rule) {
  const Node* node = map.find("term");
  if (node == nullptr) return;
  const std::string text = read_text(source, *node, "term");
  if (text.empty() || text == "none") return;
  rule.term_field = argument_of(text, "field");
  if (!rule.term_field.empty()) return;
  const auto period = Period::parse(text);
  if (period) {
    rule.term = *period;
  } else {
    source.error("PK-0082", node->place);
  }
}

void read_missed(const Source& source, const MapReader& map, model::DeadlineRule& rule) {
  const Node* node = map.find("missed");
  if (node == nullptr) return;
  const MapReader missed(source, *node, {"transition", "task"});
  rule.missed_transition = missed.text_or("transition");
  rule.missed_task_role = missed.text_or("task");
  if (rule.missed_transition.empty() == rule.missed_task_role.empty()) {
    source.error("PK-0090", node->place);
  }
}

void read_escalations(const Source& source, const MapReader& map, model::DeadlineRule& rule) {
  const Node* node = map.find("escalate");
  if (node == nullptr || !expect_sequence(source, *node, "escalate")) return;
  for (const Node& item : node->items) {
    const MapReader escalation(source, item, {"after", "to"});
    static_cast<void>(escalation.need("after"));
    const auto after = escalation.period_if("after");
    rule.escalate.push_back({after.value_or(Period{}), escalation.text("to")});
  }
}

model::DeadlineRule read_deadline(const Source& source, const Member& member) {
  const MapReader map(source, member.value,
                      {"label", "start", "term", "regime", "runs_in", "met_by", "warn", "missed",
                       "escalate"});
  check_id(source, member.place, member.key, IdKind::kKebab);
  model::DeadlineRule rule;
  rule.id = member.key;
  rule.label = map.localized("label");
  read_start(source, map, rule);
  read_term(source, map, rule);
  rule.regime = map.text_or("regime");
  if (map.need("runs_in") != nullptr) rule.runs_in = map.texts_or_none("runs_in");
  rule.met_by = map.texts_or_none("met_by");
  if (const Node* warn = map.find("warn"); warn && expect_sequence(source, *warn, "warn")) {
    for (const Node& item : warn->items) {
      if (const auto period = read_period(source, item, "warn")) rule.warn.push_back(*period);
    }
  }
  read_missed(source, map, rule);
  read_escalations(source, map, rule);
  return rule;
}

template <class Items, class Read>
void read_members(const Source& source, const Node* node, std::string_view name, Items& items,
                  Read read) {
  if (node == nullptr || !expect_map(source, *node, name)) return;
  for (const Member& member : node->members) items.push_back(read(source, member));
}

}  // namespace

model::Process read_process(const Source& source, const Node& node, const std::string& stem,
                            const std::string& pack) {
  const MapReader map(source, node,
                      {"process", "title", "start", "states", "transitions", "deadlines"});
  model::Process process;
  process.id = read_file_id(source, map, "process", stem);
  process.pack = pack;
  process.title = map.localized("title");
  process.start = map.text("start");
  read_members(source, map.need("states"), "states", process.states, read_state);
  read_members(source, map.find("transitions"), "transitions", process.transitions,
               read_transition);
  read_members(source, map.find("deadlines"), "deadlines", process.deadlines, read_deadline);
  return process;
}

}  // namespace zicht::packs::internal
