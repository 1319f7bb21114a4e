#include "store/internal/break_rows.h"

#include "base/amsterdam.h"
#include "store/internal/payload.h"

namespace zicht::store {
namespace {

constexpr std::int64_t kMicrosecondsPerHour = 3'600'000'000;
constexpr std::string_view kTaskPrefix = "break:";

std::string task_key(const std::string& id) { return std::string(kTaskPrefix) + id; }

Result<void> put_opened(Connection& connection, const model::Envelope& envelope,
                        const Json& payload) {
  Payload members(envelope, payload);
  const std::string id = members.text("break"), form = members.text("form"),
                    role = members.text("role"), report = members.text("report"),
                    what_nl = members.text("what_nl"), what_en = members.text("what_en");
  const std::int64_t hours = members.number("hours");
  ZICHT_CHECKED(members.check());
  const std::int64_t at = envelope.recorded_at.microseconds_since_epoch();
  ZICHT_CHECKED(connection.queue(
      "insert into breaks (id, record, form, account, role, report, opened, until, ended, "
      "ended_by, reviewed, reviewed_by, outcome, seq, review_seq) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', 0, '', '', $9, 0)",
      {id, envelope.subject, form, envelope.actor, role, report, at,
       at + hours * kMicrosecondsPerHour, envelope.seq}));
  return connection.queue(
      "insert into tasks (record, task_key, form, organisation, audience, role, title, state, "
      "what_nl, what_en, due_first, due_last, due_order, opened, created) "
      "select r.record, $2, r.form, r.organisation, r.audience, $3, r.title, r.state, $4, $5, "
      "null, null, '~', $6, r.created from records r where r.record = $1",
      {envelope.subject, task_key(id), report, what_nl, what_en,
       amsterdam_date(envelope.recorded_at).to_string()});
}

Result<void> put_ended(Connection& connection, const model::Envelope& envelope,
                       const Json& payload) {
  Payload members(envelope, payload);
  const std::string id = members.text("break");
  ZICHT_CHECKED(members.check());
  return connection.queue("update breaks set until = $1, ended = $1, ended_by = $2 "
                          "where id = $3 and ended = 0 and until > $1",
                          {envelope.recorded_at.microseconds_since_epoch(), envelope.actor, id});
}

Result<void> put_reviewed(Connection& connection, const model::Envelope& envelope,
                          const Json& payload) {
  Payload members(envelope, payload);
  const std::string id = members.text("break"), outcome = members.text("outcome");
  ZICHT_CHECKED(members.check());
  ZICHT_CHECKED(connection.queue(
      "update breaks set reviewed = $1, reviewed_by = $2, outcome = $3, review_seq = $4 "
      "where id = $5 and reviewed = 0",
      {envelope.recorded_at.microseconds_since_epoch(), envelope.actor, outcome, envelope.seq,
       id}));
  return connection.queue("delete from tasks where record = $1 and task_key = $2",
                          {envelope.subject, task_key(id)});
}

}  // namespace

std::optional<Result<void>> project_break(Connection& connection, const model::Envelope& envelope,
                                          const Json& payload) {
  if (envelope.kind == model::kBreakOpened) return put_opened(connection, envelope, payload);
  if (envelope.kind == model::kBreakEnded) return put_ended(connection, envelope, payload);
  if (envelope.kind == model::kBreakReviewed) return put_reviewed(connection, envelope, payload);
  return std::nullopt;
}

Result<void> remove_tasks(Connection& connection, const std::string& record) {
  return connection.queue("delete from tasks where record = $1 and task_key not like 'break:%'",
                          {record});
}

}  // namespace zicht::store
