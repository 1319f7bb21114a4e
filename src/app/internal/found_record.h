// Records found for a caller, and their answers: shared by the files of RecordService.
#pragma once

#include "app/present/record_json.h"
#include "app/record_service.h"

namespace zicht::app::internal {

// A record that the caller may see, with the form and scope that say what of it.
struct FoundRecord {
  RulebookPtr rules;
  ActiveForm form;
  model::RowScope scope;                // of this row: without conditions
  model::Record record;
  model::Standings standings{};         // of the caller to the persons of this row
  // The organisations to which it is handed over now; absent: not looked up yet.
  std::optional<std::set<std::string>> handed_to{};
  // What is said of the identity of its persons; absent: not looked up yet.
  std::optional<std::vector<PersonLink>> links{};
};

// What the caller is to the persons that this row is about.
[[nodiscard]] model::About about_of(const model::Form& form, const model::Record& record,
                                    const model::Standings& standings);
// Looked up for rows of a form; empty when nothing that the caller may do depends on it.
[[nodiscard]] Result<model::Standings> standings_of(
    Store& store, const Caller& caller, const model::Form& form,
    const std::vector<const model::Record*>& records);

// The scope of a caller in a form; model::no_scope() when it may not be read.
[[nodiscard]] model::RowScope read_scope(const Rulebook& rules, const Caller& caller,
                                         std::string_view full_form);

// What somebody may fill in on a new row of a form: what they see in the rows that they will be
// able to read, and what the rules for making rows tell. Requires: the form exists.
[[nodiscard]] model::RowScope writing_scope(const Rulebook& rules, const Caller& caller,
                                            std::string_view full_form);

// Sets what the caller sees of this one row. Errors: AP-0001 when that is nothing.
[[nodiscard]] Result<void> narrow_to_row(Store& store, const Caller& caller, FoundRecord& found);

// Errors: AP-0001 for absent and invisible alike. As of an earlier moment the record must be
// visible now and have been visible then.
[[nodiscard]] Result<FoundRecord> find_record(Store& store, const RulebookPtr& rules,
                                              const Caller& caller, const std::string& id,
                                              const model::AsOf& as_of);

// Titles of these records, as far as the caller may see them.
[[nodiscard]] Result<References> visible_references(Store& store, const Rulebook& rules,
                                                    const Caller& caller,
                                                    const std::set<std::string>& ids);

// The same, and names of the accounts and organisations. A visitor is told no names of persons.
[[nodiscard]] Result<References> visible_names(const RecordService::Ports& ports,
                                               const Rulebook& rules, const Caller& caller,
                                               const Mentioned& mentioned);

// The whole answer for a record; without `today` as of an earlier moment. `look` gets the persons
// in it.
[[nodiscard]] Result<Document> document_of(const RecordService::Ports& ports,
                                           const Caller& caller, const FoundRecord& found,
                                           std::optional<Date> today, Look* look = nullptr);

// The same, with names that were looked up before for many records together: of all that this one
// mentions (gather_mentioned).
[[nodiscard]] Result<Document> document_with(const RecordService::Ports& ports,
                                             const Caller& caller, const FoundRecord& found,
                                             const References& names, std::optional<Date> today,
                                             Look* look = nullptr);

// Tells those who listen that the record changed; also people of organisations to whom it is handed
// over, which are given back. When that cannot be looked up they are not told: what was written
// stands all the same.
std::optional<std::set<std::string>> tell_changed(Store& store, ChangeFeed& feed,
                                                  const model::Form& form,
                                                  const model::Record& record);

// For a record that somebody asked for: notes the refusal in the read log when it is one.
[[nodiscard]] Error refused_look(ReadRecorder& reads, const Caller& caller,
                                 const std::string& action, const std::string& id, Error error);

}  // namespace zicht::app::internal
