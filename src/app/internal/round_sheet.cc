#include "app/internal/round_sheet.h"

#include <algorithm>

#include "app/internal/body.h"
#include "app/internal/read_query.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::app::internal {
namespace {

constexpr std::size_t kMostEarlier = 50;  // editions that are looked back at

std::string target(const model::Form& form, const std::string& field) {
  const model::Field* found = form.find_field(field);
  return found == nullptr ? "" : found->form;
}

json::object equals(const std::string& field, const std::string& id) {
  return {{"field", field}, {"equals", id}};
}

// "2026-07-01" or the first and last day of a window, which sort as they are.
std::string day_of(const model::Record& edition, const std::string& field) {
  const Json* value = edition.fields.as_object().if_contains(field);
  if (value == nullptr) return "";
  if (value->is_string()) return std::string(value->get_string());
  const auto& window = value->as_object();
  std::string days;
  for (const char* end : {"first", "last"}) {
    if (const Json* day = window.if_contains(end)) days += std::string(day->as_string());
  }
  return days;
}

bool is_ended(const Rulebook& rules, const AskedRound& asked, const model::Record& record) {
  const model::PackPtr version = rules.packs.version(record.pack_hash);
  const model::State* state =
      model::state_of(version != nullptr ? *version : *asked.form.pack, record);
  return state != nullptr && state->meaning == model::Meaning::kEnded;
}

SheetRow* row_with(Sheet& sheet, const std::string& id) {
  const auto found = std::find_if(sheet.rows.begin(), sheet.rows.end(),
                                  [&](const SheetRow& each) { return each.row.id == id; });
  return found == sheet.rows.end() ? nullptr : &*found;
}

// Whoever keeps the sheet finds again what they filled in, whatever another organisation has.
bool comes_before(const std::string& keeper, const model::Record& one,
                  const model::Record& other) {
  const bool is_own = one.organisation == keeper, is_other_own = other.organisation == keeper;
  return is_own == is_other_own ? other.recorded_at < one.recorded_at : is_own;
}

Result<void> read_now(const RecordService::Ports& ports, const Caller& caller, Sheet& sheet) {
  const packs::Round& round = *sheet.asked.round;
  ZICHT_TRY(records, rows_of(ports, *sheet.asked.rules, caller,
                             {.form = round.form,
                              .filters = {equals(round.of, sheet.of.id),
                                          equals(round.who, sheet.who.id)}}));
  const std::string keeper = keeper_of(sheet, caller);
  for (model::Record& record : records) {
    SheetRow* row = row_with(sheet, text_of(record, round.rows));
    if (row == nullptr) continue;
    if (is_ended(*sheet.asked.rules, sheet.asked, record)) {
      ++row->ended;
      const bool is_next = !row->replaced || comes_before(keeper, record, *row->replaced);
      if (is_next) row->replaced = std::move(record);
    } else if (!row->now || comes_before(keeper, record, *row->now)) {
      row->now = std::move(record);
    }
  }
  return {};
}

// The editions before this one, newest first.
Result<std::vector<std::string>> earlier_editions(const RecordService::Ports& ports,
                                                  const Caller& caller, const Sheet& sheet) {
  const packs::Round& round = *sheet.asked.round;
  ZICHT_TRY(editions, editions_of(ports, caller, sheet.asked));
  const std::string day = day_of(sheet.of, round.order);
  std::vector<std::string> earlier;
  for (const model::Record& edition : editions) {
    if (!(day_of(edition, round.order) < day) || earlier.size() == kMostEarlier) continue;
    earlier.push_back(edition.id);
  }
  return earlier;
}

// Of each row that has none yet what was said of this place in the latest of these editions.
Result<void> read_last_of(const RecordService::Ports& ports, const Caller& caller, Sheet& sheet,
                          const std::vector<std::string>& earlier, const std::string& who) {
  const packs::Round& round = *sheet.asked.round;
  const json::array ids(earlier.begin(), earlier.end());
  ZICHT_TRY(records, rows_of(ports, *sheet.asked.rules, caller,
                             {.form = round.form,
                              .filters = {json::object{{"field", round.of}, {"any_of", ids}},
                                          equals(round.who, who)}}));
  const auto place = [&](const model::Record& record) {
    return std::find(earlier.begin(), earlier.end(), text_of(record, round.of));
  };
  for (model::Record& record : records) {
    SheetRow* row = row_with(sheet, text_of(record, round.rows));
    if (row == nullptr || is_ended(*sheet.asked.rules, sheet.asked, record)) continue;
    if (row->last && text_of(*row->last, round.who) != who) continue;
    if (!row->last || place(record) < place(*row->last)) row->last = std::move(record);
  }
  return {};
}

// What was said the time before; where a place came from one other, what was said of that one.
Result<void> read_last(const RecordService::Ports& ports, const Caller& caller, Sheet& sheet) {
  ZICHT_TRY(earlier, earlier_editions(ports, caller, sheet));
  if (earlier.empty()) return {};
  ZICHT_CHECKED(read_last_of(ports, caller, sheet, earlier, sheet.who.id));
  const std::string& formerly = sheet.asked.round->formerly;
  const auto from = formerly.empty() ? std::vector<std::string>()
                                     : model::texts_in(sheet.who.fields, formerly);
  if (from.size() != 1) return {};
  return read_last_of(ports, caller, sheet, earlier, from.front());
}

Result<void> read_views(const RecordService::Ports& ports, const Caller& caller, Sheet& sheet) {
  const auto& views = sheet.asked.round->views;
  json::array beside;
  for (const SheetRow& row : sheet.rows) {
    if (row.now) beside.emplace_back(row.now->id);
  }
  if (!views || beside.empty()) return {};
  json::array filters{json::object{{"field", views->beside}, {"any_of", beside}}};
  ZICHT_TRY(records, rows_of(ports, *sheet.asked.rules, caller,
                             {.form = views->form, .filters = std::move(filters)}));
  for (model::Record& record : records) {
    for (SheetRow& row : sheet.rows) {
      if (!row.now || row.now->id != text_of(record, views->beside)) continue;
      row.views.push_back(std::move(record));
      break;
    }
  }
  return {};
}

Result<void> read_request(const RecordService::Ports& ports, const Caller& caller, Sheet& sheet) {
  const auto& requests = sheet.asked.round->requests;
  if (!requests) return {};
  ZICHT_TRY(records, rows_of(ports, *sheet.asked.rules, caller,
                             {.form = requests->form,
                              .filters = {equals(requests->of, sheet.of.id),
                                          equals(requests->who, sheet.who.id)}}));
  if (!records.empty()) sheet.request = std::move(records.front());
  return {};
}

Result<bool> find_is_asked(const RecordService::Ports& ports, const Caller& caller,
                           const AskedRound& asked, const SheetWish& wish) {
  if (wish.is_asked) return *wish.is_asked;
  if (asked.round->among.empty()) return true;
  ZICHT_TRY(turn, ports.places.take(caller.is_visitor()));
  ZICHT_TRY(places, places_of(ports, caller, asked));
  return std::any_of(places.begin(), places.end(),
                     [&](const model::Record& each) { return each.id == wish.who; });
}

}  // namespace

void sort_by_title(std::vector<model::Record>& records) {
  std::stable_sort(records.begin(), records.end(), [](const auto& one, const auto& other) {
    return fold_for_search(one.title) < fold_for_search(other.title);
  });
}

std::string text_of(const model::Record& record, const std::string& field) {
  const Json* value = record.fields.as_object().if_contains(field);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

Result<AskedRound> ask_round(const RulebookPtr& rules, const Caller& caller,
                             std::shared_ptr<const packs::Round> round) {
  const ActiveForm form = find_active_form(*rules, round->form);
  if (form.form == nullptr || !may(caller, *form.pack, *form.form, model::Action::kRead)) {
    return make_error("AP-0280");
  }
  const model::RowScope scope = scope_of(caller, *form.pack, *form.form);
  for (const std::string& key : {round->of, round->who, round->rows}) {
    if (!sees_field(scope, *form.form->find_field(key))) return make_error("AP-0280");
  }
  AskedRound asked{.rules = rules, .round = std::move(round), .form = form};
  asked.editions = target(*form.form, asked.round->of);
  asked.places = target(*form.form, asked.round->who);
  asked.rows = target(*form.form, asked.round->rows);
  return asked;
}

Result<std::vector<model::Record>> rows_of(const RecordService::Ports& ports,
                                           const Rulebook& rules, const Caller& caller,
                                           RowsQuery wanted) {
  std::vector<model::Record> records;
  const ActiveForm found = find_active_form(rules, wanted.form);
  if (found.form == nullptr || !may(caller, *found.pack, *found.form, model::Action::kRead)) {
    return records;
  }
  const model::RowScope scope = scope_of(caller, *found.pack, *found.form);
  json::object request{{"filters", std::move(wanted.filters)}, {"limit", 200}};
  if (!wanted.where.empty()) request["where"] = wanted.where;
  const Json whole(std::move(request));
  Body body(whole, {"filters", "limit", "where"});
  model::Query query =
      read_query(body, rules.packs, *found.form, scope, amsterdam_date(ports.clock.now()));
  ZICHT_CHECKED(body.check());
  query.with_children = wanted.with_children;
  query.where_time = caller.is_visitor() ? ports.where.of_visitors_page : ports.where.of_page;
  do {
    ZICHT_TRY(page, ports.store.page(query));
    for (model::Record& record : page.records) {
      if (sees_row(scope.in_row(record.organisation, {}, record.id), record)) {
        records.push_back(std::move(record));
      }
    }
    if (records.size() > wanted.most) {
      return make_error("AP-0282", {{"limit", std::to_string(wanted.most)}});
    }
    query.cursor = page.next;
  } while (!query.cursor.empty());
  return records;
}

Result<std::vector<model::Record>> editions_of(const RecordService::Ports& ports,
                                               const Caller& caller, const AskedRound& asked) {
  ZICHT_TRY(editions, rows_of(ports, *asked.rules, caller,
                              {.form = asked.editions, .most = kMostRoundPlaces}));
  std::stable_sort(editions.begin(), editions.end(), [&](const auto& one, const auto& other) {
    return day_of(other, asked.round->order) < day_of(one, asked.round->order);
  });
  return editions;
}

Result<std::vector<model::Record>> places_of(const RecordService::Ports& ports,
                                             const Caller& caller, const AskedRound& asked) {
  ZICHT_TRY(places, rows_of(ports, *asked.rules, caller,
                            {.form = asked.places,
                             .where = asked.round->among,
                             .most = kMostRoundPlaces}));
  sort_by_title(places);
  return places;
}

Result<model::Record> member_of(const RecordService::Ports& ports, const AskedRound& asked,
                                const Caller& caller, const std::string& form,
                                const std::string& id) {
  auto found = find_record(ports.store, asked.rules, caller, id, {});
  if (!found && found.error().id != "AP-0001") return found.error();
  if (!found || found->record.form != form) return make_error("AP-0281");
  return std::move(found->record);
}

Result<Sheet> read_sheet(const RecordService::Ports& ports, const Caller& caller, AskedRound asked,
                         const SheetWish& wish) {
  Sheet sheet;
  sheet.asked = std::move(asked);
  const AskedRound& round = sheet.asked;
  ZICHT_TRY(edition, member_of(ports, round, caller, round.editions, wish.of));
  sheet.of = std::move(edition);
  ZICHT_TRY(place, member_of(ports, round, caller, round.places, wish.who));
  ZICHT_TRY(is_asked, find_is_asked(ports, caller, round, wish));
  sheet.is_asked = is_asked;
  sheet.who = std::move(place);
  ZICHT_TRY(rows, rows_of(ports, *round.rules, caller,
                          {.form = round.rows, .most = kMostRoundRows}));
  sort_by_title(rows);
  for (model::Record& row : rows) sheet.rows.push_back({.row = std::move(row)});
  // Who was asked keeps the sheet.
  ZICHT_CHECKED(read_request(ports, caller, sheet));
  ZICHT_CHECKED(read_now(ports, caller, sheet));
  ZICHT_CHECKED(read_last(ports, caller, sheet));
  ZICHT_CHECKED(read_views(ports, caller, sheet));
  // A place that is asked no more stays with what it was asked for, or said.
  const bool is_here = std::any_of(sheet.rows.begin(), sheet.rows.end(),
                                   [](const SheetRow& row) { return row.now || row.ended > 0; });
  if (!sheet.is_asked && !is_here && !sheet.request) return make_error("AP-0281");
  return sheet;
}

bool is_open(const AskedRound& asked, const std::optional<model::Record>& now) {
  if (!now) return true;
  const auto& open = asked.round->open;
  if (!open.empty() && !open.contains(now->state)) return false;
  // Which day it is does not matter to that.
  return !model::is_fixed(judge_of(*asked.rules, asked.form, Date::min()), *now);
}

std::string keeper_of(const Sheet& sheet, const Caller& caller) {
  const auto& requests = sheet.asked.round->requests;
  if (!requests || !sheet.request) return caller.organisation;
  const std::string asked = text_of(*sheet.request, requests->organisation);
  return asked.empty() ? caller.organisation : asked;
}

}  // namespace zicht::app::internal
