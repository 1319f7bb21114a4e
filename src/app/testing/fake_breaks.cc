// Breaks as the fake store finds them: by reading the whole journal each time.
#include <algorithm>

#include "app/testing/fake_store.h"
#include "base/amsterdam.h"

namespace zicht::app::testing {
namespace {

constexpr std::int64_t kMicrosecondsPerHour = 3'600'000'000;

std::string text_in(const Json& payload, std::string_view key) {
  return std::string(payload.as_object().at(key).as_string());
}

}  // namespace

std::vector<Break> FakeStore::told_breaks() const {
  std::vector<Break> told;
  const auto by_id = [&](const Written& w) {
    const std::string id = text_in(w.payload, "break");
    return std::find_if(told.begin(), told.end(), [&](const Break& b) { return b.id == id; });
  };
  for (const Written& w : journal_) {
    const model::Envelope& envelope = w.envelope;
    if (envelope.kind == model::kBreakOpened) {
      Break opened;
      opened.id = text_in(w.payload, "break");
      opened.record = envelope.subject;
      opened.form = text_in(w.payload, "form");
      opened.organisation = envelope.organisation;
      opened.account = envelope.actor;
      opened.role = text_in(w.payload, "role");
      opened.report = text_in(w.payload, "report");
      opened.reason = text_in(w.payload, "reason");
      opened.opened = envelope.recorded_at;
      const auto length = w.payload.at("hours").as_int64() * kMicrosecondsPerHour;
      opened.until = *Instant::from_microseconds(
          envelope.recorded_at.microseconds_since_epoch() + length);
      opened.seq = envelope.seq;
      told.push_back(std::move(opened));
    } else if (envelope.kind == model::kBreakEnded) {
      const auto ended = by_id(w);
      if (ended->ended || ended->until <= envelope.recorded_at) continue;
      ended->until = envelope.recorded_at;
      ended->ended = envelope.recorded_at;
      ended->ended_by = envelope.actor;
    } else if (envelope.kind == model::kBreakReviewed) {
      const auto reviewed = by_id(w);
      if (reviewed->reviewed) continue;
      reviewed->reviewed = envelope.recorded_at;
      reviewed->reviewed_by = envelope.actor;
      reviewed->outcome = text_in(w.payload, "outcome");
      reviewed->note = text_in(w.payload, "note");
    }
  }
  return told;
}

std::vector<model::Task> FakeStore::break_tasks(const std::string& record) const {
  std::vector<model::Task> tasks;
  for (const Break& each : told_breaks()) {
    if (each.record != record || each.reviewed) continue;
    for (const Written* w : entries_of(model::kBreakOpened)) {
      if (text_in(w->payload, "break") != each.id) continue;
      tasks.push_back({.key = "break:" + each.id,
                       .role = each.report,
                       .what = {text_in(w->payload, "what_nl"), text_in(w->payload, "what_en")},
                       .due = {},
                       .opened = amsterdam_date(each.opened)});
    }
  }
  return tasks;
}

Result<std::set<std::string>> FakeStore::opened_by(const std::string& account) {
  const std::lock_guard lock(mutex_);
  std::set<std::string> records;
  for (const Break& each : told_breaks()) {
    if (each.account == account && clock_.now() < each.until) records.insert(each.record);
  }
  return records;
}

Result<std::vector<Break>> FakeStore::breaks(const BreakQuery& query) {
  const std::lock_guard lock(mutex_);
  std::vector<Break> found;
  auto told = told_breaks();
  std::reverse(told.begin(), told.end());
  for (const Break& each : told) {
    const bool is_shown =
        query.is_of_all || each.account == query.account ||
        std::any_of(query.held.begin(), query.held.end(), [&](const TaskQuery::Held& held) {
          return held.form == each.form &&
                 std::find(held.roles.begin(), held.roles.end(), each.report) !=
                     held.roles.end() &&
                 seen(held.scope, row(each.record, {})->record);
        });
    if (!is_shown || (!query.id.empty() && each.id != query.id)) continue;
    if (query.before_seq && each.seq >= *query.before_seq) continue;
    if (static_cast<std::int64_t>(found.size()) == query.limit) break;
    found.push_back(each);
  }
  return found;
}

}  // namespace zicht::app::testing
