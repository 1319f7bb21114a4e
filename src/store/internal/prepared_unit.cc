#include "store/internal/prepared_unit.h"

#include <utility>

namespace zicht::store {
namespace {

void add_used_key(Json& payload, const std::optional<UsedKey>& key) {
  if (!key || !payload.is_object()) return;
  payload.get_object()["idempotency"] = {{"key_hash", key->key_hash},
                                         {"request_hash", key->request_hash}};
}

}  // namespace

Result<PreparedUnit> prepare_unit(const FormRegistry& forms, app::Unit unit) {
  PreparedUnit result;
  result.actor = std::move(unit.actor);
  result.purpose = std::move(unit.purpose);
  if (!unit.idempotency.key_hash.empty()) {
    result.used_key = UsedKey{unit.idempotency.key_hash, unit.idempotency.request_hash};
  }
  // The key stands with the last record, which the answer names; without one in the last entry.
  std::size_t left = unit.records.empty() ? unit.entries.size() : unit.records.size();
  for (app::RecordWrite& write : unit.records) {
    Json payload = model::to_payload(write.record, write.event);
    if (--left == 0) add_used_key(payload, result.used_key);
    ZICHT_TRY(text, canonical_json(payload));
    const auto told = app::told_event(write.event.event, write.record.version);
    ZICHT_TRY(prepared, prepare_record(forms, std::move(payload), std::move(write.record)));
    result.records.push_back({std::move(prepared), std::move(text), write.expected_version,
                              std::move(write.files), told});
  }
  for (model::Entry& entry : unit.entries) {
    if (unit.records.empty() && --left == 0) add_used_key(entry.payload, result.used_key);
    ZICHT_TRY(text, canonical_json(entry.payload));
    result.entries.push_back({std::move(entry), std::move(text)});
  }
  return result;
}

KeyScope key_scope_of(const PreparedRecord& prepared) {
  const model::Record& record = prepared.record;
  KeyScope scope{.organisation = record.organisation,
                 .retention = prepared.version->form.basis.retention,
                 .subject = {}};
  if (!prepared.version->is_about_person()) return scope;
  scope.record = record.id;
  scope.persons = prepared.persons.subjects;
  // About a person whom no record stands for.
  if (scope.persons.empty()) scope.persons.push_back(record.id);
  return scope;
}

KeyScope key_scope_of(const model::Entry& entry) {
  if (!entry.persons.empty()) {
    return {.organisation = entry.organisation,
            .retention = entry.retention,
            .subject = {},
            .record = entry.subject,
            .persons = entry.persons};
  }
  const bool is_about_person =
      entry.kind == model::kAccountPut || entry.kind == model::kAccountReset;
  return {.organisation = entry.organisation,
          .retention = entry.retention,
          .subject = is_about_person ? entry.subject : std::string()};
}

}  // namespace zicht::store
