// What the history of a record says about the fact it came from: what was loaded last, and what
// people did to the record. Used by FactsLoader alone.
#pragma once

#include <string>
#include <vector>

#include "app/ports.h"
#include "model/pack.h"

namespace zicht::app::internal {

// Begins the reason of an act of a person that a load applied again over a corrected fact.
inline constexpr std::string_view kRetold = "opnieuw toegepast na een correctie uit het pakket";

// One act of a person, as a difference to the version before it.
struct PersonsAct {
  model::RecordEvent event;             // stepped, changed, corrected
  model::Record after;                  // the version that it made
  json::object set;                     // fields that got another value
  std::vector<std::string> dropped;
  std::string person;                   // for four eyes
  Date recorded;                        // civil day on which it was written
};

struct FactPast {
  std::string marker;                   // content that was loaded last; empty: none
  Json fields;                          // of that load, before any step
  Date from;                            // of that load
  std::vector<model::Record> steps;     // the versions that the fact's steps made since
  Date first_day;                       // earliest day on which any version held
  std::vector<PersonsAct> acts;         // of people, oldest first
};

// Requires: the record was loaded from a fact.
[[nodiscard]] Result<FactPast> past_of_fact(Store& store, const std::string& record);

// Names the whole content of a fact: fields (checked, references resolved), `from` as it is in
// the pack, the first `count` of its steps (each {do, on, fields, reason}), and how the form
// computes its computed fields.
[[nodiscard]] Result<std::string> content_marker(const model::Form& form, const Json& fields,
                                                 std::optional<Date> from,
                                                 const json::array& steps, std::size_t count);

// The marker stands at the end of the reason of the version that a load begins with.
[[nodiscard]] std::string with_marker(const std::string& reason, const std::string& marker);

// True when a load by an earlier Zicht, whose marker names the fields alone, was of this content.
[[nodiscard]] Result<bool> is_same_by_older_marker(const FactPast& past, const Json& fields,
                                                   const model::Fact& fact);

// What differs from the load before, for people: labels of fields, `from`, steps.
[[nodiscard]] LocalizedText told_difference(const FactPast& past, const model::Form& form,
                                            const Json& fields, const model::Fact& fact);

}  // namespace zicht::app::internal
