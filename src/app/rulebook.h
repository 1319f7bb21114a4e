// Everything that judges at one moment: the active packs, every stored version, and the calendar.
//
// Immutable and shared: a request takes the pointer once and uses the same rules to its end, also
// when another version is activated meanwhile.
#pragma once

#include <memory>
#include <string>

#include "calendar/holidays.h"
#include "model/life.h"
#include "model/pack.h"

namespace zicht::app {

struct Rulebook {
  model::PackSet packs;
  calendar::Calendar calendar;
  std::string id;                       // changes when an activation or the calendar changes
};
using RulebookPtr = std::shared_ptr<const Rulebook>;

// A form with the version of its pack that is active in a rulebook.
struct ActiveForm {
  model::PackPtr pack;
  const model::Form* form = nullptr;    // in `pack`; nullptr: unknown form
};
[[nodiscard]] ActiveForm find_active_form(const Rulebook& rules, std::string_view full_id);

// The judge of an act on a record of this form. Requires: form.form.
[[nodiscard]] model::Judge judge_of(const Rulebook& rules, const ActiveForm& form, Date today);

}  // namespace zicht::app
