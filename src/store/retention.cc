#include "store/retention.h"

#include "model/entry.h"

namespace zicht::store {

Result<std::vector<UnchangedRecord>> unchanged_since(Connection& connection,
                                                     const std::string& form, Instant moment) {
  ZICHT_TRY(rows, connection.query(
                      "select r.record, r.organisation, r.created, r.version, j.recorded_at "
                      "from records r join journal j on j.seq = r.seq "
                      "where r.form = $1 and j.recorded_at < $2 and r.state <> $3 "
                      "and r.next_look is null "
                      "and not exists (select 1 from tasks t where t.record = r.record) "
                      "and not exists (select 1 from record_subjects s join persons p "
                      "on p.person = s.person where s.person = r.record and s.record <> r.record) "
                      "order by r.record",
                      {form, moment.microseconds_since_epoch(), model::kErasedState}));
  std::vector<UnchangedRecord> found;
  while (rows.next()) {
    ZICHT_TRY(changed_at, Instant::from_microseconds(rows.integer(4)));
    found.push_back({.record = {.record = std::string(rows.text(0)),
                                .form = form,
                                .organisation = std::string(rows.text(1)),
                                .created = rows.integer(2),
                                .version = rows.integer(3)},
                     .changed_at = changed_at});
  }
  ZICHT_CHECKED(rows.status());
  return found;
}

Json to_expiry_payload(const std::vector<ErasedRecord>& records) {
  json::array list;
  for (const ErasedRecord& each : records) list.push_back(to_json(each));
  return json::object{{"records", std::move(list)}};
}

}  // namespace zicht::store
