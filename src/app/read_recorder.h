// Writes what a use case has shown of persons to the read log, before it is shown.
//
//   Look look("search", form);
//   look.add(*form.form, record);
//   ZICHT_CHECKED(recorder.note(caller, look));
//
// What is noted: every look at a form about persons, and at anything that names persons. Visitors
// are not noted: no form about persons is open to them. Reads of the scheduler are no reads of a
// person. Thread-safe.
//
// Who need not wait with a thread of its own, because it can hold an answer back, takes the look
// unkept and lets it be kept:
//
//   ZICHT_TRY(unkept, recorder.unkept(caller, look));
//   std::move(unkept).keep([...](Result<void> kept) { if (kept) show(answer); });
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>

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

// A look that is not in the read log yet: what it has shown may not leave before it is.
class [[nodiscard]] UnkeptLook {
 public:
  // Nothing to note.
  UnkeptLook() = default;
  UnkeptLook(ReadLog& log, ReadEntry entry) : log_(&log), entry_(std::move(entry)) {}
  // By one only: a copy could be kept twice.
  UnkeptLook(UnkeptLook&& other) noexcept
      : log_(std::exchange(other.log_, nullptr)), entry_(std::move(other.entry_)) {}
  UnkeptLook& operator=(UnkeptLook&& other) noexcept {
    log_ = std::exchange(other.log_, nullptr);
    entry_ = std::move(other.entry_);
    return *this;
  }
  ~UnkeptLook() = default;

  // False: what it has shown may leave at once.
  [[nodiscard]] bool has_to_be_kept() const { return log_ != nullptr; }
  // Writes it to the log; `kept` as in ReadLog::append. Requires: has_to_be_kept(), which it has
  // not from then on.
  void keep(ReadLog::Done kept) && {
    std::exchange(log_, nullptr)->append(std::move(entry_), std::move(kept));
  }

 private:
  ReadLog* log_ = nullptr;
  ReadEntry entry_;
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
  // The same for who lets it be kept later. Errors: those of the store.
  [[nodiscard]] Result<UnkeptLook> unkept(const Caller& caller, const Look& look);
  // A record that somebody asked for and may not see, or that does not exist: both are noted, so
  // that they cost the same.
  [[nodiscard]] Result<void> note_refused(const Caller& caller, const std::string& action,
                                          const std::string& record);
  // Somebody looked at who has looked; at `person` when not empty.
  [[nodiscard]] Result<void> note_readers(const Caller& caller, const std::string& person);

 private:
  Result<void> append(const Caller& caller, const Look& look, bool is_refused);
  static bool is_noted(const Caller& caller, const Look& look);
  Result<ReadEntry> entry_of(const Caller& caller, const Look& look, bool is_refused);

  Ports ports_;
};

}  // namespace zicht::app
