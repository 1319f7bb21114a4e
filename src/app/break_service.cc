#include "app/break_service.h"

#include <algorithm>

#include "app/internal/body.h"
#include "app/internal/found_record.h"
#include "app/internal/held_roles.h"
#include "app/present/json_writer.h"
#include "base/error_catalogue.h"
#include "base/ids.h"
#include "base/text.h"

namespace zicht::app {
namespace {

constexpr std::size_t kMostReason = 2000;      // code points
constexpr std::int64_t kMostHours = 168;
constexpr std::int64_t kMostItems = 200;
constexpr const char* kAction = "break";

const LocalizedText& task_text() {
  static const LocalizedText kText{"Kijk na of de noodtoegang terecht was",
                                   "Review whether the emergency access was justified"};
  return kText;
}

Problem hours_problem(std::int64_t most) {
  return make_problem("AP-0090", "/hours", {{"hours", std::to_string(most)}});
}

Caller in_emergency(Caller caller) {
  caller.purpose = model::kEmergency;
  return caller;
}

struct Asked {
  std::string reason;
  std::int64_t hours = 0;
};

// What is wrong with the request in itself, whatever the record is.
Result<Asked> read_request(const Json& request) {
  internal::Body body(request, {"reason", "hours"});
  Asked asked{.reason = std::string(trim(body.text("reason"))),
              .hours = body.number_if("hours").value_or(0)};
  if (asked.reason.empty() || code_point_length(asked.reason) > kMostReason) {
    body.add(make_problem("AP-0028", "/reason"));
  }
  if (asked.hours < 1 || asked.hours > kMostHours) body.add(hours_problem(kMostHours));
  ZICHT_CHECKED(body.check());
  return asked;
}

}  // namespace

// A record that the caller may break.
struct BreakService::Target {
  RulebookPtr rules;
  ActiveForm form;
  model::Record record;
  BreakLeave leave;
};

Result<BreakService::Target> BreakService::find_target(const Caller& caller,
                                                       const std::string& id) {
  if (!PublicId::parse(id)) return make_error("AP-0001");
  auto read = ports_.store.record(id, {});
  if (!read && read.error().code == Code::kNotFound) return make_error("AP-0001");
  if (!read) return read.error();
  const RulebookPtr rules = ports_.packs.rules();
  Target target{rules, find_active_form(*rules, read->form), *std::move(read), {}};
  if (target.form.form == nullptr) return make_error("AP-0001");
  const model::Form& form = *target.form.form;
  auto leave = may_break(caller, *target.form.pack, form, target.record);
  if (!leave) return make_error("AP-0001");
  target.leave = *std::move(leave);
  return target;
}

// For any purpose that the caller could give, a break shows no more than access does.
Result<bool> BreakService::sees_as_much(const Caller& caller, const Target& target) {
  const model::Form& form = *target.form.form;
  ZICHT_TRY(standings, internal::standings_of(ports_.store, caller, form, {&target.record}));
  const auto about = internal::about_of(form, target.record, standings);
  std::set<std::string> purposes = purposes_of(caller, *target.form.pack, form);
  purposes.emplace();
  return std::any_of(purposes.begin(), purposes.end(), [&](const std::string& purpose) {
    Caller here = caller;
    here.purpose = purpose;
    const auto seen = scope_of(here, *target.form.pack, form)
                          .clearance_in(target.record.organisation, about, target.record.id);
    return seen && target.record.audience <= *seen && target.leave.clearance <= *seen;
  });
}

Result<Receipt> BreakService::append(const Caller& caller, const model::Record& record,
                                     std::string_view kind, Json payload,
                                     const Idempotency& idempotency) {
  const RulebookPtr rules = ports_.packs.rules();
  const ActiveForm form = find_active_form(*rules, record.form);
  if (form.form == nullptr) return make_error("AP-0001");
  model::Entry entry;
  entry.organisation = record.organisation;
  entry.subject = record.id;
  entry.kind = kind;
  entry.pack_hash = form.pack->hash;
  entry.retention = form.form->basis.retention;
  entry.payload = std::move(payload);
  if (form.form->is_about_persons()) {
    entry.persons = model::subjects_of(*form.form, record.id, record.fields);
    if (entry.persons.empty()) entry.persons.push_back(record.id);
  }
  Unit unit;
  unit.actor = caller.account;
  unit.purpose = model::kEmergency;
  unit.idempotency = idempotency;
  unit.entries.push_back(std::move(entry));
  ZICHT_TRY(receipt, ports_.store.append_and_wait(std::move(unit)));
  if (!receipt.is_replay) ports_.feed.tasks_changed(record);
  return receipt;
}

Result<std::string> BreakService::open(const Caller& caller, const std::string& record,
                                       const Json& body, const WriteContext& context) {
  if (caller.is_visitor()) return make_error("AP-0004");
  ZICHT_TRY(asked, read_request(body));
  const Caller looking = in_emergency(caller);
  auto target = find_target(looking, record);
  if (!target) {
    return internal::refused_look(ports_.reads, looking, kAction, record, target.error());
  }
  const model::BreakRule& rule = *target->form.form->break_glass;
  if (asked.hours > rule.hours) return internal::body_error({hours_problem(rule.hours)});
  ZICHT_TRY(sees_enough, sees_as_much(caller, *target));
  if (sees_enough) return make_error("AP-0091");
  ZICHT_TRY(opened, ports_.store.opened_by(caller.account));
  if (static_cast<std::int64_t>(opened.size()) >= kMostOpen && !opened.contains(record)) {
    return make_error("AP-0092", {{"limit", std::to_string(kMostOpen)}});
  }
  const std::string id = PublicId::random(ports_.rng).to_string();
  const json::object payload{{"break", id},
                             {"form", target->record.form},
                             {"hours", asked.hours},
                             {"reason", asked.reason},
                             {"report", rule.report},
                             {"role", target->leave.role},
                             {"what_en", task_text().en},
                             {"what_nl", task_text().nl}};
  ZICHT_TRY(receipt, append(caller, target->record, model::kBreakOpened, payload,
                            context.idempotency));
  Look look(kAction);
  look.set_form(*target->form.form);
  look.add(*target->form.form, target->record);
  ZICHT_CHECKED(ports_.reads.note(looking, look));
  if (!receipt.is_replay) return answer(caller, id);
  ZICHT_TRY(own, ports_.store.breaks({.account = caller.account, .held = {}, .id = {},
                                      .before_seq = {}, .limit = kMostItems}));
  for (const Break& each : own) {
    if (each.seq == receipt.seq) return answer(caller, each.id);
  }
  return make_error("AP-0001");
}

Result<std::vector<Break>> BreakService::visible(const Caller& caller, BreakQuery query) {
  query.is_of_all = caller.has_builtin(model::kPrivacyOfficer);
  query.account = caller.account;
  query.held = internal::held_roles(*ports_.packs.rules(), caller);
  return ports_.store.breaks(query);
}

Result<Break> BreakService::find_break(const Caller& caller, const std::string& id) {
  if (caller.is_visitor()) return make_error("AP-0004");
  BreakQuery query;
  query.id = id;
  query.limit = 1;
  if (!PublicId::parse(id)) return make_error("AP-0001");
  ZICHT_TRY(found, visible(caller, std::move(query)));
  if (found.empty()) return make_error("AP-0001");
  return std::move(found.front());
}

Result<std::string> BreakService::search(const Caller& caller, const Json& request) {
  if (caller.is_visitor()) return make_error("AP-0004");
  internal::Body body(request, {"limit", "before"});
  BreakQuery query;
  query.limit = body.page_size();
  query.before_seq = body.number_if("before");
  ZICHT_CHECKED(body.check());
  const auto limit = static_cast<std::size_t>(query.limit);
  ++query.limit;
  ZICHT_TRY(breaks, visible(caller, std::move(query)));
  const bool has_more = breaks.size() > limit;
  if (has_more) breaks.resize(limit);
  Look look("breaks");
  const RulebookPtr rules = ports_.packs.rules();
  for (const Break& each : breaks) look.add_title(*rules, each.record, each.form);
  ZICHT_CHECKED(ports_.reads.note(caller, look));
  std::string out;
  JsonWriter json(out);
  std::map<std::string, std::string> names;
  json.object().key("items").array();
  for (const Break& each : breaks) ZICHT_CHECKED(write(json, each, names));
  json.end();
  if (has_more) json.key("next").number(breaks.back().seq);
  json.end();
  return out;
}

Result<std::string> BreakService::end(const Caller& caller, const std::string& id) {
  ZICHT_TRY(found, find_break(caller, id));
  if (found.until <= ports_.clock.now()) return make_error("AP-0093");
  ZICHT_TRY(record, ports_.store.record(found.record, {}));
  ZICHT_TRY(receipt, append(caller, record, model::kBreakEnded, json::object{{"break", id}}, {}));
  static_cast<void>(receipt);
  return answer(caller, id);
}

Result<std::string> BreakService::review(const Caller& caller, const std::string& id,
                                         const Json& request) {
  internal::Body body(request, {"outcome", "note"});
  const std::string outcome = body.text("outcome");
  if (outcome != "justified" && outcome != "unjustified") {
    body.add(make_problem("AP-0096", "/outcome"));
  }
  const std::string note(trim(body.text_if("note").value_or("")));
  if (code_point_length(note) > kMostReason) body.add(make_problem("AP-0028", "/note"));
  ZICHT_CHECKED(body.check());
  ZICHT_TRY(found, find_break(caller, id));
  ZICHT_TRY(broke, ports_.store.find_account(found.account));
  const bool is_own = found.account == caller.account ||
                      (broke && !caller.person.empty() && broke->person == caller.person);
  if (is_own) return make_error("AP-0094");
  if (found.reviewed) return make_error("AP-0095");
  ZICHT_TRY(record, ports_.store.record(found.record, {}));
  ZICHT_TRY(receipt,
            append(caller, record, model::kBreakReviewed,
                   json::object{{"break", id}, {"note", note}, {"outcome", outcome}}, {}));
  static_cast<void>(receipt);
  return answer(caller, id);
}

Result<std::string> BreakService::answer(const Caller& caller, const std::string& id) {
  ZICHT_TRY(found, find_break(caller, id));
  std::string out;
  JsonWriter json(out);
  std::map<std::string, std::string> names;
  ZICHT_CHECKED(write(json, found, names));
  return out;
}

Result<void> BreakService::write_account(JsonWriter& json, std::string_view key,
                                         const std::string& id,
                                         std::map<std::string, std::string>& names) {
  if (id.empty()) return {};
  auto known = names.find(id);
  if (known == names.end()) {
    ZICHT_TRY(account, ports_.store.find_account(id));
    known = names.emplace(id, account ? account->name : id).first;
  }
  json.key(key).object().member("id", id).member("name", known->second).end();
  return {};
}

Result<void> BreakService::write(JsonWriter& json, const Break& each,
                                 std::map<std::string, std::string>& names) {
  const RulebookPtr rules = ports_.packs.rules();
  const ActiveForm form = find_active_form(*rules, each.form);
  const auto role_title = [&](const std::string& role) {
    const bool is_plain = form.pack == nullptr || model::is_builtin_role(role);
    return model::role_title(rules->packs, is_plain ? role : form.pack->id + "/" + role);
  };
  json.object().member("id", each.id).member("record", each.record).member("form", each.form);
  if (form.form != nullptr) json.member("form_title", form.form->title);
  json.key("organisation").object().member("id", each.organisation);
  json.member("name", ports_.organisations.name_of(each.organisation)).end();
  ZICHT_CHECKED(write_account(json, "account", each.account, names));
  json.member("role", role_title(each.role)).member("report", role_title(each.report));
  json.member("reason", each.reason).member("opened", each.opened.to_string());
  json.member("until", each.until.to_string());
  json.key("open").boolean(ports_.clock.now() < each.until);
  if (each.ended) json.member("ended", each.ended->to_string());
  ZICHT_CHECKED(write_account(json, "ended_by", each.ended_by, names));
  if (each.reviewed) json.member("reviewed", each.reviewed->to_string());
  ZICHT_CHECKED(write_account(json, "reviewed_by", each.reviewed_by, names));
  json.member_if("outcome", each.outcome).member_if("note", each.note).end();
  return {};
}

}  // namespace zicht::app
