// Writing: create, change, correct, step. Everything is computed first (internal/record_draft.h);
// the store compares versions.
#include "app/internal/identity.h"
#include "app/internal/letter_step.h"
#include "app/internal/record_draft.h"
#include "app/record_service.h"
#include "base/error_catalogue.h"
#include "base/ids.h"

namespace zicht::app {
namespace {

using internal::Draft;
using internal::FoundRecord;
using internal::is_stale;
using internal::store_fired;
using internal::today_of;
using internal::unit_of;
using internal::write_of;

Result<Written> conflict(const RecordService::Ports& ports, const Caller& caller,
                         const std::string& id) {
  ZICHT_TRY(found, internal::find_record(ports.store, ports.packs.rules(), caller, id, {}));
  Look look("read");
  ZICHT_TRY(document, internal::document_of(ports, caller, found, today_of(ports), &look));
  ZICHT_CHECKED(ports.reads.note(caller, look));
  return Written{std::move(document), false, make_error("AP-0010")};
}

// The first answer again: the record as it was after that write.
Result<Written> replayed(const RecordService::Ports& ports, const Caller& caller,
                         const Receipt& receipt) {
  const RulebookPtr rules = ports.packs.rules();
  ZICHT_TRY(now, internal::find_record(ports.store, rules, caller, receipt.record, {}));
  if (now.record.version == receipt.version) {
    Look look("read");
    ZICHT_TRY(document, internal::document_of(ports, caller, now, today_of(ports), &look));
    ZICHT_CHECKED(ports.reads.note(caller, look));
    return Written{std::move(document), true, {}};
  }
  ZICHT_TRY(then, internal::find_record(ports.store, rules, caller, receipt.record,
                                        {{}, receipt.recorded_at}));
  Look look("read");
  ZICHT_TRY(document, internal::document_of(ports, caller, then, {}, &look));
  ZICHT_CHECKED(ports.reads.note(caller, look));
  return Written{std::move(document), true, {}};
}

// When an act fails it may have been done before with the same key: then its answer counts.
Result<Written> failed(const RecordService::Ports& ports, const Caller& caller,
                       const WriteContext& context, Error error) {
  if (context.idempotency.key_hash.empty()) return error;
  ZICHT_TRY(receipt, ports.store.replay_of(context.idempotency));
  if (!receipt) return error;
  return replayed(ports, caller, *receipt);
}

Result<Written> store_draft(const RecordService::Ports& ports, const Caller& caller, Draft draft,
                            const WriteContext& context) {
  const std::int64_t version = draft.found.record.version;
  const std::string id = draft.after.id;
  if (auto passed = store_fired(ports.store, draft.base, version); !passed) {
    if (is_stale(passed.error())) return conflict(ports, caller, id);
    return passed.error();
  }
  if (draft.turn) ZICHT_CHECKED(draft.turn->renew());
  Unit unit = unit_of(caller, context);
  unit.records.push_back(write_of(draft));
  auto receipt = ports.store.append_and_wait(std::move(unit));
  if (!receipt && is_stale(receipt.error())) {
    auto again = failed(ports, caller, context, make_error("AP-0010"));
    return again ? std::move(again) : conflict(ports, caller, id);
  }
  if (!receipt) return receipt.error();
  if (receipt->is_replay) return replayed(ports, caller, *receipt);
  draft.after.recorded_at = receipt->recorded_at;
  draft.after.actor = caller.account;
  draft.found.handed_to =
      internal::tell_changed(ports.store, ports.feed, *draft.found.form.form, draft.after);
  draft.found.record = std::move(draft.after);
  auto seen = internal::narrow_to_row(ports.store, caller, draft.found);
  if (!seen && seen.error().id == "AP-0001") {
    Document document{"{}", draft.found.record.version, id};
    return Written{std::move(document), false, {}};
  }
  if (!seen) return seen.error();
  ZICHT_TRY(document, internal::document_of(ports, caller, draft.found, today_of(ports)));
  return Written{std::move(document), false, {}};
}

Result<void> check_identity_of(const RecordService::Ports& ports, const Caller& caller,
                               const Draft& draft) {
  const model::Record* before = draft.found.record.version > 0 ? &draft.base.record : nullptr;
  return internal::check_identity(ports.store, *draft.found.rules, caller, *draft.found.form.form,
                                  before, draft.after);
}

// Permission, version and replay are the same for every write to a record that exists.
template <class MakeDraft>
Result<Written> write_to(const RecordService::Ports& ports, const Caller& caller,
                         const std::string& id, const WriteContext& context, MakeDraft make) {
  auto found = internal::find_record(ports.store, ports.packs.rules(), caller, id, {});
  if (!found) return internal::refused_look(ports.reads, caller, "change", id, found.error());
  ZICHT_TRY(is_current,
            internal::is_as_seen(ports.store, found->record, context.expected_version));
  if (!is_current) {
    auto again = failed(ports, caller, context, make_error("AP-0010"));
    if (again) return again;
    if (again.error().id != "AP-0010") return again.error();
    return conflict(ports, caller, id);
  }
  Result<Draft> draft = make(*std::move(found));
  if (draft) {
    const auto sound = check_identity_of(ports, caller, *draft);
    if (!sound) draft = sound.error();
  }
  if (!draft) return failed(ports, caller, context, std::move(draft).error());
  return store_draft(ports, caller, *std::move(draft), context);
}

}  // namespace

Result<Written> RecordService::create(const Caller& caller, const Json& request,
                                      const WriteContext& context) {
  ZICHT_TRY(draft, internal::draft_create(ports_, caller, request,
                                          {.organisation = caller.organisation,
                                           .id = PublicId::random(ports_.rng).to_string()}));
  ZICHT_CHECKED(check_identity_of(ports_, caller, draft));
  return store_draft(ports_, caller, std::move(draft), {0, context.idempotency});
}

Result<Written> RecordService::change(const Caller& caller, const std::string& id,
                                      const Json& body, const WriteContext& context) {
  return write_to(ports_, caller, id, context, [&](FoundRecord found) {
    return internal::draft_change(ports_, caller, std::move(found), body);
  });
}

Result<Written> RecordService::correct(const Caller& caller, const std::string& id,
                                       const Json& body, const WriteContext& context) {
  return write_to(ports_, caller, id, context, [&](FoundRecord found) {
    return internal::draft_correction(ports_, caller, std::move(found), body);
  });
}

Result<Written> RecordService::step(const Caller& caller, const std::string& id, const Json& body,
                                    const WriteContext& context) {
  return write_to(ports_, caller, id, context, [&](FoundRecord found) -> Result<internal::Draft> {
    ZICHT_CHECKED(internal::check_letter_step(found, body));
    return internal::draft_step(ports_, caller, std::move(found), body);
  });
}

}  // namespace zicht::app
