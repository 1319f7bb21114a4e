#include "store/internal/outbox_rows.h"

#include <string>

namespace zicht::store {
namespace {

// 128 bits of the entry's hash: the same for every receiver of one version, and in every world in
// which that entry stands.
std::string event_id_of(const model::Envelope& envelope) { return envelope.hash.substr(0, 32); }

Result<void> queue_events(Connection& connection, const model::Envelope& envelope,
                          const model::Record& record, std::string_view told) {
  return connection.queue(
      "insert into outbox (message, kind, event_id, target, form, record, version, event, "
      "task_key, role, happened, due, tries, state, error) "
      "select cast($1 as text) || '.' || webhook, 'webhook', cast($1 as text), webhook, form, "
      "cast($2 as text), cast($3 as bigint), event, '', '', cast($4 as bigint), "
      "cast($4 as bigint), 0, 0, '' from webhook_forms where form = $5 and event = $6",
      {event_id_of(envelope), record.id, record.version,
       envelope.recorded_at.microseconds_since_epoch(), record.form, told});
}

// Only where somebody wants any mail; who gets one is decided by the job that sends.
Result<void> queue_task(Connection& connection, const model::Envelope& envelope,
                        const model::Record& record, const model::Task& task, std::size_t number) {
  const std::string event_id = event_id_of(envelope);
  return connection.queue(
      "insert into outbox (message, kind, event_id, target, form, record, version, event, "
      "task_key, role, happened, due, tries, state, error) "
      "select cast($1 as text), 'task', cast($2 as text), '', cast($3 as text), "
      "cast($4 as text), cast($5 as bigint), 'task', cast($6 as text), cast($7 as text), "
      "cast($8 as bigint), cast($8 as bigint), 0, 0, '' "
      "where exists (select 1 from mail_preferences) "
      "and not exists (select 1 from tasks where record = $4 and task_key = $6)",
      {event_id + "." + std::to_string(number), event_id, record.form, record.id, record.version,
       task.key, task.role, envelope.recorded_at.microseconds_since_epoch()});
}

}  // namespace

Result<void> queue_messages(Connection& connection, const model::Envelope& envelope,
                            const model::Record& record, std::string_view told) {
  ZICHT_CHECKED(queue_events(connection, envelope, record, told));
  for (std::size_t i = 0; i < record.tasks.size(); ++i) {
    ZICHT_CHECKED(queue_task(connection, envelope, record, record.tasks[i], i));
  }
  return {};
}

}  // namespace zicht::store
