#include "app/internal/round_reminder.h"

#include <algorithm>

#include "app/internal/record_draft.h"

namespace zicht::app::internal {
namespace {

bool is_past_its_day(const model::Record& request, Date today) {
  return std::any_of(request.deadlines.begin(), request.deadlines.end(), [&](const auto& each) {
    const bool runs = each.status == model::DeadlineStatus::kOpen ||
                      each.status == model::DeadlineStatus::kMissed;
    return runs && each.due.last < today;
  });
}

}  // namespace

std::string_view name_of(Reminder reminder) {
  if (reminder == Reminder::kLate) return "late";
  return reminder == Reminder::kToday ? "today" : "waiting";
}

std::optional<Reminder> reminder_of(const RecordService::Ports& ports, const Caller& caller,
                                    const AskedRound& asked, const model::Record& request) {
  const auto& requests = asked.round->requests;
  if (!requests || requests->remind.empty()) return std::nullopt;
  const Date today = today_of(ports);
  const ActiveForm form = find_active_form(*asked.rules, request.form);
  const model::Judge judge = judge_of(*asked.rules, form, today);
  const model::Process* process = model::process_of(judge, request.fields);
  const model::Transition* step =
      process == nullptr ? nullptr : process->find_transition(requests->remind);
  if (step == nullptr || !may_take(caller, *form.pack, *form.form, *step, request) ||
      model::blocked(judge, request, *step, caller.person)) {
    return std::nullopt;
  }
  if (request.state == step->to && request.state_since == today) return Reminder::kToday;
  return is_past_its_day(request, today) ? Reminder::kLate : Reminder::kWaiting;
}

}  // namespace zicht::app::internal
