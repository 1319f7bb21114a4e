// Reading what is no record: tasks, facts, accounts, packs, configuration, the journal's own state;
// and the lease.
#include <algorithm>
#include <utility>

#include "base/error_catalogue.h"
#include "store/internal/conditions.h"
#include "store/internal/cursor.h"
#include "store/internal/sql_builder.h"
#include "store/sql_store.h"
#include "store/verify.h"

namespace zicht::store {
namespace {

constexpr std::string_view kAccountColumns =
    "select a.account, a.person, a.login, a.name, a.organisation, a.roles, a.active, a.demo, "
    "coalesce(s.subject, '') from accounts a "
    "left join account_subjects s on s.account = a.account ";

// From one organisation to the next by the index of chains, instead of through all entries.
constexpr std::string_view kChains =
    "with recursive chain (organisation) as (select min(organisation) "
    "from journal union all select (select min(j.organisation) from journal j "
    "where j.organisation > chain.organisation) from chain "
    "where chain.organisation is not null) ";

// Also those of which nothing is written yet.
Result<std::vector<std::string>> chains_in(Connection& connection) {
  ZICHT_TRY(rows, connection.query(std::string(kChains) +
                                   "select organisation from chain where organisation is not null "
                                   "union select organisation from organisations"));
  std::vector<std::string> chains;
  while (rows.next()) chains.emplace_back(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return chains;
}

Result<app::Account> account_of(const Rows& rows) {
  app::Account account{.id = std::string(rows.text(0)),
                       .person = std::string(rows.text(1)),
                       .login = std::string(rows.text(2)),
                       .name = std::string(rows.text(3)),
                       .organisation = std::string(rows.text(4)),
                       .roles = {},
                       .is_active = rows.integer(6) != 0,
                       .is_demo = rows.integer(7) != 0,
                       .subject = std::string(rows.text(8))};
  ZICHT_TRY(roles, parse_json(rows.text(5)));
  if (const json::array* items = roles.if_array()) {
    for (const Json& role : *items) {
      if (role.is_string()) account.roles.emplace_back(role.get_string());
    }
  }
  return account;
}

Result<std::optional<app::Account>> find_account_where(Connection& connection,
                                                       std::string_view condition,
                                                       const std::string& value) {
  ZICHT_TRY(rows, connection.query(std::string(kAccountColumns) + std::string(condition),
                                   {value}));
  if (rows.next()) {
    ZICHT_TRY(account, account_of(rows));
    return std::optional(std::move(account));
  }
  ZICHT_CHECKED(rows.status());
  return std::optional<app::Account>();
}

// A cursor of tasks: the four things that they are ordered by.
struct TaskPlace {
  std::string due_order, opened, key;
  std::int64_t created = 0;
};

std::string encode(const TaskPlace& place) {
  return hex_of(*canonical_json(
      json::array{place.due_order, place.opened, place.created, place.key}));
}

Result<TaskPlace> decode_task_place(const std::string& cursor) {
  const auto text = text_of_hex(cursor);
  const auto value = text ? parse_json(*text) : Result<Json>(make_error("ST-0019"));
  const json::array* parts = value.has_value() ? value->if_array() : nullptr;
  const bool is_whole = parts != nullptr && parts->size() == 4 && (*parts)[0].is_string() &&
                        (*parts)[1].is_string() && (*parts)[2].is_int64() &&
                        (*parts)[3].is_string();
  if (!is_whole) return make_error("ST-0019");
  return TaskPlace{.due_order = std::string((*parts)[0].get_string()),
                   .opened = std::string((*parts)[1].get_string()),
                   .key = std::string((*parts)[3].get_string()),
                   .created = (*parts)[2].get_int64()};
}

void render_held(const app::TaskQuery::Held& held, const Asker& asker,
                 const std::optional<TaskPlace>& after, std::int64_t limit, SqlBuilder& sql) {
  std::vector<Cell> roles;
  for (const std::string& role : held.roles) roles.emplace_back(role);
  sql.add("select * from (select f.due_order, f.opened, f.created, f.task_key, f.record, f.form, "
          "f.title, f.state, f.organisation, f.role, f.what_nl, f.what_en, f.due_first, "
          "f.due_last, ");
  render_clearance(held.scope, asker, kColumnsOfRecords, sql);
  sql.add(" as clearance from tasks f where f.form = ").bind(held.form);
  sql.add(" and f.role in ").bind_list(roles).add(" and ");
  render_scope(held.scope, asker, kColumnsOfRecords, sql);
  if (after) {
    sql.add(" and (f.due_order, f.opened, f.created, f.task_key) > (").bind(after->due_order);
    sql.add(", ").bind(after->opened).add(", ").bind(after->created).add(", ").bind(after->key);
    sql.add(")");
  }
  sql.add(" order by f.due_order, f.opened, f.created, f.task_key limit ").bind(limit);
  sql.add(")");
}

Result<app::TaskItem> task_of(const Rows& rows) {
  app::TaskItem item{.record = std::string(rows.text(4)),
                     .form = std::string(rows.text(5)),
                     .title = std::string(rows.text(6)),
                     .state = std::string(rows.text(7)),
                     .organisation = std::string(rows.text(8)),
                     .task = {.key = std::string(rows.text(3)),
                              .role = std::string(rows.text(9)),
                              .what = {std::string(rows.text(10)), std::string(rows.text(11))},
                              .due = {},
                              .opened = {}},
                     .clearance = static_cast<model::Sensitivity>(rows.integer(14))};
  ZICHT_TRY(opened, Date::parse(rows.text(1)));
  item.task.opened = opened;
  if (!rows.is_null(12)) {
    ZICHT_TRY(first, Date::parse(rows.text(12)));
    ZICHT_TRY(last, Date::parse(rows.text(13)));
    item.task.due = DateInterval{first, last};
  }
  return item;
}

TaskPlace place_of(const Rows& rows) {
  return {.due_order = std::string(rows.text(0)),
          .opened = std::string(rows.text(1)),
          .key = std::string(rows.text(3)),
          .created = rows.integer(2)};
}

Result<app::TaskPage> read_tasks(Rows& rows, std::int64_t limit) {
  app::TaskPage page;
  TaskPlace last;
  while (rows.next()) {
    if (static_cast<std::int64_t>(page.tasks.size()) == limit) {
      page.next = encode(last);
      break;
    }
    ZICHT_TRY(item, task_of(rows));
    last = place_of(rows);
    page.tasks.push_back(std::move(item));
  }
  ZICHT_CHECKED(rows.status());
  return page;
}

Result<std::optional<Json>> find_json(Connection& connection, std::string_view sql,
                                      std::string_view name) {
  ZICHT_TRY(rows, connection.query(sql, {name}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return std::optional<Json>();
  }
  ZICHT_TRY(value, parse_json(rows.text(0)));
  return std::optional(std::move(value));
}

}  // namespace

Result<app::TaskPage> SqlStore::tasks(const app::TaskQuery& query) {
  std::optional<TaskPlace> after;
  if (!query.cursor.empty()) {
    ZICHT_TRY(place, decode_task_place(query.cursor));
    after = std::move(place);
  }
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  SqlBuilder sql;
  int branches = 0;
  std::optional<Asker> asker;   // the same for all: one account asks
  for (const app::TaskQuery::Held& held : query.held) {
    if (held.roles.empty()) continue;
    if (branches > 0) sql.add(" union all ");
    if (!asker || asker->holders.empty()) {
      ZICHT_TRY(known, asker_of(*reader, held.scope, clock_.now()));
      asker = std::move(known);
    }
    render_held(held, *asker, after, query.limit + 1, sql);
    sql.add(" b" + std::to_string(++branches));
  }
  if (branches == 0) return app::TaskPage{};
  sql.add(" order by 1, 2, 3, 4 limit ").bind(query.limit + 1);
  ZICHT_TRY(rows, sql.query(*reader));
  return read_tasks(rows, query.limit);
}

Result<std::map<std::string, std::string>> SqlStore::records_of_facts() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select fact, record from records where fact is not null"));
  std::map<std::string, std::string> records;
  while (rows.next()) records.emplace(rows.text(0), rows.text(1));
  ZICHT_CHECKED(rows.status());
  return records;
}

Result<std::vector<std::string>> SqlStore::due_for_scheduler(Date today, std::int64_t limit) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select record from records where next_look is not null and "
                                "next_look <= $1 order by next_look, created limit $2",
                                {today.to_string(), limit}));
  std::vector<std::string> ids;
  while (rows.next()) ids.emplace_back(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return ids;
}

Result<std::vector<app::Account>> SqlStore::accounts() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query(std::string(kAccountColumns) + "order by a.login"));
  std::vector<app::Account> accounts;
  while (rows.next()) {
    ZICHT_TRY(account, account_of(rows));
    accounts.push_back(std::move(account));
  }
  ZICHT_CHECKED(rows.status());
  return accounts;
}

Result<std::optional<app::Account>> SqlStore::find_account_by_login(const std::string& login) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  return find_account_where(*reader, "where a.login = $1", login);
}

Result<std::optional<app::Account>> SqlStore::find_account(const std::string& id) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  return find_account_where(*reader, "where a.account = $1", id);
}

Result<std::vector<app::Organisation>> SqlStore::organisations() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select organisation, name from organisations order by 1"));
  std::vector<app::Organisation> organisations;
  while (rows.next()) {
    organisations.push_back({.id = std::string(rows.text(0)), .name = std::string(rows.text(1))});
  }
  ZICHT_CHECKED(rows.status());
  return organisations;
}

Result<std::vector<app::Store::StoredPack>> SqlStore::stored_packs() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows,
            reader->query("select pack, version, hash, files from pack_versions order by seq"));
  std::vector<StoredPack> packs;
  while (rows.next()) {
    StoredPack pack{.pack = std::string(rows.text(0)),
                    .version = std::string(rows.text(1)),
                    .hash = std::string(rows.text(2)),
                    .files = {}};
    ZICHT_TRY(files, parse_json(rows.text(3)));
    if (!files.is_object()) return make_error("ST-0026", {{"seq", "?"}});
    for (const auto& [path, text] : files.get_object()) {
      if (text.is_string()) pack.files.emplace(path, std::string(text.get_string()));
    }
    packs.push_back(std::move(pack));
  }
  ZICHT_CHECKED(rows.status());
  return packs;
}

Result<std::vector<app::Store::Activation>> SqlStore::activations() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select pack, hash, at, seq from pack_activations order by seq"));
  std::vector<Activation> activations;
  while (rows.next()) {
    ZICHT_TRY(at, Instant::from_microseconds(rows.integer(2)));
    activations.push_back({.pack = std::string(rows.text(0)),
                           .hash = std::string(rows.text(1)),
                           .at = at,
                           .seq = rows.integer(3)});
  }
  ZICHT_CHECKED(rows.status());
  return activations;
}

Result<std::optional<Json>> SqlStore::calendar_configuration() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  return find_json(*reader, "select payload from configuration where name = $1",
                   model::kCalendarConfigured);
}

// They stand beside the calendar, by the name that the projector gives them.
Result<std::map<std::string, Json>> SqlStore::kept_imports(const std::string& organisation) {
  const std::string prefix = std::string(model::kImportKept) + "/" + organisation + "/";
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select name, payload from configuration "
                                "where substr(name, 1, $1) = $2 order by name",
                                {static_cast<std::int64_t>(prefix.size()), prefix}));
  std::map<std::string, Json> kept;
  while (rows.next()) {
    ZICHT_TRY(payload, parse_json(rows.text(1)));
    kept.emplace(rows.text(0).substr(prefix.size()), std::move(payload));
  }
  ZICHT_CHECKED(rows.status());
  return kept;
}

Result<std::vector<model::Envelope>> SqlStore::envelopes(std::optional<std::int64_t> before_seq,
                                                         std::int64_t limit) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  SqlBuilder sql;
  sql.add("select ").add(kJournalColumns).add(" from journal");
  if (before_seq) sql.add(" where seq < ").bind(*before_seq);
  sql.add(" order by seq desc limit ").bind(limit);
  ZICHT_TRY(rows, sql.query(*reader));
  std::vector<model::Envelope> envelopes;
  while (rows.next()) {
    ZICHT_TRY(entry, read_entry(rows));
    envelopes.push_back(std::move(entry.envelope));
  }
  ZICHT_CHECKED(rows.status());
  return envelopes;
}

Result<std::optional<Json>> SqlStore::last_verification() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  return find_json(*reader, "select value from meta where name = $1", "verification");
}

Result<Json> SqlStore::verify_journal() {
  ZICHT_TRY(exported, exported_checkpoints(checkpoint_file()));
  Json report;
  {
    ZICHT_TRY(reader, readers_.lease());
    ZICHT_TRY(checkpoints, stored_checkpoints(*reader));
    checkpoints.insert(checkpoints.end(), exported.checkpoints.begin(),
                       exported.checkpoints.end());
    ZICHT_TRY(outcome, verify(*reader, keys_, *ring_.present(), checkpoints));
    ZICHT_TRY(of_file, check_file(*reader, checkpoint_file(), exported));
    outcome.problems.insert(outcome.problems.end(), of_file.begin(), of_file.end());
    report = to_json(outcome, clock_.now().to_string());
  }
  ZICHT_TRY(text, canonical_json(report));
  ZICHT_CHECKED(writer_->run([&text](Connection& connection) {
    return connection.queue("insert into meta (name, value) values ('verification', $1) "
                            "on conflict (name) do update set value = excluded.value",
                            {text});
  }));
  return report;
}

Result<std::optional<Instant>> SqlStore::newest_entry() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query(
                      std::string(kChains) +
                      "select max((select j.recorded_at from journal j "
                      "where j.organisation = chain.organisation "
                      "order by j.chain_no desc limit 1)) from chain"));
  const bool is_any = rows.next() && !rows.is_null(0);
  const std::int64_t newest = is_any ? rows.integer(0) : 0;
  ZICHT_CHECKED(rows.status());
  if (!is_any) return std::optional<Instant>();
  ZICHT_TRY(at, Instant::from_microseconds(newest));
  return std::optional(at);
}

// An entry has its time from a clock that was read while its chain was held. So who gets the chain
// after the moment has waited for all that is earlier. One chain at a time, so that nobody waits
// for what is held here.
Result<Instant> SqlStore::settled_moment() {
  ZICHT_TRY(newest, newest_entry());
  const Instant now = clock_.now();
  const Instant moment = std::max(now, newest.value_or(now));
  // A chain that is far ahead of the clock does not take all others with it.
  journal_.record_after(std::min(moment.microseconds_since_epoch(),
                                 now.microseconds_since_epoch() + kMicrosecondsPerSecond));
  // What this server is writing, and on SQLite everybody.
  ZICHT_CHECKED(writer_->run([](Connection&) { return Result<void>(); }));
  const std::string lock(database_.dialect().lock);
  if (lock.empty()) return moment;
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(chains, chains_in(*reader));
  for (const std::string& organisation : chains) {
    ZICHT_TRY(held, reader->query(lock, {organisation}));
    while (held.next()) {
    }
    ZICHT_CHECKED(held.status());
  }
  return moment;
}

// A lease that ends days from now was taken by a clock that ran ahead: leases last minutes.
Result<bool> SqlStore::take_lease(const std::string& name, const std::string& holder, Instant now,
                                  Instant until) {
  bool is_held = false;
  ZICHT_CHECKED(writer_->run([&](Connection& connection) -> Result<void> {
    ZICHT_TRY(changed,
              connection.execute(
                  "insert into leases (name, holder, until) values ($1, $2, $3) "
                  "on conflict (name) do update set holder = excluded.holder, "
                  "until = excluded.until where leases.holder = excluded.holder "
                  "or leases.until <= $4 or leases.until > $5",
                  {name, holder, until.microseconds_since_epoch(),
                   now.microseconds_since_epoch(),
                   until.microseconds_since_epoch() + kMicrosecondsPerDay}));
    is_held = changed > 0;
    return {};
  }));
  return is_held;
}

Result<bool> SqlStore::renew_lease(const std::string& name, const std::string& holder,
                                   Instant until) {
  bool is_held = false;
  ZICHT_CHECKED(writer_->run([&](Connection& connection) -> Result<void> {
    ZICHT_TRY(changed,
              connection.execute("update leases set until = $3 where name = $1 and holder = $2",
                                 {name, holder, until.microseconds_since_epoch()}));
    is_held = changed > 0;
    return {};
  }));
  return is_held;
}

// SQLite has one writer at a time, so entries are seen in the order of their numbers; rows that
// change without entries raise the epoch of what is counted of them. PostgreSQL has several, and
// tells which of their transactions a question sees, on a server that writes.
Result<std::string> SqlStore::mark() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query(
                      reader->dialect().kind == Dialect::Kind::kPostgres
                          ? "select pg_current_snapshot()::text"
                          : "select (select coalesce(max(seq), 0) from journal) || ' ' || "
                            "(select coalesce(sum(value), 0) from meta where name = 'counts' "
                            "or name glob 'counts *')"));
  std::string mark;
  if (rows.next()) mark = rows.text(0);
  ZICHT_CHECKED(rows.status());
  return mark;
}

Result<app::Store::Health> SqlStore::health() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select coalesce(max(seq), 0) from journal"));
  Health health;
  if (rows.next()) health.last_seq = rows.integer(0);
  ZICHT_CHECKED(rows.status());
  const Writer::Counters counters = writer_->counters();
  health.queued_units = static_cast<std::int64_t>(counters.waiting);
  health.is_writable = counters.is_writable && counters.waiting < options_.writer.queue_limit;
  return health;
}

}  // namespace zicht::store
