// Rounds as they are told; saving them is in rounds_write.cc.
#include "app/rounds_service.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "app/internal/round_reminder.h"
#include "app/internal/round_sheet.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

using internal::AskedRound;
using internal::Sheet;
using internal::SheetRow;
using model::Record;

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name).array();
  for (const std::string& text : texts) json.text(text);
  json.end();
}

void write_round(JsonWriter& json, const AskedRound& asked) {
  const packs::Round& round = *asked.round;
  json.object().member("name", round.full_id()).member("title", round.title);
  json.member("lead", round.lead).member("form", round.form);
  json.member("of", round.of).member("who", round.who).member("rows", round.rows);
  json.member("editions", asked.editions).member("places", asked.places);
  json.member("rows_form", asked.rows);
  write_texts(json, "about", round.about);
  json.key("set").value(round.set);
  write_texts(json, "ask", round.ask);
  write_texts(json, "show", round.show);
  write_texts(json, "keep", round.keep);
  json.member_if("formerly", round.formerly);
  if (round.views) {
    json.key("views").object().member("form", round.views->form);
    json.member("beside", round.views->beside);
    write_texts(json, "columns", round.views->columns);
    json.end();
  }
  if (round.requests) {
    json.key("requests").object().member("form", round.requests->form);
    json.member("of", round.requests->of).member("who", round.requests->who);
    json.member("organisation", round.requests->organisation);
    json.member_if("name", round.requests->name);
    json.member_if("remind", round.requests->remind).end();
  }
  json.end();
}

// Writes records of several forms with the names of what they mention, which are looked up once for
// all of them:
//
//     teller.expect(record) ... look_up(), then whole(json, record) ... references(json)
class Teller {
 public:
  Teller(const RecordService::Ports& ports, const Caller& caller, RulebookPtr rules)
      : ports_(ports), caller_(caller), rules_(std::move(rules)) {}

  // Of a record that will be told.
  void expect(const Record& record) {
    const View seen = view_of(record);
    gather_mentioned(seen.of(*rules_, caller_, record, {}), expected_);
  }
  void expect(const std::optional<Record>& record) {
    if (record) expect(*record);
  }
  void expect(const SheetRow& row) {
    expect(row.row);
    expect(row.now);
    expect(row.last);
    for (const Record& view : row.views) expect(view);
  }

  Result<void> look_up() {
    ZICHT_TRY(names, internal::visible_names(ports_, *rules_, caller_, expected_));
    names_ = std::move(names);
    return {};
  }

  void name(JsonWriter& json, std::string_view key, const Record& record) {
    const View seen = view_of(record);
    const bool is_told = sees_title(seen.scope, record.organisation, *seen.form.form);
    json.key(key).object().member("id", record.id);
    json.member("title", is_told ? record.title : seen.form.form->title.nl).end();
  }

  // In the shorter shape; what it mentions is told by references().
  void item(JsonWriter& json, const Record& record) {
    const View seen = view_of(record);
    const RecordView view = seen.of(*rules_, caller_, record, name_of(record));
    gather_mentioned(view, mentioned_);
    write_search_item(json, view);
  }

  // Whole, with what the caller may do.
  Result<void> whole(JsonWriter& json, const Record& record) {
    const View seen = view_of(record);
    const internal::FoundRecord found{
        .rules = rules_, .form = seen.form, .scope = seen.scope, .record = record};
    ZICHT_TRY(document, internal::document_with(ports_, caller_, found, names_,
                                                amsterdam_date(ports_.clock.now())));
    json.raw(document.json);
    return {};
  }

  // Of the items.
  void references(JsonWriter& json) const {
    json.key("references");
    write_references(json, names_of(mentioned_, names_));
  }

 private:
  struct View {
    ActiveForm form;
    model::RowScope scope;

    [[nodiscard]] RecordView of(const Rulebook& rules, const Caller& caller, const Record& record,
                                std::string organisation) const {
      return {.rules = &rules,
              .caller = &caller,
              .form = &form,
              .scope = &scope,
              .record = &record,
              .organisation_name = std::move(organisation)};
    }
  };

  View view_of(const Record& record) const {
    View view{find_active_form(*rules_, record.form), {}};
    view.scope = scope_of(caller_, *view.form.pack, *view.form.form)
                     .in_row(record.organisation, {}, record.id);
    return view;
  }

  std::string name_of(const Record& record) const {
    return ports_.organisations.name_of(record.organisation);
  }

  const RecordService::Ports& ports_;
  const Caller& caller_;
  RulebookPtr rules_;
  Mentioned expected_, mentioned_;      // of all that is told, and of the items
  References names_;
};

Result<void> write_row(JsonWriter& json, Teller& teller, const AskedRound& asked,
                       const SheetRow& row) {
  json.object().key("row");
  teller.item(json, row.row);
  json.key("open").boolean(internal::is_open(asked, row.now));
  if (row.now) {
    json.key("now");
    ZICHT_CHECKED(teller.whole(json, *row.now));
  }
  if (row.last) {
    json.key("last");
    teller.item(json, *row.last);
  }
  json.key("views").array();
  for (const Record& view : row.views) teller.item(json, view);
  json.end().end();
  return {};
}

bool may_create(const Sheet& sheet, const Caller& caller) {
  const ActiveForm& form = sheet.asked.form;
  const std::string keeper = internal::keeper_of(sheet, caller);
  return !keeper.empty() && may(caller, *form.pack, *form.form, model::Action::kCreate) &&
         scope_of(caller, *form.pack, *form.form, model::Action::kCreate)
             .clearance_in(keeper)
             .has_value();
}

// How far one place is.
struct Progress {
  std::map<std::string, std::size_t> states;
  std::set<std::string> open, past;     // rows
  const Record* request = nullptr;
  std::optional<internal::Reminder> reminder{};
};

Result<void> write_place(JsonWriter& json, Teller& teller, const Record& place,
                         const Progress& progress) {
  json.object();
  teller.name(json, "who", place);
  json.key("states").object();
  for (const auto& [state, count] : progress.states) {
    json.key(state).number(static_cast<std::int64_t>(count));
  }
  json.end();
  json.key("open").number(static_cast<std::int64_t>(progress.open.size()));
  json.key("past").number(static_cast<std::int64_t>(progress.past.size()));
  if (progress.request != nullptr) {
    json.key("request");
    ZICHT_CHECKED(teller.whole(json, *progress.request));
  }
  if (progress.reminder) json.member("reminder", internal::name_of(*progress.reminder));
  json.end();
  return {};
}

// Those that are asked no more, but were asked for this edition or filled it in.
Result<void> add_earlier_places(const RecordService::Ports& ports, const Caller& caller,
                                const AskedRound& asked,
                                const std::map<std::string, Progress>& progress,
                                std::vector<Record>& places) {
  std::set<std::string> known;
  for (const Record& place : places) known.insert(place.id);
  for (const auto& [id, unused] : progress) {
    if (known.contains(id)) continue;
    auto place = internal::member_of(ports, asked, caller, asked.places, id);
    if (!place && place.error().id != "AP-0281") return place.error();
    if (place) places.push_back(*std::move(place));
  }
  internal::sort_by_title(places);
  return {};
}

// Counts what stands for this edition, by place.
Result<std::map<std::string, Progress>> progress_of(const RecordService::Ports& ports,
                                                    const Caller& caller, const AskedRound& asked,
                                                    const std::string& of) {
  const packs::Round& round = *asked.round;
  json::array filters{json::object{{"field", round.of}, {"equals", of}}};
  ZICHT_TRY(records, internal::rows_of(ports, *asked.rules, caller,
                                       {.form = round.form,
                                        .filters = std::move(filters),
                                        .with_children = false}));
  std::map<std::string, Progress> found;
  for (const Record& record : records) {
    Progress& progress = found[internal::text_of(record, round.who)];
    ++progress.states[record.state];
    auto& rows = internal::is_open(asked, record) ? progress.open : progress.past;
    rows.insert(internal::text_of(record, round.rows));
  }
  return found;
}

}  // namespace

Result<std::shared_ptr<const packs::Round>> RoundsService::find_round(const Rulebook& rules,
                                                                      const SheetName& name) {
  const model::PackPtr pack = rules.packs.active(name.pack);
  if (pack == nullptr) return make_error("AP-0280");
  auto round = rounds_.find(*pack, name.pack + "/" + name.round);
  if (round == nullptr) return make_error("AP-0280");
  return round;
}

Result<std::string> RoundsService::list(const Caller& caller) {
  struct Listed {
    AskedRound asked;
    std::vector<Record> editions;
  };
  const RulebookPtr rules = ports_.packs.rules();
  std::vector<Listed> listed;
  for (const model::PackPtr& pack : rules->packs.all_active()) {
    const auto rounds = rounds_.in(*pack);
    for (const packs::Round& round : *rounds) {
      auto asked = internal::ask_round(
          rules, caller, std::shared_ptr<const packs::Round>(rounds, &round));
      if (!asked) continue;
      ZICHT_TRY(editions, internal::editions_of(ports_, caller, *asked));
      listed.push_back({*std::move(asked), std::move(editions)});
    }
  }
  Teller teller(ports_, caller, rules);
  for (const Listed& each : listed) {
    for (const Record& edition : each.editions) teller.expect(edition);
  }
  ZICHT_CHECKED(teller.look_up());
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const Listed& each : listed) {
    json.object().key("round");
    write_round(json, each.asked);
    json.key("editions").array();
    for (const Record& edition : each.editions) teller.item(json, edition);
    json.end().end();
  }
  json.end();
  teller.references(json);
  json.end();
  return out;
}

Result<std::string> RoundsService::overview(const Caller& caller, const SheetName& name) {
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(round, find_round(*rules, name));
  ZICHT_TRY(asked, internal::ask_round(rules, caller, round));
  ZICHT_TRY(turn, ports_.places.take(caller.is_visitor()));
  ZICHT_TRY(of, internal::member_of(ports_, asked, caller, asked.editions, name.of));
  ZICHT_TRY(places, internal::places_of(ports_, caller, asked));
  ZICHT_TRY(rows, internal::rows_of(ports_, *rules, caller,
                                    {.form = asked.rows, .most = internal::kMostRoundRows}));
  ZICHT_TRY(progress, progress_of(ports_, caller, asked, of.id));
  std::vector<Record> requests;
  if (round->requests) {
    json::array filters{json::object{{"field", round->requests->of}, {"equals", of.id}}};
    ZICHT_TRY(found, internal::rows_of(ports_, *rules, caller,
                                       {.form = round->requests->form,
                                        .filters = std::move(filters)}));
    requests = std::move(found);
    for (const Record& request : requests) {
      Progress& place = progress[internal::text_of(request, round->requests->who)];
      place.request = &request;
      place.reminder = internal::reminder_of(ports_, caller, asked, request);
    }
  }
  ZICHT_CHECKED(add_earlier_places(ports_, caller, asked, progress, places));
  Teller teller(ports_, caller, rules);
  for (const Record& request : requests) teller.expect(request);
  ZICHT_CHECKED(teller.look_up());
  std::string out;
  JsonWriter json(out);
  json.object().key("round");
  write_round(json, asked);
  teller.name(json, "of", of);
  json.key("rows").number(static_cast<std::int64_t>(rows.size())).key("places").array();
  for (const Record& place : places) {
    ZICHT_CHECKED(write_place(json, teller, place, progress[place.id]));
  }
  json.end().end();
  return out;
}

Result<std::string> RoundsService::sheet(const Caller& caller, const SheetName& name) {
  return told_sheet(caller, name, std::nullopt);
}

Result<std::string> RoundsService::told_sheet(const Caller& caller, const SheetName& name,
                                              std::optional<bool> is_asked) {
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(round, find_round(*rules, name));
  ZICHT_TRY(asked, internal::ask_round(rules, caller, round));
  ZICHT_TRY(sheet, internal::read_sheet(ports_, caller, std::move(asked),
                                        {name.of, name.who, is_asked}));
  Teller teller(ports_, caller, rules);
  teller.expect(sheet.request);
  for (const SheetRow& row : sheet.rows) teller.expect(row);
  ZICHT_CHECKED(teller.look_up());
  std::string out;
  JsonWriter json(out);
  json.object().key("round");
  write_round(json, sheet.asked);
  teller.name(json, "of", sheet.of);
  teller.name(json, "who", sheet.who);
  json.key("may_create").boolean(may_create(sheet, caller));
  json.key("asked").boolean(sheet.is_asked);
  if (sheet.request) {
    json.key("request");
    ZICHT_CHECKED(teller.whole(json, *sheet.request));
  }
  json.key("rows").array();
  for (const SheetRow& row : sheet.rows) {
    ZICHT_CHECKED(write_row(json, teller, sheet.asked, row));
  }
  json.end();
  teller.references(json);
  json.end();
  return out;
}

}  // namespace zicht::app
