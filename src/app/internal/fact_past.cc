#include "app/internal/fact_past.h"

#include <algorithm>
#include <utility>

#include "app/engine_entries.h"
#include "base/amsterdam.h"
#include "base/hash.h"

namespace zicht::app::internal {
namespace {

constexpr std::int64_t kPage = 500;
constexpr std::string_view kMarked = "inhoud ";
constexpr std::size_t kMarkerLength = 12;

std::string short_hash(const std::string& text) {
  return hash_of(text).to_string().substr(0, kMarkerLength);
}

// Oldest first.
Result<std::vector<HistoryItem>> whole_history(Store& store, const std::string& record) {
  std::vector<HistoryItem> all;
  std::optional<std::int64_t> before;
  for (;;) {
    ZICHT_TRY(items, store.history(record, kPage, before));
    if (items.empty()) break;
    before = items.back().envelope.seq;
    const bool is_last = static_cast<std::int64_t>(items.size()) < kPage;
    std::move(items.begin(), items.end(), std::back_inserter(all));
    if (is_last) break;
  }
  std::reverse(all.begin(), all.end());
  return all;
}

// Of a version that a load began with; empty for another.
std::string marker_in(const model::RecordEvent& event) {
  if (event.event != "loaded" && event.event != "corrected") return "";
  const std::string& reason = event.reason;
  const auto at = reason.rfind(kMarked);
  return at == std::string::npos ? "" : reason.substr(at + kMarked.size());
}

PersonsAct act_of(const HistoryItem& item, const Json& before) {
  PersonsAct act{item.event, item.record, {}, {}, item.envelope.actor,
                 amsterdam_date(item.envelope.recorded_at)};
  const auto mark = item.record.marks.find(item.event.transition);
  if (mark != item.record.marks.end()) act.person = mark->second;
  const json::object& now = item.record.fields.as_object();
  for (const auto& member : now) {
    const Json* old = before.as_object().if_contains(member.key());
    if (old == nullptr || *old != member.value()) act.set.emplace(member.key(), member.value());
  }
  for (const auto& member : before.as_object()) {
    if (!now.contains(member.key())) act.dropped.emplace_back(member.key());
  }
  return act;
}

void add_difference(LocalizedText& out, const std::string& nl, const std::string& en) {
  if (!out.nl.empty()) out.nl += ", ", out.en += ", ";
  out.nl += nl;
  out.en += en;
}

bool are_same_steps(const FactPast& past, const model::Fact& fact) {
  return std::equal(past.steps.begin(), past.steps.end(), fact.steps.begin(), fact.steps.end(),
                    [](const model::Record& taken, const model::FactStep& step) {
                      return taken.valid_from == step.on &&
                             std::all_of(step.fields.as_object().begin(),
                                         step.fields.as_object().end(), [&](const auto& member) {
                                           return taken.fields.as_object().contains(member.key());
                                         });
                    });
}

}  // namespace

Result<FactPast> past_of_fact(Store& store, const std::string& record) {
  ZICHT_TRY(history, whole_history(store, record));
  FactPast past;
  past.first_day = Date::max();
  Json fields = json::object{};
  for (const HistoryItem& item : history) {
    const Json before = std::exchange(fields, item.record.fields);
    past.first_day = std::min(past.first_day, item.record.valid_from);
    const std::string& actor = item.envelope.actor;
    const bool is_retold = actor == kSystemActor && item.event.reason.starts_with(kRetold);
    const std::string marker =
        actor == kSystemActor && !is_retold ? marker_in(item.event) : "";
    if (!marker.empty()) {
      // A load that only added steps goes on with the fact as it was told before.
      const bool is_whole = past.marker.empty() || item.event.event == "corrected";
      past.marker = marker;
      if (!is_whole) continue;
      past.fields = item.record.fields;
      past.from = item.record.valid_from;
      past.steps.clear();
    } else if (actor == kSystemActor && item.event.event == "stepped" && !is_retold) {
      past.steps.push_back(item.record);
    } else if (actor != kSystemActor && actor != kSchedulerActor) {
      past.acts.push_back(act_of(item, before));
    }
  }
  return past;
}

Result<std::string> content_marker(const model::Form& form, const Json& fields,
                                   std::optional<Date> from, const json::array& steps,
                                   std::size_t count) {
  const auto end = steps.begin() + static_cast<std::ptrdiff_t>(count);
  json::object content{{"fields", fields}, {"steps", json::array(steps.begin(), end)}};
  if (from) content["from"] = from->to_string();
  json::object computed;
  for (const model::Field& field : form.fields) {
    if (field.is_computed()) computed[field.id] = field.rules->computed->text;
  }
  if (!computed.empty()) content["computed"] = std::move(computed);
  ZICHT_TRY(text, canonical_json(content));
  return short_hash(text);
}

std::string with_marker(const std::string& reason, const std::string& marker) {
  return reason + "; " + std::string(kMarked) + marker;
}

Result<bool> is_same_by_older_marker(const FactPast& past, const Json& fields,
                                     const model::Fact& fact) {
  ZICHT_TRY(text, canonical_json(fields));
  return past.marker == short_hash(text) && (!fact.from || *fact.from == past.from) &&
         are_same_steps(past, fact);
}

LocalizedText told_difference(const FactPast& past, const model::Form& form, const Json& fields,
                              const model::Fact& fact) {
  LocalizedText out;
  for (const model::Field& field : form.fields) {
    const Json* old = past.fields.as_object().if_contains(field.id);
    const Json* now = fields.as_object().if_contains(field.id);
    if ((old == nullptr && now == nullptr) || field.is_computed()) continue;
    if (old == nullptr) {
      add_difference(out, field.label.nl + " toegevoegd", field.label.en + " added");
    } else if (now == nullptr) {
      add_difference(out, field.label.nl + " vervallen", field.label.en + " dropped");
    } else if (*old != *now) {
      add_difference(out, field.label.nl + " gewijzigd", field.label.en + " changed");
    }
  }
  if (fact.from && *fact.from != past.from) {
    const std::string day = fact.from->to_string();
    add_difference(out, "geldt vanaf " + day, "holds from " + day);
  }
  if (past.steps.size() != fact.steps.size() || (out.nl.empty() && !are_same_steps(past, fact))) {
    add_difference(out, "stappen gewijzigd", "steps changed");
  }
  if (out.nl.empty()) add_difference(out, "opnieuw berekend", "computed again");
  return out;
}

}  // namespace zicht::app::internal
