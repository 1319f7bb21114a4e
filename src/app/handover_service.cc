#include "app/handover_service.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "app/internal/body.h"
#include "app/internal/found_record.h"
#include "app/present/json_writer.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/ids.h"
#include "base/text.h"

namespace zicht::app {
namespace {

constexpr std::size_t kMostReason = 2000;      // code points
constexpr std::size_t kMostBasis = 500;        // code points
constexpr std::size_t kMostForms = 200;
constexpr const char* kAction = "handover";

struct Asked {
  std::string organisation, reason, basis;
  std::optional<std::vector<std::string>> forms;
  Date from;
  std::optional<Date> until;
  bool gives_up = false;
};

std::string read_reason(internal::Body& body, bool is_required) {
  const std::string reason(trim(body.text_if("reason").value_or("")));
  if ((is_required && reason.empty()) || code_point_length(reason) > kMostReason) {
    body.add(make_problem("AP-0028", "/reason"));
  }
  return reason;
}

Asked read_offer(internal::Body& body, Date today) {
  Asked asked;
  asked.organisation = body.text("organisation");
  asked.forms = body.texts_if("forms");
  if (asked.forms && (asked.forms->empty() || asked.forms->size() > kMostForms)) {
    body.add(make_problem("AP-0161", "/forms"));
  }
  asked.from = body.date_if("from").value_or(today);
  asked.until = body.date_if("until");
  if (asked.until && (*asked.until <= asked.from || *asked.until <= today)) {
    body.add(make_problem("AP-0162", "/until"));
  }
  asked.gives_up = body.boolean_if("gives_up").value_or(false);
  asked.reason = read_reason(body, true);
  asked.basis = trim(body.text_if("basis").value_or(""));
  if (asked.basis.empty() || code_point_length(asked.basis) > kMostBasis) {
    body.add(make_problem("AP-0164", "/basis"));
  }
  return asked;
}

bool may_look(const Rulebook& rules, const Caller& caller, std::string_view full_form) {
  const ActiveForm form = find_active_form(rules, full_form);
  return form.form != nullptr && may(caller, *form.pack, *form.form, model::Action::kRead);
}

// Forms about persons that the caller may look at: naming one that they do not see would tell that
// it is there. All forms together, which the action itself allows, hold those too.
void check_forms(const Rulebook& rules, const Caller& caller, Asked& asked, internal::Body& body) {
  if (!asked.forms) return;
  for (std::size_t i = 0; i < asked.forms->size(); ++i) {
    const std::string& each = (*asked.forms)[i];
    const ActiveForm form = find_active_form(rules, each);
    if (may_look(rules, caller, each) && form.form->is_about_persons()) continue;
    body.add(make_problem("AP-0161", "/forms/" + std::to_string(i)));
  }
  std::sort(asked.forms->begin(), asked.forms->end());
  asked.forms->erase(std::unique(asked.forms->begin(), asked.forms->end()), asked.forms->end());
}

json::object payload_of(const Asked& asked, const std::string& form) {
  json::array forms;
  for (const std::string& each : asked.forms.value_or(std::vector<std::string>())) {
    forms.emplace_back(each);
  }
  json::object payload{{"basis", asked.basis},
                       {"form", form},
                       {"forms", std::move(forms)},
                       {"from", asked.from.to_string()},
                       {"gives_up", asked.gives_up},
                       {"reason", asked.reason},
                       {"receiver", asked.organisation}};
  if (asked.until) payload["until"] = asked.until->to_string();
  return payload;
}

bool lets_hand_over(const model::Form& form) {
  return std::any_of(form.access.begin(), form.access.end(), [](const auto& of_role) {
    return std::any_of(of_role.second.begin(), of_role.second.end(), [](const auto& rule) {
      return rule.actions.contains(model::Action::kHandOver);
    });
  });
}

// What reaches persons whose files one may hand over or, where a pack lets nobody do so any more,
// still take back: whoever may change them.
model::RowScope keeping_scope(const Rulebook& rules, const Caller& caller,
                              std::string_view full_form) {
  const ActiveForm form = find_active_form(rules, full_form);
  if (form.form == nullptr) return model::no_scope();
  return scope_of(caller, *form.pack, *form.form,
                  lets_hand_over(*form.form) ? model::Action::kHandOver : model::Action::kChange);
}

bool is_known_state(const std::string& state) {
  static const std::set<std::string> kStates = {"offered",   "accepted", "refused",
                                                "withdrawn", "returned", "erased"};
  return kStates.contains(state);
}

struct ActRule {
  HandoverAct act;
  std::string_view name, kind;
  bool is_of_receiver, from_offered, from_accepted;
};
constexpr ActRule kActs[] = {
    {HandoverAct::kAccept, "accept", model::kHandoverAccepted, true, true, false},
    {HandoverAct::kRefuse, "refuse", model::kHandoverRefused, true, true, false},
    {HandoverAct::kWithdraw, "withdraw", model::kHandoverWithdrawn, false, true, true},
    {HandoverAct::kReturn, "return", model::kHandoverReturned, true, false, true},
};

const ActRule& rule_of(HandoverAct act) {
  return *std::find_if(std::begin(kActs), std::end(kActs),
                       [&](const ActRule& rule) { return rule.act == act; });
}

bool is_of(const Caller& caller, const ActRule& rule, const Handover& handover) {
  return !caller.organisation.empty() &&
         caller.organisation == (rule.is_of_receiver ? handover.receiver : handover.keeper);
}

bool is_over(const Handover& handover, Date today) {
  return handover.until && *handover.until <= today;
}

bool is_in_time(const ActRule& rule, const Handover& handover, Date today) {
  if (rule.act == HandoverAct::kAccept && is_over(handover, today)) return false;
  return (rule.from_offered && handover.state == "offered") ||
         (rule.from_accepted && handover.state == "accepted");
}

// As it was answered when it was offered, whatever became of it.
Handover as_offered(Handover handover) {
  if (handover.state == model::kErasedState) return handover;
  handover.state = "offered";
  handover.answered.reset();
  handover.ended.reset();
  for (std::string* later : {&handover.answer, &handover.end_reason, &handover.answered_by,
                             &handover.ended_by}) {
    later->clear();
  }
  return handover;
}

}  // namespace

// What the caller has to do with the hand-overs that are shown.
struct HandoverService::View {
  RulebookPtr rules;
  std::set<std::string> handing;        // forms of persons that the caller may hand over or receive
  std::set<std::string> ending;         // those that nobody may hand over; the caller may end them
  std::set<std::string> kept;           // persons whose files the caller may take back
  References persons;                   // titles that the caller may see
  bool is_watcher = false;

  bool keeps(const Caller& caller, const Handover& each) const {
    return caller.organisation == each.keeper && kept.contains(each.person);
  }
  bool receives(const Caller& caller, const Handover& each) const {
    return caller.organisation == each.receiver && handing.contains(each.form);
  }
  // Of who was erased the two organisations are left.
  bool shows(const Caller& caller, const Handover& each) const {
    return is_watcher || each.person.empty() || keeps(caller, each) || receives(caller, each);
  }
  bool tells_person(const Handover& each) const {
    if (persons.contains(each.person)) return true;
    return is_watcher && !each.person.empty() &&
           find_active_form(*rules, each.form).form != nullptr;
  }
  std::vector<std::string> forms() const {
    std::vector<std::string> all(handing.begin(), handing.end());
    all.insert(all.end(), ending.begin(), ending.end());
    return all;
  }
};

Result<Receipt> HandoverService::append(const Caller& caller, const Handover& handover,
                                        std::string_view kind, json::object payload,
                                        const Idempotency& idempotency) {
  const RulebookPtr rules = ports_.packs.rules();
  const ActiveForm form = find_active_form(*rules, handover.form);
  if (form.form == nullptr) return make_error("AP-0001");
  payload["handover"] = handover.id;
  model::Entry entry;
  entry.organisation = handover.keeper;
  entry.subject = handover.person;
  entry.kind = kind;
  entry.pack_hash = form.pack->hash;
  entry.retention = form.form->basis.retention;
  entry.payload = std::move(payload);
  entry.persons = {handover.person};
  Unit unit;
  unit.actor = caller.account;
  unit.purpose = caller.purpose.empty() ? "work" : caller.purpose;
  unit.idempotency = idempotency;
  unit.entries.push_back(std::move(entry));
  ZICHT_TRY(receipt, ports_.store.append_and_wait(std::move(unit)));
  if (!receipt.is_replay) {
    ports_.feed.handovers_changed(handover.form, {handover.keeper, handover.receiver});
  }
  return receipt;
}

HandoverService::View HandoverService::view_of(const Caller& caller) {
  View view{ports_.packs.rules(), {}, {}, {}, {}, false};
  for (const model::PackPtr& pack : view.rules->packs.all_active()) {
    for (const model::Form& form : pack->forms) {
      if (!form.is_person) continue;
      if (may(caller, *pack, form, model::Action::kHandOver)) {
        view.handing.insert(form.full_id());
      } else if (!lets_hand_over(form) && may(caller, *pack, form, model::Action::kChange)) {
        view.ending.insert(form.full_id());
      }
    }
  }
  return view;
}

// Leaves what the caller may be shown. On the side of the keeper each person is asked for, as when
// their file is offered.
Result<void> HandoverService::keep_shown(const Caller& caller, View& view,
                                         std::vector<Handover>& handovers) {
  std::set<std::string> own;
  for (const Handover& each : handovers) {
    if (each.keeper == caller.organisation && !each.person.empty()) own.insert(each.person);
  }
  const auto scope = [&](std::string_view form) {
    return keeping_scope(*view.rules, caller, form);
  };
  if (!own.empty()) {
    ZICHT_TRY(kept, ports_.store.references({own.begin(), own.end()}, scope));
    for (const auto& [id, reference] : kept) view.kept.insert(id);
  }
  std::erase_if(handovers,
                [&](const Handover& each) { return !view.shows(caller, each); });
  return {};
}

// As many as the query wants: what is not shown leaves no gap from which it could be inferred.
Result<std::vector<Handover>> HandoverService::shown(const Caller& caller, View& view,
                                                     HandoverQuery query) {
  std::vector<Handover> all;
  const auto wanted = static_cast<std::size_t>(query.limit);
  if (!query.is_of_all && query.forms.empty()) return all;
  bool has_more = true;
  while (has_more && all.size() < wanted) {
    ZICHT_TRY(batch, ports_.store.handovers(query));
    has_more = batch.size() == wanted;
    if (has_more) query.before_seq = batch.back().seq;
    ZICHT_CHECKED(keep_shown(caller, view, batch));
    for (Handover& each : batch) all.push_back(std::move(each));
  }
  if (all.size() > wanted) all.resize(wanted);
  return all;
}

Result<std::string> HandoverService::offer(const Caller& caller, const std::string& record,
                                           const Json& request, const WriteContext& context) {
  if (caller.is_visitor()) return make_error("AP-0004");
  auto receipt = offer_now(caller, record, request, context);
  if (receipt) return answer_offer(caller, receipt->seq);
  if (context.idempotency.key_hash.empty()) return receipt.error();
  // It may have been done before with the same key: then its answer counts.
  ZICHT_TRY(before, ports_.store.replay_of(context.idempotency));
  if (!before) return receipt.error();
  return answer_offer(caller, before->seq);
}

Result<Receipt> HandoverService::offer_now(const Caller& caller, const std::string& record,
                                           const Json& request, const WriteContext& context) {
  const RulebookPtr rules = ports_.packs.rules();
  internal::Body body(request, {"organisation", "forms", "from", "until", "gives_up", "reason",
                                "basis"});
  Asked asked = read_offer(body, amsterdam_date(ports_.clock.now()));
  check_forms(*rules, caller, asked, body);
  ZICHT_TRY(is_there, ports_.organisations.exists(asked.organisation));
  if (!is_there || asked.organisation == caller.organisation) {
    body.add(make_problem("AP-0160", "/organisation"));
  }
  ZICHT_CHECKED(body.check());
  auto found = internal::find_record(ports_.store, rules, caller, record, {});
  if (!found) return internal::refused_look(ports_.reads, caller, kAction, record, found.error());
  const model::Form& form = *found->form.form;
  const auto about = internal::about_of(form, found->record, found->standings);
  if (!form.is_person || caller.organisation.empty() ||
      !may(caller, *found->form.pack, form, model::Action::kHandOver, found->record, about)) {
    return make_error("AP-0002");
  }
  Handover made;
  made.id = PublicId::random(ports_.rng).to_string();
  made.person = record;
  made.form = form.full_id();
  made.keeper = caller.organisation;
  made.receiver = asked.organisation;
  return append(caller, made, model::kHandoverOffered, payload_of(asked, made.form),
                context.idempotency);
}

Result<std::string> HandoverService::answer_offer(const Caller& caller, std::int64_t seq) {
  View view = view_of(caller);
  HandoverQuery query;
  query.organisation = caller.organisation;
  query.is_incoming = false;
  query.forms = view.forms();
  query.limit = 1;
  query.before_seq = seq + 1;
  ZICHT_TRY(found, ports_.store.handovers(query));
  if (found.empty() || found.front().seq != seq) return make_error("AP-0001");
  return answer(caller, std::move(view), as_offered(std::move(found.front())));
}

Result<Handover> HandoverService::find(const Caller& caller, View& view, const std::string& id) {
  if (caller.is_visitor()) return make_error("AP-0004");
  if (!PublicId::parse(id)) return make_error("AP-0001");
  HandoverQuery query;
  query.organisation = caller.organisation;
  query.forms = view.forms();
  query.id = id;
  query.limit = 1;
  ZICHT_TRY(found, shown(caller, view, std::move(query)));
  if (found.empty() || found.front().person.empty()) return make_error("AP-0001");
  return std::move(found.front());
}

Result<std::string> HandoverService::act(const Caller& caller, const std::string& id,
                                         HandoverAct act, const Json& request) {
  const ActRule& rule = rule_of(act);
  internal::Body body(request, {"reason"});
  const std::string reason = read_reason(body, act != HandoverAct::kAccept);
  ZICHT_CHECKED(body.check());
  View view = view_of(caller);
  ZICHT_TRY(handover, find(caller, view, id));
  if (!is_of(caller, rule, handover)) return make_error("AP-0002");
  if (!is_in_time(rule, handover, amsterdam_date(ports_.clock.now()))) {
    return make_error("AP-0163");
  }
  json::object payload;
  if (!reason.empty()) payload["reason"] = reason;
  ZICHT_TRY(receipt, append(caller, handover, rule.kind, std::move(payload), {}));
  ZICHT_TRY(after, find(caller, view, id));
  // Of two acts at one moment the first counts.
  const std::optional<Instant> at = act == HandoverAct::kAccept || act == HandoverAct::kRefuse
                                        ? after.answered
                                        : after.ended;
  if (after.state == handover.state || !at || *at != receipt.recorded_at) {
    return make_error("AP-0163");
  }
  // Whoever accepts sees from now on what was handed over.
  Caller now = caller;
  ZICHT_TRY(is_receiving, ports_.store.is_receiving(caller.organisation));
  now.is_receiving = is_receiving;
  return answer(now, std::move(view), after);
}

Result<HandoverQuery> HandoverService::read_search(const Caller& caller, const View& view,
                                                   const Json& request) {
  internal::Body body(request, {"direction", "person", "state", "limit", "before"});
  HandoverQuery query;
  query.organisation = caller.organisation;
  query.forms = view.forms();
  query.limit = body.page_size();
  query.before_seq = body.number_if("before");
  query.person = body.text_if("person").value_or("");
  query.state = body.text_if("state").value_or("");
  if (!query.state.empty() && !is_known_state(query.state)) {
    body.add(make_problem("AP-0167", "/state"));
  }
  const auto direction = body.text_if("direction");
  query.is_outgoing = !direction || *direction == "outgoing";
  query.is_incoming = !direction || *direction == "incoming";
  if (!query.is_outgoing && !query.is_incoming) body.add(make_problem("AP-0165", "/direction"));
  // A direction is one of the own organisation.
  query.is_of_all = caller.has_builtin(model::kPrivacyOfficer) && !direction;
  ZICHT_CHECKED(body.check());
  return query;
}

Result<std::string> HandoverService::search(const Caller& caller, const Json& request) {
  if (caller.is_visitor()) return make_error("AP-0004");
  View view = view_of(caller);
  ZICHT_TRY(query, read_search(caller, view, request));
  view.is_watcher = query.is_of_all;
  // Whose file an offer is about may not be found out by asking for each person.
  if (!query.person.empty()) {
    const auto found = internal::find_record(ports_.store, view.rules, caller, query.person, {});
    if (!found) {
      return internal::refused_look(ports_.reads, caller, kAction, query.person, found.error());
    }
  }
  const auto limit = static_cast<std::size_t>(query.limit);
  ++query.limit;
  const bool is_outgoing_alone = !query.is_incoming;
  ZICHT_TRY(found, shown(caller, view, std::move(query)));
  const bool has_more = found.size() > limit;
  if (has_more) found.resize(limit);
  ZICHT_CHECKED(tell_persons(caller, view, found));
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const Handover& each : found) ZICHT_CHECKED(write(json, caller, view, each));
  json.end();
  if (has_more) json.key("next").number(found.back().seq);
  if (is_outgoing_alone && !view.handing.empty()) {
    ZICHT_CHECKED(write_organisations(json, caller));
  }
  json.end();
  return out;
}

// Those that one may hand over to.
Result<void> HandoverService::write_organisations(JsonWriter& json, const Caller& caller) {
  ZICHT_TRY(organisations, ports_.store.organisations());
  std::sort(organisations.begin(), organisations.end(),
            [](const Organisation& a, const Organisation& b) {
              return std::tie(a.name, a.id) < std::tie(b.name, b.id);
            });
  json.key("organisations").array();
  for (const Organisation& each : organisations) {
    if (each.id == caller.organisation) continue;
    json.object().member("id", each.id).member("name", each.name).end();
  }
  json.end();
  return {};
}

// Finds the titles that the caller may see, and notes every person that is told, by name or not.
Result<void> HandoverService::tell_persons(const Caller& caller, View& view,
                                           const std::vector<Handover>& handovers) {
  std::set<std::string> ids;
  for (const Handover& each : handovers) {
    if (!each.person.empty()) ids.insert(each.person);
  }
  ZICHT_TRY(persons, internal::visible_references(ports_.store, *view.rules, caller, ids));
  view.persons = std::move(persons);
  Look look("handovers");
  for (const Handover& each : handovers) {
    if (view.tells_person(each)) look.add_title(*view.rules, each.person, each.form);
  }
  return ports_.reads.note(caller, look);
}

Result<std::string> HandoverService::answer(const Caller& caller, View view,
                                            const Handover& handover) {
  std::vector<Handover> one{handover};
  ZICHT_CHECKED(keep_shown(caller, view, one));
  if (one.empty()) return make_error("AP-0001");
  ZICHT_CHECKED(tell_persons(caller, view, one));
  std::string out;
  JsonWriter json(out);
  ZICHT_CHECKED(write(json, caller, view, handover));
  return out;
}

Result<void> HandoverService::write_account(JsonWriter& json, std::string_view key,
                                            const std::string& id) {
  if (id.empty()) return {};
  ZICHT_TRY(account, ports_.store.find_account(id));
  json.key(key).object().member("id", id).member("name", account ? account->name : id).end();
  return {};
}

// Forms that the caller may not look at are not named.
void HandoverService::write_forms(JsonWriter& json, const Caller& caller, const View& view,
                                  const Handover& each) {
  const ActiveForm person = find_active_form(*view.rules, each.form);
  json.member_if("form", each.form);
  if (person.form != nullptr) json.member("form_title", person.form->title);
  json.key("all_forms").boolean(each.forms.empty()).key("forms").array();
  bool hides = false;
  for (const std::string& id : each.forms) {
    if (!may_look(*view.rules, caller, id)) {
      hides = true;
      continue;
    }
    json.object().member("id", id);
    json.member("title", find_active_form(*view.rules, id).form->plural).end();
  }
  json.end().key("hides_forms").boolean(hides);
}

Result<void> HandoverService::write(JsonWriter& json, const Caller& caller, const View& view,
                                    const Handover& each) {
  const Date today = amsterdam_date(ports_.clock.now());
  json.object().member("id", each.id).member("state", each.state);
  if (view.tells_person(each)) {
    const auto person = view.persons.find(each.person);
    json.key("person").object().member("id", each.person);
    if (person != view.persons.end()) json.member("title", person->second.title);
    json.end();
  }
  for (const auto& [key, id] : {std::pair("keeper", each.keeper),
                                std::pair("receiver", each.receiver)}) {
    json.key(key).object().member("id", id);
    json.member("name", ports_.organisations.name_of(id)).end();
  }
  write_forms(json, caller, view, each);
  if (each.from) json.member("from", each.from->to_string());
  if (each.until) json.member("until", each.until->to_string());
  json.key("gives_up").boolean(each.gives_up);
  json.key("counts").boolean(each.state == "accepted" && each.from && *each.from <= today &&
                             !is_over(each, today));
  json.key("over").boolean((each.state == "accepted" || each.state == "offered") &&
                           is_over(each, today));
  json.member_if("reason", each.reason).member_if("basis", each.basis);
  json.member_if("answer", each.answer).member_if("end_reason", each.end_reason);
  for (const auto& [key, at] : {std::pair("offered", each.offered),
                                std::pair("answered", each.answered),
                                std::pair("ended", each.ended)}) {
    if (at) json.member(key, at->to_string());
  }
  ZICHT_CHECKED(write_account(json, "offered_by", each.offered_by));
  ZICHT_CHECKED(write_account(json, "answered_by", each.answered_by));
  ZICHT_CHECKED(write_account(json, "ended_by", each.ended_by));
  json.key("may").array();
  for (const ActRule& rule : kActs) {
    const bool may_act =
        rule.is_of_receiver ? view.receives(caller, each) : view.keeps(caller, each);
    if (may_act && is_in_time(rule, each, today)) json.text(rule.name);
  }
  json.end().end();
  return {};
}

}  // namespace zicht::app
