#include "store/internal/transaction_view.h"

#include <utility>

#include "base/error_catalogue.h"

namespace zicht::store {
namespace {

constexpr std::string_view kReceiptColumns = "request_hash, record, version, seq, recorded_at";

Result<app::Receipt> receipt_of(const Rows& rows) {
  ZICHT_TRY(at, Instant::from_microseconds(rows.integer(4)));
  return app::Receipt{.seq = rows.integer(3),
                      .recorded_at = at,
                      .is_replay = true,
                      .record = std::string(rows.text(1)),
                      .version = rows.integer(2)};
}

Result<OpenRow> open_row_of(const Rows& rows) {
  ZICHT_TRY(from, Date::parse(rows.text(2)));
  OpenRow row{.row = rows.integer(1), .valid_from = from, .valid_to = std::nullopt};
  if (!rows.is_null(3)) {
    ZICHT_TRY(to, Date::parse(rows.text(3)));
    row.valid_to = to;
  }
  return row;
}

}  // namespace

Result<std::optional<app::Receipt>> find_receipt(Connection& connection, const UsedKey& key) {
  ZICHT_TRY(rows, connection.query("select " + std::string(kReceiptColumns) +
                                       " from idempotency where key_hash = $1",
                                   {key.key_hash}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return std::optional<app::Receipt>();
  }
  if (rows.text(0) != key.request_hash) return make_error("ST-0011");
  ZICHT_TRY(receipt, receipt_of(rows));
  return std::optional(std::move(receipt));
}

void TransactionView::announce(const PreparedUnit& unit) {
  entries_ += unit.records.size() + unit.entries.size();
  if (unit.used_key) hashes_.insert(unit.used_key->key_hash);
  for (const PreparedWrite& write : unit.records) {
    const model::Record& record = write.prepared.record;
    organisations_.insert(record.organisation);
    records_.insert(record.id);
    if (write.expected_version > 0) changed_[record.form].insert(record.id);
  }
  for (const PreparedEntry& entry : unit.entries) organisations_.insert(entry.entry.organisation);
}

Result<void> TransactionView::read_ahead(Connection& connection) {
  Exchange exchange;
  journal_.ask_ahead(exchange, connection.dialect(), organisations_, entries_);
  ask_keys(exchange, hashes_);
  ask_states(exchange, records_);
  for (const auto& [form, records] : changed_) ZICHT_CHECKED(ask_rows(exchange, form, records));
  ZICHT_CHECKED(exchange.run(connection));
  // A record that its unit means to begin, but that is there: its rows were not asked for.
  std::erase_if(states_, [this](const auto& known) {
    const RecordState& state = known.second;
    const auto asked = changed_.find(state.form);
    return state.created != 0 && (asked == changed_.end() || !asked->second.contains(known.first));
  });
  return {};
}

Result<std::optional<app::Receipt>> TransactionView::receipt(Connection& connection,
                                                             const UsedKey& key) {
  const auto known = keys_.find(key.key_hash);
  if (known == keys_.end()) return find_receipt(connection, key);
  if (!known->second.receipt) return std::optional<app::Receipt>();
  if (known->second.request_hash != key.request_hash) return make_error("ST-0011");
  return known->second.receipt;
}

void TransactionView::note_receipt(const UsedKey& key, app::Receipt receipt) {
  receipt.is_replay = true;
  keys_[key.key_hash] = {key.request_hash, std::move(receipt)};
}

Result<RecordState*> TransactionView::state(Connection& connection, const std::string& record) {
  if (const auto known = states_.find(record); known != states_.end()) return &known->second;
  Exchange exchange;
  ask_states(exchange, {record});
  ZICHT_CHECKED(exchange.run(connection));
  RecordState& state = states_.at(record);
  if (state.created == 0) return &state;
  Exchange second;
  ZICHT_CHECKED(ask_rows(second, state.form, {record}));
  ZICHT_CHECKED(second.run(connection));
  return &state;
}

void TransactionView::forget() {
  states_.clear();
  keys_.clear();
  entries_ = 0;
  organisations_.clear();
  hashes_.clear();
  records_.clear();
  changed_.clear();
}

void TransactionView::ask_keys(Exchange& exchange, const Ids& hashes) {
  for (const std::string& hash : hashes) keys_[hash] = {};
  for (const std::vector<Cell>& list : padded_lists(hashes)) {
    SqlBuilder sql;
    sql.add("select ").add(kReceiptColumns).add(", key_hash from idempotency where key_hash in ");
    exchange.ask(std::move(sql.bind_list(list)), [this](Rows& rows) -> Result<void> {
      while (rows.next()) {
        ZICHT_TRY(receipt, receipt_of(rows));
        keys_[std::string(rows.text(5))] = {std::string(rows.text(0)), std::move(receipt)};
      }
      return {};
    });
  }
}

void TransactionView::ask_states(Exchange& exchange, const Ids& records) {
  for (const std::string& record : records) states_[record] = {};
  for (const std::vector<Cell>& list : padded_lists(records)) {
    SqlBuilder sql;
    sql.add("select record, created, version, organisation, form, state from records ");
    sql.add("where record in ");
    exchange.ask(std::move(sql.bind_list(list)), [this](Rows& rows) -> Result<void> {
      while (rows.next()) {
        states_[std::string(rows.text(0))] = {.created = rows.integer(1),
                                              .version = rows.integer(2),
                                              .organisation = std::string(rows.text(3)),
                                              .form = std::string(rows.text(4)),
                                              .open = {},
                                              .is_erased = rows.text(5) == model::kErasedState};
      }
      return {};
    });
  }
}

Result<void> TransactionView::ask_rows(Exchange& exchange, const std::string& form,
                                       const Ids& records) {
  ZICHT_TRY(table, forms_.table(form));
  for (const std::vector<Cell>& list : padded_lists(records)) {
    SqlBuilder sql;
    sql.add("select r.record, f._row, f._valid_from, f._valid_to from records r join ");
    sql.add(quote_identifier(table->name())).add(" f on f._created = r.created ");
    sql.add("where f._recorded_to is null and r.record in ").bind_list(list);
    exchange.ask(std::move(sql.add(" order by f._valid_from")), [this](Rows& rows) -> Result<void> {
      while (rows.next()) {
        ZICHT_TRY(row, open_row_of(rows));
        states_[std::string(rows.text(0))].open.push_back(row);
      }
      return {};
    });
  }
  return {};
}

}  // namespace zicht::store
