// Writes what a use case has shown of persons to the read log, before it is shown.
//
//   Look look("search", form);
//   look.add(*form.form, record);
//   ZICHT_CHECKED(recorder.note(caller, look));
//
// What is noted: every look at a form about persons, and at anything that names persons. Visitors
// are not noted: no form about persons is open to them. Reads of the scheduler are no reads of a
// person. Thread-safe.
#pragma once

#include <set>
#include <string>

#include "app/access.h"
#include "app/ports.h"
#include "app/present/record_json.h"
#include "app/read_log.h"
#include "app/rulebook.h"
#include "base/rng.h"

namespace zicht::app {

// What one request has shown so far.
class Look {
 public:
  explicit Look(std::string action) : action_(std::move(action)) {}

  // The rows that are asked about are of this form.
  void set_form(const model::Form& form);
  void add(const model::Form& form, const model::Record& record);
  // Records of which a title was shown.
  void add_titles(const Rulebook& rules, const References& references);
  void add_title(const Rulebook& rules, const std::string& record, std::string_view form);

 private:
  friend class ReadRecorder;
  std::string action_, form_;
  bool is_about_persons_ = false;
  std::set<std::string> persons_;
  std::set<std::string> titles_;        // records about persons, looked up when it is noted
};

class ReadRecorder {
 public:
  struct Ports {
    ReadLog& log;
    Store& store;
    const Clock& clock;
    Rng& rng;                           // thread-safe
  };
  explicit ReadRecorder(Ports ports) : ports_(ports) {}

  // Errors: those of the log; then nothing may be shown.
  [[nodiscard]] Result<void> note(const Caller& caller, const Look& look);
  // A record that somebody asked for and may not see, or that does not exist: both are noted, so
  // that they cost the same.
  [[nodiscard]] Result<void> note_refused(const Caller& caller, const std::string& action,
                                          const std::string& record);
  // Somebody looked at who has looked; at `person` when not empty.
  [[nodiscard]] Result<void> note_readers(const Caller& caller, const std::string& person);

 private:
  Result<void> append(const Caller& caller, const Look& look, bool is_refused);

  Ports ports_;
};

}  // namespace zicht::app
