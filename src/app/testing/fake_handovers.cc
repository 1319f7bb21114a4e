// Hand-overs as the fake store finds them: by reading the whole journal each time.
#include <algorithm>

#include "app/testing/fake_store.h"
#include "base/amsterdam.h"

namespace zicht::app::testing {
namespace {

std::string text_in(const Json& payload, std::string_view key) {
  const Json* value = payload.as_object().if_contains(key);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

Handover offered(const model::Envelope& envelope, const Json& payload) {
  Handover made;
  made.id = text_in(payload, "handover");
  made.person = envelope.subject;
  made.form = text_in(payload, "form");
  made.keeper = envelope.organisation;
  made.receiver = text_in(payload, "receiver");
  for (const Json& form : payload.at("forms").as_array()) made.forms.emplace_back(form.as_string());
  made.from = *Date::parse(text_in(payload, "from"));
  const std::string until = text_in(payload, "until");
  if (!until.empty()) made.until = *Date::parse(until);
  made.gives_up = payload.at("gives_up").as_bool();
  made.state = "offered";
  made.reason = text_in(payload, "reason");
  made.basis = text_in(payload, "basis");
  made.offered = envelope.recorded_at;
  made.offered_by = envelope.actor;
  made.seq = envelope.seq;
  return made;
}

void tell(Handover& handover, const model::Envelope& envelope, const Json& payload) {
  const bool is_accepted = envelope.kind == model::kHandoverAccepted;
  if (is_accepted || envelope.kind == model::kHandoverRefused) {
    if (handover.state != "offered") return;
    handover.state = is_accepted ? "accepted" : "refused";
    handover.answered = envelope.recorded_at;
    handover.answered_by = envelope.actor;
    handover.answer = text_in(payload, "reason");
    return;
  }
  const bool is_withdrawn = envelope.kind == model::kHandoverWithdrawn;
  if (handover.state != "accepted" && !(is_withdrawn && handover.state == "offered")) return;
  handover.state = is_withdrawn ? "withdrawn" : "returned";
  handover.ended = envelope.recorded_at;
  handover.ended_by = envelope.actor;
  handover.end_reason = text_in(payload, "reason");
}

}  // namespace

std::vector<Handover> FakeStore::told_handovers() const {
  std::vector<Handover> told;
  for (const Written& w : journal_) {
    if (!w.envelope.kind.starts_with("handover.")) continue;
    if (w.envelope.kind == model::kHandoverOffered) {
      told.push_back(offered(w.envelope, w.payload));
      continue;
    }
    const std::string id = text_in(w.payload, "handover");
    for (Handover& each : told) {
      if (each.id == id) tell(each, w.envelope, w.payload);
    }
  }
  return told;
}

std::vector<Handover> FakeStore::handovers_now() const {
  const Date today = amsterdam_date(clock_.now());
  auto told = told_handovers();
  std::erase_if(told, [&](const Handover& each) {
    return each.state != "accepted" || today < *each.from || (each.until && *each.until <= today);
  });
  return told;
}

Result<std::vector<Handover>> FakeStore::handovers(const HandoverQuery& query) {
  const std::lock_guard lock(mutex_);
  std::vector<Handover> found;
  auto told = told_handovers();
  std::reverse(told.begin(), told.end());
  for (const Handover& each : told) {
    const bool is_of_side = (query.is_outgoing && each.keeper == query.organisation) ||
                            (query.is_incoming && each.receiver == query.organisation);
    const bool is_of_form =
        std::find(query.forms.begin(), query.forms.end(), each.form) != query.forms.end();
    if (!query.is_of_all && (!is_of_side || !is_of_form)) continue;
    if (!query.id.empty() && each.id != query.id) continue;
    if (!query.person.empty() && each.person != query.person) continue;
    if (!query.state.empty() && each.state != query.state) continue;
    if (query.before_seq && each.seq >= *query.before_seq) continue;
    if (static_cast<std::int64_t>(found.size()) == query.limit) break;
    found.push_back(each);
  }
  return found;
}

Result<bool> FakeStore::is_receiving(const std::string& organisation) {
  const std::lock_guard lock(mutex_);
  const auto now = handovers_now();
  return std::any_of(now.begin(), now.end(),
                     [&](const Handover& each) { return each.receiver == organisation; });
}

Result<std::set<std::string>> FakeStore::handed_to(const std::string& record) {
  const std::lock_guard lock(mutex_);
  std::set<std::string> receivers;
  const Written* w = row(record, {});
  if (w == nullptr) return receivers;
  const auto persons =
      model::subjects_of(forms_.at(w->record.form), record, w->record.fields);
  for (const Handover& each : handovers_now()) {
    const bool is_about =
        std::find(persons.begin(), persons.end(), each.person) != persons.end();
    const bool is_of_form = each.forms.empty() || std::find(each.forms.begin(), each.forms.end(),
                                                            w->record.form) != each.forms.end();
    if (is_about && is_of_form && each.keeper == w->record.organisation) {
      receivers.insert(each.receiver);
    }
  }
  return receivers;
}

}  // namespace zicht::app::testing
