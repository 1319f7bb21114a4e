// Reading records: one, a page, history, links, titles.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/error_catalogue.h"
#include "store/internal/conditions.h"
#include "store/internal/count_query.h"
#include "store/internal/kept_counts.h"
#include "store/internal/page_query.h"
#include "store/internal/person_rows.h"
#include "store/internal/record_reader.h"
#include "store/sql_store.h"

namespace zicht::store {
namespace {

std::string quoted_name(const FormTable& table) { return quote_identifier(table.name()); }

// Reads these rows, in this order. The version of a record that holds now is in `records`: a
// correction of its past gives it a new one too.
Result<std::vector<model::Record>> read_rows(Connection& connection, DataKeys& keys,
                                             const FormTable& table,
                                             const std::vector<std::int64_t>& wanted, bool is_now) {
  std::unordered_map<std::int64_t, model::Record> found;
  for (const std::vector<Cell>& list : padded_lists(wanted)) {
    SqlBuilder sql;
    sql.add("select ").add(row_columns("f"));
    if (is_now) sql.add(", r.version");
    sql.add(" from ").add(quoted_name(table)).add(" f");
    if (is_now) sql.add(" join records r on r.record = f._record");
    sql.add(" where f._row in ").bind_list(list);
    ZICHT_TRY(rows, sql.query(connection));
    while (rows.next()) {
      ZICHT_TRY(record, read_row(connection, keys, rows));
      if (is_now) record.version = rows.integer(kRowColumns);
      found.emplace(rows.integer(kRowColumns - 1), std::move(record));
    }
    ZICHT_CHECKED(rows.status());
  }
  std::vector<model::Record> records;
  for (const std::int64_t row : wanted) {
    const auto at = found.find(row);
    if (at != found.end()) records.push_back(std::move(at->second));
  }
  return records;
}

struct Place {
  std::string form;
  std::int64_t created = 0;
};

Result<Place> place_of(Connection& connection, const std::string& id) {
  ZICHT_TRY(rows, connection.query("select form, created from records where record = $1", {id}));
  if (rows.next()) return Place{std::string(rows.text(0)), rows.integer(1)};
  ZICHT_CHECKED(rows.status());
  return make_error("ST-0029");
}

Result<model::Record> record_as_of(Connection& connection, DataKeys& keys, const FormTable& table,
                                   const Place& place, const model::AsOf& as_of) {
  SqlBuilder sql;
  sql.add("select ").add(row_columns("f")).add(" from ").add(quoted_name(table));
  sql.add(" f where f._created = ").bind(place.created).add(" and ");
  render_moment(as_of, sql);
  ZICHT_TRY(rows, sql.query(connection));
  if (rows.next()) return read_row(connection, keys, rows);
  ZICHT_CHECKED(rows.status());
  return make_error("ST-0029");
}

}  // namespace

Result<model::Record> SqlStore::record(const std::string& id, const model::AsOf& as_of) {
  if (as_of.is_now()) {
    ZICHT_TRY(found, opened(id, {}, [](std::string_view) { return nullptr; }));
    return std::move(found.record);
  }
  // A row that was found never changes, but for the day on which it was closed.
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(place, place_of(*reader, id));
  ZICHT_TRY(table, forms_.table(place.form));
  return record_as_of(*reader, keys_, *table, place, as_of);
}

Result<app::OpenedRecord> SqlStore::opened(
    const std::string& id, const app::WhoAsks& who,
    const std::function<const model::Form*(std::string_view form)>& form_of) {
  return lookups_.opened(id, who, form_of);
}

Result<model::Page> SqlStore::page(const model::Query& query) {
  ZICHT_TRY(table, forms_.table(query.form));
  ZICHT_TRY(reader, readers_.lease());
  // What no index answers is asked row by row, of as many rows as there are.
  if (query.where != nullptr) {
    ZICHT_CHECKED(reader->limit_statements(query.where_time.count()));
  }
  ZICHT_TRY(found, find_page(*reader, *table, query, clock_.now()));
  ZICHT_TRY(records, read_rows(*reader, keys_, *table, found.rows, query.as_of.is_now()));
  return model::Page{.records = std::move(records), .next = std::move(found.next)};
}

Result<std::vector<model::Group>> SqlStore::count(const model::CountQuery& query) {
  ZICHT_TRY(table, forms_.table(query.form));
  if (may_keep(query)) return counts_->count({table, query});
  ZICHT_TRY(reader, readers_.lease());
  ZICHT_CHECKED(reader->limit_statements(query.time.count()));
  return count_groups(*reader, *table, query, clock_.now());
}

Result<void> SqlStore::keep_counts(const std::vector<model::CountQuery>& asked) {
  std::vector<KeptCounts::Asked> known;
  for (const model::CountQuery& query : asked) {
    ZICHT_TRY(table, forms_.table(query.form));
    known.push_back({table, query});
  }
  return counts_->keep(known, *writer_);
}

Result<std::vector<app::HistoryItem>> SqlStore::history(const std::string& id, std::int64_t limit,
                                                        std::optional<std::int64_t> before_seq) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  SqlBuilder sql;
  sql.add("select ").add(kJournalColumns).add(" from journal where subject <> '' and subject = ");
  sql.bind(id).add(" and kind = ").bind(std::string(model::kRecordPut));
  if (before_seq) sql.add(" and seq < ").bind(*before_seq);
  sql.add(" order by seq desc limit ").bind(limit);
  ZICHT_TRY(rows, sql.query(*reader));
  // No row of a table stands between an entry and a key that is remembered.
  ZICHT_CHECKED(keys_.look(*reader));
  std::vector<app::HistoryItem> items;
  while (rows.next()) {
    ZICHT_TRY(entry, read_entry(rows));
    ZICHT_TRY(text, open_payload(*reader, keys_, entry));
    ZICHT_TRY(payload, parse_json(text));
    ZICHT_TRY(parsed, model::from_payload(payload));
    model::Record& record = parsed.record;
    record.organisation = entry.envelope.organisation;
    record.pack_hash = entry.envelope.pack_hash;
    record.recorded_at = entry.envelope.recorded_at;
    record.actor = entry.envelope.actor;
    items.push_back({std::move(entry.envelope), std::move(record), std::move(parsed.event)});
  }
  ZICHT_CHECKED(rows.status());
  return items;
}

Result<std::vector<app::RecordLink>> SqlStore::referring(const std::string& id,
                                                         const std::string& form,
                                                         const std::string& field,
                                                         const model::RowScope& scope,
                                                         std::int64_t limit) {
  ZICHT_TRY(table, forms_.table(form));
  // Through the same conditions as a filter: only fields that have an index.
  model::Filter filter;
  filter.field = field;
  filter.any_of.emplace_back(id);
  model::Query query;
  query.filters.push_back(std::move(filter));
  ZICHT_TRY(conditions, conditions_of(*table, query));
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(asker, asker_of(*reader, scope, clock_.now()));
  SqlBuilder sql;
  sql.add("select f._record, f._title, f._state, ");
  render_clearance(scope, asker, {}, sql);
  sql.add(" from ").add(quoted_name(*table));
  sql.add(" f where f._current = 1 and ");
  render(conditions.front(), sql);
  // All audiences by name: with that the index on (_audience, value) is used.
  sql.add(" and f._audience in (0, 1, 2, 3) and ");
  render_scope(scope, asker, {}, sql);
  sql.add(" order by f._created desc limit ").bind(limit);
  ZICHT_TRY(rows, sql.query(*reader));
  std::vector<app::RecordLink> links;
  while (rows.next()) {
    links.push_back({.field = field,
                     .record = std::string(rows.text(0)),
                     .form = form,
                     .title = std::string(rows.text(1)),
                     .state = std::string(rows.text(2)),
                     .clearance = static_cast<model::Sensitivity>(rows.integer(3))});
  }
  ZICHT_CHECKED(rows.status());
  return links;
}

namespace {

// One of the records that titles are asked of.
struct Titled {
  std::string record, title, form, organisation;
  std::int64_t audience = 0;
};

Result<std::vector<Titled>> titles_of(Connection& connection, const std::vector<std::string>& ids) {
  std::vector<Titled> found;
  for (const std::vector<Cell>& list : padded_lists(ids)) {
    SqlBuilder sql;
    sql.add("select record, title, form, organisation, audience from records where record in ");
    sql.bind_list(list);
    ZICHT_TRY(rows, sql.query(connection));
    while (rows.next()) {
      found.push_back({.record = std::string(rows.text(0)),
                       .title = std::string(rows.text(1)),
                       .form = std::string(rows.text(2)),
                       .organisation = std::string(rows.text(3)),
                       .audience = rows.integer(4)});
    }
    ZICHT_CHECKED(rows.status());
  }
  return found;
}

// How much is seen of each of these records of one form, by what the asker is to its persons.
Result<std::map<std::string, std::int64_t>> clearances_of(Connection& connection,
                                                          const model::RowScope& scope,
                                                          const std::vector<std::string>& ids,
                                                          Instant now) {
  std::map<std::string, std::int64_t> clearances;
  ZICHT_TRY(asker, asker_of(connection, scope, now));
  for (const std::vector<Cell>& list : padded_lists(ids)) {
    SqlBuilder sql;
    sql.add("select f.record, ");
    render_clearance(scope, asker, kColumnsOfRecords, sql);
    sql.add(" from records f where f.record in ").bind_list(list);
    ZICHT_TRY(rows, sql.query(connection));
    while (rows.next()) clearances.emplace(rows.text(0), rows.integer(1));
    ZICHT_CHECKED(rows.status());
  }
  return clearances;
}

}  // namespace

Result<std::map<std::string, app::RecordReference>> SqlStore::references(
    const std::vector<std::string>& ids,
    const std::function<model::RowScope(std::string_view form)>& scope_of) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(titles, titles_of(*reader, ids));
  std::map<std::string, std::vector<std::string>> by_form;
  for (const Titled& each : titles) by_form[each.form].push_back(each.record);
  std::map<std::string, std::int64_t> clearances;
  for (const auto& [form, records] : by_form) {
    const model::RowScope scope = scope_of(form);
    if (!scope.through.empty()) {
      ZICHT_TRY(found, clearances_of(*reader, scope, records, clock_.now()));
      clearances.merge(found);
      continue;
    }
    for (const Titled& each : titles) {
      if (each.form != form) continue;
      const auto clearance = scope.clearance_in(each.organisation);
      clearances.emplace(each.record, clearance ? static_cast<std::int64_t>(*clearance) : -1);
    }
  }
  std::map<std::string, app::RecordReference> references;
  for (const Titled& each : titles) {
    const std::int64_t clearance = clearances[each.record];
    if (each.audience > clearance) continue;
    references.emplace(
        each.record, app::RecordReference{.title = each.title,
                                          .form = each.form,
                                          .clearance = static_cast<model::Sensitivity>(clearance)});
  }
  return references;
}

Result<model::Standings> SqlStore::standings(const std::vector<std::string>& persons,
                                             const app::WhoAsks& who) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  return find_standings(*reader, persons, who, clock_.now());
}

Result<std::vector<app::PersonLink>> SqlStore::person_links(
    const std::vector<std::string>& persons) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  return find_person_links(*reader, persons);
}

Result<std::set<std::string>> SqlStore::subjects(const std::vector<std::string>& records) {
  std::set<std::string> persons;
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  for (const std::vector<Cell>& list : padded_lists(records)) {
    SqlBuilder sql;
    sql.add("select distinct person from record_subjects where record in ").bind_list(list);
    ZICHT_TRY(rows, sql.query(*reader));
    while (rows.next()) persons.emplace(rows.text(0));
    ZICHT_CHECKED(rows.status());
  }
  return persons;
}

}  // namespace zicht::store
