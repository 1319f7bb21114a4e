#include "app/retention_service.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "app/internal/body.h"
#include "app/internal/found_record.h"
#include "app/present/json_writer.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/period.h"
#include "model/pack.h"

namespace zicht::app {
namespace {

constexpr std::string_view kPermanent = "permanent";

// A day before which every record that is due was changed; the exact day is counted afterwards.
Result<Date> day_before(Date today, const Period& retention) {
  const std::int64_t days = std::int64_t{365} * retention.years +
                            std::int64_t{28} * retention.months +
                            std::int64_t{7} * retention.weeks + retention.days;
  return add_days(today, 1 - days);
}

Result<void> check_looking(const Caller& caller) {
  const bool may_look =
      caller.has_builtin(model::kAdministrator) || caller.has_builtin(model::kPrivacyOfficer);
  return may_look ? Result<void>() : make_error("AP-0002");
}

// Longest due first, and a place between two pages that holds when something on them is gone.
std::string place_of(const DueRecord& each) {
  return each.due.to_string() + "~" + each.record.record;
}

bool is_place(std::string_view text) {
  const auto tilde = text.find('~');
  return tilde != std::string_view::npos && Date::parse(text.substr(0, tilde)).has_value();
}

std::optional<ListedRecord> listed_record(const Json& value) {
  const json::object* object = value.if_object();
  if (object == nullptr || object->size() != 2) return std::nullopt;
  const Json* record = object->if_contains("record");
  const Json* version = object->if_contains("version");
  const bool is_sound = record != nullptr && record->is_string() && version != nullptr &&
                        version->is_int64() && version->get_int64() > 0;
  if (!is_sound) return std::nullopt;
  return ListedRecord{std::string(record->get_string()), version->get_int64()};
}

std::vector<ListedRecord> read_list(internal::Body& body) {
  std::vector<ListedRecord> list;
  const Json* records = body.array_if("records");
  const std::size_t count = records == nullptr ? 0 : records->get_array().size();
  if (count == 0 || count > RetentionService::kMostApproved) {
    body.add(make_problem("AP-0181", "/records",
                          {{"limit", std::to_string(RetentionService::kMostApproved)}}));
    return list;
  }
  for (std::size_t i = 0; i < count; ++i) {
    auto listed = listed_record(records->get_array()[i]);
    if (listed) list.push_back(*std::move(listed));
    if (!listed) body.add(make_problem("AP-0182", "/records/" + std::to_string(i)));
  }
  return list;
}

// A record twice on a list goes once.
std::vector<ListedRecord> each_once(std::vector<ListedRecord> list) {
  std::set<std::string> seen;
  std::erase_if(list, [&](const ListedRecord& each) {
    return !seen.insert(each.record).second;
  });
  return list;
}

void write_form(JsonWriter& json, const Rulebook& rules, const std::string& id) {
  json.member("form", id);
  const ActiveForm form = find_active_form(rules, id);
  if (form.form != nullptr) json.member("form_title", form.form->title);
}

}  // namespace

Result<void> RetentionService::add_due(const model::Form& form, Date today,
                                       std::vector<DueRecord>& due) {
  ZICHT_TRY(retention, Period::parse(form.basis.retention));
  ZICHT_TRY(bound, day_before(today, retention));
  ZICHT_TRY(unchanged, ports_.retention.unchanged_since(form.full_id(),
                                                        Instant::at_utc_midnight(bound)));
  for (const UnchangedRecord& each : unchanged) {
    const Date changed = amsterdam_date(each.changed_at);
    ZICHT_TRY(last, add_period(changed, retention));
    ZICHT_TRY(first, add_days(last, 1));
    if (first <= today) due.push_back({each.record, form.is_person, changed, first});
  }
  return {};
}

Result<std::vector<DueRecord>> RetentionService::due(Date today) {
  std::vector<DueRecord> due;
  const RulebookPtr rules = ports_.packs.rules();
  for (const model::PackPtr& pack : rules->packs.all_active()) {
    for (const model::Form& form : pack->forms) {
      if (form.subject != "person" || form.basis.retention == kPermanent) continue;
      ZICHT_CHECKED(add_due(form, today, due));
    }
  }
  return due;
}

// Erases the persons that are due; gives the other records that are.
Result<std::vector<ErasedRecord>> RetentionService::take_due(const Approval& approval,
                                                             Expiry& outcome) {
  ZICHT_TRY(all, due(approval.today));
  std::map<std::string, const DueRecord*> by_id;
  for (const DueRecord& each : all) by_id.emplace(each.record.record, &each);
  std::vector<ErasedRecord> records;
  for (const ListedRecord& listed : approval.list) {
    const auto found = by_id.find(listed.record);
    if (found == by_id.end() || found->second->record.version != listed.version) continue;
    if (!found->second->is_person) {
      records.push_back(found->second->record);
      continue;
    }
    ZICHT_TRY(is_erased, ports_.retention.expire_person(approval.account, found->second->record));
    if (!is_erased) continue;
    ++outcome.erased;
    ports_.forget_accounts();
  }
  return records;
}

Result<Expiry> RetentionService::erase(const Approval& approval) {
  const Approval once{each_once(approval.list), approval.account, approval.today};
  Expiry outcome;
  ZICHT_TRY(records, take_due(once, outcome));
  ZICHT_TRY(expired, ports_.retention.expire_records(once.account, records));
  outcome.erased += expired;
  outcome.left = static_cast<std::int64_t>(approval.list.size()) - outcome.erased;
  std::vector<std::string> ids;
  for (const ListedRecord& each : once.list) ids.push_back(each.record);
  ZICHT_TRY(gone, ports_.retention.erased_of(ids));
  for (const std::string& id : ids) {
    if (!gone.contains(id)) outcome.kept.push_back(id);
  }
  if (gone.empty()) return outcome;
  const auto wiped = ports_.retention.wipe_removed();
  if (!wiped) outcome.unwiped = wiped.error();
  return outcome;
}

Result<std::string> RetentionService::search(const Caller& caller, const Json& request) {
  ZICHT_CHECKED(check_looking(caller));
  internal::Body body(request, {"limit", "after"});
  const std::int64_t limit = body.page_size();
  const std::string after = body.text_if("after").value_or("");
  if (!after.empty() && !is_place(after)) body.add(make_problem("AP-0180", "/after"));
  ZICHT_CHECKED(body.check());
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(all, due(amsterdam_date(ports_.clock.now())));
  const std::size_t count = all.size();
  std::erase_if(all, [&](const DueRecord& each) { return place_of(each) <= after; });
  std::sort(all.begin(), all.end(), [](const DueRecord& a, const DueRecord& b) {
    return std::tie(a.due, a.record.record) < std::tie(b.due, b.record.record);
  });
  const bool has_more = all.size() > static_cast<std::size_t>(limit);
  if (has_more) all.resize(static_cast<std::size_t>(limit));
  std::set<std::string> ids;
  Look look("retention");
  for (const DueRecord& each : all) {
    ids.insert(each.record.record);
    look.add_title(*rules, each.record.record, each.record.form);
  }
  ZICHT_TRY(titles, internal::visible_references(ports_.store, *rules, caller, ids));
  ZICHT_CHECKED(ports_.reads.note(caller, look));
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const DueRecord& each : all) write(json, *rules, titles, each);
  json.end().key("count").number(static_cast<std::int64_t>(count));
  if (has_more) json.member("next", place_of(all.back()));
  json.key("may").array();
  if (caller.has_builtin(model::kAdministrator)) json.text("erase");
  json.end().end();
  return out;
}

void RetentionService::write(JsonWriter& json, const Rulebook& rules, const References& titles,
                             const DueRecord& each) {
  json.object().member("id", each.record.record);
  write_form(json, rules, each.record.form);
  json.key("person").boolean(each.is_person);
  const auto title = titles.find(each.record.record);
  if (title != titles.end()) json.member("title", title->second.title);
  json.key("organisation").object().member("id", each.record.organisation);
  json.member("name", ports_.organisations.name_of(each.record.organisation)).end();
  json.key("version").number(each.record.version);
  json.member("changed", each.changed.to_string()).member("due", each.due.to_string());
  const ActiveForm form = find_active_form(rules, each.record.form);
  if (form.form != nullptr) {
    const model::Basis& basis = form.form->basis;
    json.member("retention", basis.retention).member("law", basis.law);
    json.member_if("article", basis.article);
  }
  json.end();
}

Result<std::string> RetentionService::approve(const Caller& caller, const Json& request) {
  if (!caller.has_builtin(model::kAdministrator)) return make_error("AP-0002");
  internal::Body body(request, {"records"});
  Approval approval{read_list(body), caller.account, amsterdam_date(ports_.clock.now())};
  ZICHT_CHECKED(body.check());
  approval.list = each_once(std::move(approval.list));
  ZICHT_TRY(outcome, erase(approval));
  std::string out;
  JsonWriter json(out);
  json.object().key("erased");
  json.number(static_cast<std::int64_t>(approval.list.size() - outcome.kept.size()));
  json.key("left").array();
  for (const std::string& id : outcome.kept) json.text(id);
  json.end().key("wiped").boolean(!outcome.unwiped).end();
  return out;
}

Result<std::string> RetentionService::erasures(const Caller& caller, const Json& request) {
  ZICHT_CHECKED(check_looking(caller));
  internal::Body body(request, {"limit", "before"});
  const std::int64_t limit = body.page_size();
  const auto before = body.number_if("before");
  ZICHT_CHECKED(body.check());
  ZICHT_TRY(found, ports_.retention.erasures(before, limit + 1));
  const bool has_more = static_cast<std::int64_t>(found.size()) > limit;
  if (has_more) found.pop_back();
  const RulebookPtr rules = ports_.packs.rules();
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const Erasure& each : found) ZICHT_CHECKED(write(json, *rules, each));
  json.end();
  if (has_more) json.key("next").number(found.back().seq);
  json.end();
  return out;
}

Result<void> RetentionService::write(JsonWriter& json, const Rulebook& rules,
                                     const Erasure& each) {
  ZICHT_TRY(account, ports_.store.find_account(each.decided_by));
  const bool is_retention = !each.is_of_person || each.reason == kRetentionEnded;
  json.object().key("seq").number(each.seq).member("at", each.at.to_string());
  json.key("by").object().member("id", each.decided_by);
  json.member("name", account ? account->name : each.decided_by).end();
  json.key("organisation").object().member("id", each.organisation);
  json.member("name", ports_.organisations.name_of(each.organisation)).end();
  json.member("cause", is_retention ? "retention" : "request");
  if (!is_retention) json.member_if("reason", each.reason);
  json.key("records").array();
  for (const auto& [form, count] : each.records) {
    json.object();
    write_form(json, rules, form);
    json.key("count").number(count).end();
  }
  json.end().key("accounts").number(each.accounts).end();
  return {};
}

}  // namespace zicht::app
