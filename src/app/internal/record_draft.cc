#include "app/internal/record_draft.h"

#include <algorithm>

#include "app/engine_entries.h"
#include "app/internal/body.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/ids.h"
#include "base/text.h"
#include "model/letter_template.h"
#include "model/rules.h"
#include "model/validate.h"

namespace zicht::app::internal {
namespace {

using model::Action;

constexpr std::size_t kMostReason = 2000;   // code points

std::string read_reason(Body& body, bool is_required) {
  const auto reason = body.text_if("reason");
  const std::string text(trim(reason.value_or("")));
  if ((is_required && text.empty()) || code_point_length(text) > kMostReason) {
    body.add(make_problem("AP-0028", "/reason"));
  }
  return text;
}

// A day that holds for the act: given or today, never in the future.
Date read_day(Body& body, std::string_view key, Date today) {
  const Date day = body.date_if(key).value_or(today);
  if (today < day) body.add(make_problem("AP-0024", "/" + std::string(key)));
  return day;
}

// The visible fields as given, the invisible ones and those that steps freeze as they were.
Json whole_document(const FoundRecord& found, const Json& visible) {
  json::object whole;
  for (const model::Field& field : found.form.form->fields) {
    const bool is_seen = sees_field(found.scope, found.record, field) && !field.is_frozen();
    const Json& from = is_seen ? visible : found.record.fields;
    if (const Json* value = from.as_object().if_contains(field.id)) whole.emplace(field.id, *value);
  }
  return whole;
}

void add_ids(const Json& value, const std::string& pointer,
             std::vector<std::pair<std::string, std::string>>& ids) {
  if (value.is_string()) ids.emplace_back(std::string(value.get_string()), pointer);
  if (!value.is_array()) return;
  std::size_t index = 0;
  for (const Json& item : value.get_array()) {
    add_ids(item, pointer + "/" + std::to_string(index++), ids);
  }
}

Result<bool> is_active_account(Store& store, const std::string& id) {
  ZICHT_TRY(account, store.find_account(id));
  return account && account->is_active;
}

// References must lead to a record of the right form that the caller may see. Those that stand
// there already may stay.
Result<void> check_references(Store& store, const Rulebook& rules, const Caller& caller,
                              const model::Form& form, const Json& fields, const Json* before,
                              Body& body) {
  struct Wanted {
    std::string id, pointer, form;
  };
  std::vector<Wanted> wanted;
  std::set<std::string> ids;
  for (const model::Field& field : form.fields) {
    const Json* value = fields.as_object().if_contains(field.id);
    if (field.type != model::FieldType::kReference || value == nullptr) continue;
    const Json* old = before == nullptr ? nullptr : before->as_object().if_contains(field.id);
    if (old != nullptr && *old == *value) continue;
    std::vector<std::pair<std::string, std::string>> found;
    add_ids(*value, "/fields/" + field.id, found);
    for (auto& [id, pointer] : found) {
      ids.insert(id);
      wanted.push_back({id, pointer, field.form});
    }
  }
  ZICHT_TRY(known, visible_references(store, rules, caller, ids));
  for (const Wanted& each : wanted) {
    const auto target = known.find(each.id);
    if (target != known.end() && target->second.form == each.form) continue;
    const model::Form* wanted_form = rules.packs.find_form(each.form);
    const LocalizedText title = wanted_form != nullptr ? wanted_form->title : LocalizedText{};
    body.add(make_problem("AP-0027", each.pointer, {{"form", title}}));
  }
  return {};
}

// Accounts and organisations must be there, and an account active. Those that stand there already
// may stay.
Result<void> check_names(const RecordService::Ports& ports, const model::Form& form,
                         const Json& fields, const Json& before, Body& body) {
  for (const model::Field& field : form.fields) {
    const bool is_account = field.type == model::FieldType::kAccount;
    if (!is_account && field.type != model::FieldType::kOrganisation) continue;
    std::vector<std::pair<std::string, std::string>> wanted, known;
    const Json* value = fields.as_object().if_contains(field.id);
    const Json* old = before.as_object().if_contains(field.id);
    if (value != nullptr) add_ids(*value, "/fields/" + field.id, wanted);
    if (old != nullptr) add_ids(*old, "", known);
    for (const auto& [id, pointer] : wanted) {
      const auto is_it = [&id = id](const auto& each) { return each.first == id; };
      if (std::any_of(known.begin(), known.end(), is_it)) continue;
      ZICHT_TRY(is_there, is_account ? is_active_account(ports.store, id)
                                     : ports.organisations.exists(id));
      if (!is_there) body.add(make_problem(is_account ? "AP-0087" : "AP-0088", pointer));
    }
  }
  return {};
}

// Fields of a body, checked against what the caller may see; the whole document with the rest. Of
// the rules of the form those take part that read and steer what the caller sees.
Result<Json> read_fields(const RecordService::Ports& ports, const Caller& caller,
                         const FoundRecord& found, const Json& given, Date on, Date today,
                         Body& body) {
  const model::Form visible = visible_form(found.scope, *found.form.form, &found.record);
  const Json before = visible_part(found.scope, *found.form.form, found.record).fields;
  auto checked = model::validate_fields(visible, found.rules->packs, given,
                                        {.on = on, .check_required = true, .before = &before});
  body.add(std::move(checked.problems));
  Json whole = whole_document(found, checked.fields);
  body.add(model::check_rules(visible, found.rules->packs, whole,
                              {.today = today, .before = &before}));
  if (!body.is_sound()) return given;
  ZICHT_CHECKED(check_references(ports.store, *found.rules, caller, visible, checked.fields,
                                 &before, body));
  ZICHT_CHECKED(check_names(ports, visible, checked.fields, before, body));
  ZICHT_TRY(problems, check_new_files(ports.files, caller, visible, checked.fields, before));
  body.add(std::move(problems));
  return whole;
}

// Why nobody of its keeper writes in the row now is told to those who could otherwise.
Error refusal_of(bool could_otherwise) {
  return make_error(could_otherwise ? "AP-0166" : "AP-0002");
}

Result<void> check_may(const Caller& caller, const FoundRecord& found, Action action) {
  const model::Form& form = *found.form.form;
  const auto about = about_of(form, found.record, found.standings);
  if (may(caller, *found.form.pack, form, action, found.record, about)) return {};
  return refusal_of(may(caller, *found.form.pack, form, action, found.record,
                        without_giving_up(about)));
}

// Nothing is put in the file of a person in which its keeper gave up writing.
Result<void> check_not_given_up(const RecordService::Ports& ports, const Caller& caller,
                                const FoundRecord& found, const Json& fields) {
  const model::Form& form = *found.form.form;
  const auto persons_in = [&](const Json& document) {
    return model::subjects_of(form, found.record.id, document);
  };
  if (persons_in(fields) == persons_in(found.record.fields)) return {};
  model::Record after = found.record;
  after.fields = fields;
  ZICHT_TRY(standings, standings_of(ports.store, caller, form, {&after}));
  const bool is_given_up_then =
      is_given_up(form, after, about_of(form, after, standings));
  return is_given_up_then ? Result<void>(refusal_of(true)) : Result<void>();
}

// A rule may let somebody change less than they see; and a record may not be moved to a person to
// whom the rule does not reach, or in whose file its keeper gave up writing.
Result<void> check_reach(const RecordService::Ports& ports, const Caller& caller,
                         const FoundRecord& found, const Json& fields, Action action) {
  const model::Form& form = *found.form.form;
  model::Record after = found.record;
  after.fields = fields;
  ZICHT_TRY(standings, standings_of(ports.store, caller, form, {&after}));
  const auto about = about_of(form, after, standings);
  const auto clearance = scope_of(caller, *found.form.pack, form, action)
                             .clearance_in(after.organisation, about);
  if (!clearance) return make_error("AP-0002");
  if (is_given_up(form, after, about)) return refusal_of(true);
  for (const model::Field& field : form.fields) {
    if (field.is_computed() || field.is_frozen()) continue;  // not by the caller
    const Json* old_value = found.record.fields.as_object().if_contains(field.id);
    const Json* new_value = fields.as_object().if_contains(field.id);
    const bool is_same = old_value != nullptr && new_value != nullptr
                             ? *old_value == *new_value
                             : old_value == new_value;
    if (!is_same && *clearance < sensitivity_of(field)) return make_error("AP-0002");
  }
  return {};
}

// Fields from an earlier day on would carry today's state back to that day.
bool reaches_over_state(const model::Record& record, Date from) {
  return !record.state.empty() && from < record.state_since;
}

// Neither its state nor a person who is to look at it keeps the record as it is. Also said before
// the body is read: what would be wrong with it is no matter then.
Result<void> check_may_differ(const FoundRecord& found, Date today) {
  const model::Judge judge = judge_of(*found.rules, found.form, today);
  ZICHT_CHECKED(model::check_not_fixed(judge, found.record));
  return check_not_waiting(model::process_of(judge, found.record.fields), *found.form.form,
                           found.record);
}

// A correction of a past time with an end: fields of then, everything else as it stands.
Result<model::Record> corrected_past(Store& store, const FoundRecord& found,
                                     const model::Record& then, Json fields, Date from, Date to) {
  ZICHT_TRY(last_day, add_days(to, -1));
  ZICHT_TRY(end, store.record(found.record.id, {last_day, {}}));
  if (end.state != then.state || end.state_since != then.state_since) {
    return make_error("AP-0026");
  }
  model::Record after = then;
  after.version = found.record.version + 1;
  after.pack_hash = found.form.pack->hash;
  after.title = model::title_of(*found.form.form, found.rules->packs, fields);
  after.fields = std::move(fields);
  after.deadlines = found.record.deadlines;
  after.tasks = found.record.tasks;
  after.marks = found.record.marks;
  after.valid_from = from;
  after.valid_to = to;
  return after;
}

// The window of a gate that hangs on an invisible field is not told.
Error without_hidden_window(const FoundRecord& found, const model::Process& process,
                            const model::Transition& step, Error error) {
  if (error.id != "MO-0205" || !step.not_before) return error;
  const model::DeadlineRule* gate = process.find_deadline(step.not_before->deadline);
  if (gate == nullptr || sees_deadline(found.scope, *found.form.form, found.record.organisation,
                                       *gate)) {
    return error;
  }
  return make_error("MO-0207", {{"deadline", gate->label}});
}

Result<Json> read_step_fields(const RecordService::Ports& ports, const Caller& caller,
                              const FoundRecord& found, const Json* given, Date on, Date today,
                              Body& body) {
  // Also a step that brings nothing is held to what was computed otherwise since.
  const model::Form visible = visible_form(found.scope, *found.form.form, &found.record);
  // What is not told is not compared with what is sent either: a right guess would be heard.
  const Json before = visible_part(found.scope, *found.form.form, found.record).fields;
  auto checked = model::validate_fields(
      visible, found.rules->packs, given == nullptr ? Json(json::object{}) : *given,
      {.on = on, .check_required = false, .before = &before});
  body.add(std::move(checked.problems));
  const Json whole = model::merged(found.record.fields, checked.fields);
  body.add(model::check_rules(
      visible, found.rules->packs, whole,
      {.today = today, .before = &before, .touched = &checked.fields.get_object()}));
  if (!body.is_sound() || given == nullptr) return std::move(checked.fields);
  if (!checked.fields.get_object().empty()) {
    ZICHT_CHECKED(check_not_released(*found.form.form, found.record));
  }
  ZICHT_CHECKED(check_references(ports.store, *found.rules, caller, visible, checked.fields,
                                 &before, body));
  ZICHT_CHECKED(check_names(ports, visible, checked.fields, before, body));
  ZICHT_TRY(problems, check_new_files(ports.files, caller, visible, checked.fields, before));
  body.add(std::move(problems));
  return std::move(checked.fields);
}

// The figures that a step freezes or publishes, in the record as it is after the step.
Result<void> set_figures(const RecordService::Ports& ports, const Caller& caller,
                         const FoundRecord& found, const model::Transition& step,
                         model::Record& after, std::optional<ReleaseTurn>& turn) {
  const model::Form& form = *found.form.form;
  const auto set = [&](json::object made) {
    for (auto& member : made) {
      after.fields.get_object()[member.key()] = std::move(member.value());
    }
  };
  if (const model::Field* field = form.find_field(step.freezes)) {
    ZICHT_CHECKED(check_not_released(form, after));
    ZICHT_TRY(made, freeze_figures(ports, caller, found, *field, after.fields));
    set(std::move(made));
  }
  if (const model::Field* field = form.find_field(step.releases)) {
    ZICHT_TRY(taken, ReleaseTurn::take(ports, found));
    turn.emplace(std::move(taken));
    ZICHT_TRY(made, release_figures(ports, found, *field, after.fields));
    set(std::move(made));
  }
  return {};
}

// Letters are made and changed by LettersService, which knows where their sentences come from.
Result<void> check_no_letter(const model::Form& form) {
  if (model::letter_field(form) == nullptr) return {};
  return make_error("AP-0265");
}

}  // namespace

Result<void> store_fired(Store& store, const Base& base, std::int64_t version) {
  if (base.fired.empty()) return {};
  Unit unit;
  unit.actor = "scheduler";
  unit.purpose = "work";
  for (const model::Fired& fired : base.fired) {
    unit.records.push_back({fired.record, fired.event, version});
    version = fired.record.version;
  }
  ZICHT_TRY(receipt, store.append_and_wait(std::move(unit)));
  static_cast<void>(receipt);
  return {};
}

bool is_stale(const Error& error) {
  return error.code == Code::kConflict && error.id == "ST-0010";
}

Result<bool> is_as_seen(Store& store, const model::Record& now, std::int64_t version) {
  constexpr std::int64_t kMostByTime = 20;  // versions: whoever looked longer ago looks again
  const std::int64_t newer = now.version - version;
  if (newer == 0) return true;
  if (version < 1 || newer < 0 || newer > kMostByTime) return false;
  ZICHT_TRY(history, store.history(now.id, newer + 1, {}));
  for (const HistoryItem& item : history) {
    if (item.record.version == version) return item.record.state == now.state;
    if (item.envelope.actor != kSchedulerActor) return false;
  }
  return false;
}

RecordWrite write_of(const Draft& draft) {
  return {draft.after, draft.event, draft.after.version - 1,
          added_files(*draft.found.form.form, draft.after.fields, draft.base.record.fields)};
}

Unit unit_of(const Caller& caller, const WriteContext& context) {
  Unit unit;
  unit.actor = caller.account;
  unit.purpose = caller.purpose.empty() ? "work" : caller.purpose;
  unit.idempotency = context.idempotency;
  return unit;
}

Result<Base> base_of(const model::Judge& judge, const model::Record& record) {
  Base base{record, {}};
  ZICHT_TRY(fired, model::pass_time(judge, record));
  base.fired = std::move(fired);
  if (!base.fired.empty()) base.record = base.fired.back().record;
  return base;
}

Date today_of(const RecordService::Ports& ports) { return amsterdam_date(ports.clock.now()); }

Result<Draft> draft_create(const RecordService::Ports& ports, const Caller& caller,
                           const Json& request, const Origin& origin) {
  const RulebookPtr rules = ports.packs.rules();
  const Date today = today_of(ports);
  Body body(request, {"form", "fields", "valid_from", "reason"});
  const std::string name = body.text("form");
  const Json& given = body.object("fields");
  const Date from = read_day(body, "valid_from", today);
  const std::string reason = read_reason(body, false);
  ZICHT_CHECKED(body.check());
  FoundRecord made{rules, find_active_form(*rules, name), {}, {}};
  if (made.form.form == nullptr) return unknown_form(*rules, name);
  if (!may(caller, *made.form.pack, *made.form.form, Action::kCreate)) {
    return make_error("AP-0002");
  }
  ZICHT_CHECKED(check_no_letter(*made.form.form));
  if (origin.organisation.empty()) return make_error("AP-0008");
  made.record.organisation = origin.organisation;
  made.record.fields = json::object{};
  made.record.id = origin.id;
  made.scope = writing_scope(*rules, caller, name);
  ZICHT_TRY(fields, read_fields(ports, caller, made, given, from, today, body));
  ZICHT_CHECKED(body.check());
  ZICHT_CHECKED(check_reach(ports, caller, made, fields, Action::kCreate));
  const model::Judge judge = judge_of(*rules, made.form, today);
  ZICHT_TRY(record, model::begin(judge, std::move(fields), from));
  record.id = origin.id;
  record.organisation = origin.organisation;
  return Draft{std::move(made), {}, std::move(record), {"created", "", reason}};
}

Result<Draft> draft_change(const RecordService::Ports& ports, const Caller& caller,
                           FoundRecord found, const Json& request) {
  ZICHT_CHECKED(check_may(caller, found, Action::kChange));
  ZICHT_CHECKED(check_no_letter(*found.form.form));
  ZICHT_CHECKED(check_not_released(*found.form.form, found.record));
  const Date today = today_of(ports);
  ZICHT_CHECKED(check_may_differ(found, today));
  Body body(request, {"fields", "valid_from", "reason"});
  const Json& given = body.object("fields");
  const Date from = read_day(body, "valid_from", today);
  const std::string reason = read_reason(body, true);
  ZICHT_TRY(fields, read_fields(ports, caller, found, given, from, today, body));
  ZICHT_CHECKED(body.check());
  ZICHT_CHECKED(check_reach(ports, caller, found, fields, Action::kChange));
  const model::Judge judge = judge_of(*found.rules, found.form, today);
  ZICHT_TRY(base, base_of(judge, found.record));
  if (reaches_over_state(base.record, from)) return make_error("AP-0026");
  ZICHT_TRY(after, model::change(judge, base.record, std::move(fields), from));
  return Draft{std::move(found), std::move(base), std::move(after), {"changed", "", reason}};
}

Result<Draft> draft_correction(const RecordService::Ports& ports, const Caller& caller,
                               FoundRecord found, const Json& request) {
  ZICHT_CHECKED(check_may(caller, found, Action::kCorrect));
  ZICHT_CHECKED(check_no_letter(*found.form.form));
  ZICHT_CHECKED(check_not_released(*found.form.form, found.record));
  const Date today = today_of(ports);
  ZICHT_CHECKED(check_may_differ(found, today));
  Body body(request, {"fields", "valid_from", "valid_to", "reason"});
  const Json& given = body.object("fields");
  const Date from = body.date("valid_from");
  const auto to = body.date_if("valid_to");
  if (today < from) body.add(make_problem("AP-0024", "/valid_from"));
  if (to && (*to <= from || today < *to)) body.add(make_problem("AP-0029", "/valid_to"));
  const std::string reason = read_reason(body, true);
  ZICHT_CHECKED(body.check());
  auto then = ports.store.record(found.record.id, {from, {}});
  if (!then && then.error().code == Code::kNotFound) return make_error("AP-0025");
  if (!then) return then.error();
  FoundRecord earlier = found;
  earlier.record = *then;
  auto seen = narrow_to_row(ports.store, caller, earlier);
  if (!seen) return seen.error().id == "AP-0001" ? make_error("AP-0025") : seen.error();
  // What is corrected may have been about somebody else.
  const auto about = about_of(*found.form.form, earlier.record, earlier.standings);
  if (is_given_up(*found.form.form, earlier.record, about)) return refusal_of(true);
  ZICHT_TRY(fields, read_fields(ports, caller, to ? earlier : found, given, from, today, body));
  ZICHT_CHECKED(body.check());
  ZICHT_CHECKED(check_reach(ports, caller, to ? earlier : found, fields, Action::kCorrect));
  const model::Judge judge = judge_of(*found.rules, found.form, today);
  Base base{found.record, {}};
  ZICHT_TRY(passed, base_of(judge, found.record));
  if (to) {
    // What a state kept as it was is not rewritten afterwards either.
    ZICHT_CHECKED(model::check_not_fixed(judge, passed.record));
    ZICHT_CHECKED(model::check_not_fixed(judge, *then));
    fields = model::with_computed(*found.form.form, found.rules->packs, std::move(fields), today);
    ZICHT_TRY(after, corrected_past(ports.store, found, *then, std::move(fields), from, *to));
    return Draft{std::move(found), std::move(base), std::move(after), {"corrected", "", reason}};
  }
  if (reaches_over_state(passed.record, from)) return make_error("AP-0026");
  ZICHT_TRY(after, model::change(judge, passed.record, std::move(fields), from));
  return Draft{std::move(found), std::move(passed), std::move(after), {"corrected", "", reason}};
}

Result<Draft> draft_step(const RecordService::Ports& ports, const Caller& caller,
                         FoundRecord found, const Json& request) {
  const Date today = today_of(ports);
  const model::Judge judge = judge_of(*found.rules, found.form, today);
  Body body(request, {"transition", "fields", "reason", "on"});
  const std::string name = body.text("transition");
  const Date on = read_day(body, "on", today);
  const std::string reason = read_reason(body, false);
  const Json* given = body.object_if("fields");
  ZICHT_CHECKED(body.check());
  const model::Process* process = model::process_of(judge, found.record.fields);
  const model::Transition* step = process == nullptr ? nullptr : process->find_transition(name);
  if (step == nullptr) return make_error("MO-0201");
  if (step->is_automatic) return make_error("MO-0202");
  const auto about = about_of(*found.form.form, found.record, found.standings);
  const auto takes = [&](const model::About& persons) {
    return may_take(caller, *found.form.pack, *found.form.form, *step, found.record, persons);
  };
  if (!takes(about)) return refusal_of(takes(without_giving_up(about)));
  ZICHT_TRY(fields, read_step_fields(ports, caller, found, given, on, today, body));
  ZICHT_CHECKED(body.check());
  ZICHT_TRY(base, base_of(judge, found.record));
  auto after = model::step(judge, base.record, {name, fields, reason, caller.person, on});
  if (!after) {
    return without_hidden_window(found, *process, *step, std::move(after).error());
  }
  std::optional<ReleaseTurn> turn;
  ZICHT_CHECKED(set_figures(ports, caller, found, *step, *after, turn));
  if (given != nullptr) {
    ZICHT_CHECKED(check_not_given_up(ports, caller, found, after->fields));
  }
  return Draft{std::move(found),
               std::move(base),
               *std::move(after),
               {"stepped", name, reason},
               std::move(turn)};
}

}  // namespace zicht::app::internal
