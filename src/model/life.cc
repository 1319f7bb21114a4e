#include "model/life.h"

#include <algorithm>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "model/internal/deadlines.h"
#include "model/internal/life_steps.h"
#include "model/rules.h"
#include "model/validate.h"

namespace zicht::model {
namespace {

using internal::Act;

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

Json computed(const Judge& judge, Json fields) {
  return with_computed(*judge.form, *judge.packs, std::move(fields), judge.today);
}

// What hangs on the form and the fields alone, not on the process.
void describe_by_form(const Judge& judge, Json fields, Record& record) {
  record.form = judge.form->full_id();
  record.pack_hash = judge.pack->hash;
  record.fields = std::move(fields);
  record.title = title_of(*judge.form, *judge.packs, record.fields);
  record.valid_to.reset();
}

void enter(const Process& process, const std::string& state, Date on, Record& record) {
  record.process = process.id;
  record.state = state;
  record.state_since = on;
  std::erase_if(record.tasks, [](const Task& t) { return t.key.starts_with("state:"); });
}

// Audience, deadlines and tasks after fields and state were set.
Result<void> finish(const Judge& judge, const Process* process, const Act& act, Record& record) {
  record.audience = judge.form->audience;
  record.valid_from = act.on;
  if (process == nullptr) {
    record.process.clear();
    record.state.clear();
    record.deadlines.clear();
    record.tasks.clear();
    return {};
  }
  const State* state = process->find_state(record.state);
  if (state != nullptr && state->audience) record.audience = *state->audience;
  ZICHT_CHECKED(internal::follow(judge, *process, act, record));
  internal::follow_tasks(*process, act.on, record);
  return {};
}

bool is_listed_in_four_eyes(const Process& process, const std::string& transition) {
  return std::any_of(process.transitions.begin(), process.transitions.end(),
                     [&](const Transition& t) { return contains(t.four_eyes, transition); });
}

Result<void> check_gate(const Process& process, const Record& record, const Transition& transition,
                        Date on, bool has_reason) {
  if (!transition.not_before) return {};
  const Gate& gate = *transition.not_before;
  const DeadlineRule* rule = process.find_deadline(gate.deadline);
  const LocalizedText label = rule != nullptr ? rule->label : LocalizedText{};
  const Deadline* deadline = internal::find_deadline(record, gate.deadline);
  const bool is_past = deadline != nullptr && deadline->status != DeadlineStatus::kSuspended &&
                       deadline->due.last < on;
  if (is_past || (!gate.is_hard && has_reason)) return {};
  if (deadline == nullptr || deadline->status == DeadlineStatus::kSuspended) {
    return make_error(gate.is_hard ? "MO-0207" : "MO-0206", {{"deadline", label}});
  }
  return make_error(gate.is_hard ? "MO-0205" : "MO-0206",
                    {{"deadline", label}, {"day", long_text(deadline->due.last)}});
}

Result<void> check_reason(const Transition& transition, std::string_view reason) {
  const bool is_given = !trim(reason).empty();
  if (transition.reason == Need::kRequired && !is_given) return make_error("MO-0208");
  if (transition.reason == Need::kNone && is_given) return make_error("MO-0209");
  return {};
}

Result<void> check_fields(const Transition& transition, const json::object& fields) {
  std::vector<Problem> problems;
  for (const auto& [id, need] : transition.fields) {
    if (need == Need::kRequired && !fields.contains(id)) {
      problems.push_back(make_problem("MO-0211", "/fields/" + json_pointer_token(id)));
    }
  }
  for (const auto& member : fields) {
    const auto found = transition.fields.find(std::string(member.key()));
    if (found == transition.fields.end() || found->second == Need::kNone) {
      problems.push_back(make_problem("MO-0212", "/fields/" + json_pointer_token(member.key())));
    }
  }
  if (problems.empty()) return {};
  Error error = make_error("MO-0210");
  error.problems = std::move(problems);
  return error;
}

Result<void> check_person(const Process& process, const Record& record,
                          const Transition& transition, std::string_view person) {
  for (const std::string& other : transition.four_eyes) {
    const auto mark = record.marks.find(other);
    if (mark == record.marks.end() || mark->second != person) continue;
    const Transition* done = process.find_transition(other);
    return make_error("MO-0204", {{"step", done != nullptr ? done->label : LocalizedText{}}});
  }
  return {};
}

// A change may not touch what a coming step rests on; the fields are compared as they stand.
Result<void> check_frozen(const Process* process, const Record& before, const Json& fields) {
  if (process == nullptr) return {};
  std::vector<Problem> problems;
  for (const std::string& id : frozen_fields(*process, before)) {
    const Json* old = before.fields.as_object().if_contains(id);
    const Json* now = fields.as_object().if_contains(id);
    const bool is_same = old == nullptr || now == nullptr ? old == now : *old == *now;
    if (!is_same) problems.push_back(make_problem("MO-0220", "/fields/" + json_pointer_token(id)));
  }
  if (problems.empty()) return {};
  Error error = make_error("MO-0220");
  error.problems = std::move(problems);
  return error;
}

// The steps that somebody can take out of this state: those after which the fields can be changed,
// else all; quoted, as a text. Empty when none leads out.
LocalizedText ways_out(const Process& process, const State& from) {
  LocalizedText open, all;
  const auto add = [](LocalizedText& list, const LocalizedText& label) {
    list.nl += (list.nl.empty() ? "\"" : ", \"") + label.nl + "\"";
    list.en += (list.en.empty() ? "\"" : ", \"") + label.en + "\"";
  };
  for (const Transition& step : process.transitions) {
    const State* to = process.find_state(step.to);
    if (step.is_automatic || to == nullptr || to == &from) continue;
    if (!contains(step.from, from.id)) continue;
    add(all, step.label);
    if (!to->is_fixed) add(open, step.label);
  }
  return open.nl.empty() ? all : open;
}

// Null: the state leaves the fields open, or the process has none of that name.
const State* fixed_state_of(const Process* process, const Record& record) {
  const State* state = process != nullptr ? process->find_state(record.state) : nullptr;
  return state != nullptr && state->is_fixed ? state : nullptr;
}

Result<void> check_guard_of(const Judge& judge, const Process& process, const Record& record,
                            const Transition& transition, const Json& fields) {
  const State* state = process.find_state(record.state);
  return check_guard(*judge.form, process.id, transition.id,
                     {fields, record.state, state != nullptr ? std::string_view(state->turn) : "",
                      judge.today});
}

// A guard over what the step itself is to give, or over what is computed from it, says nothing
// before it is given.
bool depends_on_step(const Judge& judge, const Condition& guard, const Transition& transition) {
  FieldIds given;
  for (const auto& [id, need] : transition.fields) given.insert(id);
  with_dependents(*judge.form->rules, given);
  return std::any_of(guard.rule.inputs.begin(), guard.rule.inputs.end(),
                     [&](const std::string& id) { return given.contains(id); });
}

Result<void> check_step(const Judge& judge, const Process& process, const Record& record,
                        const Transition& transition, const StepInput& input) {
  if (transition.is_automatic) return make_error("MO-0202");
  if (!contains(transition.from, record.state)) {
    const State* state = process.find_state(record.state);
    return make_error("MO-0203", {{"state", state != nullptr ? state->label : LocalizedText{}}});
  }
  if (judge.today < input.on) return make_error("MO-0213");
  ZICHT_CHECKED(check_person(process, record, transition, input.person));
  ZICHT_CHECKED(check_reason(transition, input.reason));
  ZICHT_CHECKED(check_fields(transition, input.fields.get_object()));
  return check_gate(process, record, transition, input.on, !trim(input.reason).empty());
}

// The extension that a step gives: its field, or the longest that the regime allows.
Result<Period> extension_of(const Judge& judge, const DeadlineRule& rule,
                            const Transition& transition, const Deadline& deadline,
                            const Json& fields) {
  const Json* given = fields.get_object().if_contains(transition.extends_by);
  if (given != nullptr && given->is_string()) {
    return Period::parse(std::string_view(given->get_string()));
  }
  if (const auto* regime = internal::find_regime(judge, rule.regime)) {
    const auto* version = regime->find_version(deadline.start.window.first);
    if (version != nullptr && version->extension) return *version->extension;
  }
  return make_error("MO-0215", {{"deadline", rule.label}});
}

Result<void> extend(const Judge& judge, const Process& process, const Transition& transition,
                    Record& record) {
  const DeadlineRule* rule = process.find_deadline(transition.extends);
  Deadline* deadline = internal::find_deadline(record, transition.extends);
  if (rule == nullptr) return {};
  if (deadline == nullptr || (deadline->status != DeadlineStatus::kOpen &&
                              deadline->status != DeadlineStatus::kSuspended)) {
    return make_error("MO-0214", {{"deadline", rule->label}});
  }
  ZICHT_TRY(extension, extension_of(judge, *rule, transition, *deadline, record.fields));
  deadline->extension = extension;
  return {};
}

Result<void> suspend(const Judge& judge, const Process& process, const Transition& transition,
                     Date on, Record& record) {
  const DeadlineRule* rule = process.find_deadline(transition.suspends);
  Deadline* deadline = internal::find_deadline(record, transition.suspends);
  if (rule == nullptr) return {};
  if (deadline == nullptr || deadline->status != DeadlineStatus::kOpen) {
    return make_error("MO-0214", {{"deadline", rule->label}});
  }
  if (const auto* regime = internal::find_regime(judge, rule->regime)) {
    const auto* version = regime->find_version(deadline->start.window.first);
    if (version == nullptr || !version->allows_suspension) {
      return make_error("MO-0217", {{"deadline", rule->label}});
    }
  }
  deadline->suspensions.push_back({on, Date::max()});
  deadline->status = DeadlineStatus::kSuspended;
  return {};
}

Result<void> resume(const Process& process, const Transition& transition, Date on,
                    Record& record) {
  const DeadlineRule* rule = process.find_deadline(transition.resumes);
  Deadline* deadline = internal::find_deadline(record, transition.resumes);
  if (rule == nullptr) return {};
  if (deadline == nullptr || deadline->status != DeadlineStatus::kSuspended ||
      deadline->suspensions.empty()) {
    return make_error("MO-0218", {{"deadline", rule->label}});
  }
  DateInterval& last = deadline->suspensions.back();
  if (on < last.first) {
    return make_error("MO-0216", {{"day", long_text(last.first)}});
  }
  if (on == last.first) {
    deadline->suspensions.pop_back();
  } else {
    ZICHT_TRY(day_before, add_days(on, -1));
    last.last = day_before;
  }
  deadline->status = DeadlineStatus::kOpen;
  return {};
}

}  // namespace

namespace internal {

Result<Record> take(const Judge& judge, const Process& process, const Record& before,
                    const Transition& transition, Json fields, Date on) {
  Record record = before;
  record.version = before.version + 1;
  describe_by_form(judge, std::move(fields), record);
  ZICHT_CHECKED(extend(judge, process, transition, record));
  ZICHT_CHECKED(suspend(judge, process, transition, on, record));
  ZICHT_CHECKED(resume(process, transition, on, record));
  Act act{&transition, before.state, transition.to != "same", on};
  if (act.has_entered) enter(process, transition.to, on, record);
  ZICHT_CHECKED(finish(judge, &process, act, record));
  return record;
}

}  // namespace internal

const Process* process_of(const Judge& judge, const Json& fields) {
  const ProcessChoice& choice = judge.form->process;
  std::string code;
  if (!choice.by_field.empty()) {
    const Json* value = fields.get_object().if_contains(choice.by_field);
    if (value == nullptr || !value->is_string()) return nullptr;
    code = std::string(value->get_string());
  }
  const std::string id = choice.process_for(code);
  return id.empty() ? nullptr : judge.pack->find_process(id);
}

Json merged(const Json& fields, const Json& step_fields) {
  Json result = fields;
  for (const auto& member : step_fields.get_object()) {
    result.get_object()[member.key()] = member.value();
  }
  return result;
}

Result<Record> begin(const Judge& judge, Json fields, Date valid_from) {
  Record record;
  record.version = 1;
  describe_by_form(judge, computed(judge, std::move(fields)), record);
  const Process* process = process_of(judge, record.fields);
  Act act{nullptr, "", process != nullptr, valid_from};
  if (process != nullptr) enter(*process, process->start, valid_from, record);
  ZICHT_CHECKED(finish(judge, process, act, record));
  return record;
}

Record withdraw(const Judge& judge, const Record& before, Date valid_from) {
  Record record = before;
  record.version = before.version + 1;
  describe_by_form(judge, before.fields, record);
  record.process.clear();
  record.state = kFactWithdrawn;
  record.state_since = valid_from;
  record.valid_from = valid_from;
  record.audience = std::max(judge.form->audience, Sensitivity::kInternal);
  record.deadlines.clear();
  record.tasks.clear();
  record.marks.clear();
  return record;
}

const State* state_of(const Pack& pack, const Record& record) {
  if (record.state == kFactWithdrawn) return &fact_withdrawn_state();
  const Process* process = pack.find_process(record.process);
  return process != nullptr ? process->find_state(record.state) : nullptr;
}

std::set<std::string> frozen_fields(const Process& process, const Record& record) {
  std::set<std::string> frozen;
  for (const Transition& coming : process.transitions) {
    if (!contains(coming.from, record.state)) continue;
    for (const std::string& other : coming.four_eyes) {
      const Transition* done = process.find_transition(other);
      if (done == nullptr || !record.marks.contains(other)) continue;
      for (const auto& [field, need] : done->fields) {
        if (need == Need::kRequired) frozen.insert(field);
      }
    }
    const DeadlineRule* gate =
        coming.not_before ? process.find_deadline(coming.not_before->deadline) : nullptr;
    if (gate == nullptr) continue;
    for (const std::string& field : {gate->start.field, gate->term_field}) {
      if (!field.empty()) frozen.insert(field);
    }
  }
  return frozen;
}

bool is_fixed(const Judge& judge, const Record& record) {
  return fixed_state_of(process_of(judge, record.fields), record) != nullptr;
}

Result<void> check_not_fixed(const Judge& judge, const Record& record) {
  const Process* process = process_of(judge, record.fields);
  const State* state = fixed_state_of(process, record);
  if (state == nullptr) return {};
  const LocalizedText steps = ways_out(*process, *state);
  if (steps.nl.empty()) return make_error("MO-0226", {{"state", state->label}});
  return make_error("MO-0225", {{"state", state->label}, {"steps", steps}});
}

Result<Record> change(const Judge& judge, const Record& before, Json fields, Date valid_from) {
  ZICHT_CHECKED(check_not_fixed(judge, before));
  return change_again(judge, before, std::move(fields), valid_from);
}

Result<Record> change_again(const Judge& judge, const Record& before, Json fields,
                            Date valid_from) {
  if (before.state == kFactWithdrawn) return make_error("MO-0221");
  fields = computed(judge, std::move(fields));
  ZICHT_CHECKED(check_frozen(process_of(judge, before.fields), before, fields));
  Record record = before;
  record.version = before.version + 1;
  describe_by_form(judge, std::move(fields), record);
  const Process* process = process_of(judge, record.fields);
  Act act{nullptr, before.state, false, valid_from};
  // Another process that lacks this state begins at its own start.
  if (process != nullptr && process->find_state(record.state) == nullptr) {
    act.has_entered = true;
    enter(*process, process->start, valid_from, record);
  } else if (process != nullptr) {
    record.process = process->id;
  }
  ZICHT_CHECKED(finish(judge, process, act, record));
  return record;
}

Result<Record> step(const Judge& judge, const Record& before, const StepInput& input) {
  if (before.state == kFactWithdrawn) return make_error("MO-0221");
  const Process* process = process_of(judge, before.fields);
  if (process == nullptr) return make_error("MO-0201");
  const Transition* transition = process->find_transition(input.transition);
  if (transition == nullptr) return make_error("MO-0201");
  ZICHT_CHECKED(check_step(judge, *process, before, *transition, input));
  Json fields = computed(judge, merged(before.fields, input.fields));
  ZICHT_CHECKED(check_guard_of(judge, *process, before, *transition, fields));
  ZICHT_TRY(record, internal::take(judge, *process, before, *transition, std::move(fields),
                                   input.on));
  if (is_listed_in_four_eyes(*process, transition->id)) {
    record.marks[transition->id] = input.person;
  }
  return record;
}

std::optional<LocalizedText> blocked(const Judge& judge, const Record& record,
                                     const Transition& transition, std::string_view person) {
  if (record.state == kFactWithdrawn) return make_error("MO-0221").message;
  const Process* process = process_of(judge, record.fields);
  if (process == nullptr) return make_error("MO-0201").message;
  if (transition.is_automatic) return make_error("MO-0202").message;
  if (!contains(transition.from, record.state)) {
    const State* state = process->find_state(record.state);
    return make_error("MO-0203", {{"state", state != nullptr ? state->label : LocalizedText{}}})
        .message;
  }
  auto person_check = check_person(*process, record, transition, person);
  if (!person_check) return person_check.error().message;
  // A reason opens a soft gate, so only a hard one blocks before anybody typed something.
  auto gate_check = check_gate(*process, record, transition, judge.today, true);
  if (!gate_check) return gate_check.error().message;
  const Condition* guard = find_guard(*judge.form, process->id, transition.id);
  if (guard == nullptr || depends_on_step(judge, *guard, transition)) return {};
  // As the step would find them: the day, or the pack, may have changed since they were kept.
  auto guard_check =
      check_guard_of(judge, *process, record, transition, computed(judge, record.fields));
  if (!guard_check) return guard_check.error().message;
  return {};
}

std::string_view refusal_name(const DiagnosticId& id) {
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"MO-0201", "unknown_step"}, {"MO-0202", "automatic"},    {"MO-0203", "state"},
      {"MO-0204", "four_eyes"},    {"MO-0205", "not_before"},   {"MO-0206", "reason"},
      {"MO-0207", "not_before"},   {"MO-0208", "reason"},       {"MO-0209", "reason"},
      {"MO-0210", "fields"},       {"MO-0213", "future"},       {"MO-0214", "deadline"},
      {"MO-0215", "deadline"},     {"MO-0216", "deadline"},     {"MO-0217", "deadline"},
      {"MO-0218", "deadline"},     {"MO-0220", "frozen"},       {"MO-0221", "withdrawn"},
      {"MO-0222", "guard"},        {"MO-0223", "guard"},        {"MO-0224", "guard"},
      {"MO-0225", "fixed"},        {"MO-0226", "fixed"},
      {"CA-0005", "deadline"},     {"CA-0006", "deadline"},     {"CA-0007", "deadline"},
      {"CA-0008", "deadline"},
  };
  for (const auto& [known, name] : kNames) {
    if (known == id) return name;
  }
  return {};
}

}  // namespace zicht::model
