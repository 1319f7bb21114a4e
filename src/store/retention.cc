#include "store/retention.h"

#include "model/entry.h"

namespace zicht::store {
namespace {

// Of `r`, a record: it was not erased, nothing about it is still to be done, and, when it is a
// person, nothing else is about that person.
constexpr std::string_view kNothingOpen =
    "r.state <> $1 and r.next_look is null "
    "and not exists (select 1 from tasks t where t.record = r.record) "
    "and not exists (select 1 from record_subjects s join persons p "
    "on p.person = s.person where s.person = r.record and s.record <> r.record)";

}  // namespace

Result<std::vector<UnchangedRecord>> unchanged_since(Connection& connection,
                                                     const std::string& form, Instant moment) {
  ZICHT_TRY(rows, connection.query(
                      "select r.record, r.organisation, r.created, r.version, j.recorded_at "
                      "from records r join journal j on j.seq = r.seq "
                      "where " + std::string(kNothingOpen) +
                          " and r.form = $2 and j.recorded_at < $3 order by r.record",
                      {model::kErasedState, form, moment.microseconds_since_epoch()}));
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

Result<bool> is_unchanged(Connection& connection, const ErasedRecord& record) {
  ZICHT_TRY(rows, connection.query("select 1 from records r where " + std::string(kNothingOpen) +
                                       " and r.record = $2 and r.organisation = $3 "
                                       "and r.version = $4",
                                   {model::kErasedState, record.record, record.organisation,
                                    record.version}));
  const bool is_there = rows.next();
  ZICHT_CHECKED(rows.status());
  return is_there;
}

Json to_expiry_payload(const std::vector<ErasedRecord>& records) {
  json::array list;
  for (const ErasedRecord& each : records) list.push_back(to_json(each));
  return json::object{{"records", std::move(list)}};
}

}  // namespace zicht::store
