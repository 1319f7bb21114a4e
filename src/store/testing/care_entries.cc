#include "store/testing/care_entries.h"

#include <utility>

#include "base/ids.h"
#include "store/testing/care_pack.h"

namespace zicht::store::testing {

model::Record care_record(Rng& rng, const std::string& form, const std::string& organisation,
                          const std::string& title, json::object fields) {
  model::Record made;
  made.id = PublicId::random(rng).to_string();
  made.organisation = organisation;
  made.form = "care/" + form;
  made.pack_hash = care_pack().hash;
  made.version = 1;
  made.audience = model::Sensitivity::kInternal;
  made.valid_from = Date::of(2025, 1, 1);
  made.title = title;
  made.fields = std::move(fields);
  return made;
}

app::Unit entry_about(std::string_view kind, const std::string& record,
                      std::vector<std::string> persons, json::object payload) {
  app::Unit unit;
  unit.actor = "account-1";
  unit.purpose = "work";
  model::Entry& entry = unit.entries.emplace_back();
  entry.organisation = "org";
  entry.subject = record;
  entry.kind = kind;
  entry.retention = "P20Y";
  entry.payload = std::move(payload);
  entry.persons = std::move(persons);
  return unit;
}

}  // namespace zicht::store::testing
