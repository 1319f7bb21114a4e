// Reading hand-overs: who offered whose file to whom, what came of it, and what is granted now.
#include <map>
#include <utility>

#include "base/error_catalogue.h"
#include "store/internal/entry_text.h"
#include "store/internal/exchange.h"
#include "store/internal/sql_builder.h"
#include "store/sql_store.h"

namespace zicht::store {

// Whether something is handed over to an organisation.
struct ReceiverLookup {
  const std::string& organisation;
  // As long as nobody has answered, which then is a fault.
  Result<bool> is_receiving = make_error("ST-0095");
};

namespace {

constexpr std::string_view kHandoverColumns =
    "select id, person, form, keeper, receiver, forms, from_day, until_day, gives_up, state, "
    "offered, offered_by, answered, answered_by, ended, ended_by, seq, answer_seq, end_seq "
    "from handovers where ";

struct FoundHandover {
  app::Handover found;
  std::int64_t answer_seq = 0, end_seq = 0;
};

Result<std::optional<Date>> day_of(std::string_view text) {
  if (text.empty()) return std::optional<Date>();
  ZICHT_TRY(day, Date::parse(text));
  return std::optional(day);
}

Result<std::vector<std::string>> forms_of(std::string_view text) {
  ZICHT_TRY(parsed, parse_json(text));
  std::vector<std::string> forms;
  const json::array* items = parsed.if_array();
  for (const Json& item : items == nullptr ? json::array() : *items) {
    if (item.is_string()) forms.emplace_back(item.get_string());
  }
  return forms;
}

Result<FoundHandover> handover_of(const Rows& rows) {
  ZICHT_TRY(forms, forms_of(rows.text(5)));
  ZICHT_TRY(from, day_of(rows.text(6)));
  ZICHT_TRY(until, day_of(rows.text(7)));
  ZICHT_TRY(offered, moment_of(rows, 10));
  ZICHT_TRY(answered, moment_of(rows, 12));
  ZICHT_TRY(ended, moment_of(rows, 14));
  FoundHandover made;
  app::Handover& found = made.found;
  found.id = rows.text(0);
  found.person = rows.text(1);
  found.form = rows.text(2);
  found.keeper = rows.text(3);
  found.receiver = rows.text(4);
  found.forms = std::move(forms);
  found.from = from;
  found.until = until;
  found.gives_up = rows.integer(8) == 1;
  found.state = rows.text(9);
  found.offered = offered;
  found.offered_by = rows.text(11);
  found.answered = answered;
  found.answered_by = rows.text(13);
  found.ended = ended;
  found.ended_by = rows.text(15);
  found.seq = rows.integer(16);
  made.answer_seq = rows.integer(17);
  made.end_seq = rows.integer(18);
  return made;
}

// A hand-over of who was erased has no form any more: its organisations alone see it.
void render_who(const app::HandoverQuery& query, SqlBuilder& sql) {
  if (query.is_of_all) {
    sql.add("1 = 1");
    return;
  }
  std::string_view separator = "(";
  const auto add_side = [&](bool is_asked, std::string_view column) {
    if (!is_asked) return;
    sql.add(separator).add(column).add(" = ").bind(query.organisation);
    separator = " or ";
  };
  add_side(query.is_outgoing, "keeper");
  add_side(query.is_incoming, "receiver");
  sql.add(separator == "(" ? "1 = 0" : ")");
  std::vector<Cell> forms(query.forms.begin(), query.forms.end());
  forms.emplace_back(std::string());
  sql.add(" and form in ").bind_list(forms);
}

}  // namespace

Result<std::vector<app::Handover>> SqlStore::handovers(const app::HandoverQuery& query) {
  ZICHT_TRY(reader, readers_.lease());
  SqlBuilder sql;
  sql.add(kHandoverColumns);
  render_who(query, sql);
  if (!query.id.empty()) sql.add(" and id = ").bind(query.id);
  if (!query.person.empty()) sql.add(" and person = ").bind(query.person);
  if (!query.state.empty()) sql.add(" and state = ").bind(query.state);
  if (query.before_seq) sql.add(" and seq < ").bind(*query.before_seq);
  sql.add(" order by seq desc limit ").bind(query.limit);
  std::vector<FoundHandover> found;
  {
    ZICHT_TRY(rows, sql.query(*reader));
    while (rows.next()) {
      ZICHT_TRY(each, handover_of(rows));
      found.push_back(std::move(each));
    }
    ZICHT_CHECKED(rows.status());
  }
  std::vector<app::Handover> handovers;
  for (FoundHandover& each : found) {
    if (each.found.state != model::kErasedState) {
      ZICHT_TRY(offer, payload_in(*reader, keys_, each.found.seq));
      ZICHT_TRY(answer, payload_in(*reader, keys_, each.answer_seq));
      ZICHT_TRY(end, payload_in(*reader, keys_, each.end_seq));
      each.found.reason = text_in(offer, "reason");
      each.found.basis = text_in(offer, "basis");
      each.found.answer = text_in(answer, "reason");
      each.found.end_reason = text_in(end, "reason");
    }
    handovers.push_back(std::move(each.found));
  }
  return handovers;
}

Result<bool> SqlStore::is_receiving(const std::string& organisation) {
  if (organisation.empty()) return false;
  ReceiverLookup lookup{.organisation = organisation};
  receivers_.answer(lookup);
  return std::move(lookup.is_receiving);
}

void SqlStore::answer_receivers(const std::vector<ReceiverLookup*>& group) {
  std::map<std::string, bool> receiving;
  const auto find = [&]() -> Result<void> {
    const std::int64_t at = clock_.now().microseconds_since_epoch();
    ZICHT_TRY(reader, by_key_.lease(Snapshot::kPerQuery));
    Exchange exchange;
    for (const ReceiverLookup* each : group) {
      const auto [added, is_new] = receiving.emplace(each->organisation, false);
      if (!is_new) continue;
      SqlBuilder sql;
      sql.add("select 1 from handed where receiver = ").bind(each->organisation);
      sql.add(" and accepted = 1 and from_at <= ").bind(at).add(" and until_at > ").bind(at);
      sql.add(" limit 1");
      exchange.ask(std::move(sql), [&is_there = added->second](Rows& rows) -> Result<void> {
        is_there = rows.next();
        return {};
      });
    }
    return exchange.run(*reader);
  };
  const auto found = find();
  for (ReceiverLookup* each : group) {
    if (found.has_value()) {
      each->is_receiving = receiving.at(each->organisation);
    } else {
      each->is_receiving = found.error();
    }
  }
}

Result<std::set<std::string>> SqlStore::handed_to(const std::string& record) {
  const std::int64_t at = clock_.now().microseconds_since_epoch();
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows,
            reader->query("select distinct h.receiver from records r "
                          "join record_subjects s on s.record = r.record "
                          "join handed h on h.person = s.person and h.keeper = r.organisation "
                          "and h.form in ('', r.form) where r.record = $1 and h.accepted = 1 "
                          "and h.from_at <= $2 and h.until_at > $2",
                          {record, at}));
  std::set<std::string> organisations;
  while (rows.next()) organisations.emplace(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return organisations;
}

}  // namespace zicht::store
