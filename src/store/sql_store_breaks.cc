// Reading breaks: which records somebody has opened now, and who opened what and why.
#include "store/internal/conditions.h"
#include "store/internal/entry_text.h"
#include "store/internal/sql_builder.h"
#include "store/sql_store.h"

namespace zicht::store {
namespace {

constexpr std::string_view kBreakColumns =
    "select b.id, b.record, b.form, b.account, b.role, b.report, b.opened, b.until, b.ended, "
    "b.ended_by, b.reviewed, b.reviewed_by, b.outcome, b.seq, b.review_seq, f.organisation "
    "from breaks b join records f on f.record = b.record where ";

struct FoundBreak {
  app::Break found;
  std::int64_t review_seq = 0;
};

Result<FoundBreak> break_of(const Rows& rows) {
  ZICHT_TRY(opened, Instant::from_microseconds(rows.integer(6)));
  ZICHT_TRY(until, Instant::from_microseconds(rows.integer(7)));
  ZICHT_TRY(ended, moment_of(rows, 8));
  ZICHT_TRY(reviewed, moment_of(rows, 10));
  return FoundBreak{{.id = std::string(rows.text(0)),
                     .record = std::string(rows.text(1)),
                     .form = std::string(rows.text(2)),
                     .organisation = std::string(rows.text(15)),
                     .account = std::string(rows.text(3)),
                     .role = std::string(rows.text(4)),
                     .report = std::string(rows.text(5)),
                     .reason = {},
                     .opened = opened,
                     .until = until,
                     .ended = ended,
                     .ended_by = std::string(rows.text(9)),
                     .reviewed = reviewed,
                     .reviewed_by = std::string(rows.text(11)),
                     .outcome = std::string(rows.text(12)),
                     .note = {},
                     .seq = rows.integer(13)},
                    rows.integer(14)};
}

// Own ones, and those of whose report somebody is told.
Result<void> render_who(Connection& connection, const app::BreakQuery& query, Instant now,
                        SqlBuilder& sql) {
  if (query.is_of_all) {
    sql.add("(1 = 1");
  } else {
    sql.add("(b.account = ").bind(query.account);
  }
  for (const app::TaskQuery::Held& held : query.held) {
    std::vector<Cell> roles(held.roles.begin(), held.roles.end());
    if (roles.empty()) continue;
    ZICHT_TRY(asker, asker_of(connection, held.scope, now));
    sql.add(" or (b.form = ").bind(held.form).add(" and b.report in ").bind_list(roles);
    sql.add(" and ");
    render_scope(held.scope, asker, kColumnsOfRecords, sql);
    sql.add(")");
  }
  sql.add(")");
  return {};
}

}  // namespace

Result<std::set<std::string>> SqlStore::opened_by(const std::string& account) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows,
            reader->query("select distinct record from breaks where account = $1 and until > $2",
                          {account, clock_.now().microseconds_since_epoch()}));
  std::set<std::string> records;
  while (rows.next()) records.emplace(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return records;
}

Result<std::vector<app::Break>> SqlStore::breaks(const app::BreakQuery& query) {
  ZICHT_TRY(reader, readers_.lease());
  SqlBuilder sql;
  sql.add(kBreakColumns);
  ZICHT_CHECKED(render_who(*reader, query, clock_.now(), sql));
  if (!query.id.empty()) sql.add(" and b.id = ").bind(query.id);
  if (query.before_seq) sql.add(" and b.seq < ").bind(*query.before_seq);
  sql.add(" order by b.seq desc limit ").bind(query.limit);
  std::vector<FoundBreak> found;
  {
    ZICHT_TRY(rows, sql.query(*reader));
    while (rows.next()) {
      ZICHT_TRY(each, break_of(rows));
      found.push_back(std::move(each));
    }
    ZICHT_CHECKED(rows.status());
  }
  std::vector<app::Break> breaks;
  for (FoundBreak& each : found) {
    ZICHT_TRY(opened, payload_in(*reader, keys_, each.found.seq));
    ZICHT_TRY(review, payload_in(*reader, keys_, each.review_seq));
    each.found.reason = text_in(opened, "reason");
    each.found.note = text_in(review, "note");
    breaks.push_back(std::move(each.found));
  }
  return breaks;
}

}  // namespace zicht::store
