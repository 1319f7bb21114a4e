#include "app/scheduler.h"

#include <spdlog/spdlog.h>

#include "app/engine_entries.h"
#include "app/internal/found_record.h"
#include "base/amsterdam.h"

namespace zicht::app {
namespace {

constexpr std::int64_t kBatch = 500;
// Long enough for a batch; a server that died keeps others waiting no longer than this.
constexpr std::int64_t kLeaseMicroseconds = 120 * kMicrosecondsPerSecond;
constexpr std::string_view kLease = "scheduler";

}  // namespace

Result<Scheduler::Outcome> Scheduler::run_once() { return run_once(amsterdam_date(clock_.now())); }

Result<Scheduler::Outcome> Scheduler::run_once(Date today) {
  Outcome outcome;
  std::set<std::string> stuck;
  while (true) {
    ZICHT_TRY(until, add_microseconds(clock_.now(), kLeaseMicroseconds));
    ZICHT_TRY(has_lease, store_.take_lease(std::string(kLease), holder_, clock_.now(), until));
    outcome.had_lease = outcome.had_lease || has_lease;
    if (!has_lease) return outcome;
    // Records that stay due (conflict, failure) come first again: ask for as many more.
    const auto limit = kBatch + static_cast<std::int64_t>(stuck.size());
    ZICHT_TRY(due, store_.due_for_scheduler(today, limit));
    std::erase_if(due, [&](const std::string& id) { return stuck.contains(id); });
    if (due.empty()) return outcome;
    for (const auto& id : due) {
      if (!judge(id, today, outcome)) stuck.insert(id);
    }
  }
}

bool Scheduler::judge(const std::string& id, Date today, Outcome& outcome) {
  const auto written = let_time_pass(id, today);
  if (!written) {
    const bool is_conflict = written.error().code == Code::kConflict;
    (is_conflict ? outcome.conflicts : outcome.failures) += 1;
    if (!is_conflict) {
      spdlog::warn(R"("job":"scheduler","record":"{}","error":"{}")", id,
                   written.error().id);
    }
    return false;
  }
  outcome.records += *written > 0 ? 1 : 0;
  outcome.versions += *written;
  return *written > 0;
}

Result<std::int64_t> Scheduler::let_time_pass(const std::string& id, Date today) {
  const auto rules = packs_.rules();
  ZICHT_TRY(record, store_.record(id, {}));
  const auto form = find_active_form(*rules, record.form);
  if (form.form == nullptr) return 0;
  ZICHT_TRY(fired, model::pass_time(judge_of(*rules, form, today), record));
  if (fired.empty()) return 0;
  Unit unit;
  unit.actor = kSchedulerActor;
  unit.purpose = kPurposeWork;
  std::int64_t version = record.version;
  for (auto& one : fired) {
    one.record.version = version + 1;
    one.record.pack_hash = form.pack->hash;
    unit.records.push_back({std::move(one.record), std::move(one.event), version});
    ++version;
  }
  const model::Record last = unit.records.back().record;
  ZICHT_TRY(receipt, store_.append_and_wait(std::move(unit)));
  ZICHT_CHECK(receipt.seq > 0, "a written unit has a place in the journal");
  internal::tell_changed(store_, feed_, *form.form, last);
  return version - record.version;
}

}  // namespace zicht::app
