#include "store/internal/projector.h"

#include <algorithm>
#include <utility>

#include "base/error_catalogue.h"
#include "store/internal/break_rows.h"

namespace zicht::store {
namespace {

bool overlaps(const OpenRow& row, const model::Record& record) {
  const bool ends_after_start = !row.valid_to || *row.valid_to > record.valid_from;
  const bool starts_before_end = !record.valid_to || row.valid_from < *record.valid_to;
  return ends_after_start && starts_before_end;
}

std::optional<std::string> text_of(const std::optional<Date>& date) {
  if (!date) return std::nullopt;
  return date->to_string();
}

// One call of project_record: what all its steps need.
class RecordProjection {
 public:
  RecordProjection(Connection& connection, const FormTable& all_fields,
                   const model::Envelope& envelope, const PreparedRecord& prepared,
                   const RecordState& before)
      : connection_(connection), all_fields_(all_fields), envelope_(envelope),
        prepared_(prepared), before_(before), record_(prepared.record),
        at_(envelope.recorded_at.microseconds_since_epoch()),
        created_(before.created == 0 ? envelope.seq : before.created) {}

  Result<RecordState> run(const SecretKey& key) {
    RecordState after{.created = created_,
                      .version = record_.version,
                      .organisation = envelope_.organisation,
                      .form = record_.form,
                      .open = {}};
    for (const OpenRow& row : before_.open) {
      if (overlaps(row, record_)) {
        ZICHT_CHECKED(replace(row, after.open));
      } else {
        after.open.push_back(row);
      }
    }
    ZICHT_CHECKED(insert_row(key));
    ZICHT_CHECKED(insert_children());
    after.open.push_back({row_, record_.valid_from, record_.valid_to});
    std::sort(after.open.begin(), after.open.end(),
              [](const OpenRow& a, const OpenRow& b) { return a.valid_from < b.valid_from; });
    ZICHT_CHECKED(put_record());
    if (is_current()) {
      ZICHT_CHECKED(put_terms());
      ZICHT_CHECKED(put_tasks());
      ZICHT_CHECKED(put_persons());
    }
    return after;
  }

 private:
  bool is_current() const { return !record_.valid_to; }
  bool is_first() const { return before_.created == 0; }

  // Closes a row, and keeps what it says about the days outside the new version.
  Result<void> replace(const OpenRow& row, std::vector<OpenRow>& open) {
    ZICHT_CHECKED(connection_.queue(all_fields_.close_sql(), {at_, row.row}));
    if (!row.valid_to) {
      for (const FieldColumns& field : all_fields_.fields()) {
        if (!field.is_many()) continue;
        ZICHT_CHECKED(connection_.queue(child_close_sql(field), {row.row}));
      }
    }
    if (row.valid_from < record_.valid_from) {
      ZICHT_CHECKED(copy(row, {row_ + 1, row.valid_from, record_.valid_from}, open));
    }
    if (record_.valid_to && (!row.valid_to || *row.valid_to > *record_.valid_to)) {
      ZICHT_CHECKED(copy(row, {row_ + 2, *record_.valid_to, row.valid_to}, open));
      if (!row.valid_to) current_row_ = row_ + 2;
    }
    return {};
  }

  Result<void> copy(const OpenRow& from, const OpenRow& to, std::vector<OpenRow>& open) {
    const int current = to.valid_to ? 0 : 1;
    ZICHT_CHECKED(connection_.queue(all_fields_.copy_sql(),
                                    {from.row, to.row, to.valid_from.to_string(),
                                     text_of(to.valid_to), at_, current}));
    for (const FieldColumns& field : all_fields_.fields()) {
      if (!field.is_many()) continue;
      ZICHT_CHECKED(connection_.queue(child_copy_sql(field), {from.row, to.row, current}));
    }
    open.push_back(to);
    return {};
  }

  Result<void> insert_row(const SecretKey& key) {
    const std::string valid_from = record_.valid_from.to_string();
    const auto valid_to = text_of(record_.valid_to);
    std::string sealed;
    if (!prepared_.sealed_fields.empty()) {
      const std::string label = "row:" + std::to_string(envelope_.seq);
      sealed = seal(key, derived_nonce(key, label), prepared_.sealed_fields, record_.id);
    }
    const std::int64_t audience = static_cast<std::int64_t>(record_.audience);
    std::vector<Param> params = {envelope_.organisation, row_, record_.id, created_,
                                 record_.version, valid_from, valid_to, at_, nullptr,
                                 is_current() ? 1 : 0, audience, record_.state, prepared_.turn,
                                 record_.title, envelope_.actor, envelope_.pack_hash,
                                 prepared_.document,
                                 sealed.empty() ? Param() : Param::blob(sealed),
                                 sealed.empty() ? Param() : Param(envelope_.key_id)};
    for (const Cell& cell : prepared_.cells) params.push_back(param_of(cell));
    return connection_.queue(prepared_.version->table.insert_sql(), params);
  }

  Result<void> insert_children() {
    const std::int64_t audience = static_cast<std::int64_t>(record_.audience);
    for (const ChildItem& item : prepared_.children) {
      const FieldColumns& field = prepared_.version->table.fields()[item.field];
      ZICHT_CHECKED(connection_.queue(field.child_insert_sql,
                                      {row_, item.position, param_of(item.value), created_,
                                       audience, is_current() ? 1 : 0}));
    }
    return {};
  }

  Result<void> put_record() {
    if (is_first()) return insert_record();
    if (is_current()) return update_record();
    ZICHT_CHECKED(connection_.queue("update records set version = $1, seq = $2 where record = $3",
                                    {record_.version, envelope_.seq, record_.id}));
    if (current_row_ == 0) return {};
    return connection_.queue("update records set row_id = $1 where record = $2",
                             {current_row_, record_.id});
  }

  Result<void> insert_record() {
    return connection_.queue(
        "insert into records (record, organisation, form, created, version, row_id, audience, "
        "title, state, fact, next_look, seq) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        {record_.id, envelope_.organisation, record_.form, created_, record_.version, row_,
         static_cast<int>(record_.audience), record_.title, record_.state, fact(),
         text_of(prepared_.next_look), envelope_.seq});
  }

  Result<void> update_record() {
    return connection_.queue(
        "update records set version = $1, row_id = $2, audience = $3, title = $4, state = $5, "
        "fact = coalesce($6, fact), next_look = $7, seq = $8 where record = $9",
        {record_.version, row_, static_cast<int>(record_.audience), record_.title, record_.state,
         fact(), text_of(prepared_.next_look), envelope_.seq, record_.id});
  }

  Param fact() const { return record_.fact.empty() ? Param() : Param(record_.fact); }

  Result<void> put_terms() {
    if (!is_first()) {
      ZICHT_CHECKED(connection_.queue("delete from terms where created = $1", {created_}));
    }
    for (const SearchTerm& each : prepared_.terms) {
      ZICHT_CHECKED(connection_.queue(
          "insert into terms (created, term, field, form, audience) values ($1, $2, $3, $4, $5)",
          {created_, each.term, each.field, record_.form, static_cast<int>(record_.audience)}));
    }
    return {};
  }

  Result<void> put_persons() {
    if (prepared_.persons.is_empty_for(prepared_.version->form)) return {};
    return put_person_rows(connection_, record_, created_, is_first(), prepared_.persons);
  }

  Result<void> put_tasks() {
    if (!is_first()) {
      ZICHT_CHECKED(remove_tasks(connection_, record_.id));
      // What is left asks to look at a break.
      ZICHT_CHECKED(connection_.queue(
          "update tasks set audience = $1, title = $2, state = $3 where record = $4",
          {static_cast<int>(record_.audience), record_.title, record_.state, record_.id}));
    }
    for (const model::Task& task : record_.tasks) ZICHT_CHECKED(insert_task(task));
    return {};
  }

  Result<void> insert_task(const model::Task& task) {
    std::optional<std::string> first, last;
    if (task.due) {
      first = task.due->first.to_string();
      last = task.due->last.to_string();
    }
    // '~' comes after every digit: tasks without a due window are last.
    return connection_.queue(
        "insert into tasks (record, task_key, form, organisation, audience, role, title, state, "
        "what_nl, what_en, due_first, due_last, due_order, opened, created) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        {record_.id, task.key, record_.form, envelope_.organisation,
         static_cast<int>(record_.audience), task.role, record_.title, record_.state, task.what.nl,
         task.what.en, first, last, first ? std::string_view(*first) : "~",
         task.opened.to_string(), created_});
  }

  Connection& connection_;
  const FormTable& all_fields_;
  const model::Envelope& envelope_;
  const PreparedRecord& prepared_;
  const RecordState& before_;
  const model::Record& record_;
  const std::int64_t at_;
  const std::int64_t created_;
  const std::int64_t row_ = envelope_.seq * kRowsPerEntry;
  std::int64_t current_row_ = 0;
};

}  // namespace

std::optional<UsedKey> used_key_of(const Json& payload) {
  const json::object* object = payload.if_object();
  const Json* used = object == nullptr ? nullptr : object->if_contains("idempotency");
  const json::object* parts = used == nullptr ? nullptr : used->if_object();
  if (parts == nullptr) return std::nullopt;
  const Json* key = parts->if_contains("key_hash");
  const Json* request = parts->if_contains("request_hash");
  if (key == nullptr || request == nullptr || !key->is_string() || !request->is_string()) {
    return std::nullopt;
  }
  return UsedKey{std::string(key->get_string()), std::string(request->get_string())};
}

Result<RecordState> project_record(Connection& connection, const FormRegistry& forms,
                                   const model::Envelope& envelope, const PreparedRecord& prepared,
                                   const RecordState& before, const SecretKey& key) {
  ZICHT_TRY(table, forms.table(prepared.record.form));
  return RecordProjection(connection, *table, envelope, prepared, before).run(key);
}

Result<void> project_used_key(Connection& connection, const model::Envelope& envelope,
                              const UsedKey& key, std::string_view record, std::int64_t version) {
  return connection.queue(
      "insert into idempotency (key_hash, request_hash, record, version, seq, recorded_at) "
      "values ($1, $2, $3, $4, $5, $6)",
      {key.key_hash, key.request_hash, record, version, envelope.seq,
       envelope.recorded_at.microseconds_since_epoch()});
}

}  // namespace zicht::store
