#include "app/internal/edition.h"

#include <algorithm>

#include "app/internal/indicator_count.h"
#include "app/internal/protected_figures.h"
#include "app/internal/public_tables.h"
#include "app/internal/text_in.h"
#include "base/amsterdam.h"
#include "base/check.h"
#include "base/error_catalogue.h"
#include "base/ids.h"

namespace zicht::app::internal {
namespace {

using model::EditionRule;
using model::Form;
using model::Indicator;
using model::Sensitivity;

// For all indicators of an edition together: the step waits for them. As of a moment that nobody
// asked before nothing is kept, so one alone may take all of it.
constexpr std::chrono::milliseconds kTimeOfAll{30'000};
constexpr std::int64_t kRowsOfPage = 200;
// How long somebody who publishes has the turn, in microseconds.
constexpr std::int64_t kReleaseTime = 300'000'000;

const json::object* object_in(const Json& fields, const std::string& key) {
  const Json* value = fields.as_object().if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

// ---------------------------------------------------------------- counting

// What is published is of all rows, not of those of one organisation.
Result<void> check_sees_all(const model::RowScope& scope, const model::Pack& pack,
                            const Indicator& indicator) {
  const Form& form = *pack.find_form(indicator.form);
  Sensitivity highest = form.audience;
  for (const model::Process& process : pack.processes) {
    for (const model::State& state : process.states) {
      highest = std::max(highest, state.audience.value_or(form.audience));
    }
  }
  if (scope.elsewhere && highest <= *scope.elsewhere && highest <= scope.clearance) return {};
  return make_error("AP-0212", {{"indicator", indicator.title}});
}

// The value of a dimension as FiguresView::is_withheld has it.
std::string value_in(const Form& form, const Indicator& indicator, const References& references,
                     std::size_t at, const std::optional<std::string>& value) {
  if (!value) return std::string(kUnknownValue);
  const model::Field* field = form.find_field(indicator.dimensions[at].field);
  const bool is_unseen =
      field->type == model::FieldType::kReference && !references.contains(*value);
  return is_unseen ? std::string(kUnseenValue) : ":" + *value;
}

class Freezer {
 public:
  Freezer(const RecordService::Ports& ports, const Caller& caller, const FoundRecord& found,
          const model::Field& field, Date on)
      : ports_(ports),
        caller_(caller),
        rules_(*found.rules),
        pack_(*found.form.pack),
        field_(field),
        on_(on) {}

  // The figures; tables() has what was counted.
  Result<Json> freeze() {
    ZICHT_TRY(turn, ports_.places.take(false));
    ZICHT_TRY(known_at, ports_.store.settled_moment());
    known_at_ = known_at;
    std::string out;
    JsonWriter json(out);
    json.object().member("on", on_.to_string()).member("known_at", known_at_.to_string());
    json.key("indicators").array();
    for (const std::string& name : field_.edition->indicators) {
      json.object();
      ZICHT_CHECKED(write(json, *pack_.find_indicator(name)));
      json.end();
    }
    json.end().end();
    auto made = parse_json(out);
    if (made) return *std::move(made);
    return make_error("AP-0218", {{"indicator", field_.label}, {"why", made.error().message}});
  }

  [[nodiscard]] const std::vector<CountedTable>& tables() const { return tables_; }

 private:
  Result<void> write(JsonWriter& json, const Indicator& indicator) {
    const Caller counted = counts_as(caller_, indicator);
    ZICHT_TRY(scope, scope_for(counted, pack_, indicator));
    const bool is_protected = !indicator.protection.is_already_public;
    if (is_protected) ZICHT_CHECKED(check_sees_all(scope, pack_, indicator));
    model::CountQuery query = count_query(pack_, indicator, scope, on_);
    // One moment for all of them, whatever is written meanwhile.
    query.as_of = {on_, known_at_};
    ZICHT_TRY(time, time_left());
    query.time = time;
    // Names go to everybody who reads the figures.
    const bool is_public = field_.sensitivity == Sensitivity::kPublic;
    ZICHT_TRY(count, count_indicator(ports_.store, rules_, is_public ? Caller() : counted, pack_,
                                     indicator, std::move(query)));
    FiguresView view{rules_.packs, pack_, indicator, count.groups, count.references, on_};
    ProtectedFigures safe;
    if (is_protected) {
      ZICHT_TRY(made, protect(indicator, count));
      safe = std::move(made);
      view.is_protected = true;
      view.is_withheld = [&safe](std::string_view dimension, std::string_view value) {
        return safe.withheld.contains({std::string(dimension), std::string(value)});
      };
    }
    write_indicator(json, pack_, indicator);
    ZICHT_CHECKED(write_figures(json, view));
    tables_.insert(tables_.end(), safe.tables.begin(), safe.tables.end());
    return {};
  }

  Result<std::chrono::milliseconds> time_left() const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until_ - std::chrono::steady_clock::now());
    if (left.count() <= 0) return make_error("ST-0073");
    return left;
  }

  Result<ProtectedFigures> protect(const Indicator& indicator, const IndicatorCount& count) const {
    const Form& form = *pack_.find_form(indicator.form);
    return protect_figures(indicator, count.groups,
                           [&](std::size_t at, const std::optional<std::string>& value) {
                             return value_in(form, indicator, count.references, at, value);
                           },
                           on_);
  }

  const RecordService::Ports& ports_;
  const Caller& caller_;
  const Rulebook& rules_;
  const model::Pack& pack_;
  const model::Field& field_;
  const Date on_;
  Instant known_at_;
  const std::chrono::steady_clock::time_point until_ =
      std::chrono::steady_clock::now() + kTimeOfAll;
  std::vector<CountedTable> tables_;
};

Json json_of(const std::vector<CountedTable>& tables) {
  json::array all;
  for (const CountedTable& table : tables) all.push_back(table.to_json());
  return json::object{{"tables", std::move(all)}};
}

// ---------------------------------------------------------------- earlier editions

struct Edition {
  std::string id, on, released;
  json::object figures;
  std::vector<CountedTable> tables;
};

std::vector<CountedTable> tables_in(const Json& fields, const std::string& counted) {
  std::vector<CountedTable> made;
  const json::object* object = object_in(fields, counted);
  const Json* tables = object == nullptr ? nullptr : object->if_contains("tables");
  if (tables == nullptr || !tables->is_array()) return made;
  for (const Json& table : tables->get_array()) {
    if (auto read = CountedTable::from_json(table)) made.push_back(*std::move(read));
  }
  return made;
}

std::optional<Edition> edition_in(const model::Field& field, const model::Record& record) {
  const json::object* figures = object_in(record.fields, field.id);
  if (figures == nullptr) return {};
  return Edition{record.id, text_in(*figures, "on"), text_in(*figures, "released"), *figures,
                 tables_in(record.fields, field.edition->counted)};
}

// Every edition of the form that was published, also of what nobody may see any more: what was
// told is known. By reference day, then by the moment of publishing.
Result<std::vector<Edition>> released_editions(Store& store, const Form& form,
                                               const model::Field& field) {
  std::vector<Edition> all;
  model::Query query;
  query.form = form.full_id();
  query.limit = kRowsOfPage;
  query.scope.clearance = Sensitivity::kSecret;
  query.scope.elsewhere = Sensitivity::kSecret;
  do {
    ZICHT_TRY(page, store.page(query));
    for (const model::Record& record : page.records) {
      auto edition = edition_in(field, record);
      if (edition && !edition->released.empty()) all.push_back(*std::move(edition));
    }
    query.cursor = page.next;
  } while (!query.cursor.empty());
  std::sort(all.begin(), all.end(), [](const Edition& a, const Edition& b) {
    return std::tie(a.on, a.released) < std::tie(b.on, b.released);
  });
  return all;
}

// ---------------------------------------------------------------- comparing

bool is_same_member(const json::object& a, const json::object& b, std::string_view key) {
  const Json *one = a.if_contains(key), *other = b.if_contains(key);
  return (one == nullptr) == (other == nullptr) && (one == nullptr || *one == *other);
}

// By the field, not by what it is called. Editions made before that was told have its label alone.
bool is_same_field(const json::object& a, const json::object& b, const std::string& key) {
  const std::string field = key + "_field";
  const bool are_told = a.contains(field) && b.contains(field);
  return is_same_member(a, b, are_told ? field : key);
}

// By what it counts.
bool is_same_definition(const json::object& a, const json::object& b) {
  for (const char* key : {"measure", "where", "period", "part", "per"}) {
    if (!is_same_member(a, b, key)) return false;
  }
  if (!is_same_field(a, b, "of") || !is_same_field(a, b, "by")) return false;
  return is_same_member(a.at("form").as_object(), b.at("form").as_object(), "name");
}

// What was compared when the figures were frozen, as more may have been published since.
void forget(json::object& figures) {
  figures.erase("before");
  for (Json& item : figures.at("indicators").as_array()) {
    json::object& indicator = item.as_object();
    indicator.erase("definition_changed");
    indicator.erase("before_days");
    indicator.at("total").as_object().erase("before");
    for (Json& dimension : indicator.at("dimensions").as_array()) {
      for (Json& value : dimension.at("values").as_array()) value.as_object().erase("before");
    }
  }
}

void compare_figure(json::object& figure, const json::object& before) {
  const Json* number = before.if_contains("number");
  if (number != nullptr && number->is_string()) figure["before"] = *number;
}

const json::object* find_by(const json::array& items, std::string_view key, const Json& value) {
  for (const Json& item : items) {
    if (item.as_object().at(key) == value) return &item.as_object();
  }
  return nullptr;
}

void compare_dimension(json::object& dimension, const json::object& before) {
  if (!is_same_member(dimension, before, "by")) return;
  // The same name for another field is another division.
  const bool are_told = dimension.contains("field") && before.contains("field");
  if (are_told && !is_same_member(dimension, before, "field")) return;
  for (Json& value : dimension.at("values").as_array()) {
    const Json& code = value.as_object().at("code");
    if (code.is_null()) continue;
    const json::object* other = find_by(before.at("values").as_array(), "code", code);
    if (other != nullptr) compare_figure(value.as_object(), *other);
  }
}

void compare_indicator(json::object& indicator, const json::object& before) {
  if (!is_same_definition(indicator, before)) {
    indicator["definition_changed"] = true;
    return;
  }
  if (const Json* days = before.if_contains("days")) indicator["before_days"] = *days;
  compare_figure(indicator.at("total").as_object(), before.at("total").as_object());
  for (Json& dimension : indicator.at("dimensions").as_array()) {
    json::object& made = dimension.as_object();
    const json::object* other = find_by(before.at("dimensions").as_array(), "id", made.at("id"));
    if (other != nullptr) compare_dimension(made, *other);
  }
}

// Beside each number that of the last edition of an earlier day, where it says the same.
void compare(json::object& figures, const std::vector<Edition>& released) {
  forget(figures);
  const std::string on = text_in(figures, "on");
  const Edition* before = nullptr;
  for (const Edition& edition : released) {
    if (edition.on < on) before = &edition;
  }
  if (before == nullptr) return;
  figures["before"] = json::object{{"record", before->id}, {"on", before->on}};
  for (Json& item : figures.at("indicators").as_array()) {
    json::object& indicator = item.as_object();
    const json::object* other =
        find_by(before->figures.at("indicators").as_array(), "name", indicator.at("name"));
    if (other != nullptr) compare_indicator(indicator, *other);
  }
}

// ---------------------------------------------------------------- publishing

// Whether what is behind every protected figure is there to be audited.
bool has_all_tables(const Edition& edition) {
  for (const Json& item : edition.figures.at("indicators").as_array()) {
    const Json* is_public = item.as_object().if_contains("already_public");
    if (is_public != nullptr && is_public->is_bool() && is_public->get_bool()) continue;
    const std::string name = text_in(item.as_object(), "name");
    const bool is_there =
        std::any_of(edition.tables.begin(), edition.tables.end(),
                    [&](const CountedTable& table) { return table.indicator == name; });
    if (!is_there) return false;
  }
  return true;
}

Result<std::vector<EarlierTables>> earlier_tables(const std::vector<Edition>& released) {
  std::vector<EarlierTables> earlier;
  for (const Edition& each : released) {
    if (!has_all_tables(each)) {
      return make_error(
          "AP-0217",
          {{"findings", LocalizedText{"Wat bij een eerdere editie is geteld, is er niet meer.",
                                      "What was counted for an earlier edition is gone."}}});
    }
    earlier.push_back({each.on, each.tables});
  }
  return earlier;
}

PublicEdition as_read_by_all(const std::string& on, const json::object& figures,
                             const std::vector<CountedTable>& tables) {
  std::set<std::string> separate;
  for (const CountedTable& table : tables) {
    if (!table.is_cumulative) separate.insert(table.indicator);
  }
  return {on, public_tables(figures, separate)};
}

// The second judge knows no more than everybody does.
Result<void> audit_as_read_by_all(const std::vector<Edition>& released, const Edition& edition) {
  std::vector<PublicEdition> editions;
  for (const Edition& each : released) {
    editions.push_back(as_read_by_all(each.on, each.figures, each.tables));
  }
  editions.push_back(as_read_by_all(edition.on, edition.figures, edition.tables));
  return audit_public(editions);
}

// One edition of a day, or one that says which of that day it corrects.
Result<void> check_corrects(const Form& form, const model::Field& field, const Edition& edition,
                            const std::string& corrects, const std::vector<Edition>& released) {
  const auto is_it = [&](const Edition& each) {
    return each.id == corrects && each.on == edition.on;
  };
  const model::Field* named = form.find_field(field.edition->corrects);
  const LocalizedText label = named == nullptr ? field.label : named->label;
  if (!corrects.empty() && std::none_of(released.begin(), released.end(), is_it)) {
    return make_error("AP-0219", {{"field", label}});
  }
  for (const Edition& each : released) {
    if (each.on != edition.on || !corrects.empty()) continue;
    return make_error("AP-0214", {{"day", long_text(*Date::parse(edition.on))}, {"field", label}});
  }
  return {};
}

}  // namespace

Result<json::object> freeze_figures(const RecordService::Ports& ports, const Caller& caller,
                                    const FoundRecord& found, const model::Field& field,
                                    const Json& fields) {
  const EditionRule& rule = *field.edition;
  const auto on = Date::parse(text_in(fields.as_object(), rule.on));
  ZICHT_CHECK(on.has_value(), "the step asks for the reference day");
  if (amsterdam_date(ports.clock.now()) < *on) {
    return make_error("AP-0213", {{"day", long_text(*on)}});
  }
  Freezer freezer(ports, caller, found, field, *on);
  ZICHT_TRY(figures, freezer.freeze());
  ZICHT_TRY(released, released_editions(ports.store, *found.form.form, field));
  compare(figures.get_object(), released);
  // Whoever freezes hears at once what by itself could not be published.
  ZICHT_CHECKED(audit_tables({}, on->to_string(), freezer.tables()));
  ZICHT_CHECKED(
      audit_public({as_read_by_all(on->to_string(), figures.as_object(), freezer.tables())}));
  json::object made{{field.id, std::move(figures)}};
  if (!rule.counted.empty()) made.emplace(rule.counted, json_of(freezer.tables()));
  return made;
}

Result<json::object> release_figures(const RecordService::Ports& ports, const FoundRecord& found,
                                     const model::Field& field, const Json& fields) {
  const Form& form = *found.form.form;
  model::Record now = found.record;
  now.fields = fields;
  auto edition = edition_in(field, now);
  if (!edition || !edition->released.empty() || !has_all_tables(*edition)) {
    return make_error("AP-0216");
  }
  if (text_in(fields.as_object(), field.edition->on) != edition->on) return make_error("AP-0221");
  ZICHT_TRY(turn, ports.places.take(false));
  ZICHT_TRY(released, released_editions(ports.store, form, field));
  const std::string corrects = text_in(fields.as_object(), field.edition->corrects);
  ZICHT_CHECKED(check_corrects(form, field, *edition, corrects, released));
  ZICHT_TRY(earlier, earlier_tables(released));
  ZICHT_CHECKED(audit_tables(earlier, edition->on, edition->tables));
  ZICHT_CHECKED(audit_as_read_by_all(released, *edition));
  json::object figures = std::move(edition->figures);
  compare(figures, released);
  figures["released"] = ports.clock.now().to_string();
  if (!corrects.empty()) figures["corrects"] = corrects;
  return json::object{{field.id, std::move(figures)}};
}

Result<ReleaseTurn> ReleaseTurn::take(const RecordService::Ports& ports, const FoundRecord& found) {
  ReleaseTurn turn;
  turn.name_ = "release " + found.form.form->full_id();
  turn.holder_ = PublicId::random(ports.rng).to_string();
  const Instant now = ports.clock.now();
  ZICHT_TRY(until, add_microseconds(now, kReleaseTime));
  ZICHT_TRY(is_ours, ports.store.take_lease(turn.name_, turn.holder_, now, until));
  if (!is_ours) return make_error("AP-0220");
  turn.ports_ = &ports;
  return turn;
}

Result<void> ReleaseTurn::renew() const {
  ZICHT_CHECK(ports_ != nullptr, "only a turn that was taken is renewed");
  ZICHT_TRY(until, add_microseconds(ports_->clock.now(), kReleaseTime));
  ZICHT_TRY(is_ours, ports_->store.renew_lease(name_, holder_, until));
  if (is_ours) return {};
  return make_error("AP-0220");
}

ReleaseTurn::~ReleaseTurn() {
  if (ports_ == nullptr) return;
  const Instant now = ports_->clock.now();
  static_cast<void>(ports_->store.take_lease(name_, holder_, now, now));
}

bool is_waiting(const model::Process* process, const Form& form, const model::Record& record) {
  if (process == nullptr) return false;
  const auto& steps = process->transitions;
  return std::any_of(steps.begin(), steps.end(), [&](const model::Transition& step) {
    const bool is_coming =
        std::find(step.from.begin(), step.from.end(), record.state) != step.from.end();
    return is_coming && form.find_field(step.releases) != nullptr &&
           object_in(record.fields, step.releases) != nullptr;
  });
}

Result<void> check_not_waiting(const model::Process* process, const Form& form,
                               const model::Record& record) {
  if (is_waiting(process, form, record)) return make_error("AP-0222");
  return {};
}

bool is_released(const json::object& figures) {
  return figures.contains("released");
}

bool is_released(const Form& form, const model::Record& record) {
  return std::any_of(form.fields.begin(), form.fields.end(), [&](const model::Field& field) {
    const json::object* figures = object_in(record.fields, field.id);
    return field.edition && figures != nullptr && is_released(*figures);
  });
}

Result<void> check_not_released(const Form& form, const model::Record& record) {
  if (is_released(form, record)) return make_error("AP-0215");
  return {};
}

}  // namespace zicht::app::internal
