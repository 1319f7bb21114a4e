#include "store/internal/schema.h"

#include <array>

#include "base/error_catalogue.h"
#include "store/internal/meta.h"

namespace zicht::store {
namespace {

// Which tables and columns there are for forms; the same question to both databases.
constexpr std::string_view kFormColumns =
    "create table if not exists form_columns (table_name text not null, "
    "column_name text not null, primary key (table_name, column_name))";

constexpr std::array<std::string_view, 23> kTables = {
    "create table if not exists meta (name text primary key, value text not null)",
    "create table if not exists journal (seq int primary key, organisation text not null, "
    "chain_no int not null, recorded_at int not null, actor text not null, "
    "purpose text not null, subject text not null, kind text not null, pack_hash text not null, "
    "engine_version text not null, key_id text not null, sealed blob not null, "
    "hash blob not null, unique (organisation, chain_no))",
    "create table if not exists data_keys (key_id text primary key, organisation text not null, "
    "retention text not null, subject text not null, wrapped blob not null, "
    "unique (organisation, retention, subject))",
    "create index if not exists data_keys_subject on data_keys (subject) where subject <> ''",
    "create table if not exists record_keys (key_id text not null, record text not null, "
    "person_key text not null, wrapped blob not null, primary key (key_id, person_key))",
    "create index if not exists record_keys_record on record_keys (record)",
    "create index if not exists record_keys_person on record_keys (person_key)",
    "create table if not exists checkpoints (organisation text not null, chain_no int not null, "
    "hash text not null, seq int not null, at text not null, signature text not null, "
    "primary key (organisation, chain_no))",
    "create table if not exists leases (name text primary key, holder text not null, "
    "until int not null)",
    "create table if not exists credentials (account text primary key, "
    "password_hash text not null, totp_secret text not null, totp_confirmed int not null, "
    "last_totp_step int not null, failures int not null, locked_until int, "
    "must_change int not null)",
    "create table if not exists sessions (token_hash text primary key, account text not null, "
    "csrf_token text not null, created int not null, last_seen int not null, "
    "expires int not null)",
    "create index if not exists sessions_account on sessions (account)",
    "create table if not exists uploads (file text primary key, account text not null, "
    "created int not null, size int not null, complete int not null, meta blob not null, "
    "wrapped blob not null)",
    "create table if not exists file_keys (file text primary key, record text not null, "
    "key_id text not null, wrapped blob not null)",
    "create index if not exists file_keys_record on file_keys (record)",
    "create table if not exists file_pieces (file text not null, position int not null, "
    "sealed blob not null, primary key (file, position))",
    "create table if not exists outbox (message text primary key, kind text not null, "
    "event_id text not null, target text not null, form text not null, record text not null, "
    "version int not null, event text not null, task_key text not null, role text not null, "
    "happened int not null, due int not null, tries int not null, state int not null, "
    "error text not null)",
    "create index if not exists outbox_due on outbox (state, due)",
    "create index if not exists outbox_happened on outbox (state, happened)",
    "create index if not exists outbox_target on outbox (target)",
    "create table if not exists webhook_secrets (webhook text primary key, sealed text not null, "
    "previous text not null, replaced int not null)",
    "create table if not exists mail_preferences (account text primary key, wish text not null, "
    "language text not null, sealed text not null)",
    "create table if not exists kept_counts (question text primary key, form text not null, "
    "epoch int not null, saved int not null, positions text not null, cells text not null)",
};

constexpr std::string_view kJournalSubject =
    "create index if not exists journal_subject on journal (subject, seq) where subject <> ''";

constexpr std::array<std::string_view, 2> kSqliteGuards = {
    "create trigger if not exists journal_no_update before update on journal "
    "begin select raise(abort, 'the journal is append-only'); end",
    "create trigger if not exists journal_no_delete before delete on journal "
    "begin select raise(abort, 'the journal is append-only'); end",
};

constexpr std::array<std::string_view, 5> kPostgresGuards = {
    "create sequence if not exists journal_seq",
    "create or replace function journal_refuse() returns trigger language plpgsql as "
    "$$ begin raise exception 'the journal is append-only'; end $$",
    "create or replace trigger journal_no_update before update on journal "
    "for each row execute function journal_refuse()",
    "create or replace trigger journal_no_delete before delete on journal "
    "for each row execute function journal_refuse()",
    "create or replace trigger journal_no_truncate before truncate on journal "
    "for each statement execute function journal_refuse()",
};

constexpr std::array<ProjectionTable, 21> kProjections = {{
    {"records",
     "record text not null, organisation text not null, form text not null, "
     "created int not null, version int not null, row_id int not null, audience int not null, "
     "title text not null, state text not null, fact text, next_look text, seq int not null",
     "record"},
    {"terms",
     "created int not null, term text not null, field text not null, form text not null, "
     "audience int not null",
     "created, term, field"},
    {"tasks",
     "record text not null, task_key text not null, form text not null, "
     "organisation text not null, audience int not null, role text not null, "
     "title text not null, state text not null, what_nl text not null, what_en text not null, "
     "due_first text, due_last text, due_order text not null, opened text not null, "
     "created int not null",
     "record, task_key"},
    {"idempotency",
     "key_hash text not null, request_hash text not null, record text not null, "
     "version int not null, seq int not null, recorded_at int not null",
     "key_hash"},
    {"erasures",
     "record text not null, person text not null, decided_by text not null, at int not null, "
     "seq int not null",
     "record"},
    {"organisations", "organisation text not null, name text not null", "organisation"},
    {"accounts",
     "account text not null, person text not null, login text not null, name text not null, "
     "organisation text not null, roles text not null, active int not null, demo int not null",
     "account"},
    {"account_subjects", "account text not null, subject text not null", "account"},
    {"record_subjects",
     "record text not null, person text not null, form text not null, created int not null, "
     "audience int not null",
     "record, person"},
    {"persons", "person text not null, born text", "person"},
    {"team_members", "team text not null, account text not null", "team, account"},
    {"relations",
     "source text not null, person text not null, kind text not null, holder text not null, "
     "from_at int not null, until_at int not null, told_by text not null",
     "source, person, holder"},
    {"person_links",
     "source text not null, one text not null, other text not null, is_split int not null",
     "source"},
    {"breaks",
     "id text not null, record text not null, form text not null, account text not null, "
     "role text not null, report text not null, opened int not null, until int not null, "
     "ended int not null, ended_by text not null, reviewed int not null, "
     "reviewed_by text not null, outcome text not null, seq int not null, review_seq int not null",
     "id"},
    {"handovers",
     "id text not null, person text not null, form text not null, keeper text not null, "
     "receiver text not null, forms text not null, from_day text not null, "
     "until_day text not null, gives_up int not null, state text not null, "
     "offered int not null, offered_by text not null, answered int not null, "
     "answered_by text not null, ended int not null, ended_by text not null, seq int not null, "
     "answer_seq int not null, end_seq int not null",
     "id"},
    {"handed",
     "handover text not null, form text not null, person text not null, keeper text not null, "
     "receiver text not null, from_at int not null, until_at int not null, "
     "gives_up int not null, accepted int not null",
     "handover, form"},
    {"pack_versions",
     "hash text not null, pack text not null, version text not null, files text not null, "
     "seq int not null",
     "hash"},
    {"pack_activations",
     "seq int not null, pack text not null, hash text not null, at int not null", "seq"},
    {"configuration", "name text not null, payload text not null, seq int not null", "name"},
    {"webhooks",
     "webhook text not null, seq int not null, organisation text not null, title text not null, "
     "url text not null, forms text not null, events text not null, active int not null",
     "webhook"},
    {"webhook_forms", "form text not null, event text not null, webhook text not null",
     "form, event, webhook"},
}};

constexpr std::array<std::string_view, 22> kProjectionIndexes = {
    "create unique index if not exists records_fact on records (fact) where fact is not null",
    "create index if not exists records_next on records (next_look, created) "
    "where next_look is not null",
    "create index if not exists terms_term on terms (form, audience, term, created, field)",
    "create index if not exists tasks_role on tasks (form, role, due_order, opened, created, "
    "task_key)",
    "create index if not exists idempotency_record on idempotency (record)",
    "create unique index if not exists accounts_login on accounts (login)",
    "create index if not exists record_subjects_person on record_subjects (person, form, audience, "
    "created)",
    "create index if not exists team_members_account on team_members (account, team)",
    "create index if not exists relations_holder on relations (holder, kind, person)",
    "create index if not exists relations_person on relations (person, holder)",
    "create index if not exists person_links_one on person_links (one)",
    "create index if not exists person_links_other on person_links (other)",
    "create index if not exists breaks_account on breaks (account, until)",
    "create index if not exists breaks_record on breaks (record)",
    "create index if not exists breaks_seq on breaks (seq)",
    "create index if not exists handovers_keeper on handovers (keeper, seq)",
    "create index if not exists handovers_receiver on handovers (receiver, seq)",
    "create index if not exists handovers_person on handovers (person) where person <> ''",
    "create index if not exists handed_person on handed (person)",
    "create index if not exists handed_receiver on handed (receiver, accepted, until_at)",
    "create index if not exists pack_versions_pack on pack_versions (pack, seq)",
    "create index if not exists webhook_forms_webhook on webhook_forms (webhook)",
};

Result<bool> has_meta(Connection& connection) {
  const bool is_postgres = connection.dialect().kind == Dialect::Kind::kPostgres;
  ZICHT_TRY(rows, connection.query(is_postgres
                                       ? "select 1 from information_schema.tables where "
                                         "table_schema = current_schema() and table_name = 'meta'"
                                       : "select 1 from sqlite_master where name = 'meta'"));
  const bool is_there = rows.next();
  ZICHT_CHECKED(rows.status());
  return is_there;
}

// A store without entries has nothing to make again.
Result<void> note_projections_of_new_store(Connection& connection) {
  ZICHT_TRY(rows, connection.query("select 1 from journal limit 1"));
  if (rows.next()) return {};
  ZICHT_CHECKED(rows.status());
  return note_current_projections(connection);
}

Result<void> create_all(Connection& connection) {
  ZICHT_CHECKED(check_format(connection));
  ZICHT_TRY(format, store_format(connection));
  const Dialect& dialect = connection.dialect();
  const bool is_postgres = dialect.kind == Dialect::Kind::kPostgres;
  for (const auto table : kTables) {
    ZICHT_CHECKED(connection.run_script(in_dialect(dialect, table)));
  }
  ZICHT_CHECKED(create_scratch_schema(connection));
  ZICHT_CHECKED(connection.run_script(kJournalSubject));
  const auto guards = is_postgres ? std::span<const std::string_view>(kPostgresGuards)
                                  : std::span<const std::string_view>(kSqliteGuards);
  for (const auto guard : guards) ZICHT_CHECKED(connection.run_script(guard));
  if (format == 0) ZICHT_CHECKED(set_meta_number(connection, kFormat, kStoreFormat));
  ZICHT_CHECKED(create_projections(connection));
  ZICHT_CHECKED(note_projections_of_new_store(connection));
  // Indexes are for tables as this version makes them: upgrading makes both.
  ZICHT_TRY(is_current, has_current_projections(connection));
  return is_current ? create_projection_indexes(connection) : Result<void>();
}

}  // namespace

Result<void> check_format(Connection& connection) {
  ZICHT_TRY(format, store_format(connection));
  const bool is_known = format == 0 || (format >= kOldestFormat && format <= kStoreFormat);
  return is_known ? Result<void>() : make_error("ST-0022");
}

Result<std::int64_t> store_format(Connection& connection) {
  ZICHT_TRY(is_there, has_meta(connection));
  if (!is_there) return 0;
  return meta_number(connection, kFormat);
}

Result<bool> has_current_projections(Connection& connection) {
  ZICHT_TRY(version, meta_number(connection, "projections"));
  return version == kProjectionsVersion;
}

Result<void> note_absent_projections(Connection& connection) {
  return set_meta_number(connection, "projections", 0);
}

Result<void> note_current_projections(Connection& connection) {
  return set_meta_number(connection, "projections", kProjectionsVersion);
}

std::span<const ProjectionTable> projection_tables() { return kProjections; }

Result<void> create_schema(Connection& connection) {
  return in_transaction(connection, [&]() -> Result<void> {
    // Two servers that start at the same time would make the same tables.
    ZICHT_CHECKED(take_lock(connection, "schema"));
    return create_all(connection);
  });
}

Result<void> create_scratch_schema(Connection& connection) {
  return connection.run_script(in_dialect(connection.dialect(), kFormColumns));
}

Result<void> create_projections(Connection& connection) {
  const Dialect& dialect = connection.dialect();
  for (const ProjectionTable& table : kProjections) {
    const std::string sql = "create table if not exists " + std::string(table.name) + " (" +
                            in_dialect(dialect, table.columns) + ", primary key (" +
                            std::string(table.key) + "))" +
                            std::string(table.name == "terms" ? dialect.clustered : "");
    ZICHT_CHECKED(connection.run_script(sql));
  }
  return {};
}

Result<void> create_projection_indexes(Connection& connection) {
  for (const auto index : kProjectionIndexes) ZICHT_CHECKED(connection.run_script(index));
  return {};
}

std::string in_dialect(const Dialect& dialect, std::string_view definition) {
  std::string result;
  std::string word;
  const auto finish_word = [&] {
    if (word == "int") {
      result += dialect.integer_type;
    } else if (word == "text") {
      result += dialect.text_type;
    } else if (word == "blob") {
      result += dialect.blob_type;
    } else {
      result += word;
    }
    word.clear();
  };
  for (const char c : definition) {
    if ((c >= 'a' && c <= 'z') || c == '_') {
      word += c;
    } else {
      finish_word();
      result += c;
    }
  }
  finish_word();
  return result;
}

}  // namespace zicht::store
