// Everything that judges at one moment: the active packs, every stored version, and the calendar.
//
// Immutable and shared: a request takes the pointer once and uses the same rules to its end, also
// when another version is activated meanwhile.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "calendar/holidays.h"
#include "model/life.h"
#include "model/pack.h"

namespace zicht::app {

// A pack whose active version this engine cannot read. Nothing of it judges or is shown, because an
// older version may let people see or do more; its records wait for a version that can be read.
struct UnreadablePack {
  std::string pack, version, hash;
  std::vector<Diagnostic> diagnostics;  // why, with "pack/" before the file
  model::PackPtr last_readable;         // what was active before it; nullptr: none
};

struct Rulebook {
  model::PackSet packs;
  calendar::Calendar calendar;
  std::vector<UnreadablePack> unreadable;
  std::string id;              // changes when an activation or the calendar changes
  bool says_identity = false;  // records of some active form say who is the same person
};
using RulebookPtr = std::shared_ptr<const Rulebook>;

// A form with the version of its pack that is active in a rulebook.
struct ActiveForm {
  model::PackPtr pack;
  const model::Form* form = nullptr;  // in `pack`; nullptr: unknown form
};
[[nodiscard]] ActiveForm find_active_form(const Rulebook& rules, std::string_view full_id);

// AP-0032 for a form of a pack that cannot be read, else AP-0003.
[[nodiscard]] Error unknown_form(const Rulebook& rules, std::string_view full_id);
[[nodiscard]] const UnreadablePack* find_unreadable(const Rulebook& rules, std::string_view pack);

// The active version of a pack. Errors: AP-0032 it cannot be read, AP-0200 there is none.
[[nodiscard]] Result<model::PackPtr> active_pack(const Rulebook& rules, const std::string& name);

// The judge of an act on a record of this form. Requires: form.form.
[[nodiscard]] model::Judge judge_of(const Rulebook& rules, const ActiveForm& form, Date today);

}  // namespace zicht::app
