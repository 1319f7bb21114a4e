// A record: one filled-in form and where it stands, whole, at one version.
//
// The same value is what the process engine computes (life.h), what the journal keeps as the
// payload of `record.put` (docs/formats/journal.md) and what the store reads back. `fields` is a
// JSON object in canonical shape; an absent field is absent, never null. Plain data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/period.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"
#include "calendar/term.h"
#include "calendar/uncertain.h"
#include "model/form.h"

namespace zicht::model {

enum class DeadlineStatus { kOpen, kMet, kStopped, kMissed, kSuspended };
[[nodiscard]] std::string_view name_of(DeadlineStatus status);
[[nodiscard]] std::optional<DeadlineStatus> find_deadline_status(std::string_view name);

// One deadline of a record with the window in which it ends.
struct Deadline {
  std::string name;                            // id of the DeadlineRule
  DeadlineStatus status = DeadlineStatus::kOpen;
  calendar::UncertainDate start;               // the day, or window, the term runs from
  DateInterval due;                            // closed window; one day when certain
  std::vector<std::string> warned;             // ISO periods of warnings already given
  std::vector<std::string> escalated;
  std::vector<DateInterval> suspensions;       // last may be Date::max(): still suspended
  std::optional<Period> extension;
  std::optional<Date> next;                    // the scheduler must look again on this day
  std::vector<calendar::TermStep> why;         // how the window was computed
};

// Something a role has to do about a record.
struct Task {
  // Unique in the record: "state:running", "deadline:due:missed".
  std::string key;
  std::string role;
  LocalizedText what;
  std::optional<DateInterval> due;
  Date opened;
};

struct Record {
  std::string id;                              // public id
  std::string form;                            // "pack/form"
  std::string organisation;                    // who keeps it
  std::string pack_hash;                       // the version that judged this
  std::int64_t version = 0;                    // 1 for the first
  Json fields;                                 // object
  std::string title;                           // from the form's `name` fields
  Sensitivity audience = Sensitivity::kPublic; // of the row: form, or state
  std::string process;                         // empty: no process
  std::string state;
  Date state_since;
  std::vector<Deadline> deadlines;
  std::vector<Task> tasks;                     // the open ones
  std::map<std::string, std::string> marks;    // transition -> person who last took it (four eyes)
  Date valid_from;
  std::optional<Date> valid_to;                // exclusive; only for a correction of the past
  Instant recorded_at;                         // set by the store
  std::string actor;                           // set by the store when read
  std::string fact;                            // "pack/fact-id" of a loaded fact, or empty
};

// What happened to make a version; kept in the journal beside the record.
struct RecordEvent {
  std::string event;                           // created changed corrected stepped fired loaded
  std::string transition;
  std::string reason;
};

// Payload of `record.put`, and back. from_payload checks the shape (a journal written by an
// earlier engine may lack later members). Errors: MO-0001 malformed payload.
[[nodiscard]] Json to_payload(const Record& record, const RecordEvent& event);
struct RecordAndEvent {
  Record record;
  RecordEvent event;
};
[[nodiscard]] Result<RecordAndEvent> from_payload(const Json& payload);

// The persons that a record with this id and these fields is about, each once: itself, or those in
// the `about` fields. Empty when the form is not about persons.
[[nodiscard]] std::vector<std::string> subjects_of(const Form& form, const std::string& id,
                                                   const Json& fields);
// The texts in a field: none, one, or the items of a `many` field.
[[nodiscard]] std::vector<std::string> texts_in(const Json& fields, std::string_view field);

[[nodiscard]] Json to_json(const Deadline& deadline);
[[nodiscard]] Result<Deadline> deadline_from_json(const Json& json);
[[nodiscard]] Json to_json(const Task& task);
[[nodiscard]] Result<Task> task_from_json(const Json& json);

}  // namespace zicht::model
