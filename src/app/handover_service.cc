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
constexpr std::int64_t kMostItems = 200;
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

// Forms about persons that the caller may look at: what they cannot see they cannot hand over.
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

// The forms of persons whose files the caller may hand over and receive.
std::vector<std::string> handed_by(const Rulebook& rules, const Caller& caller) {
  std::vector<std::string> forms;
  for (const model::PackPtr& pack : rules.packs.all_active()) {
    for (const model::Form& form : pack->forms) {
      if (may(caller, *pack, form, model::Action::kHandOver)) forms.push_back(form.full_id());
    }
  }
  return forms;
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

}  // namespace

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
  return ports_.store.append_and_wait(std::move(unit));
}

Result<std::string> HandoverService::offer(const Caller& caller, const std::string& record,
                                           const Json& request, const WriteContext& context) {
  if (caller.is_visitor()) return make_error("AP-0004");
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
  ZICHT_TRY(receipt, append(caller, made, model::kHandoverOffered,
                            payload_of(asked, made.form), context.idempotency));
  HandoverQuery query;
  query.organisation = caller.organisation;
  query.is_incoming = false;
  query.forms = {made.form};
  query.person = record;
  query.limit = kMostItems;
  query.before_seq = receipt.seq + 1;
  ZICHT_TRY(own, ports_.store.handovers(query));
  if (own.empty() || own.front().seq != receipt.seq) return make_error("AP-0001");
  return answer(caller, own.front());
}

Result<Handover> HandoverService::find(const Caller& caller, const std::string& id) {
  if (caller.is_visitor()) return make_error("AP-0004");
  if (!PublicId::parse(id)) return make_error("AP-0001");
  HandoverQuery query;
  query.organisation = caller.organisation;
  query.forms = handed_by(*ports_.packs.rules(), caller);
  query.id = id;
  query.limit = 1;
  ZICHT_TRY(found, ports_.store.handovers(query));
  if (found.empty() || query.forms.empty() || found.front().person.empty()) {
    return make_error("AP-0001");
  }
  return std::move(found.front());
}

Result<std::string> HandoverService::act(const Caller& caller, const std::string& id,
                                         HandoverAct act, const Json& request) {
  const ActRule& rule = rule_of(act);
  internal::Body body(request, {"reason"});
  const std::string reason = read_reason(body, act != HandoverAct::kAccept);
  ZICHT_CHECKED(body.check());
  ZICHT_TRY(handover, find(caller, id));
  if (!is_of(caller, rule, handover)) return make_error("AP-0002");
  if (!is_in_time(rule, handover, amsterdam_date(ports_.clock.now()))) {
    return make_error("AP-0163");
  }
  json::object payload;
  if (!reason.empty()) payload["reason"] = reason;
  ZICHT_TRY(receipt, append(caller, handover, rule.kind, std::move(payload), {}));
  ZICHT_TRY(after, find(caller, id));
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
  return answer(now, after);
}

Result<std::string> HandoverService::search(const Caller& caller, const Json& request) {
  if (caller.is_visitor()) return make_error("AP-0004");
  internal::Body body(request, {"direction", "person", "limit", "before"});
  HandoverQuery query;
  query.limit = body.number_if("limit").value_or(50);
  if (query.limit < 1 || query.limit > kMostItems) body.add(make_problem("AP-0075", "/limit"));
  query.before_seq = body.number_if("before");
  query.person = body.text_if("person").value_or("");
  const auto direction = body.text_if("direction");
  query.is_outgoing = !direction || *direction == "outgoing";
  query.is_incoming = !direction || *direction == "incoming";
  if (!query.is_outgoing && !query.is_incoming) body.add(make_problem("AP-0165", "/direction"));
  ZICHT_CHECKED(body.check());
  const RulebookPtr rules = ports_.packs.rules();
  // Whose file an offer is about may not be found out by asking for each person.
  if (!query.person.empty()) {
    const auto found = internal::find_record(ports_.store, rules, caller, query.person, {});
    if (!found) {
      return internal::refused_look(ports_.reads, caller, kAction, query.person, found.error());
    }
  }
  query.is_of_all = caller.has_builtin(model::kPrivacyOfficer);
  query.organisation = caller.organisation;
  query.forms = handed_by(*rules, caller);
  const auto limit = static_cast<std::size_t>(query.limit);
  ++query.limit;
  std::vector<Handover> found;
  if (query.is_of_all || !query.forms.empty()) {
    ZICHT_TRY(handovers, ports_.store.handovers(query));
    found = std::move(handovers);
  }
  const bool has_more = found.size() > limit;
  if (has_more) found.resize(limit);
  ZICHT_TRY(persons, persons_of(caller, found));
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const Handover& each : found) ZICHT_CHECKED(write(json, caller, each, persons));
  json.end();
  if (has_more) json.key("next").number(found.back().seq);
  if (!query.is_incoming && !query.forms.empty()) {
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

Result<References> HandoverService::persons_of(const Caller& caller,
                                               const std::vector<Handover>& handovers) {
  const RulebookPtr rules = ports_.packs.rules();
  std::set<std::string> ids;
  for (const Handover& each : handovers) {
    if (!each.person.empty()) ids.insert(each.person);
  }
  ZICHT_TRY(persons, internal::visible_references(ports_.store, *rules, caller, ids));
  Look look("handovers");
  look.add_titles(*rules, persons);
  ZICHT_CHECKED(ports_.reads.note(caller, look));
  return persons;
}

Result<std::string> HandoverService::answer(const Caller& caller, const Handover& handover) {
  ZICHT_TRY(persons, persons_of(caller, {handover}));
  std::string out;
  JsonWriter json(out);
  ZICHT_CHECKED(write(json, caller, handover, persons));
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
void HandoverService::write_forms(JsonWriter& json, const Caller& caller, const Handover& each) {
  const RulebookPtr rules = ports_.packs.rules();
  const ActiveForm person = find_active_form(*rules, each.form);
  json.member_if("form", each.form);
  if (person.form != nullptr) json.member("form_title", person.form->title);
  json.key("all_forms").boolean(each.forms.empty()).key("forms").array();
  for (const std::string& id : each.forms) {
    if (!may_look(*rules, caller, id)) continue;
    json.object().member("id", id);
    json.member("title", find_active_form(*rules, id).form->plural).end();
  }
  json.end();
}

Result<void> HandoverService::write(JsonWriter& json, const Caller& caller, const Handover& each,
                                    const References& persons) {
  const Date today = amsterdam_date(ports_.clock.now());
  json.object().member("id", each.id).member("state", each.state);
  const auto person = persons.find(each.person);
  const bool is_watched = caller.has_builtin(model::kPrivacyOfficer) && !each.person.empty();
  if (person != persons.end() || is_watched) {
    json.key("person").object().member("id", each.person);
    if (person != persons.end()) json.member("title", person->second.title);
    json.end();
  }
  for (const auto& [key, id] : {std::pair("keeper", each.keeper),
                                std::pair("receiver", each.receiver)}) {
    json.key(key).object().member("id", id);
    json.member("name", ports_.organisations.name_of(id)).end();
  }
  write_forms(json, caller, each);
  if (each.from) json.member("from", each.from->to_string());
  if (each.until) json.member("until", each.until->to_string());
  json.key("gives_up").boolean(each.gives_up);
  json.key("counts").boolean(each.state == "accepted" && each.from && *each.from <= today &&
                             !is_over(each, today));
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
  const auto forms = handed_by(*ports_.packs.rules(), caller);
  const bool may_act = std::find(forms.begin(), forms.end(), each.form) != forms.end();
  json.key("may").array();
  for (const ActRule& rule : kActs) {
    if (may_act && is_of(caller, rule, each) && is_in_time(rule, each, today)) {
      json.text(rule.name);
    }
  }
  json.end().end();
  return {};
}

}  // namespace zicht::app
