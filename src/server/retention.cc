#include "server/retention.h"

#include <map>
#include <sstream>
#include <utility>

#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/json.h"
#include "base/period.h"
#include "model/pack.h"

namespace zicht::server {
namespace {

constexpr std::string_view kPermanent = "permanent";

// A day before which every record that is due was changed; the exact day is counted afterwards.
Result<Date> day_before(Date today, const Period& retention) {
  const std::int64_t days = std::int64_t{365} * retention.years +
                            std::int64_t{28} * retention.months +
                            std::int64_t{7} * retention.weeks + retention.days;
  return add_days(today, 1 - days);
}

Result<void> add_due(Installation& installation, const model::Form& form, Date today,
                     std::vector<DueRecord>& due) {
  ZICHT_TRY(retention, Period::parse(form.basis.retention));
  ZICHT_TRY(bound, day_before(today, retention));
  ZICHT_TRY(unchanged, installation.store().unchanged_since(form.full_id(),
                                                            Instant::at_utc_midnight(bound)));
  for (const store::UnchangedRecord& each : unchanged) {
    const Date changed = amsterdam_date(each.changed_at);
    ZICHT_TRY(last, add_period(changed, retention));
    ZICHT_TRY(first, add_days(last, 1));
    if (first <= today) due.push_back({each.record, form.is_person, changed, first});
  }
  return {};
}

// Errors: those of erasing; nothing when about that person there is something again.
Result<bool> erase_person(Installation& installation, const DueRecord& due,
                          const std::string& account) {
  const std::string& person = due.record.record;
  ZICHT_TRY(plan, installation.store().plan_erasure(person));
  store::ErasureOrder order{.person = person,
                            .actor = account,
                            .reason = "retention ended",
                            .keep = {},
                            .is_alone = true};
  for (const store::ErasedRecord& shared : plan.shared) order.keep.push_back(shared.record);
  const auto erased = installation.store().erase_person(order);
  if (erased) return true;
  if (erased.error().id == "ST-0047" || erased.error().id == "ST-0044") return false;
  return erased.error();
}

}  // namespace

Result<std::vector<DueRecord>> due_records(Installation& installation, Date today) {
  std::vector<DueRecord> due;
  const auto rules = installation.services().packs.rules();
  for (const model::PackPtr& pack : rules->packs.all_active()) {
    for (const model::Form& form : pack->forms) {
      if (form.subject != "person" || form.basis.retention == kPermanent) continue;
      ZICHT_CHECKED(add_due(installation, form, today, due));
    }
  }
  return due;
}

std::string render_list(const std::vector<DueRecord>& due) {
  std::string text;
  for (const DueRecord& each : due) {
    text += *canonical_json(json::object{{"changed", each.changed.to_string()},
                                         {"due", each.due.to_string()},
                                         {"form", each.record.form},
                                         {"record", each.record.record},
                                         {"version", each.record.version}}) +
            "\n";
  }
  return text;
}

Result<std::vector<ListedRecord>> parse_list(std::string_view text) {
  std::vector<ListedRecord> list;
  std::istringstream lines{std::string(text)};
  std::int64_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto value = parse_json(line);
    const json::object* object = value.has_value() ? value->if_object() : nullptr;
    const Json* record = object == nullptr ? nullptr : object->if_contains("record");
    const Json* version = object == nullptr ? nullptr : object->if_contains("version");
    if (record == nullptr || !record->is_string() || version == nullptr || !version->is_int64()) {
      return make_error("SV-0062", {{"line", std::to_string(number)}});
    }
    list.push_back({std::string(record->get_string()), version->get_int64()});
  }
  return list;
}

Result<Expiry> erase_due(Installation& installation, const Approval& approval) {
  ZICHT_TRY(due, due_records(installation, approval.today));
  std::map<std::string, const DueRecord*> by_id;
  for (const DueRecord& each : due) by_id.emplace(each.record.record, &each);
  Expiry outcome;
  std::vector<store::ErasedRecord> records;
  for (const ListedRecord& listed : approval.list) {
    const auto found = by_id.find(listed.record);
    if (found == by_id.end() || found->second->record.version != listed.version) continue;
    if (!found->second->is_person) {
      records.push_back(found->second->record);
      continue;
    }
    ZICHT_TRY(is_erased, erase_person(installation, *found->second, approval.account));
    if (is_erased) ++outcome.erased;
  }
  ZICHT_TRY(expired, installation.store().expire_records(approval.account, records));
  outcome.erased += expired;
  outcome.left = static_cast<std::int64_t>(approval.list.size()) - outcome.erased;
  if (outcome.erased > 0) ZICHT_CHECKED(installation.store().wipe_removed());
  return outcome;
}

}  // namespace zicht::server
