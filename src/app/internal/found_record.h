// Records found for a caller, and their answers: shared by the files of RecordService.
#pragma once

#include "app/present/record_json.h"
#include "app/record_service.h"

namespace zicht::app::internal {

// A record that the caller may see, with the form and scope that say what of it.
struct FoundRecord {
  RulebookPtr rules;
  ActiveForm form;
  model::RowScope scope;
  model::Record record;
};

// What sees nothing at all.
[[nodiscard]] inline model::RowScope no_scope() {
  return {model::Sensitivity::kPublic, std::nullopt, ""};
}

// The scope of a caller in a form; no_scope() when it may not be read.
[[nodiscard]] model::RowScope read_scope(const Rulebook& rules, const Caller& caller,
                                         std::string_view full_form);

// Errors: AP-0001 for absent and invisible alike. As of an earlier moment the record must be
// visible now and have been visible then.
[[nodiscard]] Result<FoundRecord> find_record(Store& store, const RulebookPtr& rules,
                                              const Caller& caller, const std::string& id,
                                              const model::AsOf& as_of);

// Titles of these records, as far as the caller may see them.
[[nodiscard]] Result<References> visible_references(Store& store, const Rulebook& rules,
                                                    const Caller& caller,
                                                    const std::set<std::string>& ids);

// The whole answer for a record; without `today` as of an earlier moment.
[[nodiscard]] Result<Document> document_of(const RecordService::Ports& ports,
                                           const Caller& caller, const FoundRecord& found,
                                           std::optional<Date> today);

}  // namespace zicht::app::internal
