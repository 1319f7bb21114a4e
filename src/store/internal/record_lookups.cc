#include "store/internal/record_lookups.h"

#include <algorithm>
#include <exception>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/error_catalogue.h"
#include "store/internal/exchange.h"
#include "store/internal/handover_rows.h"
#include "store/internal/person_rows.h"
#include "store/internal/record_reader.h"

namespace zicht::store {
namespace {

using Group = std::vector<RecordLookup*>;

// The version is that of `records`: a correction of the past of a record gives it a new one too.
void take_record(Connection& connection, DataKeys& keys, const Rows& rows, RecordLookup& lookup) {
  auto record = read_row(connection, keys, rows);
  if (!record) {
    lookup.found = std::move(record).error();
    return;
  }
  record->version = rows.integer(kRowColumns);
  lookup.found = app::OpenedRecord{.record = *std::move(record)};
}

// All that the lookups say outlives the exchange.
void ask_records(Connection& connection, DataKeys& keys, const FormTable& table,
                 const Group& lookups, Exchange& exchange) {
  std::set<std::string> ids;
  for (const RecordLookup* each : lookups) ids.insert(each->id);
  for (const std::vector<Cell>& list : padded_lists(ids)) {
    SqlBuilder sql;
    sql.add("select ").add(row_columns("f")).add(", r.version, r.record from records r join ");
    sql.add(quote_identifier(table.name())).add(" f on f._row = r.row_id where r.record in ");
    sql.bind_list(list);
    exchange.ask(std::move(sql), [&connection, &keys, lookups](Rows& rows) -> Result<void> {
      while (rows.next()) {
        for (RecordLookup* each : lookups) {
          if (each->id == rows.text(kRowColumns + 1)) take_record(connection, keys, rows, *each);
        }
      }
      return {};
    });
  }
}

// What is asked of the persons of records, and then told with each record. Outlives the exchanges.
class PersonsAsked {
 public:
  explicit PersonsAsked(Instant now) : now_(now) {}

  void ask(const Group& lookups, Exchange& exchange) {
    std::set<std::string> all;
    std::map<const RecordLookup*, std::set<std::string>, SameAsker> by_asker;
    for (const RecordLookup* each : lookups) {
      all.insert(each->persons.begin(), each->persons.end());
      by_asker[each].insert(each->persons.begin(), each->persons.end());
    }
    for (const std::vector<Cell>& list : padded_lists(all)) {
      ask_ages(list, now_, exchange, ages_);
      ask_handed(list, now_, exchange, handed_);
      ask_person_links(list, exchange, links_);
    }
    for (const auto& [asker, persons] : by_asker) {
      model::Standings& standings = standings_[asker];
      for (const std::vector<Cell>& list : padded_lists(persons)) {
        ask_relations(list, asker->who, now_, exchange, standings);
      }
    }
  }

  void give(const RecordLookup& lookup, app::OpenedRecord& opened) const {
    const std::set<std::string_view> persons(lookup.persons.begin(), lookup.persons.end());
    const auto related = standings_.find(&lookup);
    for (const std::string_view person : persons) {
      if (related != standings_.end()) add_standing(related->second, person, opened.standings);
      const auto age = ages_.find(person);
      if (age != ages_.end()) opened.standings[std::string(person)].age = age->second.age;
    }
    for (const HandedRow& row : handed_) {
      if (!persons.contains(row.person)) continue;
      add_handed(row, lookup.who.organisation, opened.standings);
      const bool is_of_it = row.keeper == opened.record.organisation &&
                            (row.form.empty() || row.form == opened.record.form);
      if (is_of_it) opened.handed_to.insert(row.receiver);
    }
    for (const app::PersonLink& link : links_) {
      const bool is_of_it = persons.contains(link.one) || persons.contains(link.other);
      // Asked of both persons, it is found twice.
      const auto& told = opened.links;
      if (is_of_it && std::find(told.begin(), told.end(), link) == told.end()) {
        opened.links.push_back(link);
      }
    }
  }

 private:
  // Whose relations count is said by the account and the person behind it.
  struct SameAsker {
    bool operator()(const RecordLookup* one, const RecordLookup* other) const {
      return std::tie(one->who.account, one->who.subject) <
             std::tie(other->who.account, other->who.subject);
    }
  };

  static void add_standing(const model::Standings& from, std::string_view person,
                           model::Standings& to) {
    const auto found = from.find(person);
    if (found != from.end()) to.insert(*found);
  }

  const Instant now_;
  model::Standings ages_;
  std::map<const RecordLookup*, model::Standings, SameAsker> standings_;
  std::vector<HandedRow> handed_;
  std::vector<app::PersonLink> links_;
};

}  // namespace

Result<app::OpenedRecord> RecordLookups::opened(const std::string& id, const app::WhoAsks& who,
                                                const FormOf& form_of) {
  RecordLookup lookup{.id = id, .who = who, .form_of = form_of};
  together_.answer(lookup);
  return *std::move(lookup.found);
}

// What one of them fails at is nothing to the others.
void RecordLookups::answer(const std::vector<RecordLookup*>& group) {
  const auto is_unavailable = [](const Result<void>& outcome) {
    return !outcome.has_value() && outcome.error().code == Code::kUnavailable;
  };
  auto done = look_up_guarded(group);
  // One connection that was lost, or was busy for a moment, says nothing of the next.
  if (is_unavailable(done)) done = look_up_guarded(group);
  if (done.has_value()) return;
  const bool is_for_all = group.size() == 1 || is_unavailable(done);
  for (RecordLookup* each : group) {
    const auto alone = is_for_all ? done : look_up_guarded({each});
    if (!alone.has_value()) each->found = alone.error();
  }
}

// A failed ZICHT_CHECK may throw (base/check.h), here on the thread of somebody else.
Result<void> RecordLookups::look_up_guarded(const std::vector<RecordLookup*>& group) {
  try {
    return look_up(group);
  } catch (const std::exception&) {
    return make_error("ST-0095");
  }
}

Result<void> RecordLookups::look_up(const std::vector<RecordLookup*>& group) {
  for (RecordLookup* each : group) each->found.reset();
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_CHECKED(find_tables(*reader, group));
  std::map<const FormTable*, Group> by_table;
  Group of_persons, others;
  for (RecordLookup* each : group) {
    if (each->table == nullptr) continue;
    by_table[each->table.get()].push_back(each);
    each->form = each->form_of(each->table->form());
    if (each->form == nullptr) continue;
    each->persons = {each->id};
    (each->form->is_person ? of_persons : others).push_back(each);
  }
  PersonsAsked asked(clock_.now());
  Exchange first, second;
  for (const auto& [table, lookups] : by_table) {
    ask_records(*reader, keys_, *table, lookups, first);
  }
  asked.ask(of_persons, first);
  ZICHT_CHECKED(first.run(*reader));
  for (RecordLookup* each : others) {
    const bool is_there = each->found && each->found->has_value();
    each->persons.clear();
    if (!is_there) continue;
    each->persons = model::subjects_of(*each->form, each->id, (**each->found).record.fields);
  }
  asked.ask(others, second);
  ZICHT_CHECKED(second.run(*reader));
  for (RecordLookup* each : group) {
    if (!each->found) each->found = make_error("ST-0029");
    if (each->form != nullptr && each->found->has_value()) asked.give(*each, **each->found);
  }
  return {};
}

// A record that is not there gets none.
Result<void> RecordLookups::find_tables(Connection& connection,
                                        const std::vector<RecordLookup*>& group) {
  std::map<std::string, std::string, std::less<>> forms;
  std::set<std::string> unknown;
  for (const RecordLookup* each : group) {
    if (auto known = record_forms_.find(each->id)) {
      forms.emplace(each->id, *std::move(known));
    } else {
      unknown.insert(each->id);
    }
  }
  for (const std::vector<Cell>& list : padded_lists(unknown)) {
    SqlBuilder sql;
    sql.add("select record, form from records where record in ").bind_list(list);
    ZICHT_TRY(rows, sql.query(connection));
    while (rows.next()) {
      const std::string record(rows.text(0)), form(rows.text(1));
      record_forms_.keep(record, form);
      forms.emplace(record, form);
    }
    ZICHT_CHECKED(rows.status());
  }
  for (RecordLookup* each : group) {
    const auto form = forms.find(each->id);
    if (form == forms.end()) continue;
    ZICHT_TRY(table, forms_.table(form->second));
    each->table = std::move(table);
  }
  return {};
}

}  // namespace zicht::store
