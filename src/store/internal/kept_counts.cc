#include "store/internal/kept_counts.h"

#include <utility>

#include "base/error_catalogue.h"
#include "base/json.h"
#include "model/entry.h"
#include "store/internal/count_query.h"
#include "store/internal/meta.h"

namespace zicht::store {
namespace {

// More is not kept: a row of this many is about 5 MB.
constexpr std::int64_t kMostCells = 50'000;
constexpr std::size_t kCellsInMemory = 500'000;
constexpr std::size_t kMostSlow = 32;
// Entries after which a count that is asked all the time is moved on, and written down.
constexpr std::int64_t kSaveAfter = 1'000;
// Entries after which counting all is no slower than moving on.
constexpr std::int64_t kCountAnewAfter = 200'000;
constexpr std::chrono::milliseconds kTimeOfKeeper{600'000};
constexpr std::int64_t kSaveDaily = kMicrosecondsPerDay;
constexpr std::int64_t kForgetAfter = 8 * kMicrosecondsPerDay;
constexpr int kSums = 9;

constexpr const char* kEpoch = "counts";

std::string epoch_of(const std::string& form) { return std::string(kEpoch) + " " + form; }

// Both numbers only grow, so their sum does when either does.
Result<std::int64_t> read_epoch(Connection& reader, const std::string& form) {
  ZICHT_TRY(all, meta_number(reader, kEpoch));
  ZICHT_TRY(own, meta_number(reader, epoch_of(form)));
  return all + own;
}

// One look at the index for each chain, however long it is.
Result<Positions> read_heads(Connection& reader) {
  ZICHT_TRY(rows, reader.query(
                      "with recursive chains(name) as (select min(organisation) from journal "
                      "union all select (select min(organisation) from journal "
                      "where organisation > chains.name) from chains where chains.name is not null)"
                      " select j.organisation, j.chain_no, j.seq from chains join journal j "
                      "on j.organisation = chains.name and j.chain_no = (select max(chain_no) "
                      "from journal where organisation = chains.name)"));
  Positions heads;
  while (rows.next()) {
    heads[std::string(rows.text(0))] = {.chain_no = rows.integer(1), .seq = rows.integer(2)};
  }
  ZICHT_CHECKED(rows.status());
  return heads;
}

ChainPosition at_or_none(const Positions& positions, const std::string& organisation) {
  const auto found = positions.find(organisation);
  return found == positions.end() ? ChainPosition() : found->second;
}

// Entries from one position to a later one; absent: it is not later in every chain.
std::optional<std::int64_t> entries_between(const Positions& from, const Positions& to) {
  std::int64_t entries = 0;
  for (const auto& [organisation, position] : from) {
    if (at_or_none(to, organisation).chain_no < position.chain_no) return std::nullopt;
  }
  for (const auto& [organisation, position] : to) {
    entries += position.chain_no - at_or_none(from, organisation).chain_no;
  }
  return entries;
}

// Of all forms. A plan that is made for any values takes what has no upper bound for a third of the
// chain.
Result<std::vector<std::string>> changed_between(Connection& reader,
                                                 const std::string& organisation,
                                                 std::int64_t after, std::int64_t last) {
  ZICHT_TRY(rows, reader.query("select distinct subject from journal where organisation = $1 "
                               "and chain_no > $2 and chain_no <= $3 and kind = $4",
                               {organisation, after, last, model::kRecordPut}));
  std::vector<std::string> records;
  while (rows.next()) records.emplace_back(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return records;
}

// ---- as one row of a table

Json written(const Positions& positions) {
  json::object out;
  for (const auto& [organisation, position] : positions) {
    out[organisation] = json::array{position.chain_no, position.seq};
  }
  return out;
}

Json written(const CellKey& key, const RawTally& tally) {
  json::array out;
  for (const auto& value : key.values) out.push_back(value ? Json(*value) : Json(nullptr));
  out.emplace_back(key.organisation);
  out.emplace_back(key.audience);
  for (const std::int64_t number : {tally.rows, tally.undetermined, tally.part,
                                    tally.part_undetermined, tally.valued}) {
    out.emplace_back(number);
  }
  for (const std::int64_t number : tally.sums) out.emplace_back(number);
  return out;
}

Json written(const CountCells& cells) {
  json::array out;
  out.reserve(cells.size());
  for (const auto& [key, tally] : cells) out.push_back(written(key, tally));
  return out;
}

bool read_positions(const Json& value, Positions& positions) {
  if (!value.is_object()) return false;
  for (const auto& [organisation, position] : value.get_object()) {
    const json::array* pair = position.if_array();
    if (pair == nullptr || pair->size() != 2) return false;
    if (!pair->at(0).is_int64() || !pair->at(1).is_int64()) return false;
    positions[std::string(organisation)] = {pair->at(0).get_int64(), pair->at(1).get_int64()};
  }
  return true;
}

bool read_cell(const Json& value, CountCells& cells) {
  const json::array* row = value.if_array();
  if (row == nullptr || row->size() < kSums + 2) return false;
  const std::size_t values = row->size() - kSums - 2;
  CellKey key;
  for (std::size_t at = 0; at < values; ++at) {
    const Json& each = row->at(at);
    if (!each.is_string() && !each.is_null()) return false;
    key.values.push_back(each.is_null() ? std::nullopt
                                        : std::optional<std::string>(each.get_string()));
  }
  if (!row->at(values).is_string()) return false;
  key.organisation = row->at(values).get_string();
  std::array<std::int64_t, kSums + 1> numbers{};
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    const Json& each = row->at(values + 1 + at);
    if (!each.is_int64()) return false;
    numbers[at] = each.get_int64();
  }
  key.audience = numbers[0];
  cells[std::move(key)] = {.rows = numbers[1],
                           .undetermined = numbers[2],
                           .part = numbers[3],
                           .part_undetermined = numbers[4],
                           .valued = numbers[5],
                           .sums = {numbers[6], numbers[7], numbers[8], numbers[9]}};
  return true;
}

// Null when it is not what `written` makes: then it is counted anew.
KeptCountPtr read_count(std::int64_t epoch, std::string_view positions, std::string_view cells) {
  constexpr JsonLimits kLimits{.max_bytes = std::size_t{64} << 20, .max_depth = 4};
  const auto where = parse_json(positions, kLimits);
  const auto what = parse_json(cells, kLimits);
  if (!where || !what || !what->is_array()) return nullptr;
  auto count = std::make_shared<KeptCount>();
  count->epoch = epoch;
  if (!read_positions(*where, count->positions)) return nullptr;
  for (const Json& each : what->get_array()) {
    if (!read_cell(each, count->cells)) return nullptr;
  }
  return count;
}

Result<void> write_count(Connection& connection, const std::string& question,
                         const std::string& form, const KeptCount& count, std::int64_t now) {
  ZICHT_TRY(positions, canonical_json(written(count.positions)));
  ZICHT_TRY(cells, canonical_json(written(count.cells)));
  return connection.queue(
      "insert into kept_counts (question, form, epoch, saved, positions, cells) "
      "values ($1, $2, $3, $4, $5, $6) on conflict (question) do update set "
      "form = excluded.form, epoch = excluded.epoch, saved = excluded.saved, "
      "positions = excluded.positions, cells = excluded.cells",
      {question, form, count.epoch, now, positions, cells});
}

// In one statement, so that of two servers neither is lost.
Result<void> raise(Connection& connection, const std::string& name) {
  return connection.queue(
      "insert into meta (name, value) values ($1, '1') on conflict (name) do update set "
      "value = cast(cast(meta.value as bigint) + 1 as text)",
      {name});
}

bool is_too_slow(const Error& error) { return error.id == "ST-0073"; }

}  // namespace

Result<KeptCounts::Sight> KeptCounts::see(Connection& reader, const std::string& form) {
  Sight sight;
  ZICHT_TRY(epoch, read_epoch(reader, form));
  ZICHT_TRY(heads, read_heads(reader));
  sight.epoch = epoch;
  sight.heads = std::move(heads);
  return sight;
}

// ---------------------------------------------------------------- asking

Result<std::vector<model::Group>> KeptCounts::count(const Asked& asked) {
  ZICHT_CHECKED(CountColumns(*asked.table, asked.query).check());
  const std::string question = question_of(*asked.table, asked.query);
  // Before a reader looks: what it sees is then no older than what is kept.
  KeptCountPtr kept = find(question);
  if (kept == nullptr && is_slow(question)) return make_error("ST-0100");
  auto count = present(question, asked, std::move(kept), asked.query.time);
  if (count) return groups_of(*asked.table, asked.query, (*count)->cells);
  if (count.error().id == "ST-0096") {
    ZICHT_TRY(reader, readers_.lease());
    ZICHT_CHECKED(reader->limit_statements(asked.query.time.count()));
    return count_groups(*reader, *asked.table, asked.query, clock_.now());
  }
  const bool is_noted = is_too_slow(count.error()) && note_slow(question, asked);
  return is_noted ? make_error("ST-0100") : count.error();
}

// The count as it is now: moved on from what is kept, or else made.
Result<KeptCountPtr> KeptCounts::present(const std::string& question, const Asked& asked,
                                         KeptCountPtr kept, std::chrono::milliseconds time) {
  {
    ZICHT_TRY(reader, by_key_.lease());
    ZICHT_CHECKED(reader->limit_statements(time.count()));
    ZICHT_TRY(count, renewed(*reader, question, asked, std::move(kept)));
    if (count != nullptr) return count;
  }
  ZICHT_TRY(reader, readers_.lease());
  ZICHT_CHECKED(reader->limit_statements(time.count()));
  return counted(*reader, question, asked);
}

// What is kept here or in the database as the reader sees it; null when all has to be counted.
Result<KeptCountPtr> KeptCounts::renewed(Connection& reader, const std::string& question,
                                         const Asked& asked, KeptCountPtr kept) {
  ZICHT_TRY(sight, see(reader, asked.table->form()));
  if (kept == nullptr) {
    ZICHT_TRY(loaded, load(reader, question, asked.table->form()));
    kept = std::move(loaded);
  }
  if (kept == nullptr || kept->epoch != sight.epoch) return KeptCountPtr();
  const auto behind = entries_between(kept->positions, sight.heads);
  if (behind == 0) return kept;
  if (!behind || *behind > kCountAnewAfter) return KeptCountPtr();
  ZICHT_TRY(count, moved(reader, asked, kept, sight));
  remember(question, asked.table->form(), count);
  return count;
}

Result<KeptCountPtr> KeptCounts::counted(Connection& reader, const std::string& question,
                                         const Asked& asked) {
  ZICHT_TRY(sight, see(reader, asked.table->form()));
  ZICHT_TRY(cells, count_cells(reader, *asked.table, asked.query, kMostCells));
  auto count = std::make_shared<KeptCount>(
      KeptCount{sight.epoch, std::move(sight.heads), std::move(cells)});
  remember(question, asked.table->form(), count);
  return KeptCountPtr(count);
}

Result<KeptCountPtr> KeptCounts::moved(Connection& reader, const Asked& asked,
                                       const KeptCountPtr& kept, const Sight& sight) {
  auto count = std::make_shared<KeptCount>(KeptCount{sight.epoch, sight.heads, kept->cells});
  for (const auto& [organisation, head] : sight.heads) {
    const ChainPosition before = at_or_none(kept->positions, organisation);
    if (before.chain_no == head.chain_no) continue;
    ChangedRecords changed;
    ZICHT_TRY(records,
              changed_between(reader, organisation, before.chain_no, head.chain_no));
    if (records.empty()) continue;
    changed.records = std::move(records);
    changed.last_row = last_row_of(before.seq);
    ZICHT_CHECKED(move_on(reader, *asked.table, asked.query, changed, count->cells));
  }
  return KeptCountPtr(count);
}

Result<KeptCountPtr> KeptCounts::load(Connection& reader, const std::string& question,
                                      const std::string& form) {
  ZICHT_TRY(rows, reader.query("select epoch, positions, cells, saved from kept_counts "
                               "where question = $1",
                               {question}));
  KeptCountPtr count;
  std::int64_t saved_at = 0;
  if (rows.next()) {
    count = read_count(rows.integer(0), rows.text(1), rows.text(2));
    saved_at = rows.integer(3);
  }
  ZICHT_CHECKED(rows.status());
  if (count == nullptr) return count;
  remember(question, form, count);
  const std::lock_guard lock(mutex_);
  const auto slot = slots_.find(question);
  if (slot == slots_.end()) return count;
  slot->second.saved = count;
  slot->second.saved_at = saved_at;
  return count;
}

// ---------------------------------------------------------------- what is in memory

KeptCountPtr KeptCounts::find(const std::string& question) {
  const std::lock_guard lock(mutex_);
  const auto slot = slots_.find(question);
  if (slot == slots_.end()) return nullptr;
  slot->second.used = ++uses_;
  return slot->second.count;
}

bool KeptCounts::is_slow(const std::string& question) const {
  const std::lock_guard lock(mutex_);
  return slow_.contains(question);
}

// False: it is not counted apart. As of now there are as many questions as indicators; of other
// days and moments anybody can think of as many as they like, each of which would take minutes.
bool KeptCounts::note_slow(const std::string& question, const Asked& asked) {
  if (!asked.query.as_of.is_now()) return false;
  const std::lock_guard lock(mutex_);
  if (slow_.size() < kMostSlow) slow_.emplace(question, asked);
  return slow_.contains(question);
}

// Of two that are made at the same time either will do: each is right for its position.
void KeptCounts::remember(const std::string& question, const std::string& form,
                          KeptCountPtr count) {
  const std::lock_guard lock(mutex_);
  Slot& slot = slots_[question];
  slot.form = form;
  cells_ += count->cells.size();
  if (slot.count != nullptr) cells_ -= slot.count->cells.size();
  slot.count = std::move(count);
  slot.used = ++uses_;
  make_room(question);
}

// What was not used for the longest time goes. Those without cells take room too.
void KeptCounts::make_room(const std::string& but) {
  constexpr std::size_t kCellsOfSlot = 10;
  while (cells_ + slots_.size() * kCellsOfSlot > kCellsInMemory) {
    auto oldest = slots_.end();
    for (auto slot = slots_.begin(); slot != slots_.end(); ++slot) {
      if (slot->first == but) continue;
      if (oldest == slots_.end() || slot->second.used < oldest->second.used) oldest = slot;
    }
    if (oldest == slots_.end()) return;
    if (oldest->second.count != nullptr) cells_ -= oldest->second.count->cells.size();
    slots_.erase(oldest);
  }
}

// ---------------------------------------------------------------- keeping

Result<void> KeptCounts::keep(const std::vector<Asked>& asked, Writer& writer) {
  std::map<std::string, Asked> questions, slow;
  {
    const std::lock_guard lock(mutex_);
    slow = slow_;
  }
  std::map<std::string, Sight> sights;  // by form
  for (const Asked& each : asked) {
    if (!CountColumns(*each.table, each.query).check()) continue;
    questions.emplace(question_of(*each.table, each.query), each);
    sights[each.table->form()] = {};
  }
  ZICHT_CHECKED(look(sights));
  Result<void> outcome;
  for (const auto& [question, each] : questions) {
    if (slow.contains(question) || is_near(question, sights[each.table->form()])) continue;
    if (auto done = refresh(question, each); !done) outcome = std::move(done);
  }
  for (const auto& [question, each] : slow) {
    if (auto done = refresh(question, each); !done) outcome = std::move(done);
    const std::lock_guard lock(mutex_);
    slow_.erase(question);
  }
  ZICHT_CHECKED(save(due_for_saving(), writer));
  return outcome;
}

Result<void> KeptCounts::look(std::map<std::string, Sight>& sights) {
  if (sights.empty()) return {};
  ZICHT_TRY(reader, by_key_.lease());
  for (auto& [form, sight] : sights) {
    ZICHT_TRY(seen, see(*reader, form));
    sight = std::move(seen);
  }
  return {};
}

// Whoever asks for it is soon done with what came since.
bool KeptCounts::is_near(const std::string& question, const Sight& sight) {
  const std::lock_guard lock(mutex_);
  const auto slot = slots_.find(question);
  if (slot == slots_.end() || slot->second.count->epoch != sight.epoch) return false;
  slot->second.is_worth_saving = true;
  const auto behind = entries_between(slot->second.count->positions, sight.heads);
  // Somebody moved it on since we looked.
  return !behind || *behind < kSaveAfter;
}

// Counts it, or moves it on.
Result<void> KeptCounts::refresh(const std::string& question, const Asked& asked) {
  KeptCountPtr kept = find(question);
  auto count = present(question, asked, std::move(kept), kTimeOfKeeper);
  // It has more cells than are kept, and is counted whenever it is asked.
  if (!count && count.error().id == "ST-0096") return {};
  if (!count) return count.error();
  const std::lock_guard lock(mutex_);
  const auto slot = slots_.find(question);
  if (slot != slots_.end()) slot->second.is_worth_saving = true;
  return {};
}

std::vector<KeptCounts::ToSave> KeptCounts::due_for_saving() {
  const std::int64_t now = clock_.now().microseconds_since_epoch();
  std::vector<ToSave> due;
  const std::lock_guard lock(mutex_);
  for (const auto& [question, slot] : slots_) {
    if (!slot.is_worth_saving) continue;
    if (slot.saved != nullptr && slot.saved->epoch == slot.count->epoch) {
      const auto moved = entries_between(slot.saved->positions, slot.count->positions);
      const bool is_recent = now - slot.saved_at < kSaveDaily;
      if (is_recent && moved && *moved < kSaveAfter) continue;
    }
    due.push_back({question, slot.form, slot.count});
  }
  return due;
}

Result<void> KeptCounts::save(const std::vector<ToSave>& due, Writer& writer) {
  if (due.empty()) return {};
  const std::int64_t now = clock_.now().microseconds_since_epoch();
  for (const ToSave& each : due) {
    const auto write = [&](Connection& connection) -> Result<void> {
      ZICHT_CHECKED(write_count(connection, each.question, each.form, *each.count, now));
      return connection.queue("delete from kept_counts where saved < $1", {now - kForgetAfter});
    };
    ZICHT_CHECKED(writer.run(write));
    const std::lock_guard lock(mutex_);
    const auto slot = slots_.find(each.question);
    if (slot == slots_.end()) continue;
    slot->second.saved = each.count;
    slot->second.saved_at = now;
  }
  return {};
}

Result<void> forget_counts(Connection& connection) {
  ZICHT_CHECKED(raise(connection, kEpoch));
  return connection.queue("delete from kept_counts", {});
}

Result<void> forget_counts(Connection& connection, const std::set<std::string>& forms) {
  for (const std::string& form : forms) {
    ZICHT_CHECKED(raise(connection, epoch_of(form)));
    ZICHT_CHECKED(connection.queue("delete from kept_counts where form = $1", {form}));
  }
  return {};
}

}  // namespace zicht::store
