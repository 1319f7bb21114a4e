#include "store/sql_read_log.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/json.h"
#include "store/internal/cursor.h"
#include "store/internal/schema.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {
namespace {

constexpr std::string_view kSegments =
    "create table if not exists read_log_segments (month text primary key)";
constexpr std::string_view kEntries =
    "(entry text primary key, at int not null, account text not null, "
    "organisation text not null, roles text not null, purpose text not null, "
    "action text not null, form text not null, subjects text not null, refused int not null, "
    "trace text not null)";
constexpr std::string_view kBySubject =
    "(subject text not null, at int not null, entry text not null, "
    "primary key (subject, at, entry))";

// A segment is a month of UTC: 2026-01 is read_log_202601.
std::string month_of(Instant at) {
  const std::string text = at.to_string();
  return text.substr(0, 4) + text.substr(5, 2);
}
std::string month_of(Date day) { return month_of(Instant::at_utc_midnight(day)); }

std::string entries_of(const std::string& month) { return "read_log_" + month; }
std::string by_subject_of(const std::string& month) { return "read_log_" + month + "_subjects"; }

Result<std::string> list_text(const std::vector<std::string>& items) {
  json::array list;
  for (const std::string& item : items) list.emplace_back(item);
  return canonical_json(list);
}

Result<std::vector<std::string>> list_from(std::string_view text) {
  ZICHT_TRY(value, parse_json(text));
  std::vector<std::string> items;
  if (const json::array* list = value.if_array()) {
    for (const Json& item : *list) {
      if (item.is_string()) items.emplace_back(item.get_string());
    }
  }
  return items;
}

// The place after which a page goes on.
struct Place {
  std::int64_t at = 0;
  std::string entry;
};

std::string encode(const app::ReadEntry& entry) {
  return hex_of(
      *canonical_json(json::array{entry.at.microseconds_since_epoch(), entry.id}));
}

Result<Place> decode(const std::string& cursor) {
  const auto text = text_of_hex(cursor);
  const auto value = text ? parse_json(*text) : Result<Json>(make_error("ST-0019"));
  const json::array* parts = value.has_value() ? value->if_array() : nullptr;
  const bool is_whole = parts != nullptr && parts->size() == 2 && (*parts)[0].is_int64() &&
                        (*parts)[1].is_string();
  if (!is_whole) return make_error("ST-0019");
  return Place{(*parts)[0].get_int64(), std::string((*parts)[1].get_string())};
}

Result<std::vector<std::string>> months_in(Connection& connection) {
  std::vector<std::string> months;
  ZICHT_TRY(rows, connection.query("select month from read_log_segments order by month desc"));
  while (rows.next()) months.emplace_back(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return months;
}

Result<void> create_segment(Connection& connection, const std::string& month) {
  const Dialect& dialect = connection.dialect();
  // Two servers may need the same month at the same time.
  ZICHT_CHECKED(take_lock(connection, "read log"));
  const std::string entries = entries_of(month), subjects = by_subject_of(month);
  for (const std::string& sql :
       {"create table if not exists " + entries + " " + in_dialect(dialect, kEntries),
        "create table if not exists " + subjects + " " + in_dialect(dialect, kBySubject) +
            std::string(dialect.clustered),
        "create index if not exists " + entries + "_at on " + entries + " (at, entry)",
        "create index if not exists " + entries + "_account on " + entries + " (account, at)"}) {
    ZICHT_CHECKED(connection.run_script(sql));
  }
  return connection.queue(
      "insert into read_log_segments (month) values ($1) on conflict (month) do nothing", {month});
}

KeptTable kept_entries_of(const std::string& month) {
  return kept_table(entries_of(month),
                    "entry text, at int, account text, organisation text, roles text, "
                    "purpose text, action text, form text, subjects text, refused int, trace text");
}

KeptTable kept_by_subject_of(const std::string& month) {
  return kept_table(by_subject_of(month), "subject text, at int, entry text", 3);
}

// An entry as its rows say it, and where they go.
struct WrittenEntry {
  app::ReadEntry entry;
  std::shared_ptr<const ReadLogSegment> segment;
  std::string roles, subjects;
};

Result<void> insert(const WrittenEntry& written, Connection& connection) {
  const app::ReadEntry& entry = written.entry;
  const std::int64_t at = entry.at.microseconds_since_epoch();
  ZICHT_CHECKED(connection.queue(
      written.segment->insert,
      {entry.id, at, entry.account, entry.organisation, written.roles, entry.purpose, entry.action,
       entry.form, written.subjects, entry.is_refused ? 1 : 0, entry.trace}));
  for (const std::string& subject : entry.subjects) {
    ZICHT_CHECKED(connection.queue(written.segment->insert_subject, {subject, at, entry.id}));
  }
  return {};
}

std::shared_ptr<const ReadLogSegment> segment_of(const std::string& month) {
  return std::make_shared<const ReadLogSegment>(ReadLogSegment{
      .insert = "insert into " + entries_of(month) +
                " (entry, at, account, organisation, roles, purpose, action, form, subjects, "
                "refused, trace) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      .insert_subject =
          "insert into " + by_subject_of(month) + " (subject, at, entry) values ($1, $2, $3)"});
}

void render(const std::string& month, const app::ReadQuery& query,
            const std::optional<Place>& after, std::int64_t limit, SqlBuilder& sql) {
  sql.add("select f.entry, f.at, f.account, f.organisation, f.roles, f.purpose, f.action, "
          "f.form, f.subjects, f.refused, f.trace from ");
  // The order comes from the table that finds the rows.
  const bool is_by_subject = !query.subject.empty();
  const std::string k = is_by_subject ? "s." : "f.";
  if (is_by_subject) {
    sql.add(by_subject_of(month)).add(" s join ").add(entries_of(month));
    sql.add(" f on f.entry = s.entry where s.subject = ").bind(query.subject);
  } else {
    sql.add(entries_of(month)).add(" f where 1 = 1");
  }
  if (!query.account.empty()) sql.add(" and f.account = ").bind(query.account);
  if (query.from) {
    sql.add(" and ").add(k).add("at >= ").bind(query.from->microseconds_since_epoch());
  }
  if (query.until) {
    sql.add(" and ").add(k).add("at < ").bind(query.until->microseconds_since_epoch());
  }
  if (after) {
    sql.add(" and (").add(k).add("at, ").add(k).add("entry) < (").bind(after->at).add(", ");
    sql.bind(after->entry).add(")");
  }
  sql.add(" order by ").add(k).add("at desc, ").add(k).add("entry desc limit ").bind(limit);
}

Result<app::ReadEntry> entry_of(const Rows& rows) {
  app::ReadEntry entry;
  entry.id = rows.text(0);
  ZICHT_TRY(at, Instant::from_microseconds(rows.integer(1)));
  entry.at = at;
  entry.account = rows.text(2);
  entry.organisation = rows.text(3);
  ZICHT_TRY(roles, list_from(rows.text(4)));
  entry.roles = std::move(roles);
  entry.purpose = rows.text(5);
  entry.action = rows.text(6);
  entry.form = rows.text(7);
  ZICHT_TRY(subjects, list_from(rows.text(8)));
  entry.subjects = std::move(subjects);
  entry.is_refused = rows.integer(9) != 0;
  entry.trace = rows.text(10);
  return entry;
}

bool may_hold(const std::string& month, const app::ReadQuery& query,
              const std::optional<Place>& after) {
  if (query.from && month < month_of(*query.from)) return false;
  if (query.until && month_of(*query.until) < month) return false;
  if (!after) return true;
  const auto at = Instant::from_microseconds(after->at);
  return at.has_value() && month <= month_of(*at);
}

}  // namespace

Result<std::vector<KeptTable>> read_log_tables(Connection& connection) {
  std::vector<KeptTable> tables;
  ZICHT_TRY(months, months_in(connection));
  std::reverse(months.begin(), months.end());
  for (const std::string& month : months) {
    tables.push_back(kept_entries_of(month));
    tables.push_back(kept_by_subject_of(month));
  }
  return tables;
}

Result<std::optional<KeptTable>> make_read_log_table(Connection& connection,
                                                     std::string_view name) {
  constexpr std::string_view kPrefix = "read_log_";
  constexpr std::size_t kMonthDigits = 6;
  if (!name.starts_with(kPrefix)) return std::optional<KeptTable>();
  const std::string month(name.substr(kPrefix.size()).substr(0, kMonthDigits));
  const bool is_month = month.size() == kMonthDigits &&
                        month.find_first_not_of("0123456789") == std::string::npos;
  if (!is_month) return std::optional<KeptTable>();
  for (const KeptTable& each : {kept_entries_of(month), kept_by_subject_of(month)}) {
    if (each.name != name) continue;
    ZICHT_CHECKED(connection.run_script(in_dialect(connection.dialect(), kSegments)));
    ZICHT_CHECKED(create_segment(connection, month));
    return std::optional<KeptTable>(each);
  }
  return std::optional<KeptTable>();
}

Result<std::unique_ptr<SqlReadLog>> SqlReadLog::open(Database& database) {
  std::unique_ptr<SqlReadLog> log(new SqlReadLog(database));
  ZICHT_TRY(writer, Writer::create(database, {.gathers_rows = true}));
  log->writer_ = std::move(writer);
  ZICHT_CHECKED(log->writer_->run([](Connection& connection) {
    return connection.run_script(in_dialect(connection.dialect(), kSegments));
  }));
  return log;
}

Result<SqlReadLog::SegmentPtr> SqlReadLog::segment(const std::string& month) {
  const std::lock_guard lock(mutex_);
  if (const auto known = segments_.find(month); known != segments_.end()) return known->second;
  ZICHT_CHECKED(
      writer_->run([&month](Connection& connection) { return create_segment(connection, month); }));
  return segments_.emplace(month, segment_of(month)).first->second;
}

Result<void> SqlReadLog::append(const app::ReadEntry& entry) {
  ZICHT_TRY(unit, unit_for(entry));
  return writer_->run(std::move(unit));
}

void SqlReadLog::append(app::ReadEntry entry, Done done) {
  auto unit = unit_for(std::move(entry));
  const auto queued = unit ? writer_->submit(*std::move(unit), done) : unit.error();
  if (!queued) done(queued);
}

Result<Writer::Unit> SqlReadLog::unit_for(app::ReadEntry entry) {
  ZICHT_TRY(into, segment(month_of(entry.at)));
  ZICHT_TRY(roles, list_text(entry.roles));
  ZICHT_TRY(subjects, list_text(entry.subjects));
  const auto written = std::make_shared<const WrittenEntry>(
      WrittenEntry{std::move(entry), std::move(into), std::move(roles), std::move(subjects)});
  return Writer::Unit([written](Connection& connection) { return insert(*written, connection); });
}

Result<app::ReadPage> SqlReadLog::find(const app::ReadQuery& query) {
  std::optional<Place> after;
  if (!query.cursor.empty()) {
    ZICHT_TRY(place, decode(query.cursor));
    after = std::move(place);
  }
  app::ReadPage page;
  ZICHT_TRY(reader, readers_.lease());
  ZICHT_TRY(months, months_in(*reader));
  for (const std::string& month : months) {
    const auto found = static_cast<std::int64_t>(page.entries.size());
    if (found > query.limit) break;
    if (!may_hold(month, query, after)) continue;
    SqlBuilder sql;
    render(month, query, after, query.limit + 1 - found, sql);
    ZICHT_TRY(rows, sql.query(*reader));
    while (rows.next()) {
      ZICHT_TRY(entry, entry_of(rows));
      page.entries.push_back(std::move(entry));
    }
    ZICHT_CHECKED(rows.status());
  }
  if (static_cast<std::int64_t>(page.entries.size()) > query.limit) {
    page.entries.pop_back();
    page.next = encode(page.entries.back());
  }
  return page;
}

Result<std::int64_t> SqlReadLog::drop_before(Date day) {
  const std::string first_kept = month_of(day);
  const std::lock_guard lock(mutex_);
  std::vector<std::string> dropped;
  const auto drop = [&](Connection& connection) -> Result<void> {
    ZICHT_TRY(months, months_in(connection));
    dropped.clear();
    for (const std::string& month : months) {
      if (month >= first_kept) continue;
      ZICHT_CHECKED(connection.run_script("drop table if exists " + entries_of(month)));
      ZICHT_CHECKED(connection.run_script("drop table if exists " + by_subject_of(month)));
      ZICHT_CHECKED(
          connection.queue("delete from read_log_segments where month = $1", {month}));
      dropped.push_back(month);
    }
    return {};
  };
  ZICHT_CHECKED(writer_->run(drop));
  for (const std::string& month : dropped) segments_.erase(month);
  return static_cast<std::int64_t>(dropped.size());
}

}  // namespace zicht::store
